"""Whether a record is the paper that was meant: harmless changes pass, another paper never."""

from __future__ import annotations

import pytest

from benang.records.paper import EXACT, NEAR, Paper, fit
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
