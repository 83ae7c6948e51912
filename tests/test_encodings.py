"""Encodings are found, told, and never guessed in silence where the text would differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.encodings import Decoded, decoded
from benang.errors import BenangError

TEXT = "AU  - Müller, Jörg\nTI  - Städte – Łódź\n"
WESTERN = "AU  - Müller, Jörg\nTI  - Städte\n"


def _decoded(data: bytes, encoding: str | None = None) -> Decoded:
    return decoded(data, where="a.ris", encoding=encoding)


def _refused(data: bytes, encoding: str | None = None) -> str:
    with pytest.raises(BenangError) as error:
        _decoded(data, encoding)
    return str(error.value)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("codec", "called"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
    ],
)
def test_unicode_is_recognised_with_and_without_a_mark(codec: str, called: str, ends: str) -> None:
    """UTF-8, UTF-16 and UTF-32 come through without a note, whatever ends the lines; no mark is left."""
    found = _decoded(TEXT.replace("\n", ends).encode(codec))

    assert found == Decoded(TEXT.encode(), called)


def test_utf_16_with_the_big_end_first_is_recognised_by_its_mark() -> None:
    """Both byte orders have a mark."""
    assert _decoded(b"\xfe\xff" + TEXT.encode("utf-16-be")) == Decoded(TEXT.encode(), "UTF-16")


def test_what_is_not_utf_8_is_western_and_shows_a_word() -> None:
    """Windows-1252 is taken, and the note shows the line in which the choice matters."""
    found = _decoded(WESTERN.encode("cp1252"))

    assert (found.data.decode(), found.encoding) == (WESTERN, "Windows-1252")
    assert "Not UTF-8: read as Windows-1252, for example in line 1: 'AU  - Müller, Jörg'." in found.notes[0]


def test_what_windows_lacks_is_iso() -> None:
    """A byte that Windows-1252 has no character for tells of ISO-8859-1."""
    assert _decoded(WESTERN.encode("latin-1") + b"\x81\n").encoding == "ISO-8859-1"


def test_the_word_shown_is_where_the_choice_matters_though_lines_end_with_cr() -> None:
    """The line is counted after line ends are alike; of a long line the part around the letter is shown."""
    (note,) = _decoded(b"TY  - JOUR\rTI  - " + b"x" * 100 + b" caf\xe9 " + b"y" * 100 + b"\r").notes

    assert "in line 2: 'xxx" in note
    assert "café" in note


def test_a_few_other_bytes_in_utf_8_are_read_one_by_one() -> None:
    """One record pasted in from Windows leaves the others as they are, and is told."""
    found = _decoded(TEXT.encode() * 3 + b"TI  - Caf\xe9 \x93x\x94\n")

    assert found.data.decode() == TEXT * 3 + "TI  - Café “x”\n"
    assert found.notes == (
        "3 bytes are not UTF-8 like the rest and were read as Windows-1252, first in line 7: 'TI  - Café “x”'.",
    )


def test_a_text_that_is_half_and_half_keeps_both() -> None:
    """Files that were put together from two encodings come through whole."""
    assert _decoded(WESTERN.encode() * 5 + WESTERN.encode("cp1252") * 9).data.decode() == WESTERN * 14


@pytest.mark.parametrize(("codec", "cut"), [("utf-8", 1), ("utf-16", 1)])
def test_a_text_cut_within_a_character_is_noted(codec: str, cut: int) -> None:
    """The broken character is left out, all before it stays."""
    found = _decoded((TEXT + "ź").encode(codec)[:-cut])

    assert found.data.decode() == TEXT
    assert "ends in the middle of a character" in found.notes[0]


def test_a_single_western_letter_at_the_end_is_a_letter() -> None:
    """É ends the file in Windows-1252; it is not taken for the beginning of a character in UTF-8."""
    assert _decoded(b"TI  - Caf\xe9").data.decode() == "TI  - Café"


def test_letters_that_a_spreadsheet_broke_are_noted() -> None:
    """UTF-8 that was read as Windows-1252 and saved is UTF-8 still: the note shows where it looks so."""
    found = _decoded(f"a\n{TEXT.encode().decode('latin-1')}".encode())
    (note,) = found.notes

    assert "Characters that look garbled: 4, first in line 2: 'AU  - MÃ¼ller, JÃ¶rg'." in note
    assert _decoded(TEXT.encode()).notes == ()


def test_marks_within_are_left_out() -> None:
    """Where files were put together the second one's mark would hide its first record."""
    assert _decoded(("\ufeff" + TEXT).encode() * 2).data.decode() == TEXT * 2


