"""Records screened one by one: what each key does, what is shown, and what is never shown."""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.tasks.screening.shelves import ris, shelves
from tests.tasks.screening.test_deciding import log, take

from benang.errors import BenangError
from benang.judgements import log_files
from benang.judgements.events import Decision
from benang.judgements.lines import as_line
from benang.screening.priority import Retraining
from benang.tasks.screening.desk import open_screening
from benang.tasks.screening.sitting import Sitting, begin, marked, press, screen, waiting, with_note

LISTED = '\n[screening]\norder = "listed"\n'


def pressed(sitting: Sitting, keys: str) -> Sitting:
    """Press one key after another."""
    for key in keys:
        sitting = press(sitting, key)
    return sitting


def verdicts(folder: Path, coder: str = "ani") -> list[tuple[object, object, object]]:
    """Read record, verdict and reason of the decisions in a log."""
    return [(one["record"], one["verdict"], one["reason"]) for one in log(folder, coder) if one["kind"] == "decision"]


def test_each_key_decides_on_the_record_that_is_shown(tmp_path: Path) -> None:
    """Include, exclude without and with a reason, unsure: each is in the log at once."""
    folder = shelves(tmp_path / "shops", extra=LISTED)
    after = pressed(begin(folder), "ie0e1?")
    assert after.work is None
    assert verdicts(folder) == [
        ("s0", "include", ""),
        ("s1", "exclude", ""),
        ("s2", "exclude", "no-shop"),
        ("s3", "unsure", ""),
    ]


def test_verdicts_are_named_in_the_language_of_the_reviewer(tmp_path: Path) -> None:
    """As tables of decisions have them, and not as codes are described."""
    sitting = begin(shelves(tmp_path / "shops", extra=LISTED), language="id")
    assert screen(sitting).keys[:3] == (("i", "sertakan"), ("e", "kecualikan"), ("?", "ragu"))
    assert press(sitting, "i").message == ("Shops that sold ginger and closed: sertakan",)


def test_a_record_put_off_comes_again_at_the_end(tmp_path: Path) -> None:
    """The space bar decides nothing."""
    sitting = press(begin(shelves(tmp_path / "shops", n=3, extra=LISTED)), " ")
    assert sitting.queue == ("s1", "s2", "s0")
    assert not sitting.appended


def test_undo_brings_the_record_back_and_leaves_the_log_whole(tmp_path: Path) -> None:
    """The decision is withdrawn, not erased; a second undo takes the one before, a third does nothing."""
    folder = shelves(tmp_path / "shops", extra=LISTED)
    sitting = pressed(begin(folder), "iiu")
    assert sitting.work == "s1"
    assert [one["kind"] for one in log(folder)] == ["decision", "decision", "withdrawal"]
    assert press(sitting, "u").work == "s0"
    assert pressed(sitting, "uu").message == ("Nothing has been decided since you started.",)


def test_a_decision_that_was_undone_can_be_made_again(tmp_path: Path) -> None:
    """The same verdict counts once more."""
    folder = shelves(tmp_path / "shops", extra=LISTED)
    pressed(begin(folder), "iui")
    assert open_screening(folder).screening.outcome("title-abstract", "s0").verdict == "include"


def test_a_note_goes_with_the_next_decision(tmp_path: Path) -> None:
    """And with no other one."""
    folder = shelves(tmp_path / "shops", extra=LISTED)
    pressed(with_note(begin(folder), "is it  one?"), "?i")
    assert [one.get("note", "") for one in log(folder)] == ["is it one?", ""]


def test_a_key_that_means_nothing_changes_nothing(tmp_path: Path) -> None:
    """Neither beside the verdicts nor among the reasons; Esc leads back to the verdicts."""
    folder = shelves(tmp_path / "shops", extra=LISTED)
    sitting = press(begin(folder), "x")
    assert sitting.message == ("The key 'x' does nothing here.",)
    assert press(press(sitting, "e"), "9").message == ("No reason has the key '9'.",)
    assert not pressed(sitting, "e\x1b").asks_reason
    assert not (folder / "judgements").exists()


