"""The statistical test by which screening may stop, and the number of records that it may have missed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import comb

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benang.judgements.events import Decision, Place, Verdict
from benang.judgements.log import Judgements, fold
from benang.screening.outcomes import Screening, screened
from benang.screening.protocol import Order, Protocol, ScreeningPlan
from benang.screening.stopping import Target, ranked_test, review_test, sample_test, stopping_words

RELEVANT = {0, 1, 2, 3, 4, 5, 10, 11, 14, 20, 28, 30, 33, 37, 42, 43, 54, 55, 75, 110}
LABELS = [at in RELEVANT for at in range(400)]


def tail(urn: int, relevant: int, drawn: int, most: int) -> Fraction:
    """Return how likely `most` relevant records or fewer are among those drawn, by counting all ways to draw."""
    ways = sum(comb(relevant, k) * comb(urn - relevant, drawn - k) for k in range(most + 1) if drawn >= k)
    return Fraction(ways, comb(urn, drawn))


def p_by_counting(screened: list[bool], records: int, missed: int, known: int = 0) -> Fraction:
    """Return the smallest p over all windows, each counted out; 0 where so many can't be left."""
    left = records - len(screened) - known
    if missed > left:
        return Fraction(0)
    windows = [screened[start:] for start in range(len(screened) + 1)]
    return min(tail(left + len(one), sum(one) + missed, len(one), sum(one)) for one in windows)


def test_p_of_a_small_urn_is_the_one_computed_by_hand() -> None:
    """One relevant record, then three that are not; two are left.

    The window after the first: one relevant among five, of which three are drawn: 2/5. From the first on: two among
    six, four are drawn, not both: 1 - 6/15 = 3/5. The smaller one counts.
    """
    test = ranked_test([True, False, False, False], records=6)

    assert test.least_missed == 1
    assert test.p == pytest.approx(2 / 5)
    assert test.tested == 3
    assert not test.may_stop


@pytest.mark.parametrize(
    ("screened", "records", "recall", "p"),
    [
        (100, 500, 0.95, 0.8898701993844507),
        (250, 500, 0.95, 0.4124373890228712),
        (400, 500, 0.95, 0.06559245223014337),
        (400, 500, 0.8, 0.0002574875840648562),
        (400, 2000, 0.9, 0.6074903357117065),
    ],
)
def test_p_is_that_of_buscarpy(screened: int, records: int, recall: float, p: float) -> None:
    """The values are those of `calculate_h0` of buscarpy 0.0.2, by the authors of the paper."""
    test = ranked_test(LABELS[:screened], records, Target(recall, 0.95))

    assert test.p == pytest.approx(p, rel=1e-9)


@given(st.lists(st.booleans(), max_size=14), st.integers(0, 8), st.integers(0, 2), st.sampled_from([0.5, 0.8, 0.95, 1]))
def test_the_smallest_p_of_all_windows_is_found_among_those_after_a_relevant_record(
    screened: list[bool], left: int, known: int, recall: float
) -> None:
    """All windows are counted out, also those that the test leaves out since they can't be smaller."""
    records = len(screened) + left + known
    test = ranked_test(screened, records, Target(recall, 0.95), known=[True] * known)

    assert test.p == pytest.approx(float(p_by_counting(screened, records, test.least_missed, known)), abs=1e-12)


@example([False, True], 8, 0.8)  # p is 0.2 exactly, which floats put a little below
@given(st.lists(st.booleans(), max_size=14), st.integers(0, 8), st.sampled_from([0.8, 0.95]))
def test_the_bound_is_the_largest_number_that_the_test_does_not_reject(
    screened: list[bool], left: int, confidence: float
) -> None:
    """One number after the other is tested, from the largest down."""
    records = len(screened) + left
    test = ranked_test(screened, records, Target(0.95, confidence))
    level = 1 - Fraction(str(confidence))
    allowed = [missed for missed in range(left + 1) if p_by_counting(screened, records, missed) >= level]

    assert test.most_missed == max(allowed)
    assert test.may_stop == (test.most_missed < test.least_missed)


