"""First pages with a hyphen of their own: `AE-06` is a talk of a meeting, `I-445` a page of its first volume."""

from __future__ import annotations

import re

# Small Roman numerals number prefaces, so that iv-12 goes from page iv to page 12.
_OWN_HYPHEN = re.compile(r"(\s*(?:[Pp]{1,2}\.\s?)?)(?![ivxlc]{1,9}[-‐‑‒–—])([A-Za-z]{1,4})[-‐‑‒–—](?=[0-9])")


def with_hyphen_closed(pages: str) -> str:
    """Take out the hyphen between the letters and the figures of a first page, so that one that is left is a range's.

    Examples
    --------
    >>> with_hyphen_closed("AE-06"), with_hyphen_closed("I-445-I-448"), with_hyphen_closed("pp. S-3")
    ('AE06', 'I445-I-448', 'pp. S3')
    >>> with_hyphen_closed("S3-S9"), with_hyphen_closed("iv-12"), with_hyphen_closed("12-19")
    ('S3-S9', 'iv-12', '12-19')
    """
    match = _OWN_HYPHEN.match(pages)
    return f"{match[1]}{match[2]}{pages[match.end() :]}" if match else pages
