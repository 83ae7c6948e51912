"""Decisions of a table: taken whole or not at all, kept in the log, and hidden while a colleague still reads."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from tests.tasks.screening.shelves import ris, shelves, table

from benang.errors import BenangError
from benang.judgements.events import Completion, Stage
from benang.tasks.account import Note, Table
from benang.tasks.coding.taking_back import UndoRequest, undo_last
from benang.tasks.screening.deciding import DecideRequest, Decisions, StateRequest, decide, screening_state
from benang.tasks.screening.desk import ScreeningDesk, open_screening
from benang.tasks.status import StatusRequest, status

Verdicts = Mapping[str, str] | Sequence[Sequence[str]]


def take(folder: Path, verdicts: Verdicts, coder: str = "ani", stage: Stage = "title-abstract") -> Decisions:
    """Take decisions from a table."""
    file = table(folder.parent / "decisions.csv", verdicts)
    return decide(DecideRequest(folder=folder, file=file, stage=stage, coder=coder))


def log(folder: Path, coder: str = "ani") -> list[dict[str, object]]:
    """Read the lines of a log that are events."""
    text = (folder / "judgements" / f"{coder}.jsonl").read_text(encoding="utf-8")
    return [line for line in map(json.loads, text.splitlines()) if "kind" in line]


def refused(folder: Path, verdicts: Verdicts, **more: str) -> str:
    """Return why a table is refused; the folder stays as it is."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(BenangError) as error:
        take(folder, verdicts, **more)  # type: ignore[arg-type]
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}
    assert {path: data for path, data in before.items() if path.name != ".lock"} == after
    return str(error.value)


def test_the_decisions_of_a_table_stand_in_the_coders_log(tmp_path: Path) -> None:
    """Each row is an event, with its reason and note."""
    folder = shelves(tmp_path / "shops")
    decisions = take(folder, [["s0", "include"], ["s1", "exclude", "Bukan toko", "a ferry"]])
    assert [(one.record, one.verdict, one.reason, one.note) for one in decisions.decisions] == [
        ("s0", "include", "", ""),
        ("s1", "exclude", "no-shop", "a ferry"),
    ]
    assert decisions.desk.screening.excluded("title-abstract") == ("s1",)


def test_the_same_table_twice_changes_nothing(tmp_path: Path) -> None:
    """What the log says already is not said again."""
    folder = shelves(tmp_path / "shops")
    take(folder, {"s0": "include"})
    again = take(folder, {"s0": "include"})
    assert (again.events, again.unchanged, len(log(folder))) == ((), 1, 1)


def test_whoever_changes_their_mind_supersedes_what_they_said(tmp_path: Path) -> None:
    """The earlier decision stays in the log."""
    folder = shelves(tmp_path / "shops")
    take(folder, {"s0": "include"})
    take(folder, {"s0": "exclude"})
    first, second = log(folder)
    assert second["supersedes"] == first["id"]
    assert open_screening(folder).screening.outcome("title-abstract", "s0").verdict == "exclude"


def test_back_and_forth_is_said_three_times(tmp_path: Path) -> None:
    """Including a record again is no repetition of the first inclusion, which was superseded."""
    folder = shelves(tmp_path / "shops")
    for verdict in ("include", "exclude", "include"):
        take(folder, {"s0": verdict})
    assert len({one["id"] for one in log(folder)}) == 3
    assert open_screening(folder).screening.outcome("title-abstract", "s0").verdict == "include"


def test_only_what_is_included_by_its_abstract_is_decided_on_by_its_full_text(tmp_path: Path) -> None:
    """The row is named, and the way on."""
    folder = shelves(tmp_path / "shops")
    take(folder, {"s0": "include", "s1": "exclude"})
    message = refused(folder, [["s1", "include"]], stage="full-text")
    assert "line 2" in message
    assert "'s1' is not included at title and abstract" in message
    take(folder, [["s0", "exclude", "no-data"]], stage="full-text")
    assert open_screening(folder).screening.excluded("full-text") == ("s0",)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["s0", "exlude"], "exclude"),
        (["s9", "include"], "s9"),
        (["s0", "exclude", "wrong-moon"], "wrong-moon"),
        (["s0", "exclude"], "reason"),
        (["s0", "include", "no-data"], "a reason only where a record is excluded"),
    ],
)
def test_a_wrong_row_is_named_and_the_table_refused_whole(tmp_path: Path, row: list[str], words: str) -> None:
    """The row before it is right, and is not taken either."""
    folder = shelves(tmp_path / "shops")
    take(folder, {"s0": "include", "s1": "include"})
    assert words in refused(folder, [["s1", "include"], row], stage="full-text")


def test_all_wrong_rows_are_named_together(tmp_path: Path) -> None:
    """Nobody has to send a table three times."""
    message = refused(shelves(tmp_path / "shops"), [["s0", "exlude"], ["s9", "include"]])
    assert "line 2" in message
    assert "line 3" in message


