"""REFI-QDA written: a project as `.qdpx`, a codebook as `.qdc`, valid against the standard's schemas.

The schemas (of 18 March 2019) give elements a fixed order, and want no container empty. GUIDs are written in small
letters without braces, texts as `sources/GUID.txt` in UTF-8 with LF and without a byte order mark, positions as
half-open offsets in code points, times as they are. No clock is in a file: a project is as old as the last thing said
in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from itertools import chain

from benang.errors import BenangError, Problem
from benang.files import zipped
from benang.locale.writing import worded
from benang.qda import (
    Project,
    ProjectCase,
    ProjectCode,
    ProjectCoding,
    ProjectNote,
    ProjectSet,
    ProjectSource,
    Selection,
    SetAside,
    VariableType,
    guid_of,
)

PROJECT_FILE = "project.qde"
_PROJECT, _CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
_NAME = 100
"""How many characters of a quotation name its selection, as ATLAS.ti has it (annex A.2 of the standard)."""
# What XML 1.0 can't hold: most control characters, halves of surrogate pairs, two that are none.
_BLANKS = re.compile("[\x0b\x0c\x1c-\x1f]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1b\ud800-\udfff\ufffe\uffff]")
_LOST = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?")
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_INTEGER = re.compile(r"[+-]?\d+")


@dataclass(frozen=True, slots=True)
class _Node:
    """An element: attributes that are empty are left out, children in the order of the schema."""

    tag: str
    attributes: Mapping[str, str]
    children: Sequence[_Node] = ()
    text: str | None = None


def quotation_name(quote: str) -> str:
    """Return what a selection is called: its words, cut with `…` where they are many.

    Examples
    --------
    >>> quotation_name("the rent rose"), len(quotation_name("a" * 101)), quotation_name("a" * 101)[-2:]
    ('the rent rose', 101, 'a…')
    """
    return quote if len(quote) <= _NAME else f"{quote[:_NAME]}…"


def qdpx(project: Project) -> bytes:
    """Return a project as a `.qdpx` file: `project.qde` and the texts. The same project gives the same bytes.

    What the file can't hold is in `losses`.
    """
    texts = {f"sources/{one.guid}.txt": one.text.encode("utf-8", "replace") for one in project.sources}
    return zipped({PROJECT_FILE: project_xml(project), **texts}, first=PROJECT_FILE)


def project_xml(project: Project) -> bytes:
    """Return the `project.qde` of a project."""
    types = {one.guid: one.type for one in project.variables}
    containers = {
        "Users": [_Node("User", {"guid": one.guid, "name": one.name, "id": one.initials}) for one in project.users],
        "CodeBook": _containers({"Codes": list(_codes(project.codes, noted=True))}),
        "Variables": [
            _Node(
                "Variable", {"guid": one.guid, "name!": one.name, "typeOfVariable": one.type}, _about(one.description)
            )
            for one in project.variables
        ],
        "Cases": [_case(one, types) for one in project.cases],
        "Sources": [_source(one, types) for one in project.sources],
        "Notes": [_note(one) for one in project.notes],
        "Links": [_link(case.guid, note) for case in project.cases for note in case.notes],
        "Sets": [_set(one) for one in project.sets],
    }
    about = _about(project.description)
    children = [*_containers(containers), *about, *_refs("NoteRef", project.project_notes)]
    attributes = {
        "xmlns": _PROJECT,
        "name!": project.name,
        "origin": project.origin,
        "creationDateTime": _last(project),
    }
    return _document(_Node("Project", attributes, children))


def qdc(project: Project) -> bytes:
    """Return the codes of a project, and its sets of codes, as a `.qdc` file.

    Raises
    ------
    BenangError
        For a project without codes: the format has none.
    """
    if not project.codes:
        way_on = worded("Add a code: `benang codebook add FOLDER LABEL`.")
        fault = worded("a codebook without codes can't be written as .qdc")
        raise BenangError(Problem(fault, where="codebook.toml", way_on=way_on))
    sets = [
        _Node(
            "Set",
            {"guid": one.guid, "name!": one.name},
            [*_about(one.description), *(_Node("MemberCode", {"guid": code}) for code in one.codes)],
        )
        for one in project.sets
        if one.codes
    ]
    containers = _containers({"Codes": list(_codes(project.codes, noted=False)), "Sets": sets})
    return _document(_Node("CodeBook", {"xmlns": _CODEBOOK, "origin": project.origin}, containers))


def losses(project: Project) -> tuple[SetAside, ...]:
    """Return what a `.qdpx` file can't hold of a project: characters, values that don't fit their type, odd times.

    Characters that XML can't hold become U+FFFD in names, descriptions, notes and values, and blanks where they are
    blanks. Texts of sources keep them, so that positions stay.
    """
    types = {one.guid: one.type for one in project.variables}
    lost = []
    for kind, name, text in _texts(project):
        if odd := sorted(set(_LOST.findall(text))):
            codes = ", ".join(f"U+{ord(one):04X}" for one in odd)
            lost.append(SetAside(kind, name, worded("XML can't hold the character {codes}", codes=codes)))
    valued: list[ProjectCase | ProjectSource] = [*project.cases, *project.sources]
    for one in valued:
        for variable, value in one.values.items():
            if value_text(types.get(variable, "Text"), value) is None:
                reason = worded("{value!r} is no value of the type {type}", value=value, type=types[variable])
                lost.append(SetAside("VariableValue", one.name, reason))
    lost += [
        SetAside(kind, name, worded("'{time}' is no date with a time", time=time))
        for kind, name, time in _times(project)
        if time and not _date_time(time)
    ]
    return tuple(lost)


def value_text(type_: VariableType, value: str) -> str | None:
    """Return a value as XML Schema writes its type; None where it is none of this type.

    Examples
    --------
    >>> value_text("Float", "2.5E-3"), value_text("Float", "NaN"), value_text("Integer", "2003")
    ('0.0025', None, '2003')
    """
    return _WRITTEN[type_](value.strip() if type_ != "Text" else value)


def _decimal(value: str) -> str | None:
    if _DECIMAL.fullmatch(value):
        return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return format(number, "f") if number.is_finite() and abs(number.adjusted()) < 400 else None


def _date_time(value: str) -> str | None:
    return value if _DATE_TIME.fullmatch(value) and _moment(value) else None


def _moment(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _day(value: str) -> str | None:
    if found := _DATE.fullmatch(value):
        try:
            date.fromisoformat(found[1])
        except ValueError:
            return None
    return value if found else None


_WRITTEN: Mapping[VariableType, Callable[[str], str | None]] = {
    "Text": lambda value: value,
    "Boolean": lambda value: value if value in ("true", "false", "1", "0") else None,
    "Integer": lambda value: value if _INTEGER.fullmatch(value) else None,
    "Float": _decimal,
    "Date": _day,
    "DateTime": _date_time,
}


def _codes(codes: Sequence[ProjectCode], *, noted: bool) -> Iterator[_Node]:
    """Give the codes that are under none, each with those under it; a `.qdc` file has no notes."""
    known = {one.guid for one in codes}
    under: dict[str, list[ProjectCode]] = {}
    for one in codes:
        under.setdefault(one.parent if one.parent in known else "", []).append(one)

    def node(code: ProjectCode) -> _Node:
        attributes = {"guid": code.guid, "name!": code.name, "isCodable": str(code.is_codable).lower()}
        notes = _refs("NoteRef", code.notes) if noted else ()
        children = [*_about(code.description), *notes, *map(node, under.get(code.guid, ()))]
        return _Node("Code", {**attributes, "color": code.colour}, children)

    yield from map(node, under.get("", ()))


def _case(case: ProjectCase, types: Mapping[str, VariableType]) -> _Node:
    children = [
        *_about(case.description),
        *_refs("CodeRef", case.codes),
        *_values(case.values, types),
        *_refs("SourceRef", case.sources),
        *_refs("SelectionRef", case.selections),
    ]
    return _Node("Case", {"guid": case.guid, "name": case.name}, children)


def _values(values: Mapping[str, str], types: Mapping[str, VariableType]) -> Iterator[_Node]:
    for variable, value in values.items():
        type_ = types.get(variable, "Text")
        if (written := value_text(type_, value)) is not None:
            yield _Node(
                "VariableValue", {}, [*_refs("VariableRef", [variable]), _Node(f"{type_}Value", {}, text=written)]
            )


def _source(source: ProjectSource, types: Mapping[str, VariableType]) -> _Node:
    attributes = {"guid": source.guid, "name": source.name, "plainTextPath": f"internal://{source.guid}.txt"}
    children = [
        *_about(source.description),
        *map(_selection, source.selections),
        *map(_coding, source.codings),
        *_refs("NoteRef", source.notes),
        *_values(source.values, types),
    ]
    return _Node("TextSource", {**attributes, **_said(source.user, source.time)}, children)


def _selection(selection: Selection) -> _Node:
    places = {"startPosition": str(selection.start), "endPosition": str(selection.end)}
    children = [*_about(selection.description), *map(_coding, selection.codings), *_refs("NoteRef", selection.notes)]
    return _Node("PlainTextSelection", {"guid": selection.guid, "name": selection.name, **places}, children)


def _coding(coding: ProjectCoding) -> _Node:
    children = [*_refs("CodeRef", [coding.code]), *_refs("NoteRef", coding.notes)]
    return _Node("Coding", {"guid": coding.guid, **_said(coding.user, coding.time)}, children)


def _note(note: ProjectNote) -> _Node:
    attributes = {"guid": note.guid, "name": note.name, **_said(note.user, note.time)}
    return _Node("Note", attributes, [_Node("PlainTextContent", {}, text=note.text)])


def _link(case: str, note: str) -> _Node:
    """Return what joins a case and a note, since a case can't refer to notes itself."""
    attributes = {"guid": guid_of("link", f"{case}/{note}"), "direction": "OneWay"}
    return _Node("Link", {**attributes, "originGUID": case, "targetGUID": note})


