"""A passage coded in the browser: by mouse, by keys, while the server is away; places are right in any script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browsers import chromium as started
from tests.tasks.coding.appraised import appraised_markets
from tests.web.trial import Trial, on_trial

from benang.files import write_text
from benang.judgements.events import Coding, Value
from benang.review.desk import open_desk
from benang.tasks.coding.document_shown import document_id

pytestmark = pytest.mark.browser

ODD = (
    "🏮 Naïve sellers came. They stayed.\n\nThe cafe\u0301 of 👩🏽\u200d🌾 closed early.\n\n"
    "سوق الليل أُغلق في الشتاء. ثم فُتح.\n"
)
PLACE = """words => {
  const walk = document.createTreeWalker(document.querySelector('[data-text]'), NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const at = walk.currentNode.data.indexOf(words)
    if (at < 0) continue
    const range = document.createRange()
    range.setStart(walk.currentNode, at)
    range.setEnd(walk.currentNode, at + words.length)
    const {left, right, top, height} = range.getBoundingClientRect()
    return {left, right, middle: top + height / 2}
  }
}"""


@pytest.fixture(scope="module")
def chromium(project_root: Path) -> Iterator[Browser]:
    """Return Chromium; skip where it is absent, or where the scripts were not built."""
    if not (project_root / "src/benang/web/static/reader.js").is_file():
        pytest.skip("the scripts of pages were not built: make ui")
    with started() as browser:
        yield browser


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review whose one document has letters that are hard to count."""
    folder = appraised_markets(tmp_path / "markets")
    (folder / "documents" / "sari2018.md").write_text(ODD, encoding="utf-8")
    return folder


@pytest.fixture
def server(folder: Path) -> Iterator[Trial]:
    """Serve it."""
    with on_trial(folder) as trial:
        yield trial


@pytest.fixture
def page(chromium: Browser, server: Trial) -> Iterator[Page]:
    """Return the page of the document; it complains of nothing but a server that is away."""
    own = chromium.new_context(viewport={"width": 1400, "height": 900})
    own.set_default_timeout(5000)
    page = own.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(server.entrance.link)
    page.goto(server.page.replace("/trial", f"/code/{document_id('documents/sari2018.md')}"))
    yield page
    own.close()
    assert complaints == []


def select(page: Page, words: str) -> None:
    """Select words with the mouse, as a reader does."""
    at = page.evaluate(PLACE, words)
    left, right = (at["right"], at["left"]) if re.match("[\u0600-\u06ff]", words) else (at["left"], at["right"])
    page.mouse.move(left + (1 if left < right else -1), at["middle"])
    page.mouse.down()
    page.mouse.move((left + right) / 2, at["middle"], steps=4)
    page.mouse.move(right, at["middle"], steps=4)
    page.mouse.up()


def status(page: Page) -> Any:
    """Return the line that says what was done."""
    return page.locator("[data-status]")


def quotes(folder: Path) -> list[str]:
    """Return the words that are coded, each as it is in its document at its place."""
    desk = open_desk(folder)
    codings = sorted(desk.judgements.of(Coding), key=lambda one: one.start)
    assert all(desk.documents[one.document].text[one.start : one.end] == one.quote for one in codings)
    return [one.quote for one in codings]


@pytest.mark.parametrize("words", ["Naïve sellers", "cafe\u0301 of 👩🏽‍🌾", "أُغلق في الشتاء"])
def test_two_acts_code_a_passage_of_a_study_of_one_case(page: Page, folder: Path, words: str) -> None:
    """Select it, press the code: it is marked, and stands in the log exactly so."""
    select(page, words)
    page.get_by_role("button", name="Rising rent").click()

    expect(status(page)).to_have_text("Coded: Rising rent, for Muara")
    assert quotes(folder) == [words]
    expect(page.locator("mark.coded").first).to_contain_text(words[:5])


