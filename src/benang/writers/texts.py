"""Texts as files can hold them: line breaks alike, no characters that a form can't hold, each loss counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from benang.locale.writing import worded
from benang.records.corpus import LISTS
from benang.records.record import Record

_TEXTS = tuple(
    f.name for f in fields(Record) if f.name not in {*LISTS, "year", "citations", "place", "line", "origins", "raw"}
)
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# What XML, and so a workbook, can't hold, and what ends or hides text elsewhere; NUL ends it in C.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WHITE = re.compile(r"[\t\n\x1c-\x1f ]+")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Remarks:
    """Collects remarks on the records written: each once, with the number of records that it concerns."""

    counts: dict[tuple[str, tuple[tuple[str, object], ...]], int] = field(default_factory=dict)

    def count(self, what: str, **values: object) -> None:
        """Count one more record; the values are filled in where the note is written."""
        key = (what, tuple(values.items()))
        self.counts[key] = self.counts.get(key, 0) + 1

    def notes(self) -> tuple[str, ...]:
        """Return each remark with its count."""
        return tuple(
            worded("{what}: {n:,} record.", "{what}: {n:,} records.", what=worded(what, **dict(values)), n=n)
            for (what, values), n in self.counts.items()
        )


def storable(records: Iterable[Record], remarks: Remarks) -> Iterator[Record]:
    r"""Give the records with texts that every form can hold: line breaks as LF, control characters removed and counted.

    Examples
    --------
    >>> remarks = Remarks()
    >>> [record.title for record in storable([Record("a", title="Kota\x00 kembar")], remarks)], remarks.notes()
    (['Kota kembar'], ('Control characters were removed: 1 record.',))
    """
    for record in records:
        changed = _changed(record)
        if changed.pop("", False):
            remarks.count("Control characters were removed")
        yield replace(record, **changed) if changed else record


def _changed(record: Record) -> dict[str, Any]:
    """Return the fields that change; under "" whether characters were left out."""
    changed: dict[str, Any] = {}
    for name in _TEXTS:
        value = getattr(record, name)
        if value and not value.isprintable() and _ODD.search(value):
            changed[name] = _text(value, changed)
    for name in LISTS:
        values: Sequence[str] = getattr(record, name)
        if values and not "".join(values).isprintable() and any(map(_ODD.search, values)):
            changed[name] = tuple([_text(value, changed) for value in values])
    return changed


def _text(value: str, changed: dict[str, Any]) -> str:
    broken = _BREAKS.sub("\n", value)
    text = without_controls(broken)
    if text != broken:
        changed[""] = True
    return text


def without_controls(text: str) -> str:
    r"""Return a text without the characters that a workbook can't hold.

    Examples
    --------
    >>> without_controls("Kota\x00 kem\ufffebar\x07")
    'Kota kembar'
    """
    return _CONTROL.sub("", text)


def on_one_line(text: str) -> str:
    r"""Put a text on one line; one that is on one already stays as it is.

    Examples
    --------
    >>> on_one_line("a\n  b"), on_one_line("a  b")
    ('a b', 'a  b')
    """
    return _WHITE.sub(" ", text).strip() if "\n" in text or "\t" in text else text


def is_of_journal(record: Record) -> bool:
    """Tell whether a record appeared in a journal: its type says so, or it names a source and is no kind of book.

    Tables such as those of Publish or Perish name no types: a row with a journal is an article of one.

    Examples
    --------
    >>> is_of_journal(Record("a", source="Jurnal Kota")), is_of_journal(Record("a")), is_of_journal(Record("a", "book"))
    (True, False, False)
    """
    return record.type == "article" or (record.type == "other" and bool(record.source) and not record.isbn)