def _set(one: ProjectSet) -> _Node:
    members = [
        *_refs("MemberCode", one.codes),
        *_refs("MemberSource", one.sources),
        *_refs("MemberNote", one.notes),
    ]
    return _Node("Set", {"guid": one.guid, "name!": one.name}, [*_about(one.description), *members])


def _said(user: str, time: str) -> dict[str, str]:
    return {"creatingUser": user, "creationDateTime": _date_time(time) or ""}


def _about(description: str) -> list[_Node]:
    return [_Node("Description", {}, text=description)] if description else []


def _refs(tag: str, guids: Iterable[str]) -> list[_Node]:
    return [_Node(tag, {"targetGUID": one}) for one in guids]


def _containers(children: Mapping[str, Sequence[_Node]]) -> list[_Node]:
    return [_Node(tag, {}, members) for tag, members in children.items() if members]


def _times(project: Project) -> Iterator[tuple[str, str, str]]:
    """Give everything that has a time: the element's name, what it is called, and the time."""
    for note in project.notes:
        yield "Note", note.name or note.guid, note.time
    for source in project.sources:
        yield "TextSource", source.name, source.time
        for coding in (*source.codings, *chain.from_iterable(one.codings for one in source.selections)):
            yield "Coding", source.name, coding.time


def _last(project: Project) -> str:
    """Return the latest time at which something was said; none where nothing tells."""
    known = {time: moment for _, _, time in _times(project) if _date_time(time) and (moment := _moment(time))}
    return max(known, key=lambda time: (known[time], time), default="")


