"""Another's copy taken in: judgements are united, whatever the order, and nothing is overwritten."""

from __future__ import annotations

import io
import os
import random
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cli.conftest import benang as benang  # the command in this process
from tests.judgements.test_store import NOW, append, ids, log, task
from tests.support import Command, without_privileges
from tests.tasks.coding.appraised import RENT, appraised_markets
from tests.tasks.coding.markets import logs, markets
from tests.tasks.coding.test_adding import add, rows
from tests.tasks.coding.test_form_values import NOON, give
from tests.tasks.coding.test_taking_back import take_back

from benang.errors import BenangError
from benang.judgements import log_files
from benang.judgements.events import Consensus, Event, Task, Withdrawal
from benang.judgements.lines import as_line
from benang.judgements.log import Judgements, log_problems, state_of
from benang.judgements.store import FolderStore
from benang.tasks.sharing import Merged, MergeRequest, SendRequest, Sent, merge, send, take_in
from benang.tasks.verify import VerifyRequest, verify


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Return a review with one passage coded."""
    there = markets(tmp_path / "here", ("ani", "budi"))
    add(there, "The rent of a stall doubled", coder="ani")
    return there


@pytest.fixture
def there(here: Path, tmp_path: Path) -> Path:
    """Return a copy of it."""
    return shutil.copytree(here, tmp_path / "there")


def taken(folder: Path, other: Path) -> Merged:
    """Merge."""
    return merge(MergeRequest(folder, other))


def sent(folder: Path, *, everything: bool = False) -> Path:
    """Send a review, and return the zip."""
    output = folder.parent / f"{folder.name}.zip"
    assert isinstance(send(SendRequest(folder, output, everything)), Sent)
    return output


def files(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder but the lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def said(merged: Merged) -> str:
    """Return the words of the account."""
    return "\n".join(
        line
        for note in merged.account.notes
        for line in (note.text, *note.remarks, *(cell for row in getattr(note, "cells", ()) for cell in row))
    )


def test_two_copies_say_the_same_after_each_took_in_the_other(here: Path, there: Path, benang: Command) -> None:
    """One coder worked on both, another on one, and something was withdrawn."""
    add(here, "closed two gates", coder="ani", code="permits")
    add(there, "prices rose at once", coder="ani")
    add(there, "The rent of a stall doubled", coder="budi")
    take_back(there, rows(there)[0].id)
    zips = [sent(one) for one in (here, there)]
    before = logs(here)
    assert benang("merge", here, zips[1]).out.startswith(
        "there.zip: new judgements: 3, by ani, budi (already here: 1)."
    )
    assert benang("merge", there, zips[0]).code == 0

    assert rows(here) == rows(there)
    assert len(rows(here)) == 3
    assert all(logs(here)[name].startswith(data) for name, data in before.items())
    assert verify(VerifyRequest(here)).is_whole
    once = files(here)
    assert benang("merge", here, zips[1]).out == "there.zip: no new judgements (already here: 4).\n"
    assert files(here) == once


def test_a_zip_is_the_same_bytes_for_the_same_files(here: Path, there: Path) -> None:
    """And holds what others need: not the exports, and what was built never."""
    (here / "out").mkdir()
    (here / "out/report.html").write_text("x", encoding="utf-8")
    assert sent(here).read_bytes() == sent(there).read_bytes()
    names = zipfile.ZipFile(sent(here)).namelist()

    assert [name for name in names if not name.startswith("codebook/")] == [
        "cases.toml", "codebook.toml", "documents/lestari2019.md", "documents/sari2018.md", "judgements/ani.jsonl",
        "review.toml",
    ]  # fmt: skip
    assert zipfile.ZipFile(sent(here, everything=True)).namelist() == [*names, "sources/markets.ris"]


def test_a_folder_and_a_log_are_taken_in_as_a_zip_is(here: Path, there: Path) -> None:
    """A log under any name."""
    add(there, "closed two gates", coder="budi", code="permits")
    other = shutil.copytree(here, here.parent / "other")
    taken(here, there)
    theirs = shutil.copy(there / "judgements/budi.jsonl", here.parent / "from budi.jsonl")
    taken(other, Path(theirs))
    assert rows(here) == rows(there) == rows(other)


def test_a_conflicted_copy_in_the_folder_goes_to_its_coder_s_file(here: Path, there: Path) -> None:
    """Afterwards it can be removed."""
    add(there, "closed two gates", coder="ani", code="permits")
    copy = here / "judgements" / "ani (Budi's conflicted copy 2026-11-02).jsonl"
    shutil.copy(there / "judgements/ani.jsonl", copy)
    assert "You can remove it now." in said(taken(here, copy))
    copy.unlink()

    assert rows(here) == rows(there)
    assert taken(here, here / "judgements/ani.jsonl").events == ()


def test_a_new_folder_becomes_the_copy(here: Path, tmp_path: Path) -> None:
    """It can be coded in at once where the exports came, and it is said where they didn't."""
    fresh = tmp_path / "fresh"
    assert "The exports are not included" in said(taken(fresh, sent(here)))
    taken(fresh, sent(here, everything=True))
    assert files(fresh) == files(here)
    add(fresh, "closed two gates", coder="budi", code="permits")


