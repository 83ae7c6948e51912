"""Tables of plain columns, and the same as frames of Arrow, pandas and Polars.

A table is a mapping of names to columns, all of one length. Everything that Benang hands to another library passes
through such tables, so that there is one place that knows how a value is kept in a frame.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from benang.errors import BenangError, Problem
from benang.evidence import Argument, History, Step
from benang.locale.writing import worded

Column = Sequence[Any] | np.ndarray
Table = dict[str, Column]
Tables = dict[str, Table]
"""Tables by name; `about` holds what is in no column: history, kinds, provenance."""

FrameKind = Literal["arrow", "pandas", "polars"]
Frame = Any
"""A table of Arrow, or a frame of pandas or Polars; `frame_kind` says which of them."""

ABOUT = "about"
FORMAT = 1
"""The version of these tables; a newer one is refused by name."""

_LARGEST = 2**63


def library(name: str) -> Any:
    """Import a library that Benang works with but doesn't bring.

    Raises
    ------
    BenangError
        Where it isn't installed; it names the command that installs it.

    Examples
    --------
    >>> library("no_such_library")
    Traceback (most recent call last):
    benang.errors.BenangError: no_such_library is not installed. Install it: pip install no_such_library
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        raise BenangError(
            Problem(
                worded("{name} is not installed", name=name), way_on=worded("Install it: pip install {name}", name=name)
            )
        ) from None


def loaded(name: str) -> Any:
    """Return a library that the user has imported, else None: nobody has an object of one that he hasn't."""
    return sys.modules.get(name)


def frame_kind(thing: object) -> FrameKind | None:
    """Return which library's frame a thing is; None where it is none.

    Examples
    --------
    >>> frame_kind(pa.table({"year": [2020]})), frame_kind([2020])
    ('arrow', None)
    """
    if isinstance(thing, pa.Table):
        return "arrow"
    for name in ("pandas", "polars"):
        there = loaded(name)
        if there is not None and isinstance(thing, there.DataFrame):
            return "pandas" if name == "pandas" else "polars"
    return None


def frame_of(table: pa.Table, kind: FrameKind) -> Frame:
    """Turn an Arrow table into a frame.

    Columns of pandas keep Arrow's types, so that a missing value stays apart from an empty text and from NaN, and whole
    numbers stay whole; those of decimal numbers are plain float64 where none is missing.
    """
    if kind == "arrow":
        return table
    if kind == "polars":
        return library("polars").from_arrow(table)
    pandas = library("pandas")
    frame = table.to_pandas(types_mapper=pandas.ArrowDtype)
    for at, name in enumerate(table.column_names):
        column = table.column(at)
        if pa.types.is_float64(column.type) and not column.null_count:
            frame[name] = column.to_numpy()
    return frame


def table_of(frame: Frame) -> pa.Table:
    """Turn a frame back into an Arrow table; the index of a pandas frame is left out.

    Raises
    ------
    BenangError
        Where a column holds values of several kinds.

    Examples
    --------
    >>> table_of(pa.table({"year": [2020, None]})).column("year").to_pylist()
    [2020, None]
    """
    kind = frame_kind(frame)
    if kind == "arrow":
        return frame
    if kind == "polars":
        return frame.to_arrow()
    columns = {}
    for name in frame.columns:
        series = frame[name]
        try:
            plain = isinstance(series.dtype, np.dtype) and series.dtype.kind == "f"
            columns[str(name)] = pa.array(series.to_numpy(), from_pandas=False) if plain else pa.array(series)
        except (pa.ArrowException, ValueError, TypeError) as error:
            message = worded("values of several types ({reason})", reason=str(error).partition(chr(10))[0])
            raise BenangError(
                Problem(message, where=worded("column '{name}'", name=name), expected="values of one type")
            ) from None
    return pa.table(columns)


def frames_of(tables: Tables, kind: FrameKind) -> dict[str, Frame]:
    """Turn tables into frames; a column that no frame can hold as it is becomes JSON, and `about` names it.

    Raises
    ------
    BenangError
        Where the library isn't installed, or a column holds what JSON can't.

    Examples
    --------
    >>> frames = frames_of({"items": {"id": ["a", "b"], "note": [{"seen": 1}, None]}, "about": {}}, "arrow")
    >>> frames["items"].column("note").to_pylist()
    ['{"seen": 1}', None]
    >>> tables_of(frames)["items"]["note"]
    [{'seen': 1}, None]
    """
    written: dict[str, list[str]] = {}
    arrow_tables: dict[str, pa.Table] = {}
    for name, table in tables.items():
        columns = {}
        for column, values in table.items():
            columns[column], is_json = _array(values, worded("{name}, column '{column}'", name=name, column=column))
            if is_json:
                written.setdefault(name, []).append(column)
        arrow_tables[name] = pa.table(columns)
    about = {**made_about(tables.get(ABOUT, {})), **({"json": written} if written else {})}
    arrow_tables[ABOUT] = pa.table(about_table(about))
    return {name: frame_of(table, kind) for name, table in arrow_tables.items()}


