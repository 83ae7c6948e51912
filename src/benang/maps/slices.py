"""A map in slices of time, or by groups of records: the same items at the same places, counted anew in each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.maps import Map
from benang.network.network import CSR, Floats, Network
from benang.network.recounted import Rows, counting_of, links_from_records, record_rows, recounted, told_rows
from benang.ranges import check
from benang.records.corpus import Corpus

Years = Mapping[str, int | None] | Sequence[int | None] | NDArray[np.int64] | Floats
"""The year of each record: by its id, or one for each in the order of `network.records`; None or NaN for none."""

_YEAR = re.compile(r"\((\d{4})[a-z]*\)\s*$")
_NO_YEAR = -1
_ROUNDING = 1e-9  # of the strongest link: sums of shares in another order


@dataclass(frozen=True)
class Slice:
    """A part of a map's records, and the map counted from these alone.

    `name` is its heading: years, or the name of a group. `map` has the items, places and clusters of the whole
    map; its weights and links are those of the part, 0 for an item that is absent. `n_records` counts the records of
    the part that hold an item of the map. `first` and `last` are years, None for a group.
    """

    name: str
    map: Map
    n_records: int
    first: int | None = None
    last: int | None = None

    @property
    def present(self) -> NDArray[np.bool_]:
        """Which items occur in the slice."""
        incidence = self.map.network.incidence
        counted = np.zeros(len(self.map)) if incidence is None else np.asarray(incidence.sum(axis=0)).ravel()
        return counted > 0


def time_slices(
    map_: Map, years: Years | None = None, *, edges: Sequence[int] | None = None, n: int | None = None
) -> tuple[Slice, ...]:
    """Part a map by the years of its records.

    Parameters
    ----------
    map_
        A map that knows its records.
    years
        The year of each record; without it those at the end of the records' short citations, `Sari (2019)`.
    edges
        Years in which a new slice begins: `[2010, 2015]` makes three, up to 2009, 2010 to 2014, from 2015 on. Slices
        without any record are left out.
    n
        How many slices to make, of consecutive years, as nearly equal in records as whole years allow. Without
        `edges` and `n` it is 4, or the number of years where these are fewer.

    Returns
    -------
    tuple of Slice
        Earliest first. Every record with a year that holds an item of the map is in one of them; those without a
        year are in none (`without_year` counts them).

    Raises
    ------
    BenangError
        For a map that doesn't know its records, or none of whose records has a year; for more slices than years, and
        for edges that don't rise.

    Examples
    --------
    >>> from scipy import sparse
    >>> incidence = sparse.csr_array(np.array([[1.0, 1], [1, 0], [1, 1]]))
    >>> network = Network(("a", "b"), ("a", "b"), sparse.csr_array(np.array([[0.0, 2], [2, 0]])),
    ...                   records=("r1", "r2", "r3"), incidence=incidence)
    >>> toy = Map(network, np.array([[-0.5, 0.0], [0.5, 0.0]]), np.array([1, 1]))
    >>> slices = time_slices(toy, {"r1": 2001, "r2": 2004, "r3": 2019}, edges=[2010])
    >>> [(one.name, one.n_records, one.map.network.strength("a", "b")) for one in slices]
    [('2001–2009', 2, 1.0), ('2010–2019', 1, 1.0)]
    """
    check(slices=n)
    for edge in edges or ():
        check(year=edge)
    rows = told_rows(map_.network)
    of_record = record_years(map_.network, years)
    rows = rows[np.isfinite(of_record[rows])]
    if not len(rows):
        raise _no_years()
    known = of_record[rows].astype(np.int64)
    begins = _rising(edges) if edges is not None else _even_edges(known, n)
    place = np.searchsorted(np.array(begins, np.int64), known, side="right")
    firsts = [int(known.min()), *begins]
    lasts = [*(begin - 1 for begin in begins), int(known.max())]
    return tuple(_period(map_, rows[place == at], firsts[at], lasts[at]) for at in np.unique(place).tolist())


def group_slices(map_: Map, groups: Mapping[str, str]) -> tuple[Slice, ...]:
    """Part a map by groups of its records.

    Parameters
    ----------
    map_
        A map that knows its records.
    groups
        The name of the group of each record, by the record's id or short citation; records that aren't there are in
        none.

    Returns
    -------
    tuple of Slice
        In the order in which the groups are named first. A record is in one group.

    Raises
    ------
    BenangError
        For a map that doesn't know its records, and for records that it lacks.
    """
    names = list(dict.fromkeys(groups.values()))
    record_rows(map_.network, groups)  # all that are unknown in one message
    return tuple(
        part_of(map_, record_rows(map_.network, [key for key, group in groups.items() if group == name]), name)
        for name in names
    )


def part_of(map_: Map, rows: Rows, name: str) -> Slice:
    """Return the part of a map that some of its records make; those that hold no item of the map aren't counted."""
    records = np.intersect1d(rows, told_rows(map_.network))
    return Slice(name, replace(map_, network=recounted(map_.network, records)), len(records))


