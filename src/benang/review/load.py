"""What a review holds: its exports and its folder, read and checked; each document is compared with its record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz

from benang.coding.cases import Cases, check_cases, read_cases
from benang.coding.codebook import Codebook
from benang.coding.codebook_file import read_codebook
from benang.coding.coded import cases_of_studies
from benang.errors import Problem, at_line
from benang.files import read_text, sha256
from benang.judgements.events import Decision
from benang.judgements.log import Judgements, read_judgements
from benang.locale.writing import alternatives, worded
from benang.project.folder import Document, ReviewFolder, heading, read_documents
from benang.project.papers import ALIKE, file_name
from benang.project.toml_edits import line_of
from benang.readers import PAGE_BREAK
from benang.readers.opening import name_of
from benang.readers.registry import Choices, read
from benang.records.added_keywords import AddedKeywords, read_added_keywords, renamed_keywords, with_added_keywords
from benang.records.corpus import Corpus, corpus_of, with_free_keys
from benang.records.duplicates import Decisions, Duplicates
from benang.records.duplicates.files import read_decisions
from benang.records.duplicates.joining import works_of
from benang.records.file_accounts import placeless
from benang.records.identity import title_letters
from benang.records.paper import EXACT, NEAR, KnownNames, Paper, paper_of
from benang.records.record import Record
from benang.records.thesaurus import APART, Thesaurus, read_apart, read_thesaurus
from benang.review.filing import Facts, Filing, last_build, used_facts
from benang.review.plan import Plan
from benang.review.plan_reading import check_vocabulary, read_plan, source_files, without_maps
from benang.screening.outcomes import Screening, screened
from benang.screening.prisma import Flow, flow_of, set_aside
from benang.screening.protocol import Protocol
from benang.screening.search_results import SearchResults, search_results
from benang.screening.searches import SEARCHES, Searches, read_searches, typed_records, with_typed
from benang.screening.studies import Studies, read_studies
from benang.screening.tool_decisions import decisions_of_sources, tasks_done_elsewhere, unnamed_in_sources
from benang.synthesis.claims import Claims, read_claims

DUPLICATES = "duplicates.tsv"


@dataclass(frozen=True)
class ReadSources:
    """What the exports of a review gave: the works, the records that they were joined of, and what is in doubt.

    `aliases` are the keys of records that went into another one, with the key of the work. `filing` finds works by the
    names that the files of the review have for them, and keeps what it found out.
    """

    works: Corpus
    records: Corpus
    duplicates: Duplicates
    aliases: Mapping[str, str]
    added: AddedKeywords
    filing: Filing
    searches: Searches

    def joined_to(self, work: str) -> tuple[str, ...]:
        """Return the keys of the other records that are a work, sorted."""
        return self._joined.get(work, ())

    def records_of(self, works: Iterable[str]) -> tuple[str, ...]:
        """Return the keys of all records that works are: what is said of these stays true where they are parted."""
        return tuple(key for work in works for key in (work, *self.joined_to(work)))

    @cached_property
    def _joined(self) -> dict[str, tuple[str, ...]]:
        joined: dict[str, list[str]] = {}
        for key, work in sorted(self.aliases.items()):
            joined.setdefault(work, []).append(key)
        return {work: tuple(keys) for work, keys in joined.items()}

    @property
    def has_exports(self) -> bool:
        """Whether any record was read from an export, not only typed by hand."""
        return any(account.path != SEARCHES for account in self.records.ledger.files)


def read_sources(plan: Plan, folder: ReviewFolder, *, exports: Corpus | None = None) -> ReadSources:
    """Read the exports that the plan names; what is said of them names files within the review's folder.

    `exports` are their records where they have been read already (`read_exports`): only what people say of them is
    read then.

    A review that begins may have none yet, and has no records then. Records that were typed into `searches.toml` come
    behind those of exports.

    Pairs that `duplicates.tsv` decides are joined or kept apart as it says; `keywords.csv` adds keywords.

    Raises
    ------
    BenangError
        Where a name of a record may mean another one, beside what `read` and the three files raise.
    """
    searches = read_searches(folder.searches) if folder.searches else Searches()
    records = read_exports(plan, folder) if exports is None else exports
    if folder.searches and searches.records:
        records = with_typed(records, typed_records(searches, folder.searches))
    last = last_build(folder, records)
    single = Filing(KnownNames(records), last)
    join = plan.sources.join_duplicates
    decisions = _renamed_decisions(read_decisions(folder.duplicates), single) if join and folder.duplicates else None
    works = works_of(records, join=join, decisions=decisions)
    corpus, aliases = works.corpus if works.n_joined else records, works.aliases()
    filing = Filing(KnownNames(records, aliases), last, renamed=single.renamed, used=single.used)
    added = _renamed_keywords(read_added_keywords(folder.keywords), filing) if folder.keywords else AddedKeywords()
    whole = with_added_keywords(corpus, added, aliases)
    return ReadSources(whole, records, works.duplicates, aliases, added, filing, searches)


def _renamed_decisions(decisions: Decisions, filing: Filing) -> Decisions:
    """Name the records of decisions by their keys."""

    def key(name: str, title: str, line: int) -> str:
        return filing.key(name, at_line(DUPLICATES, line), Paper(title)) or name

    pairs = tuple(
        replace(one, one=key(one.one, one.titles[0], one.line), other=key(one.other, one.titles[1], one.line))
        for one in decisions.pairs
    )
    filing.check()
    return replace(decisions, pairs=pairs)


def _renamed_keywords(added: AddedKeywords, filing: Filing) -> AddedKeywords:
    """Name the records of keywords by the keys of their works."""
    keys = {
        name: filing.key(name, at_line(added.file, added.lines[name]), Paper(added.titles.get(name, ""))) or name
        for name in added.by_record
    }
    filing.check()
    return renamed_keywords(added, keys)


def read_exports(plan: Plan, folder: ReviewFolder) -> Corpus:
    """Read the records of the exports that the plan names, each as its export has it, under names within the folder.

    Raises
    ------
    BenangError
        As `read` does.
    """
    files = source_files(plan, folder.root)
    if not files:
        return corpus_of(())
    origins = {str(field): str(origin) for field, origin in plan.sources.origins.items()}
    corpus = placeless(read(*files, origins=origins, choices=choices_of(plan, folder)), [folder.root])
    names = tuple(account.path for account in corpus.ledger.files)
    history = tuple(
        replace(step, arguments={**step.arguments, "files": names}) if "files" in step.arguments else step
        for step in corpus.history
    )
    return replace(corpus, history=history)


def choices_of(plan: Plan, folder: ReviewFolder) -> Choices:
    """Return what the plan says of how its exports are read, by the paths under which they are."""
    base = f"{name_of(folder.root).rstrip('/')}/"
    return Choices(
        forms={base + name: form for name, form in plan.sources.forms.items()},
        encodings={base + name: encoding for name, encoding in plan.sources.encodings.items()},
        columns={base + name: columns for name, columns in plan.sources.columns.items()},
    )


_SHORTEST = 20  # letters of a title that can be looked for on a page


@dataclass(frozen=True)
class Loaded:
    """A review's folder in memory: facts, vocabulary and judgements, each checked against the others."""

    folder: ReviewFolder
    plan: Plan
    corpus: Corpus
    thesaurus: Thesaurus | None
    codebook: Codebook
    cases: Cases
    documents: Mapping[str, Document]
    judgements: Judgements
    claims: Claims
    sources: ReadSources
    also_cited: tuple[Record, ...] = ()
    studies: Studies = field(default_factory=Studies)
    screening: Screening = field(default_factory=lambda: Screening(Protocol(), (), {}))

    @property
    def searches(self) -> Searches:
        """The searches that the records came from, as far as somebody wrote them down."""
        return self.sources.searches

    @cached_property
    def search_results(self) -> SearchResults:
        """What each search brought."""
        return search_results_of(self.plan, self.sources)


