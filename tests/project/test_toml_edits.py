"""TOML files that people write are changed in place: what the change does not concern stays, byte by byte."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.project.toml_edits import AddTable, RemoveTable, SetValue, edited_toml, toml_text

FILE = """format = 1

# Why markets close
[[codes]]
id = 'rent' # the price of a stall
label.en = "Rent"
was = [
  "price", # until May
]

# The second
[[codes]]
id="noise"
parent = "rent"

[[readings]]
code = "rent"
"""


def edit(text: str, *edits: SetValue | AddTable | RemoveTable) -> str:
    """Change the text of a file."""
    return edited_toml(text, edits, where="codebook.toml")


def test_another_value_keeps_comment_blanks_and_quotation_marks() -> None:
    """Another value keeps comment blanks and quotation marks."""
    new = edit(FILE, SetValue(("codes", 0, "id"), "dear"), SetValue(("codes", 1, "id"), "din"))
    expected = FILE.replace("id = 'rent' #", "id = 'dear' #").replace('id="noise"', 'id="din"')
    assert new == expected


def test_a_list_that_grows_keeps_its_lines_and_comments() -> None:
    """A list that grows keeps its lines and comments."""
    new = edit(FILE, SetValue(("codes", 0, "was"), ["price", "rent"]))
    assert new == FILE.replace('"price", # until May', '"price", "rent", # until May')


def test_a_new_key_stands_behind_the_last_of_its_table() -> None:
    """A new key stands behind the last of its table."""
    new = edit(FILE, SetValue(("codes", 1, "retired"), value=True))
    assert new == FILE.replace('parent = "rent"\n', 'parent = "rent"\nretired = true\n')


def test_a_new_key_stands_before_tables_within_its_table() -> None:
    """A new key stands before tables within its table."""
    text = '[[codes]]\nid = "a"\n[codes.label]\nen = "A"\n'
    assert edit(text, SetValue(("codes", 0, "was"), ["b"])) == text.replace('"a"\n', '"a"\nwas = ["b"]\n')


def test_a_key_is_taken_away_with_its_line() -> None:
    """A key is taken away with its line."""
    assert edit(FILE, SetValue(("codes", 1, "parent"), None)) == FILE.replace('parent = "rent"\n', "")


def test_a_table_is_put_behind_another() -> None:
    """A table is put behind another."""
    new = edit(FILE, AddTable("codes", {"id": "rain", "label": "Rain"}, behind=0))
    assert new == FILE.replace("]\n\n# The second", ']\n\n[[codes]]\nid = "rain"\nlabel = "Rain"\n\n# The second')


def test_a_table_is_added_at_the_end_of_its_array() -> None:
    """A table is added at the end of its array."""
    new = edit(FILE, AddTable("codes", {"id": "rain"}))
    assert new == FILE.replace('parent = "rent"\n', 'parent = "rent"\n\n[[codes]]\nid = "rain"\n')


def test_the_first_table_of_an_array_ends_the_file() -> None:
    """The first table of an array ends the file."""
    assert edit("format = 1", AddTable("codes", {"id": "a"})) == 'format = 1\n\n[[codes]]\nid = "a"\n'


def test_a_table_is_taken_out_and_comments_around_it_stay() -> None:
    """A table is taken out and comments around it stay."""
    new = edit(FILE, RemoveTable("codes", 1))
    assert new == FILE.replace('[[codes]]\nid="noise"\nparent = "rent"\n\n', "")


def test_tables_in_one_line_are_changed_within_it() -> None:
    """Tables in one line are changed within it."""
    text = 'codes = [\n  { id = "a" }, # first\n  { id = "b", parent = "a" },\n]\n'
    new = edit(
        text,
        SetValue(("codes", 0, "was"), ["c"]),
        SetValue(("codes", 1, "parent"), None),
        AddTable("codes", {"id": "d"}),
    )
    assert new == 'codes = [\n  { id = "a", was = ["c"] }, # first\n  { id = "b" },\n  { id = "d" },\n]\n'


def test_line_ends_of_windows_stay() -> None:
    """Line ends of windows stay."""
    text = FILE.replace("\n", "\r\n")
    new = edit(text, SetValue(("codes", 1, "retired"), value=True), AddTable("codes", {"id": "rain"}, behind=0))
    assert "\n" not in new.replace("\r\n", "")


def test_what_can_only_be_changed_with_more_of_the_file_is_left_to_a_person() -> None:
    """What can only be changed with more of the file is left to a person."""
    with pytest.raises(BenangError, match=r"codebook.toml: this can't be changed without"):
        edit(FILE, SetValue(("codes", 0, "label"), "Rent"))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_written_so_that_it_is_read_as_it_was(text: str) -> None:
    """Any text is written so that it is read as it was."""
    new = edit(FILE, SetValue(("codes", 0, "id"), text), SetValue(("codes", 1, "note"), text))
    codes = tomllib.loads(new)["codes"]
    assert (codes[0]["id"], codes[1]["note"]) == (text, text)
    assert tomllib.loads(f"a = {toml_text(text)}")["a"] == text


def test_the_last_table_of_an_array_can_be_removed() -> None:
    """No key is left of it."""
    assert edit(FILE, RemoveTable("readings", 0)).rstrip() == FILE.partition("[[readings]]")[0].rstrip()
