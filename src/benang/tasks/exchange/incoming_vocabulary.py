"""Codes and variables of a project on their way into a codebook: those that are there are used, others are added.

A code is known again by its GUID, else by its labels from the group down, or by its own where the project has it in no
group and only one code is labelled so. What the review says of a code stays: a project that says otherwise changes
nothing.
"""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from benang.coding.cases import Case
from benang.coding.codebook import Code, Codebook, Group, Level, Variable
from benang.coding.codebook_edits import code_table, free_id, id_from, label_value
from benang.coding.codebook_file import RESERVED
from benang.project.toml_edits import AddTable, Edit, Value
from benang.project.toml_files import Label
from benang.qda import Ids, Project, ProjectCode, ProjectVariable, Row, description_of, parts_of

_YEAR_WORDS = frozenset({"year", "years", "tahun", "since", "until", "sejak", "hingga"})
_TRUTHS = {"true": "yes", "1": "yes", "false": "no", "0": "no"}


@dataclass(frozen=True)
class Vocabulary:
    """What a project's codes and variables are in the review, by their GUIDs, and how the codebook gets to have them.

    `codes` are ids of codes that passages can carry, `groups` those of groups. `differing` are the ids of codes of
    which the project says otherwise, `doubled` the labels of codes with codes below them, which became a heading with
    a code. `as_text` are variables whose type Benang lacks.
    """

    codes: Mapping[str, str]
    groups: Mapping[str, str]
    headings: Mapping[str, str]
    variables: Mapping[str, Variable]
    edits: tuple[Edit, ...] = ()
    rows: tuple[Row, ...] = ()
    new_codes: tuple[Code, ...] = ()
    new_variables: tuple[Variable, ...] = ()
    differing: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    as_text: tuple[str, ...] = ()


def vocabulary_of(project: Project, codebook: Codebook, ids: Ids) -> Vocabulary:
    """Find the codes and variables of a project in a codebook, and add those that are not there."""
    codes = _Codes(project, codebook, ids)
    codes.take()
    variables = _Variables(project, codebook, ids, {one.id for one in codes.new_groups})
    variables.take()
    filled = {one.group for one in codes.new}
    new_groups = [one for one in codes.new_groups if one.id in filled]
    empty = {one.id for one in codes.new_groups} - filled
    groups = [AddTable("groups", _table(one.id, one.label)) for one in new_groups]
    behind = {one.group: at for at, one in enumerate(codebook.codes)}
    added = [AddTable("codes", code_table(one), behind.get(one.group)) for one in codes.new]
    declared = [AddTable("variables", _variable_table(one)) for one in variables.new]
    return Vocabulary(
        codes.by_guid,
        codes.groups,
        codes.headings,
        variables.by_guid,
        (*declared, *groups, *added),
        tuple(row for row in (*codes.rows, *variables.rows) if row[0] != "group" or row[1] not in empty),
        tuple(codes.new),
        tuple(variables.new),
        tuple(codes.differing),
        tuple(codes.doubled),
        tuple(variables.as_text),
    )


