"""Logs of several copies put together: the union of their events, whatever the order, as often as one likes."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.judgements.test_store import NOW, append, ids, log, task

from benang.errors import BenangError
from benang.judgements import log_files
from benang.judgements.events import Event, Withdrawal
from benang.judgements.lines import as_line
from benang.judgements.log import Judgements, log_problems, state_of
from benang.judgements.merging import take_in
from benang.judgements.store import FolderStore

CODERS = ("ani", "budi", "consensus")


@pytest.fixture(scope="module", autouse=True)
def _without_waiting_for_the_disk() -> Iterator[None]:
    """Leave out what other tests hold: that appends are on the disk when they return."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


def logs(root: Path) -> dict[str, bytes]:
    """Return the logs of a review by the names of their files."""
    return {path.name: path.read_bytes() for path in sorted((root / "judgements").glob("*.jsonl"))}


def folded(root: Path) -> tuple[Any, ...]:
    """Return what a review's state says, wherever it is written."""
    state = state_of(FolderStore(root))
    parts = (state.current, state.disputed, state.superseded)
    return (*([as_line(event) for event in part] for part in parts), state.conflicts)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Event], list[list[Event]]]:
    """Draw what all copies have in common, and what was done in each of three: forks, withdrawals, the same in two."""
    chance = draw(st.randoms(use_true_random=False))
    shared = _more([], chance, "s", draw(st.integers(0, 5)))
    copies = [_more(shared, chance, name, draw(st.integers(0, 6))) for name in "xyz"]
    if copies[0] and chance.random() < 0.5:
        same = chance.choice(copies[0])
        if all(one in {event.id for event in shared} for one in same.supersedes):
            later = same.model_copy(update={"time": NOW + timedelta(hours=1)})
            copies[1] = [*copies[1], chance.choice([same, later])]
    return shared, copies


def _more(shared: list[Event], chance: random.Random, name: str, count: int) -> list[Event]:
    """Make events that supersede earlier ones, of any coder, or none."""
    events: list[Event] = []
    for number in range(count):
        earlier = [one.id for one in (*shared, *events)]
        over = tuple(sorted(chance.sample(earlier, min(len(earlier), chance.choice([0, 1, 1, 2])))))
        coder, which = chance.choice(CODERS), f"{name}{number}"
        made = (
            Withdrawal(id=which, coder=coder, supersedes=over)
            if over and chance.random() < 0.3
            else task(which, *over, coder=coder, case=chance.choice("ab"))
        )
        events.append(made.model_copy(update={"time": NOW + timedelta(minutes=number)}))
    return events


@contextmanager
def copies_of(history: tuple[list[Event], list[list[Event]]]) -> Iterator[list[Path]]:
    """Give three folders that hold what was done in each copy."""
    shared, copies = history
    with tempfile.TemporaryDirectory() as place:
        roots = [Path(place) / name for name in "xyz"]
        for root, events in zip(roots, copies, strict=True):
            root.mkdir()
            append(root, *shared, *events)
        yield roots


@given(histories())
def test_merging_is_commutative(history: tuple[list[Event], list[list[Event]]]) -> None:
    """Both sides say the same afterwards, forks and withdrawals included."""
    with copies_of(history) as (x, y, _):
        of_x, of_y = logs(x), logs(y)
        take_in(x, of_y)
        take_in(y, of_x)
        assert folded(x) == folded(y)


@given(histories())
def test_merging_is_associative(history: tuple[list[Event], list[list[Event]]]) -> None:
    """Whether two are put together first, or the others."""
    with copies_of(history) as (x, y, z), copies_of(history) as (a, b, c):
        take_in(x, logs(y))
        take_in(x, logs(z))
        take_in(b, logs(c))
        take_in(a, logs(b))
        assert folded(x) == folded(a)


@given(histories())
def test_merging_is_idempotent_and_files_only_grow(history: tuple[list[Event], list[list[Event]]]) -> None:
    """The second time, and a copy's own events, write nothing."""
    with copies_of(history) as (x, y, _):
        before = logs(x)
        take_in(x, logs(y))
        once = logs(x)
        assert all(once[name].startswith(data) for name, data in before.items())
        assert take_in(x, logs(y)).new == ()
        assert take_in(x, logs(x)).new == ()
        assert logs(x) == once


@given(histories())
def test_merging_is_the_union_of_what_was_said(history: tuple[list[Event], list[list[Event]]]) -> None:
    """Nothing is lost and nothing is added: each line of either stands in the merged logs, as it was written."""
    with copies_of(history) as (x, y, _):
        files = [*logs(x).values(), *logs(y).values()]
        lines = {line for data in files for line in data.splitlines() if b'"id"' in line}
        events = [{as_line(event) for event, _ in FolderStore(one).read().events} for one in (x, y)]
        take_in(x, logs(y))
        assert {as_line(event) for event, _ in FolderStore(x).read().events} == events[0] | events[1]
        assert lines <= {line for data in logs(x).values() for line in data.splitlines()}


