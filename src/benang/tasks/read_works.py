"""Exports → works: read, joined, accounted for, once for every task that begins with exports."""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from benang.encodings import encoding_name, unknown_encoding
from benang.errors import BenangError, argument
from benang.files import Input, Upload, read_bytes, read_text
from benang.locale import Language, translator
from benang.locale.writing import counted, message_in, numeral, worded
from benang.progress import Progress, part, silent
from benang.readers import PaperText
from benang.readers.forms import form_named
from benang.readers.opening import Unread
from benang.readers.paper_forms import is_paper, paper_text
from benang.readers.registry import Choices, ReadFiles, read, read_files, table_columns
from benang.records.corpus import Corpus
from benang.records.duplicates.files import read_decisions
from benang.records.duplicates.joining import Works, works_of
from benang.records.file_accounts import Rename, marked_counts, renamed_files
from benang.records.file_accounts import without_places as names_without_places
from benang.records.record import FileAccount
from benang.safe_files import check_within
from benang.tasks.account import Account, Note

if TYPE_CHECKING:
    from benang.review.plan import Sources

_OF_ALL_FILES = {"files", "origins", "use", "join_duplicates"}
"""Keys of `[sources]` that say nothing of how a single file is read."""
_Choice = TypeVar("_Choice")


@dataclass(frozen=True, kw_only=True)
class WorksRequest:
    """Exports to read.

    `choices` decide where the content of a file does not tell (`choices_beside` adds those of a plan). Records of one
    work are joined unless `join` is False; `decisions` is a table of pairs that a person decided on.
    """

    files: tuple[Input, ...]
    choices: Choices = Choices()  # noqa: RUF009 - it is frozen
    join: bool = True
    decisions: Input | None = None
    language: Language = "en"


@dataclass(frozen=True)
class ReadWorks:
    """The works of exports, and the account of every file, of marks of retraction, and of what was joined."""

    works: Works
    account: Account

    @property
    def corpus(self) -> Corpus:
        """The works as a corpus."""
        return self.works.corpus


def read_works(request: WorksRequest, *, progress: Progress = silent) -> ReadWorks:
    r"""Read exports, and join the records that are one work, by default.

    Raises
    ------
    BenangError
        For files that can't be read, all together, a table of decisions that is wrong, and decisions on records that
        aren't there.

    Examples
    --------
    >>> from benang.files import Upload
    >>> export = Upload("export.ris", b"TY  - JOUR\nTI  - Kota kembar\nPY  - 2021\nER  - \n")
    >>> read = read_works(WorksRequest(files=(export,)))
    >>> len(read.corpus), read.account.read[0].text
    (1, 'export.ris: RIS, 1 of 1 records read.')
    """
    records = read(*request.files, choices=request.choices, progress=part(progress, 0.0, 0.6))
    progress("Looking for duplicates", 0.6)
    decisions = read_decisions(request.decisions) if request.join and request.decisions else None
    works = works_of(records, join=request.join, decisions=decisions)
    progress("Read", 1.0)
    return ReadWorks(works, reading_account(works, request.language))


def reading_account(works: Works, language: Language) -> Account:
    """Say what was read of every file, what was set aside and remarked, and what was joined."""
    files = [note for account in works.corpus.ledger.files for note in _of_file(account, language)]
    return Account(read=(*files, *_of_marks(works.corpus, language), *_of_joining(works, language)))


def _of_file(account: FileAccount, language: Language) -> list[Note]:
    _ = translator(language)
    text = _("{file}: {form}, {read} of {found} records read.").format(
        file=account.path,
        form=account.format
        if account.encoding in {"", "UTF-8"}
        else _("{form} in {encoding}").format(form=account.format, encoding=account.encoding),
        read=numeral(account.read, language),
        found=numeral(account.found, language),
    )
    set_aside = set_aside_remarks(account, language)
    return [Note(text, set_aside), *([Note(remarks=account.notes)] if account.notes else [])]


def set_aside_remarks(account: FileAccount, language: Language) -> tuple[str, ...]:
    """Say of each record of a file that was set aside where it is, and why."""
    _ = translator(language)
    text = _("set aside: record {record}, line {line}: {reason}")
    return tuple(
        text.format(record=one.record, line=one.line, reason=message_in(one.reason, language))
        for one in account.set_aside
    )


def _of_marks(corpus: Corpus, language: Language) -> list[Note]:
    """Say how many works their databases mark as retracted or corrected."""
    return [
        Note(
            counted(
                "{n} work is marked as {status}: `benang records` names it.",
                "{n} works are marked as {status}: `benang records` names them.",
                number,
                language,
            ).format(n=numeral(number, language), status=translator(language)(status))
        )
        for status, number in marked_counts(corpus).items()
    ]