@dataclass
class _Codes:
    """Goes through the codes of a project from the top, and keeps where each is in the review."""

    project: Project
    codebook: Codebook
    ids: Ids
    new: list[Code] = field(default_factory=list)
    new_groups: list[Group] = field(default_factory=list)
    by_guid: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    _used: set[str] = field(default_factory=set)
    _new_ids: set[str] = field(default_factory=set)

    def take(self) -> None:
        below: dict[str, list[ProjectCode]] = defaultdict(list)
        known = {one.guid for one in self.project.codes}
        for one in self.project.codes:
            below[one.parent if one.parent in known else ""].append(one)
        coded = {one.code for source in self.project.sources for at in source.selections for one in at.codings}
        own = ""
        for root in below[""]:
            is_group = not root.is_codable and root.guid not in coded and bool(below[root.guid])
            if is_group:
                group = self.groups[root.guid] = self._group(root.name, root.guid, root.description)
            else:
                group = own = own or self._group(self.project.name or self.project.origin or "Codes", "")
            waiting = [(one, group, "") for one in (below[root.guid] if is_group else [root])][::-1]
            while waiting:
                code, group, above = waiting.pop()
                heading = self._placed(code, group, above, below[code.guid], is_coded=code.guid in coded)
                if heading:
                    waiting += [(one, heading.group, heading.id) for one in below[code.guid]][::-1]

    def _is_taken(self, name: str) -> bool:
        return name == "all" or name in self._new_ids or self.codebook.code(name) is not None

    def _group(self, name: str, guid: str, description: str = "") -> str:
        """Return the group of a name, or a new one."""
        label = " ".join(name.split()) or "Codes"
        groups = [*self.codebook.groups, *self.new_groups]
        by_guid = self.ids.id("group", guid) if guid else None
        found = next((one for one in groups if one.id == by_guid), None)
        found = found or next((one for one in groups if _alike(one.label.en, label) and one.id not in self._used), None)
        if found is None:
            others = _first_words(self.codebook) | {one.id for one in self.new_groups}
            name = free_id(id_from(label) or "codes", others.__contains__)
            found = Group(id=name, label=label_in(label, description))
            self.new_groups.append(found)
        if guid:
            self._used.add(found.id)
            self.rows.append(("group", found.id, guid))
        return found.id

    def _placed(
        self, code: ProjectCode, group: str, above: str, below: Sequence[ProjectCode], *, is_coded: bool
    ) -> Code | None:
        """Find or add a code; return the heading that the codes below it go under, where it is to have one."""
        is_code = code.is_codable or is_coded
        if not (is_code or below) and (retired := self._retired(code, group, above)):
            self.by_guid[code.guid] = retired.id
            self._used.add(retired.id)
            self.rows.append(("code", retired.first_id, code.guid))
            return None
        heading = None
        if below or not is_code:
            guid = code.guid if not is_code else str(uuid.uuid5(uuid.UUID(code.guid), "heading"))
            heading = self._code(code, guid, group, above, heading=True)
            self.headings[code.guid] = heading.id
            group, above = heading.group, heading.id
            self.doubled += [code.name] if is_code else []
        if is_code:
            self.by_guid[code.guid] = self._code(code, code.guid, group, above, heading=False).id
        return heading

    def _retired(self, code: ProjectCode, group: str, above: str) -> Code | None:
        """Return the code that nobody is to use any more and that a review sent as one that can't be used."""
        known = self.codebook.code(self.ids.id("code", code.guid) or "")
        label = " ".join(code.name.split())
        known = known or self._labelled(label, group, above, heading=False, is_anywhere=not code.parent)
        return known if known and not (known.heading or known.is_usable) else None

    def _labelled(self, label: str, group: str, above: str, *, heading: bool, is_anywhere: bool) -> Code | None:
        """Return the code of a label in its place; where that may be anywhere, the only one that is labelled so."""
        alike = [
            one
            for one in self.codebook.codes
            if one.heading == heading and one.id not in self._used and label.casefold() in _labels(one.label)
        ]
        here = [one for one in alike if (one.group, one.parent or "") == (group, above)]
        return here[0] if here else alike[0] if is_anywhere and len(alike) == 1 else None

    def _code(self, code: ProjectCode, guid: str, group: str, above: str, *, heading: bool) -> Code:
        label = " ".join(code.name.split()) or "code"
        parts = parts_of(code.description.strip()) if guid == code.guid else parts_of("")
        known = self.codebook.code(self.ids.id("code", guid) or "")
        if known is None or known.heading != heading:
            known = self._labelled(label, group, above, heading=heading, is_anywhere=not code.parent)
        if known is None:
            base = id_from(label) or "code"
            known = Code(
                id=free_id(base if guid == code.guid else f"{base}-heading", self._is_taken),
                group=group,
                label=Label(en=label, id=parts.label_id or None),
                parent=above or None,
                heading=heading,
                definition=parts.definition,
                include=parts.include,
                exclude=parts.exclude,
                example=parts.example,
                colour=code.colour if guid == code.guid else "",
            )
            self.new.append(known)
            self._new_ids.add(known.id)
        elif any(parts[:3]) and [one.strip() for one in parts[:3]] != _rules(known):
            self.differing.append(known.id)
        self._used.add(known.id)
        self.rows.append(("code", known.first_id, guid))
        return known


def _rules(code: Code) -> list[str]:
    return [one.strip() for one in (code.definition, code.include, code.exclude)]


def _first_words(codebook: Codebook) -> set[str]:
    """Return the words that ids of numbers begin with: no two of groups, variables, tables and frameworks share one."""
    words = {*RESERVED, "all", *(row.table for row in codebook.rows), *(one.id for one in codebook.groups)}
    return words | {one.id for one in codebook.variables} | {one.id for one in codebook.frameworks}


