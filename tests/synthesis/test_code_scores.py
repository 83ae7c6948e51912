"""Codes that occur together in a case as a network, and a code as the colour of a map."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.synthesis.studies import coded_review, corpus_with

from benang.coding.cases import read_cases
from benang.coding.codebook_file import read_codebook
from benang.coding.coded import Coded
from benang.coding.placed import place
from benang.errors import BenangError
from benang.judgements.log import read_judgements
from benang.network.cooccurrence import cooccurrence_network
from benang.network.network import Network
from benang.project.folder import open_folder, read_documents
from benang.synthesis.code_scores import CodeScores, code_network, code_scores

KEYWORDS = {"p1": ("rain", "roof"), "p2": ("rain", "roof"), "p3": ("rain", "staff"), "p4": ("sun", "rain")}
CODES = {"p1": ("flood",), "p2": ("decay",), "p3": ("flood", "decay")}


def _network() -> Network:
    corpus = corpus_with({key: {"author_keywords": words} for key, words in KEYWORDS.items()})
    return cooccurrence_network(corpus, components="all")


def _scores(code: str = "flood") -> CodeScores:
    return code_scores(_network(), coded_review(CODES), code, map_name="topics")


def test_an_item_has_the_share_of_its_coded_studies() -> None:
    """Rain is in three coded papers, two of them with a flood; roof in two, one of them; staff in one, with it."""
    shares = dict(zip(_network().labels, _scores().items.tolist(), strict=True))
    assert shares["rain"] == pytest.approx(2 / 3)
    assert (shares["roof"], shares["staff"]) == (0.5, 1)


def test_an_item_of_papers_that_nobody_coded_has_no_share() -> None:
    """Sun is in p4 alone, which isn't coded: that is unknown, not 0."""
    shares = dict(zip(_network().labels, _scores().items.tolist(), strict=True))
    assert np.isnan(shares["sun"])


def test_a_link_has_the_share_of_the_studies_with_both_ends() -> None:
    """Rain and roof stand together in p1 and p2, one of which tells of a flood; rain and sun in no coded paper."""
    network = _network()
    source = np.array([network.index("rain")] * 2)
    target = np.array([network.index("roof"), network.index("sun")])
    found = _scores().links(source, target)
    assert found[0] == 0.5
    assert np.isnan(found[1])


def test_numbers_open_studies_and_passages() -> None:
    """Behind the colour of rain stand two papers with their passages, of three that are coded."""
    carrying, read = _scores().number("rain")
    assert (carrying.of, carrying.passages) == (("p1", "p3"), ("p1/flood", "p3/flood"))
    assert read.of == ("p1", "p2", "p3")
    assert carrying.id == "maps/topics/flood/rain/studies"


def test_a_link_opens_what_both_items_share() -> None:
    """Behind the link of rain and roof stand p1, with its passage, and p2."""
    carrying, read = _scores().number("rain", "roof")
    assert (carrying.of, read.of) == (("p1",), ("p1", "p2"))


def test_items_without_a_coded_study_have_no_number() -> None:
    """Each item with a share has its two numbers."""
    ids = [number.id for number in _scores().numbers()]
    assert len(ids) == 6
    assert not any("/sun/" in one for one in ids)


def test_an_unknown_code_is_told_with_the_nearest() -> None:
    """A code that the codebook lacks is refused."""
    with pytest.raises(BenangError, match="Did you mean 'flood'"):
        _scores("floods")


@pytest.fixture
def markets(test_data: Path) -> Coded:
    """Return the coded material of the review of two night markets."""
    folder = open_folder(test_data / "mini-review")
    assert folder.codebook is not None
    assert folder.cases is not None
    codebook, cases, documents = (
        read_codebook(folder.codebook),
        read_cases(folder.cases, read_codebook(folder.codebook)),
        read_documents(folder),
    )
    return Coded(codebook, cases, documents, place(read_judgements(folder), documents, codebook, cases))


def test_codes_of_one_case_are_linked(markets: Coded) -> None:
    """Rent, rain and silence are told of Hulu; Muara has rent alone."""
    network = code_network(markets, group="reasons")

    assert network.strength("rent", "rain") == 1
    assert network.records_of("rent") == ("hulu", "muara") or network.records_of("rent") == ("muara", "hulu")
    assert network.records_of("rent", "rain") == ("hulu",)


def test_an_item_is_sized_by_its_cases_and_studies(markets: Coded) -> None:
    """Rent is told of two cases by two studies; a code without a passage is no item."""
    network = code_network(markets, group="reasons")

    rent = network.index("rent")
    assert (network.weights["Cases"][rent], network.weights["Studies"][rent]) == (2, 2)
    assert "fire" not in network.ids
    assert network.attributes["reported as group"][rent] == "0"


def test_a_code_is_coloured_by_the_mean_year_of_the_studies_that_tell_of_it(markets: Coded) -> None:
    """Rent is told by a study of 2012 and one of 2017; a code whose studies have no year has none."""
    first, second = sorted({markets.study(passage) for passage in markets.carrying("rent")})
    network = code_network(markets, group="reasons", years={first: 2012, second: 2017})
    undated = code_network(markets, group="reasons", years={first: None})

    assert network.scores["Avg. pub. year"][network.index("rent")] == 2014.5
    assert np.isnan(undated.scores["Avg. pub. year"]).all()
    assert code_network(markets, group="reasons").scores == {}


def test_labels_come_in_the_language_asked_for(markets: Coded) -> None:
    """The ids stay, the labels follow."""
    network = code_network(markets, group="reasons", language="id")

    assert network.labels[network.ids.index("rain")] == "Hujan"
