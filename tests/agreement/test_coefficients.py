"""Kappas and their intervals are those that were published; intervals come from documents drawn again."""

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
    FLEISS,
    FOUR_CODERS,
    PAIR_A,
    PARADOX,
    by_coder,
    of_table,
    ratings_of,
    value,
)

from benang.agreement.coefficients import (
    FOR_TWO,
    FORMULAS,
    by_formula,
    by_ranks,
    by_ratios,
    cohen_error,
    draws,
    gwet,
    gwet_error,
    intervals,
    kappa_max,
    linear,
    middle,
    percent,
    prevalence_and_bias,
    quadratic,
    why_not,
    without,
)
from benang.agreement.ratings import Label, Name, Ratings, tally

pytestmark = pytest.mark.fast


@pytest.mark.parametrize(
    ("name", "published"),
    [("percent", 0.81818), ("ac1", 0.77544), ("fleiss", 0.76117), ("conger", 0.76207), ("brennan-prediger", 0.77273)],
)
def test_krippendorff_2004_page_230_with_gaps_as_irrcac_has_it(name: Name, published: float) -> None:
    """Four coders, twelve units, seven labels missing; one unit has one label, which counts for chance alone."""
    assert round(value(FOUR_CODERS, name), 5) == published


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("percent", 0.7),
        ("cohen", 0.4915254),
        ("cohen-linear", 0.4736842),
        ("cohen-quadratic", 0.4545455),
        ("ac1", 0.5759717),
    ],
)
def test_cohen_1960_page_45(name: Name, published: float) -> None:
    """Two hundred units, three labels; weights and AC1 by statsmodels."""
    assert round(value(COHEN_45, name), 7) == published


def test_the_most_that_kappa_can_be_in_cohen_1960_page_45() -> None:
    """With the coders' own shares, 0.83."""
    most = kappa_max(tally(COHEN_45))
    assert most is not None
    assert round(most, 7) == 0.8305085


@pytest.mark.parametrize(("name", "published"), [("percent", 0.29), ("cohen", -0.0923077), ("ac1", -0.0479705)])
def test_cohen_1960_page_37(name: Name, published: float) -> None:
    """Less than chance would give."""
    assert round(value(COHEN_37, name), 7) == published


@pytest.mark.parametrize(("name", "published"), [("percent", 0.9), ("ac1", 0.8657718), ("scott", 0.6078431)])
def test_a_small_example_of_gwet_2008(name: Name, published: float) -> None:
    """Ten units: eight alike, one differs, one alike in the other label."""
    assert round(value(of_table([8, 1], [0, 1]), name), 7) == published


@pytest.mark.parametrize(("name", "published"), [("percent", 0.944), ("cohen", -0.0234), ("ac1", 0.9408)])
def test_the_first_paradox_of_feinstein_and_cicchetti(name: Name, published: float) -> None:
    """Kappa is low only because a label is rare."""
    assert round(value(PARADOX, name), 4) == published


def test_prevalence_and_bias_explain_the_paradox() -> None:
    """118 units are both in and none both out; one coder says *in* to 123, the other to 120."""
    assert prevalence_and_bias(tally(PARADOX)) == (118 / 125, 3 / 125)


def test_fleiss_with_fourteen_raters() -> None:
    """Computed by statsmodels."""
    rows = [tuple(label for label, n in enumerate(counts) for _ in range(n)) for counts in FLEISS.values()]
    assert round(value(ratings_of(*rows), "fleiss"), 7) == 0.2099307


@pytest.mark.parametrize(("name", "published"), [("cohen", 0.385), ("scott", 0.314)])
def test_krippendorff_1995_page_57_place_by_place(name: Name, published: float) -> None:
    """Twenty-four places of two continua as if they were units: kappa and pi, which alpha_U is not."""
    assert round(value(PAIR_A, name), 3) == published


def test_krippendorffs_binary_example_by_hand() -> None:
    """Of ten, 5 + 1 agree; chance is 8 * 6 + 2 * 4 = 56 of 100, so kappa is (60 - 56) / (100 - 56)."""
    assert value(BINARY, "percent") == 0.6
    assert value(BINARY, "cohen") == 4 / 44


def test_conger_is_cohen_for_two_and_scott_is_fleiss() -> None:
    """Two coders without gaps: the forms for many give the same."""
    assert value(COHEN_45, "conger") == pytest.approx(value(COHEN_45, "cohen"))
    assert value(COHEN_45, "scott") == value(COHEN_45, "fleiss")


