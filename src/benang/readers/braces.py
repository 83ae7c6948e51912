r"""Braces of BibTeX that belong together; `\{` and `\}` are none."""

from __future__ import annotations


def closing_brace(text: str, at: int, end: int) -> int:
    r"""Return where the group that is open at `at` closes, or −1 where it does not before `end`.

    Text between braces is skipped by `find` and `count`, and each letter is looked at a fixed number of times.

    Examples
    --------
    >>> closing_brace("{a {b} c} {d}", 1, 13), closing_brace(r"{a \} b}", 1, 8), closing_brace("{a {b}", 1, 6)
    (8, 7, -1)
    """
    depth = 1
    while (close := text.find("}", at, end)) >= 0:
        while (escape := text.find("\\", at, close)) >= 0:
            depth += text.count("{", at, escape)
            at = escape + 2
        if at <= close:
            depth += text.count("{", at, close) - 1
            if not depth:
                return close
            at = close + 1
    return -1
