"""What every page does in the browser: it hears of changes, keeps what is typed and done, and is used by keys alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browsers import chromium as started
from tests.web.trial import NOTES, Trial, on_trial

pytestmark = pytest.mark.browser

EXPECTED = re.compile("net::ERR|Failed to load resource|htmx:sendError|htmx:afterRequest|Response Status Error")
"""What Chromium and htmx say of a server that is away, or that answers with an error."""
CHANGED = "The folder changed outside of this page"
DROP = """([form, files]) => {
  const data = new DataTransfer()
  for (const [name, size] of files) data.items.add(new File(['x'.repeat(size)], name))
  const at = document.querySelector(form)
  for (const kind of ['dragover', 'drop'])
    at.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}))
}"""

AT_FIRST = "requestAnimationFrame(() => { window.atFirst = document.documentElement.dataset.theme })"
"""Before a page is painted for the first time, take down its theme."""

AT_ONCE = """document.addEventListener('DOMContentLoaded', () => {
  document.querySelector('textarea[name=line]').value = 'at once'
  for (const name of ['Save', 'Include'])
    [...document.querySelectorAll('main button')].find((one) => one.textContent === name).click()
})"""
"""Press buttons when the scripts of a page have begun, before htmx has read it."""


@pytest.fixture(scope="module")
def chromium(project_root: Path) -> Iterator[Browser]:
    """Return Chromium; skip where it is absent, or where the scripts were not built."""
    if not (project_root / "src/benang/web/static/pages.js").is_file():
        pytest.skip("the scripts of pages were not built: make ui")
    with started() as browser:
        yield browser


@pytest.fixture
def trial(review: Path) -> Iterator[Trial]:
    """Serve a review with the page on trial."""
    with on_trial(review) as server:
        yield server


@contextmanager
def entered(browser: Browser, trial: Trial, **context: Any) -> Iterator[Page]:
    """Open the page on trial in a browser of its own; it complains of nothing but what it can't reach."""
    own = browser.new_context(viewport={"width": 1200, "height": 900}, **context)
    own.set_default_timeout(5000)
    page = own.new_page()
    complaints: list[str] = []
    page.on("console", lambda one: complaints.append(one.text) if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(trial.entrance.link)
    page.goto(trial.page)
    yield page
    own.close()
    assert [one for one in complaints if not EXPECTED.search(one)] == []


def messages(page: Page) -> Any:
    """Return the short messages that a page shows."""
    return page.locator("#messages .message")


def press(page: Page, name: str) -> None:
    """Press a button by its name."""
    page.get_by_role("button", name=name).click()


def lines(trial: Trial) -> list[str]:
    """Return what acts have written into the folder."""
    file = trial.folder / NOTES
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []


def test_an_act_says_what_it_did_and_what_is_live_follows(chromium: Browser, trial: Trial) -> None:
    """The change is the page's own, which it does not speak of as one from outside."""
    with entered(chromium, trial) as page:
        page.keyboard.press("i")
        expect(messages(page)).to_have_text(re.compile("Added: included"))
        expect(page.locator("#lines")).to_have_text("1 lines")
        page.wait_for_timeout(2500)
        assert CHANGED not in page.locator("body").inner_text()


def test_what_an_act_says_that_leads_elsewhere_is_said_there(chromium: Browser, trial: Trial) -> None:
    """Once."""
    with entered(chromium, trial) as page:
        press(page, "Leave")
        page.wait_for_url("**/reviews/*")
        expect(messages(page)).to_contain_text("Copied.")
        page.reload()
        expect(page.get_by_role("heading").first).to_be_visible()
        expect(messages(page)).to_have_count(0)


def test_undo_and_redo_by_keys_across_a_reload(chromium: Browser, trial: Trial) -> None:
    """Within a field the keys take back what is typed, as everywhere."""
    with entered(chromium, trial) as page:
        page.keyboard.press("i")
        expect(page.locator("#lines")).to_have_text("1 lines")
        page.reload()
        page.get_by_label("Memo").fill("x")
        page.get_by_label("Memo").press("Control+z")
        assert lines(trial) == ["included"]
        page.get_by_role("heading", name="Trial").click()
        page.keyboard.press("Control+z")
        expect(page.locator("#lines")).to_have_text("0 lines")
        assert lines(trial) == []
        page.keyboard.press("Control+y")
        expect(page.locator("#lines")).to_have_text("1 lines")


def test_two_tabs_see_each_others_changes(chromium: Browser, trial: Trial) -> None:
    """The other one says that the change came from outside."""
    with entered(chromium, trial) as page:
        other = page.context.new_page()
        other.goto(trial.page)
        other.wait_for_timeout(1200)
        page.keyboard.press("i")
        expect(other.locator("#lines")).to_have_text("1 lines")
        expect(messages(other)).to_contain_text(CHANGED)


def test_a_change_of_the_folder_from_outside_is_shown(chromium: Browser, trial: Trial) -> None:
    """As by git, a drive, or the command line."""
    with entered(chromium, trial) as page:
        page.wait_for_timeout(1200)
        (trial.folder / NOTES).write_text("a\nb\n", encoding="utf-8")
        expect(page.locator("#lines")).to_have_text("2 lines")
        expect(messages(page)).to_contain_text(CHANGED)


def test_what_changed_while_a_tab_was_not_looked_at_is_shown(chromium: Browser, trial: Trial) -> None:
    """The page says with which state of the folder it was made, and the server which one there is now."""
    with entered(chromium, trial) as page:
        page.wait_for_timeout(300)
        trial.stop()
        (trial.folder / NOTES).write_text("a\nb\nc\n", encoding="utf-8")
        trial.start()
        expect(page.locator("#lines")).to_have_text("3 lines", timeout=12_000)
        expect(messages(page).filter(has_text=CHANGED)).to_have_count(1)


def test_acts_while_the_server_is_away_are_done_when_it_is_back(chromium: Browser, trial: Trial) -> None:
    """In their order, each once; a banner says what is the matter until then."""
    with entered(chromium, trial) as page:
        page.wait_for_timeout(500)
        trial.stop()
        page.keyboard.press("i")
        banner = page.locator(".away")
        expect(banner).to_contain_text("The server is not answering. This page keeps trying. 1 change is kept")
        page.get_by_label("Memo").fill("second")
        press(page, "Save")
        expect(banner).to_contain_text("2 changes are kept")
        page.get_by_role("link", name="Overview").click()
        expect(page.get_by_role("heading", name="Trial")).to_be_visible()
        trial.start()
        expect(banner).to_be_empty(timeout=12_000)
        expect(page.locator("#saved")).to_be_attached()
        expect(page.locator("#lines")).to_have_text("2 lines")
        assert lines(trial) == ["included", "second"]
        assert len(set(trial.heard)) == 2
        page.reload()
        expect(page.get_by_label("Memo")).to_have_value("")


def test_an_act_whose_answer_was_lost_is_not_done_twice(chromium: Browser, trial: Trial) -> None:
    """It is sent again, and answered as before."""
    with entered(chromium, trial) as page:

        def lose(route: Any) -> None:
            route.fetch()
            route.abort()

        page.route("**/trial/add", lose, times=1)
        page.keyboard.press("i")
        expect(messages(page).filter(has_text="Added: included")).to_have_count(1, timeout=12_000)
        expect(page.locator("#lines")).to_have_text("1 lines")
        assert lines(trial) == ["included"]
        assert len(trial.heard) == 1


@pytest.mark.parametrize("then", ["reload", "go on"])
def test_an_act_that_is_refused_when_it_is_sent_again_is_kept(chromium: Browser, trial: Trial, then: str) -> None:
    """A server that was started again may not know this page yet; what was decided must not be lost for that.

    It is sent once the page is loaded again, and before the next act.
    """
    with entered(chromium, trial) as page:
        page.wait_for_timeout(500)
        trial.stop()
        page.keyboard.press("i")
        expect(page.locator(".away")).to_contain_text("1 change is kept")
        refusal = {"status": 403, "content_type": "text/plain", "body": "This is an old token."}
        page.route("**/trial/add", lambda route: route.fulfill(**refusal), times=1)
        trial.start()
        expect(messages(page).filter(has_text="This is an old token.")).to_have_count(1, timeout=12_000)
        assert lines(trial) == []
        if then == "reload":
            page.reload()
        else:
            page.get_by_label("Memo").fill("second")
            press(page, "Save")
        written = ["included", "second"][: 1 if then == "reload" else 2]
        expect(page.locator("#lines")).to_have_text(f"{len(written)} lines")
        assert lines(trial) == written


def test_what_is_pressed_before_the_page_was_read_is_done_once_it_was(chromium: Browser, trial: Trial) -> None:
    """A form is not sent as a plain one, which would lead to nowhere."""
    with entered(chromium, trial) as page:
        page.add_init_script(AT_ONCE)
        page.reload()
        expect(page.locator("#lines")).to_have_text("2 lines")
        assert sorted(lines(trial)) == ["at once", "included"]
        assert page.url == trial.page


def test_what_is_typed_is_there_after_a_reload_until_it_is_saved(chromium: Browser, trial: Trial) -> None:
    """In all tabs of the browser."""
    with entered(chromium, trial) as page:
        page.get_by_label("Memo").fill("the landlord")
        page.reload()
        expect(page.get_by_label("Memo")).to_have_value("the landlord")
        press(page, "Save")
        expect(messages(page)).to_contain_text("Added: the landlord")
        page.reload()
        expect(page.get_by_label("Memo")).to_have_value("")


def test_an_old_link_is_said_to_be_old(chromium: Browser, trial: Trial) -> None:
    """As after a new start of Benang, which gives another token."""
    with entered(chromium, trial) as page:
        page.wait_for_timeout(300)
        page.context.clear_cookies()
        press(page, "Include")
        expect(page.locator(".away")).to_contain_text("link of this page is old")
        page.context.new_page().goto(trial.entrance.link)
        expect(page.locator(".away")).to_be_empty(timeout=12_000)
        expect(page.locator("#lines")).to_have_text("1 lines")


def test_a_folder_that_has_gone_is_said_to_be_gone(chromium: Browser, trial: Trial, tmp_path: Path) -> None:
    """Nothing is done to what is left of it."""
    with entered(chromium, trial) as page:
        page.wait_for_timeout(1200)
        trial.folder.rename(tmp_path / "moved")
        expect(page.locator(".away")).to_contain_text("folder of this review is no longer there")


def test_an_act_that_fails_says_why_until_it_is_closed(chromium: Browser, trial: Trial) -> None:
    """In the words of the server."""
    with entered(chromium, trial) as page:
        page.keyboard.press("x")
        expect(page.get_by_role("alert")).to_contain_text("There is no room for this.")
        press(page, "Close")
        expect(messages(page)).to_have_count(0)


def test_what_is_hard_to_take_back_is_asked_first(chromium: Browser, trial: Trial) -> None:
    """Escape is a no, and the focus is where it was."""
    with entered(chromium, trial) as page:
        page.keyboard.press("i")
        expect(page.locator("#lines")).to_have_text("1 lines")
        page.reload()
        clear = page.get_by_role("button", name="Clear")
        clear.click()
        expect(page.get_by_role("dialog")).to_contain_text("Remove 1 lines?")
        page.keyboard.press("Escape")
        expect(clear).to_be_focused()
        assert lines(trial) == ["included"]
        clear.press("Enter")
        page.get_by_role("dialog").get_by_role("button", name="Clear").click()
        expect(page.locator("#lines")).to_have_text("0 lines")


def test_what_htmx_would_ask_is_asked_by_the_page(chromium: Browser, trial: Trial) -> None:
    """And the button says what it does."""
    with entered(chromium, trial) as page:
        press(page, "Ask first")
        expect(page.get_by_role("dialog")).to_contain_text("Really?")
        assert lines(trial) == []
        page.get_by_role("dialog").get_by_role("button", name="Ask first").click()
        expect(page.locator("#lines")).to_have_text("1 lines")


def test_a_list_is_gone_through_by_keys(chromium: Browser, trial: Trial) -> None:
    """A key presses what belongs to the current item."""
    with entered(chromium, trial) as page:
        for key, item in (("j", "#name-1"), ("j", "#name-2"), ("k", "#name-1"), ("ArrowDown", "#name-2")):
            page.keyboard.press(key)
            expect(page.locator(item)).to_be_focused()
        page.keyboard.press("a")
        expect(messages(page)).to_contain_text("Added: Permits")
        expect(page.locator("#name-2")).to_be_focused()


def test_after_an_item_has_gone_the_next_one_is_the_current_one(chromium: Browser, trial: Trial) -> None:
    """And has the focus, on the same button if it was on one."""
    with entered(chromium, trial) as page:
        page.get_by_role("button", name="Drop Permits").press("Enter")
        expect(page.locator("#name-2")).to_have_count(0)
        expect(page.locator("#name-3")).to_have_attribute("aria-current", "true")
        expect(page.get_by_role("button", name="Drop Lanterns")).to_be_focused()


def test_a_question_mark_lists_the_keys_and_single_ones_can_be_switched_off(chromium: Browser, trial: Trial) -> None:
    """Who steers by voice would press them without meaning to."""
    with entered(chromium, trial) as page:
        page.get_by_role("button", name="Keys").click()
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog", name="Keys")
        for words in ("Include", "Accept Rent", "Undo", "Redo", "Next and previous in the list"):
            expect(dialog).to_contain_text(words)
        dialog.get_by_label("Single letters and digits press buttons").uncheck()
        page.keyboard.press("Escape")
        page.keyboard.press("i")
        page.wait_for_timeout(400)
        assert lines(trial) == []


def test_keys_are_letters_while_somebody_writes(chromium: Browser, trial: Trial) -> None:
    """And a key that is held decides once."""
    with entered(chromium, trial) as page:
        page.get_by_label("Memo").press_sequentially("ix?")
        expect(page.get_by_label("Memo")).to_have_value("ix?")
        assert lines(trial) == []
        page.get_by_role("heading", name="Trial").click()
        for _ in range(5):
            page.keyboard.down("i")
        page.keyboard.up("i")
        page.wait_for_timeout(600)
        assert lines(trial) == ["included"]


def test_the_focus_survives_a_swap(chromium: Browser, trial: Trial) -> None:
    """It is on the button of the same name in what has come."""
    with entered(chromium, trial) as page:
        page.get_by_role("button", name="Next card").press("Enter")
        expect(page.get_by_text("More")).to_be_visible()
        expect(page.get_by_role("button", name="Next card")).to_be_focused()


def test_the_theme_is_chosen_and_kept(chromium: Browser, trial: Trial) -> None:
    """At first it is that of the system, and it is there before anything is painted."""
    with entered(chromium, trial, color_scheme="dark") as page:
        html, switch = page.locator("html"), page.locator(".bar [data-theme-switch]")
        expect(html).to_have_attribute("data-theme", "dark")
        expect(switch).to_have_attribute("aria-label", "Theme: as the system")
        switch.click()
        expect(html).to_have_attribute("data-theme", "light")
        page.add_init_script(AT_FIRST)
        page.reload()
        expect(html).to_have_attribute("data-theme", "light")
        assert page.evaluate("window.atFirst") == "light"


def test_work_under_way_shows_how_far_it_is(chromium: Browser, trial: Trial) -> None:
    """And its element hears once that it has ended."""
    with entered(chromium, trial) as page:
        page.wait_for_timeout(600)
        page.evaluate("document.body.addEventListener('ended', () => { window.ends = (window.ends || 0) + 1 })")
        job = {"id": "7-trial"}
        trial.workbench.announce("job", **job, what="Layout", share=0.25, state="running")
        element = page.locator("[data-job]")
        expect(element).to_have_attribute("data-state", "running")
        assert element.locator("progress").evaluate("bar => bar.value") == 0.25
        expect(element).to_contain_text("Layout")
        for _ in range(2):
            trial.workbench.announce("job", **job, what="", share=1.0, state="done")
        expect(element).to_have_attribute("data-state", "done")
        page.wait_for_timeout(400)
        assert page.evaluate("window.ends") == 1


def test_dropped_files_are_sent_one_by_one_and_one_that_is_too_large_is_not(chromium: Browser, trial: Trial) -> None:
    """It says how large it is and how large it may be."""
    with entered(chromium, trial) as page:
        page.evaluate(DROP, ["h1", [["a.ris", 10], ["b.ris", 1001], ["c.ris", 1000]]])
        uploads = page.locator(".uploads li")
        expect(uploads.nth(0)).to_have_attribute("data-state", "done")
        expect(uploads.nth(1)).to_contain_text("This file has 1 kB, and at most 1 kB can be uploaded")
        expect(uploads.nth(2)).to_have_attribute("data-state", "done")
        assert trial.heard == ["a.ris", "c.ris"]


def test_an_upload_that_is_cut_off_goes_on_when_the_server_is_back(chromium: Browser, trial: Trial) -> None:
    """Nobody has to choose the file again."""
    with entered(chromium, trial) as page:
        page.wait_for_timeout(500)
        trial.stop()
        page.locator("input[type=file]").set_input_files({"name": "a.ris", "mimeType": "text/plain", "buffer": b"TY"})
        expect(page.locator(".uploads li")).to_contain_text("the server is not answering")
        trial.start()
        expect(page.locator(".uploads li")).to_have_attribute("data-state", "done", timeout=12_000)
        assert trial.heard == ["a.ris"]


def test_an_upload_that_breaks_off_in_the_middle_is_sent_again(chromium: Browser, trial: Trial) -> None:
    """And those behind it follow."""
    with entered(chromium, trial) as page:
        page.route("**/trial/uploads", lambda route: route.abort("connectionreset"), times=1)
        page.evaluate(DROP, ["h1", [["a.ris", 10], ["b.ris", 20]]])
        for place in (0, 1):
            expect(page.locator(".uploads li").nth(place)).to_have_attribute("data-state", "done", timeout=12_000)
        assert trial.heard == ["a.ris", "b.ris"]


def test_two_tabs_that_decide_the_same_do_it_once_each_and_see_it(chromium: Browser, trial: Trial) -> None:
    """Neither loses what the other one did."""
    with entered(chromium, trial) as page:
        other = page.context.new_page()
        other.goto(trial.page)
        for one in (page, other):
            one.keyboard.press("i")
        for one in (page, other):
            expect(one.locator("#lines")).to_have_text("2 lines")


def test_the_menu_of_a_telephone_opens_and_closes(chromium: Browser, trial: Trial) -> None:
    """Escape gives the focus back to its button."""
    with entered(chromium, trial) as page:
        page.set_viewport_size({"width": 390, "height": 844})
        menu, area = page.get_by_role("button", name="Menu"), page.get_by_role("link", name="Matrix")
        expect(area).to_be_hidden()
        menu.click()
        expect(area).to_be_visible()
        page.keyboard.press("Escape")
        expect(area).to_be_hidden()
        expect(menu).to_be_focused()


def test_in_indonesian_the_scripts_speak_it_too(chromium: Browser, review: Path) -> None:
    """With the words that the page brings along."""
    with on_trial(review, language="id") as trial, entered(chromium, trial) as page:
        page.wait_for_timeout(300)
        trial.stop()
        expect(page.locator(".away")).to_contain_text("Server tidak menjawab. Halaman ini terus mencoba.")
