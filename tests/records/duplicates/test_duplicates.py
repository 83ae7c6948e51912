"""The same work from several databases is known as one, and works that only look the same are not."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.readers.registry import read
from benang.records.corpus import corpus_of
from benang.records.duplicates import Decision, Decisions, Duplicates, find_duplicates
from benang.records.duplicates.joining import joined
from benang.records.duplicates.likeness import candidates, prepared
from benang.records.record import Record, RecordType

WORK = Record(
    "w",
    type="article",
    title="Sister cities and the failure of local cooperation in Java",
    authors=("Umpama, Sari Dewi", "Contoh, Budi"),
    year=2019,
    source="Journal of Invented City Studies",
    volume="12",
    issue="3",
    first_page="123",
    last_page="129",
)


def found(*records: Record, decisions: Decisions | None = None) -> Duplicates:
    """Find duplicates among records that stand one after the other in a file each."""
    numbered = [replace(record, key=f"k{at}", file=f"{at}.ris", place=1) for at, record in enumerate(records)]
    return find_duplicates(corpus_of(numbered), decisions=decisions)


def groups(*records: Record) -> list[tuple[int, ...]]:
    """Return the groups of records as their numbers."""
    return [group.members for group in found(*records).groups]


SAME = {
    "case and punctuation": {"title": "SISTER CITIES AND THE FAILURE OF LOCAL COOPERATION IN JAVA."},
    "an ampersand": {"title": "Sister cities & the failure of local cooperation in Java"},
    "an entity and a tag": {"title": "Sister cities &amp; the failure of <i>local</i> cooperation in Java"},
    "a mark of Google Scholar": {"title": "[BOOK] Sister cities and the failure of local cooperation in Java"},
    "notes of a database": {"title": "Sister cities and the failure of local cooperation in Java [Review] [45 refs]"},
    "brackets of a translated title": {"title": "[Sister cities and the failure of local cooperation in Java]"},
    "a retraction mark": {"title": "RETRACTED: Sister cities and the failure of local cooperation in Java"},
    "two slips": {"title": "Sister citeis and the failure of local co-operation in Jawa"},
    "a note on an erratum": {"title": f"{WORK.title}. [Erratum appears in J Inv City. 2019 Feb;5(2):99; PMID: 31]."},
    "a note on its retraction": {"title": f"{WORK.title} (Retracted article. See vol. 17, pg. 1028, 2021)"},
    "a word that PubMed corrected": {"title": WORK.title.replace("local", "local [corrected]")},
    "a title cut off": {"title": "Sister cities and the failure of local cooper…", "source": "", "volume": ""},
    "a second language in brackets": {
        "title": "Sister cities and the failure of local cooperation in Java [Kota kembar dan gagalnya kerja sama Jawa]"
    },
    "last page abbreviated": {"last_page": "9"},
    "the source abbreviated": {"source": "J. Invent. City Stud."},
    "initials": {"authors": ("Umpama, S. D.", "Contoh, B.")},
    "authors cut off": {"authors": ("Umpama, SD", "...")},
    "a name turned round": {"authors": ("Dewi Sari, Umpama",), "volume": "", "first_page": "", "last_page": ""},
    "no authors": {"authors": ()},
    "no year": {"year": None},
    "the year of early access": {"year": 2018, "volume": "", "issue": "", "first_page": "", "last_page": ""},
    "a wrong year at the same place in print": {"year": 2009},
    "a page with a letter": {"first_page": "S123"},
    "an article number for a page": {"first_page": "", "last_page": "", "article_number": "e123"},
}


@pytest.mark.parametrize("changes", SAME.values(), ids=SAME.keys())
def test_what_databases_write_differently_is_one_work(changes: dict[str, object]) -> None:
    """A record that differs from another as databases differ is the same work, without any identifier."""
    assert groups(WORK, replace(WORK, **changes)) == [(0, 1)]  # type: ignore[arg-type]


ELSEWHERE = {"source": "Annals of Invented Places", "volume": "40", "issue": "1", "first_page": "7", "last_page": "30"}
NOT_SAME = {
    "part II": {"title": f"{WORK.title}. Part II", "first_page": "130", "last_page": "140"},
    "part two at the same place": {"title": f"{WORK.title}: part two"},
    "another year in the title": {"title": f"{WORK.title} 2018", "year": 2019},
    "an erratum": {"title": f"Erratum: {WORK.title}", "first_page": "300", "last_page": "300"},
    "a correction in brackets, which is no title in another language": {"title": f"{WORK.title} [Correction]"},
    "a corrigendum": {"title": f"Corrigendum to “{WORK.title}”"},
    "a correction in Web of Science": {"title": f"{WORK.title} (vol 12, pg 123, 2019)"},
    "an author's correction without a mark": {"title": f"{WORK.title} Author Correction"},
    "a reply without a mark": {"title": f"{WORK.title} Reply"},
    "the notice of its retraction": {"title": f"{WORK.title} (Retraction of vol 12, pg 123, 2019)"},
    "a comment": {"title": f"Comment on {WORK.title}", "authors": ("Teladan, A.",)},
    "a comment by the authors": {"title": f"{WORK.title}: comment"},
    "a reply": {"title": f"{WORK.title} - Reply"},
    "a protocol": {"title": f"{WORK.title}: study protocol"},
    "a conference version": {
        "type": "proceedings",
        "source": "Proceedings of the 3rd Invented Conference",
        "volume": "",
        "issue": "",
        "first_page": "12",
        "last_page": "15",
    },
    "a preprint": {"source": "SocArXiv", "volume": "", "issue": "", "first_page": "", "last_page": ""},
    "a preprint by its DOI": {"doi": "10.31235/osf.io/abc", "source": "", "volume": "", "first_page": ""},
    "a translation elsewhere": {**ELSEWHERE, "language": "Indonesian"},
    "a translated title elsewhere": {**ELSEWHERE, "title": "Kota kembar dan kegagalan kerja sama di Jawa"},
    "printed again elsewhere": ELSEWHERE,
    "a second edition": {"title": f"{WORK.title} (2nd ed.)", "type": "book", "source": "", "volume": "", "year": 2021},
    "a later edition of the same title": {"year": 2024, "source": "", "volume": "", "first_page": ""},
    "a thesis": {"type": "thesis", "source": "", "volume": "", "issue": "", "first_page": "", "last_page": ""},
    "a review of it": {"title": f"Book review: {WORK.title}", "first_page": "200", "last_page": "201"},
    "other authors": {"authors": ("Teladan, Agus",), "volume": "", "first_page": "", "last_page": ""},
    "another title of the same series": {"title": "Sister cities and the failure of local cooperation in Bali",
                                         "first_page": "130", "last_page": "139"},
    "men and women": {"title": "Sister cities and the failure of local cooperation in Javanese women",
                      "first_page": "", "last_page": ""},
}  # fmt: skip


@pytest.mark.parametrize("changes", NOT_SAME.values(), ids=NOT_SAME.keys())
def test_what_only_looks_the_same_is_two_works(changes: dict[str, object]) -> None:
    """A near-miss is never joined, though a person may be asked."""
    assert groups(WORK, replace(WORK, **changes)) == []  # type: ignore[arg-type]


def test_parts_are_two_works_though_both_say_so() -> None:
    """Part I and part II differ in a numeral only."""
    one, two = (replace(WORK, title=f"{WORK.title}: part {part}", first_page="", last_page="") for part in ("I", "II"))
    assert groups(one, two) == []


@pytest.mark.parametrize("name", ["pmid:123", "eid:2-s2.0-1", "wos:WOS:1", "openalex:W1", "embase:L1", "lens:1"])
def test_an_identifier_makes_one_work(name: str) -> None:
    """The database's own number joins records though year and page differ a little."""
    record = replace(WORK, identifiers=(name,))
    result = found(
        record, replace(record, title="Sister cities and the failure of cooperation", year=2020, first_page="1")
    )
    assert [group.members for group in result.groups] == [(0, 1)]
    assert result.groups[0].joins[0].reason == f"same identifier {name}"


