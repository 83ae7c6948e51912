"""The decisions of a review sorted by stage, work and coder: again in full, or only what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from benang.judgements.events import Completion, Decision, Event, Round, Withdrawal
from benang.judgements.log import Judgements, fold
from benang.screening.decided import Brought, decided
from benang.screening.outcomes import Screening, screened
from benang.screening.protocol import Criterion, Protocol, ScreeningPlan

WORKS = ("r0", "r1", "r4")
ALIASES = {"x1": "r1"}
CODERS = ("ani", "budi", "citra", "consensus", "stranger")
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
records = st.sampled_from((*WORKS, *ALIASES, "gone"))
coders = st.sampled_from(CODERS)
stages = st.sampled_from(("title-abstract", "full-text"))


@st.composite
def protocols(draw: st.DrawFn) -> Protocol:
    """Draw a plan: how many read, by which rule, blinded or not, and whether somebody left."""
    stage = {
        "readers": draw(st.sampled_from((1, 2, 3))),
        "overlap": draw(st.sampled_from((0.5, 1.0))),
        "rule": draw(st.sampled_from(("two-includes", "one-include", "checked-exclusions"))),
        "unsure": draw(st.sampled_from(("moves-on", "waits"))),
        "blinded": draw(st.booleans()),
    }
    plan = ScreeningPlan.model_validate({"title_abstract": stage, "left": draw(st.sampled_from(((), ("citra",))))})
    return Protocol(criteria=(Criterion(id="a", text="A"),), screening=plan, reviewers=("ani", "budi", "citra"))


@st.composite
def logs(draw: st.DrawFn, most: int = 24) -> list[Event]:
    """Draw the events of a log: decisions that may supersede others, withdrawals, rounds, tasks that are done."""
    events: list[Event] = []
    for at in range(draw(st.integers(1, most))):
        name, coder, stage = f"e{at}", draw(coders), draw(stages)
        earlier = [one.id for one in events if not isinstance(one, (Round, Completion))]
        supersedes = tuple(draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True))) if earlier else ()
        kind = draw(st.sampled_from(("decision",) * 6 + ("withdrawal", "round", "completion")))
        keys = tuple(draw(st.lists(records, min_size=1, max_size=3, unique=True)))
        if kind == "decision" or (kind == "withdrawal" and not supersedes):
            verdict = draw(st.sampled_from(("include", "exclude", "unsure")))
            reason = draw(st.sampled_from(("", "a", "b"))) if verdict == "exclude" else ""
            more = {"verdict": verdict, "reason": reason, "joined": keys[1:], "supersedes": supersedes}
            events.append(
                Decision.model_validate({"id": name, "coder": coder, "stage": stage, "record": keys[0], **more})
            )
        elif kind == "withdrawal":
            events.append(Withdrawal(id=name, coder=coder, supersedes=supersedes))
        elif kind == "round":
            readers = tuple(draw(st.lists(st.sampled_from(CODERS[:3]), max_size=2, unique=True)))
            events.append(
                Round.model_validate(
                    {"id": name, "coder": coder, "name": name, "stage": stage, "records": keys, "readers": readers}
                )
            )
        else:
            unread = tuple(draw(st.lists(records, max_size=4, unique=True)))
            events.append(
                Completion.model_validate(
                    {"id": name, "coder": coder, "stage": stage, "records": keys, "unread": unread}
                )
            )
    return events


def folded(protocol: Protocol, log: Judgements, *, since: tuple[Screening, Judgements] | None = None) -> Screening:
    """Fold a log on the works, one of which was removed before the screening."""
    return screened(protocol, WORKS, log, aliases=ALIASES, brought=BROUGHT, set_aside={"r4": "rule"}, since=since)


BROUGHT: Sequence[Brought] = (
    Decision(id="b0", coder="ani", record="r0", stage="title-abstract", verdict="include", origin="a.csv, record 1"),
    Decision(id="b1", coder="guest", record="x1", stage="title-abstract", verdict="exclude", origin="a.csv, record 2"),
    Completion(id="b2", coder="ani", stage="title-abstract", records=("r0",)),
)


def decision(name: str, coder: str, record: str, verdict: str) -> Decision:
    """Write a decision by title and abstract."""
    fields = {"id": name, "coder": coder, "record": record, "verdict": verdict, "stage": "title-abstract"}
    return Decision.model_validate(fields)


def test_the_last_decision_of_a_task_shows_the_works_on_which_nothing_has_changed() -> None:
    """Budi's second decision ends the blind over the first work too, and a completion ends it when she is late."""
    protocol = Protocol(reviewers=("ani", "budi"))
    said = [decision("a0", "ani", "r0", "include"), decision("a1", "ani", "r1", "include")]
    said += [decision("b0", "budi", "r0", "exclude")]
    then = fold(said)
    before = screened(protocol, ("r0", "r1"), then)
    assert before.conflicts("title-abstract") == ()
    last = fold([*said, decision("b1", "budi", "r1", "include")])
    assert screened(protocol, ("r0", "r1"), last, since=(before, then)).conflicts("title-abstract") == ("r0",)
    done = Completion(id="c", coder="budi", stage="title-abstract", records=("r0",))
    assert screened(protocol, ("r0", "r1"), fold([*said, done]), since=(before, then)).conflicts("title-abstract") == (
        "r0",
    )


