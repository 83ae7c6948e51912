"""Files that are no exports are told for what they are, with what to do next."""

from __future__ import annotations

import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.readers.strangers import refuse_stranger, stranger


def _tar() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.ris"))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"\x89PNG\r\n", "a picture"),
        (b"Rar!\x1a\x07\x00", "a RAR archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
        (_tar(), "a tar archive"),
        (b"SQLite format 3\x00", "the database of a program"),
        (b"MZ\x90\x00", "a program"),
        (b"{\\rtf1", "a document in Rich Text Format"),
    ],
)
def test_a_binary_file_is_named(data: bytes, found: str) -> None:
    """Its first bytes tell what it is; the way on fits it."""
    with pytest.raises(BenangError) as error:
        refuse_stranger(data)

    (problem,) = error.value.problems
    assert problem.found.startswith(found)
    assert problem.way_on


@pytest.mark.parametrize(
    ("head", "found", "way_on"),
    [
        ("<html><head><title>Sign &amp; in</title>", "a web page ('Sign & in')", "log in again"),
        ("\n<!-- saved -->\n<!DOCTYPE HTML>\n<p>403", "a web page", "log in again"),
        ("<table><tr><td>Title</td></tr></table>", "a web page", "save it as .xlsx"),
        (
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "a workbook in the XML of Excel 2003",
            "save it as .xlsx",
        ),
        ('{"error": "Rate limit", "message": "Wait"}', "an answer of a server", "fetch the records again"),
    ],
)
def test_a_text_that_no_export_begins_with_is_named(head: str, found: str, way_on: str) -> None:
    """A page saved in place of an export shows its title."""
    told = stranger(head)

    assert told is not None
    assert told[0].startswith(found)
    assert way_on in told[1]


@given(st.text(max_size=300))
def test_any_text_is_told_or_not(text: str) -> None:
    """What is told has a name and a way on."""
    told = stranger(text)

    assert told is None or all(told)
