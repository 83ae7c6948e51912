"""Documents are coupled by the works that they share, as VOSviewer counts them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.kinds import Matching
from benang.map_files import read_map, write_map
from benang.maps.making import vos_map
from benang.network.citation import coupling_network
from benang.network.network import Network
from benang.network.record_values import document_labels, normalized_citations
from benang.readers.registry import read
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record

P, Q, R, S = (f"Smith {letter}, 2010, J TEST, V1, P{page}" for page, letter in enumerate("ABCD", 1))
SCOPUS_P = "Smith A., On tests, J. Test, 1, pp. 1-9, (2010)"
CORPUS = corpus_of(
    [
        Record("a", authors=("Sari, D.",), year=2019, citations=4, references=(P, Q, R)),
        Record("b", authors=("Sari, A.",), year=2019, citations=0, references=(P, Q), doi="10.1000/b"),
        Record("c", title="Kota kembar", year=2020, citations=3, references=(SCOPUS_P,)),
        Record("d", references=(S,)),
    ]
)


def strengths(network: Network) -> dict[str, float]:
    """Return the links by the letters of their ends."""
    n = range(len(network))
    return {
        network.ids[i] + network.ids[j]: float(network.links[i, j])
        for i in n
        for j in n
        if i < j and network.links[i, j] != 0
    }


def test_a_link_is_as_strong_as_the_works_shared() -> None:
    """The same work counts in whatever form it is printed."""
    assert strengths(coupling_network(CORPUS)) == {"ab": 2, "ac": 1, "bc": 1}


@pytest.mark.parametrize("matching", ["keys", "exact"])
def test_a_reference_that_makes_no_key_couples_by_its_text(matching: Matching) -> None:
    """VOSviewer's fourth key, which counts for coupling alone: the printed text."""
    corpus = corpus_of(Record(key, references=("Annual report of the city",)) for key in "ab")
    assert coupling_network(corpus, matching=matching).strength("a", "b") == 1


def test_exact_matching_takes_the_printed_text() -> None:
    """Then the form of another database is another work."""
    assert strengths(coupling_network(CORPUS, matching="exact")) == {"ab": 2}


def test_fractional_counting_divides_by_the_other_documents_that_cite_a_work() -> None:
    """P is cited by three documents and gives a half to each link, Q by two and gives 1."""
    assert strengths(coupling_network(CORPUS, counting="fractional")) == {"ab": 1.5, "ac": 0.5, "bc": 0.5}


def test_fractional_counting_counts_documents_below_the_threshold_too() -> None:
    """The share of a work does not depend on which documents are shown."""
    network = coupling_network(CORPUS, counting="fractional", min_citations=3)
    assert (network.ids, strengths(network)) == (("a", "c"), {"ac": 0.5})


def test_a_work_listed_twice_counts_twice_only_as_printed() -> None:
    """VOSviewer counts pairs of references; a work counts once where works are matched."""
    corpus = corpus_of([Record("a", references=(P, P)), Record("b", references=(P, P, P))])
    assert strengths(coupling_network(corpus, matching="exact")) == {"ab": 6}
    assert strengths(coupling_network(corpus)) == {"ab": 1}


def test_an_item_and_a_link_name_their_references() -> None:
    """An item is its own record; behind a link are the works that both ends cite."""
    network = coupling_network(CORPUS)
    assert (network.unit, network.item_kind, network.link_kind) == ("records", "documents", "coupling")
    assert (network.records_of("a"), network.records_of("a", "c")) == (("a",), ("a", "c"))
    assert (network.cited_by("a", "b"), network.cited_by("a", "c")) == ((P, Q), (P,))


def test_documents_are_named_by_short_citations() -> None:
    """Letters tell apart those that are alike; a title stands for authors that aren't known."""
    network = coupling_network(CORPUS, components="all")
    assert network.labels == ("Sari (2019a)", "Sari (2019b)", "Kota kembar (2020)", "d")
    many = document_labels(corpus_of(Record(str(i), authors=("Li, S.",), year=2000) for i in range(28)))
    assert (many[0], many[25], many[26], many[27]) == ("Li (2000a)", "Li (2000z)", "Li (2000aa)", "Li (2000ab)")


def test_documents_have_their_citations_and_years() -> None:
    """Norm. citations: over the mean of the year in all of the corpus; NaN where nothing is known."""
    network = coupling_network(CORPUS, components="all")
    assert network.weights["Citations"].tolist() == [4, 0, 3, 0]
    assert network.weights["Norm. citations"].tolist() == [2, 0, 1, 0]
    assert network.weights["Links"].tolist() == [2, 2, 2, 0]
    np.testing.assert_array_equal(network.scores["Pub. year"], [2019, 2019, 2020, np.nan])
    np.testing.assert_array_equal(network.scores["Norm. citations"], [2, 0, 1, np.nan])
    assert network.attributes["url"] == (None, "https://doi.org/10.1000/b", None, None)
    assert coupling_network(CORPUS, scores=False).scores == {}


