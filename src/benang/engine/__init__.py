"""The engines that join and count: what each can do, which one is opened, its memory; and DuckDB, always there.

All engines run the same SQL, word for word. A query is a text in a `.sql` file; its inputs are tables, its output is a
table. What a query needs to know (which items are kept, say) is a table too, so that no text is ever put together from
parts. Queries count in integers and sort what they return: then the answer has the same bytes on every engine, with
any number of threads or machines. Memory is what the machine has free, within the limits that were set for this
process. DuckDB is embedded, in memory, on disk only where memory runs out.
"""

from __future__ import annotations

import contextlib
import itertools
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

import psutil
import pyarrow as pa

from benang.errors import BenangError, Problem, argument, unknown
from benang.locale.writing import worded
from benang.progress import Progress, silent
from benang.unfinished import temporary_folder

if TYPE_CHECKING:
    import duckdb


def no_room(cause: str) -> BenangError:
    """Say that a count needs more than memory and disk have, in the user's words, with what the engine said."""
    least = argument("min_occurrences", "minimum number of occurrences")
    way_on = worded("Keep fewer items: choose a higher {least}.", least=least)
    return BenangError(
        Problem(
            worded("neither the memory nor the disk has enough room for this count ({cause})", cause=cause),
            way_on=way_on,
        )
    )


