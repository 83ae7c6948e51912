"""A corpus on disk as Parquet: written once, read again without its exports, open to any program that reads Parquet.

The parts of its folder belong together: what the ledger says of the tables is compared with those that are there. A
folder may hold parts of two corpora where files were copied, or a drive that syncs has brought some of them only.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benang import files
from benang.errors import BenangError, Problem
from benang.evidence import Argument, Step
from benang.locale.writing import as_worded, worded
from benang.records.corpus import TABLES, Corpus, corpus_of
from benang.records.record import FileAccount, Ledger, SetAside
from benang.safe_files import UNLINK, check_within
from benang.unfinished import HIDDEN, settle

FORMAT = 1
"""The version of the folder's layout; a newer one is refused by name."""

LEDGER = "ledger.json"


def corpus_parts(folder: Path) -> tuple[Path, ...]:
    """Name the files of a corpus folder."""
    return (*(folder / f"{name}.parquet" for name in TABLES), folder / LEDGER)


def is_corpus_folder(path: Path) -> bool:
    """Recognise a folder that holds a corpus by its `works.parquet` and `ledger.json`.

    Where a run was killed while it put these in place, that is finished first.

    Raises
    ------
    BenangError
        Where it can't be, and the parts don't belong together.
    """
    settle(*corpus_parts(path))
    return (path / "works.parquet").is_file() and (path / LEDGER).is_file()


def write_corpus(corpus: Corpus, folder: Path) -> None:
    """Write a corpus into a folder: a Parquet file a table, and `ledger.json` with accounts and history.

    All files are replaced together. `read_corpus` gives an equal corpus again. Same corpus, same bytes.

    Raises
    ------
    BenangError
        Where the folder holds other things already, or can't be written.
    """
    check_corpus_folder(folder)
    parts = {f"{name}.parquet": _parquet(getattr(corpus, name)) for name in TABLES}
    account = {
        "format": FORMAT,
        "ledger": ledger_json(corpus.ledger),
        "history": [step.as_json() for step in corpus.history],
        TABLES_KEY: table_hashes(parts),
    }
    parts[LEDGER] = (json.dumps(account, ensure_ascii=False, indent=1) + "\n").encode()
    files.write_together({folder / name: data for name, data in parts.items()})


def check_corpus_folder(folder: Path) -> None:
    """Refuse to mix a corpus with other files: the folder is new, empty, or holds a corpus.

    Raises
    ------
    BenangError
        Where it is neither, or no folder, or a part of it is a link that leads out of it.
    """
    check_within(folder, corpus_parts(folder), way_on=UNLINK)
    if folder.is_file():
        way_on = "Name a folder, or a file that ends in .ris, .bib, .csv, .xlsx or .json."
        raise BenangError(
            Problem("this is a file; a corpus is written into a folder", where=str(folder), way_on=way_on)
        )
    if folder.is_dir() and not is_corpus_folder(folder) and any(_users_files(folder)):
        raise BenangError(
            Problem(
                "a folder that contains other files",
                where=str(folder),
                expected="a new folder for the corpus",
                way_on="Choose another name.",
            )
        )


def _users_files(folder: Path) -> Iterator[Path]:
    """Return what is in a folder, except what another run is writing."""
    return (path for path in folder.iterdir() if not path.name.startswith(HIDDEN))


def no_corpus(folder: Path, expected: str = "") -> BenangError:
    """Refuse a folder that holds something else."""
    way_on = "Write one: benang records EXPORTS -o FOLDER."
    return BenangError(
        Problem("this folder does not contain a corpus", where=str(folder), expected=expected, way_on=way_on)
    )


def read_corpus(folder: Path) -> Corpus:
    """Read a corpus that `write_corpus` wrote; it equals the one that was written, with its ledger and history.

    Raises
    ------
    BenangError
        Where the folder holds no corpus, one of a newer format, one that was damaged, or parts of two.
    """
    if not is_corpus_folder(folder):
        raise no_corpus(folder)
    about = _read_ledger(folder / LEDGER)
    empty = corpus_of(())
    parts = {name: files.read_bytes(folder / f"{name}.parquet") for name in TABLES}
    tables = {
        name: _table(data, getattr(empty, name).schema, folder / f"{name}.parquet") for name, data in parts.items()
    }
    ledger = ledger_of(about["ledger"], where=str(folder / LEDGER))
    check_hashes(folder, about, table_hashes({f"{name}.parquet": data for name, data in parts.items()}))
    check_counts(folder, tables, ledger)
    return Corpus(
        **tables,
        ledger=ledger,
        history=tuple(_step(step) for step in about.get("history", ())),
    )


