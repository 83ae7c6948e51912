"""A review rebuilt from its folder by one command, with an account of its products, its numbers and its folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benang.coding.placed import Placed
from benang.errors import BenangError, Problem, argument
from benang.files import check_writable
from benang.locale import Language, translator
from benang.locale.writing import Worded, counted, message_in, numeral, worded
from benang.maps import Map
from benang.maps.cluster_labels import lost_note
from benang.progress import Progress, part, silent
from benang.project.folder import open_folder, passed_over
from benang.records.file_accounts import inclusion_notes, marked_counts, retracted_among
from benang.records.thesaurus import unmatched_note
from benang.report.content import CorpusSection
from benang.review.filing import notes_of
from benang.review.load import Loaded, load, unrecorded, untold
from benang.review.plan import ReportFormat
from benang.safe_files import check_within
from benang.screening.prisma import Flow
from benang.screening.search_results import remarks
from benang.synthesis.agreements import with_agreements
from benang.synthesis.findings import Findings
from benang.synthesis.wording import Wording
from benang.tasks.account import Account, Note, Table, listing
from benang.tasks.agree import comparisons_of
from benang.tasks.build.asked import (
    Associations,
    associations_told,
    counted_associations,
    with_asked_numbers,
    with_filters,
)
from benang.tasks.build.cache import Cache, Waiting, building
from benang.tasks.build.chart_steps import agreement_charts, make_charts, prisma_chart
from benang.tasks.build.findings import (
    agreements_of,
    findings_in,
    flow_in,
    placed_in,
    with_corpus,
    with_selection,
)
from benang.tasks.build.report_steps import (
    ReportFiles,
    corpus_in_figures,
    picture_notes,
    report_content,
    report_files,
    searched_of,
    selection_of,
    with_checklists,
    write_provenance,
    write_report,
)
from benang.tasks.build.steps import (
    DOUBTS,
    KEYWORDS,
    WORKS,
    make_maps,
    maps_keywords,
    with_intervals,
    write_evidence,
    write_record_lists,
    write_tables,
)
from benang.tasks.screening.desk import remarks_on
from benang.tasks.verify import torn_notes


@dataclass(frozen=True)
class Built:
    """What a build did: which products it made, which it kept, and where the report is."""

    title: str
    out: Path
    reports: tuple[Path, ...]
    """The report, in each format that was asked for: html, docx, pdf."""
    findings: Findings
    made: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """Remarks on what was read: records kept without a year, a chain in the thesaurus."""
    language: Language = "en"

    @property
    def report(self) -> Path:
        """The report, in the first of its formats."""
        return self.reports[0]

    @property
    def account(self) -> Account:
        """What was read, left out, made and kept, in the language of messages."""
        return Account(notes=tuple(_lines(self)))


def _lines(built: Built) -> Iterator[Note | Table]:
    _, findings, language = translator(built.language), built.findings, built.language
    ledger, evidence = findings.corpus.ledger, findings.evidence
    n = len(findings.cases.cases)
    text = counted(
        "{read} of {found} records read, {cases} case, {passages} passages, {numbers} numbers.",
        "{read} of {found} records read, {cases} cases, {passages} passages, {numbers} numbers.",
        n,
        language,
    )
    read = text.format(
        read=numeral(ledger.read, language, 0),
        found=numeral(ledger.found, language, 0),
        cases=numeral(n, language, 0),
        passages=numeral(len(findings.coded.passages), language, 0),
        numbers=numeral(len(evidence.numbers), language, 0),
    )
    yield listing([read], built.title)
    if built.notes:
        yield Note("", built.notes)
    lost = _("Left out: {file}, line {line}: {reason}")
    products = _(
        "{made} outputs made, {kept} unchanged: maps, figures, tables, evidence.json, provenance.json and the report."
    )
    yield listing(
        [
            *(_("Found again in another place: {quotation}").format(quotation=one) for one in findings.moved),
            *(
                lost.format(file=one.file, line=one.line, reason=message_in(one.reason, language))
                for one in findings.unplaced
            ),
            products.format(made=len(built.made), kept=len(built.kept)),
            *(_("Removed, because the plan no longer asks for it: {file}").format(file=one) for one in built.removed),
        ]
    )
    for report in built.reports:
        yield Note(_("Open {file}").format(file=report))


def build(
    folder: str | Path,
    *,
    out: str | Path | None = None,
    language: Language | None = None,
    messages: Language | None = None,
    formats: Sequence[ReportFormat] = (),
    force: bool = False,
    keep_going: bool = False,
    progress: Progress = silent,
    waiting: Waiting | None = None,
) -> Built:
    """Make the maps, tables, figures and report of a review's folder.

    Parameters
    ----------
    folder
        The review: a folder with `review.toml` (docs/review-folder.md says what else belongs there).
    out
        Where to write; `out/` in the folder by default.
    language
        `en` or `id`, for labels, captions and the report; the plan's own by default.
    messages
        The language of the account; `language` where None.
    formats
        What the report is written as, of `html`, `docx` and `pdf`; what the plan says where none is named.
    force
        Make everything anew. Else what has not changed since the last build is kept.
    keep_going
        Build without the codings whose quotes stand no longer in their documents, and list them in the report.
    progress
        Called with how far the build is. Where it ends the build, what is finished stays, nothing is half-written, and
        the next build goes on from there.
    waiting
        Called with a sentence, again and again, while another build writes into the same folder; by default
        `progress` is.

    Returns
    -------
    Built
        What was made and kept, the findings, and the path of the report.

    Raises
    ------
    BenangError
        With every problem found before anything is made: a wrong key, a missing file, an unknown code, a quote that
        is not in its document.
    """
    progress("Reading the review", 0.0)
    loaded = load(open_folder(Path(folder)))
    spoken: Language = language or loaded.plan.language
    files = report_files(loaded, formats)
    placed = placed_in(loaded, keep_going=keep_going)
    target = Path(out) if out is not None else loaded.folder.root / "out"
    if out is None:
        way_on = worded("Name the folder that it leads to ({option}).", option=argument("out"))
        check_within(loaded.folder.root, [target], way_on=way_on)
    _check_apart(target, loaded.folder.root)
    _check_writable(target, files)
    with building(target, waiting or (lambda message: progress(message, 0.0))):
        cache = Cache(target, force=force).load()
        return _make_products(loaded, placed, spoken, cache, files, progress, messages=messages or spoken)


def _make_products(
    loaded: Loaded,
    placed: Placed,
    spoken: Language,
    cache: Cache,
    files: ReportFiles,
    progress: Progress,
    *,
    messages: Language,
) -> Built:
    """Make what is not fresh, and take away what the plan no longer asks for."""
    maps = make_maps(loaded, placed, spoken, cache, part(progress, 0.05, 0.4))
    progress("Counting", 0.4)
    counts = _counted(loaded, placed, maps, spoken, cache, for_word="docx" in files.formats)
    agreements = agreements_of(comparisons_of(loaded, placed, spoken))
    agreements = with_intervals(agreements, cache, part(progress, 0.45, 0.5))
    findings = with_agreements(counts.findings, agreements, Wording(counts.findings, spoken))
    progress("Writing tables", 0.5)
    write_tables(loaded.plan, findings, spoken, cache, counts.associations)
    write_evidence(findings, cache)
    write_record_lists(loaded, spoken, cache)
    figures = make_charts(
        loaded.plan,
        findings,
        maps,
        spoken,
        cache,
        part(progress, 0.5, 0.9),
        counts.associations,
    )
    progress("Writing the report", 0.9)
    flow = counts.flow
    content = replace(
        report_content(loaded, findings, maps, figures, spoken),
        corpus=counts.corpus,
        associations=associations_told(loaded.plan, counts.associations),
        searched=searched_of(loaded),
        agreement=agreement_charts(findings, loaded.plan, spoken, cache),
        selection=selection_of(loaded, flow, prisma_chart(flow, loaded.plan, spoken, cache)) if flow else None,
    )
    content = with_checklists(content, loaded, spoken)
    write_report(content, spoken, cache, files)
    write_provenance(content, loaded.sources.filing.papers, spoken, cache)
    removed = cache.finish()
    return Built(
        title=content.title,
        out=cache.out,
        reports=tuple(cache.out / name for name in files.names),
        findings=findings,
        made=tuple(cache.made),
        kept=tuple(cache.kept),
        removed=tuple(removed),
        notes=(*build_notes(loaded, maps, messages), *picture_notes(figures, files, messages)),
        language=messages,
    )


@dataclass(frozen=True)
class _Counted:
    """What was counted: the findings, and what they are shown with that is no number among them."""

    findings: Findings
    associations: Associations
    corpus: CorpusSection | None
    flow: Flow | None


def _counted(
    loaded: Loaded, placed: Placed, maps: Mapping[str, Map], spoken: Language, cache: Cache, *, for_word: bool
) -> _Counted:
    """Count all but the agreement of coders."""
    networks = {name: map_.network for name, map_ in maps.items()}
    findings = with_filters(findings_in(loaded, placed, maps, spoken), loaded.plan)
    associations = counted_associations(loaded.plan, findings, loaded.thesaurus)
    findings = with_asked_numbers(findings, loaded.plan, networks, associations)
    corpus = None
    if loaded.plan.report.corpus:
        corpus = corpus_in_figures(loaded.corpus, loaded.thesaurus, spoken, cache, for_word=for_word)
    flow = flow_in(loaded)
    findings = with_selection(with_corpus(findings, corpus), flow, loaded, spoken)
    return _Counted(findings, associations, corpus, flow)


def _check_apart(target: Path, root: Path) -> None:
    """Refuse to mix what is made with what it is made from."""
    facts = [root, *(root / name for name in ("sources", "documents", "judgements", "codebook"))]
    if target.resolve() in [folder.resolve() for folder in facts]:
        raise BenangError(
            Problem(
                "the output would mix with the sources of the review",
                where=str(target),
                way_on=worded(
                    "Choose another folder ({option}), or leave the option out to write to out/ in the review's "
                    "folder.",
                    option=argument("out"),
                ),
            )
        )


def _check_writable(target: Path, files: ReportFiles) -> None:
    """Find out before the work, not after it, whether the output can be written."""
    for name in files.names:
        place = target / name
        try:
            check_writable(place)
        except BenangError as error:
            where = str(place if os.path.lexists(place) else target)
            way_on = worded("Choose another folder ({option}).", option=argument("out"))
            raise BenangError(*(replace(one, where=where, way_on=way_on) for one in error.problems)) from None


def build_notes(loaded: Loaded, maps: Mapping[str, Map], language: Language) -> tuple[str, ...]:
    """Say all that has to be said of what a review's folder holds, in the order in which it was read."""
    _, accounts, added = translator(language), loaded.corpus.ledger.files, loaded.sources.added
    aside = _("{file}, record {record}, line {line}: set aside: {reason}")
    variants = loaded.thesaurus
    return (
        *_without_exports(loaded, language),
        *(
            aside.format(file=account.path, record=one.record, line=one.line, reason=message_in(one.reason, language))
            for account in accounts
            for one in account.set_aside
        ),
        *(f"{account.path}: {message_in(note, language)}" for account in accounts for note in account.notes),
        *(one.in_language(language) for one in _search_notes(loaded)),
        *notes_of(loaded.sources.filing, language),
        *_untold(loaded, language),
        *_unrecorded(loaded, language),
        *torn_notes(loaded.judgements, language),
        *(one.in_language(language) for one in remarks_on(loaded.screening)),
        *_record_notes(loaded, language),
        *_use_notes(loaded, language),
        *(f"{added.file}, {message_in(note, language)}" for note in added.notes),
        *((f"{variants.file}, {message_in(note, language)}" for note in variants.notes) if variants else ()),
        *passed_over(loaded.folder),
        *_unmatched(loaded, maps, language),
        *_lost_names(maps, language),
    )


