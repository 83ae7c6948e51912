"""Spark, for corpora that one computer can't join: on its processors, or on the computers of a cluster."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from benang.engine import available_memory, no_room
from benang.engine.spark_start import (
    Master,
    check_ready,
    quiet,
    remove_work,
    spark_error,
    started,
    stopped,
    stopping_jobs,
)
from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.progress import Progress, silent
from benang.unfinished import temporary_folder

SHARE = 0.5
"""The share of the memory that is free which Java may take."""
_LEAST = 1 << 30
_BY_FILE = 4 << 20  # bytes from which a table goes through a file to those who work on this computer
_AT_ONCE = 500_000
_FULL = ("OutOfMemory", "No space left", "exceeds the limit", "Cannot allocate memory")
_DAMAGED = ("is not a Parquet file", "Unable to infer schema", "does not exist", "PATH_NOT_FOUND", "CANNOT_READ_FILE")


class SparkEngine:
    """Spark 4, for the time of one analysis, with the queries of `DuckDB` word for word.

    A session that runs already in this Python, in a notebook on a cluster say, is used and left running. Else Java is
    started, and ends when the engine is closed; it prints nothing, and its files lie in a folder of their own among
    the system's temporary ones, which goes with it. On a cluster, Parquet files have to lie where all its computers
    find them under the same name.

    Parameters
    ----------
    master
        Where to run, in Spark's words: `local[*]` (this computer, all processors), `spark://HOST:PORT`, `yarn`, ….
        None is `local[*]`, or the session that runs already.
    progress
        Called while Spark starts.

    Raises
    ------
    BenangError
        Where Spark, its Java, the master or a worker is missing, with the way on.
    """

    name = "spark"

    def __init__(self, master: str | None = None, *, progress: Progress = silent) -> None:
        check_ready(master)
        self._master = master or "local[*]"
        self._room = temporary_folder()
        self._kept: list[Master] = []
        self._views = 0
        self._gateway: Master = None
        try:
            self._session: Master = _running(master)
            if self._session is None:
                progress("Starting Spark", 0.0)
                folder = Path(self._room.name)
                self._session, self._gateway = started(
                    self._master, _settings(self._master, folder), folder / "spark.log"
                )
            self._prepare()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End what was started here and remove its files."""
        session, self._session = getattr(self, "_session", None), None
        for frame in self._kept:
            with contextlib.suppress(Exception):
                frame.unpersist()
        self._kept = []
        if self._gateway is not None:
            app = session.sparkContext.applicationId if session is not None else ""
            stopped(session, self._gateway)
            self._gateway = None
            if app and self._master.startswith("local-cluster"):
                remove_work(app)
        self._room.cleanup()

    def _prepare(self) -> None:
        """Set what makes answers the same as DuckDB's, whoever started the session."""
        with self._errors_in_words():
            self._session.conf.set("spark.sql.session.timeZone", "UTC")
            self._session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(_AT_ONCE))
            self._session.conf.set("spark.sql.execution.arrow.useLargeVarTypes", "false")
            self._local = self._session.sparkContext.master.startswith("local")

    def view(self, name: str, table: pa.Table) -> None:
        """Let queries see an Arrow table under a name; it is sent to where Spark runs."""
        plain = _plain(table)
        with self._errors_in_words():
            if self._local and plain.nbytes > _BY_FILE:
                self._views += 1
                path = Path(self._room.name) / f"view-{self._views}.parquet"
                pq.write_table(plain, path, compression="none", row_group_size=_AT_ONCE)
                frame = self._session.read.parquet(path.as_uri())
            else:
                frame = self._session.createDataFrame(plain)
            frame.createOrReplaceTempView(name)

    def files(self, name: str, paths: Sequence[Path]) -> None:
        """Let queries see Parquet files, or folders of them, as one table under a name; nothing is read yet.

        Raises
        ------
        BenangError
            Where they are no Parquet files, or damaged.
        """
        with self._errors_in_words():
            folders = [path for path in paths if path.is_dir()]
            single = [str(path.absolute()) for path in paths if not path.is_dir()]
            frames = [self._session.read.option("mergeSchema", "true").parquet(*single)] if single else []
            frames += [self._folder(folder) for folder in folders]
            whole = frames[0]
            for frame in frames[1:]:
                whole = whole.unionByName(frame, allowMissingColumns=True)
            whole.createOrReplaceTempView(name)

    def _folder(self, folder: Path) -> Master:
        """Read a folder with its parts `name=value`; their numbers have 64 bits, as in DuckDB."""
        reader = self._session.read.option("mergeSchema", "true").option("pathGlobFilter", "*.parquet")
        frame = reader.parquet(str(folder.absolute()))
        first = next(folder.rglob("*.parquet"), folder / "none").relative_to(folder)
        divided = {part.partition("=")[0] for part in first.parts[:-1] if "=" in part}
        for column, kind in frame.dtypes:
            if column in divided and kind == "int":
                frame = frame.withColumn(column, frame[column].cast("bigint"))
        return frame

    def define(self, name: str, sql: str) -> None:
        """Let queries see the answer of a query under a name; it is worked out anew wherever it is asked for."""
        with self._errors_in_words():
            self._session.sql(sql).createOrReplaceTempView(name)

    def keep(self, name: str, sql: str) -> None:
        """Run a query and keep its answer where Spark runs, as a table that later queries see under a name."""
        from pyspark import StorageLevel

        with self._errors_in_words():
            frame = self._session.sql(sql).persist(StorageLevel.MEMORY_AND_DISK)
            self._kept.append(frame)
            frame.count()
            frame.createOrReplaceTempView(name)

    def query(self, sql: str) -> pa.Table:
        """Run a query and bring its answer here, with the types that DuckDB gives.

        Raises
        ------
        BenangError
            Where neither memory nor the disk holds what it needs, and where Spark was lost on the way.
        KeyboardInterrupt
            Where the user stops it: what runs on a cluster is stopped, too.
        """
        with self._errors_in_words():
            table = self._session.sql(sql).toArrow()
        return pa.Table.from_arrays(table.columns, names=table.column_names)

    @contextmanager
    def _errors_in_words(self) -> Iterator[None]:
        """Stop Spark's work on Ctrl-C, and say in the user's words what went wrong in Java."""
        try:
            with quiet(), stopping_jobs(self._session.sparkContext):
                yield
        except Exception as error:
            if isinstance(error, BenangError) or not type(error).__module__.startswith(("pyspark.", "py4j.")):
                raise
            raise _in_words(error, self._master) from None


