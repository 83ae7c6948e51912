"""Logs only grow: an append is there whole or not at all, whatever happens to it."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support import without_privileges

from benang.errors import BenangError
from benang.judgements import log_files
from benang.judgements.events import Event, Quotation, Task, Value
from benang.judgements.lines import as_line
from benang.judgements.log import Judgements, conflict_problems, state_of
from benang.judgements.log_files import CANCELLED
from benang.judgements.store import FolderStore

NOW = datetime(2026, 11, 29, 21, 0, tzinfo=UTC)
OLD = '{"format": 1}\n{"kind": "task", "id": "t0", "case": "a", "group": "reasons", "coder": "ani"}\n'


CHECK = hashlib.sha256(
    b'{"case":"a","coder":"ani","group":"reasons","id":"t1","kind":"task","state":"done",'
    b'"time":"2026-11-29T21:00:00Z","vocabulary":"1a2b3c4d5e6f"}'
).hexdigest()[:16]


def task(name: str, *supersedes: str, coder: str = "ani", case: str = "a") -> Task:
    """Make the smallest event that there is."""
    return Task(id=name, coder=coder, case=case, group="reasons", supersedes=supersedes)


def append(root: Path, *events: Event) -> None:
    """Append events at a time that is always the same."""
    FolderStore(root).append(events, time=NOW, vocabulary="1a2b3c4d5e6f")


def log(root: Path, coder: str = "ani") -> Path:
    """Return a coder's file."""
    return root / "judgements" / f"{coder}.jsonl"


def ids(root: Path) -> list[str]:
    """Return what stands."""
    return [event.id for event in _state(root).current]


def _state(root: Path) -> Judgements:
    return state_of(FolderStore(root))


def test_an_event_is_a_line_with_its_time_and_vocabulary(tmp_path: Path) -> None:
    """The first line of a file tells the format."""
    append(tmp_path, task("t1"))

    assert log(tmp_path).read_text(encoding="utf-8").splitlines() == [
        '{"format": 2}',
        '{"kind": "task", "id": "t1", "case": "a", "group": "reasons", "state": "done", "coder": "ani", '
        f'"time": "2026-11-29T21:00:00Z", "vocabulary": "1a2b3c4d5e6f", "check": "{CHECK}"}}',
    ]
    (read,) = _state(tmp_path).current
    assert (read.time, read.vocabulary) == (NOW, "1a2b3c4d5e6f")


def test_an_old_log_is_upgraded_by_the_first_append_and_keeps_its_lines(tmp_path: Path) -> None:
    """A heading of the new format stands before the first new line, and only there."""
    log(tmp_path).parent.mkdir()
    log(tmp_path).write_bytes(OLD.encode())
    append(tmp_path, task("t1"))
    append(tmp_path, task("t2", "t0"))
    text = log(tmp_path).read_text(encoding="utf-8")

    assert text.startswith(OLD)
    assert [line for line in text.splitlines() if "format" in line] == ['{"format": 1}', '{"format": 2}']
    assert (ids(tmp_path), _state(tmp_path).superseded[0].time) == (["t1", "t2"], None)


def test_each_coder_has_a_file_and_a_time_of_their_own_is_kept(tmp_path: Path) -> None:
    """What comes from elsewhere was said when it was said."""
    earlier = task("b1", coder="budi").model_copy(update={"time": NOW.replace(year=2020)})
    append(tmp_path, task("a1"), earlier)

    assert sorted(path.name for path in (tmp_path / "judgements").glob("*.jsonl")) == ["ani.jsonl", "budi.jsonl"]
    assert [event.time.year for event in _state(tmp_path).current if event.time] == [2026, 2020]


