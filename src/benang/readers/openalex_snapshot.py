"""A snapshot of OpenAlex: a folder of compressed parts, a work a line, which the engine reads into a corpus."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benang.engine import DuckDB, sql_text
from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.readers import Remarks
from benang.readers.openalex_columns import corpus_of_columns
from benang.records.corpus import Corpus, stacked
from benang.records.identity import with_keys
from benang.records.record import FileAccount, Ledger, SetAside
from benang.safe_files import check_ordinary
from benang.unfinished import temporary_folder

_WITHIN = ("", "works", "data/works")  # as it is downloaded, whole or only the works
PARTS = "updated_date=*/*.gz"
_AT_ONCE = 50_000
_ROOM, _PIECE, _LONGEST = 1 << 20, 1 << 24, 1 << 28
_GZIP = 16 + zlib.MAX_WBITS
_BROKEN = b"?"
_NO_WORK = "the line is not an OpenAlex work in JSON"
_CUT = "the part ends in the middle of this work: its download is incomplete"
_FORM = "OpenAlex snapshot"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the snapshot: how many lines with something in them, which lines they are where some are empty."""

    name: str
    path: str
    sha256: str
    n_lines: int
    lines: np.ndarray | None
    cut: int = 0

    def line(self, place: int) -> int:
        """Return the line of the work at a place."""
        return int(self.lines[place - 1]) if self.lines is not None else place


def is_openalex_snapshot(folder: Path) -> bool:
    """Recognise a snapshot by its folders `updated_date=…` with compressed parts, at the top or under `works`."""
    return bool(snapshot_root(folder))


def read_openalex_snapshot(folder: Path, origins: Mapping[str, str]) -> Corpus:
    """Read a snapshot of OpenAlex's works; of the same lines, `read_openalex` makes the same records.

    Every part has its account: its lines are counted when it is unpacked, before the engine parses them. A line that is
    no work is set aside; of a part that was cut off, what is whole is read.

    Raises
    ------
    BenangError
        Where no work can be read, a part can't be opened, or neither memory nor disk has room.
    """
    root = snapshot_root(folder)
    with temporary_folder() as room:
        paths = sorted(root.glob(PARTS)) if root else []
        names = [f"{folder.as_posix()}/{path.relative_to(folder).as_posix()}" for path in paths]
        parts = [_counted(path, name, Path(room)) for path, name in zip(paths, names, strict=True)]
        corpora, accounts = _read(parts, folder)
    if not corpora or not any(map(len, corpora)):
        raise without_works(folder)
    return _finished(stacked(corpora), accounts, origins)


def without_works(folder: Path) -> BenangError:
    """Refuse a snapshot that has no work in it."""
    return BenangError(
        Problem("no work in this snapshot", where=str(folder), way_on="Download the works' parts again.")
    )


def snapshot_root(folder: Path) -> Path | None:
    """Return the folder in which the parts of the works lie."""
    if not folder.is_dir():
        return None
    return next((folder / one for one in _WITHIN if next((folder / one).glob(PARTS), None) is not None), None)


def _counted(path: Path, name: str, room: Path) -> Part:
    """Count the lines of a part; one that was cut off is unpacked into `room` as far as it goes."""
    digest = hashlib.sha256()
    try:
        check_ordinary(path)
        with path.open("rb") as file:
            while piece := file.read(_ROOM):
                digest.update(piece)
        lines, cut = _lines_with_text(path)
    except OSError as error:
        raise BenangError(
            Problem(worded("the part can't be read ({reason})", reason=error.strerror or error), where=name)
        ) from None
    if not cut:
        return Part(name, str(path), digest.hexdigest(), *lines)
    whole = room / f"{len(list(room.iterdir()))}.jsonl"
    with whole.open("wb") as out:
        for line in _unpacked(path):
            if line is not _BROKEN:
                out.write(line + b"\n")
    return Part(name, str(whole), digest.hexdigest(), *lines, cut=cut)


def _lines_with_text(path: Path) -> tuple[tuple[int, np.ndarray | None], int]:
    """Count the whole lines that are not empty, and name them where some are; return the line that is cut too, or 0."""
    count = cut = 0
    filled: list[int] | None = None
    for number, line in enumerate(_unpacked(path), 1):
        if line is _BROKEN:
            cut = number
        elif not line.strip():
            filled = list(range(1, number)) if filled is None else filled
        else:
            count += 1
            if filled is not None:
                filled.append(number)
    return (count, np.array(filled, dtype=np.int64) if filled is not None else None), cut


def _unpacked(path: Path) -> Iterator[bytes]:
    """Give the lines of a part; where it was cut off or is damaged, `_BROKEN` instead of the line in which it ends."""
    rest = b""
    for piece in _pieces(path):
        if piece is _BROKEN or len(rest) > _LONGEST:
            yield _BROKEN
            return
        *whole, rest = (rest + piece).split(b"\n")
        yield from whole
    if rest:
        yield rest


def _pieces(path: Path) -> Iterator[bytes]:
    """Give the text of a compressed file piece by piece, and `_BROKEN` at last where it doesn't end as it should."""
    unpacker = zlib.decompressobj(_GZIP)
    with path.open("rb") as file:
        data = file.read(_ROOM)
        try:
            while data:
                if unpacker.eof:  # several may follow one another
                    unpacker = zlib.decompressobj(_GZIP)
                yield unpacker.decompress(data, _PIECE)
                data = unpacker.unused_data.lstrip(b"\0") if unpacker.eof else unpacker.unconsumed_tail
                data = data or file.read(_ROOM)
            yield unpacker.flush()
        except zlib.error:
            yield _BROKEN
            return
    if not unpacker.eof:
        yield _BROKEN