def _running(master: str | None) -> Master:
    """Return a session of its own within the Spark that runs in this Python; None where none does."""
    with quiet():
        from pyspark import SparkContext
        from pyspark.sql import SparkSession

    context = SparkContext._active_spark_context
    if context is None or context._jsc is None:
        return None
    if master is not None and context.master != master:
        way_on = worded("Stop that session first (spark.stop()), or name the engine spark to use it.")
        raise spark_error(worded("Spark is already running on {master}", master=context.master), master, way_on)
    with quiet():
        return SparkSession(context).newSession()


def _settings(master: str, folder: Path) -> dict[str, str]:
    """Return the settings that Spark starts with: quiet, with all its files in one folder."""
    free = max(int(available_memory() * SHARE), _LEAST)
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.driver.memory": f"{free >> 20}m",
        "spark.driver.maxResultSize": "0",
        "spark.driver.extraJavaOptions": f'"-Djava.io.tmpdir={folder}"',
        "spark.rpc.message.maxSize": "1024",
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": (folder / "warehouse").as_uri(),
        "spark.sql.catalogImplementation": "in-memory",
    }
    if master.startswith("local"):
        settings |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            # Spark joins what is small again; on one computer its usual 200 parts cost more than they help.
            "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 2)),
        }
    return settings


def _plain(table: pa.Table) -> pa.Table:
    """Write coded columns out: Spark doesn't take them."""
    for at, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            table = table.set_column(at, field.name, table.column(at).cast(field.type.value_type))
    return table


def _in_words(error: Exception, master: str) -> BenangError:
    """Turn an error of Java into one that says what to do."""
    text = str(error)
    first = next((line.strip() for line in text.splitlines() if line.strip()), type(error).__name__)[:300]
    if any(word in text for word in _FULL):
        return no_room(first)
    if any(word in text for word in _DAMAGED):
        way_on = "Check that it is complete and that every computer of a cluster sees it under this name."
        return BenangError(
            Problem(worded("Spark can't read these Parquet files ({first})", first=first), way_on=way_on)
        )
    way_on = worded("Try again with the engine duckdb; if that works, check the cluster's logs.")
    return spark_error(worded("Spark stopped counting ({first})", first=first), master, way_on)
