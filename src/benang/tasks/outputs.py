"""Files to write: each under a name of its own, and none that is read, whichever way the names are spelt."""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from benang.errors import BenangError, Misuse, Problem, closest
from benang.files import Input, check_writable
from benang.locale.writing import worded
from benang.safe_files import UNLINK, check_within, leads_to


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
    from benang.map_files.exchange import companions

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
    from benang.map_files.exchange import companions

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
