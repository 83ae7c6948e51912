"""Undo and redo of a person's acts, across a reload and a restart: what was said last is taken back first.

Judgements know their own history: an act of the log is undone by events, and the log only grows. Acts that change a
file (a proposal accepted, a pair decided) are remembered beside the user's settings, with the file before and after;
a file that somebody else has changed since stays as it is.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from textwrap import shorten
from typing import Any, Literal

from platformdirs import user_state_path

from benang.errors import BenangError, Problem
from benang.files import read_bytes, remove, sha256, write_bytes, write_text, write_together
from benang.judgements.acts import history_of, redo, undo
from benang.judgements.events import CONSENSUS, Decision, Event
from benang.judgements.log import Judgements
from benang.locale import Language
from benang.locale.writing import Worded, worded
from benang.safe_files import check_within
from benang.screening.decision_sheets import verdict_word
from benang.tasks.coding.taking_back import UndoRequest, undo_last
from benang.tasks.opened import Opened

Way = Literal["undo", "redo"]
_MOST = 100
"""How many acts on files are remembered of a review."""
_MOST_BYTES = 2_000_000_000
"""How much of large files is kept for that; the earliest acts are forgotten first."""
_LARGE = 100_000
_LONGEST_TITLE = 60
_GUARD = threading.RLock()


@dataclass(frozen=True, slots=True)
class FileAct:
    """A file of a review as it was and as it is now (None: not there), when that was, and when it was undone.

    What a large file contained is kept in a file of its own, which its path stands for.
    """

    name: str
    before: bytes | Path | None
    after: bytes | Path | None
    what: str = ""
    time: str = ""
    undone: str = ""


def remember(review: Opened, *acts: FileAct) -> None:
    """Take note of acts on files, so that they can be undone; what was undone before can't be redone any more."""
    with _GUARD:
        now = datetime.now(UTC).isoformat()
        earlier = [one for one in _read(review) if not one.undone]
        _write(review, [*earlier, *(_kept(review, one, now) for one in acts if one.before != one.after)])


@contextmanager
def remembering(review: Opened, path: Path, what: str) -> Iterator[None]:
    """Take note of what is done to a file of a review meanwhile; where that fails, there is nothing to note."""
    before = read_bytes(path) if path.exists() else None
    yield
    name = path.relative_to(review.root).as_posix()
    remember(review, FileAct(name, before, read_bytes(path) if path.exists() else None, what=what))


def take_back(review: Opened, coder: str, *, way: Way, language: Language) -> str:
    """Undo the last act of a person in a review, or redo what was undone last, and say what it was.

    Raises
    ------
    BenangError
        Where nothing is left to undo or redo, or the file has been changed by somebody else since.
    """
    with review.acting(), _GUARD:  # what is undone may be what another tab changes just now
        choices: dict[str, str | tuple[FileAct, ...]] = {**_of_logs(review, coder, way), **_of_files(review, way)}
        if not choices:
            fault = worded("nothing is left to undo") if way == "undo" else worded("nothing is left to redo")
            raise BenangError(Problem(fault))
        latest = max(choices)
        if way == "redo" and latest < max(_acts(review, coder), default=""):
            raise BenangError(Problem(worded("nothing is left to redo")))
        chosen = choices[latest]
        if isinstance(chosen, tuple):
            return _restore(review, chosen, way).in_language(language)
        request = UndoRequest(folder=review.root, coder=chosen, again=way == "redo", language=language)
        undone = undo_last(request)
        return _decisions_undone(undone.reversal.act.events, review, language) or " ".join(
            " ".join((note.text, *note.remarks)) for note in undone.account.notes[:-1]
        )


def _decisions_undone(events: Sequence[Event], review: Opened, language: Language) -> str:
    """Say which decisions on records were undone, as pages call them; nothing where the act said something else."""
    decisions = [one for one in events if isinstance(one, Decision)]
    if not decisions or len({one.record for one in decisions}) > 1:
        n = len(decisions)
        text = worded("Undone: {n} decision", "Undone: {n} decisions", n=n).in_language(language)
        return text if decisions else ""
    works, one = review.screening().works, decisions[0]
    title = works.record(one.record).title if works.has(one.record) else one.record
    return worded(
        "Undone: {verdict}, {title}",
        verdict=verdict_word(one.verdict, language),
        title=shorten(title, _LONGEST_TITLE, placeholder=" …"),
    ).in_language(language)


def _judgements(review: Opened) -> Judgements:
    return review.desk().judgements


def _of_logs(review: Opened, coder: str, way: Way) -> dict[str, str]:
    """Return the coders with an act of the log to take back, by its time; what is decided together is everybody's."""
    history = history_of(_judgements(review))
    act_of = undo if way == "undo" else redo
    reversals = {who: act_of(who, history) for who in dict.fromkeys((coder, CONSENSUS))}
    return {one.act.time.astimezone(UTC).isoformat(): who for who, one in reversals.items() if one}


