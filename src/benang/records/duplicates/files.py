"""Duplicates as files: the groups, the pairs in doubt, the reasons, and the text file in which a person decides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from benang.errors import BenangError, Problem
from benang.files import Input, input_of, write_text
from benang.locale import Language
from benang.locale.writing import Worded, worded
from benang.records.corpus import Corpus
from benang.records.duplicates import Decision, Decisions, Duplicates
from benang.records.duplicates.joining import joined
from benang.records.names import short_citation
from benang.records.record import Record
from benang.records.user_tables import csv_text, read_user_table

GROUPS_HEADER = ("group", "file", "record", "reason", "gives")
DOUBTS_HEADER = (
    "record", "other", "decision", "reason", "in doubt because", "citation", "other citation", "title", "other title",
)  # fmt: skip
DECIDED_HEADER = ("record", "other", "decision")
_WORDS = {"same": "same", "sama": "same", "different": "different", "beda": "different", "berbeda": "different"}
_Columns = tuple[list[int], list[int | None]]
_WAY_ON = "Separate the columns with tabs, and do not leave a quotation mark at only one end of a cell."


def write_duplicates(duplicates: Duplicates, corpus: Corpus, path: Path) -> None:
    """Write the groups as CSV: `group,file,record,reason,gives`, one row a record.

    Groups are numbered from 1 in the order of their first record. `file` is the path as it was given, `record` the
    record's place in it from 1, `reason` what joined the record to another one of its group, `gives` the fields that
    the joined work has from this record. The file begins with a
    byte order mark, so that Excel reads it as UTF-8; cells that a spreadsheet would take for formulas begin with an
    apostrophe.
    """
    files, places = (corpus.works.column(name).to_pylist() for name in ("file", "place"))
    given = _given(joined(corpus, duplicates)) if duplicates.groups else {}
    keys = corpus.keys
    rows = (
        (str(number), files[member], str(places[member]), group.reason(member), "; ".join(given.get(keys[member], ())))
        for number, group in enumerate(duplicates.groups, 1)
        for member in group.members
    )
    write_text(path, "\ufeff" + csv_text(GROUPS_HEADER, rows))


def _given(works: Corpus) -> dict[str, list[str]]:
    """Return the fields that joined works have from each of their members, by the member's key."""
    given: dict[str, list[str]] = {}
    for field, keys in zip(
        works.taken.column("field").to_pylist(), works.taken.column("value").to_pylist(), strict=True
    ):
        for key in keys.split("; "):
            given.setdefault(key, []).append(field)
    return given


def doubts_table(duplicates: Duplicates, corpus: Corpus, language: Language = "en") -> pa.Table:
    """Return the pairs in doubt as a table of text: both records by their keys, why, and an empty `decision`.

    A copy of it in which `decision` is filled in can be kept as the file of decisions: see `read_decisions`.
    """
    ends = sorted({end for doubt in duplicates.doubts for end in (doubt.one, doubt.other)})
    records = dict(zip(ends, _records(corpus, ends), strict=True))
    rows = [
        (
            (one := records[doubt.one]).key, (other := records[doubt.other]).key, "", doubt.reason, doubt.why,
            short_citation(one, language), short_citation(other, language), one.title, other.title,
        )
        for doubt in duplicates.doubts
    ]  # fmt: skip
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(DOUBTS_HEADER)
    return pa.table([pa.array(column, pa.string()) for column in columns], list(DOUBTS_HEADER))


def write_doubts(duplicates: Duplicates, corpus: Corpus, path: Path, language: Language = "en") -> None:
    """Write the pairs in doubt as CSV, as `doubts_table` gives them."""
    table = doubts_table(duplicates, corpus, language)
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    write_text(path, "\ufeff" + csv_text(DOUBTS_HEADER, rows))


def read_decisions(path: Input | str) -> Decisions:
    r"""Read what a person decided about pairs: a table with the columns `record`, `other` and `decision`.

    Tabs, semicolons or commas part the columns; others (those of `duplicates.csv`) are passed over. A record is named
    by its key. The decision is `same` or `different` (`sama`, `berbeda`); a row without one is
    undecided and does nothing. Lines that begin with `#` are remarks.

    Raises
    ------
    BenangError
        For another header, a row without two records, another word, a pair decided twice in two ways: all problems of
        the file together. Whether the records are there is checked by `find_duplicates`.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "duplicates.tsv"
    >>> _ = path.write_text("record\tother\tdecision\n2-s2.0-1\tWOS:000123\tsame\n")
    >>> [(one.one, one.other, one.word) for one in read_decisions(path).pairs]
    [('2-s2.0-1', 'WOS:000123', 'same')]
    """
    where = str(path)
    table = read_user_table(input_of(path), way_on=_WAY_ON, remark="#")
    lines = iter(table.rows)
    header = next(lines, (1, []))
    at = _columns(header[1], worded("{file}, line {line}", file=where, line=header[0]))
    problems: list[Problem] = []
    first: dict[frozenset[str], Decision] = {}
    for line, row in lines:
        decision = _decision(line, row, at, where, problems)
        if decision is None:
            continue
        earlier = first.setdefault(frozenset((decision.one, decision.other)), decision)
        if earlier.word != decision.word:
            problems.append(
                Problem(
                    worded(
                        "'{one}' and '{other}' are marked as {word}, but line {line} marks them as {other_word}",
                        one=decision.one,
                        other=decision.other,
                        word=decision.word,
                        line=earlier.line,
                        other_word=earlier.word,
                    ),
                    where=worded("{file}, line {line}", file=where, line=line),
                    way_on="Delete the incorrect line.",
                )
            )
    if problems:
        raise BenangError(*problems)
    return Decisions(tuple(first.values()), where, table.sha256)