def test_a_task_that_is_done_says_so_in_the_log(tmp_path: Path) -> None:
    """From then on decisions may be shown; where one reviewer reads alone there is nothing to say."""
    folder = shelves(tmp_path / "shops", "ani", "budi", n=2)
    take(folder, {"s0": "include"})
    assert [one["kind"] for one in log(folder)] == ["decision"]
    take(folder, {"s1": "exclude"})
    assert log(folder)[-1] | {"id": "", "check": "", "time": ""} == {
        "kind": "completion", "id": "", "stage": "title-abstract", "records": ["s0", "s1"], "coder": "ani",
        "time": "", "check": "",
    }  # fmt: skip
    alone = shelves(tmp_path / "alone", n=1)
    assert not any(isinstance(one, Completion) for one in take(alone, {"s0": "include"}).events)


def test_a_new_export_hides_no_decision_that_was_shown(tmp_path: Path) -> None:
    """A search that is run again brings two records; the figures of the first ones stay."""
    folder = shelves(tmp_path / "shops", "ani", "budi", n=2)
    for coder in ("ani", "budi"):
        take(folder, {"s0": "exclude", "s1": "include"}, coder)
    (folder / "sources" / "again.ris").write_text(ris("s5", "s6"), encoding="utf-8")
    screening = open_screening(folder).screening
    assert screening.excluded("title-abstract") == ("s0",)
    assert screening.undecided("title-abstract") == ("s5", "s6")


def test_a_consensus_settles_conflicts_alone(tmp_path: Path) -> None:
    """A consensus on a record on which nobody differs is refused, with the list of those that wait."""
    folder = shelves(tmp_path / "shops", "ani", "budi", n=2)
    take(folder, {"s0": "include", "s1": "include"}, "ani")
    take(folder, {"s0": "exclude", "s1": "include"}, "budi")
    assert "no conflict" in refused(folder, {"s1": "exclude"}, coder="consensus")
    decisions = take(folder, {"s0": "exclude"}, "consensus")
    assert len(decisions.decisions[0].resolves) == 2
    assert decisions.desk.screening.excluded("title-abstract") == ("s0",)


def test_records_joined_after_they_were_decided_on_are_a_conflict(tmp_path: Path) -> None:
    """No decision is lost; a consensus settles it."""
    folder = shelves(tmp_path / "shops")
    take(folder, {"s0": "include", "s1": "exclude"})
    (folder / "duplicates.tsv").write_text("record\tother\tdecision\ns0\ts1\tsame\n", encoding="utf-8")
    assert open_screening(folder).screening.conflicts("title-abstract") == ("s0",)
    take(folder, {"s0": "include"}, "consensus")
    assert open_screening(folder).screening.to_screen("full-text") == ("s0",)


def test_records_parted_after_they_were_decided_on_keep_the_decision(tmp_path: Path) -> None:
    """Two records that were taken for one work both have what was decided on it."""
    folder = shelves(tmp_path / "shops")
    duplicates = folder / "duplicates.tsv"
    duplicates.write_text("record\tother\tdecision\ns0\ts1\tsame\n", encoding="utf-8")
    take(folder, {"s0": "exclude"})
    duplicates.unlink()
    assert open_screening(folder).screening.excluded("title-abstract") == ("s0", "s1")


def test_an_unknown_coder_is_said_and_counts(tmp_path: Path) -> None:
    """Somebody may help out; whoever mistypes a name sees it."""
    account = take(shelves(tmp_path / "shops"), {"s0": "include"}, "citra").account
    assert any("'citra' is not one of the plan's reviewers (ani)" in str(one) for one in account.notes)


def test_the_state_shows_nothing_of_an_open_task(tmp_path: Path) -> None:
    """After ani's decisions the account reads as before, for everybody."""
    folder = shelves(tmp_path / "shops", "ani", "budi")
    before = screening_state(StateRequest(folder=folder)).account
    take(folder, dict.fromkeys(("s0", "s1", "s2", "s3"), "exclude"))
    assert screening_state(StateRequest(folder=folder)).account == before


