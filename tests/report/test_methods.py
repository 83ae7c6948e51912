"""The methods section says what was done, from what each step recorded."""

from __future__ import annotations

from dataclasses import replace

from tests.report.invented import content, market_map

from benang.network.settings import NetworkSettings, ThesaurusUse
from benang.records.record import FileAccount, Ledger
from benang.report.blocks import Heading, Paragraph
from benang.report.content import Names, ReportContent
from benang.report.inline import NumberReference, Runs, Texts, plain, runs
from benang.report.methods import methods
from benang.report.references import method_items


def said(given: ReportContent, names: Names) -> dict[str, str]:
    """Return the paragraphs of each part as plain text."""
    parts: dict[str, str] = {}
    title = ""
    for block in methods(given, names):
        match block:
            case Heading(text):
                title = plain(text)
            case Paragraph(text):
                parts[title] = f"{parts[title]} {plain(text)}" if title in parts else plain(text)
    return parts


def paragraphs(given: ReportContent, names: Names) -> list[Runs]:
    """Return the paragraphs of all parts."""
    return [runs(block.text) for block in methods(given, names) if isinstance(block, Paragraph)]


def test_records_read_and_set_aside_are_accounted_for(names: Names) -> None:
    """Found = read + set aside, by file and format."""
    text = said(content(), names)["Records"]

    assert "sources/markets.ris (RIS, 3 records)" in text
    assert "Of 4 records found, 3 were read and 1 set aside" in text


def test_records_and_cases_of_the_methods_open(names: Names) -> None:
    """They are the numbers of the review, and not only what a step recorded."""
    shown = {run.id for text in paragraphs(content(), names) for run in text if isinstance(run, NumberReference)}

    assert shown == {"records/all", "cases/all"}


def test_all_read_is_said_in_one_sentence(names: Names) -> None:
    """Nothing is set aside, nothing to look up."""
    whole = content()
    ledger = Ledger((FileAccount("a.ris", "RIS", "", 1, 1),))
    corpus = replace(whole.findings.corpus, ledger=ledger)
    text = said(replace(whole, findings=replace(whole.findings, corpus=corpus)), names)["Records"]

    assert "a.ris (RIS, 1 record)" in text
    assert "1 record was found and read." in text


def test_a_review_without_records_says_so(names: Names) -> None:
    """It has just begun: "all 0 records were read" would be odd."""
    begun = content()
    corpus = replace(begun.findings.corpus, ledger=Ledger())
    text = said(replace(begun, findings=replace(begun.findings, corpus=corpus)), names)["Records"]

    assert text.startswith("No record has been read yet.")


def test_assigned_keywords_and_small_corpora_are_said(names: Names) -> None:
    """A reader must not take them for more than they are."""
    parts = said(content(), names)

    assert "assigned by the reviewers" in parts["Records"]
    assert "fewer than 100 records" in parts["Records"]
    assert "Its words were assigned for this review." in parts["Maps"]


def test_each_map_is_told_with_its_figures_and_sizes(names: Names) -> None:
    """Two figures draw the map of topics."""
    text = said(content(), names)["Maps"]

    assert "Figures 1 and 2: author keywords that occur together in a record, 2 items and 1 link in 1 cluster." in text


def test_full_counting_alone_does_not_cite_fractional_counting(names: Names) -> None:
    """A list of references has what is cited, and nothing else."""
    cited = [item.anchor for item in method_items(paragraphs(content(), names), Texts("en"))]

    assert "With full counting" in said(content(), names)["Maps"]
    assert "method-perianes-rodriguez-2016" not in cited
    assert "method-traag-2019" in cited


def test_fractional_counting_is_told_and_cited(names: Names) -> None:
    """By its paper."""
    drawn = market_map()
    network = replace(drawn.network, settings=replace(drawn.network.settings, counting="fractional"))
    given = replace(content(), maps={"topics": replace(drawn, network=network)})
    text = said(given, names)["Maps"]

    assert "With fractional counting, each record distributes" in text
    assert "Perianes-Rodriguez et al., 2016" in text


def test_a_thesaurus_is_named_with_its_hash(names: Names) -> None:
    """Two maps that used the same one name it once."""
    drawn = market_map()
    used = replace(drawn.network.settings, thesaurus=ThesaurusUse("words.tsv", "0123456789abcdef"))
    cleaned = replace(drawn, network=replace(drawn.network, settings=used))
    text = said(replace(content(), maps={"topics": cleaned, "again": cleaned}), names)["Maps"]

    assert text.count("words.tsv, SHA-256 0123456789ab") == 1


def test_a_map_of_codes_says_how_many_cases_were_told_as_a_group(names: Names) -> None:
    """Codes of a group occur together in each of its cases."""
    drawn = market_map()
    network = replace(
        drawn.network,
        item_kind="codes",
        unit="cases",
        records=("a", "b", "c"),
        settings=NetworkSettings(cases_reported_as_group=2),
    )
    text = said(replace(content(), maps={"factors": replace(drawn, network=network)}), names)["Maps"]

    assert "Map “factors”: codes that occur together in a case" in text
    assert "Of its 3 cases, studies report 2 only as part of a group" in text


def test_coding_is_told_with_its_coders_and_sizes(names: Names) -> None:
    """The sizes are those that the step recorded: a document without a coded passage was not coded."""
    text = said(content(), names)["Coding and counting"]

    assert "coded by ani" in text
    assert (
        "Of 4 documents, 3 contain coded passages, which concern 4 of 4 cases; the review rests on 6 passages" in text
    )
    assert "note on a secondary account" in text


def test_versions_and_the_plan_are_named(names: Names) -> None:
    """Enough to make it again."""
    text = said(content(), names)["Software"]

    assert "Benang 0.1.0, python 3.11" in text
    assert "SHA-256 of the plan: efefefefefef" in text
