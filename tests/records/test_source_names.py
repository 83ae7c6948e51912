"""Names of sources in capitals, as a corpus writes them."""

from __future__ import annotations

from benang.records.source_names import NO_NAMES, source_names


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
