"""The records of one work as one record, and which value of it came from which of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from benang.records.duplicates.titles import title_of
from benang.records.names import family_name
from benang.records.record import Record, RecordStatus
from benang.records.references.keys import reference_keys
from benang.records.spelling import folded, label_key

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