def tables_of(frames: Mapping[str, Frame]) -> Tables:
    """Turn frames back into tables of plain columns."""
    tables_of = {str(name): table_of(frame) for name, frame in frames.items()}
    tables: Tables = {name: plain_table(table) for name, table in tables_of.items()}
    written = made_about(tables.get(ABOUT, {})).get("json", {})
    for name, columns in written.items() if isinstance(written, dict) else ():
        for column in columns:
            if column in tables.get(name, {}):
                values = tables[name][column]
                tables[name][column] = [None if value is None else json.loads(value) for value in values]
    return tables


def plain_table(table: pa.Table) -> Table:
    """Return the columns of an Arrow table: numbers that lack none as arrays, all else as lists."""
    columns: Table = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        whole = pa.types.is_floating(column.type) and not column.null_count
        columns[name] = column.to_numpy() if whole else column.to_pylist()
    return columns


def about_table(about: Mapping[str, object]) -> Table:
    """Return what is known about tables as a table itself: `name`, and `value` in JSON.

    Raises
    ------
    BenangError
        Where it holds what JSON can't.
    """
    facts = {"format": FORMAT, **about}
    return {"name": list(facts), "value": [as_json(value, f"'{name}'") for name, value in facts.items()]}


def made_about(table: Mapping[str, Column]) -> dict[str, Any]:
    """Return what an `about` table tells; nothing for an empty one.

    Raises
    ------
    BenangError
        Where it was written by a newer Benang.
    """
    facts = dict(zip(table.get("name", ()), map(json.loads, table.get("value", ())), strict=True))
    if facts.get("format", FORMAT) != FORMAT:
        way_on = "Install a newer Benang, or make the tables again."
        raise BenangError(
            Problem(
                worded("tables in format {format}", format=facts["format"]),
                where=ABOUT,
                expected=worded("format {format}", format=FORMAT),
                way_on=way_on,
            )
        )
    return facts


def as_json(value: object, where: str) -> str:
    """Write a value as JSON; a tuple comes back as a list.

    Raises
    ------
    BenangError
        Where JSON can't hold it.
    """
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        raise BenangError(
            Problem(
                worded("a Python value that tables cannot hold ({name})", name=type(value).__name__),
                where=where,
                expected="text, numbers, lists or mappings",
                way_on="Leave it out, or write it as text.",
            )
        ) from None


def steps_told(history: History) -> list[dict[str, object]]:
    """Return the steps for JSON; an argument's list is marked, since a plain one there means a tuple.

    Examples
    --------
    >>> steps = (Step("read", {"files": ("a.ris",), "kept": ["x"]}, {"read": 2}),)
    >>> steps_of(json.loads(json.dumps(steps_told(steps)))) == steps
    True
    """
    return [
        step.as_json() | {"arguments": {name: _marked(value) for name, value in step.arguments.items()}}
        for step in history
    ]


def steps_of(stored: Sequence[Mapping[str, Any]]) -> History:
    """Return the steps that `steps_told` wrote."""
    return tuple(
        Step(str(step["step"]), {name: _unmarked(value) for name, value in step["arguments"].items()}, step["counts"])
        for step in stored
    )


def _marked(value: Argument) -> object:
    if isinstance(value, list):
        return {"list": [_marked(one) for one in value]}
    return [_marked(one) for one in value] if isinstance(value, tuple) else value


def _unmarked(value: Any) -> Argument:
    if isinstance(value, dict):
        return [_unmarked(one) for one in value["list"]]
    return tuple(map(_unmarked, value)) if isinstance(value, list) else value


def _array(values: Column, where: str) -> tuple[pa.Array, bool]:
    """Return a column as Arrow's, and whether its values had to be written as JSON."""
    if isinstance(values, np.ndarray):
        return pa.array(values, from_pandas=False), False
    kinds = {_kind(value) for value in values if value is not None}
    if not kinds:
        return pa.array(values, pa.string()), False
    if len(kinds) == 1 and (kind := kinds.pop()) is not None:
        return pa.array(values, kind, from_pandas=False), False
    return pa.array([None if value is None else as_json(value, where) for value in values], pa.string()), True


def _kind(value: object) -> pa.DataType | None:
    """Return the type by which Arrow keeps a value as it is; None where it has none."""
    if isinstance(value, list):
        return pa.list_(pa.string()) if all(type(one) is str for one in value) else None
    if type(value) is int and not -_LARGEST <= value < _LARGEST:
        return None
    return {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64()}.get(type(value))
