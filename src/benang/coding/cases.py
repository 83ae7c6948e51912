"""Cases: whatever a review compares, with the studies that tell of each (`cases.toml`)."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Literal

from benang.project.toml_files import Checked, Text, read_toml


class Case(Checked):
    """One case: here a cooperation of two places. `studies` are keys of records, the first the main one."""

    id: str
    home: str
    partner: str
    country: str
    partner_kind: str = "local government"
    studies: tuple[str, ...] = ()
    outcome: str | None = None
    outcome_note: Text | None = None

    @property
    def name(self) -> str:
        """Both places: `Padang – Fremantle`."""
        return f"{self.home} – {self.partner}"


class Cases(Checked):
    """All cases of a review, in the order of the file."""

    format: Literal[1] = 1
    cases: tuple[Case, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Case]:
        """Cases by id."""
        return {case.id: case for case in self.cases}


def read_cases(path: Path) -> Cases:
    """Read and check `cases.toml`."""
    return read_toml(path, Cases)
