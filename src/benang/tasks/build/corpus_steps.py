"""The corpus in figures as a part of the report: counted at each build, drawn only where the records have changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from benang.evidence import Evidence
from benang.figures.letters import fonts_for
from benang.files import read_text, write_text
from benang.indicators.described import Description, describe
from benang.locale import Language
from benang.records.corpus import Corpus, corpus_of
from benang.records.spelling import label_key
from benang.records.thesaurus import Thesaurus
from benang.report.content import FigureContent
from benang.report.describing import CorpusSection, corpus_section
from benang.synthesis.findings import Findings
from benang.tasks.build.cache import Cache, key_of

ROWS = 10
"""Rows of a table of authors, sources or keywords: a report shows the first ones, `benang describe` all."""
_DRAWN = ".benang/corpus-figures.json"


def described(corpus: Corpus, thesaurus: Thesaurus | None, language: Language) -> CorpusSection:
    """Describe the records of a review, without figures: for opening single numbers."""
    return corpus_section(describe(_joined(corpus, thesaurus), top=ROWS), language)


def corpus_in_figures(corpus: Corpus, thesaurus: Thesaurus | None, language: Language, cache: Cache) -> CorpusSection:
    """Describe the records of a review, with the figures that stand for it.

    Variants of keywords are joined by the thesaurus, as on its maps; what it drops there is counted here.
    """
    description = describe(_joined(corpus, thesaurus), top=ROWS)
    return corpus_section(description, language, figures=_figures(description, language, cache))


def with_corpus(findings: Findings, section: CorpusSection | None) -> Findings:
    """Add the numbers of the corpus to those of the review, with what each is of."""
    if section is None:
        return findings
    held = {**findings.evidence.numbers, **section.numbers}
    evidence = Evidence(dict(sorted(held.items())), findings.evidence.passages)
    return replace(findings, evidence=evidence, titles={**findings.titles, **section.titles})


def _joined(corpus: Corpus, thesaurus: Thesaurus | None) -> Corpus:
    if thesaurus is None:
        return corpus
    preferred = {key: label for key, label in thesaurus.by_key(label_key).items() if label}

    def joined(keywords: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(preferred.get(label_key(one), one) for one in keywords))

    records = (
        replace(one, author_keywords=joined(one.author_keywords), index_keywords=joined(one.index_keywords))
        for one in corpus.records
    )
    return corpus_of(records, ledger=corpus.ledger, history=corpus.history)


def _figures(description: Description, language: Language, cache: Cache) -> tuple[FigureContent, ...]:
    records = [repr(replace(record, file="")) for record in description.corpus.records]

    def write(places: Mapping[str, Path]) -> None:
        from benang.report.describing_figures import corpus_figures

        write_text(places[_DRAWN], _as_text(corpus_figures(description, language)))

    cache.make("figures of the corpus", key_of(language, records, fonts_for(records)), [_DRAWN], write)
    return tuple(
        FigureContent(**{**one, "png": None, "notes": ()}) for one in json.loads(read_text(cache.out / _DRAWN))
    )


def _as_text(figures: Sequence[FigureContent]) -> str:
    kept = ("name", "svg", "caption", "alt")
    told = [{key: value for key, value in asdict(one).items() if key in kept} for one in figures]
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
