"""What a task leaves: an account of what was read, dropped and decided, in the user's language, and files.

Each file has a name of its own, and none is one that is read, whichever way the names are spelt.
"""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from benang.errors import BenangError, Misuse, Problem, closest, naming
from benang.locale import Language
from benang.locale.writing import in_language, lacking_letters, lacking_note, message_in, numeral, worded

if TYPE_CHECKING:
    from benang.files import Input

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


def check_outputs(
    outputs: Sequence[Path],
    inputs: Iterable[Input | None],
    others: Iterable[Path | None] = (),
    *,
    folders: Sequence[Path] = (),
) -> None:
    """Refuse output that would destroy an input or other output, and find out whether it can be written.

    Parameters
    ----------
    outputs
        Files to write; one that is named twice in one way is written once.
    inputs
        Files and folders that are read. What lies beside one and is read with it (`with_companions`) belongs to them.
    others
        Further files to write, each asked for by an option of its own.
    folders
        Folders that are written as a whole.

    Raises
    ------
    Misuse
        Where a file to write, or one that goes beside it, is one of those to read, or is written twice.
    BenangError
        Where a file can't be written, and where one that goes beside an output, and was not named, is a link that leads
        elsewhere.
    """
    from benang.files import check_writable  # every command has an account, and few write files

    wanted = [*dict.fromkeys(outputs), *filter(None, others)]
    written = _places([*wanted, *dict.fromkeys(folders)], [path for path in inputs if isinstance(path, Path)])
    for folder in folders:
        if lost := next((one for place, one in written.items() if _is_in_one(place, [one_place(folder)])), None):
            raise Misuse(
                worded(
                    "'{file}' lies in '{folder}', which is written as a whole. Name another place.",
                    file=lost,
                    folder=folder,
                )
            )
    check_writable(*wanted)


def check_new(sheet: Path) -> None:
    """Refuse to write a sheet for people to fill in over one that is there: nobody else has what they wrote into it.

    Raises
    ------
    BenangError
        Where there is a file of that name.
    """
    if sheet.is_file():
        way_on = "Give the new sheet another name, or delete the file first if you no longer need it."
        raise BenangError(
            Problem(worded("'{sheet}' already exists, and somebody may have filled it in", sheet=sheet), way_on=way_on)
        )


def _places(wanted: Sequence[Path], sources: Sequence[Path]) -> dict[str, Path]:
    """Return what is written, with what goes beside it, by its place; refuse a place that is read or taken already."""
    from benang.map_files import companions
    from benang.safe_files import UNLINK, check_within, leads_to

    read = {one_place(path) for path in sources}
    inside = [one_place(path) for path in sources if path.is_dir()]
    written: dict[str, Path] = {}
    for path in wanted:
        for one in (path, *companions(path)):
            place = one_place(one)
            if place in read or (one.is_file() and _is_in_one(place, inside)):
                raise Misuse(
                    worded("'{file}' is read here and would be overwritten. Give the output another name.", file=one)
                )
            # A partition that is asked for and goes beside its network is one file with the same content.
            if place in written and one.suffix.lower() != ".clu":
                raise Misuse(worded("'{file}' would be written twice. Give each output its own name.", file=one))
            written[place] = one
            if one != path and leads_to(path.resolve().parent, one):  # beside a link lies what its target goes with
                check_within(one.parent, [one], way_on=UNLINK)
    return written


def unknown_form(path: Path, known: Iterable[str], more: str = ".") -> Misuse:
    """Refuse a file whose suffix says nothing that can be written; name the suffix that was meant, else those known.

    `more` goes on behind the list.

    Examples
    --------
    >>> print(unknown_form(Path("map.doc"), [".json", ".png"]))
    'map.doc': the suffix decides the format; known: .json, .png.
    >>> print(unknown_form(Path("map.pgn"), [".json", ".png"]))
    'map.pgn': the suffix decides the format. Did you mean '.png'?
    """
    choices = tuple(known)
    if meant := closest(path.suffix, choices):
        return Misuse(
            worded("'{name}': the suffix decides the format. Did you mean '{meant}'?", name=path.name, meant=meant)
        )
    return Misuse(
        worded(
            "'{name}': the suffix decides the format; known: {names}{more}",
            name=path.name,
            names=", ".join(choices),
            more=more,
        )
    )


def in_shell(word: Path | str) -> str:
    """Return a word as it is typed in a terminal: in quotation marks where a shell would take it apart.

    Examples
    --------
    >>> in_shell("ani.xlsx"), in_shell(Path("my review")), in_shell("Sari&Ani")
    ('ani.xlsx', '"my review"', '"Sari&Ani"')
    """
    text = str(word)
    return text if re.fullmatch(r"[\w./\\:~+-]+", text) else f'"{text}"'


def with_companions(*inputs: Path | None) -> list[Path]:
    """Return files of maps and networks with those that are read beside them: links of a table, items of an edge list.

    Examples
    --------
    >>> [path.name for path in with_companions(Path("topics.txt"), None, Path("topics.csv"))]
    ['topics.txt', 'topics_network.txt', 'topics.csv', 'topics_items.csv']
    """
    from benang.map_files import companions

    return [one for path in inputs if path is not None for one in (path, *companions(path))]


def one_place(path: Path) -> str:
    """Return what all names of one file have in common: the place that links lead to, in letters of one kind.

    Where the system of files doesn't tell A from a in names, neither does this. Letters with marks come in the form
    that Unicode calls composed, which macOS doesn't tell from the other.
    """
    real = Path(os.path.realpath(path))
    name = unicodedata.normalize("NFC", os.path.normcase(real))
    return name.casefold() if _folds(real) else name


def _folds(path: Path) -> bool:
    """Tell whether names in other letters lead to the same files; the nearest folder that is there is asked."""
    for folder in (path, *path.parents):
        other = folder.name.swapcase()
        if other != folder.name and folder.exists():
            with contextlib.suppress(OSError):
                return folder.with_name(other).samefile(folder)
            return False
    return False


def _is_in_one(place: str, folders: Sequence[str]) -> bool:
    return any(place.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders)
