"""Alpha gives the values that Krippendorff published, at each level of measurement and with gaps."""

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.agreement.published import BINARY, FIVE_CODERS, FOUR_CODERS, NOMINAL, PAIR_A, by_coder, ratings_of

from benang.agreement.alpha import Measure, alpha, masi, unfit
from benang.agreement.ratings import Label, Ratings, tally

pytestmark = pytest.mark.fast


def value(ratings: Ratings, measure: Measure = "nominal") -> float:
    """Return alpha, not a number where it is undefined."""
    counted = tally(ratings)
    return float(alpha(counted, counted.sums(), measure)[0])


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.74342), ("ordinal", 0.81539), ("interval", 0.84911), ("ratio", 0.79740)]
)
def test_krippendorff_2011_example_c_at_four_levels(level: Measure, published: float) -> None:
    """Four coders, twelve units, seven labels missing (2004, p. 230)."""
    assert round(value(FOUR_CODERS, level), 5) == published


def test_krippendorff_2011_example_a() -> None:
    """Two coders, ten units, two labels (2004, p. 224)."""
    assert round(value(BINARY), 7) == 0.0952381


def test_krippendorff_2011_example_b() -> None:
    """Two coders, twelve units, five labels."""
    assert round(value(NOMINAL), 7) == 0.6919643


def test_hayes_and_krippendorff_2007_page_84() -> None:
    """Five coders, forty units, ordered labels."""
    assert round(value(FIVE_CODERS, "ordinal"), 4) == 0.7598


def test_krippendorff_1995_page_57_place_by_place() -> None:
    """Twenty-four places of two continua as if they were units."""
    assert round(value(PAIR_A), 3) == 0.329


def test_years_have_the_alpha_of_their_distances() -> None:
    """2001 to 2005 are as far apart as 1 to 5, to all digits."""
    years = ratings_of(*(tuple(None if one is None else 2000 + int(one) for one in row) for row in FOUR_CODERS.rows))
    assert value(years, "interval") == pytest.approx(value(FOUR_CODERS, "interval"), abs=1e-12)


def test_a_unit_that_one_coder_alone_labelled_counts_for_nothing() -> None:
    """The twelfth unit of example C has one label."""
    without = ratings_of(*FOUR_CODERS.rows[:11])
    assert value(FOUR_CODERS) == value(without)


def test_ordered_labels_are_apart_by_what_lies_between() -> None:
    """By hand: labels a, b, c with n = 3, 2, 1; mean ranks 1.5, 4, 5.5; pairs aa, ab, bc.

    Coincidences (unordered) a-b 1, b-c 1; D_o = 2.5² + 1.5² = 8.5. D_e = 6 * 2.5² + 3 * 4² + 2 * 1.5² = 90.
    """
    ordered = Ratings(("1", "2"), ("u", "v", "w"), (("a", "a"), ("a", "b"), ("b", "c")), "ordinal", ("a", "b", "c"))
    assert value(ordered, "ordinal") == pytest.approx(1 - 5 * 8.5 / 90)


def test_masi_of_sets() -> None:
    """Passonneau 2006: by Jaccard's share, and whether one set contains the other."""
    assert masi("a;b", "a;b") == 0
    assert masi("", "") == 0
    assert masi("a", "a;b") == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert masi("a;b", "b;c") == pytest.approx(1 - 1 / 3 * 1 / 3)
    assert masi("a", "b") == masi("", "a") == 1


def test_alpha_of_sets_counts_what_they_share() -> None:
    """By hand: units {a, b} / {a}, {c} / {c}; d = 2/3 once. n = 4; D_e: ab-a 2/3, ab-c 2 * 1, a-c 2 * 1."""
    sets = ratings_of(("a;b", "a"), ("c", "c"))
    assert value(sets, "masi") == pytest.approx(1 - 3 * (2 / 3) / (2 / 3 + 2 + 2))
    assert value(sets, "masi") > value(sets)


def test_labels_that_are_the_same_throughout_have_no_alpha() -> None:
    """0/0, at each level."""
    for level in ("nominal", "ordinal", "interval", "ratio", "masi"):
        assert math.isnan(value(by_coder("1111", "1111"), level))