@pytest.mark.parametrize("together", [1, 3])
def test_an_append_that_is_cut_anywhere_is_there_whole_or_not_at_all(tmp_path: Path, together: int) -> None:
    """At every byte: what stood before stands, the torn end is told, and the next append starts on a fresh line."""
    append(tmp_path, task("t0", case="é"))
    before = log(tmp_path).read_bytes()
    append(tmp_path, *(task(f"u{number}", case="–") for number in range(together)))
    after = log(tmp_path).read_bytes()
    for cut in range(len(before), len(after)):
        log(tmp_path).write_bytes(after[:cut])
        state = _state(tmp_path)
        whole = together if cut == len(after) - 1 else 0
        assert len(state.current) == 1 + whole, cut
        assert len(state.torn) == (cut > len(before) and not whole), cut
        append(tmp_path, task("v"))
        state = _state(tmp_path)
        assert len(state.current) == 2 + whole, cut
        assert len(state.torn) == (cut > len(before) and not whole), cut
        assert log(tmp_path).read_bytes().startswith(after[:cut])


def test_a_new_or_old_log_that_is_cut_twice_is_read(tmp_path: Path) -> None:
    """The append after a torn one may be torn itself, at any byte of its mark, its heading and its lines."""
    log(tmp_path).parent.mkdir()
    for start in (b"", OLD.encode()):
        for first in range(1, 160, 13):
            log(tmp_path).write_bytes(start)
            append(tmp_path, task("u1"), task("u2"))
            held = log(tmp_path).read_bytes()[: len(start) + first]
            log(tmp_path).write_bytes(held)
            append(tmp_path, task("v1"), task("v2"))
            more = log(tmp_path).read_bytes()
            for second in range(len(held), len(more), 7):
                log(tmp_path).write_bytes(more[:second])
                append(tmp_path, task("w"))
                assert ids(tmp_path) == ([*(["t0"] if start else []), "w"]), (first, second)


def test_zeros_that_a_crash_leaves_are_passed_over(tmp_path: Path) -> None:
    """A disk that lost its power may have made room for a line and not written it."""
    append(tmp_path, task("t0"))
    with log(tmp_path).open("ab") as file:
        file.write(b"\0" * 40)

    assert (ids(tmp_path), len(_state(tmp_path).torn)) == (["t0"], 1)
    append(tmp_path, task("t1"))
    assert ids(tmp_path) == ["t0", "t1"]


def test_a_torn_end_is_told_with_its_place_and_beginning(tmp_path: Path) -> None:
    """Whoever wrote it knows what to enter again."""
    append(tmp_path, task("t0"))
    with log(tmp_path).open("ab") as file:
        file.write(b'{"kind": "task", "id": "t1", "case": "a b')

    (torn,) = _state(tmp_path).torn
    assert (str(torn.place), torn.lines) == ("judgements/ani.jsonl, line 3", 1)
    assert torn.text == '{"kind": "task", "id": "t1", "case": "a …'


def test_a_line_within_a_log_that_is_no_event_is_no_torn_end(tmp_path: Path) -> None:
    """Somebody has edited it: it is refused, not passed over."""
    append(tmp_path, task("t0"), task("t1"))
    log(tmp_path).write_bytes(log(tmp_path).read_bytes().replace(b'"group"', b'"gro', 1))

    with pytest.raises(BenangError, match="line 2: this is not a judgement"):
        _state(tmp_path)


def test_whole_lines_need_no_line_end_behind_the_last(tmp_path: Path) -> None:
    """An editor may have left it out."""
    append(tmp_path, task("t0"))
    log(tmp_path).write_bytes(log(tmp_path).read_bytes().rstrip(b"\n"))
    append(tmp_path, task("t1"))

    assert (ids(tmp_path), _state(tmp_path).torn) == (["t0", "t1"], ())
    assert CANCELLED not in log(tmp_path).read_bytes()


def test_a_line_that_goes_on_behind_a_whole_event_is_no_torn_end(tmp_path: Path) -> None:
    """A kill leaves the beginning of a line and nothing behind it: this was edited, and the event must not vanish."""
    append(tmp_path, task("t0"), task("t1"))
    log(tmp_path).write_bytes(log(tmp_path).read_bytes().rstrip(b"\n") + b" x")

    with pytest.raises(BenangError, match="line 3: this is not a judgement"):
        _state(tmp_path)


