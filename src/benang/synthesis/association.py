"""Which codes occur in the studies of a keyword more often than chance would have it, also in a whole review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

import numpy as np

from benang.coding.codebook import Code
from benang.coding.coded import Coded
from benang.errors import BenangError, Problem
from benang.evidence import Number, Passage, count
from benang.kinds import AssociatedItems, RecordItems
from benang.locale.writing import worded
from benang.network.cooccurrence import any_so_small, at_least, expected_together, false_discovery, least_by_chance
from benang.network.incidence import Incidence, item_incidence
from benang.network.network import CSR, Floats
from benang.ranges import LEAST_STUDIES
from benang.records.corpus import Corpus
from benang.records.thesaurus import Thesaurus
from benang.synthesis.findings import Findings
from benang.synthesis.number_ids import of_association


@dataclass(frozen=True, slots=True)
class Pair:
    """An item (a keyword or a term) and a code that some study has both of.

    `together` counts these studies, `of_item` and `of_code` those that have the one, and the other, all among the
    studies compared. `expected` is how many would have both by chance, `ratio` how many times as many do. `p` is the
    probability that chance brings as many together, `q` the same corrected for all tests (`false_discovery`), `p_any`
    how likely chance makes any of the tests so small (`least_by_chance`).
    """

    item: str
    label: str
    code: Code
    together: Number
    of_item: Number
    of_code: Number
    expected: float
    ratio: float
    p: float
    q: float
    p_any: float


@dataclass(frozen=True)
class Association:
    """All pairs of items and codes of a group that some study has both of, the least likely by chance first.

    `studies` are those compared: coded, and with an item. `without_items` are coded studies that have none: nobody
    knows what they would be about, so they tell nothing. `n_tests` counts the pairs that were tested, also those that
    no study has both of.
    """

    group: str
    item_kind: str
    studies: Number
    without_items: Number
    pairs: tuple[Pair, ...]
    n_tests: int

    def numbers(self) -> Iterator[Number]:
        """Give every number once: of the studies, of each item and code that is in a pair, of each pair."""
        yield self.studies
        yield self.without_items
        seen: set[str] = set()
        for pair in self.pairs:
            for number in (pair.of_item, pair.of_code, pair.together):
                if number.id not in seen:
                    seen.add(number.id)
                    yield number


def association(
    coded: Coded,
    incidence: Incidence,
    *,
    group: str,
    least: int = LEAST_STUDIES,
    permutations: int = 1999,
    seed: int = 0,
) -> Association:
    """Tell which codes of a group occur in the studies of an item more often than chance.

    Parameters
    ----------
    coded
        The coded material of a review.
    incidence
        Which records have which items: `item_incidence(corpus, items="author-keywords")`, `text_terms(corpus)`.
    group
        Whose codes.
    least
        Studies that an item, and a code, must occur in: `LEAST_STUDIES`.
    permutations, seed
        Of `p_any` alone; `p` and `q` are exact and draw nothing.

    Returns
    -------
    Association
        Each count is a `Number` that opens its studies and the passages coded there.

    Raises
    ------
    BenangError
        For a group that the codebook lacks, and where no study is coded and has an item as well.

    Notes
    -----
    A study has a code if a passage of its own document does. The null hypothesis reassigns the studies' sets of items
    at random to their sets of codes: keywords that occur together stay together, as do codes, and only their pairing is
    random. A single item's studies are then any of the n as likely as any others, so that the number together is
    hypergeometric, and the permutation test of a pair needs no permutations: `p` is its exact upper tail. The tests of
    a table depend on each other, which `p_any` takes into account.
    """
    _check(coded, group)
    studies, without, matrix = _compared(coded, incidence)
    place = {name: row for row, name in enumerate(studies)}
    codes, of_code = _carried(coded, group, place, least)
    items = np.flatnonzero(np.asarray(matrix.sum(axis=0)).ravel() >= least)
    kind = incidence.item_kind
    occurrences = matrix[:, items].toarray()
    counter = _Counter(kind, studies, coded, incidence, occurrences, items.tolist())
    result = Association(
        group,
        kind,
        count(of_association(kind, "all"), studies, unit="studies"),
        count(of_association(kind, "none"), without, unit="studies"),
        (),
        len(items) * len(codes),
    )
    if not result.n_tests:
        return result
    together = occurrences.T @ of_code
    sizes = (occurrences.sum(axis=0), of_code.sum(axis=0))
    ones, others = np.broadcast_arrays(sizes[0][:, None], sizes[1][None, :])
    p = at_least(together.ravel(), len(studies), ones.ravel(), others.ravel())
    q = false_discovery(p)
    p_any = any_so_small(p, least_by_chance(occurrences, of_code, permutations=permutations, seed=seed))
    expected = expected_together(len(studies), ones.ravel(), others.ravel())
    pairs = []
    for at in np.lexsort((np.arange(len(p)), -together.ravel() / expected, p)).tolist():
        item, code = divmod(at, len(codes))
        if together[item, code]:
            measures = (float(values[at]) for values in (expected, together.ravel() / expected, p, q, p_any))
            pairs.append(counter.pair(item, codes[code], *measures))
    return replace(result, pairs=tuple(pairs))


def review_association(
    findings: Findings,
    *,
    group: str,
    items: AssociatedItems = "author-keywords",
    least: int = LEAST_STUDIES,
    thesaurus: Thesaurus | None = None,
    seed: int = 0,
) -> Association:
    """Tell which codes of a group go with which keywords of a review (see `association`)."""
    incidence = incidence_of(findings.corpus, items, least=least, thesaurus=thesaurus)
    return association(findings.coded, incidence, group=group, least=least, seed=seed)


def incidence_of(
    corpus: Corpus, items: AssociatedItems, *, least: int = LEAST_STUDIES, thesaurus: Thesaurus | None = None
) -> Incidence:
    """Say which records have which keywords, or terms.

    Raises
    ------
    BenangError
        Where no record has any.
    """
    if items == "terms":
        from benang.terms.text_terms import text_terms

        return text_terms(corpus, min_occurrences=least, thesaurus=thesaurus)
    return item_incidence(corpus, items=cast("RecordItems", items), thesaurus=thesaurus)


def with_numbers(findings: Findings, numbers: Iterator[Number]) -> Findings:
    """Add numbers to those of a review, so that `evidence.json`, the report and `benang explain` open them."""
    by_id = dict(findings.evidence.numbers) | {number.id: number for number in numbers}
    return replace(findings, evidence=replace(findings.evidence, numbers=dict(sorted(by_id.items()))))


def coded_studies(coded: Coded) -> frozenset[str]:
    """Return the studies that were read: those whose own document has a passage."""
    return frozenset(coded.study(passage) for passage in coded.passages.values())


@dataclass(frozen=True)
class _Counter:
    """Makes the numbers of pairs from what is compared."""

    kind: str
    studies: tuple[str, ...]
    coded: Coded
    incidence: Incidence
    occurrences: Floats
    items: Sequence[int]

    def pair(self, item: int, code: Code, expected: float, ratio: float, p: float, q: float, p_any: float) -> Pair:
        name = self.incidence.ids[self.items[item]]
        having = {self.studies[row] for row in np.flatnonzero(self.occurrences[:, item]).tolist()}
        by_study = self._passages(code.id)
        both = having & set(by_study)
        named = partial(of_association, self.kind)
        return Pair(
            name,
            self.incidence.labels[self.items[item]],
            code,
            count(named("pairs", code.id, name), both, unit="studies", passages=_ids(by_study, both)),
            count(named("items", name), having, unit="studies"),
            count(named("codes", code.id), by_study, unit="studies", passages=_ids(by_study, set(by_study))),
            expected,
            ratio,
            p,
            q,
            p_any,
        )  # fmt: skip

    def _passages(self, code: str) -> dict[str, list[Passage]]:
        return by_study(self.coded, code, set(self.studies))


def by_study(coded: Coded, code: str, studies: set[str]) -> dict[str, list[Passage]]:
    """Return the passages with a code, by their study, for these studies only."""
    passages_of: dict[str, list[Passage]] = {}
    for passage in coded.carrying(code):
        study = coded.study(passage)
        if study in studies:
            passages_of.setdefault(study, []).append(passage)
    return passages_of


def _ids(passages_of: Mapping[str, Sequence[Passage]], studies: set[str]) -> list[str]:
    return [passage.id for study in studies for passage in passages_of[study]]


def _check(coded: Coded, group: str) -> None:
    known = [one.id for one in coded.codebook.groups]
    if group not in known:
        names = ", ".join(known)
        way_on = worded("Its groups: {names}.", names=names) if known else worded("It has no groups of codes yet.")
        raise BenangError(Problem(worded("the codebook has no group of codes '{group}'", group=group), way_on=way_on))


def _compared(coded: Coded, incidence: Incidence) -> tuple[tuple[str, ...], tuple[str, ...], CSR]:
    """Return the studies that are coded and have an item, those that are coded and have none, and the items."""
    read = coded_studies(coded)
    rows = [row for row, key in enumerate(incidence.units) if key in read]
    part = incidence.once[rows]
    has = np.diff(part.indptr) > 0
    studies = tuple(incidence.units[row] for row, has_item in zip(rows, has.tolist(), strict=True) if has_item)
    without = tuple(sorted(read - set(studies)))
    if not studies:
        items = worded(incidence.item_kind.replace("-", " "))
        problem = worded("none of the {n} coded studies has {items}", n=len(read), items=items)
        way_on = worded("Choose other items (terms of titles and abstracts), or add keywords in keywords.csv.")
        if not read:
            problem = worded("the selected cases have no coded passages, so there are no codes to compare")
            way_on = worded("Code passages, choose other cases ('where'), or remove this from the plan.")
        raise BenangError(Problem(problem, way_on=way_on))
    return studies, without, part[np.flatnonzero(has)]


def _carried(coded: Coded, group: str, place: Mapping[str, int], least: int) -> tuple[tuple[Code, ...], Floats]:
    """Return the codes that enough studies have, and studies × codes."""
    codes, columns = [], []
    for code in coded.codebook.codable(group):
        rows = [place[study] for study in by_study(coded, code.id, set(place))]
        if len(rows) >= least:
            column = np.zeros(len(place))
            column[rows] = 1
            codes.append(code)
            columns.append(column)
    return tuple(codes), np.stack(columns, axis=1) if columns else np.zeros((len(place), 0))
