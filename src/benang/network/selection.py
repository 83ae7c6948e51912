"""Which items a network shows: those that meet the thresholds, the strongest of them, the component they form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csgraph

from benang.errors import BenangError, Problem, argument, nearest
from benang.evidence import Step
from benang.kinds import ComponentChoice, Counting
from benang.locale.writing import alternatives, joined, worded
from benang.network import ComponentsKept
from benang.network.network import CSR, Floats, Network
from benang.ranges import MOST, Range, shown_number

LEAST_ITEMS = 3
"""Items that a map must have to show more than a line; VOSviewer opens no smaller one."""


@dataclass(frozen=True)
class Threshold:
    """What is asked of an item: that its value be at least so much.

    `name` is that of the option, `values` have one number an item; `what` is counted in them, `meaning` that in words.
    """

    name: str
    values: Floats | NDArray[np.int64]
    least: int
    what: str
    meaning: str = ""


def meeting(thresholds: Sequence[Threshold], *, items: str) -> NDArray[np.intp]:
    """Return the places of the items that meet all thresholds.

    Raises
    ------
    BenangError
        Where none does: the message gives the highest first threshold that would leave a map, and how large.

    Examples
    --------
    >>> documents = Threshold("min_documents", np.array([3, 1, 2]), 2, "documents")
    >>> citations = Threshold("min_citations", np.array([0, 9, 9]), 5, "citations")
    >>> meeting([documents, citations], items="sources").tolist()
    [2]
    """
    passed = [one.values >= one.least for one in thresholds]
    kept = np.flatnonzero(np.logical_and.reduce(passed))
    if not len(kept):
        raise too_few(thresholds, items=items, left=0)
    return kept


def minimum_of(what: str) -> str:
    """Name the threshold of documents, occurrences or citations in a message, as an option where there is one."""
    return argument(f"min_{what}", f"minimum number of {what}")


def too_few(thresholds: Sequence[Threshold], *, items: str, left: int) -> BenangError:
    """Say that thresholds leave too little, and which would leave more."""
    first, *others = thresholds
    asked = [
        worded("{n:,} {what} or more", n=first.least, what=worded(first.what)),
        *(worded("{n:,} {what}", n=one.least, what=worded(one.what)) for one in others if one.least),
    ]
    most = int(first.values.max(initial=0))
    best = worded("most cited") if first.what == "citations" else worded("most frequent")
    n = len(first.values)
    if left:
        message = worded(
            "Only {n} of the {all:,} {items} has {asked}",
            "Only {n} of the {all:,} {items} have {asked}",
            n=left,
            all=n,
            items=items,
            asked=asked,
        )
    elif n == 1:
        message = worded(
            "There is only one item ({items}), and it has {most:,} instead of {asked}",
            items=items,
            most=most,
            asked=asked,
        )
    else:
        message = worded(
            "None of the {n:,} {items} has {asked}; the {best} has {most:,}",
            n=n,
            items=items,
            asked=asked,
            best=best,
            most=most,
        )
    leaves = _leaving_more(first, others)
    counts = joined(worded("{least:,} would leave {n:,}", least=least, n=n) for least, n in leaves.items())
    meaning = worded(" ({meaning})", meaning=worded(first.meaning)) if first.meaning else ""
    way_on = (
        worded(
            "Choose a lower {option}{meaning}: {counts}.", option=minimum_of(first.what), meaning=meaning, counts=counts
        )
        if leaves
        else _lower(others)
    )
    return BenangError(Problem(message, way_on=way_on))


def _leaving_more(first: Threshold, others: Sequence[Threshold]) -> dict[int, int]:
    """Return values of the first threshold, the others standing, that leave some three to thirty items."""
    rest = np.logical_and.reduce([one.values >= one.least for one in others]) if others else np.True_
    highest = np.sort(first.values[np.broadcast_to(rest, first.values.shape)])[::-1]
    tries = {min(n, len(highest)) for n in (3, 10, 30)} - {0}
    tried = {int(highest[n - 1]) for n in tries}
    counts = {least: int(np.count_nonzero(highest >= least)) for least in sorted(tried, reverse=True)}
    return {least: n for least, n in counts.items() if least < first.least and n >= min(3, len(first.values))}


def _lower(others: Sequence[Threshold]) -> str:
    named = [minimum_of(one.what) for one in others if one.least]
    if not named:
        return "These records contain no more of them."
    return worded("Choose a lower {option}.", option=alternatives(named))


def meeting_threshold(
    occurrences: NDArray[np.int64], min_occurrences: int, *, items: str, unit: str
) -> NDArray[np.intp]:
    """Return the places of the items that occur in enough units (`meeting` with one threshold).

    Raises
    ------
    BenangError
        Where none does: the message tells lower minimums that would leave a map, and how large.

    Examples
    --------
    >>> meeting_threshold(np.array([3, 1, 2]), 2, items="keywords", unit="records").tolist()
    [0, 2]
    """
    meaning = worded("{unit} that an item occurs in", unit=unit)
    return meeting([Threshold("min_occurrences", occurrences, min_occurrences, "occurrences", meaning)], items=items)


def strongest(network: Network, top: int) -> Network:
    """Keep the items with the largest total link strength.

    Of items that are equally strong the more frequent comes first, then the one that comes first in the network. The
    order of the network stays.

    Examples
    --------
    >>> from scipy import sparse
    >>> from benang.network.network import with_link_weights
    >>> links = sparse.csr_array(np.array([[0.0, 2, 1], [2, 0, 0], [1, 0, 0]]))
    >>> strongest(with_link_weights(Network(("a", "b", "c"), ("a", "b", "c"), links)), 2).ids
    ('a', 'b')
    """
    strength = network.weights["Total link strength"]
    counted = strength if network.incidence is None else network.incidence.sum(axis=0)
    order = np.lexsort((np.arange(len(network)), -counted, -strength))
    kept = network.subset(np.sort(order[:top])) if top < len(network) else network
    step = Step("top", {"top": top, "by": "Total link strength"}, {"items": len(network), "kept": len(kept)})
    settings = replace(
        network.settings,
        thresholds=replace(network.settings.thresholds, top=top),
        left_out=replace(network.settings.left_out, too_weak=len(network) - len(kept)),
    )
    return replace(kept, history=(*network.history, step), settings=settings)


def selected(network: Network, *, top: int | None, component: ComponentChoice) -> Network:
    """Keep the strongest items where `top` is given, then the largest component or all of them."""
    strong = network if top is None else strongest(network, top)
    if component == "largest":
        return largest_component(strong)
    return with_component_step(strong, components(strong.links), keep="all", before=len(strong))


def check_asked(counting: str, components: str, top: int | None, *least: tuple[str, int, int]) -> None:
    """Refuse words that are not known and numbers that make no sense, all together.

    Each of `least` is the name of a threshold, its value, and the lowest that it may have.
    """
    problems = [
        Problem(
            f"'{value}'",
            where=name,
            expected=worded("one of {names}", names=", ".join(known)),
            way_on=nearest(value, known),
        )
        for name, value, known in (
            ("counting", counting, get_args(Counting)),
            ("components", components, get_args(ComponentChoice)),
        )
        if value not in known
    ]
    problems += [
        Problem(shown_number(value), where=name, expected=wanted.expected(value))
        for name, value, lowest in (*least, ("top", top, 1))
        if value is not None and value not in (wanted := Range(lowest, MOST, whole=True))
    ]
    if problems:
        raise BenangError(*problems)


@dataclass(frozen=True, slots=True)
class Components:
    """The components of a network: `of` is the number of each item's, from 0; `sizes` counts the items of each.

    Components are numbered by falling size, of equal ones the one with the first item first: 0 is the largest.
    """

    of: NDArray[np.int64]
    sizes: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.sizes)


def components(links: CSR) -> Components:
    """Find the sets of items that are joined by links, over any number of steps.

    Examples
    --------
    >>> from scipy import sparse
    >>> parts = components(sparse.csr_array(np.array([[0.0, 0, 0], [0, 0, 2], [0, 2, 0]])))
    >>> len(parts), parts.of.tolist(), parts.sizes.tolist()
    (2, [1, 0, 0], [2, 1])
    """
    _, part = csgraph.connected_components(links, directed=False)
    _, first, sizes = np.unique(part, return_index=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order))
    return Components(number[part], sizes[order].astype(np.int64))


def largest_component(network: Network) -> Network:
    """Return the largest component alone: of several that are equally large, the one with the first item.

    Its history counts the components found and the items dropped.

    Examples
    --------
    >>> from scipy import sparse
    >>> links = sparse.csr_array(np.array([[0.0, 0, 0], [0, 0, 2], [0, 2, 0]]))
    >>> largest_component(Network(("a", "b", "c"), ("a", "b", "c"), links)).ids
    ('b', 'c')
    """
    parts = components(network.links)
    keep = np.flatnonzero(parts.of == 0)
    return with_component_step(network.subset(keep), parts, keep="largest", before=len(network))


def with_component_step(network: Network, components: Components, *, keep: str, before: int) -> Network:
    """Say which components were kept, how many there were and how many items the choice dropped."""
    counts = {
        "components": len(components),
        "largest": int(components.sizes[0]) if len(components) else 0,
        "items": before,
        "kept": len(network),
        "dropped": before - len(network),
    }
    settings = replace(
        network.settings,
        components=ComponentsKept(keep, **counts),
        thresholds=replace(network.settings.thresholds, components=keep),
    )
    return replace(network, history=(*network.history, Step("components", {"keep": keep}, counts)), settings=settings)
