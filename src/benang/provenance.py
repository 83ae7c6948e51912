"""What was done, step by step: carried by every result and printed by the report's methods section."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Mapping
from dataclasses import dataclass, field

Argument = str | int | float | bool | None | tuple["Argument", ...] | list["Argument"]
"""What a step's argument may be: all of it can stand in JSON."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an analysis: its name, its arguments, and what it counted.

    Examples
    --------
    >>> Step("read", {"files": ("a.ris",)}, {"found": 25, "read": 25, "set_aside": 0}).as_json()["counts"]["read"]
    25
    """

    name: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    counts: Mapping[str, int | float] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return the step as it stands in `provenance.json` and in a map's `benang` key."""
        return {"step": self.name, "arguments": dict(self.arguments), "counts": dict(self.counts)}


History = tuple[Step, ...]
"""The steps that led to a result, first to last."""


def version() -> str:
    """Return the version of Benang that is installed."""
    return importlib.metadata.version("benang")
