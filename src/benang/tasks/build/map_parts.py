"""A map of the plan in slices of time, or what differs between two parts of it."""

from __future__ import annotations

from benang.errors import BenangError, Problem
from benang.locale import Language
from benang.maps.differences import Difference, map_difference, slice_difference
from benang.maps.map import Map
from benang.maps.slices import Slice, time_slices, years_of_corpus
from benang.records.corpus import Corpus
from benang.review.plan import DifferenceChart, SlicesChart


def slices_of(chart: SlicesChart, drawn: Map, corpus: Corpus) -> tuple[Slice, ...]:
    """Part a map by the years of the review's records."""
    return time_slices(drawn, years_of_corpus(corpus), edges=chart.edges or None, n=chart.slices)


def difference_of(chart: DifferenceChart, drawn: Map, corpus: Corpus, language: Language) -> Difference:
    """Compare the records before a year with those since, or two groups of records or cases.

    Raises
    ------
    BenangError
        Where all records lie on one side of the year, and for records or cases that the map lacks.
    """
    if chart.groups is not None:
        one, other = chart.groups
        names = one.name.text(language), other.name.text(language)
        return map_difference(drawn, one.members, other.members, names=names)
    parts = time_slices(drawn, years_of_corpus(corpus), edges=[chart.before] if chart.before is not None else None)
    if len(parts) != 2:
        said = f"all records with a year are of {parts[0].name}"
        where = f"review.toml, chart {chart.name}"
        raise BenangError(Problem(said, where=where, expected="a year between the first and the last"))
    return slice_difference(drawn, *parts)
