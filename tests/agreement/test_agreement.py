"""The coefficients of a comparison, never without a value or a reason; alpha as Krippendorff published it."""

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.agreement.published import (
    BINARY,
    COHEN_37,
    COHEN_45,
    FIVE_CODERS,
    FOUR_CODERS,
    NOMINAL,
    PAIR_A,
    PARADOX,
    by_coder,
    ratings_of,
)

from benang.agreement import Measure, TwoCoders, alpha, coefficients_of, masi, two_coders, unfit, with_rest
from benang.agreement.comparison import Agreement, Comparison, Kind
from benang.agreement.ratings import Coefficient, Continuum, Label, Level, Name, Ratings, Span, tally

pytestmark = pytest.mark.fast


def compared(ratings: Ratings, kind: Kind = "variable", continua: tuple[Continuum, ...] = ()) -> Comparison:
    """Return a comparison of labels."""
    return Comparison(kind, "x", "X", ratings, continua=continua)


def by_name(agreement: Agreement) -> dict[Name, Coefficient]:
    """Return coefficients by their names."""
    return {one.name: one for one in agreement.coefficients}


def spans(*ends: int) -> tuple[Span, ...]:
    """Return passages of five characters that end there."""
    return tuple(Span(end - 5, end, "x") for end in ends)


UNITIZING = ["u-alpha", "u-alpha-binary", "cu-alpha", "span-f1", "span-jaccard"]
TEXTS = tuple(
    Continuum(f"d{at}", 100, {"coder0": spans(20, 30 + at), "coder1": spans(20, 30 + 2 * at)}) for at in range(8)
)


def test_two_coders_have_cohens_kappa_and_more_have_congers() -> None:
    """In the order in which tables print them."""
    assert [*by_name(coefficients_of(compared(COHEN_45)))] == ["percent", "cohen", "ac1", "alpha"]
    assert [*by_name(coefficients_of(compared(FOUR_CODERS)))] == ["percent", "conger", "ac1", "alpha"]


def test_codes_have_u_alpha_too() -> None:
    """Its units are characters."""
    found = by_name(coefficients_of(compared(COHEN_45, "code", TEXTS)))
    assert [*found] == ["percent", "cohen", "ac1", "alpha", "u-alpha"]
    assert found["u-alpha"].n == 800
    assert found["u-alpha"].low is not None


@pytest.mark.parametrize(
    ("comparison", "more"),
    [
        (compared(COHEN_45), ["scott", "brennan-prediger"]),
        (compared(FOUR_CODERS), ["fleiss", "brennan-prediger"]),
        (compared(COHEN_45, "code", TEXTS), ["scott", "brennan-prediger", "u-alpha", "span-f1", "span-jaccard"]),
        (
            compared(Ratings(COHEN_45.coders, COHEN_45.units, COHEN_45.rows, "ordinal")),
            ["ac2", "cohen-linear", "cohen-quadratic", "scott", "brennan-prediger"],
        ),
        (
            compared(NOMINAL, "group", (Continuum("d", 9, {"a": (Span(0, 2, "x"),), "b": (Span(4, 6, "y"),)}),)),
            [
                "alpha-masi",
                "scott",
                "brennan-prediger",
                "u-alpha",
                "u-alpha-binary",
                "cu-alpha",
                "span-f1",
                "span-jaccard",
            ],
        ),
    ],
)
def test_every_coefficient_that_suits(comparison: Comparison, more: list[str]) -> None:
    """By the number of coders, the level of the labels, and whether there are passages of several codes."""
    assert [one.name for one in coefficients_of(comparison, every=True).coefficients][4:] == more


def test_alpha_has_the_level_of_the_labels() -> None:
    """Krippendorff 2011, example C, as categories and as an interval."""
    interval = Ratings(FOUR_CODERS.coders, FOUR_CODERS.units, FOUR_CODERS.rows, "interval")
    for ratings, published in ((FOUR_CODERS, 0.7434), (interval, 0.8491)):
        alpha = by_name(coefficients_of(compared(ratings)))["alpha"]
        assert alpha.value is not None
        assert (round(alpha.value, 4), alpha.n) == (published, 11)


