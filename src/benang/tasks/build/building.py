"""A review rebuilt from its folder by one command."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benang.coding.placed import Placed
from benang.errors import BenangError, Problem, argument
from benang.files import check_writable
from benang.locale import Language
from benang.locale.writing import worded
from benang.progress import Progress, part, silent
from benang.project.folder import open_folder
from benang.review.load import Loaded, load
from benang.review.plan import ReportFormat
from benang.safe_files import check_within
from benang.tasks.build.account import Built, build_notes
from benang.tasks.build.asked import (
    associations_told,
    counted_associations,
    with_asked_numbers,
    with_filters,
)
from benang.tasks.build.cache import Cache, Waiting, building
from benang.tasks.build.chart_steps import make_charts, prisma_chart
from benang.tasks.build.findings import findings_in, flow_in, placed_in, with_corpus, with_selection
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
from benang.tasks.build.steps import make_maps, write_evidence, write_record_lists, write_tables


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
    networks = {name: map_.network for name, map_ in maps.items()}
    findings = findings_in(loaded, placed, maps, spoken)
    findings = with_filters(findings, loaded.plan)
    associations = counted_associations(loaded.plan, findings, loaded.thesaurus)
    findings = with_asked_numbers(findings, loaded.plan, networks, associations)
    corpus = None
    if loaded.plan.report.corpus:
        for_word = "docx" in files.formats
        corpus = corpus_in_figures(loaded.corpus, loaded.thesaurus, spoken, cache, for_word=for_word)
    findings = with_corpus(findings, corpus)
    flow = flow_in(loaded)
    findings = with_selection(findings, flow, loaded, spoken)
    progress("Writing tables", 0.5)
    write_tables(loaded.plan, findings, spoken, cache, associations)
    write_evidence(findings, cache)
    write_record_lists(loaded, spoken, cache)
    figures = make_charts(
        loaded.plan,
        findings,
        maps,
        spoken,
        cache,
        part(progress, 0.5, 0.9),
        associations,
    )
    progress("Writing the report", 0.9)
    content = replace(
        report_content(loaded, findings, maps, figures, spoken),
        corpus=corpus,
        associations=associations_told(loaded.plan, associations),
        searched=searched_of(loaded),
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
