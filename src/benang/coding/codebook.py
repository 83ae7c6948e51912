"""The codebook: codes in groups, variables, frameworks, and how codes read in frameworks (`codebook.toml`)."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field

from benang.project.toml_files import Checked, Text, read_toml

Stance = Literal["evidence", "counter-evidence"]


class Level(Checked):
    """One value that a variable may take, or one side of a group of codes."""

    id: str
    label: Text


class Variable(Checked):
    """A property of a case. `year` takes a year of four digits, `category` one of its levels."""

    id: str
    label: Text
    type: Literal["category", "year"] = "category"
    levels: tuple[Level, ...] = ()


class Group(Checked):
    """Codes that are counted together, such as fields of cooperation; its sides, such as internal and external."""

    id: str
    label: Text
    sides: tuple[Level, ...] = ()


class Code(Checked):
    """A short label with a definition. A `heading` gathers other codes and is never used itself.

    `row` is the row of a printed table that the code is counted into. `side_judged` marks a side that this review
    gave and the reviewed paper did not.
    """

    id: str
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


class PrintedRow(Checked):
    """A row of a printed table that codes are counted into: the paper's Table 1, say."""

    table: str
    row: int
    group: str
    side: str | None = None
    label: Text


class Item(Checked):
    """One item of a framework."""

    id: str
    label: Text


class Framework(Checked):
    """A framework as its source gives it. `items_are` tells whether an item is a condition of success or a failure."""

    id: str
    label: Text
    source: str
    items: tuple[Item, ...]
    items_are: Literal["conditions", "failures"] = "conditions"


class Reading(Checked):
    """How a code reads in frameworks: a passage coded with `code` counts, with `stance`, for the items listed.

    `origin` says whose reading it is.
    """

    code: str
    items: tuple[str, ...] = Field(description="FRAMEWORK/ITEM")
    stance: Stance
    origin: str = "this review"


class Codebook(Checked):
    """All codes, variables and frameworks of a review."""

    format: Literal[1] = 1
    variables: tuple[Variable, ...] = ()
    groups: tuple[Group, ...] = ()
    codes: tuple[Code, ...] = ()
    rows: tuple[PrintedRow, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    readings: tuple[Reading, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Code]:
        """Codes by id, headings among them."""
        return {code.id: code for code in self.codes}

    def codable(self, group: str) -> tuple[Code, ...]:
        """Return the codes of a group that passages can carry (headings left out), in the order of the codebook."""
        return tuple(code for code in self.codes if code.group == group and not code.heading)


def read_codebook(path: Path) -> Codebook:
    """Read and check `codebook.toml`."""
    return read_toml(path, Codebook)
