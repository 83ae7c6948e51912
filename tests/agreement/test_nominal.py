"""Percent agreement and Cohen's kappa give the values that were published, and say where there is none."""

import pytest

from benang.agreement.nominal import NominalAgreement, nominal_agreement

pytestmark = pytest.mark.fast


def of_table(table: list[list[int]]) -> NominalAgreement:
    """Two raters whose labels occur together as often as a table says."""
    return nominal_agreement(
        (chr(ord("a") + row), chr(ord("a") + column))
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    )


@pytest.mark.parametrize(
    ("source", "table", "observed", "expected", "kappa"),
    [
        ("Cohen 1960, p. 45", [[88, 14, 18], [10, 40, 10], [2, 6, 12]], 0.70, 0.41, 0.4915),
        ("Cohen 1960, p. 37", [[25, 12, 3], [13, 2, 15], [12, 16, 2]], 0.29, 0.35, -0.0923),
        # Feinstein and Cicchetti's first paradox: high agreement on a label that nearly all units have.
        ("118/5/2/0", [[118, 5], [2, 0]], 0.944, 0.9453, -0.0234),
    ],
)
def test_published_tables_give_their_values(
    source: str, table: list[list[int]], observed: float, expected: float, kappa: float
) -> None:
    """Cohen's two examples, and a table on which kappa is low only because a label is rare."""
    agreement = of_table(table)
    assert agreement.rows() == table, source
    assert agreement.observed is not None
    assert agreement.expected is not None
    assert agreement.kappa is not None
    assert (round(agreement.observed, 4), round(agreement.expected, 4), round(agreement.kappa, 4)) == (
        observed,
        expected,
        kappa,
    )


def test_krippendorffs_binary_example_agrees_on_six_of_ten() -> None:
    """Percent agreement is 0.6, and kappa as counted by hand."""
    ani, budi = "1100000000", "0110010100"  # Krippendorff 2011, example A
    agreement = nominal_agreement(zip(ani, budi, strict=True))
    # By hand: 5 + 1 agree; chance is 8*6 + 2*4 = 56 of 100, so kappa is (60 - 56) / (100 - 56).
    assert (agreement.n, agreement.n_agreed, agreement.observed) == (10, 6, 0.6)
    assert agreement.kappa == 4 / 44


def test_raters_who_agree_on_everything_with_two_labels_have_kappa_one() -> None:
    """They never differ, and chance would not do that."""
    assert nominal_agreement([("in", "in"), ("out", "out")]).kappa == 1


def test_raters_who_never_agree_can_have_kappa_minus_one() -> None:
    """Half of each label and no unit alike: chance would give one half."""
    assert nominal_agreement([("in", "out"), ("out", "in")]).kappa == -1


def test_kappa_is_undefined_where_both_always_say_the_same() -> None:
    """They agree on all units, and so would chance: 0/0."""
    agreement = nominal_agreement([("out", "out")] * 4)
    assert (agreement.observed, agreement.expected, agreement.kappa) == (1, 1, None)
    assert "'out'" in agreement.undefined


def test_kappa_is_zero_where_one_rater_always_says_the_same_and_the_other_does_not() -> None:
    """A rater who does not distinguish agrees as often as chance would."""
    agreement = nominal_agreement([("out", "out")] * 3 + [("out", "in")])
    assert (agreement.observed, agreement.kappa, agreement.undefined) == (0.75, 0, "")


def test_nothing_is_defined_without_units_in_common() -> None:
    """No unit, no share."""
    agreement = nominal_agreement([])
    assert (agreement.n, agreement.observed, agreement.kappa, agreement.labels) == (0, None, None, ())
    assert "nothing in common" in agreement.undefined


def test_the_order_of_the_units_does_not_matter() -> None:
    """Labels and counts come out sorted."""
    pairs = [("in", "in"), ("in", "out"), ("out", "out"), ("unsure", "in")]
    assert nominal_agreement(pairs) == nominal_agreement(pairs[::-1])
    assert nominal_agreement(pairs).labels == ("in", "out", "unsure")
