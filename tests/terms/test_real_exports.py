"""Every analysis of real exports: what a database prints can be mapped, and what it doesn't print is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.analyses import mappable_network
from benang.errors import BenangError
from benang.kinds import ITEMS, KINDS, Items, Link
from benang.network import Analysis, with_threshold
from benang.readers.registry import read
from benang.records.corpus import Corpus
from benang.records.duplicates import find_duplicates
from benang.records.duplicates.joining import joined

PAIRS = [(items, link) for items in ITEMS for link in KINDS[items].links]
WOS, SCOPUS, OPENALEX = "wos-plain-500.txt", "scopus-581.csv", "openalex-410.json"

CANNOT = {
    WOS: {},
    SCOPUS: {("topics", "co-occurrence"): "None of the 581 records has topics. Available: author-keywords"},
    OPENALEX: {
        **{
            (items, "co-occurrence"): rf"None of the 410 records has {items.replace('-', ' ')}.*topics.*terms for a map"
            for items in ("author-keywords", "index-keywords", "keywords")
        },
        **{
            (items, "citation"): "none of the 410 records cites another.*add exports of the cited works"
            for items in ("documents", "sources", "authors", "organizations", "countries")
        },
        **{
            (items, "co-citation"): f"name no {items.replace('-', ' ')}. If references are only identifiers"
            for items in ("cited-sources", "cited-authors")
        },
    },
}
"""What an export doesn't carry, and how that is told."""


def asked(items: Items, link: Link, *, few: bool) -> Analysis:
    """Ask for the hundred strongest items; of records that hardly share anything for all that occur twice."""
    analysis = Analysis(items, link=link, top=100, components="all" if few else "largest")
    if few:
        return with_threshold(analysis, 0 if items == "documents" else 2)
    return with_threshold(analysis, 5) if link == "co-citation" else analysis


def check(corpus: Corpus, cannot: dict[tuple[str, str], str], *, few: bool = False) -> None:
    """Every analysis gives a map of three items or more with links, or says why not."""
    for items, link in PAIRS:
        if (items, link) in cannot:
            with pytest.raises(BenangError, match=cannot[items, link]):
                mappable_network(corpus, asked(items, link, few=few))
            continue
        network = mappable_network(corpus, asked(items, link, few=few))
        assert len(network) >= 3, (items, link)
        assert network.incidence is not None, (items, link)
        assert few or network.n_links >= len(network) - 1, (items, link)


@pytest.mark.parametrize("name", [WOS, SCOPUS, OPENALEX])
def test_every_analysis_that_an_export_can_carry_runs(shared_data: Path, name: str) -> None:
    """At VOSviewer's presets, and at 2 for records that share little; the others say what is missing."""
    check(read(shared_data / "exports" / name), CANNOT[name], few=name == OPENALEX)


def test_every_analysis_runs_on_two_databases_merged(shared_data: Path) -> None:
    """What one of them lacks comes from the other; no program maps both at once."""
    corpus = read(shared_data / "exports" / WOS, shared_data / "exports" / SCOPUS)
    check(joined(corpus, find_duplicates(corpus)), {})
