"""The engine joins and counts, the same with any number of threads."""

from __future__ import annotations

import _thread
import re
import tempfile
import threading
from importlib import resources
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from benang import engine as engines
from benang.engine import DuckDB, sql_text
from benang.errors import BenangError

PACKAGES = ("benang.network", "benang.network.at_scale")
QUERIES = sorted(
    (package, path.name.removesuffix(".sql"))
    for package in PACKAGES
    for path in (resources.files(package) / "sql").iterdir()
)


@pytest.fixture(autouse=True)
def _no_other_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the engine that a test opens be the first, and the last that it closes."""
    monkeypatch.setattr(engines, "_shared", engines._Shared())


def incidence() -> pa.Table:
    """Make 4,000 distinct pairs of unit and item."""
    rng = np.random.default_rng(1)
    pairs = np.unique(rng.integers(0, [900, 60], size=(4_000, 2)), axis=0)
    return pa.table({"unit": pairs[:, 0], "item": pairs[:, 1], "times": np.ones(len(pairs), np.int32)})


def test_the_answer_does_not_depend_on_the_number_of_threads() -> None:
    """Integer counts: one thread and four give the same rows."""
    answers = []
    for threads in (1, 4):
        with DuckDB(threads=threads) as engine:
            engine.view("incidence", incidence())
            engine.view("kept", pa.table({"item": np.arange(0, 60, 2)}))
            answer = engine.query(sql_text("benang.network", "cooccurrence"))
            answers.append(answer.sort_by([(name, "ascending") for name in ("source", "target", "n")]))
    assert answers[0].equals(answers[1])


def test_pairs_are_distinguished_by_the_size_of_their_unit() -> None:
    """Two items occur together in a unit of two items and in one of three, one of which is not kept."""
    with DuckDB() as engine:
        engine.view("incidence", pa.table({"unit": [0, 0, 1, 1, 1], "item": [5, 7, 7, 5, 9], "times": [1] * 5}))
        engine.view("kept", pa.table({"item": [5, 7]}))
        answer = engine.query(sql_text("benang.network", "cooccurrence")).to_pylist()
    assert sorted(answer, key=lambda row: row["n"]) == [
        {"source": 5, "target": 7, "n": 2, "units": 1},
        {"source": 5, "target": 7, "n": 3, "units": 1},
    ]


FOREVER = "SELECT count(*) AS n FROM range(1000000000000) AS t(i) WHERE i % 7 = 3"


def test_ctrl_c_stops_a_query() -> None:
    """The user who stops a long count stops Benang; it is no fault of the query."""
    with DuckDB(threads=1) as engine:
        stop = threading.Timer(0.1, _thread.interrupt_main)
        stop.start()
        with pytest.raises(KeyboardInterrupt):
            engine.query(FOREVER)
        stop.join()


def test_ctrl_c_stops_also_what_is_no_query(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database tells it as a fault of the table that it was about to look at; other faults stay what they are."""

    class Stopped:
        said = "reading the schema of the object registered as 'kept' failed: KeyboardInterrupt: "

        def register(self, _name: str, _table: pa.Table) -> None:
            raise duckdb.InvalidInputException(self.said)

        def close(self) -> None:
            """Close nothing."""

    with DuckDB(threads=1) as engine, monkeypatch.context() as patched:
        patched.setattr(engine, "_connection", Stopped())
        with pytest.raises(KeyboardInterrupt):
            engine.view("kept", pa.table({"item": [1]}))
        patched.setattr(Stopped, "said", "no such type")
        with pytest.raises(duckdb.InvalidInputException):
            engine.view("kept", pa.table({"item": [1]}))


