"""Names that earlier versions gave records are understood, and only keys of today are sure."""

from __future__ import annotations

from pathlib import Path

from benang.readers.registry import read
from benang.records.corpus import Corpus, corpus_of
from benang.records.known_names import KnownNames, Named
from benang.records.record import Record

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
