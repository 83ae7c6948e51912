"""Numbers that open, and the appendix that holds what they rest on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.invented import PASSAGES
from tests.report.page_reader import read_page

from benang.evidence import Number
from benang.report.names import Names
from benang.report.opened import Member, anchor, appendix, member, opened, opened_with_unit, quoted
from benang.report.texts import Texts


@given(st.text(), st.text())
def test_two_ids_never_share_an_anchor(one: str, other: str) -> None:
    """An anchor is made of letters, digits, hyphens, dots and underscores, and tells its id."""
    assert (anchor("n", one) == anchor("n", other)) == (one == other)


@given(st.text())
def test_an_anchor_needs_no_escaping(key: str) -> None:
    """It can stand in an attribute and in an address as it is."""
    assert set(anchor("n", key)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._")


def test_the_text_of_an_opened_number_is_its_value(names: Names) -> None:
    """Its id stands in `data-number`, and its link goes to the appendix."""
    (link,) = read_page(opened(names.findings.evidence.numbers["reasons/dark/cases"], names)).all("a")

    assert link.text == "1"
    assert link["data-number"] == "reasons/dark/cases"
    assert link["href"] == "#n-reasons.dark.cases"


@pytest.mark.parametrize(("language", "text"), [("en", "12,500"), ("id", "12.500")])
def test_thousands_are_marked_as_the_language_does(names: Names, language: str, text: str) -> None:
    """English has a comma, Indonesian a dot."""
    told = Names(names.findings, Texts("id" if language == "id" else "en"))

    assert f">{text}</a>" in opened(Number("records/all", 12500, "records", ()), told)


def test_the_unit_agrees_with_the_number(names: Names) -> None:
    """One study, two studies."""
    numbers = names.findings.evidence.numbers

    assert read_page(opened_with_unit(numbers["reasons/dark/studies"], names)).text == "1 study"
    assert read_page(opened_with_unit(numbers["cases/all"], names)).text == "4 cases"


def test_a_quote_told_once_for_two_cases_stands_once(names: Names) -> None:
    """Both cases are named with it."""
    (shown,) = quoted([PASSAGES["timur/rain"], PASSAGES["barat/rain"]], names)

    assert [case.id for case in shown.cases] == ["barat", "timur"]
    assert shown.n_together == 2
    assert shown.study.name == "Wibowo, n.d."
    assert shown.is_secondary


def test_a_quote_keeps_its_number_in_every_selection(names: Names) -> None:
    """P-numbers are those of the list of all passages."""
    all_of_them = {one.passages[0].quote: one.number for one in quoted(PASSAGES.values(), names)}

    (alone,) = quoted([PASSAGES["timur/rain"]], names)

    assert sorted(all_of_them.values()) == [1, 2, 3, 4, 5]
    assert alone.number == all_of_them["rain kept buyers away"]


def test_codes_that_differ_in_their_cases_name_them(names: Names) -> None:
    """One quote, coded for two cases with one code and for one of them with another."""
    one, other = PASSAGES["barat/rain"], PASSAGES["timur/rain"]
    dark = type(one)("timur/dark", one.document, one.start, one.end, one.quote, "timur", "dark", "ani", "group")

    (shown,) = quoted([one, other, dark], names)

    assert shown.codes == ("Rain", "Too dark (Timur – Muara)")


def test_what_is_counted_links_to_where_the_page_tells_of_it(names: Names) -> None:
    """Cases to their section, studies to their reference; codes and rows have no place of their own."""
    assert member("hulu", "cases", names).anchor == "case-hulu"
    assert member("sari2018", "records", names).anchor == "ref-sari2018"
    assert member("rain", "codes", names) == Member("rain", "Rain")
    assert member("weather/1", "rows", names) == Member("weather/1", "Weather")
    assert member("nobody knows", "cases", names).name == "nobody knows"


def test_the_appendix_has_every_number_once(names: Names) -> None:
    """None is left out, and none stands twice."""
    held = [one.number.id for chapter in appendix(names) for entry in chapter.entries for one in entry.numbers]

    assert sorted(held) == sorted(names.findings.evidence.numbers)


def test_numbers_of_one_thing_share_its_passages(names: Names) -> None:
    """Cases and studies of rain rest on the same passages: the quotes stand once for both."""
    entries = [
        entry
        for chapter in appendix(names)
        for entry in chapter.entries
        if any(one.number.id == "reasons/rain/cases" for one in entry.numbers)
    ]

    assert [one.number.id for one in entries[0].numbers] == ["reasons/rain/cases", "reasons/rain/studies"]
    assert len(entries[0].quoted) == 2