def test_a_folder_with_hidden_files_alone_becomes_the_copy(here: Path, tmp_path: Path) -> None:
    """As that of git, in which there is nothing yet."""
    fresh = tmp_path / "fresh"
    (fresh / ".git").mkdir(parents=True)
    (fresh / ".git" / "config").write_text("[core]\n", encoding="utf-8")
    taken(fresh, sent(here))
    assert rows(fresh) == rows(here)


def test_what_the_plan_names_goes_with_it(here: Path, tmp_path: Path) -> None:
    """A list of further references, and exports that lie elsewhere; hidden files and what nobody names stay."""
    plan = here / "review.toml"
    text = plan.read_text(encoding="utf-8").replace('["sources/*"]', '["sources/*", "more/**/*.ris"]')
    plan.write_text(text + '\n[report]\nalso_cited = "lists/cited.ris"\n', encoding="utf-8")
    for name in ("more/2020/a.ris", "lists/cited.ris", "lists/other.ris", "notes.txt"):
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(here / "sources/markets.ris", here / name)
    fresh = tmp_path / "fresh"
    taken(fresh, sent(here, everything=True))
    assert files(here).keys() - files(fresh).keys() == {"lists/other.ris", "notes.txt"}
    assert verify(VerifyRequest(fresh)).is_whole
    assert "lists/cited.ris" in zipfile.ZipFile(sent(here)).namelist()


def test_a_copy_without_exports_can_be_coded_in(here: Path, tmp_path: Path) -> None:
    """Its documents came."""
    fresh = tmp_path / "fresh"
    taken(fresh, sent(here))
    add(fresh, "closed two gates", coder="budi", code="permits")
    assert verify(VerifyRequest(fresh)).is_whole


