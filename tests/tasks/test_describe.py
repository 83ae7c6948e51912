"""A corpus is described in the account or in files; a codebook is shown in each form and compared with earlier ones."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.tasks.coding.markets import markets

from benang.errors import BenangError, Misuse
from benang.files import Upload
from benang.tasks.account import Table
from benang.tasks.codebook import RenameCodeRequest, rename_code
from benang.tasks.coding.adding import AddRequest, add_coding
from benang.tasks.coding.wishes import Wish
from benang.tasks.describe import (
    CodebookDiffRequest,
    DescribeRequest,
    ShowCodebookRequest,
    describe,
    diff_codebook,
    show_codebook,
)


def test_the_summary_is_in_the_language_of_the_user(folder: Path) -> None:
    """What was read comes first, then the indicators with their first rows."""
    upload = Upload("a.ris", (folder / "a.ris").read_bytes())
    account = describe(DescribeRequest(files=(upload,), language="id")).account

    assert account.read[0].text == "a.ris: RIS, 6 dari 6 artikel terbaca."
    assert all(isinstance(note, Table) for note in account.notes)
    assert account.notes[0].text == "Korpus secara ringkas:"


def test_with_a_file_the_account_names_it_alone(folder: Path) -> None:
    """The numbers are in the file."""
    account = describe(DescribeRequest(files=(folder / "a.ris",), outputs=(folder / "page.html",))).account

    assert account.notes == ()
    assert account.files == (folder / "page.html",)


NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    """Return a review of night markets with a passage that is coded."""
    coded = markets(tmp_path / "markets")
    wish = Wish(quote="The rent of a stall doubled", record="sari2018", code="rent", coder="ani")
    add_coding(AddRequest(folder=coded, wish=wish, time=NOON))
    return coded


def edit(coded: Path, old: str, new: str) -> None:
    """Change the codebook in an editor."""
    path = coded / "codebook.toml"
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))


@pytest.mark.parametrize("suffix", [".html", ".docx", ".xlsx", ".md", ".pdf", ".qdc"])
def test_each_form_is_written_and_is_the_same_each_time(coded: Path, suffix: str) -> None:
    """Each form is written and is the same each time."""
    if suffix == ".pdf":
        pytest.importorskip("typst")
    paths = [coded.parent / f"{name}{suffix}" for name in ("one", "other")]
    accounts = [show_codebook(ShowCodebookRequest(folder=coded, output=path)).account for path in paths]
    assert [account.files for account in accounts] == [(path,) for path in paths]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_passages_that_were_coded_under_an_earlier_id_are_counted(coded: Path) -> None:
    """Passages that were coded under an earlier id are counted."""
    rename_code(RenameCodeRequest(folder=coded, code="rent", new="dear"))
    shown = show_codebook(ShowCodebookRequest(folder=coded))
    assert shown.content.passages == {"dear": 1}
    assert {"- *Passages:* 1", "- *Cases:* 1"} <= {note.text for note in shown.account.notes}


def test_a_code_is_shown_with_a_passage_and_where_it_is_from(coded: Path) -> None:
    """The anchor example where the codebook has one, with its source where it was coded; else what was coded."""
    (quote,) = (
        one.text for one in show_codebook(ShowCodebookRequest(folder=coded)).account.notes if "*Passage:*" in one.text
    )
    edit(coded, 'definition = "The price of a stall rises."', 'definition = "x"\nexample = "rent of a stall doubled"')
    anchored = show_codebook(ShowCodebookRequest(folder=coded)).content
    edit(coded, "rent of a stall doubled", "The fee doubled")
    other = show_codebook(ShowCodebookRequest(folder=coded)).content

    assert quote == "- *Passage:* “The rent of a stall doubled” (sari2018)"
    code = anchored.codebook.by_id["rent"]
    assert anchored.example(code) == ("rent of a stall doubled", "sari2018")
    assert other.example(other.codebook.by_id["rent"]) == ("The fee doubled", "")


def test_the_workbook_of_a_codebook_has_a_row_for_each_code(coded: Path) -> None:
    """For the appendix of a thesis."""
    path = coded.parent / "codebook.xlsx"
    show_codebook(ShowCodebookRequest(folder=coded, output=path, language="id"))
    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()

    assert head[2:] == [
        "Kode",
        "Id",
        "Definisi",
        "Termasuk",
        "Tidak termasuk",
        "Contoh",
        "Sumber contoh",
        "Petikan",
        "Kasus",
    ]
    assert rows[0] == [
        "Reasons", "", "Sewa naik", "rent", "The price of a stall rises.", "", "", "The rent of a stall doubled",
        "sari2018", 1, 1,
    ]  # fmt: skip
    assert [row[3] for row in rows] == ["rent", "permits", "noise"]


def test_another_form_and_a_file_of_the_review_are_refused(coded: Path) -> None:
    """Another form and a file of the review are refused."""
    with pytest.raises(Misuse):
        show_codebook(ShowCodebookRequest(folder=coded, output=coded / "codebook.odt"))
    with pytest.raises(BenangError):
        show_codebook(ShowCodebookRequest(folder=coded, output=coded / "documents/sari2018.md"))


def test_a_codebook_in_a_folder_that_cannot_be_written_to_is_shown_nevertheless(coded: Path) -> None:
    """A codebook in a folder that cannot be written to is shown nevertheless."""
    edit(coded, '"Slow permits"', '"Late permits"')
    for path in (coded / "codebook").iterdir():
        path.unlink()
    (coded / "codebook").rmdir()
    (coded / "codebook").write_bytes(b"in the way")
    content = show_codebook(ShowCodebookRequest(folder=coded)).content
    assert content.kept == content.codebook.version


def test_an_edit_by_hand_is_a_version_too_and_said_in_words(coded: Path) -> None:
    """An edit by hand is a version too and said in words."""
    edit(coded, "The price of a stall rises.", "The price of a stall doubles.")
    diff = diff_codebook(CodebookDiffRequest(folder=coded))
    texts = [(note.text, getattr(note, "remarks", ())) for note in diff.account.notes]
    assert texts[0][0].startswith("From version 1 (")
    assert texts[1] == (
        "Rising rent [rent]",
        ("definition: The price of a stall rises. → The price of a stall doubles.",),
    )
    assert len(diff.versions) == 2


def test_a_rename_is_said_in_indonesian(coded: Path) -> None:
    """A rename is said in Indonesian."""
    rename_code(RenameCodeRequest(folder=coded, code="rent", new="dear"))
    notes = diff_codebook(CodebookDiffRequest(folder=coded, before="1", after="2", language="id")).account.notes
    assert getattr(notes[1], "remarks", ()) == ("berganti nama: semula rent",)


def test_a_change_of_variables_alone_is_no_change_of_codes(coded: Path) -> None:
    """A change of variables alone is no change of codes."""
    edit(coded, "[[groups]]", '[[variables]]\nid = "country"\nlabel = "Country"\n\n[[groups]]')
    notes = diff_codebook(CodebookDiffRequest(folder=coded)).account.notes
    assert notes[1].text == "No code differs; variables, groups or frameworks may differ."


def test_without_an_earlier_version_there_is_nothing_to_compare(tmp_path: Path) -> None:
    """Without an earlier version there is nothing to compare."""
    with pytest.raises(BenangError, match="there is no earlier version of the codebook"):
        diff_codebook(CodebookDiffRequest(folder=markets(tmp_path / "markets")))
