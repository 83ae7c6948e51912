"""Works are linked by the records that cite both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benang.errors import BenangError
from benang.maps.making import vos_map
from benang.network.cocitation import cocitation_network
from benang.network.network import Network
from benang.readers.registry import read
from benang.records.corpus import corpus_of
from benang.records.record import Record

P, Q, R, S = (f"Smith {letter}, 201{page}, J TEST, V1, P{page}" for page, letter in enumerate("ABCD", 1))
SCOPUS_P = "Smith A., On tests, J. Test, 1, pp. 1-9, (2011)"
CORPUS = corpus_of(
    [
        Record("a", references=(P, Q, R)),
        Record("b", references=(P, Q, P)),
        Record("c", references=(SCOPUS_P, R)),
        Record("d", references=(S,)),
    ]
)


def test_a_link_is_as_strong_as_the_records_that_cite_both() -> None:
    """A work counts once a record, in whatever form it is printed."""
    network = cocitation_network(CORPUS)
    assert network.ids == (P, Q, R)
    assert network.labels == ("Smith A (2011) J Test", "Smith B (2012) J Test", "Smith C (2013) J Test")
    assert [network.strength(*pair) for pair in ((P, Q), (P, R), (Q, R))] == [2, 2, 1]
    assert network.weights["Citations"].tolist() == [3, 2, 2]
    assert network.scores["Pub. year"].tolist() == [2011, 2012, 2013]
    assert network.records_of(P, R) == ("a", "c")
    assert (network.item_kind, network.link_kind, network.unit) == ("references", "co-citation", "records")


def test_cited_works_are_described_by_their_record_or_their_reference() -> None:
    """The corpus's own record of a work tells most; else the parts of the reference, or the reference as printed."""
    own, known, bare = "Doe A, 2001, TESTS, DOI 10.1000/doe", "Roe R., Permits & power, City, 2, (1999)", "pmid:1"
    doe = Record("doe", authors=("Doe, Ann",), year=2001, title="All of it", source="Tests", doi="10.1000/doe")
    corpus = corpus_of([doe, *(Record(key, references=(own, known, bare)) for key in "ab")])

    network = cocitation_network(corpus)

    described = dict(zip(network.ids, network.attributes["description"], strict=True))
    assert described == {
        own: "<table><tr><td>Authors:</td><td>Doe, Ann</td></tr><tr><td>Title:</td><td>All of it</td></tr>"
        "<tr><td>Source:</td><td>Tests</td></tr><tr><td>Year:</td><td>2001</td></tr></table>",
        known: "<table><tr><td>Authors:</td><td>Roe, R.</td></tr><tr><td>Title:</td><td>Permits &amp; power</td></tr>"
        "<tr><td>Source:</td><td>City, 2</td></tr><tr><td>Year:</td><td>1999</td></tr></table>",
        bare: "pmid:1",
    }


def test_printed_texts_are_the_items_where_asked_for() -> None:
    """As in VOSviewer, whose spelling variants stand beside each other."""
    network = cocitation_network(CORPUS, matching="exact", components="all")
    assert set(network.ids) == {P, Q, R, S, SCOPUS_P}
    assert network.strength(P, R) == network.strength(SCOPUS_P, R) == 1


def test_fractional_counting_divides_by_the_works_of_the_network() -> None:
    """Record a cites three of them and gives halves; with the threshold 3 nothing is left to link."""
    network = cocitation_network(CORPUS, counting="fractional")
    assert [network.strength(*pair) for pair in ((P, Q), (P, R), (Q, R))] == [1.5, 1.5, 0.5]
    above = cocitation_network(corpus_of([*CORPUS.records, Record("e", references=(P, Q, S))]), counting="fractional",
                               min_citations=3)  # fmt: skip
    assert [above.strength(P, Q), len(above)] == [3.0, 2]


def test_the_threshold_counts_all_cited_works() -> None:
    """The history tells how many there were; a threshold too high tells which would do."""
    counts = {step.name: dict(step.counts) for step in cocitation_network(CORPUS, min_citations=2).history}
    assert counts["threshold"] == {"items": 4, "kept": 3}
    assert (counts["references"]["references"], counts["items"]["records"]) == (9, 4)
    with pytest.raises(BenangError, match="None of the 4 references"):
        cocitation_network(CORPUS, min_citations=9)
    with pytest.raises(BenangError, match="min_citations"):
        cocitation_network(CORPUS, min_citations=0)


