"""The links of a network counted again from some of its records: those of a period, say, or of one group."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.errors import BenangError, Problem, argument, nearest
from benang.evidence import Step
from benang.kinds import Counting
from benang.locale.writing import worded
from benang.network.network import CSR, Cited, Floats, Network, with_link_weights

Rows = NDArray[np.intp]
"""Places of records in `network.records`."""

_COUNTED = ("Occurrences", "Documents", "Cases")
_NOTHING = 1e-9  # what is left of a share after subtracting it, by rounding


def recounted(network: Network, rows: Rows) -> Network:
    """Count the occurrences and the links of a network again, from some of its records only.

    Parameters
    ----------
    network
        A network that knows its records (`incidence`); of links that rest on citations also what these cite (`cited`).
    rows
        The places of the records to count, in `network.records` (`record_rows` finds them).

    Returns
    -------
    Network
        The same items in the same order, also those that none of the records holds. Weights: the number of these
        records that hold an item, under the name that the network has for it (`Occurrences`, `Documents`, `Cases`,
        `Citations` of cited works), `Links` and `Total link strength`. Scores are left out: they are means over all
        records. `records`, `record_labels` and `incidence` are those of the rows.

    Raises
    ------
    BenangError
        For a network that doesn't know its records.

    Notes
    -----
    `links_from_records`, with each of the rows counting once. A citation belongs to the record that cites: it counts
    where this is among the rows, whatever it cites. So the networks of parts of the records add up to the whole, except
    for coupling, whose pairs may be in two parts; and where items were counted by shares or more than once a record,
    if a record had more items than those of the network, since these are not known any more.

    Examples
    --------
    >>> incidence = sparse.csr_array(np.array([[1.0, 1, 0], [1, 1, 1]]))
    >>> links = sparse.csr_array(np.array([[0.0, 2, 1], [2, 0, 1], [1, 1, 0]]))
    >>> network = Network(("a", "b", "c"), ("a", "b", "c"), links, {"Occurrences": np.array([2.0, 2.0, 1.0])},
    ...                   records=("r1", "r2"), incidence=incidence)
    >>> first = recounted(network, record_rows(network, ["r1"]))
    >>> first.weights["Occurrences"].tolist(), first.strength("a", "b"), first.strength("a", "c")
    ([1.0, 1.0, 0.0], 1.0, 0.0)
    """
    incidence = known_incidence(network)
    part = sparse.csr_array(incidence[rows])
    chosen, all_of_them = np.zeros(incidence.shape[0]), np.ones(incidence.shape[0])
    chosen[rows] = 1.0
    links = links_from_records(network, incidence, counting_of(network))(chosen, all_of_them)
    counted = replace(
        network,
        links=links,
        weights={weight_name(network): np.asarray(part.sum(axis=0), np.float64).ravel()},
        scores={},
        records=tuple(network.records[row] for row in rows),
        record_labels=tuple(network.record_labels[row] for row in rows) if network.record_labels else (),
        incidence=part,
        cited=_cited_by(network, rows),
        history=(*network.history, Step("records chosen", {}, {"records": len(network.records), "kept": len(rows)})),
    )
    return with_link_weights(counted)


def known_incidence(network: Network) -> CSR:
    """Return which records hold which items.

    Raises
    ------
    BenangError
        Where the network doesn't say, or what it names are no records or cases.
    """
    if network.incidence is None or network.unit not in {"records", "cases"}:
        raise BenangError(
            Problem(
                "this map doesn't say which records its items occur in",
                where="records",
                expected="a map that includes its records",
                way_on=worded(
                    "Make it with `benang map … -o map.json`, without {option}; VOSviewer's own maps have none.",
                    option=argument("without_records", "records=False"),
                ),
            )
        )
    return network.incidence


def record_rows(network: Network, records: Iterable[str]) -> Rows:
    """Return the places of records by their ids, in the order of the network; short citations are known too.

    Raises
    ------
    BenangError
        For records that the network lacks, and for a short citation that several records have; all together.
    """
    place = {name: row for row, name in enumerate(network.records)}
    cited: dict[str, list[int]] = {}
    for row, label in enumerate(network.record_labels):
        cited.setdefault(label, []).append(row)
    rows, problems = set[int](), []
    for name in records:
        matches = [place[name]] if name in place else cited.get(name, [])
        if len(matches) == 1:
            rows.add(matches[0])
        elif matches:
            problems.append(
                _problem(worded("'{name}' names {n} records", name=name, n=len(matches)), "Give their ids.")
            )
        else:
            problems.append(
                _problem(worded("'{name}' is not a record of the map", name=name), nearest(name, [*place, *cited]))
            )
    if problems:
        raise BenangError(*problems)
    return np.array(sorted(rows), np.intp)


def told_rows(network: Network) -> Rows:
    """Return the places of the records that hold at least one item of the network: the others tell nothing of it."""
    return np.flatnonzero(np.diff(known_incidence(network).indptr) > 0)


def counting_of(network: Network) -> Counting:
    """Return how the links were counted; `full` where nobody said."""
    return network.settings.counting or "full"


def weight_name(network: Network) -> str:
    """Return what the network calls the number of records that hold an item."""
    if network.link_kind == "co-citation":
        return "Citations"
    usual = "Cases" if network.unit == "cases" else "Documents"
    return next((name for name in _COUNTED if name in network.weights), usual)


def _problem(message: str, way_on: str) -> Problem:
    return Problem(message, where="records", way_on=way_on)


def _cited_by(network: Network, rows: Rows) -> Cited | None:
    """Keep what the rows cite; of direct citation nothing, whose rows are records that may not be among them."""
    if network.cited is None or network.link_kind == "citation":
        return None
    return replace(network.cited, matrix=sparse.csr_array(network.cited.matrix[:, rows]))


def joint_records(network: Network, source: NDArray[np.intp], target: NDArray[np.intp]) -> Floats:
    """Return the number of records that hold both items of each link.

    Examples
    --------
    >>> incidence = sparse.csr_array(np.array([[1.0, 1, 0], [1, 1, 1]]))
    >>> network = Network(("a", "b", "c"), ("a", "b", "c"), sparse.csr_array((3, 3)), incidence=incidence)
    >>> joint_records(network, np.array([0, 0]), np.array([1, 2])).tolist()
    [2.0, 1.0]
    """
    incidence = known_incidence(network)
    return strengths_at(sparse.csr_array(incidence.T @ incidence), source, target)


def strengths_at(links: CSR, source: NDArray[np.intp], target: NDArray[np.intp]) -> Floats:
    """Return the strengths between pairs of items; 0 where there is no link.

    Examples
    --------
    >>> strengths_at(sparse.csr_array(np.array([[0.0, 2], [2, 0]])), np.array([0, 1]), np.array([1, 1])).tolist()
    [2.0, 0.0]
    """
    if not len(source):  # scipy gives a matrix for no places, numbers for some
        return np.zeros(0)
    return np.asarray(links[source, target], np.float64).ravel()


CountLinks = Callable[[Floats, Floats], CSR]
"""Counts links from how often each record counts as one that holds and cites, and as one that is cited."""


def links_from_records(network: Network, incidence: CSR, counting: Counting) -> CountLinks:
    """Return what counts the links of a network from its records, each as often as asked.

    Parameters
    ----------
    network
        One of items that occur together; or one of coupling or citation that says what its records cite (`cited`).
    incidence
        Its records × items.
    counting
        How its links were counted.

    Notes
    -----
    With w the times that each record counts, M the records × items incidence and C the cited works × records: links
    are Mᵀ diag(w) M where items occur together; Mᵀ diag(w) CᵀC diag(w) M, without pairs of a record with itself, under
    bibliographic coupling; Mᵀ diag(w) (C + Cᵀ) diag(u) M under direct citation, with u the times that each record
    counts as cited. Under fractional counting a record counts 1/(n − 1) for its n items on the map, a cited work
    1/(N − 1) for the N records that cite it. Under binary counting items occur once in a record, and cite a work once,
    by however many records: then there are no pairs of records.

    Examples
    --------
    >>> incidence = sparse.csr_array(np.array([[1.0, 1], [1, 1], [1, 0]]))
    >>> count = links_from_records(Network(("a", "b"), ("a", "b"), sparse.csr_array((2, 2))), incidence, "full")
    >>> count(np.array([2.0, 0, 1]), np.ones(3)).toarray().tolist()
    [[0.0, 2.0], [2.0, 0.0]]
    """
    if network.cited is not None and network.link_kind == "citation":
        return _citing(incidence, network.cited.matrix)
    if network.cited is None or network.link_kind != "coupling":
        return _together(incidence, is_fractional=counting == "fractional")
    if counting == "binary":
        return _coupled_once(incidence, network.cited.matrix)
    return _coupled(incidence, network.cited.matrix, is_fractional=counting == "fractional")


def _together(incidence: CSR, *, is_fractional: bool) -> CountLinks:
    share = _shares(np.diff(incidence.indptr)) if is_fractional else np.ones(incidence.shape[0])
    items = sparse.csr_array(incidence.T)

    def count(times: Floats, _cited: Floats) -> CSR:
        return _mirrored(items @ _times(times * share, incidence))

    return count


def _coupled(incidence: CSR, cited: CSR, *, is_fractional: bool) -> CountLinks:
    worth = _shares(np.diff(cited.indptr)) if is_fractional else np.ones(cited.shape[0])
    alone = np.asarray(cited.power(2).T @ worth).ravel()  # what a record shares with itself
    items = sparse.csr_array(incidence.T)

    def count(times: Floats, _cited: Floats) -> CSR:
        by_item = sparse.csr_array(cited @ _times(times, incidence))
        pairs = by_item.T @ _times(worth, by_item)
        return _mirrored(sparse.csr_array(pairs - items @ _times(times * times * alone, incidence)))

    return count


def _coupled_once(incidence: CSR, cited: CSR) -> CountLinks:
    def count(times: Floats, _cited: Floats) -> CSR:
        by_item = sparse.csr_array(cited @ _times(times, incidence))
        by_item.data = np.minimum(by_item.data, 1.0)
        return _mirrored(sparse.csr_array(by_item.T @ by_item))

    return count


def _citing(incidence: CSR, cited: CSR) -> CountLinks:
    def count(times: Floats, as_cited: Floats) -> CSR:
        one_way = sparse.csr_array(_times(as_cited, incidence).T @ (cited @ _times(times, incidence)))
        return _mirrored(sparse.csr_array(one_way + one_way.T))

    return count


def _shares(sizes: Floats) -> Floats:
    return np.where(sizes > 1, 1 / np.maximum(sizes - 1, 1), 0.0)


def _times(factor: Floats, matrix: CSR) -> CSR:
    """Multiply each row by a factor; rows of 0 are empty then."""
    data = matrix.data * np.repeat(factor, np.diff(matrix.indptr))
    times = sparse.csr_array((data, matrix.indices.copy(), matrix.indptr.copy()), shape=matrix.shape)
    times.eliminate_zeros()
    return times


def _mirrored(counted: CSR) -> CSR:
    """Take the upper half without the diagonal and mirror it, so that both halves agree to the last digit."""
    upper = sparse.csr_array(sparse.triu(counted, 1))
    upper.data[np.abs(upper.data) < _NOTHING] = 0.0
    upper.eliminate_zeros()
    links = sparse.csr_array(upper + upper.T)
    links.sort_indices()
    return links
