"""A project of another program into a review: codes, documents, cases, codings and notes, all of it or nothing.

What the review has already is known again and stays as it is, so that a project may come in again when it has grown.
"""

from __future__ import annotations

import contextlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benang.coding.codebook import Codebook
from benang.coding.codebook_file import parsed_codebook
from benang.coding.codebook_versions import version_file
from benang.errors import BenangError, argument
from benang.files import decode, read_bytes, remove, write_bytes, write_together
from benang.judgements.events import Coding, Memo
from benang.judgements.store import FolderStore
from benang.judgements.store import file_name as log_name
from benang.locale import Language, translator
from benang.locale.writing import counted, in_language, listed, numeral
from benang.progress import Progress, silent
from benang.project.folder import PLAN, REFI_IDS
from benang.project.rekeying import edited
from benang.project.toml_edits import Edit, SetValue, edited_toml
from benang.qda.codebook_tables import read_codebook_table
from benang.qda.databases import is_database, read_tables
from benang.qda.guids import Row, read_ids
from benang.qda.project import COUNTED, Project, SetAside
from benang.qda.qualcoder import read_qualcoder
from benang.qda.refi_reading import read_refi
from benang.qda.taguette import read_taguette
from benang.review.beginning import edited_without_example, without_examples
from benang.review.desk import Desk, open_desk
from benang.safe_files import check_within
from benang.screening.searches import SEARCHES, parsed_searches
from benang.tasks.account import Account, Note, Table
from benang.tasks.codebook import changing
from benang.tasks.coding.importing import ImportRequest, import_sheet
from benang.tasks.exchange.incoming_events import Incoming, Said, said_in
from benang.tasks.exchange.incoming_texts import filed_sources, placed_cases
from benang.tasks.exchange.incoming_vocabulary import vocabulary_of

TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")
"""Files that are tables of codings, not projects, by their suffixes."""
CODEBOOK, CASES = "codebook.toml", "cases.toml"
_NEW = b"format = 1\n"
_MOST_NAMED = 5
_MOST_REASONS = 30


@dataclass(frozen=True, kw_only=True)
class ImportProjectRequest:
    """A file of another program for a review; `coder` speaks for what names nobody.

    With `check`, nothing is written: only the account is made. `time`, for what names none, is now where None. The
    codes of a project come in with it; those of a table do with `new_codes`, in `group`.
    """

    file: Path
    folder: Path
    coder: str | None = None
    check: bool = False
    new_codes: bool = False
    group: str | None = None
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True)
class ImportedProject:
    """What a file held, and what of it came into the review; `is_whole` says that nothing had to be refused."""

    account: Account
    project: Project = field(default_factory=Project)
    codings: tuple[Coding, ...] = ()
    memos: tuple[Memo, ...] = ()
    is_whole: bool = True


def import_project(request: ImportProjectRequest, *, progress: Progress = silent) -> ImportedProject:
    """Take a project of another program into a review; a table of codings as `import_sheet` does.

    Raises
    ------
    BenangError
        For a file or a review that can't be read, and one that can't be written; then nothing has changed.
    """
    is_table = request.file.suffix.lower() in TABLES
    book = _codebook(request.file) if is_table else None
    if is_table and book is None:
        sheet = ImportRequest(
            sheet=request.file, folder=request.folder, coder=request.coder, check=request.check, time=request.time,
            new_codes=request.new_codes, group=request.group, language=request.language,
        )  # fmt: skip
        taken = import_sheet(sheet, progress=progress)
        return ImportedProject(taken.account, is_whole=taken.is_whole)
    progress("Reading the project", 0.0)
    project = book or read_project(request.file)
    with changing(request.folder) as review:
        progress("Reading the review", 0.3)
        desk = open_desk(review.root)
        progress("Comparing the project with the review", 0.5)
        taking = _taking(project, desk, request)
        if not request.check:
            progress("Writing", 0.9)
            _write(taking, desk, request)
    codings = tuple(one for one in taking.said.events if isinstance(one, Coding))
    memos = tuple(one for one in taking.said.events if isinstance(one, Memo))
    account = Account(notes=tuple(_notes(taking, request)), files=() if request.check else tuple(taking.files))
    return ImportedProject(account, project, codings, memos)


def _codebook(file: Path) -> Project | None:
    """Return the codes of a table that is a codebook; None for another, of which `import_sheet` says what it lacks."""
    with contextlib.suppress(BenangError):
        return read_codebook_table(file)
    return None


def read_project(file: Path) -> Project:
    """Read a project: REFI-QDA, QualCoder's folder or Taguette's database.

    Raises
    ------
    BenangError
        For what is none of these, and what `read_refi` and `read_tables` refuse.
    """
    if not is_database(file):
        return read_refi(file)
    tables = read_tables(file)
    return read_qualcoder(tables) if tables.program == "QualCoder" else read_taguette(tables)