def test_by_full_text_a_reason_is_required_and_a_report_may_be_unobtainable(tmp_path: Path) -> None:
    """The key 0, no reason, is not offered there; `o` is."""
    folder = shelves(tmp_path / "shops", extra=LISTED)
    take(folder, {"s0": "include", "s1": "include"})
    sitting = begin(folder, stage="full-text")
    asked = press(sitting, "e")
    assert [key for key, _ in screen(asked).keys] == ["1", "2"]
    assert press(asked, "0").asks_reason
    pressed(asked, "2o")
    assert verdicts(folder)[2:] == [("s0", "exclude", "no-data"), ("s1", "unobtainable", "")]


def test_the_consensus_sees_what_each_said_and_only_conflicts(tmp_path: Path) -> None:
    """Of two records one is in conflict; the reviewers' words stand beside it."""
    folder = shelves(tmp_path / "shops", "ani", "budi", n=2, extra=LISTED)
    take(folder, [["s0", "include"], ["s1", "include"]], "ani")
    take(folder, [["s0", "exclude", "no-shop", "a ferry"], ["s1", "include"]], "budi")
    sitting = begin(folder, coder="consensus")
    assert sitting.queue == ("s0",)
    assert screen(sitting).beside == ("ani: include", "budi: exclude (Not a shop; a ferry)")
    assert press(sitting, "i").work is None


def test_a_colleagues_blinded_decisions_change_neither_the_queue_nor_the_screen(tmp_path: Path) -> None:
    """Ani has decided on all but one record; to budi the review looks as before, in every order."""
    for order in ("listed", "random", "priority"):
        folder = shelves(tmp_path / order, "ani", "budi", n=6, extra=f'\n[screening]\norder = "{order}"\n')
        before = begin(folder, coder="budi")
        take(folder, {f"s{at}": ("include", "exclude")[at % 2] for at in range(5)}, "ani")
        after = begin(folder, coder="budi")
        assert after.queue == before.queue
        assert screen(after) == screen(before)


def test_priority_brings_first_what_is_like_the_inclusions(tmp_path: Path) -> None:
    """After one inclusion among ships and one exclusion among shops, ships come first."""
    folder = shelves(tmp_path / "shops", n=1, extra='\n[screening]\norder = "priority"\n')
    places = ("north", "south", "west", "east", "inner", "outer", "upper", "lower")
    kinds = ("Shops of the {} street sold", "Ships of the {} strait sailed")
    texts = [kinds[at % 2].format(place) for at, place in enumerate(places)]
    records = "\n".join(f"TY  - JOUR\nID  - t{at}\nTI  - {text}\nPY  - 2010\nER  - \n" for at, text in enumerate(texts))
    (folder / "sources" / "shops.ris").write_text(records, encoding="utf-8")
    take(folder, {f"t{at}": "include" if at % 2 else "exclude" for at in range(4)})
    assert set(begin(folder).queue[:2]) == {"t5", "t7"}


class Taught(Retraining):
    """Notes in which sequence it is taught, and leaves the records as they are."""

    def order(self, decisions: Sequence[tuple[int, bool | None]]) -> tuple[int, ...]:
        """Keep the lesson."""
        self.lesson = [at for at, _ in decisions]
        return tuple(range(len(self.ranker.texts)))


def test_the_order_is_learned_in_the_sequence_of_the_log_whatever_the_clock_says(tmp_path: Path) -> None:
    """Each decision is a minute before the last one; the latest lesson is the last all the same."""
    folder = shelves(tmp_path / "shops", n=5, extra='\n[screening]\norder = "priority"\n')
    noon = datetime(2026, 11, 30, 12, tzinfo=UTC)
    with begin(folder).retraining or pytest.fail("no order is learned") as retraining:
        sitting, keys = begin(folder), []
        for minute in range(4):
            keys.append(sitting.work)
            sitting = press(sitting, "i", time=noon - timedelta(minutes=minute))
        taught = Taught(retraining.ranker)
        waiting("ani", "title-abstract", sitting.desk, taught)
        taught.close()
    assert [sitting.desk.works.keys[at] for at in taught.lesson] == keys


