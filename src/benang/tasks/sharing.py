"""A review shared by e-mail: sent as one file, and another's copy taken in, with nothing overwritten.

Logs are united: all events of both, each in the file of its coder. Nothing in a log is changed. What comes is appended
line by line as it was written, so that an edited line stays known as one. The order of the appends is such that each
rests on what is there already: whoever is stopped between two of them leaves logs that can be read, and taking in the
same again completes them.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from benang.coding.cases import Cases, read_cases, subject_named
from benang.coding.codebook import Codebook
from benang.coding.codebook_file import read_codebook
from benang.errors import BenangError, Problem
from benang.files import Upload, read_bytes, sha256, write_together
from benang.judgements.events import Coding, Consensus, Event, Place, Task, Value
from benang.judgements.lines import as_line
from benang.judgements.log import conflict_problems, log_problems, read_judgements
from benang.judgements.log_files import Placed, append_together, line_at, read_log
from benang.judgements.store import FOLDER, FolderStore, blocks, file_of, locked
from benang.locale import Language, translator
from benang.locale.writing import numeral, worded
from benang.progress import Progress, silent
from benang.project.folder import PLAN, ReviewFolder, judgement_files, open_folder
from benang.review.parcel import Parcel, by_folded_name, parts, read_parcel, write_parcel
from benang.safe_files import check_within
from benang.tasks.account import Account, Note, Table, check_outputs, in_shell, listing

ASIDE = "aside"
"""The folder in which files of another copy are kept that differ from those here."""
_MOST_LINES = 60
_SHOWN = (".toml", ".tsv", ".csv")
MOST_BYTES = 20_000_000
"""What most mail takes: 25 MB (Gmail), 20 MB (Outlook), of which the coding of an attachment takes a third at most."""


@dataclass(frozen=True)
class MergeRequest:
    """A review, and what it takes in: another folder of it, a zip of one, or a log."""

    folder: Path
    other: Path
    language: Language = "en"


@dataclass(frozen=True)
class Merged:
    """The events that are new here, the names of files that are, and where those that differ are kept, by name."""

    events: tuple[Event, ...]
    files: tuple[str, ...]
    differing: Mapping[str, Path]
    account: Account


@dataclass(frozen=True)
class _Files:
    """What is to be written, by its place; names that are new, and the places of what differs, by name."""

    write: dict[Path, bytes] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    differing: dict[str, Path] = field(default_factory=dict)


def merge(request: MergeRequest, *, progress: Progress = silent) -> Merged:
    """Take in another's copy of a review.

    Events are united, each in the log of its coder, and logs are only appended to. Files that are new come too; one
    that differs stays as it is here, and the other's is kept in `aside/`. A folder that is not there, or is empty,
    becomes the copy. Merging again changes nothing, and completes what was stopped half-way.

    Raises
    ------
    BenangError
        For what `read_parcel` and `take_in` refuse, and where a file can't be written; then nothing was taken in.
    """
    progress("Reading the other copy", 0.0)
    parcel = read_parcel(request.other)
    root = request.folder
    begin = _beginning(root, parcel)
    progress("Comparing", 0.4)
    files = _compared(root, parcel)
    check_within(root, files.write)
    progress("Writing", 0.6)

    def write_files() -> None:
        write_together(begin)
        if begin:  # exports may come later
            (root / "sources").mkdir(exist_ok=True)
        write_together(files.write)

    taken = take_in(root, parcel.logs, apart=_copy_of(root, request.other), first=write_files)
    review = open_folder(root)
    notes = tuple(_notes(parcel, files, taken, review, request))
    return Merged(taken.new, tuple(files.new), files.differing, Account(notes=notes))


def _beginning(root: Path, parcel: Parcel) -> dict[Path, bytes]:
    """Return the plan where the review begins with what comes; it is written first, so that the folder is a review."""
    there = [path for path in root.rglob("*") if path.is_file()]
    shown = [path for path in there if not any(part.startswith(".") for part in path.relative_to(root).parts)]
    if not root.is_file() and not shown and PLAN in parcel.files:
        return {root / PLAN: parcel.files[PLAN]}
    open_folder(root)
    return {}


def _copy_of(root: Path, other: Path) -> Path | None:
    """Return a log among the review's own, as a cloud keeps it beside another."""
    own = root / "judgements" / other.name
    return own if own.is_file() and other.is_file() and own.samefile(other) else None


def _compared(root: Path, parcel: Parcel) -> _Files:
    """Part what comes into what is new, what is here already, and what differs."""
    files = _Files()
    for name, path in by_folded_name(root, parcel.files):
        data = parcel.files[name]
        if not path.exists():
            files.write[path] = data
            files.new.append(name)
        elif read_bytes(path) != data:
            first, dot, suffix = name.rpartition(".")
            aside = root / ASIDE / f"{first}-{sha256(data)[:8]}{dot}{suffix}"
            files.differing[name] = aside
            if not aside.exists():
                files.write[aside] = data
    return files