def test_documents_are_described_as_vosviewer_describes_them() -> None:
    """A table in HTML of what is known, before the address; texts that look like HTML are escaped."""
    corpus = corpus_of(
        [
            Record("a", title="Rent <i>&</i> permits", authors=("Sari, D.", "Umar, A."), year=2019,
                   source="City Papers", volume="2", issue="1", first_page="1", last_page="22",
                   doi="10.1000/a", references=(P,)),
            Record("b", title="Kota", source="City Papers", article_number="e7", references=(P,)),
            Record("c", references=(P,)),
        ]
    )  # fmt: skip

    network = coupling_network(corpus)

    assert list(network.attributes) == ["description", "url"]
    assert network.attributes["description"] == (
        "<table><tr><td>Authors:</td><td>Sari, D.; Umar, A.</td></tr>"
        "<tr><td>Title:</td><td>Rent &lt;i&gt;&amp;&lt;/i&gt; permits</td></tr>"
        "<tr><td>Source:</td><td>City Papers, 2(1), 1-22</td></tr><tr><td>Year:</td><td>2019</td></tr></table>",
        "<table><tr><td>Title:</td><td>Kota</td></tr><tr><td>Source:</td><td>City Papers, e7</td></tr></table>",
        None,
    )


def test_what_documents_belong_to_is_not_described() -> None:
    """A source is what its label says."""
    assert "description" not in coupling_network(CORPUS, items="authors", components="all").attributes


@pytest.mark.parametrize("name", ["map.json", "map.txt", "map.gml", "map.graphml", "map.gexf"])
def test_descriptions_are_kept_in_map_files(name: str, tmp_path: Path) -> None:
    """As written, and as read back by whoever lays the map out again."""
    described = vos_map(coupling_network(corpus_of(Record(key, title=f"Of <{key}>", references=(P,)) for key in "abc")))

    write_map(described, tmp_path / name)

    assert read_map(tmp_path / name).network.attributes["description"] == described.network.attributes["description"]


def test_a_year_that_was_never_cited_is_average() -> None:
    """Nothing is divided by 0."""
    assert normalized_citations(np.zeros(2), np.array([2020.0, 2020.0])).tolist() == [1, 1]


def test_every_step_tells_what_it_left_out() -> None:
    """Records, references, threshold, strongest, components, links."""
    network = coupling_network(CORPUS, min_citations=1, top=1)
    counts = {step.name: dict(step.counts) for step in network.history}
    assert counts["items"]["records_without_items"] == 0
    assert (counts["references"]["references"], counts["references"]["cited_works"]) == (7, 4)
    assert counts["threshold"] == {"items": 4, "kept": 2}
    assert counts["top"] == {"items": 2, "kept": 1}
    assert list(counts) == ["items", "references", "threshold", "top", "components", "links"]


def test_the_real_exports_20310_pairs_are_all_found(shared_data: Path) -> None:
    """Pairs of records that share a reference character for character, counted by hand in pairs of sets."""
    corpus = read(shared_data / "exports" / "wos-plain-500.txt")
    network = coupling_network(corpus, matching="exact", components="all")
    lists = [set(record.references) for record in corpus.records]
    pairs = sum(not one.isdisjoint(other) for i, one in enumerate(lists) for other in lists[:i])
    assert (len(network), network.n_links) == (500, pairs) == (500, 20310)
    assert coupling_network(corpus, components="all").n_links > pairs


@given(st.lists(st.lists(st.sampled_from("ABCDEFGH"), max_size=6), min_size=2, max_size=8))
def test_strengths_are_those_of_a_plain_count(lists: list[list[str]]) -> None:
    """With sets for full counting of works, with pairs of references for printed texts."""
    if not any(lists):
        return
    corpus = corpus_of(
        Record(str(i), references=tuple(f"Smith {name}, 2010, J TEST, V1, P{ord(name)}" for name in held))
        for i, held in enumerate(lists)
    )
    works = coupling_network(corpus, components="all").links.toarray()
    printed = coupling_network(corpus, matching="exact", components="all").links.toarray()
    shared = coupling_network(corpus, counting="fractional", components="all").links.toarray()
    for i, one in enumerate(lists):
        for j, other in enumerate(lists):
            both = sorted(set(one) & set(other)) if i != j else []
            citing = {name: sum(name in held for held in lists) for name in both}
            assert works[i, j] == len(both)
            assert printed[i, j] == sum(one.count(name) * other.count(name) for name in both)
            assert shared[i, j] == pytest.approx(sum(1 / (n - 1) for n in citing.values()))


def test_a_map_of_documents_keeps_all_that_the_network_tells(tmp_path: Path) -> None:
    """VOSviewer's exponents (2, 1); kinds and shared references are read again from the file."""
    made = vos_map(coupling_network(CORPUS))
    assert (made.settings.layout.attraction, made.settings.layout.repulsion) == (2, 1)
    write_map(made, tmp_path / "map.json")
    again = read_map(tmp_path / "map.json").network
    assert (again.item_kind, again.link_kind, again.unit) == ("documents", "coupling", "records")
    assert (again.records_of("a", "b"), again.cited_by("a", "b")) == (("a", "b"), (P, Q))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"counting": "half"}, "'half'"),
        ({"components": "some"}, "'some'"),
        ({"matching": "kys"}, "'kys'"),
        ({"min_citations": -1}, "-1"),
        ({"top": 0}, "top"),
        ({"min_citations": 5}, "the most cited has 4"),
    ],
)
def test_wrong_choices_are_told(options: dict[str, object], said: str) -> None:
    """In words that say what would do."""
    with pytest.raises(BenangError, match=said):
        coupling_network(CORPUS, **options)  # type: ignore[arg-type]


def test_a_network_that_no_memory_holds_is_refused() -> None:
    """Before it is counted: one work that very many documents cite ties each to each."""
    corpus: Corpus = corpus_of(Record(str(i), references=(P,)) for i in range(10_002))
    with pytest.raises(BenangError, match="10,002 documents cite one work"):
        coupling_network(corpus, matching="exact")