@given(histories(), st.integers(0, 8), st.randoms(use_true_random=False))
def test_a_merge_that_is_stopped_between_two_files_is_whole_and_completed_by_another(
    history: tuple[list[Event], list[list[Event]]], stop: int, chance: random.Random
) -> None:
    """At any of its appends, whole or half-written: the logs can be read, and the same merge again ends it."""
    with copies_of(history) as (x, y, _), copies_of(history) as (undisturbed, *_):
        take_in(undisturbed, logs(y))
        with pytest.MonkeyPatch.context() as patch:
            _stop_at(stop, chance, patch)
            _until_killed(x, logs(y))
        state = state_of(FolderStore(x))
        assert isinstance(state, Judgements)
        take_in(x, logs(y))
        assert folded(x) == folded(undisturbed)


class _KilledError(BaseException):
    pass


def _until_killed(root: Path, other: dict[str, bytes]) -> None:
    with suppress(_KilledError):
        take_in(root, other)


def _stop_at(stop: int, chance: random.Random, patch: pytest.MonkeyPatch) -> None:
    """Let an append write a part of its bytes and then stop, as a kill does, which takes nothing back."""
    left, write = [stop], log_files._write

    def killed(path: Path, data: bytes) -> None:
        if not left[0]:
            write(path, data[: chance.randint(0, len(data))])
            raise _KilledError
        left[0] -= 1
        write(path, data)

    patch.setattr(log_files, "_write", killed)
    patch.setattr(log_files, "_cut", lambda _path, _size: None)


def test_each_line_goes_to_the_file_of_its_coder(tmp_path: Path) -> None:
    """A file of another name, as somebody saved it, is no new coder."""
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    append(here, task("a0"))
    append(there, task("a1"), task("b1", coder="budi"))
    mixed = b"".join(logs(there).values())
    take_in(here, {"from budi.jsonl": mixed})

    assert list(logs(here)) == ["ani.jsonl", "budi.jsonl"]
    assert ids(here) == ["a0", "a1", "b1"]


def test_what_somebody_edited_stays_known_as_edited(tmp_path: Path) -> None:
    """It counts as it does there, and verifying names it in both copies."""
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    append(there, task("a1"), task("a2"))
    data = logs(there)["ani.jsonl"].replace(b'"case": "a"', b'"case": "b"', 1)
    taken = take_in(here, {"theirs": data})

    assert [str(one.where) for one in taken.edited] == ["theirs, line 2"]
    assert data.splitlines()[1] in logs(here)["ani.jsonl"].splitlines()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"kind": "task", "id": "t1"}\n', "theirs, line 1"),
        (b'{"format": 99}\n', "theirs, line 1: expected format 2"),
        (as_line(task("t2")).encode("utf-16"), "UTF-8"),
        (as_line(task("t2", "t9")).encode() + b"\n", "supersedes 't9', but no judgement has that id"),
        (as_line(task("t2", coder="bu/di")).encode() + b"\n", "can't be the name of a coder"),
    ],
    ids=["no judgement", "a newer format", "UTF-16", "an unknown id", "a name that no file can have"],
)
def test_what_would_stop_the_readers_is_refused_and_nothing_is_written(
    tmp_path: Path, data: bytes, message: str
) -> None:
    """Also what stands beside it."""
    append(tmp_path, task("t0"))
    before = logs(tmp_path)
    with pytest.raises(BenangError, match=message):
        take_in(tmp_path, {"good": as_line(task("t1")).encode(), "theirs": data})
    assert logs(tmp_path) == before


def test_where_one_file_can_t_be_written_none_is(tmp_path: Path) -> None:
    """A folder stands in its place."""
    append(tmp_path, task("t0"))
    log(tmp_path, "budi").mkdir()
    before = log(tmp_path).read_bytes()
    both = "".join(as_line(one) + "\n" for one in (task("t1"), task("b1", coder="budi")))
    with pytest.raises(BenangError, match=r"budi.jsonl: this is a folder"):
        take_in(tmp_path, {"theirs": both.encode()})
    assert log(tmp_path).read_bytes() == before


def test_the_same_id_for_different_judgements_is_a_conflict_on_both_sides(tmp_path: Path) -> None:
    """Neither is lost."""
    here, there = tmp_path / "here", tmp_path / "there"
    for root, case in ((here, "a"), (there, "b")):
        root.mkdir()
        append(root, task("t1", case=case))
    of_here = logs(here)
    take_in(here, logs(there))
    take_in(there, of_here)

    assert folded(here) == folded(there)
    assert [one.of for one in state_of(FolderStore(here)).conflicts] == ["t1"]


def test_no_random_history_has_a_problem_of_its_own() -> None:
    """The histories of these tests are ones that logs can have."""

    @given(histories())
    def try_it(history: tuple[list[Event], list[list[Event]]]) -> None:
        with copies_of(history) as roots:
            assert all(not log_problems(FolderStore(root).read().events) for root in roots)

    try_it()