def _without_exports(loaded: Loaded, language: Language) -> Iterator[str]:
    """Say that a review has no export yet, and what waits for one."""
    _ = translator(language)
    if not loaded.sources.has_exports:
        yield _(
            "sources/ contains no export yet: maps, and everything else made from records, can be made once you "
            "put one there"
        )


def _search_notes(loaded: Loaded) -> Iterator[Worded]:
    """Say what does not fit between the searches and what was read; nothing where no search was written down."""
    if loaded.searches.searches:
        yield from remarks(loaded.search_results)


def _use_notes(loaded: Loaded, language: Language) -> Iterator[str]:
    """Say which works count in maps and tables, by the screening, and which do not."""
    _, screening, use = translator(language), loaded.screening, loaded.plan.sources.use
    if not (screening.has_begun or screening.set_aside or use == "included"):
        return
    kept, works = len(loaded.corpus), len(loaded.sources.works)
    rule = {
        "not-excluded": _("whatever is not excluded counts"),
        "included": _("only what is included counts"),
        "all": _("everything counts, excluded or not"),
    }
    text = _("{n} of {works} works count in maps and tables ({rule}; `use` in review.toml): {parts}")
    parts = (
        (_("{n} included"), len(screening.included)),
        (_("{n} undecided or in conflict"), works - len(screening.out) - len(screening.included)),
        (_("{n} excluded"), sum(len(screening.excluded(stage)) for stage in screening.outcomes)),
        (_("{n} not obtainable"), len(screening.with_verdict("full-text", "unobtainable"))),
        (_("{n} removed before the screening"), len(screening.set_aside) - len(screening.unread)),
        (_("{n} left unread"), len(screening.unread)),
    )
    yield text.format(
        n=numeral(kept, language, 0),
        works=numeral(works, language, 0),
        rule=rule[use],
        parts=", ".join(part.format(n=numeral(n, language, 0)) for part, n in parts if n),
    )


