"""Read exports: recognise each by its content, pick the reader, account for every record."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from benang import files
from benang.errors import BenangError, Problem, nearest
from benang.provenance import Argument, Step
from benang.readers.csv_exports import is_scopus_csv, read_scopus_csv
from benang.readers.ris import is_ris, read_ris
from benang.readers.source import Reading, Source, shown
from benang.readers.wos import is_wos, read_wos
from benang.records.corpus import Corpus, corpus_of
from benang.records.ledger import FileAccount, Ledger
from benang.records.record import Record


@dataclass(frozen=True, slots=True)
class Form:
    """A form of export: its name, how its text is told (by the first 64 KiB), its reader, and how a user gets it."""

    name: str
    recognises: Callable[[str], bool]
    read: Callable[[Source], Reading]
    export: str


FORMS = (
    Form("RIS", is_ris, read_ris, "almost every database, journal and reference manager offers it (Export, RIS)"),
    Form("Scopus CSV", is_scopus_csv, read_scopus_csv, "in Scopus: Export, CSV, all fields"),
    Form("Web of Science plain text", is_wos, read_wos, "in Web of Science: Export, Plain text file, Full record"),
)
"""The forms that are known, one line each."""

# Beginnings of what is not read here, so that the message can name it.
_ALIKE = (
    (re.compile(r"PMID ?- ", re.MULTILINE), "PubMed (MEDLINE)"),
    (re.compile(r"PT\tAU"), "Web of Science, tab-delimited"),
    (re.compile(r"\s*%[0-9A-Z] "), "EndNote (.enw)"),
    (re.compile(r"\s*<\?xml|\s*<[a-z!]", re.IGNORECASE), "XML or a web page"),
    (re.compile(r"\s*@[a-z]+\s*\{", re.IGNORECASE), "BibTeX"),
    (re.compile(r"\s*[\[{]"), "JSON"),
    (re.compile(r"[^\n\t]+\t[^\n\t]+\t"), "a table with tabs between its columns"),
    (re.compile(r"[^\n,]+,[^\n,]+,"), "a CSV of another database"),
)
_PIECE = 1 << 20
_BINARY = (
    (b"PK\x03\x04", "a zip archive or an Excel or Word file"),
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)


def read(*paths: str | Path, origins: Mapping[str, str] | None = None) -> Corpus:
    r"""Read exports into one corpus; the form of each file is recognised by its content, never by its name.

    Every record found is read, or set aside with its file, place, line and reason: see `Corpus.ledger`. Nothing is
    merged: a record in two files is there twice, the second time under a key with `-2` behind it, and the ledger says
    so. A record without an id of its own has the file's name and its place as key, as `scopus.ris:12`.

    Parameters
    ----------
    paths
        Files in RIS, Scopus CSV or Web of Science plain text; UTF-8, with any line ends.
    origins
        Fields that did not come from the database, with what they came from: `{"author_keywords": "assigned"}` for
        keywords that reviewers gave. It goes to every record.

    Returns
    -------
    Corpus
        The records in the order of the files and within them. Its `history` has one step, `read`.

    Raises
    ------
    BenangError
        Where a file is missing, empty, binary, not UTF-8, of an unknown form, or cut off in the middle of a record;
        the problems of all files come together.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "export.txt"
    ...     _ = file.write_text("TY  - JOUR\nTI  - Kota kembar\nPY  - 2021\nER  - \n", encoding="utf-8")
    ...     corpus = read(file)
    >>> corpus.keys, corpus.records[0].year, corpus.ledger.found, corpus.ledger.set_aside
    (('export.txt:1',), 2021, 1, 0)
    """
    if not paths:
        raise BenangError(Problem("no file to read", way_on="Name one export at least."))
    marked = _checked(origins or {})
    read_files: list[tuple[Reading, FileAccount]] = []
    problems: list[Problem] = []
    for path, label in zip(paths, _labels(paths), strict=True):
        try:
            read_files.append(_read_file(Path(path), label, marked))
        except BenangError as error:
            problems.extend(error.problems)
    if problems:
        raise BenangError(*problems)
    records, accounts = _with_keys_once(read_files)
    ledger = Ledger(accounts)
    arguments: dict[str, Argument] = {
        "files": tuple(Path(account.path).name for account in accounts),  # a map that is sent on names no folders
        "formats": tuple(account.format for account in accounts),
    }
    if marked:
        arguments["origins"] = tuple(f"{name}: {origin}" for name, origin in sorted(marked.items()))
    counts = {"found": ledger.found, "read": ledger.read, "set_aside": ledger.set_aside}
    return corpus_of(records, ledger=ledger, history=(Step("read", arguments, counts),))


def _checked(origins: Mapping[str, str]) -> dict[str, str]:
    known = {field.name for field in fields(Record)} - {"origins", "key", "file", "place", "line"}
    if unknown := sorted(set(origins) - known):
        raise BenangError(
            *(
                Problem(f"records have no field '{name}'", where="origins", way_on=nearest(name, known))
                for name in unknown
            )
        )
    return dict(origins)


def _name(path: str | Path) -> str:
    """Return a file's name as given, with forward slashes, fit for UTF-8 whatever the file system holds."""
    return Path(path).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def _labels(paths: Sequence[str | Path]) -> list[str]:
    """Return what begins the made keys of each file: its name, or its path where two files have one name."""
    names = [_name(path) for path in paths]
    bases = [name.rpartition("/")[2] for name in names]
    often = Counter(bases)
    return [base if often[base] == 1 else name for base, name in zip(bases, names, strict=True)]


