"""LaTeX becomes plain text: no dollar, no name of a command and no brace is left behind; groups close where they do."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.readers.latex import closing_brace, plain_text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("The {Cu$_2$O} film of $1S$ excitons", "The Cu2O film of 1S excitons"),
        ("$k$-means, $n = 5$, $a$$b$, $$x^2$$ and \\(y_1\\)", "k-means, n = 5, ab, x2 and y1"),
        ("$\\frac{1}{2}$ of $\\log n$ in 10$^{6}$5", "1/2 of log n in 1065"),
        (r"at 25 $^{\circ}$C and $30^\circ$ ($f \circ g$)", "at 25 °C and 30° (f ∘g)"),
        ("tax of $1B to $2B, $100K-$200K, US$ 5 to US$ 10", "tax of $1B to $2B, $100K-$200K, US$ 5 to US$ 10"),
        ("$5 and $10, US$5/AU$6, $5/$10, a $ b", "$5 and $10, US$5/AU$6, $5/$10, a $ b"),
    ],
)
def test_dollars_of_mathematics_go_and_dollars_of_money_stay(written: str, text: str) -> None:
    """A formula has no blank beside its dollars; two prices are no formula."""
    assert plain_text(written) == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"A \bibcyr{sharp} title", "A sharp title"),
        (r"A {\bibcyr sharp} title", "A sharp title"),
        (r"\textcolor[rgb]{1,0,0}{Red} \foreignlanguage{german}{Wort}", "Red Wort"),
        (r"\texorpdfstring{$\alpha$}{alpha} \bibinfo{title}{Kota} \href[x]{y}{z}", "alpha Kota z"),
        (r"\unknown*{a} C:\dir \loner", r"a C:\dir \loner"),
    ],
)
def test_an_unknown_command_leaves_the_text_in_its_braces(written: str, text: str) -> None:
    """Its name and its option go; a backslash without braces is no command that anybody could tell."""
    assert plain_text(written) == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"G\a'e M\a=o P\a`ere \alpha \aa", "Gé Mō Père αå"),
        (r"Il\cprime in \polhk{a} \soft{d} \textcommabelow{s} \Dbar ura", "Il'in ą ď ș Đura"),
    ],
)
def test_accents_of_tables_and_of_mathscinet_are_known(written: str, text: str) -> None:
    r"""`\a'` is the acute accent, as within LaTeX's tables."""
    assert plain_text(written) == text


@pytest.mark.parametrize("piece", ["$1", "$", "$$", "\\x[", "\\frac{", "\\a'", "{\\b ", "\\(", "$_"])
def test_long_and_strange_texts_end(piece: str) -> None:
    """Time grows with the length of a text, whatever stands in it."""
    began = time.process_time()
    plain_text(piece * 100_000)

    assert time.process_time() - began < 10


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
