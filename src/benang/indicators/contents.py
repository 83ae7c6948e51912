"""What the records are and what they lack: document types, languages, and how many carry each field."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from babel import Locale

from benang.evidence import count
from benang.indicators.indicator import ROOT, Columns, Indicator, Row, measured
from benang.languages import language_code
from benang.records.record import Record

FIELDS = (
    "title",
    "authors",
    "year",
    "type",
    "source",
    "doi",
    "language",
    "abstract",
    "author_keywords",
    "index_keywords",
    "affiliations",
    "references",
    "citations",
)
"""The fields that the indicators and maps rest on."""


def carries(record: Record, field: str) -> bool:
    """Tell whether a record has a field; the type `other` names none, citations and years count also where they are 0.

    Examples
    --------
    >>> carries(Record("a", citations=0), "citations"), carries(Record("a"), "type"), carries(Record("a"), "title")
    (True, False, False)
    """
    value = getattr(record, field)
    if isinstance(value, tuple):
        return any(value)
    return value is not None and value != ("other" if field == "type" else "")


def completeness(records: Sequence[Record]) -> Indicator:
    """Tell of each field how many records carry it, their share, and how many lack it.

    Every other number rests on the records that carry its field, so this table says how far it can be trusted.
    """
    rows = []
    for field in FIELDS:
        having = [record.key for record in records if carries(record, field)]
        held = set(having)
        without = [record.key for record in records if record.key not in held]
        share = len(having) / len(records) if records else 0.0
        numbers = {
            "records": count(f"{ROOT}/completeness/{field}/records", having, unit="records"),
            "share": measured("completeness", field, "share", share, "share", having),
            "without": count(f"{ROOT}/completeness/{field}/without", without, unit="records"),
        }
        rows.append(Row(field, "", numbers))
    return Indicator("completeness", ("records", "share", "without"), tuple(rows) if records else (), len(rows))


def document_types(columns: Columns) -> Indicator:
    """Count the records of each type; `other` holds those of none of Benang's types, and those that tell no type."""
    types = columns.corpus.works.column("type").to_pylist()
    return _parted("types", types, dict.fromkeys(types, ""), columns, "type", {"other"})


def languages_table(columns: Columns) -> Indicator:
    """Count the records of each language; `eng`, `English` and `Inggris` are one."""
    written = columns.corpus.works.column("language").to_pylist()
    names: dict[str, Counter[str]] = defaultdict(Counter)
    own = []
    for text in written:
        name = " ".join((text or "").split())
        code = language_code(name) or name.casefold()
        own.append(code)
        if code:
            names[code][Locale("en").languages.get(code, name)] += 1
    labels = {code: min(counts, key=lambda name: (-counts[name], name)) for code, counts in names.items()}
    return _parted("languages", own, labels, columns, "language", {""})


def _parted(
    name: str, own: Sequence[str], labels: dict[str, str], columns: Columns, field: str, untold: set[str]
) -> Indicator:
    """Count the records by a value that each has one of; `untold` are values that tell nothing."""
    keys: dict[str, list[str]] = {}
    for key, value in zip(columns.keys, own, strict=True):
        keys.setdefault(value, []).append(key)
    silent = tuple(key for value in sorted(untold) for key in keys.get(value, ()))
    if not set(keys) - untold:
        return Indicator(name, ("records", "share"), lacking=(field,), silent=silent)
    order = sorted((value for value in keys if value), key=lambda value: (value in untold, -len(keys[value]), value))
    told = sum(len(keys[value]) for value in order)
    rows = tuple(
        Row(
            value,
            labels[value],
            {
                "records": count(f"{ROOT}/{name}/{value}/records", keys[value], unit="records"),
                "share": measured(name, value, "share", len(keys[value]) / told, "share", keys[value]),
            },
        )
        for value in order
    )
    return Indicator(name, ("records", "share"), rows, len(rows), silent=silent)