def test_the_reason_names_the_doi() -> None:
    """What joined two records can be read."""
    record = replace(WORK, doi="10.9999/Invented.1")
    assert found(record, replace(record, title="")).groups[0].reason(1) == "same DOI 10.9999/invented.1"


@pytest.mark.parametrize("changes", [{}, {"year": 2011}, {"source": "arXiv"}, {"volume": "4", "first_page": "9"}])
def test_an_identifier_is_enough_where_a_record_has_neither_title_nor_authors(changes: dict[str, object]) -> None:
    """Nothing else tells what such a record is: year and place in print do not speak against its DOI."""
    record = replace(WORK, doi="10.9999/invented.1")
    bare = replace(Record("p", doi=record.doi, database="PDF"), **changes)  # type: ignore[arg-type]
    result = found(record, bare)
    assert [group.members for group in result.groups] == [(0, 1)]
    assert result.doubts == ()


def test_a_record_without_title_whose_authors_are_others_is_a_doubt() -> None:
    """Authors that are known still speak against a shared DOI."""
    record = replace(WORK, doi="10.9999/invented.1")
    result = found(record, replace(record, title="", authors=("Teladan, Agus",)))
    assert (result.groups, len(result.doubts)) == ((), 1)


@pytest.mark.parametrize("printed", ["article", "chapter", "proceedings"])
def test_a_thesis_and_what_was_printed_of_it_are_a_doubt(printed: RecordType) -> None:
    """Same title, author and year: a person decides, as with a preprint."""
    result = found(replace(WORK, type="thesis", source="", volume="", first_page=""), replace(WORK, type=printed))
    assert result.groups == ()
    assert [doubt.why.partition(",")[0] for doubt in result.doubts] == ["one is a thesis"]


