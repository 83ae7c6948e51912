"""What a reader may conclude from a coefficient."""

from __future__ import annotations

import pytest

from benang.agreement.comparison import Agreement, Comparison, conclusion, disagreements_of, in_words, paradox
from benang.agreement.ratings import Coefficient, Label, Ratings
from benang.locale.writing import worded

pytestmark = pytest.mark.fast

RENT = Comparison("code", "rent", "Rent", Ratings(("ani", "budi"), ("c1", "c2"), (("yes", "yes"), ("yes", "no"))))


@pytest.mark.parametrize(
    ("alpha", "low", "words"),
    [
        (0.85, 0.81, "reliable enough"),
        (0.8, 0.8, "reliable enough"),
        (0.85, None, "no interval that says how sure this is"),
        (0.85, 0.6, "more units are needed"),
        (0.7, 0.6, "tentative conclusions only"),
        (0.667, 0.6, "tentative conclusions only"),
        (0.666, 0.6, "too little agreement"),
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


@pytest.mark.parametrize(("kappa", "ac1"), [(0.5, 0.65), (0.7, 0.95)])
def test_a_kappa_that_is_near_ac1_or_high_enough_is_no_paradox(kappa: float, ac1: float) -> None:
    """Coders agree on nine of ten."""
    of = (Coefficient("percent", 0.9, 10), Coefficient("cohen", kappa, 10), Coefficient("ac1", ac1, 10))
    assert paradox(Agreement(RENT, of)) is None


def test_the_code_on_which_the_largest_share_of_cases_differs_comes_first_and_what_is_settled_last() -> None:
    """One of two cases, two of five, and all of one, which a consensus has settled."""
    cases = ("c1", "c2", "c3", "c4", "c5")
    differ, alike = ("yes", "no"), ("no", "no")
    many = Ratings(("ani", "budi"), cases, (differ, differ, alike, alike, alike))
    few = Ratings(("ani", "budi"), cases[:2], (alike, differ))
    settled = Comparison("code", "rain", "Rain", Ratings(("ani", "budi"), ("c1",), (differ,)), settled=("c1",))
    listed = disagreements_of((settled, Comparison("code", "rent", "Rent", many), Comparison("code", "hill", "H", few)))
    assert [(one.comparison.id, one.unit) for one in listed] == [
        ("hill", "c2"),
        ("rent", "c1"),
        ("rent", "c2"),
        ("rain", "c1"),
    ]


def test_disagreements_of_pairs_and_sets_of_codes_are_listed_once() -> None:
    """With the stage and the code that they are of."""
    rows = (("include", "exclude"),)
    stage, pair = (
        Comparison("screening", name, "", Ratings(("ani", "budi"), ("r1",), rows))
        for name in ("full-text", "full-text/ani/budi")
    )
    group = Comparison("group", "reasons", "Reasons", Ratings(("ani", "budi"), ("c1",), (("rent", ""),)))
    assert [one.comparison.id for one in disagreements_of((group, stage, pair))] == ["full-text"]


def test_an_include_and_an_exclude_are_further_apart_than_either_is_from_unsure() -> None:
    """So that they are read first."""
    rows = (("include", "unsure"), ("exclude", "include"), ("unsure", "exclude"))
    stage = Comparison("screening", "full-text", "full text", Ratings(("ani", "budi"), ("r1", "r2", "r3"), rows))
    assert [one.unit for one in disagreements_of((stage,))] == ["r2", "r1", "r3"]


def test_labels_in_order_are_as_far_apart_as_their_places() -> None:
    """Good and poor before good and some."""
    rows = (("good", "some"), ("good", "poor"))
    item = Comparison(
        "appraisal", "i", "I", Ratings(("ani", "budi"), ("k1", "k2"), rows, "ordinal", ("good", "some", "poor"))
    )
    assert [one.unit for one in disagreements_of((item,))] == ["k2", "k1"]


def test_a_value_against_not_reported_is_the_widest_disagreement_though_no_coefficient_counts_it() -> None:
    """Ani found a year in c1, Budi none; in c2 they are nine years apart."""
    ratings = Ratings(("ani", "budi"), ("c1", "c2"), ((1991, None), (1991, 2000)), "interval")
    beside: dict[str, dict[str, Label]] = {"c1": {"ani": 1991, "budi": "not_reported"}}
    year = Comparison("variable", "since", "Since", ratings, beside=beside)
    listed = disagreements_of((year,))
    assert [one.unit for one in listed] == ["c1", "c2"]
    assert listed[0].said == beside["c1"]


def test_labels_in_a_reason_are_in_the_words_of_the_reader() -> None:
    """Names of coders stay as they are, also where a label is called so."""
    alone = worded("only {coder} has looked at it, and agreement needs two coders", coder="yes")
    assert in_words(alone, RENT, lambda _label: "coded") == alone
    both = worded("both always say '{label}', so there is no agreement beyond chance to measure", label="yes")
    assert in_words(both, RENT, lambda _label: "coded").startswith("both always say 'coded'")


def test_only_what_coders_differ_on_is_counted_as_settled() -> None:
    """A consensus on c1, where both say yes, settles nothing."""
    rent = Comparison("code", "rent", "Rent", RENT.ratings, settled=("c1", "c2"))
    assert rent.settled_differing == ("c2",)