def _of_joining(works: Works, language: Language) -> list[Note]:
    _, notes = translator(language), []
    if works.n_joined:
        text = _("{records} records are {works} works; joined to another record: {joined}.")
        read = numeral(works.corpus.ledger.read, language)
        joined = numeral(works.n_joined, language)
        notes = [Note(text.format(records=read, works=numeral(len(works.corpus), language), joined=joined))]
    if doubts := len(works.duplicates.doubts):
        text = counted(
            "{n} pair may be one work or two and was kept apart: `benang records … --doubts doubts.csv` lists it.",
            "{n} pairs may be one work or two and were kept apart: `benang records … --doubts doubts.csv` lists them.",
            doubts,
            language,
        )
        notes.append(Note(remarks=(text.format(n=numeral(doubts, language)),)))
    return notes


def check_names(forms: Iterable[str], encodings: Iterable[str]) -> None:
    """Refuse names of forms and encodings that nobody knows.

    Raises
    ------
    BenangError
        For the first of them, with what was meant.
    """
    for name in forms:
        form_named(name)
    for name in encodings:
        try:
            encoding_name(name)
        except LookupError:
            raise unknown_encoding(name, argument("encoding")) from None


def choices_beside(files: Sequence[Path]) -> Choices:
    """Return what a `review.toml` beside files says of them, or the nearest one in a folder above.

    Names in it count from its folder. What it says of other files, and of anything but sources, is passed over.

    Raises
    ------
    BenangError
        For a `review.toml` that can't be read, or whose `[sources]` are wrong.
    """
    beside: tuple[dict[str, str], dict[str, str], dict[str, Mapping[str, str]]] = ({}, {}, {})
    plans: dict[Path, Sources | None] = {}
    for path in files:
        plan = next((one for folder in _folders(path) if (one := folder / "review.toml").is_file()), None)
        if plan is None:
            continue
        if plan not in plans:
            plans[plan] = _sources(plan)
        if sources := plans[plan]:
            beside[0].update(_by_name(sources.forms, plan.parent, path))
            beside[1].update(_by_name(sources.encodings, plan.parent, path))
            beside[2].update(_by_name(sources.columns, plan.parent, path))
    return Choices(*beside)


def _folders(path: Path) -> list[Path]:
    whole = path.absolute()
    return [whole, *whole.parents] if whole.is_dir() else list(whole.parents)


def _sources(plan: Path) -> Sources | None:
    """Return what a plan says of its sources; None where it is nothing of single files, as in most reviews."""
    check_within(plan.parent, [plan])
    with contextlib.suppress(ValueError, RecursionError):  # said with its line below
        sources = tomllib.loads(read_text(plan)).get("sources", {})
        if isinstance(sources, dict) and sources.keys() <= _OF_ALL_FILES:
            return None
    from benang.project.toml_files import read_toml
    from benang.review.plan import SourcesOnly

    return read_toml(plan, SourcesOnly).sources


def _by_name(choices: Mapping[str, _Choice], folder: Path, path: Path) -> dict[str, _Choice]:
    """Return what is said of a file, or of those in a folder, by the names that they are read under."""
    named: dict[str, _Choice] = {}
    whole = path.absolute().resolve()
    for name, choice in choices.items():
        target = (folder / name).resolve()
        if target == whole:
            named[path.as_posix()] = choice
        elif whole in target.parents:
            named[(path / target.relative_to(whole)).as_posix()] = choice
    return named


def without_places(read: ReadFiles, files: Sequence[Input]) -> ReadFiles:
    """Return what was read with its files named relative to those of the request, for all that is written of it."""
    names = (*(account.path for account in read.corpus.ledger.files), *(one.path for one in read.unread))
    rename = names_without_places(names, [one for one in files if isinstance(one, Path)])
    unread = (Unread(rename(one.path), _renamed(one.error, rename)) for one in read.unread)
    return ReadFiles(renamed_files(read.corpus, rename), tuple(unread))


def _renamed(error: BenangError, rename: Rename) -> BenangError:
    return BenangError(*(replace(one, where=rename(one.where), found=rename(one.found)) for one in error.problems))


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file is: an export with its records, a paper with its text, or a table that has to be explained."""

    kind: Literal["export", "paper", "table"]
    name: str
    found: int = 0
    read: int = 0
    paper: PaperText | None = None


def examine(
    path: Path, name: str, columns: Mapping[str, str] | None = None, *, progress: Progress = silent
) -> Examined:
    """Find out what a file is by reading all of it; `columns` say what those of a table hold.

    Raises
    ------
    BenangError
        For a file that is neither an export nor a paper, or can't be read.
    """
    data = read_bytes(path)
    progress(worded("Reading {name}", name=name), 0.1)
    if is_paper(name, data):
        return Examined("paper", name, paper=paper_text(data, where=name))
    if data.startswith(b"%PDF"):  # under another name
        return Examined("paper", f"{name}.pdf", paper=paper_text(data, where=f"{name}.pdf"))
    upload, choices = Upload(name, data), Choices(columns={name: columns} if columns else {})
    read = read_files(upload, choices=choices, progress=progress)
    if not read.unread:
        ledger = read.corpus.ledger
        return Examined("export", name, ledger.found, ledger.read)
    if not columns:
        with contextlib.suppress(BenangError):
            if table_columns(upload) is not None:
                return Examined("table", name)
    raise BenangError(
        *(replace(one, where=one.where or unread.path) for unread in read.unread for one in unread.error.problems)
    )