def test_a_round_comes_before_the_rest(tmp_path: Path) -> None:
    """The pilot's records are shown first."""
    from benang.tasks.screening.desk import RoundRequest, assign_round

    folder = shelves(tmp_path / "shops", "ani", "budi", n=8, extra=LISTED)
    assign_round(RoundRequest(folder=folder, name="pilot", records=2, readers=("all",), coder="ani"))
    screening = open_screening(folder).screening
    assert set(begin(folder, coder="budi").queue[:2]) == set(screening.rounds("title-abstract"))


def test_a_retracted_record_is_marked_on_the_screen(tmp_path: Path) -> None:
    """Whoever decides on it sees it."""
    folder = shelves(tmp_path / "shops", n=1)
    text = ris("s0").replace("TI  - Shops", "TI  - RETRACTED: Shops")
    (folder / "sources" / "shops.ris").write_text(text, encoding="utf-8")
    assert "The record is marked as retracted." in screen(begin(folder)).beside


def test_the_stopping_test_answers_from_the_reviewers_own_task(tmp_path: Path) -> None:
    """By priority it speaks of the records that this reviewer has screened; as listed there is no test."""
    folder = shelves(tmp_path / "shops", "ani", "budi", extra='\n[screening]\norder = "priority"\n')
    assert (
        press(press(begin(folder, coder="ani"), "i"), "s").message[0].startswith("1 of 1 records screened are relevant")
    )
    assert press(begin(folder, coder="budi"), "s").message[0].startswith("Nothing can be tested yet")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Pasar malam", [("Pasar", "include"), (" malam", "")]),
        ("the marketplace", [("the marketplace", "")]),
        ("Retail, retailers", [("Retail", "exclude"), (", ", ""), ("retailers", "exclude")]),
        ("nothing", [("nothing", "")]),
    ],
)
def test_terms_are_marked_as_whole_words_unless_an_asterisk_stands_for_an_ending(
    text: str, pieces: list[tuple[str, str]]
) -> None:
    """In either case, in capitals or not."""
    assert list(marked(text, {"pasar": "include", "market": "include", "retail*": "exclude"})) == pieces


def test_priority_begins_in_the_order_of_a_random_plan(tmp_path: Path) -> None:
    """As long as nothing is learned, nothing but the seed decides; it is the one that rounds are drawn with."""
    random, priority = (
        begin(shelves(tmp_path / order, n=6, extra=f'\n[screening]\norder = "{order}"\nseed = 5\n'))
        for order in ("random", "priority")
    )
    assert priority.queue == random.queue


