"""Script in titles, abstracts, documents, labels and the plan: on every page it is text."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.made_papers import plain_pdf
from tests.two_coders import write_towns
from tests.web.conftest import Browse

from benang.tasks.coding.document_shown import document_id
from benang.web.page import AREAS

SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script>"
RUNS = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
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


@pytest.mark.parametrize("paper", [plain_pdf("One.").replace(b"/Pages", RUNS + b" /Pages"), SCRIPT.encode()])
def test_a_paper_is_a_pdf_or_a_picture_and_never_a_page(browse: Browse, hostile: Path, paper: bytes) -> None:
    """Also where it runs a script when it is opened, or is a page that is called PDF."""
    (hostile / "papers").mkdir(exist_ok=True)
    (hostile / "papers" / "k02.pdf").write_bytes(paper)
    document = hostile / "documents" / "k02.md"
    document.write_text(f"---\nrecord: k02\npaper: papers/k02.pdf\n---\n{SCRIPT}\n", encoding="utf-8")
    browser = browse(hostile)

    opened = browser.get(browser.at("screen", "paper"), params={"record": "k02"})
    drawn = browser.get(browser.at("documents", document_id("documents/k02.md"), "pages", "1.png"))

    assert (opened.headers["content-type"], opened.headers["x-content-type-options"]) == ("application/pdf", "nosniff")
    assert "default-src 'none'" in opened.headers["content-security-policy"]
    if paper.startswith(b"%PDF"):
        assert drawn.headers["content-type"] == "image/png"
    else:
        assert drawn.status_code == 422
