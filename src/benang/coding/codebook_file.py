"""`codebook.toml` read and checked: ids given twice, and names that refer to nothing, are named with their lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import get_args

from benang.coding.codebook import Code, Codebook, Form, Light, Reading
from benang.errors import BenangError, Problem, at_line, nearest
from benang.files import read_text
from benang.locale.writing import worded
from benang.project.toml_edits import line_of
from benang.project.toml_files import parsed_toml

Where = Callable[..., str]
"""Gives the file and line of a place in it: `where("codes", 3, "group")`."""

RESERVED = (
    "appraisal", "association", "cases", "corpus", "frameworks", "maps", "mentions", "records", "scope", "studies",
    "where", "years",
)  # fmt: skip
"""First words of the ids of numbers that every review has; a group, variable or table can't be called so."""

_LIGHTS = worded("Give each level a light: {lights}.", lights=", ".join(f'"{light}"' for light in get_args(Light)))
_LEVELS_TAKEN = ("reported", "not-reported")
_CODES_TAKEN = ("all",)
_VARIABLES_TAKEN = ("case", "id", "label")


def read_codebook(path: Path) -> Codebook:
    """Read and check `codebook.toml`.

    Raises
    ------
    BenangError
        With every problem of the file: unknown keys, ids given twice, and names that refer to nothing (a group, side,
        heading, row, code or item), each with its line and the nearest known word.
    """
    return parsed_codebook(read_text(path), path.name)


def parsed_codebook(text: str, name: str) -> Codebook:
    """Read and check the text of a codebook, a file that is called `name`, as `read_codebook` does."""
    codebook = parsed_toml(text, Codebook, where=name)

    def where(*place: str | int) -> str:
        return at_line(name, line_of(text, place))

    parts = (_ids, _first_words, _variables, _forms, _frameworks, _codes, _earlier, _rows, _readings)
    problems = [problem for part in parts for problem in part(codebook, where)]
    if problems:
        raise BenangError(*problems)
    return codebook


def _ids(codebook: Codebook, where: Where) -> Iterator[Problem]:
    yield from _twice("variable", "variables", [one.id for one in codebook.variables], where)
    for number, variable in enumerate(codebook.variables):
        names = [level.id for level in variable.levels]
        yield from _twice("level", ("variables", number, "levels"), names, where)
        yield from _taken("level", ("variables", number, "levels"), names, _LEVELS_TAKEN, where)
    yield from _twice("form", "forms", [one.id for one in codebook.forms], where)
    yield from _twice("group", "groups", [one.id for one in codebook.groups], where)
    for number, group in enumerate(codebook.groups):
        yield from _twice("side", ("groups", number, "sides"), [side.id for side in group.sides], where)
    names = [one.id for one in codebook.codes]
    yield from _twice("code", "codes", names, where)
    yield from _taken("code", "codes", names, _CODES_TAKEN, where)
    yield from _twice("row", "rows", [f"{one.table}/{one.row}" for one in codebook.rows], where)
    yield from _twice("framework", "frameworks", [one.id for one in codebook.frameworks], where)
    for number, framework in enumerate(codebook.frameworks):
        yield from _twice("item", ("frameworks", number, "items"), [item.id for item in framework.items], where)


def _twice(kind: str, part: str | tuple[str | int, ...], names: Iterable[str], where: Where) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name in seen:
            yield Problem(
                worded("the {kind} '{name}' appears twice", kind=worded(kind), name=name),
                where=where(*_part(part), number, "id"),
                way_on="Give one of them another id.",
            )
        seen.add(name)


def _taken(
    kind: str, part: str | tuple[str | int, ...], names: Iterable[str], taken: Iterable[str], where: Where
) -> Iterator[Problem]:
    for number, name in enumerate(names):
        if name in taken:
            yield Problem(
                worded(
                    "a {kind} can't be called '{name}', since a number already has that name",
                    kind=worded(kind),
                    name=name,
                ),
                where=where(*_part(part), number, "id"),
                way_on="Give it another id.",
            )


def _part(part: str | tuple[str | int, ...]) -> tuple[str | int, ...]:
    return (part,) if isinstance(part, str) else part


def _first_words(codebook: Codebook, where: Where) -> Iterator[Problem]:
    """Find groups, variables and printed tables of one name: each begins the ids of its numbers."""
    named = [
        (one.id, worded("the group '{group}'", group=one.id), ("groups", number, "id"))
        for number, one in enumerate(codebook.groups)
    ]
    named += [
        (one.id, worded("the variable '{variable}'", variable=one.id), ("variables", number, "id"))
        for number, one in enumerate(codebook.variables)
    ]
    tables = {row.table: number for number, row in reversed(list(enumerate(codebook.rows)))}
    named += [
        (table, worded("the table '{table}'", table=table), ("rows", number, "table"))
        for table, number in tables.items()
    ]
    first = dict.fromkeys(RESERVED, worded("a reserved word of Benang"))
    for word, phrase, place in named:
        if word in first and first[word] != phrase:
            yield Problem(
                worded("{said} has the same name as {first}", said=phrase, first=first[word]),
                where=where(*place),
                way_on="Give it another id.",
            )
        first.setdefault(word, phrase)


