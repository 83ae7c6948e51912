"""Codes that occur together in a case make a network whose items name their cases."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benang.coding.cases import read_cases
from benang.coding.codebook_file import read_codebook
from benang.coding.coded import Coded
from benang.coding.networks import code_network
from benang.coding.placed import place
from benang.judgements.log import read_judgements
from benang.project.documents import read_documents
from benang.project.folder import open_folder


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
    assert network.attributes["told as group"][rent] == "0"


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
