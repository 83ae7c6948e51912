"""A sheet taken in: every row answered, the good ones coded together, nothing twice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.tasks.coding.markets import logs, markets
from tests.tasks.coding.sheet_files import (
    CROWDS,
    DOUBLED,
    GATES,
    HEAD,
    NOWHERE,
    TWICE,
    csv_sheet,
    excel_sheet,
    rows_in,
)

from benang.errors import BenangError
from benang.judgements.events import Memo, Withdrawal
from benang.review.beginning import Beginning, ReviewKind, beginning_files
from benang.review.desk import open_desk
from benang.tasks.coding.adding import AddRequest, add_coding
from benang.tasks.coding.importing import ImportedSheet, ImportRequest, import_sheet
from benang.tasks.coding.rows import coding_rows
from benang.tasks.coding.wishes import Wish

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets."""
    return markets(tmp_path / "markets", ("ani", "budi"))


def take_in(folder: Path, *rows: list[str], head: list[str] | None = None, **more: Any) -> ImportedSheet:
    """Import a CSV sheet of rows that lies beside the review."""
    sheet = csv_sheet(folder.parent / "codings.csv", head or HEAD, *rows)
    return import_sheet(ImportRequest(sheet=sheet, folder=folder, time=NOON, **more))


def answers_of(imported: ImportedSheet) -> list[str]:
    """Return what the answer says of each row."""
    return [row[-1] for row in rows_in(imported.file)[1:]]


def coded(folder: Path) -> list[tuple[str, str, str, str]]:
    """Return code, case, coder and quote of what is coded."""
    return [(row.code, row.case, row.coder, " ".join(row.quote.split())) for row in coding_rows(open_desk(folder))]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_rows_are_coded_by_id_or_label_each_for_its_coder(folder: Path, tmp_path: Path, suffix: str) -> None:
    """Rows are coded by the id or label of a code, each for its coder, and answered beside the sheet."""
    rows = [HEAD, DOUBLED, GATES, CROWDS]
    sheet = tmp_path / f"codings{suffix}"
    csv_sheet(sheet, *rows) if suffix == ".csv" else excel_sheet(sheet, ("Sheet1", rows))
    before = sheet.read_bytes()
    imported = import_sheet(ImportRequest(sheet=sheet, folder=folder))
    assert imported.is_whole
    assert coded(folder) == [
        ("permits", "bukit", "budi", "Visitors filled every lane"),
        ("rent", "muara", "ani", "rent of a stall doubled within a year"),
        ("permits", "muara", "ani", "the municipal admin- istration closed two gates"),
    ]
    assert imported.file == tmp_path / f"codings-checked{suffix}"
    assert rows_in(imported.file) == [[*HEAD, "result"], *([*row, "found"] for row in (DOUBLED, GATES, CROWDS))]
    assert sheet.read_bytes() == before


def test_imported_twice_nothing_stands_twice(folder: Path) -> None:
    """Imported twice, nothing stands twice, and no log grows."""
    take_in(folder, DOUBLED, CROWDS)
    before = logs(folder)
    again = take_in(folder, DOUBLED, CROWDS)
    assert logs(folder) == before
    assert answers_of(again) == ["found already", "found already"]
    assert again.is_whole


