"""Projects of Taguette in the words of REFI-QDA."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.qda.database_files import MARKET_HTML, document, highlight, taguette
from tests.qda.test_qualcoder import balanced, said

from benang.errors import BenangError
from benang.qda import Project
from benang.qda.other_programs import read_tables
from benang.qda.taguette import html_text, read_taguette

pytestmark = pytest.mark.fast

Rows = tuple[str, tuple[object, ...]]
MUARA = document(1, "muara", MARKET_HTML)


def read(folder: Path, *rows: Rows) -> Project:
    """Write a project, and read it."""
    folder.mkdir(exist_ok=True)
    return read_taguette(read_tables(taguette(folder / "markets.sqlite3", *rows)))


def test_highlights_are_found_by_bytes_of_the_text(tmp_path: Path) -> None:
    """Highlights are found by the bytes of the text that HTML shows: é is two, a tag and an entity's name are none."""
    project = read(
        tmp_path,
        MUARA,
        *highlight(1, 0, 5, "<h1>Café</h1>", 3),
        *highlight(2, 18, 34, "<p><b>rent</b> of a stall</p>", 2, 3, by="budi"),
        *highlight(3, 36, 50, "", 1),
    )
    text = project.sources[0].text
    assert text == "Café of Muara\n\nThe rent of a stall & gate doubled.\n\nTwo gates\n\n"
    assert said(project) == [
        ("Café", "permits", "ani"),
        ("rent of a stall ", "rent", "budi"),
        ("rent of a stall ", "permits", "budi"),
        ("gate doubled.\n\nT", "reasons", "ani"),
    ]
    assert balanced(project)


def test_tags_are_below_each_other_by_their_paths(tmp_path: Path) -> None:
    """A tag is below another by its path; GUIDs are those that Taguette itself writes into a codebook."""
    project = read(tmp_path, MUARA)
    names = {one.guid: one.name for one in project.codes}
    assert [(one.name, names.get(one.parent, ""), one.description) for one in project.codes] == [
        ("reasons", "", "Why a market closes."),
        ("rent", "reasons", "The price of a stall rises."),
        ("permits", "", ""),
    ]
    assert project.codes[2].guid == str(uuid.uuid5(uuid.UUID("51B2B2B7-27EB-4ECB-9D56-E75B0A0496C2"), "permits"))


def test_words_count_where_bytes_are_wrong(tmp_path: Path) -> None:
    """Where bytes and words of a highlight differ, words that the text has once are found; others are set aside."""
    project = read(
        tmp_path,
        MUARA,
        *highlight(1, 3, 9, "<p>a stall &amp; gate</p>", 2),
        *highlight(2, 3, 9, "<p>gold</p>", 2),
        *highlight(3, 9, 3, "<p>Two</p>", 2),
        *highlight(4, 3, 9, "<p>gate</p>", 2),  # which is in gates, too
    )
    assert [words for words, *_ in said(project)] == ["a stall & gate"]
    assert balanced(project)
    assert {str(one.reason) for one in project.set_aside} == {
        "the words at its positions are not those that were highlighted",
        "its positions are 9 and 3",
    }


def test_a_database_with_several_projects_asks_for_one(tmp_path: Path) -> None:
    """A database with several projects is refused with their names, and how to get one of them."""
    with pytest.raises(BenangError, match="2 projects: 'Night markets', 'Ports'") as caught:
        read(tmp_path, ("projects", (2, "Ports", "", "")))
    assert "export it as SQLite" in str(caught.value)


def test_a_highlight_without_its_tag_or_command_is_read(tmp_path: Path) -> None:
    """A highlight without a command has no coder; one whose tag is gone is a passage without a code, which is said."""
    rows = highlight(1, 49, 58, "<li>Two gates</li>", 9)[:-1]
    project = read(tmp_path, MUARA, *rows)
    assert [len(one.codings) for one in project.sources[0].selections] == [0]
    assert [(one.kind, str(one.reason)) for one in project.set_aside] == [("coding", "its tag is not in the project")]
    assert balanced(project)


def test_two_highlights_of_the_same_words_are_two_passages(tmp_path: Path) -> None:
    """Each has a GUID of its own, and so have their codings."""
    project = read(tmp_path, MUARA, *highlight(1, 0, 5, "", 3), *highlight(2, 0, 5, "", 3, by="budi"))
    selections = project.sources[0].selections
    assert len({one.guid for one in selections}) == len({one.codings[0].guid for one in selections}) == 2
    assert balanced(project)


def test_the_same_project_has_the_same_guids_whatever_its_numbers(tmp_path: Path) -> None:
    """GUIDs don't depend on numbers of rows, which change with every export."""
    one = read(tmp_path / "a", MUARA, *highlight(1, 0, 5, "", 3), *highlight(2, 0, 5, "", 2))
    two = read(tmp_path / "b", MUARA, *highlight(7, 0, 5, "", 3), *highlight(8, 0, 5, "", 2))
    assert one.sources == two.sources


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters="<>&"), min_size=1, max_size=9
)


@given(parts=st.lists(st.tuples(st.sampled_from(["p", "li", "b", "h1", "td"]), WORDS), min_size=1, max_size=6))
def test_every_stretch_is_found_by_its_bytes(parts: list[tuple[str, str]]) -> None:
    """Whatever the elements and letters, each stretch of the text is found by its bytes."""
    found = html_text("".join(f"<{tag}>{words}</{tag}>" for tag, words in parts))
    at = 0
    for _, words in parts:
        end = at + len(words.encode())
        place = found.place(at, end)
        assert place is not None
        assert found.text[slice(*place)] == words
        at = end
