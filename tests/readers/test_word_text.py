"""A Word file is read as it stands with every tracked change accepted."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made_papers import made_docx, word_paragraph

from benang.errors import BenangError
from benang.readers import PaperText
from benang.readers import word_text as module
from benang.readers.word_text import word_text

LONG = word_paragraph("Every stall of the market was open until the lamps went out at ten in the evening.")
WHOLE = made_docx(LONG)
DATE = 'w:date="2024-01-01T00:00:00Z"'


def _read(body: str, **parts: str) -> PaperText:
    return word_text(made_docx(body + LONG, **parts), where="a.docx")


def _first(body: str, **parts: str) -> str:
    return _read(body, **parts).pages[0].removesuffix(LONG).partition("\n\nEvery stall")[0]


def _inserted(text: str, author: str = "Eka") -> str:
    return f'<w:ins w:id="1" w:author="{author}" {DATE}><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:ins>'


def _deleted(text: str, author: str = "Eka") -> str:
    return f'<w:del w:id="2" w:author="{author}" {DATE}><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def test_insertions_are_text_and_deletions_are_not() -> None:
    """Two changes of two authors are told, for the account and for the heading."""
    paper = _read(f"<w:p><w:r><w:t>Lamps </w:t></w:r>{_deleted('before')}{_inserted('after', 'Budi')}</w:p>")

    assert paper.pages[0].startswith("Lamps after\n\n")
    assert paper.heading == {"tracked changes": "2 accepted, by Eka, Budi"}
    assert paper.remarks[0].startswith("tracked changes: 2, by Eka, Budi;")


def test_moved_text_is_read_where_it_went() -> None:
    """The place that it came from holds it no longer."""
    moved = "<w:{}><w:r><w:t>Rents rose.</w:t></w:r></w:{}>"
    body = f"<w:p>{moved.format('moveFrom', 'moveFrom')}<w:r><w:t>First.</w:t></w:r></w:p>"

    assert _first(f"{body}<w:p>{moved.format('moveTo', 'moveTo')}</w:p>") == "First.\n\nRents rose."


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    """Accepting the change joins the two."""
    mark = f'<w:rPr><w:del w:id="3" w:author="Eka" {DATE}/></w:rPr>'

    body = word_paragraph("The rent ", mark) + word_paragraph("doubled.")

    assert _first(body) == "The rent doubled."
    assert _read(body).heading["tracked changes"] == "1 accepted, by Eka"


def test_a_row_whose_deletion_was_tracked_is_left_out() -> None:
    """Rows are lines, cells stand between tabs."""
    row = "<w:tr>{}<w:tc>" + word_paragraph("{}") + "</w:tc><w:tc>" + word_paragraph("{}") + "</w:tc></w:tr>"
    gone = f'<w:trPr><w:del w:id="4" w:author="Eka" {DATE}/></w:trPr>'
    table = (
        f"<w:tbl>{row.format('', 'Year', 'Rent')}{row.format(gone, '2017', '4')}{row.format('', '2018', '8')}</w:tbl>"
    )

    assert _first(table) == "Year\tRent\n2018\t8"
    assert _read(table).heading["tracked changes"] == "1 accepted, by Eka"


def test_a_table_within_a_cell_is_read_once() -> None:
    """Its words stand in the cell."""
    table = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
    inner = table.format(word_paragraph("within"))

    assert _first(table.format(word_paragraph("Around") + inner)) == "Around within"


def test_a_footnote_follows_its_paragraph() -> None:
    """So that the sentence it belongs to can be quoted whole."""
    reference = (
        '<w:p><w:r><w:t>Rents</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:t> rose.</w:t></w:r></w:p>'
    )
    note = f'<w:footnote w:id="7">{word_paragraph("So the sellers.")}</w:footnote>'

    assert _first(reference, footnotes=note) == "Rents rose.\n\n[1] So the sellers."


def test_a_text_box_is_read_once() -> None:
    """Word writes it twice, for programs that know the new form and for those that don't."""
    box = f"<w:txbxContent>{word_paragraph('In a box.')}</w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:drawing>' + box + "</w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict>" + box + "</w:pict></mc:Fallback></mc:AlternateContent>"
    )

    assert _first(f"<w:p><w:r><w:t>Beside it.</w:t>{both}</w:r></w:p>") == "Beside it.\n\nIn a box."


