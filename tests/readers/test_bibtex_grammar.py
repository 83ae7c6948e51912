"""Where the groups of BibTeX close, beside a count brace by brace."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from benang.readers.bibtex_grammar import closing_brace


def counted(text: str, at: int, end: int) -> int:
    """Count braces one by one, as a reader would."""
    depth = 1
    for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, at, end):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if not depth:
            return match.start()
    return -1


@given(st.text("{}\\ab\n", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_a_group_closes_where_a_count_of_every_brace_says(text: str, at: int, end: int) -> None:
    """Braces, escapes and letters in any order."""
    at, end = min(at, len(text)), min(end, len(text))
    assert closing_brace(text, at, end) == counted(text, at, end)


def test_a_million_escapes_before_the_end_take_no_longer_than_a_million_letters() -> None:
    """A search for each of them from where it stands to the end would take hours."""
    text = "\\{" * 1_000_000 + "}"
    assert closing_brace(text, 0, len(text)) == len(text) - 1
