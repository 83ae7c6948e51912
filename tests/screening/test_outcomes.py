"""What comes of a record: by the plan's rules, from the decisions that may be shown."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.judgements.events import Completion, Decision, Event, Round, Stage, Verdict
from benang.judgements.log import fold
from benang.screening.outcomes import Outcome, Screening, screened
from benang.screening.protocol import Criterion, Protocol, ScreeningPlan, StagePlan

ABSTRACT: Stage = "title-abstract"
TWO = Protocol(reviewers=("ani", "budi"))
ONE = Protocol(reviewers=("ani",))
THREE = ("ani", "budi", "citra")


def says(coder: str, record: str, verdict: Verdict, *, stage: Stage = ABSTRACT, **more: object) -> Decision:
    """Make one decision, whose id comes from what it says."""
    base = {"id": f"{coder}/{record}/{stage}/{verdict}", "coder": coder, "record": record, "stage": stage}
    return Decision.model_validate(base | {"verdict": verdict} | more)


def state(
    *events: Event, protocol: Protocol = TWO, works: Sequence[str] = ("r1",), aliases: dict[str, str] | None = None
) -> Screening:
    """Screen works by these events."""
    return screened(protocol, works, fold(events), aliases=aliases)


def of(*events: Event, protocol: Protocol = TWO, record: str = "r1") -> Outcome:
    """Return the outcome of one record, at title and abstract, in a review of that record alone."""
    return state(*events, protocol=protocol, works=(record,)).outcome(ABSTRACT, record)


def with_rule(**plan: object) -> Protocol:
    """Make a plan of titles and abstracts for two reviewers."""
    return Protocol(reviewers=("ani", "budi"), screening=ScreeningPlan(title_abstract=StagePlan.model_validate(plan)))


def test_what_one_of_two_reviewers_decides_decides_nothing() -> None:
    """One exclusion leaves the record undecided, and shows nowhere."""
    outcome = of(says("ani", "r1", "exclude"))
    assert (outcome.verdict, outcome.decisions) == ("undecided", ())


def test_two_reviewers_who_agree_exclude() -> None:
    """Two exclusions exclude."""
    assert of(says("ani", "r1", "exclude"), says("budi", "r1", "exclude")).verdict == "exclude"


def test_two_reviewers_who_differ_are_in_conflict_and_a_consensus_settles_it() -> None:
    """The consensus counts, and what each reviewer said stays in force."""
    differing = says("ani", "r1", "include"), says("budi", "r1", "exclude")
    assert of(*differing).verdict == "conflict"
    agreed = says("consensus", "r1", "include", resolves=[one.id for one in differing])
    outcome = of(*differing, agreed)
    assert (outcome.verdict, outcome.moves_on, len(outcome.decisions)) == ("include", True, 3)


def test_a_consensus_does_not_settle_what_was_decided_otherwise_since() -> None:
    """A reviewer who changes their mind after the consensus opens the conflict again."""
    differing = says("ani", "r1", "include"), says("budi", "r1", "exclude")
    agreed = says("consensus", "r1", "include", resolves=[one.id for one in differing])
    again = says("budi", "r1", "exclude", id="later", supersedes=differing[1].id)
    assert of(*differing, agreed, again).verdict == "conflict"


def test_a_single_reviewer_decides_at_once() -> None:
    """With one reviewer there is no blind and nothing to wait for."""
    assert of(says("ani", "r1", "exclude"), protocol=ONE).verdict == "exclude"


def test_decisions_show_only_when_the_tasks_of_all_readers_are_done() -> None:
    """Both have decided on r1, but budi still has r2 to read."""
    early = (says("ani", "r1", "exclude"), says("ani", "r2", "include"), says("budi", "r1", "exclude"))
    assert state(*early, works=("r1", "r2")).outcome(ABSTRACT, "r1").verdict == "undecided"
    late = says("budi", "r2", "include")
    done = state(*early, late, works=("r1", "r2"))
    assert [done.outcome(ABSTRACT, work).verdict for work in ("r1", "r2")] == ["exclude", "include"]


def test_without_a_blind_decisions_show_at_once() -> None:
    """A plan may do without the blind."""
    outcome = of(says("ani", "r1", "exclude"), protocol=with_rule(blinded=False))
    assert (outcome.verdict, len(outcome.decisions)) == ("undecided", 1)


def test_records_that_come_later_hide_nothing_that_was_shown() -> None:
    """What was decided when a task was done stays shown when a new search brings r2."""
    first = [says(coder, "r1", "exclude") for coder in ("ani", "budi")]
    done = [Completion(id=coder, coder=coder, stage=ABSTRACT, records=("r1",)) for coder in ("ani", "budi")]
    assert state(*first, works=("r1", "r2")).outcome(ABSTRACT, "r1").verdict == "undecided"
    assert state(*first, *done, works=("r1", "r2")).outcome(ABSTRACT, "r1").verdict == "exclude"


def stops(coder: str, read: Sequence[str], unread: Sequence[str]) -> Completion:
    """End a reviewer's task early."""
    return Completion(id=f"{coder}/stops", coder=coder, stage=ABSTRACT, records=tuple(read), unread=tuple(unread))