def test_a_log_with_a_cancelled_line_is_read_with_the_line_ends_of_windows(tmp_path: Path) -> None:
    """Git or an editor may turn all of them."""
    append(tmp_path, task("t0"))
    with log(tmp_path).open("ab") as file:
        file.write(b'{"kind": "task", "id": "t1')
    append(tmp_path, task("t2"))
    log(tmp_path).write_bytes(log(tmp_path).read_bytes().replace(b"\n", b"\r\n"))

    assert (ids(tmp_path), len(_state(tmp_path).torn)) == (["t0", "t2"], 1)


def test_zeros_behind_a_line_that_was_not_ended_are_passed_over(tmp_path: Path) -> None:
    """A crash may leave them just where the line should have ended; the append was not acknowledged."""
    append(tmp_path, task("t0"))
    whole = log(tmp_path).read_bytes()
    append(tmp_path, task("t1"))
    log(tmp_path).write_bytes(log(tmp_path).read_bytes().rstrip(b"\n") + b"\0" * 40)

    assert (ids(tmp_path), len(_state(tmp_path).torn)) == (["t0"], 1)
    append(tmp_path, task("t2"))
    assert ids(tmp_path) == ["t0", "t2"]
    assert log(tmp_path).read_bytes().startswith(whole)


def test_events_that_belong_together_count_together_or_not_at_all(tmp_path: Path) -> None:
    """Also where a later heading stands behind half of them, as after a merge."""
    append(tmp_path, task("t0"), task("t1"), task("t2"))
    lines = log(tmp_path).read_bytes().split(b"\n")
    log(tmp_path).write_bytes(b"\n".join(lines[:2]) + b"\n")
    more = log(tmp_path).read_bytes()
    log(tmp_path).unlink()
    append(tmp_path, task("u0"), task("u1"))
    log(tmp_path).write_bytes(more + log(tmp_path).read_bytes())

    assert (ids(tmp_path), len(_state(tmp_path).torn)) == (["u0", "u1"], 1)


@pytest.mark.parametrize("stop", [0, 1, 2, 3])
def test_a_kill_between_the_files_of_two_coders_leaves_logs_that_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    """What rests on another coder's line is written after it, in whatever order the events come."""
    events = [task("a2", "b1"), task("b1", "a1", coder="budi"), task("a1")]
    write, writes = log_files._write, list[Path]()

    def killed(path: Path, data: bytes) -> None:
        if len(writes) == stop:
            raise KeyboardInterrupt
        writes.append(path)
        write(path, data)

    monkeypatch.setattr(log_files, "_write", killed)
    monkeypatch.setattr(log_files, "_cut", lambda _path, _size: None)  # a kill takes nothing back
    with suppress(KeyboardInterrupt):
        append(tmp_path, *events)
    monkeypatch.undo()

    assert ids(tmp_path) == [[], ["a1"], ["b1"], ["a2"]][stop]
    append(tmp_path, *events)
    assert ids(tmp_path) == ["a2"]


@pytest.mark.parametrize(
    ("events", "message"),
    [
        ([task("t1").model_copy(update={"time": datetime(2026, 1, 1)})], "timezone"),
        ([task("t1"), task("t2", coder="bu/di")], "can't be the name of a coder"),
    ],
    ids=["a time without a zone", "a coder who can be no file"],
)
def test_what_could_not_be_read_again_is_not_written(tmp_path: Path, events: list[Event], message: str) -> None:
    """Not even the part of it that could."""
    append(tmp_path, task("t0"))
    before = log(tmp_path).read_bytes()
    with pytest.raises(BenangError, match=message):
        append(tmp_path, *events)

    assert log(tmp_path).read_bytes() == before


VALUE = Value(
    id="v",
    coder="ani",
    case="a",
    variable="owner",
    value="town",
    passages=(Quotation(document="documents/a.md", start=0, end=3, quote="The"),),
)