def test_a_number_in_words_is_the_same_in_digits() -> None:
    """Under one DOI and without any; two other numbers are two works, one in words and one in digits as well."""
    three, digit, two = (replace(WORK, title=f"Training by markets in {n} dogs") for n in ("three", "3", "two"))
    assert groups(three, digit) == [(0, 1)]
    assert groups(replace(three, doi="10.9999/dog.1"), replace(digit, doi="10.9999/dog.1")) == [(0, 1)]
    assert groups(three, two) == []
    assert groups(digit, two) == []


REVIEW = replace(WORK, title="Night markets: a history", first_page="211", last_page="219")


def test_reviews_that_a_database_numbers_one_by_one_stay_apart() -> None:
    """Five book reviews by one author on one page range are five where their Web of Science ids differ."""
    books = ("A history", "A theory", "A guide", "A novel", "An essay")
    reviews = [
        replace(REVIEW, title=f"Night markets: {book}", identifiers=(f"wos:WOS:00{at}",))
        for at, book in enumerate(books)
    ]
    assert groups(*reviews) == []
    assert groups(*(replace(review, title="Book reviews") for review in reviews)) == []


def test_a_record_without_number_joins_one_of_those_that_a_database_tells_apart() -> None:
    """It never makes one work of two."""
    one, two = (replace(REVIEW, title=f"Night markets: {book}", identifiers=(f"wos:WOS:{book}",))
                for book in ("a history", "a theory"))  # fmt: skip
    assert groups(one, replace(one, identifiers=()), two) == [(0, 1)]


@pytest.mark.parametrize("scheme", ["embase:L", "eid:2-s2.0-", "pmid:", "wos:WOS:"])
def test_a_work_that_a_database_took_in_twice_is_one(scheme: str) -> None:
    """Two numbers, but one title to the letter and one place in print, or one DOI and title; less is a doubt."""
    one, two = (replace(WORK, identifiers=(f"{scheme}{number}",)) for number in (1, 2))
    assert groups(one, two) == [(0, 1)]
    bare = {"doi": "10.9999/twice", "volume": "", "first_page": "", "last_page": ""}
    assert groups(replace(one, **bare), replace(two, **bare)) == [(0, 1)]  # type: ignore[arg-type]
    assert groups(one, replace(two, first_page="", last_page="")) == [(0, 1)]
    result = found(one, replace(two, title=WORK.title.replace("Java", "Jawa")))
    assert result.groups == ()
    assert [doubt.why.partition(" assigns")[2] for doubt in result.doubts] == [" them different numbers"]


@pytest.mark.parametrize(("number", "other", "again"), [("AE 06", "FC 02", "AE 6"), ("AE-06", "AE-02", "AE06")])
def test_talks_of_one_title_that_a_database_numbers_twice_are_two(number: str, other: str, again: str) -> None:
    """A meeting gave them different numbers, too, in whose letters a hyphen begins no range of pages."""
    talk = replace(WORK, type="proceedings", volume="", issue="", last_page="")
    one, two = (replace(talk, first_page=page, identifiers=(f"eid:2-s2.0-{page[-1]}",)) for page in (number, other))
    assert groups(one, two) == []
    assert groups(one, replace(two, first_page=again)) == [(0, 1)]


def test_numbers_of_two_collections_say_nothing() -> None:
    """The Web of Science holds one work in its core and in MEDLINE, each with a number; OpenAlex numbers some twice."""
    bare = replace(WORK, first_page="", last_page="")
    for one, other in (("wos:WOS:1", "wos:MEDLINE:2"), ("openalex:W1", "openalex:W2")):
        assert groups(replace(bare, identifiers=(one,)), replace(bare, identifiers=(other,))) == [(0, 1)]


