"""VOSviewer's corpus file, plain text with one document a line; and numbers of records, such as its scores file.

Formats: VOSviewer's manual, "Corpus file" and "Scores file". Numbers may also be in a table that names the records.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benang.errors import BenangError, Problem, argument
from benang.files import Input, input_of
from benang.locale.writing import worded
from benang.readers import Reading, Remarks, Source
from benang.readers.values import tidy
from benang.records.corpus import Corpus
from benang.records.record import Record
from benang.records.user_tables import read_user_table

NAME = "corpus file"
_LEAST_LINES = 3
_LEAST_WORDS = 5
_WORDS_OF_A_DOCUMENT = 40  # lines that an editor has wrapped, and lines of tables, have fewer

_KEYS = ("record", "key", "id", "doi")
_PREFIX = "score"
_LARGEST = 1e100
"""Of larger numbers neither sums nor distances can be taken."""
Line = tuple[int, list[str]]


def is_corpus_file(head: str) -> bool:
    r"""Recognise a corpus file: nothing but long lines of words, none of them blank.

    Shorter documents (titles, say) look like any other text; such a file is named with `--form 'corpus file'`.

    Examples
    --------
    >>> document = "Sister cities share a long history of exchange between their citizens. " * 9 + "\n"
    >>> is_corpus_file(document * 4), is_corpus_file(document)
    (True, False)
    """
    if not head or head[0] in '{[<%@"' or "\t" in head:
        return False
    lines = head.rstrip("\n").split("\n")
    if len(lines) < _LEAST_LINES or any(len(line.split()) < _LEAST_WORDS for line in lines[:-1]):
        return False
    if any(line.startswith('"') for line in lines) or 2 * lines[0].count(",") > len(lines[0].split()):
        return False  # rows of a table: cells in quotation marks, or a header
    counts = [sum(word.strip(".,;:()").isalpha() for word in line.split()) for line in lines]
    return min(counts[:-1]) >= _LEAST_WORDS and statistics.median(counts) >= _WORDS_OF_A_DOCUMENT


def read_corpus_file(source: Source) -> Reading:
    """Read a corpus file: each line is the abstract of a record, and its key is made of it.

    A blank line is a document without text, so that lines of a scores file keep their documents; blank lines at the end
    are none.
    """
    remarks = Remarks()
    lines = [tidy(line) for line in source.lines()]
    while lines and not lines[-1]:
        lines.pop()
    for at, line in enumerate(lines, start=1):
        if not line:
            remarks.habit("Blank lines were read as documents without text", at)
    records = tuple(
        Record(key="", abstract=line, file=source.name, place=at, line=at, origins=source.origins)
        for at, line in enumerate(lines, start=1)
    )
    return Reading(len(lines), records, notes=remarks.notes())


def read_score_columns(path: Input | str, corpus: Corpus) -> dict[str, NDArray[np.float64]]:
    r"""Read numbers of the records of a corpus, by the name of their column: NaN where a record has none.

    The table has a column `record` (also `key`, `id` or `doi`) that says whose numbers they are, in any order; or it
    is VOSviewer's scores file: `score<Name>` for each column, and a line for each record, in the order read. One column
    of numbers needs no header there.

    Raises
    ------
    BenangError
        For a record that the corpus lacks or that the table has twice, a value that is no number, two columns of one
        name, and a table that is neither of the two: all problems of the file together.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> file = Path(tempfile.mkdtemp()) / "quality.csv"
    >>> _ = file.write_text("record,Quality\nb,3\na,1.5\n")
    >>> read_score_columns(file, corpus_of([Record("a"), Record("b"), Record("c")]))["Quality"].tolist()
    [1.5, 3.0, nan]
    """
    where = str(path)
    rows = list(read_user_table(input_of(path), way_on="Save it again as CSV in UTF-8.").rows)
    if not rows:
        raise BenangError(Problem("an empty table", where=where, expected="a header and numbers"))
    header = [cell.strip() for cell in rows[0][1]]
    by = next((at for at, name in enumerate(header) if name.casefold() in _KEYS), None)
    if by is not None:
        return _by_record(header, by, rows[1:], corpus, where)
    if not any(name.casefold().startswith(_PREFIX) for name in header):
        header, rows = [_PREFIX.capitalize()], [(0, []), *rows]
    return _in_order(header, rows[1:], corpus, where)


def _by_record(
    header: Sequence[str], by: int, rows: Sequence[Line], corpus: Corpus, where: str
) -> dict[str, NDArray[np.float64]]:
    known = _places(corpus, doi=header[by].casefold() == "doi")
    columns = {at: name for at, name in enumerate(header) if at != by and name}
    problems = _headed(list(columns.values()), where)
    values = {name: np.full(len(corpus), np.nan) for name in columns.values()}
    seen: dict[int, int] = {}
    for line, cells in rows:
        name = cells[by].strip() if by < len(cells) else ""
        place = known.get(name, known.get(name.casefold()))
        if place is None:
            problems.append(
                Problem(
                    worded("a record '{name}' that is not in the corpus", name=name),
                    where=worded("{file}, line {line}", file=where, line=line),
                    expected=_known(corpus),
                )
            )
            continue
        if seen.setdefault(place, line) != line:
            also = worded("line {seen} already has its numbers", seen=seen[place])
            problems.append(
                Problem(
                    worded("the record '{name}' again: {also}", name=name, also=also),
                    where=worded("{file}, line {line}", file=where, line=line),
                )
            )
            continue
        for at, column in columns.items():
            values[column][place] = _number(cells[at] if at < len(cells) else "", where, line, column, problems)
    return _unless(problems, values)


def _places(corpus: Corpus, *, doi: bool) -> dict[str, int]:
    """Return the place of each record by key, with those that were joined into it; or by DOI."""
    if doi:
        dois = corpus.works.column("doi").to_pylist()
        return {one.casefold(): at for at, one in enumerate(dois) if one}
    joined = zip(corpus.members.column("key").to_pylist(), corpus.members.column("work").to_pylist(), strict=True)
    places = dict(joined) | {key: at for at, key in enumerate(corpus.keys)}
    folded: dict[str, set[int]] = {}
    for key, at in places.items():
        folded.setdefault(key.casefold(), set()).add(at)
    once = {key: min(several) for key, several in folded.items() if len(several) == 1}
    return once | places  # two keys that differ in capitals alone are two records


def _headed(names: Sequence[str], where: str) -> list[Problem]:
    """Say what is wrong with the names of columns."""
    twice = [name for name, times in Counter(names).items() if times > 1]
    problems = [
        Problem(worded("two columns '{name}'", name=name), where=where, expected="a different name for each column")
        for name in twice
    ]
    if not names:
        problems.append(
            Problem(
                "no column of numbers",
                where=where,
                expected="a column of numbers beside the one that names the records",
            )
        )
    return problems


def _known(corpus: Corpus) -> str:
    return worded("keys such as '{keys}'", keys=corpus.keys[0]) if len(corpus) else "records"


def _number(cell: str, where: str, line: int, column: str, problems: list[Problem]) -> float:
    text = cell.strip()
    if not text:
        return math.nan
    try:
        value = float(text)
    except ValueError:
        value = math.inf
    if abs(value) <= _LARGEST:
        return value
    expected = (
        worded("a number from {low:g} to {high:g}, or nothing", low=-_LARGEST, high=_LARGEST)
        if math.isfinite(value)
        else "a number, or nothing"
    )
    problems.append(
        Problem(
            f"'{text}'",
            where=worded("{file}, line {line}, {column}", file=where, line=line, column=column),
            expected=expected,
        )
    )
    return math.nan


def _unless(problems: Sequence[Problem], values: Mapping[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
    if problems:
        more = [Problem(worded("{n:,} more problems like these", n=len(problems) - 20))] if len(problems) > 20 else []
        raise BenangError(*problems[:20], *more)
    return dict(values)


def _in_order(
    header: Sequence[str], rows: Sequence[Line], corpus: Corpus, where: str
) -> dict[str, NDArray[np.float64]]:
    if len(rows) != len(corpus):
        raise BenangError(
            Problem(
                worded("{n:,} lines of scores for {n2:,} records", n=len(rows), n2=len(corpus)),
                where=where,
                expected="a line for each record, in the order in which they were read, or a column 'record' "
                "that names it",
                way_on=worded(
                    "If records were joined, name them in a column 'record', or keep duplicates ({option}).",
                    option=argument("keep_duplicates", "join=False"),
                ),
            )
        )
    names = [_plain(name) for name in header]
    problems = _headed(names, where)
    values = {
        name: np.array(
            [_number(cells[at] if at < len(cells) else "", where, line, name, problems) for line, cells in rows]
        )
        for at, name in enumerate(names)
    }
    return _unless(problems, values)


def _plain(name: str) -> str:
    rest = name[len(_PREFIX) :].strip(" <>") if name.casefold().startswith(_PREFIX) else name
    return rest or name
