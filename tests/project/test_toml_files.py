"""What is wrong in a TOML file is told with its line and the nearest known word."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError

from benang.errors import BenangError, Problem
from benang.project.toml_files import Checked, Id, Text, problems_of, read_toml

pytestmark = pytest.mark.fast


class Shelf(Checked):
    """A shelf with its label."""

    id: Id
    label: Text
    kind: Literal["wide", "narrow"] = "wide"


class Library(Checked):
    """A library with shelves."""

    format: Literal[1] = 1
    shelves: tuple[Shelf, ...] = ()


def read(folder: Path, text: str) -> Library:
    """Read a library from a file."""
    path = folder / "library.toml"
    path.write_text(text, encoding="utf-8", newline="")
    return read_toml(path, Library)


def test_a_label_may_be_a_word_or_a_word_in_each_language(tmp_path: Path) -> None:
    """A plain string is English."""
    text = '[[shelves]]\nid = "a"\nlabel = "Top"\n[[shelves]]\nid = "b"\nlabel = {en = "Low", id = "Bawah"}'
    shelves = read(tmp_path, text).shelves

    assert [shelf.label.text("id") for shelf in shelves] == ["Top", "Bawah"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[[shelves]]\nid = "a"\nlabel = "x"\nkid = 1\n',
            r"library\.toml, line 4: unknown key 'kid'\. Did you mean 'kind'",
        ),
        ('[[shelves]]\nid = "a"\nlabel = "x"\n\n[[shelves]]\nid = "b"\n', "line 5: the key 'label' is missing"),
        ('[[shelves]]\nid = "a"\nlabel = "x"\nkind = "narow"\n', "line 4: .*'narow'. Did you mean 'narrow'"),
        ('[[shelves]]\nid = "a b"\nlabel = "x"\n', "line 2: .*an id consists of letters, digits"),
        ('[[shelves]]\nid = "a"\n[shelves.label]\nen = "x"\nde = "y"\n', r"line 5: unknown key 'de'\. Known: en, id"),
        ('[[shelves]]\nid = "a"\nlabel = 5\n', "line 3, .*: expected a text in quotation marks, or one in each"),
        ("shelves = 5\n", r"line 1, shelves: expected a list: \[ … \], found 5"),
        ("shelves = [5]\n", r"line 1, shelves: expected keys with their values: \{ … \}, found 5"),
        ('format = 1\n\n[[selves]]\nid = "b"\n', "line 3: unknown key 'selves'. Did you mean 'shelves'"),
        (f"format = 1{'0' * 5000}", "this is not valid TOML: a number with thousands of digits"),
        ("shelvs = []\n", r"line 1: unknown key 'shelvs'\. Did you mean 'shelves'"),
        ("shelves = [\n", "this is not valid TOML"),
        ("format = 2\n", "expected format 1, the newest that this version of Benang knows, found format 2"),
        ("a = " + "[" * 5000 + "]" * 5000, "this is not valid TOML"),
    ],
)
def test_a_problem_is_named_with_its_line_and_the_nearest_word(tmp_path: Path, text: str, said: str) -> None:
    """What was found, in which line, and what was meant."""
    with pytest.raises(BenangError, match=said):
        read(tmp_path, text)


@pytest.mark.parametrize(("begin", "end"), ["“”", "‘’", "«»", "””"])
def test_curly_quotes_are_named_with_their_line_and_the_straight_ones(tmp_path: Path, begin: str, end: str) -> None:
    """Each line that has them, with what to write."""
    with pytest.raises(BenangError) as caught:
        read(tmp_path, f'[[shelves]]\nid = "a"\nlabel = {begin}On top{end}\nkind = {begin}wide{end}\n')

    assert str(caught.value).splitlines() == [
        f'library.toml, line 3: curly quotation marks {begin} {end}. TOML needs straight ones: "On top".',
        f'library.toml, line 4: curly quotation marks {begin} {end}. TOML needs straight ones: "wide".',
    ]


def test_a_text_with_curly_quotes_in_straight_ones_is_read(tmp_path: Path) -> None:
    """There they are letters like others."""
    assert read(tmp_path, '[[shelves]]\nid = "a"\nlabel = "The “top” one"\n').shelves[0].label.en == "The “top” one"


def test_all_problems_of_a_file_come_together(tmp_path: Path) -> None:
    """Two shelves, a problem each."""
    with pytest.raises(BenangError) as caught:
        read(tmp_path, '[[shelves]]\nid = "a"\n[[shelves]]\nid = "b"\nlabel = 1\n')

    assert len(caught.value.problems) == 2


class Plain(BaseModel):
    """A picture of a map."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["map", "density"]
    map: str = Field(pattern="^[a-z]+$")
    size: float = Field(1.0, gt=0, allow_inf_nan=False)