def _read(parts: Sequence[Part], folder: Path) -> tuple[list[Corpus], tuple[FileAccount, ...]]:
    """Let the engine read the parts, and account for each."""
    by_path = {part.path: number for number, part in enumerate(parts)}
    seen, read = [0] * len(parts), [0] * len(parts)
    aside: list[list[SetAside]] = [[] for _ in parts]
    remarks = [Remarks() for _ in parts]
    corpora = []
    for batch in batches_of([part.path for part in parts if part.n_lines], folder):
        for path, rows in _by_part(batch):
            number = by_path[path]
            part = parts[number]
            places = np.arange(seen[number] + 1, seen[number] + len(rows) + 1)
            seen[number] += len(rows)
            is_work = rows["is_work"].to_numpy(zero_copy_only=False)
            aside[number] += [SetAside(int(one), part.line(int(one)), _NO_WORK) for one in places[~is_work]]
            read[number] += int(is_work.sum())
            corpora.append(corpus_part(rows.filter(pa.array(is_work)), places[is_work], part, remarks[number]))
    accounts = []
    for number, part in enumerate(parts):
        if part.cut:
            aside[number].append(SetAside(part.n_lines + 1, part.cut, _CUT))
        total = part.n_lines + bool(part.cut)
        left = tuple(aside[number])
        notes = remarks[number].notes()
        accounts.append(FileAccount(part.name, _FORM, part.sha256, total, read[number], left, notes))
    return corpora, tuple(accounts)


def batches_of(paths: list[str], folder: Path) -> Iterator[pa.RecordBatch]:
    """Read the works of parts of a snapshot, some thousands at a time."""
    if not paths:
        return
    try:
        with DuckDB() as engine:
            query = sql_text("benang.readers", "openalex_snapshot")
            yield from engine.batches(query, {"files": paths}, rows=_AT_ONCE)
    except duckdb.Error as error:
        problem = worded("the engine can't read this snapshot ({reason})", reason=str(error).splitlines()[0][:200])
        raise BenangError(Problem(problem, where=str(folder), way_on="Download the parts again.")) from None


def _by_part(batch: pa.RecordBatch) -> Iterator[tuple[str, pa.RecordBatch]]:
    """Divide rows by the part that they come from; the rows of a part are together, in its order."""
    ends = pc.run_end_encode(batch["file"])
    begin = 0
    for end, path in zip(ends.run_ends.to_pylist(), ends.values.to_pylist(), strict=True):
        yield path, batch.slice(begin, end - begin)
        begin = end


def corpus_part(rows: pa.RecordBatch, places: np.ndarray, part: Part, remarks: Remarks) -> Corpus:
    """Put works of one part, at their places in it, into the columns of a corpus; each has a key."""
    lines = part.lines[places - 1] if part.lines is not None else places
    n = len(places)
    corpus = corpus_of_columns(
        {name: rows[name] for name in rows.schema.names},
        pa.array(places.astype(np.int32)),
        pa.array(lines.astype(np.int32)),
        pa.array([part.name] * n, pa.string()),
        remarks,
    )
    return _with_said_keys(corpus)


def _with_said_keys(corpus: Corpus) -> Corpus:
    """Give works without an id, which are few, the key that they say."""
    if pc.all(pc.not_equal(corpus.works["key"], "")).as_py() is not False:
        return corpus
    keys = pa.array([one.key for one in with_keys(corpus.records)], pa.string())
    return replace(corpus, works=corpus.works.set_column(corpus.works.column_names.index("key"), "key", keys))


def _finished(corpus: Corpus, accounts: tuple[FileAccount, ...], origins: Mapping[str, str]) -> Corpus:
    """Give the second work of a key one of its own, and say where the fields come from."""
    works, noted = _with_keys_once(corpus.works)
    accounts = tuple(replace(account, notes=(*account.notes, *noted.get(account.path, ()))) for account in accounts)
    marks = corpus.origins
    if origins:
        n = len(corpus)
        marks = pa.table(
            {
                "work": pa.array(np.repeat(np.arange(n, dtype=np.int32), len(origins))),
                "field": pa.array(list(origins) * n, pa.string()),
                "value": pa.array(list(origins.values()) * n, pa.string()),
            },
            marks.schema,
        )
    return replace(corpus, works=works, origins=marks, ledger=Ledger(accounts))


def _with_keys_once(works: pa.Table) -> tuple[pa.Table, dict[str, list[str]]]:
    """Give the second work of a key, and later ones, `-2` behind it, and the notes on that for each part."""
    keys = works["key"].combine_chunks()
    counts = pc.value_counts(keys)
    often = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    noted: dict[str, list[str]] = {}
    if not len(often):
        return works, noted
    at = np.flatnonzero(pc.is_in(keys, often).to_numpy(zero_copy_only=False))
    taken = set(often.to_pylist())
    seen: set[str] = set()
    new = []
    for place in at.tolist():
        key = own_key = keys[place].as_py()
        number = 1
        while own_key in seen or (own_key in taken and own_key != key):
            number += 1
            own_key = f"{key}-{number}"
        seen.add(own_key)
        new.append(own_key)
        if own_key != key:
            note = worded(
                "record {n}: its ID '{id}' also belongs to an earlier record. Kept as '{key}'.",
                n=works["place"][place].as_py(),
                id=key,
                key=own_key,
            )
            noted.setdefault(works["file"][place].as_py(), []).append(note)
    mask = np.zeros(len(keys), dtype=bool)
    mask[at] = True
    once = pc.replace_with_mask(keys, pa.array(mask), pa.array(new, pa.string()))
    return works.set_column(works.column_names.index("key"), "key", once), noted