def record_years(network: Network, years: Years | None = None) -> Floats:
    """Return the year of each record of a network, in its order; NaN for none.

    Without `years` they are read from the end of the short citations.

    Raises
    ------
    BenangError
        Where there are neither years nor short citations with one, and for years that are not one for each record.
    """
    if years is None:
        years = years_of_labels(network)
        if not years:
            raise _no_years()
    if isinstance(years, Mapping):
        return np.array([_number(years.get(key)) for key in network.records], np.float64)
    if len(years) != len(network.records):
        message = worded("{n} years for {n2} records", n=len(years), n2=len(network.records))
        raise BenangError(Problem(message, where="years", expected="one year for each record of the map"))
    return np.array([_number(year) for year in years], np.float64)


def years_of_labels(network: Network) -> dict[str, int]:
    """Find the years of records in their short citations; records without a year are left out.

    Examples
    --------
    >>> from scipy import sparse
    >>> network = Network(("a",), ("a",), sparse.csr_array((1, 1)), records=("r1", "r2", "r3"),
    ...                   record_labels=("Sari (2019b)", "Dewi (n.d.)", "Eka and Lia (2004)"))
    >>> years_of_labels(network)
    {'r1': 2019, 'r3': 2004}
    """
    years = {
        key: match for key, label in zip(network.records, network.record_labels, strict=False)
        if (match := _YEAR.search(label))
    }  # fmt: skip
    return {key: int(match.group(1)) for key, match in years.items()}


def years_of_corpus(corpus: Corpus) -> dict[str, int | None]:
    """Return the year of each record of a corpus by its key; None where it has none."""
    return dict(zip(corpus.keys, corpus.works.column("year").to_pylist(), strict=True))


def links_by_year(network: Network, of_record: Floats) -> dict[int, CSR] | None:
    """Return the links that the records of each year make, earliest first, where all of them add up to the whole.

    None where they don't: of bibliographic coupling, whose pairs may be of two years; where a record was shared among
    more items than the network still has, or counted one of them twice; and of maps made elsewhere.

    Parameters
    ----------
    network
        A network, which may know its records.
    of_record
        The year of each of its records, NaN for none (`record_years`).

    Examples
    --------
    >>> from scipy import sparse
    >>> incidence = sparse.csr_array(np.array([[1.0, 1], [1, 0], [1, 1]]))
    >>> network = Network(("a", "b"), ("a", "b"), sparse.csr_array(np.array([[0.0, 2], [2, 0]])),
    ...                   records=("r1", "r2", "r3"), incidence=incidence)
    >>> {year: links.sum() / 2 for year, links in links_by_year(network, np.array([2001, 2004, np.nan])).items()}
    {2001: np.float64(1.0), 2004: np.float64(0.0)}
    """
    if network.incidence is None or network.unit not in {"records", "cases"}:
        return None
    count, everyone = links_from_records(network, network.incidence, counting_of(network)), np.ones(len(of_record))
    years = np.where(np.isfinite(of_record), of_record, _NO_YEAR).astype(np.int64)
    parts = {year: count((years == year).astype(np.float64), everyone) for year in np.unique(years).tolist()}
    if not _are_links_of(network, sum(parts.values(), start=sparse.csr_array(network.links.shape))):
        return None
    return {year: links for year, links in parts.items() if year != _NO_YEAR}