def test_priority_without_scikit_learn_is_refused_before_the_first_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not at the key that would be the first to teach something."""
    monkeypatch.setitem(sys.modules, "sklearn.svm", None)
    with pytest.raises(BenangError, match=r"pip install 'benang\[screening\]'"):
        begin(shelves(tmp_path / "shops", extra='\n[screening]\norder = "priority"\n'))


NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize("minutes", [(0, -60, -120), (0, 0, 0), (-5, 30, -90)])
def test_undo_takes_back_the_last_decision_whatever_the_clock_says(tmp_path: Path, minutes: tuple[int, ...]) -> None:
    """A clock that was set back, or stands still, changes neither the order of undoing nor what each undo takes."""
    sitting = begin(shelves(tmp_path / "shops", extra=LISTED))
    for at in minutes:
        sitting = press(sitting, "i", time=NOON + timedelta(minutes=at))
    shown = []
    for _ in minutes:
        sitting = press(sitting, "u", time=NOON - timedelta(days=1))
        shown.append(sitting.work)
    assert shown == ["s2", "s1", "s0"]
    assert not sitting.desk.screening.has_begun


def test_undo_leaves_what_was_said_under_the_same_name_meanwhile(tmp_path: Path) -> None:
    """Ani decided again on the record elsewhere: her later word stands."""
    folder = shelves(tmp_path / "shops", extra=LISTED)
    sitting = press(begin(folder), "i")
    take(folder, {"s0": "exclude"})
    after = press(sitting, "u")
    assert after.message == ("Your log has changed in the meantime, so nothing was undone.",)
    assert after.desk.screening.outcome("title-abstract", "s0").verdict == "exclude"


def test_a_record_decided_on_in_two_ways_in_two_copies_is_shown_again(tmp_path: Path) -> None:
    """Its screen says both, and one key settles it, also where a colleague's task blinds everything."""
    folder = shelves(tmp_path / "shops", "ani", "budi", n=2, extra=LISTED)
    take(folder, {"s0": "include", "s1": "include"}, "ani")
    other = folder / "judgements" / "ani (1).jsonl"
    other.write_text(decision_line("s0", "exclude"), encoding="utf-8")
    sitting = begin(folder, coder="ani")
    assert sitting.queue == ("s0",)
    assert screen(sitting).beside[0].startswith("You have decided on it in more than one way: ")
    assert press(sitting, "i").work is None
    assert begin(folder, coder="ani").work is None
    assert open_screening(folder).screening.outcome("title-abstract", "s0").decisions == ()


def test_a_name_that_the_plan_lacks_is_said_before_the_first_key(tmp_path: Path) -> None:
    """With the name that was meant."""
    folder = shelves(tmp_path / "shops", "ani", "budi")
    assert begin(folder, coder="budy").message == (
        "'budy' is not one of the plan's reviewers (ani, budi); the decisions count all the same. Did you mean 'budi'?",
    )


def decision_line(record: str, verdict: str, coder: str = "ani") -> str:
    """Write a decision as another copy of the log has it."""
    one = Decision.model_validate(
        {"id": f"other/{record}", "coder": coder, "record": record, "stage": "title-abstract", "verdict": verdict}
    )
    return as_line(one) + "\n"


def test_verdicts_are_in_the_words_of_indonesian_sheets(tmp_path: Path) -> None:
    """Keys and answers say `sertakan` and `kecualikan`; a codebook has other words for include and exclude."""
    folder = shelves(tmp_path / "shops", "ani", "budi", n=1, extra=LISTED)
    sitting = begin(folder, coder="ani", language="id")
    assert screen(sitting).keys[:3] == (("i", "sertakan"), ("e", "kecualikan"), ("?", "ragu"))
    take(folder, [["s0", "include"]], "ani")
    take(folder, [["s0", "exclude", "no-shop"]], "budi")
    settling = begin(folder, coder="consensus", language="id")
    assert screen(settling).beside == ("ani: sertakan", "budi: kecualikan (Bukan toko)")
    assert press(settling, "i").message == ("Shops that sold ginger and closed: sertakan",)


def test_nobody_is_asked_to_stop_reading_full_texts(tmp_path: Path) -> None:
    """The test is of titles and abstracts: every report that is sought is read."""
    folder = shelves(tmp_path / "shops", n=2)
    take(folder, {"s0": "include", "s1": "include"})
    at_titles, at_texts = begin(folder), begin(folder, stage="full-text")
    assert ("s", "may we stop?") not in screen(at_texts).keys
    assert press(at_texts, "s").message == ("The key 's' does nothing here.",)
    assert at_titles.work is None


def test_a_decision_that_cannot_be_written_leaves_the_record_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full: the message says so, the same record is shown, and the key works once there is room."""

    def full(_path: Path, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    folder = shelves(tmp_path / "shops", extra=LISTED)
    sitting = press(begin(folder), "i")
    before = log(folder)
    with monkeypatch.context() as disk:
        disk.setattr(log_files, "_write", full)
        stopped = press(sitting, "i")
    assert "No space left on device" in stopped.message[0]
    assert (stopped.work, stopped.appended, log(folder)) == ("s1", sitting.appended, before)
    assert press(stopped, "i").work == "s2"
