"""Codes that occur together in a case: a network that no bibliometric tool draws, since none knows passages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from benang.coding.coded import Coded, are_told_as_group
from benang.locale import Language
from benang.network.cooccurrence import incidence_network
from benang.network.incidence import Incidence
from benang.network.network import Network
from benang.network.selection import ComponentChoice
from benang.provenance import Step


def code_network(
    coded: Coded,
    *,
    group: str,
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
        attribute `told as group` says of how many cases of a code that is so.

    Raises
    ------
    BenangError
        Where no code of the group is used, or none in enough cases.
    """
    codes = [code for code in coded.codebook.codable(group) if coded.carrying(code.id)]
    cases = [case.id for case in coded.cases.cases]
    found = [[coded.of_case(case, code.id) for code in codes] for case in cases]
    matrix = np.array([[float(bool(passages)) for passages in row] for row in found]).reshape(len(cases), len(codes))
    told = [[are_told_as_group(passages) for passages in row] for row in found]
    in_groups = np.array(told, dtype=bool).reshape(matrix.shape)
    labels = {code.id: code.label.text(language) for code in codes}
    network = incidence_network(
        Incidence(
            ids=tuple(labels),
            labels=tuple(labels.values()),
            matrix=sparse.csr_array(matrix),
            units=tuple(cases),
            unit="cases",
            item_kind="codes",
            weight="Cases",
            history=(
                Step(
                    "code",
                    {"group": group},
                    {
                        "cases": len(cases),
                        "codes": len(codes),
                        "cases_told_as_group": int(in_groups.any(axis=1).sum()),
                    },
                ),
            ),
        ),
        min_occurrences=min_occurrences,
        top=top,
        components=components,
        scores=False,
    )
    studies = {code.id: len({coded.study(passage) for passage in coded.carrying(code.id)}) for code in codes}
    as_group = dict(zip(labels, in_groups.sum(axis=0).tolist(), strict=True))
    return replace(
        network,
        weights={**network.weights, "Studies": np.array([float(studies[code]) for code in network.ids])},
        attributes={**network.attributes, "told as group": tuple(str(as_group[code]) for code in network.ids)},
    )
