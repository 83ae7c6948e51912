"""Which engine counts: the one that the user names."""

from __future__ import annotations

from benang.engine.duckdb_engine import DuckDB
from benang.engine.engine import Engine
from benang.errors import unknown

ENGINES = ("duckdb",)
"""The engines, the usual one first."""


def open_engine(name: str = "duckdb") -> Engine:
    """Start the engine of a name, to be used in a `with` statement.

    Raises
    ------
    BenangError
        For a name that no engine has, and where an engine is not installed: how to install it is told.

    Examples
    --------
    >>> with open_engine("duckdb") as engine:
    ...     engine.name
    'duckdb'
    """
    if name != "duckdb":
        raise unknown(name, ENGINES, where="engine", expected="an engine")
    return DuckDB()
