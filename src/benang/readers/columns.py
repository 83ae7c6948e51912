"""The columns of a table whose form is known: which of them hold which fields, and the values of a row by field.

Screening tools add columns with what was decided to whatever table they were given, so these are known in any.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from benang.readers.absent_values import with_marks
from benang.readers.headers import named_columns
from benang.readers.source import Remarks, Source
from benang.readers.status import noted_decisions
from benang.readers.table_forms import TableForm
from benang.readers.table_rows import bare
from benang.readers.table_values import ALL_COUNT, Values, columns_joined, record_from
from benang.records.placeholders import BEGINNINGS, is_placeholder
from benang.records.record import Record

Make = Callable[[int, int, Sequence[str], Remarks], Record]
"""Makes a record of a place, a line and as many cells as the header has."""

_BRANCH = 4
_NAMES = frozenset(
    {"authors", "full_names", "short_authors", "group_authors", "editors"}
)  # what stands for no author is told where names are parted
_ADDED = frozenset(
    {"abstract", "affiliations", "author_keywords", "doi", "first_page", "index_keywords", "isbn", "issn", "issue"}
    | {"language", "last_page", "pages", "pmid", "publisher", "url", "volume", "year"}
)
"""Fields that are read from columns which a form does not have by itself, where their headers name them plainly."""


class Columns:
    """Where the fields of a form stand in a header."""

    def __init__(self, form: TableForm, header: Sequence[str], *, only: bool = False) -> None:
        """Find the columns; what stands twice is read from the first. `only` those of the form are read, or others too.

        Others are those that people put into a table, an abstract into PubMed's say, under a plain header.
        """
        self.form = form
        self.header = header
        names = [bare(name) for name in header]
        places: dict[str, int] = {}
        for at, name in enumerate(names):
            places.setdefault(name, at)
        found = {
            field: tuple(dict.fromkeys(places[bare(one)] for one in headers if bare(one) in places))
            for field, headers in form.columns.items()
        }
        self.added = {} if only else _added(header, found)
        found |= self.added
        taken = {at for places in found.values() for at in places}
        self.decisions = {at: header[at].strip() for at in found.pop("decisions", ())}
        self.decisions |= decision_columns(header, taken)
        self.first = [(name, at) for name, at in found.items() if at and (name not in ALL_COUNT or len(at) == 1)]
        self.all = [(name, at) for name, at in found.items() if len(at) > 1 and name in ALL_COUNT]
        # An id's own name tells more of what it looks like than `id`, which is read from the same column.
        self.fields = {at: name for name, at_all in found.items() if name == "id" for at in at_all}
        self.fields |= {at: name for name, at_all in reversed(found.items()) if name != "id" for at in reversed(at_all)}
        self.fields |= {at: "decisions" for at, name in self.decisions.items() if name}
        self.twice = [header[at] for at, name in enumerate(names) if name in form.known and places[name] < at]

    def values(self, cells: Sequence[str], marks: Values) -> Values:
        """Return the values of a row by field, empty ones and marks for none left out; `marks` takes these by field."""
        values = {}
        for name, places in self.first:
            for place in places:
                if value := cells[place].strip():
                    value = _plain(value) if value[0] == "=" else value
                    if value[:1] in BEGINNINGS and name not in _NAMES and is_placeholder(name, value):
                        marks.setdefault(name, value)
                        continue
                    values[name] = value
                    break
        for name, places in self.all:
            given = [_plain(value) for place in places if (value := cells[place].strip())]
            kept = [value for value in given if not is_placeholder(name, value)]
            if kept:
                values[name] = columns_joined(kept)
            if len(kept) < len(given):
                marks[name] = next(value for value in given if value not in kept)
        if self.decisions and (decisions := self._decisions(cells)):
            values["decisions"] = columns_joined(decisions)
        return values

    def _decisions(self, cells: Sequence[str]) -> list[str]:
        """Return what the columns of decisions and notes say; what says nothing without its header has that before."""
        said = [(name, value) for at, name in self.decisions.items() if (value := cells[at].strip())]
        said = [(name, value) for name, value in said if not is_placeholder("decisions", value)]
        return [one for name, value in said for one in decisions_said(name, value)]

    def maker(self, source: Source) -> Make:
        """Return what makes records of this table's rows."""
        told = False

        def make(place: int, line: int, cells: Sequence[str], remarks: Remarks) -> Record:
            nonlocal told
            if not told:
                told = True
                for name in self.twice:
                    remarks.say(f"The column '{name}' stands more than once; the first was read.")
                for name, (at, *_) in self.added.items():
                    remarks.say(f"{self.form.name} has no column '{self.header[at]}'; it was read as {name}.")
            marks: Values = {}
            record = record_from(source, self.form, place, line, self.values(cells, marks), remarks, {})
            return with_marks(record, marks, remarks) if marks else record

        return make


