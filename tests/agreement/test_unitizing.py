"""Agreement on passages gives the values that Krippendorff published, and adds texts up by laying them end to end."""

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.agreement.ratings import Continuum, Name, Span
from benang.agreement.unitizing import (
    FORMULAS,
    alpha_u_1995,
    marks,
    stands_against,
    u_alpha,
    value_alphas,
    why_not,
)

pytestmark = pytest.mark.fast

Passage = tuple[int, int, str]
ALEX: list[Passage] = [(0, 7, "1"), (7, 13, "2"), (30, 32, "5"), (32, 37, "6"), (37, 44, "6"), (44, 60, "7")]
PAUL: list[Passage] = [(0, 7, "1"), (7, 13, "3"), (13, 21, "5"), (32, 44, "6")]
SUZAN: list[Passage] = [(0, 7, "1"), (7, 13, "4"), (13, 21, "5"), (32, 37, "6"), (37, 41, "6"), (41, 44, "6")]
"""Krippendorff 2019, figure 12.11: a continuum of 60, three coders."""


def text_of(length: int, *coders: list[Passage], name: str = "d") -> Continuum:
    """Return a text with the passages of coders."""
    spans = {f"coder{at}": tuple(Span(*one) for one in passages) for at, passages in enumerate(coders)}
    return Continuum(name, length, spans)


def value(name: Name, *continua: Continuum) -> float:
    """Return a coefficient, not a number where it is undefined."""
    return float(FORMULAS[name](marks(continua).sums())[0])


FIGURE = text_of(60, ALEX, PAUL, SUZAN)


@pytest.mark.parametrize(
    ("name", "published"), [("u-alpha", 0.50998), ("u-alpha-binary", 0.41360), ("cu-alpha", 0.724)]
)
def test_the_family_of_krippendorff_2019_figure_12_11(name: Name, published: float) -> None:
    """Section 12.6.3 to 12.6.5: boundaries and codes, boundaries alone, codes alone."""
    assert round(value(name, FIGURE), len(str(published)) - 2) == published


def test_single_codes_of_krippendorff_2019_figure_12_11() -> None:
    """Section 12.6.6: 1, 5 and 6 are never confused, 2, 3 and 4 always; nobody shares 7, so that it has none."""
    values = value_alphas(marks([FIGURE]))
    alphas = {label: one.value for label, (one, _coverage) in values.items()}
    assert alphas == {"1": 1, "2": 0, "3": 0, "4": 0, "5": 1, "6": 1, "7": None}
    coverage = {label: of.value for label, (_one, of) in values.items()}
    # By hand, of 5: paul and suzan share 8 characters that alex left out, half of the others each; alex has 2 alone.
    assert coverage["5"] == pytest.approx((8 / 2 + 8 / 2) / 18)
    assert (coverage["1"], coverage["7"]) == (1, 0)
    assert "nobody else marked" in values["7"][0].undefined


def test_one_code_at_a_time_on_its_own_continuum() -> None:
    """Of the figure's codes, all coders mark 1 and 6 alike; two of three mark 5 in the same place."""
    of_code = {
        code: text_of(60, *([one for one in coder if one[2] == code] for coder in (ALEX, PAUL, SUZAN)))
        for code in "156"
    }
    assert value("u-alpha", of_code["1"]) == 1
    assert value("u-alpha", of_code["6"]) == 1
    # By hand: l = 180, of 5 there are 18, so 162 gaps; S = 4 + 64 + 64 + 162 = 294. Apart are, over ordered pairs by
    # two, 2 (alex alone, two pairs each way: 2 * 4 / 2 = 4) and 8 (paul and suzan against alex: 8 * 4 / 2 = 16).
    by_hand = 1 - 20 * (180 - 294 / 180) / (2 * 18 * 162)
    assert value("u-alpha", of_code["5"]) == pytest.approx(by_hand)
    assert round(by_hand, 4) == 0.3883