def _texts(project: Project) -> Iterator[tuple[str, str, str]]:
    """Give every text of a project that stands in its XML: the element's name, what it is called, and the text."""
    yield "Project", project.name, f"{project.name}{project.origin}{project.description}"
    for user in project.users:
        yield "User", user.name, f"{user.name}{user.initials}"
    for code in project.codes:
        yield "Code", code.name, f"{code.name}{code.description}"
    for variable in project.variables:
        yield "Variable", variable.name, f"{variable.name}{variable.description}"
    for case in project.cases:
        yield "Case", case.name, "".join((case.name, case.description, *case.values.values()))
    for source in project.sources:
        yield "TextSource", source.name, "".join((source.name, source.description, *source.values.values()))
        for one in source.selections:
            yield "PlainTextSelection", source.name, f"{one.name}{one.description}"
    for note in project.notes:
        yield "Note", note.name or note.guid, f"{note.name}{note.text}"
    for group in project.sets:
        yield "Set", group.name, f"{group.name}{group.description}"


def _document(root: _Node) -> bytes:
    lines = ['<?xml version="1.0" encoding="utf-8"?>', *_lines(root, "")]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _lines(node: _Node, indent: str) -> Iterator[str]:
    """Write an element; an attribute with `!` is there though it be empty."""
    attributes = "".join(
        f' {name.rstrip("!")}="{_escaped(value, within_tag=True)}"'
        for name, value in node.attributes.items()
        if value or name.endswith("!")
    )
    start = f"{indent}<{node.tag}{attributes}"
    if node.text is not None:
        yield f"{start}>{_escaped(node.text)}</{node.tag}>"
    elif not node.children:
        yield f"{start}/>"
    else:
        yield f"{start}>"
        for child in node.children:
            yield from _lines(child, f"{indent}  ")
        yield f"{indent}</{node.tag}>"


def _escaped(text: str, *, within_tag: bool = False) -> str:
    r"""Write a text so that a parser gives it back: `\r` by its number, in attributes all blanks but the space."""
    text = _FORBIDDEN.sub("\ufffd", _BLANKS.sub(" ", text))
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;") if within_tag else text
