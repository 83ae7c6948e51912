"""The report of a review, with its corpus in figures, and `provenance.json`, which says how all of it was made."""

from __future__ import annotations

import functools
import importlib.metadata
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from benang.errors import BenangError
from benang.evidence import Step, version
from benang.figures.text_lines import fonts_for
from benang.files import read_bytes, read_text, sha256, write_bytes, write_text
from benang.indicators import Description
from benang.locale import Language, translator
from benang.maps import Map, own_key
from benang.records.corpus import Corpus
from benang.records.paper import Paper
from benang.records.thesaurus import Thesaurus
from benang.records.user_tables import csv_text
from benang.report import Figure, Report
from benang.report.checklists import Material, checklist, checklist_sheet, facts_of
from benang.report.content import CorpusSection, FigureContent, FilteredTable, ReportContent, Searched, Selection
from benang.report.describing import corpus_section
from benang.report.html import html_page
from benang.report.inline import plain
from benang.report.sections import report_blocks
from benang.review.filing import papers_json
from benang.review.load import Loaded
from benang.review.plan import ChecklistName, Plan, ReportFormat
from benang.screening.prisma import Flow
from benang.synthesis.findings import Findings
from benang.tasks.build.cache import Cache, code_hash, key_of, versions
from benang.tasks.build.findings import corpus_description, counted_from
from benang.tasks.build.steps import BOM, write_json
from benang.tasks.map_account import words_for
from benang.viewer.page import check_built
from benang.writers.spreadsheets import WRITTEN_WITH, write_sheets

_DRAWN = ".benang/corpus-figures.json"


_PICTURES = ".benang/corpus-pictures.json"

REPORTS: Mapping[ReportFormat, str] = {"html": "report.html", "docx": "report.docx", "pdf": "report.pdf"}
"""The files that a report is written in."""


