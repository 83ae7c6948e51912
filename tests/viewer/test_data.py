"""A map in columns as its page reads it: every item, link and record, and nothing of what was not to be shown."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse
from tests.maps.exchanged import coupled_map, toy_map

from benang.map_files import read_map
from benang.maps import Map
from benang.network.cooccurrence import cooccurrence_network
from benang.network.network import Network, symmetric
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record
from benang.viewer import data
from benang.viewer.data import Json, ShownMap, ShownPassage, map_columns

pytestmark = pytest.mark.fast


def _corpus() -> Corpus:
    return corpus_of(
        [
            Record(
                "10.1000/a", "article", "Markets at night", ("Sari, D.", "Budi, A."), 2019, "Jurnal Kota", "3", "2",
                "12", "24", doi="10.1000/a", abstract="Of <b>rents</b>.", author_keywords=("Market", "rent"),
                index_keywords=("market", "city"), citations=0,
            ),
            Record("b", title="Rents", year=2021, author_keywords=("market", "rent", "tax"), article_number="e7"),
            Record("c", title="No year", author_keywords=("rent", "tax")),
            Record("d", title="Nothing to map", year=2001),
        ]
    )  # fmt: skip


def _map(corpus: Corpus, **counted: str) -> Map:
    network = cooccurrence_network(corpus, items="author-keywords", **counted)  # type: ignore[arg-type]
    return Map(network, np.arange(2 * len(network), dtype=np.float64).reshape(-1, 2), np.ones(len(network), np.int64))


def _columns(shown: ShownMap) -> tuple[Json, Json]:
    columns, records, _ = map_columns(shown)
    assert records is not None
    json.dumps([columns, records], allow_nan=False)
    return columns, records


def test_items_and_links_are_all_there_strongest_first() -> None:
    """Coordinates with six digits, numbers as they are, attributes of a link at its place."""
    columns, _records, _notes = map_columns(ShownMap(map=toy_map(), title="Toy"))

    assert columns["items"]["x"] == [-0.123457, 0.25, 1]
    assert columns["items"]["weights"]["Occurrences"] == [2, 3, 1]
    assert columns["items"]["scores"]["Avg. pub. year"] == [2019.5, 2020, None]
    assert columns["links"]["strength"] == [2, 0.5]
    assert columns["links"]["attributes"] == {"0": {"url": "https://example.org/link", "years": [2019, 2020]}}
    assert columns["clusters"] == {"1": "Tempat"}
    assert columns["kinds"] == {
        "items": "author-keywords", "links": "co-occurrence", "unit": "records", "counting": "",
    }  # fmt: skip
    assert columns["extras"]["info"] == {"title": "Tiga"}
    assert "records" not in columns["extras"]["benang"]
    assert columns["cited"] == {"label": ["Weber 1922", "Simmel 1903"], "by": [[0, 2], [1, 2]]}


def test_the_ends_of_a_link_with_attributes_stand_as_they_were_read() -> None:
    """Attributes may speak of source and target."""
    links = symmetric(3, [0, 0], [1, 2], [2.0, 1.0])
    attributes = {("b", "a"): {"role": "b gives, a takes"}, ("a", "c"): {"role": "a gives, c takes"}}
    network = Network(("a", "b", "c"), ("a", "b", "c"), links, extras={"link_attributes": attributes})
    columns, _records, _notes = map_columns(ShownMap(map=Map(network, np.eye(3, 2), np.ones(3, np.int64)), title=""))

    assert (columns["links"]["source"], columns["links"]["target"]) == ([1, 0], [0, 2])
    assert columns["links"]["attributes"] == {"0": attributes["b", "a"], "1": attributes["a", "c"]}


def test_a_corpus_gives_its_records_and_without_one_there_are_keys_and_citations() -> None:
    """A key that is a DOI is a way to the record; records that hold no item are left out."""
    corpus = _corpus()
    columns, told = _columns(ShownMap(map=_map(corpus), title="", corpus=corpus))
    _, untold = _columns(ShownMap(map=_map(corpus), title=""))

    assert told["key"] == untold["key"] == ["10.1000/a", "b", "c"]
    assert told["title"] == ["Markets at night", "Rents", "No year"]
    assert (told["authors"][0], told["citations"]) == (["Sari, D.", "Budi, A."], [0, None, None])
    assert (told["pages"], told["articleNumber"]) == (["12–24", "", ""], ["", "e7", ""])
    assert told["keywords"][0] == ["Market", "rent", "city"]
    assert told["abstract"][0] == "Of <b>rents</b>."
    assert (untold["title"], untold["doi"]) == (["", "", ""], ["10.1000/a", "", ""])
    assert untold["citation"][0] == "Sari and Budi (2019)"
    assert told["year"] == untold["year"] == [2019, 2021, None]
    assert columns["records"] == [[0, 1], [0, 1, 2], [1, 2]]


def test_without_records_nothing_of_them_is_there() -> None:
    """A map that is passed on."""
    corpus = _corpus()
    columns, records, _ = map_columns(ShownMap(map=_map(corpus), title="", corpus=corpus, records=False))

    assert (columns["records"], columns["cited"], columns["years"], records) == (None, None, None, None)
    assert columns["kinds"]["items"] == "author-keywords"


@pytest.mark.parametrize("counting", ["full", "fractional"])
def test_strengths_by_year_add_up_to_the_whole(counting: str) -> None:
    """With those of the records without a year, which no year shows."""
    corpus = _corpus()
    made = _map(corpus, counting=counting)
    columns, _ = _columns(ShownMap(map=made, title="", corpus=corpus))
    total = np.zeros(made.network.n_links)
    for year in columns["years"]:
        total[year["link"]] += year["strength"]
    without_year = _map(corpus_of([one for one in corpus.records if one.key == "c"]), counting=counting).network
    pairs = list(zip(columns["links"]["source"], columns["links"]["target"], strict=True))
    labels = columns["items"]["label"]
    rest = [
        without_year.strength(labels[one], labels[other])
        if {labels[one], labels[other]} <= set(without_year.labels)
        else 0
        for one, other in pairs
    ]

    assert [year["year"] for year in columns["years"]] == [2019, 2021]
    np.testing.assert_allclose(total + rest, columns["links"]["strength"])


def test_links_that_rest_on_two_years_at_once_have_no_strengths_by_year() -> None:
    """Bibliographic coupling: a pair of records may be of two years."""
    columns, _ = _columns(ShownMap(map=coupled_map(), title=""))

    assert columns["years"] is None


def test_the_strongest_of_very_many_links_are_shown_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many as a browser can search."""
    monkeypatch.setattr(data, "MOST_LINKS", 2)
    network = Network(tuple("abcd"), tuple("abcd"), symmetric(4, [0, 1, 2], [1, 2, 3], [1.0, 3.0, 2.0]))
    made = Map(network, np.zeros((4, 2)), np.zeros(4, np.int64))
    columns, _, notes = map_columns(ShownMap(map=made, title="", language="id"))

    assert (columns["links"]["strength"], columns["allLinks"]) == ([3, 2], 3)
    assert notes == ["Halaman ini memuat 2 dari 3 tautan, yaitu yang terkuat."]


