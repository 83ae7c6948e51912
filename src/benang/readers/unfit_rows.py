"""Rows that do not fit the header of their table: those of a further table, and those with too many cells or too few.

A further table begins with a repeated header, or with one of another table. For a row with another number of
cells, the shift is sought that fits best by what columns must hold.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from benang.locale.writing import worded
from benang.readers.identifiers import is_doi
from benang.readers.table_rows import bare
from benang.readers.tables import type_named

_MOST = 5
"""Columns that a row may have too many or too few: beyond that, evidence for any shift is thin."""
_STRONG = 2.0
_ENOUGH = 2
_SOME = 0.05
_SLACK = 0.1
"""What a place may be worse than the best for each row, and still be in doubt: less than one weak value for five."""
_EPSILON = 1e-6

_YEAR = re.compile(r"[12][0-9]{3}")
_DIGITS = re.compile(r"[0-9][0-9.,]{0,12}")
_IDS = re.compile(r"[0-9]{6,12}(?:\s*;\s*[0-9]{6,12})*\s*;?|\[No author id available\]", re.IGNORECASE)
_ISSN = re.compile(r"[0-9]{4}-?[0-9]{3}[0-9Xx]")
_ISBN = re.compile(r"[0-9][0-9 -]{8,16}[0-9Xx]")
_INITIALS = re.compile(r"[^\W\d_][^,;]{0,40},? (?:[^\W\d_]\.[ -]?){1,4}(?:[,;]|\Z)")
_LANGUAGE_NAMES = (
    "english indonesian chinese spanish french german portuguese russian japanese italian korean turkish polish dutch "
    "arabic persian malay ukrainian czech croatian hungarian swedish norwegian danish finnish greek hebrew thai "
    "vietnamese serbian slovenian slovak romanian lithuanian en id zh es fr de pt ru ja it ko tr"
)
_LANGUAGES = frozenset(_LANGUAGE_NAMES.split())
_REFERENCE = re.compile(r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9])")
_PROSE = re.compile(r"\b(?:was|were|is|are|we|this|grant|foundation|council)\b", re.IGNORECASE)
_LOOKS_STRONG = re.compile(r"10\.[0-9]{4,9}/\S+|2-s2\.0-[0-9]+|https?://\S+|WOS:\S+")

_OF_FIELDS: Mapping[str, str] = {
    "year": "year", "doi": "doi", "eid": "eid", "wos": "wos", "url": "url", "issn": "issn", "isbn": "isbn",
    "citations": "number", "pmid": "number", "language": "language", "type": "type", "volume": "volume",
    "issue": "volume", "first_page": "page", "last_page": "page", "references": "references", "abstract": "abstract",
    "authors": "names", "title": "text", "source": "text", "source_abbreviation": "text",
    "publisher": "text", "scopus_ids": "ids", "full_names": "names with ids",
    "author_keywords": "keywords", "index_keywords": "keywords",
    "affiliations": "affiliations", "editors": "names", "group_authors": "names",
}  # fmt: skip
_OF_HEADERS: Mapping[str, str] = {
    "page count": "number", "publication stage": "stage", "open access": "open access", "coden": "coden",
    "source": "scopus", "conference code": "number", "gsrank": "number", "eid": "eid",
    "authors with affiliations": "affiliations", "correspondence address": "correspondence",
}  # fmt: skip
_PUBLISHED_BY_SCOPUS = "eid"

Fields = Mapping[int, str]
"""Which column, by its place, holds which field."""
_LONGEST_NAME = 40
_YEAR_DIGITS = 4


def _is_language(cell: str) -> bool:
    return bare(re.split(r"[;,]", cell, maxsplit=1)[0]) in _LANGUAGES


def _is_open(cell: str) -> bool:
    return "open access" in cell.lower() or cell in ("Gold", "Green", "Bronze", "Hybrid")


def _is_list(cell: str) -> bool:
    """Distinguish a list of keywords from prose and from references: its items are short."""
    items = cell.split(";")
    return len(cell) <= 60 * len(items) and not _LOOKS_STRONG.match(cell) and not _PROSE.search(cell)


def _is_text(cell: str) -> bool:
    odd = _INITIALS.match(cell) or _LOOKS_STRONG.match(cell) or _DIGITS.fullmatch(cell) or _IDS.fullmatch(cell)
    return not odd and not _is_language(cell) and not type_named(cell)


_TESTS: Mapping[str, tuple[float, Callable[[str], object]]] = {
    "year": (3.0, _YEAR.fullmatch),
    "doi": (3.0, is_doi),
    "eid": (4.0, re.compile(r"2-s2\.0-[0-9]+").fullmatch),
    "wos": (4.0, re.compile(r"WOS:\S+").fullmatch),
    "ids": (3.0, _IDS.fullmatch),
    "names with ids": (2.0, re.compile(r"\([0-9]{6,12}\)").search),
    "url": (2.0, re.compile(r"https?://").match),
    "issn": (2.0, lambda cell: all(_ISSN.fullmatch(part) for part in re.split(r"[;,\s]+", cell) if part)),
    "isbn": (1.0, lambda cell: _ISBN.match(cell)),
    "number": (0.5, _DIGITS.fullmatch),
    "language": (2.0, _is_language),
    "type": (2.0, lambda cell: type_named(cell)),
    "stage": (3.0, lambda cell: bare(cell) in ("final", "article in press", "aip")),
    "scopus": (3.0, lambda cell: cell == "Scopus"),
    "open access": (2.0, _is_open),
    "coden": (0.5, re.compile(r"[A-Z0-9]{5}").fullmatch),
    "volume": (0.5, lambda cell: len(cell) < 30 and not _LOOKS_STRONG.match(cell)),
    "page": (0.5, lambda cell: len(cell) < 15 and any(map(str.isdigit, cell))),
    "references": (1.0, lambda cell: len(cell) > 30 and "," in cell and _REFERENCE.search(cell)),
    "keywords": (1.0, _is_list),
    "affiliations": (0.5, lambda cell: len(cell) > 15 and "," in cell),
    "correspondence": (0.5, lambda cell: "email" in cell or ";" in cell),
    "abstract": (0.5, lambda cell: len(cell) > 80 or cell.startswith("[No abstract")),
    "names": (0.5, lambda cell: _INITIALS.match(cell) or cell.startswith("[No author")),
    "text": (0.5, _is_text),
    "other": (0.5, lambda cell: not _LOOKS_STRONG.match(cell)),
}
"""What a kind of column holds, and how much weight a value has that does or does not fit."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a row was brought to the header: its cells, one a column; where it was shifted; the columns in doubt."""

    cells: tuple[str, ...]
    surplus: tuple[str, ...]
    first: int
    last: int
    doubtful: tuple[int, ...]


