"""Which engine counts: the one that the user names."""

from __future__ import annotations

import re

from benang.engine.duckdb_engine import DuckDB
from benang.engine.engine import Engine
from benang.errors import unknown
from benang.progress import Progress, silent

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
