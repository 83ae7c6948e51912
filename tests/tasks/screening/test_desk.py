"""A review opened for screening: who decides, rounds given out, reports sought, and what the plan or exports lack."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
from tests.tasks.screening.shelves import ris, shelves
from tests.tasks.screening.test_deciding import take
from tests.tasks.screening.test_sitting import decision_line

from benang.errors import BenangError
from benang.judgements.events import Stage
from benang.project.folder import open_folder
from benang.review.load import load
from benang.screening.prisma import flow_of
from benang.tasks.coding.taking_back import UndoRequest, undo_last
from benang.tasks.screening.deciding import StateRequest, screening_state
from benang.tasks.screening.desk import (
    AttemptRequest,
    FinishRequest,
    RoundRequest,
    assign_round,
    finish,
    note_attempt,
    open_screening,
    remarks_on,
    strangers_in,
)
from benang.tasks.screening.sitting import waiting
from benang.tasks.status import StatusRequest, status


def remarks(folder: Path) -> list[str]:
    """Say what the log has and plan or exports lack."""
    screening = open_screening(folder).screening
    return [str(one) for one in (*remarks_on(screening), *strangers_in(screening))]


def edit(folder: Path, old: str, new: str) -> None:
    """Change the plan."""
    path = folder / "review.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("name", ["ANI", "René", normalize("NFD", "René"), "rené", "Consensus"])
def test_a_coder_is_called_as_the_plan_spells_them(tmp_path: Path, name: str) -> None:
    """Capitals and the way in which an accent is written make no other person."""
    names = ("ani", normalize("NFD", "René"))
    desk = open_screening(shelves(tmp_path / "shops", *names))
    assert desk.coder(name) in ("ani", "René", "consensus")


def test_two_reviewers_whose_names_differ_in_capitals_remain_two(tmp_path: Path) -> None:
    """They share a file, and each is found by their own spelling."""
    desk = open_screening(shelves(tmp_path / "shops", "ani", "Ani"))
    assert (desk.coder("ani"), desk.coder("Ani")) == ("ani", "Ani")


def test_nothing_is_remarked_of_a_review_in_order(tmp_path: Path) -> None:
    """Also of one that nobody has screened."""
    folder = shelves(tmp_path / "shops", "ani")
    assert remarks(folder) == []
    take(folder, [["s0", "exclude", "no-shop"], ["s1", "include"]])
    assert remarks(folder) == []


def test_decisions_on_records_that_vanished_are_named_and_count_again_later(tmp_path: Path) -> None:
    """An export is replaced by one with two of four records, and comes back."""
    folder = shelves(tmp_path / "shops")
    take(folder, dict.fromkeys(("s0", "s1", "s2", "s3"), "include"))
    export = folder / "sources" / "shops.ris"
    before = export.read_text(encoding="utf-8")
    export.write_text(ris("s0", "s3"), encoding="utf-8")
    assert remarks(folder) == [
        "the log has decisions on records that the exports don't have (any more): s1, s2; they count again once the "
        "records are back in sources/"
    ]
    export.write_text(before, encoding="utf-8")
    assert remarks(folder) == []
    assert len(open_screening(folder).screening.to_screen("full-text")) == 4


def test_reasons_that_the_plan_no_longer_has_are_named(tmp_path: Path) -> None:
    """The criterion was renamed after decisions used it; the records stay excluded."""
    folder = shelves(tmp_path / "shops")
    take(folder, [["s0", "exclude", "no-shop"]])
    edit(folder, 'id = "no-shop"', 'id = "not-a-shop"')
    assert remarks(folder) == [
        "records are excluded for reasons that the plan's criteria don't have (any more): no-shop; they are counted by "
        "these ids"
    ]
    assert open_screening(folder).screening.excluded("title-abstract") == ("s0",)


def test_a_stage_that_the_plan_no_longer_has_is_named(tmp_path: Path) -> None:
    """Its decisions are in the log, and count nowhere."""
    folder = shelves(tmp_path / "shops")
    take(folder, {"s0": "exclude"})
    with (folder / "review.toml").open("a", encoding="utf-8") as plan:
        plan.write('\n[screening]\nstages = ["full-text"]\n')
    (remark,) = remarks(folder)
    assert "decisions at the stage 'title-abstract', which the plan does not use" in remark


def test_reviewers_who_left_the_plan_are_named_and_those_in_left_are_not(tmp_path: Path) -> None:
    """Ani's decisions count in both cases."""
    folder = shelves(tmp_path / "shops", "ani", "budi")
    take(folder, {"s0": "exclude"}, "ani")
    edit(folder, '["ani", "budi"]', '["budi"]')
    (remark,) = remarks(folder)
    assert remark.startswith("'ani' has decided and is not one of the plan's reviewers (budi)")
    with (folder / "review.toml").open("a", encoding="utf-8") as plan:
        plan.write('\n[screening]\nleft = ["ani"]\n')
    assert remarks(folder) == []


@pytest.mark.parametrize(
    "setting", ['[screening]\nleft = ["budy"]', "[screening.title_abstract]\nshares = { budy = 2 }"]
)
def test_an_unknown_reviewer_in_the_plan_is_named_with_the_one_that_was_meant(tmp_path: Path, setting: str) -> None:
    """A misspelt name would have no effect, and nobody would see why."""
    (remark,) = remarks(shelves(tmp_path / "shops", "ani", "budi", extra=f"\n{setting}\n"))
    assert "'budy' in '" in remark
    assert remark.endswith("Did you mean 'budi'?")


def test_two_decisions_of_one_coder_are_named_only_once_they_may_be_shown(tmp_path: Path) -> None:
    """Before budi is done, what ani said, and that she said two things, is blinded."""
    folder = shelves(tmp_path / "shops", "ani", "budi", n=2)
    take(folder, {"s0": "include", "s1": "include"}, "ani")
    (folder / "judgements" / "ani (1).jsonl").write_text(decision_line("s0", "exclude"), encoding="utf-8")
    assert remarks(folder) == []
    take(folder, {"s0": "include", "s1": "include"}, "budi")
    (remark,) = remarks(folder)
    assert remark.startswith("'ani' has decided on s0 in more than one way")


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


def test_whoever_screens_alone_without_a_name_in_the_plan_can_end_early_too(tmp_path: Path) -> None:
    """They read all records, as the pages show them; what they left is removed."""
    folder = shelves(tmp_path / "shops", n=4)
    plan = folder / "review.toml"
    lines = plan.read_text(encoding="utf-8").splitlines(keepends=True)
    plan.write_text("".join(one for one in lines if not one.startswith("reviewers")), encoding="utf-8")
    take(folder, {"s0": "include", "s1": "exclude"}, "ani")

    said = finish(FinishRequest(folder=folder, coder="ani"))

    assert "2 records are left unread" in str(said.account)
    assert open_screening(folder).screening.set_aside == {"s2": "not-screened", "s3": "not-screened"}
    assert open_flow(folder)["records_removed_automatically/not-screened"] == 2


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
