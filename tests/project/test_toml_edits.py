"""TOML files that people write are changed in place: what the change does not concern stays, byte by byte."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.project.toml_edits import AddTable, Place, RemoveTable, SetValue, edited_toml, line_of, toml_text
from benang.project.toml_files import CurlyQuotes, curly_quotes

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


@pytest.mark.parametrize(
    ("text", "place", "value", "new"),
    [
        ("a = 1", ("b", "c"), "d", 'a = 1\n\n[b]\nc = "d"\n'),
        ("a = 1\r\n", ("b", "c"), ["d"], 'a = 1\r\n\r\n[b]\r\nc = ["d"]\r\n'),
        ("[b]\nx = 1\n\n", ("b", "c", "d.csv"), {"e f": "g"}, '[b]\nx = 1\n\n[b.c."d.csv"]\n"e f" = "g"\n'),
        ("b = { x = 1 }\n", ("b", "c", "d"), "e", 'b = { x = 1, c = { d = "e" } }\n'),
        ("[b.x]\ny = 1\n", ("b", "c"), "d", '[b.x]\ny = 1\n\n[b]\nc = "d"\n'),
    ],
)
def test_a_key_of_a_table_that_is_not_there_begins_it(text: str, place: Place, value: Any, new: str) -> None:
    """At the end, with a blank line and the line ends of the file; within a line, in that line."""
    assert edit(text, SetValue(place, value)) == new


def test_a_table_of_dotted_keys_is_left_to_a_person() -> None:
    """TOML does not let it be begun again."""
    with pytest.raises(BenangError, match="can't be changed"):
        edit("b.x = 1\n", SetValue(("b", "c"), "d"))


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


PLAN = '''title = "T"
question = """
[[maps]]
items = "x"
"""
[sources]
files = ["a"]

[[maps]]
name = "a"
items = "autors"
'''


def test_a_line_end_of_unicode_is_no_line_end_of_toml() -> None:
    """U+2028 within a comment does not move the lines below it."""
    assert line_of("# a\u2028b\n[[shelves]]\nid = 1\n", ("shelves", 0, "id")) == 3


@pytest.mark.parametrize(
    ("text", "marks", "straight"),
    [
        ("a = “x y”", "“ ”", '"x y"'),
        ("a = ‘x’", "‘ ’", '"x"'),
        ("a = «x y»", "« »", '"x y"'),
        ("a = „x“", "„ “", '"x"'),
        ('a = "x y”', '" ”', '"x y"'),
        ('a = “x y"', '“ "', '"x y"'),
        ("a = 'x’", "' ’", '"x"'),
        ("a = “Pedagang’s ‘own’ market, then”", "“ ”", '"Pedagang’s ‘own’ market, then"'),
        ('a = “the "old" town”', "“ ”", '"the \\"old\\" town"'),
        ("a = [“one”, “two”]", "“ ”", '"one"'),
        ('a = { en = “One", id = "Satu" }', '“ "', '"One"'),
        ("“a” = 1", "“ ”", '"a"'),
        ("a = “x y\n", "“", ""),
        ("a = x”", "”", ""),
    ],
)
def test_curly_quotes_are_found_with_the_text_in_straight_ones(text: str, marks: str, straight: str) -> None:
    """In both or in one of their places, with quotes and apostrophes within; without an end there is no text."""
    assert curly_quotes(f"# “none”\n{text}\n") == [CurlyQuotes(2, marks, straight)]


@pytest.mark.parametrize(
    "text",
    [
        'a = "the “old” town"',
        "a = 'it’s'",
        "# “so”",
        'a = """\n“x”\n"""',
        'a = "he said “x”',
        "a = [",
    ],
)
def test_curly_quotes_within_strings_and_comments_are_letters(text: str) -> None:
    """They are part of the text there, also of one whose end is missing."""
    assert curly_quotes(text) == []


def test_a_list_over_several_lines_is_no_table() -> None:
    """A line that begins with a bracket belongs to the list, and the table above stays the table."""
    assert line_of('[[a]]\nx = [\n  ["b"],\n  ["c", "d"],\n]\ny = 1\n', ("a", 0, "y")) == 6


def test_what_looks_like_toml_within_a_text_of_several_lines_is_no_toml() -> None:
    """The question holds a table and a key; those of the plan stand below it."""
    assert line_of(PLAN, ("maps", 0, "items")) == 11
    assert line_of(PLAN.replace('"""', "'''"), ("maps", 0, "items")) == 11
    assert line_of(PLAN, ("sources", "files", 0)) == 7


