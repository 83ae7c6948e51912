r"""Values as they stand in one cell of a table: lists joined and parted again, formulas made harmless and undone.

Every cell that a spreadsheet may open goes through `neutral`, whatever table it stands in, and through `plain` when
Benang reads it again. What Benang writes into CSV and Excel comes back exactly: `joined` and `parted` are each other's
inverse, so are `neutral` and `plain`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# What a spreadsheet takes for the beginning of a formula, in full width too (OWASP, "CSV injection").
_BEGINS = r"[=+\-@\t\r\n＝＋－＠]"
_FORMULA = re.compile(f"'*{_BEGINS}")
_NEUTRAL = re.compile(f"'+{_BEGINS}")
_NUMBER = re.compile(r"[+-](?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_MARKS = re.compile(r"\\[\\;]|;")
_ESCAPED = re.compile(r"\\([\\;])")
_SPECIAL = re.compile(r"[\\;]")


def joined(values: Iterable[str]) -> str:
    r"""Join values into one text with `; ` between them; a semicolon within a value becomes `\;`, a backslash `\\`.

    Examples
    --------
    >>> print(joined(["kota kembar", "seni; budaya", r"a\b"]))
    kota kembar; seni\; budaya; a\\b
    """
    return "; ".join(_SPECIAL.sub(r"\\\g<0>", value) if "\\" in value or ";" in value else value for value in values)


def parted(text: str, *, keep_empty: bool = False) -> tuple[str, ...]:
    r"""Part a text at the semicolons that no backslash stands before.

    `keep_empty` keeps places without a value, for lists that stand beside another one (`author_ids`).

    Examples
    --------
    >>> parted(r"kota kembar; seni\; budaya; a\\b"), parted("; orcid:1;", keep_empty=True), parted("")
    (('kota kembar', 'seni; budaya', 'a\\b'), ('', 'orcid:1', ''), ())
    """
    if "\\" in text:
        pieces = [_ESCAPED.sub(r"\1", piece.strip()) for piece in _pieces(text)]
    else:
        pieces = list(map(str.strip, text.split(";")))
    return tuple(pieces if keep_empty and any(pieces) else filter(None, pieces))


def _pieces(text: str) -> Iterable[str]:
    start = 0
    for mark in _MARKS.finditer(text):
        if mark[0] == ";":
            yield text[start : mark.start()]
            start = mark.end()
    yield text[start:]


def neutral(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would take for a formula, and before one that has it already.

    A number with its sign is no formula, and stays a number.

    Examples
    --------
    >>> neutral("=1+1"), neutral("-5 °C"), neutral("'=x"), neutral("'t Hooft"), neutral("a=b"), neutral("-0.5")
    ("'=1+1", "'-5 °C", "''=x", "'t Hooft", 'a=b', '-0.5')
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def plain(cell: str) -> str:
    """Undo `neutral`.

    Examples
    --------
    >>> [plain(neutral(text)) for text in ("=1+1", "'=x", "'t Hooft", "a")]
    ['=1+1', "'=x", "'t Hooft", 'a']
    """
    return cell[1:] if _NEUTRAL.match(cell) else cell
