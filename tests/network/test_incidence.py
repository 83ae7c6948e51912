"""What occurs in what: items told apart by their spellings, labelled as the thesaurus or most records write them."""

from __future__ import annotations

import pytest
from tests.network.corpora import keywords

from benang.errors import BenangError
from benang.kinds import RecordItems
from benang.network.cooccurrence import cooccurrence_network
from benang.network.incidence import item_incidence
from benang.records.corpus import corpus_of
from benang.records.record import FileAccount, Ledger, Record, SetAside
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
    message = r"The only record has no index keywords\. Available: author-keywords, keywords"
    with pytest.raises(BenangError, match=message):
        cooccurrence_network(keywords("a,b"), items="index-keywords")


def test_a_thesaurus_that_drops_everything_is_named() -> None:
    """Nothing left to count is the thesaurus's doing, not the corpus's."""
    with pytest.raises(BenangError, match=r"t\.tsv: The thesaurus drops all author keywords"):
        cooccurrence_network(keywords("a"), thesaurus=Thesaurus((("a", ""),), "t.tsv"))


@pytest.mark.parametrize("items", ["authors", "organizations"])
def test_what_a_thesaurus_says_instead_is_not_looked_up_again(items: RecordItems) -> None:
    """Two names that a thesaurus exchanges change places, and of a chain only the first replacement is made."""
    names = ("Umpama, Dewi", "Contoh, Rani") if items == "authors" else ("Umpama University", "Contoh Institute")
    lists = (("a", names[:1]), ("b", names))
    if items == "authors":
        corpus = corpus_of(Record(key, authors=own) for key, own in lists)
    else:
        corpus = corpus_of(Record(key, affiliations=own) for key, own in lists)
    exchanged = item_incidence(corpus, items=items, thesaurus=Thesaurus((names, names[::-1])))
    chain = item_incidence(corpus, items=items, thesaurus=Thesaurus((names, (names[1], "Rekaan"))))

    assert {one: int(exchanged.matrix.sum(axis=0)[at]) for at, one in enumerate(exchanged.labels)} == {
        names[0]: 1,
        names[1]: 2,
    }
    assert set(chain.labels) == {names[1], "Rekaan"}


def test_organisations_that_a_thesaurus_drops_are_counted() -> None:
    """One of two names is dropped."""
    corpus = corpus_of([Record("a", affiliations=("Umpama University", "Contoh Institute"))])
    found = item_incidence(corpus, items="organizations", thesaurus=Thesaurus((("Contoh Institute", ""),)))

    assert (found.labels, found.history[-1].counts["dropped_by_thesaurus"]) == (("Umpama University",), 1)


def test_organisations_of_one_name_can_be_joined_by_the_label_that_a_map_shows() -> None:
    """The id stands behind the name; a thesaurus brings one of the two to another name."""
    corpus = corpus_of([Record("a", affiliations=("Contoh", "CONTOH"), affiliation_ids=("ror:1", "ror:2"))])
    found = item_incidence(corpus, items="organizations", thesaurus=Thesaurus((("contoh (ror:1)", "Umpama"),)))

    assert found.labels == ("CONTOH (ror:2)", "Umpama")
    assert "thesaurus_unmatched" not in found.history[-1].arguments


def test_ids_of_authors_keep_the_blanks_between_given_names() -> None:
    """Only initials stand together, so that they are the same with points, blanks and without."""
    names = ("Senard, Jean Michel", "Rey, J. M.", "Umpama, Dewi A.")
    corpus = corpus_of(Record(key, authors=names) for key in "ab")

    assert item_incidence(corpus, items="authors").ids == ("rey, jm", "senard, jean michel", "umpama, dewi a")
