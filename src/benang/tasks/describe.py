"""A corpus described and a codebook shown, each as a page or document of its own.

The corpus comes in figures, as a summary, a page, tables or pictures; the codebook as a page, in Word, as PDF, Markdown
or a `.qdc` file, with what changed since earlier versions.
"""

from __future__ import annotations

import contextlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from benang import __version__
from benang.coding.codebook import Codebook
from benang.coding.codebook_versions import (
    ChangeKind,
    CodeChange,
    Version,
    code_changes,
    find_version,
    keep_version,
    kept_versions,
)
from benang.coding.labels import qdc
from benang.coding.placed import in_documents, present_code
from benang.errors import BenangError, Problem, argument
from benang.files import Input, replacing, write_bytes, write_text
from benang.indicators import USUAL_TOP, Description, shortened
from benang.indicators import describe as description_of
from benang.indicators.indicator import Indicator
from benang.judgements.events import Coding
from benang.locale import Language, translator
from benang.locale.writing import numeral, worded
from benang.looks.appearance import cut_label
from benang.progress import Progress, part, silent
from benang.project.folder import REFI_IDS, Document
from benang.qda import Ids, read_ids
from benang.readers.registry import Choices
from benang.records.file_accounts import placeless
from benang.records.names import family_name
from benang.records.thesaurus import read_thesaurus, thesaurus_remarks
from benang.report.describing import absence
from benang.report.describing_files import (
    corpus_figure_files,
    corpus_figures,
    write_codebook_excel,
    write_description_csv,
    write_description_excel,
)
from benang.report.describing_words import Described
from benang.report.html import html_page
from benang.report.inline import Texts
from benang.report.separate_reports import CodebookContent, codebook_markdown, codebook_report, description_blocks
from benang.review.desk import Desk, open_desk
from benang.tasks.account import Account, Note, Table, check_outputs, listing, rows, unknown_form
from benang.tasks.read_works import WorksRequest, read_works

PAGES, TABLES, DRAWN = (".html",), (".csv", ".xlsx"), (".png", ".svg", ".pdf")
"""What a file may end with: a page whose numbers open, all numbers with their records, the figures one by one."""

_LISTED = 5  # rows of a table in the summary
_LONGEST = 44  # letters of a name in the summary
_NOT_IN_SUMMARY = frozenset({"lotka", "keyword-years", "country-pairs", "years"})
"""Tables that a page shows and a summary has no room for."""


@dataclass(frozen=True, kw_only=True)
class DescribeRequest:
    """Exports, and the files in which they are described; without any, the account has a summary.

    `top` is the most rows that a table has, 0 for all; where None, a page has 20 and a table of data all. `last_full`
    is the last year that all records are in, for growth. `with_references` matches the cited references. `thesaurus`
    joins and drops what is counted by name, as on maps.
    """

    files: tuple[Input, ...]
    choices: Choices = Choices()  # noqa: RUF009 - it is frozen
    join: bool = True
    decisions: Input | None = None
    top: int | None = None
    last_full: int | None = None
    with_references: bool = True
    thesaurus: Input | None = None
    outputs: tuple[Path, ...] = ()
    language: Language = "en"


@dataclass(frozen=True)
class CorpusDescription:
    """A corpus in figures, with the account of what was read for it."""

    description: Description
    account: Account


def describe(request: DescribeRequest, *, progress: Progress = silent) -> CorpusDescription:
    """Describe a corpus in figures: years, sources, authors, places, citations, keywords, and what is lacking.

    Raises
    ------
    Misuse
        For output of an unknown form, or that would destroy what is read.
    BenangError
        For exports that can't be read, and files that can't be written.
    """
    _check(request)
    works = WorksRequest(
        files=request.files,
        choices=request.choices,
        join=request.join,
        decisions=request.decisions,
        language=request.language,
    )
    variants = read_thesaurus(request.thesaurus) if request.thesaurus else None
    read = read_works(works, progress=part(progress, 0.0, 0.3))
    progress("Counting", 0.3)
    description = description_of(
        placeless(read.corpus, [one for one in request.files if isinstance(one, Path)]),
        top=_most(request),
        last_full=request.last_full,
        with_references=request.with_references,
        thesaurus=variants,
    )
    written, remarks = _write(description, request, progress)
    remarks += thesaurus_remarks(variants, description.unmatched, request.language) if variants else []
    notes = [] if request.outputs else list(_summary(description, request.language))
    notes += [Note("", tuple(remarks))] if remarks else []
    return CorpusDescription(description, read.account + Account(notes=tuple(notes), files=tuple(written)))


