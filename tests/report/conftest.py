"""The invented report, rendered once in each language."""

from __future__ import annotations

import pytest
from tests.report.invented import content
from tests.report.page_reader import Element, read_page

from benang.locale import Language
from benang.report.content import Names
from benang.report.html import html_page
from benang.report.inline import Texts
from benang.report.sections import report_blocks


@pytest.fixture(scope="session", params=["en", "id"])
def language(request: pytest.FixtureRequest) -> Language:
    """Return each language of the report in turn."""
    said: Language = request.param
    return said


@pytest.fixture(scope="session")
def html(language: Language) -> str:
    """Return the invented report as text."""
    return html_page(report_blocks(content(), language))


@pytest.fixture(scope="session")
def page(html: str) -> Element:
    """Return the invented report as a tree."""
    return read_page(html)


@pytest.fixture(scope="session")
def english() -> Element:
    """Return the invented report in English as a tree."""
    return read_page(html_page(report_blocks(content(), "en")))


@pytest.fixture(scope="session")
def names() -> Names:
    """Return the invented findings with their English names."""
    return Names(content().findings, Texts("en"))
