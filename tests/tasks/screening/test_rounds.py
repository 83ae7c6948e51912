"""Rounds given out, and attempts to get a report, stand in the log."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from tests.tasks.screening.shelves import ris, shelves
from tests.tasks.screening.test_deciding import take

from benang.errors import BenangError
from benang.judgements.events import Stage
from benang.project.folder import open_folder
from benang.review.load import load
from benang.screening.prisma import flow_of
from benang.tasks.coding.taking_back import UndoRequest, undo_last
from benang.tasks.screening.deciding import StateRequest, screening_state
from benang.tasks.screening.desk import open_screening
from benang.tasks.screening.rounds import (
    AttemptRequest,
    FinishRequest,
    RoundRequest,
    assign_round,
    finish,
    note_attempt,
)
from benang.tasks.screening.sitting import waiting
from benang.tasks.status import StatusRequest, status


def open_flow(folder: Path) -> dict[str, int]:
    """Return the boxes of PRISMA's flow with their values."""
    loaded = load(open_folder(folder))
    flow = flow_of(loaded.sources.works, loaded.screening)
    return {key: box.value for key, box in flow.boxes.items()}


def test_a_pilot_is_read_by_all_and_shown_before_the_rest_is_read(tmp_path: Path) -> None:
    """Three of ten records are drawn; when both have decided on them, their outcomes show."""
    folder = shelves(tmp_path / "shops", "ani", "budi", n=10)
    assign_round(RoundRequest(folder=folder, name="pilot", records=3, readers=("all",), coder="ani"))
    pilot = open_screening(folder).screening.task("ani", "title-abstract")[:3]
    for coder in ("ani", "budi"):
        take(folder, dict.fromkeys(pilot, "exclude"), coder)
    screening = open_screening(folder).screening
    assert sorted(screening.excluded("title-abstract")) == sorted(pilot)
    assert len(screening.undecided("title-abstract")) == 7


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"records": 5}, "4 records are in no round and undecided, fewer than 5"),
        ({"readers": ("citra",)}, "'citra' is not one of the plan's reviewers (ani, budi)"),
    ],
)
def test_a_round_that_cannot_be_is_refused(tmp_path: Path, asked: dict[str, object], words: str) -> None:
    """The message says what there is."""
    folder = shelves(tmp_path / "shops", "ani", "budi")
    with pytest.raises(BenangError) as error:
        assign_round(RoundRequest(folder=folder, name="pilot", coder="ani", **{"records": 1, **asked}))  # type: ignore[arg-type]
    assert words in str(error.value)


def test_a_name_of_a_round_is_used_once(tmp_path: Path) -> None:
    """The second pilot needs another name."""
    folder = shelves(tmp_path / "shops")
    assign_round(RoundRequest(folder=folder, name="pilot", records=1))
    with pytest.raises(BenangError) as error:
        assign_round(RoundRequest(folder=folder, name="pilot", records=1))
    assert "there is a round 'pilot' already" in str(error.value)


def test_attempts_to_get_a_report_are_kept_in_their_order(tmp_path: Path) -> None:
    """Noted late, the earlier attempt comes first; the same attempt twice is one."""
    folder = shelves(tmp_path / "shops")
    take(folder, {"s0": "include", "s1": "exclude"})
    for day, way in ((9, "e-mail to the author"), (2, "library"), (2, "library")):
        noted = note_attempt(AttemptRequest(folder=folder, record="10.9999/s0", day=date(2026, 11, day), way=way))
        assert "FOLDER" not in str(noted.account)
    attempts = open_screening(folder).screening.attempts["s0"]
    assert [one.way for one in attempts] == ["library", "e-mail to the author"]
    with pytest.raises(BenangError) as error:
        note_attempt(AttemptRequest(folder=folder, record="s1", day=date(2026, 11, 1), way="library"))
    assert "'s1' is not included at title and abstract" in str(error.value)


