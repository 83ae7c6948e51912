"""What a file of a map or network gives, checked and put in columns: what all forms have in common.

Field names and their meaning: VOSviewer Online's documentation of its JSON, map and network files.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.map_files.file import STRONGEST, Links, matrix_of, name_of, number_in, refuse, shown
from benang.map_files.own_key import checked_key, with_own
from benang.maps import UNTOLD, Map, MapSettings
from benang.network.network import CSR, LINK_WEIGHTS, Floats, Network, symmetric, with_link_weights

ITEM_FIELDS = ("id", "label", "x", "y", "cluster", "weights", "scores")
"""The fields of an item that have a meaning; every other one is a free attribute."""

MOST_CLUSTERS = 1_000_000
"""The highest number that a cluster may have; VOSviewer numbers them from 1."""

Row = tuple[str, Mapping[str, object]]
"""An item: its place in the file, and its fields by the names of VOSviewer's JSON."""

_ROUNDING = 1e-3
"""Share by which sums may differ: VOSviewer writes strengths with four decimals at most."""


@dataclass(frozen=True)
class Parts:
    """What a file gives, unchanged.

    `items` is None for a file of links alone, `links` for a file of items alone. `link_attributes` are the further
    fields of links by the ids of their two ends, `cluster_labels` the names of clusters, `extras` what belongs to
    neither items nor links (`config`, `info`), `own` what is under `benang`. `notes` say how the file was read.
    `links_file` names the file of the links where it is another one than that of the items.
    """

    items: Sequence[tuple[str, object]] | None = None
    links: Links | None = None
    link_attributes: Mapping[tuple[str, str], Mapping[str, object]] = field(default_factory=dict)
    cluster_labels: Mapping[int, str] = field(default_factory=dict)
    extras: Mapping[str, object] = field(default_factory=dict)
    own: object = None
    notes: tuple[str, ...] = ()
    links_file: str = ""


@dataclass(frozen=True)
class Contents:
    """A network that may have places and clusters: `xy` is NaN, `cluster` 0 where an item has none.

    `form` names the form of the file it was read from, `notes` tell how it was read.
    """

    network: Network
    xy: Floats
    cluster: NDArray[np.int64]
    cluster_labels: Mapping[int, str] = field(default_factory=dict)
    settings: MapSettings = UNTOLD
    form: str = ""
    notes: tuple[str, ...] = ()

    @property
    def unplaced(self) -> NDArray[np.intp]:
        """The items without a place."""
        return np.flatnonzero(np.isnan(self.xy).any(axis=1))

    def as_map(self) -> Map:
        """Return the map; its items must all have a place."""
        return Map(self.network, self.xy, self.cluster, self.cluster_labels, self.settings)


def contents_of_map(map_: Map) -> Contents:
    """Return what a map holds."""
    return Contents(map_.network, map_.xy, map_.cluster, map_.cluster_labels, map_.settings)


def contents_of(parts: Parts, *, where: str) -> Contents:
    """Check items and links, each with its place in the file, and put them in columns.

    An item without `id` takes its label for it, and the other way round. Where the file knows no links, the stored
    weights `Links` and `Total link strength` are kept.

    Raises
    ------
    BenangError
        For an item without id and label, an id given twice, a place, cluster, weight or score that is no number, a
        negative strength, a link to an unknown item: all of the file together, the first twenty spelt out. For a
        `benang` key that can't be read. For links of another file that are not those of the items.
    """
    own = checked_key(parts.own, where)
    problems: list[Problem] = []
    rows = _rows(_items_of(parts.links, where) if parts.items is None else parts.items, problems)
    ids = _ids(rows, problems)
    xy = np.array([_column([item.get(axis) for _, item in rows], rows, axis, problems) for axis in "xy"]).T
    cluster = np.array([_cluster(item.get("cluster"), place, problems) for place, item in rows], np.int64)
    weights = _named(rows, "weights", problems)
    scores = _named(rows, "scores", problems)
    matrix = _matrix(ids, parts.links, problems)
    refuse(problems, where)
    extras = {"link_attributes": dict(parts.link_attributes)} if parts.link_attributes else {}
    network = Network(
        ids=ids,
        labels=tuple(_text(item.get("label"), ids[i]) for i, (_, item) in enumerate(rows)),
        links=matrix,
        weights={name: np.nan_to_num(values, nan=0.0) for name, values in weights.items()},
        scores=scores,
        attributes=_attributes(rows),
        extras={**parts.extras, **extras},
    )
    counted = network if parts.links is None else with_link_weights(network)
    pair = check_pair(network, counted, where=where, links=parts.links_file) if parts.links_file else ()
    network, settings = with_own(counted, own, where) if own else (counted, UNTOLD)
    return Contents(network, xy.reshape(-1, 2), cluster, parts.cluster_labels, settings, notes=(*parts.notes, *pair))


def _items_of(links: Links | None, where: str) -> list[tuple[str, object]]:
    """Return the items that links speak of, in order of appearance, their ids as labels."""
    if links is None:
        return []
    # The ids of links are unique and never empty, so that the place of an item needs no line.
    return [(where, {"id": name, "label": name}) for name in links.names]


def renamed(contents: Contents, ids: Sequence[str]) -> Contents:
    """Return the same with other ids, one for each item in their order; ids of links' attributes go along."""
    network = contents.network
    to = dict(zip(network.ids, ids, strict=True))
    extras = dict(network.extras)
    attributes = extras.get("link_attributes")
    if isinstance(attributes, Mapping):
        extras["link_attributes"] = {(to[one], to[other]): rest for (one, other), rest in attributes.items()}
    return replace(contents, network=replace(network, ids=tuple(ids), extras=extras))


