"""BibTeX is written for other programs; what only Benang reads is an option."""

from __future__ import annotations

import re

import pytest

from benang.readers.bibtex import read_bibtex
from benang.readers.source import Source
from benang.records.record import Record
from benang.writers.bibtex import bibtex_texts

pytestmark = pytest.mark.fast


def written(record: Record, *, exact: bool = False) -> str:
    """Write a record as BibTeX."""
    return "".join(bibtex_texts(iter([[record]]), exact=exact))


def field(text: str, name: str) -> str:
    """Return the value of a field, empty where there is none."""
    match = re.search(rf"^  {name} = {{(.*)}},?$", text, re.MULTILINE)
    return match[1] if match else ""


@pytest.mark.parametrize(
    ("name", "as_written"),
    [
        ("Umpama, Ani", "Umpama, Ani"),
        ("Ani Umpama", "Ani Umpama"),
        ("Masrohatun", "Masrohatun"),
        ("World Health Organization", "{World Health Organization}"),
        ("Badan Pusat Statistik", "{Badan Pusat Statistik}"),
        ("Markets and Towns, Ltd", "{Markets and Towns, Ltd}"),
    ],
)
def test_only_the_names_of_bodies_are_braced(name: str, as_written: str) -> None:
    """Braces keep a name whole: a person's would lose its family name."""
    assert field(written(Record("a", authors=(name,))), "author") == as_written


def test_keywords_stand_in_the_field_that_others_read() -> None:
    """Those of the authors first, each once; in no other field."""
    record = Record("a", "article", author_keywords=("rent", "stalls"), index_keywords=("Markets", "rent"))
    text = written(record)

    assert field(text, "keywords") == "rent; stalls; Markets"
    assert "author_keywords" not in text


def test_fields_of_our_own_are_written_only_if_asked_for() -> None:
    """Without them others read the file as their own; with them Benang reads it as it was."""
    record = Record(
        "a", "other", "Night markets", ("Ani Umpama",), 2018, "Journal of Invented Markets", doi="10.9999/a"
    )

    assert "benang_" not in written(record)
    assert "benang_authors = {Ani Umpama}" in written(record, exact=True)


def test_a_record_with_a_journal_is_an_article() -> None:
    """A row of a table that names no type is an article where it names a journal, and nothing particular otherwise."""
    assert written(Record("a", "other", "T", source="Journal of Invented Markets")).startswith("@article{a,")
    assert written(Record("a", "other", "T")).startswith("@misc{a,")


def test_what_is_written_without_our_fields_is_read_as_any_bibtex() -> None:
    """The work is the same; a name without a comma is read as others read it."""
    record = Record(
        "a", "article", "Seni & budaya 100%", ("Umpama, Ani", "World Health Organization"), 2018, "Jurnal Kota", "4",
        "2", "11", "19", doi="10.9999/a", abstract="Rents_rose.", author_keywords=("rent", "stalls"),
    )  # fmt: skip
    (back,) = read_bibtex(Source("a.bib", "a", written(record).encode())).records

    for name in ("title", "authors", "year", "source", "volume", "issue", "first_page", "last_page", "doi", "abstract"):
        assert getattr(back, name) == getattr(record, name), name
    assert back.author_keywords == record.author_keywords