def _record_notes(loaded: Loaded, language: Language) -> Iterator[str]:
    """Say what was joined, is in doubt, was retracted or corrected, and what lacks keywords, with the way on."""
    _, sources = translator(language), loaded.sources
    records, works = len(sources.records), len(sources.works)
    if records > works:
        yield _(
            "{records} records are {works} works; joined to another record of the same work, from another database "
            "or file: {joined} (out/{table})"
        ).format(
            records=numeral(records, language, 0),
            works=numeral(works, language, 0),
            joined=numeral(records - works, language, 0),
            table=WORKS,
        )
    if doubts := len(sources.duplicates.doubts):
        pairs = _("{n} pairs of records").format(n=numeral(doubts, language, 0))
        yield _(
            "{pairs} may be one work or two, and are kept apart: decide in out/{table} (same or different), and put "
            "it into the review's folder as duplicates.tsv"
        ).format(pairs=pairs if doubts > 1 else _("1 pair of records"), table=DOUBTS)
    for status, n in marked_counts(loaded.corpus).items():
        keys = ", ".join(record.key for record in loaded.corpus.records if record.status == status)
        text = _("1 work is marked as {status}: {keys}") if n == 1 else _("{n} works are marked as {status}: {keys}")
        yield text.format(n=numeral(n, language, 0), status=_(status), keys=keys)
    marked = inclusion_notes(retracted_among(loaded.sources.works, loaded.screening.kept))
    yield from (one.in_language(language) for one in marked)
    without = sum(not record.author_keywords for record in loaded.corpus.records)
    if without and maps_keywords(loaded):
        yield _(
            "{n} of {records} records have no author keywords: add some in out/{table} and put it into the review's "
            'folder, or map terms from titles and abstracts (items = "terms")'
        ).format(n=numeral(without, language, 0), records=numeral(len(loaded.corpus), language, 0), table=KEYWORDS)