def test_what_one_reviewer_left_unread_waits_for_a_decision_that_the_first_does_not_sway() -> None:
    """Ani left r2 and Budi left r3: neither sees what the other decided on it; r1 shows, r4 is left by both."""
    ani = [says("ani", "r1", "include"), says("ani", "r3", "include"), stops("ani", ("r1", "r3"), ("r2", "r4"))]
    budi = [says("budi", "r1", "include"), says("budi", "r2", "exclude"), stops("budi", ("r1", "r2"), ("r3", "r4"))]
    for rule in ("two-includes", "one-include"):
        screening = state(*ani, *budi, works=("r1", "r2", "r3", "r4"), protocol=with_rule(rule=rule))
        outcomes = screening.outcomes[ABSTRACT]
        assert [(work, one.verdict, len(one.decisions)) for work, one in outcomes.items()] == [
            ("r1", "include", 2),
            ("r2", "undecided", 0),
            ("r3", "undecided", 0),
        ]
        assert screening.unread == ("r4",)


def test_a_reviewer_who_comes_later_or_leaves_brings_back_nothing_that_was_left_unread() -> None:
    """Whoever joins or goes; only what one has decided on goes to another reader where the second is gone."""
    works = tuple(f"r{at}" for at in range(1, 30))
    end = [stops(coder, works[:1], works[1:]) for coder in ("ani", "budi")]
    events = [says("ani", "r1", "include"), says("budi", "r1", "include"), *end]
    for left in ((), ("ani",)):
        protocol = Protocol(reviewers=THREE, screening=ScreeningPlan(left=left))
        assert state(*events, works=works, protocol=protocol).unread == works[1:]
    one_more = says("budi", "r2", "include")
    gone = state(*events, one_more, works=works, protocol=protocol)
    assert gone.readings[ABSTRACT].readers["r2"] == ("budi", "citra")


def test_a_third_reader_asked_for_later_reads_what_the_others_left() -> None:
    """The plan asks for three now, so that the end of two is not enough."""
    events = [says("ani", "r1", "include"), says("budi", "r1", "include")]
    events_of_end = [stops(coder, ("r1",), ("r2",)) for coder in ("ani", "budi")]
    three = Protocol(reviewers=THREE, screening=ScreeningPlan(title_abstract=StagePlan(readers=3)))
    assert state(*events, *events_of_end, works=("r1", "r2"), protocol=three).unread == ()


def test_a_round_is_a_task_of_its_own() -> None:
    """The pilot is shown when it is done, though the rest is not."""
    pilot = Round(id="p", coder="ani", name="pilot", stage=ABSTRACT, records=("r1",), readers=("ani", "budi"))
    both = [says(coder, "r1", "exclude") for coder in ("ani", "budi")]
    assert state(pilot, *both, works=("r1", "r2")).outcome(ABSTRACT, "r1").verdict == "exclude"


