"""Intervals come from documents drawn again, or from the published formulas of variance."""

import numpy as np
import pytest
from tests.agreement.published import COHEN_45, FOUR_CODERS, PARADOX, ratings_of

from benang.agreement.coefficients import percent
from benang.agreement.intervals import by_formula, cohen_error, draws, gwet_error, intervals, middle
from benang.agreement.ratings import Ratings, tally

pytestmark = pytest.mark.fast


def test_the_standard_error_of_cohen_1960_page_45() -> None:
    """Computed by statsmodels from Fleiss, Cohen and Everitt's formula."""
    assert round(cohen_error(tally(COHEN_45)), 7) == 0.0510018


def test_the_interval_of_ac1_on_krippendorffs_four_coders_as_irrcac_has_it() -> None:
    """From .46081 to 1, with seven labels missing."""
    found = by_formula(tally(FOUR_CODERS), "ac1", 0.775444068)
    assert not isinstance(found, str)
    assert (round(found[0], 5), found[1]) == (0.46081, 1)


def test_the_interval_of_kappa_is_196_errors_on_both_sides() -> None:
    """0.4915 and 1.96 * 0.0510."""
    found = by_formula(tally(COHEN_45), "cohen", 0.4915254)
    assert found == pytest.approx((0.4915254 - 1.96 * 0.0510018, 0.4915254 + 1.96 * 0.0510018), abs=1e-5)


def test_the_error_of_ac1_without_gaps_is_that_of_a_mean_where_chance_is_fixed() -> None:
    """On the paradox AC1 is sure to two digits, kappa isn't."""
    assert gwet_error(tally(PARADOX)) < 0.03
    assert cohen_error(tally(PARADOX)) < 0.02


def test_draws_have_as_many_documents_as_there_are() -> None:
    """With replacement: on average each once; the same seed, the same draws, whatever fits into memory at once."""
    drawn = np.concatenate(list(draws(20, 500)))
    assert drawn.shape == (500, 20)
    assert (drawn.sum(axis=1) == 20).all()
    assert abs(drawn.mean(axis=0) - 1).max() < 0.2
    assert (drawn == np.concatenate(list(draws(20, 500)))).all()
    assert not (drawn == np.concatenate(list(draws(20, 500, seed=1)))).all()


def of_documents(n: int, size: int) -> Ratings:
    """Return documents whose units all agree, or all differ, by turns."""
    rows = [("a", "a" if document % 2 else "b") for document in range(n) for _ in range(size)]
    return ratings_of(*rows, documents=tuple(str(document) for document in range(n) for _ in range(size)))


def reach(ratings: Ratings) -> float:
    """Return how wide the interval of percent agreement is."""
    counted = tally(ratings)
    found = intervals(
        {"percent": percent},
        counted.sums,
        documents=counted.n_documents,
        compared=counted.n_compared_documents,
        width=counted.width,
        times=1000,
    )["percent"]
    assert not isinstance(found, str)
    return found[1] - found[0]


def test_more_units_in_the_same_documents_make_nothing_surer() -> None:
    """Where a document agrees or differs as a whole, forty documents of five units say what forty of one unit say."""
    assert reach(of_documents(40, 5)) == pytest.approx(reach(of_documents(40, 1)))
    alone = ratings_of(*of_documents(40, 5).rows)
    assert reach(alone) < 0.6 * reach(of_documents(40, 5))


def test_the_interval_of_a_share_is_about_that_of_the_binomial() -> None:
    """Half of 400 units agree: 0.5 and 1.96 * sqrt(0.25 / 400) on both sides."""
    assert reach(of_documents(400, 1)) == pytest.approx(2 * 1.96 * 0.025, rel=0.08)


def test_few_documents_have_no_interval() -> None:
    """Five can be drawn in 126 ways."""
    counted = tally(of_documents(5, 9))
    found = intervals({"percent": percent}, counted.sums, documents=5, compared=5, width=counted.width, times=10)
    assert "5 are too few" in str(found["percent"])
    few = by_formula(tally(ratings_of(("a", "b"), ("a", "a"))), "cohen", 0.0)
    assert "2 units are too few" in str(few)


def test_only_kappa_and_ac1_have_a_formula() -> None:
    """For others the reason says why there is none."""
    assert "one document" in str(by_formula(tally(COHEN_45), "alpha", 0.5))


def test_what_is_undefined_too_often_or_never_varies_has_no_interval() -> None:
    """A rare label is missing in many draws; where everybody agrees, draws say nothing of what may still differ."""
    values = np.linspace(0, 1, 100)
    values[:6] = np.nan
    assert "6%" in str(middle(values))
    assert "the same" in str(middle(np.ones(100)))
    values[:6] = 0
    assert not isinstance(middle(values), str)
