"""A corpus in which each work is there once: its records merged into one, each of them kept as a member."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from benang.evidence import Step
from benang.records.corpus import Corpus, corpus_of
from benang.records.duplicates import Decisions, Duplicates, find_duplicates
from benang.records.duplicates.titles import title_of
from benang.records.identity import key_of_work
from benang.records.names import family_name
from benang.records.record import Record, RecordStatus
from benang.records.references.keys import reference_keys
from benang.records.spelling import folded, label_key

Numbers = npt.NDArray[np.int32]
"""The new number of every work."""


@dataclass(frozen=True, slots=True)
class Works:
    """The works of exports: joined of the records that were read, or these records themselves.

    `duplicates` says which records were joined and why, and which pairs a person should look at.
    """

    corpus: Corpus
    records: Corpus
    duplicates: Duplicates = field(default_factory=Duplicates)

    @property
    def n_joined(self) -> int:
        """How many records went into another one."""
        return len(self.records) - len(self.corpus)

    def aliases(self) -> dict[str, str]:
        """Return the keys of records that went into another one, with the key of the work."""
        keys = self.records.keys
        groups = [[keys[member] for member in group.members] for group in self.duplicates.groups]
        return {key: work for group in groups for work in [key_of_work(group)] for key in group if key != work}


def works_of(records: Corpus, *, join: bool = True, decisions: Decisions | None = None) -> Works:
    """Join the records that are one work, unless decisions say otherwise; pairs decided by a person are as decided.

    Raises
    ------
    BenangError
        For decisions on records that aren't there.

    Examples
    --------
    >>> works = works_of(corpus_of([Record("s", doi="10.1/a", title="Kota"), Record("w", doi="10.1/a", title="Kota")]))
    >>> works.corpus.keys, works.n_joined, works.aliases()
    (('s',), 1, {'w': 's'})
    """
    if not join:
        return Works(records, records)
    duplicates = find_duplicates(records, decisions=decisions)
    return Works(joined(records, duplicates), records, duplicates)


def joined(corpus: Corpus, duplicates: Duplicates) -> Corpus:
    """Join the records of each group into one work.

    Works are in the order of their first record; their key is that of one of their records, by a rule that asks for
    no order (`key_of_work`). `members` holds every record that was read, also that of a work of one: as many rows as
    records were read. `taken` says for the works of several records which
    of them each value comes from. The history gains the step `duplicates`.

    Examples
    --------
    >>> corpus = corpus_of([
    ...     Record("s", doi="10.1/a", title="Kota kembar", database="Scopus", file="s.csv", place=1),
    ...     Record("w", doi="10.1/a", title="Kota kembar", database="Web of Science", file="w.txt", place=1),
    ...     Record("x", title="Desa", database="Scopus", file="s.csv", place=2),
    ... ])
    >>> works = joined(corpus, find_duplicates(corpus))
    >>> works.keys, works.members.column("key").to_pylist(), works.records[0].database
    (('s', 'x'), ['s', 'w', 'x'], 'Scopus; Web of Science')
    """
    first = np.arange(len(corpus), dtype=np.int64)
    for group in duplicates.groups:
        first[list(group.members)] = group.members[0]
    kept, inverse = np.unique(first, return_inverse=True)
    number: Numbers = inverse.astype(np.int32)
    members = _members(corpus, number)
    step = _step(corpus, duplicates, len(kept))
    if not duplicates.groups:
        return replace(corpus, members=members, history=(*corpus.history, step))
    single, several = _parted(corpus, duplicates, number)
    records, taken = _merged(duplicates, several)
    grouped = _renumbered(corpus_of(records), number[[group.members[0] for group in duplicates.groups]])
    fields = corpus.values.column("field").unique()
    return Corpus(
        works=_sorted(pa.concat_tables([single.works, grouped.works]), "work"),
        values=_sorted_values(pa.concat_tables([single.values, grouped.values]), fields),
        origins=_sorted(pa.concat_tables([single.origins, grouped.origins]), "work"),
        raw=_sorted(pa.concat_tables([single.raw, grouped.raw]), "work"),
        ledger=corpus.ledger,
        history=(*corpus.history, step),
        members=members,
        taken=_taken(corpus, number, duplicates, taken),
    )


def _step(corpus: Corpus, duplicates: Duplicates, works: int) -> Step:
    counts = {
        "records": corpus.members.num_rows or len(corpus),
        "works": works,
        "groups": len(duplicates.groups),
        "joined": len(corpus) - works,
        "doubts": len(duplicates.doubts),
        "decided": duplicates.decided,
    }
    return Step("duplicates", {"by": ("identifiers", "title", "place in print")}, counts)


def _members(corpus: Corpus, number: Numbers) -> pa.Table:
    """Return the members table: the records themselves, or the members that works had already, under new numbers."""
    schema = corpus.members.schema
    old = corpus.members
    before = set(old.column("work").to_pylist())
    fresh = [work for work in range(len(corpus)) if work not in before]
    own = corpus.works.take(pa.array(fresh, pa.int64())).select(schema.names)
    table = pa.concat_tables([old, own.cast(schema)])
    order = np.argsort(table.column("work").to_numpy(), kind="stable")
    table = table.take(pa.array(order))
    table = _with_work(table, number[table.column("work").to_numpy()])
    return _sorted(table, "work")


def _parted(corpus: Corpus, duplicates: Duplicates, number: Numbers) -> tuple[Corpus, Corpus]:
    """Divide a corpus into the works of one record, under their new numbers, and all others, under the old ones."""
    grouped = np.zeros(len(corpus), dtype=bool)
    for group in duplicates.groups:
        grouped[list(group.members)] = True

    def part(table: pa.Table, wanted: bool) -> pa.Table:
        works = table.column("work").to_numpy()
        chosen = table.filter(pa.array(grouped[works] == wanted))
        return chosen if wanted else _with_work(chosen, number[chosen.column("work").to_numpy()])

    single, several = (
        replace(corpus, **{name: part(getattr(corpus, name), wanted) for name in ("works", "values", "origins", "raw")})
        for wanted in (False, True)
    )
    return single, several


def _merged(duplicates: Duplicates, several: Corpus) -> tuple[list[Record], list[Taken]]:
    places = several.works.column("work").to_pylist()
    by_work = dict(zip(places, several.records, strict=True))
    results = [merged([by_work[member] for member in group.members]) for group in duplicates.groups]
    keys = [key_of_work(by_work[member].key for member in group.members) for group in duplicates.groups]
    works = [replace(record, key=key) for (record, _), key in zip(results, keys, strict=True)]
    return works, [taken for _, taken in results]


def _taken(
    corpus: Corpus,
    number: Numbers,
    duplicates: Duplicates,
    taken: Sequence[Taken],
) -> pa.Table:
    schema = corpus.taken.schema
    rows = [
        (int(number[group.members[0]]), name, key)
        for group, fields in zip(duplicates.groups, taken, strict=True)
        for name, keys in fields.items()
        for key in keys
    ]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    table = pa.table([pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)], schema)
    if not corpus.taken.num_rows:
        return table
    regrouped = pa.array(sorted({member for group in duplicates.groups for member in group.members}), pa.int32())
    old = corpus.taken.filter(pc.invert(pc.is_in(corpus.taken.column("work"), regrouped)))
    old = _with_work(old, number[old.column("work").to_numpy()])
    return _sorted(pa.concat_tables([old, table]), "work")


def _renumbered(corpus: Corpus, number: Numbers) -> Corpus:
    tables = {
        name: _with_work(getattr(corpus, name), number[getattr(corpus, name).column("work").to_numpy()])
        for name in ("works", "values", "origins", "raw")
    }
    return replace(corpus, **tables)


def _with_work(table: pa.Table, works: Numbers) -> pa.Table:
    at = table.schema.get_field_index("work")
    return table.set_column(at, pa.field("work", pa.int32()), pa.array(works, pa.int32()))


def _sorted(table: pa.Table, name: str) -> pa.Table:
    """Sort by one column; rows that are equal in it stay in their order."""
    return table.take(pa.array(np.argsort(table.column(name).to_numpy(), kind="stable")))


def _sorted_values(values: pa.Table, fields: pa.Array) -> pa.Table:
    """Sort list values field by field, within a field by work and position."""
    rank = pc.index_in(values.column("field"), fields).to_numpy()
    order = np.lexsort((values.column("position").to_numpy(), values.column("work").to_numpy(), rank))
    return values.take(pa.array(order))


Taken = dict[str, tuple[str, ...]]
"""By the name of a field: the keys of the records that its value comes from."""

_GRAVEST: tuple[RecordStatus, ...] = (
    "retracted", "concern", "corrected", "retraction notice", "correction notice", "",
)  # fmt: skip
_FIRST = ("publisher", "url", "language", "source_abbreviation")
_UNITED: dict[str, Callable[[str], str]] = {
    "author_keywords": label_key,
    "index_keywords": label_key,
    "topics": label_key,
    "decisions": label_key,
    "identifiers": lambda value: value,
    "issn": lambda value: value.replace("-", "").upper(),
    "isbn": lambda value: value.replace("-", "").upper(),
}
_IN_PRINT = ("volume", "issue", "first_page", "last_page", "article_number")


def merged(records: Sequence[Record]) -> tuple[Record, Taken]:
    """Merge the records of one work; the first one lends its key, file and place.

    Keywords, topics, identifiers and decisions are united. References: the longest list, with those of the others that
    none of its references matches. The longest abstract, the fullest names, the highest number of citations. Year and
    place in print come from the record that has most of them. What a value was before cleaning goes with it.

    Examples
    --------
    >>> record, taken = merged([
    ...     Record("s", title="Kota kembar", citations=3, author_keywords=("Sister city",), database="Scopus"),
    ...     Record("w", title="Kota kembar", citations=5, author_keywords=("sister city", "twinning"), doi="10.1/a",
    ...            database="Web of Science")])
    >>> record.citations, record.author_keywords, record.doi, record.database
    (5, ('Sister city', 'twinning'), '10.1/a', 'Scopus; Web of Science')
    >>> taken["citations"], taken["author_keywords"]
    (('w',), ('s', 'w'))
    """
    fields: dict[str, Any] = {}
    taken: dict[str, list[Record]] = {}

    def take(name: str, *members: Record, value: object = None) -> None:
        if members:
            fields[name] = getattr(members[0], name) if value is None else value
            taken[name] = list(members)

    for name in _FIRST:
        take(name, *_holding(records, name)[:1])
    for name in ("type", "title", "source", "abstract", "doi", "citations", "status"):
        take(name, *_best(records, name))
    _take_in_print(records, take)
    _take_people(records, take)
    for name, key in _UNITED.items():
        values, members = _united(records, name, key)
        take(name, *members, value=values)
    values, members = _references(records)
    take("references", *members, value=values)
    take("database", *_holding(records, "database"), value=_databases(records))
    return replace(
        records[0],
        **fields,
        origins=_marks(taken, "origins"),
        raw=_marks(taken, "raw"),
    ), {name: tuple(dict.fromkeys(member.key for member in members)) for name, members in sorted(taken.items())}


def _holding(records: Iterable[Record], name: str) -> list[Record]:
    return [record for record in records if getattr(record, name) not in ("", (), None)]


def _best(records: Sequence[Record], name: str) -> list[Record]:
    """Return the record whose value of one field is to be taken, in a list; an empty one where none has a value."""
    order: dict[str, Callable[[Record], Any]] = {
        "type": lambda record: record.type == "other",
        "title": _plainness,
        "source": _fullness_of_source,
        "abstract": lambda record: -len(record.abstract),
        "doi": lambda record: (-sum(other.doi == record.doi for other in records), -len(record.doi)),
        "citations": lambda record: -(record.citations or 0),
        "status": lambda record: _GRAVEST.index(record.status),
    }
    values = _holding(records, name)
    return sorted(values, key=order[name])[:1]


def _plainness(record: Record) -> tuple[object, ...]:
    """Order titles: whole ones first, then those neither in capitals nor with a database's notes, then longer ones."""
    title = title_of(record.title)
    letters = sum(map(str.isalnum, record.title))
    return (title.cut, title.bracketed, _shouts(record.title), letters > len(title.key) + 3, -len(title.key))


