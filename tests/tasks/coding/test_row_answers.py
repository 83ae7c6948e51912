"""What is answered to a row, one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tasks.coding.markets import markets
from tests.tasks.coding.sheet_files import DOUBLED

from benang.judgements.events import Coding, Memo
from benang.review.desk import open_desk
from benang.tasks.codebook import SplitCodeRequest, split_code
from benang.tasks.coding.adding import AddRequest, add_coding
from benang.tasks.coding.row_answers import Answers, SheetRow
from benang.tasks.coding.wishes import Wish


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    """Return what answers rows of a review of night markets."""
    return Answers(open_desk(markets(tmp_path / "markets")), "en")


def row(number: int, **more: str) -> SheetRow:
    """Return a row that can be coded, but for what is given."""
    cells = {"record": DOUBLED[0], "quote": DOUBLED[1], "code": "rent", "case": "muara", **more}
    return SheetRow(number, **cells)


def test_rows_that_can_be_coded_are_events_in_their_order(answers: Answers) -> None:
    """Rows that can be coded are events in their order, each with its note behind it."""
    answers.answer(row(2, note="clear"))
    answers.answer(row(3, quote="two gates"))
    assert [type(one) for one in answers.events] == [Coding, Memo, Coding]
    assert isinstance(answers.events[1], Memo)
    assert answers.events[1].of == answers.events[0].id


def test_a_row_whose_cells_cannot_be_told_apart_says_why(answers: Answers) -> None:
    """A row whose cells can't be told apart says why."""
    answers.answer(SheetRow(7, unreadable="a quotation mark has no partner"))
    assert answers.by_row[7].text == "not added: a quotation mark has no partner"


def test_a_coding_in_another_document_is_found_for_all_rows_at_once(answers: Answers) -> None:
    """Where a quote stands in another record's document is found for all rows at once, word for word only."""
    answers.answer(row(2, quote="Visitors filled every  lane"))
    answers.answer(row(3, quote="Visitors filled every street"))
    assert answers.by_row[2].text == answers.by_row[3].text
    answers.seek_elsewhere()
    assert answers.by_row[2].text == "not found in 'sari2018': it is in 'lestari2019'"
    assert answers.by_row[3].text.startswith("not found, and nothing there is similar")


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ({"code": "noise"}, "kode 'noise' tidak dipakai lagi. Pakailah salah satu dari: rent, permits"),
        ({"code": "costs"}, "'costs' adalah judul, yang tidak dipakai untuk mengodekan petikan. Pakailah salah"),
        ({"code": "Slow permits"}, "'Slow permits' adalah label dari 2. Tulislah id yang dimaksud: permits, waiting"),
        (
            {"record": "lestari2019", "case": ""},
            "'lestari2019' adalah penelitian tentang 2 kasus. Sebutkan yang mana (kasus): bukit atau ladang",
        ),
        ({"coder": "CON"}, "'CON' tidak dapat menjadi nama pengode karena tidak dapat menjadi nama berkas. Pakailah"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_the_language_of_the_sheet(tmp_path: Path, cells: dict[str, str], text: str) -> None:
    """A heading, a retired code, an unclear label or case, a name that no coder can have: all in Indonesian too."""
    folder = markets(tmp_path / "markets")
    codebook = folder / "codebook.toml"
    more = '[[codes]]\nid = "costs"\ngroup = "reasons"\nlabel = "Costs"\nheading = true\n'
    again = '[[codes]]\nid = "waiting"\ngroup = "reasons"\nlabel = "Slow permits"\nretired = true\n'
    under = codebook.read_text(encoding="utf-8").replace('id = "rent"', 'id = "rent"\nparent = "costs"')
    codebook.write_text("\n".join((under, more, again)), encoding="utf-8")
    answers = Answers(open_desk(folder), "id", "ani")
    answers.answer(row(2, **cells))
    assert answers.by_row[2].text.startswith(f"tidak ditambahkan: {text}")


def test_what_carries_a_code_that_was_split_since_is_found_already(tmp_path: Path) -> None:
    """A sheet with the codings that stand can be taken in again; the code is given to nothing else."""
    folder = markets(tmp_path / "markets")
    add_coding(AddRequest(folder=folder, wish=Wish(quote="two gates", record="sari2018", code="permits")))
    split_code(SplitCodeRequest(folder=folder, code="permits", parts=("No permits", "Late permits")))
    answers = Answers(open_desk(folder), "en", "ani")
    answers.answer(row(2, quote="two gates", code="permits – Slow permits"))
    answers.answer(row(3, quote="prices rose at once", code="permits – Slow permits"))
    assert answers.by_row[2].text == "found already"
    assert answers.by_row[3].text == ("not added: the code 'permits' was split. Use one of: no-permits, late-permits")
    assert answers.events == []


@pytest.mark.parametrize(("page", "kind"), [("p. 3–4", "new"), ("no page", "new"), ("", "new")])
def test_a_page_is_read_leniently(answers: Answers, page: str, kind: str) -> None:
    """A page is read leniently: it only chooses among places."""
    answers.answer(row(2, page=page))
    assert answers.by_row[2].kind == kind


def test_a_place_that_is_no_number_is_refused(answers: Answers) -> None:
    """A place that is not a number is refused; one that there is not asks again."""
    answers.answer(row(2, quote="prices rose", place="first"))
    answers.answer(row(3, quote="prices rose", place="7"))
    assert answers.by_row[2].text == "not added: the place 'first' is not a number"
    assert answers.by_row[3].text.startswith("found in two places")