def _rows(items: Sequence[tuple[str, object]], problems: list[Problem]) -> list[Row]:
    problems.extend(
        Problem(shown(item), where=place, expected="an item with id, label, x and y")
        for place, item in items
        if not isinstance(item, dict | Mapping)
    )
    return [(place, item) for place, item in items if isinstance(item, dict | Mapping)]


def _text(value: object, otherwise: str) -> str:
    return otherwise if value is None or not str(value).strip() else str(value)


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
                    worded("the id {text} a second time (first: {first})", text=shown(name), first=first[name]),
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
    number = number_in(value)
    if number is not None and least <= number and abs(number) <= STRONGEST:
        return number
    kind = "a number" if least < 0 else "a number that is not negative"
    if number is not None and abs(number) > STRONGEST:
        kind = worded("a number from {low:g} to {high:g}", low=-STRONGEST if least < 0 else 0, high=STRONGEST)
    comma = isinstance(value, str) and re.fullmatch(r"-?[0-9]+,[0-9]+", value)
    way_on = "Write decimals with a point." if comma else ""
    problems.append(
        Problem(shown(value), where=worded("{place}, {name}", place=place, name=name), expected=kind, way_on=way_on)
    )
    return math.nan


def _cluster(value: object, place: str, problems: list[Problem]) -> int:
    number = _number(value, place, "cluster", problems)
    if math.isnan(number):
        return 0
    if not 0 <= number <= MOST_CLUSTERS or not number.is_integer():
        expected = worded("a whole number from 1 to {n:,}", n=MOST_CLUSTERS)
        problems.append(Problem(shown(value), where=worded("{place}, cluster", place=place), expected=expected))
        return 0
    return int(number)


def _column(
    values: Sequence[object], rows: Sequence[Row], name: str, problems: list[Problem], *, least: float = -math.inf
) -> Floats:
    """Return a column of numbers, NaN where an item has none; what is no number is a problem."""
    if {type(value) for value in values} <= {int, float, type(None)}:
        with suppress(OverflowError):  # a whole number of more than 308 digits
            numbers = np.array([math.nan if value is None else value for value in values], np.float64)
            there = np.array([value is not None for value in values], bool)
            strengths = numbers[there]
            if (np.abs(strengths) <= STRONGEST).all() and (strengths >= least).all():
                return numbers
    return np.array(
        [_number(value, place, name, problems, least=least) for value, (place, _) in zip(values, rows, strict=True)]
    )


def _named(rows: Sequence[Row], kind: str, problems: list[Problem]) -> dict[str, Floats]:
    """Columns of weights or scores by name, in order of first appearance, NaN where an item has none."""
    least = 0.0 if kind == "weights" else -math.inf
    mappings: list[Mapping[object, object]] = []
    for place, item in rows:
        values = item.get(kind) or {}
        if type(values) is dict or isinstance(values, Mapping):
            mappings.append(values)
        else:
            mappings.append({})
            problems.append(
                Problem(
                    shown(values), where=worded("{place}, {name}", place=place, name=kind), expected="names and numbers"
                )
            )
    names = dict.fromkeys(name for values in mappings for name in values)
    return {
        str(name): _column(
            [values.get(name) for values in mappings], rows, f"{kind[:-1]} '{name}'", problems, least=least
        )
        for name in names
    }


def _attributes(rows: Sequence[Row]) -> dict[str, tuple[object, ...]]:
    names = dict.fromkeys(name for _, item in rows for name in item if name not in ITEM_FIELDS)
    return {name: tuple(item.get(name) for _, item in rows) for name in names}


def _matrix(ids: tuple[str, ...], links: Links | None, problems: list[Problem]) -> CSR:
    if links is None:
        return symmetric(len(ids), [], [], [])
    return matrix_of(ids, links, problems)


def check_pair(stored: Network, counted: Network, *, where: str, links: str) -> tuple[str, ...]:
    """Compare the weights stored in a file of items with those that the links in another file give.

    VOSviewer and Benang write into the file of items how many links each has, and how strong they are together. The
    forms themselves say nothing else of whether two files belong together.

    Parameters
    ----------
    stored, counted
        The network with the weights of its file, and with those counted from its links.
    where, links
        The names of the two files.

    Returns
    -------
    tuple of str
        A note where some items disagree: links may have been left out by hand.

    Raises
    ------
    BenangError
        Where most items disagree: the files are of two maps.
    """
    name = next((name for name in LINK_WEIGHTS if name in stored.weights), None)
    if name is None or not len(stored):
        return ()
    own, given = stored.weights[name], counted.weights[name]
    differing = np.flatnonzero(~np.isclose(own, given, rtol=_ROUNDING, atol=_ROUNDING))
    if not len(differing):
        return ()
    first = int(differing[0])
    example = worded(
        "'{label}' has {one:g} in one and {other:g} in the other",
        label=stored.labels[first],
        one=own[first],
        other=given[first],
    )
    message = worded(
        "{n:,} of {n2:,} items whose weight '{name}' differs from that in {links} ({example})",
        n=len(differing),
        n2=len(stored),
        name=name,
        links=links,
        example=example,
    )
    if 2 * len(differing) <= len(stored):
        return (worded("{found}; were links left out?", found=message),)
    raise BenangError(
        Problem(
            message,
            where=where,
            expected="two files of the same map",
            way_on=worded(
                "Write both again, or name the network file that belongs to the map. If links were left out on "
                "purpose, delete the column weight<{name}> from {where}.",
                name=name,
                where=where,
            ),
        )
    )
