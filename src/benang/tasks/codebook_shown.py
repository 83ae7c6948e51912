"""A codebook shown, as a page, in Word, as PDF, Markdown or a `.qdc` file, and what changed since earlier versions."""

from __future__ import annotations

import contextlib
from collections import Counter
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
from benang.coding.placed import present_code
from benang.errors import BenangError, Problem
from benang.files import write_bytes
from benang.locale import Language, translator
from benang.locale.writing import numeral
from benang.progress import Progress, silent
from benang.report.html import html_page
from benang.report.separate_reports import CodebookContent, codebook_markdown, codebook_report
from benang.review.desk import Desk, open_desk
from benang.tasks.account import Account, Note
from benang.tasks.outputs import check_outputs, unknown_form

FORMS = (".html", ".docx", ".pdf", ".md", ".qdc")
"""What a codebook is written as, by the suffix of the file."""


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
    carried = Counter(present_code(one.code, desk.codebook) for one in desk.judgements.counted)
    content = CodebookContent(
        desk.codebook, dict(carried), desk.plan.title.text(request.language), _called(version), __version__
    )
    if request.output is None:
        text = codebook_markdown(content, request.language)
        return ShownCodebook(content, Account(notes=tuple(Note(line) for line in text.splitlines())))
    check_outputs([request.output], list(desk.folder.files))
    write_bytes(request.output, _written(content, request.output.suffix.lower(), request.language))
    return ShownCodebook(content, Account(files=(request.output,)))


def _written(content: CodebookContent, suffix: str, language: Language) -> bytes:
    if suffix == ".qdc":
        return qdc(content.codebook, language, version=content.version)
    if suffix == ".md":
        return codebook_markdown(content, language).encode("utf-8")
    report = codebook_report(content, language)
    if suffix == ".html":
        return html_page(report).encode("utf-8")
    if suffix == ".pdf":
        from benang.report.pdf import check_ready, render_pdf

        check_ready()
        return render_pdf(report)
    from benang.report.word.document import render_docx

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
