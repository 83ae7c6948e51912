"""A corpus as frames, and back: one row a record with list columns, or its long tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benang.errors import BenangError, Problem, first_problems, nearest
from benang.evidence import Step
from benang.locale.writing import worded
from benang.records.corpus import FIELDS, LISTS, TABLES, Corpus, corpus_of
from benang.records.corpus_files import ledger_json, ledger_of
from benang.records.frame_tables import (
    ABOUT,
    Frame,
    FrameKind,
    about_table,
    frame_kind,
    frame_of,
    made_about,
    plain_table,
    steps_of,
    steps_told,
    table_of,
)
from benang.records.identity import unique_keys, with_keys
from benang.records.record import CLOSED_FIELDS, FileAccount, Ledger, Record

_LARGEST_NUMBER = 2**31
_NUMBERS = frozenset({"year", "citations", "place", "line"})
_MARKS = ("origins", "raw", "taken")
_MARK = pa.list_(pa.struct([("field", pa.string()), ("value", pa.string())]))
_MEMBER = pa.list_(
    pa.struct(
        [
            ("key", pa.string()),
            ("database", pa.string()),
            ("file", pa.string()),
            ("place", pa.int32()),
        ]
    )
)
_COLUMNS = (*FIELDS, *_MARKS, "members")
_METADATA = b"benang"
_FRAME = "frame"


def corpus_frame(corpus: Corpus, kind: FrameKind) -> Frame:
    """Return a corpus as one frame: one row a record, one column a field.

    Fields with several values are columns of lists. `origins`, `raw` and `taken` list pairs of `field` and `value`,
    `members` the records that a work was joined of. The ledger and the history are in the metadata of an Arrow
    table (`benang`) and in `attrs` of a pandas frame; a Polars frame has no room for them.

    Examples
    --------
    >>> from benang.records.record import Record
    >>> frame = corpus_frame(corpus_of([Record("a", title="Kota", authors=("Ani", "Budi")), Record("b")]), "arrow")
    >>> frame.column("authors").to_pylist(), frame.column("year").to_pylist()
    ([['Ani', 'Budi'], []], [None, None])
    """
    columns: dict[str, Any] = {
        name: _lists(corpus, name) if name in LISTS else corpus.works.column(name) for name in FIELDS
    }
    columns |= {name: _rows_by_work(getattr(corpus, name), len(corpus), _MARK) for name in _MARKS}
    columns["members"] = _rows_by_work(corpus.members, len(corpus), _MEMBER)
    metadata = json.dumps(_provenance_json(corpus), ensure_ascii=False)
    frame = frame_of(pa.table(columns).replace_schema_metadata({_METADATA: metadata}), kind)
    if kind == "pandas":
        frame.attrs["benang"] = metadata
    return frame


def corpus_frames(corpus: Corpus, kind: FrameKind) -> dict[str, Frame]:
    """Return the long tables of a corpus by name (`Corpus`), with `about` for its ledger and history.

    Examples
    --------
    >>> from benang.records.record import Record
    >>> frames = corpus_frames(corpus_of([Record("a", authors=("Ani", "Budi"))]), "arrow")
    >>> frames["values"].to_pylist()[1]
    {'work': 0, 'field': 'authors', 'position': 1, 'value': 'Budi'}
    """
    frames = {name: frame_of(getattr(corpus, name), kind) for name in TABLES}
    return {**frames, ABOUT: frame_of(pa.table(about_table(_provenance_json(corpus))), kind)}


def corpus_from(frame: Frame | Mapping[str, Frame]) -> Corpus:
    """Make a corpus of a frame of Arrow, pandas or Polars, or of the long tables by name.

    Parameters
    ----------
    frame
        One row a record, its columns named by the fields of `Record`; what is missing is empty. Rows without a `key`
        get the one that they say (`benang.records.identity`). Or what `to_arrow`, `to_pandas` or `to_polars` gave with
        `long=True`.

    Returns
    -------
    Corpus
        Equal to the one that the frame was made of, where it was made of one. Its history reports rows that were
        left out since.

    Raises
    ------
    BenangError
        For a column that is no field, a value of the wrong kind, a key given twice, and what is no frame: all problems
        together.

    Examples
    --------
    >>> corpus = corpus_from(pa.table({"title": ["Kota", None], "authors": [["Ani"], []], "year": [2020, 2021]}))
    >>> corpus.keys, corpus.records[0].authors, corpus.records[1].title
    (('ani2020-kota-8e29d5aa', '2021-a6c1550c'), ('Ani',), '')
    """
    if isinstance(frame, Mapping):
        return _of_long_tables(frame)
    if frame_kind(frame) is None:
        raise BenangError(
            Problem(type(frame).__name__, where=_FRAME, expected="an Arrow table, or a data frame of pandas or Polars")
        )
    table = table_of(frame)
    _check_columns(table.column_names)
    provenance = _provenance_of(frame, table)
    rows = plain_table(table)
    records = _records(rows, table.num_rows)
    if provenance is None:
        account = FileAccount(_FRAME, f"{frame_kind(frame)} frame", "", len(records), len(records), encoding="")
        step = Step(_FRAME, {"columns": tuple(table.column_names)}, {"records": len(records)})
        corpus = corpus_of(records, ledger=Ledger((account,)), history=(step,))
    else:
        corpus = corpus_of(
            records, ledger=ledger_of(provenance["ledger"], where=_FRAME), history=_history(provenance, len(records))
        )
    return _with_members(corpus, rows)


def _lists(corpus: Corpus, name: str) -> pa.Array:
    """Gather the values of a list field by record."""
    of = corpus.values.filter(pc.equal(corpus.values.column("field"), name))
    counts = np.bincount(of.column("work").to_numpy(), minlength=len(corpus))
    ends = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(ends), of.column("value").combine_chunks())


def _rows_by_work(table: pa.Table, n: int, kind: pa.DataType) -> pa.Array:
    """Gather the rows of a long table by record, without the record's number."""
    lists: list[list[dict[str, Any]]] = [[] for _ in range(n)]
    for row in table.to_pylist():
        lists[row.pop("work")].append(row)
    return pa.array(lists, kind)


