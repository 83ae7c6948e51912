"""What made a network is written as far as it is known, and read back as far as it is what it should be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import numpy as np
import pytest

from benang.analyses import analysis_network, mappable_network
from benang.errors import BenangError, Misuse
from benang.evidence import Step
from benang.kinds import ITEMS, KINDS, Items
from benang.network import (
    UNTOLD,
    Analysis,
    ComponentsKept,
    LeftOut,
    NetworkSettings,
    RecordCounts,
    ReferenceMatching,
    TermChoice,
    ThesaurusUse,
    Thresholds,
    check_analysis,
    least_of,
    network_settings,
    read_settings,
    settings_json,
)
from benang.network.network import Network
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record
from benang.records.thesaurus import Thesaurus

pytestmark = pytest.mark.fast


ALL = NetworkSettings(
    counting="fractional",
    corpus=RecordCounts(found=9, read=8, set_aside=1, records=7, records_without_items=2, origins={"abstract": "aku"}),
    thresholds=Thresholds(min_documents=2, min_citations=0, items=9, kept=5, top=4, components="largest"),
    thesaurus=ThesaurusUse("words.tsv", "ab12", 1, ("desa",)),
    references=ReferenceMatching("fuzzy", 0.9),
    terms=TermChoice(("title", "abstract"), "auto", "binary", 0.6),
    components=ComponentsKept("largest", components=2, largest=4, items=5, kept=4, dropped=1),
)


def test_all_that_is_written_is_read_as_it_was() -> None:
    """Each part comes back, also a minimum of 0, which was asked for."""
    written = settings_json(ALL)

    assert read_settings(NetworkSettings, written) == ALL
    assert written["thresholds"] == {
        "min_documents": 2, "min_citations": 0, "items": 9, "kept": 5, "top": 4, "components": "largest"
    }  # fmt: skip


def test_what_nobody_said_is_not_written() -> None:
    """An empty part would look like a choice."""
    assert settings_json(UNTOLD) == {}
    assert settings_json(NetworkSettings(thesaurus=ThesaurusUse("words.tsv"))) == {"thesaurus": {"file": "words.tsv"}}


def test_what_is_known_of_a_new_network_alone_has_no_place_in_a_file() -> None:
    """Works that were joined, and what was left out, stand in the history."""
    assert settings_json(NetworkSettings(works=True, cases_reported_as_group=2, left_out=LeftOut(too_weak=3))) == {}


def test_a_part_of_another_type_is_not_said_and_the_others_stand() -> None:
    """One slip in a file costs no more than itself."""
    key = {"counting": "full", "corpus": [], "thresholds": {"items": "many", "kept": 5}}

    assert read_settings(NetworkSettings, key) == NetworkSettings("full", thresholds=Thresholds(kept=5))


@pytest.mark.parametrize("value", [None, [], "full", {}, {"counting": "by hand"}, {"unknown": 1}])
def test_where_nothing_fits_there_are_no_settings(value: object) -> None:
    """A word beyond the closed vocabulary is nothing, as is what is no table at all."""
    assert read_settings(NetworkSettings, value) is None


@pytest.mark.parametrize(
    ("value", "count"),
    [(3, 3), (3.0, 3), (3.5, None), (True, None), ("3", None), (2**53, 2**53), (2**53 + 1, None), (float("nan"), None)],
)
def test_a_count_is_a_whole_number_that_every_program_reads(value: object, count: int | None) -> None:
    """Some programs write 3.0; above 2⁵³ JSON's numbers are not whole in all of them."""
    thresholds = read_settings(Thresholds, {"items": value, "kept": 1})

    assert thresholds == Thresholds(items=count, kept=1)


@pytest.mark.parametrize("listed", [["title", 2], "title", {"title": 1}, [None]])
def test_a_list_with_one_wrong_entry_is_not_said(listed: Any) -> None:
    """Half a list would be another choice."""
    assert read_settings(TermChoice, {"fields": listed, "method": "auto"}) == TermChoice(method="auto")


