"""The parts of a code go into one description and come out of it again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.qda import CodeParts, Ids, Row, description_of, guid_of, normal_guid, parts_of, read_ids

pytestmark = pytest.mark.fast


LINES = st.sampled_from(["", "[Include]", "\\[Include]", "[Example] ", "[Label in Indonesian]", "rent", " ", "[Other]"])
TEXTS = st.lists(LINES | st.text(), max_size=5).map("\n".join)


@given(st.builds(CodeParts, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS))
def test_what_was_written_into_a_description_is_read_out_of_it(parts: CodeParts) -> None:
    """Whatever lines a part has, also such as name a part."""
    assert parts_of(description_of(parts)) == parts


@given(TEXTS)
def test_a_description_of_another_program_is_the_definition_and_comes_back_as_it_was(text: str) -> None:
    """A text in which no line names a part."""
    plain = text.replace("[", "(")

    assert parts_of(plain) == CodeParts(plain)
    assert description_of(parts_of(plain)) == plain


FROM_NVIVO = "{0A1B2C3D-0000-4000-8000-ABCDEFABCDEF}"
NORMAL = "0a1b2c3d-0000-4000-8000-abcdefabcdef"


def test_ids_are_read_as_they_were_written(tmp_path: Path) -> None:
    """Also ids with blanks, tabs and what a spreadsheet takes for a formula."""
    ids = Ids().adding(
        [("code", "rent", FROM_NVIVO), ("user", "=Ani; Sari", NORMAL), ("user", "a\tb", guid_of("user", "b"))]
    )
    path = tmp_path / "refi-ids.tsv"
    path.write_bytes(ids.data)

    assert read_ids(path) == ids
    assert ids.data.decode().splitlines()[:2] == ["kind\tid\tguid", f"code\trent\t{NORMAL}"]


def test_ids_do_not_depend_on_the_order_in_which_they_came() -> None:
    """A second import of the same adds nothing."""
    rows: list[Row] = [("code", "rent", NORMAL), ("case", "alun", guid_of("case", "x"))]

    assert Ids().adding(rows) == Ids().adding(rows[1:]).adding(rows)


def test_an_event_whose_id_is_a_guid_goes_out_under_it() -> None:
    """So that codings of an imported project need no line each."""
    assert Ids().guid("coding", NORMAL) == NORMAL
    assert Ids().guid("coding", "ani/1") == guid_of("coding", "ani/1") != guid_of("note", "ani/1")


def test_a_guid_is_known_in_all_its_forms() -> None:
    """In braces or not, in capitals or not; half a pair of braces harms nobody."""
    assert {normal_guid(text) for text in (FROM_NVIVO, NORMAL, f" {NORMAL.upper()}\n", f"{{{NORMAL}")} == {NORMAL}
    assert [normal_guid(text) for text in ("", "c001", NORMAL[:-1], f"{NORMAL}0")] == [None] * 4


def test_a_review_without_the_file_has_no_guids_from_elsewhere(tmp_path: Path) -> None:
    """It is none of the files that a review needs."""
    assert read_ids(tmp_path / "refi-ids.tsv") == Ids()


def test_every_line_that_is_wrong_is_named(tmp_path: Path) -> None:
    """With what was found, and the nearest kind."""
    path = tmp_path / "refi-ids.tsv"
    path.write_text(
        f"kind\tid\tguid\ncoed\trent\t{NORMAL}\ncode\train\tc001\ncode\ta\t{NORMAL}\ncode\tb\t{FROM_NVIVO}\n"
    )

    with pytest.raises(BenangError) as raised:
        read_ids(path)

    first, second, third = map(str, raised.value.problems)
    assert "line 2" in first
    assert "Did you mean 'code'?" in first
    assert "line 3" in second
    assert "'c001' is not a GUID" in second
    assert "stands for 'b', but for 'a' on line 4" in third