def _variables(codebook: Codebook, where: Where) -> Iterator[Problem]:
    """Find variables with the name of a key that every case has, and notes and labels made of what is no text."""
    for number, variable in enumerate(codebook.variables):
        if variable.id in _VARIABLES_TAKEN:
            yield Problem(
                worded(
                    "a variable can't be called '{variable}', since every case has a key of that name",
                    variable=variable.id,
                ),
                where=where("variables", number, "id"),
                way_on="Give it another id.",
            )
        if variable.note_of is None:
            continue
        others = [one.id for one in codebook.variables if one.note_of is None]
        if variable.note_of not in others:
            yield Problem(
                worded(
                    "'{variable}' is a note on '{note_of}', which is not another variable",
                    variable=variable.id,
                    note_of=variable.note_of,
                ),
                where=where("variables", number, "note_of"),
                way_on=nearest(variable.note_of, others),
            )
        elif variable.type != "text":
            yield Problem(
                worded(
                    "'{variable}' is a note on '{note_of}', but not a text",
                    variable=variable.id,
                    note_of=variable.note_of,
                ),
                where=where("variables", number, "note_of"),
                way_on='Give it type = "text".',
            )
    texts = [one.id for one in codebook.variables if one.type == "text"]
    for number, name in enumerate(codebook.case_label):
        if name not in texts:
            yield Problem(
                worded("labels of cases are to be made from '{name}', which is not a variable of type text", name=name),
                where=where("case_label", number),
                way_on=nearest(name, texts),
            )


def _forms(codebook: Codebook, where: Where) -> Iterator[Problem]:
    """Find variables of forms that there are not, or that stand twice, and items of appraisals that give no light."""
    known = [one.id for one in codebook.variables]
    extracted = {name for form in codebook.forms if form.kind == "extraction" for name in form.variables}
    for number, form in enumerate(codebook.forms):
        for at, name in enumerate(form.variables):
            place = where("forms", number, "variables", at)
            if name not in known:
                fault, way_on = (
                    worded("the form '{form}' asks for '{name}', which is not a variable", form=form.id, name=name),
                    nearest(name, known),
                )
            elif name in form.variables[:at]:
                fault, way_on = (
                    worded("the variable '{name}' appears twice in the form '{form}'", name=name, form=form.id),
                    "Name it only once.",
                )
            elif form.kind == "appraisal" and name in extracted:
                fault = worded(
                    "'{name}' is part of an extraction and of the appraisal '{form}'", name=name, form=form.id
                )
                way_on = "An appraisal describes studies, an extraction describes cases: give each its own variable."
            else:
                continue
            yield Problem(fault, where=place, way_on=way_on)
        if form.kind == "appraisal":
            yield from _lights(form, codebook, where)


def _lights(form: Form, codebook: Codebook, where: Where) -> Iterator[Problem]:
    """Find levels of an appraisal without a light, and categories without levels."""
    for number, variable in enumerate(codebook.variables):
        if variable.id not in form.variables or variable.type != "category":
            continue
        if not variable.levels:
            fault = worded(
                "'{variable}' is an item of the appraisal '{form}', but has no levels",
                variable=variable.id,
                form=form.id,
            )
            yield Problem(fault, where=where("variables", number, "id"), way_on=_LIGHTS)
        dark = [at for at, level in enumerate(variable.levels) if level.light is None]
        for at in dark:
            fault = worded(
                "the level '{level}' of '{variable}', in the appraisal '{form}', has no light",
                level=variable.levels[at].id,
                variable=variable.id,
                form=form.id,
            )
            yield Problem(fault, where=where("variables", number, "levels", at), way_on=_LIGHTS)


def _frameworks(codebook: Codebook, where: Where) -> Iterator[Problem]:
    groups = {group.id for group in codebook.groups}
    for number, framework in enumerate(codebook.frameworks):
        if framework.id in groups:
            yield Problem(
                worded("the framework '{framework}' has the same name as a group", framework=framework.id),
                where=where("frameworks", number, "id"),
                way_on="Give it another id, so that the two can be told apart.",
            )


def _codes(codebook: Codebook, where: Where) -> Iterator[Problem]:
    groups = {group.id: {side.id for side in group.sides} for group in codebook.groups}
    rows = {group: {row.row for row in codebook.rows if row.group == group} for group in groups}
    for number, code in enumerate(codebook.codes):
        if code.group not in groups:
            yield Problem(
                worded(
                    "the code '{code}' belongs to group '{group}', which is not defined", code=code.id, group=code.group
                ),
                where=where("codes", number, "group"),
                way_on=nearest(code.group, groups),
            )
            continue
        if code.side is not None and code.side not in groups[code.group]:
            yield Problem(
                worded(
                    "the code '{code}' is on side '{side}', which its group does not define",
                    code=code.id,
                    side=code.side,
                ),
                where=where("codes", number, "side"),
                way_on=nearest(code.side, groups[code.group]),
            )
        if code.row is not None and code.row not in rows[code.group]:
            known = map(str, rows[code.group])
            yield Problem(
                worded(
                    "the code '{code}' counts towards row {row}, which no [[rows]] of its group define",
                    code=code.id,
                    row=code.row,
                ),
                where=where("codes", number, "row"),
                way_on=nearest(str(code.row), known),
            )
        if code.parent is not None:
            yield from _parent(codebook, code, where("codes", number, "parent"))


