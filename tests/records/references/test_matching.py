"""References to one work are joined whatever database printed them, and different works never are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.kinds import Matching
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record
from benang.records.references import parse_reference
from benang.records.references.matching import MatchedReferences, match_references
from benang.records.references.sameness import likeness

WOS = (
    "Smith J, 2010, J TEST SCI, V12, P34, DOI 10.1000/x",
    "van Dijken S, 2005, APPL TEST LETT, V87, P1, DOI 10.1000/y",
    "Brown WF, 1963, MICROMAGNETICS",
    "[Anonymous], 2000, TEST REPORT",
)
SCOPUS = (
    "Smith J., Doe A., On tests, Journal of Test Science, 12, 3, pp. 34-56, (2010)",
    "van Dijken, S., Roe, R., (2005) Appl. Test Lett., 87, p. 1",
    "Brown W.F., Micromagnetics, (1963)",
    "Only in Scopus, (2001)",
)


def lists(*references: tuple[str, ...]) -> Corpus:
    """Make a corpus of records by their references."""
    return corpus_of(Record(f"r{i}", references=held) for i, held in enumerate(references))


def joined(matched: MatchedReferences) -> list[set[str]]:
    """Return the spellings of each cited work that has several."""
    groups: dict[int, set[str]] = {}
    for spelling, work in zip(matched.spellings, matched.of.tolist(), strict=True):
        groups.setdefault(work, set()).add(spelling)
    return [group for group in groups.values() if len(group) > 1]


def test_scopus_and_web_of_science_merge_with_their_references() -> None:
    """Three works in both forms are three works; what only one of them cites stays alone."""
    matched = match_references(lists(WOS, SCOPUS))
    assert joined(matched) == [set(pair) for pair in zip(WOS[:3], SCOPUS[:3], strict=True)]
    assert matched.reference.tolist() == [0, 1, 2, 3, 0, 1, 2, 4]
    assert (matched.work.tolist(), matched.position.tolist()) == ([0] * 4 + [1] * 4, [0, 1, 2, 3] * 2)


def test_exact_matching_joins_nothing_but_the_same_text() -> None:
    """Character for character."""
    matched = match_references(lists(WOS, SCOPUS, WOS[:1]), matching="exact")
    assert len(matched) == 8
    assert matched.reference.tolist()[-1] == 0


def test_author_year_volume_and_page_decide_against_two_dois() -> None:
    """One of the DOIs is a slip, or the work has two: a full match of one source is one work all the same."""
    one, other = "Smith J, 2010, J TEST, V12, P34, DOI 10.1000/x", "Smith, J., (2010) J. Test, 12, p. 34. , 10.1000/y"
    matched = match_references(lists((one, other, "Smith J, 2010, J TEST, V12, P34")))
    assert matched.of.tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Smith J, 2010, J TEST, V12, P1", "Smith J, 2010, TOWNS, V12, P1"),  # another source
        ("Smith J, 2010, J TEST, V2010, P1", "Smith J, 2010, TOWNS, V2010, P1"),  # the volume tells nothing
        ("Smith J, 2010, MARKETS", "Smith J, 2010, MARKETS"),  # no volume and page
    ],
)
@pytest.mark.parametrize("matching", ["keys", "fuzzy"])
def test_two_dois_keep_apart_what_is_no_full_match(one: str, other: str, matching: Matching) -> None:
    """Not by a lesser key, and not by likeness."""
    matched = match_references(lists((f"{one}, DOI 10.1000/x", f"{other}, DOI 10.1000/y")), matching=matching)
    assert matched.of.tolist() == [0, 1]


def test_a_record_with_another_doi_is_cited() -> None:
    """A reference cites the record whose author, year, volume and page it has."""
    record = Record(
        "a", authors=("Smith, J.",), year=2010, source="Journal of Tests", volume="12", first_page="34", doi="10.1000/x"
    )
    citing = Record("b", references=("Smith J, 2010, J TEST, V12, P34, DOI 10.1000/another",))
    assert match_references(corpus_of([record, citing])).record.tolist() == [0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("USDA, 2010, DIETARY GUIDELINES", "USDA, 2010, DIETARY REFERENCE INTAKES"),
        ("Rekaan C, 2001, STATE OF STALLS", "Rekaan C, 2001, STATISTICS OF RENT"),
        ("Rekaan C, 2001, MARKETS OF JAVA", "Rekaan C, 2001, MARKETS OF BALI"),
        ("Rekaan C, 2001, TOWNS 1", "Rekaan C, 2001, TOWNS 10"),
        ("Rekaan C, 2001, TOWNS PART I", "Rekaan C, 2001, TOWNS PART II"),
        ("Rekaan C, 2001, REPORT", "Rekaan C, 2001, REPORT ON STALLS"),
        ("Rekaan C, 2001, TOWNS OF JAVA, P1", "Rekaan C, 2001, TOWARDS RENT, P1"),
        ("World Bank, 2007, MARKET CHANGE 2007", "World Bank, 2007, MARKET CHANGE 2007: SYNTHESIS REPORT"),
        ("Rekaan C., Stalls in rain, Market Meeting, (2001)", "Rekaan C., Rents in drought, Market Meeting, (2001)"),
        (
            "Rekaan C., Stalls of towns, part 1, Market Meeting, (2001)",
            "Rekaan C., Stalls of towns, part 2, Market Meeting, (2001)",
        ),
        (
            "Rekaan C., Rents in two small towns, Market Meeting, (2001)",
            "Rekaan C., Rents in ten small towns, Market Meeting, (2001)",
        ),
        ("Rekaan C, 2001, THESIS UMPAMA U", "Rekaan C, 2001, THESAURUS OF STALLS"),
        ("Rekaan C., Stalls, Market Meeting, pp. AE-06, (2001)", "Rekaan C., Rents, Market Meeting, pp. AE-07, (2001)"),
        (
            "Rekaan C., Stalls, Market Meeting, 1, pp. I-445-I-448, (2001)",
            "Rekaan C., Rents, Market Meeting, 1, pp. I-521-I-524, (2001)",
        ),
        ("Rekaan C, 2001, INVENTED PATENT, Patent No. 7123456", "Rekaan C, 2001, INVENTED PATENT, Patent No. 7654321"),
    ],
)
def test_without_a_volume_three_letters_of_the_source_are_too_few(one: str, other: str) -> None:
    """Other words, other numbers, other titles under one source, or what a body publishes beside it."""
    assert match_references(lists((one, other))).of.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rekaan C, 2001, TECHNIQUES MULTIOBJE", "Rekaan C., Techniques for Multiobjective Stall Keeping, (2001)"),
        ("Rekaan C, 2001, POLYM HDB", "Rekaan, C., Contoh, B., (2001) Polymer Handbook, , 4th ed. (Penerbit Rekaan)"),
        ("Rekaan C., Graph Theory, (2001)", "Rekaan, C., (2001) Graphs Theory, 2nd edn"),
        (
            "Rekaan C, 2001, PROC INT CONF STALL, P412",
            "Rekaan C., Stalls, Proc. Int. Conf. Stalls (ICS), pp. 412-415, (2001)",
        ),
        ("USDA, 2010, DIETARY GUIDELINES", "USDA, 2010, DIET GUIDEL"),
        ("Rekaan C, 2001, THESIS", "Rekaan C, 2001, THESIS UMPAMA U"),  # a person writes one a year
        (
            "Rekaan C., Stalls in three towns, Market Meeting, (2001)",
            "Rekaan C., Stalls in 3 towns, Market Meeting, (2001)",
        ),
        ("Rekaan C, 2001, MARKET M, V1, PI445", "Rekaan C., Stalls, Market Meeting, 1, pp. I-445-I-448, (2001)"),
        ("Rekaan C, 2001, MARKET MEETING, PAE-06", "Rekaan C., Stalls, Market Meeting, pp. AE-06, (2001)"),
        ("Rekaan C, 2001, TOWN SUPPL, P309", "Rekaan C, 2001, TOWN MEETING, P309"),  # a page tells much
    ],
)
def test_without_a_volume_shortened_sources_are_one(one: str, other: str) -> None:
    """Words that are cut off or abbreviated, subtitles, editions."""
    assert match_references(lists((one, other))).of.tolist() == [0, 0]


def test_what_could_be_either_of_two_works_goes_to_neither() -> None:
    """The short title begins both of the long ones."""
    both = ("Rekaan C, 2001, MARKET CHANGE MITIGATION", "Rekaan C, 2001, MARKET CHANGE SCIENCE")
    assert match_references(lists((*both, "Rekaan C, 2001, MARKET CHANGE"))).of.tolist() == [0, 1, 2]


def test_a_reference_without_doi_does_not_chain_two_works() -> None:
    """A record with two keys of its own could tie two works together: their DOIs keep them apart."""
    one, other = "Smith J, 2010, J TEST, V12, P34, DOI 10.1000/x", "Smith J, 2010, J TEST, V12, P12345, DOI 10.1000/y"
    record = Record(
        "a", authors=("Smith, J",), year=2010, volume="12", first_page="34", article_number="12345",
        references=(one, other),
    )  # fmt: skip
    assert match_references(corpus_of([record])).of.tolist() == [0, 1]


def test_a_reference_of_which_the_doi_is_unsure_goes_where_its_key_is() -> None:
    """Web of Science prints two DOIs where it has two; they don't make one work of two."""
    sure = ("Roe R, 2005, J TEST, V97, P1, DOI 10.1000/a", "Doe A, 2005, J TEST, V97, P9, DOI 10.1000/b")
    unsure = "Doe A, 2005, J TEST, V97, P9, DOI [10.1000/a, 10.1000/b]"
    assert match_references(lists((*sure, unsure))).of.tolist() == [0, 1, 1]


