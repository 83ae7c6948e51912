"""A thesaurus says which labels mean the same, in VOSviewer's form and by VOSviewer's rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.files import sha256
from benang.records.thesaurus import Thesaurus, read_thesaurus, thesaurus_text


def file(folder: Path, text: str) -> Path:
    """Write a thesaurus file."""
    path = folder / "thesaurus.tsv"
    path.write_bytes(text.encode("utf-8"))
    return path


@pytest.mark.parametrize(
    "text",
    [
        "label\treplace by\nkota kembar\tsister city\nbandung\t\n",
        "\ufeffLabel;Replace by\r\nkota kembar;sister city\r\n\r\nbandung;\r\n",
        'label,replace by\n"kota kembar",  sister   city \nbandung,\n',
    ],
)
def test_any_of_the_three_delimiters_will_do(tmp_path: Path, text: str) -> None:
    """A byte order mark, blank lines, quotation marks and spaces around a label change nothing."""
    assert read_thesaurus(file(tmp_path, text)).replacements == (("kota kembar", "sister city"), ("bandung", ""))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_any_encoding_will_do(tmp_path: Path, encoding: str) -> None:
    """VOSviewer's files are read as Notepad and Excel save them; only a guess is told, with what to do about it."""
    path = tmp_path / "thesaurus.txt"
    path.write_bytes("label\treplace by\nMendonça, D\tMendonca, D\n".encode(encoding))
    thesaurus = read_thesaurus(path)
    assert thesaurus.replacements == (("Mendonça, D", "Mendonca, D"),)
    assert [note.partition(":")[0] for note in thesaurus.notes] == (["Not UTF-8"] if encoding == "cp1252" else [])
    assert all(note.endswith("save the file as UTF-8.") for note in thesaurus.notes)


def test_a_label_is_matched_whole_and_without_case() -> None:
    """A part of a label is no match."""
    thesaurus = Thesaurus((("Sister Cities", "sister city"),))
    assert thesaurus.preferred("sister  CITIES") == "sister city"
    assert thesaurus.preferred("two sister cities") == "two sister cities"


def test_an_empty_replacement_drops_the_item() -> None:
    """Dropping is told by an empty label."""
    assert Thesaurus((("bandung", ""),)).preferred("Bandung") == ""


def test_one_pass_only_and_a_chain_is_noted(tmp_path: Path) -> None:
    """With a → b and b → c, a becomes b, and the reader is told."""
    thesaurus = read_thesaurus(file(tmp_path, "label\treplace by\na\tb\nb\tc\n"))
    assert thesaurus.preferred("a") == "b"
    note = "line 2: 'a' is replaced by 'b', which line 3 replaces by 'c'; only the first replacement is made"
    assert thesaurus.notes == (note,)


def test_labels_that_change_places_are_noted(tmp_path: Path) -> None:
    """With a → b and b → a, the one is the other: nobody means that, but VOSviewer does it, and so it is done."""
    thesaurus = read_thesaurus(file(tmp_path, "label\treplace by\na\tb\nb\tA\n"))
    assert (thesaurus.preferred("a"), thesaurus.preferred("b")) == ("b", "A")
    assert thesaurus.notes == (
        "line 3: 'b' is replaced by 'A', and line 2 the other way round; the two labels are swapped",
    )


def test_a_preferred_label_may_stand_for_itself(tmp_path: Path) -> None:
    """A line that only sets the spelling is no chain."""
    assert read_thesaurus(file(tmp_path, "label\treplace by\na\tB\nb\tB\n")).notes == ()


def test_a_line_without_second_column_is_noted(tmp_path: Path) -> None:
    """Editors cut trailing tabs, so the item is dropped, but not in silence."""
    thesaurus = read_thesaurus(file(tmp_path, "label\treplace by\nbandung\n"))
    assert thesaurus.replacements == (("bandung", ""),)
    assert thesaurus.notes == ("line 2: 'bandung' has no second column, so the item is dropped",)


def test_the_content_is_hashed(tmp_path: Path) -> None:
    """Provenance can tell which thesaurus it was."""
    text = "label\treplace by\na\tb\n"
    thesaurus = read_thesaurus(file(tmp_path, text))
    assert (thesaurus.file, thesaurus.sha256) == ("thesaurus.tsv", sha256(text))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected a header: label, replace by, found an empty file"),
        ("words\nkota\n", "line 1: expected 'label', 'replace by', found the header 'words'"),
        ("words\tmore\nkota\n", "line 1: expected 'label', 'replace by', found the header 'words', 'more'"),
        ("label\treplace by\na\tb\tc\n", "line 2: expected a label and its replacement, found 3 columns"),
        ("label\treplace by\n\tb\n", "line 2: expected a label and its replacement, found no label"),
        (
            'label\treplace by\na\tb\n"new\tb\nc\td\n',
            "line 3: a line that is not a table row .*double every mark inside it",
        ),
        ("label\treplace by\na\tb\nA\tc\n", "line 3: .* found 'A' replaced by 'c', but in line 2 by 'b'"),
    ],
)
def test_what_is_no_thesaurus_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """The message names the line, what was expected and what was found."""
    with pytest.raises(BenangError, match=message):
        read_thesaurus(file(tmp_path, text))


@pytest.mark.parametrize("text", ["from\tto\na\tb\n", "a\tb\n", "Label;Replace by;reason;counts\na;b;plural;3\n"])
def test_lists_of_other_programs_are_read(tmp_path: Path, text: str) -> None:
    """Other headings, none at all, and further columns that the header names."""
    assert read_thesaurus(file(tmp_path, text)).replacements == (("a", "b"),)


def test_a_list_without_a_header_is_told(tmp_path: Path) -> None:
    """Its first line is a replacement like the others, and the notes say so."""
    assert read_thesaurus(file(tmp_path, "a\tb\nc\td\n")).notes[0].startswith("No header")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """Labels with tabs' neighbours, quotation marks and commas come back as they were."""
    rows = [('the "new" city', "city"), ("kota; desa", "kota, desa"), ("drop", "")]
    text = thesaurus_text([(*row, "a reason") for row in rows], ["reason"])

    assert read_thesaurus(file(tmp_path, text)).replacements == tuple(rows)


def test_labels_that_a_spreadsheet_would_run_are_harmless_and_come_back(tmp_path: Path) -> None:
    """Formulas in every column, those with an apostrophe of their own, and quoted by the form."""
    rows = [("=1+1", "@sum(1)"), ("+62 21", "-5 °C"), ("'=x", "'t hooft"), ("-5", "=a;b"), ("－1", "")]
    text = thesaurus_text([(*row, "=reason") for row in rows], ["reason"])

    assert not [
        cell for line in text.splitlines() for cell in line.split("\t") if cell.strip('"')[:1] in tuple("=+@－")
    ]
    assert read_thesaurus(file(tmp_path, text)).replacements == tuple(rows)


def test_all_problems_come_together(tmp_path: Path) -> None:
    """Two bad lines are told at once."""
    with pytest.raises(BenangError) as caught:
        read_thesaurus(file(tmp_path, "label\treplace by\na\tb\tc\n\tb\n"))
    assert len(caught.value.problems) == 2


def test_the_same_line_twice_is_no_problem(tmp_path: Path) -> None:
    """Two lines that agree count as one."""
    assert len(read_thesaurus(file(tmp_path, "label\treplace by\na\tb\nA\tb\n")).replacements) == 1