def _read_file(path: Path, label: str, origins: Mapping[str, str]) -> tuple[Reading, FileAccount]:
    name = _name(path)
    data = files.read_bytes(path)
    source = Source(name, label, _as_lines(data, name), origins)
    form = _form_of(source)
    reading = form.read(source)
    if not reading.records:
        raise _nothing_read(reading, form, name)
    account = FileAccount(
        name, form.name, files.sha256(data), reading.found, len(reading.records), reading.set_aside, reading.notes
    )
    return reading, account


def _nothing_read(reading: Reading, form: Form, name: str) -> BenangError:
    if not reading.found:
        return BenangError(Problem(f"no records in this file ({form.name})", where=name, way_on="Export it again."))
    first = reading.set_aside[0]
    why = f"record {first.record}, line {first.line}: {first.reason}"
    return BenangError(
        Problem(
            f"none of the {reading.found:,} records can be read; {why}",
            where=name,
            way_on="Export it again.",
        )
    )


def _as_lines(data: bytes, name: str) -> bytes:
    """Check that the bytes are text in UTF-8; drop the byte order mark and end every line with LF."""
    if not data or data.isspace():
        raise BenangError(Problem("the file is empty", where=name, way_on="Export it again."))
    for magic, what in _BINARY:
        if data.startswith(magic):
            raise BenangError(Problem(what, where=name, expected="a text file", way_on=_known_forms()))
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in data:
        raise _binary(data, name)
    if not _is_utf8(data):
        files.decode(data, where=name)  # raises, and names the place
    text = data.removeprefix(b"\xef\xbb\xbf")
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text


def _is_utf8(data: bytes) -> bool:
    """Check in pieces, so that a long text is not held a second time."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(view[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _binary(data: bytes, name: str) -> BenangError:
    start = data[:1000]
    if not any(start[1::2]) or not any(start[::2]):
        way_on = "Save the file as UTF-8 (in Notepad: Save as, Encoding) and try again."
        return BenangError(Problem("UTF-16 text", where=name, expected="UTF-8 text", way_on=way_on))
    where = f"{name}, byte {data.index(0) + 1:,}"
    return BenangError(
        Problem("a binary file (it holds NUL)", where=where, expected="a text file", way_on=_known_forms())
    )


def _form_of(source: Source) -> Form:
    head = source.head
    claims = [form for form in FORMS if form.recognises(head)]
    if len(claims) == 1:
        return claims[0]
    if claims:
        both = " and ".join(form.name for form in claims)
        raise BenangError(Problem(f"this could be {both}", where=source.name, way_on="Export it again in one of them."))
    begins = next((line for line in head.split("\n") if line.strip()), "")
    alike = next((f"; it looks like {what}" for pattern, what in _ALIKE if pattern.match(head)), "")
    raise BenangError(
        Problem(
            f"a file that begins with {shown(begins)}{alike}",
            where=source.name,
            expected=", ".join(form.name for form in FORMS),
            way_on=_known_forms(),
        )
    )


def _known_forms() -> str:
    return "Export it in one of these forms: " + "; ".join(f"{form.name} ({form.export})" for form in FORMS) + "."


def _with_keys_once(
    read_files: Iterable[tuple[Reading, FileAccount]],
) -> tuple[list[Record], tuple[FileAccount, ...]]:
    """Give the second record of a key, and later ones, keys of their own, and say so in the account of its file."""
    held = list(read_files)
    given = Counter(record.key for reading, _ in held for record in reading.records)
    first: dict[str, Record] = {}
    records: list[Record] = []
    accounts: list[FileAccount] = []
    last_suffix: dict[str, int] = {}
    for reading, account in held:
        notes: list[str] = []
        for record in reading.records:
            earlier = first.setdefault(record.key, record)
            if earlier is record:
                records.append(record)
                continue
            key = _free_key(record.key, given, last_suffix)
            records.append(replace(record, key=key))
            notes.append(
                f"record {record.place}: its ID '{record.key}' is also that of record {earlier.place} of "
                f"{earlier.file}. Kept as '{key}'."
            )
        accounts.append(replace(account, notes=(*account.notes, *notes)))
    return records, tuple(accounts)


def _free_key(key: str, given: Counter[str], last_suffix: dict[str, int]) -> str:
    number = last_suffix.get(key, 1) + 1
    while f"{key}-{number}" in given:
        number += 1
    last_suffix[key] = number
    return f"{key}-{number}"
