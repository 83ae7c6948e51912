"""DuckDB, the engine that is always there: embedded, in memory, on disk only where memory runs out."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from benang.engine import available_memory, no_room
from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.unfinished import temporary_folder

SHARE = 0.6
"""The share of the memory that is free which the database takes; the rest is for what is made of its answers."""

LEAST = 256 << 20
"""Bytes that the database is given even where less is free: below them it can't sort."""


class _Database:
    """A database with its limit of memory, and the folder in which it goes on where memory runs out."""

    def __init__(self, *, threads: int | None = None, memory: int | None = None) -> None:
        self._folder: TemporaryDirectory[str] = temporary_folder()
        limit = max(int(available_memory() * SHARE), LEAST) if memory is None else memory
        settings: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            # Only touched where memory runs out; the default would be a folder in the user's own.
            "temp_directory": self._folder.name,
            "memory_limit": f"{limit}B",
            "default_null_order": "nulls_first",  # as in Spark
        }
        if threads is not None:
            settings["threads"] = threads
        self.root = duckdb.connect(":memory:", config=settings)

    def close(self) -> None:
        self.root.close()
        self._folder.cleanup()


class _Shared:
    """The one database that the engines of this process have in common while any of them is open.

    DuckDB's limit of memory is one of a database: only engines within one can give way to each other.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._rooms: set[str] = set()
        self._database: _Database | None = None

    def enter(self) -> tuple[duckdb.DuckDBPyConnection, str]:
        """Open a room of its own for an engine: a connection that sees no other one's tables, and the room's name."""
        with self._lock:
            if self._database is None:
                self._database = _Database()
            room = f"room_{next(self._numbers)}"
            connection = self._database.root.cursor()
            try:
                connection.execute(f"ATTACH ':memory:' AS {room}")
                connection.execute(f"USE {room}")
            except BaseException:  # interrupted, say: nothing else would close the room
                connection.close()
                if not self._rooms:
                    self._database.close()
                    self._database = None
                raise
            self._rooms.add(room)
        return connection, room

    def leave(self, room: str) -> None:
        """Give up a room whose connection is closed, and the database with the last one."""
        with self._lock:
            if self._database is None or room not in self._rooms:
                return
            self._rooms.remove(room)
            if self._rooms:
                self._database.root.execute(f"DETACH {room}")
            else:
                self._database.close()
                self._database = None


_shared = _Shared()


class DuckDB:
    """An embedded database in memory, for the time of one analysis.

    Engines that are open at the same time, in several threads say, are rooms of one database: none sees the tables of
    another, and all together take one share of the memory. An engine that is given threads or memory of its own is a
    database apart.

    It opens no connection, loads no extension, and of files only those that a query is given by name. Queries count in
    integers and sort what they return: then the answer has the same bytes with any number of threads.

    Parameters
    ----------
    threads
        How many threads may work at once; all processors where None.
    memory
        How many bytes tables and joins may take before they go on in files; 60 % of what is free where None, as it was
        when the first of the engines that are open was opened. The files lie in a folder of their own among the
        system's temporary ones, which goes when the last of them is closed.

    Examples
    --------
    >>> with DuckDB(threads=1) as engine:
    ...     engine.view("numbers", pa.table({"n": [3, 1, 2]}))
    ...     engine.query("SELECT n FROM numbers WHERE n > 1 ORDER BY n").to_pydict()
    {'n': [2, 3]}
    """

    name = "duckdb"

    def __init__(self, *, threads: int | None = None, memory: int | None = None) -> None:
        self._own = None if threads is None and memory is None else _Database(threads=threads, memory=memory)
        self._connection, self._room = _shared.enter() if self._own is None else (self._own.root, "")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()
        if self._own is None:
            _shared.leave(self._room)
        else:
            self._own.close()

    def view(self, name: str, table: pa.Table) -> None:
        """Let queries see an Arrow table under a name; nothing is copied."""
        with _errors_in_words():
            self._connection.register(name, table)

    def files(self, name: str, paths: Sequence[Path]) -> None:
        """Let queries see Parquet files, or folders of them, as one table under a name; nothing is read yet.

        Raises
        ------
        BenangError
            Where they are no Parquet files, or damaged.
        """
        named = [str(path / "**" / "*.parquet") if path.is_dir() else str(path) for path in paths]
        try:
            self._connection.read_parquet(named, union_by_name=True, hive_partitioning=True).create_view(name)
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            why = str(error).splitlines()[0][:300]
            where = str(paths[0]) if len(paths) == 1 else worded("{path} and {n} more", path=paths[0], n=len(paths) - 1)
            problem = Problem(
                worded("Parquet that can't be read ({why})", why=why), where=where, way_on="Write it again."
            )
            raise BenangError(problem) from None

    def define(self, name: str, sql: str) -> None:
        """Let queries see the answer of a query under a name; it is worked out anew wherever it is asked for."""
        with _errors_in_words():
            self._connection.sql(sql).create_view(name)

    def keep(self, name: str, sql: str) -> None:
        """Run a query and keep its answer as a table that later queries see under a name."""
        with _errors_in_words():
            self._connection.sql(sql).create(name)

    def query(self, sql: str) -> pa.Table:
        """Run a query and return its answer.

        Raises
        ------
        BenangError
            Where neither memory nor the disk holds what it needs.
        KeyboardInterrupt
            Where the user stops it.
        """
        with _errors_in_words():
            return self._connection.sql(sql).to_arrow_table()

    def batches(self, sql: str, values: Mapping[str, object], *, rows: int) -> Iterator[pa.RecordBatch]:
        """Run a query and give its answer some rows at a time, so that it is never in memory as a whole.

        `values` are what the query names with a dollar sign, `$files` say.

        Examples
        --------
        >>> with DuckDB(threads=1) as engine:
        ...     [batch.num_rows for batch in engine.batches("SELECT unnest($n) AS n", {"n": [3, 1, 2]}, rows=2)]
        [2, 1]
        """
        with _errors_in_words():
            reader = self._connection.sql(sql, params=dict(values)).to_arrow_reader(rows)
            try:
                yield from reader
            except OSError as error:  # so Arrow hands on what goes wrong while rows are fetched
                kind = duckdb.OutOfMemoryException if str(error).startswith("Out of Memory") else duckdb.Error
                raise kind(str(error)) from None


@contextmanager
def _errors_in_words() -> Iterator[None]:
    """Pass on Ctrl-C, which the database turns into errors of its own, and say in the user's words what lacks room."""
    try:
        yield
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        raise no_room(str(error).splitlines()[0]) from None
    except (duckdb.Error, RuntimeError) as error:
        if "interrupt" in str(error).lower():
            raise KeyboardInterrupt from None
        raise
