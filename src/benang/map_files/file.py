"""A file of a map or network: its text in UTF-8, whatever encoding it came in, its single values, and its links.

Links are gathered in columns: a million of them take no more room than their numbers.
"""

from __future__ import annotations

import codecs
import json
import math
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.encodings import decoded
from benang.errors import BenangError, Problem
from benang.files import read_bytes
from benang.locale.writing import worded
from benang.network.network import CSR, Floats, symmetric

_HEAD = 65_536
_MARK = codecs.BOM_UTF8
_SHOWN_PROBLEMS = 20
_MISSING = {"", "null", "nan"}

WEAKEST, STRONGEST = 1e-100, 1e100
"""Strengths between which no ratio of them runs out of what a number of 64 bits holds."""

_CHUNK = 200_000


@dataclass(frozen=True)
class File:
    r"""A file: its `name` as the user gave it, its bytes without a byte order mark, and what has to be said of them.

    Examples
    --------
    >>> File("a.txt", "kota\tdesa\t2\n".encode()).head
    'kota\tdesa\t2\n'
    """

    name: str
    data: bytes
    notes: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """The beginning as text, enough to recognise the form."""
        return self.data[:_HEAD].decode("utf-8", errors="ignore").lstrip("\ufeff \t\r\n")

    @property
    def text(self) -> str:
        """The whole as text; its line ends stay as they are."""
        return self.data.decode("utf-8")


def open_file(path: Path | str) -> File:
    """Read a file; text that is not UTF-8 is turned into it, and a note says so.

    Raises
    ------
    BenangError
        For a file that can't be read, is empty, or is no text.
    """
    name = str(path)
    data = read_bytes(Path(path)).removeprefix(_MARK)
    if not data[:_HEAD].strip() and not data.strip():
        raise BenangError(Problem("the file is empty", where=name, way_on="Save or export it again."))
    if _is_utf8(data) or data.lstrip()[:5] == b"<?xml":  # XML says its encoding itself
        return File(name, data)
    text = decoded(data, where=name)
    return File(name, text.data, text.notes or (worded("Read as {encoding}", encoding=text.encoding),))


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return b"\x00" not in data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\x00" not in data


def refuse(problems: Sequence[Problem], where: str) -> None:
    """Raise all problems of a file together; nothing where there are none."""
    if not problems:
        return
    rest = len(problems) - _SHOWN_PROBLEMS
    more = [Problem(worded("{n:,} more problems like these", n=rest), where=where)] if rest > 0 else []
    raise BenangError(*problems[:_SHOWN_PROBLEMS], *more)


def name_of(value: object) -> str | None:
    """Return an id as text (1 and 1.0 are '1'), or None where there is none."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def ids_written(ids: Sequence[str]) -> list[int] | list[str]:
    """Return ids as numbers where all of them are whole numbers above 0, as VOSviewer writes them."""
    if all(re.fullmatch(r"[1-9][0-9]{0,14}", name) for name in ids):
        return [int(name) for name in ids]
    return list(ids)


def plain(value: float) -> int | float:
    """Return a number as a file has it: 12, not 12.0."""
    number = float(value)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def number_in(value: object) -> float | None:
    """Return a value that is a finite number, or None."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:  # a whole number of more than 308 digits
        return None
    return number if math.isfinite(number) else None


def number_told(value: str) -> float | str | None:
    """Turn a field of text into a number; what is none stays as it is, to be named in the error.

    Examples
    --------
    >>> number_told(" 2.5 "), number_told("NaN"), number_told("left")
    (2.5, None, 'left')
    """
    bare = value.strip()
    if bare.lower() in _MISSING:
        return None
    try:
        return float(bare)
    except ValueError:
        return bare


def strength_told(value: str | None) -> float | str | None:
    """Turn a field into the strength of a link: None where it is empty, the text where it is no number."""
    bare = (value or "").strip()
    number = number_told(bare)
    return bare if number is None and bare else number


def shown(value: object) -> str:
    """Quote a value in a message, cut where it is long.

    Examples
    --------
    >>> shown("x" * 100)
    "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"
    """
    text = repr(value)[:61]
    return text if len(text) <= 60 else f"{text[:60]}…"


