"""Cases: whatever a review compares, with the studies that tell of each (`cases.toml`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path
from typing import Literal

from benang.coding.codebook import Codebook
from benang.errors import BenangError, Problem, nearest
from benang.files import read_text
from benang.locale import Language
from benang.project.toml_files import Checked, Id, Label, Text, read_toml
from benang.project.toml_lines import line_of

OUTCOME = "outcome"
"""The variable that `cases.toml` gives; its levels are the codebook's."""


class Case(Checked):
    """One case: here a cooperation of two places. `studies` are keys of records, the first the main one."""

    id: Id
    home: Text
    partner: Text
    country: Text
    partner_kind: Text = Label(en="local government", id="pemerintah daerah")
    studies: tuple[str, ...] = ()
    outcome: str | None = None
    outcome_note: Text | None = None

    def name(self, language: Language = "en") -> str:
        """Name both places, `Padang – Fremantle`; the home alone where there is no partner."""
        return " – ".join(place for one in (self.home, self.partner) if (place := one.text(language)))


class Cases(Checked):
    """All cases of a review, in the order of the file."""

    format: Literal[1] = 1
    cases: tuple[Case, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Case]:
        """Cases by id."""
        return {case.id: case for case in self.cases}


def read_cases(path: Path) -> Cases:
    """Read `cases.toml`; `check_cases` holds it against the codebook and the records."""
    return read_toml(path, Cases)


def check_cases(cases: Cases, path: Path, records: Collection[str], codebook: Codebook) -> None:
    """Check that ids stand once, and that outcomes and studies are those of the codebook and the records.

    Raises
    ------
    BenangError
        With every problem of the file: its line, what was found, and the nearest known word.
    """
    if not cases.cases:
        return
    text = read_text(path)
    problems = [
        Problem(found, where=f"{path.name}, line {line_of(text, ('cases', number, key))}", way_on=way_on)
        for number, case in enumerate(cases.cases)
        for found, key, way_on in [
            *_twice(case, cases.cases[:number]),
            *_outcome(case, codebook),
            *_studies(case, records),
        ]
    ]
    if problems:
        raise BenangError(*problems)


_Found = tuple[str, str, str]
"""What was found, under which key of the case, and the way on."""


def _twice(case: Case, earlier: tuple[Case, ...]) -> Iterator[_Found]:
    if any(one.id == case.id for one in earlier):
        yield f"the case '{case.id}' stands twice", "id", "Give one of them another id."


def _outcome(case: Case, codebook: Codebook) -> Iterator[_Found]:
    if case.outcome is None:
        return
    variable = codebook.variable(OUTCOME)
    levels = [level.id for level in variable.levels] if variable else []
    if variable is None:
        yield (
            f"the case '{case.id}' has an outcome, but the codebook has no variable '{OUTCOME}'",
            "outcome",
            "Add [[variables]] with this id and its levels to codebook.toml.",
        )
    elif case.outcome not in levels:
        yield f"'{case.outcome}' is no level of the variable '{OUTCOME}'", "outcome", nearest(case.outcome, levels)


def _studies(case: Case, records: Collection[str]) -> Iterator[_Found]:
    for study in case.studies:
        if study not in records:
            yield f"the study '{study}' is the key of no record", "studies", nearest(study, records)
    if len(set(case.studies)) < len(case.studies):
        yield f"a study of the case '{case.id}' stands twice", "studies", "Name each once."
