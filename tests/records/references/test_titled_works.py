"""When two titles are one work: by volume, page, author and year beside them."""

from __future__ import annotations

from benang.records.record import Record
from benang.records.references.parsing import parse_reference
from benang.records.references.titled_works import Titled, cited_work, is_same, recorded_work
from benang.records.references.titles import title_letters

RECORD = Record(
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
    assert is_same(near, recorded_work(1, RECORD))
    assert not is_same(far, recorded_work(1, RECORD))
