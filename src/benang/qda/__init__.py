"""A coded project as programs for qualitative analysis exchange it: in frozen types, common to all; and GUIDs.

The words are those of REFI-QDA 1.0 (www.qdasoftware.org). Positions are half-open offsets in Unicode code points of a
source's `text`, whose line ends are LF and which has no byte order mark; readers convert what programs write. GUIDs are
those of the files that something came from (`refi-ids.tsv`), else made from kind and id.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from benang.errors import BenangError, Problem, at_line, nearest
from benang.locale.writing import worded
from benang.records.user_tables import csv_text, read_columns

VariableType = Literal["Text", "Boolean", "Integer", "Float", "Date", "DateTime"]


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who coded."""

    guid: str
    name: str
    initials: str = ""


@dataclass(frozen=True, slots=True)
class ProjectCode:
    """A code of a tree; `parent` is the guid of the one above it, or empty."""

    guid: str
    name: str
    parent: str = ""
    description: str = ""
    colour: str = ""
    is_codable: bool = True
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectVariable:
    """A property of cases or sources."""

    guid: str
    name: str
    type: VariableType = "Text"
    description: str = ""


@dataclass(frozen=True, slots=True)
class ProjectNote:
    """A memo: a text that codings, sources, codes or the project refer to by its guid."""

    guid: str
    text: str
    name: str = ""
    user: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class ProjectCoding:
    """A code on a selection: who gave it and when. `time` is an ISO date and time, or empty."""

    guid: str
    code: str
    user: str = ""
    time: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """A passage of a source with its codings. `name` is what the file calls it, often the words, cut."""

    guid: str
    start: int
    end: int
    name: str = ""
    description: str = ""
    codings: tuple[ProjectCoding, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectSource:
    """A document with its text, and what was selected in it. `original` is the file it was made from, if shipped."""

    guid: str
    name: str
    text: str
    selections: tuple[Selection, ...] = ()
    description: str = ""
    user: str = ""
    time: str = ""
    original: str = ""
    codings: tuple[ProjectCoding, ...] = ()
    notes: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    """Values as text, by the guid of their variable."""


@dataclass(frozen=True, slots=True)
class ProjectCase:
    """A case: its sources and selections by guid, and its values as text by the guid of their variable.

    REFI-QDA has no notes of cases: a file has a link from the case to each note.
    """

    guid: str
    name: str
    description: str = ""
    sources: tuple[str, ...] = ()
    selections: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectSet:
    """A named set of codes, sources and notes, each by its guid."""

    guid: str
    name: str
    description: str = ""
    codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


Counted = Literal["source", "code", "selection", "coding"]
COUNTED: tuple[Counted, ...] = get_args(Counted)
"""What is counted in a file: found = read + set aside."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something of a file that was not taken: what it is, where it is, and why.

    `kind` is one of `COUNTED`, or the name of an element or a table: `Link`, `journal`.
    """

    kind: str
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Balance:
    """How many of a kind a file has, how many were read, and how many were set aside."""

    kind: Counted
    found: int
    read: int
    aside: int

    @property
    def unaccounted(self) -> int:
        """How many more were found than read or set aside; 0 unless a reader overlooks something."""
        return self.found - self.read - self.aside


@dataclass(frozen=True)
class Project:
    """A whole project, with the account of its file: what was counted in it, and what was set aside.

    `found` counts the sources, codes, selections and codings of the file under these words (`COUNTED`), by means that
    don't share the parser's blind spot; so are those that were `set_aside`. `convention` says how the file counts
    positions, as far as that had to be found out; `remarks` are further words for the reader.
    """

    name: str = ""
    origin: str = ""
    users: tuple[User, ...] = ()
    codes: tuple[ProjectCode, ...] = ()
    variables: tuple[ProjectVariable, ...] = ()
    cases: tuple[ProjectCase, ...] = ()
    sources: tuple[ProjectSource, ...] = ()
    notes: tuple[ProjectNote, ...] = ()
    sets: tuple[ProjectSet, ...] = ()
    description: str = ""
    project_notes: tuple[str, ...] = ()
    found: Counter[str] = field(default_factory=Counter)
    set_aside: tuple[SetAside, ...] = ()
    convention: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def balances(self) -> tuple[Balance, ...]:
        """The account of what is counted, in the order of `COUNTED`.

        A coding of a whole source is one as well.

        Examples
        --------
        >>> selection = Selection("s", 0, 4, codings=(ProjectCoding("a", "rent"), ProjectCoding("b", "rain")))
        >>> source = ProjectSource("t", "Paper", "Rent", (selection,))
        >>> project = Project(sources=(source,), found=Counter(source=1, selection=2, coding=2),
        ...                   set_aside=(SetAside("selection", "Paper", "it has no length"),))
        >>> [(one.found, one.read, one.aside) for one in project.balances]
        [(1, 1, 0), (0, 0, 0), (2, 1, 1), (2, 2, 0)]
        """
        selections = [one for source in self.sources for one in source.selections]
        codings = sum(len(one.codings) for one in selections) + sum(len(one.codings) for one in self.sources)
        read = {"source": len(self.sources), "code": len(self.codes), "selection": len(selections), "coding": codings}
        aside = Counter(one.kind for one in self.set_aside)
        return tuple(Balance(kind, self.found[kind], read[kind], aside[kind]) for kind in COUNTED)


class CodeParts(NamedTuple):
    """What Benang says of a code and REFI-QDA has but one description for; `label_id` is its label in Indonesian."""

    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    label_id: str = ""


_HEADINGS = {"include": "Include", "exclude": "Exclude", "example": "Example", "label_id": "Label in Indonesian"}
_HEADING = re.compile(r"(\\*)\[(" + "|".join(_HEADINGS.values()) + r")\][ \t]*")


def description_of(parts: CodeParts) -> str:
    r"""Write the parts of a code as one text: the definition, and behind it each other part under a line that names it.

    A line of a part that looks like such a line gets a backslash, so that `parts_of` gives back what was written.

    Examples
    --------
    >>> print(description_of(CodeParts("The rent of a stall.", include="Any rise.", label_id="Sewa")))
    The rent of a stall.
    <BLANKLINE>
    [Include]
    Any rise.
    <BLANKLINE>
    [Label in Indonesian]
    Sewa
    """
    texts = {name: _marked(text) for name, text in parts._asdict().items()}
    blocks = [f"[{heading}]\n{texts[name]}" for name, heading in _HEADINGS.items() if texts[name]]
    return "\n\n".join([texts["definition"], *blocks] if texts["definition"] else blocks)


def _marked(text: str) -> str:
    return "\n".join(f"\\{line}" if _HEADING.fullmatch(line) else line for line in text.split("\n"))


def parts_of(description: str) -> CodeParts:
    r"""Read the parts of a code out of a description; one without named lines is all definition.

    Examples
    --------
    >>> parts_of("The rent of a stall.\n\n[Exclude]\nTaxes.\nFees.")
    CodeParts(definition='The rent of a stall.', include='', exclude='Taxes.\nFees.', example='', label_id='')
    >>> parts_of("Codes for \\[Include] and other rules").definition
    'Codes for \\[Include] and other rules'
    """
    names = {heading: name for name, heading in _HEADINGS.items()}
    lines: dict[str, list[str]] = {"definition": []}
    name = "definition"
    for line in description.split("\n"):
        heading = _HEADING.fullmatch(line)
        if heading and not heading[1] and names[heading[2]] not in lines:
            if lines[name][-1:] == [""]:  # the blank line that parts two blocks
                lines[name].pop()
            name = names[heading[2]]
            lines[name] = []
        else:
            lines[name].append(line[1:] if heading and heading[1] else line)
    return CodeParts(**{one: "\n".join(text) for one, text in lines.items()})


class Mark(NamedTuple):
    """What Benang says of a coding and REFI-QDA has no place for: a stance, or how far it reaches."""

    part: Literal["stance", "scope"]
    value: str


_MARK = re.compile(
    r"\s*(?:(stance)\s*:\s*(supports|contradicts|mentions)|(scope)\s*:\s*(case|group))\s*", re.IGNORECASE
)


def mark_text(mark: Mark) -> str:
    """Return the text of the note that carries a mark; codings of several people refer to one note.

    Examples
    --------
    >>> mark_text(Mark("stance", "contradicts"))
    'stance: contradicts'
    """
    return f"{mark.part}: {mark.value}"


def mark_of(note: str) -> Mark | None:
    """Return the mark that the text of a note is; None for a note of anything else.

    Examples
    --------
    >>> mark_of("stance: contradicts"), mark_of("Scope: group"), mark_of("The stance: contradicts what he said.")
    (Mark(part='stance', value='contradicts'), Mark(part='scope', value='group'), None)
    """
    found = _MARK.fullmatch(note)
    if not found:
        return None
    return Mark("stance", found[2].lower()) if found[1] else Mark("scope", found[4].lower())


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