def _fullness_of_source(record: Record) -> tuple[bool, bool, int]:
    """Order names of sources: whole ones first, then those without capitals throughout, then longer ones."""
    return record.source.endswith(("...", "…")), _shouts(record.source), -len(record.source)


def _shouts(text: str) -> bool:
    return text == text.upper() != text.lower()


def _take_in_print(records: Sequence[Record], take: Callable[..., None]) -> None:
    """Take year, volume and pages from the record that has most of them, what it lacks from the others."""
    ordered = sorted(records, key=lambda record: -sum(bool(getattr(record, name)) for name in _IN_PRINT))
    for name in ("volume", "issue", "article_number"):
        take(name, *_holding(ordered, name)[:1])
    if paged := _holding(ordered, "first_page")[:1]:
        same = [record for record in records if record.first_page == paged[0].first_page and record.last_page]
        take("first_page", *paged)
        take("last_page", *sorted(same, key=lambda record: -len(record.last_page))[:1])
    dated = _holding(ordered, "year")
    if dated:
        often = Counter(record.year for record in dated)
        whole = [record for record in dated if record.volume and (record.first_page or record.article_number)] or dated
        take("year", min(whole, key=lambda record: (-often[record.year], -(record.year or 0))))


def _take_people(records: Sequence[Record], take: Callable[..., None]) -> None:
    """Take the fullest names, with the ids of the same authors, and the longest lists of the others."""
    named = _holding(records, "authors")
    if named:
        best = min(named, key=_fullness)
        take("authors", best)
        same = [record for record in (best, *named) if record.author_ids and _families(record) == _families(best)]
        take("author_ids", *sorted(same, key=lambda record: -sum(map(bool, record.author_ids)))[:1])
    placed = sorted(
        _holding(records, "affiliations"),
        key=lambda record: (-len(record.affiliations), -sum(map(bool, record.affiliation_ids))),
    )
    take("affiliations", *placed[:1])
    take("affiliation_ids", *_holding(placed[:1], "affiliation_ids"))
    edited = sorted(_holding(records, "editors"), key=lambda record: -len(record.editors))[:1]
    take("editors", *edited)
    _take_bodies(records, {*(best.authors if named else ()), *(name for one in edited for name in one.editors)}, take)


