"""When two titles are one work: by volume, page, author and year beside them."""

from __future__ import annotations

import time

import pytest

from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record
from benang.records.references import parse_reference
from benang.records.references.matching import match_references
from benang.records.references.titled_works import Titled, cited_work, is_same, recorded_work
from benang.records.references.titles import title_letters

RECORDED = Record(
    "a",
    title="Rents of night vendors in small towns by the sea",
    authors=("Umpama, Ani",),
    year=2019,
    source="Journal of Invented Places",
    volume="7",
    first_page="21",
)


def cited(printed: str) -> Titled:
    """Read a reference and tell it by its title."""
    reference = parse_reference(printed)
    return cited_work(0, reference, reference.title, title_letters(reference.title), "umpama")


def test_a_long_title_with_its_author_and_year_is_the_record() -> None:
    """One year of difference is the early version; ten are another work."""
    near = cited("Umpama, Ani, Rents of night vendors in small towns by the sea, Journal of Invented Places, 7, (2018)")
    far = cited("Umpama, Ani, Rents of night vendors in small towns by the sea, Journal of Invented Places, (2009)")
    assert is_same(near, recorded_work(1, RECORDED))
    assert not is_same(far, recorded_work(1, RECORDED))


TITLE = "Vendors who left the square in rain"
RECORD = Record(
    "cited", title=TITLE, authors=("Umpama, Ani", "Contoh, Budi"), year=2019, source="Journal of Invented Studies",
    volume="12", first_page="447",
)  # fmt: skip


def cites(reference: str, *records: Record) -> str:
    """Return the key of the record that a reference cites."""
    corpus = corpus_of([*(records or (RECORD,)), Record("citing", references=(reference,))])
    matched = match_references(corpus)
    at = int(matched.record[0])
    return corpus.keys[at] if at >= 0 else ""


@pytest.mark.parametrize(
    "reference",
    [
        f"Umpama, Ani, {TITLE}, Journal of Invented Studies, (2019)",
        f"Umpama A., {TITLE}, J Inv Stud, (2019)",
        f"Umpama, A., Contoh, B., {TITLE} (2019) J. Inv. Stud.",
        f"Umpama, A., Contoh, B., {TITLE} (2018) J. Inv. Stud.",
        f"Umpama, A., Contoh, B., {TITLE} (2016) Working paper",
        f"Umpama, A., Contoh, B., {TITLE} J. Inv. Stud., , to be published",
        f"{TITLE}, Journal of Invented Studies, (2019)",
        f"Umpama, Ani, {TITLE.upper()}[J], Journal of Invented Studies, (2019)",
        "Umpama, Ani, Vendors who left the squares in rain, Journal of Invented Studies, (2019)",
        "Umpama, Ani, Vendors who left the square in rain: a study of rents, Journal of Invented Studies, (2019)",
        f"Umpema, Ani, {TITLE}, Journal of Invented Studies, (2019)",
        f"Umpama, A., {TITLE} (2009) J. Inv. Stud., 12, pp. 447-454",
    ],
)
def test_a_title_finds_its_record(reference: str) -> None:
    """In every form, a year early, as a working paper, with a slip, run on into the source, of a misspelt author."""
    assert cites(reference) == "cited"


@pytest.mark.parametrize(
    "reference",
    [
        f"Umpama, A., {TITLE} (2009) J. Inv. Stud.",
        f"Misal, Eka, {TITLE}, Trade Review, (2015)",
        f"Umpama, A., {TITLE} (2019) Trade Review, 3, pp. 5-9",
        "Umpama, Ani, Vendors who left the square in sun, Journal of Invented Studies, (2019)",
        "Umpama, Ani, Vendors who left the square in rain 2, Journal of Invented Studies, (2019)",
        "Misal, Eka, Vendors who left the squares in rain, Journal of Invented Studies, (2012)",
        f"Umpama, Ani, On {TITLE} and their children, Journal of Invented Studies, (2019)",
        "Journal of Invented Studies, (2019)",
        f"Umpama, Ani, {TITLE}: A reply, Journal of Invented Studies, (2019)",  # the author answers a comment
        f"Umpama, Ani, Reply to: {TITLE}, Journal of Invented Studies, (2019)",
        f"Umpama, Ani, {TITLE} (Erratum), Journal of Invented Studies, (2019)",
        f"Umpama, Ani, {TITLE}, PhD thesis, (2018)",  # an article often bears the title of its author's thesis
    ],
)
def test_what_is_not_the_record_is_not_found(reference: str) -> None:
    """Ten years off, another author and year, another journal's volume, another word or number, a longer title."""
    assert cites(reference) == ""


