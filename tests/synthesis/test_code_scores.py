"""A code of a review as the colour of a map."""

from __future__ import annotations

import numpy as np
import pytest
from tests.synthesis.studies import coded_review, corpus_with

from benang.errors import BenangError
from benang.network.cooccurrence import cooccurrence_network
from benang.network.network import Network
from benang.synthesis.code_scores import CodeScores, code_scores

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