def _provenance_json(corpus: Corpus) -> dict[str, object]:
    return {
        "works": len(corpus),
        "ledger": ledger_json(corpus.ledger),
        "history": steps_told(corpus.history),
    }


def _provenance_of(frame: Frame, table: pa.Table) -> dict[str, Any] | None:
    """Return what a frame says of the corpus it was made of; None where it says nothing."""
    metadata = table.schema.metadata or {}
    text = frame.attrs.get("benang") if frame_kind(frame) == "pandas" else metadata.get(_METADATA)
    provenance = None if text is None else json.loads(text)
    return provenance if isinstance(provenance, dict) and "ledger" in provenance else None


def _history(stored: Mapping[str, Any], n: int) -> tuple[Step, ...]:
    steps = steps_of(stored["history"])
    return steps if stored["works"] == n else (*steps, Step(_FRAME, {}, {"records": stored["works"], "kept": n}))


def _of_long_tables(frames: Mapping[str, Frame]) -> Corpus:
    missing = [name for name in ("works", "values", ABOUT) if name not in frames]
    if missing:
        way_on = "Pass the frames that to_arrow, to_pandas or to_polars return with long=True."
        raise BenangError(
            Problem(
                worded("no table '{missing}'", missing=missing[0]),
                where=worded("the tables of a corpus"),
                way_on=way_on,
            )
        )
    empty = corpus_of(())
    tables = {name: _as(table_of(frames[name]), getattr(empty, name).schema, name) for name in TABLES if name in frames}
    _check_numbers(tables)
    provenance = made_about(plain_table(table_of(frames[ABOUT])))
    corpus = replace(empty, **tables, ledger=ledger_of(provenance["ledger"], where=ABOUT))
    return replace(corpus, history=_history(provenance, len(corpus)))


def _as(table: pa.Table, schema: pa.Schema, name: str) -> pa.Table:
    """Give a table the columns and types that it has in a corpus."""
    try:
        return table.select(schema.names).replace_schema_metadata(None).cast(schema)
    except (pa.ArrowException, KeyError, ValueError) as error:
        message = str(error).partition("\n")[0]
        raise BenangError(
            Problem(message, where=worded("table '{name}'", name=name), expected=", ".join(schema.names))
        ) from None


