"""Spark answers as DuckDB does, bit for bit, with executors in processes of their own."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from importlib import resources
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.engine.spark_session import MASTER

from benang.engine import DuckDB, Engine, open_engine, sql_text
from benang.errors import BenangError

pytestmark = [pytest.mark.xdist_group("spark"), pytest.mark.slow]


def queries(package: str) -> list[str]:
    """Name the queries of a package."""
    return sorted(path.name.removesuffix(".sql") for path in (resources.files(package) / "sql").iterdir())


def tables(seed: int, works: int, items: int) -> dict[str, pa.Table]:
    """Make the tables of a random corpus, by the names that the queries give them."""
    rng = np.random.default_rng(seed)

    def pairs(n: int, rows: int, columns: int) -> np.ndarray:
        return rng.integers(0, [rows, columns], size=(n, 2)).astype(np.int32)

    def times(once: np.ndarray) -> pa.Array:
        return pa.array(rng.integers(1, 4, len(once)).astype(np.int32))

    printed, held = pairs(4 * works, works, 2 * items), np.unique(pairs(4 * works, works, items), axis=0)
    spelt = np.flatnonzero(rng.random(2 * items) < 0.8).astype(np.int32)
    listed, cited = pairs(5 * works, works, items), np.unique(pairs(5 * works, works, items), axis=0)
    links = np.unique(pairs(2 * works, works, works), axis=0)
    members = np.unique(pairs(2 * works, works, items), axis=0)
    return {
        "occurrences": pa.table({"unit": printed[:, 0], "spelling": printed[:, 1]}),
        "spellings": pa.table({"spelling": spelt, "item": (spelt // 2).astype(np.int32)}),
        "incidence": pa.table({"unit": held[:, 0], "item": held[:, 1], "times": times(held)}),
        "kept": pa.table({"item": np.flatnonzero(rng.random(items) < 0.7).astype(np.int32)}),
        "rows_read": pa.table({"work": listed[:, 0], "reference": listed[:, 1]}),
        "cited": pa.table({"work": cited[:, 0], "reference": cited[:, 1], "times": times(cited)}),
        "citations": pa.table({"citing": links[:, 0], "cited": links[:, 1]}),
        "members": pa.table({"work": members[:, 0], "item": members[:, 1]}),
    }


def at_scale(rng: np.random.Generator, works: int, items: int) -> dict[str, pa.Table]:
    """Make the tables that the queries on whole corpora read."""
    printed = rng.integers(0, [works, 2 * items], size=(4 * works, 2)).astype(np.int32)
    held = np.unique(rng.integers(0, [works, items], size=(4 * works, 2)).astype(np.int32), axis=0)
    spelling = [f"W{one}" if one < works else f"word {one}" for one in printed[:, 1].tolist()]
    numbers = np.arange(works, dtype=np.int32)
    some = np.flatnonzero(rng.random(works) < 0.5).astype(np.int32)
    known, cited = (pa.array(rng.integers(0, 9, works).astype(np.int32), mask=rng.random(works) < 0.2) for _ in "ab")
    corpus_works = {
        "work": numbers,
        "key": [f"W{one}" for one in numbers],
        "title": pa.array(["Kota"] * works),
        "year": known,
        "citations": cited,
        "doi": ["" if one % 2 else f"word {one}" for one in numbers],
        "source": pa.array([("Tests", "", None)[one % 3] for one in numbers], pa.string()),
        "database": pa.array([("OpenAlex", "", None)[one % 3] for one in numbers], pa.string()),
    }
    corpus_values = {
        "work": printed[:, 0],
        "field": [("authors", "references", "affiliations", "affiliation_ids")[one % 4] for one in printed[:, 1]],
        "position": (printed[:, 1] % 5).astype(np.int32),
        "value": spelling,
    }
    return {
        "corpus_works": pa.table(corpus_works),
        "corpus_values": pa.table(corpus_values).sort_by([("work", "ascending"), ("value", "ascending")]),
        "fields": pa.table({"field": ["references"]}),
        "occurrences": pa.table({"unit": printed[:, 0], "spelling": spelling}),
        "listed": pa.table({"unit": held[:, 0], "item": held[:, 1], "times": np.ones(len(held), np.int32)}),
        "incidence": pa.table({"unit": held[:, 0], "item": held[:, 1], "times": np.ones(len(held), np.int32)}),
        "held": pa.table({"unit": held[:, 0], "item": held[:, 1]}),
        "levels": pa.table({"item": np.arange(items, dtype=np.int32), "level": rng.integers(1, 5, items)}),
        "kept": pa.table({"item": np.flatnonzero(rng.random(items) < 0.7).astype(np.int32)}),
        "least": pa.table({"times": [2]}),
        "most": pa.table({"items": [3]}),
        "shown_works": pa.table({"work": some}),
        "set_aside": pa.table({"work": some[::3]}),
        "sharing": pa.table({"records": [2]}),
        "shared": pa.table({"spelling": sorted(set(spelling)), "reference": np.arange(len(set(spelling)))}),
        "cited": pa.table({"work": held[:, 0], "reference": held[:, 1], "times": np.ones(len(held), np.int32)}),
        "members": pa.table({"work": numbers, "item": (numbers % items).astype(np.int32)}),
        "citations": pa.table({"citing": numbers, "cited": (numbers[::-1] // 2).astype(np.int32)}),
    }


def answers(engine: Engine, package: str, held: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """Ask every query of a package."""
    for name, table in held.items():
        engine.view(name, table)
    found = {name: engine.query(sql_text(package, name)) for name in queries(package)}
    return {
        name: table
        if "ORDER BY" in sql_text(package, name)
        else table.sort_by([(of, "ascending") for of in table.schema.names])
        for name, table in found.items()
    }


def compared(spark: Engine, package: str, held: dict[str, pa.Table]) -> None:
    """Names, types and every value are equal on both engines, and the order, where the query has one."""
    with DuckDB(threads=2) as engine:
        expected = answers(engine, package, held)
    for name, found in answers(spark, package, held).items():
        assert found.schema.equals(expected[name].schema), name
        assert found.equals(expected[name]), name


def test_every_query_gives_the_same_table_on_both_engines(spark: Engine) -> None:
    """The queries on a corpus in memory, whatever the corpus: the same on a server, elsewhere another in every run.

    Each query takes about a second whatever it counts: one corpus of any size tells more than several small ones.
    """
    seed = 0 if os.environ.get("CI") else random.SystemRandom().randrange(2**32)
    sizes = np.random.default_rng(seed)
    works, items = int(sizes.integers(20, 401)), int(sizes.integers(2, 81))
    print(f"corpus of seed {seed}")  # noqa: T201 -- pytest shows it where the test fails
    compared(spark, "benang.network", tables(seed, works, items))


def test_queries_on_whole_corpora_give_the_same_tables_too(spark: Engine) -> None:
    """The queries on a corpus that stays where it lies."""
    compared(spark, "benang.network.at_scale", at_scale(np.random.default_rng(4), works=50, items=20))


def test_the_executors_are_processes_of_their_own(spark: Engine) -> None:
    """Beside the driver two executors are at work; on a busy machine the second may start late."""
    context = spark._session.sparkContext  # type: ignore[attr-defined]
    assert context.master == MASTER
    patience = time.monotonic() + 120
    while (at_work := context._jsc.sc().getExecutorMemoryStatus().size()) < 3 and time.monotonic() < patience:
        time.sleep(0.2)
    assert at_work == 3


@pytest.mark.parametrize("n", [3, 700_000])
def test_tables_arrive_whole_whether_small_or_large(spark: Engine, n: int) -> None:
    """Small ones are sent, large ones go through a file; texts that are coded become texts."""
    word = pa.array(np.arange(n) % 3).cast(pa.string()).dictionary_encode()
    spark.view("numbers", pa.table({"n": np.arange(n), "word": word}))
    found = spark.query("SELECT word, COUNT(*) AS n, MAX(n) AS last FROM numbers GROUP BY word ORDER BY word")
    assert found.column("n").to_pylist() == [(n + 2 - at) // 3 for at in range(3)]
    assert found.column("last").to_pylist() == [at + 3 * ((n - 1 - at) // 3) for at in range(3)]


def test_a_folder_in_parts_reads_alike_on_both_engines(spark: Engine, tmp_path: Path) -> None:
    """Parts may lack a column, the number in a part's name is one of 64 bits, and other files are left alone."""
    for part, table in enumerate((pa.table({"work": [1], "year": [2019]}), pa.table({"work": [2]}))):
        (tmp_path / f"part={part}").mkdir()
        pq.write_table(table, tmp_path / f"part={part}" / "a.parquet")
    (tmp_path / "ledger.json").write_text("{}", encoding="ascii")
    found = []
    with DuckDB(threads=1) as duckdb:
        for engine in (duckdb, spark):
            engine.files("works", [tmp_path])
            engine.keep(f"held_{engine.name}", "SELECT part, work, year FROM works")
            found.append(engine.query(f"SELECT part, work, year FROM held_{engine.name} ORDER BY work"))  # noqa: S608
    assert found[0].equals(found[1])
    assert found[0].to_pydict() == {"part": [0, 1], "work": [1, 2], "year": [2019, None]}


