"""Names of files without the place where they lie, so that what is written of them doesn't depend on it."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from benang.errors import in_unicode, visible
from benang.records.corpus import Corpus
from benang.records.record import FileAccount, Ledger

Rename = Callable[[str], str]
"""Names a file, or the files that a text names, in another way."""


def without_places(names: Iterable[str], named: Sequence[Path]) -> Rename:
    """Return what names files relative to the files and folders that a user named.

    A file is called by its name, one in a folder by its path within it. Where two would be called the same, as many
    folders above them are told as tell them apart.

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
    instead = {begin: _told(begins[begin], shown[begin]) for begin in longest}
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


def _told(folders: Sequence[str], n: int) -> str:
    return "".join(f"{folder}/" for folder in folders[len(folders) - n :])


def _clashing(within: dict[str, set[str]], begins: dict[str, list[str]], told: dict[str, int]) -> set[str]:
    """Return what files begin with that would be called as others are."""
    users: dict[str, set[str]] = defaultdict(set)
    for begin, rests in within.items():
        for rest in rests:
            users[_told(begins[begin], told[begin]) + rest].add(begin)
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
    """Return a corpus whose works and accounts call their files by other names, in notes, too."""
    works = corpus.works
    at = works.column_names.index("file")
    names = works.column(at).to_pylist()
    new = {name: rename(name) for name in set(names)}
    works = works.set_column(at, "file", pa.array([new[name] for name in names], pa.string()))
    return replace(corpus, works=works, ledger=renamed_accounts(corpus.ledger, rename))


def renamed_accounts(ledger: Ledger, rename: Rename) -> Ledger:
    """Return the accounts of files under other names."""

    def renamed(one: FileAccount) -> FileAccount:
        return replace(one, path=rename(one.path), notes=tuple(map(rename, one.notes)))

    return Ledger(tuple(map(renamed, ledger.files)))