def test_items_of_lists_stand_behind_bullets_and_headings_stand_out() -> None:
    """A heading of the first order has taller letters, by which a title is told."""
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    styles = '<w:style w:type="paragraph" w:styleId="Judul1"><w:name w:val="heading 1"/></w:style>'
    paper = _read(word_paragraph("Method", '<w:pStyle w:val="Judul1"/>') + word_paragraph("Rents", item), styles=styles)

    assert paper.pages[0].startswith("Method\n\n• Rents\n\n")
    assert [line.height for line in paper.first_lines] == [14.0, 11.0, 11.0]


def test_comments_hidden_text_and_fields_are_left_out_and_comments_are_told() -> None:
    """A field shows its result, not its question."""
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
    field = "<w:r><w:instrText>PAGE 3</w:instrText></w:r><w:r><w:t>three</w:t></w:r>"
    comment = f'<w:comment w:id="0">{word_paragraph("Is this so?")}</w:comment>'
    paper = _read(f"<w:p><w:r><w:t>Page </w:t></w:r>{hidden}{field}</w:p>", comments=comment)

    assert paper.pages[0].startswith("Page three\n\n")
    assert (paper.remarks, paper.heading["comments"]) == (("comments left out: 1",), "1 left out")


def test_accents_emoji_and_a_script_from_right_to_left_stay() -> None:
    """Letters are composed; nothing is turned round."""
    assert _first(word_paragraph("Nai\u0308ve \U0001f9fa أُغلق في الشتاء")) == "Naïve \U0001f9fa أُغلق في الشتاء"


@pytest.mark.parametrize("spoilt", [b"PK\x03\x04 no more", b"no package", made_docx(LONG)[:-40], made_docx("<w:p>")])
def test_a_damaged_file_is_refused(spoilt: bytes) -> None:
    """Cut off, no package at all, or with a part that is no XML."""
    with pytest.raises(BenangError, match=r"a\.docx: a damaged Word file\. Open it in Word"):
        word_text(spoilt, where="a.docx")


def test_a_file_that_declares_entities_is_refused() -> None:
    """They may explode, or fetch a file of this machine."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')
    with pytest.raises(BenangError, match="declares entities"):
        word_text(held.getvalue(), where="a.docx")


def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of zeros packs to a thousandth; it is not read to its end."""
    monkeypatch.setattr(module, "_MOST_BYTES", 1 << 20)
    with pytest.raises(BenangError, match="unpacks to more than 1 MB"):
        word_text(made_docx(word_paragraph("0" * (2 << 20))), where="a.docx")


def test_a_file_without_text_says_so() -> None:
    """Pictures of pages are no text."""
    with pytest.raises(BenangError, match="almost no text"):
        word_text(made_docx("<w:p/>"), where="a.docx")


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=40))
def test_any_damage_ends_in_text_or_a_message(at: int, bytes_put_in: bytes) -> None:
    """Some bytes of a package are others, wherever they stand."""
    with contextlib.suppress(BenangError):
        assert word_text(WHOLE[:at] + bytes_put_in + WHOLE[at + len(bytes_put_in) :], where="a.docx").pages[0]


def test_a_part_nested_without_end_is_refused() -> None:
    """Deeper than any program writes."""
    depth = 100_000
    with pytest.raises(BenangError, match="damaged"):
        word_text(made_docx("<w:sdt>" * depth + "</w:sdt>" * depth), where="a.docx")
