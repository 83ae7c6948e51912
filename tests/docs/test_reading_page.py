"""The page on reading names what is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.readers.forms import FORMS
from benang.writers import SUFFIXES

pytestmark = pytest.mark.fast

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "reading.md"


def test_every_form_and_suffix_stands_on_the_page() -> None:
    """Each form that is read has a row with the way to get it, each suffix that is written has one, too."""
    text = PAGE.read_text(encoding="utf-8")

    missing = [form.name for form in FORMS if f"| {form.name} | {form.export} |" not in text]
    assert missing == []
    assert [suffix for suffix in SUFFIXES if f"`{suffix}`" not in text] == []