def test_a_reviewer_who_leaves_blocks_nothing() -> None:
    """The decisions of the one who left count, and the others read what is left."""
    protocol = Protocol(reviewers=("ani", "budi", "citra"), screening=ScreeningPlan(left=("budi",)))
    events = [says("budi", "r1", "exclude"), *(says("ani", work, "exclude") for work in ("r1", "r2"))]
    readings = state(*events, protocol=protocol, works=("r1", "r2")).readings[ABSTRACT]
    assert set(readings.readers["r1"]) == {"ani", "budi"}
    assert set(readings.readers["r2"]) == {"ani", "citra"}
    done = state(*events, says("citra", "r2", "exclude"), protocol=protocol, works=("r1", "r2"))
    assert done.excluded(ABSTRACT) == ("r1", "r2")


def test_a_reviewer_who_leaves_a_round_is_replaced_and_blocks_it_neither_alone_nor_with_others() -> None:
    """Each record of the round is read by as many as were asked, or as the plan asks for where those were more."""
    protocol = Protocol(reviewers=("ani", "budi", "citra"), screening=ScreeningPlan(left=("ani",)))
    for readers, n in ((("ani",), 1), (("ani", "budi"), 2), (("ani", "budi", "citra"), 2)):
        batch = Round(id="b", coder="budi", name="batch", stage=ABSTRACT, records=("r1",), readers=readers)
        others = state(batch, protocol=protocol).readings[ABSTRACT].readers["r1"]
        assert len(others) == n
        assert "ani" not in others
        done = [says(coder, "r1", "exclude") for coder in others]
        assert state(batch, *done, protocol=protocol).excluded(ABSTRACT) == ("r1",)


def test_a_reviewer_who_is_no_longer_in_the_plan_blocks_no_round() -> None:
    """Others read the record, as if the reviewer had left."""
    batch = Round(id="b", coder="budi", name="batch", stage=ABSTRACT, records=("r1",), readers=("dewi", "budi"))
    assert set(state(batch).readings[ABSTRACT].readers["r1"]) == {"ani", "budi"}


def test_exclusions_in_a_round_are_checked_too() -> None:
    """The round is read by one, and what is excluded waits for the second reader of the plan."""
    batch = Round(id="b", coder="ani", name="batch", stage=ABSTRACT, records=("r1",), readers=("ani",))
    every = with_rule(rule="checked-exclusions", checked=1)
    assert of(batch, says("ani", "r1", "exclude"), protocol=every).verdict == "undecided"
    checked = says("ani", "r1", "exclude"), says("budi", "r1", "exclude")
    assert of(batch, *checked, protocol=every).verdict == "exclude"


DONE = (says("ani", "r1", "exclude"), says("budi", "r1", "exclude"))


def test_a_third_reader_asked_for_later_is_blinded_to_what_the_others_decided() -> None:
    """What was shown is undecided until the third has decided too; then all three show."""
    three = Protocol(reviewers=THREE, screening=ScreeningPlan(title_abstract=StagePlan(readers=3)))
    again = of(*DONE, protocol=three)
    assert (again.verdict, again.decisions) == ("undecided", ())
    assert len(of(*DONE, says("citra", "r1", "exclude"), protocol=three).decisions) == 3


def test_a_consensus_stands_when_a_third_reader_is_asked_for() -> None:
    """It is shown alone; what the third decides otherwise opens the conflict again."""
    three = Protocol(reviewers=THREE, screening=ScreeningPlan(title_abstract=StagePlan(readers=3)))
    differing = says("ani", "r1", "include"), says("budi", "r1", "exclude")
    settled = *differing, says("consensus", "r1", "include", resolves=[one.id for one in differing])
    assert [one.coder for one in of(*settled, protocol=three).decisions] == ["consensus"]
    assert of(*settled, protocol=three).verdict == "include"
    assert of(*settled, says("citra", "r1", "exclude"), protocol=three).verdict == "conflict"


