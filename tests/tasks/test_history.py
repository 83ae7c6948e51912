"""The history of a review: what came of each judgement, and what a blind hides."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.two_coders import PLAN, write_towns

from benang.judgements.events import Decision
from benang.judgements.store import FolderStore
from benang.review.desk import open_desk
from benang.tasks.coding.taking_back import WithdrawRequest, withdraw
from benang.tasks.history import Entry, Known, history
from benang.tasks.screening.desk import open_screening

pytestmark = pytest.mark.fast


def entries(folder: Path, viewer: str) -> tuple[Entry, ...]:
    """Return the history as a coder sees it."""
    return history(open_desk(folder), lambda: open_screening(folder), viewer=viewer)


def decide(folder: Path, coder: str, record: str) -> None:
    """Let a coder include a record."""
    event = Decision(id=f"{coder}-{record}", coder=coder, record=record, stage="title-abstract", verdict="include")
    FolderStore(folder).append([event], time=datetime(2026, 11, 30, 8, 0, tzinfo=UTC))


def test_a_decision_under_a_blind_is_in_nobody_elses_history(tmp_path: Path) -> None:
    """Until the other's task is done, only its coder sees it."""
    screening = "\n[screening]\n[screening.title_abstract]\nreaders = 2\n"
    folder = write_towns(tmp_path / "towns", {"ani": (None, None), "budi": (None, None)}, plan=PLAN + screening)
    decide(folder, "budi", "k01")

    assert [one.kind for one in entries(folder, "budi")] == ["decision"]
    assert entries(folder, "ani") == ()


def test_the_last_judgement_comes_first_and_those_without_a_time_last(tmp_path: Path) -> None:
    """Times are those of the log."""
    folder = write_towns(tmp_path / "towns", {"ani": (1,), "budi": (None,)})
    decide(folder, "ani", "k01")

    first, *others = entries(folder, "ani")

    assert (first.kind, first.time) == ("decision", "2026-11-30T08:00:00+00:00")
    assert first.text == "Stalls of town k01, looked at"
    assert {one.time for one in others} == {""}


def test_what_has_not_changed_is_put_into_words_once(tmp_path: Path) -> None:
    """What was withdrawn since is said anew."""
    folder, known = write_towns(tmp_path / "towns", {"ani": (1, 1), "budi": (0, 0)}), Known()

    def seen() -> dict[str, Entry]:
        of = history(open_desk(folder), lambda: open_screening(folder), viewer="ani", known=known)
        return {one.id: one for one in of}

    before = seen()
    withdraw(WithdrawRequest(folder=folder, ids=("ani/ck01/rent",), coder="ani"))
    after = seen()

    assert tuple(after.values()) == entries(folder, "ani")
    assert after["ani/ck01/rent"].state == "withdrawn"
    assert [name for name, one in before.items() if after[name] is not one] == ["ani/ck01/rent"]