def test_what_differs_stays_and_theirs_is_kept_aside(here: Path, there: Path) -> None:
    """The difference of a vocabulary is shown, with the codes that are lacking; merging again keeps nothing twice."""
    (there / "codebook.toml").write_text(
        (there / "codebook.toml").read_text(encoding="utf-8").replace('"permits"', '"licences"'), encoding="utf-8"
    )
    add(there, "closed two gates", coder="budi", code="licences")
    path = there / "documents/lestari2019.md"
    path.write_text(path.read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    (there / "documents/new.md").write_text("New.\n", encoding="utf-8")
    before = files(here)
    merged = taken(here, sent(there))
    words = said(merged)

    assert {name: data for name, data in files(here).items() if name in before and "jsonl" not in name} == {
        name: data for name, data in before.items() if "jsonl" not in name
    }
    assert [name for name in merged.files if not name.startswith("codebook/")] == ["documents/new.md"]
    assert sorted(merged.differing) == ["codebook.toml", "documents/lestari2019.md"]
    assert all(aside.read_bytes() == (there / name).read_bytes() for name, aside in merged.differing.items())
    assert '-id = "permits"' in words
    assert '+id = "licences"' in words
    assert "codebook.toml here does not contain what their judgements name: licences" in words
    once = files(here)
    taken(here, sent(there))
    assert files(here) == once


def test_a_conflict_is_said(here: Path, there: Path) -> None:
    """One passage was moved in both copies."""
    from benang.tasks.coding.adding import MoveRequest, move

    for folder, code in ((here, "permits"), (there, "rent")):
        move(MoveRequest(folder=folder, id=rows(folder)[0].id, code=code, case="bukit"))
    assert "each replace" in said(taken(here, there))


def _zip(*entries: tuple[str, bytes], flags: int = 0) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    packed = data.getvalue()
    if flags:  # the flags of a local header and of the directory
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            place = packed.index(mark) + at
            packed = packed[:place] + bytes([packed[place] | flags]) + packed[place + 1 :]
    return packed


GOOD = ("review.toml", b"format = 1\n")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (_zip(GOOD, ("../evil.md", b"x")), r"'../evil.md', a name that leads out"),
        (_zip(GOOD, ("documents/../../evil.md", b"x")), "a name that leads out"),
        (_zip(GOOD, ("/etc/evil.md", b"x")), "a name that leads out"),
        (_zip(GOOD, ("C:\\evil.md", b"x")), "a name that leads out"),
        (_zip(GOOD, ("documents/nul.md", b"x")), "a file name that not every system allows"),
        (_zip(GOOD, ("documents/a?.md", b"x")), "a file name that not every system allows"),
        (_zip(GOOD, ("documents/a.md", b"x"), ("documents/A.md", b"y")), "the same file on some systems"),
        (_zip(("judgements/ani.jsonl", b"{}\n"), flags=1), "encrypted"),
        (_zip(GOOD, ("documents/a.md", b"\0" * 90_000_000)), "would unpack to 90,000,011 bytes"),
        (_zip(("holiday.jpg", b"x")), "neither review.toml nor judgements"),
        (_zip(GOOD)[:-20], "can't be opened"),
        (b"PK\x03\x04 no zip", "can't be opened"),
        (
            b"record,quote\nsari2018,The rent\n" * 9,
            "^evil.zip: this is not a copy of a review: it is neither a zip nor [^;]*$",
        ),
        (_zip(GOOD, ("judgements/ani.jsonl", b'{"kind": "task"}\n')), "evil.zip/judgements/ani.jsonl, line 1"),
        (_zip(GOOD, ("judgements/ani.jsonl", b'{"format": 99}\n')), "expected format 2"),
    ],
)
def test_a_zip_that_does_harm_is_refused_and_nothing_is_written(here: Path, data: bytes, message: str) -> None:
    """Neither in the folder nor beside it."""
    path = here.parent / "evil.zip"
    path.write_bytes(data)
    before = files(here.parent)
    with pytest.raises(BenangError, match=message):
        taken(here, path)
    assert files(here.parent) == before


