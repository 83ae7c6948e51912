"""What pages show of a screening: cards, lists, how far one is, criteria; and decisions as they were seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.tasks.screening.shelves import shelves
from tests.tasks.screening.test_deciding import log

from benang.errors import BenangError, Misuse
from benang.judgements.events import Verdict
from benang.screening.decision_sheets import Wish
from benang.tasks.opened import Opened, open_review
from benang.tasks.screening.cards import (
    CriterionRequest,
    add_criterion,
    brought_back,
    card_of,
    first_of,
    found,
    how_far,
    listed,
    seat_of,
    sitting_of,
    stage_states,
)
from benang.tasks.screening.deciding import UNMARKED, SeenWish, decide_as_seen, marks_of
from benang.tasks.screening.sitting import Sitting
from benang.tasks.undoing import take_back

LISTED = '\n[screening]\norder = "listed"\n'


@pytest.fixture
def review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Return a review of four records that is open in the pages."""
    for name in ("HOME", "USERPROFILE", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    opened = open_review(shelves(tmp_path / "shops", extra=LISTED))
    yield opened
    opened.leave()


def at(review: Opened) -> Sitting:
    """Return where ani is."""
    return sitting_of(review, "ani", None, "en")


def decide(review: Opened, record: str, verdict: Verdict, seen: str = UNMARKED, reason: str = "") -> tuple[str, ...]:
    """Decide on a record as it was seen; return what was overtaken."""
    sitting = at(review)
    after = decide_as_seen([SeenWish(Wish(record, verdict, reason, ""), seen)], sitting.stage, "ani", sitting.desk)
    review.changed()
    return after.overtaken


def test_a_mark_changes_with_what_is_decided(review: Opened) -> None:
    """And is that of nothing again once it is taken back."""

    def mark() -> str:
        return marks_of(["s0"], "title-abstract", "ani", review.screening().screening)["s0"]

    assert mark() == UNMARKED
    decide(review, "s0", "include")
    first = mark()
    decide(review, "s0", "exclude", first)
    assert len({UNMARKED, first, mark()}) == 3
    for _ in range(2):
        take_back(review, "ani", way="undo", language="en")
    assert mark() == UNMARKED


def test_a_decision_on_what_was_seen_otherwise_is_not_taken_but_the_same_is(review: Opened) -> None:
    """The log has one line of it."""
    assert decide(review, "s0", "include") == ()
    assert decide(review, "s0", "include") == ()
    assert decide(review, "s0", "exclude") == ("s0",)
    assert [one["verdict"] for one in log(review.root)] == ["include"]


def test_what_was_taken_back_last_is_shown_first(review: Opened) -> None:
    """Until something else is decided, or it is put off."""
    decide(review, "s0", "include")
    decide(review, "s1", "include")
    seat_of(review, "ani", review.screening()).put_off("title-abstract", "s0")
    assert brought_back(at(review)) is None
    take_back(review, "ani", way="undo", language="en")
    assert first_of(at(review)) == "s1"
    seat_of(review, "ani", review.screening()).put_off("title-abstract", "s1")
    assert first_of(at(review)) == "s2"


def test_what_was_undone_is_called_as_the_page_calls_it(review: Opened) -> None:
    """By verdict and title; of several decisions, how many."""
    decide(review, "s0", "include")
    said = take_back(review, "ani", way="undo", language="en")
    assert said == "Undone: include, Shops that sold ginger and closed"
    wishes = [SeenWish(Wish(record, "exclude", "", ""), UNMARKED) for record in ("s1", "s2")]
    decide_as_seen(wishes, "title-abstract", "ani", review.screening())
    review.changed()
    assert take_back(review, "ani", way="undo", language="id") == "Dibatalkan: 2 putusan"


def test_a_list_has_what_is_asked_for(review: Opened) -> None:
    """All words, in whatever case; a page beyond the last is the last."""
    decide(review, "s0", "exclude", reason="no-shop")
    assert found(at(review), "waiting") == ("s1", "s2", "s3")
    assert found(at(review), "exclude") == found(at(review), "my-exclude") == ("s0",)
    assert found(at(review), "all", "RADIOS shops") == ("s2",)
    part = listed(at(review), "all", page=99)
    assert (part.page, part.pages, part.total) == (1, 1, 4)
    assert [row.reasons for row in part.rows] == [("Not a shop",), (), (), ()]


def test_how_far_a_screening_is_adds_up(review: Opened) -> None:
    """Of a person's own records, and of the stage."""
    decide(review, "s0", "exclude", reason="no-shop")
    decide(review, "s1", "include")
    how = how_far(at(review))
    assert (how.task, how.done, how.left, how.share) == (4, 2, 2, 0.5)
    state = stage_states(review.screening(), "id")[0]
    assert (state.counts["all"], state.counts["include"], state.counts["exclude"], state.counts["undecided"]) == (
        4,
        1,
        1,
        2,
    )
    assert state.reasons == (("no-shop", "Bukan toko", 1),)


def test_a_link_that_a_browser_would_run_is_no_link(review: Opened) -> None:
    """Only addresses of the web are."""
    export = review.root / "sources" / "shops.ris"
    export.write_text(
        export.read_text().replace("PY  - 2010", "PY  - 2010\nUR  - javascript:alert(1)"), encoding="utf-8"
    )
    review.changed()
    assert card_of(at(review), "s0").links == ("https://doi.org/10.9999/s0",)


def test_a_record_that_is_not_there_is_named(review: Opened) -> None:
    """With the nearest."""
    with pytest.raises(BenangError, match="no record is called 's9'"):
        card_of(at(review), "s9")


def test_criteria_of_the_same_words_have_different_ids(review: Opened) -> None:
    """Which are made of them; without words there is none."""
    ids = [add_criterion(review, CriterionRequest(kind="exclude", text="Not  in Jakarta.")).id for _ in range(2)]
    assert ids == ["not-in-jakarta", "not-in-jakarta-2"]
    with pytest.raises(Misuse):
        add_criterion(review, CriterionRequest(kind="exclude", text=" \n"))