@pytest.mark.parametrize(
    ("events", "message"),
    [
        ([task("t0", case="b")], r"the event 't0': the id 't0' already belongs to another judgement \(judgements/ani"),
        (
            [task("t0", coder="budi")],
            r"the id 't0' already belongs to another judgement \(judgements/ani",
        ),
        (
            [task("t1"), task("t1", case="b")],
            r"'t1' already belongs to another judgement \(another event written at the same",
        ),
        ([task("v/1")], "the id 'v/1' already belongs to another judgement"),
        ([VALUE.model_copy(update={"id": "w"}), task("w/1")], "the id 'w/1' already belongs to another judgement"),
        ([task("t1", "u0")], "it supersedes 'u0', but no judgement has that id. Nothing was written"),
        ([task("t1", "t2"), task("t2", "t1")], "'t[12]' and 't[12]' would supersede each other"),
        ([task("t1", "t1")], "'t1' would supersede itself"),
    ],
)
def test_what_would_stop_the_readers_is_refused(tmp_path: Path, events: list[Event], message: str) -> None:
    """An id that is taken, and one to supersede that isn't there: nothing is written, for no coder of the append."""
    append(tmp_path, task("t0"), VALUE)
    before = log(tmp_path).read_bytes()
    with pytest.raises(BenangError, match=message):
        append(tmp_path, task("c1", coder="citra"), *events)

    assert [path.name for path in (tmp_path / "judgements").glob("*.jsonl")] == ["ani.jsonl"]
    assert log(tmp_path).read_bytes() == before


def test_an_append_that_is_repeated_changes_nothing(tmp_path: Path) -> None:
    """The same under the same id is there once, at the time of the first append; what is new is added."""
    append(tmp_path, task("t0"), VALUE)
    answers = FolderStore(tmp_path).append([task("t0"), VALUE, task("t1", "t0")], time=NOW.replace(year=2027))

    assert [event.time.year for event in answers if event.time] == [2026, 2026, 2027]
    assert ids(tmp_path) == ["t1", "v"]
    assert len(log(tmp_path).read_text(encoding="utf-8").splitlines()) == 4


def test_events_that_were_torn_can_be_appended_again(tmp_path: Path) -> None:
    """They don't count as there."""
    append(tmp_path, task("t0"), task("t1"))
    log(tmp_path).write_bytes(log(tmp_path).read_bytes()[:-9])
    append(tmp_path, task("t0"), task("t1"))

    assert ids(tmp_path) == ["t0", "t1"]


def test_logs_are_folded_again_only_where_one_of_them_has_changed(tmp_path: Path) -> None:
    """Be it by a single letter, in a file that is as long and as old as before."""
    append(tmp_path, task("t0"), task("b0", coder="budi"))
    before = _state(tmp_path)
    assert _state(tmp_path) is before

    written, status = log(tmp_path).read_bytes(), log(tmp_path).stat()
    log(tmp_path).write_bytes(written.replace(b'"t0"', b'"t9"'))
    os.utime(log(tmp_path), ns=(status.st_atime_ns, status.st_mtime_ns))
    assert ids(tmp_path) == ["b0", "t9"]

    log(tmp_path).write_bytes(written)
    append(tmp_path, task("b1", "b0", coder="budi"))
    assert ids(tmp_path) == ["b1", "t0"]


def test_a_damaged_log_of_one_coder_keeps_no_other_from_appending(tmp_path: Path) -> None:
    """A newer format, another encoding, a line that is no event."""
    append(tmp_path, task("t0"))
    log(tmp_path, "budi").write_text('{"format": 99}\n{"kind": "hologram", "id": "x"}\n', encoding="utf-8")
    log(tmp_path, "citra").write_bytes(OLD.encode("utf-16"))
    with log(tmp_path).open("ab") as file:
        file.write(b"[1]\n{\n")
    append(tmp_path, task("t1"))

    assert b'"t1"' in log(tmp_path).read_bytes()


