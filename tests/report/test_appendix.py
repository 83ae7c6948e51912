"""The appendix holds what was read, what was done, and what every number rests on."""

from __future__ import annotations

from dataclasses import replace

from tests.report.invented import content
from tests.report.page_reader import cells

from benang.locale.writing import worded
from benang.records.corpus import corpus_of
from benang.report.appendix import evidence_appendix, reading_tables, step_table
from benang.report.blocks import EvidenceEntry, Group, Quotations
from benang.report.content import Names
from benang.report.inline import Texts, plain
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
