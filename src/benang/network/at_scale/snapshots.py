"""A snapshot of OpenAlex → a corpus in parts, part after part: it never stands in memory as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from benang.errors import BenangError, Problem
from benang.network.at_scale.corpus_tables import ROWS, CorpusTables, write_partitioned
from benang.ordinary_files import check_ordinary
from benang.progress import Progress, silent
from benang.readers import openalex_snapshot as reader
from benang.readers.source import Remarks
from benang.records.corpus import Corpus


def snapshot_tables(snapshot: Path, folder: Path, *, progress: Progress = silent) -> CorpusTables:
    """Turn a snapshot of OpenAlex's works into a corpus in parts, in a new folder.

    Records are those of `read_openalex_snapshot`, without abstracts and without the account of each file; lines that
    are no work are left out, and counted in the folder's `parts.json`. Any engine reads the folder, many times faster
    than the snapshot.

    Raises
    ------
    BenangError
        Where the folder holds no snapshot, a part can't be read, or nothing is in it.
    """
    if not reader.is_openalex_snapshot(snapshot):
        raise BenangError(Problem("this folder holds no snapshot of OpenAlex", where=str(snapshot)))
    counts = {"set_aside": 0}
    return write_partitioned(_pieces(snapshot, counts), folder, rows_per_part=ROWS, counts=counts, progress=progress)


def _pieces(snapshot: Path, counts: dict[str, int]) -> Iterator[Corpus]:
    """Give the works of a snapshot some ten thousand at a time."""
    root = reader.snapshot_root(snapshot)
    paths = sorted(root.glob(reader.PARTS)) if root else []
    any_work = False
    for path in paths:
        part = reader.Part(f"{snapshot.as_posix()}/{path.relative_to(snapshot).as_posix()}", str(path), "", 0, None)
        seen = 0
        check_ordinary(path)
        for rows in reader.batches_of([part.path], snapshot):
            is_work = rows["is_work"].to_numpy(zero_copy_only=False)
            places = np.arange(seen + 1, seen + len(rows) + 1)
            seen += len(rows)
            held = rows.filter(pa.array(is_work))
            counts["set_aside"] += len(rows) - len(held)
            any_work |= bool(len(held))
            if len(held):
                yield reader.corpus_part(held, places[is_work], part, Remarks())
    if not any_work:
        raise reader.without_works(snapshot)