@pytest.mark.parametrize(("level", "by_hand"), [("ordinal", 41 / 73), ("interval", 25 / 41), ("ratio", 223 / 383)])
def test_ac2_weighs_near_misses_by_the_level_of_the_labels(level: Level, by_hand: float) -> None:
    """Units 11, 12, 24, 44: the pooled shares are 3/8, 2/8 and 3/8, whose sum of p (1 - p) is 21/32.

    The weights of 12 and 24 are 2/3 and 2/3 by ranks, 1 - 1/9 and 1 - 4/9 by squares, twice 1 - 1/9 : 9/25 by ratios,
    and 1 and 4 agree in nothing. T is 3 and twice these weights, p_e is T/6 * 21/32, and p_a the mean weight of a unit.
    """
    ratings = ratings_of((1, 1), (1, 2), (2, 4), (4, 4), level=level)
    assert by_name(coefficients_of(compared(ratings), every=True))["ac2"].value == pytest.approx(by_hand)


def test_the_interval_holds_the_value_and_is_the_same_each_time() -> None:
    """Seed 0."""
    one, again = (coefficients_of(compared(COHEN_45, "code", TEXTS), every=True) for _ in range(2))
    assert one == again
    for coefficient in one.coefficients:
        assert coefficient.value is not None
        assert coefficient.low is not None, coefficient.name
        assert coefficient.high is not None
        assert coefficient.low <= coefficient.value <= coefficient.high <= 1


def test_without_draws_there_are_no_intervals() -> None:
    """And no reason, since nobody asked for them."""
    for one in coefficients_of(compared(COHEN_45), bootstrap=0).coefficients:
        assert (one.low, one.high, one.no_interval) == (None, None, "")


def test_units_of_one_document_have_the_interval_of_a_formula() -> None:
    """Kappa and AC1 have one; for the others the reason is given."""
    ratings = ratings_of(*COHEN_45.rows, documents=("d",) * 200)
    found = by_name(coefficients_of(compared(ratings)))
    assert found["cohen"].low == pytest.approx(0.3916, abs=1e-4)
    assert found["ac1"].low is not None
    assert "one document" in found["alpha"].no_interval


def test_documents_of_units_that_nobody_compared_do_not_count() -> None:
    """Nine documents, in eight of which one coder alone has looked."""
    rows: list[tuple[Label | None, ...]] = [("a", "b"), ("b", "b"), ("a", "a"), *[("a", None)] * 8]
    ratings = ratings_of(*rows, documents=("d", "d", "d", *map(str, range(8))))
    assert "3 units are too few" in by_name(coefficients_of(compared(ratings)))["cohen"].no_interval


def test_one_coder_agrees_with_nobody() -> None:
    """Every coefficient is undefined, each with the reason, passages too."""
    alone = Ratings(("ani",), ("c1", "c2"), (("yes",), ("no",)))
    found = coefficients_of(compared(alone, "code", (Continuum("d", 9, {"ani": ()}),)), every=True)
    assert all(one.value is None and one.undefined for one in found.coefficients)
    assert "ani" in found.coefficients[0].undefined


def test_words_have_no_interval_alpha() -> None:
    """The reason names the word; coefficients that count equal labels are defined."""
    ratings = ratings_of((2001, "later"), (2001, 2001), level="interval")
    found = by_name(coefficients_of(compared(ratings), every=True))
    assert "'later'" in found["alpha"].undefined
    assert "'later'" in found["ac2"].undefined
    assert found["percent"].value == 0.5


ANY_LABELS = st.sampled_from(["a", "b", "", "a;b", None])
ANY_ROWS = st.integers(1, 4).flatmap(lambda n: st.lists(st.tuples(*[ANY_LABELS] * n), min_size=1, max_size=9))
CODES = st.sampled_from("ab")
PASSAGES = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 9), st.sampled_from("ab")).map(
        lambda of: Span(of[0], of[0] + of[1], of[2])
    ),
    max_size=3,
).map(tuple)
TEXT = st.builds(
    Continuum, st.just("d"), st.integers(0, 30), st.dictionaries(st.sampled_from(["1", "2", "3"]), PASSAGES)
)