def _alike(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == other.casefold()


@dataclass
class _Variables:
    """Goes through the variables of a project."""

    project: Project
    codebook: Codebook
    ids: Ids
    new_groups: set[str]
    by_guid: dict[str, Variable] = field(default_factory=dict)
    new: list[Variable] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    as_text: list[str] = field(default_factory=list)

    def take(self) -> None:
        given: dict[str, list[str]] = defaultdict(list)
        every = [one.values for one in self.project.cases] + [one.values for one in self.project.sources]
        for guid, value in (pair for values in every for pair in values.items()):
            given[guid].append(value)
        for one in self.project.variables:
            label = " ".join(one.name.split()) or "variable"
            known = self.codebook.variable(self.ids.id("variable", one.guid) or "")
            used = {variable.id for variable in self.by_guid.values()}
            known = known or next(
                (v for v in self.codebook.variables if _alike(v.label.en, label) and v.id not in used), None
            )
            self.by_guid[one.guid] = known or self._added(one, label, given[one.guid])
            self.rows.append(("variable", self.by_guid[one.guid].id, one.guid))

    def _added(self, one: ProjectVariable, label: str, values: Sequence[str]) -> Variable:
        others = _first_words(self.codebook) | {*Case.model_fields, "case", *self.new_groups}
        others |= {each.id for each in self.new}
        name = free_id(id_from(label) or "variable", others.__contains__)
        self.as_text += [label] if one.type in ("Float", "Date", "DateTime") else []
        variable = _typed(Variable(id=name, label=label_in(label, one.description), type="text"), one, values)
        self.new.append(variable)
        return variable


def _typed(variable: Variable, one: ProjectVariable, values: Sequence[str]) -> Variable:
    """Give a variable the type that all its values have."""
    if one.type == "Boolean" and all(value.casefold() in _TRUTHS for value in values):
        levels = (Level(id="yes", label=Label(en="Yes", id="Ya")), Level(id="no", label=Label(en="No", id="Tidak")))
        return variable.model_copy(update={"type": "category", "levels": levels})
    if one.type == "Integer" and all(re.fullmatch(r"\+?[0-9]{1,18}", value) for value in values):
        is_year = bool(_YEAR_WORDS & set(re.findall(r"\w+", one.name.casefold())))
        is_year = is_year and all(1000 <= int(value) <= 9999 for value in values)
        return variable.model_copy(update={"type": "year" if is_year else "number"})
    return variable


def case_value(variable: Variable, text: str) -> Value | None:
    """Return a value of a project as a case has it; None where the variable can't have it.

    Examples
    --------
    >>> levels = (Level(id="yes", label={"en": "Yes"}), Level(id="no", label={"en": "No"}))
    >>> failed = Variable(id="failed", label={"en": "Failed"}, levels=levels)
    >>> [case_value(failed, text) for text in ("true", "No", "perhaps")]
    ['yes', 'no', None]
    >>> case_value(Variable(id="since", label={"en": "Since"}, type="year"), "2003")
    2003
    """
    text = text.strip()
    if variable.type in ("year", "number"):
        is_whole = re.fullmatch(r"\+?[0-9]{1,18}", text) is not None
        is_fit = is_whole and (variable.type == "number" or 1000 <= int(text) <= 9999)
        return int(text) if is_fit else None
    if variable.type == "category":
        wanted = {text.casefold(), _TRUTHS.get(text.casefold(), text.casefold())}
        names = ((one.id, {one.id.casefold(), *_labels(one.label)}) for one in variable.levels)
        return next((level for level, own in names if own & wanted), None)
    return text or None


def _labels(label: Label) -> Iterator[str]:
    yield from (text.casefold() for text in (label.en, label.id) if text)


def label_in(name: str, description: str) -> Label:
    """Return what something is called, in Indonesian as well where its description says so (`CodeParts.label_id`)."""
    return Label(en=name, id=parts_of(description.strip()).label_id or None)


def without_label(description: str) -> str:
    r"""Return a description without the label in Indonesian that Benang wrote into it.

    Examples
    --------
    >>> without_label("A harbour town.\n\n[Label in Indonesian]\nKota pelabuhan")
    'A harbour town.'
    """
    parts = parts_of(description.strip())
    return description_of(parts._replace(label_id="")) if parts.label_id else description


def _table(name: str, label: Label) -> dict[str, Value]:
    return {"id": name, "label": label_value(label)}


def _variable_table(variable: Variable) -> dict[str, Value]:
    table: dict[str, Value] = {**_table(variable.id, variable.label), "type": variable.type}
    if variable.levels:
        table["levels"] = [_table(one.id, one.label) for one in variable.levels]
    return table
