"""A coded project as programs for qualitative analysis exchange it: what is common to all of them, in frozen types.

The words are those of REFI-QDA 1.0 (www.qdasoftware.org). Positions are half-open offsets in Unicode code points of a
source's `text`, whose line ends are LF and which has no byte order mark; readers convert what programs write.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

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