@pytest.mark.parametrize("relevant", [0, 1, 3, 10, 30])
@pytest.mark.parametrize("before", [0, 5])
def test_the_bound_of_a_random_sample_is_wrong_as_rarely_as_the_confidence_says(relevant: int, before: int) -> None:
    """All that a sample of 20 among 60 can show is counted: in 5 % of samples or fewer, more is missed than it says."""
    records, size = 60, 20
    wrong = Fraction(0)
    for drawn in range(max(0, relevant - (records - size)), min(size, relevant) + 1):
        sample = [True] * drawn + [False] * (size - drawn)
        test = sample_test(sample, records + before, known=[True] * before)
        if relevant - drawn > test.most_missed:
            wrong += Fraction(comb(relevant, drawn) * comb(records - relevant, size - drawn), comb(records, size))

    assert wrong <= Fraction(5, 100)


def test_a_sample_of_80_of_100_without_a_relevant_record_lets_19_of_20_be_enough() -> None:
    """Two are missed at least where recall is below 95 %: both among the 20 left, (20 · 19) / (100 · 99)."""
    test = sample_test([False] * 80, records=200, known=[*[True] * 19, *[False] * 81])

    assert test.p == pytest.approx(20 * 19 / (100 * 99))
    assert (test.least_missed, test.most_missed, test.may_stop) == (2, 1, True)
    assert test.least_recall == pytest.approx(19 / 20)


def test_the_null_hypothesis_is_computed_without_rounding() -> None:
    """19 of 20 are 95 %, and so enough; 18 of 19 are not. 1 - 0.95, as floats, is more than 0.05."""
    assert (Target(0.95).least_missed(19), Target(0.95).least_missed(18)) == (2, 1)
    assert Target(confidence=0.95).level == 0.05


def test_who_has_screened_all_records_may_stop_and_has_missed_none() -> None:
    """Nothing is left to be missed."""
    test = ranked_test([True, False, False], records=3)

    assert (test.p, test.may_stop, test.most_missed, test.least_recall) == (0, True, 0, 1)


def test_who_has_screened_nothing_knows_nothing() -> None:
    """All records may be relevant."""
    test = ranked_test([], records=10)

    assert (test.p, test.may_stop, test.most_missed, test.least_recall) == (1, False, 10, 0)


def test_records_known_beforehand_count_as_found_and_are_in_no_window() -> None:
    """Nineteen known ones allow to miss one; the window is of the others alone."""
    alone = ranked_test([False] * 80, records=100)
    known = ranked_test([False] * 80, records=119, known=[True] * 19)

    assert (alone.least_missed, known.least_missed) == (1, 2)
    assert known.p == pytest.approx(20 * 19 / (100 * 99))
    assert known.relevant == 19


def test_irrelevant_records_in_a_row_are_counted_and_called_no_proof() -> None:
    """A hundred in a row of ten thousand prove nothing, and the words say so."""
    test = ranked_test([True, *[False] * 100], records=10_000)

    assert test.in_a_row == 100
    assert not test.may_stop
    assert stopping_words(test)[-1] == (
        "The last 100 records screened were irrelevant. That by itself is no proof that none is left."
    )


def test_the_words_say_null_hypothesis_p_bound_and_verdict_in_both_languages() -> None:
    """What is printed says all that a methods section needs."""
    words = stopping_words(sample_test([False] * 80, records=200, known=[*[True] * 19, *[False] * 81]))

    assert words[1:] == (
        "Null hypothesis: recall is below 95%, so at least 2 relevant records are left. p = 0.038 "
        "(hypergeometric test on a random sample of 80 records).",
        "At a confidence of 95%, no more than 1 relevant record can have been missed: recall is at least 95.0%.",
        "p is below 0.05: a recall of 95% is reached at the confidence fixed beforehand, and screening may stop.",
    )
    assert words[3].in_language("id").startswith("p di bawah 0,05")


def review(
    order: Order, said: dict[int, Verdict], *, reviewers: tuple[str, ...] = ("ani",), timed: bool = True
) -> Screening:
    """Make a review of forty records, of which the first reviewer has decided on some, the last ones first."""
    start = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
    events = [
        Decision(
            id=f"d{at}",
            coder="ani",
            record=f"r{at}",
            stage="title-abstract",
            verdict=verdict,
            time=start - timedelta(minutes=at) if timed else None,
        )
        for at, verdict in said.items()
    ]
    protocol = Protocol(reviewers=reviewers, screening=ScreeningPlan(order=order))
    return screened(protocol, [f"r{at}" for at in range(40)], fold(events))