@pytest.mark.parametrize(
    ("data", "encoding", "notes"),
    [
        (b'<?xml version="1.0" encoding="iso-8859-15"?><t>\xa4</t>', "ISO8859-15", 0),
        (b'<?xml version="1.0" encoding="UTF-8"?><t>\xe2\x82\xac</t>', "UTF-8", 0),
        (b'<?xml version="1.0" encoding="utf-16"?><t>\xe2\x82\xac</t>', "UTF-8", 0),
        (b'<?xml version="1.0" encoding="windows-1252"?><t>\xe2\x82\xac</t>', "UTF-8", 1),
        (b'<?xml version="1.0" encoding="nonsense"?><t>\x80</t>', "Windows-1252", 1),
    ],
)
def test_an_xml_declaration_counts_where_it_can_be_true(data: bytes, encoding: str, notes: int) -> None:
    """A declaration decides, but not against bytes that are UTF-8 and nothing else; that is told."""
    found = _decoded(data)

    assert (found.encoding, len(found.notes)) == (encoding, notes)
    assert "€" in found.data.decode()


def test_a_named_encoding_overrides_all() -> None:
    """What the user names is used, also against what the bytes look like."""
    text = "TI  - Города\n"

    assert _decoded(text.encode("cp1251"), "windows-1251") == Decoded(text.encode(), "CP1251")
    assert _decoded("ü".encode(), "latin-1").data.decode() == "Ã¼"


@pytest.mark.parametrize("name", ["nonsense", "rot13", "a\x00b", "base64"])
def test_an_encoding_that_is_none_is_refused(name: str) -> None:
    """The message names the encoding, and those there are."""
    assert "no encoding is called" in _refused(b"x", name)
    assert "Windows-1252" in _refused(b"x", name)


def test_bytes_that_a_named_encoding_lacks_are_told_with_their_line() -> None:
    """The line and the byte are named."""
    assert "a.ris, line 2: the byte 0xE9, which is not valid in UTF-8" in _refused(b"a\ncaf\xe9 b c d", "utf-8")


def test_a_binary_file_is_refused_and_a_stray_nul_is_not() -> None:
    """Many NULs tell of a binary file, one in a long text is a fault of the export."""
    found = _decoded(b"TY  - JOUR\n" * 200 + b"TI  - a\x00b\n")

    assert "expected a text file, found a binary file" in _refused(b"PK\x01\x00\x02\xff" * 30)
    assert found.data.endswith(b"TI  - ab\n")
    assert found.notes == ("NUL characters, which do not belong in a text, were removed: 1, first in line 201.",)


@pytest.mark.parametrize(
    "data", [b"TY  - JOUR\nTI  - a\x00b\nER  - \n", b"TY  - JOUR\nTI  - ab\nER  - \n" + b"\x00" * 4096]
)
def test_a_nul_in_a_short_text_or_a_block_filled_up_is_no_binary_file(data: bytes) -> None:
    """What is a text but for its NULs is read without them, and the note counts them."""
    found = _decoded(data)

    assert found.data == b"TY  - JOUR\nTI  - ab\nER  - \n"
    assert found.notes[0].startswith(
        f"NUL characters, which do not belong in a text, were removed: {data.count(0):,}, first"
    )


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "utf-16", "cp1252", "utf-7", "idna", "unicode_escape"]))
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_any_bytes_end_in_text_or_in_a_message(data: bytes, encoding: str | None) -> None:
    """Whatever the bytes are: UTF-8 without CR, or a message that names the file."""
    found, message = _decoded_or_refused(data, encoding)

    assert "\r" not in found.data.decode() if found else "a.ris" in message


def _decoded_or_refused(data: bytes, encoding: str | None) -> tuple[Decoded | None, str]:
    try:
        return _decoded(data, encoding), ""
    except BenangError as error:
        return None, str(error)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff\r"), min_size=1))
def test_utf_8_comes_through_as_it_is(text: str) -> None:
    """A text in UTF-8 is what was written, whatever a note says of letters that look broken."""
    found = _decoded(text.encode())

    assert (found.data, found.encoding) == (text.encode(), "UTF-8")
