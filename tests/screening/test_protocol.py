"""Who reads which record, by chance that new records and new reviewers leave as it is."""

from __future__ import annotations

from collections import Counter

from benang.judgements.events import Stage
from benang.screening.protocol import (
    Protocol,
    ScreeningPlan,
    StagePlan,
    n_readers,
    random_order,
    ranked_reviewers,
    readers_of,
)

STAGE: Stage = "title-abstract"
WORKS = [f"record-{at}" for at in range(900)]


def protocol(*reviewers: str, **plan: object) -> Protocol:
    """Make a plan of titles and abstracts for these reviewers."""
    return Protocol(reviewers=reviewers, screening=ScreeningPlan(title_abstract=StagePlan.model_validate(plan)))


def test_three_reviewers_read_two_thirds_each_and_every_record_has_two() -> None:
    """900 records, two readers each: about 600 for everybody."""
    three = protocol("ani", "budi", "citra")
    readers = [readers_of(work, STAGE, three, decided={}) for work in WORKS]
    assert {len(one) for one in readers} == {2}
    counts = Counter(coder for one in readers for coder in one)
    assert all(540 < n < 660 for n in counts.values())


def test_a_new_reviewer_takes_from_the_others_and_moves_nothing_between_them() -> None:
    """Whoever reads a record with three reviewers reads it with four, unless the fourth does."""
    three, four = protocol("ani", "budi", "citra"), protocol("ani", "budi", "citra", "dewi")
    for work in WORKS:
        before, after = (set(readers_of(work, STAGE, one, decided={})) for one in (three, four))
        assert after - before <= {"dewi"}


def test_an_overlap_of_a_fifth_gives_a_fifth_of_the_records_a_second_reader() -> None:
    """180 of 900, by chance between 145 and 215."""
    shared = sum(n_readers(work, STAGE, protocol("ani", "budi", overlap=0.2)) == 2 for work in WORKS)
    assert 145 < shared < 215


def test_a_random_order_keeps_its_places_when_records_come_in() -> None:
    """New records stand between the old ones, which keep their order."""
    old = random_order(WORKS[:300], seed=1)
    new = random_order(WORKS, seed=1)
    assert [work for work in new if work in set(old)] == old
    assert old != WORKS[:300]
    assert random_order(WORKS[:300], seed=2) != old


def test_all_reviewers_come_first_equally_often() -> None:
    """A chi-square of three reviewers over 900 records stays below the 99.9 % bound, 13.8."""
    first = Counter(ranked_reviewers(work, STAGE, ("ani", "budi", "citra"), protocol())[0] for work in WORKS)
    assert sum((n - 300) ** 2 / 300 for n in first.values()) < 13.8
