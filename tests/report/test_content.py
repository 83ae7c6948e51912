"""Ids of a review have names in its report."""

from __future__ import annotations

from tests.report.invented import content

from benang.evidence import shown_as
from benang.report.content import Names
from benang.report.inline import Texts


def test_names_fall_back_to_ids() -> None:
    """What the vocabulary lacks is shown by its id, not hidden."""
    names = Names(content().findings, Texts("en"))

    assert (names.case("nowhere"), names.code("nothing"), names.study("nobody")) == ("nowhere", "nothing", "nobody")


def test_passages_are_numbered_in_the_order_of_documents_and_places(names: Names) -> None:
    """A quote has one number, however many codes and cases it was coded for; the numbers leave out none."""
    numbers = names.passage_numbers
    ordered = sorted(names.findings.evidence.passages.values(), key=lambda one: (one.document, one.start, one.end))

    assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))
    assert [numbers[shown_as(one)] for one in ordered] == sorted(numbers[shown_as(one)] for one in ordered)


def test_numbers_that_begin_alike_share_a_chapter(names: Names) -> None:
    """A group, a variable and a printed table are named by what they are; an unknown word stands for itself."""
    assert names.chapter("reasons") == names.group("reasons")
    assert names.chapter("outcome") == names.code("outcome")
    assert names.chapter("weather") == "Printed table"
    assert names.chapter("nowhere") == "nowhere"