def _untold(loaded: Loaded, language: Language) -> Iterator[str]:
    """Say which documents could be filed under another paper unnoticed, and how to give them a memory."""
    _, paths = translator(language), untold(loaded.documents, loaded.sources.filing)
    way_on = _("`benang keys FOLDER --write` adds title, author, year and DOI")
    if len(paths) == 1:
        text = _("{first}: does not say which paper it is, so its record can't be checked.")
        yield f"{text.format(first=paths[0])} {way_on}"
    elif paths:
        text = _(
            "{n} documents, beginning with {first}: they do not say which paper they are, so their records can't be "
            "checked."
        )
        yield f"{text.format(n=numeral(len(paths), language, 0), first=paths[0])} {way_on}"


def _unrecorded(loaded: Loaded, language: Language) -> Iterator[str]:
    """Say which documents have no record: whoever quotes one is refused, the others would go unnoticed."""
    _ = translator(language)
    text = _(
        "{document}: filed under '{key}', but no record has that key, so it can't be quoted. Add its record to the "
        "exports, or correct `record` in its heading"
    )
    for path in unrecorded(loaded.documents, loaded.sources.filing):
        yield text.format(document=path, key=loaded.documents[path].record)


def _unmatched(loaded: Loaded, maps: Mapping[str, Map], language: Language) -> tuple[str, ...]:
    """Name the lines of the thesaurus that match nothing on any map that it was applied to."""
    used = [drawn.network.settings.thesaurus for drawn in maps.values()]
    lists = [one.unmatched for one in used if one.file is not None]
    if loaded.thesaurus is None or not lists:
        return ()
    labels = [label for label in lists[0] if all(label in further for further in lists[1:])]
    note = unmatched_note(labels, len(loaded.thesaurus.replacements), language)
    return (f"{loaded.thesaurus.file}, {note}",) if labels else ()


def _lost_names(maps: Mapping[str, Map], language: Language) -> tuple[str, ...]:
    """Name the clusters whose names hold no longer."""
    _ = translator(language)
    text = _("map {name}: {note}")
    lost = {name: drawn.settings.cluster_names_lost for name, drawn in maps.items()}
    return tuple(
        text.format(name=name, note=lost_note(one).in_language(language))
        for name, notes in lost.items()
        for one in notes
    )
