"""What a network carries of its making, typed, is what its history tells people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.analyses.test_analysis import CORPUS, PAIRS, asked

from benang.analyses.networks import analysis_network
from benang.maps.map import UNTOLD as NO_MAP
from benang.maps.map import own_key, settings_of
from benang.network.network import Network
from benang.network.settings import LeftOut
from benang.records.duplicates.finding import find_duplicates
from benang.records.duplicates.joining import joined
from benang.records.thesaurus import Thesaurus
from benang.terms.phrases import term_network

WORKS = joined(CORPUS, find_duplicates(CORPUS))
VARIANTS = Thesaurus((("kota", "town"), ("nowhere", "somewhere")), file="words.tsv", sha256="ab12")


def by_step(network: Network) -> dict[str, dict[str, Any]]:
    """Return arguments and counts of each step, by its name; of two of one name, the last."""
    return {step.name: {**step.arguments, **step.counts} for step in network.history}


def agrees(network: Network) -> None:
    """Hold what is typed against what the steps tell."""
    settings, steps = network.settings, by_step(network)
    threshold, top = steps["threshold"], steps.get("top", {})
    for name in ("min_occurrences", "min_documents", "min_citations", "items", "kept"):
        assert getattr(settings.thresholds, name) == threshold.get(name), name
    assert settings.thresholds.top == top.get("top")
    assert settings.left_out.too_weak == top.get("items", 0) - top.get("kept", 0)
    assert settings.thresholds.components == settings.components.keep == steps["components"]["keep"]
    assert settings.components.dropped == steps["components"]["dropped"]
    assert settings.counting == steps["links"]["counting"]
    assert settings.references.matching == steps.get("references", {}).get("matching")
    for name in ("found", "read", "set_aside", "records", "records_without_items"):
        assert getattr(settings.corpus, name) == steps["items"][name], name
    assert settings.works


@pytest.mark.parametrize("counting", ["full", "fractional"])
@pytest.mark.parametrize(("items", "link"), PAIRS)
def test_settings_say_what_the_history_says(items: str, link: str, counting: str) -> None:
    """Of every analysis, also where only the strongest items are kept and counted once more."""
    more = {"counting": counting, "min_citations": 1} if link not in {"citation", "co-occurrence"} else {}
    network = analysis_network(WORKS, replace(asked(items, link, **more), top=3, components="largest"))

    agrees(network)


def test_settings_of_phrases_of_titles_say_the_longest() -> None:
    """They have no relevance, and a length instead."""
    network = term_network(WORKS, max_words=3, top=2)

    agrees(network)
    assert network.settings.thresholds.max_words == by_step(network)["phrases"]["max_words"] == 3


def test_a_thesaurus_is_told_with_what_it_did() -> None:
    """Its file and hash, how many items it dropped, and which of its labels nothing has."""
    network = analysis_network(WORKS, asked("author-keywords", "co-occurrence"), VARIANTS)
    used = network.settings.thesaurus

    assert (used.file, used.sha256, used.dropped, used.unmatched) == ("words.tsv", "ab12", 0, ("nowhere",))


@pytest.mark.parametrize(("items", "link"), PAIRS)
def test_settings_come_back_from_the_form_of_a_file(items: str, link: str) -> None:
    """All but what was left out, which the history alone tells there."""
    network = analysis_network(WORKS, asked(items, link))
    key = own_key(network, NO_MAP)

    assert key is not None
    assert settings_of(key, network.history)[0] == replace(network.settings, left_out=LeftOut())
