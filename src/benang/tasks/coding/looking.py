"""What coders note beside codings: which cases they have read for all codes of a group, and memos.

Without the first, a code that was not found can't be distinguished from one that nobody looked for. Memos are thoughts
about a passage, a code, a case, a document or the review.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Literal, cast

from benang.coding.placed import present_code
from benang.errors import BenangError, Misuse, Problem, argument, nearest
from benang.files import sha256
from benang.judgements.events import Coding, Memo, Task
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral, worded
from benang.progress import Progress, silent
from benang.review.desk import Desk, open_desk
from benang.tasks.account import Account, Note, Table
from benang.tasks.coding.wishes import renewed

About = Literal["coding", "code", "case", "document", "review"]
"""What a memo is about."""
_UNKNOWN = {
    "coding": "no coding in force has the id '{of}'",
    "document": "the review has no document '{of}'",
    "review": "a memo about the review takes no '{of}'",
}


@dataclass(frozen=True, slots=True)
class Look:
    """Who has looked at a case for all codes of a group, and how many of them were found there."""

    case: str
    group: str
    coders: tuple[str, ...]
    codes_found: int
    codes: int


@dataclass(frozen=True, kw_only=True)
class LookRequest:
    """A case and a group that a coder is done with (or not any more: `reopen`); all are listed where none is named.

    `cases` names many at once, for all groups where none is named: those in which the coder has coded, or all.
    """

    folder: Path
    case: str | None = None
    cases: Literal["coded", "all"] | None = None
    group: str | None = None
    coder: str | None = None
    reopen: bool = False
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True)
class Looks:
    """Of each case and group, who has looked."""

    looks: tuple[Look, ...]
    account: Account


def look(request: LookRequest, *, progress: Progress = silent) -> Looks:
    """Say that a case was read for all codes of a group, or list who has read what.

    Raises
    ------
    BenangError
        For a case, group or coder that is not known or not clear.
    Misuse
        For one case together with many.
    """
    if request.case and request.cases:
        fault = worded("one case and many are named")
        raise Misuse(Problem(fault, where=argument("case"), way_on=worded("Name one case, or many.")))
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    if request.cases:
        return _look_at_many(request, desk)
    if request.case is None and request.group is None:
        looks = looks_of(desk)
        return Looks(looks, Account(notes=tuple(_listed(looks, desk, request.language))))
    case = desk.case(request.case, "").id if request.case else _missing("case", desk.present_cases.by_id)
    group = group_of(request.group, desk)
    task = task_of(case, group, desk.coder(request.coder), "open" if request.reopen else "done", desk)
    if task is not None:
        desk = _after(request, task, desk)
    _ = translator(request.language)
    text = (
        _("{case} is to be read again for {group}.")
        if request.reopen
        else _("{case} has been read for all codes of {group}: codes without passages count as not reported.")
    )
    return Looks(looks_of(desk), Account(notes=(Note(text.format(case=case, group=group)),)))


def _look_at_many(request: LookRequest, desk: Desk) -> Looks:
    """Say that many cases were read: those in which the coder has coded a passage, or all."""
    _ = translator(request.language)
    coder = desk.coder(request.coder)
    groups = [group_of(request.group, desk)] if request.group else [one.id for one in desk.codebook.groups]
    own = (one for one in desk.judgements.of(Coding) if one.coder == coder and not one.program)
    cases = {one.case for one in own} if request.cases == "coded" else set(desk.present_cases.by_id)
    state: Literal["done", "open"] = "open" if request.reopen else "done"
    places = [(case.id, group) for case in desk.present_cases.cases if case.id in cases for group in groups]
    tasks = [task for case, group in places if (task := task_of(case, group, coder, state, desk)) is not None]
    desk.append(tasks, time=request.time)
    text = counted(
        "{n} pair of case and group recorded for {coder}; {known} had been before.",
        "{n} pairs of case and group recorded for {coder}; {known} had been before.",
        len(tasks),
        request.language,
    )
    n, known = (numeral(number, request.language) for number in (len(tasks), len(places) - len(tasks)))
    return Looks(
        looks_of(open_desk(request.folder)), Account(notes=(Note(text.format(n=n, coder=coder, known=known)),))
    )


def _after(request: LookRequest, task: Task, desk: Desk) -> Desk:
    desk.append([task], time=request.time)
    return open_desk(request.folder)


def _missing(name: str, known: Iterable[str]) -> str:
    listed = ", ".join(islice(known, 8))
    raise BenangError(
        Problem(
            worded("no {name} was named", name=name),
            where=argument(name),
            way_on=worded("Known: {names}.", names=listed) if listed else "",
        )
    )


def group_of(name: str | None, desk: Desk) -> str:
    """Return a group of codes by its id or label; the only one where none is named.

    Raises
    ------
    BenangError
        Where there is none of this name, or one of several must be named.
    """
    groups = {one.id: one for one in desk.codebook.groups}
    if name is None:
        return next(iter(groups)) if len(groups) == 1 else _missing("group", groups)
    wanted = name.casefold()
    for one in groups.values():
        if wanted in (one.id.casefold(), one.label.text("en").casefold(), one.label.text("id").casefold()):
            return one.id
    raise BenangError(
        Problem(
            worded("'{name}' is not a group in codebook.toml", name=name),
            where=argument("group"),
            way_on=nearest(name, groups),
        )
    )


def task_of(case: str, group: str, coder: str, state: Literal["done", "open"], desk: Desk) -> Task | None:
    """Return the event by which a coder says so; None where it exists. It supersedes the coder's last word."""
    own = [one for one in desk.judgements.of(Task) if (one.case, one.group, one.coder) == (case, group, coder)]
    if any(one.state == state for one in own) or (not own and state == "open"):
        return None
    superseded = tuple(one.id for one in own)
    digest = sha256("\n".join((case, group, coder, state, *superseded)))[:10]
    name = f"{case}/{group}/{digest}"
    return renewed(Task(id=name, coder=coder, case=case, group=group, state=state, supersedes=superseded), desk)