def test_the_history_says_what_has_no_key() -> None:
    """Works were joined where a step did it; cases told of as a group are counted by theirs."""
    steps = (Step("duplicates"), Step("code", {}, {"cases": 3, "cases_reported_as_group": 2}))

    assert network_settings({}, steps) == NetworkSettings(works=True, cases_reported_as_group=2)
    assert network_settings({"counting": "binary"}, ()) == NetworkSettings("binary")


def test_the_history_of_an_earlier_version_gives_cases_reported_as_a_group() -> None:
    """Maps made before the count got its present name keep their note."""
    steps = (Step("code", {}, {"cases": 3, "cases_told_as_group": 2}),)

    assert network_settings({}, steps).cases_reported_as_group == 2


SMITH, DOE, ROE = "Smith J, 2010, J TEST, V12, P34", "Doe A, 2001, J DOE, V1, P2", "Roe B, 2005, J ROE, V5, P6"
PAIRS = [(items, link) for items in ITEMS for link in KINDS[items].links]

LINKED = {"Links", "Total link strength"}
MEANS = {"Avg. pub. year", "Avg. citations", "Avg. norm. citations", "Quality"}
OWN = {"Pub. year", "Citations", "Norm. citations", "Quality"}


def corpus() -> Corpus:
    """Make four records that share everything that can be shared; a is cited by the others."""
    own = "Sari D, 2011, J OWN, V1, P1"
    people = (("Sari, D.", "Budi, E."), ("Budi, E.", "Lia, F."), ("Lia, F.", "Sari, D."), ("Sari, D.", "Lia, F."))
    places = (
        "Universitas Contoh, Bandung, Indonesia",
        "University of Oslo, Oslo, Norway",
        "Leiden University, Netherlands",
    )
    return corpus_of(
        Record(
            f"r{at}",
            title=f"Sister cities and city networks, part {at}",
            abstract="Sister cities share a local budget. The local budget of sister cities supports city networks.",
            language="en",
            authors=people[at],
            affiliations=(places[at % 3], places[(at + 1) % 3]),
            year=2011 + at,
            citations=3 * at,
            source=("J Own", "J Other", "J Third", "J Own")[at],
            volume="1",
            first_page=str(at + 1),
            author_keywords=("Kota", "Desa", "Budget")[at % 2 :],
            index_keywords=("Law", "Aid", "Trade")[at % 2 :],
            topics=("Cities", "Law", "Trade")[at % 2 :],
            references=(SMITH, DOE, *((ROE, own) if at else ())),
        )
        for at in range(4)
    )  # fmt: skip


CORPUS = corpus()


def asked(items: str, link: str, **more: Any) -> Analysis:
    """Ask for everything that is there, and for a column of the user's."""
    quality = {} if link == "co-citation" else {"Quality": np.array([1.0, 2.0, 3.0, np.nan])}
    return Analysis(items, link=link, components="all", share=1.0, columns=quality, **more)  # type: ignore[arg-type]


def weights_of(items: str, link: str) -> set[str]:
    """Say what VOSviewer sizes these items by, and what is added here: citations of what occurs together."""
    if link == "co-citation":
        return LINKED | {"Citations"}
    if link == "co-occurrence":
        return LINKED | {"Occurrences", "Citations"}
    return LINKED | {"Citations", "Norm. citations"} | (set() if items == "documents" else {"Documents"})


def scores_of(items: str, link: str) -> set[str]:
    """Say what colours these items."""
    if link == "co-citation":
        return {"Pub. year"} if items == "references" else set()
    return OWN if items == "documents" else MEANS | ({"Relevance"} if items == "terms" else set())


def test_the_analyses_are_those_of_vosviewer() -> None:
    """As in its table of analyses and units, with its topics of OpenAlex."""
    by_link: dict[str, int] = {}
    for _, link in PAIRS:
        by_link[link] = by_link.get(link, 0) + 1
    assert by_link == {"co-occurrence": 5, "co-authorship": 3, "citation": 5, "coupling": 5, "co-citation": 3}


