"""A code of a review as the colour of a map: of the studies behind an item, how many give evidence of the code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.coding.coded import Coded
from benang.coding.placed import present_code
from benang.errors import unknown
from benang.evidence import Number, Passage, count
from benang.network.network import CSR, Floats, Network
from benang.network.recounted import known_incidence, strengths_at
from benang.synthesis.number_ids import on_map

PREFIX = "code:"
"""What the name of such a score begins with: `code:budget` in a plan."""


@dataclass(frozen=True)
class CodeScores:
    """How far each item and each link of a map stands for a code.

    `items` are shares from 0 to 1, in the order of the map: of the coded studies of an item, those with a passage that
    carries the code; NaN where none of its studies is coded, for what nobody read is not absent. On a map whose rows
    are cases (`unit` "cases") it is cases instead of studies. `carrying` and `read` are items × items: how many coded
    studies that hold both items carry the code, and how many there are; on the diagonal, those of single items.
    """

    code: str
    map_name: str
    network: Network
    unit: str
    items: Floats
    carrying: CSR
    read: CSR
    passages: Mapping[str, tuple[Passage, ...]]
    """The passages that carry the code, by the study (or case) that they stand in."""
    coded: frozenset[str]
    """The studies (or cases) that were read."""

    def links(self, source: NDArray[np.intp], target: NDArray[np.intp]) -> Floats:
        """Return the shares of links, of the studies that hold both ends; NaN where none of these is coded."""
        return _shares(strengths_at(self.carrying, source, target), strengths_at(self.read, source, target))

    def number(self, *items: str) -> tuple[Number, Number]:
        """Return what is behind the colour of an item, or of the link of two: studies with the code, and those coded.

        Both open their studies, the first the passages too.

        Raises
        ------
        KeyError
            For an item that the map lacks.
        """
        names = [self.network.ids[self.network.index(item)] for item in items]
        read = self.coded & set(self.network.records_of(*names))
        carrying = read & set(self.passages)
        behind = [passage.id for key in carrying for passage in self.passages[key]]
        return (
            count(on_map(self.map_name, self.code, names, self.unit), carrying, unit=self.unit, passages=behind),
            count(on_map(self.map_name, self.code, names, "coded"), read, unit=self.unit),
        )

    def numbers(self) -> Iterator[Number]:
        """Give the numbers of all items that some coded study holds; `number` has those of links."""
        for at in np.flatnonzero(np.isfinite(self.items)).tolist():
            yield from self.number(self.network.ids[at])


def code_scores(network: Network, coded: Coded, code: str, *, map_name: str = "map") -> CodeScores:
    """Tell of each item and link of a map how many of its studies give evidence of a code.

    Parameters
    ----------
    network
        The network of a map of records (or of cases) in the review: its records are keys of the review's records.
    coded
        The coded material.
    code
        The id of a code that passages carry, or an earlier id of it.
    map_name
        The map's name in the plan, for the ids of the numbers.

    Raises
    ------
    BenangError
        For a code that the codebook lacks, and for a map that doesn't know its records.
    """
    known = [one.id for one in coded.codebook.codes if not one.heading]
    code = present_code(code, coded.codebook)
    if code not in known:
        raise unknown(code, known, where="code", expected="a code of the codebook")
    incidence = known_incidence(network)
    by_case = network.unit == "cases"
    passages: dict[str, list[Passage]] = {}
    for passage in coded.carrying(code):
        passages.setdefault(passage.case if by_case else coded.study(passage), []).append(passage)
    read = frozenset(one.case if by_case else coded.study(one) for one in coded.passages.values())
    held = _part(incidence, network.records, read)
    carried = _part(incidence, network.records, read & set(passages))
    together, carrying = (sparse.csr_array(one.T @ one) for one in (held, carried))
    return CodeScores(
        code,
        map_name,
        network,
        "cases" if by_case else "studies",
        _shares(np.asarray(carrying.diagonal(), np.float64), np.asarray(together.diagonal(), np.float64)),
        carrying,
        together,
        {key: tuple(held) for key, held in passages.items()},
        read,
    )


def _part(incidence: CSR, records: Sequence[str], keep: frozenset[str]) -> CSR:
    return sparse.csr_array(incidence[[row for row, key in enumerate(records) if key in keep]])


def _shares(part: Floats, whole: Floats) -> Floats:
    share = np.full(len(whole), np.nan)
    np.divide(part, whole, out=share, where=whole > 0)
    return share