@pytest.mark.parametrize("kind", [duckdb.OutOfMemoryException, duckdb.IOException])
def test_a_count_that_finds_no_room_says_what_to_do(kind: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory and disk can be full; the message leaves out the database's own advice."""

    class Full:
        def sql(self, _: str) -> None:
            raise kind("could not allocate block\n\nSee the manual of the database")

        def close(self) -> None:
            """Close nothing."""

    with DuckDB(threads=1) as engine, monkeypatch.context() as patched:
        patched.setattr(engine, "_connection", Full())
        with pytest.raises(
            BenangError, match=r"room for this count \(could not allocate block\).*fewer items"
        ) as caught:
            engine.query("SELECT 1")
    assert "manual" not in str(caught.value)


def test_a_join_larger_than_the_memory_goes_on_in_files_that_are_gone_afterwards(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Five million items are grouped and sorted in 90 MB: the answer is that of a machine with room for all."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pairs = "SELECT (i * 7919) % 4999999 AS item, COUNT(*) AS n FROM range(6000000) AS t(i) GROUP BY item ORDER BY item"
    with DuckDB(threads=2, memory=90_000_000) as engine:
        engine.keep("pairs", pairs)
        used = sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file())
        found = engine.query("SELECT COUNT(*) AS items, CAST(SUM(n) AS BIGINT) AS n FROM pairs ORDER BY items")
    assert found.to_pylist() == [{"items": 4_999_999, "n": 6_000_000}]
    assert used > 0
    assert list(tmp_path.iterdir()) == []


def test_an_engine_that_is_stopped_leaves_no_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever ends the work, the folder for what memory does not hold goes with it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def stopped() -> None:
        with DuckDB(threads=1):
            assert len(list(tmp_path.iterdir())) == 1
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert list(tmp_path.iterdir()) == []


HELD = "SELECT CAST(SUM(memory_usage_bytes) AS BIGINT) AS n FROM duckdb_memory()"
PUT_OFF = "SELECT CAST(SUM(temporary_storage_bytes) AS BIGINT) AS n FROM duckdb_memory()"


def test_engines_that_are_open_together_share_one_limit_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two threads keep 80 and 160 MB of numbers where 200 MB are free for both: the rest of them goes into files."""
    monkeypatch.setattr(engines, "available_memory", lambda: 0)
    monkeypatch.setattr(engines, "LEAST", 200_000_000)
    first_is_there, second_is_there = threading.Event(), threading.Event()
    sums = []

    def count() -> None:
        with DuckDB() as engine:
            engine.keep("numbers", "SELECT range * 7 AS n FROM range(10000000)")
            first_is_there.set()
            second_is_there.wait(60)
            sums.append(engine.query("SELECT CAST(SUM(n) AS BIGINT) AS n FROM numbers").to_pydict()["n"][0])

    thread = threading.Thread(target=count)
    thread.start()
    first_is_there.wait(60)
    with DuckDB() as engine:
        engine.keep("numbers", "SELECT range * 7 AS n FROM range(20000000)")
        held, put_off = (engine.query(sql).to_pydict()["n"][0] for sql in (HELD, PUT_OFF))
        second_is_there.set()
        thread.join()
        sums.append(engine.query("SELECT CAST(SUM(n) AS BIGINT) AS n FROM numbers").to_pydict()["n"][0])
    assert held <= 200_000_000
    assert put_off > 0
    assert sums == [7 * n * (n - 1) // 2 for n in (10_000_000, 20_000_000)]


def test_engines_that_are_open_together_do_not_see_each_other() -> None:
    """Tables, views and answers of one name are each engine's own, also when one is closed before the other."""
    with DuckDB() as lasting:
        lasting.view("given", pa.table({"n": [1]}))
        lasting.keep("kept", "SELECT n + 10 AS n FROM given")
        with DuckDB() as other:
            other.view("given", pa.table({"n": [2]}))
            other.define("kept", "SELECT n + 20 AS n FROM given")
            assert other.query("SELECT n FROM kept ORDER BY n").to_pydict() == {"n": [22]}
        assert lasting.query("SELECT n FROM kept ORDER BY n").to_pydict() == {"n": [11]}


def test_an_engine_that_is_closed_gives_back_its_memory_while_another_is_open() -> None:
    """8 MB of numbers that one keeps are gone with it, and so is its room."""
    rooms = "SELECT COUNT(*) AS n FROM duckdb_databases() WHERE NOT internal AND database_name LIKE 'room%'"
    with DuckDB() as lasting:
        with DuckDB() as other:
            other.keep("numbers", "SELECT range * 7 AS n FROM range(1000000)")
            before, among = (lasting.query(sql).to_pydict()["n"][0] for sql in (HELD, rooms))
        after, alone = (lasting.query(sql).to_pydict()["n"][0] for sql in (HELD, rooms))
    assert (among, alone) == (2, 1)
    assert after < before / 2


class _Interrupted:
    """A database that Ctrl-C stops while an engine gets its room."""

    def __init__(self) -> None:
        self.root, self.is_open = self, True

    def cursor(self) -> _Interrupted:
        return _Interrupted()

    def execute(self, _sql: str) -> None:
        raise KeyboardInterrupt

    def close(self) -> None:
        self.is_open = False


def test_an_engine_that_is_interrupted_at_its_start_leaves_no_database_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody would close it; the next engine opens one of its own."""
    database = _Interrupted()
    with monkeypatch.context() as patch:
        patch.setattr(engines, "_Database", lambda: database)
        with pytest.raises(KeyboardInterrupt):
            DuckDB()
    assert not database.is_open
    with DuckDB() as engine:
        assert engine.query("SELECT 1 AS n").to_pydict() == {"n": [1]}


def test_the_last_engine_takes_the_folder_for_what_memory_does_not_hold(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Two engines have one folder; it stays while one of them is open, and a later engine gets a new one."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with DuckDB():
        with DuckDB():
            (folder,) = tmp_path.iterdir()
        assert list(tmp_path.iterdir()) == [folder]
    assert list(tmp_path.iterdir()) == []
    with DuckDB() as engine:
        assert engine.query("SELECT 1 AS n").to_pydict() == {"n": [1]}


def test_files_that_are_no_parquet_are_refused_by_name(tmp_path: Path) -> None:
    """A text file that is called Parquet is named in the message."""
    path = tmp_path / "works.parquet"
    path.write_text("no table")
    with DuckDB(threads=1) as engine, pytest.raises(BenangError, match=r"works\.parquet.*can't be read"):
        engine.files("works", [path])


@pytest.mark.parametrize(("package", "name"), QUERIES)
def test_queries_keep_to_the_sql_that_duckdb_and_spark_share(package: str, name: str) -> None:
    """One statement, without what only one of the two knows: brackets, casts by colons, lists, parameters.

    All are sorted but those that count links, whose order `link_matrix` makes.
    """
    sql = re.sub(r"--.*", "", sql_text(package, name)).upper()
    assert ("ORDER BY" in sql) is (name not in {"cooccurrence", "coupling", "citation"})
    assert not re.search(r"::|;|\[|\{|\$|\?|\b(LIST|STRUCT|QUALIFY|EXCLUDE|USING)\b|BY ALL", sql)


def test_what_goes_wrong_while_rows_are_fetched_is_the_databases_fault() -> None:
    """Arrow, which hands the rows on, knows only that something can't be read."""
    query = "SELECT CAST(CASE WHEN n = 400000 THEN 'x' ELSE '1' END AS INT) AS n FROM range(500000) t(n)"
    with DuckDB() as engine, pytest.raises(duckdb.Error, match="Could not convert"):
        list(engine.batches(query, {}, rows=1000))
