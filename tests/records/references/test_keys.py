"""Keys are VOSviewer's, made alike for Scopus and Web of Science."""

from __future__ import annotations

import pytest

from benang.records.record import Record
from benang.records.references.keys import record_keys, reference_keys, work_key


def test_the_key_is_author_year_volume_and_first_page() -> None:
    """VOSviewer's key (1): no more than the first initial, no more than the first page."""
    assert (
        work_key(author="Smith, J. A.", year=2010, source="J Test", volume="12", page="34-56")
        == "work:smith j|2010|12|34"
    )


def test_without_a_volume_the_source_takes_its_place() -> None:
    """VOSviewer's key (2): the first three letters or digits of the source, and the page where there is one."""
    assert work_key(author="Smith, J", year=2010, source="J. Test", volume="", page="34") == "work:smith j|2010||jte|34"
    assert work_key(author="Smith, J", year=2010, source="3D Tests", volume="", page="") == "work:smith j|2010||3dt|"


@pytest.mark.parametrize(
    ("author", "year", "source", "volume", "page"),
    [
        ("", 2010, "J Test", "12", "34"),
        ("Smith, J", None, "J Test", "12", "34"),
        ("Smith, J", 2010, "J Test", "12", ""),
        ("Smith, J", 2010, "", "", "34"),
        ("…", 2010, "J Test", "12", "34"),
    ],
)
def test_too_little_makes_no_key(author: str, year: int | None, source: str, volume: str, page: str) -> None:
    """A volume without a page doesn't tell one article from the next."""
    assert work_key(author=author, year=year, source=source, volume=volume, page=page) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MARTIN-BRAGADO I, 2006, J TEST, V253, P63", "Martín-Bragado I., J. Test, 253, pp. 63-70, (2006)"),
        ("VANDIJKEN S, 2005, APPL TEST, V87, P1", "van Dijken, S., (2005) Appl. Test, 87, p. 1"),
        ("Akerman J, 2005, J TEST, V12, PE34", "Åkerman J., J. Test, 12, pp. e34-e40, (2005)"),
        ("Morup S, 2005, J TEST, V012, P093903", "Mørup S., J. Test, 12, pp. 93903-93910, (2005)"),
        ("Lodder JC, 2004, J TEST, V272, P1692", "Lodder, J.C., (2004) J. Test, 272-276, p. 1692"),
    ],
)
def test_databases_agree(one: str, other: str) -> None:
    """Capitals, accents, marks and spaces in names, zeros before numbers and ends of ranges make no difference."""
    assert reference_keys(one) == reference_keys(other) != ()


def test_a_reference_has_its_doi_beside_its_key() -> None:
    """VOSviewer's key (3), and other identifiers."""
    raw = "Smith, J. (2010). On tests. J Test, 12, 34-56. https://doi.org/10.1000/X PMID: 123"
    assert reference_keys(raw) == ("work:smith j|2010|12|34", "doi:10.1000/x", "pmid:123")


def test_a_record_has_the_keys_of_the_references_that_cite_it() -> None:
    """With its page and with its article number, its DOI and its identifiers."""
    record = Record(
        "a", authors=("Smith, John",), year=2010, source="Journal of Tests", volume="12", first_page="34",
        article_number="012345", doi="10.1000/x", identifiers=("openalex:W1",),
    )  # fmt: skip
    assert record_keys(record) == (
        "work:smith j|2010|12|34", "work:smith j|2010|12|12345", "doi:10.1000/x", "openalex:W1",
    )  # fmt: skip


def test_a_book_is_cited_by_its_title() -> None:
    """As Web of Science and Scopus print it: the title stands where a journal would."""
    book = Record("a", type="book", title="Micromagnetics", authors=("Brown, W. F.",), year=1963)
    assert set(reference_keys("Brown WF, 1963, MICROMAGNETICS")) <= set(record_keys(book))