class Bars(BaseModel):
    """A picture of bars."""

    kind: Literal["bars"]
    stated: StrictInt | str = 1
    on: bool = True


class Pictures(BaseModel):
    """Several pictures."""

    pictures: tuple[Annotated[Plain | Bars, Field(discriminator="kind")], ...]


def said(picture: dict[str, Any]) -> list[Problem]:
    """Return what is wrong with one picture; the place is told as it is."""
    data = {"pictures": [picture]}
    with pytest.raises(ValidationError) as caught:
        Pictures.model_validate(data)
    return problems_of(caught.value.errors(), data, Pictures, lambda place: str(place[2:]))


@pytest.mark.parametrize(
    ("picture", "message"),
    [
        ({"kind": "map", "map": "a", "size": 0}, "('size',), pictures.size: expected a number above 0.0, found 0."),
        ({"kind": "map", "map": "a", "size": "x"}, "('size',), pictures.size: expected a number, found 'x'."),
        ({"kind": "map", "map": "a", "size": 1e999}, "('size',), pictures.size: expected a finite number, found inf."),
        ({"kind": "map", "map": "A"}, "('map',), pictures.map: expected a text that matches ^[a-z]+$, found 'A'."),
        ({"kind": "density"}, "('map',): the key 'map' is missing."),
        ({"kind": "map", "map": "a", "siez": 1}, "('siez',): unknown key 'siez'. Did you mean 'size'?"),
        ({"kind": "mop"}, "('kind',): unknown kind 'mop'. Did you mean 'map'?"),
        ({}, "(): the key 'kind' is missing."),
        ({"kind": "bars", "on": "x"}, "('on',), pictures.on: expected true or false, found 'x'."),
        (
            {"kind": "bars", "stated": 1.5},
            "('stated',), pictures.stated: expected a whole number or a text in quotation marks, found 1.5.",
        ),
    ],
)
def test_a_wrong_value_is_one_problem_at_its_own_key(picture: dict[str, Any], message: str) -> None:
    """A kind that is called like a key, and a value that may be of several kinds, do not lead it astray."""
    (problem,) = said(picture)

    assert str(problem) == message


@pytest.mark.parametrize(
    ("text", "english", "indonesian"),
    [
        ("format = 1 1", "Expected newline or end of document after a statement (at line 1, column 12)",
         "setelah nilai ini seharusnya baris baru (baris 1, kolom 12)"),
        ("format 1", "Expected '=' after a key in a key/value pair (at line 1, column 8)",
         "tanda '=' setelah kunci belum ada (baris 1, kolom 8)"),
        ("a = 1\na = 2", "Cannot overwrite a value (at the end of the file)",
         "kunci ini sudah memiliki nilai (di akhir berkas)"),
        ("[{x}]", "Invalid initial character for a key part (at line 1, column 2)",
         "kunci tidak dapat diawali dengan karakter ini (baris 1, kolom 2)"),
        ("[a.b]\n[a.b]\n", "the table [a.b] appears twice (at line 2, column 5)",
         "tabel [a.b] muncul dua kali (baris 2, kolom 5)"),
    ],
)  # fmt: skip
def test_text_that_is_no_toml_is_explained_in_both_languages(
    tmp_path: Path, text: str, english: str, indonesian: str
) -> None:
    """What the parser says of the likeliest slips too, and where."""
    with pytest.raises(BenangError) as caught:
        read(tmp_path, text)

    assert f"this is not valid TOML: {english}. " in str(caught.value)
    assert f"ini bukan TOML yang sah: {indonesian}. " in caught.value.in_language("id")
