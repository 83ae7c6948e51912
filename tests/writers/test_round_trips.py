"""What is written is read again: every field that a form carries comes back as it was."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.writers.plausible import records

import benang
from benang.readers.own_fields import OWN
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record
from benang.writers import write_records

SUFFIXES = (".ris", ".bib", ".csv", ".xlsx", ".json")


def _again(corpus: Corpus, suffix: str) -> Corpus:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"written{suffix}"
        write_records(corpus, path, exact=True)
        return benang.read(path)


def _fields(records: Sequence[Record], names: Sequence[str]) -> list[dict[str, object]]:
    return [{name: getattr(record, name) for name in names} for record in records]


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(written=records())
def test_what_is_written_is_read_again(suffix: str, written: list[Record]) -> None:
    """Whatever texts the records hold, each field that the form carries comes back, and none is set aside."""
    again = _again(corpus_of(written), suffix)

    assert _fields(again.records, OWN) == _fields(written, OWN)
    assert again.ledger.set_aside == 0


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("export", ["scopus-581.csv", "wos-plain-500.txt", "pubmed-335-crlf.txt", "ojs-6.ris"])
def test_real_exports_come_back(suffix: str, export: str, shared_data: Path) -> None:
    """Records of real exports are the same after writing and reading, in all that the form carries."""
    corpus = benang.read(shared_data / "exports" / export)

    again = _again(corpus, suffix)

    assert _fields(again.records, OWN) == _fields(corpus.records, OWN)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_line_breaks_and_control_characters(suffix: str, tmp_path: Path) -> None:
    """Breaks within a text are blanks when it is read again; characters that no form can hold are left out and said."""
    record = Record("a", title="Kota", abstract="One\r\nTY  - JOUR\u2028two\x00three", url="http://a.example/\x07b")

    written = write_records(corpus_of([record]), tmp_path / f"out{suffix}")

    (again,) = benang.read(tmp_path / f"out{suffix}").records
    assert (again.abstract, again.url) == ("One TY - JOUR twothree", "http://a.example/b")
    assert "Control characters were removed: 1 record." in written.notes


def test_what_a_form_has_no_place_for_is_noted(tmp_path: Path) -> None:
    """Values before cleaning go into no form but the corpus folder; ids of authors into RIS only if asked."""
    corpus = corpus_of([Record("a", title="Kota", authors=("A",), author_ids=("orcid:1",), raw={"title": "KOTA"})])

    cleaned = "not stored: original values before cleaning (a corpus folder keeps them)"
    assert write_records(corpus, tmp_path / "a.ris").notes == (
        cleaned,
        "not stored: author_ids (--exact writes them in lines that only Benang reads)",
    )
    assert write_records(corpus, tmp_path / "a.ris", exact=True).notes == (
        cleaned,
        "only Benang reads these fields; other programs ignore them: author_ids",
    )
    assert write_records(corpus, tmp_path / "folder").notes == ()


def test_lists_beside_each_other_are_cut_at_the_same_place(tmp_path: Path) -> None:
    """5,000 authors are more than a cell of Excel holds: ids still stand beside their authors, and the cut is said."""
    authors = tuple(f"Penulis, Nomor {at}" for at in range(5000))
    record = Record("a", title="Kota", authors=authors, author_ids=tuple(f"orcid:{at}" for at in range(5000)))

    written = write_records(corpus_of([record]), tmp_path / "out.xlsx")

    (again,) = benang.read(tmp_path / "out.xlsx").records
    assert 1000 < len(again.authors) == len(again.author_ids) < 5000
    assert again.author_ids[-1] == f"orcid:{len(again.authors) - 1}"
    assert "authors was shortened: 1 record." in " ".join(written.notes)


KEEPERS = "Invented Orchard Keepers"
OFFICE = "Office of Orchards, Stalls and Rents"
BY_BODIES = Record(
    "a", "book", "Kota", (KEEPERS, "Umpama, Ani", OFFICE), editors=("UNESCO", "Contoh, Budi"),
    bodies=(KEEPERS, OFFICE, "UNESCO"),
)  # fmt: skip


@pytest.mark.parametrize("form", [*SUFFIXES, ""])
def test_bodies_are_bodies_again_without_lines_of_our_own(form: str, tmp_path: Path) -> None:
    """Braces, literals, commas at the end and columns: what other programs read marks bodies for Benang, too."""
    write_records(corpus_of([BY_BODIES]), tmp_path / f"out{form}")

    (again,) = benang.read(tmp_path / f"out{form}").records
    assert (again.authors, again.editors, again.bodies) == (BY_BODIES.authors, BY_BODIES.editors, BY_BODIES.bodies)


IN_BIBTEX = [f"author = {{{{{KEEPERS}}} and Umpama, Ani and {{{OFFICE}}}}},", "editor = {{UNESCO} and Contoh, Budi},"]
IN_RIS = [f"AU  - {KEEPERS},", "AU  - Umpama, Ani", "AU  - Office of Orchards,, Stalls and Rents", "ED  - UNESCO,"]
IN_CSL = [f'[{{"literal": "{KEEPERS}"}}, {{"family": "Umpama", "given": "Ani"}}, {{"literal": "{OFFICE}"}}]']


@pytest.mark.parametrize(("suffix", "lines"), [(".bib", IN_BIBTEX), (".ris", IN_RIS), (".json", IN_CSL)])
def test_other_programs_are_told_of_bodies_in_their_way(suffix: str, lines: list[str], tmp_path: Path) -> None:
    """BibTeX has braces, CSL literals, EndNote a comma at the end, and the first comma of a body's name twice."""
    write_records(corpus_of([BY_BODIES]), tmp_path / f"out{suffix}")

    written = (tmp_path / f"out{suffix}").read_text(encoding="utf-8")
    assert [line for line in lines if line not in written] == []


def test_a_corpus_folder_of_an_earlier_version_marks_no_bodies(tmp_path: Path) -> None:
    """The field is a kind of value in a table that was there before, so that older folders are read as they are."""
    write_records(corpus_of([Record("a", title="Kota", authors=(KEEPERS,))]), tmp_path / "folder")

    (again,) = benang.read(tmp_path / "folder").records
    assert (again.authors, again.bodies) == ((KEEPERS,), ())