def test_bad_rows_are_named_and_good_ones_coded_all_the_same(folder: Path) -> None:
    """Bad rows are named, in the account and in the sheet, and good ones are coded all the same."""
    imported = take_in(folder, DOUBLED, TWICE, NOWHERE)
    assert [code for code, *_ in coded(folder)] == ["rent"]
    assert not imported.is_whole
    found, twice, nowhere = answers_of(imported)
    assert found == "found"
    assert twice.startswith("found in two places: (1) In the north [prices rose] at once.")
    assert "not found: nearest is “Rain washed the hill road away three times”" in nowhere
    assert "harbour → hill" in nowhere
    (remarks,) = [note.remarks for note in imported.account.notes if getattr(note, "remarks", ())]
    assert [remark.partition(":")[0] for remark in remarks] == ["line 3", "line 4"]


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({2: "rentt"}, "unknown code 'rentt': did you mean 'rent'?"),
        ({2: "Slow permit"}, "unknown code 'Slow permit': did you mean 'Slow permits'?"),
        ({2: "zzz"}, "unknown code 'zzz'; known: rent, permits"),
        ({2: "rent; permits"}, "unknown code 'rent; permits': write one code per row"),
        ({2: "noise"}, "not added: the code 'noise' was retired. Use one of: rent, permits"),
        ({0: "sari2081"}, "unknown record 'sari2081': did you mean 'sari2018'?"),
        ({3: "muarra"}, "unknown case 'muarra': did you mean 'muara'?"),
        ({0: "lestari2019"}, "not found in 'lestari2019': it is in 'sari2018'"),
        ({1: "zebra crossings of Zagreb"}, "not found, and nothing there is similar; is it from another paper?"),
        ({1: ""}, "the cell 'quote' is empty"),
        ({2: ""}, "the cell 'code' is empty"),
        ({0: ""}, "the cell 'record' is empty"),
        ({4: "CON"}, "not added: 'CON' can't be the name of a coder"),
        ({4: ""}, "not added: the cell 'coder' is empty, and the coder must be named"),
    ],
)
def test_a_row_says_what_is_wrong_with_it_and_nothing_is_written(
    folder: Path, changes: dict[int, str], answer: str
) -> None:
    """A row says what is wrong with it, with the nearest that there is, and nothing is written."""
    row = [changes.get(at, cell) for at, cell in enumerate(DOUBLED)]
    imported = take_in(folder, row)
    assert answer in answers_of(imported)[0]
    assert logs(folder) == {}


@pytest.mark.parametrize("word", ["artikel", "rekaman", "dokumen"])
def test_a_sheet_with_indonesian_headers_is_answered_in_indonesian(folder: Path, word: str) -> None:
    """A sheet with Indonesian headers is answered in Indonesian, and codes go by their Indonesian labels."""
    head = [word, "kutipan", "kode", "kasus", "pengode", "catatan"]
    rows = ([*DOUBLED[:2], "sewa naik", *DOUBLED[3:]], TWICE, [*NOWHERE[:2], "x", *NOWHERE[3:]])
    imported = take_in(folder, *rows, head=head)
    assert rows_in(imported.file)[0][-1] == "hasil"
    found, twice, unknown = answers_of(imported)
    assert found == "ditemukan"
    assert twice.startswith("ditemukan di dua tempat: (1)")
    assert unknown.startswith("kode 'x' tidak dikenal")
    assert [code for code, *_ in coded(folder)] == ["rent"]


def test_a_coder_that_is_given_speaks_for_rows_that_name_none(folder: Path) -> None:
    """A coder that is given speaks for rows that name none; one whom nobody knows yet may be a slip."""
    imported = take_in(folder, DOUBLED[:4], head=HEAD[:4], coder="citra")
    assert [coder for _, _, coder, _ in coded(folder)] == ["citra"]
    slip = "'citra' is not one of the plan's reviewers (ani, budi)"
    assert any(slip in str(note) for note in imported.account.notes)
    again = take_in(folder, DOUBLED[:4], head=HEAD[:4], coder="citra")
    assert not any(slip in str(note) for note in again.account.notes)


def test_coders_are_spelt_as_the_plan_does(folder: Path) -> None:
    """Coders are spelt as the plan does: `Ani` is no second coder."""
    take_in(folder, [*DOUBLED[:4], "ANI", ""])
    assert [coder for _, _, coder, _ in coded(folder)] == ["ani"]


