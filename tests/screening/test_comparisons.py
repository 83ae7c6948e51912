"""How far reviewers agree: what they decided whose tasks are done, on what all could have, before any consensus."""

from __future__ import annotations

from tests.screening.test_outcomes import ABSTRACT, THREE, says, state, with_rule

from benang.judgements.events import Decision, Event, Stage, Verdict
from benang.screening.comparisons import agreement_of, screening_comparisons
from benang.screening.protocol import Protocol, ScreeningPlan, StagePlan

WORKS = tuple(f"r{at}" for at in range(1, 6))


def all_say(coder: str, *verdicts: Verdict, stage: Stage = ABSTRACT) -> list[Decision]:
    """Let a reviewer decide on the first works, in their order."""
    return [says(coder, work, verdict, stage=stage) for work, verdict in zip(WORKS, verdicts, strict=False)]


def test_agreement_is_that_of_each_pair_of_reviewers_whose_tasks_are_done() -> None:
    """Three of five are alike; kappa as counted by hand."""
    events = [
        *all_say("ani", "include", "exclude", "exclude", "exclude", "unsure"),
        *all_say("budi", "include", "exclude", "exclude", "include", "include"),
    ]
    (pair,) = agreement_of(state(*events, works=WORKS))
    assert (pair.stage, pair.one, pair.other) == (ABSTRACT, "ani", "budi")
    assert (pair.agreement.n, pair.agreement.n_agreed, pair.agreement.observed) == (5, 3, 0.6)
    # Ani: 1 include, 3 exclude, 1 unsure; Budi: 3 include, 2 exclude: chance is 1 * 3 + 3 * 2 = 9 of 25.
    assert pair.agreement.kappa == (15 - 9) / (25 - 9)


def test_agreement_opens_the_records_that_it_is_made_of() -> None:
    """Of verdicts that only one of the two gave nothing is named, since chance agrees on none of them."""
    events = [
        *all_say("ani", "include", "exclude", "exclude", "exclude", "unsure"),
        *all_say("budi", "include", "exclude", "exclude", "include", "include"),
    ]
    (pair,) = agreement_of(state(*events, works=WORKS))
    numbers = pair.numbers
    assert {what: one.of for what, one in numbers.items() if what not in ("share", "kappa")} == {
        "both": ("r1", "r2", "r3", "r4", "r5"),
        "agreed": ("r1", "r2", "r3"),
        "ani/include": ("r1",),
        "ani/exclude": ("r2", "r3", "r4"),
        "budi/include": ("r1", "r4", "r5"),
        "budi/exclude": ("r2", "r3"),
    }
    assert (numbers["share"].value, numbers["share"].of) == (0.6, ("r1", "r2", "r3"))
    assert (numbers["kappa"].value, numbers["kappa"].of) == (0.375, numbers["both"].of)  # (15 - 9) / (25 - 9)
    assert {one.id for one in numbers.values()} == {f"agreement/title-abstract/ani/budi/{what}" for what in numbers}


def test_a_kappa_that_is_undefined_is_no_number() -> None:
    """Both exclude everything: they agree, and there is nothing beyond chance."""
    events = [*all_say("ani", "exclude", "exclude"), *all_say("budi", "exclude", "exclude")]
    (pair,) = agreement_of(state(*events, works=WORKS[:2]))
    assert pair.numbers["share"].value == 1
    assert "kappa" not in pair.numbers


def test_unsure_may_count_as_an_include() -> None:
    """Both move a record on: then four of five are alike."""
    events = [
        *all_say("ani", "include", "exclude", "exclude", "exclude", "unsure"),
        *all_say("budi", "include", "exclude", "exclude", "include", "include"),
    ]
    (pair,) = agreement_of(state(*events, works=WORKS), unsure="include")
    assert (pair.unsure, pair.agreement.n_agreed) == ("include", 4)
    assert "unsure" not in pair.agreement.labels


def test_agreement_shows_nothing_before_both_tasks_are_done() -> None:
    """Whether reviewers are blinded to each other or not."""
    events = [
        *all_say("ani", "exclude", "exclude", "exclude", "exclude", "exclude"),
        *all_say("budi", "include", "exclude"),
    ]
    assert agreement_of(state(*events, works=WORKS)) == ()
    assert agreement_of(state(*events, works=WORKS, protocol=with_rule(blinded=False))) == ()