def _take_bodies(records: Sequence[Record], names: Collection[str], take: Callable[..., None]) -> None:
    """Take the marks of bodies from all records: one may have the fullest names, and another the marks."""
    spelt = {folded(name): name for name in names}
    bodies: dict[str, None] = {}
    members = []
    for record in records:
        marked = [spelt[key] for name in record.bodies if (key := folded(name)) in spelt]
        if not bodies.keys() >= set(marked):
            members.append(record)
            bodies |= dict.fromkeys(marked)
    take("bodies", *members, value=tuple(bodies))


def _fullness(record: Record) -> tuple[bool, int, int]:
    """Order lists of authors: those not cut off first, then longer ones, then those with more letters in the names."""
    cut = any(name.strip(" .…,") in {"", "et al", "others"} or "…" in name or "..." in name for name in record.authors)
    return cut, -len(record.authors), -sum(len(name) for name in record.authors)


def _families(record: Record) -> list[str]:
    families = [folded(family_name(name, record.bodies)) for name in record.authors]
    return ["".join(one for one in family if one.isalnum()) for family in families]


def _united(records: Sequence[Record], name: str, key: Callable[[str], str]) -> tuple[tuple[str, ...], list[Record]]:
    """Return the values of all records, each once, in their order, and the records that gave one."""
    values: dict[str, str] = {}
    members = []
    for record in records:
        before = len(values)
        for value in getattr(record, name):
            values.setdefault(key(value), value)
        if len(values) > before:
            members.append(record)
    return tuple(values.values()), members


