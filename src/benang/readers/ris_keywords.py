"""Keywords of RIS: one a line, or all in one line with separators between them, as journals on OJS write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from benang.readers.keywords import keyword_list, parted_by_commas, tidy_keywords
from benang.readers.source import Remarks
from benang.readers.values import split_list

_BRACKET = re.compile(r"[(\[]")
_SEPARATORS = (" / ", ",")
_MANY = 3  # a comma stands twice in `Receptors, Tumor Necrosis Factor, Type I`, hardly ever thrice in one keyword
_NONE = frozenset({"eppi-reviewer", "eppi-reviewer4", "n/a", "N/A"})  # EPPI-Reviewer's mark of its own; MDPI


def lists_in(data: bytes, tag: bytes = b"KW  -") -> frozenset[str]:
    r"""Tell which separators a file puts between the keywords of one line, apart from the semicolon.

    They count where no record has two lines of keywords, and where one line at least has a separator twice.

    Examples
    --------
    >>> sorted(lists_in(b"\nKW  - kota, desa, sister city\nER  - \n"))
    [',']
    >>> lists_in(b"\nKW  - Child, Preschool\nKW  - Models, Biological, Large\nER  - \n")
    frozenset()
    """
    if re.search(rb"\n%b[^\n]*\n%b" % (tag, tag), data):
        return frozenset()
    missing = {mark: mark.encode() for mark in _SEPARATORS}
    for match in re.finditer(rb"\n%b([^\n]*)" % tag, data):
        for mark in [mark for mark, written in missing.items() if match[1].count(written) >= 2]:
            del missing[mark]
        if not missing:
            break
    return frozenset(_SEPARATORS) - frozenset(missing)


def keywords_of(place: int, lines: Sequence[str], lists: frozenset[str], remarks: Remarks) -> tuple[str, ...]:
    """Return the keywords of one record; what is split is noted.

    A semicolon always separates. A comma or a slash does where it is the only line of keywords and outside brackets: in
    a file that writes such `lists`, and elsewhere where it stands thrice at least.

    Examples
    --------
    >>> remarks = Remarks()
    >>> keywords_of(1, ["kebijakan, sister city"], frozenset({","}), remarks)
    ('kebijakan', 'sister city')
    >>> keywords_of(2, ["Models, Biological, Large"], frozenset(), remarks)
    ('Models, Biological, Large',)
    """
    if not lines:
        return ()
    separator = _separator(lines, lists)
    if separator:
        remarks.habit(f"Keywords that stood in one line were split at '{separator.strip()}'", place)
    found: list[str] = []
    for line in lines:
        if ";" in line:
            found.extend(keyword_list(line, commas="," in lists))
        elif separator == ",":
            found.extend(parted_by_commas(line))
        else:
            found.extend(line.split(separator) if separator else (line,))
    keywords = tidy_keywords([keyword for given in found if (keyword := given.strip())])
    return tuple([keyword for keyword in keywords if keyword not in _NONE])


def _separator(lines: Sequence[str], lists: frozenset[str]) -> str:
    for line in lines:
        if ";" in line and len(split_list(line)) > 1:
            return ";"
    filled = [line for line in lines if line]
    if len(filled) != 1 or _BRACKET.search(filled[0]):
        return ""
    counts = {mark: filled[0].count(mark) for mark in _SEPARATORS}
    return next((mark for mark, count in counts.items() if count >= _MANY or (count and mark in lists)), "")
