"""Pajek's networks (.net, .mat), and projects (.paj) of networks with partitions and vectors (`pajek_values`).

Format: Pajek's reference manual; http://mrvar.fdv.uni-lj.si/pajek/DrawEPS.htm for the lines of vertices.
Places are between 0 and 1, y growing downwards.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import numpy as np

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.map_files.contents import Contents, Parts
from benang.map_files.file import File, LinkCollector, Links, number_told, refuse, shown, strength_told
from benang.map_files.graph_data import number_of
from benang.map_files.network_table import asymmetry_note, format_network_table, links_of_matrix
from benang.map_files.pajek_values import (
    SECTION,
    Section,
    add_vector,
    clusters_of,
    format_values,
    number_written,
    sections_of,
)

LARGEST_MATRIX = 5000
"""More items than that don't fit into a full matrix that anybody would open."""

_UNNAMED = 100_000
"""So many vertices may be announced without a line or a link that speaks of them."""

# A quotation mark ends a label where nothing, a number or the name of a setting comes after it: others are within it.
_VERTEX = re.compile(
    r"\s*(?P<number>[0-9]+)"
    r"(?:\s+(?:\"(?P<quoted>(?:[^\"]|\"(?!\s*$|\s+[-+.0-9]|\s+[a-z_]+\s))*)\"|(?P<bare>\S+)))?(?P<rest>.*)"
)
_LISTS = {"arcs", "edges", "arcslist", "edgeslist"}
_PASSED_OVER = {"permutation", "cluster", "hierarchy", "events", "multiplerelations"}


def is_pajek(head: str) -> bool:
    """Recognise Pajek's files by the section that they begin with."""
    bare = re.sub(r"\A(?:\s*(?:%|/\*)[^\n]*\n)*", "", head)
    section = SECTION.match(bare)
    if section is None:
        return False
    return section[1].lower() in {"network", "vertices", "partition", "vector", *_LISTS, "matrix"}


def parse_pajek(file: File) -> Parts:
    """Read a network or a project: of several networks the first, partitions as clusters, vectors as weights.

    Lines of vertices may lack labels or be left out; directed lines (arcs) are taken as undirected and add up; a full
    matrix that is not symmetric is averaged. Further partitions become attributes. A vector whose name is
    `score<…>`, or with negative values, is a score.

    Raises
    ------
    BenangError
        For a file without vertices, lines to vertices that are not there, values that are no numbers, and a partition
        or vector of another length: all of the file together.
    """
    reading = _Pajek(file)
    for section in sections_of(file):
        reading.take(section)
    return reading.parts()