def test_the_older_alpha_of_krippendorff_2004_page_254() -> None:
    """Two observers, a continuum from 150 of length 300, categories c and k."""
    one = [(75, 145, "c"), (220, 250, "c"), (30, 90, "k"), (150, 200, "k")]
    other = [(70, 150, "c"), (205, 225, "c"), (250, 270, "c"), (30, 90, "k"), (150, 200, "k")]
    (o_c, e_c), (o_k, e_k) = (alpha_u_1995(text_of(300, one, other), code) for code in "ck")
    assert (round(o_c, 7), round(e_c, 7), round(o_k, 7), round(e_k, 7)) == (0.0144444, 0.0532218, 0, 0.0489786)
    assert round(1 - o_c / e_c, 4) == 0.7286
    assert round(1 - (o_c + o_k) / (e_c + e_k), 4) == 0.8587


def test_the_older_alpha_of_krippendorff_1995_page_57_in_the_limit() -> None:
    """Pair A, digitised in 24 places: alpha_U is 0.553 where places are cut ever finer."""
    bertha, bill = "001111111100001111110000", "000011110000000110000000"
    fine = 1000

    def passages(places: str) -> list[Passage]:
        edges = [at for at, (a, b) in enumerate(zip("0" + places, places + "0", strict=True)) if a != b]
        return [(start * fine, end * fine, "x") for start, end in zip(edges[::2], edges[1::2], strict=True)]

    observed, expected = alpha_u_1995(text_of(24 * fine, passages(bertha), passages(bill)), "x")
    assert round(1 - observed / expected, 3) == 0.553


def test_texts_are_laid_end_to_end() -> None:
    """Two texts give what one text gives that begins where the other ends."""
    second = [(5, 25, "1")], [(0, 20, "1"), (30, 34, "2")], [(10, 30, "1")]
    whole = text_of(
        100, *([*a, *((s + 60, e + 60, c) for s, e, c in b)] for a, b in zip((ALEX, PAUL, SUZAN), second, strict=True))
    )
    for name in FORMULAS:
        parts = value(name, FIGURE, text_of(40, *second, name="e"))
        assert parts == pytest.approx(value(name, whole)), name


def test_a_text_that_nobody_marked_is_agreed_on() -> None:
    """It adds nothing that differs, and makes chance agreement on what is marked rarer."""
    empty = text_of(600, [], [], [], name="e")
    assert value("u-alpha", FIGURE, empty) > value("u-alpha", FIGURE)
    assert value("span-f1", FIGURE, empty) == value("span-f1", FIGURE)


def test_a_text_of_one_coder_and_an_empty_text_count_for_nothing() -> None:
    """Nobody looked at the one besides its coder, and there is nothing to see in the other."""
    alone, empty = text_of(50, [(0, 9, "1")], name="e"), text_of(0, [], [], name="f")
    assert value("u-alpha", FIGURE, alone, empty) == value("u-alpha", FIGURE)
    assert marks([FIGURE, alone, empty]).n == 60


def test_passages_of_one_code_that_overlap_are_united() -> None:
    """Coded twice is coded; passages that touch stay two."""
    cut = text_of(40, [(0, 10, "1"), (5, 20, "1"), (5, 8, "1")], [(3, 20, "1")])
    assert value("u-alpha", cut) == value("u-alpha", text_of(40, [(0, 20, "1")], [(3, 20, "1")]))
    assert marks([text_of(40, [(0, 10, "1"), (10, 20, "1")], [])]).sums()["spans"].tolist() == [[2]]


def test_what_reaches_beyond_the_text_is_cut_and_nothing_is_no_passage() -> None:
    """Zero characters are no passage, and neither is what lies outside."""
    odd = text_of(40, [(-5, 10, "1"), (12, 12, "1"), (50, 60, "1")], [(0, 10, "1")])
    assert value("u-alpha", odd) == 1


def test_codes_of_one_coder_that_overlap_are_measured_code_by_code() -> None:
    """The family is undefined, with a reason; shares of characters and passages are those of the codes, added up."""
    crossing = text_of(40, [(0, 10, "1"), (5, 15, "2")], [(0, 10, "1"), (5, 20, "2")])
    marked = marks([crossing])
    assert "code by code" in stands_against(marked, "u-alpha")
    assert [(one.value, one.undefined) for one in value_alphas(marked)["1"]] == [
        (None, stands_against(marked, "u-alpha"))
    ] * 2
    assert stands_against(marked, "span-jaccard") == ""
    assert value("span-jaccard", crossing) == (10 + 10) / (10 + 15)
    assert value("span-f1", crossing) == 1


