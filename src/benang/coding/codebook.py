"""The codebook: codes in groups, variables, frameworks, and how codes read in frameworks (`codebook.toml`)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Literal, TypeVar

from pydantic import Field

from benang.files import sha256
from benang.project.toml_files import Checked, Id, Label, Text

Direction = Literal["evidence", "counter-evidence"]
Light = Literal["good", "some", "poor", "unclear", "not-applicable"]
"""What a level of an appraisal says of a study: no concerns, some, serious ones, unclear; or that it does not apply."""
Member = TypeVar("Member")


class Level(Checked):
    """One value that a variable may take, or one side of a group of codes.

    In an appraisal, `light` says what a value means for the quality of a study.
    """

    id: Id
    label: Text
    light: Light | None = None


class Variable(Checked):
    """A property of a case. `year` takes a year of four digits, `category` one of its levels, `text` any words.

    `number` takes a whole number from 0, such as the participants of a study.

    A text that is a `note_of` another variable stands behind the value of that one. The report shows the variables
    that are `shown` in its table of cases and with each case.
    """

    id: Id
    label: Text
    type: Literal["category", "year", "text", "number"] = "category"
    levels: tuple[Level, ...] = ()
    note_of: str | None = None
    shown: bool = True


class Form(Checked):
    """Variables that are filled in together: data extracted from cases, or the quality of studies appraised.

    The levels of an appraisal's items each have a light. `source` says whose form it is, and where its text stands.
    """

    id: Id
    label: Text
    kind: Literal["extraction", "appraisal"] = "extraction"
    variables: tuple[str, ...] = Field(min_length=1, description="ids of variables, in the order of the form")
    source: Text = Label(en="")


class Group(Checked):
    """Codes that are counted together, such as fields of cooperation; its sides, such as internal and external."""

    id: Id
    label: Text
    sides: tuple[Level, ...] = ()


class Code(Checked):
    """A short label with a definition. A `heading` gathers other codes and is never used itself.

    `row` is the row of a printed table that the code is counted into. `side_judged` marks a side that this review
    gave and the reviewed paper did not. `was` are earlier ids of it, the first one first, and `merged` the ids of codes
    that were merged into it: passages that were coded with them carry it now. A `retired` code keeps its passages and
    gets no new ones; those of one that was `split_into` others are to be coded again with one of these.
    """

    id: Id
    group: str
    label: Text
    side: str | None = None
    parent: str | None = None
    heading: bool = False
    row: int | None = None
    side_judged: bool = False
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    colour: str = Field("", pattern="^(#[0-9A-Fa-f]{6})?$", description="#RRGGBB")
    was: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    retired: bool = False
    split_into: tuple[str, ...] = ()

    @cached_property
    def rule(self) -> str:
        """What tells the rule by which passages are coded from an earlier one: eight digits of its SHA-256."""
        return sha256("\n".join((self.definition, self.include, self.exclude)))[:8]

    @property
    def first_id(self) -> str:
        """The id that the code had first, which stays when it is renamed or others are merged into it."""
        return self.was[0] if self.was else self.id

    @property
    def is_usable(self) -> bool:
        """Whether new passages can get it: it is no heading, and was neither retired nor split."""
        return not (self.heading or self.retired or self.split_into)

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids whose passages it carries: its own, now and earlier, then those of codes merged into it."""
        return tuple(dict.fromkeys((self.id, *self.was, *self.merged)))


class PrintedRow(Checked):
    """A row of a printed table that codes are counted into: the paper's Table 1, say."""

    table: Id
    row: int
    group: str
    side: str | None = None
    label: Text


class Item(Checked):
    """One item of a framework."""

    id: Id
    label: Text


class Framework(Checked):
    """A framework as its source gives it. `items_are` tells whether an item is a condition of success or a failure."""

    id: Id
    label: Text
    source: Text
    items: tuple[Item, ...]
    items_are: Literal["conditions", "failures"] = "conditions"


class Reading(Checked):
    """How a code reads in frameworks: a passage coded with `code` counts, with `stance`, for the items listed.

    `origin` says whose reading it is.
    """

    code: str
    items: tuple[str, ...] = Field(description="FRAMEWORK/ITEM")
    stance: Direction
    origin: str = "this review"


def item_key(framework: str, item: str) -> str:
    """Name an item of a framework: `FRAMEWORK/ITEM`."""
    return f"{framework}/{item}"


def framework_of(item: str) -> str:
    """Return the framework of an item that is named `FRAMEWORK/ITEM`."""
    return item.partition("/")[0]