def test_a_reviewer_who_comes_in_later_hides_nothing_that_two_have_decided() -> None:
    """Two readers are still enough: the new one reads what is left."""
    screening = state(*DONE, protocol=Protocol(reviewers=THREE))
    assert set(screening.readings[ABSTRACT].readers["r1"]) == {"ani", "budi"}
    assert screening.excluded(ABSTRACT) == ("r1",)


def test_a_plan_that_gives_up_the_blind_shows_at_once_what_was_hidden() -> None:
    """And one that takes it up again hides what is not done."""
    early = (says("ani", "r1", "exclude"), says("ani", "r2", "include"), says("budi", "r1", "exclude"))
    for blinded, verdict in ((True, "undecided"), (False, "exclude")):
        seen = state(*early, works=("r1", "r2"), protocol=with_rule(blinded=blinded)).outcome(ABSTRACT, "r1")
        assert (seen.verdict, len(seen.decisions)) == (verdict, 0 if blinded else 2)


def test_what_one_reads_alone_shows_at_once_beside_what_is_blinded() -> None:
    """Without an overlap each reads half, and nobody waits for anybody."""
    apart = with_rule(overlap=0)
    works = tuple(f"r{at}" for at in range(1, 9))
    hers = state(works=works, protocol=apart).task("ani", ABSTRACT)
    assert 0 < len(hers) < len(works)
    seen = state(*[says("ani", work, "exclude") for work in hers], works=works, protocol=apart)
    assert set(seen.excluded(ABSTRACT)) == set(hers)


def test_the_order_of_readers_does_not_tell_who_has_decided() -> None:
    """Whoever comes first in the draw stands first, before and after."""
    three = Protocol(reviewers=THREE)
    works = tuple(f"r{at}" for at in range(1, 9))
    before = state(works=works, protocol=three)
    hers = [says("ani", work, "include") for work in before.task("ani", ABSTRACT)]
    assert state(*hers, works=works, protocol=three).readings[ABSTRACT].readers == before.readings[ABSTRACT].readers


def test_one_include_suffices_where_the_plan_says_so() -> None:
    """The rule `one-include`."""
    both = says("ani", "r1", "include"), says("budi", "r1", "exclude")
    assert of(*both, protocol=with_rule(rule="one-include")).verdict == "include"


def test_a_second_reader_checks_a_share_of_the_exclusions() -> None:
    """With a share of 1 every exclusion waits for a second reader, with 0 none does; inclusions never wait."""
    for checked, verdict in ((1, "undecided"), (0, "exclude")):
        protocol = with_rule(rule="checked-exclusions", checked=checked)
        assert of(says("ani", "r1", "exclude"), protocol=protocol).verdict == verdict
        assert of(says("ani", "r1", "include"), protocol=protocol).verdict == "include"
    every = with_rule(rule="checked-exclusions", checked=1)
    assert of(says("ani", "r1", "exclude"), says("budi", "r1", "include"), protocol=every).verdict == "conflict"


@pytest.mark.parametrize(("unsure", "moves_on"), [("moves-on", True), ("waits", False)])
def test_unsure_moves_on_or_waits(unsure: str, moves_on: bool) -> None:
    """The plan says whether an unsure record is read in full."""
    both = says("ani", "r1", "unsure"), says("budi", "r1", "unsure")
    outcome = of(*both, protocol=with_rule(unsure=unsure))
    assert (outcome.verdict, outcome.moves_on, outcome.needs_consensus) == ("unsure", moves_on, not moves_on)


def test_unsure_beside_an_include_is_an_include_where_it_moves_on() -> None:
    """Nothing has to be settled that would change nothing."""
    both = says("ani", "r1", "unsure"), says("budi", "r1", "include")
    assert of(*both).verdict == "include"
    assert of(*both, protocol=with_rule(unsure="waits")).verdict == "conflict"


