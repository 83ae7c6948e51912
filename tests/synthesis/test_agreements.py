"""Agreement in numbers: each is counted from what coders said, and every coefficient comes out of them again."""

from __future__ import annotations

import runpy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.synthesis.invented import found

from benang.agreement import coefficients_of
from benang.agreement.comparison import Agreement, Comparison, Kind
from benang.agreement.ratings import Continuum, Label, Level, Ratings, Span
from benang.evidence import Evidence
from benang.judgements.events import NOT_REPORTED
from benang.synthesis.agreements import (
    agreement_numbers,
    is_shown,
    label_word,
    number_id,
    parts_of,
    raters,
    with_agreements,
)
from benang.synthesis.wording import Wording, number_title

RECOMPUTE = runpy.run_path(str(Path(__file__).resolve().parent.parent.parent / "docs" / "recompute.py"))
SCALES: dict[Level, tuple[Label, ...]] = {
    "nominal": ("closed", "moved", "open"),
    "ordinal": ("low", "medium", "high", "very high"),
    "interval": (1998, 2004, 2005, 2019),
    "ratio": (0, 1, 2.5, 12),
}
FOUND = found()
FOUR = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
"""Four coders on twelve units, with gaps (Krippendorff 2011, section C)."""


def ratings(
    rows: Sequence[Sequence[Label | None]], level: Level = "nominal", categories: tuple[Label, ...] = ()
) -> Ratings:
    """Return the ratings of as many coders as a row has."""
    coders = ("ani", "budi", "citra", "dewi")[: len(rows[0])]
    units = tuple(f"u{at}" for at in range(len(rows)))
    return Ratings(coders, units, tuple(map(tuple, rows)), level, categories)


def numbers(comparison: Comparison) -> dict[str, Any]:
    """Return the numbers of a comparison as `evidence.json` has them."""
    agreement = coefficients_of(comparison, bootstrap=0)
    made = {one.id: one for one in agreement_numbers(agreement, FOUND)}
    book: dict[str, Any] = Evidence(made, {}).as_json()
    return book


def test_numbers_of_a_published_example_are_those_that_were_published() -> None:
    """Percent .818, Conger's kappa .762, AC1 .775 and alpha .743 of four coders with gaps."""
    rows = [list(row) for row in zip(*FOUR, strict=True)]
    book = numbers(Comparison("variable", "size", "Size", ratings(rows)))["numbers"]
    values = {what: book[f"agreement/values/size/{what}"]["value"] for what in ("percent", "kappa", "ac1", "alpha")}

    assert values == pytest.approx({"percent": 0.81818, "kappa": 0.76207, "ac1": 0.77544, "alpha": 0.74342}, abs=5e-5)
    assert book["agreement/values/size/units"]["value"] == 11
    assert book["agreement/values/size/differing"]["of"] == ["u1", "u5", "u7"]
    assert book["agreement/values/size/coders/ani/1"]["of"] == ["u0", "u5", "u7"]


@pytest.mark.parametrize("level", SCALES)
@given(data=st.data())
def test_every_coefficient_is_computed_again_by_formulas_of_its_own(level: Level, data: st.DataObject) -> None:
    """The script of the docs agrees with Benang at every level, for two coders and for more, with gaps."""
    n_coders = data.draw(st.integers(2, 4))
    label = st.one_of(st.none(), st.sampled_from(SCALES[level]))
    rows = data.draw(st.lists(st.lists(label, min_size=n_coders, max_size=n_coders), min_size=1, max_size=9))
    categories = SCALES[level] if level == "ordinal" else ()

    assert RECOMPUTE["differing"](numbers(Comparison("variable", "v", "V", ratings(rows, level, categories)))) == []


def test_coders_who_share_no_unit_with_anybody_are_no_raters() -> None:
    """Citra looked at a unit of her own."""
    comparison = Comparison("variable", "v", "V", ratings([["a", "b", None], [None, None, "a"]]))

    assert raters(comparison) == ("ani", "budi")
    assert not any("citra" in name for name in numbers(comparison)["numbers"])


def test_a_set_of_codes_says_who_looked_and_nothing_else() -> None:
    """Its coefficients are of no use beside those of its codes."""
    group = Comparison("group", "factors", "Factors", ratings([["a;b", "a"], ["a", "a"]]), unseen=("u7",))

    assert not is_shown(group)
    made = {one.id: one.value for one in agreement_numbers(Agreement(group, ()), FOUND)}
    start = "agreement/groups/factors"
    assert made == {f"{start}/units": 2, f"{start}/unseen": 1, f"{start}/set-aside": 0}