def _check(request: DescribeRequest) -> None:
    """Refuse output that can't be written before long work."""
    known = (*PAGES, *TABLES, *DRAWN)
    for path in request.outputs:
        if path.suffix.lower() not in known:
            raise unknown_form(path, known)
    check_outputs(request.outputs, [*request.files, request.decisions, request.thesaurus])


def _most(request: DescribeRequest) -> int:
    """Return how many rows are counted: all where a table of data is wanted, which a page then cuts."""
    if request.top is not None:
        return request.top
    return 0 if any(path.suffix.lower() in TABLES for path in request.outputs) else USUAL_TOP


def _write(description: Description, request: DescribeRequest, progress: Progress) -> tuple[list[Path], list[str]]:
    """Write all files together; return those written, and what could not be put into them."""
    remarks: list[str] = []
    page = shortened(description, USUAL_TOP if request.top is None else request.top)
    paths = list(dict.fromkeys(request.outputs))
    drawn: dict[Path, dict[Path, bytes]] = {}
    for path in (one for one in paths if one.suffix.lower() in DRAWN):
        progress(worded("Drawing {name}", name=path.name), 0.6)
        drawn[path] = corpus_figure_files(page, request.language, path)
    pictures = {place: data for files in drawn.values() for place, data in files.items()}
    single = [path for path in paths if path not in drawn]
    with replacing(*single, *pictures) as places:
        to = dict(zip((*single, *pictures), places, strict=True))
        for place, data in pictures.items():
            to[place].write_bytes(data)
        for at, path in enumerate(single):
            progress(worded("Writing {name}", name=path.name), 0.7 + 0.3 * at / len(single))
            remarks += _write_one(description, page, to[path], request.language)
    return [one for path in paths for one in drawn.get(path, (path,))], remarks


def _write_one(description: Description, page: Description, path: Path, language: Language) -> list[str]:
    """Write a page or a table; return what could not be put into it."""
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return write_description_excel(description, path, language=language)
    if suffix == ".csv":
        write_description_csv(description, path, language=language)
    else:
        figures = corpus_figures(page, language)
        report = description_blocks(page, language, figures=figures, version=__version__)
        write_text(path, html_page(report))
    return []


def _summary(description: Description, language: Language) -> Iterator[Note | Table]:
    """Give every indicator with its first rows, or why it is unknown."""
    words = Described(Texts(language), {})
    for indicator in description.indicators.values():
        if indicator.name in _NOT_IN_SUMMARY:
            continue
        heading = f"{words.title(indicator.name)}:"
        if why := absence(indicator, description, words.texts):
            yield listing([why], heading)
        elif indicator.measures == ("value",):
            values = ((words.row(indicator, row), words.value(row.numbers["value"])) for row in indicator.rows)
            yield Table(heading, rows(values, language), "ll")
        else:
            yield _first_rows(indicator, words, heading)


def _first_rows(indicator: Indicator, words: Described, heading: str) -> Table:
    """Give the first rows of a table, and how many there are."""
    language = words.texts.language
    shown = indicator.rows if indicator.name == "completeness" else indicator.rows[:_LISTED]
    cells = [("", *(words.measure(one) for one in indicator.measures))]
    for row in shown:
        values = (row.numbers.get(one) for one in indicator.measures)
        cells.append(
            (cut_label(words.row(indicator, row), _LONGEST), *(words.value(one) if one else "–" for one in values))
        )
    more: tuple[str, ...] = ()
    if indicator.n > len(shown):
        _ = translator(language)
        text = _("… {shown} of {all}; for more, use {option} FILE.html or {option} FILE.csv.")
        option = argument("output")
        more = (text.format(shown=len(shown), all=numeral(indicator.n, language, 0), option=option),)
    return Table(heading, tuple(cells), "l" + "r" * len(indicator.measures), more)


FORMS = (".html", ".docx", ".xlsx", ".pdf", ".md", ".qdc")
"""What a codebook is written as, by the suffix of the file."""
_FEW_WORDS = 8


