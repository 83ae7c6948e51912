"""Exact tails, corrected probabilities, and changes that small counts can't inflate."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.network.chance import at_least, expected_together, false_discovery, shrunk_log_odds, two_sided


@given(st.integers(1, 8).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(0, n))))
def test_the_tail_is_the_share_of_all_ways_to_deal_records(drawn: tuple[int, int, int]) -> None:
    """The probability is what counting every way to choose the records gives, for all counts."""
    n, one, other = drawn
    ways = [len(set(chosen) & set(range(other))) for chosen in combinations(range(n), one)]
    for together in range(min(one, other) + 1):
        counted = sum(way >= together for way in ways) / comb(n, one)
        found = at_least(np.array([float(together)]), n, np.array([float(one)]), np.array([float(other)]))
        assert found[0] == pytest.approx(counted, abs=1e-12)


def test_fishers_tea_is_exact() -> None:
    """Four of eight cups told right by chance: one way in seventy (Fisher, 1935)."""
    four = np.array([4.0])
    assert at_least(four, 8, four, four)[0] == pytest.approx(1 / 70)
    assert two_sided(four, 8, four, four)[0] == pytest.approx(2 / 70)


def test_what_chance_expects_is_the_product_of_the_shares() -> None:
    """Half of ten records and a fifth of them meet in one."""
    assert expected_together(10, np.array([5.0]), np.array([2.0])).tolist() == [1.0]


def test_the_correction_is_that_of_benjamini_and_hochberg() -> None:
    """The first of their published example: with 15 tests the four smallest are believed at 0.05."""
    p = np.array(
        [
            0.0001,
            0.0004,
            0.0019,
            0.0095,
            0.0201,
            0.0278,
            0.0298,
            0.0344,
            0.0459,
            0.324,
            0.4262,
            0.5719,
            0.6528,
            0.759,
            1,
        ]
    )
    assert (false_discovery(p) <= 0.05).sum() == 4
    assert false_discovery(p[::-1]).tolist() == false_discovery(p)[::-1].tolist()


def test_equal_shares_have_not_changed() -> None:
    """A tenth of both groups is no change, whatever their sizes."""
    change, z = shrunk_log_odds(np.array([[10.0, 20.0]]), (100, 200))
    assert change[0] == pytest.approx(0)
    assert z[0] == pytest.approx(0)


def test_the_same_shares_count_for_more_in_larger_groups() -> None:
    """One of two against none of two says less than fifty of a hundred against none."""
    _, few = shrunk_log_odds(np.array([[0.0, 1.0]]), (2, 2))
    _, many = shrunk_log_odds(np.array([[0.0, 50.0]]), (100, 100))
    assert 0 < few[0] < 1 < many[0]


def test_what_all_or_none_have_has_not_changed() -> None:
    """What every record has, or none, gives 0 and no infinity."""
    change, z = shrunk_log_odds(np.array([[3.0, 5.0], [0.0, 0.0]]), (3, 5))
    assert change.tolist() == [0, 0]
    assert z.tolist() == [0, 0]


def test_turning_the_groups_turns_the_sign() -> None:
    """The measure treats both groups alike."""
    counts = np.array([[1.0, 7.0], [4.0, 2.0]])
    _, z = shrunk_log_odds(counts, (10, 20))
    _, turned = shrunk_log_odds(counts[:, ::-1], (20, 10))
    assert np.allclose(z, -turned)
