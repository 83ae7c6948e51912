"""A map in slices of time and by groups of records."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.network.corpora import keywords

from benang.errors import BenangError
from benang.kinds import Counting
from benang.maps import Map
from benang.maps.slices import (
    group_slices,
    links_by_year,
    record_years,
    time_slices,
    without_year,
    years_of_corpus,
    years_of_labels,
)
from benang.network.citation import citation_network, coupling_network
from benang.network.cooccurrence import cooccurrence_network
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record

YEARS = (2001, 2002, 2002, 2010, 2011, None)


def _corpus() -> Corpus:
    return keywords("a,b", "a,b", "a,c", "b,c", "a,b,c", "a,b", years=YEARS)


def _map(corpus: Corpus | None = None) -> Map:
    network = cooccurrence_network(corpus or _corpus(), components="all")
    places = np.stack([np.arange(len(network)), np.arange(len(network)) % 2], axis=1).astype(np.float64)
    return Map(network, places, np.arange(1, len(network) + 1))


def test_items_keep_their_places_and_clusters() -> None:
    """A slice has all items of the map, at the same places and in the same clusters."""
    made = _map()
    for one in time_slices(made, years_of_corpus(_corpus()), edges=[2010]):
        assert one.map.network.ids == made.network.ids
        assert one.map.xy is made.xy
        assert one.map.cluster is made.cluster


def test_links_and_occurrences_are_those_of_the_slice() -> None:
    """Counted by hand: until 2009 a and b meet twice, from 2010 on once."""
    early, late = time_slices(_map(), years_of_corpus(_corpus()), edges=[2010])
    assert early.map.network.strength("a", "b") == 2
    assert late.map.network.strength("a", "b") == 1
    assert early.map.network.weights["Occurrences"].tolist() == [3, 2, 1]
    assert early.map.network.strength("b", "c") == 0


def test_a_year_of_an_edge_begins_a_slice() -> None:
    """Edges are the first years of slices; periods are told without gaps."""
    slices = time_slices(_map(), years_of_corpus(_corpus()), edges=[2002, 2011])
    assert [one.name for one in slices] == ["2001", "2002–2010", "2011"]
    assert [one.n_records for one in slices] == [1, 3, 1]


def test_slices_without_a_record_are_left_out() -> None:
    """Edges before the first year and after the last make no slice."""
    slices = time_slices(_map(), years_of_corpus(_corpus()), edges=[1990, 2005, 2020])
    assert [one.n_records for one in slices] == [3, 2]


def test_slices_are_as_nearly_equal_as_whole_years_allow() -> None:
    """Three records until 2002, two after: no other cut into two is nearer to equal."""
    slices = time_slices(_map(), years_of_corpus(_corpus()), n=2)
    assert [(one.first, one.last, one.n_records) for one in slices] == [(2001, 2009, 3), (2010, 2011, 2)]


def test_one_slice_is_all_records_with_a_year() -> None:
    """A single slice holds whatever has a year."""
    (whole,) = time_slices(_map(), years_of_corpus(_corpus()), n=1)
    assert whole.n_records == 5


def test_records_without_a_year_are_counted() -> None:
    """The record without a year is in no slice, and is told."""
    made = _map()
    slices = time_slices(made, years_of_corpus(_corpus()), n=2)
    assert without_year(made, slices) == 1


def test_more_slices_than_years_are_refused() -> None:
    """Four years can't make five slices."""
    with pytest.raises(BenangError, match="5 slices for 4 years"):
        time_slices(_map(), years_of_corpus(_corpus()), n=5)


@pytest.mark.parametrize("edges", [[], [2010, 2005], [2010, 2010]])
def test_edges_must_rise(edges: list[int]) -> None:
    """Edges that fall or stand twice are refused."""
    with pytest.raises(BenangError, match="edges"):
        time_slices(_map(), years_of_corpus(_corpus()), edges=edges)


def test_years_stand_at_the_end_of_short_citations() -> None:
    """Letters behind a year are passed over; a year within a title is none of the record."""
    named = replace(
        _map().network,
        record_labels=(
            "Sari (2001)",
            "Budi and Lia (2002b)",
            "Budi (2002aa)",
            "Plan (2010) for Kota",
            "r4",
            "X (n.d.)",
        ),
    )
    assert years_of_labels(named) == {"r0": 2001, "r1": 2002, "r2": 2002}