def _records(corpus: Corpus, works: Sequence[int]) -> list[Record]:
    """Return a few records of a corpus: what a citation needs of them."""
    table = corpus.works.take(pa.array(works, pa.int64())).select(["key", "title", "year"]).to_pylist()
    wanted = set(works)
    authors: dict[int, list[str]] = {}
    columns = (corpus.values.column(name).to_pylist() for name in ("work", "field", "value"))
    for work, field, value in zip(*columns, strict=True):
        if field == "authors" and work in wanted:
            authors.setdefault(work, []).append(value)
    return [Record(**row, authors=tuple(authors.get(work, ()))) for work, row in zip(works, table, strict=True)]


def _columns(header: Sequence[str], where: str) -> _Columns:
    """Return the places of the three columns, and those of the titles where there are any."""
    names = [cell.lower() for cell in header]
    missing = [name for name in DECIDED_HEADER if names.count(name) != 1]
    if missing:
        raise BenangError(
            Problem(
                worded("the header {names}", names=", ".join(map(repr, header))) if header else "an empty file",
                where=where,
                expected=worded("a header with the columns {names}, each once", names=", ".join(DECIDED_HEADER)),
                way_on="Begin with the line: record, other, decision, separated by tabs.",
            )
        )
    titled = [names.index(name) if name in names else None for name in ("title", "other title")]
    return [names.index(name) for name in DECIDED_HEADER], titled


def _decision(
    line: int, cells: Sequence[str], columns: _Columns, where: str, problems: list[Problem]
) -> Decision | None:
    at, titled = columns
    one, other, word = (cells[column] if column < len(cells) else "" for column in at)
    if not word and one and other:
        return None
    meant = _WORDS.get(word.lower())
    if not one or not other:
        problems.append(
            Problem(
                "a row that does not name two records",
                where=worded("{file}, line {line}", file=where, line=line),
                way_on="Name both by their keys.",
            )
        )
    elif meant is None:
        problems.append(
            Problem(
                f"'{word}'",
                where=worded("{file}, line {line}, decision", file=where, line=line),
                expected="'same' or 'different'",
            )
        )
    else:
        titles = tuple([cells[column] if column is not None and column < len(cells) else "" for column in titled])
        return Decision(one, other, "same" if meant == "same" else "different", line, (titles[0], titles[1]))
    return None


_IDENTIFIER = re.compile(r"^same (DOI|identifier) \S+")


def joining_rules(duplicates: Duplicates) -> dict[str, int]:
    """Count the pairs that each rule joined, the most frequent rule first.

    Examples
    --------
    >>> from benang.records.duplicates import Group, Joined
    >>> joining_rules(Duplicates(groups=(Group((0, 1), (Joined(0, 1, "same DOI 10.9999/a"),)),)))
    {'same DOI': 1}
    """
    return _counted(join.reason for group in duplicates.groups for join in group.joins)


def doubting_rules(duplicates: Duplicates) -> dict[str, int]:
    """Count the pairs in doubt by what speaks against them, the most frequent first."""
    return _counted(doubt.why for doubt in duplicates.doubts)


def _counted(reasons: Iterable[str]) -> dict[str, int]:
    counts = Counter(
        reason if isinstance(reason, Worded) else _IDENTIFIER.sub(r"same \1", reason) for reason in reasons
    )
    return dict(sorted(counts.items(), key=lambda row: (-row[1], row[0])))


def reasons_json(duplicates: Duplicates, corpus: Corpus) -> dict[str, list[dict[str, Any]]]:
    """Return every pair that was joined and every one in doubt, with the reason; records are named as in the doubts."""
    files, places = (corpus.works.column(name).to_pylist() for name in ("file", "place"))

    def name(work: int) -> str:
        return f"{files[work]}:{places[work]}" if files[work] and places[work] else corpus.keys[work]

    joined = [
        {"group": number, "record": name(join.one), "other": name(join.other), "reason": join.reason}
        for number, group in enumerate(duplicates.groups, 1)
        for join in group.joins
    ]
    doubts = [
        {"record": name(doubt.one), "other": name(doubt.other), "reason": doubt.reason, "in_doubt_because": doubt.why}
        for doubt in duplicates.doubts
    ]
    return {"joined": joined, "doubts": doubts}