def test_one_doi_given_to_all_chapters_joins_none() -> None:
    """Chapters with different titles, authors and pages under the DOI of their book stay apart."""
    chapters = [
        Record(
            str(at),
            type="chapter",
            title=title,
            authors=(name,),
            year=2019,
            first_page=str(10 * at + 11),
            doi="10.1/book",
        )
        for at, (title, name) in enumerate(
            [
                ("Water and cities", "Umpama, A."),
                ("Budgets of villages", "Contoh, B."),
                ("Diplomacy by students", "Teladan, C."),
            ]
        )
    ]
    assert groups(*chapters) == []


def test_one_doi_given_to_all_abstracts_of_a_meeting_asks_nobody() -> None:
    """Hundreds of abstracts by different people under one DOI are neither joined nor put before a person."""
    records = [
        Record(
            str(at), title=f"Abstract {at}: copper of sort {at * 7} in wards", authors=(f"{name}, A.",), doi="10.1/m"
        )
        for at, name in enumerate(("Umpama", "Contoh", "Teladan", "Lestari"))
    ]
    result = found(*records)
    assert (result.groups, result.doubts) == ((), ())


def test_an_erratum_under_the_doi_of_its_article_is_left_to_a_person() -> None:
    """Same DOI, same title, but one says that it is an erratum: a doubt, and no join."""
    record = replace(WORK, doi="10.9999/a")
    result = found(record, replace(record, title=f"Erratum: {WORK.title}"))
    assert result.groups == ()
    assert [(doubt.one, doubt.other, doubt.why) for doubt in result.doubts] == [(0, 1, "one is an erratum")]


def test_two_dois_at_one_place_in_print_are_one_work() -> None:
    """Publishers register some articles twice: all else must agree, then."""
    one, two = replace(WORK, doi="10.9999/a"), replace(WORK, doi="10.9999/b.renewed")
    assert groups(one, two) == [(0, 1)]
    result = found(one, replace(two, first_page="", last_page=""))
    assert result.groups == ()
    assert [doubt.why for doubt in result.doubts] == ["the DOIs differ"]


def test_a_record_without_a_doi_does_not_chain_two_dois() -> None:
    """It goes with one of them, and the other one is left to a person."""
    bare = replace(WORK, volume="", issue="", first_page="", last_page="")
    result = found(replace(bare, doi="10.9999/a"), bare, replace(bare, doi="10.9999/b"))
    assert len(result.groups) == 1
    assert len(result.groups[0].members) == 2
    assert len(result.doubts) == 1


def test_versions_of_a_preprint_are_one() -> None:
    """The number of the version behind a preprint's DOI makes no other work."""
    preprint = replace(WORK, source="Research Square", volume="", issue="", first_page="", last_page="", type="other")
    one, two = (replace(preprint, doi=f"10.21203/rs.3.rs-1/{version}") for version in ("v1", "v2"))
    assert groups(one, two) == [(0, 1)]


def test_editorials_are_not_joined_by_their_title() -> None:
    """A title that thousands share says nothing, even with author and year; the place in print does."""
    editorial = replace(WORK, title="Editorial", first_page="1", last_page="2")
    other = replace(editorial, issue="4", first_page="201", last_page="203")
    assert groups(editorial, other) == []
    assert groups(other, replace(other, source="J Invent City Stud")) == [(0, 1)]


def test_thousands_of_one_title_are_compared_with_few() -> None:
    """The pairs grow with the records, not with their square."""
    chance = random.Random(0)  # noqa: S311 - no secret
    titles = ("Editorial", "Introduction", "Book review")
    for count in (500, 2000):
        records = [
            Record(str(at), title=titles[at % 3], authors=(f"Nama{chance.randrange(400)}, A.",), year=2000 + at % 20,
                   source="Jurnal Umpama", volume=str(at % 20), first_page=str(at))
            for at in range(count)
        ]  # fmt: skip
        corpus = corpus_of(records)
        assert len(candidates(prepared(corpus))) < 40 * count
        assert find_duplicates(corpus).groups == ()


def test_nothing_and_one_record_have_no_duplicates() -> None:
    """An empty corpus is no error."""
    assert find_duplicates(corpus_of([])) == Duplicates()
    assert groups(WORK) == []
    assert groups(replace(WORK, title="", authors=(), year=None), Record("x")) == []