def test_cohen_is_for_two_coders_alone() -> None:
    """Its mean over pairs is another coefficient; the reason names Conger's, and Fleiss' beside Scott's."""
    counted = tally(FOUR_CODERS)
    assert "4" in why_not(counted, "cohen")
    assert "Conger" in why_not(counted, "cohen")
    assert "Fleiss" in why_not(counted, "scott")


def test_kappa_is_zero_where_one_coder_always_says_the_same() -> None:
    """Who tells nothing apart agrees as often as chance would."""
    assert value(by_coder("ooo" + "o", "ooo" + "i"), "cohen") == 0


def test_kappa_is_minus_one_where_two_never_agree() -> None:
    """Half of each label and no unit alike: chance would give one half."""
    assert value(by_coder("io", "oi"), "cohen") == -1


@pytest.mark.parametrize(
    ("ratings", "reason"),
    [
        (Ratings((), (), ()), "nobody has looked"),
        (Ratings(("ani", "budi"), ("c1",), ((None, None),)), "nobody has looked"),
        (Ratings(("ani", "budi"), ("c1",), (("yes", None),)), "only ani"),
        (by_coder("i.", ".o"), "nothing in common"),
    ],
)
def test_without_two_labels_of_one_unit_there_is_a_reason(ratings: Ratings, reason: str) -> None:
    """No coder, one coder, no common unit."""
    assert reason in without(ratings, tally(ratings))


@pytest.mark.parametrize(
    ("ratings", "reason"),
    [
        (by_coder("ooo", "ooo"), "both always say 'o'"),
        (by_coder("ooo", "ooo", "ooo"), "all always say 'o'"),
        (ratings_of(("", ""), ("", "")), "nobody marked anything"),
    ],
)
def test_where_all_labels_are_the_same_only_percent_is_defined(ratings: Ratings, reason: str) -> None:
    """One label alone: chance agrees as much, so that kappas are 0/0, whatever some programs print."""
    counted = tally(ratings)
    assert without(ratings, counted) == ""
    assert value(ratings, "percent") == 1
    for name in FORMULAS:
        if name != "percent" and not (name in FOR_TWO and len(ratings.coders) > 2):
            assert math.isnan(value(ratings, name)), name
            assert reason in why_not(counted, name)


def test_a_coder_who_shares_no_unit_is_left_out() -> None:
    """Two remain, so that it is Cohen's kappa."""
    counted = tally(by_coder("iioo..", "ioio..", "....io"))
    assert (counted.coders, counted.n) == (("coder0", "coder1"), 4)


def test_a_label_that_nobody_gave_changes_nothing() -> None:
    """A codebook may have five levels of which three occur."""
    five = Ratings(COHEN_45.coders, COHEN_45.units, COHEN_45.rows, categories=(0, 1, 2, 3, 4))
    assert {name: value(five, name) for name in FORMULAS} == {name: value(COHEN_45, name) for name in FORMULAS}


def test_a_label_beside_the_categories_counts() -> None:
    """*Not reported* is no level, and is said all the same."""
    labels = Ratings(("ani", "budi"), ("c1", "c2"), (("low", "high"), ("-", "-")), categories=("low", "high"))
    assert tally(labels).labels == ("low", "high", "-")
    assert value(labels, "percent") == 0.5


def test_weights_of_ordered_labels() -> None:
    """Of four places, neighbours: linear 2/3, quadratic 8/9, by ranks 5/6 (1 of the 6 pairs of places)."""
    places = np.arange(4)
    one, other = np.array([0]), np.array([1])
    assert linear(places)(one, other)[0] == pytest.approx(2 / 3)
    assert quadratic(places)(one, other)[0] == pytest.approx(8 / 9)
    assert by_ranks(places)(one, other)[0] == pytest.approx(5 / 6)
    # Ratios: (1 / 3)² by the most, (3 / 5)² of 1 and 4.
    assert by_ratios(np.array([1.0, 2.0, 3.0, 4.0]))(one, other)[0] == pytest.approx(1 - (1 / 9) / (9 / 25))


def test_ac2_of_two_places_is_ac1() -> None:
    """With two labels there is nothing to weigh."""
    counted = tally(PARADOX)
    assert gwet(counted.sums(), linear(counted.places))[0] == pytest.approx(value(PARADOX, "ac1"))


def test_a_draw_without_one_of_the_coders_has_congers_kappa_of_the_others() -> None:
    """By hand, of aa, ab, bb: two of three agree; chance is 2/3 * 1/3 + 1/3 * 2/3, so (6/9 - 4/9) / (5/9)."""
    rows: list[tuple[Label | None, ...]] = [("a", "a", None), ("a", "b", None), ("b", "b", None), ("a", "a", "b")]
    counted = tally(ratings_of(*rows, documents=("d1",) * 3 + ("d2",)))
    assert FORMULAS["conger"](counted.sums(np.array([[2.0, 0.0]])))[0] == pytest.approx(2 / 5)


