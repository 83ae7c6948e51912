"""The account of a task: what was read, dropped and decided, in the user's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from benang.errors import naming
from benang.locale import Language
from benang.locale.writing import in_language, message_in, numeral
from benang.looks.graphemes import lacking_letters, lacking_note

Rows = tuple[tuple[str, str], ...]
"""What was counted or chosen, and the number or the words for it, as both are read."""


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence of an account, and remarks on it, such as the records of a file that were set aside.

    Of very many remarks a rim may show the first ones and say how many more there are.
    """

    text: str = ""
    remarks: tuple[str, ...] = ()

    def naming(self, option: Callable[[str], str] | None = None) -> Note:
        """Return the note with each `errors.argument` under the name that a rim has for it, or under its own."""
        return self._each(lambda text: naming(text, option))

    def in_language(self, language: str) -> Note:
        """Return the note in a language, as far as its texts are `Worded` or in the catalogue."""
        return self._each(lambda text: message_in(text, language))

    def _each(self, change: Callable[[str], str]) -> Note:
        return Note(change(self.text), tuple(map(change, self.remarks)))


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an account under a line of its own ("" for none), with remarks below it.

    It is indented unless it is by itself. Each row of `cells` is as long as the first, which may name the columns.
    `align` has a letter for each column, `l` or `r`: words stand to the left, numbers to the right.
    """

    text: str = ""
    cells: tuple[tuple[str, ...], ...] = ()
    align: str = "l"
    remarks: tuple[str, ...] = ()
    is_indented: bool = True

    def naming(self, option: Callable[[str], str] | None = None) -> Table:
        """Return the table with each `errors.argument` under the name that a rim has for it, or under its own."""
        return self._each(lambda text: naming(text, option), lambda cell: naming(cell, option))

    def in_language(self, language: str) -> Table:
        """Return the table in a language; cells, which are often the user's words, only where they are `Worded`."""
        return self._each(lambda text: message_in(text, language), lambda cell: in_language(cell, language))

    def _each(self, change: Callable[[str], str], change_cell: Callable[[str], str]) -> Table:
        return replace(
            self,
            text=change(self.text),
            cells=tuple(tuple(map(change_cell, row)) for row in self.cells),
            remarks=tuple(map(change, self.remarks)),
        )

    def lines(self) -> Iterator[str]:
        r"""Give the rows as lines of text whose columns stand below one another.

        Examples
        --------
        >>> print(*Table("", (("", "n"), ("cities", "2"), ("sea", "10")), "lr").lines(), sep="\n")
                 n
        cities   2
        sea     10
        """
        widths = [max(map(len, column)) for column in zip(*self.cells, strict=True)]
        for row in self.cells:
            cells = zip(row, widths, self.align, strict=True)
            yield "  ".join(c.rjust(width) if a == "r" else c.ljust(width) for c, width, a in cells).rstrip()


@dataclass(frozen=True, slots=True)
class Account:
    """What a task did, to be shown in this order: what it read, rows of numbers, notes, files that it wrote.

    Texts may name arguments of tasks by `errors.argument`: a rim shows `naming`.

    Examples
    --------
    >>> read = Account(read=(Note("a.ris: RIS, 2 of 2 records read."),))
    >>> (read + Account(rows=rows([("items", 1200)], "id"))).rows
    (('items', '1.200'),)
    """

    read: tuple[Note, ...] = ()
    rows: Rows = ()
    notes: tuple[Note | Table, ...] = ()
    files: tuple[Path, ...] = ()

    def __add__(self, other: Account) -> Account:
        """Return both accounts as one."""
        return Account(
            self.read + other.read, self.rows + other.rows, self.notes + other.notes, self.files + other.files
        )

    def naming(self, option: Callable[[str], str] | None = None) -> Account:
        """Return the account with each `errors.argument` under the name that a rim has for it, or under its own."""
        return Account(
            tuple(note.naming(option) for note in self.read),
            tuple((naming(name, option), naming(value, option)) for name, value in self.rows),
            tuple(note.naming(option) for note in self.notes),
            self.files,
        )

    def in_language(self, language: str) -> Account:
        """Return the account in a language, as far as its texts are `Worded` or in the catalogue.

        Examples
        --------
        >>> from benang.locale.writing import worded
        >>> Account(notes=(Note(worded("page {n}", n=2)),)).in_language("id").notes[0].text
        'halaman 2'
        """
        return Account(
            tuple(note.in_language(language) for note in self.read),
            tuple((message_in(name, language), in_language(value, language)) for name, value in self.rows),
            tuple(note.in_language(language) for note in self.notes),
            self.files,
        )


def listing(lines: Iterable[str], text: str = "") -> Table:
    """Return lines of text as a table of one column under a line of its own; unlike remarks, all are shown."""
    return Table(text, tuple((line,) for line in lines))


def rows(counted: Iterable[tuple[str, str | int]], language: Language) -> Rows:
    """Return rows of an account; whole numbers have their thousands marked as the language does."""
    return tuple((name, numeral(value, language, 0) if isinstance(value, int) else value) for name, value in counted)


@contextmanager
def letters_noted(language: str = "en", *, hands_on: bool = True) -> Iterator[list[Note]]:
    """Give a list which has, when figures were drawn inside, a note of the letters that no font has.

    `hands_on` as in `lacking_letters`.
    """
    noted: list[Note] = []
    with lacking_letters(hands_on=hands_on) as letters:
        yield noted
    if letters:
        noted.append(Note(lacking_note(letters, language)))
