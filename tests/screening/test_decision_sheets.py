"""Tables of decisions are read however a spreadsheet saved them, and taken whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from benang.errors import BenangError
from benang.records.corpus import corpus_of
from benang.records.paper import KnownNames
from benang.records.record import Record
from benang.review.filing import Filing
from benang.screening.decision_sheets import (
    DecisionSheet,
    SheetRow,
    Wish,
    is_decision_sheet,
    matched_reason,
    read_decision_sheet,
    wishes_of,
)

RECORDS = (
    Record("r1", title="Lamps of the strait", authors=("Sari, D.",), year=2011, doi="10.9999/one"),
    Record("r2", title="Ropes of the strait", authors=("Putra, A.",), year=2012, identifiers=("pmid:30000002",)),
    Record("r3", title="Sails of the strait", authors=("Dewi, R.",), year=2013),
    Record("s3", title="Sails of the Strait", authors=("Dewi, Rani",), year=2013),
)
WORKS = Filing(KnownNames(corpus_of(RECORDS), {"s3": "r3"}))
REASONS = {"no-city": ("Not a city", "Bukan kota"), "no-data": ("No data of its own", "Tanpa data sendiri")}
HEADER = ("record", "verdict", "reason", "note")


def table(tmp_path: Path, text: str, *, encoding: str = "utf-8", name: str = "d.csv") -> Path:
    """Write a table."""
    path = tmp_path / name
    path.write_text(text, encoding=encoding)
    return path


def sheet(*rows: tuple[str, ...]) -> DecisionSheet:
    """Make a table of rows of record, verdict, reason, note and title."""
    return DecisionSheet("d.csv", tuple(SheetRow(at, *row) for at, row in enumerate(rows, 2)))


def wishes(*rows: tuple[str, ...], stage: str = "title-abstract") -> tuple[Wish, ...]:
    """Return what rows decide."""
    return wishes_of(sheet(*rows), WORKS, stage=stage, reasons=REASONS)  # type: ignore[arg-type]


def refusal(*rows: tuple[str, ...], stage: str = "title-abstract") -> str:
    """Return what is said of rows that are wrong."""
    with pytest.raises(BenangError) as error:
        wishes(*rows, stage=stage)
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("record,verdict,reason,note\nr1,exclude,no-city,far away\n", "utf-8"),
        ("record;verdict;reason;note\r\nr1;exclude;no-city;far away\r\n", "utf-8-sig"),
        ("verdict\tnote\trecord\treason\nexclude\tfar away\tr1\tno-city\n", "utf-16"),
        ("Cantuman;Putusan;Alasan;Catatan\nr1;exclude;no-city;far away\n", "utf-8-sig"),
        ("Rekaman,PUTUSAN,alasan,catatan\n\nr1,exclude,no-city,far away\n,,,\n", "cp1252"),
        ("sep=;\nrecord;verdict;reason;note\nr1;exclude;no-city;far away\n", "utf-8"),
    ],
)
def test_a_table_is_read_however_it_was_saved(tmp_path: Path, text: str, encoding: str) -> None:
    """Semicolons, tabs, a byte order mark, Indonesian headings in any order."""
    path = table(tmp_path, text, encoding=encoding)

    (row,) = read_decision_sheet(path).rows

    assert (row.record, row.verdict, row.reason, row.note) == ("r1", "exclude", "no-city", "far away")
    assert is_decision_sheet(path)


def test_a_workbook_is_read_by_the_sheet_that_has_the_columns(tmp_path: Path) -> None:
    """A sheet of instructions may come first, and a title above the header."""
    path = tmp_path / "d.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("how").write_row(0, 0, ("Read me", "first"))
        page = book.add_worksheet("decisions")
        page.write_row(0, 0, ("Ani's decisions",))
        page.write_row(2, 0, HEADER)
        page.write_row(3, 0, ("r1", "include", "", "'=1+1"))

    read = read_decision_sheet(path)

    assert read.rows == (SheetRow(4, "r1", "include", "", "=1+1"),)
    assert str(read.where(4, "verdict")) == "d.xlsx, row 4, verdict"


@pytest.mark.parametrize("text", ["key,title,authors,journal,notes\na,b,c,d,e\n", "TY  - JOUR\nER  - \n", "", "x\n"])
def test_an_export_of_a_program_is_no_table_of_decisions(tmp_path: Path, text: str) -> None:
    """Rayyan's columns are not ours."""
    assert not is_decision_sheet(table(tmp_path, text))


