"""Items and links as files give them, checked and put in columns: what VOSviewer's formats have in common.

Field names and their meaning: VOSviewer Online's documentation of its JSON, map and network files.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from benang.errors import BenangError, Problem
from benang.network.network import CSR, Floats, Network, symmetric, with_link_weights

_SHOWN_PROBLEMS = 20
_KNOWN = ("id", "label", "x", "y", "cluster", "weights", "scores")

MOST_CLUSTERS = 1_000_000
"""The highest number that a cluster may have; VOSviewer numbers them from 1."""

WEAKEST, STRONGEST = 1e-100, 1e100
"""Strengths between which no ratio of them runs out of what a number of 64 bits holds."""

Link = tuple[str, object, object, object]
"""A link as a file gives it: its place in the file, the ids of its two ends, and its strength."""

Row = tuple[str, Mapping[str, object]]
"""An item: its place in the file, and its fields by VOSviewer's names."""


@dataclass(frozen=True)
class Contents:
    """What a file of a map or network holds: `xy` is NaN, `cluster` 0 where an item has none."""

    network: Network
    xy: Floats
    cluster: NDArray[np.int64]
    cluster_labels: Mapping[int, str] = field(default_factory=dict)
    provenance: Mapping[str, object] = field(default_factory=dict)


def contents_of(
    items: Sequence[tuple[str, object]],
    links: Iterable[Link] | None,
    *,
    where: str,
    extras: Mapping[str, object],
) -> Contents:
    """Check items and links, each with its place in the file, and put them in columns.

    Items are mappings with the names of VOSviewer's JSON; every other name is a free attribute. An item without `id`
    takes its label for it, and the other way round. `links` is None where the file knows none: then the stored
    weights `Links` and `Total link strength` stand.

    Raises
    ------
    BenangError
        For an item without id and label, an id given twice, a place, cluster, weight or score that is no number, a
        link to an unknown item: all of the file together, the first twenty spelt out.
    """
    problems: list[Problem] = []
    rows = _rows(items, problems)
    ids = _ids(rows, problems)
    xy = np.array([[_number(item.get(axis), place, axis, problems) for axis in "xy"] for place, item in rows])
    cluster = np.array([_cluster(item.get("cluster"), place, problems) for place, item in rows], np.int64)
    weights = _named(rows, "weights", problems)
    scores = _named(rows, "scores", problems)
    matrix = _matrix(ids, links or (), problems)
    refuse(problems, where)
    network = Network(
        ids=ids,
        labels=tuple(_text(item.get("label"), ids[i]) for i, (_, item) in enumerate(rows)),
        links=matrix,
        weights={name: np.nan_to_num(values, nan=0.0) for name, values in weights.items()},
        scores=scores,
        attributes=_attributes(rows),
        extras=extras,
    )
    return Contents(network if links is None else with_link_weights(network), xy.reshape(-1, 2), cluster)


def refuse(problems: Sequence[Problem], where: str) -> None:
    """Raise all problems of a file together; nothing where there are none."""
    if not problems:
        return
    rest = len(problems) - _SHOWN_PROBLEMS
    more = [Problem(f"{rest} more problems like these", where=where)] if rest > 0 else []
    raise BenangError(*problems[:_SHOWN_PROBLEMS], *more)


def _rows(items: Sequence[tuple[str, object]], problems: list[Problem]) -> list[Row]:
    problems.extend(
        Problem(shown(item), where=place, expected="an item with id, label, x and y")
        for place, item in items
        if not isinstance(item, Mapping)
    )
    return [(place, item) for place, item in items if isinstance(item, Mapping)]


def name_of(value: object) -> str | None:
    """Return an id as text (1 and 1.0 are '1'), or None where there is none."""
    if isinstance(value, bool) or value is None or value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def ids_written(ids: Sequence[str]) -> list[int] | list[str]:
    """Return ids as numbers where all of them are whole numbers, as VOSviewer writes them."""
    if all(re.fullmatch(r"0|[1-9][0-9]{0,14}", name) for name in ids):
        return [int(name) for name in ids]
    return list(ids)


def plain(value: float) -> int | float:
    """Return a number as it stands in a file: 12, not 12.0."""
    number = float(value)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _text(value: object, otherwise: str) -> str:
    return otherwise if value is None or value == "" else str(value)


