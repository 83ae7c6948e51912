"""The records of a review as a list that is searched, filtered and sorted, one record opened, and pairs in doubt.

What is looked up here is in memory (`Opened.sources`), so that five thousand records are a moment's work.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from benang.encodings import decoded
from benang.errors import BenangError, Problem
from benang.files import read_bytes, write_bytes
from benang.judgements.events import STAGES
from benang.locale import Language
from benang.locale.writing import Worded, reason_in, worded
from benang.project.rekeying import TableRows, edited
from benang.readers.opening import OLD_OFFICE, is_archive
from benang.records.corpus import FIELDS, LISTS, Corpus
from benang.records.duplicates.files import DECIDED_HEADER, read_decisions
from benang.records.record import Record
from benang.records.spelling import folded
from benang.records.user_tables import csv_text, read_user_table
from benang.review.load import DUPLICATES
from benang.tasks.codebook import changing
from benang.tasks.opened import Opened
from benang.tasks.undoing import FileAct, remember

PAGE = 50
"""Records on a page of the list."""
Sorting = Literal["", "title", "authors", "year", "source", "citations"]
Having = Literal["", "abstract", "no-abstract", "keywords", "no-keywords", "references", "text", "no-text"]
Column = Literal["authors", "year", "source", "type", "citations", "keywords", "doi", "files", "text", "outcome", "key"]
COLUMNS: tuple[Column, ...] = get_args(Column)
USUAL: tuple[Column, ...] = ("authors", "year", "source", "files", "outcome")
"""The columns that are shown where nobody has chosen others; the title is always there."""
_RAW_LETTERS = 20_000
_RAW_LINES = 400
_WORD = re.compile(r"\w+|\W+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records are wanted, in which order: a search, filters, and the number of a page from 1."""

    search: str = ""
    file: str = ""
    since: int | None = None
    until: int | None = None
    having: Having = ""
    outcome: str = ""
    sort: Sorting = ""
    is_reversed: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class ListedRecord:
    """A record of the list, with the files that it is in, its documents, and what its screening came to.

    `outcome` is the last stage at which something was decided, or is to be: `included` after the last one.
    """

    record: Record
    files: tuple[str, ...]
    documents: tuple[str, ...]
    outcome: str
    haystack: str = field(repr=False)


@dataclass(frozen=True)
class RecordList:
    """A page of the records that are wanted; `of` counts all records, `n` those that are wanted."""

    rows: tuple[ListedRecord, ...]
    n: int
    of: int
    page: int
    pages: int
    files: tuple[str, ...]
    outcomes: Mapping[str, int]


def rows_of(review: Opened) -> tuple[ListedRecord, ...]:
    """Return all works of a review in the order of its exports."""
    outcomes = outcomes_of(review)
    documents: dict[str, tuple[str, ...]] = {}
    aliases = review.sources().aliases
    for path, one in review.desk().documents.items():
        key = aliases.get(one.record, one.record)
        documents[key] = (*documents.get(key, ()), path)
    haystacks = review.kept("haystacks", lambda: _haystacks(review), "records", "vocabulary")
    return review.kept("record rows", lambda: _rows(review, documents, outcomes, haystacks))


def _rows(
    review: Opened, documents: Mapping[str, tuple[str, ...]], outcomes: Mapping[str, str], haystacks: Mapping[str, str]
) -> tuple[ListedRecord, ...]:
    files, works = files_of(review), review.sources().works

    def row(key: str, one: Record) -> ListedRecord:
        of, texts, outcome = files.get(key, (one.file,)), documents.get(key, ()), outcomes.get(key, "")
        return ListedRecord(one, of, texts, outcome, haystacks.get(key, ""))  # none of a record that has just come

    return tuple(row(key, one) for key, one in zip(works.keys, works.records, strict=True))


def _haystacks(review: Opened) -> dict[str, str]:
    """Return what a search looks through, for each work."""
    return {
        one.key: folded(
            " \n".join(
                (one.title, one.key, one.doi, one.source, *one.authors, *one.author_keywords, *one.index_keywords)
            )
        )
        for one in review.sources().works.records
    }


def files_of(review: Opened) -> dict[str, tuple[str, ...]]:
    """Return the files that the records of each work are in, by the key of the work."""
    sources = review.sources()
    files: dict[str, dict[str, None]] = {}
    for key, file in zip(sources.records.keys, sources.records.works.column("file").to_pylist(), strict=True):
        files.setdefault(sources.aliases.get(key, key), {})[file] = None
    return {key: tuple(several) for key, several in files.items()}