def search_results_of(plan: Plan, sources: ReadSources) -> SearchResults:
    """Return what each search of a review brought; records of one work are one here, also where the plan joins none."""
    aliases = sources.aliases if plan.sources.join_duplicates else works_of(sources.records).aliases()
    return search_results(sources.searches, sources.records, aliases, seeds=plan.seeds)


def load(folder: ReviewFolder, *, exports: Corpus | None = None) -> Loaded:
    """Read all that a review rests on; parts that a review does not have are empty.

    What the screening excludes is in `sources` alone, unless the plan counts all records. `exports` as in
    `read_sources`.
    """
    plan = read_plan(folder)
    codebook = read_codebook(folder.codebook) if folder.codebook else Codebook()
    check_vocabulary(plan, folder.plan, codebook)
    sources = read_sources(plan, folder, exports=exports)
    corpus = sources.works
    if not sources.has_exports:
        plan = without_maps(plan)
    cases = read_cases(folder.cases, codebook) if folder.cases else Cases()
    documents = filed_documents(read_documents(folder), sources.filing)
    if folder.cases:
        cases = filed_cases(cases, folder.cases, sources.filing)
    sources.filing.check()
    if folder.cases:
        check_cases(cases, folder.cases, corpus.keys, codebook)
    elif codebook.codes or codebook.forms:
        cases = cases_of_studies(documents)
    judgements = read_judgements(folder)
    screening = screening_of(plan, sources, judgements)
    used = used_facts(Facts(corpus, documents, cases, judgements), screening, plan.sources.use)
    return Loaded(
        folder=folder,
        plan=plan,
        corpus=used.corpus,
        thesaurus=review_thesaurus(folder, plan),
        codebook=codebook,
        cases=used.cases,
        documents=used.documents,
        judgements=used.judgements,
        claims=read_claims(folder.claims) if folder.claims else Claims(),
        also_cited=_beside(read(folder.root / plan.report.also_cited), sources) if plan.report.also_cited else (),
        sources=sources,
        screening=screening,
        studies=filed_studies(folder, sources),
    )