def test_sums_of_draws_are_those_of_the_documents_drawn() -> None:
    """Twice the first document and none of the second is the first with itself; large tables lack their zeros."""
    documents = ("d1",) * 5 + ("d2",) * 5
    ratings = ratings_of(*BINARY.rows, documents=documents)
    drawn = FORMULAS["cohen"](tally(ratings).sums(np.array([[2.0, 0.0], [0.0, 2.0]])))
    assert drawn[0] == pytest.approx(value(ratings_of(*BINARY.rows[:5] * 2), "cohen"))
    assert drawn[1] == pytest.approx(value(ratings_of(*BINARY.rows[5:] * 2), "cohen"), nan_ok=True)


def test_tables_without_their_zeros_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many documents and many labels are kept sparse."""
    dense = {name: value(FOUR_CODERS, name) for name in FORMULAS}
    monkeypatch.setattr("benang.agreement.ratings._DENSE", 0)
    assert {name: value(FOUR_CODERS, name) for name in FORMULAS} == pytest.approx(dense)


def test_coders_who_label_at_random_agree_as_chance_does() -> None:
    """All kappas of 20,000 units are near 0, with labels as likely as any and with a rare one."""
    chance = random.Random(2)  # noqa: S311 - no secret
    even = ratings_of(*((chance.choice("ab"), chance.choice("ab"), chance.choice("ab")) for _ in range(20_000)))
    rare = ratings_of(*(tuple(chance.choices("ab", (9, 1), k=3)) for _ in range(20_000)))
    of_many: tuple[Name, ...] = ("fleiss", "conger", "ac1", "brennan-prediger")
    assert max(abs(value(even, name)) for name in of_many) < 0.02
    assert max(abs(value(rare, name)) for name in of_many[:2]) < 0.02


LABELS = st.sampled_from(["a", "b", "c", None])
ROWS = st.integers(2, 4).flatmap(lambda n: st.lists(st.tuples(*[LABELS] * n), min_size=1, max_size=8))


def names_for(ratings: Ratings) -> list[Name]:
    """Return the coefficients that suit the number of coders."""
    n = len(tally(ratings).coders)
    return [name for name in FORMULAS if name not in FOR_TWO or n == 2]


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_units_and_coders_and_the_names_of_labels_change_nothing(
    rows: list[tuple[Label | None, ...]], chance: random.Random
) -> None:
    """Weighted ones need the order of labels, so that they are not renamed for them. None is above 1."""
    order = chance.sample(range(len(rows[0])), len(rows[0]))
    names: dict[Label | None, Label | None] = {"a": "z", "b": "x", "c": "y", None: None}
    shuffled = [tuple(row[at] for at in order) for row in chance.sample(rows, len(rows))]
    renamed = [tuple(names[label] for label in row) for row in shuffled]
    before = ratings_of(*rows)
    if without(before, tally(before)):
        return
    for name in names_for(before):
        found = value(before, name)
        assert math.isnan(found) or found <= 1 + 1e-12
        assert value(ratings_of(*shuffled), name) == pytest.approx(found, nan_ok=True)
        if not name.startswith("cohen-"):
            assert value(ratings_of(*renamed), name) == pytest.approx(found, nan_ok=True)


@given(st.lists(LABELS, min_size=1, max_size=8), st.integers(2, 4))
def test_equal_labels_give_one_or_nothing(labels: list[Label | None], n: int) -> None:
    """Who says the same agrees perfectly, unless there is nothing to tell apart."""
    same = ratings_of(*((label,) * n for label in labels))
    if without(same, tally(same)):
        return
    for name in names_for(same):
        found = value(same, name)
        assert math.isnan(found) or found == pytest.approx(1)


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


def test_an_interval_ends_at_minus_one() -> None:
    """Kappa is -2/3 on six units, five of which differ: 1.96 errors would reach further."""
    counted = tally(by_coder("iiiooo", "oooiio"))
    kappa = value(by_coder("iiiooo", "oooiio"), "cohen")
    found = by_formula(counted, "cohen", kappa)
    assert kappa - 1.96 * cohen_error(counted) < -1
    assert found == pytest.approx((-1, kappa + 1.96 * cohen_error(counted)), abs=1e-4)


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
    assert "undefined in many of the draws" in str(middle(values))
    assert "the same" in str(middle(np.ones(100)))
    values[:6] = 0
    assert not isinstance(middle(values), str)
