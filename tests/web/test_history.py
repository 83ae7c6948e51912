"""The page of the history: who said what when, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.two_coders import write_towns
from tests.web.conftest import Browse


def test_it_names_each_judgement_with_its_coder(browse: Browse, tmp_path: Path) -> None:
    """By the labels of codes and cases, with the quotation."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": (1,), "budi": (0,)}))

    page = browser.get(browser.at("history")).text

    assert "5 judgements" in page
    assert "Rising rent" in page
    assert "Town k01" in page
    assert "rent of stall k01 rose" in page


def test_it_is_searched_by_coder_kind_and_words(browse: Browse, tmp_path: Path) -> None:
    """Each narrows what is listed; the counts say of how many."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": (1, 1), "budi": (0, 0)}))

    page = browser.get(browser.at("history"), params={"coder": "ani", "kind": "coding", "words": "RENT k02"}).text

    assert "1 of 10 judgements" in page
    assert "rent of stall k02 rose" in page
    assert "k01" not in page.partition("<ol")[2]


def test_what_one_said_is_taken_back_and_undo_brings_it_again(browse: Browse, tmp_path: Path) -> None:
    """A withdrawal supersedes the coding, and undo supersedes the withdrawal: no line is lost."""
    folder = write_towns(tmp_path / "towns", {"ani": (1,), "budi": (0,)})
    browser, log = browse(folder), folder / "judgements" / "ani.jsonl"
    before = log.read_text(encoding="utf-8")

    answer = browser.post(browser.at("history", "withdraw"), data={"id": "ani/ck01/rent"})

    assert answer.status_code == 204
    assert "withdrawn" in browser.get(browser.at("history"), params={"words": "rising", "kind": "coding"}).text
    assert browser.post(browser.at("undo")).status_code == 204
    desk = browser.workbench.reviews[0].desk()
    assert [one.quote for one in desk.judgements.counted if one.code == "rent"] == ["rent of stall k01 rose"]
    assert log.read_text(encoding="utf-8").startswith(before)


def test_nobody_takes_back_what_another_coder_said(browse: Browse, tmp_path: Path) -> None:
    """Not by the button, which is not there, nor by asking without it."""
    folder = write_towns(tmp_path / "towns", {"ani": (1,), "budi": (1,)})
    browser = browse(folder)
    before = (folder / "judgements" / "budi.jsonl").read_bytes()

    answer = browser.post(browser.at("history", "withdraw"), data={"id": "budi/ck01/rent"})

    assert answer.status_code == 422
    assert "budi" in answer.text
    assert (folder / "judgements" / "budi.jsonl").read_bytes() == before
    assert 'value="budi/ck01/rent"' not in browser.get(browser.at("history")).text


def test_what_the_command_line_adds_is_there_at_the_next_look(browse: Browse, tmp_path: Path) -> None:
    """Nothing is kept in memory beyond the state of the files."""
    folder = write_towns(tmp_path / "towns", {"ani": (0,), "budi": (0,)})
    browser = browse(folder)
    assert "Rising rent" not in browser.get(browser.at("history")).text
    other = write_towns(tmp_path / "other", {"ani": (1,), "budi": (0,)})
    (folder / "judgements" / "ani.jsonl").write_bytes((other / "judgements" / "ani.jsonl").read_bytes())
    browser.workbench.reviews[0].changed()

    assert "Rising rent" in browser.get(browser.at("history")).text


def test_a_code_that_gets_another_label_has_it_in_the_history_too(browse: Browse, tmp_path: Path) -> None:
    """Though the judgements are the same as before."""
    folder = write_towns(tmp_path / "towns", {"ani": (1,), "budi": (0,)})
    browser, book = browse(folder), folder / "codebook.toml"
    assert "Rising rent" in browser.get(browser.at("history")).text
    book.write_text(book.read_text(encoding="utf-8").replace("Rising rent", "Dearer stalls"), encoding="utf-8")
    browser.workbench.reviews[0].changed()

    page = browser.get(browser.at("history")).text
    assert "Dearer stalls" in page
    assert "Rising rent" not in page


def test_an_empty_log_says_what_will_be_here(browse: Browse, tmp_path: Path) -> None:
    """With links to where judgements are made."""
    folder = write_towns(tmp_path / "towns", {"ani": (None,), "budi": (None,)})
    browser = browse(folder)

    page = browser.get(browser.at("history")).text

    assert "No judgements yet" in page
    assert browser.at("code") in page


@pytest.mark.parametrize("area", ["import", "screen", "code", "matrix", "history"])
def test_undo_and_redo_are_buttons_too_on_every_page(browse: Browse, tmp_path: Path, area: str) -> None:
    """For whoever has no keys for them, as on a phone; a folder that is open elsewhere has none."""
    folder = write_towns(tmp_path / "towns", {"ani": (1,), "budi": (0,)})
    browser, second = browse(folder), browse(folder)

    buttons = [f'hx-post="{browser.at(way)}" hx-swap="none" aria-label="' for way in ("undo", "redo")]

    assert all(one in browser.get(browser.at(area)).text for one in buttons)
    assert not any(one in second.get(second.at(area)).text for one in buttons)
