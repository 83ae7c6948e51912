"""Tables that users make, and Benang's own."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.readers.own_table import is_own_table
from benang.readers.plain_table import is_table, read_any_table, read_own_table, read_plain_table
from benang.readers.source import Source
from benang.records.cells import joined, neutral


def _source(text: str, **columns: str) -> Source:
    return Source("sources/a.csv", "a.csv", text.encode(), columns=columns)


def test_a_mapping_names_columns_or_their_numbers() -> None:
    """Names without regard to case, numbers from 1; what is not mapped is named."""
    text = "Karya\tOleh\tTh.\tKunci\tCatatan\nKota kembar\tDewi Sari dan Bora Lee\t2020\tkota, kerja sama\tx\n"
    reading = read_plain_table(_source(text, title="karya", authors="Oleh", year="3", author_keywords="Kunci"))
    record = reading.records[0]

    assert (record.title, record.year) == ("Kota kembar", 2020)
    assert record.authors == ("Dewi Sari", "Bora Lee")
    assert record.author_keywords == ("kota", "kerja sama")
    assert "Columns that were not read: Catatan." in reading.notes
    assert "The author keywords of a cell were parted at ',': record 1." in reading.notes


def test_wrong_mappings_come_together() -> None:
    """A field that records don't have and a column that isn't there are both named, with what was meant."""
    with pytest.raises(BenangError) as error:
        read_plain_table(_source("Judul,Penulis\na,b\n", titel="Judul", authors="Penuls"))
    assert [str(one) for one in error.value.problems] == [
        "sources/a.csv: records have no field 'titel'. Did you mean 'title'?",
        "sources/a.csv, authors: no column is called 'Penuls'. Did you mean 'Penulis'?",
    ]


def test_indonesian_names_need_no_mapping() -> None:
    """Judul, Penulis, Tahun are taken, and the account says so."""
    text = "No;Judul;Penulis;Tahun;Jurnal;Kata Kunci\n1;Kota kembar;Sari, D.; 2020;Jurnal Contoh;kota|desa\n"
    assert is_table(text)
    text = 'No;Judul;Penulis;Tahun;Jurnal;Kata Kunci\n1;Kota kembar;"Sari, D.; Lee, B.";2020;Jurnal Contoh;kota|desa\n'
    reading = read_any_table(_source(text))
    record = reading.records[0]

    assert (record.title, record.authors, record.source) == ("Kota kembar", ("Sari, D.", "Lee, B."), "Jurnal Contoh")
    assert record.author_keywords == ("kota", "desa")
    assert reading.notes[0].startswith("A table of no database that is known; its columns were read so: title from")


def test_an_unknown_table_shows_its_header_and_the_way_on() -> None:
    """Without a mapping nothing is guessed."""
    text = "Foo,Bar,Baz\n1,2,3\n"
    assert is_table(text)
    with pytest.raises(BenangError, match="'Foo', 'Bar', 'Baz'") as error:
        read_any_table(_source(text))
    assert '[sources.columns."sources/a.csv"]\ntitle = "Foo"' in str(error.value)


@pytest.mark.parametrize(
    "head",
    ["", "\n\nDear colleague\n", "Dear colleague, I write\nto you, again, here\n", "@article{a,\n title={b, c}}\n",
     '[{"a": 1, "b": 2}]\n', "TY  - JOUR\nTI  - a, b, c\n", "<a>\n", "PMID- 1\nOWN - NLM\n"],
)  # fmt: skip
def test_other_texts_are_no_tables(head: str) -> None:
    """Commas alone make no table."""
    assert not is_table(head)


def test_benangs_own_table_comes_back() -> None:
    """Lists are parted, semicolons within values stay, harmless formulas are formulas again, places without id stay."""
    header = ("key", "type", "title", "authors", "author_ids", "year", "citations", "status", "origins")
    row = ("a;1", "article", neutral("=1+1"), joined(("Sari, D.", "a;b\\c")), "; orcid:1", "2020", "0", "retracted",
           "author_keywords=assigned")  # fmt: skip
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, row])
    assert is_own_table(out.getvalue())
    record = read_own_table(_source(out.getvalue())).records[0]

    assert (record.key, record.title, record.authors) == ("a;1", "=1+1", ("Sari, D.", "a;b\\c"))
    assert (record.author_ids, record.year, record.citations) == (("", "orcid:1"), 2020, 0)
    assert (record.status, record.origins) == ("retracted", {"author_keywords": "assigned"})


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=12).map(str.strip)


@settings(deadline=None)
@given(TEXT, st.lists(TEXT.filter(bool), max_size=4), st.sampled_from(["=", "+", "-", "@", "'=", "''@", ""]))
def test_any_values_come_back_from_benangs_own_table(title: str, keywords: list[str], start: str) -> None:
    """What the writer does to a cell, the reader undoes."""
    out = io.StringIO()
    rows = [("key", "title", "author_keywords"), ("a", neutral(start + title), neutral(joined(keywords)))]
    csv.writer(out, lineterminator="\n").writerows(rows)
    record = read_own_table(_source(out.getvalue())).records[0]

    assert (record.title, record.author_keywords) == (start + title, tuple(keywords))