def _notes(
    parcel: Parcel, files: _Files, taken: TakenIn, review: ReviewFolder, request: MergeRequest
) -> Iterator[Note | Table]:
    _ = translator(request.language)
    yield Note(_events_text(parcel, taken, request))
    if files.new:
        yield Note(_("New here:"), tuple(files.new))
    if PLAN in files.new and not any(name.startswith("sources/") for name in files.new):
        yield Note(_("The exports are not included. Ask for them: `benang send FOLDER -o F.zip --all`."))
    for name, aside in files.differing.items():
        text = _("{name} differs; yours stays, theirs is {aside}.")
        yield Note(text.format(name=name, aside=review.name(aside)))
        if name.endswith(_SHOWN):
            yield _difference(review.root / name, aside, parcel.name, request.language)
    if any(name.endswith(_SHOWN) for name in files.differing):
        yield Note(_("Copy what both copies should contain by hand, then send yours back."))
    for what, names in _lacking(taken.new, review):
        text = _("{file} here does not contain what their judgements name: {names}. A build stops until it does.")
        yield Note(text.format(file=what, names=", ".join(names)))
    yield from (Note(str(one)) for one in taken.edited)
    yield from _conflicts(review)
    if parcel.passed_over:
        yield Note(_("Skipped, because it is not part of a review:"), parcel.passed_over)
    if _copy_of(request.folder, request.other):
        yield Note(_("{file} was already counted in place. You can remove it now.").format(file=request.other.name))


def _events_text(parcel: Parcel, taken: TakenIn, request: MergeRequest) -> str:
    _ = translator(request.language)
    known = numeral(taken.known, request.language, 0)
    if not taken.new:
        return _("{file}: no new judgements (already here: {known}).").format(file=parcel.name, known=known)
    coders = ", ".join(sorted({event.coder for event in taken.new}))
    text = _("{file}: new judgements: {n}, by {coders} (already here: {known}).")
    new = numeral(len(taken.new), request.language, 0)
    return text.format(file=parcel.name, n=new, coders=coders, known=known)


def _difference(here: Path, there: Path, theirs: str, language: Language) -> Table:
    """Show what differs between two texts, as programmers do: `-` is here, `+` is there."""
    _ = translator(language)
    ours, others = (read_bytes(path).decode("utf-8-sig", errors="replace").splitlines() for path in (here, there))
    lines = list(difflib.unified_diff(ours, others, here.name, f"{theirs}/{here.name}", n=1, lineterm=""))
    shown = lines[:_MOST_LINES]
    if len(lines) > len(shown):
        more = numeral(len(lines) - len(shown), language, 0)
        shown.append(_("… and {n} more lines").format(n=more))
    return listing(shown, _("(-: here, +: theirs)"))


def _lacking(events: Iterable[Event], review: ReviewFolder) -> Iterator[tuple[str, list[str]]]:
    """Find the codes, variables and cases that new judgements name and the vocabulary lacks."""
    judged = [one for one in events if isinstance(one, Coding | Value | Task | Consensus)]
    with suppress(BenangError):  # a vocabulary that can't be read is `benang verify`'s matter
        codebook = read_codebook(review.codebook) if review.codebook else Codebook()
        if review.codebook:
            codes = {one.code for one in judged if isinstance(one, Coding | Consensus) and not codebook.code(one.code)}
            codes |= {one.variable for one in judged if isinstance(one, Value) and not codebook.variable(one.variable)}
            if codes:
                yield review.name(review.codebook), sorted(codes)
        if review.cases:
            cases = read_cases(review.cases)
            missing = {one.case for one in judged if not _has_subject(one, codebook, cases)}
            if missing:
                yield review.name(review.cases), sorted(missing)


def _has_subject(judgement: Coding | Value | Task | Consensus, codebook: Codebook, cases: Cases) -> bool:
    """Tell whether there is the case of a judgement, or the study that a value appraises."""
    if isinstance(judgement, Value):
        return subject_named(judgement.case, judgement.variable, codebook, cases) is not None
    return judgement.case in cases.by_id


def _conflicts(review: ReviewFolder) -> Iterator[Note]:
    problems: list[Problem] = []
    try:
        problems += conflict_problems(read_judgements(review))
    except BenangError as error:  # damage that was here before
        problems += error.problems
    yield from (Note(str(one)) for one in problems)


