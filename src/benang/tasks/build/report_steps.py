"""The report of a review, with its corpus in figures, and `provenance.json`, which says how all of it was made."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from benang.evidence import Evidence
from benang.figures.letters import fonts_for
from benang.files import read_bytes, read_text, sha256, write_text
from benang.indicators.described import Description, describe
from benang.locale import Language
from benang.maps.map import Map
from benang.provenance import Step
from benang.records.corpus import Corpus, corpus_of
from benang.records.paper import Paper
from benang.records.spelling import label_key
from benang.records.thesaurus import Thesaurus
from benang.report.blocks import Figure
from benang.report.content import CorpusSection, FigureContent, ReportContent
from benang.report.describing import corpus_section
from benang.report.html import html_page
from benang.report.sections import report_blocks
from benang.review.filing import papers_json
from benang.review.load import Loaded
from benang.synthesis.findings import Findings
from benang.tasks.build.cache import Cache, code_hash, key_of, versions
from benang.tasks.build.table_steps import write_json

ROWS = 10
"""Rows of a table of authors, sources or keywords: a report shows the first ones, `benang describe` all."""
_DRAWN = ".benang/corpus-figures.json"


REPORT = "report.html"


def report_content(
    loaded: Loaded, findings: Findings, maps: Mapping[str, Map], figures: Sequence[FigureContent], language: Language
) -> ReportContent:
    """Put together all that the report shows, in one language."""
    plan = loaded.plan
    return ReportContent(
        title=plan.title.text(language),
        question=plan.question.text(language),
        findings=findings,
        authors=plan.reviewers,
        figures=tuple(figures),
        maps=maps,
        map_titles={one.name: one.title.text(language) for one in plan.maps if one.title},
        history=(*loaded.corpus.history, _coding_step(findings)),
        versions=versions(),
        plan_hash=sha256(read_bytes(loaded.folder.plan)),
        limits=tuple(limit.text(language) for limit in plan.report.limits),
        claims=loaded.claims.claims,
        also_cited=loaded.also_cited,
        date=plan.report.date,
    )


def _coding_step(findings: Findings) -> Step:
    evidence = findings.evidence
    passages = evidence.passages.values()
    return Step(
        "code",
        {"coders": tuple(sorted({passage.coder for passage in passages}))},
        {
            "documents": len(findings.documents),
            "documents_coded": len({passage.document for passage in passages}),
            "cases": len(findings.cases.cases),
            "cases_coded": len({passage.case for passage in passages}),
            "passages": len(passages),
            "found_again": len(findings.moved),
            "left_out": len(findings.unplaced),
            "numbers": len(evidence.numbers),
        },
    )


def write_report(content: ReportContent, language: Language, cache: Cache) -> None:
    """Render the report where anything that it shows has changed."""
    figures = [(one.name, sha256(one.svg or one.png or b""), one.caption, one.alt) for one in content.figures]
    findings = content.findings
    key = key_of(
        language,
        content.title,
        content.question,
        content.authors,
        content.limits,
        content.plan_hash,
        content.date,
        figures,
        [(one.anchor, sha256(one.svg or b""), one.caption, one.alt) for one in _of_corpus(content)],
        findings.evidence.as_json(),
        sorted(findings.titles.items()),
        [repr(one) for one in content.associations],
        [check.claim + check.found + check.verdict for check in findings.checks],
        [step.as_json() for step in content.history],
        [lost.judgement for lost in findings.unplaced],
        {name: made.provenance for name, made in content.maps.items()},
        findings.codebook.model_dump(),
        findings.cases.model_dump(),
        [claim.model_dump() for claim in content.claims],
        [(document.path, document.sha256) for document in findings.documents.values()],
        [repr(replace(record, file="")) for record in (*findings.corpus.records, *content.also_cited)],
    )
    cache.make(
        REPORT,
        key,
        [REPORT],
        lambda places: write_text(places[REPORT], html_page(report_blocks(content, language))),
    )


def _of_corpus(content: ReportContent) -> Sequence[Figure]:
    blocks = [block for part in content.corpus.parts for block in part.blocks] if content.corpus else []
    return [block for block in blocks if isinstance(block, Figure)]


def write_provenance(content: ReportContent, papers: Mapping[str, Paper], language: Language, cache: Cache) -> None:
    """Write `provenance.json`: the versions, the hash of the plan, what was read, and every step that was made.

    `papers` says which paper each name of a record means, so that the next build can tell when it means another.
    """
    told = {
        "format": 1,
        "versions": dict(content.versions),
        "code": code_hash(),
        "plan": content.plan_hash,
        "language": language,
        "files": [
            {
                "path": account.path,
                "format": account.format,
                "sha256": account.sha256,
                "found": account.found,
                "read": account.read,
                "set_aside": len(account.set_aside),
            }
            for account in content.ledger.files
        ],
        "papers": papers_json(papers),
        "steps": [step.as_json() for step in content.history],
        "maps": {name: content.maps[name].provenance.get("history", []) for name in sorted(content.maps)},
    }
    write_json(cache, "provenance.json", told)


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
        from benang.report.describing_files import corpus_figures

        write_text(places[_DRAWN], _as_text(corpus_figures(description, language)))

    cache.make("figures of the corpus", key_of(language, records, fonts_for(records)), [_DRAWN], write)
    return tuple(
        FigureContent(**{**one, "png": None, "notes": ()}) for one in json.loads(read_text(cache.out / _DRAWN))
    )


def _as_text(figures: Sequence[FigureContent]) -> str:
    kept = ("name", "svg", "caption", "alt")
    told = [{key: value for key, value in asdict(one).items() if key in kept} for one in figures]
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
