"""What a `review.toml` beside exports says of them: forms, encodings, columns."""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from benang.review.plan import Sources

Choice = TypeVar("Choice")
_OF_ALL_FILES = {"files", "origins", "join_duplicates"}
"""Keys of `[sources]` that say nothing of how a single file is read."""


@dataclass(frozen=True)
class Beside:
    """What a `review.toml` says of files, by the names that they are read under."""

    forms: dict[str, str] = field(default_factory=dict)
    encodings: dict[str, str] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)


def sources_beside(files: Sequence[Path]) -> Beside:
    """Return what a `review.toml` beside files says of them, or the nearest one in a folder above.

    Names in it count from its folder. What it says of other files, and of anything but sources, is passed over.

    Raises
    ------
    BenangError
        For a `review.toml` that can't be read, or whose `[sources]` are wrong.
    """
    beside = Beside()
    plans: dict[Path, Sources | None] = {}
    for path in files:
        plan = next((one for folder in _folders(path) if (one := folder / "review.toml").is_file()), None)
        if plan is None:
            continue
        if plan not in plans:
            plans[plan] = _sources(plan)
        if sources := plans[plan]:
            beside.forms.update(_named(sources.forms, plan.parent, path))
            beside.encodings.update(_named(sources.encodings, plan.parent, path))
            beside.columns.update(_named(sources.columns, plan.parent, path))
    return beside


def _folders(path: Path) -> list[Path]:
    whole = path.absolute()
    return [whole, *whole.parents] if whole.is_dir() else list(whole.parents)


def _sources(plan: Path) -> Sources | None:
    """Return what a plan says of its sources; None where it is nothing of single files, as in most reviews."""
    from benang.confinement import check_within
    from benang.files import read_text

    check_within(plan.parent, [plan])
    with contextlib.suppress(ValueError, RecursionError):  # said with its line below
        said = tomllib.loads(read_text(plan)).get("sources", {})
        if isinstance(said, dict) and said.keys() <= _OF_ALL_FILES:
            return None
    from benang.project.toml_files import read_toml
    from benang.review.plan import SourcesOnly

    return read_toml(plan, SourcesOnly).sources


def _named(said: Mapping[str, Choice], folder: Path, path: Path) -> dict[str, Choice]:
    """Return what is said of a file, or of those in a folder, by the names that they are read under."""
    named: dict[str, Choice] = {}
    whole = path.absolute().resolve()
    for name, choice in said.items():
        target = (folder / name).resolve()
        if target == whole:
            named[path.as_posix()] = choice
        elif whole in target.parents:
            named[(path / target.relative_to(whole)).as_posix()] = choice
    return named
