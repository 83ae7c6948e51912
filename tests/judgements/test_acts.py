"""Undo and redo: whatever a coder did, what stands is what a simple model of acts says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from benang.judgements.acts import Reversal, history_of, redo, restated, undo, withdrawal
from benang.judgements.events import CONSENSUS, Event, Memo, Place, Task
from benang.judgements.log import fold, log_problems

START = datetime(2026, 11, 2, 12, tzinfo=UTC)
WORDS = ("rent", "permits", "rain", "crowds")


@dataclass
class Review:
    """A log in memory: each append is an act of its own time."""

    events: list[Event] = field(default_factory=list)

    def append(self, events: list[Event] | tuple[Event, ...]) -> None:
        """Append events at a time of their own."""
        time = START + timedelta(seconds=len(self.events))
        self.events += [one.model_copy(update={"time": time}) for one in events]

    def turn(self, way: Callable[..., Reversal | None], coder: str = "ani") -> Reversal | None:
        """Undo or redo."""
        reversal = way(coder, history_of(fold(self.events)))
        if reversal:
            self.append(reversal.events)
        return reversal

    @property
    def standing(self) -> list[Event]:
        """Return what stands, none of it in conflict."""
        state = fold(self.events)
        assert state.conflicts == ()
        return [one for one in state.current if one.kind != "withdrawal"]

    @property
    def words(self) -> list[str]:
        """Return what stands, in order."""
        return sorted(one.text for one in self.standing if isinstance(one, Memo))


def memo(text: str, name: str, *supersedes: str, coder: str = "ani") -> Memo:
    """Make an event that says a word."""
    return Memo(id=name, coder=coder, about="review", text=text, supersedes=supersedes)


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)),
        st.tuples(st.just("move"), st.tuples(st.integers(0, 9), st.sampled_from(WORDS))),
        st.tuples(st.just("join"), st.tuples(st.integers(0, 9), st.sampled_from(WORDS))),
        st.tuples(st.just("withdraw"), st.lists(st.integers(0, 9), min_size=1, max_size=3)),
        st.tuples(st.sampled_from(["undo", "redo"]), st.just(None)),
    ),
    max_size=14,
)


@given(ACTS)
def test_any_sequence_folds_to_what_a_simple_model_says(acts: list[tuple[str, object]]) -> None:
    """The model: states in a row, and a place among them; a new act forgets those behind the place."""
    review, at = Review(), 0
    states: list[list[str]] = [[]]
    for number, (act, what) in enumerate(acts):
        if act == "undo":
            assert (review.turn(undo) is not None) == (at > 0)
            at = max(at - 1, 0)
        elif act == "redo":
            assert (review.turn(redo) is not None) == (at < len(states) - 1)
            at = min(at + 1, len(states) - 1)
        elif events := _act(act, what, review, number):
            review.append(events)
            states = [*states[: at + 1], review.words]
            at += 1
        assert review.words == states[at]
    assert log_problems([(one, Place("", 0)) for one in review.events]) == []


def _act(act: str, what: object, review: Review, number: int) -> list[Event]:
    standing = review.standing
    if act == "add":
        assert isinstance(what, list)
        return [memo(word, f"m{number}.{at}") for at, word in enumerate(what)]
    if not standing:
        return []
    if act == "withdraw":
        assert isinstance(what, list)
        chosen = {standing[at % len(standing)].id for at in what}
        return [withdrawal("ani", [name]) for name in sorted(chosen)]
    assert isinstance(what, tuple)
    at, word = what
    over = [standing[at % len(standing)].id]
    if act == "join":
        over = sorted({*over, standing[(at + 1) % len(standing)].id})
    return [memo(word, f"m{number}", *over)]


@given(ACTS)
def test_undoing_all_and_redoing_all_brings_back_the_same_state(acts: list[tuple[str, object]]) -> None:
    """However often."""
    review = Review()
    for number, (act, what) in enumerate(acts):
        if events := _act(act, what, review, number) if what is not None else []:
            review.append(events)
    before = review.words
    for _ in range(2):
        n_undone = 0
        while review.turn(undo):
            n_undone += 1
        assert review.words == []
        for _ in range(n_undone):
            assert review.turn(redo)
        assert review.words == before
        assert review.turn(redo) is None


def test_undo_is_of_the_coder_s_own_acts() -> None:
    """Another's later act stays."""
    review = Review()
    review.append([memo("rent", "a")])
    review.append([memo("rain", "b", coder="budi")])
    review.turn(undo)
    assert review.words == ["rain"]


