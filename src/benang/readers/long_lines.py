"""Lines that no export has: refused before a reader takes them apart, which needs many times their size in memory."""

from __future__ import annotations

from benang.errors import BenangError, Problem

LONGEST = 64 << 20
"""Bytes of a line. The longest that are known, lists of references in one cell, have some hundred thousand."""
LONGEST_OF_ALL = 512 << 20
"""The same for JSON and XML, where a whole file may stand in one line."""


def check_lines(data: bytes, *, where: str, whole_in_one: bool = False) -> None:
    r"""Refuse a text with a line that is far too long.

    Raises
    ------
    BenangError
        With the number of the line and its length.

    Examples
    --------
    >>> check_lines(b"TY  - JOUR\nER  - \n", where="a.ris")
    """
    most = LONGEST_OF_ALL if whole_in_one else LONGEST
    begin = 0
    while len(data) - begin > most:
        end = data.rfind(b"\n", begin, begin + most)
        if end < 0:
            stop = data.find(b"\n", begin)
            size = (len(data) if stop < 0 else stop) - begin
            line = data.count(b"\n", 0, begin) + 1
            way_on = "Export it again; if it is one export of very many records, export it in several parts."
            found = f"a line of {size:,} bytes"
            raise BenangError(Problem(found, where=f"{where}, line {line:,}", expected="an export", way_on=way_on))
        begin = end + 1