def review_thesaurus(folder: ReviewFolder, plan: Plan) -> Thesaurus | None:
    """Read which labels mean the same in a review, and which names of authors are kept apart; None where nothing is.

    Raises
    ------
    BenangError
        As `read_thesaurus` and `read_apart`.
    """
    thesaurus = read_thesaurus(folder.root / plan.cleaning.thesaurus) if plan.cleaning.thesaurus else None
    rows = read_apart(folder.apart) if folder.apart else ()
    pairs = tuple((one, other) for one, other, items in rows if items == "authors")
    if not pairs:
        return thesaurus
    kept = Thesaurus(file=APART, sha256=sha256("\n".join(map("\t".join, pairs))))
    used = kept if thesaurus is None else replace(thesaurus, sha256=sha256(thesaurus.sha256 + kept.sha256))
    return replace(used, apart=pairs)


def screening_of(
    plan: Plan,
    sources: ReadSources,
    judgements: Judgements,
    *,
    since: tuple[Screening, Judgements] | None = None,
) -> Screening:
    """Fold the decisions of a review on its works: those of its log, and those that its exports bring along.

    With what was folded before of the same plan and exports (`since`), only what has changed is folded again.
    """
    records, said = sources.records, ("decisions", plan.protocol.model_dump_json())
    if said not in records.kept:  # a loop asks again after each decision
        decisions = decisions_of_sources(records.records, plan.protocol)
        brought = (*decisions, *tasks_done_elsewhere(records.records, decisions))
        records.kept[said] = brought, unnamed_in_sources(records.records, plan.protocol)
    brought, unnamed = records.kept[said]
    aside = set_aside(sources.works, plan.set_aside)
    screening = screened(
        plan.protocol,
        sources.works.keys,
        judgements,
        aliases=sources.aliases,
        brought=brought,
        set_aside=aside,
        since=since,
    )
    return replace(screening, unnamed=_not_taken(unnamed, judgements)) if unnamed else screening