def test_a_line_that_is_no_event_keeps_its_id(tmp_path: Path) -> None:
    """Who repairs it may find a second judgement of that id otherwise."""
    append(tmp_path, task("t0"))
    with log(tmp_path).open("ab") as file:
        file.write(b'{"kind": "hologram", "id": "x"}\n')
    with pytest.raises(BenangError, match="the id 'x' already belongs to another judgement"):
        append(tmp_path, task("x"))


def test_what_is_appended_together_is_one_write_and_one_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many events there are."""
    append(tmp_path, task("t0"))
    calls: list[str] = []
    write = os.write

    def counted(file: int, data: memoryview) -> int:
        calls.append("write")
        return write(file, data)

    monkeypatch.setattr("benang.judgements.log_files.os.write", counted)
    monkeypatch.setattr("benang.judgements.log_files.os.fsync", lambda _: calls.append("sync"))
    FolderStore(tmp_path).append([task(f"u{number}") for number in range(100)], time=NOW)

    assert calls == ["write", "sync"]


@pytest.mark.skipif(os.name == "nt", reason="Windows syncs no folders")
def test_a_new_folder_of_logs_is_on_the_disk_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file first, then the two folders that it makes an entry in."""
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(os.fstat(file).st_ino))
    append(tmp_path, task("t0"))

    assert synced[0] == log(tmp_path).stat().st_ino
    assert set(synced[1:]) == {path.stat().st_ino for path in (tmp_path, tmp_path / "judgements")}


def test_where_one_coder_s_file_can_t_be_written_none_is(tmp_path: Path) -> None:
    """The others end as they did before, and a new one is gone again."""
    append(tmp_path, task("a0"))
    before = log(tmp_path).read_bytes()
    log(tmp_path, "dewi").mkdir()
    with pytest.raises(BenangError):
        append(tmp_path, task("a1"), task("b1", coder="budi"), task("d1", coder="dewi"))

    assert log(tmp_path).read_bytes() == before
    assert not log(tmp_path, "budi").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize("name", ["ani.jsonl", ".lock", "budi.jsonl"])
def test_a_link_that_leads_out_is_neither_read_nor_written(tmp_path: Path, name: str) -> None:
    """In the place of the log, of its lock or of another log."""
    folder, outside = tmp_path / "review", tmp_path / "outside.jsonl"
    (folder / "judgements").mkdir(parents=True)
    outside.write_bytes(OLD.encode())
    (folder / "judgements" / name).symlink_to(outside)
    with pytest.raises(BenangError, match=f"{re.escape(name)}: this is a link to a place outside the folder"):
        append(folder, task("t1"))

    assert outside.read_bytes() == OLD.encode()


@pytest.mark.parametrize("second", ["ani", "Ani", "ANI"])
def test_names_that_differ_in_capitals_share_a_file(tmp_path: Path, second: str) -> None:
    """On Windows and macOS they would anyway; the coders remain two."""
    append(tmp_path, task("t1", coder="Ani"))
    append(tmp_path, task("t2", coder=second))

    assert [path.name for path in (tmp_path / "judgements").glob("*.jsonl")] == ["ani.jsonl"]
    assert [event.coder for event in _state(tmp_path).current] == ["Ani", second]


def test_a_file_in_other_letters_is_appended_to(tmp_path: Path) -> None:
    """Somebody, or an earlier version, has begun it under the name as it is written."""
    log(tmp_path, "Ani").parent.mkdir()
    log(tmp_path, "Ani").write_bytes(OLD.encode().replace(b'"ani"', b'"Ani"'))
    append(tmp_path, task("t1", coder="Ani"), task("t2", coder="ani"))

    assert [path.name for path in (tmp_path / "judgements").glob("*.jsonl")] == ["Ani.jsonl"]
    assert ids(tmp_path) == ["t0", "t1", "t2"]


