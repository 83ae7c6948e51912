"""The pictures of an appraisal: signs in every light, shares of bars, names below."""

from __future__ import annotations

from itertools import pairwise

import pytest
from matplotlib.patches import Circle

from benang.coding.cases import Case, Cases
from benang.coding.codebook import Codebook
from benang.coding.coded import Coded
from benang.coding.placed import Placed
from benang.figures import size_in_mm
from benang.figures.appraisal_figures import bar_texts, plot_appraisal, plot_appraisal_summary, shares_of
from benang.judgements.events import Value
from benang.locale import Language
from benang.synthesis.appraisals import Appraisal, appraisals

LEVELS = [
    {"id": "yes", "label": {"en": "Yes", "id": "Ya"}, "light": "good"},
    {"id": "no", "label": {"en": "No", "id": "Tidak"}, "light": "poor"},
]
LONG = "Kementerian Perdagangan Republik Indonesia and the World Bank (2020)"


def made(n_studies: int = 5, n_items: int = 2) -> Appraisal:
    """Return an appraisal whose first study has 'no' in all items; the others 'yes', but the last is not appraised."""
    names = [f"q{at}" for at in range(1, n_items + 1)]
    codebook = Codebook.model_validate(
        {
            "variables": [{"id": name, "label": f"Item {name}", "levels": LEVELS} for name in names],
            "forms": [{"id": "form", "label": "Form", "kind": "appraisal", "variables": names}],
        }
    )
    cases = Cases(cases=tuple(Case(id=f"s{at}", studies=(f"r{at}",)) for at in range(n_studies)))
    values = [
        Value.model_construct(
            kind="value", id=f"s{at}/{name}", coder="ani", case=f"s{at}", variable=name,
            value="no" if at == 0 else "yes", passages=(), scope="case",
        )
        for at in range(n_studies - 1)
        for name in names
    ]  # fmt: skip
    return appraisals(Coded(codebook, cases, {}, Placed(values=tuple(values))))[0]


def texts(figure: object) -> list[str]:
    """Return the texts of a figure's page."""
    return [one.get_text() for axes in figure.axes for one in axes.texts]  # type: ignore[attr-defined]


def test_each_light_has_its_sign() -> None:
    """Each light has its sign, so that the table reads without its colours; the key has each sign once more."""
    signs = texts(plot_appraisal(made(), {}))
    assert (signs.count("+"), signs.count("×")) == (3 * 2 + 1, 1 * 2 + 1)


def test_items_stand_with_their_numbers_below_the_table() -> None:
    """Items stand below the table with the numbers that head their columns."""
    said = texts(plot_appraisal(made(), {}))
    assert {"1", "2", "1. Item q1", "2. Item q2"} <= set(said)


def test_long_names_of_studies_are_shortened_where_they_still_differ() -> None:
    """A long name of a study leaves room for the lights; two that differ only in their last words keep these."""
    said = texts(plot_appraisal(made(), {"s1": f"{LONG} (2018)", "s2": f"{LONG} (2019)"}))
    names = {one for one in said if one.startswith("Kementerian")}
    assert LONG not in said
    assert {name[-6:] for name in names} == {"(2018)", "(2019)"}
    assert all("…" in name for name in names)


@pytest.mark.parametrize(("n_studies", "language"), [(5, "en"), (40, "id")])
def test_the_height_follows_from_the_studies(n_studies: int, language: Language) -> None:
    """Forty studies make a higher picture of the same width, in either language."""
    width, height = size_in_mm(plot_appraisal(made(n_studies, 10), {}, language=language))
    assert width == 174
    assert height > 5.2 * n_studies


def test_lights_of_many_items_stand_beside_one_another() -> None:
    """The lights of 27 items, as the MMAT has them, don't overlap, and end within the page."""
    figure = plot_appraisal(made(3, 27), {"s1": LONG})
    circles = [one for one in figure.axes[0].patches if isinstance(one, Circle) and one.radius > 1]
    places = sorted((round(one.center[1], 3), one.center[0], one.radius) for one in circles)
    gaps = [right[1] - left[1] - left[2] - right[2] for left, right in pairwise(places) if left[0] == right[0]]
    assert min(gaps) > 0
    assert max(x + radius for _, x, radius in places) <= 174


def test_shares_are_of_the_studies_that_were_appraised() -> None:
    """Of four appraised studies three are good: 75 per cent; who was not appraised counts nowhere."""
    assert shares_of(made(), "q1", None) == {"good": 0.75, "poor": 0.25}


def test_weights_change_the_shares() -> None:
    """A study that weighs three times as much as another counts three times; one without a weight is left out."""
    weights = {"s0": 3.0, "s1": 1.0}
    assert shares_of(made(), "q1", weights) == {"good": 0.25, "poor": 0.75}
    assert bar_texts(made(), "q1", weights, "en") == {"good": "25%", "poor": "75%"}
    figure = plot_appraisal_summary(made(), weights=weights, weighted_by="Participants")
    assert "Share of the appraised studies, weighted by: Participants" in texts(figure)
    assert "Left out because they have no weight: 3." in [one.get_text() for one in figure.texts]


def test_bars_say_their_sign_and_how_many() -> None:
    """A part of a bar says its sign and how many studies it is."""
    assert {"+ 3", "× 1"} <= set(texts(plot_appraisal_summary(made())))


def test_a_form_that_nobody_filled_in_says_so() -> None:
    """An appraisal without a value says that there is nothing to show."""
    assert "Nothing has been appraised yet." in texts(plot_appraisal_summary(made(1)))
