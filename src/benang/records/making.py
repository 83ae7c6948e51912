"""Records made quickly: a frozen dataclass sets each field by a call, a good part of reading a large export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields, make_dataclass
from operator import attrgetter
from typing import Any, cast

from benang.records.record import Record

_NAMES = tuple(f.name for f in fields(Record))
_PLACES = {name: place for place, name in enumerate(_NAMES)}
_values_of = attrgetter(*_NAMES)
# The same slots and defaults, but not frozen: such an object can be turned into a record, since both have one layout.
_Draft = make_dataclass(
    "_Draft",
    [(f.name, Any, field(default=f.default, default_factory=f.default_factory)) for f in fields(Record)],
    slots=True,
)


def made_record(key: str, **values: Any) -> Record:
    """Return `Record(key, **values)`, in about half the time.

    Examples
    --------
    >>> made_record("a", title="Kota kembar") == Record("a", title="Kota kembar")
    True
    """
    draft = _Draft(key, **values)
    draft.__class__ = Record
    return cast(Record, draft)


def changed_record(record: Record, changes: Mapping[str, Any]) -> Record:
    """Return a record with some fields changed, as `dataclasses.replace` does, but faster.

    Examples
    --------
    >>> changed_record(Record("a", title="KOTA"), {"title": "Kota"}).title
    'Kota'
    """
    values = list(_values_of(record))
    for name, value in changes.items():
        values[_PLACES[name]] = value
    draft = _Draft(*values)
    draft.__class__ = Record
    return cast(Record, draft)
