"""The account of a task is a value: tables stand in columns, numbers in the user's language."""

from __future__ import annotations

from benang.errors import argument
from benang.tasks.account import Account, Note, Table, listing, rows


def test_words_stand_to_the_left_and_numbers_to_the_right() -> None:
    """Columns are as wide as their widest cell; no line ends in blanks."""
    table = Table("", (("", "n", ""), ("sea", "2", "x"), ("market", "10", "")), "lrl")
    assert list(table.lines()) == ["         n", "sea      2  x", "market  10"]


def test_all_lines_of_a_listing_are_shown() -> None:
    """Of remarks a rim may show the first ones; these are no remarks."""
    assert list(listing(map(str, range(30)), "Numbers:").lines()) == [str(n) for n in range(30)]
    assert listing(["a"], "Letters:").text == "Letters:"


def test_a_rim_gives_arguments_its_own_names_also_in_tables() -> None:
    """Heading, cells and remarks name the option."""
    text = f"see {argument('top')}"
    account = Account(notes=(Table(text, ((text,),), "l", (text,)), Note(text)))
    table, note = account.naming(lambda name: f"--{name}").notes
    assert isinstance(table, Table)
    assert (table.text, table.cells, table.remarks, note.text) == (
        "see --top",
        (("see --top",),),
        ("see --top",),
        "see --top",
    )


def test_numbers_are_written_as_the_language_writes_them() -> None:
    """Words are left as they are."""
    assert rows([("items", 1200), ("linked by", "records")], "id") == (("items", "1.200"), ("linked by", "records"))