def test_a_passage_is_coded_and_taken_back_by_keys_alone(page: Page, folder: Path) -> None:
    """Sentences are walked and taken together; the key of a code codes them; undo and redo follow."""
    page.keyboard.press("j")
    page.keyboard.press("Shift+J")
    page.keyboard.press("1")

    expect(status(page)).to_have_text("Coded: Rising rent, for Muara")
    assert quotes(folder) == ["🏮 Naïve sellers came. They stayed."]
    page.keyboard.press("Control+z")
    expect(page.locator("mark.coded")).to_have_count(0)
    assert quotes(folder) == []
    page.keyboard.press("Control+y")
    expect(page.locator("mark.coded")).to_have_count(1)
    assert len(quotes(folder)) == 1


def test_where_the_case_is_not_clear_choosing_it_codes_the_passage(page: Page, folder: Path) -> None:
    """It is remembered for the document: the next passage takes two acts."""
    page.get_by_role("link", name="Rain and crowds").click()
    expect(page.locator("[data-text]")).to_contain_text("Rain washed")
    select(page, "Rain washed the hill")
    page.get_by_role("button", name="Rising rent").click()
    expect(status(page)).to_contain_text("Choose the case")
    with page.expect_response("**/code/cases?**"):
        page.evaluate("document.body.dispatchEvent(new CustomEvent('cases', {detail: {}}))")
    page.wait_for_timeout(300)
    expect(status(page)).to_contain_text("Choose the case")
    assert quotes(folder) == []
    page.get_by_role("radio", name="Bukit").check()

    expect(status(page)).to_have_text("Coded: Rising rent, for Bukit")
    select(page, "Visitors filled")
    page.keyboard.press("2")
    expect(status(page)).to_have_text("Coded: Slow permits, for Bukit")
    assert quotes(folder) == ["Rain washed the hill", "Visitors filled"]


def test_a_passage_that_could_not_be_saved_is_kept_and_saved_later(page: Page, server: Trial, folder: Path) -> None:
    """The page says so; a reload in between loses nothing."""
    select(page, "Naïve sellers")
    server.stop()
    page.keyboard.press("1")

    expect(status(page)).to_contain_text("Not saved yet")
    expect(page.locator("mark.coded.pending")).to_have_count(1)
    server.start()
    page.reload()
    expect(page.locator("mark.coded:not(.pending)")).to_have_count(1, timeout=20_000)
    assert quotes(folder) == ["Naïve sellers"]


def test_a_passage_is_changed_and_withdrawn_in_its_card(page: Page, folder: Path) -> None:
    """A press on the mark opens it."""
    select(page, "They stayed")
    page.keyboard.press("1")
    expect(status(page)).to_contain_text("Coded")
    page.keyboard.press("Escape")
    at = page.evaluate(PLACE, "They stayed")
    page.mouse.click(at["left"] + 20, at["middle"])

    card = page.get_by_role("dialog", name="Passage")
    card.get_by_role("button", name="Change").click()
    card.get_by_label("Code").select_option("permits")
    card.get_by_role("button", name="Save").click()
    expect(status(page)).to_have_text("Changed.")
    assert [one.code for one in open_desk(folder).judgements.of(Coding)] == ["permits"]

    page.mouse.click(at["left"] + 20, at["middle"])
    card.get_by_role("button", name="Withdraw").click()
    expect(page.locator("mark.coded")).to_have_count(0)
    assert quotes(folder) == []


def test_words_become_a_code_of_their_own(page: Page, folder: Path) -> None:
    """`v` asks for its label, which is the words unless another is written."""
    select(page, "closed early")
    expect(page.get_by_role("button", name="In vivo")).to_be_visible()
    page.keyboard.press("v")
    page.get_by_label("Label").fill("Early closing")
    page.keyboard.press("Enter")

    expect(status(page)).to_contain_text("Coded")
    expect(page.get_by_role("button", name="Early closing").first).to_be_visible()
    assert quotes(folder) == ["closed early"]


