"""The coefficients of a comparison: which there are, in which order, and never without a value or a reason."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.agreement.published import COHEN_37, COHEN_45, FOUR_CODERS, NOMINAL, PARADOX, ratings_of

from benang.agreement.comparison import Agreement, Comparison, Kind
from benang.agreement.measuring import TwoCoders, coefficients_of, two_coders, with_rest
from benang.agreement.ratings import Coefficient, Continuum, Label, Level, Name, Ratings, Span

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


LABELS = st.sampled_from(["a", "b", "", "a;b", None])
ROWS = st.integers(1, 4).flatmap(lambda n: st.lists(st.tuples(*[LABELS] * n), min_size=1, max_size=9))
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


@given(ROWS, st.lists(TEXT, max_size=8), st.sampled_from(["nominal", "ordinal"]))
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