def test_an_accent_may_stand_behind_its_letter(tmp_path: Path) -> None:
    """The names of macOS have it there: it is the same file and the same coder."""
    composed, apart = "Ren\u00e9", "Rene\u0301"
    append(tmp_path, task("t1", coder=composed))
    log(tmp_path, "ren\u00e9").rename(log(tmp_path, "rene\u0301"))
    append(tmp_path, task("t2", coder=apart))

    assert len(list((tmp_path / "judgements").glob("*.jsonl"))) == 1
    assert [event.coder for event in _state(tmp_path).current] == [composed, composed]


@pytest.mark.parametrize("coder", ["أمينة", "小林 さくら", "Ani \U0001f33e", "Straße", "ani@kampus.ac.id", "x" * 80])
def test_a_coder_may_have_a_name_of_any_script(tmp_path: Path, coder: str) -> None:
    """From right to left, with an emoji or a sharp s."""
    append(tmp_path, task("t1", coder=coder))

    assert [event.coder for event in _state(tmp_path).current] == [coder]


COPIES = [
    "ani (1)",
    "ani-LAPTOP-3F",
    "ani (Budi's conflicted copy 2026-01-02)",
    "ani (konflik 2026-01-02)",
    "ani (Case Conflict)",
    "ani (conflicted copy 2026-01-02 093011)",
    "ani.sync-conflict-20260102-093011-ABCDEFG",
    "ani_conf(1)",
    "ani [conflicted]",
    "ani 2",
    "ani - Copy",
    "Salinan ani",
    "ANI (1)",
]


@pytest.mark.parametrize("copy", COPIES)
def test_a_copy_that_a_cloud_made_counts_with_the_log(tmp_path: Path, copy: str) -> None:
    """What stands in both counts once, the copy's own events count too, and appends go to the log."""
    append(tmp_path, task("t0"))
    log(tmp_path).rename(log(tmp_path, copy))
    shared = log(tmp_path, copy).read_bytes()
    append(tmp_path, task("t1"))
    log(tmp_path).write_bytes(shared + log(tmp_path).read_bytes())
    with log(tmp_path, copy).open("ab") as file:
        file.write(as_line(task("t2")).encode() + b'\n{"kind": "ta')
    kept = log(tmp_path, copy).read_bytes()
    append(tmp_path, task("t3", "t2"))

    state = _state(tmp_path)
    assert ([event.id for event in state.current], len(state.torn)) == (["t0", "t1", "t3"], 1)
    assert log(tmp_path, copy).read_bytes() == kept


def test_a_copy_that_says_something_else_is_a_conflict(tmp_path: Path) -> None:
    """Both places are named."""
    append(tmp_path, task("t0"))
    log(tmp_path, "ani (1)").write_text(as_line(task("t0", case="b")) + "\n", encoding="utf-8")

    (problem,) = conflict_problems(_state(tmp_path))
    assert problem.where == "judgements/ani (1).jsonl, line 1; judgements/ani.jsonl, line 2"
    assert ids(tmp_path) == []


@pytest.mark.parametrize("name", ["anita", "budi", "bani (1)", "an"])
def test_a_file_without_the_coder_s_name_is_no_copy(tmp_path: Path, name: str) -> None:
    """Whoever wrote a wrong name into a line by hand is told."""
    log(tmp_path, name).parent.mkdir()
    log(tmp_path, name).write_text(as_line(task("t0")) + "\n", encoding="utf-8")

    with pytest.raises(BenangError, match=f"expected '{re.escape(name)}', like its file, found the coder 'ani'"):
        _state(tmp_path)


def test_a_value_without_words_is_read_as_it_was_written(tmp_path: Path) -> None:
    """The owner's name may be empty in a form; the passage stands."""
    passage = Quotation(document="documents/a.md", start=0, end=3, quote="The")
    value = Value(id="v1", coder="ani", case="a", variable="owner", value="", passages=(passage,))
    append(tmp_path, value)

    (read,) = _state(tmp_path).current
    assert isinstance(read, Value)
    assert (read.value, read.passages) == ("", (passage,))