def test_what_goes_wrong_in_java_is_told_without_a_traceback(
    spark: Engine, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A damaged file and a query that fails each give one sentence, and nothing is printed."""
    (tmp_path / "works.parquet").write_text("no table", encoding="ascii")
    with pytest.raises(BenangError, match="can't read these Parquet files") as damaged:
        spark.files("works", [tmp_path / "works.parquet"])
    with pytest.raises(BenangError, match="Spark stopped counting") as failed:
        spark.query("SELECT 1 / 0 AS n")
    assert all(len(str(one.value).splitlines()) == 1 for one in (damaged, failed))
    assert capfd.readouterr() == ("", "")


def test_a_session_that_runs_is_used_and_left_running(spark: Engine) -> None:
    """A second engine sees none of the first one's tables, and another master is refused."""
    spark.view("mine", pa.table({"n": [1]}))
    with open_engine("spark") as second:
        second.view("yours", pa.table({"n": [2]}))
        with pytest.raises(BenangError, match="TABLE_OR_VIEW_NOT_FOUND"):
            second.query("SELECT n FROM mine")
    with pytest.raises(BenangError, match="Spark is already running on local-cluster"):
        open_engine("local[1]")
    assert spark.query("SELECT n FROM mine").to_pydict() == {"n": [1]}


def test_ctrl_c_stops_a_query_on_the_executors(spark: Engine) -> None:
    """The user who stops a long count gets the prompt back, and the session serves on."""
    main = threading.main_thread().ident
    assert main is not None
    forever = "SELECT COUNT(*) AS n FROM range(100000000000000) WHERE id % 7 = 3"

    def stop() -> None:
        deadline = time.monotonic() + 120
        tracker = spark._session.sparkContext.statusTracker()  # type: ignore[attr-defined]
        while not tracker.getActiveStageIds() and time.monotonic() < deadline:
            time.sleep(0.1)
        signal.pthread_kill(main, signal.SIGINT)

    stopping = threading.Thread(target=stop)
    stopping.start()
    with pytest.raises(KeyboardInterrupt):
        spark.query(forever)
    stopping.join()
    assert spark.query("SELECT 1 AS n").to_pydict() == {"n": [1]}