def test_years_may_be_a_list() -> None:
    """One year a record, in the order of the network; None and NaN are none."""
    found = record_years(_map().network, [2001, None, 2003, float("nan"), 2005, 2006])  # type: ignore[list-item]
    assert np.isnan(found[[1, 3]]).all()
    assert found[[0, 2]].tolist() == [2001, 2003]


def test_a_list_of_another_length_is_refused() -> None:
    """A year for each record, or none at all."""
    with pytest.raises(BenangError, match="2 years for 6 records"):
        record_years(_map().network, [2001, 2002])


def test_a_map_without_any_year_says_what_to_give() -> None:
    """Without years, neither given nor in short citations, there are no slices."""
    made = _map()
    unlabelled = replace(made, network=replace(made.network, record_labels=()))
    with pytest.raises(BenangError, match="columns record and year"):
        time_slices(unlabelled)


def test_groups_part_the_records() -> None:
    """Records are counted in their group; one that is in none is in no slice."""
    made = _map()
    first, second = group_slices(made, {"r0": "north", "r3": "south", "r4": "north"})
    assert (first.name, first.n_records) == ("north", 2)
    assert first.map.network.strength("a", "b") == 2
    assert second.map.network.strength("b", "c") == 1


def test_what_a_slice_lacks_is_absent() -> None:
    """An item that no record of the slice holds is told apart."""
    made = _map()
    (only,) = group_slices(made, {"r0": "one"})
    assert only.present.tolist() == [True, True, False]


@pytest.mark.parametrize("counting", ["full", "fractional"])
def test_links_of_each_year_add_up_to_those_of_the_map(counting: Counting) -> None:
    """With those of the record without a year."""
    network = cooccurrence_network(_corpus(), counting=counting, components="all")
    years = record_years(network, years_of_corpus(_corpus()))
    by_year = links_by_year(network, years)
    assert by_year is not None
    undated = cooccurrence_network(keywords("a,b"), counting=counting, components="all").strength("a", "b")

    assert list(by_year) == [2001, 2002, 2010, 2011]
    whole = sum(links.toarray() for links in by_year.values())
    gap = network.links.toarray() - whole
    a, b = network.index("a"), network.index("b")
    assert gap[a, b] == gap[b, a] == pytest.approx(undated)
    assert gap.sum() == pytest.approx(2 * undated)


def test_shares_of_records_whose_other_items_are_not_on_the_map_are_not_known() -> None:
    """Fractional counting shares among all items of a record, also those below the threshold."""
    network = cooccurrence_network(
        keywords("a,b,x", "a,b,y", years=(2001, 2002)), counting="fractional", min_occurrences=2
    )

    assert links_by_year(network, np.array([2001.0, 2002.0])) is None


def _papers() -> Corpus:
    """Return three papers: the second and the third cite the first, and a work that is not among them."""
    own, other = "Sari D, 2011, J OWN, V1, P1", "Roe B, 2005, J ROE, V5, P6"
    return corpus_of(
        [
            Record("a", authors=("Sari, D.",), year=2011, source="J Own", volume="1", first_page="1"),
            Record("b", authors=("Budi, E.",), year=2012, source="J B", references=(other, own)),
            Record("c", authors=("Lia, F.",), year=2013, source="J C", references=(other, own)),
        ]
    )


def test_a_citation_is_of_the_year_of_the_record_that_cites() -> None:
    """Links of direct citation add up; a pair that cites one work may be of two years."""
    cited = citation_network(_papers(), items="documents", components="all")
    years = record_years(cited, years_of_corpus(_papers()))
    by_year = links_by_year(cited, years)
    assert by_year is not None

    assert {year: links.sum() / 2 for year, links in by_year.items()} == {2011: 0, 2012: 1, 2013: 1}
    coupled = coupling_network(_papers(), items="documents", components="all")
    assert links_by_year(coupled, record_years(coupled, years_of_corpus(_papers()))) is None


def test_a_map_made_elsewhere_has_no_links_by_year() -> None:
    """Nobody knows its records."""
    network = replace(_map().network, incidence=None, records=())

    assert links_by_year(network, np.zeros(0)) is None