@dataclass(frozen=True)
class _Taking:
    """A project with its place in a review, and the files that are to be written.

    `examples` are the files that have, or had, the examples with which the review began; those of a review in which
    they are `replaced` by what the project has are without them. `shown` is the group that takes the place of theirs
    in charts and tables.
    """

    incoming: Incoming
    said: Said
    files: Mapping[Path, bytes]
    examples: tuple[str, ...] = ()
    replaced: bool = False
    shown: str = ""


def _taking(project: Project, desk: Desk, request: ImportProjectRequest) -> _Taking:
    """Work out all that an import changes."""
    root = desk.folder.root
    ids = read_ids(root / REFI_IDS)
    before = desk.codebook
    emptied, examples = without_examples(desk)
    replaced = emptied is not desk and bool(project.codes)
    desk = emptied if replaced else desk
    change = edited_without_example if replaced else edited_toml
    vocabulary = vocabulary_of(project, desk.codebook, ids)
    data = _edited(desk.folder.codebook, CODEBOOK, vocabulary.edits, change)
    codebook = parsed_codebook(decode(data, where=CODEBOOK), CODEBOOK) if vocabulary.edits else desk.codebook
    filed = filed_sources(project, desk, ids)
    placed = placed_cases(project, desk, ids, filed, vocabulary)
    unnamed = _unnamed(desk, request.coder)
    incoming = Incoming(project, desk, ids, codebook, vocabulary, filed, placed, unnamed)
    said = said_in(incoming)
    files = {root / one.path: one.text.encode("utf-8") for one in filed.new}
    if vocabulary.edits or said.events:
        files |= _versions(desk, codebook, data, is_first=replaced)
    files |= {root / CODEBOOK: data} if vocabulary.edits else {}
    if filed.edits:
        files[root / SEARCHES] = _edited(desk.folder.searches, SEARCHES, filed.edits)
        parsed_searches(decode(files[root / SEARCHES], where=SEARCHES), root)
    if placed.edits or (replaced and desk.folder.cases):
        files[root / CASES] = _edited(desk.folder.cases, CASES, placed.edits, change)
    shown = _shown(codebook) if replaced else ""
    if shown and (edits := _plan_edits(desk, {one.id for one in before.groups}, shown)):
        files[desk.folder.plan] = _edited(desk.folder.plan, PLAN, edits)
    users: list[Row] = [("user", name, guid) for guid, name in said.coders.items()]
    rows = (*vocabulary.rows, *filed.rows, *placed.rows, *said.rows, *users)
    known = ids.adding(row for row in rows if ids.id(row[0], row[2]) is None)
    if known != ids:
        files[root / REFI_IDS] = known.data
    files = dict(sorted(files.items(), key=lambda one: one[0].parent != root))  # documents after their records
    return _Taking(incoming, said, files, examples, replaced, shown)


def _edited(path: Path | None, name: str, edits: Sequence[Edit], change: Callable[..., str] = edited_toml) -> bytes:
    """Return a file of the review with changes; a new one where there is none."""
    data = read_bytes(path) if path else _NEW
    return edited(data, partial(change, edits=edits, where=name), where=name)


def _shown(codebook: Codebook) -> str:
    """Return the group with the most codes that passages can have; of several, the first."""
    sizes = Counter(one.group for one in codebook.codes if one.is_usable)
    return max(sizes, key=lambda group: sizes[group], default="")


def _plan_edits(desk: Desk, groups: Collection[str], shown: str) -> list[Edit]:
    """Let charts and tables of groups that are no more show another one: no build would be possible."""
    return [
        SetValue((part, number, "codes"), shown)
        for part, every in (("charts", desk.plan.charts), ("tables", desk.plan.tables))
        for number, one in enumerate(every)
        if getattr(one, "codes", None) in groups
    ]


def _versions(desk: Desk, codebook: Codebook, data: bytes, *, is_first: bool) -> dict[Path, bytes]:
    """Return the versions of the codebook that are to be kept: as it was, and as it is with the project's codes."""
    root, path = desk.folder.root, desk.folder.codebook
    files = dict(version_file(root, desk.codebook, read_bytes(path))) if path and not is_first else {}
    if codebook.version == desk.codebook.version:
        return files
    for place, content in version_file(root, codebook, data).items():
        number, _, rest = place.name.partition("-")
        files[place.with_name(f"{int(number) + len(files):04}-{rest}")] = content
    return files


def _unnamed(desk: Desk, coder: str | None) -> str:
    """Return who says what names nobody: the coder who is given, else the only reviewer, else `unnamed`."""
    if coder:
        log_name(coder)
        return coder
    return desk.plan.reviewers[0] if len(desk.plan.reviewers) == 1 else "unnamed"


