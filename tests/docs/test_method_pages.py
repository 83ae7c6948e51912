"""The examples on the pages about methods run, and give what the page says."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

METHODS = Path(__file__).resolve().parent.parent.parent / "docs" / "method"
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@pytest.mark.parametrize("name", sorted(path.name for path in METHODS.glob("*.md")))
def test_the_examples_of_a_page_hold(name: str) -> None:
    """All blocks of a page run as one session."""
    text = (METHODS / name).read_text(encoding="utf-8")
    session = "\n".join(re.findall(r"```python\n(.*?)```", text, re.DOTALL))
    page = doctest.DocTestParser().get_doctest(session, {}, name, name, 0)
    said: list[str] = []
    doctest.DocTestRunner(optionflags=FLAGS).run(page, out=said.append)
    assert not said, "".join(said)
