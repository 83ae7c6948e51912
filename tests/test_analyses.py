"""What a network carries of its making, typed, is what its history tells people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.network.test_settings import CORPUS, PAIRS, asked

from benang.analyses import analysis_network, mappable_network, serving_threshold
from benang.errors import BenangError
from benang.maps import UNTOLD as NO_MAP
from benang.maps import own_key, settings_of
from benang.network import Analysis, LeftOut
from benang.network.network import Network
from benang.records.corpus import Corpus, corpus_of
from benang.records.duplicates import find_duplicates
from benang.records.duplicates.joining import joined
from benang.records.record import Record
from benang.records.thesaurus import Thesaurus
from benang.terms.text_network import term_network

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


def with_keywords(n: int, *kinds: tuple[str, int]) -> Corpus:
    """Make a corpus in which each record has the keyword 'core', and of each kind one of so many in turn."""
    keywords = (("core", *(f"{kind} {at % several}" for kind, several in kinds)) for at in range(n))
    return corpus_of([Record(str(at), author_keywords=words) for at, words in enumerate(keywords)])


def test_where_a_preset_leaves_few_items_the_highest_minimum_that_serves_is_named() -> None:
    """5 leaves the core and three keywords; 4 leaves these as well, and 3 the forty others too."""
    corpus, analysis = with_keywords(120, ("a", 3), ("b", 40)), Analysis("author-keywords")

    network = analysis_network(corpus, analysis)

    assert (len(network), serving_threshold(network, corpus, analysis)) == (4, (3, 44))


def test_where_a_preset_leaves_many_items_the_lowest_minimum_that_serves_is_named() -> None:
    """320 keywords occur 6 times, 50 others 38 times or more, and one in all records."""
    corpus, analysis = with_keywords(1920, ("a", 50), ("b", 320)), Analysis("author-keywords")

    network = analysis_network(corpus, analysis)

    assert (len(network), serving_threshold(network, corpus, analysis)) == (371, (38, 51))


def test_the_items_that_a_minimum_leaves_are_counted_on_the_map_it_makes() -> None:
    """Of 350 keywords that the map keeps by strength 25 occur 10 times; with that minimum the other 25 come up, too."""
    pairs = [("core", f"weak {at % 50}") for at in range(500)]
    groups = [("core", *(f"strong {at % 65}-{one}" for one in range(5))) for at in range(390)]
    corpus = corpus_of([Record(str(at), author_keywords=words) for at, words in enumerate([*pairs, *groups])])
    analysis = Analysis("author-keywords", top=351)

    network = analysis_network(corpus, analysis)

    assert (len(network), serving_threshold(network, corpus, analysis)) == (351, (10, 51))


def test_no_minimum_is_named_beside_one_that_was_asked_for_or_where_none_helps() -> None:
    """Four keywords are few, but wanted; of seven keywords there are no more."""
    asked_for = Analysis("author-keywords", min_occurrences=5)
    corpus, small = with_keywords(120, ("a", 3), ("b", 40)), with_keywords(120, ("a", 6))

    assert serving_threshold(analysis_network(corpus, asked_for), corpus, asked_for) is None
    usual = Analysis("author-keywords")
    assert serving_threshold(analysis_network(small, usual), small, usual) is None


def test_an_error_names_the_minimum_for_a_map_worth_reading_beside_the_first_that_makes_one() -> None:
    """40 records hold each keyword of one kind, 30 those of another, 3 those of a third."""
    corpus = with_keywords(120, ("a", 3), ("c", 4), ("b", 40))

    with pytest.raises(BenangError, match=r"A lower minimum leaves more: 30 leaves 8, 3 leaves 48\."):
        mappable_network(corpus, Analysis("author-keywords", min_occurrences=60))