@given(ANY_ROWS, st.lists(TEXT, max_size=8), st.sampled_from(["nominal", "ordinal"]))
def test_each_coefficient_has_a_value_or_a_reason(
    rows: list[tuple[Label | None, ...]], texts: list[Continuum], level: Level
) -> None:
    """Never both, never neither, never NaN; and at most 1."""
    ratings = ratings_of(*rows, level=level)
    for one in coefficients_of(compared(ratings, "group", tuple(texts)), every=True, bootstrap=20).coefficients:
        assert (one.value is None) == bool(one.undefined), one
        assert one.value is None or (not math.isnan(one.value) and one.value <= 1 + 1e-12)
        assert (one.low is None) == (one.high is None)
        assert one.value is None or (one.low is None) == bool(one.no_interval), one


def test_two_coders_of_published_tables() -> None:
    """Cohen's two examples and the first paradox, as screening shows them."""
    for ratings, observed, kappa in ((COHEN_45, 0.7, 0.4915), (COHEN_37, 0.29, -0.0923), (PARADOX, 0.944, -0.0234)):
        found = two_coders((str(one), str(other)) for one, other in ratings.rows)
        assert found.kappa is not None
        assert (found.observed, round(found.kappa, 4)) == (observed, kappa)


def test_two_coders_with_nothing_in_common_or_nothing_to_tell_apart() -> None:
    """No unit, no share; one label, no kappa."""
    nothing = two_coders([])
    assert (nothing.n, nothing.observed, nothing.kappa, nothing.labels) == (0, None, None, ())
    assert "nothing in common" in nothing.undefined
    same = two_coders([("out", "out")] * 4)
    assert (same.observed, same.kappa) == (1, None)
    assert "'out'" in same.undefined
    assert two_coders([("out", "out")] * 3 + [("out", "in")]) == TwoCoders(("in", "out"), 4, 3, 0.0)


def test_each_code_of_krippendorffs_figure_is_told_from_the_others_as_published() -> None:
    """Krippendorff 2019, figure 12.11: (k)u-alpha is 1 for the codes 1, 5 and 6 and 0 for 2, 3 and 4."""
    spans = {
        "alex": ((0, 7, "1"), (7, 13, "2"), (30, 32, "5"), (32, 37, "6"), (37, 44, "6"), (44, 60, "7")),
        "paul": ((0, 7, "1"), (7, 13, "3"), (13, 21, "5"), (32, 44, "6")),
        "suzan": ((0, 7, "1"), (7, 13, "4"), (13, 21, "5"), (32, 37, "6"), (37, 41, "6"), (41, 44, "6")),
    }
    continuum = Continuum("d", 60, {who: tuple(Span(*one) for one in of) for who, of in spans.items()})
    ratings = Ratings(tuple(spans), ("c1",), (("yes", "yes", "yes"),))
    group = Comparison("group", "reasons", "Reasons", ratings, "reasons", (continuum,))
    codes = [Comparison("code", one, one, ratings, "reasons") for one in "123456"]
    of = with_rest([Agreement(one, ()) for one in (group, *codes)])
    values = {one.comparison.id: by_name(one)["ku-alpha"].value for one in of[1:]}
    assert values == pytest.approx({"1": 1, "2": 0, "3": 0, "4": 0, "5": 1, "6": 1})
    coverage = {one.comparison.id: by_name(one)["ku-coverage"].value for one in of[1:]}
    assert coverage["5"] == pytest.approx(8 / 18)


def test_what_kappa_could_be_at_most_is_that_of_cohens_example() -> None:
    """Cohen 1960, p. 45: .831."""
    (agreement,) = with_rest([coefficients_of(compared(COHEN_45))])
    of = by_name(agreement)
    assert of["kappa-max"].value == pytest.approx(0.8305085)
    assert "prevalence" not in of


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
    monkeypatch.setattr("benang.agreement._ROWS", 7)
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
