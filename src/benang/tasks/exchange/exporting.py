"""A review out to other programs, as `.qdpx` or `.qdc`, with an account of what went out and what could not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benang.coding.labels import sent_frameworks
from benang.files import write_bytes
from benang.judgements.events import (
    NOT_REPORTED,
    Coding,
    Consensus,
    Decision,
    Task,
    Value,
)
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral
from benang.progress import Progress, silent
from benang.project.toml_files import Label
from benang.qda import Project, SetAside
from benang.qda.refi_writing import losses, qdc, qdpx
from benang.review.desk import Desk, open_desk
from benang.screening.outcomes import Screening
from benang.tasks.account import Account, Note, Rows, check_outputs, in_shell, rows, unknown_form
from benang.tasks.exchange.import_account import first_lines
from benang.tasks.exchange.sent_review import SentReview, type_of

FORMS = (".qdpx", ".qdc")
"""What a review goes out as, by the suffix of the file: a whole project, or its codes alone."""
_MOST_NAMED = 8


@dataclass(frozen=True, kw_only=True)
class ExportRequest:
    """A review that is written as `output`: `.qdpx` for all that is coded in it, `.qdc` for its codes."""

    folder: Path
    output: Path
    language: Language = "en"


@dataclass(frozen=True)
class Exported:
    """What was written, what its file can't hold, and the account."""

    project: Project
    losses: tuple[SetAside, ...]
    account: Account


def export_review(request: ExportRequest, *, progress: Progress = silent) -> Exported:
    """Write a review in REFI-QDA's exchange format. The same folder gives the same bytes.

    Raises
    ------
    Misuse
        For output of an unknown form, or that would destroy a file of the review.
    BenangError
        For a review that can't be read, a file that can't be written, and a `.qdc` file of no codes.
    """
    suffix = request.output.suffix.lower()
    if suffix not in FORMS:
        raise unknown_form(request.output, FORMS)
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    check_outputs([request.output], list(desk.folder.files))
    progress("Counting", 0.5)
    screening = _screening(desk) if suffix == ".qdpx" else None
    sent = SentReview(desk, _included(desk, screening) if screening else ())
    project = sent.project()
    progress("Writing", 0.9)
    if suffix == ".qdc":
        codes = Project(origin=project.origin, codes=project.codes, sets=sent_frameworks(desk.codebook, ids=sent.ids))
        write_bytes(request.output, qdc(codes))
        return Exported(codes, (), Account(rows=_rows(codes, request.language), files=(request.output,)))
    write_bytes(request.output, qdpx(project))
    lost = losses(project)
    notes = tuple(_notes(sent, project, screening, lost, request))
    return Exported(project, lost, Account(rows=_rows(project, request.language), notes=notes, files=(request.output,)))


def _screening(desk: Desk) -> Screening | None:
    """Return what came of the screening so far, as far as it may be shown; None for a review that doesn't screen."""
    if not (desk.plan.criteria or desk.judgements.of(Decision)):
        return None
    from benang.review.load import screening_of  # with all readers, which coding does without

    return screening_of(desk.plan, desk.sources, desk.judgements)


def _included(desk: Desk, screening: Screening) -> frozenset[str]:
    """Return the documents whose works the screening included."""
    from benang.review.load import filed_documents

    included, filed = set(screening.included), filed_documents(desk.documents, desk.sources.filing)
    return frozenset(path for path, one in filed.items() if one.record in included)


def _rows(project: Project, language: Language) -> Rows:
    """Return how many of what went out."""
    _ = translator(language)
    selections = [one for source in project.sources for one in source.selections]
    counts = (
        (_("coders"), len(project.users)),
        (_("codes"), len(project.codes)),
        (_("documents"), len(project.sources)),
        (_("cases"), len(project.cases)),
        (_("variables"), len(project.variables)),
        (_("passages"), len(selections)),
        (_("codings"), sum(len(one.codings) for one in selections)),
        (_("memos"), len(project.notes)),
        (_("sets"), len(project.sets)),
    )
    return rows([one for one in counts if one[1]], language)


def _notes(
    sent: SentReview,
    project: Project,
    screening: Screening | None,
    lost: Iterable[SetAside],
    request: ExportRequest,
) -> Iterator[Note]:
    _, language = translator(request.language), request.language
    if not (project.codes or project.sources or project.cases):
        yield Note(_("The review has no codes, documents or cases yet: the project is empty."))
    if carried := _lines(_differently(sent, project, language), language):
        yield Note(_("In another form, because REFI-QDA has no place of its own for it:"), carried)
    if left := _lines(_not_carried(sent, screening, language), language):
        yield Note(_("Not in the file, because REFI-QDA has no place for it:"), left)
    if aside := _lines(_left_out(sent, language), language):
        yield Note(_("Left out:"), aside)
    yield from _unplaced(sent, language)
    if odd := tuple(f"{one.kind} '{one.where}': {one.reason}" for one in lost):
        yield Note(
            _("Changed or left out, because the file can't hold it:"), first_lines(odd, language, most=_MOST_NAMED)
        )
    if kept := tuple(_files_kept(sent.desk, language)):
        text = _(
            "Not included: {names}. `benang send {folder} -o F.zip --all` packs the whole review for another Benang."
        )
        yield Note(text.format(names=", ".join(kept), folder=in_shell(request.folder)))