def _ids(rows: Sequence[Row], problems: list[Problem]) -> tuple[str, ...]:
    ids: list[str] = []
    first: dict[str, str] = {}
    for place, item in rows:
        name = name_of(item.get("id")) or name_of(item.get("label"))
        if name is None:
            problems.append(Problem("an item without id and label", where=place, way_on="Give it one of the two."))
        elif name in first:
            problems.append(
                Problem(
                    f"the id '{name}' a second time (first: {first[name]})",
                    where=place,
                    expected="an id of its own for every item",
                )
            )
        ids.append(name or "")
        first.setdefault(name or "", place)
    return tuple(ids)


def _number(value: object, place: str, name: str, problems: list[Problem], *, least: float = -math.inf) -> float:
    if value is None or value == "":
        return math.nan
    number = _finite(value)
    if number is not None and number >= least:
        return number
    kind = "a number" if least < 0 else "a number that is not negative"
    comma = isinstance(value, str) and re.fullmatch(r"-?[0-9]+,[0-9]+", value)
    way_on = "Write decimals with a point." if comma else ""
    problems.append(Problem(shown(value), where=f"{place}, {name}", expected=kind, way_on=way_on))
    return math.nan


def _finite(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:  # a whole number of more than 308 digits
        return None
    return number if math.isfinite(number) else None


def shown(value: object) -> str:
    """Quote a value in a message, cut where it is long.

    Examples
    --------
    >>> shown("x" * 100)
    "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"
    """
    said = repr(value)[:61]
    return said if len(said) <= 60 else f"{said[:60]}…"


def _cluster(value: object, place: str, problems: list[Problem]) -> int:
    number = _number(value, place, "cluster", problems)
    if math.isnan(number):
        return 0
    if not 0 <= number <= MOST_CLUSTERS or not number.is_integer():
        expected = f"a whole number from 1 to {MOST_CLUSTERS:,}"
        problems.append(Problem(shown(value), where=f"{place}, cluster", expected=expected))
        return 0
    return int(number)


def _named(rows: Sequence[Row], kind: str, problems: list[Problem]) -> dict[str, Floats]:
    """Columns of weights or scores by name, in order of first appearance, NaN where an item has none."""
    least = 0.0 if kind == "weights" else -math.inf
    columns: dict[str, Floats] = {}
    for i, (place, item) in enumerate(rows):
        values = item.get(kind) or {}
        if not isinstance(values, Mapping):
            problems.append(Problem(shown(values), where=f"{place}, {kind}", expected="names and numbers"))
            continue
        for name, value in values.items():
            column = columns.setdefault(str(name), np.full(len(rows), np.nan))
            column[i] = _number(value, place, f"{kind[:-1]} '{name}'", problems, least=least)
    return columns


def _attributes(rows: Sequence[Row]) -> dict[str, tuple[object, ...]]:
    names = dict.fromkeys(name for _, item in rows for name in item if name not in _KNOWN)
    return {name: tuple(item.get(name) for _, item in rows) for name in names}


def _strength(value: object, place: str, problems: list[Problem]) -> float:
    number = math.nan if value == "" else _number(value, place, "strength", problems, least=0.0)
    if value == "" or number > STRONGEST or 0 < number < WEAKEST:
        expected = f"a number from {WEAKEST:g} to {STRONGEST:g}, or 0"
        problems.append(Problem(shown(value), where=f"{place}, strength", expected=expected))
    return number


def _matrix(ids: tuple[str, ...], links: Iterable[Link], problems: list[Problem]) -> CSR:
    index = {name: i for i, name in enumerate(ids)}
    unknown: dict[str, str] = {}
    ends: tuple[list[int], list[int]] = ([], [])
    strengths: list[float] = []
    for place, source, target, strength in links:
        names = [name_of(source) or "", name_of(target) or ""]
        value = 1.0 if strength is None else _strength(strength, place, problems)
        missing = [name for name in names if name not in index]
        for name in missing:
            unknown.setdefault(name, place)
        if not missing and not math.isnan(value):
            ends[0].append(index[names[0]])
            ends[1].append(index[names[1]])
            strengths.append(value)
    problems.extend(
        Problem(f"a link to '{name}'", where=place, expected="links between the items of the map")
        for name, place in unknown.items()
    )
    return symmetric(len(ids), *ends, strengths)