def _added(header: Sequence[str], found: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Return the columns whose plain headers name a field that the form does not have or did not find."""
    taken = {at for places in found.values() for at in places}
    missing = {field for field in _ADDED if not found.get(field)}
    if found.get("pages") or found.get("first_page"):
        missing -= {"pages", "first_page"}
    meant = named_columns([name if at not in taken else "" for at, name in enumerate(header)])
    return {field: places for field, places in meant.items() if field in missing}


def _plain(value: str) -> str:
    """Take off what keeps Excel from making a number of a text: `="0019"`."""
    return value[2:-1] if value.startswith('="') and value.endswith('"') and len(value) > 2 else value


def column_names(header: Sequence[str], places: Sequence[int]) -> str:
    """Name columns; those of one branch of a tree that was laid flat, as in OpenAlex's CSV, together where many are.

    Examples
    --------
    >>> column_names(["Title", "CODEN", ""], [1, 2]), column_names(["a.b.c", "a.d", "a.e", "a.f", "x"], range(5))
    ('CODEN, column 3', 'a.… (4 columns), x')
    """
    often = Counter(map(bare, header))
    names = [
        f"{header[at]} (column {at + 1})"
        if header[at] and often[bare(header[at])] > 1
        else header[at] or f"column {at + 1}"
        for at in places
    ]
    branches = Counter(name.partition(".")[0] for name in names if "." in name.strip("."))
    shown = dict.fromkeys(
        f"{branch}.… ({branches[branch]} columns)" if branches[branch := name.partition(".")[0]] >= _BRANCH else name
        for name in names
    )
    return ", ".join(shown)


# ASReview: `included` up to 1.x, `asreview_label` since 2.0; the other names are those that its own reader takes.
_DECISION = re.compile(
    r"asreview (?:label|prior|note|tag)s?\b.*|(?:final |label )?included(?: label| final| flag)?|rayyan[ -].*"
    r"|user[ -]notes|exclusion[ -]reasons?|(?:screening|inclusion|full[ -]text|consensus) decision"
)
_NOTES = re.compile(r"(?:exported |research |your )?notes?(?: [0-9]{1,2})?|comments?|extra|annotations?")
_BARE = re.compile(r"-?[0-9](?:\.0)?|true|false|yes|no|y|n|x|ya|tidak", re.IGNORECASE)


def decision_columns(header: Sequence[str], taken: Collection[int]) -> dict[int, str]:
    """Return the places of the columns with decisions or notes, each with its header; nothing for one of notes.

    Examples
    --------
    >>> decision_columns(["Title", "asreview_label", "notes", "included"], taken=[0])
    {1: 'asreview_label', 2: '', 3: 'included'}
    """
    names = {at: bare(name) for at, name in enumerate(header) if at not in taken}
    decisions = {at: header[at].strip() for at, name in names.items() if _DECISION.fullmatch(name)}
    return dict(sorted((decisions | {at: "" for at, name in names.items() if _NOTES.fullmatch(name)}).items()))


def decisions_said(header: str, value: str) -> tuple[str, ...]:
    """Return what a cell says; a bare 1 or yes needs the header before it. Of notes, only decisions of tools count.

    Examples
    --------
    >>> decisions_said("asreview_label", "1"), decisions_said("Decision", "Maybe"), decisions_said("", "read again")
    (('asreview_label: 1',), ('Maybe',), ())
    """
    if not header:
        return noted_decisions([value])
    return (f"{header}: {value}",) if _BARE.fullmatch(value) else (value,)