def test_a_person_goes_before_every_rule() -> None:
    """What is decided is done: two of one DOI stay apart, two of nothing in common are joined."""
    one, two = replace(WORK, doi="10.9999/a"), replace(WORK, doi="10.9999/a")
    apart = Decisions((Decision("k0", "1.ris:1", "different"),))
    assert found(one, two, decisions=apart).groups == ()
    assert found(one, two, decisions=apart).doubts == ()
    same = Decisions((Decision("k0", "k1", "same"),))
    result = found(WORK, Record("x", title="Kota"), decisions=same)
    assert (result.groups[0].members, result.groups[0].joins[0].reason, result.decided) == ((0, 1), "decided", 1)


def test_what_a_person_parted_is_not_joined_by_a_third() -> None:
    """A is not B; C is like both, and goes with one of them only."""
    apart = Decisions((Decision("k0", "k1", "different"),))
    result = found(WORK, WORK, WORK, decisions=apart)
    assert len(result.groups) == 1
    assert {0, 1} - set(result.groups[0].members)


def test_decisions_that_contradict_each_other_are_refused() -> None:
    """A is B, B is C, but A is not C: the message says so, and names records that are not there in the same go."""
    pairs = (Decision("k0", "k1", "same", 2), Decision("k1", "k2", "same", 3), Decision("k2", "k0", "different", 4),
             Decision("k0", "k9", "same", 5), Decision("k1", "1.ris:1", "same", 6))  # fmt: skip
    with pytest.raises(BenangError) as caught:
        found(WORK, WORK, WORK, decisions=Decisions(pairs, "duplicates.tsv"))
    said = str(caught.value)
    assert (
        "duplicates.tsv, line 4: 'k2' and 'k0' are marked as different, but other lines join them through a chain"
        in said
    )
    assert "duplicates.tsv, line 5: no record is called 'k9'" in said
    assert "duplicates.tsv, line 6: 'k1' and '1.ris:1' are the same record" in said
    assert len(caught.value.problems) == 3


def test_copper_is_found_whole(shared_data: Path) -> None:
    """Every record that librarians marked is in a group, and nearly nothing else is."""
    corpus = read(shared_data / "duplicates" / "copper-505-endnote.xml")
    marked = {at for at, record in enumerate(corpus.records) if any("Duplicate" in one for one in record.decisions)}
    result = find_duplicates(corpus)
    members = {member for group in result.groups for member in group.members}
    assert len(marked) == 281
    assert marked <= members
    assert len(members & marked) / len(members) >= 0.989
    assert max(len(group.members) for group in result.groups) <= 6


def test_three_dialects_give_the_same_works(shared_data: Path) -> None:
    """Papers that Web of Science and Scopus both hold are joined."""
    names = ("WoS_txt_example.txt", "Scopus_ris_example.ris", "PubMed_example.txt")
    corpus = read(*(shared_data / "exports" / "seven-dialects" / name for name in names))
    works = joined(corpus, find_duplicates(corpus))
    assert len(works) == len(corpus) - 2
    assert works.members.num_rows == len(corpus)


CHANGES = st.sampled_from([*SAME.values(), *NOT_SAME.values(), {"doi": "10.9999/a"}, {"doi": "10.9999/b"}, {}])


@given(st.lists(CHANGES, min_size=2, max_size=9), st.randoms(use_true_random=False))
def test_the_order_of_files_makes_no_difference(changes: list[dict[str, object]], chance: random.Random) -> None:
    """The same records in another order give the same groups and the same doubts."""
    records = [replace(WORK, **some, key=f"k{at}", file=f"{at}.ris", place=1) for at, some in enumerate(changes)]  # type: ignore[arg-type]
    shuffled = records.copy()
    chance.shuffle(shuffled)
    results = []
    for held in (records, shuffled):
        result = find_duplicates(corpus_of(held))
        results.append(
            (
                {frozenset(held[member].key for member in group.members) for group in result.groups},
                {frozenset((held[doubt.one].key, held[doubt.other].key)) for doubt in result.doubts},
            )
        )
    assert results[0] == results[1]


@given(st.lists(CHANGES, min_size=1, max_size=9))
def test_joining_loses_no_record_and_is_done_once(changes: list[dict[str, object]]) -> None:
    """As many members as records; joining what was joined changes nothing."""
    records = [replace(WORK, **some, key=f"k{at}", file=f"{at}.ris", place=1) for at, some in enumerate(changes)]  # type: ignore[arg-type]
    corpus = corpus_of(records)
    works = joined(corpus, find_duplicates(corpus))
    assert sorted(works.members.column("key").to_pylist()) == sorted(corpus.keys)
    assert len(set(works.members.column("work").to_pylist())) == len(works)
    again = joined(works, find_duplicates(works))
    for name in ("works", "values", "members", "taken", "raw", "origins"):
        assert getattr(again, name).equals(getattr(works, name))
