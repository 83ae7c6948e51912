"""The page of the report: built in a process of its own, read and downloaded."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.web.conftest import Browse, Browser


def ended(browser: Browser) -> str:
    """Wait for the build, and return the page."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        page = browser.get(browser.at("report")).text
        if 'data-state="running"' not in page:
            return page
        time.sleep(0.3)
    raise AssertionError(page)


@pytest.mark.slow
def test_it_is_built_on_a_button_and_read(browse: Browse, review: Path) -> None:
    """The same files as those of the command line; the report is in a sandbox of its own."""
    browser = browse(review)
    assert "No report has been built yet" in browser.get(browser.at("report")).text

    started = browser.post(browser.at("report", "build"), data={"formats": ["html"]}).text

    assert "data-job=" in started
    page = ended(browser)
    assert "Nothing has changed since the last build" in page
    report = browser.get(browser.at("report", "read"))
    assert report.content == (review / "out" / "report.html").read_bytes()
    assert report.headers["content-security-policy"].startswith("sandbox allow-scripts")


@pytest.mark.slow
def test_what_stops_a_build_is_said_on_the_page(browse: Browse, review: Path) -> None:
    """By file and line, and the button is there again."""
    codebook = review / "codebook.toml"
    browser = browse(review)
    codebook.write_text(codebook.read_text(encoding="utf-8") + "\n[[codes]]\nid = 1\n", encoding="utf-8")

    browser.post(browser.at("report", "build"))

    page = ended(browser)
    assert "The report could not be built" in page
    assert "codebook.toml, line" in page


def test_a_value_that_cannot_be_used_is_named_by_its_field(browse: Browse, review: Path) -> None:
    """Also where it is one of several, whose place among them says nothing."""
    browser = browse(review)

    answer = browser.post(browser.at("report", "build"), data={"formats": ["html", "odt"]})

    assert answer.status_code == 422
    assert "formats: this value can&#39;t be used" in answer.text


def test_products_are_listed_and_downloaded_by_name(browse: Browse, built_review: Path) -> None:
    """Only what builds have made: a name that is no product leads nowhere."""
    browser = browse(built_review)
    address = browser.at("report", "files")
    (built_review / "out" / "mine.txt").write_text("mine", encoding="utf-8")

    page = browser.get(browser.at("report")).text

    assert "evidence.json" in page
    assert "mine.txt" not in page
    answer = browser.get(address, params={"name": "evidence.json"})
    assert answer.content == (built_review / "out" / "evidence.json").read_bytes()
    assert "attachment" in answer.headers["content-disposition"]
    for name in ("mine.txt", "../review.toml", "/etc/passwd", ".benang/made.json", ""):
        assert browser.get(address, params={"name": name}).status_code == 422


def test_a_report_that_is_out_of_date_says_which_file_changed(browse: Browse, built_review: Path) -> None:
    """So that nobody sends yesterday's numbers."""
    plan = built_review / "review.toml"
    browser = browse(built_review)
    time.sleep(0.02)
    plan.write_bytes(plan.read_bytes())

    assert "Changed since the last build: review.toml" in browser.get(browser.at("report")).text
