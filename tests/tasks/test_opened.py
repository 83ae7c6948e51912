"""A review that is open: what is kept in memory is what its files say, however often it is asked for."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benang.judgements.events import Decision, Task
from benang.judgements.store import FolderStore
from benang.project.folder import ReviewFolder
from benang.records.corpus import Corpus
from benang.review.load import read_exports
from benang.review.plan import Plan
from benang.tasks.opened import Opened, open_review

pytestmark = pytest.mark.fast

PLAN = 'format = 1\ntitle = "Markets (invented)"\nquestion = "Why?"\nreviewers = ["ani"]\n'
RIS = "TY  - JOUR\nTI  - {title}\nPY  - 2019\nER  - \n"


@pytest.fixture
def review(tmp_path: Path) -> Opened:
    """Return a review with one export."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "review.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "sources" / "a.ris").write_text(RIS.format(title="Lamps that went out"), encoding="utf-8")
    return open_review(tmp_path)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return a list that grows with each reading of the exports."""
    readings: list[object] = []

    def read(plan: Plan, folder: ReviewFolder) -> Corpus:
        readings.append(plan)
        return read_exports(plan, folder)

    monkeypatch.setattr("benang.tasks.opened.read_exports", read)
    return readings


def test_coding_and_screening_read_the_exports_once(review: Opened, readings: list[object]) -> None:
    """However many pages ask, also after a decision on a pair."""
    keys = review.screening().works.keys
    (review.root / "duplicates.tsv").write_text("record\tother\tdecision\n", encoding="utf-8")
    review.changed()

    assert review.desk().sources.works.keys == review.sources().works.keys == keys
    assert len(readings) == 1


def test_a_new_export_is_read(review: Opened, readings: list[object]) -> None:
    """The folder is the truth, whoever wrote into it."""
    assert len(review.sources().works) == 1
    (review.root / "sources" / "b.ris").write_text(RIS.format(title="Stalls that stayed"), encoding="utf-8")
    review.changed()

    assert len(review.sources().works) == len(readings) == 2


def test_an_export_elsewhere_in_the_folder_is_read_again_when_it_changes(review: Opened) -> None:
    """A plan may name any file of the folder."""
    (review.root / "review.toml").write_text(f'{PLAN}[sources]\nfiles = ["exports/*"]\n', encoding="utf-8")
    (review.root / "exports").mkdir()
    export = review.root / "exports" / "a.ris"
    export.write_text(RIS.format(title="Lamps that went out"), encoding="utf-8")
    review.changed()
    assert [one.title for one in review.sources().works.records] == ["Lamps that went out"]

    export.write_text(RIS.format(title="Stalls that stayed"), encoding="utf-8")
    review.changed()
    assert [one.title for one in review.sources().works.records] == ["Stalls that stayed"]


def test_the_size_of_the_records_is_that_of_their_files_wherever_they_are(review: Opened) -> None:
    """Papers and notes are none of them."""
    plan = f'{PLAN}[sources]\nfiles = ["sources/*", "exp*/*.ris"]\n[cleaning]\nthesaurus = "lists/terms.tsv"\n'
    (review.root / "review.toml").write_text(plan, encoding="utf-8")
    sizes = {"exports/a.ris": 40, "lists/terms.tsv": 200, "papers/p.pdf": 5000, "notes.txt": 70, "keywords.csv": 3}
    for name, n_bytes in sizes.items():
        (review.root / name).parent.mkdir(exist_ok=True)
        (review.root / name).write_bytes(b"x" * n_bytes)
    review.changed()

    assert review.size("records") == len(RIS.format(title="Lamps that went out")) + 243


def test_what_takes_long_to_make_keeps_nobody_from_what_has_another_name(review: Opened) -> None:
    """Also where it is closed in the end, such as what learns the order of screening."""
    is_making, may_go_on = threading.Event(), threading.Event()

    class Learner:
        def __init__(self) -> None:
            is_making.set()
            assert may_go_on.wait(10)

        def close(self) -> None:
            """Nothing is to be done."""

    making = threading.Thread(target=lambda: review.held("learner", Learner, of=review))
    making.start()
    assert is_making.wait(10)
    other = threading.Thread(target=lambda: review.kept("other", lambda: 1), daemon=True)
    other.start()
    other.join(5)

    assert not other.is_alive()
    may_go_on.set()
    making.join()


def test_many_who_ask_at_once_all_may_write_once_the_other_server_has_left(tmp_path: Path, review: Opened) -> None:
    """One of them takes the lock, and none is refused because of it; whichever thread leaves sets it free."""
    second, n = open_review(tmp_path), 16
    assert not second.is_writable
    review.leave()
    together, taken = threading.Barrier(n), list[bool]()

    def take() -> None:
        together.wait()
        taken.append(second.take())

    threads = [threading.Thread(target=take) for _ in range(n)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert taken == [True] * n
    assert second.holder == ""
    second.leave()
    assert review.take()


def test_a_lock_that_was_removed_is_taken_anew_by_whoever_comes_first(tmp_path: Path, review: Opened) -> None:
    """`git clean` and a folder that was away remove it; two servers must not both write because of it."""
    shutil.rmtree(tmp_path / ".benang")
    assert review.take()
    assert not open_review(tmp_path).is_writable

    shutil.rmtree(tmp_path / ".benang")
    second = open_review(tmp_path)

    assert second.is_writable
    assert not review.take()
    assert "another Benang has it open" in review.holder


def test_two_who_ask_at_once_wait_for_one_reading(review: Opened, readings: list[object]) -> None:
    """The second one gets what the first one read."""
    threads = [threading.Thread(target=review.sources) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(readings) == 1


def test_a_look_at_the_files_during_a_write_is_not_kept(review: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may have seen the file as it was before."""
    n_looks = 0

    def looked(_root: Path) -> Iterator[tuple[str, int, int]]:
        nonlocal n_looks
        n_looks += 1
        if n_looks == 1:
            review.changed()
        return iter([("a", 1, n_looks)])

    monkeypatch.setattr("benang.tasks.opened._files", looked)
    review.state(now=True)

    assert review.state() == review.state() == (("a", 1, 2),)


def test_a_program_that_suggests_is_no_coder(review: Opened) -> None:
    """Whoever has said anything of their own is one."""
    said = {"case": "a", "group": "b"}
    events = [Task(id="t1", coder="machine", program="one 1.0", **said), Task(id="t2", coder="budi", **said)]
    FolderStore(review.root).append(events, time=datetime(2026, 1, 1, tzinfo=UTC))
    review.changed()

    assert review.coders == ("budi", "ani")


def test_a_decision_of_the_command_line_is_seen(review: Opened) -> None:
    """The screening is kept only as long as no log has changed."""
    (work,) = review.screening().works.keys
    decision = Decision(id="d1", coder="ani", record=work, stage="title-abstract", verdict="include")
    FolderStore(review.root).append([decision], time=datetime(2026, 1, 1, tzinfo=UTC))
    review.changed()

    assert review.screening().screening.outcome("title-abstract", work).verdict == "include"
    assert review.screening() is review.screening()
