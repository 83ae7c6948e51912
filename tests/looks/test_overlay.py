"""Scores, their range and their ticks."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import sparse

from benang.errors import BenangError
from benang.looks.colour_scales import ColourScale
from benang.looks.overlay import choose_score, density_field, normalise_scores, own_colours, scale_colours, score_scale
from benang.maps import Map
from benang.network.network import Network


def test_a_score_of_0_is_a_score() -> None:
    """Zeros count for the mean and the deviation, though VOSviewer Online skips them: (0 − 2) / 2 = −1."""
    assert normalise_scores(np.array([0.0, 4.0]), "z-score").tolist() == [-1.0, 1.0]


def test_items_without_a_score_count_for_nothing() -> None:
    """The mean of 1 and 3 is 2, however many items have no score."""
    values = normalise_scores(np.array([np.nan, 1.0, 3.0, np.nan]), "subtract mean")

    assert values[1:3].tolist() == [-1.0, 1.0]
    assert bool(np.isnan(values[[0, 3]]).all())


def test_scores_of_both_signs_are_not_divided_by_their_mean() -> None:
    """Their mean may lie at 0 by chance, so this is refused."""
    with pytest.raises(BenangError, match="both signs"):
        normalise_scores(np.array([-1.0, 2.0]), "divide by mean")


def test_scores_that_do_not_differ_have_z_scores_of_0() -> None:
    """Nothing is divided by a deviation of 0."""
    assert normalise_scores(np.array([3.0, 3.0]), "z-score").tolist() == [0.0, 0.0]


def test_the_range_is_the_10th_to_the_90th_percentile_made_round() -> None:
    """Of 0 to 100 evenly, percentiles 10 and 90 are 10 and 90: ticks each 20, widened to 0 and 100."""
    scale = score_scale(np.arange(101.0))

    assert scale is not None
    assert scale.ticks == (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)


def test_one_extreme_item_does_not_take_all_the_colours() -> None:
    """A single score of a million leaves the scale where the others are, and has the colour of its end."""
    scale = score_scale(np.array([*range(100), 1_000_000.0]))

    assert scale is not None
    assert scale.high == 100
    assert scale.share(np.array([1_000_000.0])).tolist() == [1.0]


def test_years_have_whole_ticks() -> None:
    """Averages from 2011.5 to 2016.2 are shown between whole years."""
    scale = score_scale(np.linspace(2011.5, 2016.2, 30), whole=True)

    assert scale is not None
    assert scale.decimals == 0
    assert all(tick.is_integer() for tick in scale.ticks)


@pytest.mark.parametrize(
    ("lowest", "highest", "ticks"),
    [(2020.0, 2020.6, (2020, 2021)), (2018.5, 2020.6, (2019, 2020)), (2020.5, 2020.5, (2020, 2021))],
)
def test_averages_within_few_years_have_whole_ticks_too(
    lowest: float, highest: float, ticks: tuple[float, ...]
) -> None:
    """A year is never 2018.2; where two whole years lie within the averages, these take all the colours."""
    scale = score_scale(np.linspace(lowest, highest, 50), whole=True)

    assert scale is not None
    assert (scale.ticks, scale.decimals) == (ticks, 0)
    assert (scale.high - scale.low < 1.7) == (lowest == 2018.5 or highest < 2021)


def test_average_years_take_the_colours_although_some_lie_far_off() -> None:
    """Half of the averages lie from 2017.5 to 2019: the range is 2016 to 2020, though a tenth lies before 2015."""
    years = [2013.0, 2014, 2014, 2015, *np.linspace(2017.4, 2019.1, 17), 2020, 2020, 2021]
    scale = score_scale(np.array(years), whole=True)

    assert scale is not None
    assert (scale.low, scale.high) == (2016, 2020)


def test_whole_years_have_whole_ticks_even_when_few() -> None:
    """Publication years 2019 to 2021 have three ticks, never 2019.5."""
    scale = score_scale(np.array([2019.0, 2020, 2020, 2021, 2021]), whole=True)

    assert scale is not None
    assert scale.ticks == (2019.0, 2020.0, 2021.0)


def test_where_nearly_all_scores_are_one_the_others_still_show() -> None:
    """With both percentiles at 2020, the scale spans all scores."""
    scale = score_scale(np.array([2019.0, *[2020.0] * 40, 2021.0]), whole=True)

    assert scale is not None
    assert (scale.low, scale.high) == (2019.0, 2021.0)


def test_one_score_for_all_is_one_tick() -> None:
    """Where all items have the same score, the scale is that score, and all have the middle colour."""
    scale = score_scale(np.full(4, 7.0))

    assert scale is not None
    assert scale.ticks == (7.0,)
    assert scale.share(np.array([7.0, np.nan])).tolist()[0] == 0.5


def test_no_scores_no_scale() -> None:
    """Where no item has a score there is nothing to explain."""
    assert score_scale(np.full(3, np.nan)) is None


def test_a_given_range_holds() -> None:
    """Whoever names an end gets exactly that end, and ticks within it."""
    scale = score_scale(np.arange(100.0), low=25.0, high=77.0)

    assert scale is not None
    assert (scale.low, scale.high) == (25.0, 77.0)
    assert all(25 <= tick <= 77 for tick in scale.ticks)


def test_items_without_a_score_are_grey() -> None:
    """NaN has VOSviewer's grey, and no score has it."""
    assert scale_colours(np.array([math.nan, 0.5])) == ("#bfbfbf", "#22a785")


