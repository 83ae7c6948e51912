"""A project of another program into a review: codes, documents, cases, codings and notes, all of it or nothing.

What the review has already is known again and stays as it is, so that a project may come in again when it has grown.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benang.coding.codebook import Codebook
from benang.coding.codebook_file import parsed_codebook
from benang.coding.codebook_versions import version_file
from benang.errors import BenangError
from benang.files import decode, read_bytes, remove, write_bytes, write_together
from benang.judgements.events import Coding, Memo
from benang.judgements.store import FolderStore
from benang.judgements.store import file_name as log_name
from benang.locale import Language
from benang.progress import Progress, silent
from benang.project.folder import PLAN, REFI_IDS
from benang.project.rekeying import edited
from benang.project.toml_edits import Edit, SetValue, edited_toml
from benang.qda import Project, Row, read_ids
from benang.qda.other_programs import is_database, read_codebook_table, read_tables
from benang.qda.qualcoder import read_qualcoder
from benang.qda.refi_reading import read_refi
from benang.qda.taguette import read_taguette
from benang.review.beginning import edited_without_example, without_examples
from benang.review.desk import Desk, open_desk
from benang.safe_files import check_within
from benang.screening.searches import SEARCHES, parsed_searches
from benang.tasks.account import Account
from benang.tasks.codebook import changing
from benang.tasks.coding.importing import ImportRequest, import_sheet
from benang.tasks.exchange.import_account import Taking, import_notes
from benang.tasks.exchange.incoming_events import Incoming, said_in
from benang.tasks.exchange.incoming_texts import filed_sources, placed_cases
from benang.tasks.exchange.incoming_vocabulary import vocabulary_of

TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")
"""Files that are tables of codings, not projects, by their suffixes."""
CODEBOOK, CASES = "codebook.toml", "cases.toml"
_NEW = b"format = 1\n"


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
    notes = tuple(import_notes(taking, request.file.name, request.language, check=request.check))
    account = Account(notes=notes, files=() if request.check else tuple(taking.files))
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


def _taking(project: Project, desk: Desk, request: ImportProjectRequest) -> Taking:
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
    return Taking(incoming, said, files, examples, replaced, shown)


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


def _write(taking: Taking, desk: Desk, request: ImportProjectRequest) -> None:
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