@settings(deadline=None, max_examples=150)
@given(protocols(), logs())
def test_what_has_changed_alone_gives_what_the_whole_log_gives(protocol: Protocol, events: list[Event]) -> None:
    """After each event of any log: outcomes, tasks, orphans and all that is blinded are the same."""
    then = fold([])
    before = folded(protocol, then)
    for n in range(1, len(events) + 1):
        now = fold(events[:n])
        after = folded(protocol, now, since=(before, then))
        assert after == folded(protocol, now)
        before, then = after, now


@settings(deadline=None)
@given(protocols(), logs(), st.integers(0, 24))
def test_a_log_that_lost_or_got_many_events_at_once_is_folded_alike(
    protocol: Protocol, events: list[Event], n: int
) -> None:
    """Two copies are put together, or a cloud brings an older one back."""
    some, all_of_them = fold(events[:n]), fold(events)
    for then, now in ((some, all_of_them), (all_of_them, some)):
        assert folded(protocol, now, since=(folded(protocol, then), then)) == folded(protocol, now)


@settings(deadline=None)
@given(logs())
def test_no_decision_is_lost(events: list[Event]) -> None:
    """Each one that stands or is disputed is on its works, beside its coder's others, or named as an orphan."""
    log = fold(events)
    found = decided(log, WORKS, ALIASES, BROUGHT)
    for one in (*log.of(Decision), *(one for one in log.disputed if isinstance(one, Decision))):
        works = {ALIASES.get(key, key) for key in (one.record, *one.joined)} & {*WORKS}
        assert works or one in found.orphans
        for work in works:
            said = found.on(one.stage, work)[one.coder]
            assert (one.verdict, one.reason) in {(other.verdict, other.reason) for other in said}


@settings(deadline=None)
@given(protocols(), logs(), st.randoms())
def test_neither_the_order_nor_the_times_of_events_matter(
    protocol: Protocol, events: list[Event], random: Random
) -> None:
    """A clock that runs backwards, and logs that are read in another order, change no outcome."""
    times = [NOON + timedelta(minutes=at) for at in range(len(events))]
    dated = [one.model_copy(update={"time": time}) for one, time in zip(events, times, strict=True)]
    random.shuffle(times)
    others = [one.model_copy(update={"time": time}) for one, time in zip(events, times, strict=True)]
    random.shuffle(others)
    assert verdicts(folded(protocol, fold(dated))) == verdicts(folded(protocol, fold(others)))


def verdicts(screening: Screening) -> dict[tuple[str, str], tuple[object, ...]]:
    """Return all of each outcome but the times of its decisions."""
    return {
        (stage, work): (one.verdict, one.reasons, one.moves_on, tuple(said.id for said in one.decisions))
        for stage, outcomes in screening.outcomes.items()
        for work, one in outcomes.items()
    }


TURNED = {"include": "exclude", "exclude": "include", "unsure": "unsure", "unobtainable": "unobtainable"}


@settings(deadline=None, max_examples=200)
@given(protocols(), logs(), st.sampled_from(CODERS[:3]))
def test_what_is_decided_under_a_blind_changes_nothing_that_shows(
    protocol: Protocol, events: list[Event], coder: str
) -> None:
    """Were each verdict of an open task the opposite, every outcome and every task would be the same."""
    log = fold(events)
    before = folded(protocol, log)
    stage = "title-abstract"
    readers = before.readings["title-abstract"].readers
    of_open_task = [
        one
        for one in log.of(Decision)
        if one.coder == coder
        and one.stage == stage
        and coder in protocol.active
        and all(len(readers.get(work, ())) > 1 for work in works_of(one))
        and not any(before.is_released(coder, "title-abstract", work) for work in works_of(one))
    ]
    turned = {one.id: one.model_copy(update={"verdict": TURNED[one.verdict]}) for one in of_open_task}
    after = folded(protocol, fold([turned.get(one.id, one) for one in events]))
    if protocol.screening.title_abstract.blinded and protocol.screening.title_abstract.rule != "checked-exclusions":
        assert after.outcomes == before.outcomes
        assert after.readings == before.readings


def works_of(one: Decision) -> set[str]:
    """Return the works that a decision is on."""
    return {ALIASES.get(key, key) for key in (one.record, *one.joined)} & {*WORKS}