def looks_of(desk: Desk) -> tuple[Look, ...]:
    """Return, of each case and group of codes, who has looked and how many codes were found."""
    done: dict[tuple[str, str], set[str]] = {}
    for task in desk.judgements.of(Task):
        if task.state == "done" and not task.program:
            done.setdefault((task.case, task.group), set()).add(task.coder)
    coded: dict[str, set[str]] = {}
    for case_id, code in {(one.case, one.code) for one in desk.judgements.counted}:
        coded.setdefault(case_id, set()).add(present_code(code, desk.codebook))
    codes = {group.id: {code.id for code in desk.codebook.codable(group.id)} for group in desk.codebook.groups}
    return tuple(
        Look(
            case.id,
            group,
            tuple(sorted(done.get((case.id, group), ()))),
            len(coded.get(case.id, set()) & of_group),
            len(of_group),
        )
        for case in desk.present_cases.cases
        for group, of_group in codes.items()
    )


def unread(looks: tuple[Look, ...]) -> tuple[Look, ...]:
    """Return the cases and groups of which nobody has said that they were read."""
    return tuple(one for one in looks if not one.coders)


def _listed(looks: tuple[Look, ...], desk: Desk, language: Language) -> Iterator[Note | Table]:
    _ = translator(language)
    head = (_("case"), _("group"), _("codes reported"), _("read by"))
    rows = [
        (
            desk.present_cases.by_id[one.case].name(language), one.group, f"{one.codes_found}/{one.codes}",
            ", ".join(one.coders) or _("not looked at"),
        )
        for one in looks
    ]  # fmt: skip
    if rows:
        yield Table("", (head, *rows), "llrl")
    text = _("{n} of {all} cells have not been looked at yet.")
    n, every = (numeral(len(one), language, 0) for one in (unread(looks), looks))
    yield Note(text.format(n=n, all=every))


@dataclass(frozen=True, kw_only=True)
class MemoRequest:
    """A memo to be written about the thing that has the id `of` ("" for the review); `time` is now where None."""

    folder: Path
    text: str
    about: About
    of: str = ""
    coder: str | None = None
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True)
class Memos:
    """Memos that stand, the newest last."""

    memos: tuple[Memo, ...]
    account: Account


def write_memo(request: MemoRequest, *, progress: Progress = silent) -> Memos:
    """Write a memo; the same words of the same coder about the same thing are kept once.

    Raises
    ------
    BenangError
        Where the review has no such thing, with the nearest; where the text is empty, or the coder unknown.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    coder = desk.coder(request.coder)
    if not request.text.strip():
        raise BenangError(Problem("the memo is empty", way_on="Write down your thought."))
    memo = memo_of(request.text.strip(), request.about, _known(request.about, request.of, desk), coder, desk)
    if memo not in desk.judgements.of(Memo):
        desk.append([memo], time=request.time)
    _ = translator(request.language)
    return Memos((memo,), Account(notes=(Note(_("Memo saved ({id}).").format(id=memo.id)),)))


def memo_of(text: str, about: About, of: str, coder: str, desk: Desk) -> Memo:
    """Return the valid memo that says this, else make one; its id comes from what it says, in every copy."""
    for one in desk.judgements.of(Memo):
        if (one.text, one.about, one.of, one.coder) == (text, about, of, coder):
            return one
    digest = sha256("\n".join((about, of, coder, text)))[:10]
    return renewed(Memo(id=f"memo/{digest}", coder=coder, about=about, of=of, text=text), desk)


def _known(about: About, of: str, desk: Desk) -> str:
    """Return the id of what a memo is about."""
    if about == "code":
        return desk.code_of_any_kind(of).id
    if about == "case":
        return desk.case(of, "").id
    known = {
        "coding": [one.id for one in desk.judgements.of(Coding)],
        "document": [*desk.documents, *(one.record for one in desk.documents.values())],
        "review": [""],
    }[about]
    if of in known:
        return of
    fault = worded(_UNKNOWN[about], of=of)
    raise BenangError(Problem(fault, where=argument(about), way_on=nearest(of, known)))


@dataclass(frozen=True, kw_only=True)
class MemosRequest:
    """The memos of a review: all, or those about one kind of thing, or about one thing."""

    folder: Path
    about: About | None = None
    of: str | None = None
    language: Language = "en"


def list_memos(request: MemosRequest, *, progress: Progress = silent) -> Memos:
    """List memos in the order in which they were written; those about a code that was renamed are about its new id."""
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    memos = sorted(
        (_of_today(one, desk) for one in desk.judgements.of(Memo)),
        key=lambda one: (one.time is not None, str(one.time), one.id),
    )
    chosen = tuple(one for one in memos if request.about in (None, one.about) and request.of in (None, one.of))
    return Memos(chosen, Account(notes=tuple(_notes(chosen, request.language))))


def _of_today(memo: Memo, desk: Desk) -> Memo:
    return memo.model_copy(update={"of": present_code(memo.of, desk.codebook)}) if memo.about == "code" else memo


def _notes(memos: tuple[Memo, ...], language: Language) -> Iterator[Note]:
    _ = translator(language)
    for one in memos:
        day = one.time.date().isoformat() if one.time else ""
        about = " ".join(filter(None, (_(cast("str", one.about)), one.of)))
        yield Note(" · ".join(filter(None, (day, one.coder, about))), (one.text,))
    yield Note(counted("{n} memo.", "{n} memos.", len(memos), language).format(n=numeral(len(memos), language, 0)))