@dataclass(frozen=True, kw_only=True)
class ShowCodebookRequest:
    """A review whose codebook is shown; the account has its codes where no `output` is named."""

    folder: Path
    output: Path | None = None
    language: Language = "en"


@dataclass(frozen=True)
class ShownCodebook:
    """The codebook with the number of passages of each code, and the account."""

    content: CodebookContent
    account: Account


def show_codebook(request: ShowCodebookRequest, *, progress: Progress = silent) -> ShownCodebook:
    """Show a codebook: each code with its definition, its rule, an anchor example, and how many passages carry it.

    Raises
    ------
    Misuse
        For output of an unknown form, or that would destroy a file of the review.
    BenangError
        For a review that can't be read, a file that can't be written, and a `.qdc` file of no codes.
    """
    if request.output and request.output.suffix.lower() not in FORMS:
        raise unknown_form(request.output, FORMS)
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    progress("Writing" if request.output else "Counting", 0.9)
    version = _present(desk)
    content = _content(desk, version, request.language)
    if request.output is None:
        text = codebook_markdown(content, request.language)
        return ShownCodebook(content, Account(notes=tuple(Note(line) for line in text.splitlines())))
    check_outputs([request.output], list(desk.folder.files))
    suffix = request.output.suffix.lower()
    if suffix == ".xlsx":
        write_codebook_excel(content, request.output, language=request.language)
    else:
        ids = read_ids(desk.folder.root / REFI_IDS)
        write_bytes(request.output, _written(content, suffix, request.language, ids))
    return ShownCodebook(content, Account(files=(request.output,)))


def _content(desk: Desk, version: Version, language: Language) -> CodebookContent:
    """Return the codes with what was coded with them, as far as it counts."""
    carried = {(present_code(one.code, desk.codebook), one.id): one.case for one in desk.judgements.counted}
    cases = {(code, case) for (code, _), case in carried.items()}
    return CodebookContent(
        desk.codebook,
        dict(Counter(code for code, _ in carried)),
        desk.plan.title.text(language),
        _called(version),
        __version__,
        dict(Counter(code for code, _ in cases)),
        _examples(desk, language),
    )


def _examples(desk: Desk, language: Language) -> dict[str, tuple[str, str]]:
    """Return a passage of each code and where it is from: its anchor example where that was coded, else a short one.

    Of several, it is the shortest of those with at least eight words, so that it can be understood by itself.
    """
    by_code: dict[str, list[Coding]] = defaultdict(list)
    for one in in_documents(desk.judgements, desk.documents, desk.codebook).codings:
        if one.stance == "supports":
            by_code[one.code].append(one)
    examples = {}
    for code in desk.codebook.codes:
        own = _bare(code.example)
        alike = [one for one in by_code[code.id] if not own or own in _bare(one.quote) or _bare(one.quote) in own]
        if alike:
            chosen = min(alike, key=_readiness)
            examples[code.id] = (
                " ".join(chosen.quote.split()),
                _source(desk.documents[chosen.document], chosen, language),
            )
    return examples


def _bare(quote: str) -> str:
    return " ".join(quote.split()).casefold()


def _readiness(coding: Coding) -> tuple[bool, int, str]:
    words = len(coding.quote.split())
    return words < _FEW_WORDS, len(coding.quote) if words >= _FEW_WORDS else -len(coding.quote), coding.id


def _source(document: Document, coding: Coding, language: Language) -> str:
    """Say where a passage is from: author and year where the document's heading has them, else the record; the page."""
    _ = translator(language)
    paper, page = document.paper, document.page(coding.start)
    who = f"{family_name(paper.author)} {paper.year}" if paper.author and paper.year else document.record
    return who + (_(", p. {page}").format(page=page) if page else "")


def _written(content: CodebookContent, suffix: str, language: Language, ids: Ids) -> bytes:
    if suffix == ".qdc":
        return qdc(content.codebook, language, version=content.version, ids=ids)
    if suffix == ".md":
        return codebook_markdown(content, language).encode("utf-8")
    report = codebook_report(content, language)
    if suffix == ".html":
        return html_page(report).encode("utf-8")
    if suffix == ".pdf":
        from benang.report.pdf import check_ready, render_pdf

        check_ready()
        return render_pdf(report)
    from benang.report.word import render_docx

    return render_docx(report)