def test_what_is_no_number_is_named() -> None:
    """Words have no distance, and numbers below 0 no ratio."""
    assert "'a'" in unfit(tally(by_coder("a1", "11")), "interval")
    assert unfit(tally(by_coder("a1", "11")), "ordinal") == ""
    below = tally(ratings_of((-2, 1), (1, 1)))
    assert "-2" in unfit(below, "ratio")
    assert unfit(below, "interval") == ""


def test_many_different_numbers_are_compared_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the size of a portion."""
    chance = random.Random(4)  # noqa: S311 - no secret
    numbers = ratings_of(*((chance.random(), chance.random()) for _ in range(300)))
    whole = value(numbers, "ratio")
    monkeypatch.setattr("benang.agreement.alpha._ROWS", 7)
    assert value(numbers, "ratio") == pytest.approx(whole)


def test_draws_are_computed_as_their_documents_would_be() -> None:
    """Each level: two copies of one half, and one of each."""
    half = FIVE_CODERS.rows[:20], FIVE_CODERS.rows[20:]
    ratings = ratings_of(*FIVE_CODERS.rows, documents=("d1",) * 20 + ("d2",) * 20)
    counted = tally(ratings)
    sums = counted.sums(np.array([[2.0, 0.0], [0.0, 2.0], [1.0, 1.0]]))
    for level in ("nominal", "ordinal", "interval", "ratio", "masi"):
        drawn = alpha(counted, sums, level)
        alone = [value(ratings_of(*rows), level) for rows in (half[0] * 2, half[1] * 2, half[0] + half[1])]
        assert drawn == pytest.approx(alone)


LABELS = st.sampled_from([1, 2, 3, 5, None])
ROWS = st.integers(2, 4).flatmap(lambda n: st.lists(st.tuples(*[LABELS] * n), min_size=1, max_size=8))
LEVELS: list[Measure] = ["nominal", "ordinal", "interval", "ratio"]


def by_pairs(ratings: Ratings, level: Measure) -> float:
    """Return alpha as the definition has it, pair by pair: an independent way."""
    units = [[float(one) for one in row if one is not None] for row in ratings.rows]
    units = [one for one in units if len(one) > 1]
    every = sorted(one for unit in units for one in unit)

    def apart(c: float, k: float) -> float:
        if level == "nominal":
            return float(c != k)
        if level == "interval":
            return (c - k) ** 2
        if level == "ratio":
            return ((c - k) / (c + k)) ** 2
        low, high = min(c, k), max(c, k)
        between = sum(low <= one <= high for one in every)
        return 0.0 if c == k else (between - (every.count(c) + every.count(k)) / 2) ** 2

    observed = sum(apart(c, k) / (len(one) - 1) for one in units for c in one for k in one) / len(every)
    expected = sum(apart(c, k) for c in every for k in every) / (len(every) * (len(every) - 1))
    return 1 - observed / expected if expected else math.nan


@given(ROWS, st.randoms(use_true_random=False))
def test_alpha_is_its_definition_whatever_the_order(
    rows: list[tuple[Label | None, ...]], chance: random.Random
) -> None:
    """Pair by pair, with units and coders in another order; at most 1."""
    if not any(sum(one is not None for one in row) > 1 for row in rows):
        return
    order = chance.sample(range(len(rows[0])), len(rows[0]))
    shuffled = ratings_of(*(tuple(row[at] for at in order) for row in chance.sample(rows, len(rows))))
    for level in LEVELS:
        found = value(ratings_of(*rows), level)
        assert found == pytest.approx(by_pairs(shuffled, level), nan_ok=True, abs=1e-9)
        assert value(shuffled, level) == pytest.approx(found, nan_ok=True)
        assert math.isnan(found) or found <= 1 + 1e-12


def test_coders_who_label_at_random_have_alpha_near_zero() -> None:
    """At each level, whatever the shares of labels."""
    chance = random.Random(3)  # noqa: S311 - no secret
    rows = [tuple(chance.choices((1, 2, 3, 5), (6, 2, 1, 1), k=3)) for _ in range(20_000)]
    for level in LEVELS:
        assert abs(value(ratings_of(*rows), level)) < 0.02, level