def test_an_identifier_is_labelled_by_the_record_that_it_is() -> None:
    """OpenAlex cites by numbers, which tell a reader nothing."""
    cited = Record("w", authors=("Sari, D.",), year=2019, title="Kota kembar", identifiers=("openalex:W1234567",))
    one, other = "https://openalex.org/W1234567", "https://openalex.org/W7654321"
    network = cocitation_network(corpus_of([cited, Record("a", references=(one, other))]))
    assert network.ids == (one, other)
    assert network.labels == ("Sari (2019). Kota kembar", other)
    assert network.scores == {}


def test_a_real_export_gives_a_map(shared_data: Path) -> None:
    """Works cited by 20 of 500 records, on a map with VOSviewer's exponents (2, 1)."""
    network = cocitation_network(read(shared_data / "exports" / "wos-plain-500.txt"), min_citations=20)
    assert (network.weights["Citations"] >= 20).all()
    assert len(network) > 30
    made = vos_map(network)
    assert (made.settings.layout.attraction, made.settings.layout.repulsion) == (2, 1)
    assert np.isfinite(made.xy).all()


PLACES = "Umpama A., Contoh B., Rekaan C., Night markets in theory, Journal of Places, 4, pp. 1-9, (2010)"
TRADE = "Umpama A., Misal D., Towns and trade, Trade Review, 2, pp. 3-11, (1999)"
RENT = "Umpama A., Rents, Trade Review, 3, pp. 13-21, (2001)"


def strengths(network: Network) -> dict[tuple[str, str], float]:
    """Return the links by the labels of their ends."""
    upper = np.argwhere(np.triu(network.links.toarray()))
    return {(network.labels[i], network.labels[j]): float(network.links[i, j]) for i, j in upper}


def cited_authors(*lists: tuple[str, ...], **asked: Any) -> Network:
    """Make the network of the authors that some lists of references name."""
    corpus = corpus_of(Record(f"r{at}", references=references) for at, references in enumerate(lists))
    return cocitation_network(corpus, items="cited-authors", components="all", **asked)


def by(*names: str) -> list[tuple[str]]:
    """Cite one work of each name, in lists of their own."""
    return [(f"{name}, Towns and trade, Trade Review, {at}, pp. 3-11, (1999)",) for at, name in enumerate(names, 1)]


def test_all_authors_of_a_reference_are_cited_together() -> None:
    """One list names Umpama three times, the others once: 3·1 for each link of his, pairs of one reference included."""
    network = cited_authors((PLACES, TRADE, RENT))
    one = ("Contoh B", "Misal D", "Rekaan C", "Umpama A")
    assert network.labels == one
    assert dict(zip(one, network.weights["Citations"], strict=True)) == {one[0]: 1, one[1]: 1, one[2]: 1, one[3]: 3}
    assert strengths(network) == {
        (one[0], one[3]): 3,
        (one[1], one[3]): 3,
        (one[2], one[3]): 3,
        (one[0], one[1]): 1,
        (one[0], one[2]): 1,
        (one[1], one[2]): 1,
    }


def test_fractional_counting_of_cited_authors_divides_by_mentions_less_one() -> None:
    """Six mentions in the list: each pair adds 1/5, so that Umpama's links have 3/5; binary counting sees one list."""
    network = cited_authors((PLACES, TRADE, RENT), counting="fractional")
    assert network.strength("Contoh B", "Umpama A") == pytest.approx(3 / 5)
    assert network.strength("Contoh B", "Misal D") == pytest.approx(1 / 5)
    assert set(strengths(cited_authors((PLACES, TRADE, RENT), counting="binary")).values()) == {1}


def test_only_authors_on_the_map_share_a_record() -> None:
    """With the threshold 2 the first list mentions Umpama three times, Contoh once: 3/(4 - 1), and one of two."""
    other = "Umpama A., Contoh B., Stalls, Journal of Stalls, 5, pp. 1-9, (2011)"
    lists = ((PLACES, TRADE, RENT), (other,))
    network = cited_authors(*lists, counting="fractional", min_citations=2)
    assert strengths(network) == {("Contoh B", "Umpama A"): pytest.approx(3 / 3 + 1)}