def test_colours_grow_lighter_with_the_score() -> None:
    """Viridis keeps its order in print without colour."""
    rgb = [
        int(colour[1:3], 16) * 0.2126 + int(colour[3:5], 16) * 0.7152 + int(colour[5:], 16) * 0.0722
        for colour in scale_colours(np.linspace(0, 1, 20))
    ]

    assert rgb == sorted(rgb)


def test_an_unknown_scale_is_refused() -> None:
    """The answer lists the scales there are."""
    with pytest.raises(BenangError, match="Did you mean 'viridis'"):
        scale_colours(np.array([0.5]), "viridi")


@pytest.mark.parametrize(
    ("name", "place", "colour"),
    [
        ("viridis", 0.0, "#424086"),
        ("plasma", 1.0, "#f0f921"),
        ("rainbow", 0.33, "#00ffff"),
        ("rainbow", 0.5, "#00ff00"),
        ("white-blue-purple", 0.5, "#9fbddb"),
        ("white-yellow-green-blue", 1.0, "#253494"),
        ("white-yellow-orange-red", 1 / 7, "#ffffcc"),
        ("coolwarm", 0.5, "#dddddd"),
        ("spectral", 0.1, "#3288bd"),
        ("blue-grey-red", 0.5, "#d9d9d9"),
    ],
)
def test_scales_have_vosviewers_colours(name: str, place: float, colour: str) -> None:
    """At their ends and stops, the colours are those that VOSviewer Online shows."""
    assert scale_colours(np.array([place]), name) == (colour,)


def test_a_scale_of_ones_own_is_used() -> None:
    """Colours at values of one's own are mixed in between."""
    own = ColourScale("own", (0.2, 0.6), ("#000000", "#ff0000"))

    assert scale_colours(np.array([0.0, 0.4, 1.0]), own) == ("#000000", "#800000", "#ff0000")


def _network(scores: list[str] | None = None, **attributes: tuple[object, ...]) -> Network:
    given = {name: np.array([1.0, 2.0]) for name in scores or []}
    return Network(("a", "b"), ("a", "b"), sparse.csr_array((2, 2)), {}, given, attributes)


def test_the_average_year_colours_an_overlay_before_citations_do() -> None:
    """Unasked, the score is the first of the usual ones, else the first there is."""
    assert choose_score(_network(["Citations", "Avg. pub. year"]))[0] == "Avg. pub. year"
    assert choose_score(_network(["Distance"]))[0] == "Distance"


def test_an_unknown_score_is_answered_with_those_there_are() -> None:
    """So is a map that has none at all."""
    with pytest.raises(BenangError, match=r"Known: Citations, Distance"):
        choose_score(_network(["Citations", "Distance"]), "years")
    with pytest.raises(BenangError, match=r"expected at least one score"):
        choose_score(_network())


def test_colours_that_items_bring_along_are_found() -> None:
    """Three columns, whole numbers or not, as numbers or as text; an item that lacks one has no colour."""
    network = _network(red=(255, 0.0), Green=("128", 1), blue=(0, None))

    assert own_colours(network) == ("#ff8000", None)
    assert own_colours(_network(red=(1, 2), green=(1, 2))) is None


def test_colours_beyond_their_range_are_refused_by_item() -> None:
    """All of them together, each with its item."""
    with pytest.raises(BenangError, match=r"(?s)item 'a', red.*from 0 to 255.*'256'.*item 'b', blue.*'pale'"):
        own_colours(_network(red=(256, 0), green=(0, 0), blue=(0, "pale")))


