"""Records that carry a field are counted, in all and by file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benang.readers.registry import read_files
from benang.records.corpus import corpus_of
from benang.records.file_accounts import (
    carried_by_file,
    carried_fields,
    inclusion_notes,
    marked_counts,
    marked_notes,
    placeless,
    renamed_accounts,
    retracted_among,
    without_places,
)
from benang.records.record import FileAccount, Ledger, Record

RECORDS = (
    Record("a", "article", "Kota", ("Sari, D.", "Lee, B."), 2020, citations=0, file="one.ris", place=1),
    Record("b", title="Desa", authors=("Ani",), file="one.ris", place=2),
    Record("c", year=1999, author_ids=("", ""), file="two.ris", place=1),
)


def test_a_record_counts_once_for_each_field_that_it_has() -> None:
    """Two authors are one record with authors; zero citations are known; ids that are all empty are none."""
    counts = {name: n for name, n in carried_fields(corpus_of(RECORDS)).items() if n}
    assert counts == {"type": 1, "title": 2, "authors": 2, "year": 2, "citations": 1}


def test_the_counts_of_files_add_up_to_those_of_all() -> None:
    """File by file, in the order read."""
    corpus = corpus_of(RECORDS)
    by_file = carried_by_file(corpus)
    assert list(by_file) == ["one.ris", "two.ris"]
    assert {name: sum(counts[name] for counts in by_file.values()) for name in by_file["one.ris"]} == (
        carried_fields(corpus)
    )
    assert (by_file["one.ris"]["title"], by_file["two.ris"]["year"]) == (2, 1)


def test_every_retracted_record_is_named_by_its_place() -> None:
    """Retracted ones all; of many corrected ones three, and how many more."""
    retracted = [Record(f"r{at}", title=f"Kota {at}", status="retracted", file="a.ris", place=at) for at in range(1, 6)]
    corrected = [Record(f"c{at}", title="Kota", status="corrected", file="b.ris", place=at) for at in range(1, 6)]
    corpus = corpus_of([*retracted, *corrected, Record("n", title="Kota", file="b.ris", place=6)])

    assert marked_counts(corpus) == {"retracted": 5, "corrected": 5}
    notes = marked_notes(corpus)
    assert all(f"record {at}, 'Kota {at}'" in notes["a.ris"][0] for at in range(1, 6))
    assert notes["b.ris"] == (
        "Corrected (5 records): record 1, 'Kota'; record 2, 'Kota'; record 3, 'Kota'; and 2 more.",
    )


def test_nothing_is_said_where_nothing_is_marked() -> None:
    """A corpus without marks, and one without records."""
    assert marked_notes(corpus_of([Record("a")])) == {}
    assert marked_counts(corpus_of([])) == {}


RIS = "TY  - JOUR\nAU  - Umpama, Ani\nTI  - {}\nPY  - 2019\nER  - \n"


@pytest.fixture
def exports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with exports, two of one name."""
    for name in ("in/a.ris", "in/b.ris", "in/sub/a.ris", "else/a.ris"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(RIS.format(name))
    monkeypatch.chdir(tmp_path / "in")
    return tmp_path


def _names(*named: Path) -> list[str]:
    corpus = placeless(read_files(*named).corpus, named)
    accounts = [account.path for account in corpus.ledger.files]
    assert corpus.works.column("file").to_pylist() == accounts
    return accounts


def test_a_folder_is_the_same_from_everywhere(exports: Path) -> None:
    """By its whole path, from above, from within, from beside."""
    expected = ["a.ris", "b.ris", "sub/a.ris"]
    for named in (exports / "in", Path(), Path("../in"), Path("sub/.."), Path(os.path.relpath(exports / "in"))):
        assert _names(named) == expected, named


def test_a_file_is_called_by_its_name(exports: Path) -> None:
    """Wherever it lies."""
    assert _names(exports / "in" / "b.ris", Path("../else/a.ris")) == ["b.ris", "a.ris"]
    assert _names(Path("b.ris"), exports / "else" / "a.ris") == ["b.ris", "a.ris"]


def test_files_of_one_name_are_told_apart_by_as_many_folders_as_it_takes(exports: Path) -> None:
    """Two files; a file and a folder with one of that name in it."""
    assert _names(exports / "in" / "a.ris", exports / "else" / "a.ris") == ["in/a.ris", "else/a.ris"]
    assert _names(Path("a.ris"), Path("sub/a.ris"), Path("b.ris")) == ["in/a.ris", "sub/a.ris", "in/b.ris"]
    assert _names(Path("sub"), Path("a.ris")) == ["sub/a.ris", "in/a.ris"]


def test_one_file_that_is_named_twice_ends(exports: Path) -> None:
    """No number of folders tells it from itself."""
    names = _names(exports / "in" / "a.ris", Path("a.ris"))
    assert len(names) == 2
    assert all(name.endswith("in/a.ris") for name in names)


def test_notes_name_files_in_the_same_way(exports: Path) -> None:
    """A note on a file that holds the same as another."""
    (exports / "in" / "b.ris").write_text(RIS.format("in/a.ris"))
    corpus = placeless(read_files(exports / "in").corpus, [exports / "in"])

    (note,) = corpus.ledger.files[1].notes
    assert note == "This file has the same content as a.ris: every record appears a second time."


@pytest.mark.usefixtures("exports")
def test_only_names_of_files_are_changed() -> None:
    """Not a word that ends as a folder does."""
    rename = without_places(["sub/a.ris"], [Path("sub")])
    ledger = Ledger((FileAccount("sub/a.ris", "RIS", "", 1, 1, notes=("pubsub/a and sub/a.ris",)),))

    assert renamed_accounts(ledger, rename).files[0].notes == ("pubsub/a and a.ris",)


def test_included_works_that_are_marked_are_named_gravest_first() -> None:
    """What is not included, or not marked, is left out."""
    corpus = corpus_of(
        [
            Record("a", title="Kota", status="corrected"),
            Record("b", title="Desa", status="retracted"),
            Record("c", title="Pasar", status="concern"),
            Record("d", title="Laut", status="retracted"),
            Record("e", title="Gunung"),
        ]
    )
    notes = inclusion_notes(retracted_among(corpus, ["e", "c", "b", "a"]))
    assert [note.partition(".")[0] for note in notes] == [
        "Retracted, and still in the review: b, 'Desa'",
        "In doubt (expression of concern), and still in the review: c, 'Pasar'",
        "Corrected, and still in the review: a, 'Kota'",
    ]
    assert notes[0].in_language("id").startswith("Ditarik, dan masih dalam tinjauan: b, 'Desa'. Putuskan")