def test_a_table_that_lacks_a_column_names_those_it_has(tmp_path: Path) -> None:
    """The column that is missing comes in both languages, with the command that writes such a table."""
    with pytest.raises(BenangError, match=r"d\.csv: .*'record', 'verdikt'.*none called 'verdict' \('putusan'\)"):
        read_decision_sheet(table(tmp_path, "record,verdikt\nr1,include\n"))
    with pytest.raises(BenangError, match="an empty table"):
        read_decision_sheet(table(tmp_path, "\n"))


@pytest.mark.parametrize(
    ("word", "verdict"),
    [
        ("include", "include"),
        ("Sertakan", "include"),
        ("EXCLUDED", "exclude"),
        ("kecualikan", "exclude"),
        ("maybe", "unsure"),
        ("ragu", "unsure"),
    ],
)
def test_verdicts_are_read_in_both_languages(word: str, verdict: str) -> None:
    """Capitals make no difference."""
    assert [one.verdict for one in wishes(("r1", word))] == [verdict]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("r1", "r1"),
        ("10.9999/ONE", "r1"),
        ("https://doi.org/10.9999/one", "r1"),
        ("30000002", "r2"),
        ("pmid:30000002", "r2"),
        ("SAILS of the strait", "r3"),
        ("s3", "r3"),
    ],
)
def test_a_record_is_found_by_key_doi_id_or_title(name: str, key: str) -> None:
    """A record that was joined to another leads to their work."""
    assert [one.record for one in wishes((name, "include"))] == [key]


def test_a_record_may_be_named_by_its_title_alone() -> None:
    """The column of titles serves where that of records is empty."""
    assert [one.record for one in wishes(("", "include", "", "", "Lamps of the strait"))] == ["r1"]


def test_a_reason_is_an_id_or_a_text_of_a_criterion_in_either_language() -> None:
    """Of several, the one that comes first in the list of criteria counts, and the note keeps the others."""
    assert matched_reason("BUKAN KOTA.", REASONS) == "no-city"
    (one,) = wishes(("r1", "exclude", "No data of its own; no-city", "hm"))
    assert (one.reason, one.note) == ("no-city", "hm; also: no-data")


def test_a_row_without_a_verdict_is_not_screened_yet() -> None:
    """Whoever fills in half of a table decides on half of its records."""
    assert [one.record for one in wishes(("r1", "include"), ("r2", ""), ("r3", ""))] == ["r1"]


def test_all_wrong_rows_come_in_one_message_with_the_nearest_known_word() -> None:
    """Nothing is taken from a table with a wrong row."""
    message = refusal(
        ("r1", "exlude"), ("r22", "include"), ("r3", "exclude", "no-citi"), ("", "include"), ("r2", "include")
    )

    assert message.splitlines() == [
        "d.csv, line 2, verdict: expected include, exclude or unsure, found 'exlude'. Did you mean 'exclude'?",
        "d.csv, line 3, record: no record is called 'r22'. Did you mean 'r2'?",
        "d.csv, line 4, reason: 'no-citi' is not a criterion for exclusion at this stage. Did you mean 'no-city'?",
        "d.csv, line 5, record: a verdict without a record. Write the record's key or DOI.",
    ]


def test_full_text_needs_a_reason_and_title_and_abstract_none() -> None:
    """PRISMA counts the reasons of reports, not of records."""
    assert wishes(("r1", "exclude"))[0].reason == ""
    assert "line 2, reason: a record excluded by its full text without a reason. Known: no-city, no-data." in refusal(
        ("r1", "exclude"), stage="full-text"
    )


def test_only_a_full_text_can_be_unobtainable() -> None:
    """A title and an abstract are there."""
    assert "Only a full text can be unobtainable" in refusal(("r1", "tidak diperoleh"))
    assert wishes(("r1", "tidak diperoleh"), stage="full-text")[0].verdict == "unobtainable"