class Shifts:
    """Scores of rows against the columns of one header."""

    def __init__(self, header: Sequence[str], fields: Mapping[int, str]) -> None:
        """Take a header and the fields that its columns are read into, by place."""
        names = [bare(name) for name in header]
        self.width = len(header)
        self.fields = dict(fields)
        self.kinds = [self._kind(at, name, names, fields) for at, name in enumerate(names)]
        self.essential = {at for at, field in fields.items() if field in ("title", "authors", "year")}
        self.read = frozenset(fields)
        self._tells = any(_TESTS[kind][0] >= _STRONG for kind in self.kinds)

    @staticmethod
    def _kind(at: int, name: str, names: Sequence[str], fields: Mapping[int, str]) -> str:
        if field := fields.get(at):
            return _OF_FIELDS.get(field, "other")
        kind = _OF_HEADERS.get(name, "other")
        return "other" if kind == "scopus" and _PUBLISHED_BY_SCOPUS not in names else kind

    def score(self, column: int, cell: str) -> float:
        """Return how well a cell fits a column: above 0 where it does, below where it does not, 0 for an empty one."""
        value = cell.strip()
        if not value:
            return 0.0
        weight, test = _TESTS[self.kinds[column]]
        return weight if test(value[:2000]) else -weight

    def evidence(self, cells: Sequence[str]) -> tuple[int, int]:
        """Count the cells of telling columns that fit and that do not."""
        fit = misfit = 0
        for column, cell in enumerate(cells[: self.width]):
            if _TESTS[self.kinds[column]][0] >= _STRONG and cell:
                good = self.score(column, cell) > 0
                fit += good
                misfit += not good
        return fit, misfit

    def is_whole(self, cells: Sequence[str]) -> bool:
        """Tell whether cells are a row by themselves: what must be a year, DOI or link mostly is one."""
        fit, misfit = self.evidence(cells)
        return fit > misfit or (not misfit and not self._tells)

    def totals(self, rows: Sequence[Sequence[str]]) -> list[float]:
        """Return for each place of the shift how well rows of one length fit, all together.

        From one place to the next a single cell changes its column, or a single column its cell. That one of two cells
        is empty is evidence only where it is nearly always the same: else the place would win that leaves out the
        emptier of two columns that hold the same kind of thing.
        """
        more = len(rows[0]) - self.width
        gains = [self._gain(rows, at, more) for at in range(min(self.width, len(rows[0])))]
        return list(accumulate(gains, initial=0.0))

    def _gain(self, rows: Sequence[Sequence[str]], at: int, more: int) -> float:
        """Return what is gained where the shift comes after this column rather than before it."""
        if more < 0:
            return math.fsum(self.score(at, cells[at]) - self.score(at - more, cells[at]) for cells in rows)
        pairs = [(self.score(at, cells[at]), self.score(at, cells[at + more])) for cells in rows]
        both = sum(first > 0 < second for first, second in pairs)
        first_only = sum(first > 0 == second for first, second in pairs)
        second_only = sum(second > 0 == first for first, second in pairs)
        is_any = self.kinds[at] == "other"  # a column that takes anything is none the better for being full
        if is_any or both > _SOME * len(rows) or min(first_only, second_only) > _SOME * (first_only + second_only):
            pairs = [pair for pair in pairs if min(pair) < 0]
        return math.fsum(first - second for first, second in pairs)

    def shifted(self, cells: Sequence[str], at: int) -> list[str]:
        """Return the cells by column, for a shift at this place."""
        more = len(cells) - self.width
        if more > 0:
            return [*cells[:at], *cells[at + more :]]
        return [*cells[:at], *([""] * -more), *cells[at:]]

    def fit(self, cells: Sequence[str], totals: Sequence[float], rows: int) -> Fit | None:
        """Bring a row to the header, as the rows of its length fit, or else as it fits itself; None where none does.

        Where several places of the shift fit equally well, what they would put into different columns is left out.
        """
        own = self.totals([cells])
        for scores, slack in ((totals, _SLACK * rows), (own, _SLACK)):
            places = _best(scores, slack)
            if self._convinces(cells, places, own):
                return self._brought(cells, places)
        return None

    def _convinces(self, cells: Sequence[str], places: Sequence[int], own: Sequence[float]) -> bool:
        if abs(len(cells) - self.width) > _MOST:
            return False
        fit, misfit = self.evidence(self.shifted(cells, places[-1]))
        if fit < _ENOUGH or any(self._differ(cells, places, at) for at in self.essential):
            return False
        return not misfit or (fit >= 3 * misfit and own[places[-1]] >= max(own) - _EPSILON)

    def _differ(self, cells: Sequence[str], places: Sequence[int], column: int) -> bool:
        first, last = self.shifted(cells, places[0]), self.shifted(cells, places[-1])
        return first[column].strip() != last[column].strip()

    def _brought(self, cells: Sequence[str], places: Sequence[int]) -> Fit:
        ways = [self.shifted(cells, at) for at in (places[0], places[-1])]
        doubtful = tuple([at for at in sorted(self.read) if ways[0][at].strip() != ways[1][at].strip()])
        brought = ["" if at in doubtful else cell for at, cell in enumerate(ways[1])]
        more = max(len(cells) - self.width, 0)
        surplus = tuple(cells[places[-1] : places[-1] + more])
        return Fit(tuple(brought), surplus, places[0], places[-1], doubtful)


