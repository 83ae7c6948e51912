"""The parts of a corpus folder belong together: what its ledger says of the tables, held against those that are there.

A folder may hold parts of two corpora where files were copied, or a drive that syncs has brought some of them only.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from benang import files
from benang.errors import BenangError, Problem
from benang.records.ledger import Ledger

TABLES_KEY = "tables"
"""The key of the ledger's file that has the hash of each table; corpora of earlier versions lack it."""


def table_hashes(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return what the ledger's file says of the tables: by file name, the hash of what was written.

    Examples
    --------
    >>> table_hashes({"works.parquet": b""})["works.parquet"][:8]
    'e3b0c442'
    """
    return {name: files.sha256(data) for name, data in parts.items()}


def check_hashes(folder: Path, said: Mapping[str, Any], hashes: Mapping[str, str]) -> None:
    """Refuse tables that are not those which the ledger was written with.

    Parameters
    ----------
    folder
        The folder, named in the error.
    said
        What stands in `ledger.json`; of an earlier version, it says nothing about tables.
    hashes
        The hashes of the tables that are there, of all or of those that are read.

    Raises
    ------
    BenangError
        With the names of the files that belong to another corpus.
    """
    known = said.get(TABLES_KEY)
    if known is None:
        return
    known = known if isinstance(known, Mapping) else {}
    others = sorted(name for name, digest in hashes.items() if known.get(name) != digest)
    if others:
        raise _mixed(
            folder, f"{', '.join(others)} {'is' if len(others) == 1 else 'are'} of another corpus than the ledger"
        )


def check_counts(folder: Path, tables: Mapping[str, pa.Table], ledger: Ledger) -> None:
    """Refuse tables that can't be of one corpus: more works than were read, values of works that aren't there.

    Raises
    ------
    BenangError
        With what doesn't agree.
    """
    works = tables["works"].num_rows
    if ledger.files and works > ledger.read:
        raise _mixed(folder, f"{works:,} works of {ledger.read:,} records that the ledger says were read")
    for name, table in tables.items():
        last = pc.max(table.column("work")).as_py()
        if last is not None and last >= works:
            raise _mixed(folder, f"{name}.parquet has values of work {last + 1:,}, and works.parquet {works:,} works")


def _mixed(folder: Path, found: str) -> BenangError:
    return BenangError(
        Problem(
            f"the parts of two corpora, old and new: {found}",
            where=str(folder),
            way_on="Write the corpus again: benang records EXPORTS -o FOLDER.",
        )
    )
