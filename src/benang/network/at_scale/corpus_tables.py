"""A corpus that stays where it lies: Parquet in a folder, seen by an engine, and what of it a network shows.

Its tables are files, one file a table or several parts. Only the records behind the items that are shown are read, with
their values and what they cite.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from scipy import sparse

from benang import files
from benang.engine import Engine, sql_text
from benang.errors import BenangError, Problem
from benang.kinds import KINDS, Counting
from benang.locale.writing import worded
from benang.network.at_scale.engine_items import PACKAGE, Asked, Counted, Ints, see_kept
from benang.network.incidence import Incidence
from benang.network.item_network import item_network
from benang.network.network import CSR, Cited, Floats, Network
from benang.network.record_entries import are_shared
from benang.network.record_values import RecordValues, over_means, record_labels, values_by_record
from benang.progress import Progress, silent
from benang.readers import Remarks
from benang.readers import openalex_snapshot as reader
from benang.records.corpus import Corpus, corpus_of
from benang.records.corpus_files import LEDGER, TABLES_KEY, check_hashes, no_corpus
from benang.safe_files import check_ordinary
from benang.unfinished import remove_leftovers, settle, temporary_prefix

PARTS = ("works", "values")
"""The tables that networks are counted from, by their names in a corpus folder."""
MANIFEST = "parts.json"
"""The file that is written last into a folder of parts: without it the folder is incomplete."""
ROWS = 500_000
"""Records in a part: some hundred megabytes."""

_WORKS = ("work", "key", "title", "year", "source", "doi", "citations", "database")
_VALUES = ("work", "field", "position", "value")
"""The columns that queries read."""


@dataclass(frozen=True)
class CorpusTables:
    """A corpus of which nothing has been read yet: where its tables lie, for an engine to look at.

    `works` and `values` are Parquet files, or folders of them, with the columns of `Corpus`.
    """

    folder: Path
    works: Path
    values: Path

    def open_in(self, engine: Engine) -> None:
        """Let the queries of an engine see `corpus_works` and `corpus_values`.

        Raises
        ------
        BenangError
            Where a file is damaged, or lacks a column.
        """
        for name, path, columns in (("works", self.works, _WORKS), ("values", self.values, _VALUES)):
            engine.files(f"corpus_{name}", [path])
            _check_columns(path, columns)


def _check_columns(path: Path, columns: Sequence[str]) -> None:
    """Refuse a table that lacks columns; the parts of one are alike, so that the first one tells."""
    first = next(path.rglob("*.parquet")) if path.is_dir() else path
    there = set(pq.read_schema(first).names)
    if missing := [f"'{name}'" for name in columns if name not in there]:
        message = worded("no column {names}", names=", ".join(missing))
        way_on = "Write it again: benang records EXPORTS -o FOLDER."
        raise BenangError(
            Problem(
                message,
                where=str(path),
                expected=worded("the columns {names}", names=", ".join(columns)),
                way_on=way_on,
            )
        )


def is_parted_corpus(folder: Path) -> bool:
    """Recognise a folder that holds a corpus in parts, by its folders `works` and `values` with Parquet in them."""
    return all(next((folder / name).rglob("*.parquet"), None) is not None for name in PARTS)


def corpus_tables(folder: Path) -> CorpusTables:
    """Find the tables of a corpus in a folder: as `benang records … -o FOLDER` or `write_partitioned` wrote them.

    Raises
    ------
    BenangError
        Where the folder holds no corpus, one that was not written to its end, or parts of two.
    """
    single = [folder / f"{name}.parquet" for name in PARTS]
    settle(*single, folder / LEDGER)
    if all(path.exists() for path in single):
        _check_ordinary(single)
        _check_together(folder, single)
        return CorpusTables(folder, *single)
    if is_parted_corpus(folder):
        _check_ordinary([path for name in PARTS for path in sorted((folder / name).rglob("*.parquet"))])
        return CorpusTables(folder, *(folder / name for name in PARTS))
    raise no_corpus(folder, "works.parquet and values.parquet, or folders works and values with Parquet in them")


def _check_ordinary(paths: Iterable[Path]) -> None:
    """Refuse what the engine would wait for: a pipe under the name of a table."""
    for path in paths:
        with contextlib.suppress(OSError):  # whoever opens it says why it can't be
            check_ordinary(path)


def _check_together(folder: Path, tables: Sequence[Path]) -> None:
    """Compare the tables with the ledger beside them, if it says which tables it belongs to."""
    try:
        account = json.loads((folder / LEDGER).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return  # a folder of tables that another program made
    if isinstance(account, dict) and TABLES_KEY in account:
        check_hashes(folder, account, {path.name: _digest(path) for path in tables})


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BenangError(
            Problem(worded("the file can't be read ({reason})", reason=error.strerror), where=str(path))
        ) from None


def write_partitioned(
    corpora: Corpus | Iterable[Corpus],
    folder: Path,
    *,
    rows_per_part: int = ROWS,
    counts: Mapping[str, int] | None = None,
    progress: Progress = silent,
) -> CorpusTables:
    """Write a corpus in parts, `works/part=0/records.parquet` and so on, one piece after the other.

    Pieces may come one by one, so that they are never in memory together: their records are numbered through. The
    folder appears when all of it is written, or not at all.

    Parameters
    ----------
    corpora
        A corpus, or the pieces of one.
    folder
        A new folder.
    rows_per_part
        Records in a part, at most.
    counts
        What else was counted while the pieces came; it goes into the last file, `parts.json`.
    progress
        Called with how many records have been written.

    Raises
    ------
    BenangError
        Where the folder is there already, or can't be written.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> with tempfile.TemporaryDirectory() as room:
    ...     tables = write_partitioned(corpus_of([Record("a"), Record("b")]), Path(room) / "corpus", rows_per_part=1)
    ...     sorted(path.parent.name for path in tables.works.rglob("*.parquet"))
    ['part=0', 'part=1']
    """
    if folder.exists():
        raise BenangError(
            Problem("a file or folder of this name already exists", where=str(folder), way_on="Choose another name.")
        )
    files.check_writable(folder / MANIFEST)
    folder.parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(folder.parent)
    room = Path(tempfile.mkdtemp(prefix=temporary_prefix(), dir=folder.parent))
    try:
        parts = records = 0
        for corpus in (corpora,) if isinstance(corpora, Corpus) else corpora:
            for begin in range(0, len(corpus), rows_per_part):
                _write_part(corpus, begin, begin + rows_per_part, room, part=parts, shift=records - begin)
                records += min(rows_per_part, len(corpus) - begin)
                parts += 1
                progress(worded("Written: {n:,} records", n=records), 0.0)
        (room / MANIFEST).write_text(
            json.dumps({"parts": parts, "records": records, **(counts or {})}) + "\n", encoding="utf-8"
        )
        room.chmod(0o755)
        room.rename(folder)
    except OSError as error:
        message = worded("can't write here ({reason})", reason=error.strerror)
        raise BenangError(Problem(message, where=str(folder), way_on="Choose a folder with enough space.")) from None
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return CorpusTables(folder, *(folder / name for name in PARTS))


def _write_part(corpus: Corpus, begin: int, end: int, room: Path, *, part: int, shift: int) -> None:
    """Write records from one place to another, as one part; `shift` leads to their numbers in the whole."""
    works = corpus.works.slice(begin, end - begin)
    if "abstract" in works.column_names:  # long, and nothing here asks for it
        works = works.drop_columns(["abstract"])
    number = corpus.values.column("work")
    values = corpus.values.filter(pc.and_(pc.greater_equal(number, begin), pc.less(number, end)))
    for name, table in (("works", works), ("values", values)):
        place = room / name / f"part={part}"
        place.mkdir(parents=True)
        pq.write_table(_shifted(table, shift), place / "records.parquet", compression="zstd")


def _shifted(table: pa.Table, shift: int) -> pa.Table:
    moved = (table.column("work").to_numpy().astype(np.int64) + shift).astype(np.int32)
    return table.set_column(table.column_names.index("work"), "work", pa.array(moved))


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
        raise BenangError(Problem("this folder does not contain an OpenAlex snapshot", where=str(snapshot)))
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
            works = rows.filter(pa.array(is_work))
            counts["set_aside"] += len(rows) - len(works)
            any_work |= bool(len(works))
            if len(works):
                yield reader.corpus_part(works, places[is_work], part, Remarks())
    if not any_work:
        raise reader.without_works(snapshot)


def shown_corpus(engine: Engine, works: Ints) -> Corpus:
    """Bring some records here, numbered from 0, with what a label and a weight are made of.

    They have a key, title, year, citations and DOI, and their first three authors.
    """
    engine.view("shown_works", pa.table({"work": works.astype(np.int32)}))
    table = engine.query(sql_text(PACKAGE, "shown_works"))
    authors = engine.query(sql_text(PACKAGE, "first_authors"))
    shape = corpus_of(())
    n = table.num_rows
    columns = {"work": pa.array(np.arange(n, dtype=np.int32))}
    for field in shape.works.schema:
        if field.name in table.column_names and field.name != "work":
            columns[field.name] = table.column(field.name).cast(field.type)
        elif field.name != "work":
            empty = "" if pa.types.is_string(field.type) else None
            columns[field.name] = pa.array([empty] * n, field.type)
    at = np.searchsorted(table.column("work").to_numpy(), authors.column("work").to_numpy()).astype(np.int32)
    values = authors.set_column(0, "work", pa.array(at)).cast(shape.values.schema)
    return replace(shape, works=pa.table(columns, shape.works.schema), values=values)


def shown_values(engine: Engine, corpus: Corpus) -> RecordValues:
    """Return years and citations of records that came here; these over the mean of their year in the whole corpus.

    The engine sees those that were set aside as `set_aside(work)`: they change no mean.
    """
    years, citations = values_by_record(corpus, "year"), values_by_record(corpus, "citations")
    normalized = None if years is None or citations is None else _normalized(engine, years, citations)
    return RecordValues(years, citations, normalized)


def _normalized(engine: Engine, years: Floats, citations: Floats) -> Floats:
    """Divide as `normalized_citations` does, with means that the engine has counted."""
    by_year = engine.query(sql_text(PACKAGE, "cited_by_year"))
    known = by_year.column("year").to_numpy().astype(np.float64)
    means = by_year.column("citations").to_numpy().astype(np.float64) / by_year.column("records").to_numpy()
    return over_means(citations, years, known, means, np.isfinite(citations) & np.isfinite(years))


def item_network_of(engine: Engine, asked: Asked, counted: Counted, items: Ints, links: CSR) -> Network:
    """Bring the records of the items that are shown here, and make the network with weights and scores."""
    matrix, corpus = shown_incidence(engine, asked, items)
    incidence = Incidence(
        ids=tuple(counted.named.ids[i] for i in items),
        labels=tuple(counted.named.labels[i] for i in items),
        matrix=matrix,
        units=corpus.keys,
        item_kind=asked.items,
        link_kind=asked.link,
        weight=KINDS[asked.items].weight,
        values=shown_values(engine, corpus),
        unit_labels=record_labels(corpus),
    )
    return item_network(incidence, np.arange(len(items)), links, counted.documents[items], scores=asked.scores)


def shown_incidence(engine: Engine, asked: Asked, items: Ints) -> tuple[CSR, Corpus]:
    """Bring the records that hold some items: records × items, and the records."""
    asked.progress("Loading the records behind the items shown", 0.8)
    see_kept(engine, items)
    pairs = engine.query(sql_text(PACKAGE, "shown"))
    works, rows = np.unique(pairs.column("unit").to_numpy(), return_inverse=True)
    columns = np.searchsorted(items, pairs.column("item").to_numpy())
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(works), len(items)))
    matrix.sort_indices()
    return matrix, shown_corpus(engine, works)


def with_cited(engine: Engine, network: Network, counting: Counting) -> Network:
    """Add what the records of a network of coupling or citation cite; the engine sees these as `shown_works`."""
    cited = (
        _among_themselves(engine, network) if network.link_kind == "citation" else _shared(engine, network, counting)
    )
    return replace(network, cited=cited)


def _shared(engine: Engine, network: Network, counting: Counting) -> Cited:
    """Bring the references that two records or more have in common, or two items that count once: works × records."""
    engine.view("sharing", pa.table({"records": [1 if counting == "binary" else 2]}))
    pairs = engine.query(sql_text(PACKAGE, "cited_shown"))
    spelling = pc.dictionary_encode(pairs.column("spelling").combine_chunks())
    works = spelling.dictionary.to_pylist()
    matrix = _matrix(spelling.indices, pairs.column("place"), (len(works), len(network.records)))
    shared = np.flatnonzero(are_shared(matrix, network.incidence, counting))
    names = tuple(works[at] for at in shared)
    return Cited(names, names, sparse.csr_array(matrix[shared]))


def _among_themselves(engine: Engine, network: Network) -> Cited:
    """Bring the citations of one record by another: records × records."""
    pairs = engine.query(sql_text(PACKAGE, "citations_shown"))
    n = len(network.records)
    matrix = _matrix(pairs.column("cited"), pairs.column("citing"), (n, n))
    return Cited(network.records, network.record_labels, matrix)


def _matrix(rows: pa.Array | pa.ChunkedArray, columns: pa.ChunkedArray, shape: tuple[int, int]) -> CSR:
    matrix = sparse.csr_array((np.ones(len(rows)), (rows.to_numpy(), columns.to_numpy())), shape=shape)
    matrix.sort_indices()
    return matrix