def test_a_log_in_another_encoding_is_not_appended_to(tmp_path: Path) -> None:
    """Lines in UTF-8 behind others in UTF-16 would make both unreadable."""
    append(tmp_path, task("t0"))
    log(tmp_path).write_bytes(log(tmp_path).read_text(encoding="utf-8").encode("utf-16"))
    before = log(tmp_path).read_bytes()
    with pytest.raises(BenangError, match="UTF-8"):
        append(tmp_path, task("t1"))

    assert log(tmp_path).read_bytes() == before


def test_lines_are_on_the_disk_when_an_append_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is synced with all its lines; a folder that can't be does not take the lines back."""
    synced: list[int] = []

    def sync(handle: int) -> None:
        if synced:
            raise OSError(22, "Invalid argument")
        synced.append(os.fstat(handle).st_size)

    monkeypatch.setattr("benang.judgements.log_files.os.fsync", sync)
    append(tmp_path, task("t0"))

    assert synced == [log(tmp_path).stat().st_size]
    assert ids(tmp_path) == ["t0"]


@pytest.mark.parametrize(
    "coder",
    [
        "../ani",
        "a/b",
        ".ani",
        "nul",
        "CON",
        "Aux.x",
        "a\\b",
        "ani.",
        "ani ",
        "x" * 100,
        "\u0e01" * 70,
        "a\nb",
        "a\u202eb",
    ],
)
def test_a_coder_who_can_be_no_file_is_refused(tmp_path: Path, coder: str) -> None:
    """Nothing is written anywhere."""
    with pytest.raises(BenangError, match="can't be the name of a coder"):
        append(tmp_path, task("t0", coder=coder))

    assert not list(tmp_path.rglob("*.jsonl"))


def test_a_log_of_a_newer_format_is_not_appended_to(tmp_path: Path) -> None:
    """Its last lines may mean something that this version doesn't know."""
    log(tmp_path).parent.mkdir()
    log(tmp_path).write_text('{"format": 99}\n{"kind": "hologram"}\n', encoding="utf-8")

    with pytest.raises(BenangError, match=r"ani\.jsonl, line 1: expected format 2"):
        append(tmp_path, task("t0"))
    assert "hologram" in log(tmp_path).read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such rights")
def test_a_log_that_may_not_be_written_to_is_as_it_was(tmp_path: Path) -> None:
    """The message names it."""
    append(tmp_path, task("t0"))
    log(tmp_path).chmod(0o444)

    with without_privileges(), pytest.raises(BenangError, match=r"ani\.jsonl: it can't be written to"):
        append(tmp_path, task("t1"))
    assert ids(tmp_path) == ["t0"]