def test_the_passages_at_a_selection_are_opened_from_its_bar(page: Page) -> None:
    """The button counts them."""
    select(page, "They stayed")
    page.keyboard.press("1")
    expect(status(page)).to_contain_text("Coded")
    page.keyboard.press("Escape")
    select(page, "They stayed")
    page.get_by_role("button", name="1 passage here").click()

    expect(page.get_by_role("dialog", name="Passage")).to_contain_text("Rising rent")


def test_a_text_that_changes_meanwhile_is_said_and_its_passages_stay_on_their_words(page: Page, folder: Path) -> None:
    """What is shown is right for the text that is shown, until the reader asks for the new one."""
    select(page, "They stayed")
    page.keyboard.press("1")
    expect(status(page)).to_contain_text("Coded")
    write_text(folder / "documents" / "sari2018.md", f"Once more, much later.\n\n{ODD}")  # nobody sees half of it

    page.get_by_role("link", name="Show the new text").wait_for()
    expect(page.locator("mark.coded")).to_have_text("They stayed")
    page.get_by_role("link", name="Show the new text").click()
    expect(page.get_by_role("region", name="Text", exact=True)).to_contain_text("Once more")
    expect(page.locator("mark.coded")).to_have_text("They stayed")
    expect(page.get_by_role("link", name="Show the new text")).to_be_hidden()


def test_what_is_given_in_one_form_stays_while_another_is_saved(page: Page, folder: Path) -> None:
    """A value and its evidence are there until they are saved themselves; a value also after a reload."""
    select(page, "They stayed")
    page.get_by_role("tab", name="Forms").click()
    stalls = page.locator("form[data-value]", has=page.get_by_label("Stalls"))
    stalls.get_by_role("button", name="Use the selection as evidence").click()
    stalls.get_by_label("Stalls").fill("12")
    opened = page.locator("form[data-value]", has=page.get_by_label("Opened"))
    select(page, "Naïve sellers")
    opened.get_by_role("button", name="Use the selection as evidence").click()
    opened.get_by_label("Opened").fill("1998")
    opened.get_by_role("button", name="Save").click()

    expect(opened.locator(".badge.good")).to_be_visible()
    expect(stalls.get_by_label("Stalls")).to_have_value("12")
    expect(stalls.locator("[data-evidence-list]")).to_contain_text("They stayed")
    stalls.get_by_role("button", name="Save").click()
    expect(stalls.locator(".badge.good")).to_be_visible()
    given = {one.variable: (one.value, one.passages[0].quote) for one in open_desk(folder).judgements.of(Value)}
    assert given == {"opened": (1998, "Naïve sellers"), "stalls": (12, "They stayed")}

    stalls.get_by_label("Stalls").fill("13")
    page.reload()
    page.get_by_role("tab", name="Forms").click()
    expect(stalls.get_by_label("Stalls")).to_have_value("13")


def test_a_case_that_is_missing_is_added_without_leaving_the_text(page: Page, folder: Path) -> None:
    """It is chosen at once, so that the passage that waits for its case is coded; undo takes both back."""
    page.get_by_text("New case", exact=True).click()
    page.get_by_label("Name of the case").fill("Market of lamps")
    page.get_by_role("button", name="Add case").click()
    expect(page.get_by_role("radio", name="Market of lamps")).to_be_checked()

    select(page, "Naïve sellers")
    page.get_by_role("button", name="Rising rent").click()

    expect(status(page)).to_have_text("Coded: Rising rent, for Market of lamps")
    assert [one.case for one in open_desk(folder).judgements.of(Coding)] == ["market-of-lamps"]
    page.keyboard.press("Control+z")
    expect(page.locator("mark.coded")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.get_by_role("radio", name="Market of lamps")).to_have_count(0)
    assert "lamps" not in (folder / "cases.toml").read_text(encoding="utf-8")