def test_a_zip_that_somebody_packed_by_hand_is_read(here: Path, there: Path) -> None:
    """With the folder's name before all, and what a system adds by itself."""
    add(there, "closed two gates", coder="budi", code="permits")
    path = here.parent / "by hand.zip"
    entries = [(f"my review/{name}", data) for name, data in files(there).items()]
    path.write_bytes(_zip(*entries, ("my review/out/report.html", b"x"), ("__MACOSX/._a", b"x")))
    words = said(taken(here, path))
    assert rows(here) == rows(there)
    assert "my review/out/report.html" in words


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize("name", ["aside", "documents"])
def test_a_link_that_leads_out_is_not_written_through(here: Path, there: Path, name: str) -> None:
    """In the place of a folder that is written to."""
    outside = here.parent / "outside"
    outside.mkdir()
    shutil.rmtree(here / name, ignore_errors=True)
    (here / name).symlink_to(outside)
    path = there / "documents/lestari2019.md"
    path.write_text("Another.\n", encoding="utf-8")
    (there / "cases.toml").write_text("format = 1\n", encoding="utf-8")
    with pytest.raises(BenangError, match="link to a place outside the folder"):
        taken(here, there)
    assert list(outside.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such rights")
def test_a_read_only_folder_is_a_message(here: Path, there: Path) -> None:
    """Nothing is lost on either side."""
    add(there, "closed two gates", coder="budi", code="permits")
    (here / "judgements").chmod(0o555)
    try:
        with without_privileges(), pytest.raises(BenangError, match="it can't be written to"):
            taken(here, there)
    finally:
        (here / "judgements").chmod(0o755)
    assert len(rows(here)) == 1


def test_what_can_t_be_written_leaves_all_as_it_was(here: Path, there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever of the writes fails, what was there is there; done again, the merge is whole."""
    add(there, "closed two gates", coder="budi", code="permits")
    add(there, "closed two gates", coder="ani", code="permits")
    (there / "documents/new.md").write_text("New.\n", encoding="utf-8")
    before, write = files(here), os.write

    def fails_at(at: int) -> Callable[[int, bytes], int]:
        left = [at]

        def failing(file: int, data: bytes) -> int:
            left[0] -= 1
            if left[0] < 0:
                raise OSError(28, "No space left on device")
            return write(file, data[: max(1, len(data) // 2)])

        return failing

    for at in range(4):
        with monkeypatch.context() as patch:
            patch.setattr("benang.judgements.log_files.os.write", fails_at(at))
            with pytest.raises(BenangError, match="No space left"):
                taken(here, there)
        after = files(here)
        assert {name: data for name, data in after.items() if name in before} == before
        assert "judgements/budi.jsonl" not in after
    taken(here, there)
    assert rows(here) == rows(there)


def test_an_appraisal_of_a_study_lacks_no_case(tmp_path: Path) -> None:
    """It names the study; what names a case that is missing is still said."""
    mine, theirs = (appraised_markets(tmp_path / name, ("ani", "budi")) for name in ("mine", "theirs"))
    give(theirs, "yes", RENT, coder="budi")
    FolderStore(theirs).append([Task(id="t", coder="budi", case="laut", group="reasons")], time=NOON)

    assert "cases.toml here does not contain what their judgements name: laut. A build" in said(taken(mine, theirs))


def test_a_long_difference_is_shortened_and_damage_that_was_here_is_said(here: Path, there: Path) -> None:
    """Neither keeps their judgements out."""
    add(there, "closed two gates", coder="budi", code="permits")
    with (there / "codebook.toml").open("a", encoding="utf-8") as file:
        file.writelines(f"# {number}\n" for number in range(99))
    log = here / "judgements" / "ani.jsonl"
    log.write_text(log.read_text(encoding="utf-8") + '{"kind": "hologram"}\n', encoding="utf-8")
    merged = taken(here, there)

    assert [one.coder for one in merged.events] == ["budi"]
    assert "+# 50\n" in said(merged)
    assert "+# 98" not in said(merged)
    assert "more lines" in said(merged)
    assert "judgements/ani.jsonl, line 3" in said(merged)


def test_a_zip_that_many_mailboxes_refuse_is_named_as_one(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written all the same."""
    request = SendRequest(here, here.parent / "here.zip")
    few = send(request).account.notes
    monkeypatch.setattr("benang.tasks.sharing.MOST_BYTES", 10)

    assert len(send(request).account.notes) == len(few) + 1


def test_a_consensus_names_its_code_and_case_as_codings_do(here: Path, there: Path) -> None:
    """A colleague's codebook has a code that mine lacks, and both settled it."""
    for name, old, new in (("codebook.toml", '"permits"', '"licences"'), ("cases.toml", '"muara"', '"laut"')):
        path = there / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    settled = Consensus(id="k", coder="consensus", case="laut", code="licences", keeps=(), resolves=("t",))
    FolderStore(there).append([Task(id="t", coder="budi", case="bukit", group="reasons"), settled], time=NOON)
    words = said(taken(here, there))

    assert "codebook.toml here does not contain what their judgements name: licences" in words
    assert "cases.toml here does not contain what their judgements name: laut" in words


CODERS = ("ani", "budi", "consensus")


@pytest.fixture(scope="module", autouse=True)
def _without_waiting_for_the_disk() -> Iterator[None]:
    """Leave out what other tests hold: that appends are on the disk when they return."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


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
