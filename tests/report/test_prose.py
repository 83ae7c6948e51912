"""The prose of a report: what a hurried reader takes home, what limits it, and methods whose numbers open."""

from __future__ import annotations

from dataclasses import replace

from tests.report.invented import CODEBOOK, content, market_map

from benang.network import NetworkSettings, ThesaurusUse
from benang.records.record import FileAccount, Ledger
from benang.report import Heading, ItemList, Paragraph
from benang.report.content import Names, ReportContent
from benang.report.inline import NumberReference, Runs, Texts, plain, runs
from benang.report.prose import limits, methods, summary
from benang.report.references import method_items
from benang.synthesis.findings import Unplaced


def test_the_summary_gives_the_sizes_as_opened_numbers(names: Names) -> None:
    """Cases, studies, records, and the outcomes that some case has, as the codebook writes them."""
    paragraphs = [block for block in summary(names)[:3] if isinstance(block, Paragraph)]
    sizes, outcomes, care = (plain(paragraph.text) for paragraph in paragraphs)

    assert sizes == "This review compares 4 cases from 3 studies. The sources contain 3 records."
    assert outcomes == "Outcomes of the cases, as judged by the studies: Closed: 1."
    assert "does not say how strong" in care
    assert [run.id for run in runs(paragraphs[0].text) if isinstance(run, NumberReference)] == [
        "cases/all", "studies/all", "records/all",
    ]  # fmt: skip


def test_the_codes_reported_most_are_named_with_cases_and_studies(names: Names) -> None:
    """Groups whose codes nobody uses are left out, and the note on groups stands where it is needed."""
    blocks = summary(names)
    reasons, claims = ([plain(item.text) for item in block.items] for block in blocks if isinstance(block, ItemList))

    assert reasons == [
        "Rain: 3 cases group of 2, 2 studies group",
        "Too dark: 1 case, 1 study",
        "Dear stalls: 1 case, 1 study",
    ]
    assert any("one finding" in plain(block.text) for block in blocks[3:] if isinstance(block, Paragraph))
    assert claims == ["2: 3 cases group of 2"]


def test_limits_follow_from_the_data(names: Names) -> None:
    """Those of the plan come first."""
    said = [plain(limit) for limit in limits(content(), names)]

    assert said[0] == "Only one coder."
    assert "notes on a secondary account, which are marked as such: Sari, 2018; Wibowo, n.d." in said[1]
    assert said[2].startswith("No case has this outcome: Open.")
    assert "Barat – Muara, Timur – Muara" in said[3]
    assert "“Rain”, for instance, covers 3 cases group of 2 but comes from 2 studies group." in said[3]
    assert "assigned for this review" in said[4]
    assert "corpus is small" in said[5]


def test_codings_left_out_are_a_limit(names: Names) -> None:
    """The limits point to their list."""
    lost = Unplaced("a", "judgements/ani.jsonl", 1, "documents/sari2018.md", "q", "not there")

    assert "left out" in plain(limits(content(unplaced=(lost,)), names)[-1])


def test_outcomes_that_all_occur_are_no_limit(names: Names) -> None:
    """Only a level without a case is."""
    closed = replace(
        names.findings,
        coded=replace(names.findings.coded, codebook=CODEBOOK.model_copy(update={"variables": ()})),
    )

    assert not [limit for limit in limits(content(), Names(closed, names.texts)) if "No case has" in plain(limit)]


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