class _Pajek:
    """What is known while a file is read."""

    def __init__(self, file: File) -> None:
        self.name = file.name
        self.bytes = len(file.data)
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.items: list[tuple[str, dict[str, object]]] = []
        self.links: Links | None = None
        self.size = -1
        self.first_mode = 0
        self.networks = 0
        self.arcs = 0
        self.lines: list[int] = []
        self.collected = LinkCollector(lambda at: worded("{file}, line {line}", file=self.name, line=self.lines[at]))
        self.pending: tuple[str, str] | None = None
        self.partitions = 0
        self.left: dict[str, int] = {}

    def take(self, section: Section) -> None:
        """Take a section."""
        word = section.word
        if word in {"partition", "vector"}:
            self.pending = (word, section.rest)
        elif word == "network":
            self.networks += 1
            self.pending = None
        elif word == "vertices" and self.pending:
            self._values(section, *self.pending)
            self.pending = None
        elif word in _PASSED_OVER:
            self.left[word] = self.left.get(word, 0) + 1
            self.pending = (word, section.rest)
        elif self.networks <= 1:
            self._network(section)

    def _network(self, section: Section) -> None:
        if section.word == "vertices":
            if self.size < 0:
                self._vertices(section)
            else:
                self.networks = 2
        elif section.word == "matrix":
            self._matrix(section)
        elif section.word in _LISTS:
            self._list(section)
        else:
            self.left[section.word] = self.left.get(section.word, 0) + 1

    def _vertices(self, section: Section) -> None:
        counts = [number_of(part) for part in section.rest.split()[:2]]
        where = worded("{file}, line {line}", file=self.name, line=section.line)
        if not counts or counts[0] is None or not 0 <= counts[0] <= 50_000_000:
            announced = shown(f"*Vertices {section.rest}")
            raise BenangError(Problem(announced, where=where, expected="the number of vertices, 50,000,000 at most"))
        if counts[0] > max(self.bytes, _UNNAMED):
            raise BenangError(
                Problem(
                    worded("{n:,} vertices announced in a file of {bytes:,} bytes", n=counts[0], bytes=self.bytes),
                    where=where,
                    expected="a line for each vertex, or a link to it",
                    way_on="Perhaps the file was cut off, or the number is wrong: save the network again.",
                )
            )
        self.size = counts[0]
        self.first_mode = (counts[1] or 0) if len(counts) > 1 else 0
        named: dict[int, tuple[int, str, str]] = {}
        for line, text in section.lines:
            vertex = _VERTEX.fullmatch(text)
            number = int(vertex["number"]) if vertex and len(vertex["number"]) <= 12 else 0
            if vertex is None or not 1 <= number <= self.size:
                self._problem(
                    line,
                    shown(text.strip()),
                    worded("the number of a vertex, 1 to {size:,}, and its label", size=self.size),
                )
            elif number in named:
                self._problem(line, worded("vertex {number} a second time", number=number), "every vertex once")
            else:
                label = vertex["quoted"] if vertex["quoted"] is not None else vertex["bare"]
                named[number] = (line, label or str(number), vertex["rest"])
        for number in range(1, self.size + 1):
            line, label, rest = named.get(number, (section.line, str(number), ""))
            item: dict[str, object] = {"id": number, "label": label, **_place(rest)}
            if self.first_mode:
                item["mode"] = 1 if number <= self.first_mode else 2
            self.items.append((worded("{file}, line {line}", file=self.name, line=line), item))

    def _list(self, section: Section) -> None:
        listed, directed = section.word.endswith("list"), section.word.startswith("arcs")
        for line, text in section.lines:
            parts = re.sub(r"\[[^\]]*\]", " ", text).split()
            ends = parts if listed else parts[:2]
            if len(ends) < 2 or not all(self._is_vertex(end) for end in ends):
                self._problem(
                    line, shown(text.strip()), worded("a line between two vertices, 1 to {size:,}", size=self.size)
                )
                continue
            weighed = None if listed or len(parts) < 3 else strength_told(parts[2])
            for other in ends[1:]:
                self.lines.append(line)
                self.arcs += directed
                self.collected.add(str(int(ends[0])), str(int(other)), weighed)

    def _is_vertex(self, text: str) -> bool:
        return text.isascii() and text.isdigit() and len(text) <= 12 and 1 <= int(text) <= self.size

    def _matrix(self, section: Section) -> None:
        rows = self.first_mode or self.size
        columns = self.size - self.first_mode
        numbers = [number_told(part) for _, text in section.lines for part in text.split()]
        wrong = next((part for part in numbers if not isinstance(part, float) or not 0 <= part < math.inf), 0.0)
        if len(numbers) != rows * columns or not isinstance(wrong, float) or wrong:
            content = worded("{n:,} values", n=len(numbers)) if len(numbers) != rows * columns else shown(wrong)
            expected = worded("{rows:,} × {columns:,} numbers that are not negative", rows=rows, columns=columns)
            self._problem(section.line, worded("a matrix with {found}", found=content), expected)
            return
        values = np.array(numbers, np.float64).reshape(rows, columns)
        ids = tuple(str(number) for number in range(1, self.size + 1))
        lines = [line for line, _ in section.lines]
        if self.first_mode:  # only the part between both modes is there: the whole may be far larger
            one, other = np.nonzero(values)
            place = worded("{file}, line {line}", file=self.name, line=section.line)
            self.links = Links(ids, one, other + rows, values[one, other], lambda _: place)
            return
        self.links = links_of_matrix(
            values, ids, lambda at: worded("{file}, line {line}", file=self.name, line=lines[min(at, len(lines) - 1)])
        )
        self.notes.extend(asymmetry_note(values))

    def _values(self, section: Section, word: str, name: str) -> None:
        if word not in {"partition", "vector"}:
            return
        values = self._numbers(section)
        if values is None:
            return
        if not self.items:
            self._problem(section.line, worded("a {word} before its network", word=word), "the network first")
        elif len(values) != len(self.items):
            self._problem(
                section.line,
                worded("{n:,} values", n=len(values)),
                worded("{n:,}, one for each vertex", n=len(self.items)),
            )
        elif word == "partition":
            self.partitions += 1
            field = (
                "cluster"
                if self.partitions == 1
                else (name or worded("partition {partitions}", partitions=self.partitions))
            )
            clusters = clusters_of(values)
            for (_, item), cluster in zip(self.items, clusters, strict=True):
                item[field] = cluster
        else:
            add_vector([item for _, item in self.items], values, name)

    def _numbers(self, section: Section) -> list[float] | None:
        values = []
        for line, text in section.lines:
            number = number_told(text.split()[-1])
            if not isinstance(number, float) or not math.isfinite(number):
                self._problem(line, shown(text.strip()), "a number for each vertex, one per line")
                return None
            values.append(number)
        return values

    def _problem(self, line: int, message: str, expected: str) -> None:
        self.problems.append(
            Problem(message, where=worded("{file}, line {line}", file=self.name, line=line), expected=expected)
        )

    def parts(self) -> Parts:
        """Put together what was read."""
        refuse(self.problems, self.name)
        if self.size < 0:
            message = "no vertices"
            raise BenangError(Problem(message, where=self.name, expected="'*Vertices' and the number of vertices"))
        if len({(item.get("x"), item.get("y")) for _, item in self.items}) == 1:
            for _, item in self.items:  # Pajek and networkx write 0 0 where nothing was laid out
                item.pop("x", None)
                item.pop("y", None)
        if self.arcs:
            self.notes.append(
                worded(
                    "{n:,} directed links (arcs) were read as undirected; both directions of a pair add up", n=self.arcs
                )
            )
        if self.networks > 1:
            self.notes.append("The file contains several networks: the first was read")
        self.notes.extend(worded("Ignored: {n} × *{word}", n=count, word=word) for word, count in self.left.items())
        links = self.collected.links()
        if self.links is not None:
            links = self.links
        return Parts(items=self.items, links=links, notes=tuple(self.notes))