def test_a_report_that_the_review_lacks_is_refused_with_the_nearest(tmp_path: Path) -> None:
    """It is neither sought nor noted."""
    folder = shelves(tmp_path / "shops")
    with pytest.raises(BenangError, match="no record is called 's99'"):
        note_attempt(AttemptRequest(folder=folder, record="s99", day=date(2026, 11, 1), way="library"))


def test_an_attempt_names_the_command_that_ends_the_search(tmp_path: Path) -> None:
    """In the words of the language; it can be typed as it is."""
    folder = shelves(tmp_path / "shops", "ani", "budi")
    take(folder, {"s0": "include"}, "ani")
    take(folder, {"s0": "include"}, "budi")
    plan = folder / "review.toml"
    plan.write_text(
        plan.read_text(encoding="utf-8") + "\n[screening.title_abstract]\nblinded = false\n", encoding="utf-8"
    )
    request = AttemptRequest(
        folder=folder, record="s0", day=date(2026, 11, 1), way="surel", coder="budi", language="id"
    )
    last = str(note_attempt(request).account.notes[-1])
    assert f"'tidak diperoleh': benang screen {folder} --stage full-text --coder budi" in last


def test_a_task_that_ends_early_leaves_its_records_unread_and_shows_its_decisions(tmp_path: Path) -> None:
    """Two reviewers each leave some of six records: only what both left is removed, what one left still waits."""
    folder = shelves(tmp_path / "shops", "ani", "budi", n=6)
    take(folder, {"s0": "include", "s1": "exclude", "s2": "exclude"}, "ani")
    take(folder, {"s0": "include", "s1": "exclude", "s3": "exclude"}, "budi")
    finish(FinishRequest(folder=folder, coder="ani"))
    assert open_screening(folder).screening.excluded("title-abstract") == ()
    finish(FinishRequest(folder=folder, coder="budi"))
    screening = open_screening(folder).screening
    assert screening.set_aside == {"s4": "not-screened", "s5": "not-screened"}
    assert screening.excluded("title-abstract") == ("s1",)
    assert screening.undecided("title-abstract") == ("s2", "s3")
    boxes = open_flow(folder)
    assert boxes["records_removed_automatically/not-screened"] == boxes["records_removed_automatically"] == 2
    assert boxes["records_screened"] == 4


def test_a_record_left_unread_is_taken_up_again_by_whoever_decides_on_it(tmp_path: Path) -> None:
    """It is screened like any other from then on; new records are not left unread."""
    folder = shelves(tmp_path / "shops", n=4)
    take(folder, {"s0": "include"})
    finish(FinishRequest(folder=folder))
    (folder / "sources" / "again.ris").write_text(ris("s7"), encoding="utf-8")
    take(folder, {"s3": "exclude"})
    screening = open_screening(folder).screening
    assert set(screening.set_aside) == {"s1", "s2"}
    assert screening.excluded("title-abstract") == ("s3",)
    assert screening.undecided("title-abstract") == ("s7",)


def ended_by_two(folder: Path) -> Path:
    """Let two reviewers leave the last two of six records, and each one more that the other has read."""
    shelves(folder, "ani", "budi", n=6)
    take(folder, {"s0": "include", "s1": "exclude", "s2": "exclude"}, "ani")
    take(folder, {"s0": "include", "s1": "exclude", "s3": "exclude"}, "budi")
    for coder in ("ani", "budi"):
        finish(FinishRequest(folder=folder, coder=coder))
    return folder


def test_after_an_end_the_terminal_asks_first_for_what_waits_for_a_second_decision(tmp_path: Path) -> None:
    """Then for what nobody has read; a record that came later is before both."""
    folder = ended_by_two(tmp_path / "shops")
    (folder / "sources" / "again.ris").write_text(ris("s7"), encoding="utf-8")
    queue = waiting("ani", "title-abstract", open_screening(folder))
    assert queue[:2] == ("s7", "s3")
    assert set(queue[2:]) == {"s4", "s5"}