def test_a_disk_that_is_full_leaves_the_log_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a line may have been written by then: it is taken back."""
    append(tmp_path, task("t0"))
    before, write = log(tmp_path).read_bytes(), os.write
    calls: list[int] = []

    def full(file: int, data: memoryview) -> int:
        calls.append(len(data))
        if len(calls) > 1:
            raise OSError(28, "No space left on device")
        return write(file, data[: len(data) // 2])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(BenangError, match="No space left"):
        append(tmp_path, task("t1"))

    assert log(tmp_path).read_bytes() == before


def _append_many(root: Path, start: int, coder: str) -> None:
    number = start
    while number < start + 300:
        together = 1 + number % 11
        append(root, *(task(f"t{one:04}", coder=coder) for one in range(number, min(number + together, start + 300))))
        number += together


def _append_the_same(root: Path) -> None:
    for number in range(40):
        append(root, task(f"t{number:04}"))


def at_once(*processes: multiprocessing.Process) -> None:
    """Run processes at the same time, to their ends."""
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * len(processes)


@pytest.mark.parametrize("coders", [("ani", "ani", "ani"), ("ani", "budi", "Ani")])
def test_processes_that_append_at_the_same_time_lose_nothing(tmp_path: Path, coders: tuple[str, ...]) -> None:
    """Each line of all is there once, and whole: 300 events a process, one to eleven at a time."""
    starts = enumerate(coders)
    at_once(*(multiprocessing.Process(target=_append_many, args=(tmp_path, 300 * n, coder)) for n, coder in starts))
    lines = [line for path in (tmp_path / "judgements").glob("*.jsonl") for line in path.read_bytes().splitlines()]

    assert (ids(tmp_path), _state(tmp_path).torn) == ([f"t{number:04}" for number in range(900)], ())
    assert len([line for line in lines if b'"kind"' in line]) == 900


def test_the_same_event_from_two_processes_is_there_once(tmp_path: Path) -> None:
    """Whoever comes second finds it there; neither fails."""
    at_once(*(multiprocessing.Process(target=_append_the_same, args=(tmp_path,)) for _ in range(2)))

    assert len([line for line in log(tmp_path).read_bytes().splitlines() if b'"kind"' in line]) == 40
    assert ids(tmp_path) == [f"t{number:04}" for number in range(40)]


PROGRAM = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from benang.judgements.events import Task
from benang.judgements.store import FolderStore
store = FolderStore(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), 10**6, 3):
    store.append([Task(id=f"k{number + one}", coder="ani", case="a" * 2000, group="g") for one in range(3)],
                 time=datetime.now(UTC))
    print(number, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGKILL")
def test_what_was_acknowledged_is_there_after_a_kill(tmp_path: Path) -> None:
    """Killed at random moments, an append leaves all that it said it had written, and threes are never parted."""
    kills, next_number = int(os.environ.get("BENANG_KILLS", "4")), 0
    for _ in range(kills):
        program = [sys.executable, "-c", PROGRAM, str(tmp_path), str(next_number)]
        with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout is not None
            said = [running.stdout.readline()]
            time.sleep(random.SystemRandom().uniform(0.0, 0.2))
            running.send_signal(signal.SIGKILL)
            said += running.stdout.readlines()
        done = [int(line) for line in said if line.endswith("\n")]
        held = {int(one[1:]) for one in ids(tmp_path)}
        assert {number + one for number in done for one in range(3)} <= held
        assert len(held) % 3 == 0
        next_number = max(held) + 1
    assert json.loads(log(tmp_path).read_bytes().split(b"\n")[0])["format"] == 2


PIECES = (
    OLD.encode(),
    b'{"kind": "task", "id": "t9", "case": "b", "group": "reasons", "coder": "ani"}\n',
    b'{"format": 2, "events": 2}\n',
    b'{"kind": "task", "id": "t8", "case": "b", "group"',
    CANCELLED + b"\n",
    b"\n",
    b"\xef\xbb\xbf{}\n",
    b"\xff\n",
    b'{"format": 99}\n',
    b"no event\n",
)


def test_a_log_that_grew_is_read_as_one_that_is_read_for_the_first_time(tmp_path: Path) -> None:
    """Whatever comes behind what was read before: whole, torn, damaged or of a newer format."""
    random_ = random.Random(1)  # noqa: S311
    path = tmp_path / "ani.jsonl"

    def read() -> tuple[object, ...]:
        try:
            log = log_files.read_log(path, "judgements/ani.jsonl", checks=True)
        except BenangError as error:
            return error.problems
        return log.events, log.problems, log.torn

    for _ in range(150):
        path.write_bytes(b"")
        log_files._whole.clear()
        for piece in random_.choices(PIECES, weights=(6, 6, 2, 1, 1, 1, 1, 1, 1, 1), k=5):
            with path.open("ab") as file:
                file.write(piece)
            grown, sound = read(), dict(log_files._whole)
            log_files._whole.clear()
            log_files._log_of.cache_clear()
            assert grown == read()
            log_files._whole.clear()
            log_files._whole.update(sound)
            log_files._log_of.cache_clear()
