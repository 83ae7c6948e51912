"""Databases name one journal in several ways."""

from __future__ import annotations

import pytest

from benang.records.duplicates.source_names import same_source, sort_of_source


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HABITAT INTERNATIONAL", "Habitat International"),
        ("Environ. Plan. A", "Environment and Planning A"),
        ("J Infect Dis", "Journal of Infectious Diseases"),
        ("Lancet (London, England)", "The Lancet"),
        ("Jurnal Kota [Journal of Cities]", "Journal of Cities"),
        ("PNAS", "Proceedings of the National Academy of Sciences"),
    ],
)
def test_abbreviations_brackets_and_acronyms_are_the_same_source(one: str, other: str) -> None:
    """In either order."""
    assert same_source(one, other)
    assert same_source(other, one)


def test_two_journals_are_two() -> None:
    """Names that share only small or common words."""
    assert same_source("Journal of Urban Studies", "Journal of Rural Health") is False


def test_a_record_without_a_source_tells_nothing() -> None:
    """It neither agrees nor contradicts."""
    assert same_source("", "Habitat International") is None


@pytest.mark.parametrize(
    ("name", "sort"),
    [("arXiv", "preprint"), ("SSRN Electronic Journal", "preprint"), ("Kota dan Desa", "")],
)
def test_preprints_are_told_by_where_they_stand(name: str, sort: str) -> None:
    """A preprint and the paper that came of it have unlike sources and are one work."""
    assert sort_of_source(name) == sort
