"""Script in titles, abstracts, documents, labels and the plan: on every page it is text."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.two_coders import write_towns
from tests.web.conftest import Browse

from benang.web.page import AREAS

SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script>"
SAYING = ("<img src=x onerror", "<script>alert(2)")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Return a review whose every text tries to be markup."""
    folder = write_towns(tmp_path / "towns", {"ani": (1, 0), "budi": (0, 1)})
    for name, old in (("review.toml", "Night markets"), ("codebook.toml", "Rising rent"), ("cases.toml", "Town k01")):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace(old, f"{old} {SCRIPT.replace(chr(34), chr(39))}"), encoding="utf-8")
    source = folder / "sources" / "towns.ris"
    lines = source.read_text(encoding="utf-8").replace("looked at", f"looked at {SCRIPT}")
    lines = lines.replace("ER  -", f"AB  - Abstract {SCRIPT}\nKW  - market {SCRIPT}\nER  -")
    source.write_text(lines, encoding="utf-8")
    document = folder / "documents" / "k02.md"
    document.write_text(document.read_text(encoding="utf-8") + f"\n{SCRIPT}\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("area", ["", *(one.name for one in AREAS)])
@pytest.mark.parametrize("language", ["en", "id"])
def test_no_text_is_markup_on_any_page(browse: Browse, hostile: Path, area: str, language: str) -> None:
    """Whatever is shown is escaped, also in data for scripts."""
    browser = browse(hostile)
    browser.cookies.set("benang-language", language)

    page = browser.get(browser.at(area) if area else browser.at()).text

    assert f'<html lang="{language}">' in page
    assert [one for one in SAYING if one in page] == []


def test_a_search_is_shown_as_text(browse: Browse, hostile: Path) -> None:
    """What stands in an address comes back escaped."""
    browser = browse(hostile)

    page = browser.get(browser.at("history"), params={"words": SCRIPT, "coder": SCRIPT}).text

    assert [one for one in SAYING if one in page] == []