def _references(records: Sequence[Record]) -> tuple[tuple[str, ...], list[Record]]:
    """Return the longest list of references, and behind it those of the other records that nothing in it matches."""
    ordered = sorted(_holding(records, "references"), key=lambda record: -len(record.references))
    if len(ordered) < 2:
        return (ordered[0].references, ordered) if ordered else ((), [])
    kept = list(ordered[0].references)
    known = {key for raw in kept for key in _keys(raw)}
    members = ordered[:1]
    for record in ordered[1:]:
        new = [raw for raw in record.references if known.isdisjoint(_keys(raw))]
        if new:
            members.append(record)
            kept.extend(new)
            known.update(key for raw in new for key in _keys(raw))
    return tuple(kept), members


def _keys(raw: str) -> tuple[str, ...]:
    return (*reference_keys(raw), label_key(raw))


def _databases(records: Iterable[Record]) -> str:
    """Return the databases of all records, each once, in the order of the alphabet."""
    return "; ".join(sorted({name for record in records for name in record.database.split("; ") if name}))


def _marks(taken: dict[str, list[Record]], name: str) -> dict[str, str]:
    """Return what records say of the fields that were taken from them."""
    return {
        field: mark_given
        for field, members in sorted(taken.items())
        if (mark_given := next((mark for member in members if (mark := getattr(member, name).get(field))), ""))
    }