@dataclass(frozen=True)
class ReportFiles:
    """What a report is written as, each format once and in the order of `REPORTS`; and the template for Word."""

    formats: tuple[ReportFormat, ...]
    template: bytes | None = None
    template_name: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The files, by their names in the output."""
        return tuple(REPORTS[one] for one in self.formats)


def report_files(loaded: Loaded, asked: Sequence[ReportFormat]) -> ReportFiles:
    """Return what is to be written, by what was asked for, else by the plan.

    Raises
    ------
    BenangError
        Where what a format needs is not installed, or the template is none.
    """
    plan = loaded.plan.report
    files = ReportFiles(tuple(one for one in REPORTS if one in (asked or plan.formats)))
    if "pdf" in files.formats:
        from benang.report.pdf import check_ready

        check_ready()
    if "docx" in files.formats and plan.template:
        from benang.report.word import Template, opened

        files = replace(files, template=read_bytes(loaded.folder.root / plan.template), template_name=plan.template)
        opened(Template(files.template or b"", plan.template), loaded.plan.language)
    return files


def picture_notes(figures: Sequence[FigureContent], files: ReportFiles, language: Language) -> Iterator[str]:
    """Say why the maps of a page are pictures only, where the interactive viewer was not built."""
    if any(one.shown for one in figures):
        try:
            check_built(map(Path, files.names))
        except BenangError as error:
            text = translator(language)("The maps in the report are pictures only: {reason}")
            yield text.format(reason=error.in_language(language))


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
        map_titles=_map_titles(plan, maps, language),
        history=(*loaded.corpus.history, _coding_step(findings)),
        versions=versions(),
        plan_hash=sha256(read_bytes(loaded.folder.plan)),
        limits=tuple(limit.text(language) for limit in plan.report.limits),
        claims=loaded.claims.claims,
        also_cited=loaded.also_cited,
        date=plan.report.date,
        filtered=tuple(_filtered_tables(plan)),
    )


def selection_of(loaded: Loaded, flow: Flow, figure: FigureContent) -> Selection:
    """Put together what the report says of the selection, with all records that were read."""
    records = {one.key: one for one in (*loaded.sources.records.records, *loaded.sources.works.records)}
    return Selection(flow, figure, loaded.screening, records)


def with_checklists(content: ReportContent, loaded: Loaded, language: Language) -> ReportContent:
    """Add the checklists that the plan asks for, and the facts that fill them in."""
    names = loaded.plan.report.checklists
    if not names:
        return content
    flow = content.selection.flow if content.selection else None
    version = content.versions.get("benang", "")
    material = Material(loaded.plan, loaded.searches, loaded.screening, content.findings, flow, version)
    return replace(content, checklists=names, facts=facts_of(material, language))


def searched_of(loaded: Loaded) -> Searched | None:
    """Put together what the report says of the searches; None where none was written down."""
    if not loaded.searches.searches:
        return None
    sources = loaded.sources
    return Searched(
        results=loaded.search_results,
        records={one.key: one for one in (*sources.works.records, *sources.records.records)},
        n_records=len(sources.records),
        n_works=len(sources.works),
        duplicates=sources.duplicates if loaded.plan.sources.join_duplicates else None,
        version=version(),
    )


def _map_titles(plan: Plan, maps: Mapping[str, Map], language: Language) -> dict[str, str]:
    """Return the titles of maps: what they are made of where the plan gives none, numbered where that is said twice."""
    titles: dict[str, str] = {}
    for one in plan.maps:
        made_of = words_for(str(maps[one.name].network.item_kind), language) if one.name in maps else one.name
        title = one.title.text(language) if one.title else f"{made_of[:1].upper()}{made_of[1:]}"
        n = sum(other == title or other.startswith(f"{title} (") for other in titles.values())
        titles[one.name] = title if one.title or not n else f"{title} ({n + 1})"
    return titles


def _filtered_tables(plan: Plan) -> Iterator[FilteredTable]:
    """Give the tables of the plan that count some of the cases, but for matrices, which are figures and files."""
    for table in plan.tables:
        if table.where and table.kind in ("codes", "printed-rows", "cases", "frameworks"):
            of = getattr(table, "codes", "") or getattr(table, "table", "")
            yield FilteredTable(table.name, table.kind, of, table.where)


def _coding_step(findings: Findings) -> Step:
    evidence = findings.evidence
    passages, counted = evidence.passages.values(), findings.coded.passages.values()
    return Step(
        "code",
        {"coders": tuple(sorted({passage.coder for passage in passages}))},
        {
            "documents": len(findings.documents),
            "documents_coded": len({passage.document for passage in counted}),
            "cases": len(findings.cases.cases),
            "cases_coded": len({passage.case for passage in counted}),
            "passages": len(counted),
            "found_again": len(findings.moved),
            "left_out": len(findings.unplaced),
            "numbers": len(evidence.numbers),
        },
    )


def write_report(content: ReportContent, language: Language, cache: Cache, files: ReportFiles) -> None:
    """Render the report, in each format where anything that it shows has changed."""
    shown = _shown(content, language)

    @functools.cache
    def report() -> Report:
        return report_blocks(content, language)

    for name, key, rendered in _renderers(content, report, shown, files):

        def write(places: Mapping[str, Path], name: str = name, rendered: Callable[[], bytes] = rendered) -> None:
            write_bytes(places[name], rendered())

        cache.make(name, key, [name], write)
    _write_checklists(content, report, language, cache)


def _write_checklists(content: ReportContent, report: Callable[[], Report], language: Language, cache: Cache) -> None:
    """Write each checklist as CSV and as a workbook, with the sections of the report in which its facts stand."""
    key = key_of(*_shown(content, language), WRITTEN_WITH) if content.checklists else ""
    for name in content.checklists:
        csv, workbook = (f"checklists/{name}.{suffix}" for suffix in ("csv", "xlsx"))

        def write(
            places: Mapping[str, Path], name: ChecklistName = name, csv: str = csv, workbook: str = workbook
        ) -> None:
            sections = {one.name: plain(one.title) for one in report().sections}
            items = checklist(name, content.facts, sections, language)
            sheet = checklist_sheet(name, items, language)
            rows = [row.values for row in sheet.rows]
            write_text(places[csv], BOM + csv_text([one.title for one in sheet.columns], rows))
            write_sheets([sheet], places[workbook])

        cache.make(f"checklists/{name}", key, [csv, workbook], write)


def _renderers(
    content: ReportContent, report: Callable[[], Report], shown: Sequence[object], files: ReportFiles
) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Give the file of each format, what it depends on, and what makes it."""
    if "html" in files.formats:
        on_screen = [one.key for one in content.figures]
        yield REPORTS["html"], key_of(*shown, on_screen), lambda: html_page(report()).encode("utf-8")
    if "docx" in files.formats:
        pictures = [sha256(data or b"") for data in _pictures(content)]
        template = files.template and sha256(files.template)
        version = importlib.metadata.version("python-docx")
        yield REPORTS["docx"], key_of(*shown, pictures, template, version), lambda: _docx(report(), files)
    if "pdf" in files.formats:
        fonts, version = fonts_for(map(str, shown)), importlib.metadata.version("typst")
        yield REPORTS["pdf"], key_of(*shown, fonts, version), lambda: _pdf(report())


def _pictures(content: ReportContent) -> list[bytes | None]:
    first = [content.selection.figure.png] if content.selection else []
    return [
        *first,
        *(one.png for one in (*content.figures, *content.agreement)),
        *(one.png for one in _of_corpus(content)),
    ]


def _docx(report: Report, files: ReportFiles) -> bytes:
    from benang.report.word import Template, render_docx

    return render_docx(report, Template(files.template, files.template_name) if files.template is not None else None)


def _pdf(report: Report) -> bytes:
    from benang.report.pdf import render_pdf

    return render_pdf(report)