def _of_files(review: Opened, way: Way) -> dict[str, tuple[FileAct, ...]]:
    """Return what was done to files by its time: one act may change several."""
    acts: dict[str, tuple[FileAct, ...]] = {}
    for one in _read(review):
        if bool(one.undone) == (way == "redo"):
            time = one.undone or one.time
            acts[time] = (*acts.get(time, ()), one)
    return acts


def _acts(review: Opened, coder: str) -> Iterator[str]:
    """Give the times of what was said and not undone."""
    yield from _of_logs(review, coder, "undo")
    yield from _of_files(review, "undo")


def _restore(review: Opened, acts: tuple[FileAct, ...], way: Way) -> Worded:
    """Give the files of an act what they had before it, or after it; all of them, or none."""
    wanted: dict[Path, bytes | None] = {}
    for act in acts:
        new, expected = (act.before, act.after) if way == "undo" else (act.after, act.before)
        path = review.root / act.name
        check_within(review.root, [path])
        if (read_bytes(path) if path.exists() else None) != _content(expected):
            fault = worded("this file was changed since, so that nothing was undone")
            raise BenangError(Problem(fault, where=act.name, way_on=worded("Change it in the page or in an editor.")))
        wanted[path] = _content(new)
    write_together({path: data for path, data in wanted.items() if data is not None})
    for path in (path for path, data in wanted.items() if data is None):
        remove(path)
    now = datetime.now(UTC).isoformat()
    _write(review, [replace(one, undone=now if way == "undo" else "") if one in acts else one for one in _read(review)])
    review.changed()
    what = next((act.what for act in acts if act.what), acts[0].name)
    return worded("Undone: {what}", what=what) if way == "undo" else worded("Redone: {what}", what=what)


def _content(kept: bytes | Path | None) -> bytes | None:
    return read_bytes(kept) if isinstance(kept, Path) else kept


def _place(review: Opened) -> Path:
    return user_state_path("benang", appauthor=False) / "undo" / f"{review.id}.json"


def _kept(review: Opened, act: FileAct, now: str) -> FileAct:
    """Put what large files contained beside the acts, so that these are read and written at once."""

    def kept(data: bytes | Path | None) -> bytes | Path | None:
        if not isinstance(data, bytes) or len(data) < _LARGE:
            return data
        path = _place(review).with_suffix("") / sha256(data)
        if not path.exists():
            write_bytes(path, data)
        return path

    return replace(act, before=kept(act.before), after=kept(act.after), time=now)


def _read(review: Opened) -> list[FileAct]:
    try:
        folder = _place(review).with_suffix("")
        return [_act(one, folder) for one in json.loads(read_bytes(_place(review)))]
    except (BenangError, ValueError, KeyError, TypeError):
        return []


def _act(stored: Mapping[str, Any], folder: Path) -> FileAct:
    texts = {name: str(stored[name]) for name in ("name", "time", "undone")}
    before, after = (_decoded(stored[name], folder) for name in ("before", "after"))
    what = stored["what"]
    if isinstance(what, dict):
        what = worded(str(what["english"]), str(what["plural"]), **dict(what["values"]))
    return FileAct(before=before, after=after, what=what if isinstance(what, Worded) else str(what), **texts)


def _in_all_languages(what: str) -> str | dict[str, Any]:
    """Return a text as it is kept, so that whoever undoes the act reads it in their own language."""
    if not isinstance(what, Worded):
        return what
    values = {name: one if isinstance(one, int | float) else str(one) for name, one in what.values.items()}
    return {"english": what.english, "plural": what.plural, "values": values}


def _write(review: Opened, acts: list[FileAct]) -> None:
    acts = _remembered(acts)
    stored = [
        {
            **asdict(one),
            "before": _encoded(one.before),
            "after": _encoded(one.after),
            "what": _in_all_languages(one.what),
        }
        for one in acts
    ]
    folder = _place(review).with_suffix("")
    folder.mkdir(parents=True, exist_ok=True)
    write_text(_place(review), json.dumps(stored) + "\n")
    used = {one for act in acts for one in (act.before, act.after)}
    for path in folder.iterdir():
        if path not in used:
            remove(path)


def _remembered(acts: list[FileAct]) -> list[FileAct]:
    """Return the latest acts, as many as may be remembered."""
    sizes: dict[Path, int] = {}
    kept: list[FileAct] = []
    for act in reversed(acts[-_MOST:]):
        for one in (act.before, act.after):
            if isinstance(one, Path) and one.exists():
                sizes[one] = one.stat().st_size
        if kept and sum(sizes.values()) > _MOST_BYTES and act.time != kept[-1].time:
            break
        kept.append(act)
    return kept[::-1]


_APART = "file:"


def _encoded(data: bytes | Path | None) -> str | None:
    if isinstance(data, Path):
        return f"{_APART}{data.name}"
    return None if data is None else base64.b64encode(data).decode()


def _decoded(stored: str | None, folder: Path) -> bytes | Path | None:
    if stored is not None and stored.startswith(_APART):
        return folder / Path(stored.removeprefix(_APART)).name
    return None if stored is None else base64.b64decode(stored)