def ledger_json(ledger: Ledger) -> dict[str, Any]:
    """Return the ledger as JSON: its totals and the account of every file.

    Examples
    --------
    >>> account = FileAccount("a.ris", "RIS", "", found=2, read=1, set_aside=(SetAside(2, 14, "no content"),))
    >>> ledger = ledger_json(Ledger((account,)))
    >>> ledger["found"], ledger["read"], ledger["set_aside"], ledger["files"][0]["set_aside"][0]["reason"]
    (2, 1, 1, 'no content')
    >>> ledger_of(ledger) == Ledger((account,))
    True
    """
    accounts = [asdict(account) for account in ledger.files]
    return {"found": ledger.found, "read": ledger.read, "set_aside": ledger.set_aside, "files": accounts}


def ledger_of(stored: Mapping[str, Any], *, where: str = "") -> Ledger:
    """Make a ledger of what `ledger_json` returned.

    Raises
    ------
    BenangError
        Where an account is damaged, or its counts don't add up.
    """
    try:
        return Ledger(
            tuple(
                FileAccount(
                    **{
                        **account,
                        "set_aside": tuple(SetAside(**one) for one in account["set_aside"]),
                        "notes": tuple(account["notes"]),
                    }
                )
                for account in stored["files"]
            )
        )
    except (KeyError, TypeError, AssertionError) as error:
        raise _damaged(where, str(error)) from None


def _parquet(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


def _table(data: bytes, schema: pa.Schema, path: Path) -> pa.Table:
    try:
        table = pq.read_table(io.BytesIO(data))
        return table.select(schema.names).cast(schema)
    except (pa.ArrowException, KeyError, OSError) as error:
        raise _damaged(str(path), str(error).partition("\n")[0]) from None


def _read_ledger(path: Path) -> dict[str, Any]:
    try:
        ledger = json.loads(files.read_text(path))
    except (ValueError, RecursionError) as error:
        raise _damaged(str(path), str(error)) from None
    if not isinstance(ledger, dict) or not isinstance(ledger.get("ledger"), dict):
        raise _damaged(str(path), "it has no ledger")
    if ledger.get("format") != FORMAT:
        message = worded("a corpus in format {format}", format=ledger.get("format"))
        way_on = "Install a newer Benang, or write the corpus again."
        raise BenangError(
            Problem(message, where=str(path), expected=worded("format {format}", format=FORMAT), way_on=way_on)
        )
    return ledger


def _damaged(where: str, why: str) -> BenangError:
    return BenangError(
        Problem(
            worded("this part of a corpus is damaged ({why})", why=as_worded(why)),
            where=where,
            way_on="Write it again.",
        )
    )


def _step(stored: Mapping[str, Any]) -> Step:
    arguments = {name: _argument(value) for name, value in stored["arguments"].items()}
    return Step(stored["step"], arguments, stored["counts"])


def _argument(value: Any) -> Argument:
    """Turn lists back into the tuples that they were; JSON has no tuples."""
    return tuple(map(_argument, value)) if isinstance(value, list) else value


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


def check_hashes(folder: Path, ledger: Mapping[str, Any], hashes: Mapping[str, str]) -> None:
    """Refuse tables that are not those which the ledger was written with.

    Parameters
    ----------
    folder
        The folder, named in the error.
    said
        What `ledger.json` contains; that of an earlier version says nothing about tables.
    hashes
        The hashes of the tables that are there, of all or of those that are read.

    Raises
    ------
    BenangError
        With the names of the files that belong to another corpus.
    """
    known = ledger.get(TABLES_KEY)
    if known is None:
        return
    known = known if isinstance(known, Mapping) else {}
    others = sorted(name for name, digest in hashes.items() if known.get(name) != digest)
    if others:
        raise _mixed(
            folder,
            worded(
                "{names} belongs to a different corpus than the ledger",
                "{names} belong to a different corpus than the ledger",
                n=len(others),
                names=", ".join(others),
            ),
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
        raise _mixed(
            folder,
            worded(
                "{works:,} works, but the ledger says that {read:,} records were read", works=works, read=ledger.read
            ),
        )
    for name, table in tables.items():
        last = pc.max(table.column("work")).as_py()
        if last is not None and last >= works:
            raise _mixed(
                folder,
                worded(
                    "{name}.parquet has values of work {value:,}, but works.parquet has {works:,} works",
                    name=name,
                    value=last + 1,
                    works=works,
                ),
            )


def _mixed(folder: Path, detail: str) -> BenangError:
    return BenangError(
        Problem(
            worded("parts of two corpora, an old and a new one: {found}", found=detail),
            where=str(folder),
            way_on="Write the corpus again: benang records EXPORTS -o FOLDER.",
        )
    )
