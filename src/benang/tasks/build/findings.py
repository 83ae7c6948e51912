"""What a review found, counted from its folder: for its report, and for numbers that are opened one by one.

Opening a number makes nothing, and loads nothing of what draws and writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from benang.agreement import coefficients_of
from benang.agreement.comparison import Agreement, Comparison
from benang.coding.placed import Placed, place
from benang.errors import BenangError, Problem, argument, at_line
from benang.evidence import Evidence
from benang.locale import Language, translator
from benang.locale.writing import worded
from benang.maps import Map
from benang.project.folder import open_folder
from benang.records.corpus import Corpus
from benang.records.names import short_citation
from benang.records.thesaurus import Thesaurus
from benang.report.content import CorpusSection
from benang.report.searches import search_titles
from benang.review.load import Loaded, load, review_flow
from benang.screening.comparisons import PairAgreement, agreement_of
from benang.screening.decision_sheets import verdict_word
from benang.screening.prisma import Flow
from benang.screening.prisma_table import flow_titles
from benang.screening.protocol import stage_words
from benang.synthesis import findings_of
from benang.synthesis.agreements import with_agreements
from benang.synthesis.claims import MapFacts
from benang.synthesis.findings import Findings, Unplaced
from benang.synthesis.number_ids import present_number
from benang.synthesis.wording import Wording
from benang.tasks.agree import comparisons_of
from benang.tasks.build.asked import counted_associations, maps_scored, with_asked_numbers, with_filters

if TYPE_CHECKING:
    from benang.indicators import Description
    from benang.judgements.events import Verdict

ROWS = 10
"""Rows of a table of authors, sources or keywords: a report shows the first ones, `benang describe` all."""


def read_findings(
    folder: str | Path, *, language: Language | None = None, number: str = ""
) -> tuple[Findings, Language]:
    """Count what a review found, without making anything of it; for opening single numbers.

    Where `number` is one of those that the coding gives, the records are not described.
    """
    loaded = load(open_folder(Path(folder)))
    spoken: Language = language or loaded.plan.language
    placed, scored = placed_in(loaded, keep_going=True), maps_scored(loaded.plan)
    maps = [one for one in loaded.plan.maps if one.name in scored]
    if maps:
        from benang.tasks.build.steps import network_of  # with all that makes maps

        networks = {one.name: network_of(one, loaded, placed, spoken) for one in maps}
    findings = with_filters(findings_in(loaded, placed, None, spoken), loaded.plan)
    associations = counted_associations(loaded.plan, findings, loaded.thesaurus)
    findings = with_asked_numbers(findings, loaded.plan, networks if maps else {}, associations)
    findings = with_selection(findings, flow_in(loaded), loaded, spoken)
    agreements = agreements_of(comparisons_of(loaded, placed, spoken))
    findings = with_agreements(findings, agreements, Wording(findings, spoken))
    findings = replace(findings, elsewhere=_names(findings, loaded, spoken))
    numbers = findings.evidence.numbers
    is_there = number in numbers or present_number(number, findings.codebook) in numbers
    if is_there or not loaded.plan.report.corpus:
        return findings, spoken
    return with_corpus(findings, described(loaded.corpus, loaded.thesaurus, spoken)), spoken


def counted_from(findings: Findings) -> list[object]:
    """Return all of what was coded that figures and the report show, as far as it may change.

    That is the numbers with their passages, the vocabulary, the cases, and what no number says: the values of cases
    and studies, and where coders are done with looking.
    """
    coded = findings.coded
    return [
        replace(findings.evidence, facts={}).as_json(),  # the facts of records are shown nowhere
        findings.codebook.model_dump(),
        findings.cases.model_dump(),
        sorted((*place, str(one.value)) for place, one in coded.values.items()),
        sorted((*place, done) for place, done in coded.looked.items()),
    ]


def placed_in(loaded: Loaded, *, keep_going: bool) -> Placed:
    """Put the judgements of a review at their places.

    Raises
    ------
    BenangError
        With every quotation that is no longer in its document, unless the work is to go on without them.
    """
    placed = place(loaded.judgements, loaded.documents, loaded.codebook, loaded.cases)
    if placed.unplaced and not keep_going:
        raise BenangError(*(_problem(lost) for lost in placed.unplaced))
    return placed


def _problem(lost: Unplaced) -> Problem:
    return Problem(
        worded(
            "{reason}: “{quote}”", reason=lost.reason, quote=lost.quote[:60] + ("…" if len(lost.quote) > 60 else "")
        ),
        where=worded("{place} ({judgement})", place=at_line(lost.file, lost.line), judgement=lost.judgement),
        way_on=worded(
            "Correct the quotation or {document}, or build without it and have it listed ({option}).",
            document=lost.document,
            option=argument("keep_going"),
        ),
    )


def findings_in(loaded: Loaded, placed: Placed, maps: Mapping[str, Map] | None, language: Language) -> Findings:
    """Count what the codings of a review say, and hold its claims against it; `maps` is None where none were made."""
    facts = None if maps is None else {name: MapFacts.of(map_.network, map_.origins) for name, map_ in maps.items()}
    return findings_of(
        corpus=loaded.corpus,
        codebook=loaded.codebook,
        cases=loaded.cases,
        documents=loaded.documents,
        placed=placed,
        claims=loaded.claims,
        maps=facts,
        language=language,
    )


def described(corpus: Corpus, thesaurus: Thesaurus | None, language: Language) -> CorpusSection:
    """Describe the records of a review, without figures: for opening single numbers."""
    from benang.report.describing import corpus_section

    return corpus_section(corpus_description(corpus, thesaurus), language)


def with_corpus(findings: Findings, section: CorpusSection | None) -> Findings:
    """Add the numbers of the corpus to those of the review, with what each is of."""
    if section is None:
        return findings
    numbers = {**findings.evidence.numbers, **section.numbers}
    evidence = Evidence(dict(sorted(numbers.items())), findings.evidence.passages, section.facts)
    return replace(findings, evidence=evidence, titles={**findings.titles, **section.titles})


def flow_in(loaded: Loaded) -> Flow | None:
    """Count the flow of a review; None for one that neither says what was searched nor is screened."""
    sources = loaded.sources
    is_screened = loaded.screening.has_begun or bool(sources.searches.searches)
    return review_flow(loaded.plan, loaded.folder, sources, loaded.screening) if is_screened else None


def agreements_of(comparisons: Sequence[Comparison]) -> tuple[Agreement, ...]:
    """Compute the coefficients of comparisons, without intervals, which no number has; of sets of codes there is none.

    What coders said of the sets of codes of a group says who looked at which cases.
    """
    return tuple(
        Agreement(one, ()) if one.kind == "group" else coefficients_of(one, bootstrap=0) for one in comparisons
    )


def with_selection(findings: Findings, flow: Flow | None, loaded: Loaded, language: Language) -> Findings:
    """Add the numbers of flow, searches and agreement to those of the review, with what each is of."""
    numbers, titles = dict(findings.evidence.numbers), dict(findings.titles)
    if flow:
        numbers |= flow.numbers
        titles |= flow_titles(flow, language)
    if loaded.searches.searches:
        numbers |= loaded.search_results.numbers
        titles |= search_titles(loaded.search_results, language)
    for pair in agreement_of(loaded.screening):
        numbers |= {one.id: one for one in pair.numbers.values()}
        titles |= _titles(pair, language)
    return replace(findings, evidence=replace(findings.evidence, numbers=dict(sorted(numbers.items()))), titles=titles)


def _titles(pair: PairAgreement, language: Language) -> dict[str, str]:
    """Return what each number of the agreement of two reviewers is of, by its id."""
    _ = translator(language)
    texts = {
        "both": _("Decided on by both {one} and {other} ({stage})"),
        "agreed": _("Given the same verdict by {one} and {other} ({stage})"),
        "share": _("Share on which {one} and {other} agree ({stage})"),
        "kappa": _("Cohen's kappa of {one} and {other} ({stage})"),
    }
    of_verdict = _("Decided on by both {one} and {other}; {name}: {verdict} ({stage})")
    stage, titles = stage_words(pair.stage, language), {}
    for what, number in pair.numbers.items():
        name, _slash, verdict = what.rpartition("/")
        words = verdict_word(cast("Verdict", verdict), language) if name else ""
        text = of_verdict if name else texts[what]
        titles[number.id] = text.format(one=pair.one, other=pair.other, stage=stage, name=name, verdict=words)
    return titles


def _names(findings: Findings, loaded: Loaded, language: Language) -> dict[str, str]:
    """Name what the selection counts beside the corpus: records that are no work of it, studies of several."""
    records = {one.key: one for one in (*loaded.sources.records.records, *loaded.sources.works.records)}
    names = {one.id: one.label.text(language) if one.label else one.id for one in loaded.studies.studies}
    rooms = ("prisma/", "searches/", "agreement/")
    numbers = [one for name, one in findings.evidence.numbers.items() if name.startswith(rooms)]
    known = {*loaded.corpus.keys, *names, *loaded.cases.by_id, *loaded.documents}
    for key in {one for number in numbers for one in number.of} - known:
        record = records.get(key)
        names[key] = f"{short_citation(record, language)}, {record.title}" if record and record.title else key
    return names


def corpus_description(corpus: Corpus, thesaurus: Thesaurus | None, *, top: int = ROWS) -> Description:
    """Describe the corpus of a review in figures, its names joined by the thesaurus as on its maps.

    What the thesaurus drops there is counted here: it is no fault of a record to have it.
    """
    from benang.indicators import describe  # most numbers that are opened are of codings

    return describe(corpus, top=top, thesaurus=thesaurus.joining if thesaurus else None)
