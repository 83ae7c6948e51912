"""Names by which the files of a review call records → keys: a key of today, or one that an earlier version made.

Before keys came from what records say, a record without an id was called by its file and its place in it
(`PoPCites.csv:1`), one of EndNote by its number in the library, and the second record of an id was numbered in the
order read (`WOS:1-2`). Such names are understood as long as they lead to one work; only a key of today is sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from benang.records.corpus import Corpus
from benang.records.identity import OWN, is_row_key, is_running_number, place_hash, said_key
from benang.records.record import Record

By = Literal["key", "content", "id", "number", "place"]
"""How a name leads to a record: it is its key, or made of what it says in another way; it is the id of its export,
where that is no key since another record has it, too; it is the number that a library gave it; it is its place in a
file, or among the records of one id."""
_NUMBERED = re.compile(r"(.+)-([1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class Named:
    """The works that a name may mean, by their keys, and how it leads to them; none where it leads nowhere."""

    keys: tuple[str, ...] = ()
    by: By = "key"

    @property
    def key(self) -> str:
        """The key of the work, where it is one; else nothing."""
        return self.keys[0] if len(self.keys) == 1 else ""

    @property
    def is_sure(self) -> bool:
        """Whether the name can mean no other paper, whatever files were changed since it was written."""
        return len(self.keys) == 1 and self.by not in ("number", "place")


@dataclass(frozen=True)
class KnownNames:
    """The names of the records of a corpus, before it was joined; `aliases` are keys of records that went into works.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> paper = Record("umpama2018-rent-1a2b3c4d", title="Rent", file="sources/a.csv", place=1)
    >>> names = KnownNames(corpus_of([paper, Record("b", file="sources/a.csv", place=2)]))
    >>> names.find("b"), names.find("a.csv:1")
    (Named(keys=('b',), by='key'), Named(keys=('umpama2018-rent-1a2b3c4d',), by='place'))
    >>> names.find("c").key
    ''
    """

    records: Corpus
    aliases: Mapping[str, str] = field(default_factory=dict)

    def find(self, name: str) -> Named:
        """Find the works that a name may mean: by the surest way that leads anywhere."""
        if name in self._keys:
            return Named((self.work(name),))
        ways: tuple[tuple[By, Sequence[str]], ...] = (
            ("content", self._as_headed.get(name, ())),
            ("content", self._by_content.get(name, ())),
            ("id", self._by_id.get(name, ())),
            ("number", self._by_number.get(name, ())),
            ("place", self._numbered(name)),
            ("place", self._by_place.get(name.replace("\\", "/"), ())),
        )
        return next((Named(self._works(keys), by) for by, keys in ways if keys), Named())

    def work(self, key: str) -> str:
        """Return the key of the work that a record went into; its own where it is one by itself."""
        return self.aliases.get(key, key)

    def _works(self, keys: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(self.work, keys)))

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(self.records.keys)

    @cached_property
    def _as_headed(self) -> dict[str, list[str]]:
        """Records by their keys as a heading gives them back: on one line, without quotation marks around them."""
        return _lists((" ".join(key.split()).strip("'\""), key) for key in self.records.keys)

    @cached_property
    def _given(self) -> tuple[tuple[Record, str], ...]:
        """The records, each with the key that it would have alone: that of its export, else the one that it says."""
        said = {record.key: said_key(record) for record in self.records.records}
        return tuple((record, _given_key(record, said[record.key])) for record in self.records.records)

    @cached_property
    def _by_content(self) -> dict[str, list[str]]:
        """Records by the longest key that they can have, which they bear where others share the short one."""
        return _lists((f"{given}-{place_hash(record)}", record.key) for record, given in self._given)

    @cached_property
    def _by_id(self) -> dict[str, list[str]]:
        return _lists((given, record.key) for record, given in self._given if given != record.key)

    @cached_property
    def _by_number(self) -> dict[str, list[str]]:
        """Records by a number that their export gave them, and by keys of file and row that stand in an export."""
        given = ((record.raw.get(OWN, ""), record.key) for record in self.records.records)
        return _lists((number, key) for number, key in given if _counts(number))

    def _numbered(self, name: str) -> Sequence[str]:
        """Return the record that an earlier version numbered so: the second of an id in the order read was `ID-2`."""
        match = _NUMBERED.fullmatch(name)
        several = self._in_order.get(match[1], ()) if match else ()
        return several[int(match[2]) - 1 : int(match[2])] if match else ()

    @cached_property
    def _in_order(self) -> dict[str, list[str]]:
        return _lists((given, record.key) for record, given in self._given)

    @cached_property
    def _by_place(self) -> dict[str, list[str]]:
        """Records by file and place; of the file its name is enough where only one has it."""
        names: dict[str, list[str]] = {}
        for record in self.records.records:
            parts = record.file.split("/")
            for at in range(len(parts)):
                names.setdefault(f"{'/'.join(parts[at:])}:{record.place}", []).append(record.key)
        return names


def _given_key(record: Record, said: str) -> str:
    if OWN in record.raw and not _counts(record.raw[OWN]):
        return record.raw[OWN]
    return said if record.key == said or record.key.startswith(f"{said}-") else record.key


def _counts(own: str) -> bool:
    """Tell an id that counts records, and names another one when they are counted anew."""
    return is_running_number(own) or is_row_key(own)


def _lists(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    for name, key in pairs:
        lists.setdefault(name, []).append(key)
    return lists
