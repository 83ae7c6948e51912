"""GUIDs of what a review has: those of the files that it came from (`refi-ids.tsv`), else made from kind and id.

A program that gets a review back knows its codes, sources and codings again by their GUIDs, and an import knows by them
what is here already.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

from benang.errors import BenangError, Problem, at_line, nearest
from benang.locale.writing import worded
from benang.records.user_tables import csv_text, read_columns

GuidKind = Literal[
    "case", "code", "coding", "framework", "group", "link", "note", "project", "selection", "set", "source", "user",
    "variable",
]  # fmt: skip
"""What has a GUID. A `code` has its first id (`Code.first_id`), a `user` a coder's name, a `source` the path of its
document in the review, a `case` and a `variable` their ids, a `coding` and a `note` the ids of their events, a
`selection` its `selection_id`."""
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:benang:codebook")
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_COLUMNS = ("kind", "id", "guid")


def guid_of(kind: GuidKind, name: str) -> str:
    """Return the GUID of something by its kind and its id: the same for the same (UUIDv5, RFC 9562).

    Examples
    --------
    >>> guid_of("code", "rent")
    'a803021b-a035-5c65-a393-93b29eea17ab'
    """
    return str(uuid.uuid5(_SPACE, f"{kind}:{name}"))


def selection_id(document: str, start: int, end: int, cases: Iterable[str]) -> str:
    """Return the id of a passage: its document, its positions in the text behind the heading, and its cases.

    A passage that some coded for one case and others for another is two selections, since a case of a project has
    selections, not codings.

    Examples
    --------
    >>> selection_id("documents/sari2018.md", 4, 17, ["muara", "alun"])
    'documents/sari2018.md/4-17/alun/muara'
    """
    return "/".join((document, f"{start}-{end}", *sorted(cases)))


def normal_guid(text: str) -> str | None:
    """Return a GUID as Benang writes it, in small letters without braces; None for what is no GUID.

    Examples
    --------
    >>> normal_guid("{A803021B-A035-5C65-A393-93B29EEA17AB}"), normal_guid("c001")
    ('a803021b-a035-5c65-a393-93b29eea17ab', None)
    """
    bare = text.strip().removeprefix("{").removesuffix("}").lower()
    return bare if _GUID.fullmatch(bare) else None


Row = tuple[GuidKind, str, str]
"""A kind, an id of the review, and a GUID that it has in other programs."""


@dataclass(frozen=True)
class Ids:
    """Which ids of a review stand for which GUIDs, as sorted rows of `refi-ids.tsv`.

    An id may have several GUIDs, from several projects; it goes out under the first of them in the file.

    Examples
    --------
    >>> ids = Ids().adding([("code", "rent", "A803021B-A035-5C65-A393-93B29EEA17AC")])
    >>> ids.guid("code", "rent"), ids.id("code", "a803021b-a035-5c65-a393-93b29eea17ac")
    ('a803021b-a035-5c65-a393-93b29eea17ac', 'rent')
    >>> ids.guid("code", "rain") == guid_of("code", "rain"), ids.id("code", guid_of("code", "rain"))
    (True, None)
    """

    rows: tuple[Row, ...] = ()

    @cached_property
    def _guids(self) -> dict[tuple[str, str], str]:
        return {(kind, name): guid for kind, name, guid in reversed(self.rows)}

    @cached_property
    def _names(self) -> dict[tuple[str, str], str]:
        return {(kind, guid): name for kind, name, guid in self.rows}

    def guid(self, kind: GuidKind, name: str) -> str:
        """Return the GUID of something: the one that it came with; its own where that is one; else a made one."""
        return self._guids.get((kind, name)) or normal_guid(name) or guid_of(kind, name)

    def knows(self, kind: GuidKind, name: str) -> bool:
        """Tell whether something came from another program."""
        return (kind, name) in self._guids

    def id(self, kind: GuidKind, guid: str) -> str | None:
        """Return the id that a GUID, in normal form, stands for in the review; None where the file has none."""
        return self._names.get((kind, guid))

    def adding(self, rows: Iterable[Row]) -> Ids:
        """Return the ids with further rows, each GUID in normal form, in the order of the file."""
        more = {(kind, name, normal_guid(guid) or guid) for kind, name, guid in rows}
        return Ids(tuple(sorted({*self.rows, *more})))

    @property
    def data(self) -> bytes:
        """The bytes of `refi-ids.tsv`."""
        return csv_text(_COLUMNS, self.rows, delimiter="\t").encode("utf-8")


def read_ids(path: Path) -> Ids:
    """Read the `refi-ids.tsv` of a review (`project.folder.REFI_IDS`); one without has no GUIDs from elsewhere.

    Raises
    ------
    BenangError
        With every line that has another kind, no GUID, or a GUID that an earlier line gives to another id.
    """
    if not path.exists():
        return Ids()
    rows: list[Row] = []
    first: dict[tuple[str, str], tuple[int, str]] = {}
    problems: list[Problem] = []
    for line, (kind, name, text) in read_columns(path, *_COLUMNS):
        where, guid = at_line(path.name, line), normal_guid(text)
        known = next((one for one in get_args(GuidKind) if one == kind), None)
        if known is None:
            fault = worded("'{kind}' is no kind of thing that has a GUID", kind=kind)
            problems.append(Problem(fault, where=where, way_on=nearest(kind, get_args(GuidKind))))
        elif guid is None:
            fault = worded("'{text}' is not a GUID", text=text)
            expected = worded("a GUID such as {example}", example=guid_of("code", "rent"))
            problems.append(Problem(fault, where=where, expected=expected))
        elif (earlier := first.setdefault((kind, guid), (line, name)))[1] != name:
            fault = worded(
                "the GUID {guid} stands for '{name}', but for '{other}' on line {line}",
                guid=guid, name=name, other=earlier[1], line=earlier[0],
            )  # fmt: skip
            problems.append(Problem(fault, where=where, way_on="Delete the incorrect line."))
        else:
            rows.append((known, name, guid))
    if problems:
        raise BenangError(*problems)
    return Ids().adding(rows)