def test_what_another_changed_since_stays_and_is_named() -> None:
    """The rest of the act is undone."""
    review = Review()
    review.append([memo("rent", "a"), memo("rain", "b")])
    review.append([memo("crowds", "c", "a", coder=CONSENSUS)])
    reversal = review.turn(undo)
    assert reversal is not None
    assert [one.id for one in reversal.changed_since] == ["a"]
    assert review.words == ["crowds"]


def test_an_act_of_which_nothing_stands_is_passed_over() -> None:
    """Undo goes to the one before."""
    review = Review()
    review.append([memo("rent", "a")])
    review.append([memo("rain", "b")])
    review.append([withdrawal(CONSENSUS, ["b"])])
    review.turn(undo)
    assert review.words == []
    assert review.turn(undo) is None


def test_the_consensus_undoes_its_own_and_the_words_stay_their_coder_s() -> None:
    """What it withdrew stands again as it was, and can be redone."""
    review = Review()
    review.append([memo("rent", "a")])
    review.append([withdrawal(CONSENSUS, ["a"])])
    review.turn(undo, CONSENSUS)
    assert [(one.coder, one.kind) for one in review.standing] == [("ani", "memo")]
    review.turn(redo, CONSENSUS)
    assert review.words == []


def test_undoing_what_settled_a_conflict_brings_the_conflict_back() -> None:
    """Both sides say what they said."""
    review = Review()
    review.append([memo("rent", "a")])
    review.append([memo("rain", "b", "a"), memo("crowds", "c", "a")])
    assert len(fold(review.events).conflicts) == 1
    review.append([memo("permits", "d", "b", "c")])
    review.turn(undo)
    (conflict,) = fold(review.events).conflicts
    sides = [one for one in fold(review.events).disputed if one.id in conflict.events]
    assert sorted(one.text for one in sides if isinstance(one, Memo)) == ["crowds", "rain"]
    review.turn(redo)
    assert review.words == ["permits"]


def test_an_undo_that_was_stopped_between_two_logs_is_whole_after_a_redo_and_an_undo() -> None:
    """What a killed program wrote of it is an undo like another."""
    for kept in range(2):
        review = Review()
        review.append([memo("rent", "a"), memo("rain", "b", coder="budi")])
        review.append([withdrawal(CONSENSUS, ["a"]), withdrawal(CONSENSUS, ["b"])])
        review.turn(undo, CONSENSUS)
        del review.events[-2 + kept]
        assert len(review.words) == 1
        review.turn(redo, CONSENSUS)
        assert review.words == []
        review.turn(undo, CONSENSUS)
        assert review.words == ["rain", "rent"]


def test_the_same_undo_in_two_copies_is_one() -> None:
    """Put together, they are no conflict."""
    review = Review()
    review.append([memo("rent", "a")])
    review.append([memo("rain", "b", "a")])
    other = Review(list(review.events))
    review.turn(undo)
    other.turn(undo)
    assert Review([*review.events, *other.events]).words == ["rent"]


def test_suggestions_and_judgements_without_a_time_are_no_acts() -> None:
    """A program's, and those of the first format."""
    review = Review([Task(id="t", coder="ani", case="a", group="reasons")])
    review.append([restated(memo("rent", "a"), program="search")])
    assert review.turn(undo) is None
