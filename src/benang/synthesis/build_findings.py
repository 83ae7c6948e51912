"""Everything that a review found, counted from its coded passages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from benang.coding.cases import Cases
from benang.coding.codebook import Codebook
from benang.coding.coded import Coded, check_studies
from benang.coding.placed import Placed
from benang.evidence import Evidence, Number
from benang.indicators.years import yearly_output
from benang.locale import Language
from benang.project.documents import Document
from benang.records.corpus import Corpus
from benang.synthesis.checks import check_all
from benang.synthesis.claims import Claims
from benang.synthesis.facts import MapFacts
from benang.synthesis.findings import Findings
from benang.synthesis.frameworks import framework_matrix, framework_numbers, framework_table
from benang.synthesis.matrix import code_matrix
from benang.synthesis.number_ids import of_year
from benang.synthesis.numbers import case_numbers, codebook_numbers, record_numbers, variable_numbers
from benang.synthesis.tables import case_row, code_table, printed_tables


def findings_of(
    *,
    corpus: Corpus,
    codebook: Codebook,
    cases: Cases,
    documents: Mapping[str, Document],
    placed: Placed,
    claims: Claims | None = None,
    maps: Mapping[str, MapFacts] | None = None,
    language: Language = "en",
) -> Findings:
    """Count what a review found, and hold its claims against it.

    Parameters
    ----------
    corpus, codebook, cases, documents
        The review, each checked (`read_codebook`, `check_cases`).
    placed
        The judgements with their quotations at their places (`place`).
    claims
        What is held against the data; none where left out.
    maps
        The maps that claims speak of, by name. None where no maps were made: such claims then say so.
    language
        Of what the checks say.

    Returns
    -------
    Findings
        Tables, matrices and checks; every number in them is in `evidence` under its id (`synthesis.numbers`).

    Raises
    ------
    BenangError
        Where a passage stands in a document that belongs to no record, or a claim speaks of a number, case, record
        or map that there is not.
    """
    coded = Coded(codebook, cases, documents, placed)
    check_studies(coded, corpus.keys)
    years = yearly_output(corpus)
    matrices = {group.id: code_matrix(coded, group.id) for group in codebook.groups}
    matrices["frameworks"] = framework_matrix(coded)
    numbers = _by_id(
        [
            *years.values(),
            *record_numbers(corpus, coded),
            *case_numbers(coded),
            *variable_numbers(coded),
            *codebook_numbers(coded),
            *framework_numbers(coded, matrices["frameworks"]),
        ]
    )
    found = Findings(
        corpus=corpus,
        codebook=codebook,
        cases=cases,
        documents=documents,
        evidence=Evidence(numbers, placed.passages),
        code_tables={group.id: code_table(coded, group.id, numbers) for group in codebook.groups},
        printed_tables=printed_tables(coded, numbers),
        case_rows=tuple(case_row(coded, case, numbers) for case in cases.cases),
        matrices=matrices,
        framework_tables=tuple(framework_table(framework, numbers) for framework in codebook.frameworks),
        years=years,
        study_years={year: numbers[name] for year in years if (name := of_year(year)) in numbers},
        unplaced=placed.unplaced,
        moved=placed.moved,
    )
    return replace(found, checks=check_all(found, claims or Claims(), maps=maps, language=language))


def _by_id(numbers: Iterable[Number]) -> dict[str, Number]:
    held: dict[str, Number] = {}
    for number in numbers:
        if held.setdefault(number.id, number) != number:
            raise AssertionError(f"two numbers are called {number.id}")
    return dict(sorted(held.items()))
