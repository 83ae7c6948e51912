"""What checks ask of a map and of a review."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from tests.synthesis.invented import found

from benang.errors import BenangError
from benang.network.network import Network
from benang.synthesis.facts import Facts, MapFacts
from benang.synthesis.wording import Wording


def test_what_checks_ask_of_a_map_is_taken_from_its_network() -> None:
    """Labels, strengths both ways, and the records of each item."""
    links = sparse.csr_array(np.array([[0.0, 3, 0], [3, 0, 0], [0, 0, 0]]))
    incidence = sparse.csr_array(np.array([[1.0, 1, 0], [0, 1, 1]]))
    network = Network(("1", "2", "3"), ("Roof", "flood", "noise"), links, incidence=incidence, records=("r1", "r2"))
    facts = MapFacts.of(network, ["assigned"])

    assert (facts.strength("flood", "ROOF"), facts.strength("roof", "noise")) == (3.0, 0.0)
    assert (facts.has("Noise"), facts.has("wind")) == (True, False)
    assert (facts.records_of("flood"), facts.origins) == (("r1", "r2"), ("assigned",))


def test_items_that_differ_by_an_accent_alone_are_two() -> None:
    """Cafe stands with stalls, Café does not; a label that no item has is looked for without accents."""
    facts = MapFacts(
        ("Café", "Cafe", "stalls", "São Tomé"), {(1, 2): 3.0, (0, 3): 1.0}, (("a",), ("b",), ("b",), ("a",))
    )

    assert (facts.strength("Café", "stalls"), facts.strength("stalls", "CAFE")) == (0.0, 3.0)
    assert (facts.records_of("café"), facts.records_of("cafe")) == (("a",), ("b",))
    assert (facts.has("sao tome"), facts.strength("Café", "Sao Tome"), facts.has("Cafè")) == (True, 1.0, True)


def test_items_that_share_a_label_are_asked_together() -> None:
    """Two towns of one name: their links and records are those of the label."""
    facts = MapFacts(("Umpama", "umpama", "stalls"), {(0, 2): 2.0, (1, 2): 1.0}, (("a",), ("b",), ("a", "b")))

    assert (facts.strength("Umpama", "stalls"), facts.records_of("umpama")) == (3.0, ("a", "b"))


def test_what_the_review_lacks_is_refused_with_the_nearest() -> None:
    """A number and a record are looked up by their ids; a misspelt one brings the one that was meant."""
    findings = found()
    facts = Facts(findings, Wording(findings))

    assert facts.number("cases/all").value == 5
    with pytest.raises(BenangError, match=r"'reasons/rof/cases'\. Did you mean 'reasons/roof/cases'"):
        facts.number("reasons/rof/cases")
    with pytest.raises(BenangError, match=r"there is no record 'ana201'\. Did you mean 'ana2010'"):
        facts.record("ana201")