def test_two_verdicts_on_one_record_are_refused_with_both_rows() -> None:
    """Also where the rows name it differently; the same verdict twice is one decision."""
    message = refusal(("r3", "include"), ("s3", "exclude"))

    assert message == (
        "d.csv, line 3: 'r3' has two different verdicts: include in d.csv, line 2. Delete one of the rows."
    )
    assert len(wishes(("r3", "include"), ("s3", "include"))) == 1


def test_columns_that_were_sorted_apart_are_noticed_by_their_titles() -> None:
    """Excel sorts one column alone where somebody marked it: verdicts would go to other records."""
    message = refusal(("r1", "exclude", "", "", "Ropes of the strait"))

    assert "line 2, title: 'Ropes of the strait', but the record is 'r1' (Sari 2011, “Lamps of the strait”)" in message
    assert wishes(("r1", "exclude", "", "", "LAMPS OF THE STRAIT"))


def test_rows_of_another_stage_are_passed_over() -> None:
    """A list of what was excluded has both stages."""
    rows = (("r1", "exclude", "", "", "", "title-abstract"), ("r2", "exclude", "no-data", "", "", "full-text"))

    assert [one.record for one in wishes(*rows)] == ["r1"]
    assert [one.record for one in wishes(*rows, stage="full-text")] == ["r2"]


def test_many_rows_with_the_titles_of_others_are_one_problem() -> None:
    """One cause has moved them all; six hundred lines would hide it."""
    keys = ("r1", "r2", "r3", "s3")
    message = refusal(*((key, "include", "", "", f"Ropes {at}") for at, key in enumerate(keys)))
    assert message.startswith("d.csv, line 2, title: 4 rows with the titles of other records, the first 'Ropes 0', but")
    assert len(message.splitlines()) == 1


def test_of_very_many_wrong_rows_the_first_are_named_and_the_others_counted() -> None:
    """A column in another language makes ten thousand, and the message must still be read."""
    lines = refusal(*((f"nobody-{at}", "ja") for at in range(300))).splitlines()
    assert len(lines) == 21
    assert lines[0] == "d.csv, line 2, verdict: expected include, exclude or unsure, found 'ja'."
    assert lines[-1] == "d.csv: 580 more problems like these."


def test_rows_with_the_titles_of_others_are_named_first() -> None:
    """They explain the other rows, which may be too many to be named."""
    rows = [("nobody", "ja")] * 30 + [("r1", "include", "", "", "Quite another title")]
    assert refusal(*rows).splitlines()[0].startswith("d.csv, line 32, title: 'Quite another title', but")


def test_a_column_is_named_as_the_table_heads_it(tmp_path: Path) -> None:
    """Whoever fills in a table in Indonesian looks for `putusan`."""
    sheet = read_decision_sheet(table(tmp_path, "artikel;Putusan\nr1;ya\n"))
    assert str(sheet.where(2, "verdict")) == "d.csv, line 2, Putusan"


def test_words_that_are_no_verdict_come_with_those_of_the_stage() -> None:
    """No list of every spelling; what can't be at title and abstract is not proposed there."""
    assert refusal(("r1", "tidak")) == "d.csv, line 2, verdict: expected include, exclude or unsure, found 'tidak'."
    assert "Did you mean 'tidak diperoleh'?" in refusal(("r1", "tidak"), stage="full-text")


def test_a_reason_beside_another_verdict_is_refused_with_the_other_rows() -> None:
    """It is no second message for those who have corrected the first."""
    message = refusal(("r1", "ya"), ("r2", "include", "no-city"))
    assert message.splitlines()[1] == (
        "d.csv, line 3, reason: expected a reason only where a record is excluded, found a reason ('no-city') beside "
        "the verdict 'include'."
    )


def test_a_table_without_verdicts_that_lists_reasons_is_ours(tmp_path: Path) -> None:
    """Its message names the column that lacks, not what exports of other programs need."""
    with pytest.raises(BenangError, match=r"none called 'verdict' \('putusan'\)"):
        read_decision_sheet(table(tmp_path, "artikel;status;alasan\nr1;ya;\n"))