def test_identifiers_meet_the_records_of_the_corpus() -> None:
    """OpenAlex cites by its own numbers: the cited record tells the DOI that other databases print."""
    cited = Record("cited", doi="10.1000/x", identifiers=("openalex:W1234567",))
    corpus = corpus_of(
        [cited, Record("a", references=("https://openalex.org/W1234567",)), Record("b", references=(WOS[0],))]
    )
    matched = match_references(corpus)
    assert matched.reference.tolist() == [0, 0]
    assert matched.record.tolist() == [0]
    assert matched.step.counts["records_of_the_corpus"] == 1


def test_how_references_were_joined_is_told() -> None:
    """Of every spelling, and in counts; one that only is a record of the corpus is joined to no other."""
    texts = ("Undated sheet of notes", "undated sheet: of notes!", *WOS[:1], "10.1000/X", *WOS[1:2], SCOPUS[1], WOS[3])
    matched = match_references(lists(texts))
    assert matched.how == ("text", "text", "doi", "doi", "key", "key", "")
    counts = matched.step.counts
    assert (counts["references"], counts["spellings"], counts["cited_works"]) == (7, 7, 4)
    assert [counts[f"joined_by_{how}"] for how in ("doi", "key", "text")] == [2, 2, 2]


def test_a_work_is_labelled_by_its_most_frequent_spelling() -> None:
    """Of equally frequent ones by the one that tells most."""
    assert match_references(lists(WOS[:1], SCOPUS[:1], SCOPUS[:1])).labels == SCOPUS[:1]
    bare = "Smith J, 2010, J TEST SCI, V12, P34"
    assert match_references(lists((bare,), WOS[:1])).labels == WOS[:1]


