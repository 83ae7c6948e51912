"""What supersedes what is checked over the logs of all coders together."""

from __future__ import annotations

import pytest

from benang.judgements.judgements import Place, Task
from benang.judgements.log_checks import log_problems


def task(name: str, supersedes: str | None = None) -> Task:
    """Make the smallest judgement that there is."""
    return Task(id=name, coder="ani", case="alun", group="reasons", supersedes=supersedes)


def said(*judgements: Task) -> list[str]:
    """Check judgements that stand one a line."""
    placed = [(one, Place("judgements/ani.jsonl", number)) for number, one in enumerate(judgements, 1)]
    return [str(problem) for problem in log_problems(placed)]


def test_a_chain_of_judgements_is_no_problem() -> None:
    """Each later word supersedes the one before it."""
    assert said(task("t1"), task("t2", "t1"), task("t3", "t2")) == []


def test_two_judgements_that_supersede_the_same_one_are_refused() -> None:
    """Both would stand and count; the message names both and the way on."""
    assert said(task("t1"), task("t2", "t1"), task("t3", "t1")) == [
        "judgements/ani.jsonl, line 3: 't3' supersedes 't1', as 't2' does (judgements/ani.jsonl, line 2). Let it "
        "supersede 't2' if it is the later word, or leave out 'supersedes' if both are to stand."
    ]


@pytest.mark.parametrize("at", range(1, 4))
def test_every_judgement_of_a_fork_but_the_first_is_named(at: int) -> None:
    """Three words on one judgement are two problems, in whatever order they were read."""
    words = [task("t2", "t1"), task("t3", "t1"), task("t4", "t1")]
    words.insert(at, task("t1"))

    assert len(said(*words)) == 2


def test_a_fork_over_a_judgement_that_is_not_there_names_both_faults() -> None:
    """What is superseded must be there, and be superseded once."""
    problems = said(task("t2", "t1"), task("t3", "t1"))

    assert sum("but no judgement has that id" in one for one in problems) == 2
    assert sum("as 't2' does" in one for one in problems) == 1