def _not_taken(unnamed: Mapping[str, int], judgements: Judgements) -> dict[str, int]:
    """Leave out the exports from which somebody has taken decisions into the log since."""
    decisions = (one for one in (*judgements.current, *judgements.superseded) if isinstance(one, Decision))
    taken = {one.origin.rpartition(", ")[0] for one in decisions}
    return {file: n for file, n in unnamed.items() if file.rpartition("/")[2] not in taken}


def _beside(also_cited: Corpus, sources: ReadSources) -> tuple[Record, ...]:
    """Return what is cited beside the works of a review, under keys that none of these has.

    Two files may give one id to two papers; a quotation of the one must not be cited by the name of the other.
    """
    corpus, _ = with_free_keys(also_cited, {*sources.records.keys, *sources.works.keys})
    return tuple(
        one
        for one, own in zip(corpus.records, also_cited.keys, strict=True)
        if one.key == own or sources.filing.fits(sources.filing.names.work(own), paper_of(one)) < EXACT
    )


def filed_cases(cases: Cases, path: Path, filing: Filing) -> Cases:
    """Name studies by their works: a record that was joined to another is known by its own key too."""
    text = read_text(path)

    def key(name: str, number: int) -> str:
        return filing.key(name, at_line(path.name, line_of(text, ("cases", number, "studies")))) or name

    return cases.model_copy(
        update={
            "cases": tuple(
                case.model_copy(update={"studies": tuple(dict.fromkeys(key(one, number) for one in case.studies))})
                for number, case in enumerate(cases.cases)
            )
        }
    )


def filed_studies(folder: ReviewFolder, sources: ReadSources) -> Studies:
    """Read which reports are one study, each by the key of its work; none where the review has no `studies.toml`.

    Raises
    ------
    BenangError
        Where a name is no record's, or may mean another one, beside what `read_studies` raises.
    """
    if folder.studies is None:
        return Studies()
    studies = read_studies(folder.studies, sources.filing.key, sources.works.keys)
    sources.filing.check()
    return studies


def review_flow(plan: Plan, folder: ReviewFolder, sources: ReadSources, screening: Screening) -> Flow:
    """Count the PRISMA flow of a review from its searches, its decisions and what it says of reports of one study."""
    studies = filed_studies(folder, sources)
    return flow_of(
        sources.works, screening, searches=sources.searches, studies=studies, typed=plan.prisma, rules=plan.set_aside
    )


def filed_documents(documents: Mapping[str, Document], filing: Filing) -> dict[str, Document]:
    """Return documents with the keys of their works; what doesn't fit becomes a problem of the filing.

    A document that names its paper is compared with its record. One that doesn't, but is the text of a PDF, is compared
    with the titles of the records. A name that is no record's stays: whoever uses the document says so.
    """
    return {path: replace(one, record=_work(one, filing) or one.record) for path, one in documents.items()}


def untold(documents: Mapping[str, Document], filing: Filing) -> list[str]:
    """Return the documents that don't tell which paper they are, although their record does."""
    return [
        path
        for path, one in documents.items()
        if not one.paper.is_told and any(paper_of(record).is_told for record in filing.works.get(one.record, ()))
    ]


def unrecorded(documents: Mapping[str, Document], filing: Filing) -> list[str]:
    """Return the documents that are filed under a name that no record has."""
    return [path for path, one in documents.items() if one.record not in filing.works]


