"""Codes on maps: codes that occur together in a case as a network, and a code as the colour of any map."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.coding.coded import Coded, are_told_as_group
from benang.coding.placed import present_code
from benang.errors import BenangError, Problem, unknown
from benang.evidence import Number, Passage, Step, count
from benang.kinds import ComponentChoice
from benang.locale import Language
from benang.locale.writing import worded
from benang.network import NetworkSettings
from benang.network.cooccurrence import incidence_network
from benang.network.incidence import Incidence
from benang.network.network import CSR, Floats, Network
from benang.network.recounted import known_incidence, strengths_at
from benang.synthesis.number_ids import on_map


def code_network(
    coded: Coded,
    *,
    group: str,
    years: Mapping[str, int | None] | None = None,
    min_occurrences: int = 1,
    top: int | None = None,
    components: ComponentChoice = "all",
    language: Language = "en",
) -> Network:
    """Make the network of the codes of a group that are reported of the same cases.

    Parameters
    ----------
    coded
        The coded material of a review.
    group
        Whose codes: `factors`, say.
    years
        Years of publication by the key of a record, for the score `Avg. pub. year`.
    min_occurrences, top, components
        As in `cooccurrence_network`; occurrences are cases.
    language
        Of the labels.

    Returns
    -------
    Network
        Items are codes; `records` are ids of cases. Weights: `Cases`, and `Studies`, the number of studies whose own
        documents report the code. The strength of a link is the number of cases with both codes. If a source reports
        several cases together, each of them counts; the attribute `reported as group` gives the number of such cases
        of a code. The score `Avg. pub. year` is the mean year of these studies, NaN if none of them has one.

    Raises
    ------
    BenangError
        Where no code of the group is used, or none in enough cases.
    """
    network = incidence_network(
        _incidence(coded, group, language),
        min_occurrences=min_occurrences,
        top=top,
        components=components,
        scores=False,
    )
    telling = [{coded.study(passage) for passage in coded.carrying(code)} for code in network.ids]
    grouped = [sum(are_told_as_group(coded.of_case(case, code)) for case in network.records) for code in network.ids]
    return replace(
        network,
        weights={**network.weights, "Studies": np.array([len(studies) for studies in telling], dtype=np.float64)},
        scores={} if years is None else {"Avg. pub. year": np.array([_mean_year(one, years) for one in telling])},
        attributes={**network.attributes, "reported as group": tuple(map(str, grouped))},
    )


def _mean_year(studies: Iterable[str], years: Mapping[str, int | None]) -> float:
    known = [year for study in studies if (year := years.get(study)) is not None]
    return fmean(known) if known else math.nan


def _incidence(coded: Coded, group: str, language: Language) -> Incidence:
    """Return which codes of a group are reported for which cases; unused codes are left out."""
    codes = [code for code in coded.codebook.codable(group) if coded.carrying(code.id)]
    if not codes:
        raise BenangError(
            Problem(
                worded("no passage has a code of the group '{group}' yet, so its map would be empty", group=group),
                where="judgements/",
                way_on=worded("Add codings, or remove the map of these codes and its figures from review.toml."),
            )
        )
    cases = tuple(case.id for case in coded.cases.cases)
    cells = [[coded.of_case(case, code.id) for code in codes] for case in cases]
    matrix = np.array([[float(bool(passages)) for passages in row] for row in cells]).reshape(len(cases), len(codes))
    grouped = sum(any(map(are_told_as_group, row)) for row in cells)
    counts = {"cases": len(cases), "codes": len(codes), "cases_reported_as_group": grouped}
    return Incidence(
        ids=tuple(code.id for code in codes),
        labels=tuple(code.label.text(language) for code in codes),
        matrix=sparse.csr_array(matrix),
        units=cases,
        unit="cases",
        item_kind="codes",
        weight="Cases",
        history=(Step("code", {"group": group}, counts),),
        settings=NetworkSettings(cases_reported_as_group=grouped),
    )


@dataclass(frozen=True)
class CodeScores:
    """The share of studies with a code, for each item and each link of a map.

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
    """The passages with the code, by their study (or case)."""
    coded: frozenset[str]
    """The studies (or cases) that were read."""

    def links(self, source: NDArray[np.intp], target: NDArray[np.intp]) -> Floats:
        """Return the shares for links, of the studies with both ends; NaN if none of these is coded."""
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
        """Return the numbers of all items that occur in a coded study; `number` gives those of links."""
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
    part = _part(incidence, network.records, read)
    carried = _part(incidence, network.records, read & set(passages))
    together, carrying = (sparse.csr_array(one.T @ one) for one in (part, carried))
    return CodeScores(
        code,
        map_name,
        network,
        "cases" if by_case else "studies",
        _shares(np.asarray(carrying.diagonal(), np.float64), np.asarray(together.diagonal(), np.float64)),
        carrying,
        together,
        {key: tuple(part) for key, part in passages.items()},
        read,
    )


def _part(incidence: CSR, records: Sequence[str], keep: frozenset[str]) -> CSR:
    return sparse.csr_array(incidence[[row for row, key in enumerate(records) if key in keep]])


def _shares(part: Floats, whole: Floats) -> Floats:
    share = np.full(len(whole), np.nan)
    np.divide(part, whole, out=share, where=whole > 0)
    return share