def test_what_was_withdrawn_is_not_added_again(folder: Path) -> None:
    """What was withdrawn is not added again by a sheet, and the answer says so."""
    take_in(folder, DOUBLED)
    desk = open_desk(folder)
    (row,) = coding_rows(desk)
    desk.append([Withdrawal(id="w1", coder="ani", supersedes=(row.id,))], time=NOON)
    again = take_in(folder, DOUBLED)
    assert coded(folder) == []
    assert answers_of(again) == ["found, but withdrawn before: not added again"]
    assert again.is_whole


def test_a_check_adds_nothing_and_answers_all_the_same(folder: Path) -> None:
    """A check adds nothing, no abstract either, and answers all the same."""
    abstract = ["anwar2017", "raised its fare", "rent", "muara", "ani", ""]
    imported = take_in(folder, DOUBLED, abstract, check=True)
    assert answers_of(imported) == ["found", "found"]
    assert logs(folder) == {}
    assert not (folder / "documents/anwar2017-abstract.txt").exists()
    assert take_in(folder, DOUBLED, abstract).is_whole
    assert len(coded(folder)) == 2


def test_a_note_becomes_a_memo_on_its_coding_once(folder: Path) -> None:
    """A note becomes a memo on its coding, once; a changed one takes its place, and no old sheet undoes that."""

    def memos() -> list[tuple[str, str, str]]:
        return [(one.about, one.of, one.text) for one in open_desk(folder).judgements.of(Memo)]

    take_in(folder, DOUBLED)
    (row,) = coding_rows(open_desk(folder))
    take_in(folder, DOUBLED)
    assert memos() == [("coding", row.id, "the clearest one")]
    take_in(folder, [*DOUBLED[:5], "the dearest one"])
    assert memos() == [("coding", row.id, "the dearest one")]
    answer = answers_of(take_in(folder, DOUBLED))
    assert memos() == [("coding", row.id, "the dearest one")]
    assert answer == ["found already; its note has been changed since and is left as it is"]


def test_stance_scope_and_place_are_read_where_there_are_columns(folder: Path) -> None:
    """Stance, scope and place are read where there are columns, in either language."""
    head = [*HEAD[:5], "stance", "cakupan", "place"]
    imported = take_in(folder, [*TWICE[:5], "membantah", "group", "2"], head=head)
    assert imported.is_whole
    (row,) = coding_rows(open_desk(folder))
    assert (row.stance, row.scope, row.start > 130) == ("contradicts", "group", True)
    assert "one of these was expected: supports, contradicts, mentions" in answers_of(
        take_in(folder, [*TWICE[:5], "denies", "", "2"], head=head)
    )[0]  # fmt: skip


@pytest.mark.parametrize("word", ["mentions", "menyinggung", "menyebut"])
def test_a_mention_is_read_in_either_language(folder: Path, word: str) -> None:
    """A mention is read in either language, in Indonesian also by the word that earlier sheets had."""
    assert take_in(folder, [*TWICE[:5], word, "2"], head=[*HEAD[:5], "stance", "place"]).is_whole
    assert [row.stance for row in coding_rows(open_desk(folder))] == ["mentions"]


def test_a_page_chooses_among_places(folder: Path) -> None:
    """A page chooses among places."""
    path = folder / "documents/sari2018.md"
    path.write_bytes(path.read_bytes().replace(b"At the harbour", b"\n\fAt the harbour"))
    assert answers_of(take_in(folder, [*TWICE[:5], "p. 2"], head=[*HEAD[:5], "page"])) == ["found, p. 2"]


