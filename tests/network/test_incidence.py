"""What occurs in what: items told apart by their spellings, labelled as the thesaurus or most records write them."""

from __future__ import annotations

import pytest
from tests.network.corpora import keywords

from benang.errors import BenangError
from benang.network.cooccurrence import cooccurrence_network
from benang.records.corpus import corpus_of
from benang.records.ledger import FileAccount, Ledger, SetAside
from benang.records.record import Record
from benang.records.thesaurus import Thesaurus


def test_items_are_told_apart_without_case_and_white_space() -> None:
    """The label is the most frequent spelling; of equally frequent ones the first in the alphabet."""
    network = cooccurrence_network(keywords("Sister City,kota", "sister  city,Kota", "sister city,KOTA"))
    assert network.ids == ("kota", "sister city")
    assert network.labels == ("KOTA", "sister city")
    assert network.weights["Occurrences"].tolist() == [3, 3]


def test_a_preferred_label_wins_over_the_most_frequent_spelling() -> None:
    """The thesaurus decides how an item is written, also where the record spells it otherwise."""
    corpus = keywords("SISTER CITY,kota", "SISTER CITY,kota", "kota kembar,kota")
    network = cooccurrence_network(corpus, thesaurus=Thesaurus((("Kota Kembar", "Sister City"),)))
    assert network.labels == ("kota", "Sister City")
    assert network.records_of("Sister City") == ("r0", "r1", "r2")


def test_authors_are_told_apart_without_case_stops_and_spaces() -> None:
    """`Fauzi, L. M.` and `FAUZI, L.M` are one author."""
    one, other = ("Fauzi, L. M.", "Sari, D."), ("FAUZI, L.M", "Sari, D.")
    corpus = corpus_of([Record("a", authors=one), Record("b", authors=other)])
    assert cooccurrence_network(corpus, items="authors").labels == ("FAUZI, L.M", "Sari, D.")


def test_the_history_tells_where_records_and_labels_came_from() -> None:
    """Records set aside, assigned fields and the thesaurus go with the network."""
    account = FileAccount("a.ris", "RIS", "", found=2, read=1, set_aside=(SetAside(2, 9, "no title"),))
    record = Record("a", author_keywords=("a", "b"), origins={"author_keywords": "assigned"})
    corpus = corpus_of([record], ledger=Ledger((account,)))
    step = cooccurrence_network(corpus, thesaurus=Thesaurus((("b", "c"), ("d", "")), "t.tsv", "ab12")).history[0]
    assert (step.counts["found"], step.counts["read"], step.counts["set_aside"]) == (2, 1, 1)
    assert step.arguments == {
        "items": "author-keywords",
        "origins": (("author_keywords", "assigned"),),
        "thesaurus": "t.tsv",
        "thesaurus_sha256": "ab12",
        "thesaurus_unmatched": ("d",),
    }


def test_a_corpus_without_such_items_tells_what_it_has() -> None:
    """Somebody who asks for index keywords of a RIS file learns that it has author keywords."""
    message = r"The one record has no index keywords\. There are: author-keywords, keywords"
    with pytest.raises(BenangError, match=message):
        cooccurrence_network(keywords("a,b"), items="index-keywords")


def test_a_thesaurus_that_drops_everything_is_named() -> None:
    """Nothing left to count is the thesaurus's doing, not the corpus's."""
    with pytest.raises(BenangError, match=r"t\.tsv: The thesaurus drops all author keywords"):
        cooccurrence_network(keywords("a"), thesaurus=Thesaurus((("a", ""),), "t.tsv"))