def _place(rest: str) -> dict[str, object]:
    """Return x and y of a vertex; y grows downwards in Pajek."""
    numbers = []
    for part in rest.split()[:2]:
        try:
            numbers.append(float(part))
        except ValueError:
            break
    if len(numbers) < 2 or not all(map(math.isfinite, numbers)):
        return {}
    return {"x": numbers[0], "y": 1.0 - numbers[1]}


def format_pajek(contents: Contents, *, matrix: bool = False, project: bool = False) -> str:
    """Write a network; with `matrix`, its links as a full matrix; as a `project`, clusters, weights and scores, too.

    Places are scaled into the square from 0.05 to 0.95. Labels can hold neither quotation marks nor line breaks.

    Raises
    ------
    BenangError
        For a full matrix of more than 5,000 items.
    """
    network = contents.network
    text = [f"*Network {'map' if project else ''}".rstrip() + "\n"] if project else []
    text += [f"*Vertices {len(network)}\n", *_vertices(contents)]
    if matrix:
        text += ["*Matrix\n", *_matrix_lines(contents)]
    else:
        text += ["*Edges\n", format_network_table(network, range(1, len(network) + 1)).replace("\t", " ")]
    if project:
        text += [part for name, values in _vectors(contents) for part in (f"\n*Vector {name}\n", format_values(values))]
        if contents.cluster.any():
            text += ["\n*Partition cluster\n", format_values(contents.cluster.tolist())]
    return "".join(text)


def pajek_label(label: str) -> str:
    r"""Return a label as Pajek can hold it.

    Examples
    --------
    >>> pajek_label('the "new"\ncity')
    "the 'new' city"
    """
    return " ".join(label.replace('"', "'").split()) or " "


def _vectors(contents: Contents) -> Iterator[tuple[str, list[float]]]:
    for kind, columns in (("weight", contents.network.weights), ("score", contents.network.scores)):
        for name, values in columns.items():
            yield f"{kind}<{name}>", values.tolist()


def _vertices(contents: Contents) -> Iterator[str]:
    xy = contents.xy
    placed = not len(contents.unplaced) and len(xy) > 0
    if placed:
        low, span = xy.min(axis=0), float(np.ptp(xy, axis=0).max()) or 1.0
        middle = (0.9 - np.ptp(xy, axis=0) / span * 0.9) / 2
        scaled = 0.05 + middle + (xy - low) / span * 0.9
    for at, label in enumerate(contents.network.labels):
        place = f" {scaled[at, 0]:.8f} {1 - scaled[at, 1]:.8f} 0.5" if placed else ""
        yield f'{at + 1} "{pajek_label(label)}"{place}\n'


def _matrix_lines(contents: Contents) -> Iterator[str]:
    n = len(contents.network)
    if n > LARGEST_MATRIX:
        raise BenangError(
            Problem(
                worded("{n:,} items for a full matrix", n=n),
                expected=worded("{n:,} at most", n=LARGEST_MATRIX),
                way_on="Write the network as .net, which lists only existing links.",
            )
        )
    for row in contents.network.links.toarray():
        yield " ".join(map(number_written, row.tolist())) + "\n"