def test_too_many_strengths_by_year_are_left_out_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Periods show items then."""
    monkeypatch.setattr(data, "MOST_YEARLY", 1)
    columns, _, notes = map_columns(ShownMap(map=_map(_corpus()), title=""))

    assert columns["years"] is None
    assert notes == ["There are too many links to count them by year: a period shows the links of all years."]


def test_passages_stand_by_the_place_of_their_record() -> None:
    """Codes in words, where the passage is, its address in the report."""
    passage = ShownPassage("Rents rose.", ("Rent",), "Pasar Senen · documents/b.md", "report.html#x")
    _, records = _columns(ShownMap(map=_map(_corpus()), title="", passages={"b": (passage,), "gone": (passage,)}))

    assert records["passages"] == {
        "1": [
            {
                "quote": "Rents rose.", "codes": ["Rent"], "where": "Pasar Senen · documents/b.md",
                "link": "report.html#x",
            }
        ]
    }  # fmt: skip


def test_records_are_known_by_the_key_that_they_have_in_the_corpus() -> None:
    """A map that was made before a record was joined to another."""
    corpus = _corpus()
    made = _map(corpus)
    network = replace(made.network, records=("old", *made.network.records[1:]))
    _, records = _columns(
        ShownMap(map=replace(made, network=network), title="", corpus=corpus, keys={"old": "10.1000/a"})
    )

    assert (records["key"][0], records["title"][0]) == ("old", "Markets at night")


def test_direct_citation_keeps_the_places_of_all_records() -> None:
    """What is cited there are the records themselves, in their order."""
    made = coupled_map()
    incidence = sparse.csr_array(np.asarray(made.network.incidence.toarray()) * np.array([[0.0]]))  # type: ignore[union-attr]
    _, records = _columns(ShownMap(map=replace(made, network=replace(made.network, incidence=incidence)), title=""))

    assert len(records["key"]) == len(made.network.records)


@pytest.mark.parametrize("name", ["Economics_journal_co-citation", "QSS_SM_2020-2021_co-authorship"])
def test_vosviewers_own_maps_are_whole(shared_data: Path, name: str) -> None:
    """Every item and link, and what VOSviewer says of how it is shown."""
    made = read_map(shared_data / "vosviewer" / f"{name}_network.json")
    columns, records, notes = map_columns(ShownMap(map=made, title=name))

    assert (len(columns["items"]["id"]), len(columns["links"]["strength"])) == (len(made), made.network.n_links)
    assert columns["kinds"] == {"items": "", "links": "", "unit": "", "counting": ""}
    assert columns["extras"].keys() == made.network.extras.keys() - {"link_attributes"}
    assert (records, notes) == (None, [])