def text_of(value: object) -> str:
    """Write a value of any kind as text: what is no text, as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def json_told(text: str) -> object:
    """Read JSON; numbers that are none (NaN, 1e999) become None.

    Raises
    ------
    ValueError
        For text that is no JSON, or that no file could hold.
    RecursionError
        For JSON nested too deeply.
    """

    def finite(written: str) -> float | None:
        number = float(written)
        return number if math.isfinite(number) else None

    value: object = json.loads(text, parse_constant=lambda _: None, parse_float=finite)
    if "\\u" in text:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    return value


@dataclass(frozen=True)
class Links:
    """Links between ids: `sources` and `targets` are places in `names`, the ids in order of appearance.

    `place` says where in its file a link is; `problems` are those found while it was read.
    """

    names: tuple[str, ...]
    sources: NDArray[np.int64]
    targets: NDArray[np.int64]
    strengths: Floats
    place: Callable[[int], str]
    problems: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return len(self.strengths)

    def first_places(self) -> NDArray[np.int64]:
        """Return for each name the first link that speaks of it; the number of links where none does."""
        first = np.full(len(self.names), len(self), np.int64)
        backwards = np.arange(len(self) - 1, -1, -1)
        for ends in (self.targets, self.sources):
            named = np.full(len(self.names), len(self), np.int64)
            named[ends[::-1]] = backwards  # of several links that speak of a name the last assigned stays: the first
            first = np.minimum(first, named)
        return first


class LinkCollector:
    """Collects links one by one, checking each strength.

    Examples
    --------
    >>> collected = LinkCollector(lambda at: f"a.txt, line {at + 1}")
    >>> collected.add("kota", "desa", 2)
    >>> collected.add("desa", "laut", None)
    >>> links = collected.links()
    >>> links.names, links.strengths.tolist()
    (('kota', 'desa', 'laut'), [2.0, 1.0])
    """

    def __init__(self, place: Callable[[int], str]) -> None:
        self._place = place
        self._names: dict[str, int] = {}
        self._sources, self._targets = array("q"), array("q")
        self._strengths = array("d")
        self._problems: list[Problem] = []

    def __len__(self) -> int:
        return len(self._strengths)

    def name(self, item: object) -> int:
        """Return the place of an id, which may have no link yet."""
        return self._names.setdefault(name_of(item) or "", len(self._names))

    def add(self, source: object, target: object, strength: object) -> None:
        """Add a link; a strength that is missing (None) is 1."""
        at = len(self)
        self._sources.append(self.name(source))
        self._targets.append(self.name(target))
        self._strengths.append(1.0 if strength is None else self._strength(strength, at))

    def add_told(self, source: str, target: str, strength: str) -> None:
        """Add a link as a text tells it; as an empty text, its strength is 1."""
        try:
            number = float(strength)
        except ValueError:
            number = math.nan
        if not WEAKEST <= number <= STRONGEST or not source or not target:
            self.add(source, target, strength_told(strength))
            return
        names = self._names
        self._sources.append(names.setdefault(source, len(names)))
        self._targets.append(names.setdefault(target, len(names)))
        self._strengths.append(number)

    def links(self) -> Links:
        """Return what was collected."""
        return Links(
            tuple(self._names),
            np.frombuffer(self._sources, np.int64) if len(self) else np.zeros(0, np.int64),
            np.frombuffer(self._targets, np.int64) if len(self) else np.zeros(0, np.int64),
            np.frombuffer(self._strengths, np.float64) if len(self) else np.zeros(0),
            self._place,
            tuple(self._problems),
        )

    def _strength(self, value: object, at: int) -> float:
        number = number_in(value)
        if number is None or strength_fault(number):
            self._problems.append(strength_problem(value, worded("{place}, strength", place=self._place(at))))
            return 0.0
        return number


def strength_fault(number: float) -> bool:
    """Tell a number that no link can have as its strength."""
    return not (number == 0 or WEAKEST <= number <= STRONGEST)


def strength_problem(value: object, where: str) -> Problem:
    """Say what is wrong with the strength of a link."""
    number = number_in(value)
    if number is not None and number >= 0 and math.isfinite(number):
        return Problem(
            shown(value),
            where=where,
            expected=worded("a number from {low:g} to {high:g}, or 0", low=WEAKEST, high=STRONGEST),
        )
    if value == "":
        return Problem(
            "''",
            where=where,
            expected=worded("a number from {low:g} to {high:g}, or 0", low=WEAKEST, high=STRONGEST),
        )
    comma = isinstance(value, str) and re.fullmatch(r"-?[0-9]+,[0-9]+", value)
    way_on = "Write decimals with a point." if comma else ""
    if number is not None and number < 0:
        way_on = "Leave such links out, or map only the positive ones: distances can't show the others."
    return Problem(shown(value), where=where, expected="a number that is not negative", way_on=way_on)


def matrix_of(ids: tuple[str, ...], links: Links, problems: list[Problem]) -> CSR:
    """Put links between items into a matrix; a link to an unknown id is a problem, reported once for each id."""
    index = {name: i for i, name in enumerate(ids)}
    places = np.array([index.get(name, -1) for name in links.names], np.int64)
    problems.extend(links.problems)
    unknown = np.flatnonzero(places < 0)
    if len(unknown):
        first = links.first_places()
        for at in sorted((int(at) for at in unknown if first[at] < len(links)), key=lambda at: int(first[at])):
            name = links.names[at]
            problems.append(
                Problem(
                    worded("a link to {text}", text=shown(name)) if name else "a link without the id of an item",
                    where=links.place(int(first[at])),
                    expected="links between the items of the map",
                    way_on="Add the item, or leave the link out.",
                )
            )
    if problems or not len(links):
        return symmetric(len(ids), [], [], [])
    return symmetric(len(ids), places[links.sources], places[links.targets], links.strengths)


def chunks_of(links: CSR) -> Iterator[Iterable[tuple[int, int, float]]]:
    """Go through the links, each pair once, some hundred thousand at a time."""
    upper = sparse.triu(links, k=1, format="csr").tocoo()
    for begin in range(0, upper.nnz, _CHUNK):
        part = slice(begin, begin + _CHUNK)
        yield zip(upper.row[part].tolist(), upper.col[part].tolist(), upper.data[part].tolist(), strict=True)
