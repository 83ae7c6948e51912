"""Codes have the side and the row of the headings that they stand under."""

from __future__ import annotations

import pytest

from benang.coding.codebook import Code, Codebook, Group, Level, PrintedRow
from benang.project.toml_files import Label

pytestmark = pytest.mark.fast

CODEBOOK = Codebook(
    groups=(
        Group(
            id="reasons",
            label=Label(en="Reasons"),
            sides=(Level(id="outside", label=Label(en="Outside")), Level(id="inside", label=Label(en="Inside"))),
        ),
    ),
    codes=(
        Code(id="people", group="reasons", label=Label(en="People"), heading=True, side="inside", row=1),
        Code(id="librarian", group="reasons", label=Label(en="Librarian left"), parent="people"),
        Code(id="flood", group="reasons", label=Label(en="Flood")),
    ),
    rows=(PrintedRow(table="leaflet", row=1, group="reasons", label=Label(en="People")),),
)


def test_a_code_under_a_heading_has_its_side_and_its_row() -> None:
    """The librarian stands under people: inside, and in row 1 of the leaflet."""
    assert CODEBOOK.side_of(CODEBOOK.by_id["librarian"]) == "inside"
    assert [code.id for code in CODEBOOK.codes_of_row(CODEBOOK.rows[0])] == ["librarian"]


def test_no_passage_carries_a_heading() -> None:
    """A heading gathers codes and is none to be coded with."""
    assert [code.id for code in CODEBOOK.codable("reasons")] == ["librarian", "flood"]


def test_rows_are_parted_by_the_side_of_their_code() -> None:
    """The librarian is inside by way of her heading; the flood has no side and comes last; no empty side is kept."""
    parts = CODEBOOK.by_side("reasons", ["flood", "librarian"], CODEBOOK.by_id.__getitem__)

    assert [(side.id if side else None, held) for side, held in parts] == [("inside", ["librarian"]), (None, ["flood"])]


def test_what_the_codebook_lacks_is_none() -> None:
    """A group or a variable that there is not is no error here; who needs it says so."""
    assert CODEBOOK.group("uses") is None
    assert CODEBOOK.variable("outcome") is None