def test_copies_of_a_review_that_decided_apart_are_merged_without_loss(tmp_path: Path) -> None:
    """Ani excludes a record on one computer and includes it on another: her two words contradict each other."""
    folder = shelves(tmp_path / "shops")
    take(folder, {"s0": "include"})
    other = tmp_path / "laptop" / "shops"
    shutil.copytree(folder, other)
    take(folder, {"s0": "exclude"})
    take(other, {"s0": "unsure"})
    lines = list((other / "judgements" / "ani.jsonl").read_text(encoding="utf-8").splitlines())
    (folder / "judgements" / "ani (1).jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    desk: ScreeningDesk = open_screening(folder)
    assert desk.screening.conflicts("title-abstract") == ("s0",)


def test_a_retracted_paper_is_named_when_it_is_included_and_in_the_status(tmp_path: Path) -> None:
    """As long as nothing excludes it."""
    folder = shelves(tmp_path / "shops")
    export = folder / "sources" / "shops.ris"
    export.write_text(
        export.read_text().replace("TI  - Shops that sold sandals", "TI  - RETRACTED: Shops that sold sandals")
    )
    words = "Retracted, and still in the review: s1"
    assert words not in str(take(folder, {"s0": "include"}).account)
    assert words in str(take(folder, {"s1": "include"}).account)
    assert words in str(status(StatusRequest(folder)).account)
    assert json.loads(status(StatusRequest(folder)).as_json())["included_but_marked"] == [
        {"key": "s1", "status": "retracted"}
    ]
    assert words not in str(take(folder, [["s1", "exclude", "no-data"]], stage="full-text").account)
    assert words not in str(status(StatusRequest(folder)).account)


def test_the_state_shows_how_far_reviewers_agree_once_both_are_done(tmp_path: Path) -> None:
    """Three of four alike, by hand: kappa is (4 * 3 - 8) / (16 - 8)."""
    folder = shelves(tmp_path / "shops", "ani", "budi")
    take(folder, {"s0": "include", "s1": "include", "s2": "exclude", "s3": "exclude"})
    assert "kappa" not in str(screening_state(StateRequest(folder=folder)).account)
    take(folder, {"s0": "include", "s1": "exclude", "s2": "exclude", "s3": "exclude"}, coder="budi")
    account = screening_state(StateRequest(folder=folder)).account
    assert "('title and abstract', 'ani, budi', '4', '75.0%', '0.50')" in str(account)


def test_the_state_says_what_the_stopping_test_says(tmp_path: Path) -> None:
    """In random order, two of four records are a sample; one is relevant, and one of those left may be."""
    folder = shelves(tmp_path / "shops")
    take(folder, {"s0": "include", "s1": "exclude"})
    note = screening_state(StateRequest(folder=folder)).account.notes[-1]

    assert isinstance(note, Note)
    assert note.text == "May the screening stop?"
    assert note.remarks[1].startswith("Null hypothesis: recall is below 95%, so at least 1 relevant record is left.")


def test_the_state_of_a_blinded_screening_says_nothing_of_stopping(tmp_path: Path) -> None:
    """It would tell one reviewer how many records the other has included."""
    folder = shelves(tmp_path / "shops", "ani", "budi")
    take(folder, {"s0": "include", "s1": "exclude"})

    assert all(isinstance(note, Table) for note in screening_state(StateRequest(folder=folder)).account.notes)


def test_a_reviewer_reads_how_many_records_still_wait(tmp_path: Path) -> None:
    """A colleague who has not begun keeps the numbers of the stage as they were; one's own task goes on."""
    folder = shelves(tmp_path / "shops", "ani", "budi", n=2)
    assert "1 record still waits for ani at this stage." in str(take(folder, {"s0": "include"}, "ani").account)
    assert "No record waits for ani at this stage." in str(take(folder, {"s1": "include"}, "ani").account)


def test_who_differs_on_the_last_records_is_not_asked_whether_to_stop(tmp_path: Path) -> None:
    """Everything is read: what is left is to settle, not to screen. A stage that nothing came to has no table."""
    folder = shelves(tmp_path / "shops", "ani", "budi")
    take(folder, {"s0": "include", "s1": "exclude", "s2": "exclude", "s3": "exclude"})
    take(folder, dict.fromkeys(("s0", "s1", "s2", "s3"), "exclude"), "budi")
    account = screening_state(StateRequest(folder=folder)).account

    assert "May the screening stop?" not in str(account)
    assert "Full text" not in str(account)


def test_records_that_wait_as_unsure_are_counted_in_the_state(tmp_path: Path) -> None:
    """At full text, unsure waits: the rows add up to what is screened there."""
    folder = shelves(tmp_path / "shops")
    take(folder, dict.fromkeys(("s0", "s1", "s2", "s3"), "include"))
    account = take(folder, {"s0": "include", "s1": "unsure"}, stage="full-text").account
    table = next(one for one in account.notes if isinstance(one, Table))

    assert table.cells == (
        ("to screen", "4"),
        ("included", "1"),
        ("unsure, to settle together", "1"),
        ("undecided, or still blinded", "2"),
    )


def test_a_sheet_decides_at_its_own_stage(tmp_path: Path) -> None:
    """What was decided by full text must not take the place of what was decided by title."""
    folder = shelves(tmp_path / "shops", n=1)
    take(folder, {"s0": "include"})
    path = tmp_path / "full.csv"
    path.write_text("record,verdict,reason,stage\ns0,exclude,no-shop,full-text\n", encoding="utf-8")
    with pytest.raises(BenangError, match="found a table of the stage 'full-text'"):
        decide(DecideRequest(folder=folder, file=path, stage="title-abstract"))
    (decision,) = decide(DecideRequest(folder=folder, file=path)).decisions
    assert decision.stage == "full-text"


def test_a_table_taken_under_a_mistyped_name_can_be_taken_back(tmp_path: Path) -> None:
    """The account names the command, and undoing names records and verdicts rather than ids alone."""
    folder = shelves(tmp_path / "shops", "ani", "budi", n=1)
    account = take(folder, [["s0", "exclude", "no-shop"]], "any").account
    assert f"To take these decisions back: benang code undo --review {folder} --coder any" in str(account)
    undone = undo_last(UndoRequest(folder=folder, coder="any", language="id"))
    assert "s0, kecualikan, no-shop, any [" in str(undone.account)
    assert not open_screening(folder).screening.has_begun