_Counts = Iterable[tuple[str, int]]


def _lines(counts: _Counts, language: Language) -> tuple[str, ...]:
    return tuple(f"{what}: {numeral(n, language, 0)}" for what, n in counts if n)


def _differently(sent: SentReview, project: Project, language: Language) -> _Counts:
    """Count what goes out in another form and, as far as Benang reads it back, comes home in its own."""
    _, desk = translator(language), sent.desk
    codes, variables = desk.codebook.codes, desk.codebook.variables
    ruled = [one for one in codes if one.include or one.exclude or one.example]
    retired = [one for one in codes if one.retired or one.split_into]
    above = {one.parent for one in project.codes}
    groups = [one for one in project.codes if not one.is_codable and one.guid in above]
    categories = [one for one in variables if one.type == "category" and type_of(one) == "Text"]
    notes = [one for one in desk.documents.values() if one.is_abstract or one.is_secondary]
    several = sum(len(one.codings) - 1 for one in sent.said)
    yield _("codes whose rules and example are in their description"), len(ruled)
    yield _("retired codes, as ordinary codes"), len(retired)
    yield _("groups and headings, as codes that nothing is coded with"), len(groups)
    yield _("codings with their stance or scope in a memo"), sum(bool(one.marks) for one in sent.said)
    yield _("codings of one passage for several cases, joined into one coding"), several
    yield _("categories, as text"), len(categories)
    yield _("frameworks, as sets of codes without their items"), len(sent_frameworks(desk.codebook, ids=sent.ids))
    yield _("abstracts and notes on secondary accounts, as ordinary documents"), len(notes)


def _not_carried(sent: SentReview, screening: Screening | None, language: Language) -> _Counts:
    """Count what people said, or wrote down, that a project can't hold."""
    _, desk, judgements = translator(language), sent.desk, sent.desk.judgements
    kinds = Counter(type(one) for one in judgements.of_persons)
    values = [one for one in judgements.of(Value) if not one.program]
    given = [one for one in values if one.value != NOT_REPORTED]
    differing = {(one.case, one.variable) for one in values if sent.differs(one.case, one.variable)}
    versions = {one.vocabulary for one in judgements.of(Coding) if one.vocabulary}
    texts = [value for one in desk.present_cases.cases for value in one.values.values() if isinstance(value, Label)]
    shown = [one for of in (screening.outcomes if screening else {}).values() for one in of.values()]
    yield _("decisions of the screening that are not blinded"), sum(len(one.decisions) for one in shown)
    yield _("cases that coders marked as done, group by group"), kinds[Task]
    yield _("decisions by consensus on which codings count"), kinds[Consensus]
    yield _("values without their coder and their passages"), len(given)
    yield _("values 'not reported'"), len(values) - len(given)
    yield _("values on which coders differ"), len(differing)
    yield _("versions of the codebook under which passages were coded"), len(versions)
    yield _("values with a text in Indonesian, which is left out"), sum(one.text("id") != one.en for one in texts)


def _left_out(sent: SentReview, language: Language) -> _Counts:
    """Count what is not for others, or no longer said."""
    _, judgements = translator(language), sent.desk.judgements
    codings = (*sent.placed.codings, *sent.placed.set_aside)
    unknown = [one for one in codings if one.code not in sent.desk.codebook.by_id]
    in_headings = [one for one in codings if not sent.is_sent(one.document, one.start)]
    earlier = sum(len(one.earlier) for one in sent.desk.documents.values())
    yield _("suggestions of programs that nobody has taken over"), sum(bool(one.program) for one in judgements.current)
    yield _("judgements that were withdrawn or replaced"), len(judgements.superseded)
    yield _("judgements in conflict with each other"), len(judgements.disputed)
    yield _("codings with a code that codebook.toml lacks"), len(unknown)
    yield _("codings in the heading of a document"), len(in_headings)
    yield _("earlier texts of documents"), earlier


def _unplaced(sent: SentReview, language: Language) -> Iterator[Note]:
    """Name the passages whose words are no longer in their documents."""
    _ = translator(language)
    if unplaced := sent.placed.unplaced:
        lines = tuple(f"{one.document}: “{one.quote}”: {one.reason}" for one in unplaced)
        yield Note(
            _("Passages that are not found in their documents and are not in the file:"),
            first_lines(lines, language, most=_MOST_NAMED),
        )


def _files_kept(desk: Desk, language: Language) -> Iterator[str]:
    """Give the files of the review that hold what the project does not: exports and papers with their sizes."""
    _ = translator(language)
    for name in ("sources", "papers"):
        sizes = [path.stat().st_size for path in (desk.folder.root / name).rglob("*") if path.is_file()]
        if sizes:
            text = counted("{folder} ({n} file, {size} MB)", "{folder} ({n} files, {size} MB)", len(sizes), language)
            size = numeral(max(0.1, sum(sizes) / 1e6), language, 1)
            yield text.format(folder=f"{name}/", n=numeral(len(sizes), language, 0), size=size)
    own = (desk.folder.claims, desk.folder.searches, desk.folder.studies, desk.folder.thesaurus, desk.folder.keywords)
    yield from (desk.folder.name(path) for path in own if path)