def test_a_sheet_without_a_stance_leaves_the_stance_that_there_is(folder: Path) -> None:
    """A sheet without a stance leaves the stance that there is; one with another stance changes it, once."""
    wish = Wish(quote=DOUBLED[1], record="sari2018", code="rent", coder="ani", stance="contradicts")
    add_coding(AddRequest(folder=folder, wish=wish, time=NOON))
    assert answers_of(take_in(folder, DOUBLED)) == ["found already"]
    head = [*HEAD[:5], "stance"]
    changed = take_in(folder, [*DOUBLED[:5], "mentions"], head=head)
    assert answers_of(changed) == ["found; replaces what was coded here before (contradicts)"]
    assert [row.stance for row in coding_rows(open_desk(folder))] == ["mentions"]
    old = take_in(folder, [*DOUBLED[:5], "contradicts"], head=head)
    assert answers_of(old) == ["found, but coded before and changed since: left as it is"]
    assert [row.stance for row in coding_rows(open_desk(folder))] == ["mentions"]


def test_two_rows_of_one_passage_are_one_coding(folder: Path) -> None:
    """Two rows of one passage are one coding; of two with different stances the second is refused."""
    head = [*HEAD, "stance"]
    imported = take_in(folder, [*DOUBLED, ""], [*DOUBLED, ""], [*DOUBLED, "contradicts"], head=head)
    first, second, third = answers_of(imported)
    assert (first, second) == ("found", "found already, in row 2")
    assert third.startswith("not added: row 2 codes the same passage with another stance (supports)")
    assert len(coded(folder)) == 1


def test_a_coder_who_is_given_speaks_for_the_rows_that_name_none(folder: Path) -> None:
    """A row that names its coder is that coder's."""
    take_in(folder, DOUBLED, [*GATES[:4], "", ""], coder="budi")
    assert [coder for _, _, coder, _ in coded(folder)] == ["ani", "budi"]


def test_a_row_without_a_record_is_one_of_the_record_above(folder: Path) -> None:
    """A row without a record is one of the record above, as merged cells are read; empty rows are passed over."""
    imported = take_in(folder, DOUBLED, [""] * 6, ["", *GATES[1:]])
    assert [answer for answer in answers_of(imported) if answer] == ["found", "found"]


def test_codes_that_look_like_numbers_are_found_as_excel_keeps_them(folder: Path) -> None:
    """Codes that look like numbers are found as Excel keeps them, and refused where they may be two."""
    path = folder / "codebook.toml"
    more = "".join(f'\n[[codes]]\nid = "{one}"\ngroup = "reasons"\nlabel = "L{one}"\n' for one in ("01", "2.1", "2.10"))
    path.write_bytes(path.read_bytes() + more.encode())
    imported = take_in(folder, [*DOUBLED[:2], "1", *DOUBLED[3:]], [*GATES[:2], "2.1", *GATES[3:]])
    first, second = answers_of(imported)
    assert first == "found"
    assert "'2.1' may mean 2.1, 2.10" in second
    assert [code for code, *_ in coded(folder)] == ["01"]


def test_entries_of_drop_downs_and_files_of_documents_are_understood(folder: Path) -> None:
    """Entries of drop-downs and names of documents are understood."""
    row = ["documents/sari2018.md", DOUBLED[1], "rent – Rising rent", "muara – Muara", "ani", ""]
    assert take_in(folder, row).is_whole
    assert take_in(folder, ["sari2018 – Sari 2018, “Night…”", *GATES[1:]]).is_whole


def test_a_sheet_of_another_review_says_so(folder: Path) -> None:
    """A sheet of another review says so."""
    imported = take_in(folder, ["umpama1999", *DOUBLED[1:]], ["contoh2001", *GATES[1:]])
    assert any("Is it the sheet of another review?" in str(note) for note in imported.account.notes)


def test_a_sheet_without_rows_is_refused(folder: Path) -> None:
    """A sheet without rows is refused."""
    with pytest.raises(BenangError, match=r"codings\.csv: no row below the header has a quotation or a code"):
        take_in(folder)