def test_a_record_taken_up_again_is_blinded_until_the_other_has_read_it_and_then_stays_shown(tmp_path: Path) -> None:
    """Ani's decision on what both had left is hidden from Budi; when both have decided, new records hide nothing."""
    folder = ended_by_two(tmp_path / "shops")
    take(folder, {"s4": "include"}, "ani")
    assert open_screening(folder).screening.outcome("title-abstract", "s4").decisions == ()
    take(folder, {"s4": "exclude"}, "budi")
    (folder / "sources" / "again.ris").write_text(ris("s7"), encoding="utf-8")
    screening = open_screening(folder).screening
    assert screening.conflicts("title-abstract") == ("s4",)
    assert screening.excluded("title-abstract") == ("s1",)


def test_records_that_are_parted_keep_that_they_were_left_unread_or_done(tmp_path: Path) -> None:
    """Two works of two records each: of one both reviewers are done, the other they left."""
    folder = shelves(tmp_path / "shops", "ani", "budi", n=4)
    pairs = folder / "duplicates.tsv"
    pairs.write_text("record\tother\tdecision\ns0\ts1\tsame\ns2\ts3\tsame\n", encoding="utf-8")
    read, left = open_screening(folder).works.keys
    for coder in ("ani", "budi"):
        take(folder, {read: "exclude"}, coder)
        assert "1 record is left unread" in str(finish(FinishRequest(folder=folder, coder=coder)).account)
    assert open_screening(folder).screening.unread == (left,)
    pairs.unlink()
    (folder / "sources" / "again.ris").write_text(ris("s7"), encoding="utf-8")
    screening = open_screening(folder).screening
    assert screening.excluded("title-abstract") == ("s0", "s1")
    assert screening.unread == ("s2", "s3")


@pytest.mark.parametrize(
    ("stage", "coder", "words"),
    [
        ("title-abstract", "consensus", "'s5' has no conflict that a consensus could settle"),
        ("full-text", "ani", "'s5' is not included at title and abstract (yet)"),
    ],
)
def test_what_was_left_unread_has_neither_a_conflict_nor_a_report(
    tmp_path: Path, stage: Stage, coder: str, words: str
) -> None:
    """It is refused with what there is; a rule of the plan has nothing to do with it."""
    folder = ended_by_two(tmp_path / "shops")
    with pytest.raises(BenangError) as error:
        take(folder, {"s5": "include"}, coder, stage)
    assert words in str(error.value)
    assert "rule" not in str(error.value)


def test_how_far_a_review_is_says_what_was_left_unread(tmp_path: Path) -> None:
    """In the state of the screening, in that of the review, and in its data."""
    folder = ended_by_two(tmp_path / "shops")
    assert "left unread" in str(screening_state(StateRequest(folder=folder)).account)
    state = status(StatusRequest(folder=folder))
    assert "2 undecided, 2 left unread" in str(state.account)
    assert json.loads(state.as_json())["screening"]["title-abstract"]["unread"] == 2


def test_an_end_is_undone_like_a_decision(tmp_path: Path) -> None:
    """The records wait again, and the blind is back."""
    folder = ended_by_two(tmp_path / "shops")
    for coder in ("budi", "ani"):
        undo_last(UndoRequest(folder=folder, coder=coder))
    screening = open_screening(folder).screening
    assert screening.unread == ()
    assert screening.excluded("title-abstract") == ()


def test_nobody_ends_a_task_that_has_not_begun(tmp_path: Path) -> None:
    """Nor one that is done."""
    folder = shelves(tmp_path / "shops", n=1)
    with pytest.raises(BenangError) as error:
        finish(FinishRequest(folder=folder))
    assert "ani has not decided on any record" in str(error.value)
    take(folder, {"s0": "include"})
    with pytest.raises(BenangError) as error:
        finish(FinishRequest(folder=folder))
    assert "ani has no record left to screen" in str(error.value)