def _best(scores: Sequence[float], slack: float) -> list[int]:
    best = max(scores) - slack
    return [at for at, score in enumerate(scores) if score >= best]


def is_header_again(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Tell whether a row says what the header says, whatever the case and blanks.

    Examples
    --------
    >>> header = ("Title", "Year")
    >>> is_header_again(["title", "Year ", ""], header), is_header_again(["Title", "2019"], header)
    (True, False)
    """
    width = len(header)
    if len(cells) < width or any(cells[width:]):
        return False
    return all(bare(cell) == bare(name) for cell, name in zip(cells, header, strict=False))


def may_be_header(cells: Sequence[str], fields: Fields) -> bool:
    """Tell whether a row could be a header: its cells are short words, and there is no year where one should be.

    Examples
    --------
    >>> fields = {0: "title", 1: "year"}
    >>> may_be_header(["Judul", "Tahun"], fields), may_be_header(["Kota", "2019"], fields)
    (True, False)
    """
    for at, name in fields.items():
        if name == "year" and at < len(cells) and any(map(str.isdigit, cells[at])):
            return False
    filled = [cell for cell in cells if cell]
    words = (len(cell) <= _LONGEST_NAME and not any(map(str.isdigit, cell)) for cell in filled)
    return len(filled) >= _ENOUGH and all(words)


def unknown_header(cells: Sequence[str], fields: Fields) -> str:
    """Return why the rows below a row that could be a header can't be read; nothing where it may be a record.

    A word where a year should be, after an empty row, marks the header of another table.

    Examples
    --------
    >>> unknown_header(["Pasar", "Kota"], {0: "title", 1: "year"}).partition(".")[0]
    "it follows another header, which is unknown: 'Pasar', 'Kota'"
    >>> unknown_header(["Pasar", ""], {0: "title", 1: "year"})
    ''
    """
    year = next((at for at, name in fields.items() if name == "year"), None)
    if year is None or year >= len(cells) or not cells[year]:
        return ""
    names = ", ".join(f"'{cell}'" for cell in cells if cell)
    return worded(
        "it follows another header, which is unknown: {names}. Put that table into a file of its own.", names=names
    )


def seems_record(cells: Sequence[str], fields: Fields) -> bool:
    """Tell whether a row above the header is a record, as where a table was sorted with its header in it.

    It has a title, a year of four digits where the year should be, and a third value at least.

    Examples
    --------
    >>> fields = {0: "title", 1: "year", 2: "authors"}
    >>> seems_record(["Kota", "2019", "Umpama, A."], fields), seems_record(["Search", "2019", ""], fields)
    (True, False)
    """
    values = {name: cells[at].strip() for at, name in fields.items() if at < len(cells) and cells[at].strip()}
    year = values.get("year", "")
    return "title" in values and len(year) == _YEAR_DIGITS and year.isdigit() and len(values) > _ENOUGH


def blocks_of(header: Sequence[str], known: Callable[[Sequence[str]], object]) -> list[tuple[int, int]]:
    """Return where the tables side by side on a sheet begin and end, with an empty column between.

    Where not every part of the header is one of a table, the whole is one table, empty columns in it or not.

    Examples
    --------
    >>> blocks_of(("Title", "Year", "", "Title", "Year"), lambda names: "Title" in names)
    [(0, 2), (3, 5)]
    >>> blocks_of(("Title", "Year", "", "Note"), lambda names: "Title" in names)
    [(0, 4)]
    """
    parts: list[tuple[int, int]] = []
    for at, name in enumerate(header):
        if name and parts and parts[-1][1] == at:
            parts[-1] = parts[-1][0], at + 1
        elif name:
            parts.append((at, at + 1))
    if len(parts) > 1 and all(known(header[first:last]) for first, last in parts):
        return parts
    return [(0, len(header))]
