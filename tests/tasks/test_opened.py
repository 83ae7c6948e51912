"""A review that is open: what is kept in memory is what its files say, however often it is asked for."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

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


def test_two_who_ask_at_once_wait_for_one_reading(review: Opened, readings: list[object]) -> None:
    """The second one gets what the first one read."""
    threads = [threading.Thread(target=review.sources) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(readings) == 1