@pytest.mark.parametrize(
    ("continua", "reason"),
    [
        ([], "no text"),
        ([text_of(9, [(0, 3, "1")])], "no text"),
        ([text_of(0, [], [])], "no text"),
        ([text_of(9, [], [])], "nobody marked"),
    ],
)
def test_without_texts_or_passages_there_is_a_reason(continua: list[Continuum], reason: str) -> None:
    """No text that two looked at, and no passage in it."""
    marked = marks(continua)
    assert reason in stands_against(marked, "u-alpha")
    assert reason in stands_against(marked, "span-f1")


def test_u_alpha_is_undefined_where_all_mark_everything() -> None:
    """Nothing differs and chance would give as much: 0/0."""
    assert math.isnan(value("u-alpha", text_of(9, [(0, 9, "1")], [(0, 9, "1")])))
    assert "whole text" in why_not("u-alpha")


def test_passages_match_from_half_of_what_they_cover_together() -> None:
    """[0, 10) and [0, 20) have half in common; [0, 9) and [0, 20) less. Exact ones alone match with 1."""
    half, less = text_of(40, [(0, 10, "1")], [(0, 20, "1")]), text_of(40, [(0, 9, "1")], [(0, 20, "1")])
    assert (value("span-f1", half), value("span-f1", less)) == (1, 0)
    assert FORMULAS["span-f1"](marks([half], match=1).sums())[0] == 0
    # One passage matches one: of [0, 10) and [10, 20) against [0, 20), one hit of three passages.
    halves, whole = [(0, 10, "1"), (10, 20, "1")], [(0, 20, "1")]
    assert value("span-f1", text_of(40, halves, whole)) == value("span-f1", text_of(40, whole, halves)) == 2 / 3


def random_marks(length: int, chance: random.Random) -> list[Passage]:
    """Return passages of three to nine characters at random places, which do not overlap; some leave the text."""
    passages: list[Passage] = []
    at = -200  # far enough before the text that its begin is a place as any
    while (at := at + chance.randint(1, 12)) < length:
        end = at + chance.randint(3, 9)
        passages.append((at, end, "1"))
        at = end
    return passages


def test_coders_who_mark_at_random_agree_as_chance_does() -> None:
    """On 200 texts of 500 characters the mean is 0 to two decimals; some programs show 0.3 here."""
    chance = random.Random(1)  # noqa: S311 - no secret
    texts = [text_of(500, *(random_marks(500, chance) for _ in range(3)), name=str(at)) for at in range(200)]
    assert abs(value("u-alpha", *texts)) < 0.01
    assert abs(np.mean([value("u-alpha", one) for one in texts])) < 0.01


PASSAGES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9), st.sampled_from("ab")), max_size=4).map(
    lambda drawn: [(start, start + length, code) for start, length, code in drawn]
)


@given(st.lists(PASSAGES, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_coders_and_the_names_of_codes_change_nothing(
    coders: list[list[Passage]], chance: random.Random
) -> None:
    """All coefficients are at most 1, too."""
    shuffled = [
        [(s, e, {"a": "z", "b": "y"}[code]) for s, e, code in one] for one in chance.sample(coders, len(coders))
    ]
    for name in FORMULAS:
        if stands_against(marks([text_of(40, *coders)]), name):
            continue
        before, after = value(name, text_of(40, *coders)), value(name, text_of(40, *shuffled))
        assert before == pytest.approx(after, nan_ok=True)
        assert math.isnan(before) or before <= 1 + 1e-12


@given(PASSAGES)
def test_equal_passages_give_one_or_nothing(passages: list[Passage]) -> None:
    """Who marks the same agrees perfectly, unless there is nothing to tell apart."""
    same = text_of(40, passages, passages, passages)
    for name in FORMULAS:
        if not stands_against(marks([same]), name):
            found = value(name, same)
            assert math.isnan(found) or found == pytest.approx(1)


def test_sums_of_draws_are_those_of_the_texts_drawn() -> None:
    """Twice the first text and none of the second is the first text with itself."""
    second = text_of(40, [(5, 25, "1")], [(0, 20, "1")], name="e")
    marked = marks([FIGURE, second])
    drawn = u_alpha(marked.sums(np.array([[2.0, 0.0], [0.0, 2.0]])))
    assert drawn[0] == pytest.approx(value("u-alpha", FIGURE, FIGURE))
    assert drawn[1] == pytest.approx(value("u-alpha", second, second))
