"""How specific a term is."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from benang.terms.text_network import most_relevant, relevance


def topics(seed: int = 0) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Make 2,000 records of 8 topics, with 20 terms each of their own."""
    rng = np.random.default_rng(seed)
    topic = rng.integers(0, 8, 2000)
    return np.stack([rng.random(2000) < np.where(topic == term % 8, 0.25, 0.02) for term in range(160)], 1).astype(
        float
    )


def test_a_term_of_every_record_is_not_relevant() -> None:
    """Its company is the average."""
    table = np.c_[topics(), np.ones(2000)]
    assert relevance(sparse.csr_array(table))[-1] < 0.01


def test_rare_terms_do_not_win_by_chance() -> None:
    """Terms strewn over records at random are far below those of a topic, however rare, and alike on the average."""
    rng = np.random.default_rng(1)
    table = topics()
    share = table.sum(axis=1) / table.sum()
    strewn = np.zeros((2000, 60))
    for column in range(60):
        strewn[rng.choice(2000, 10 if column < 30 else 80, replace=False, p=share), column] = 1
    scores = relevance(sparse.csr_array(np.c_[table, strewn]))
    assert scores[160:190].mean() < scores[:160].mean() / 5
    assert scores[190:].mean() < scores[:160].mean() / 5


def test_the_mean_is_one() -> None:
    """So that scores of different corpora can be read beside each other."""
    assert np.isclose(relevance(sparse.csr_array(topics())).mean(), 1)


def test_terms_that_never_meet_another_are_no_error() -> None:
    """Nothing is divided by nothing."""
    assert np.isfinite(relevance(sparse.csr_array(np.eye(3)))).all()


def test_the_share_is_taken_from_the_top() -> None:
    """Of equals, those that come first."""
    assert most_relevant(np.array([1.0, 1.0, 3.0, 0.5, 1.0]), 0.6).tolist() == [0, 1, 2]
