"""Links as text tables: VOSviewer's network file, sparse or a full matrix, and edge lists with a header.

Format: VOSviewer's manual, "Map and network files". Headers: those that Gephi, networkx and Cytoscape write.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from benang.errors import Problem
from benang.locale.writing import worded
from benang.map_files.columns import Row, delimiter_of, duplicates, first_row, line_of, rows_in
from benang.map_files.contents import Parts
from benang.map_files.file import (
    STRONGEST,
    WEAKEST,
    File,
    LinkCollector,
    Links,
    chunks_of,
    number_told,
    plain,
    refuse,
    shown,
    strength_problem,
    strength_told,
    text_of,
)
from benang.network.network import Floats, Network

_ENDS = (
    ("source", "target"),
    ("source_id", "target_id"),
    ("from", "to"),
    ("src", "dst"),
    ("node1", "node2"),
    ("item1", "item2"),
    ("id1", "id2"),
    ("vertex1", "vertex2"),
)
_STRENGTHS = ("strength", "weight", "value", "count", "link strength", "edge weight", "n")
_SPARSE = 3


def is_edge_table(head: str) -> bool:
    """Tell an edge list with a header, which names the two ends of each link."""
    return _ends_in([name.lower() for name in first_row(head)]) is not None


def parse_edge_table(file: File) -> Parts:
    """Read an edge list with a header: `source`, `target`, and maybe `weight`; other columns are kept.

    Gephi's `Type` is not: a note names a direction, and both directions add up.

    Raises
    ------
    BenangError
        For a column given twice, and a line with more fields than the header or without one of its ends.
    """
    where = file.name
    rows = list(rows_in(file))
    names = [name.strip() for name in rows[0][1]]
    lower = [name.lower() for name in names]
    ends = _ends_in(lower) or (0, 1)
    strength = next((lower.index(name) for name in _STRENGTHS if name in lower), None)
    problems = duplicates(lower, names, where)
    problems += [
        Problem(
            _fields(fields),
            where=worded("{file}, line {line}", file=where, line=line),
            expected=worded("{n}, as in the header", n=len(names)),
        )
        for line, fields in rows[1:]
        if len(fields) > len(names) or any(len(fields) <= end or not fields[end].strip() for end in ends)
    ]
    refuse(problems, where)
    further = [at for at in range(len(names)) if at not in (*ends, strength) and lower[at] != "type"]
    collected = LinkCollector(lambda at: worded("{file}, line {line}", file=where, line=rows[at + 1][0]))
    attributes: dict[tuple[str, str], dict[str, object]] = {}
    for _, fields in rows[1:]:
        one, other = (fields[end].strip() for end in ends)
        collected.add(one, other, None if strength is None else strength_told(_field(fields, strength)))
        rest: dict[str, object] = {names[at]: value for at in further if (value := _field(fields, at))}
        if rest:
            attributes.setdefault((one, other), rest)
    kinds = {_field(fields, lower.index("type")).strip().lower() for _, fields in rows[1:]} if "type" in lower else ()
    note = ("Directed links were read as undirected; both directions of a pair add up",) if "directed" in kinds else ()
    return Parts(links=collected.links(), link_attributes=attributes, notes=note)


def is_network_table(head: str) -> bool:
    """Tell a table without a header, which may be a network file, from other text."""
    line = head.partition("\n")[0]
    return not line.startswith("<") and (len(first_row(head)) > 1 or len(line.split()) == 1 or '"' in line)


def parse_network_table(file: File) -> Parts:
    """Read a network file, which has no header.

    Two columns are links of strength 1, three are links with their strength; more are a full matrix: an id, then
    one value for every item in the order of the lines. A matrix that is not symmetric is averaged with its mirror
    image. A first line that begins with an empty field holds the ids of a matrix.

    Raises
    ------
    BenangError
        For a line with too few or too many fields, and a value of a matrix that is no number or negative.
    """
    where = file.name
    quick = _quickly(file)
    if quick is not None:
        return Parts(links=quick)
    rows = list(rows_in(file))
    headed = len(rows) > 1 and len(rows[0][1]) > 1 and not rows[0][1][0].strip() and rows[0][1][1].strip() != ""
    rows = rows[1:] if headed else rows
    if headed or max((len(fields) for _, fields in rows), default=0) > _SPARSE:
        return _full(rows, where)
    problems = [
        Problem(
            _fields(fields),
            where=worded("{file}, line {line}", file=where, line=line),
            expected="the ids of two items and, optionally, the strength of their link",
        )
        for line, fields in rows
        if len(fields) < 2 or not fields[0].strip() or not fields[1].strip()
    ]
    refuse(problems, where)
    lines = array("q", [line for line, _ in rows])
    collected = LinkCollector(lambda at: worded("{file}, line {line}", file=where, line=lines[at]))
    for _, fields in rows:
        collected.add(fields[0].strip(), fields[1].strip(), strength_told(fields[2] if len(fields) > 2 else None))
    return Parts(links=collected.links())


def format_network_table(network: Network, ids: Sequence[object]) -> str:
    """Write a network file: one link a line, each pair once, strengths to the last digit."""
    names = [line_of([str(name)], "\t")[:-1] for name in ids]
    return "".join(
        "".join(f"{names[i]}\t{names[j]}\t{plain(strength)}\n" for i, j, strength in chunk)
        for chunk in chunks_of(network.links)
    )


def format_edge_table(
    network: Network, links: Iterable[tuple[int, int, float, Mapping[str, object]]], delimiter: str
) -> str:
    """Write an edge list with a header: source, target, weight, and a column for each attribute that a link has.

    `links` are places of the two ends, strength and attributes of each link.
    """
    written = list(links)
    names = list(dict.fromkeys(name for *_, further in written for name in further))
    write = partial(line_of, delimiter=delimiter, for_spreadsheets=True)
    ids = [write([name])[:-1] for name in network.ids]
    lines = [write(["source", "target", "weight", *names])]
    for i, j, strength, further in written:
        if not names:
            lines.append(f"{ids[i]}{delimiter}{ids[j]}{delimiter}{plain(strength)}\n")
            continue
        rest = write([text_of(plain(strength)), *(text_of(further.get(name)) for name in names)])
        lines.append(f"{ids[i]}{delimiter}{ids[j]}{delimiter}{rest}")
    return "".join(lines)


def _ends_in(names: Sequence[str]) -> tuple[int, int] | None:
    for one, other in _ENDS:
        if one in names and other in names:
            return names.index(one), names.index(other)
    return None


def _field(fields: Sequence[str], at: int) -> str:
    return fields[at] if at < len(fields) else ""


def _fields(fields: Sequence[str]) -> str:
    return worded("{n} field ({text})", "{n} fields ({text})", n=len(fields), text=shown(", ".join(fields)))


def _quickly(file: File) -> Links | None:
    """Read a sparse network file in columns at once; None where it needs a closer look, or has a fault to name."""
    first = file.data[: file.data.find(b"\n") + 1 or len(file.data)].decode("utf-8")
    mark = delimiter_of(first)
    width = first.count(mark) + 1
    if b'"' in file.data or width not in (2, _SPARSE) or not first.strip():
        return None
    import pyarrow as pa
    from pyarrow import csv

    kinds = {"source": pa.dictionary(pa.int32(), pa.string()), "target": pa.dictionary(pa.int32(), pa.string())}
    kinds |= {"strength": pa.float64()} if width == _SPARSE else {}
    try:
        table = csv.read_csv(
            pa.BufferReader(file.data),
            read_options=csv.ReadOptions(column_names=list(kinds)),
            parse_options=csv.ParseOptions(delimiter=mark, quote_char=False),
            convert_options=csv.ConvertOptions(column_types=kinds, null_values=[""], strings_can_be_null=False),
        ).unify_dictionaries()
    except pa.ArrowInvalid:
        return None
    strengths = table["strength"].fill_null(1.0).to_numpy() if width == _SPARSE else np.ones(len(table))
    faults = (strengths != 0) & ~((strengths >= WEAKEST) & (strengths <= STRONGEST))
    if not len(table) or faults.any():
        return None
    return _coded(file, [table["source"].chunks, table["target"].chunks], strengths)


def _coded(file: File, ends: list[list[Any]], strengths: Floats) -> Links | None:
    """Give numbers to the ids of both ends in order of appearance; None where one is empty."""
    names: dict[str, int] = {}
    codes = np.empty(2 * len(strengths), np.int64)
    for at, chunks in enumerate(ends):
        to = np.array([names.setdefault(name.strip(), len(names)) for name in chunks[0].dictionary.to_pylist()])
        codes[at::2] = to[np.concatenate([chunk.indices.to_numpy() for chunk in chunks])]
    if "" in names:
        return None
    first = np.zeros(len(names), np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    order = np.argsort(first)
    place = np.empty(len(names), np.int64)
    place[order] = np.arange(len(names))
    listed = list(names)
    return Links(
        tuple(listed[at] for at in order.tolist()),
        place[codes[0::2]],
        place[codes[1::2]],
        strengths,
        lambda at: worded("{file}, line {line}", file=file.name, line=_line(file.data, at)),
    )


def _line(data: bytes, row: int) -> int:
    """Return the number of the line that a row is on, where blank lines are no rows."""
    filled = (line for line, content in enumerate(data.splitlines(), start=1) if content.strip())
    return next(line for at, line in enumerate(filled) if at == row)


def _full(rows: Sequence[Row], where: str) -> Parts:
    size = len(rows)
    problems = [
        Problem(
            worded("{n} fields", n=len(fields)),
            where=worded("{file}, line {line}", file=where, line=line),
            expected=worded("an id and a value for each of the {size} items", size=size),
        )
        for line, fields in rows
        if len(fields) != size + 1
    ]
    refuse(problems, where)
    values = np.zeros((size, size))
    for i, (line, fields) in enumerate(rows):
        values[i] = _values(fields[1:], worded("{file}, line {line}", file=where, line=line), problems)
    refuse(problems, where)
    ids = [fields[0].strip() for _, fields in rows]
    return Parts(
        items=[
            (worded("{file}, line {line}", file=where, line=rows[at][0]), {"id": name, "label": name})
            for at, name in enumerate(ids)
        ],
        links=links_of_matrix(values, ids, lambda at: worded("{file}, line {line}", file=where, line=rows[at][0])),
        notes=asymmetry_note(values),
    )


def links_of_matrix(values: Floats, ids: Sequence[str], place: Callable[[int], str]) -> Links:
    """Return the links of a full matrix, which is averaged with its mirror image; `place` names its lines."""
    mean = (values + values.T) / 2
    one, other = np.nonzero(np.triu(mean, k=1))
    return Links(tuple(ids), one, other, mean[one, other], lambda at: place(int(one[at])))


def asymmetry_note(values: Floats) -> tuple[str, ...]:
    """Say where a full matrix was not symmetric."""
    unlike = int(np.count_nonzero(np.triu(values != values.T)))
    if not unlike:
        return ()
    return (worded("The matrix is not symmetric ({n:,} pairs): the mean of both directions was used", n=unlike),)


def _values(fields: Sequence[str], where: str, problems: list[Problem]) -> Floats:
    """Return a line of a full matrix; empty fields are 0."""
    try:
        values = np.array(fields, np.float64)
    except ValueError:
        values = np.array([_value(number_told(field)) for field in fields])
    faults = (values != 0) & ~((values >= WEAKEST) & (values <= STRONGEST))
    problems.extend(
        strength_problem(
            values[at] if math.isfinite(values[at]) else fields[at].strip(),
            worded("{where}, column {value}", where=where, value=at + 2),
        )
        for at in np.flatnonzero(faults).tolist()
    )
    return values


def _value(strength: float | str | None) -> float:
    return math.nan if isinstance(strength, str) else strength or 0.0