def is_counted_alike(map_: Map) -> bool:
    """Tell whether all records of a map, counted again as in a slice, give its links.

    They don't where a record was shared among more items than the map still has, or counted one of them twice.
    """
    return _are_links_of(map_.network, recounted(map_.network, told_rows(map_.network)).links)


def _are_links_of(network: Network, counted: CSR) -> bool:
    gap = abs(counted - network.links)
    return not gap.nnz or bool(gap.max() <= _ROUNDING * network.links.max())


def one_slice(only: Slice, where: str) -> BenangError:
    """Refuse a year that leaves all records on one side."""
    message = worded("only records from {name}", name=only.name)
    return BenangError(Problem(message, where=where, expected="a year between the first and the last"))


def without_year(map_: Map, slices: Sequence[Slice]) -> int:
    """Count the records that hold an item of the map and are in none of the slices."""
    return len(told_rows(map_.network)) - sum(one.n_records for one in slices)


def span(first: int, last: int) -> str:
    """Write a period.

    Examples
    --------
    >>> span(2001, 2004), span(2019, 2019)
    ('2001–2004', '2019')
    """
    return str(first) if first == last else f"{first}–{last}"


def _period(map_: Map, rows: Rows, first: int, last: int) -> Slice:
    return replace(part_of(map_, rows, span(first, last)), first=first, last=last)


def _number(year: object) -> float:
    return float(year) if isinstance(year, int | float | np.integer | np.floating) else float("nan")


def _rising(edges: Sequence[int]) -> list[int]:
    if not edges or any(later <= earlier for earlier, later in pairwise(edges)):
        message = ", ".join(map(str, edges)) or "no year"
        raise BenangError(Problem(message, where="edges", expected="the first years of slices, in rising order"))
    return list(edges)


def _even_edges(known: NDArray[np.int64], n: int | None) -> list[int]:
    """Choose where slices begin, so that the squares of their sizes add up to as little as they can."""
    distinct, counts = np.unique(known, return_counts=True)
    wanted = min(4, len(distinct)) if n is None else n
    if not 1 <= wanted <= len(distinct):
        raise BenangError(
            Problem(
                worded("{wanted} slices for {n} year", "{wanted} slices for {n} years", wanted=wanted, n=len(distinct)),
                where="slices",
                expected=worded("1 to {n}, since a slice covers at least one year", n=len(distinct)),
            )
        )
    total = np.concatenate([[0], np.cumsum(counts)]).astype(np.float64)
    size = (total[None, :] - total[:, None]) ** 2  # of the slice from one year up to before another
    best = size[0].copy()
    best[0] = np.inf  # no slice is empty
    back: list[NDArray[np.intp]] = []
    for _ in range(1, wanted):
        tried = np.where(np.tri(len(total), dtype=bool).T, best[:, None] + size, np.inf)
        np.fill_diagonal(tried, np.inf)
        back.append(tried.argmin(axis=0))
        best = tried.min(axis=0)
    at, begins = len(distinct), []
    for step in reversed(back):
        at = int(step[at])
        begins.append(int(distinct[at]))
    return begins[::-1]


def _no_years() -> BenangError:
    return BenangError(
        Problem(
            "no record of the map has a known year",
            where="years",
            way_on="Give a table with the columns record and year.",
        )
    )
