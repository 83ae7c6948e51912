"""The engines that join and count, DuckDB here and Spark elsewhere: what each can do, which one is opened, its memory.

All engines run the same SQL, word for word. A query is a text in a `.sql` file; its inputs are tables, its output is a
table. What a query needs to know (which items are kept, say) is a table too, so that no text is ever put together from
parts. Queries count in integers and sort what they return: then the answer has the same bytes on every engine, with
any number of threads or machines. Memory is what the machine has free, within the limits that were set for this
process.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import psutil
import pyarrow as pa

from benang.errors import BenangError, Problem, argument, unknown
from benang.locale.writing import worded
from benang.progress import Progress, silent


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
        from benang.engine.duckdb_engine import DuckDB

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