@pytest.mark.parametrize(
    ("text", "place", "line"),
    [
        ('a = """x\\"""\nb = 1\n"""\nc = 2\n', ("c",), 4),  # an escaped quotation mark ends nothing
        ('a = """x"""""\nc = 2\n', ("c",), 2),  # two marks before the end belong to the text
        ("a = '''x\n'''''\nc = 2\n", ("c",), 3),
        ('a = "# no comment" # b = "\nc = 2\n', ("c",), 2),
        ("# a = '''\nc = 2\n", ("c",), 2),
        ('limits = [\n  "n = 5",\n  "[[maps]]",\n]\nn = 1\n', ("n",), 5),
        ('limits = [\n  "n = 5",\n  "m = 6", # the second\n]\n', ("limits", 1), 3),
        ("a = [[1],\n [2,\n  3]]\n", ("a", 1, 1), 3),
        ("levels = [\n  { id = 'a' },\n  { id = 'b', label = 1 },\n]\n", ("levels", 1, "label"), 3),
        ('[sources.columns."a b.csv"]\ntitle = "T"\n', ("sources", "columns", "a b.csv", "title"), 2),
        ("a.b.c = 1\na.b.d = 2\n", ("a", "b", "d"), 2),
        ('"caf\\u00e9" = 1\n\'x"y\' = 2\n', ("café",), 1),
        ('"caf\\u00e9" = 1\n\'x"y\' = 2\n', ('x"y',), 2),
        ("a = 1979-05-27T07:32:00.5Z\r\nb = -3.14\r\nc = {}\r\nd = 1", ("d",), 4),
        ("[[a]]\n[a.b]\nx = 1\n[[a]]\n[a.b]\nx = 2\n", ("a", 1, "b", "x"), 6),
        ("[a]\nx = 1\n", ("a", "y"), 1),
        ("", ("a",), 1),
    ],
)
def test_a_place_stands_on_its_line(text: str, place: Place, line: int) -> None:
    """Strings, comments, lists, tables in one line, quoted and dotted keys; the nearest enclosing place otherwise."""
    tomllib.loads(text)

    assert line_of(text, place) == line


def leaves(data: object, place: Place = ()) -> Iterator[Place]:
    """Give the places of all that is neither table nor list."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*place, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from leaves(value, (*place, number))
    else:
        yield place


def test_every_value_of_the_examples_stands_on_the_line_that_is_named(project_root: Path) -> None:
    """The line of a key holds the key; that of an item of a list holds the first words of the item."""
    for path in sorted(project_root.glob("examples/*/*.toml")):
        text = path.read_text(encoding="utf-8")
        lines = text.split("\n")
        plan: Any = tomllib.loads(text)
        for place in leaves(plan):
            value = reduce(lambda held, part: held[part], place, plan)
            sought = place[-1] if isinstance(place[-1], str) else str(value)[:10]
            assert sought in lines[line_of(text, place) - 1], (path.name, place)


texts = st.text(st.characters(codec="utf-8", exclude_characters="\r'"), max_size=8)


@given(st.lists(st.tuples(st.sampled_from(["basic", "literal", "list"]), texts), min_size=1, max_size=6))
def test_whatever_texts_stand_above_a_key_is_on_its_line(values: list[tuple[str, str]]) -> None:
    """Texts of any characters, over several lines or in lists, move a key by their own lines and no more."""
    written, expected = "", []
    for number, (kind, value) in enumerate(values):
        literal = "".join(one for one in value if one.isprintable() or one == "\n")
        plain = literal.replace("\\", "\\\\").replace('"', '\\"')
        said = {"basic": f'"""{plain}"""', "literal": f"'''{literal}'''", "list": f"[\n'''{literal}''',\n]"}[kind]
        expected.append((f"k{number}", written.count("\n") + 1))
        written += f"k{number} = {said}\n"
    tomllib.loads(written)

    assert [(key, line_of(written, (key,))) for key, _ in expected] == expected
