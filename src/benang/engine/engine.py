"""What every engine can do, and the SQL texts that all of them run word for word.

A query is a text in a `.sql` file; its inputs are tables, its output is a table. What a query needs to know (which
items are kept, say) is a table too, so that no text is ever put together from parts. Queries count in integers and
sort what they return: then the answer has the same bytes on every engine, with any number of threads or machines.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import pyarrow as pa

from benang.errors import BenangError, Problem, argument
from benang.locale.writing import worded


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