def test_a_consensus_does_not_change_how_far_reviewers_agreed() -> None:
    """It comes after them, and the originals stay."""
    differing = [says("ani", "r1", "include"), says("budi", "r1", "exclude")]
    agreed = says("consensus", "r1", "include", resolves=[one.id for one in differing])
    (pair,) = agreement_of(state(*differing, agreed))
    assert (pair.agreement.n, pair.agreement.n_agreed) == (1, 0)


def test_a_report_that_one_could_not_have_is_no_disagreement() -> None:
    """Nobody has judged whether it belongs into the review."""
    events = [*all_say("ani", "include", "include"), *all_say("budi", "include", "include")]
    events += [says("ani", "r1", "include", stage="full-text"), says("ani", "r2", "include", stage="full-text")]
    events += [says("budi", "r1", "include", stage="full-text"), says("budi", "r2", "unobtainable", stage="full-text")]
    pair = agreement_of(state(*events, works=WORKS[:2]))[1]
    assert (pair.stage, pair.agreement.n, pair.left_out) == ("full-text", 1, ("r2",))


ALL_THREE = Protocol(reviewers=THREE, screening=ScreeningPlan(title_abstract=StagePlan(readers=3)))


def test_three_reviewers_are_compared_together_and_two_by_two() -> None:
    """A row for the stage, then one for each pair."""
    events = [
        *all_say("ani", "include", "exclude"),
        *all_say("budi", "include", "include"),
        says("citra", "r1", "include"),
        says("citra", "r2", "exclude", note="a supermarket"),
    ]
    together, *pairs = screening_comparisons(state(*events, works=WORKS[:2], protocol=ALL_THREE), "en")

    assert (together.id, together.label, together.group) == (ABSTRACT, "title and abstract", ABSTRACT)
    assert together.ratings.coders == THREE
    assert together.ratings.rows == (("include",) * 3, ("exclude", "include", "exclude"))
    assert [one.id for one in pairs] == [
        "title-abstract/ani/budi",
        "title-abstract/ani/citra",
        "title-abstract/budi/citra",
    ]
    assert [one.ratings.differing for one in pairs] == [("r2",), (), ("r2",)]
    assert pairs[0].label == "title and abstract (ani, budi)"
    assert [len(one.notes) for one in (together, *pairs)] == [1, 0, 1, 1]


def test_a_reviewer_whose_task_is_open_is_compared_with_nobody() -> None:
    """Budi has one record of five left, with a blind and without."""
    events = [*all_say("ani", *("exclude",) * 5), *all_say("budi", *("include",) * 4)]
    for protocol in (with_rule(), with_rule(blinded=False)):
        assert screening_comparisons(state(*events, works=WORKS, protocol=protocol), "en") == ()


def test_a_consensus_settles_a_record_and_is_no_reviewer() -> None:
    """What both said before is compared, with what they noted."""
    differing = [says("ani", "r1", "include"), says("budi", "r1", "exclude", reason="topic", note="a supermarket")]
    agreed = says("consensus", "r1", "include", resolves=[one.id for one in differing])
    (of,) = screening_comparisons(state(*differing, agreed), "en")

    assert (of.ratings.coders, of.ratings.rows) == (("ani", "budi"), (("include", "exclude"),))
    assert (of.settled, of.settled_differing) == (("r1",), ("r1",))
    assert of.notes == {("r1", "budi"): "topic; a supermarket"}


def test_reports_that_one_could_not_have_or_decided_on_twice_are_set_aside_by_name() -> None:
    """Of three, Budi could not have the second and says two things of the third."""
    events: list[Event] = [*all_say("ani", *("include",) * 3), *all_say("budi", *("include",) * 3)]
    events += all_say("ani", "include", "include", "exclude", stage="full-text")
    events += all_say("budi", "include", "unobtainable", "exclude", stage="full-text")
    events.append(says("budi", "r3", "include", stage="full-text"))
    _titles, full = screening_comparisons(state(*events, works=WORKS[:3]), "en")

    assert (full.id, full.ratings.units, full.ratings.differing) == ("full-text", ("r1",), ())
    assert {work: str(why) for work, why in full.set_aside.items()} == {
        "r2": "the report could not be obtained",
        "r3": "one reviewer decided on it in two ways",
    }