@pytest.mark.parametrize("items", ["references", "cited-sources", "cited-authors"])
def test_the_strongest_items_share_records_among_themselves(items: Any) -> None:
    """Of three works in one list two are kept: they have the list for themselves, 1/(2 - 1), not 1/(3 - 1)."""
    pair = ("Umpama A, 2001, J ONE, V1, P1", "Contoh B, 2002, J TWO, V2, P2")
    corpus = corpus_of([Record("a", references=pair), Record("b", references=(*pair, "Misal C, 2003, J SIX, V3, P3"))])
    network = cocitation_network(corpus, items=items, counting="fractional", top=2)
    assert len(network) == 2
    assert network.total_link_strength == 2
    steps = [step.name for step in network.history]
    assert steps.index("threshold") < steps.index("top") < steps.index("components") < steps.index("links")
    assert [dict(step.counts) for step in network.history if step.name == "top"] == [{"items": 3, "kept": 2}]


@pytest.mark.parametrize(
    ("one", "other", "authors"),
    [
        ("Mendonça D.", "Mendonca D.", 1),  # accents
        ("Kim H.-I.", "Kim H.I.", 2),  # hyphens
        ("Kim H.-I.", "Kim H.‐I.", 1),  # the same hyphen, another sign
        ("Kim H. I.", "Kim H.I.", 1),  # blanks
        ("Umpama Jr., F.G.", "Umpama J.", 2),
        ("Umpama Jr., F.G.", "Umpama F.G.", 1),
        ("Umpama Jr. F.G.", "Umpama F.G., Jr.", 1),
    ],
)
def test_which_names_are_one_cited_author(one: str, other: str, authors: int) -> None:
    """Accents, full stops and blanks make no difference, hyphens do; a suffix is no initial."""
    lists = [
        (f"{name}, Towns and trade {at}, Trade Review, {at}, pp. 3-11, (1999)",)
        for at, name in enumerate((one, other), 1)
    ]
    assert len(cited_authors(*lists)) == authors


def test_exact_matching_takes_cited_authors_as_printed() -> None:
    """Full stops and blanks tell them apart, as in VOSviewer; accents don't."""
    names = ("Mendonça D. S.", "Mendonca D. S.", "Mendonca D.S.", "Umpama Jr., F.G.")
    lists = [
        (f"{name}, Towns and trade {at}, Trade Review, {at}, pp. 3-11, (1999)",) for at, name in enumerate(names, 1)
    ]
    network = cited_authors(*lists, matching="exact")
    assert sorted(network.labels) == ["Mendonca D. S.", "Mendonca D.S.", "Umpama F.G., Jr."]


def test_a_work_has_the_authors_of_the_spelling_that_names_most() -> None:
    """Web of Science names the first author alone; the same work in Scopus names them all."""
    network = cited_authors(("Umpama A, 2010, J PLACES, V4, P1",), ("Umpama A, 2010, J PLACES, V4, P1",), (PLACES,))
    assert network.weights["Citations"].tolist() == [3, 3, 3]


def test_a_doubled_doi_makes_no_other_reference() -> None:
    """`DOI DOI 10…` is `DOI 10…` in VOSviewer, and nothing else is brought together."""
    printed = "Rekaan C, 2001, J PLACES, V3, P15, DOI {}10.9999/jp.15"
    corpus = corpus_of(
        [
            Record("a", references=(printed.format("DOI "), "Rekaan D, 2001, J PLACES, V3, P25")),
            Record("b", references=(printed.format(""), "REKAAN D, 2001, J PLACES, V3, P25")),
        ]
    )
    network = cocitation_network(corpus, matching="exact", components="all")
    assert network.ids == (printed.format(""), "Rekaan D, 2001, J PLACES, V3, P25", "REKAAN D, 2001, J PLACES, V3, P25")
    assert network.weights["Citations"].tolist() == [2, 1, 1]


def test_bodies_in_capitals_keep_their_acronyms() -> None:
    """Web of Science prints them so, with or without a star; words in capitals are written as names are."""
    cited = (
        "*WHO, 2001, TECH REP SER",
        "UNESCO, 2002, WORLD REPORT",
        "MINISTRY OF HEALTH, 2003, TOWN REPORT",
        "SUKARNO, 2004, PIDATO",
    )
    corpus = corpus_of([Record(key, references=cited) for key in "ab"])
    assert cocitation_network(corpus, items="cited-authors").labels == (
        "Ministry of Health",
        "Sukarno",
        "UNESCO",
        "WHO",
    )