FULL = "Davies J.E., Hellwig O., Liu K., Anisotropy of tests, Phys. Test B, 77, pp. 14421-14430, (2008)"


@pytest.mark.parametrize(
    "other",
    [
        "Davies J.E., Hellwig O., Liu K., Anisotropy of tests, Physical Test B, 77, pp. 14412-14430, (2008)",
        "Davies, J.E., Hellwig, O., (2008) Phys. Test. B, 77",
        "Davies JE, 2008, PHYS TEST B, V77",
        "Davies, J. E. (2008). Anisotropy of test. Physical Test B.",
    ],
)
def test_fuzzy_matching_joins_what_is_alike(other: str) -> None:
    """A wrong page, no page, another abbreviation, a title with a slip; keys alone don't join them."""
    assert len(match_references(lists((FULL, other)))) == 2
    matched = match_references(lists((FULL, other)), matching="fuzzy", threshold=0.8)
    assert len(matched) == 1
    assert matched.how == ("fuzzy", "fuzzy")
    assert matched.step.arguments["threshold"] == 0.8


@pytest.mark.parametrize(
    "other",
    [
        "Davies J.E., Hellwig O., Another title, Phys. Test B, 77, pp. 9-19, (2008)",
        "Davies J.E., Hellwig O., Anisotropy of tests, Phys. Test B, 77, pp. 14421-14430, (2009)",
        "Davies A.E., Hellwig O., Anisotropy of tests, Phys. Test B, 77, pp. 14422-14430, (2008)",
        "Davies JE, 2008, J ODD, V3, P5",
    ],
)
def test_fuzzy_matching_keeps_apart_what_is_not(other: str) -> None:
    """Another title and page, another year, another first author, another journal."""
    assert len(match_references(lists((FULL, other)), matching="fuzzy")) == 2