def _work(document: Document, filing: Filing) -> str:
    """Return the key of the work that a document is of; nothing where no record is."""
    named = filing.names.find(document.record)
    if not named.keys and (called := _called(document, filing)):
        return called
    if not document.paper.is_told:
        key = filing.key(document.record, document.path)
        if key and _is_text_of_another(document, key, filing):
            filing.problems.append(_misfiled(document, key, _standing(document, filing), filing))
        return key
    if named.is_sure:
        key = named.key
        if named.by != "key":
            filing.rename(document.path, document.record, key, worded("what the record says"))
        if not _is_best(key, document.paper, filing):
            filing.problems.append(_misfiled(document, key, _fitting(document.paper, filing), filing))
        return key
    return _remembered(document, named.keys, filing)


def _called(document: Document, filing: Filing) -> str:
    """Return the work by whose key a file without a heading is called, as far as a file can have it as name."""
    if "record" in heading(document.text) or document.paper.is_told:
        return ""
    called = [key for key in filing.works if file_name(key).casefold() == document.record.casefold()]
    return called[0] if len(called) == 1 else ""


def _remembered(document: Document, keys: Sequence[str], filing: Filing) -> str:
    """Return the work that a document remembers, where the name that it is filed under is no key, or not a sure one."""
    fitting = _fitting(document.paper, filing)
    among = [key for key in fitting if key in keys] or fitting
    if len(among) == 1 and (among[0] in keys or filing.fits(among[0], document.paper) == EXACT):
        filing.rename(document.path, document.record, among[0], worded("the paper that the document names"))
        return among[0]
    if keys or fitting:
        filing.problems.append(_misfiled(document, keys[0] if len(keys) == 1 else "", fitting, filing))
    return ""


def _is_best(key: str, paper: Paper, filing: Filing) -> bool:
    """Tell whether a work is a paper, and no other one more so."""
    fits = filing.fits(key, paper)
    return fits == EXACT or (fits == NEAR and not filing.fitting(paper))


def _fitting(paper: Paper, filing: Filing) -> list[str]:
    return filing.fitting(paper) or filing.fitting(paper, least=NEAR)


def _misfiled(document: Document, key: str, fitting: Sequence[str], filing: Filing) -> Problem:
    """Say that a document is another paper than the record it is filed under, and which record it is."""
    paper = worded("is {paper}", paper=document.paper) if document.paper.is_told else worded("is another paper")
    under = (
        worded("it is filed under {record}", record=filing.shown(key))
        if key
        else worded("it is filed under '{record}'", record=document.record)
    )
    if fitting:
        way_on = (
            worded("Write in its heading: record: {key}", key=fitting[0])
            if len(fitting) == 1
            else "Write the key of one of them."
        )
        fits = worded(
            "{under}, but {paper}: that is {keys}",
            under=under,
            paper=paper,
            keys=alternatives(map(filing.shown, fitting)),
        )
    else:
        way_on = "Add its record to the exports, or correct its heading."
        fits = worded("{under}, but {paper}, which has no record", under=under, paper=paper)
    return Problem(fits, where=document.path, way_on=way_on)


def _is_text_of_another(document: Document, key: str, filing: Filing) -> bool:
    """Tell whether the text of a PDF begins with the title of another record, and not with that of its own."""
    lines = heading(document.text)
    titles = [record.title for record in filing.works[key] if len(title_letters(record.title)) >= _SHORTEST]
    if "extracted" not in lines or lines.get("matched", "").startswith("named by") or not titles:
        return False
    text = _first_pages(document)
    if any(title_letters(title) in text or fuzz.partial_ratio(title_letters(title), text) >= ALIKE for title in titles):
        return False
    return bool(_standing(document, filing))


def _standing(document: Document, filing: Filing) -> list[str]:
    """Return the works whose title is on the first two pages of a document: the longest title alone counts."""
    text = _first_pages(document)
    lengths = {
        key: max((len(title) for one in records if (title := title_letters(one.title)) in text), default=0)
        for key, records in filing.works.items()
    }
    longest = max(lengths.values(), default=0)
    return [key for key, length in lengths.items() if length == longest >= _SHORTEST]


def _first_pages(document: Document) -> str:
    body = document.text.partition("\n---")[2]
    return title_letters(" ".join(body.split(PAGE_BREAK)[:2]))
