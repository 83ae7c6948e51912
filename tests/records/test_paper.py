"""Whether a record is the paper that was meant: harmless changes pass, another paper never."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.readers.registry import read
from benang.records.corpus import Corpus, corpus_of
from benang.records.paper import EXACT, NEAR, KnownNames, Named, Paper, fit
from benang.records.record import Record

TITLE = "Night markets in a small town of the north: a study of rents"
HELD = Record("a", title=TITLE, authors=("Umpama, Ani", "Contoh, Budi"), year=2018, doi="10.9999/x")


@pytest.mark.parametrize(
    ("paper", "fits"),
    [
        (Paper(TITLE.upper(), 2018, "UMPAMA, A."), EXACT),
        (Paper(TITLE.replace(":", " -"), None, ""), EXACT),
        (Paper(f"RETRACTED: {TITLE}", 2018, "Umpama, A."), EXACT),
        (Paper(f"{TITLE} [Erratum appears in J Inv Markets. 2019 Feb;5(2):99]", 2018, "Umpama, A."), EXACT),
        (Paper(f"Retraction notice to: {TITLE}", 2018, "Umpama, A."), 0),  # another work
        (Paper(TITLE, 2019, "Contoh, B."), EXACT),  # tools sort authors
        (Paper(TITLE, 2018, "Ani Umpama"), EXACT),
        (Paper("", None, "", "10.9999/x"), EXACT),
        (Paper("Pasar malam", 2018, "Umpama, A.", "10.9999/x"), NEAR),  # a title in another language
        (Paper(TITLE.partition(":")[0], 2018, "Umpama, A."), NEAR),
        (Paper("Night markets in a small to…", 2018, "Umpama, A."), NEAR),
        (Paper(TITLE.replace("markets", "market"), 2018, "Umpama, A."), NEAR),
        (Paper(TITLE.replace("rents", "permits"), 2018, "Umpama, A."), 0),
        (Paper(TITLE, 2018, "Misal, E."), 0),
        (Paper(TITLE, 2018, "Misal, Ani"), 0),
        (Paper(TITLE, 2015, "Umpama, A."), 0),
        (Paper(TITLE, 2018, "Umpama, A.", "10.9999/y"), 0),
        (Paper("Pasar malam", 2018, "Misal, E.", "10.9999/x"), 0),  # a chapter with the DOI of its book
        (Paper("Night markets", 2018, "Umpama, A."), 0),
        (Paper(f"{TITLE} II", 2018, "Umpama, A."), 0),
        (Paper("Kota", 2018, "Umpama, A."), 0),
    ],
)
def test_a_record_fits_or_not(paper: Paper, fits: int) -> None:
    """Each answer is what a librarian would say of the two."""
    assert fit(paper, HELD) == fits


def test_titles_in_other_scripts_are_compared_too() -> None:
    """Letters are letters."""
    held = Record("a", title="夜市研究", authors=("王, 小明",), year=2018)
    assert fit(Paper("夜市研究", 2018, "王, 小明"), held) == EXACT
    assert fit(Paper("夜市经济", 2018, "王, 小明"), held) == 0
    assert fit(Paper("夜市研究", 2018, "李, 小明"), held) == 0


PAPER = "TY  - JOUR\n{id}AU  - Umpama, A.\nTI  - {title}\nPY  - 2018\nER  - \n\n"


def corpus(folder: Path, **files: str) -> Corpus:
    """Read files of these names and records."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.ris").write_text(text, encoding="utf-8")
    return read(*(folder / f"{name}.ris" for name in files))


def paper(title: str, own: str = "") -> str:
    """Return a record with an id, or without."""
    return PAPER.format(id=f"ID  - {own}\n" if own else "", title=title)


def test_places_are_found_by_the_end_of_a_path(tmp_path: Path) -> None:
    """With either slash; a name of two files leads to both."""
    held = corpus(tmp_path / "s", a=paper("One") + paper("Two"))
    names = KnownNames(held)
    for name in ("a.ris:2", "s/a.ris:2", "s\\a.ris:2"):
        assert names.find(name) == Named((held.keys[1],), "place")
    assert not names.find("a.ris:2").is_sure
    assert names.find("a.ris:3").keys == ()


def test_the_numbers_of_an_earlier_version_follow_the_order_read(tmp_path: Path) -> None:
    """Of two papers of one id, the second was x-2; now neither of them has it, and the bare id means both."""
    held = corpus(tmp_path, a=paper("One", "x"), b=paper("Two", "x"))
    names = KnownNames(held)
    assert names.find("x-2") == Named((held.keys[1],), "place")
    assert set(names.find("x").keys) == set(held.keys)


def test_the_long_key_is_sure_although_the_short_one_is_enough(tmp_path: Path) -> None:
    """Where the other paper of an id has gone, its hash still tells the paper."""
    both = corpus(tmp_path, a=paper("One", "x"), b=paper("Two", "x"))
    alone = KnownNames(corpus(tmp_path, a=paper("One", "x")))
    assert alone.find(both.keys[0]) == Named(("x",), "content")
    assert alone.find(both.keys[0]).is_sure
    assert alone.find(both.keys[1]).keys == ()


def test_the_number_of_a_library_is_understood_and_not_sure(tmp_path: Path) -> None:
    """EndNote's 370 names the reference that has it now."""
    held = corpus(tmp_path, a=paper("One", "370"))
    assert KnownNames(held).find("370") == Named((held.keys[0],), "number")


def test_a_key_is_known_as_a_heading_writes_it() -> None:
    """What stands around a key in quotation marks, and blanks within it, are lost there."""
    held = corpus_of([Record("'t  Umpama 2018"), Record("b")])
    found = KnownNames(held).find("t Umpama 2018")
    assert (found.key, found.is_sure) == ("'t  Umpama 2018", True)


def test_names_lead_to_works(tmp_path: Path) -> None:
    """Records that went into one work are one answer."""
    held = corpus(tmp_path, a=paper("One", "x"), b=paper("Two", "x"))
    names = KnownNames(held, {held.keys[1]: held.keys[0]})
    assert names.find("x") == Named((held.keys[0],), "id")
    assert names.find("x").is_sure