class Codebook(Checked):
    """All codes, variables and frameworks of a review.

    `case_label` names the texts that make the label of a case which has none of its own, joined by a dash.
    """

    format: Literal[1] = 1
    case_label: tuple[str, ...] = ()
    variables: tuple[Variable, ...] = ()
    forms: tuple[Form, ...] = ()
    groups: tuple[Group, ...] = ()
    codes: tuple[Code, ...] = ()
    rows: tuple[PrintedRow, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    readings: tuple[Reading, ...] = ()

    @cached_property
    def version(self) -> str:
        """What tells this vocabulary from an earlier one: twelve digits of the SHA-256 of all that it says.

        Comments and the order of keys make no difference, nor does a key that a later version of Benang may add.
        """
        content = self.model_dump(mode="json", exclude_defaults=True)
        return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False))[:12]

    @cached_property
    def by_id(self) -> dict[str, Code]:
        """Codes by id, headings among them."""
        return {code.id: code for code in self.codes}

    @cached_property
    def _by_any_id(self) -> dict[str, Code]:
        return {one: code for code in reversed(self.codes) for one in code.ids} | self.by_id

    def code(self, name: str) -> Code | None:
        """Return a code by its id or an earlier one; None where there is none.

        Examples
        --------
        >>> codebook = Codebook(codes=(Code(id="dear", group="reasons", label={"en": "Dear"}, was=("rent",)),))
        >>> [one.id if one else None for one in map(codebook.code, ("dear", "rent", "rain"))]
        ['dear', 'dear', None]
        """
        return self._by_any_id.get(name)

    @cached_property
    def framework_items(self) -> tuple[str, ...]:
        """All items of all frameworks as FRAMEWORK/ITEM, in the order of the codebook."""
        return tuple(item_key(one.id, item.id) for one in self.frameworks for item in one.items)

    def variable(self, name: str) -> Variable | None:
        """Return a variable, or None where there is none of this name."""
        return next((variable for variable in self.variables if variable.id == name), None)

    def form(self, name: str) -> Form | None:
        """Return a form, or None where there is none of this name."""
        return next((form for form in self.forms if form.id == name), None)

    @cached_property
    def appraised(self) -> frozenset[str]:
        """The ids of the variables of appraisals, which are values of studies."""
        return frozenset(name for form in self.forms if form.kind == "appraisal" for name in form.variables)

    def note_of(self, name: str) -> Variable | None:
        """Return the text that is a note of a variable, or None where there is none."""
        return next((variable for variable in self.variables if variable.note_of == name), None)

    def group(self, name: str) -> Group | None:
        """Return a group of codes, or None where there is none of this name."""
        return next((group for group in self.groups if group.id == name), None)

    def codable(self, group: str) -> tuple[Code, ...]:
        """Return the codes of a group that passages can carry (headings left out), in the order of the codebook.

        Retired codes are among them: passages carry them still.
        """
        return tuple(code for code in self.codes if code.group == group and not code.heading)

    def lineage(self, code: Code) -> tuple[Code, ...]:
        """Return a code and the headings above it, from the code upwards."""
        line = [code]
        while (above := self.by_id.get(line[-1].parent or "")) is not None and above not in line:
            line.append(above)
        return tuple(line)

    def side_of(self, code: Code) -> str | None:
        """Return the side of a code: its own, or else that of the nearest heading above it."""
        return next((one.side for one in self.lineage(code) if one.side is not None), None)

    def by_side(
        self, group: str, rows: Iterable[Member], code_of: Callable[[Member], Code]
    ) -> list[tuple[Level | None, list[Member]]]:
        """Part rows by the side of their code, in the group's order of sides; those without one come last, under None.

        Sides that no row is on are left out.
        """
        members = list(rows)
        entry = self.group(group)
        sides = {side.id: side for side in entry.sides} if entry else {}
        on = {name: [row for row in members if self.side_of(code_of(row)) == name] for name in sides}
        rest = [row for row in members if self.side_of(code_of(row)) not in sides]
        parts: list[tuple[Level | None, list[Member]]] = [(sides[name], part) for name, part in on.items() if part]
        return [*parts, (None, rest)] if rest else parts

    def codes_of_row(self, row: PrintedRow) -> tuple[Code, ...]:
        """Return the codes that are counted into a row of a printed table: it is their own, or their heading's."""
        return tuple(
            code
            for code in self.codable(row.group)
            if next((one.row for one in self.lineage(code) if one.row is not None), None) == row.row
        )
