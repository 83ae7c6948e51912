"""Keywords that reviewers add to records which came without any, or with too few: `keywords.csv` of a review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from benang.errors import BenangError, Problem, nearest
from benang.locale.writing import worded
from benang.records.corpus import Corpus
from benang.records.names import short_citation
from benang.records.record import ADDED, ASSIGNED
from benang.records.spelling import label_key
from benang.records.user_tables import csv_text, read_user_table

KEY_COLUMNS = ("record", "key", "rekaman")
"""Names of the column that says which record."""
_WORD_COLUMNS = ("keywords", "author_keywords", "kata kunci")
_TITLE_COLUMNS = ("title", "judul")
_WAY_ON = "Close every quotation mark that opens a cell, and double those inside it."


@dataclass(frozen=True, slots=True)
class AddedKeywords:
    """Keywords by the key of a record, with the title and the line of each, and the file they are from.

    `notes` tell an encoding that was guessed.
    """

    by_record: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    file: str = ""
    sha256: str = ""
    notes: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)


def read_added_keywords(path: Path) -> AddedKeywords:
    r"""Read a table with the columns `record` and `keywords`; keywords are parted by semicolons.

    A `title` beside a record says which one is meant, where that is in doubt. Other columns are passed over, and so are
    rows whose `keywords` are empty: a list that is filled in by and by.

    Raises
    ------
    BenangError
        Where a column is missing, or a record occurs twice.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "keywords.csv"
    >>> _ = path.write_text("record,title,keywords\na,Kota kembar,sister city; kota\nb,Desa,\n")
    >>> dict(read_added_keywords(path).by_record)
    {'a': ('sister city', 'kota')}
    """
    table = read_user_table(path, where=path.name, way_on=_WAY_ON)
    rows = table.rows
    key_at, words_at = _columns(rows[0][1] if rows else [], path.name)
    by_record: dict[str, tuple[str, ...]] = {}
    lines: dict[str, int] = {}
    titles: dict[str, str] = {}
    title_at = next((at for at, name in enumerate(rows[0][1]) if name.strip().lower() in _TITLE_COLUMNS), None)
    problems = []
    for line, cells in rows[1:]:
        key, words = (cells[at] if at < len(cells) else "" for at in (key_at, words_at))
        keywords = tuple(word for part in words.split(";") if (word := " ".join(part.split())))
        if not key or not keywords:
            continue
        if key in by_record:
            way_on = worded("It is also in line {line}: put its keywords into one row.", line=lines[key])
            problems.append(
                Problem(
                    worded("the record '{key}' again", key=key),
                    where=worded("{file}, line {line}", file=path.name, line=line),
                    way_on=way_on,
                )
            )
        by_record[key], lines[key] = keywords, line
        if title_at is not None and title_at < len(cells):
            titles[key] = cells[title_at]
    if problems:
        raise BenangError(*problems)
    return AddedKeywords(by_record, lines, path.name, table.sha256, table.notes, titles)


def renamed_keywords(added: AddedKeywords, keys: Mapping[str, str]) -> AddedKeywords:
    """Return the keywords under other keys; those of names that mean one record are put together.

    Examples
    --------
    >>> dict(renamed_keywords(AddedKeywords({"a.csv:1": ("kota",), "b": ("desa",)}), {"a.csv:1": "b"}).by_record)
    {'b': ('kota', 'desa')}
    """
    by_record: dict[str, tuple[str, ...]] = {}
    for name, words in added.by_record.items():
        key = keys.get(name, name)
        by_record[key] = tuple(dict.fromkeys((*by_record.get(key, ()), *words)))
    lines = {keys.get(name, name): line for name, line in added.lines.items()}
    return replace(added, by_record=by_record, lines=lines, titles={})


def with_added_keywords(corpus: Corpus, added: AddedKeywords, aliases: Mapping[str, str] | None = None) -> Corpus:
    """Put the keywords of reviewers behind those of the databases, and mark the field as theirs.

    The origin of `author_keywords` becomes `assigned` where the databases gave none, else `added`. `aliases` are keys
    of records that were joined to others.

    Raises
    ------
    BenangError
        With every record that the corpus does not have.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a"), Record("b", author_keywords=("kota",))])
    >>> marked = with_added_keywords(corpus, AddedKeywords({"a": ("desa",), "b": ("Kota", "paradiplomasi")}))
    >>> [(record.author_keywords, dict(record.origins)) for record in marked.records]
    [(('desa',), {'author_keywords': 'assigned'}), (('kota', 'paradiplomasi'), {'author_keywords': 'added'})]
    """
    if not added.by_record:
        return corpus
    places = {key: at for at, key in enumerate(corpus.keys)}
    places |= {alias: places[key] for alias, key in (aliases or {}).items() if key in places}
    _check_known(added, places)
    rows: list[tuple[int, int, str]] = []
    marks: list[tuple[int, str, str]] = []
    for key, words in added.by_record.items():
        work = places[key]
        own = corpus.records[work].author_keywords
        known = {label_key(word) for word in own}
        new = list({label_key(word): word for word in words if label_key(word) not in known}.values())
        rows += [(work, len(own) + at, word) for at, word in enumerate(new)]
        marks += [(work, "author_keywords", ADDED if own else ASSIGNED)] if new else []
    return _appended(corpus, sorted(rows), sorted(marks))


def keywords_form(corpus: Corpus, added: AddedKeywords | None = None) -> str:
    """Return a table of the records without author keywords, to be filled in; nothing where all have some.

    Keywords that were `added` are already in it, so that it can take the place of the file that they are from.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> print(keywords_form(corpus_of([Record("a", title="Kota", year=2020, authors=("Sari, D.",))])))
    record,study,title,keywords
    a,Sari (2020),Kota,
    <BLANKLINE>
    """
    if all(record.author_keywords for record in corpus.records):
        return ""
    given = added.by_record if added else {}
    wanted = [record for record in corpus.records if not record.author_keywords or record.key in given]
    others = [key for key in given if key not in set(corpus.keys)]  # records that were joined to others
    rows = [
        *([one.key, short_citation(one), one.title, "; ".join(given.get(one.key, ()))] for one in wanted),
        *([key, "", "", "; ".join(given[key])] for key in others),
    ]
    return csv_text(["record", "study", "title", "keywords"], rows)


def _columns(header: list[str], where: str) -> tuple[int, int]:
    names = [name.strip().lower() for name in header]
    places = []
    for wanted in (KEY_COLUMNS, _WORD_COLUMNS):
        at = next((names.index(name) for name in wanted if name in names), None)
        if at is None:
            message = worded("the columns {names}", names=", ".join(map(repr, header))) if header else "an empty file"
            raise BenangError(Problem(message, where=where, expected="the columns 'record' and 'keywords'"))
        places.append(at)
    return places[0], places[1]


def _check_known(added: AddedKeywords, places: Mapping[str, int]) -> None:
    problems = [
        Problem(
            worded("no record has the key '{key}'", key=key),
            where=worded("{file}, line {line}", file=added.file or "keywords", line=added.lines.get(key, 0)),
            way_on=nearest(key, places),
        )
        for key in added.by_record
        if key not in places
    ]
    if problems:
        raise BenangError(*problems)


def _appended(corpus: Corpus, rows: list[tuple[int, int, str]], marks: list[tuple[int, str, str]]) -> Corpus:
    values = corpus.values
    table = pa.table(
        {
            "work": pa.array([work for work, _, _ in rows], pa.int32()),
            "field": pa.array(["author_keywords"] * len(rows), pa.string()),
            "position": pa.array([at for _, at, _ in rows], pa.int32()),
            "value": pa.array([word for _, _, word in rows], pa.string()),
        }
    )
    columns = list(zip(*marks, strict=True)) if marks else [(), (), ()]
    schema = corpus.origins.schema
    more = pa.table([pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)], schema)
    kept = _without(corpus.origins, {work for work, _, _ in marks})
    return replace(corpus, values=_sorted(pa.concat_tables([values, table])), origins=pa.concat_tables([kept, more]))


def _without(origins: pa.Table, works: set[int]) -> pa.Table:
    keep = [
        not (work in works and name == "author_keywords")
        for work, name in zip(origins.column("work").to_pylist(), origins.column("field").to_pylist(), strict=True)
    ]
    return origins.filter(pa.array(keep, pa.bool_()))


def _sorted(values: pa.Table) -> pa.Table:
    """Keep the order of a corpus: field by field, within a field by work and position."""
    names = values.column("field").unique().to_pylist()
    order = [("work", "ascending"), ("position", "ascending")]
    return pa.concat_tables(
        [values.filter(pc.equal(values.column("field"), name)).sort_by(order) for name in names] or [values]
    )