def test_what_two_screeners_decided_is_counted_once() -> None:
    """The numbers of a pair are older than those of a stage, and keep their names."""
    two, three = (ratings([["include"] * n, ["exclude"] * n]) for n in (2, 3))
    stage = Comparison("screening", "full-text", "full text", two)
    of_three = Comparison("screening", "full-text", "full text", three)
    pair = Comparison("screening", "full-text/ani/budi", "full text (ani, budi)", two)

    assert number_id(stage, "kappa") == number_id(pair, "kappa") == "agreement/full-text/ani/budi/kappa"
    assert number_id(of_three, "kappa") == "agreement/screening/full-text/kappa"
    assert number_id(pair, "ac1") == "agreement/screening/full-text/ani/budi/ac1"


def test_labels_that_make_no_id_are_named_by_their_number() -> None:
    """Free words may have blanks and slashes."""
    book = numbers(Comparison("variable", "v", "V", ratings([["by the river", "a/b"], ["open", NOT_REPORTED]])))[
        "numbers"
    ]

    given_ids = {name.rpartition("/")[2] for name in book if "/coders/" in name}
    assert given_ids == {"label-1", "label-2", "not-reported", "open"}


@pytest.mark.parametrize(
    ("kind", "label", "words"),
    [
        ("code", "yes", "coded"),
        ("code", "no", "not coded"),
        ("screening", "unsure", "unsure"),
        ("variable", 2004, "2004"),
        ("variable", NOT_REPORTED, "looked for, not reported"),
    ],
)
def test_labels_read_as_people_say_them(kind: Kind, label: Label, words: str) -> None:
    """A verdict is a verdict, a year is a year."""
    comparison = Comparison(kind, "v", "V", ratings([[label, label]]))
    assert label_word(comparison, label, Wording(FOUND)) == words


def test_findings_have_the_numbers_with_their_titles_and_what_coders_said() -> None:
    """So that the report, `evidence.json` and `benang explain` open them."""
    comparison = Comparison(
        "screening", "full-text", "full text", ratings([["include", "exclude"], ["include", "include"]]),
        group="full-text", notes={("u0", "budi"): "in another country"}, set_aside={"u9": "the report is lost"},
    )  # fmt: skip
    after = with_agreements(FOUND, [coefficients_of(comparison, bootstrap=0)], Wording(FOUND))
    start = "agreement/screening/full-text"

    assert number_title(f"{start}/ac1", Wording(after)) == "Full text: Gwet's AC1"
    assert after.said[f"{start}/ac1"] == {"u0": "ani: include; budi: exclude (in another country)"}
    assert after.said[f"{start}/set-aside"] == {"u9": "the report is lost"}
    assert after.evidence.numbers[f"{start}/ac1"].of == ("u0",)
    assert list(after.evidence.numbers) == sorted(after.evidence.numbers)


def test_nothing_changes_where_nobody_is_compared() -> None:
    """The findings are the very same."""
    assert with_agreements(FOUND, [], Wording(FOUND)) is FOUND


def test_parts_have_the_headings_of_groups_and_forms() -> None:
    """What has neither is headed by its kind."""
    rows = ratings([["yes", "no"]])
    kinds: tuple[tuple[Kind, str], ...] = (
        ("code", "reasons"), ("variable", ""), ("screening", "full-text"), ("group", "reasons")
    )  # fmt: skip
    agreements = [Agreement(Comparison(kind, kind, kind, rows, group=group), ()) for kind, group in kinds]
    headings = [heading for heading, _of in parts_of(agreements, Wording(FOUND))]

    assert headings == [Wording(FOUND).labels.group("reasons"), "Variables", "Screening"]


def test_u_alpha_is_made_of_the_documents_that_coders_have_read() -> None:
    """Each with its first and last character, without a heading that nobody codes."""
    document = next(iter(FOUND.documents.values()))
    length = len(document.text) - 5
    spans = {"ani": (Span(0, 4, "yes"),), "budi": (Span(0, 4, "yes"),)}
    comparison = Comparison(
        "code", "flood", "Flood", ratings([["yes", "yes"]]), continua=(Continuum(document.path, length, spans),)
    )
    made = {one.id: one for one in agreement_numbers(coefficients_of(comparison, bootstrap=0), FOUND)}
    rule = made["agreement/codes/flood/u-alpha"].rule
    assert rule is not None
    parts = dict(rule.made_of)

    assert (parts["documents"], parts["starts"], parts["ends"]) == ((document.path,), (5,), (len(document.text),))
    assert parts["read"] == tuple(f"agreement/codes/flood/coders/{one}/documents" for one in ("ani", "budi"))
