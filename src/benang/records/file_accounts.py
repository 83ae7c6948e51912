"""What the account of a corpus says of its files: the fields that their records carry, under names without a place.

Marks of a retraction or correction are among the fields. Where files lie is left out, so that what is written of them
doesn't depend on it.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benang.errors import in_unicode, visible
from benang.locale.writing import Worded, joined, worded
from benang.records.corpus import FIELDS, LISTS, Corpus
from benang.records.record import FileAccount, Ledger, RecordStatus

CONTENT = tuple(name for name in FIELDS if name not in {"key", "file", "place", "line"})
"""The fields that describe the work itself, not the place of its record."""

SHOWN: tuple[RecordStatus, ...] = ("retracted", "concern", "corrected", "retraction notice", "correction notice")
"""The marks, gravest first."""

CALLED = {
    "retracted": "Retracted",
    "concern": "In doubt (expression of concern)",
    "corrected": "Corrected",
    "retraction notice": "Retraction notice",
    "correction notice": "Correction notice",
}
"""What the marks are called, at the beginning of a text."""
_DECIDE = "Decide whether to keep it, and say why in the report."
_NOTICE = "It is about another paper: look for that one."
_WAYS_ON: Mapping[RecordStatus, str] = {
    "retracted": _DECIDE,
    "concern": _DECIDE,
    "corrected": "Read its correction, too.",
    "retraction notice": _NOTICE,
    "correction notice": _NOTICE,
}
_MOST_NAMED = 3
_MOST_LETTERS = 80
Rename = Callable[[str], str]
"""Names a file, or the files that a text names, in another way."""


def carried_fields(corpus: Corpus) -> dict[str, int]:
    """Count the records that carry each field, in the order of `Record`; 0 where none does.

    A type counts where it is named, so `other` does not; citations and years count where they are given, also 0.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> records = Record("a", title="Kota", citations=0), Record("b", authors=("Ani", "Budi"))
    >>> counts = carried_fields(corpus_of(records))
    >>> {name: n for name, n in counts.items() if n}
    {'title': 1, 'authors': 1, 'citations': 1}
    """
    return {name: int(has.sum()) for name, has in _carried(corpus).items()}


def carried_by_file(corpus: Corpus) -> dict[str, dict[str, int]]:
    """Count the same for each file, by its name, in the order read."""
    column = corpus.works.column("file").combine_chunks().dictionary_encode()
    names, of = column.dictionary.to_pylist(), column.indices.to_numpy()
    has = _carried(corpus)
    counts = {name: np.bincount(of[marks], minlength=len(names)) for name, marks in has.items()}
    return {file: {name: int(n[at]) for name, n in counts.items()} for at, file in enumerate(names)}


def marked_counts(corpus: Corpus) -> dict[str, int]:
    """Count the records under each mark, gravest first; marks that none has are left out.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> marked_counts(corpus_of([Record("a", status="corrected"), Record("b", status="retracted"), Record("c")]))
    {'retracted': 1, 'corrected': 1}
    """
    counts = {one["values"]: one["counts"] for one in pc.value_counts(corpus.works.column("status")).to_pylist()}
    return {status: counts[status] for status in SHOWN if status in counts}


def marked_notes(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """Say for each file which of its records are marked, gravest first.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> marked_notes(corpus_of([Record("a", title="Kota", status="retracted", file="a.ris", place=3)]))
    {'a.ris': ("Retracted (1 record): record 3, 'Kota'.",)}
    """
    marked_records: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    marked = corpus.works.filter(pc.not_equal(corpus.works.column("status"), ""))
    for row in marked.select(["status", "file", "place", "title"]).to_pylist():
        named = worded("record {n}, '{title}'", n=row["place"], title=_short(row["title"]))
        marked_records[row["file"]][row["status"]].append(named)
    return {
        file: tuple(_line(status, by_status[status]) for status in SHOWN if status in by_status)
        for file, by_status in marked_records.items()
    }


@dataclass(frozen=True, slots=True)
class Marked:
    """A work that is marked, and its title."""

    key: str
    status: RecordStatus
    title: str


def retracted_among(corpus: Corpus, keys: Iterable[str]) -> tuple[Marked, ...]:
    """Return those of some works that are marked as retracted, corrected or in doubt, or as a notice, gravest first.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", status="corrected"), Record("b", status="retracted"), Record("c")])
    >>> [(one.key, one.status) for one in retracted_among(corpus, ["a", "b", "c"])]
    [('b', 'retracted'), ('a', 'corrected')]
    """
    among = set(keys)
    rows = corpus.works.filter(pc.not_equal(corpus.works.column("status"), ""))
    marked = [
        Marked(row["key"], row["status"], _short(row["title"]))
        for row in rows.select(["key", "status", "title"]).to_pylist()
        if row["key"] in among
    ]
    return tuple(sorted(marked, key=lambda one: SHOWN.index(one.status)))


def inclusion_notes(marked: Iterable[Marked]) -> tuple[Worded, ...]:
    """Say which included works are marked, a sentence for each mark, and what is to be done about it.

    Examples
    --------
    >>> print(*inclusion_notes([Marked("a", "retracted", "Kota")]))
    Retracted, and still in the review: a, 'Kota'. Decide whether to keep it, and say why in the report.
    """
    by_status: dict[RecordStatus, list[Worded]] = defaultdict(list)
    for one in marked:
        by_status[one.status].append(worded("{key}, '{title}'", key=one.key, title=one.title))
    return tuple(
        worded(
            "{status}, and still in the review: {names}. {way_on}",
            status=worded(CALLED[status]),
            names=joined(by_status[status], "; "),
            way_on=worded(_WAYS_ON[status]),
        )
        for status in SHOWN
        if status in by_status
    )


def _short(title: str) -> str:
    return title if len(title) <= _MOST_LETTERS else f"{title[:_MOST_LETTERS].rstrip()}…"


def _line(status: str, named: list[str]) -> str:
    """Name the records; all that are retracted or in doubt, of others the first."""
    shown = named if status in {"retracted", "concern"} else named[:_MOST_NAMED]
    names = joined(shown, "; ")
    if len(shown) < len(named):
        names = worded("{names}; and {n:,} more", names=names, n=len(named) - len(shown))
    return worded(
        "{status} ({n:,} record): {names}.",
        "{status} ({n:,} records): {names}.",
        status=worded(CALLED[status]),
        n=len(named),
        names=names,
    )


def _carried(corpus: Corpus) -> Mapping[str, np.ndarray]:
    """Return for each field which records have it."""
    fields = corpus.values.column("field")
    filled = pc.not_equal(corpus.values.column("value"), "")
    marks: dict[str, np.ndarray] = {}
    for name in CONTENT:
        if name in LISTS:
            works = corpus.values.column("work").filter(pc.and_(pc.equal(fields, name), filled))
            marks[name] = np.zeros(len(corpus), bool)
            marks[name][works.to_numpy()] = True
        else:
            marks[name] = _filled(corpus.works.column(name), "other" if name == "type" else "")
    return marks


def _filled(column: pa.ChunkedArray, empty: str) -> np.ndarray:
    if pa.types.is_integer(column.type):
        return np.asarray(column.is_valid().to_numpy(), bool)
    return np.asarray(pc.fill_null(pc.not_equal(column, empty), False).to_numpy(), bool)


def without_places(names: Iterable[str], named: Sequence[Path]) -> Rename:
    """Return what names files relative to the files and folders that a user named.

    A file is called by its name, one in a folder by its path within it. Where two would be called the same, as many
    folders above them are named as distinguish them.

    Parameters
    ----------
    names
        The files as they are called now: each begins with one of `named`.
    named
        What the user named.

    Examples
    --------
    >>> rename = without_places(["/x/one/a.ris"], [Path("/x/one/a.ris")])
    >>> rename("/x/one/a.ris"), rename("The same as /x/one/a.ris: again")
    ('a.ris', 'The same as a.ris: again')
    >>> rename = without_places(["/x/one/a.ris", "/x/two/a.ris"], [Path("/x/one/a.ris"), Path("/x/two/a.ris")])
    >>> rename("/x/two/a.ris")
    'two/a.ris'
    """
    begins = {_begin(path): _above(path) for path in named}
    longest = sorted(begins, key=len, reverse=True)
    within: dict[str, set[str]] = {begin: set() for begin in begins}
    for name in set(names):
        if (begin := next((one for one in longest if name.startswith(one)), None)) is not None:
            within[begin].add(name.removeprefix(begin))
    shown = dict.fromkeys(begins, 0)
    while clashing := [one for one in _clashing(within, begins, shown) if shown[one] < len(begins[one])]:
        for begin in clashing:
            shown[begin] += 1
    instead = {begin: _path_end(begins[begin], shown[begin]) for begin in longest}
    table = {begin + rest: instead[begin] + rest for begin, rests in within.items() for rest in rests}
    return lambda text: table[text] if text in table else _with_other_names(text, instead)


def _begin(path: Path) -> str:
    """Return what the names of all files begin with that are, or lie in, what was named."""
    folder = path if path.is_dir() else path.parent
    return "" if folder == Path() else f"{visible(in_unicode(folder.as_posix()), in_line=True).rstrip('/')}/"


def _above(path: Path) -> list[str]:
    """Return the folders above a file that was named, or a folder and those above it, the nearest last."""
    whole = Path(os.path.normpath(path.absolute()))
    folders = (whole if path.is_dir() else whole.parent).parts[1:]
    return [visible(in_unicode(folder), in_line=True) for folder in folders]


def _path_end(folders: Sequence[str], n: int) -> str:
    return "".join(f"{folder}/" for folder in folders[len(folders) - n :])


def _clashing(within: dict[str, set[str]], begins: dict[str, list[str]], depths: dict[str, int]) -> set[str]:
    """Return what files begin with that would be called as others are."""
    users: dict[str, set[str]] = defaultdict(set)
    for begin, rests in within.items():
        for rest in rests:
            users[_path_end(begins[begin], depths[begin]) + rest].add(begin)
    return {begin for several in users.values() if len(several) > 1 for begin in several}


def _with_other_names(text: str, instead: dict[str, str]) -> str:
    for begin in filter(None, instead):
        if begin in text:
            text = re.sub(rf"(?<![\w./-]){re.escape(begin)}", instead[begin].replace("\\", r"\\"), text)
    return text


def placeless(corpus: Corpus, named: Sequence[Path]) -> Corpus:
    """Return a corpus whose files are called relative to what the user named."""
    return renamed_files(corpus, without_places((one.path for one in corpus.ledger.files), named))


def renamed_files(corpus: Corpus, rename: Rename) -> Corpus:
    """Return a corpus whose works and accounts call their files by other names, also in notes."""
    works = corpus.works
    at = works.column_names.index("file")
    names = works.column(at).to_pylist()
    new = {name: rename(name) for name in set(names)}
    works = works.set_column(at, "file", pa.array([new[name] for name in names], pa.string()))
    return replace(corpus, works=works, ledger=renamed_accounts(corpus.ledger, rename))


def renamed_accounts(ledger: Ledger, rename: Rename) -> Ledger:
    """Return the accounts of files under other names."""

    def rename_in(note: str) -> str:
        return note.with_values(rename) if isinstance(note, Worded) else rename(note)

    def renamed(one: FileAccount) -> FileAccount:
        return replace(one, path=rename(one.path), notes=tuple(map(rename_in, one.notes)))

    return Ledger(tuple(map(renamed, ledger.files)))
