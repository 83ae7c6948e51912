"""What a reader may conclude from a coefficient."""

from __future__ import annotations

import pytest

from benang.agreement.comparison import Agreement, Comparison, conclusion, paradox
from benang.agreement.ratings import Coefficient, Ratings

pytestmark = pytest.mark.fast

RENT = Comparison("code", "rent", "Rent", Ratings(("ani", "budi"), ("c1", "c2"), (("yes", "yes"), ("yes", "no"))))


@pytest.mark.parametrize(
    ("alpha", "low", "words"),
    [
        (0.85, 0.81, "reliable enough"),
        (0.85, None, "no interval that says how sure this is"),
        (0.85, 0.6, "more units are needed"),
        (0.7, 0.6, "tentative conclusions only"),
        (0.5, 0.1, "too little agreement"),
        (None, None, "nothing can be concluded"),
    ],
)
def test_alpha_and_the_lower_end_of_its_interval_decide(alpha: float | None, low: float | None, words: str) -> None:
    """Krippendorff's limits are .800 and .667."""
    assert words in conclusion(Agreement(RENT, (Coefficient("alpha", alpha, 2, low=low),)))


def test_a_low_kappa_of_coders_who_disagree_is_no_paradox() -> None:
    """Percent agreement is low as well."""
    of = (Coefficient("percent", 0.6, 10), Coefficient("cohen", 0.09, 10), Coefficient("ac1", 0.31, 10))
    assert paradox(Agreement(RENT, of)) is None
