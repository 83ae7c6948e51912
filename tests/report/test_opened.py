"""The appendix holds what was read, what was done, and what every number rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.report.invented import PASSAGES, content
from tests.report.page_reader import cells

from benang.evidence import Number
from benang.locale.writing import worded
from benang.records.corpus import corpus_of
from benang.report import EvidenceEntry, Group, Quotations
from benang.report.content import Names, group_note, groups_told
from benang.report.inline import Badge, Citation, Link, NumberReference, Span, Texts, plain, runs
from benang.report.opened import (
    evidence_appendix,
    member,
    opened,
    opened_with_unit,
    quotations,
    reading_tables,
    step_table,
)
from benang.screening.searches import TYPED


def entries(names: Names) -> list[EvidenceEntry]:
    """Return the entries of all chapters."""
    numbers = evidence_appendix(names)[0]
    assert isinstance(numbers, Group)
    return [block for block in numbers.blocks if isinstance(block, EvidenceEntry)]


def test_the_appendix_has_every_number_once(names: Names) -> None:
    """None is left out, and none stands twice."""
    ids = [number.id for entry in entries(names) for number in entry.numbers]

    assert sorted(ids) == sorted(names.findings.evidence.numbers)


def test_numbers_of_one_thing_share_its_passages(names: Names) -> None:
    """Cases and studies of rain rest on the same passages: the quotes stand once for both."""
    (entry,) = (one for one in entries(names) if any(number.id == "reasons/rain/cases" for number in one.numbers))

    assert [number.id for number in entry.numbers] == ["reasons/rain/cases", "reasons/rain/studies"]
    assert len(entry.quotations.quotations) == 2


def test_a_number_of_nothing_says_so(names: Names) -> None:
    """Nobody reports fruit: an entry of one line, and no list that is empty without a word."""
    (fruit,) = (one for entry in entries(names) for one in entry.numbers if one.id == "goods/fruit/cases")

    assert fruit.is_zero
    assert plain(fruit.members) == "This number counts nothing."


def test_all_passages_come_last_each_with_its_anchor(names: Names) -> None:
    """A link to a passage leads there."""
    passages = evidence_appendix(names)[-1]
    assert isinstance(passages, Group)
    quotations = passages.blocks[-1]
    assert isinstance(quotations, Quotations)

    assert quotations.is_whole
    assert [one.anchor for one in quotations.quotations] == [f"p-{at}" for at in range(1, 6)]


def test_files_and_records_set_aside_are_listed(names: Names) -> None:
    """Each with its place and the reason."""
    files, aside = reading_tables(content(), names)

    assert cells(files) == [["sources/markets.ris", "RIS", "4", "3", "1", "abababababab"]]
    assert files.notes == ("sources/markets.ris: record 2: no year",)
    assert cells(aside) == [["sources/markets.ris", "4", "60", "no title"]]


def test_remarks_on_files_are_in_the_language_of_the_report() -> None:
    """A column that no field takes, the reason why a record was set aside, and a format that is no name."""
    shown, names = content(), Names(content().findings, Texts("id"))
    (file,) = shown.ledger.files
    lost = replace(file.set_aside[0], reason=worded("page {n}", n=2))
    notes = (worded("Columns not read: {names}.", names="Shelf"),)
    noted = replace(file, format=TYPED, notes=notes, set_aside=(lost,))

    corpus = corpus_of(shown.findings.corpus.records, ledger=replace(shown.ledger, files=(noted,)))
    files, aside = reading_tables(replace(shown, findings=replace(shown.findings, corpus=corpus)), names)

    assert files.notes == ("sources/markets.ris: Kolom yang tidak dibaca: Shelf.",)
    assert cells(files)[0][1] == "diketik manual"
    assert cells(aside)[0][-1] == "halaman 2"


def test_steps_are_listed_as_they_were_recorded(names: Names) -> None:
    """What was told, and what was counted."""
    (table,) = step_table(content(), names)

    assert cells(table)[0] == ["reading", "files: sources/markets.ris", "found: 4; read: 3"]


def test_the_words_of_steps_follow_the_language_and_names_of_files_stay() -> None:
    """An Indonesian reader finds Indonesian words in the account of steps too."""
    (table,) = step_table(content(), Names(content().findings, Texts("id")))

    assert cells(table)[0] == ["pembacaan", "berkas: sources/markets.ris", "ditemukan: 4; dibaca: 3"]


def test_the_text_of_an_opened_number_is_its_value(names: Names) -> None:
    """Its id goes with it, and its link goes to the appendix."""
    (number,) = opened(names.findings.evidence.numbers["reasons/dark/cases"], names)

    assert number == NumberReference(
        "reasons/dark/cases", "1", "n-reasons.dark.cases", "1 case: Too dark. Open the evidence"
    )


@pytest.mark.parametrize(("language", "text"), [("en", "12,500"), ("id", "12.500")])
def test_thousands_are_marked_as_the_language_does(names: Names, language: str, text: str) -> None:
    """English has a comma, Indonesian a dot."""
    told = Names(names.findings, Texts("id" if language == "id" else "en"))

    assert plain(opened(Number("records/all", 12500, "records", ()), told)) == text


def test_the_unit_agrees_with_the_number(names: Names) -> None:
    """One study, two studies."""
    numbers = names.findings.evidence.numbers

    assert plain(opened_with_unit(numbers["reasons/dark/studies"], names)) == "1 study"
    assert plain(opened_with_unit(numbers["cases/all"], names)) == "4 cases"


def test_a_quote_told_once_for_two_cases_stands_once(names: Names) -> None:
    """Both cases are named with it."""
    (shown,) = quotations([PASSAGES["timur/rain"], PASSAGES["barat/rain"]], names)

    assert plain(shown.of) == "Barat – Muara; Timur – Muara"
    study, *_coding, scope, secondary = map(plain, shown.details)
    assert study == "Wibowo, n.d."
    assert scope == "reported once for 2 cases together"
    assert secondary == "note on a secondary account"


def test_under_its_case_a_quote_says_neither_case_nor_code(names: Names) -> None:
    """They stand above it; its place and its coder are left to the appendix."""
    (shown,) = quotations([PASSAGES["timur/rain"]], names, is_under_case=True)

    assert shown.of == ()
    assert list(map(plain, shown.details)) == [
        "Wibowo, n.d.", "reported once for 2 cases together", "note on a secondary account",
    ]  # fmt: skip


def test_a_quote_keeps_its_number_in_every_selection(names: Names) -> None:
    """P-numbers are those of the list of all passages."""
    all_of_them = {one.quote: one.number for one in quotations(PASSAGES.values(), names)}

    (alone,) = quotations([PASSAGES["timur/rain"]], names)

    assert sorted(all_of_them.values()) == [1, 2, 3, 4, 5]
    assert alone.number == all_of_them["rain kept buyers away"]


def test_codes_that_differ_in_their_cases_name_them(names: Names) -> None:
    """One quote, coded for two cases with one code and for one of them with another."""
    one, other = PASSAGES["barat/rain"], PASSAGES["timur/rain"]
    dark = type(one)("timur/dark", one.document, one.start, one.end, one.quote, "timur", "dark", "ani", "group")

    (shown,) = quotations([one, other, dark], names)

    assert "coded as Rain; Too dark (Timur – Muara)" in shown.details


def test_what_is_counted_links_to_where_the_page_tells_of_it(names: Names) -> None:
    """Cases to their section, studies to their reference; codes and rows have no place of their own."""
    assert member("hulu", "cases", names) == Link("Hulu – Muara", "case-hulu")
    assert member("sari2018", "records", names) == Citation("sari2018", "Sari, 2018", "ref-sari2018")
    assert member("rain", "codes", names) == "Rain"
    assert member("weather/1", "rows", names) == "Weather"
    assert member("nobody knows", "cases", names) == "nobody knows"


def test_a_number_told_of_a_group_says_so_wherever_it_stands(names: Names) -> None:
    """Rain is three cases, two of which one study tells of together."""
    (number,) = opened(names.findings.evidence.numbers["reasons/rain/cases"], names)

    assert plain(number) == "3 group of 2"
    assert isinstance(number, Span)
    assert Badge("group of 2", "reported once for 2 cases: Barat – Muara, Timur – Muara") in runs(number.content)


def test_beside_a_number_of_studies_the_size_of_the_group_is_left_out(names: Names) -> None:
    """It is the number of cases that a group enlarges."""
    assert plain(opened(names.findings.evidence.numbers["reasons/rain/studies"], names)) == "2 group"


def test_a_number_without_group_scope_has_no_mark(names: Names) -> None:
    """Nothing distracts where there is nothing to say."""
    assert plain(opened(names.findings.evidence.numbers["reasons/dear/cases"], names)) == "1"


def test_a_note_explains_the_mark_only_where_there_is_one(names: Names) -> None:
    """Rain needs it; dear stalls, which one case alone reports, does not."""
    numbers = names.findings.evidence.numbers

    assert groups_told(numbers["reasons/rain/cases"], names) == (("barat", "timur"),)
    assert "one finding, not n" in group_note([numbers["reasons/rain/cases"]], names)[0]
    assert group_note([numbers["reasons/dear/cases"]], names) == ()