def test_the_primary_reason_is_the_first_of_the_criteria() -> None:
    """Two reviewers exclude for different reasons: the plan's order decides, and both are kept."""
    criteria = (
        Criterion.model_validate({"id": "place", "text": "."}),
        Criterion.model_validate({"id": "date", "text": "."}),
    )
    protocol = Protocol(reviewers=("ani", "budi"), criteria=criteria)
    outcome = of(
        says("ani", "r1", "exclude", reason="date"), says("budi", "r1", "exclude", reason="place"), protocol=protocol
    )
    assert (outcome.reason, outcome.reasons) == ("place", ("place", "date"))


def test_records_joined_after_they_were_decided_on_become_a_conflict() -> None:
    """Both decisions are kept; where they say the same, there is none."""
    differing = says("ani", "r1", "include"), says("ani", "r2", "exclude")
    assert state(*differing, protocol=ONE, aliases={"r2": "r1"}).conflicts(ABSTRACT) == ("r1",)
    same = says("ani", "r1", "include"), says("ani", "r2", "include")
    assert state(*same, protocol=ONE, aliases={"r2": "r1"}).outcome(ABSTRACT, "r1").verdict == "include"


def test_records_parted_after_they_were_decided_on_keep_the_decision() -> None:
    """Each of the two has what was said of the whole."""
    both = state(says("ani", "r1", "exclude", joined=["r2"]), protocol=ONE, works=("r1", "r2"))
    assert both.excluded(ABSTRACT) == ("r1", "r2")


def test_only_what_moves_on_is_screened_at_full_text() -> None:
    """An excluded record is not sought; one that can't be had stays out, and is no exclusion."""
    events = (
        says("ani", "r1", "include"), says("ani", "r2", "exclude"), says("ani", "r3", "include"),
        says("ani", "r1", "include", stage="full-text"), says("ani", "r3", "unobtainable", stage="full-text"),
    )  # fmt: skip
    screening = state(*events, protocol=ONE, works=("r1", "r2", "r3"))
    assert screening.to_screen("full-text") == ("r1", "r3")
    assert (screening.included, set(screening.out)) == (("r1",), {"r2", "r3"})


def test_a_decision_on_a_record_that_is_gone_is_kept_aside() -> None:
    """Exports change; what was decided on is not forgotten."""
    assert state(says("ani", "r9", "exclude")).without_works == ("r9",)


def test_suggestions_of_programs_count_nowhere() -> None:
    """Neither does a program's suggestion decide, nor does it make a conflict."""
    suggested = says("ani", "r1", "exclude", program="ranker 1")
    assert of(suggested, protocol=ONE).verdict == "undecided"


_events = st.lists(
    st.builds(
        says,
        st.sampled_from(["ani", "budi", "citra"]),
        st.sampled_from(["r1", "r2", "r3"]),
        st.sampled_from(["include", "exclude", "unsure"]),
    ),
    unique_by=lambda one: one.id,
)


@given(_events, st.randoms())
def test_the_order_of_the_log_makes_no_difference(events: list[Event], random: object) -> None:
    """The same decisions in any order come to the same."""
    mixed = list(events)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    works = ("r1", "r2", "r3")
    assert state(*events, works=works).outcomes == state(*mixed, works=works).outcomes


@given(_events)
def test_no_decision_of_an_open_task_shows(events: list[Event]) -> None:
    """Where one of two readers still has records to read, no outcome shows a decision on any of their records."""
    screening = state(*events, works=("r1", "r2", "r3"))
    who = screening.readings[ABSTRACT]
    for work, outcome in screening.outcomes[ABSTRACT].items():
        waiting = [coder for coder in who.readers[work] if ("", coder) in who.open_tasks]
        if waiting and len(who.readers[work]) > 1:
            assert (outcome.verdict, outcome.decisions) == ("undecided", ())