def _check_numbers(tables: Mapping[str, pa.Table]) -> None:
    """Refuse long tables of which rows were left out: the numbers of the records would point to others."""
    numbers, keys = (tables["works"].column(name).to_pylist() for name in ("work", "key"))
    n = len(numbers)
    astray = [
        name
        for name, table in tables.items()
        if any(work is None or not 0 <= work < n for work in table.column("work").to_pylist())
    ]
    if numbers != list(range(n)) or len(set(keys)) < n or astray:
        way_on = "To leave records out, use the frame with one row per record (without long=True)."
        message = (
            worded("record numbers in '{table}' that belong to no work", table=astray[0])
            if astray
            else "works out of order or repeated"
        )
        raise BenangError(
            Problem(
                message,
                where=worded("the tables of a corpus"),
                expected="works 0, 1, 2, …, each with a key",
                way_on=way_on,
            )
        )


def _check_columns(names: Sequence[str]) -> None:
    strange = [name for name in names if name not in _COLUMNS]
    if strange:
        raise BenangError(
            *(
                Problem(
                    worded("the column '{name}'", name=name),
                    where=_FRAME,
                    expected="fields of a record",
                    way_on=worded("{nearest} Rename the column, or leave it out.", nearest=nearest(name, _COLUMNS)),
                )
                for name in strange
            )
        )


def _records(rows: Mapping[str, Any], n: int) -> list[Record]:
    problems: list[Problem] = []
    columns = {name: values for name, values in rows.items() if name in FIELDS}
    records = []
    for at in range(n):
        fields = {name: _value(name, values[at], at, problems) for name, values in columns.items()}
        fields = {name: value for name, value in fields.items() if value is not None}
        marks = {name: _pairs(rows[name][at]) for name in ("origins", "raw") if name in rows}
        placed = {} if "place" in columns else {"place": at + 1, "file": fields.get("file", _FRAME)}
        records.append(Record(**{"key": "", **fields, **placed, **marks}))
    if problems:
        raise BenangError(*first_problems(problems, where=_FRAME))
    return _with_said_keys(records)


def _with_said_keys(records: Sequence[Record]) -> list[Record]:
    """Give rows without a key the one that their values make; a given key stays, even where it occurs twice."""
    keyed = with_keys(records)
    own = {record.key for record in records if record.key}
    keyless = [at for at, record in enumerate(records) if not record.key]
    keys = dict(zip(keyless, unique_keys([keyed[at] for at in keyless], own), strict=True))
    return [replace(record, key=keys.get(at, record.key)) for at, record in enumerate(keyed)]


def _value(name: str, value: Any, at: int, problems: list[Problem]) -> Any:
    """Return a value as a record holds it, None where it has none."""
    if value is None or value != value:  # NaN
        return None
    fits, expected = _fitting(name, value)
    if expected:
        problems.append(
            Problem(
                _shown(value),
                where=worded("{frame}, row {n}, {name}", frame=_FRAME, n=at + 1, name=name),
                expected=expected,
            )
        )
    return fits


def _fitting(name: str, value: Any) -> tuple[Any, str]:
    """Return a value in the type of its field, and what was expected where it has another."""
    if name in LISTS:
        texts = not isinstance(value, str) and isinstance(value, Sequence) and all(isinstance(v, str) for v in value)
        return (tuple(value), "") if texts else (None, "a list of texts")
    if name in _NUMBERS:
        number = (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and -_LARGEST_NUMBER <= value < _LARGEST_NUMBER
        )
        return (int(value), "") if number and value == int(value) else (None, "a whole number")
    if name in CLOSED_FIELDS and value not in CLOSED_FIELDS[name]:
        return None, worded("one of {names}", names=", ".join(word for word in CLOSED_FIELDS[name] if word))
    return (value, "") if isinstance(value, str) else (None, "text")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _pairs(marks: Any) -> dict[str, str]:
    return {mark["field"]: mark["value"] for mark in marks if mark} if marks is not None else {}


def _with_members(corpus: Corpus, rows: Mapping[str, Any]) -> Corpus:
    """Put back what a joined corpus knows of its members."""
    tables: dict[str, pa.Table] = {}
    for name in ("members", "taken"):
        if name in rows:
            schema = getattr(corpus, name).schema
            tables[name] = pa.Table.from_pylist(list(_numbered(rows[name])), schema)
    return replace(corpus, **tables)


def _numbered(lists: Sequence[Any]) -> Iterator[dict[str, Any]]:
    for work, rows in enumerate(lists):
        for row in () if rows is None else rows:
            yield {"work": work, **row}