@dataclass(frozen=True, slots=True)
class Coming:
    """An event of another copy, its line as it is written there, and where that is."""

    event: Event
    line: str
    place: Place


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The events that were new here, how many were here already, and the lines that somebody edited there."""

    new: tuple[Event, ...] = ()
    known: int = 0
    edited: tuple[Problem, ...] = ()


def take_in(
    root: Path, logs: Mapping[str, bytes], *, apart: Path | None = None, first: Callable[[], None] = lambda: None
) -> TakenIn:
    """Append to the logs of a review what other logs say and they don't: all of it or, where something is wrong, none.

    Parameters
    ----------
    root
        The review's folder.
    logs
        The bytes of the other logs, by the names that messages call them by.
    apart
        A file of `judgements` that is not counted as here already: a copy whose events belong in another file.
    first
        Writes what the events speak of, once all is checked and before they are appended.

    Raises
    ------
    BenangError
        With every line of the other logs that is no judgement, and every event that would stop the readers of the log;
        where a file can't be written to. Then nothing is written.
    """
    coming, edited = _read(logs)
    if not coming:
        first()
        return TakenIn(edited=edited)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with locked(root):
            new, appended = _checked(root, coming, apart)
            first()
            append_together(appended)
    except (OSError, NotImplementedError) as error:
        fault = worded("it can't be written to ({reason})", reason=getattr(error, "strerror", None) or error)
        raise BenangError(Problem(fault, where=FOLDER, way_on="Its contents are unchanged.")) from None
    return TakenIn(tuple(one.event for one in new), len(coming) - len(new), edited)


def _read(logs: Mapping[str, bytes]) -> tuple[list[Coming], tuple[Problem, ...]]:
    """Read the other logs; what is the same in several counts once."""
    coming: dict[str, Coming] = {}
    problems: list[Problem] = []
    edited: list[Problem] = []
    for name, data in logs.items():
        log = read_log(Upload(name, data), name)
        problems += log.problems
        edited += [one for one in read_log(Upload(name, data), name, checks=True).problems if one not in log.problems]
        for event, place in log.events:
            coming.setdefault(as_line(event), Coming(event, line_at(data, place.line), place))
    if problems:
        raise BenangError(*problems)
    return list(coming.values()), tuple(edited)


def _checked(root: Path, coming: Sequence[Coming], apart: Path | None) -> tuple[list[Coming], list[tuple[Path, bytes]]]:
    """Return the events that are new here, and what is to be appended to which file, in order."""
    paths = judgement_files(root)
    files = {coder: file_of(coder, root / FOLDER, paths) for coder in {one.event.coder for one in coming}}
    check_within(root, [*paths, *files.values()])
    here = _events_here(root, None if apart in files.values() else apart)
    lines = {as_line(event) for event, _ in here}
    new = [one for one in coming if as_line(one.event) not in lines]
    before = log_problems(here)
    problems = [one for one in log_problems([*here, *((one.event, one.place) for one in new)]) if one not in before]
    if problems:
        raise BenangError(*problems)
    return new, blocks(((one.event, one.line) for one in new), files, {event.id for event, _ in here})


def _events_here(root: Path, apart: Path | None) -> Sequence[Placed]:
    """Read the review's own events; a log that is damaged keeps nobody from merging into another."""
    if apart is None:
        return FolderStore(root).read().events
    name = f"{FOLDER}/{apart.name}"
    return [(event, place) for event, place in FolderStore(root).read().events if place.file != name]


@dataclass(frozen=True)
class SendRequest:
    """A review to be written into the zip `output`: logs, vocabulary, plan and documents.

    `everything` adds exports and papers, which a co-worker needs who is to build the review.
    """

    folder: Path
    output: Path
    everything: bool = False
    language: Language = "en"


@dataclass(frozen=True)
class Sent:
    """The names of the files in the zip, in their order."""

    names: tuple[str, ...]
    account: Account


def send(request: SendRequest, *, progress: Progress = silent) -> Sent:
    """Write a review into one zip. The same files give the same bytes.

    Raises
    ------
    BenangError
        Where the folder is no review's, a link in it leads out, a file can't be read, or the zip can't be written.
    """
    progress("Reading the review", 0.0)
    files = parts(open_folder(request.folder), everything=request.everything)
    check_outputs([request.output], files.values())
    progress("Writing", 0.2)
    write_parcel(request.output, files)
    return Sent(tuple(files), Account(notes=tuple(_send_notes(request, len(files))), files=(request.output,)))


def _send_notes(request: SendRequest, count: int) -> list[Note]:
    _ = translator(request.language)
    size = request.output.stat().st_size
    kilobytes = numeral(max(1, round(size / 1000)), request.language, 0)
    text = _("{n} files, {size} kB. A colleague who has the review merges them with `benang merge FOLDER {file}`.")
    name = in_shell(request.output.name)
    notes = [Note(text.format(n=numeral(count, request.language, 0), size=kilobytes, file=name))]
    if not request.everything:
        notes.append(
            Note(
                _(
                    "Exports and papers are not included. A colleague without a copy of the review needs them: "
                    "--all sends them too."
                )
            )
        )
    if size > MOST_BYTES:
        notes.append(Note(_("Many mailboxes refuse files of this size. Share it through a drive.")))
    return notes