def _present(desk: Desk) -> Version:
    """Return the present version, which is kept if it is not yet.

    Looking at a codebook must not fail in a folder that can't be written to: there the version has the number 0.
    """
    with contextlib.suppress(BenangError):
        keep_version(desk.folder.root, desk.folder.codebook, desk.codebook)
    kept = {one.id: one for one in kept_versions(desk.folder.root)}
    return kept.get(desk.codebook.version, Version(0, desk.codebook.version, desk.folder.root))


def _called(version: Version) -> str:
    return f"{version.number} ({version.id})" if version.number else version.id


@dataclass(frozen=True, kw_only=True)
class CodebookDiffRequest:
    """Two versions of a codebook, by their numbers or ids: the one before the present and the present where None."""

    folder: Path
    before: str | None = None
    after: str | None = None
    language: Language = "en"


@dataclass(frozen=True)
class CodebookDiff:
    """What differs, code by code; `versions` are all that are kept."""

    changes: tuple[CodeChange, ...]
    versions: tuple[Version, ...]
    account: Account


def diff_codebook(request: CodebookDiffRequest, *, progress: Progress = silent) -> CodebookDiff:
    """Say in words what changed between two versions of a codebook.

    Raises
    ------
    BenangError
        Where a version is not kept, or is no longer what it was; for a review that can't be read.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    progress("Comparing", 0.9)
    present = _present(desk)
    versions = kept_versions(desk.folder.root)
    after = find_version(request.after, versions) if request.after else present
    before = find_version(request.before, versions) if request.before else _before(after, versions)
    changes = code_changes(before.codebook, _codebook(after, desk))
    notes = tuple(_notes(changes, before, after, request.language))
    return CodebookDiff(changes, versions, Account(notes=notes))


def _before(version: Version, versions: Sequence[Version]) -> Version:
    """Return the last version that was kept before one; the last other one where it is the first itself."""
    others = [one for one in versions if one.id != version.id]
    if not others:
        fault = "there is no earlier version of the codebook"
        way_on = "Versions are saved when passages are coded, and when `benang codebook` changes something."
        raise BenangError(Problem(fault, where="codebook/", way_on=way_on))
    return max((one for one in others if one.number < version.number), key=lambda one: one.number, default=others[-1])


def _codebook(version: Version, desk: Desk) -> Codebook:
    return desk.codebook if version.id == desk.codebook.version else version.codebook


def _notes(changes: Sequence[CodeChange], before: Version, after: Version, language: Language) -> Iterator[Note]:
    _ = translator(language)
    yield Note(_("From version {before} to version {after}:").format(before=_called(before), after=_called(after)))
    for code, several in groupby(changes, key=lambda one: one.code):
        label = code.label.text(language)
        yield Note(f"{label} [{code.id}]", tuple(_worded(one, language) for one in several))
    if not changes:
        yield Note(_("No code differs; variables, groups or frameworks may differ."))
    n = len({one.code.id for one in changes})
    yield Note(_("Codes that differ: {n}.").format(n=numeral(n, language, 0)))


def _worded(change: CodeChange, language: Language) -> str:
    """Say one change in words."""
    _ = translator(language)
    words: dict[ChangeKind, str] = {
        "added": _("new"),
        "removed": _("removed"),
        "renamed": _("renamed, formerly {before}"),
        "merged": _("{before} was merged into it"),
        "split": _("split into {after} and retired"),
        "retired": _("retired"),
        "in-use": _("in use again"),
        "heading": _("now a heading"),
        "no-heading": _("no longer a heading"),
    }
    if change.kind in words:
        return words[change.kind].format(before=change.before, after=change.after)
    fields: dict[ChangeKind, str] = {
        "label": _("label"),
        "definition": _("definition"),
        "include": _("include"),
        "exclude": _("exclude"),
        "example": _("anchor example"),
        "group": _("group"),
        "side": _("side"),
        "parent": _("heading above it"),
        "row": _("row of the printed table"),
        "colour": _("colour"),
    }
    before, after = (" ".join(text.split()) or _("(none)") for text in (change.before, change.after))
    return f"{fields[change.kind]}: {before} → {after}"
