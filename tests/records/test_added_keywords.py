"""Reviewers give keywords to records that came without."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.records.added_keywords import AddedKeywords, keywords_form, read_added_keywords, with_added_keywords
from benang.records.corpus import corpus_of
from benang.records.record import Record


def written(folder: Path, text: str) -> Path:
    """Write a table of keywords."""
    path = folder / "keywords.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_form_that_benang_writes_is_read_when_it_is_filled_in(tmp_path: Path) -> None:
    """Titles that look like formulas are harmless in it, and keys come back."""
    corpus = corpus_of([Record("=1", title="-5 °C in Bandung"), Record("b", title="Desa", author_keywords=("desa",))])
    form = keywords_form(corpus)
    assert form == "record,study,title,keywords\n'=1,“-5 °C in Bandung” (n.d.),'-5 °C in Bandung,\n"

    path = written(tmp_path, form.replace(",\n", ",kota; dingin\n"))
    assert dict(read_added_keywords(path).by_record) == {"=1": ("kota", "dingin")}


@pytest.mark.parametrize(
    "text",
    [
        "record;keywords\na;kota\n",
        "Rekaman\tKata kunci\na\tkota\n",
        'title,key,author_keywords\n"Kota, lagi",a,kota\n',
    ],
)
def test_columns_are_found_by_their_names(tmp_path: Path, text: str) -> None:
    """In English or Indonesian, in any order, parted by tabs, semicolons or commas."""
    assert dict(read_added_keywords(written(tmp_path, text)).by_record)["a"] == ("kota",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected the columns 'record' and 'keywords', found an empty file"),
        ("record,words\n", "found the columns 'record', 'words'"),
        ("record,keywords\na,kota\na,desa\n", "line 3: the record 'a' again. It is also in line 2"),
        ('record,keywords\n"a,kota\n', "line 2: a line that is not a table row"),
    ],
)
def test_what_is_no_table_of_keywords_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """The message names the line and what was expected."""
    with pytest.raises(BenangError, match=message):
        read_added_keywords(written(tmp_path, text))


def test_a_record_that_was_joined_to_another_is_known_by_its_old_key() -> None:
    """Keywords that were added before the works were joined are not lost."""
    marked = with_added_keywords(corpus_of([Record("a")]), AddedKeywords({"b": ("kota",)}), aliases={"b": "a"})
    assert marked.records[0].author_keywords == ("kota",)


def test_a_record_that_is_not_there_is_named() -> None:
    """With its line and the nearest key."""
    added = AddedKeywords({"sari2021": ("kota",)}, {"sari2021": 4}, "keywords.csv")
    with pytest.raises(BenangError, match=r"keywords.csv, line 4.*'sari2021'.*sari2020"):
        with_added_keywords(corpus_of([Record("sari2020")]), added)