class Engine(Protocol):
    """A place where tables are joined and counted, for the time of one analysis."""

    name: str

    def view(self, name: str, table: pa.Table) -> None:
        """Let queries see an Arrow table under a name."""

    def files(self, name: str, paths: Sequence[Path]) -> None:
        """Let queries see Parquet files, or folders of them, as one table under a name; nothing is read yet."""

    def define(self, name: str, sql: str) -> None:
        """Let queries see the answer of a query under a name; it is worked out anew wherever it is asked for."""

    def keep(self, name: str, sql: str) -> None:
        """Run a query and keep its answer inside the engine, as a table that later queries see under a name."""

    def query(self, sql: str) -> pa.Table:
        """Run a query and bring its answer here."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...


def sql_text(package: str, name: str) -> str:
    """Return the text of the query `name` in the folder `sql` of a package.

    Examples
    --------
    >>> "GROUP BY" in sql_text("benang.network", "cooccurrence")
    True
    """
    return (resources.files(package) / "sql" / f"{name}.sql").read_text(encoding="utf-8")


ENGINES = ("duckdb", "spark")
"""The engines, the usual one first."""

_MASTER = re.compile(
    r"local(-cluster)?\[[^\]]+\]|spark://[^\s:/,]+:\d{1,5}(,[^\s:/,]+:\d{1,5})*|yarn|k8s://\S+|spark", re.IGNORECASE
)


def known_engine(name: str) -> str:
    """Return the name of an engine as `open_engine` takes it, or refuse it before any work is begun.

    `duckdb`; `spark` (on this computer, all its processors); or where Spark is to run, in Spark's own words:
    `spark://HOST:PORT`, `local[2]`, `local-cluster[2,1,1024]`, `yarn`, `k8s://…`.

    Raises
    ------
    BenangError
        For a name that no engine has, with the nearest one.

    Examples
    --------
    >>> known_engine("DuckDB"), known_engine("spark://10.0.0.7:7077")
    ('duckdb', 'spark://10.0.0.7:7077')
    >>> known_engine("sprak")
    Traceback (most recent call last):
    benang.errors.BenangError: engine: expected duckdb, spark or spark://HOST:PORT, found 'sprak'. Did you mean 'spark'?
    """
    given = name.strip()
    if given.lower() in ENGINES:
        return given.lower()
    if _MASTER.fullmatch(given):
        return given
    expected = "duckdb, spark or spark://HOST:PORT"
    raise unknown(name, (*ENGINES, "spark://HOST:PORT"), where="engine", expected=expected)


def open_engine(name: str = "duckdb", *, progress: Progress = silent) -> Engine:
    """Start the engine of a name, to be used in a `with` statement.

    Parameters
    ----------
    name
        As `known_engine` takes it.
    progress
        Called while Spark starts, which takes some seconds.

    Raises
    ------
    BenangError
        For a name that no engine has, and where an engine is not installed or can't be reached, with the way on.

    Examples
    --------
    >>> with open_engine("duckdb") as engine:
    ...     engine.name
    'duckdb'
    """
    known = known_engine(name)
    if known == "duckdb":
        return DuckDB()
    from benang.engine.spark_engine import SparkEngine

    return SparkEngine(None if known == "spark" else known, progress=progress)


UNKNOWN = 4 << 30
"""What is taken for free where the system says nothing: 4 GiB."""

_UNLIMITED = 1 << 60  # what systems write for "no limit" lies above


def available_memory() -> int:
    """Return the bytes of memory that this process may still take.

    It is what the system says is free without swapping, and less where a container (cgroup, both versions) or the
    user (`ulimit -v`) has set a limit. 4 GiB where the system says nothing.

    Examples
    --------
    >>> available_memory() > 0
    True
    """
    limits = [one for one in (_free(), *_group_limits(Path("/")), _process_limit()) if one is not None]
    return max(min(limits, default=UNKNOWN), 0)


def in_words(size: float) -> str:
    """Write a number of bytes for people.

    Examples
    --------
    >>> in_words(3_400_000), in_words(25_000_000_000), in_words(800)
    ('3 MB', '25.0 GB', '1 MB')
    """
    return worded("{n:,.1f} GB", n=size / 1e9) if size >= 1e9 else f"{max(round(size / 1e6), 1)} MB"


def _free() -> int | None:
    """Return what the system can give without swapping: on Linux `MemAvailable`, on others what comes nearest to it."""
    try:
        return int(psutil.virtual_memory().available)
    except (OSError, psutil.Error, NotImplementedError, RuntimeError):
        return None


def _group_limits(root: Path) -> Iterator[int]:
    """Give what each limit of the control groups above this process leaves.

    psutil says what the machine has, also within a container, whose limit is in the files of its control group
    only: a count that trusted the machine would be killed there.
    """
    for folder, limit, current in _groups(root):
        most = _number(folder / limit)
        if most is None or most >= _UNLIMITED:
            continue
        stat = _amounts(folder / "memory.stat")
        # The cache of files counts as used, but is given up for those who ask.
        cached = stat.get("total_inactive_file", stat.get("inactive_file", 0))
        yield most - max((_number(folder / current) or 0) - cached, 0)


def _groups(root: Path) -> Iterator[tuple[Path, str, str]]:
    """Give the folders that hold limits, from the innermost up, and the names of the limit and of what is used."""
    try:
        lines = (root / "proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = [*line.split(":", 2), "", ""][:3]
        if controllers == "":
            top, names = root / "sys/fs/cgroup", ("memory.max", "memory.current")
        elif "memory" in controllers.split(","):
            top, names = root / "sys/fs/cgroup/memory", ("memory.limit_in_bytes", "memory.usage_in_bytes")
        else:
            continue
        inner = path.strip("/")
        for folder in (top / inner, *(top / above for above in Path(inner).parents)) if inner else (top,):
            yield folder, *names


def _amounts(path: Path) -> dict[str, int]:
    """Read lines like `inactive_file 123`."""
    try:
        text = path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return {}
    return {name: int(amount) for name, amount in re.findall(r"^(\w+) (\d+)$", text, re.MULTILINE)}


def _number(path: Path) -> int | None:
    with contextlib.suppress(OSError, ValueError):
        return int(path.read_text(encoding="ascii"))
    return None


def _process_limit() -> int | None:
    """Return what `ulimit -v` leaves; None where none is set, or where the system doesn't say (macOS, Windows)."""
    if not psutil.LINUX:
        return None
    try:
        process = psutil.Process()
        limit = process.rlimit(psutil.RLIMIT_AS)[0]
        return None if limit < 0 or limit >= _UNLIMITED else int(limit - process.memory_info().vms)
    except (OSError, psutil.Error):
        return None


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
        import duckdb  # some commands need no engine

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
        import duckdb

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
        import duckdb

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
    import duckdb

    try:
        yield
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        raise no_room(str(error).splitlines()[0]) from None
    except (duckdb.Error, RuntimeError) as error:
        if "interrupt" in str(error).lower():
            raise KeyboardInterrupt from None
        raise