def test_no_answer_takes_the_place_of_one_that_somebody_worked_in(folder: Path, tmp_path: Path) -> None:
    """No answer takes the place of one that somebody worked in; what is the same stands once."""
    first = take_in(folder, DOUBLED, TWICE)
    second = take_in(folder, DOUBLED, TWICE)
    assert second.file == tmp_path / "codings-checked-2.csv"
    assert take_in(folder, DOUBLED, TWICE).file == second.file
    mended = import_sheet(ImportRequest(sheet=first.file, folder=folder, time=NOON))
    assert mended.file == second.file
    assert rows_in(mended.file)[0] == [*HEAD, "result"]


def test_a_sheet_that_is_open_says_that_unsaved_rows_were_not_read(folder: Path) -> None:
    """A sheet that is open says that unsaved rows were not read."""
    (folder.parent / "~$codings.csv").write_bytes(b"")
    imported = take_in(folder, DOUBLED)
    assert any("open in another program" in str(note) for note in imported.account.notes)
    assert len(coded(folder)) == 1


def test_where_the_answer_cannot_be_written_nothing_is_added(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the answer can't be written, nothing is added."""

    def refused(path: Path) -> None:
        raise BenangError(f"can't write {path}")

    monkeypatch.setattr("benang.tasks.coding.importing.check_writable", refused)
    with pytest.raises(BenangError, match="can't write"):
        take_in(folder, DOUBLED)
    assert logs(folder) == {}


def test_where_nothing_can_be_appended_no_answer_is_left(folder: Path) -> None:
    """Where nothing can be appended, no answer is left that would say otherwise."""
    (folder / "judgements").write_bytes(b"")
    with pytest.raises(BenangError):
        take_in(folder, DOUBLED)
    assert not (folder.parent / "codings-checked.csv").exists()


def test_formulas_in_a_sheet_stay_texts_in_the_answer(folder: Path, tmp_path: Path) -> None:
    """Formulas in a sheet stay texts in the answer."""
    row = ["sari2018", "=HYPERLINK(1)", *DOUBLED[2:]]
    assert "'=HYPERLINK(1)" in take_in(folder, row).file.read_text(encoding="utf-8-sig")
    sheet = excel_sheet(tmp_path / "x.xlsx", ("a", [HEAD, row]))
    answer = import_sheet(ImportRequest(sheet=sheet, folder=folder, time=NOON)).file
    assert rows_in(answer)[1][1] == "=HYPERLINK(1)"


def test_a_quote_with_words_left_out_goes_from_its_first_part_to_its_last(folder: Path) -> None:
    """A quote with words left out goes from its first part to its last, and the answer says so; twice is once."""
    row = ["sari2018", "“rent of a stall … municipal administration”", *DOUBLED[2:]]
    answer = "; the passage goes from the first part of the quote to its last"
    assert answers_of(take_in(folder, row)) == [f"found{answer}"]
    ((*_, quote),) = coded(folder)
    assert quote == "rent of a stall doubled within a year, and the municipal admin- istration"
    assert answers_of(take_in(folder, row)) == [f"found already{answer}"]


@pytest.mark.parametrize("kind", ["cases", "scoping"])
def test_no_passage_is_coded_for_the_case_with_which_a_review_begins(folder: Path, kind: ReviewKind) -> None:
    """The row says what to do, unless it names that case itself; where studies are the cases, there is no example."""
    files = beginning_files(Beginning(title="T", question="Q", kind=kind, records={"sari2018": "Sari"}))
    (folder / "cases.toml").unlink()
    for name in {"codebook.toml", "cases.toml"} & set(files):
        (folder / name).write_text(files[name], encoding="utf-8")
    row = ["sari2018", DOUBLED[1], "funding", "", "ani"]
    imported = take_in(folder, row)
    if kind == "scoping":
        assert imported.is_whole
        return
    assert answers_of(imported) == [
        "not added: cases.toml has only the example with which the review began. Replace it with your own cases, with "
        "'sari2018' among the studies of one"
    ]
    assert logs(folder) == {}
    assert take_in(folder, [*row[:3], "example", "ani"]).is_whole
    assert take_in(folder, row).is_whole  # the example is in use now
