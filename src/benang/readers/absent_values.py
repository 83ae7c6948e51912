"""Marks that stand for no value (`NA`, `[No abstract available]`) taken out of records, whatever form they came in."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from benang.readers.source import Remarks
from benang.readers.table_columns import IDENTIFIERS
from benang.records.corpus import FIELDS
from benang.records.placeholders import (
    BEGINNINGS,
    LONGEST,
    holds_placeholder,
    is_placeholder,
    mark_in,
    without_placeholders,
)
from benang.records.record import Record, changed_record

_TEXTS = (
    "title", "source", "abstract", "volume", "issue", "first_page", "last_page", "article_number", "publisher",
    "source_abbreviation", "url", "language",
)  # fmt: skip
_LISTS = ("author_keywords", "index_keywords", "topics", "references", "affiliations")
_texts_of, _lists_of = attrgetter(*_TEXTS), attrgetter(*_LISTS)
_CALLED = {"id": "key", "pages": "first_page"}


def without_marks(record: Record, remarks: Remarks) -> Record:
    """Return a record without the marks that stand for no value; each kind is noted once, and `raw` keeps them.

    Names of people are left to those who part them.

    Examples
    --------
    >>> remarks = Remarks()
    >>> record = without_marks(Record("a", volume="N/A", author_keywords=("rent", "NA")), remarks)
    >>> record.volume, record.author_keywords, record.raw["volume"]
    ('', ('rent',), 'N/A')
    """
    changed: dict[str, Any] = {}
    raw: dict[str, str] = {}
    for name, value in zip(_TEXTS, _texts_of(record), strict=True):
        if value and len(value) <= LONGEST and value[0] in BEGINNINGS and is_placeholder(name, value):
            changed[name], raw[name] = "", value
            remarks.nothing(value, name, record.place)
    for name, values in zip(_LISTS, _lists_of(record), strict=True):
        if values and holds_placeholder(name, values):
            kept = without_placeholders(name, values)
            if len(kept) < len(values):
                changed[name], raw[name] = kept, "; ".join(values)
                for mark in dict.fromkeys(mark_in(name, one) for one in values if one not in kept):
                    remarks.nothing(mark, name, record.place)
    if not changed:
        return record
    if "affiliations" in changed and record.affiliation_ids:
        pairs = zip(record.affiliations, record.affiliation_ids, strict=False)
        ids = tuple(one for name, one in pairs if name in changed["affiliations"])
        changed["affiliation_ids"] = ids
    return changed_record(record, {**changed, "raw": {**raw, **record.raw}})


def with_marks(record: Record, marks: Mapping[str, str], remarks: Remarks) -> Record:
    """Note the marks that a row of a table has in place of values, by field, and keep them in `raw`."""
    named = {_CALLED.get(name, name): mark for name, mark in marks.items()}
    for name, mark in named.items():
        if name in FIELDS or name in IDENTIFIERS:
            remarks.nothing(mark, name, record.place)
    # A mark that gave way to the next column of its field is not what was cleaned into the value.
    kept = {name: mark for name, mark in named.items() if name in FIELDS and not getattr(record, name)}
    return changed_record(record, {"raw": {**kept, **record.raw}})