def test_scores_that_lie_closer_than_numbers_can_part_have_one_tick() -> None:
    """No step can be taken between them."""
    for low, high in ((0.0, 5e-324), (0.0, 1e-320), (1.0, 1.0)):
        scale = score_scale(np.array([1.0, 2.0]), low=low, high=high)
        assert scale is not None
        assert scale.ticks == (low,)


def _map(xy: list[list[float]], cluster: list[int] | None = None, weights: list[float] | None = None) -> Map:
    names = tuple(f"item {number}" for number in range(len(xy)))
    network = Network(
        names,
        names,
        sparse.csr_array((len(xy), len(xy))),
        {} if weights is None else {"Occurrences": np.array(weights)},
    )
    return Map(network, np.array(xy).reshape(-1, 2), np.array(cluster or [1] * len(xy), dtype=np.int64))


def test_the_density_at_an_item_and_a_bandwidth_away() -> None:
    """Two items 8 apart, kernel width 1/8: the bandwidth is 1, and one away from an item the density is e⁻¹."""
    field = density_field(_map([[0.0, 0.0], [8.0, 0.0]]), grid=(9, 3), extent=(0, 8, -1, 1))

    assert field.bandwidth == 1
    assert field.peak == pytest.approx(1 + math.exp(-64))
    assert field.values[1, 1] == pytest.approx(math.exp(-1), rel=1e-9)
    assert field.values[2, 0] == pytest.approx(math.exp(-1), rel=1e-9)


def test_weights_count_relative_to_their_mean() -> None:
    """Of weights 1 and 3 the mean is 2: the density at the items is 0.5 and 1.5, so 1/3 and 1 of the peak."""
    field = density_field(_map([[0.0, 0.0], [8.0, 0.0]], weights=[1, 3]), grid=(2, 1), extent=(0, 8, 0, 0))

    assert field.peak == pytest.approx(1.5)
    assert field.values[0].tolist() == pytest.approx([1 / 3, 1])


def test_the_picture_does_not_depend_on_the_unit() -> None:
    """A map ten times as large has the same density field."""
    places = np.random.default_rng(3).normal(size=(12, 2))
    one, ten = density_field(_map(places.tolist())), density_field(_map((places * 10).tolist()))

    assert np.allclose(one.values, ten.values)


def test_clusters_add_up_to_the_whole() -> None:
    """The parts of the clusters, items without one among them, sum to the density."""
    places = np.random.default_rng(4).normal(size=(9, 2))
    field = density_field(_map(places.tolist(), cluster=[0, 1, 1, 2, 2, 2, 3, 3, 0]), grid=(20, 10))

    assert sorted(field.clusters) == [0, 1, 2, 3]
    assert np.allclose(sum(field.clusters.values()), field.values)


def test_colours_are_mixed_by_their_part_of_the_density() -> None:
    """Between two items of weights 1 and 3, a red and a blue one, the colour is a quarter red, the rest blue."""
    drawn = _map([[0.0, 0.0], [8.0, 0.0]], weights=[1, 3])
    field = density_field(drawn, grid=(3, 1), extent=(0, 8, 0, 0), colours=np.array([[1.0, 0, 0], [0, 0, 1.0]]))

    assert field.blend is not None
    assert field.blend[0, 1].tolist() == pytest.approx([0.25, 0, 0.75])


def test_many_items_are_summed_some_thousand_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Summed three by three, the density is what it is when summed at once; parts of clusters can be left out."""
    places = np.random.default_rng(6).normal(size=(10, 2))
    whole = density_field(_map(places.tolist()))
    monkeypatch.setattr("benang.looks.overlay._AT_ONCE", 3)
    parted = density_field(_map(places.tolist()), by_cluster=False)

    assert np.allclose(parted.values, whole.values, atol=1e-12)
    assert parted.clusters == {}


def test_items_at_one_place_make_one_hill() -> None:
    """Where there is no distance, the bandwidth is the kernel width itself, and nothing is divided by 0."""
    field = density_field(_map([[1.0, 1.0], [1.0, 1.0]]), grid=(3, 3))

    assert field.bandwidth == 0.125
    assert field.values[1, 1] == 1


def test_a_map_without_items_has_no_density() -> None:
    """It is refused in words."""
    with pytest.raises(BenangError, match="without items"):
        density_field(_map([]))


def test_a_kernel_needs_a_width() -> None:
    """0 and less are refused in words."""
    with pytest.raises(BenangError, match=r"a number from 0\.001 to 100, found 0"):
        density_field(_map([[0.0, 0.0]]), kernel_width=0)
