"""Codes that occur together in a case: a network that no bibliometric tool draws, since none knows passages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from statistics import fmean

import numpy as np
from scipy import sparse

from benang.coding.coded import Coded, are_told_as_group
from benang.errors import BenangError, Problem
from benang.kinds import ComponentChoice
from benang.locale import Language
from benang.network.cooccurrence import incidence_network
from benang.network.incidence import Incidence
from benang.network.network import Network
from benang.network.settings import NetworkSettings
from benang.provenance import Step


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
        Items are codes; `records` are ids of cases. Weights: `Cases`, and `Studies`, the
        number of studies whose own documents tell of the code. A link's strength is the number of cases that carry
        both codes. Where a source tells its reasons once for several cases, each of these cases counts; the
        attribute `told as group` says of how many cases of a code that is so. The score `Avg. pub. year` is the mean
        year of these studies, NaN where none of them has one.

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
        attributes={**network.attributes, "told as group": tuple(map(str, grouped))},
    )


def _mean_year(studies: Iterable[str], years: Mapping[str, int | None]) -> float:
    known = [year for study in studies if (year := years.get(study)) is not None]
    return fmean(known) if known else math.nan


def _incidence(coded: Coded, group: str, language: Language) -> Incidence:
    """Say which codes of a group are reported of which cases; codes that nobody used are left out."""
    codes = [code for code in coded.codebook.codable(group) if coded.carrying(code.id)]
    if not codes:
        raise BenangError(
            Problem(
                f"no passage carries a code of the group '{group}' yet, so there is no map to draw of it",
                where="judgements/",
                way_on="Add codings there, or take the map of these codes and its figures out of review.toml.",
            )
        )
    cases = tuple(case.id for case in coded.cases.cases)
    found = [[coded.of_case(case, code.id) for code in codes] for case in cases]
    matrix = np.array([[float(bool(passages)) for passages in row] for row in found]).reshape(len(cases), len(codes))
    grouped = sum(any(map(are_told_as_group, row)) for row in found)
    counts = {"cases": len(cases), "codes": len(codes), "cases_told_as_group": grouped}
    return Incidence(
        ids=tuple(code.id for code in codes),
        labels=tuple(code.label.text(language) for code in codes),
        matrix=sparse.csr_array(matrix),
        units=cases,
        unit="cases",
        item_kind="codes",
        weight="Cases",
        history=(Step("code", {"group": group}, counts),),
        settings=NetworkSettings(cases_told_as_group=grouped),
    )
