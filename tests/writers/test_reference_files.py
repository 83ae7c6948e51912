"""BibTeX is written for other programs; what only Benang reads is an option."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import benang
from benang.readers import Source
from benang.readers.bibtex import read_bibtex
from benang.readers.ris_and_wos import read_ris
from benang.records.corpus import corpus_of
from benang.records.record import Record
from benang.writers import write_records
from benang.writers.reference_files import bibtex_texts, ris_texts

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


PUBMED = Record(
    "31000001",
    "article",
    "Night markets and rent",
    ("Umpama, Ani",),
    2018,
    "Journal of Invented Markets",
    abstract="Rents rose.",
    author_keywords=("stalls",),
    identifiers=("pmid:31000001", "pmcid:PMC7000001"),
    doi="10.9999/p.1",
    database="PubMed",
)
# What Zotero's import of RIS has a field for (zotero/translators, RIS.js); Rayyan and Covidence read these. C7 (article
# number) and AD (author address) are EndNote's.
ZOTERO = frozenset("TY TI T2 J2 VL IS SP EP PY DO AU ED AB KW PB SN LA UR DB ID AN N1 ER".split())  # noqa: SIM905
ENDNOTE = frozenset({"C7", "AD"})


def ris_written(*records: Record, exact: bool = False) -> str:
    """Write records as RIS."""
    return "".join(ris_texts(iter([records]), exact=exact))


def tags(text: str) -> list[str]:
    """Return the tags of a text, in their order."""
    return re.findall(r"^([A-Z][A-Z0-9])  - ", text, re.MULTILINE)


def values(text: str, tag: str) -> list[str]:
    """Return the values of a tag."""
    return re.findall(rf"^{tag}  - (.*)$", text, re.MULTILINE)


def again(*records: Record) -> tuple[Record, ...]:
    """Write records and read them as another program would: without lines of our own."""
    return read_ris(Source("a.ris", "a", ris_written(*records).encode())).records


def test_only_tags_that_other_programs_read_are_written(shared_data: Path) -> None:
    """Of real exports, without `exact`, no line would become an unknown tag elsewhere."""
    for name in ("scopus-581.csv", "wos-plain-500.txt", "pubmed-335-crlf.txt", "publish-or-perish-9.csv"):
        corpus = benang.read(shared_data / "exports" / name)
        assert set(tags(ris_written(*corpus.records))) <= ZOTERO | ENDNOTE, name


def test_the_number_of_pubmed_is_the_accession_number() -> None:
    """EndNote and Zotero read it in AN, once; the number of PubMed Central goes into a note as Zotero writes it."""
    text = ris_written(PUBMED)

    assert values(text, "AN") == ["31000001"]
    assert values(text, "N1") == ["PMCID: PMC7000001"]
    assert "XB" not in tags(text)


@pytest.mark.parametrize(
    ("database", "identifiers", "accession"),
    [
        ("Scopus", ("pmid:31000001", "eid:2-s2.0-85000000001"), "2-s2.0-85000000001"),
        ("Web of Science", ("wos:000282053100002", "pmid:31000001"), "WOS:000282053100002"),
        ("Dimensions", ("dimensions:pub.1100000001",), "pub.1100000001"),
        ("OpenAlex", ("openalex:W123", "pmid:31000001"), "W123"),
        ("Embase", ("embase:L600000001",), "L600000001"),
        ("ERIC", ("eric:EJ100001",), "EJ100001"),
        ("Lens", ("lens:000-000-000-000-00X", "pmid:31000001"), "000-000-000-000-00X"),
        ("RIS", ("pmid:31000001",), "PMID:31000001"),
        ("Scopus + PubMed", ("pmid:31000001", "eid:2-s2.0-85000000001", "wos:000282053100002"), "31000001"),
    ],
)
def test_ids_of_every_database_come_back_from_standard_tags(
    database: str, identifiers: tuple[str, ...], accession: str
) -> None:
    """AN holds the number of the record's own database; the others stand in a note."""
    record = Record("a", "article", "Night markets", database=database, identifiers=identifiers)

    assert values(ris_written(record), "AN") == [accession]
    assert sorted(again(record)[0].identifiers) == sorted(identifiers)


@pytest.mark.parametrize(
    ("record", "type_"),
    [
        (Record("a", "other", "T", source="Journal of Invented Markets"), "JOUR"),
        (Record("a", "other", "T"), "GEN"),
        (Record("a", "other", "T", source="A Book of Markets", isbn=("9783161484100",)), "GEN"),
        (Record("a", "chapter", "T", source="A Book of Markets"), "CHAP"),
        (Record("a", "proceedings", "T", source="Proceedings of Markets"), "CONF"),
    ],
)
def test_what_has_a_journal_and_no_type_is_of_a_journal(record: Record, type_: str) -> None:
    """A row of a table names no type; programs take GEN for a document and hide its journal."""
    assert values(ris_written(record), "TY") == [type_]


def test_decisions_stand_in_notes_in_the_words_of_their_tool() -> None:
    """Rayyan and ASReview read them there, and so does Benang."""
    decisions = ('RAYYAN-INCLUSION: {"Ani"=>"Included"}', "RAYYAN-LABELS: rent")
    record = Record("a", title="Night markets", decisions=decisions)

    assert values(ris_written(record), "N1") == list(decisions)
    assert again(record)[0].decisions == decisions


def test_a_file_written_twice_is_the_same(tmp_path: Path) -> None:
    """Same corpus, same bytes."""
    corpus = corpus_of([PUBMED])
    for name in ("a.ris", "b.ris"):
        write_records(corpus, tmp_path / name)

    assert (tmp_path / "a.ris").read_bytes() == (tmp_path / "b.ris").read_bytes()