def _parent(codebook: Codebook, code: Code, place: str) -> Iterator[Problem]:
    parent = codebook.by_id.get(code.parent or "")
    headings = [one.id for one in codebook.codes if one.heading and one.group == code.group]
    if parent is None or parent.id not in headings:
        fault = worded("which is not defined") if parent is None else worded("which is not a heading in its group")
        yield Problem(
            worded(
                "the code '{code}' is placed under '{parent}', {found}", code=code.id, parent=code.parent, found=fault
            ),
            where=place,
            way_on=nearest(code.parent or "", headings),
        )
        return
    seen = {code.id}
    while parent is not None:
        if parent.id in seen:
            yield Problem(
                worded(
                    "the code '{code}' is placed under itself, through '{parent}'", code=code.id, parent=code.parent
                ),
                where=place,
            )
            return
        seen.add(parent.id)
        parent = codebook.by_id.get(parent.parent or "")


def _earlier(codebook: Codebook, where: Where) -> Iterator[Problem]:
    """Find earlier ids that another code has or had, and parts of codes that are none."""
    had: dict[str, str] = {}
    for number, code in enumerate(codebook.codes):
        for name in code.ids[1:]:
            other = name if name in codebook.by_id else had.get(name)
            if other is not None and other != code.id:
                is_own = name in code.was
                what = worded("an earlier id of") if is_own else worded("the id of a code merged into")
                also = (
                    worded("also the id of another code") if other == name else worded("also of '{other}'", other=other)
                )
                yield Problem(
                    worded("'{name}' is {what} '{code}', and {also}", name=name, what=what, code=code.id, also=also),
                    where=where("codes", number, "was" if is_own else "merged"),
                    way_on="Passages coded with it can't have both codes: leave it with one of them.",
                )
            had.setdefault(name, code.id)
        for name in code.split_into:
            if name not in codebook.by_id or name == code.id:
                yield Problem(
                    worded(
                        "the code '{code}' was split into '{name}', which is not another code", code=code.id, name=name
                    ),
                    where=where("codes", number, "split_into"),
                    way_on=nearest(name, [one.id for one in codebook.codes if not one.heading]),
                )


def _rows(codebook: Codebook, where: Where) -> Iterator[Problem]:
    groups = {group.id: {side.id for side in group.sides} for group in codebook.groups}
    for number, row in enumerate(codebook.rows):
        if row.group not in groups:
            yield Problem(
                worded(
                    "row {row} of '{table}' counts group '{group}', which is not defined",
                    row=row.row,
                    table=row.table,
                    group=row.group,
                ),
                where=where("rows", number, "group"),
                way_on=nearest(row.group, groups),
            )
        elif row.side is not None and row.side not in groups[row.group]:
            yield Problem(
                worded(
                    "row {row} of '{table}' is on side '{side}', which its group does not define",
                    row=row.row,
                    table=row.table,
                    side=row.side,
                ),
                where=where("rows", number, "side"),
                way_on=nearest(row.side, groups[row.group]),
            )


def _readings(codebook: Codebook, where: Where) -> Iterator[Problem]:
    stances: dict[tuple[str, str], str] = {}
    for number, reading in enumerate(codebook.readings):
        yield from _reading_code(codebook, reading, where("readings", number, "code"))
        for item in reading.items:
            place = where("readings", number, "items")
            if item not in codebook.framework_items:
                yield Problem(
                    worded(
                        "the reading of '{code}' names '{item}', which is not a FRAMEWORK/ITEM",
                        code=reading.code,
                        item=item,
                    ),
                    where=place,
                    way_on=nearest(item, codebook.framework_items),
                )
            elif stances.setdefault((reading.code, item), reading.stance) != reading.stance:
                yield Problem(
                    worded(
                        "'{code}' is read in '{item}' as evidence and as counter-evidence",
                        code=reading.code,
                        item=item,
                    ),
                    where=place,
                    way_on="A code can be only one of the two.",
                )


def _reading_code(codebook: Codebook, reading: Reading, place: str) -> Iterator[Problem]:
    code = codebook.by_id.get(reading.code)
    if code is None:
        yield Problem(
            worded("a reading names the code '{code}', which is not defined", code=reading.code),
            where=place,
            way_on=nearest(reading.code, [one.id for one in codebook.codes if not one.heading]),
        )
    elif code.heading:
        yield Problem(
            worded("a reading names '{code}', a heading that passages can't be coded with", code=reading.code),
            where=place,
            way_on="Name the codes under it instead.",
        )
