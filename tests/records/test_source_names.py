"""Names of sources in capitals, as a corpus writes them."""

from __future__ import annotations

import pytest

from benang.records.source_names import NO_NAMES, same_source, sort_of_source, source_names


def test_the_most_frequent_spelling_of_the_corpus_counts() -> None:
    """Names in capitals tell nothing; of others the most frequent is shown."""
    names = source_names(["Plos one", "PLoS One", "PLoS One", "PLOS ONE", "PLOS ONE", "PLOS ONE"])
    assert names.shown("PLOS ONE") == "PLoS One"


def test_words_with_inner_capitals_are_learnt() -> None:
    """An acronym of one journal is that of another; a word that only begins with a capital teaches nothing."""
    names = source_names(["MEMS Reviews", "Journal of Towns"])
    assert names.shown("TOWNS AND MEMS QUARTERLY") == "Towns and MEMS Quarterly"


def test_a_name_with_small_letters_stays() -> None:
    """What is not in capitals is shown as it was printed."""
    assert NO_NAMES.shown("Ieee T Magn") == "Ieee T Magn"


def test_a_word_in_capitals_in_one_name_is_no_acronym_if_others_write_it_small() -> None:
    """What most names show counts; names in capitals but for one word teach nothing, and are put right themselves."""
    written = ["INTERNET Letters", "Internet Reviews", "Internet Papers", "TOWNS OF THE INTERNET: Essays on Towns"]
    names = source_names(written)
    assert names.shown("JOURNAL OF INTERNET TOWNS") == "Journal of Internet Towns"
    assert names.shown("FORUM ON TOWNS OF THINGS, FT-IoT") == "Forum on Towns of Things, FT-IoT"
    assert names.shown(written[-1]) == "Towns of the Internet: Essays on Towns"


def test_known_acronyms_stay() -> None:
    """A journal whose abbreviation is in capitals beside others that are not is an acronym."""
    assert source_names(["Towns"], ["INVERB"]).shown("INVERB") == "INVERB"


def test_short_words_of_web_of_science_are_no_acronyms() -> None:
    """A word without a vowel is one as a rule, but not HDB, which is a handbook."""
    assert NO_NAMES.shown("HDB TOWNS") == "Hdb Towns"
    assert NO_NAMES.shown("IEEE T TOWN PR") == "IEEE T Town Pr"


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