def _write(taking: _Taking, desk: Desk, request: ImportProjectRequest) -> None:
    """Write files and events; where the events can't be written, the files are as they were."""
    root, codebook = desk.folder.root, taking.incoming.codebook
    before = {path: read_bytes(path) if path.exists() else None for path in taking.files}

    def first() -> None:
        check_within(root, taking.files)
        write_together(taking.files)

    try:
        FolderStore(root).append_locked(
            taking.said.events, time=request.time or datetime.now(UTC), vocabulary=codebook.version, first=first
        )
    except BaseException:
        for path, data in before.items():
            with contextlib.suppress(BenangError, OSError):
                if data is None:
                    remove(path)
                elif path.read_bytes() != data:
                    write_bytes(path, data)
        raise


def _notes(taking: _Taking, request: ImportProjectRequest) -> Iterator[Note | Table]:
    """Give the account: what the file has, what became of it, and what was left."""
    _, language = translator(request.language), request.language
    project, said = taking.incoming.project, taking.said
    title = ", ".join(filter(None, (project.name, project.origin))) or request.file.name
    yield _balance(project, title, language)
    if project.convention:
        text = _("Positions in this file: {convention}.")
        yield Note(text.format(convention=in_language(project.convention, language)))
    yield from _added(taking, request)
    yield from _examples(taking, language)
    yield from _documents(taking, language)
    yield from _coders(taking, language)
    if project.set_aside:
        yield Note(_("Set aside:"), _first(_aside(project.set_aside, language), language))
    if left := tuple(_left(taking, language)):
        yield Note(_("Not taken over, because a review has no place for it:"), left)
    if odd := tuple(_odd(taking, language)):
        yield Note(_("Remarks:"), _first(odd, language))
    if any(isinstance(one, Coding) for one in said.events) and not request.check:
        text = _(
            "To compare coders, record which cases each of them has read: `benang code looked --review FOLDER --coded "
            "--coder NAME` for those with passages of theirs, or --all."
        )
        yield Note(text)


def _balance(project: Project, title: str, language: Language) -> Table:
    _ = translator(language)
    words = dict(zip(COUNTED, (_("sources"), _("codes"), _("selections"), _("codings")), strict=True))
    head = ("", _("found"), _("read"), _("set aside"))
    rows = (
        (words[one.kind], *(numeral(n, language, 0) for n in (one.found, one.read, one.aside)))
        for one in project.balances
    )
    return Table(title, (head, *rows), "lrrr")


def _added(taking: _Taking, request: ImportProjectRequest) -> Iterator[Note]:
    """Say what is new in the review, and what was there."""
    _, language = translator(request.language), request.language
    incoming, said = taking.incoming, taking.said
    codings = sum(isinstance(one, Coding) for one in said.events)
    new = (
        (_("codings"), codings),
        (_("memos"), len(said.events) - codings),
        (_("codes"), len(incoming.vocabulary.new_codes)),
        (_("variables"), len(incoming.vocabulary.new_variables)),
        (_("documents"), len(incoming.filed.new)),
        (_("records"), len(incoming.filed.typed)),
        (_("cases"), len(incoming.placed.new)),
    )
    counts = [f"{what} {numeral(n, language, 0)}" for what, n in new if n]
    if not counts:
        yield Note(_("Everything in it is in the review already; nothing was added."))
    elif request.check:
        yield Note(_("Would be added: {counts}.").format(counts=", ".join(counts)))
    else:
        yield Note(_("Added: {counts}.").format(counts=", ".join(counts)))
    if request.check:
        yield Note(_("This was only a check; nothing was added."))
    if counts and said.known:
        text = counted("{n} coding was there already.", "{n} codings were there already.", said.known, language)
        yield Note(text.format(n=numeral(said.known, language, 0)))
    if n := said.withdrawn:
        text = counted(
            "{n} coding had been withdrawn and was not added again.",
            "{n} codings had been withdrawn and were not added again.",
            n,
            language,
        )
        yield Note(text.format(n=numeral(n, language, 0)))


def _examples(taking: _Taking, language: Language) -> Iterator[Note]:
    """Say what becomes of the examples with which a review begins."""
    _ = translator(language)
    names = listed(taking.examples, language)
    if not taking.examples:
        return
    if not taking.replaced:
        text = _(
            "The examples with which the review began are still in {files}. Remove what you don't need, and adapt "
            "the charts and tables in review.toml that show it."
        )
        yield Note(text.format(files=names))
        return
    yield Note(_("The examples with which the review began were taken out of {files}.").format(files=names))
    if taking.shown:
        text = _("Charts and tables of the examples in review.toml now show the group of codes '{group}'.")
        yield Note(text.format(group=taking.shown))