TWENTY: dict[int, Verdict] = {19: "include", 18: "unsure", **dict.fromkeys(range(18), "exclude")}


def test_the_test_of_a_review_takes_decisions_in_the_sequence_of_their_times() -> None:
    """The last record was decided on first; what is unsure counts as relevant, so that it can't be missed."""
    test = review_test(review("priority", TWENTY))

    assert test == ranked_test([True, True, *[False] * 18], records=40)


def in_log(coder: str, verdicts: Sequence[Verdict], times: Sequence[datetime]) -> Judgements:
    """Fold the log of a reviewer who has decided on `r0`, `r1`, … line by line, at these times."""
    base = {"coder": coder, "stage": "title-abstract"}
    events = [
        Decision.model_validate({"id": f"{coder}{at}", "record": f"r{at}", "verdict": verdict, "time": time, **base})
        for at, (verdict, time) in enumerate(zip(verdicts, times, strict=True))
    ]
    return fold(events, places={one.id: Place(f"{coder}.jsonl", line) for line, one in enumerate(events, 2)})


def test_a_clock_that_runs_backwards_moves_nothing_in_the_sequence_of_a_log() -> None:
    """The lines of the log are in the order of the decisions; the times are in the opposite one."""
    verdicts: tuple[Verdict, ...] = ("include", "unsure", *(("exclude",) * 18))
    times = [datetime(2026, 5, 4, 8, tzinfo=UTC) - timedelta(hours=at) for at in range(20)]
    protocol = Protocol(reviewers=("ani",), screening=ScreeningPlan(order="priority"))
    screening = screened(protocol, [f"r{at}" for at in range(40)], in_log("ani", verdicts, times))
    assert review_test(screening) == ranked_test([True, True, *[False] * 18], records=40)


def test_a_table_sorted_by_verdict_makes_no_row_of_irrelevant_records() -> None:
    """What came into the log at once has no sequence: the relevant ones count as the last."""
    verdicts: tuple[Verdict, ...] = ("include", "include", *(("exclude",) * 18))
    protocol = Protocol(reviewers=("ani",), screening=ScreeningPlan(order="priority"))
    log = in_log("ani", verdicts, [datetime(2026, 5, 4, 8, tzinfo=UTC)] * 20)
    screening = screened(protocol, [f"r{at}" for at in range(40)], log)
    assert review_test(screening) == ranked_test([*[False] * 18, True, True], records=40)


def test_in_random_order_what_is_decided_is_a_sample() -> None:
    """Then the test needs no window."""
    assert review_test(review("random", TWENTY)) == sample_test([True, True, *[False] * 18], records=40)


def test_decisions_without_a_time_are_in_no_window() -> None:
    """In which sequence an export was screened is not known."""
    test = review_test(review("priority", TWENTY, timed=False))

    assert test is not None
    assert (test.p, test.relevant, test.screened) == (1, 2, 20)


def test_a_review_screened_as_listed_has_no_test_and_one_not_begun_neither() -> None:
    """What comes first in a list is neither a sample nor the most likely."""
    assert review_test(review("listed", TWENTY)) is None
    assert review_test(review("priority", {})) is None


def test_a_blinded_colleague_is_in_no_test_but_that_of_their_own() -> None:
    """Two reviewers, and the task of neither is done."""
    state = review("priority", TWENTY, reviewers=("ani", "budi"))

    assert review_test(state) is None
    assert review_test(state, "budi") is None
    assert review_test(state, "ani") == ranked_test([True, True, *[False] * 18], records=40)


def test_a_conflict_is_screened_and_counts_as_relevant() -> None:
    """All have read it; that they differ is no reason to read what is left."""
    decisions = [
        Decision(id=f"{coder}{at}", coder=coder, record=f"r{at}", stage="title-abstract", verdict=verdict)
        for at, verdicts in enumerate((("include", "exclude"), ("exclude", "exclude"), ("include", "include")))
        for coder, verdict in zip(("ani", "budi"), verdicts, strict=True)
    ]
    protocol = Protocol(reviewers=("ani", "budi"))
    test = review_test(screened(protocol, ["r0", "r1", "r2"], fold(decisions)))
    assert test is not None
    assert (test.screened, test.relevant, test.left) == (3, 2, 0)