def _shown(content: ReportContent, language: Language) -> list[object]:
    """Return all that a report shows, as far as it may change."""
    figures = [(one.name, sha256(one.svg or one.png or b""), one.caption, one.alt) for one in content.figures]
    findings = content.findings
    return [
        language,
        content.title,
        content.question,
        content.authors,
        content.limits,
        content.plan_hash,
        content.date,
        figures,
        content.checklists,
        sorted((name, one.text, one.section) for name, one in content.facts.items()),
        [(one.anchor, sha256(one.svg or b""), one.caption, one.alt) for one in _of_corpus(content)],
        counted_from(findings),
        sorted(findings.titles.items()),
        [sorted((number, *one) for number, of in findings.said.items() for one in of.items())],
        [repr(one) for one in findings.agreements],
        [(one.key, one.caption, one.alt, one.notes) for one in content.agreement],
        [repr(one) for one in content.associations],
        [check.claim + check.found + check.verdict for check in findings.checks],
        [step.as_json() for step in content.history],
        [lost.judgement for lost in findings.unplaced],
        {name: own_key(map_.network, map_.settings) for name, map_ in content.maps.items()},
        [claim.model_dump() for claim in content.claims],
        [(document.path, document.sha256) for document in findings.documents.values()],
        [repr(replace(record, file="")) for record in (*findings.corpus.records, *content.also_cited)],
        _selected(content.selection),
        _searched(content.searched),
    ]


def _selected(selection: Selection | None) -> object:
    """Return all that the section on the selection shows beside the numbers, which are among the findings."""
    if selection is None:
        return None
    figure, screening = selection.figure, selection.screening
    return [
        [figure.key, figure.caption, figure.alt],
        {
            stage: {work: [one.verdict, one.reasons] for work, one in of.items()}
            for stage, of in screening.outcomes.items()
        },
        {work: [one.model_dump_json() for one in of] for work, of in screening.attempts.items()},
        [repr(replace(one, file="")) for one in selection.records.values()],
    ]


def _searched(searched: Searched | None) -> object:
    """Return all that the appendix on the searches shows beside the numbers."""
    if searched is None:
        return None
    results = searched.results
    return [
        [(one.search.model_dump_json(), one.set_aside, one.seeds) for one in results.results],
        [repr(one) for one in (*results.seeds, *results.reruns)],
        [searched.n_records, searched.n_works, repr(searched.duplicates)],
        [repr(replace(one, file="")) for one in searched.records.values()],
    ]


def _of_corpus(content: ReportContent) -> Sequence[Figure]:
    blocks = [block for part in content.corpus.parts for block in part.blocks] if content.corpus else []
    return [block for block in blocks if isinstance(block, Figure)]


def _history_of(map_: Map) -> list[dict[str, object]]:
    return [step.as_json() for step in map_.network.history]


def write_provenance(content: ReportContent, papers: Mapping[str, Paper], language: Language, cache: Cache) -> None:
    """Write `provenance.json`: the versions, the hash of the plan, what was read, and every step that was made.

    `papers` says which paper each name of a record means, so that the next build can tell when it means another.
    """
    provenance = {
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
        "maps": {name: _history_of(content.maps[name]) for name in sorted(content.maps)},
    }
    write_json(cache, "provenance.json", provenance)


def corpus_in_figures(
    corpus: Corpus, thesaurus: Thesaurus | None, language: Language, cache: Cache, *, for_word: bool = False
) -> CorpusSection:
    """Describe the records of a review, with its figures, for Word as pixels too.

    Variants are joined by the thesaurus, as on its maps; what it drops there is counted here.
    """
    description = corpus_description(corpus, thesaurus)
    section = corpus_section(description, language, figures=_figures(description, thesaurus, language, cache, for_word))
    return replace(section, facts=description.facts)


def _figures(
    description: Description, thesaurus: Thesaurus | None, language: Language, cache: Cache, for_word: bool
) -> tuple[FigureContent, ...]:
    records = [repr(replace(record, file="")) for record in description.corpus.records]
    if thesaurus is not None:
        records += map(repr, (*thesaurus.replacements, *thesaurus.apart))

    def write(places: Mapping[str, Path]) -> None:
        from benang.report.describing_files import corpus_figures

        write_text(places[_DRAWN], _as_text(corpus_figures(description, language)))

    def write_pictures(places: Mapping[str, Path]) -> None:
        from benang.report.describing_files import corpus_pictures

        pictures = corpus_pictures(description, language).items()
        write_text(places[_PICTURES], json.dumps({name: b64encode(data).decode() for name, data in pictures}))

    key = key_of(language, records, fonts_for(records))
    cache.make("figures of the corpus", key, [_DRAWN], write)
    pictures: Mapping[str, str] = {}
    if for_word:
        cache.make("figures of the corpus for Word", key, [_PICTURES], write_pictures)
        pictures = json.loads(read_text(cache.out / _PICTURES))
    return tuple(
        FigureContent(**one, png=b64decode(pictures[one["name"]]) if for_word else None)
        for one in json.loads(read_text(cache.out / _DRAWN))
    )


def _as_text(figures: Sequence[FigureContent]) -> str:
    kept = ("name", "svg", "caption", "alt")
    shown = [{key: value for key, value in asdict(one).items() if key in kept} for one in figures]
    return json.dumps(shown, ensure_ascii=False, indent=1) + "\n"