def _documents(taking: _Taking, language: Language) -> Iterator[Note]:
    """Say of which record each new document is."""
    _, filed = translator(language), taking.incoming.filed
    lines = [
        _("{source} → {document}: record {key} ({reason})").format(
            source=one.name,
            document=filed.documents[one.guid].path,
            key=filed.documents[one.guid].record,
            reason=filed.reasons[one.guid].in_language(language),
        )
        for one in taking.incoming.project.sources
        if one.guid in filed.reasons
    ]
    if lines:
        yield Note(_("Documents:"), _first(lines, language))
    if filed.typed:
        text = _(
            "Records that no export has were typed into searches.toml. Until you write there how they were found, "
            "PRISMA counts them under other methods, as contacts. Add their authors, years and DOIs, too."
        )
        yield Note(text)


def _coders(taking: _Taking, language: Language) -> Iterator[Note]:
    """Say who is who, where that is not plain, and who is no reviewer of the plan."""
    _, said, plan = translator(language), taking.said, taking.incoming.desk.plan
    names = {one.guid: one.name or one.initials for one in taking.incoming.project.users}
    other = [f"{names[guid]} → {coder}" for guid, coder in said.coders.items() if names[guid] != coder]
    if other:
        yield Note(_("Coders under another name here: {names}.").format(names=", ".join(other)))
    unnamed = taking.incoming.unnamed
    if said.unnamed and any(one.coder == unnamed for one in said.events):
        text = _(
            "Codings and memos whose author the file does not name are under '{coder}'; {option} names another coder."
        )
        yield Note(text.format(coder=unnamed, option=argument("coder", value="NAME")))
    strangers = sorted({one.coder for one in said.events} - set(plan.reviewers))
    if strangers:
        text = _("Not among the reviewers of the plan: {names}. Add them to `reviewers` in review.toml.")
        yield Note(text.format(names=", ".join(strangers)))


def _aside(entries: Sequence[SetAside], language: Language) -> list[str]:
    """Say what was set aside and why, with the places of the first of each kind."""
    _ = translator(language)
    words: dict[str, str] = dict(zip(COUNTED, (_("sources"), _("codes"), _("selections"), _("codings")), strict=True))
    words |= dict.fromkeys(("SourceRef", "MemberSource"), _("references to sources"))
    words |= dict.fromkeys(("CodeRef", "MemberCode"), _("references to codes"))
    words |= dict.fromkeys(("NoteRef", "MemberNote"), _("references to notes"))
    words |= {"SelectionRef": _("references to selections"), "Link": _("links"), "color": _("colours")}
    words |= dict.fromkeys(("Graph", "graph"), _("drawn maps"))
    words |= dict.fromkeys(("VariableValue", "attribute"), _("values"))
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in entries:
        together[words.get(one.kind, f"<{one.kind}>"), in_language(one.reason, language)].append(one.where)
    lines = []
    for (kind, reason), places in together.items():
        named = ", ".join(list(dict.fromkeys(places))[:_MOST_NAMED])
        lines.append(f"{kind} {numeral(len(places), language, 0)}: {reason} ({named}{_more(places)})")
    return lines


def _more(places: Sequence[str]) -> str:
    return ", …" if len(set(places)) > _MOST_NAMED else ""


def _left(taking: _Taking, language: Language) -> Iterator[str]:
    """Give what was read and has no place in a review."""
    for what, n in taking.said.left.items():
        yield f"{what.in_language(language)} ({numeral(n, language, 0)})"
    for one in taking.incoming.placed.refused:
        yield one.in_language(language)


def _odd(taking: _Taking, language: Language) -> Iterator[str]:
    """Give what a reader should know of how things were taken."""
    _, incoming, vocabulary = translator(language), taking.incoming, taking.incoming.vocabulary
    yield from (in_language(one, language) for one in incoming.project.remarks)
    for one in incoming.project.balances:
        if one.unaccounted:
            text = _("{n} more of the kind '{kind}' were counted in the file than were read: please report this file")
            yield text.format(n=one.unaccounted, kind=one.kind)
    named = (
        (_("codes that have codes below them, each now a heading with a code: {names}"), vocabulary.doubled),
        (_("codes whose rule here is another one, which stays: {names}"), vocabulary.differing),
        (_("variables of numbers with decimals or of dates, taken as text: {names}"), vocabulary.as_text),
        (_("codings that say something else here, which stays: {names}"), taking.said.changed),
    )
    for text, names in named:
        if names:
            yield text.format(names=", ".join(names[:_MOST_REASONS]) + (", …" if len(names) > _MOST_REASONS else ""))


def _first(lines: Sequence[str], language: Language) -> tuple[str, ...]:
    if len(lines) <= _MOST_REASONS:
        return tuple(lines)
    more = numeral(len(lines) - _MOST_REASONS, language, 0)
    return (*lines[:_MOST_REASONS], translator(language)("… and {n} more").format(n=more))
