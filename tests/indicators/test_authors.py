"""Lotka's law is found where it holds, and not told where nothing can be."""

from __future__ import annotations

import math

import pytest
from scipy.special import zeta

from benang.indicators.authors import author_productivity, authors_of, lotka_fit
from benang.indicators.indicator import Columns
from benang.records.corpus import corpus_of
from benang.records.record import Record


@pytest.mark.parametrize("exponent", [1.8, 2.0, 2.5, 3.5])
def test_an_exact_power_law_gives_its_exponent(exponent: float) -> None:
    """Authors with n records fall as n to the power of −exponent: that exponent, and next to no distance."""
    counts = {n: round(1e9 * n**-exponent) for n in range(1, 20_000)}
    fit = lotka_fit(counts)

    assert fit is not None
    assert fit.exponent == pytest.approx(exponent, abs=0.01)
    assert fit.distance < 0.005


def test_the_inverse_square_expects_six_in_ten_authors_with_one_record() -> None:
    """1 / ζ(2) = 6 / π²."""
    fit = lotka_fit({n: round(1e9 / n**2) for n in range(1, 20_000)})

    assert fit is not None
    assert fit.share(1) == pytest.approx(6 / math.pi**2, abs=0.002)


def test_the_likelihood_is_greatest_at_the_exponent() -> None:
    """The mean logarithm equals −ζ′/ζ there (Clauset and others, 2009, section 3)."""
    counts = {1: 60, 2: 15, 3: 7, 4: 3, 5: 2, 9: 1}
    fit = lotka_fit(counts)
    assert fit is not None
    step = 1e-5
    slope = (math.log(zeta(fit.exponent + step, 1)) - math.log(zeta(fit.exponent - step, 1))) / (2 * step)
    mean = sum(authors * math.log(n) for n, authors in counts.items()) / sum(counts.values())

    assert -slope == pytest.approx(mean, abs=1e-5)


@pytest.mark.parametrize("counts", [{}, {1: 500}, {1: 5, 2: 2}])
def test_no_law_is_fitted_to_too_little(counts: dict[int, int]) -> None:
    """No authors, authors with one record each, seven authors."""
    assert lotka_fit(counts) is None


def test_the_counts_open_the_records_of_their_authors() -> None:
    """One author with two records, one with one: no fit, but both can be looked up."""
    records = [Record("a", authors=("Sari, D.", "Budi, T.")), Record("b", authors=("Sari, D.",))]
    counts, fit = author_productivity(authors_of(records), Columns(corpus_of(records)))

    assert {row.item: row.numbers["authors"].of for row in counts.rows} == {"1": ("a",), "2": ("a", "b")}
    assert fit.rows == ()