def outcomes_of(review: Opened) -> dict[str, str]:
    """Say of each work what its screening has come to so far; no more than everybody may see."""
    screening = review.screening().screening
    stages = [stage for stage in STAGES if stage in screening.outcomes]
    outcomes: dict[str, str] = {}
    for work in screening.works:
        if work in screening.set_aside:
            outcomes[work] = "set aside"
            continue
        result = "undecided"
        for stage in stages:
            outcome = screening.outcome(stage, work)
            result = outcome.verdict if outcome.verdict != "undecided" or stage == stages[0] else result
            if not outcome.moves_on:
                break
        outcomes[work] = result
    return outcomes


def record_list(review: Opened, wanted: Wanted) -> RecordList:
    """Return a page of the records that are wanted."""
    every = rows_of(review)
    rows = [one for one in every if _is_wanted(one, wanted, folded(wanted.search).split())]
    if wanted.sort:
        rows.sort(key=lambda one: _order(one.record, wanted.sort, wanted.is_reversed), reverse=wanted.is_reversed)
    pages = max((len(rows) + PAGE - 1) // PAGE, 1)
    page = min(max(wanted.page, 1), pages)
    files = dict.fromkeys(file for one in every for file in one.files)
    outcomes = Counter(one.outcome for one in every if one.outcome)
    shown = tuple(rows[(page - 1) * PAGE : page * PAGE])
    return RecordList(shown, len(rows), len(every), page, pages, tuple(sorted(files)), dict(sorted(outcomes.items())))


def _is_wanted(one: ListedRecord, wanted: Wanted, words: Sequence[str]) -> bool:
    record = one.record
    if wanted.file and wanted.file not in one.files:
        return False
    if wanted.since is not None and (record.year is None or record.year < wanted.since):
        return False
    if wanted.until is not None and (record.year is None or record.year > wanted.until):
        return False
    if wanted.outcome and one.outcome != wanted.outcome:
        return False
    if wanted.having and _has(one, wanted.having.removeprefix("no-")) == wanted.having.startswith("no-"):
        return False
    return all(word in one.haystack for word in words)


def _has(one: ListedRecord, what: str) -> bool:
    record = one.record
    if what == "keywords":
        return bool(record.author_keywords or record.index_keywords)
    return bool(one.documents if what == "text" else getattr(record, what))


def _order(record: Record, by: Sorting, is_reversed: bool) -> tuple[bool, float | str]:
    """Return what records are sorted by; those without it come last either way."""
    value = record.authors[0] if by == "authors" and record.authors else "" if by == "authors" else getattr(record, by)
    if value is None or value == "":
        return not is_reversed, 0.0 if by in ("year", "citations") else ""
    return is_reversed, float(value) if isinstance(value, int) else folded(str(value))


# One record


@dataclass(frozen=True)
class RecordShown:
    """One work: its fields, the records that it was joined of, which of them a value is from, and its text in files."""

    record: Record
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    members: tuple[Record, ...]
    taken: Mapping[str, str]
    reasons: tuple[str, ...]
    documents: tuple[str, ...]
    outcome: str
    raw: Mapping[str, str]

    def reasons_in(self, language: Language) -> tuple[str, ...]:
        """Return why its records were joined, each reason once."""
        return tuple(dict.fromkeys(reason_in(one, language) for one in self.reasons))


def record_shown(review: Opened, key: str) -> RecordShown:
    """Open a record, by its key or that of a record that went into it.

    Raises
    ------
    BenangError
        Where no record has this key.
    """
    sources = review.sources()
    key = sources.aliases.get(key, key)
    if not sources.works.has(key):
        raise BenangError(Problem(worded("no record has the key '{record}'", record=key)))
    record = sources.works.record(key)
    rows = (one for one in rows_of(review) if one.record.key == key)
    row = next(rows, ListedRecord(record, (), (), "", ""))  # an export may have gone since
    joined = [one for one in (key, *sources.joined_to(key)) if sources.records.has(one)]
    places = {one: at for at, one in enumerate(sources.records.keys)}
    numbers = {places[one] for one in joined}
    reasons = tuple(
        join.reason for group in sources.duplicates.groups if numbers & set(group.members) for join in group.joins
    )
    members = tuple(sources.records.record(one) for one in joined)
    taken = _taken(sources.works, key) if len(members) > 1 else {}
    raw = {one.key: text for one in members if (text := _raw_text(review, one))}
    fields = tuple((name, values) for name in FIELDS if (values := _values(record, name)))
    return RecordShown(record, fields, members, taken, reasons, row.documents, row.outcome, raw)


def _values(record: Record, name: str) -> tuple[str, ...]:
    value = getattr(record, name)
    if name in ("key", "place", "line") or value in (None, "", ()):
        return ()
    return tuple(value) if name in LISTS else (str(value),)


def _taken(works: Corpus, key: str) -> dict[str, str]:
    at = works.keys.index(key)
    rows = zip(*(works.taken.column(name).to_pylist() for name in ("work", "field", "value")), strict=True)
    return {name: value for work, name, value in rows if work == at}


def _raw_text(review: Opened, record: Record) -> str:
    """Return a record as it stands in its file: from its first line to that of the next record, as far as it is text.

    Files in an archive, workbooks and files in one line have none.
    """
    path = review.root / record.file
    if not record.line or not path.is_file():
        return ""
    lines = review.kept(f"lines {record.file}", lambda: _lines(path), "records")
    corpus = review.sources().records
    begins = review.kept(f"begins {record.file}", lambda: _begins(corpus.records, record.file), "records")
    end = min((one for one in begins if one > record.line), default=len(lines) + 1)
    text = "\n".join(lines[record.line - 1 : min(end - 1, record.line - 1 + _RAW_LINES)]).strip("\n")
    return text if len(text) <= _RAW_LETTERS else ""


def _begins(records: Sequence[Record], file: str) -> tuple[int, ...]:
    return tuple(sorted({one.line for one in records if one.file == file}))


def _lines(path: Path) -> list[str]:
    try:
        data = read_bytes(path)
        if data.startswith((OLD_OFFICE, b"PK", b"%PDF")) or is_archive(data):
            return []
        return decoded(data, where=path.name).data.decode("utf-8", "replace").split("\n")
    except BenangError:
        return []


# Pairs in doubt


@dataclass(frozen=True, slots=True)
class Compared:
    """A field of two records side by side, in pieces of which those are marked that the other lacks."""

    name: str
    one: tuple[tuple[str, bool], ...]
    other: tuple[tuple[str, bool], ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one work, why, and what speaks against it."""

    one: Record
    other: Record
    reason: str
    why: str
    fields: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A pair in doubt, its number from 1, how many there are, and how many people have decided."""

    pair: Pair | None
    at: int
    n: int
    decided: tuple[tuple[str, str, str], ...] = ()

    def reasons(self, language: Language) -> tuple[str, ...]:
        """Return what the two have in common, and what speaks against it."""
        return tuple(reason_in(one, language) for one in (self.pair.reason, self.pair.why)) if self.pair else ()


_COMPARED = (
    "title", "authors", "year", "type", "source", "volume", "issue", "first_page", "last_page", "article_number",
    "doi", "identifiers", "publisher", "author_keywords", "abstract", "database", "file",
)  # fmt: skip


def n_in_doubt(review: Opened) -> int:
    """Count the pairs that nobody has decided."""
    return len(review.sources().duplicates.doubts)


def pairs_in_doubt(review: Opened, at: int = 1) -> Pairs:
    """Return one of the pairs in doubt, by its number from 1; numbers beyond the last begin anew."""
    sources = review.sources()
    doubts = sources.duplicates.doubts
    path = review.root / DUPLICATES
    pairs = read_decisions(path).pairs if path.is_file() else ()
    decided = tuple((one.one, one.other, one.word) for one in pairs)
    if not doubts:
        return Pairs(None, 0, 0, decided)
    place = (max(at, 1) - 1) % len(doubts)
    doubt = doubts[place]
    one, other = (sources.records.records[end] for end in (doubt.one, doubt.other))
    return Pairs(Pair(one, other, doubt.reason, doubt.why, _compared(one, other)), place + 1, len(doubts), decided)


def _compared(one: Record, other: Record) -> tuple[Compared, ...]:
    fields = []
    for name in _COMPARED:
        texts = ["; ".join(_values(record, name)) for record in (one, other)]
        if any(texts):
            plain = [folded(text) for text in texts]
            differs = plain[0] != plain[1]
            marked = [_marked(texts[0], plain[1]), _marked(texts[1], plain[0])]
            fields.append(Compared(name, marked[0], marked[1], differs))
    return tuple(fields)


def _marked(text: str, other: str) -> tuple[tuple[str, bool], ...]:
    """Part a text into runs of words that another text has, or lacks."""
    known = set(re.findall(r"\w+", other))
    runs: list[tuple[str, bool]] = []
    for piece in _WORD.findall(text):
        is_word = bool(piece.strip()) and piece[0].isalnum()
        lacks = is_word and bool(other) and not set(re.findall(r"\w+", folded(piece))) <= known
        if runs and (runs[-1][1] == lacks or (not is_word and not runs[-1][1])):
            runs[-1] = (runs[-1][0] + piece, runs[-1][1])
        else:
            runs.append((piece, lacks))
    return tuple(runs)


Word = Literal["same", "different"]


def decide(review: Opened, one: str, other: str, word: Word) -> Worded:
    """Write into `duplicates.tsv` whether two records are one work; all else in it stays as it is written.

    Raises
    ------
    BenangError
        For records that are not there, a pair that was decided otherwise, and a table that can't be read.
    """
    records = review.sources().records
    for key in (one, other):
        if not records.has(key):
            raise BenangError(Problem(worded("no record has the key '{record}'", record=key)))
    if one == other:
        raise BenangError(Problem(worded("'{one}' and '{other}' are the same record", one=one, other=other)))
    said = worded("the same work") if word == "same" else worded("different works")
    with changing(review.root, DUPLICATES) as folder:
        path = folder.root / DUPLICATES
        before = read_bytes(path) if path.is_file() else None
        for earlier in read_decisions(path).pairs if before is not None else ():
            if {earlier.one, earlier.other} == {one, other}:
                if earlier.word == word:
                    return worded("Decided already: {said}.", said=said)
                fault = worded("this pair was decided otherwise in the meantime")
                raise BenangError(Problem(fault, where=DUPLICATES, way_on=worded("Take that back first.")))
        after = _with_row(before, path, {
            "record": one, "other": other, "decision": word,
            "title": records.record(one).title, "other title": records.record(other).title,
        })  # fmt: skip
        write_bytes(path, after)
    review.changed()
    what = worded("a pair: the same work") if word == "same" else worded("a pair: different works")
    remember(review, FileAct(DUPLICATES, before, after, what=what))
    return worded("Decided: {said}.", said=said)


def take_back_pair(review: Opened, one: str, other: str) -> Worded:
    """Take the decision on a pair out of `duplicates.tsv`.

    Raises
    ------
    BenangError
        Where the pair is not decided there.
    """
    with changing(review.root, DUPLICATES) as folder:
        path = folder.root / DUPLICATES
        before = read_bytes(path) if path.is_file() else b""
        decided = read_decisions(path).pairs if before else ()
        if not any({pair.one, pair.other} == {one, other} for pair in decided):
            raise BenangError(Problem(worded("this pair is not decided (any more)"), where=DUPLICATES))
        header = [cell.lower() for cell in read_user_table(path, way_on="", remark="#").rows[0][1]]
        places = [header.index(name) for name in DECIDED_HEADER[:2]]

        def is_gone(cells: Sequence[str]) -> bool:
            return {cells[at] for at in places if at < len(cells)} == {one, other}

        after = edited(before, TableRows((), is_gone, remark="#"), where=DUPLICATES)
        write_bytes(path, after)
    review.changed()
    remember(review, FileAct(DUPLICATES, before, after, what=worded("taking back a decision on a pair")))
    return worded("The pair is in doubt again.")


def _with_row(before: bytes | None, path: Path, cells: Mapping[str, str]) -> bytes:
    """Add a row to the table of decisions, in the order of its own columns."""
    head = csv_text(list(cells), (), delimiter="\t").encode()
    data = before if before is not None and before.strip() else head
    rows = read_user_table(path, way_on="", remark="#").rows if data is before else ()
    header = [cell.lower() for cell in rows[0][1]] if rows else list(cells)
    row = [" ".join(cells.get(name, "").split()) for name in header]
    change = TableRows([[*row, ""]], lambda _: False, remark="#")
    return edited(data, change, where=DUPLICATES)