@pytest.mark.parametrize(
    ("title", "reference"),
    [
        ("Editorial", "Umpama, Ani, Editorial, Journal of Invented Studies, (2019)"),
        ("Book review", "Umpama, A., Book review (2019) J. Inv. Stud."),
        ("Night markets", "Night markets, Journal of Invented Studies, (2019)"),
        ("Night markets", "Umpama, Ani, Night markets, Journal of Invented Studies, (2016)"),
        ("Night markets", "Misal, Eka, Night markets, Journal of Invented Studies, (2019)"),
    ],
)
def test_short_titles_need_author_and_year_and_generic_ones_decide_nothing(title: str, reference: str) -> None:
    """Many works are called so."""
    assert cites(reference, Record("cited", title=title, authors=("Umpama, Ani",), year=2019)) == ""


def test_a_short_title_is_enough_with_author_and_year() -> None:
    """Also a year off, as published early online."""
    record = Record("cited", title="Night markets", authors=("Umpama, Ani",), year=2019)
    assert cites("Umpama, Ani, Night markets, Journal of Invented Studies, (2018)", record) == "cited"


def test_of_a_talk_and_an_article_the_source_tells() -> None:
    """Both have one title; the volume decides, else the source."""
    talk = Record("talk", title=TITLE, authors=("Umpama, Ani",), year=2019, source="Invented Trade Conference 2019")
    assert cites(f"Umpama, A., {TITLE} (2019) J. Inv. Stud., 12", talk, RECORD) == "cited"
    assert cites(f"Umpama, A., {TITLE} (2019) Invented Trade Conf.", talk, RECORD) == "talk"


def test_what_could_be_either_of_two_records_is_neither() -> None:
    """Two records that differ in nothing that the reference tells."""
    twin = Record("twin", title=TITLE, authors=("Umpama, Ani",), year=2019)
    other = Record("other", title=TITLE, authors=("Umpama, Ani",), year=2019)
    assert cites(f"Umpama, A., {TITLE}, (2019)", twin, other) == ""


def test_another_doi_keeps_apart_unless_the_volume_agrees() -> None:
    """Then one of the DOIs has a slip."""
    record = Record(
        "cited", title=TITLE, authors=("Umpama, Ani",), year=2019, source="J Stalls", volume="12", doi="10.9999/s.1"
    )
    assert cites(f"Umpama, A., {TITLE} (2019) Trade Conf.. , doi: 10.9999/t.7", record) == ""
    assert cites(f"Umpama, A., {TITLE} (2019) J. Stalls, 12. , doi: 10.9999/s.11", record) == "cited"


def of(*references: str) -> list[int]:
    """Return the cited work of each reference."""
    matched = match_references(corpus_of([Record("citing", references=references)]))
    return [int(work) for work in matched.of]


def test_one_work_cited_twice_is_one_by_author_year_and_title() -> None:
    """References without volume and page meet those that have both, and a name in full its initials."""
    assert of(
        f"Umpama, Ani, {TITLE}, Journal of Invented Studies, 12, 4, pp. 447-454, (2019)",
        f"Umpama, Ani, {TITLE}, Journal of Invented Studies, (2019)",
        f"Umpama A., {TITLE}, J Inv Stud, 12, (2019)",
    ) == [0, 0, 0]


def test_a_talk_is_not_the_article_and_another_year_not_the_work() -> None:
    """Other pages of another source; references have no record that would tell more."""
    assert of(
        f"Umpama, A., {TITLE} (2019) J. Inv. Stud., 12, pp. 447-454",
        f"Umpama, A., {TITLE} (2019) Trade Conf., pp. 3-4",
        f"Umpama, A., {TITLE} (2018) Trade Conf.",
    ) == [0, 1, 2]


def test_a_title_with_the_page_of_another_work_joins_no_two_works() -> None:
    """One list mixes two articles of an author in one volume: it goes where its page is."""
    assert of(
        f"Umpama, A., {TITLE} (2019) J. Inv. Stud., 12, pp. 447-454",
        f"Umpama, A., {TITLE} (2019) J. Inv. Stud., 12, pp. 37-42",
        "Umpama, A., Stalls without a roof of their own in winter (2019) J. Inv. Stud., 12, pp. 37-42",
    ) == [0, 1, 1]


def large(records: int) -> Corpus:
    """Make records of one year, each citing the next two by their titles alone."""
    families = [f"Umpama{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}" for n in range(records)]
    titles = [f"Vendors who left square {n} of the town in {n} days of rain" for n in range(records)]
    return corpus_of(
        Record(
            f"r{n}", title=title, authors=(f"{families[n]}, Ani",), year=2019,
            references=tuple(
                f"{families[m]}, Ani, {titles[m]}, Journal of Rain, (2019)" for m in (n + 1, n + 2) if m < records
            ),
        )
        for n, title in enumerate(titles)
    )  # fmt: skip


def test_many_records_are_found_by_an_index() -> None:
    """Twice the records take about twice the time, though all titles begin alike: nothing is compared with all."""
    took = []
    for records in (1_000, 4_000):
        corpus = large(records)
        assert corpus.records
        begun = time.process_time()
        matched = match_references(corpus)
        took.append(time.process_time() - begun)
        assert matched.step.counts["records_of_the_corpus"] == records - 1
    assert took[1] < 12 * took[0]
