"""Projects of QualCoder in the words of REFI-QDA."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.qda.database_files import MARKET, passage, qualcoder, source

from benang.qda import Project
from benang.qda.other_programs import read_tables
from benang.qda.qualcoder import read_qualcoder

pytestmark = pytest.mark.fast

Rows = tuple[str, tuple[object, ...]]
RENT, GATES = "rent of a stall doubled", "Two gates"


def read(folder: Path, *rows: Rows) -> Project:
    """Write a project, and read it."""
    return read_qualcoder(read_tables(qualcoder(folder / "markets.qda", *rows)))


def at(words: str, *, wide: int = 0) -> tuple[int, int]:
    """Return where words are in the text, `wide` code units further on."""
    start = MARKET.index(words) + wide
    return start, start + len(words)


def said(project: Project) -> list[tuple[str, str, str]]:
    """Return words, code and coder of all codings."""
    codes = {one.guid: one.name for one in project.codes}
    users = {one.guid: one.name for one in project.users}
    return [
        (source.text[selection.start : selection.end], codes[coding.code], users.get(coding.user, ""))
        for source in project.sources
        for selection in source.selections
        for coding in selection.codings
    ]


def balanced(project: Project) -> bool:
    """Tell whether found = read + set aside, of all that is counted."""
    return all(one.unaccounted == 0 for one in project.balances)


def test_codes_passages_and_coders_are_read(tmp_path: Path) -> None:
    """Codes, passages and coders are read; several say of one passage what they think of it."""
    project = read(
        tmp_path,
        source(1, "muara.txt", MARKET),
        passage(1, 1, RENT, *at(RENT), memo="the clearest one"),
        passage(2, 2, RENT, *at(RENT), owner="budi"),
        passage(3, 3, GATES, *at(GATES)),
    )
    assert said(project) == [
        (RENT, "Rising rent", "ani"),
        (RENT, "Doubled rent", "budi"),
        (GATES, "Slow permits", "ani"),
    ]
    assert [len(one.codings) for one in project.sources[0].selections] == [2, 1]
    assert {note.text for note in project.notes} == {"Two coders begin.", "the clearest one"}
    assert project.sources[0].selections[0].codings[0].time == "2026-01-04T09:30:00"
    assert project.found == {"source": 1, "code": 4, "selection": 2, "coding": 3}
    assert balanced(project)


def test_codes_are_below_categories_and_other_codes(tmp_path: Path) -> None:
    """Codes are below categories, which no passage carries, and below other codes; memos say what they mean."""
    project = read(tmp_path)
    names = {one.guid: one.name for one in project.codes}
    assert [(one.name, names.get(one.parent, ""), one.is_codable, one.colour) for one in project.codes] == [
        ("Reasons", "", False, ""),
        ("Rising rent", "Reasons", True, "#aa3939"),
        ("Doubled rent", "Rising rent", True, "#aa3940"),
        ("Slow permits", "", True, ""),
    ]
    assert project.codes[1].description == "The price of a stall rises."
    assert (project.description, project.origin, project.name) == ("Why markets close.", "QualCoder 3.6", "markets")


def test_positions_in_utf_16_are_found_out(tmp_path: Path) -> None:
    """Positions that count a lantern as two characters are found out by the words that each coding keeps."""
    rows = (passage(1, 1, RENT, *at(RENT, wide=1)), passage(2, 3, GATES, *at(GATES, wide=1)))
    project = read(tmp_path, source(1, "muara.txt", MARKET), *rows)
    assert [words for words, *_ in said(project)] == [RENT, GATES]
    assert "UTF-16" in project.convention


def test_line_ends_of_windows_are_one_character_or_two(tmp_path: Path) -> None:
    """A text with CR LF is read with LF, whether its positions count one character for it or two."""
    for number, wide in ((1, 0), (2, 2)):
        rows = (passage(1, 1, RENT, *at(RENT, wide=wide)), passage(2, 3, GATES, *at(GATES, wide=wide + (wide > 0))))
        project = read(tmp_path / str(number), source(1, "a", MARKET.replace("\n", "\r\n")), *rows)
        assert project.sources[0].text == MARKET
        assert [words for words, *_ in said(project)] == [RENT, GATES]


def test_words_of_an_edited_text_are_found_where_they_are_now(tmp_path: Path) -> None:
    """Where a text was edited after it was coded, words that it has once are found; others are set aside."""
    rows = (
        passage(1, 1, RENT, 0, len(RENT)), passage(2, 3, "gates of gold", 5, 18), passage(3, 3, "", 900, 910),
        passage(4, 3, "ar", 0, 2),
    )  # fmt: skip
    project = read(tmp_path, source(1, "muara.txt", MARKET), *rows)
    assert [words for words, *_ in said(project)] == [RENT]
    reasons = {one.where: str(one.reason) for one in project.set_aside if one.kind == "coding"}
    assert reasons == {
        "muara.txt: “gates of gold”": "the words at its positions are not those that were coded",
        "muara.txt": "it is outside the text",
        "muara.txt: “ar”": "the words at its positions are not those that were coded",
    }
    assert balanced(project)


def test_pictures_recordings_and_lost_codings_are_set_aside_by_name(tmp_path: Path) -> None:
    """Pictures, recordings, and codings without a code or a source are set aside by name, with the reason."""
    project = read(
        tmp_path,
        source(1, "muara.txt", MARKET),
        source(2, "gate.jpg", None, "/images/gate.jpg"),
        ("code_image", (1, 2, 0, 0, 9, 9, 1, "", "", "ani", None, None)),
        ("code_av", (1, 7, 0, 900, 1, "", "", "ani", None)),
        passage(1, 9, RENT, *at(RENT)),
        passage(2, 1, RENT, 0, 9, of=8),
        passage(3, 1, RENT, 9, 4),
        ("graph", (1, "Ideas", "", "")),
        ("ris", (1, "TI", "Title", "A paper")),
        ("ris", (1, "AU", "Author", "Sari")),
    )
    assert said(project) == []
    assert [one.name for one in project.sources] == ["muara.txt"]
    assert balanced(project)
    kinds = sorted({one.kind for one in project.set_aside})
    assert kinds == ["coding", "graph", "ris", "selection", "source"]
    assert any(one.where == "gate.jpg" and "picture" in str(one.reason) for one in project.set_aside)


def test_the_same_word_of_the_same_coder_counts_once(tmp_path: Path) -> None:
    """One that was coded before the text was edited is found by its words; that of another coder counts."""
    rows = [passage(1, 1, RENT, *at(RENT)), passage(2, 1, RENT, 0, 23), passage(3, 1, RENT, *at(RENT), owner="budi")]
    project = read(tmp_path, source(1, "muara.txt", MARKET), *rows)
    assert said(project) == [(RENT, "Rising rent", "ani"), (RENT, "Rising rent", "budi")]
    assert {one.kind: str(one.reason) for one in project.set_aside} == {
        "selection": "it is the same passage as another, which has its codes and notes",
        "coding": "the same coder gave the same code twice",
    }
    assert balanced(project)


@pytest.mark.parametrize("end", [0, len(MARKET) - 2, len(MARKET)])
def test_a_case_may_have_the_whole_of_a_text_in_several_ways(tmp_path: Path, end: int) -> None:
    """QualCoder writes positions of 0, the last character that is no blank, or the length."""
    project = read(tmp_path, source(1, "muara.txt", MARKET), ("case_text", (1, 1, 1, 0, end, "ani", "", "")))
    assert project.cases[0].sources == (project.sources[0].guid,)
    assert project.set_aside == ()


def test_cases_have_texts_and_values(tmp_path: Path) -> None:
    """Cases have their texts and values; of a text that a case has a part of, it has the passages in that part."""
    project = read(
        tmp_path,
        source(1, "muara.txt", MARKET),
        source(2, "both.txt", "Muara here. Bukit there."),
        passage(1, 1, "here", 6, 10, of=2),
        passage(2, 1, "there", 18, 23, of=2),
        ("case_text", (1, 1, 1, 0, len(MARKET), "ani", "", "")),
        ("case_text", (2, 1, 2, 0, 11, "ani", "", "")),
        ("case_text", (3, 1, 2, 10, 12, "ani", "", "")),
    )
    (case,) = project.cases
    whole, both = project.sources
    assert case.sources == (whole.guid,)
    assert case.selections == (both.selections[0].guid,)
    assert [(one.name, one.type) for one in project.variables] == [("Stalls", "Integer")]
    assert list(case.values.values()) == ["120"]
    assert [str(one.reason) for one in project.set_aside] == [
        "nothing is coded in the part of 'both.txt' that the case has"
    ]


def test_annotations_are_passages_with_a_note(tmp_path: Path) -> None:
    """An annotation is a passage with a note and no code, or a note on a passage that is coded."""
    notes = [
        ("annotation", (1, 1, *at(RENT), "look again", "budi", "")),
        ("annotation", (2, 1, 0, 1, "a lamp", "ani", "")),
    ]
    project = read(tmp_path, source(1, "muara.txt", MARKET), passage(1, 1, RENT, *at(RENT)), *notes)
    texts = {one.guid: one.text for one in project.notes}
    noted = [[texts[guid] for guid in one.notes] for one in project.sources[0].selections]
    assert noted == [["a lamp"], ["look again"]]
    assert balanced(project)


def test_the_same_project_has_the_same_guids(tmp_path: Path) -> None:
    """The same project read twice has the same GUIDs, in whatever folder it lies; a changed text is another source."""
    rows = (source(1, "muara.txt", MARKET), passage(1, 1, RENT, *at(RENT), memo="clear"))
    one, two = read(tmp_path / "a", *rows), read(tmp_path / "b", *rows)
    assert (one.codes, one.sources, one.notes) == (two.codes, two.sources, two.notes)
    other = read(tmp_path / "c", source(1, "muara.txt", MARKET + "More."))
    assert other.sources[0].guid != one.sources[0].guid


def test_categories_that_are_below_themselves_are_below_nothing(tmp_path: Path) -> None:
    """Categories that are below each other, as in no tree, are below nothing."""
    circle = [("code_cat", (7, "A", "", "", "", 8)), ("code_cat", (8, "B", "", "", "", 7))]
    project = read(tmp_path, *circle)
    assert [one.parent for one in project.codes if one.name in "AB"] == ["", ""]
