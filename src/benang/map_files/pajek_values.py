"""Pajek's sections, and its values: partitions (.clu), which are clusters, and vectors (.vec), weights or scores.

Format: Pajek's reference manual. 9999998 in a partition and 999999998 in a vector mean "unknown".
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.map_files.columns import column_of
from benang.map_files.contents import MOST_CLUSTERS, Contents
from benang.map_files.file import File, number_told, open_file, refuse, shown
from benang.network.network import LINK_WEIGHTS, Floats

UNKNOWN_CLUSTER, UNKNOWN_VALUE = 9_999_998, 999_999_998
SECTION = re.compile(r"\s*\*\s*([A-Za-z]+)\s*(.*)")
"""The line that a section begins with: its word, and what follows it."""

Line = tuple[int, str]


@dataclass
class Section:
    """A part of a file: its word in small letters, what follows it, its line, and the lines below."""

    word: str
    rest: str
    line: int
    lines: list[Line] = field(default_factory=list)


def sections_of(file: File) -> list[Section]:
    """Divide a file into its sections; comments and blank lines are left out."""
    sections: list[Section] = []
    for at, line in enumerate(file.text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith(("%", "/*")):
            continue
        section = SECTION.match(line) if line.lstrip().startswith("*") else None
        if section:
            sections.append(Section(section[1].lower(), section[2].strip(), at))
        elif sections:
            sections[-1].lines.append((at, line))
    return sections


def with_values(contents: Contents, partition: Path | str | None, vectors: Sequence[Path | str]) -> Contents:
    """Add clusters and weights from Pajek's files of numbers."""
    n, network = len(contents.network), contents.network
    problems: list[Problem] = []
    if partition is not None:
        values = _values(partition, "partition", n, problems)
        clusters = [0 if value is None else value for value in clusters_of(values)]
        if any(not 0 <= value <= MOST_CLUSTERS or not float(value).is_integer() for value in clusters):
            expected = worded("1, 2, 3, …, {n:,} at most", n=MOST_CLUSTERS)
            problems.append(Problem("classes that are not such numbers", where=str(partition), expected=expected))
        elif values:
            contents = replace(contents, cluster=np.array(clusters, np.int64))
    items: list[dict[str, object]] = [{} for _ in range(n)]
    for path in vectors:
        values = _values(path, "vector", n, problems)
        if values:
            add_vector(items, values, Path(path).stem)
    if problems:
        raise BenangError(*problems)
    weights, scores = (_columns(items, kind) for kind in ("weights", "scores"))
    network = replace(
        network,
        weights={**network.weights, **{name: np.nan_to_num(values) for name, values in weights.items()}},
        scores={**network.scores, **scores},
    )
    return replace(contents, network=network)


def _values(path: Path | str, word: str, n: int, problems: list[Problem]) -> list[float]:
    values = read_values(open_file(path), word)
    if len(values) == n:
        return values
    problems.append(
        Problem(
            worded("{n:,} values", n=len(values)), where=str(path), expected=worded("{n:,}, one for each item", n=n)
        )
    )
    return []


def _columns(items: Sequence[Mapping[str, object]], kind: str) -> dict[str, Floats]:
    """Return weights or scores of items by name, NaN where an item has none."""
    values = [item.get(kind) for item in items]
    named = [one if isinstance(one, Mapping) else {} for one in values]
    names = dict.fromkeys(str(name) for one in named for name in one)
    return {name: np.array([one.get(name, np.nan) for one in named], np.float64) for name in names}


def read_values(file: File, word: str) -> list[float]:
    """Read the values of a partition or a vector in a file of its own.

    Raises
    ------
    BenangError
        For a file that is none.
    """
    sections = sections_of(file)
    if not sections or sections[0].word not in {"vertices", word}:
        raise BenangError(
            Problem(
                "no line '*Vertices n'",
                where=file.name,
                expected=worded("a Pajek {word}: '*Vertices n', then n numbers", word=word),
            )
        )
    section = next((one for one in sections if one.word == "vertices"), sections[0])
    problems: list[Problem] = []
    values = []
    for line, text in section.lines:
        number = number_told(text.split()[-1])
        if isinstance(number, float) and math.isfinite(number):
            values.append(number)
        else:
            problems.append(
                Problem(
                    shown(text.strip()),
                    where=worded("{file}, line {line}", file=file.name, line=line),
                    expected="a number",
                )
            )
    refuse(problems, file.name)
    return values


def values_only(file: File) -> bool:
    """Distinguish a partition or vector from a network: each line has nothing but a number."""
    sections = sections_of(File(file.name, file.head.encode("utf-8")))
    lines = [text for section in sections for _, text in section.lines[:20]]
    return (
        bool(lines)
        and {one.word for one in sections} <= {"vertices", "partition", "vector"}
        and all(len(text.split()) == 1 for text in lines)
    )


def clusters_of(values: Sequence[float]) -> list[float | None]:
    """Return clusters from the values of a partition; 0 and "unknown" are no cluster."""
    return [None if value in (0, UNKNOWN_CLUSTER) else value for value in values]


def add_vector(items: Sequence[dict[str, object]], values: Sequence[float], name: str) -> None:
    """Add a vector to items as a weight or a score."""
    bare = re.sub(r"\.vec$", "", name.strip())
    kind, called = column_of(bare)
    if kind not in {"weights", "scores"}:
        kind, called = ("scores" if min(values, default=0) < 0 else "weights"), bare or "Vector"
    for item, value in zip(items, values, strict=True):
        numbers = item.setdefault(kind, {})
        if isinstance(numbers, dict) and value != UNKNOWN_VALUE:
            numbers[called] = value


def vector_of(contents: Contents) -> tuple[str, Sequence[float]] | None:
    """Return the weight that goes into a vector: the first beyond the number and strength of links."""
    weights = contents.network.weights
    beyond = [name for name in weights if name not in LINK_WEIGHTS]
    name = next(iter([*beyond, *weights]), None)
    return None if name is None else (name, weights[name].tolist())


def format_values(values: Sequence[float]) -> str:
    """Write a partition or a vector."""
    return f"*Vertices {len(values)}\n" + "".join(f"{number_written(value)}\n" for value in values)


def number_written(value: float) -> str:
    """Write a number as Pajek has it: whole ones without a point, its own for what is not known."""
    if math.isnan(value):
        return str(UNKNOWN_VALUE)
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