@pytest.mark.parametrize(("items", "link"), PAIRS)
def test_items_have_weights_and_scores_by_vosviewers_names(items: str, link: str) -> None:
    """Exactly these, whatever is linked, each with a number an item; and every link names its records."""
    network = mappable_network(CORPUS, asked(items, link))
    assert set(network.weights) == weights_of(items, link)
    assert set(network.scores) == scores_of(items, link)
    assert {len(values) for values in (*network.weights.values(), *network.scores.values())} == {len(network)}
    assert (network.item_kind, network.link_kind) == (items, link)
    one, other = ends_of_strongest(network)
    assert network.records_of(one)
    assert network.records_of(one, other)


def ends_of_strongest(network: Network) -> tuple[str, str]:
    """Return the ids of the two ends of a link."""
    row, column = divmod(int(np.argmax(network.links.toarray())), len(network))
    return network.ids[row], network.ids[column]


@pytest.mark.parametrize(("items", "link"), PAIRS)
def test_where_a_threshold_leaves_too_few_the_message_names_one_that_leaves_more(items: str, link: str) -> None:
    """In the word that these items have for it; one that leaves nothing tells the highest there is."""
    first = "documents" if items in {"authors", "organizations", "countries", "sources"} else "occurrences"
    first = "citations" if link == "co-citation" or items == "documents" else first
    with pytest.raises(BenangError, match=rf"minimum number of {first}.* would leave|A lower minimum leaves more"):
        mappable_network(CORPUS, asked(items, link, **{f"min_{first}": 1000}))


def test_presets_are_those_of_vosviewer() -> None:
    """In a corpus of 30 records and more; a smaller one is shown whole, works and terms that stand there twice."""
    presets = {items: tuple(least_of(Analysis(items), 500).values()) for items in get_args(Items)}
    assert {presets[items] for items in ("authors", "organizations", "countries", "sources")} == {(5, 0)}
    assert {presets[items] for items in ("author-keywords", "index-keywords", "keywords", "topics")} == {(5, 0)}
    assert presets["terms"] == (10, 0)
    assert {presets[items] for items in ("documents", "references", "cited-sources", "cited-authors")} == {(20,)}
    assert least_of(Analysis("references"), 4) == {"min_citations": 2}


def test_what_items_cannot_have_is_refused_together() -> None:
    """Links, thresholds and ways of counting, each with what would do."""
    wrong = Analysis("documents", link="citation", min_documents=2, counting="fractional", matching="exact")
    with pytest.raises(Misuse) as caught:
        check_analysis(wrong)
    where = [str(problem).partition(":")[0] for problem in caught.value.problems]
    assert where == ["min_documents", "matching", "counting"]
    with pytest.raises(BenangError, match="expected co-authorship, citation or coupling, found co-citation of auth"):
        check_analysis(Analysis("authors", link="co-citation"))


@pytest.mark.parametrize(
    ("items", "link", "variant", "preferred"),
    [
        ("author-keywords", "co-occurrence", "Desa", "Kota"),
        ("index-keywords", "co-occurrence", "Aid", "Law"),
        ("authors", "co-authorship", "Budi, E.", "Lia, F."),
        ("organizations", "co-authorship", "University of Oslo", "Leiden University"),
        ("countries", "co-authorship", "Norway", "Indonesia"),
        ("sources", "coupling", "J Other", "J Third"),
        ("references", "co-citation", DOE, SMITH),
        ("cited-sources", "co-citation", "J Doe", "J Test"),
        ("cited-authors", "co-citation", "Doe A", "Smith J"),
        ("terms", "co-occurrence", "local budget", "city network"),
    ],
)
def test_a_thesaurus_joins_and_drops_items_of_every_kind(items: str, link: str, variant: str, preferred: str) -> None:
    """One pass, whole labels, without case; the kinds are those of VOSviewer's manual."""
    analysis = replace(asked(items, link), author_names="exact", matching="exact")
    before = analysis_network(CORPUS, analysis)
    joined = analysis_network(CORPUS, analysis, Thesaurus(((variant.upper(), preferred),)))
    dropped = analysis_network(CORPUS, analysis, Thesaurus(((variant.upper(), ""),)))
    names = {name.casefold() for name in before.labels}
    assert {name.casefold() for name in joined.labels} == names - {variant.casefold()}
    assert {name.casefold() for name in dropped.labels} == names - {variant.casefold()}
