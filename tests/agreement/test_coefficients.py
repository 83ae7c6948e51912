"""The kappas give the values that were published, and say where there is none."""

import pytest

from benang.agreement.coefficients import FORMULAS, tally
from benang.agreement.ratings import Label, Name, Ratings

pytestmark = pytest.mark.fast


def ratings_of(*rows: tuple[Label | None, ...]) -> Ratings:
    """Return units with the labels that coders gave them."""
    return Ratings(tuple(f"coder{at}" for at in range(len(rows[0]))), tuple(f"u{at}" for at in range(len(rows))), rows)


def of_table(*table: list[int]) -> Ratings:
    """Return two coders whose labels occur together as often as a table says."""
    return ratings_of(*((i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)))


def value(ratings: Ratings, name: Name) -> float:
    """Return a coefficient to five decimals, not a number where it is undefined."""
    return round(float(FORMULAS[name](tally(ratings).sums())[0]), 5)


FOUR_CODERS = ratings_of(
    *zip(
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
        strict=True,
    )
)
"""Krippendorff 2004, p. 230, with missing values; the program irrCAC brings the same data."""


@pytest.mark.parametrize(
    ("name", "published"),
    [("percent", 0.81818), ("ac1", 0.77544), ("fleiss", 0.76117), ("conger", 0.76207), ("brennan-prediger", 0.77273)],
)
def test_four_coders_with_gaps_have_the_values_of_irrcac(name: Name, published: float) -> None:
    """Krippendorff 2004, p. 230, computed by irrCAC 0.4.4."""
    assert value(FOUR_CODERS, name) == published
