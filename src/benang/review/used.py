"""Which works of a review count, by its screening, and with them which cases, documents and codings."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from benang.coding.cases import Cases
from benang.evidence import Step
from benang.judgements.events import Coding, Event, Task, Value
from benang.judgements.log import Judgements
from benang.project.documents import Document
from benang.records.corpus import Corpus, part_of_corpus
from benang.review.plan import Use
from benang.screening.outcomes import Screening


@dataclass(frozen=True)
class Facts:
    """What maps, tables and figures are made of."""

    corpus: Corpus
    documents: Mapping[str, Document]
    cases: Cases
    judgements: Judgements


def used_facts(facts: Facts, screening: Screening, use: Use) -> Facts:
    """Leave out the works that the screening excluded (`not-excluded`) or did not, or not yet, include (`included`).

    With them go their documents, the cases whose studies are all left out, and what was coded there.
    """
    out = screening.out if use == "not-excluded" else frozenset(facts.corpus.keys).difference(screening.included)
    if use == "all" or not out:
        return facts
    keep = {key for key in facts.corpus.keys if key not in out}
    step = Step("screening", {"use": use}, {"works": len(facts.corpus), "used": len(keep)})
    documents = {path: one for path, one in facts.documents.items() if one.record not in out}
    dropped = {case.id for case in facts.cases.cases if case.studies and out.issuperset(case.studies)}
    cases = tuple(
        case.model_copy(update={"studies": tuple(one for one in case.studies if one not in out)})
        for case in facts.cases.cases
        if case.id not in dropped
    )
    return Facts(
        corpus=part_of_corpus(facts.corpus, keep, step),
        documents=documents,
        cases=facts.cases.model_copy(update={"cases": cases}),
        judgements=_on_used(facts.judgements, dropped | out, {*facts.documents} - {*documents}),
    )


def _on_used(judgements: Judgements, subjects: Set[str], documents: Set[str]) -> Judgements:
    """Leave out what was coded in documents, and said of cases or studies, that do not count."""

    def counts(event: Event) -> bool:
        if isinstance(event, Coding):
            return event.case not in subjects and event.document not in documents
        if isinstance(event, Value):
            return event.case not in subjects and not any(one.document in documents for one in event.passages)
        return not (isinstance(event, Task) and event.case in subjects)

    return replace(judgements, current=tuple(filter(counts, judgements.current)))
