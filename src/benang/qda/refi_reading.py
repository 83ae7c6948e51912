"""REFI-QDA 1.0 (`.qdpx`, `.qdc`, `.qde`) → a project, read as forgivingly as programs write it.

Whatever is in the file is read, or set aside by name with the reason. Sources, codes, selections and codings are
counted apart from the parser, so that found = read + set aside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args
from xml.etree.ElementTree import Element

from benang.errors import BenangError, Problem
from benang.files import Input, read_bytes
from benang.locale.writing import worded
from benang.qda import (
    Project,
    ProjectCase,
    ProjectCode,
    ProjectNote,
    ProjectSet,
    ProjectVariable,
    SetAside,
    User,
    VariableType,
)
from benang.qda.refi_archive import element_counts, local_name, opened_archive, parsed_xml
from benang.qda.refi_sources import KINDS, Met, children, in_line, raw_text, read_sources, text_in, values_in

_PARTS = ("Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs", "Description",
          "NoteRef")  # fmt: skip
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}){1,2}")


def read_refi(path: Input) -> Project:
    """Read a project or a codebook in REFI-QDA.

    Raises
    ------
    BenangError
        For an archive that is broken or means harm (`opened_archive`), XML that is not well-formed or declares
        entities, and XML that is no REFI-QDA. Whatever else is wrong is in `Project.set_aside`, by name.
    """
    name = path.name if isinstance(path, Path) else str(path)
    archive = opened_archive(read_bytes(path), where=in_line(name, 200))
    root, remarks = parsed_xml(archive.xml, where=archive.where)
    kind = local_name(root)
    if kind not in ("Project", "CodeBook"):
        problem = worded("XML that begins with <{name}>", name=in_line(kind))
        expected = "REFI-QDA: a project (<Project>) or a codebook (<CodeBook>)"
        way_on = "Export the project as REFI-QDA (.qdpx), or its codebook (.qdc)."
        raise BenangError(Problem(problem, where=archive.where, expected=expected, way_on=way_on))
    met = Met(archive, root.get("origin", ""), list(remarks))
    project = _project(root, met) if kind == "Project" else _codebook(root, met)
    found = Counter[str]()
    for element, n in element_counts(archive.xml, tuple(KINDS)).items():
        found[KINDS[element]] += n
    return replace(project, found=found, set_aside=tuple(met.aside), remarks=_remarks(met))


def _remarks(met: Met) -> tuple[str, ...]:
    remarks = [*met.archive.remarks, *met.remarks]
    if met.made:
        remarks.append(worded("ids that are no GUIDs, for which GUIDs were made: {n}", n=met.made))
    if unnamed := met.archive.unnamed:
        names = ", ".join(in_line(one) for one in unnamed[:3])
        remarks.append(worded("files of the archive that no source names: {n} ({names})", n=len(unnamed), names=names))
    return tuple(remarks)


def _project(root: Element, met: Met) -> Project:
    met.others(root, _PARTS, "Project")
    for container in children(root, "Graphs"):
        for one in container:
            met.drop(one, local_name(container), worded("Benang has no place for it"))
    users = _users(_within(root, "Users", ("User",), met), met)
    notes = _notes(_within(root, "Notes", ("Note",), met), met)
    codes, sets = _codes_and_sets(list(children(root, "CodeBook")), met)
    variables = _variables(_within(root, "Variables", ("Variable",), met), met)
    every = [one for container in children(root, "Sources") for one in container]
    sources, convention = read_sources(every, met)
    cases = _cases(_within(root, "Cases", ("Case",), met), met)
    return Project(
        name=in_line(root.get("name", ""), 200),
        origin=in_line(met.origin),
        users=users,
        codes=codes,
        variables=variables,
        cases=_with_notes(cases, [one for container in children(root, "Links") for one in container], met),
        sources=sources,
        notes=notes,
        sets=(*sets, *_sets(_within(root, "Sets", ("Set",), met), met)),
        description=text_in(root, "Description"),
        project_notes=met.references(root, "NoteRef", "note", "Project"),
        convention=convention,
    )


def _codebook(root: Element, met: Met) -> Project:
    codes, sets = _codes_and_sets([root], met)
    return Project(origin=in_line(met.origin), codes=codes, sets=sets)


def _within(root: Element, container: str, names: Sequence[str], met: Met) -> list[Element]:
    """Return the elements of a container; what else is in it is set aside."""
    found: list[Element] = []
    for one in children(root, container):
        met.others(one, names, container)
        found += children(one, *names)
    return found


def _users(users: Sequence[Element], met: Met) -> tuple[User, ...]:
    return tuple(
        User(met.new_id(one, "user", one.get("name", "")), in_line(one.get("name", "")), in_line(one.get("id", "")))
        for one in users
    )


def _codes_and_sets(codebooks: Sequence[Element], met: Met) -> tuple[tuple[ProjectCode, ...], tuple[ProjectSet, ...]]:
    codes: list[ProjectCode] = []
    sets: list[ProjectSet] = []
    for codebook in codebooks:
        met.others(codebook, ("Codes", "Sets"), "CodeBook")
        for container in children(codebook, "Codes"):
            codes += _codes(container, met)
        sets += _sets(_within(codebook, "Sets", ("Set",), met), met)
    return tuple(codes), tuple(sets)


def _codes(container: Element, met: Met) -> list[ProjectCode]:
    """Read codes in the order of the file, each before those under it; trees may be of any depth."""
    codes: list[ProjectCode] = []
    met.others(container, ("Code",), "Codes")
    waiting = [(one, "", "") for one in children(container, "Code")][::-1]
    while waiting:
        element, parent, above = waiting.pop()
        name = in_line(element.get("name", ""), 200)
        path = f"{above} > {name}" if above else name
        codes.append(_code(element, parent, path, met))
        met.others(element, ("Description", "NoteRef", "Code"), path)
        waiting += [(one, codes[-1].guid, path) for one in children(element, "Code")][::-1]
    return codes


def _code(element: Element, parent: str, path: str, met: Met) -> ProjectCode:
    colour = element.get("color", "").strip().lower()
    if colour and not _COLOUR.fullmatch(colour):
        met.aside.append(SetAside("color", in_line(path, 200), worded("'{text}' is no colour", text=in_line(colour))))
        colour = ""
    return ProjectCode(
        met.new_id(element, "code", path),
        in_line(element.get("name", ""), 200),
        parent,
        text_in(element, "Description"),
        "#" + "".join(digit * 2 for digit in colour[1:]) if len(colour) == len("#rgb") else colour,
        element.get("isCodable", "true").strip().lower() not in ("false", "0"),
        met.references(element, "NoteRef", "note", path),
    )


def _variables(variables: Sequence[Element], met: Met) -> tuple[ProjectVariable, ...]:
    types = {one.casefold(): one for one in get_args(VariableType)}
    return tuple(
        ProjectVariable(
            met.new_id(one, "variable", one.get("name", "")),
            in_line(one.get("name", ""), 200),
            types.get(one.get("typeOfVariable", "").strip().casefold(), "Text"),
            text_in(one, "Description"),
        )
        for one in variables
    )


def _notes(notes: Sequence[Element], met: Met) -> tuple[ProjectNote, ...]:
    """Read memos. A memo that is coded itself is read without its codings, which are set aside."""
    read: list[ProjectNote] = []
    for one in notes:
        name = in_line(one.get("name", ""), 200)
        raw, _, reason = raw_text(one, one, met)
        met.others(one, ("Description", "PlainTextContent"), name)
        text = (raw.text.strip() if raw else "") or text_in(one, "Description").strip()
        if not text:
            met.drop(one, name, reason or worded("it has no text"))
            continue
        user, time = met.reference(one.get("creatingUser", ""), "user") or "", one.get("creationDateTime", "").strip()
        read.append(ProjectNote(met.new_id(one, "note", name or text), text, name, user, time))
    return tuple(read)


def _cases(cases: Sequence[Element], met: Met) -> tuple[ProjectCase, ...]:
    read: list[ProjectCase] = []
    for one in cases:
        name = in_line(one.get("name", ""), 200)
        met.others(one, ("Description", "CodeRef", "VariableValue", "SourceRef", "SelectionRef"), name)
        case = ProjectCase(
            met.new_id(one, "case", name),
            name,
            text_in(one, "Description"),
            met.references(one, "SourceRef", "source", name),
            met.references(one, "SelectionRef", "selection", name),
            met.references(one, "CodeRef", "code", name),
            values_in(one, met, name),
        )
        read.append(case)
    return tuple(read)


def _with_notes(cases: Sequence[ProjectCase], links: Sequence[Element], met: Met) -> tuple[ProjectCase, ...]:
    """Return cases with the notes that links join them with, in whichever direction; other links are set aside."""
    notes: dict[str, dict[str, None]] = {one.guid: {} for one in cases}
    for link in links:
        ends = [link.get(name, "") for name in ("originGUID", "targetGUID")]
        pairs = [(met.reference(one, "case"), met.reference(other, "note")) for one, other in (ends, ends[::-1])]
        case, note = next(((case, note) for case, note in pairs if case in notes and note), (None, None))
        if local_name(link) == "Link" and case and note:
            notes[case][note] = None
        else:
            met.drop(link, "Links", worded("Benang has no place for it"))
    return tuple(replace(one, notes=tuple(notes[one.guid])) for one in cases)


def _sets(sets: Sequence[Element], met: Met) -> tuple[ProjectSet, ...]:
    read: list[ProjectSet] = []
    for one in sets:
        name = in_line(one.get("name", ""), 200)
        met.others(one, ("Description", "MemberCode", "MemberSource", "MemberNote"), name)
        members = (("MemberCode", "code"), ("MemberSource", "source"), ("MemberNote", "note"))
        codes, sources, notes = (met.references(one, element, kind, name) for element, kind in members)
        read.append(ProjectSet(met.new_id(one, "set", name), name, text_in(one, "Description"), codes, sources, notes))
    return tuple(read)
