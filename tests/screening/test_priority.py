"""The order by priority: what it learns, and that the same decisions give the same order."""

from __future__ import annotations

import random
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.screening import priority
from benang.screening.priority import Ranker, Retraining, check_installed, last_lesson, learned_from, random_places
from benang.screening.protocol import random_order as in_random_order

TEXTS = (
    "Sister cities of Java Twin towns exchange officials and trade.",
    "Rice prices The price of rice rises in dry years.",
    "City twinning Municipalities sign agreements on culture and trade.",
    "Palm oil exports Exports of palm oil and their price.",
    "Kota kembar Kerja sama antar kota di Jawa.",
    "Floods Rivers of Java flood in wet years.",
    "Twin towns after the war Officials of towns meet and exchange pupils.",
    "Prices of fish Fish is dearer in dry years.",
)


def test_the_order_is_that_of_asreview() -> None:
    """The orders are those of asreview 2.2 with its model ELAS u4, learned from the same labels."""
    one = priority.ranking(TEXTS, [True, False, None, None, None, False, None, None])
    two = priority.ranking(TEXTS, [True, False, None, None, None, False, True, None])

    assert one == (6, 2, 3, 4, 7)
    assert two == (2, 3, 4, 7)


def test_the_relevant_weigh_together_9_8_times_as_much_as_the_others() -> None:
    """Three of twelve are relevant: the weights are 1 on average, and their sums are as 9.8 to 1."""
    weights = priority._weights(np.array([True] * 3 + [False] * 9))

    assert weights[:3].sum() / weights[3:].sum() == pytest.approx(9.8)
    assert weights.mean() == pytest.approx(1)


def test_indonesian_texts_are_learned_from() -> None:
    """Words are those of Unicode, of whatever language."""
    texts = ("harga beras di pasar", "kota kembar dan budaya", "pasar beras Surabaya", "budaya kota", "kembar siam")

    assert priority.ranking(texts, [True, False, None, None, None])[0] == 2
    assert priority.ranking(texts, [False, True, None, None, None])[0] in (3, 4)


@pytest.mark.parametrize("labels", [{}, {0: True}, {0: False, 3: False}])
def test_the_order_is_random_until_a_relevant_and_an_irrelevant_record_are_known(labels: Mapping[int, bool]) -> None:
    """Nothing can be learned from one class."""
    assert Ranker(TEXTS, 7).order(labels) == random_places(TEXTS, 7)


def test_the_seed_decides_the_random_places() -> None:
    """Another seed, another order; the same one, the same."""
    assert random_places(TEXTS, 1) == random_places(TEXTS, 1)
    assert len({random_places(TEXTS, seed) for seed in range(20)}) == 20


def test_a_record_that_is_added_moves_no_other_in_the_random_places() -> None:
    """Those of a search that is run again come between those that were there."""
    grown = random_places((*TEXTS, "A new record", "Another one"), 3)

    assert tuple(at for at in grown if at < len(TEXTS)) == random_places(TEXTS, 3)


@given(st.randoms(use_true_random=False))
def test_neither_the_sequence_of_records_nor_that_of_decisions_changes_the_order(chance: random.Random) -> None:
    """The texts come in another sequence, as when a file is renamed, and so do the labels."""
    labels = {0: True, 1: False, 5: False, 6: True}
    wanted = [TEXTS[at] for at in Ranker(TEXTS, 2).order(labels)]
    places = list(range(len(TEXTS)))
    chance.shuffle(places)
    shuffled = [(places.index(at), label) for at, label in labels.items()]
    chance.shuffle(shuffled)

    texts = [TEXTS[at] for at in places]
    assert [texts[at] for at in Ranker(texts, 2).order(dict(shuffled))] == wanted


def test_keys_decide_the_random_order_where_they_are_given() -> None:
    """It is that of a plan whose order is random."""
    keys = [f"author{at}" for at in range(len(TEXTS))]

    assert [keys[at] for at in Ranker(TEXTS, 6, keys).order({})] == in_random_order(keys, 6)


def test_equal_scores_stand_in_random_places() -> None:
    """Records of which no word is known have the same score."""
    texts = ("rice", "oil", "xx", "yy", "zz", "ww")
    order = priority.ranking(texts, [True, False, None, None, None, None], seed=5)

    assert order == tuple(at for at in random_places(texts, 5) if at > 1)


@pytest.mark.parametrize("texts", [("", "", ""), ("a", "b", "1"), ("rice prices",) * 3])
def test_texts_without_a_word_that_tells_them_apart_stay_in_random_places(texts: tuple[str, ...]) -> None:
    """Empty texts, texts of single letters, and equal ones teach nothing."""
    assert Ranker(texts).order({0: True, 1: False}) == random_places(texts, 0)