def test_what_could_be_either_of_two_is_joined_to_neither() -> None:
    """Without page and title nothing tells which of an author's two articles in a volume is meant."""
    texts = ("Li SJ, 2009, J TEST, V105, P1", "Li SJ, 2009, J TEST, V105, P99", "Li, S.J., (2009) J. Test, 105")
    assert len(match_references(lists(texts), matching="fuzzy")) == 3


def test_likeness_is_0_where_too_little_is_told() -> None:
    """A source alone doesn't make one work of two."""
    one, other = (parse_reference(text) for text in ("Li S, 2009, J TEST", "Li S., J. Test, (2009)"))
    assert likeness(one, other) == 0.0


@given(
    st.lists(st.lists(st.sampled_from([*WOS, *SCOPUS, FULL, "10.1000/x", "", "…"]), max_size=8), min_size=1, max_size=6)
)
def test_no_reference_is_lost(references: list[list[str]]) -> None:
    """Every reference has its work, numbered without gaps, and each work a label that is one of its spellings."""
    if not any(references):
        return
    matched = match_references(lists(*map(tuple, references)), matching="fuzzy")
    flat = [raw for held in references for raw in held]
    assert len(matched.reference) == len(flat)
    assert sorted(set(matched.reference.tolist())) == list(range(len(matched)))
    of = dict(zip(matched.spellings, matched.of.tolist(), strict=True))
    assert [of[raw] for raw in flat] == matched.reference.tolist()
    assert [of[label] for label in matched.labels] == list(range(len(matched)))


def test_wrong_choices_and_no_references_are_told() -> None:
    """What to choose, and how to export anew."""
    with pytest.raises(BenangError, match="'kyes'"):
        match_references(lists(WOS), matching="kyes")  # type: ignore[arg-type]
    with pytest.raises(BenangError, match="threshold"):
        match_references(lists(WOS), matching="fuzzy", threshold=0)
    with pytest.raises(BenangError, match="The only record has no cited references"):
        match_references(lists(()))


def test_the_references_of_a_corpus_are_matched_once_for_all_who_ask_and_none_can_change_the_answer() -> None:
    """Networks of citation, coupling and co-citation share it; another way of matching has an answer of its own."""
    corpus = corpus_of([Record("a", references=("Umpama A, 2010, J TEST, V12, P34",))])
    matched = match_references(corpus)
    assert match_references(corpus) is matched
    assert match_references(corpus, matching="exact") is not matched
    with pytest.raises(ValueError, match="read-only"):
        matched.reference[0] = 7