def test_a_missing_scikit_learn_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has not installed the extra reads how to."""
    monkeypatch.setitem(sys.modules, "sklearn.svm", None)

    with pytest.raises(BenangError, match=r"pip install 'benang\[screening\]'"):
        check_installed()


def test_the_order_is_learned_after_each_decision_at_first_and_later_after_every_fifth() -> None:
    """From the 200th on, the order in use is the one before the last, so that the last can be learned meanwhile."""
    assert [last_lesson(n) for n in (0, 1, 2, 200, 201, 204, 205, 210)] == [0, 1, 2, 200, 200, 200, 205, 210]
    assert [learned_from(n) for n in (0, 1, 2, 200, 201, 204, 205, 210)] == [0, 1, 2, 200, 200, 200, 200, 205]


def test_what_is_decided_teaches_at_once_at_first() -> None:
    """One reviewer decides one by one, another opens the folder after five decisions: both see the same order."""
    decisions = [(0, True), (1, False), (5, False), (6, True), (2, True)]
    with Retraining(Ranker(TEXTS, 4)) as slow, Retraining(Ranker(TEXTS, 4)) as new:
        seen = [slow.order(decisions[:n]) for n in range(6)][-1]

        assert new.order(decisions) == seen == Ranker(TEXTS, 4).order(dict(decisions))


def test_a_decision_taken_back_teaches_nothing() -> None:
    """The later of two decisions counts; None takes the earlier back."""
    with Retraining(Ranker(TEXTS, 4)) as retraining:
        order = retraining.order([(0, False), (0, True), (1, False), (5, False), (5, None), (3, None)])

    assert order == Ranker(TEXTS, 4).order({0: True, 1: False})


def test_papers_known_beforehand_teach_from_the_beginning() -> None:
    """With one of each kind the first record shown is the most likely one."""
    with Retraining(Ranker(TEXTS, 4), known={0: True, 1: False}) as retraining:
        assert retraining.order([]) == Ranker(TEXTS, 4).order({0: True, 1: False})


MANY = tuple(f"{'twin towns' if at % 7 == 0 else 'rice prices'} {at} w{at % 11}" for at in range(260))
DECIDED = [(at, at % 7 == 0) for at in range(230)]


def test_later_the_order_depends_on_the_decisions_alone_too() -> None:
    """After 213 decisions it is learned from 205, whether they came one by one or were there at once."""
    with Retraining(Ranker(MANY, 4)) as slow, Retraining(Ranker(MANY, 4)) as new:
        seen = [slow.order(DECIDED[:n]) for n in range(196, 214)][-1]

        assert new.order(DECIDED[:213]) == seen == Ranker(MANY, 4).order(dict(DECIDED[:205]))


def test_threads_that_learn_at_the_same_time_change_nothing() -> None:
    """Eight orders at once are those that one thread learns one after the other."""
    ranker = Ranker(MANY, 4)
    ranker.prepare()
    labels = [dict(DECIDED[:n]) for n in range(150, 230, 10)]

    with ThreadPoolExecutor(max_workers=8) as threads:
        assert list(threads.map(ranker.order, labels)) == [ranker.order(each) for each in labels]


def test_nobody_waits_for_an_order_that_is_being_learned() -> None:
    """While the order after 205 decisions is learned, the one after 200 is shown."""
    learning = threading.Event()

    class Slow(Ranker):
        def order(self, labels: Mapping[int, bool]) -> tuple[int, ...]:
            if len(labels) == 205:
                assert learning.wait(10)
            return super().order(labels)

    with Retraining(Slow(MANY, 4)) as retraining:
        try:
            assert retraining.order(DECIDED[:209]) == Ranker(MANY, 4).order(dict(DECIDED[:200]))
        finally:
            learning.set()
        assert retraining.order(DECIDED[:210]) == Ranker(MANY, 4).order(dict(DECIDED[:205]))


def test_nobody_waits_for_the_vectors_before_there_is_something_to_learn() -> None:
    """They are made while the first records are read, in random order."""
    made = threading.Event()

    class Slow(Ranker):
        def prepare(self) -> None:
            assert made.wait(10)

    with Retraining(Slow(TEXTS, 4)) as retraining:
        try:
            assert retraining.order([(1, False), (2, False)]) == random_places(TEXTS, 4)
        finally:
            made.set()


def test_what_goes_wrong_in_the_background_is_said_where_the_order_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A missing library is no order."""
    monkeypatch.setitem(sys.modules, "sklearn.svm", None)
    with Retraining(Ranker(TEXTS), known={0: True, 1: False}) as retraining, pytest.raises(BenangError):
        retraining.order([])
