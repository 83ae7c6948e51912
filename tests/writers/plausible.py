"""Records as databases give them, invented by Hypothesis: letters of many scripts, separators, quotes, braces."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from benang.readers import Reading, Remarks
from benang.readers.cleaning import cleaned_records
from benang.readers.corpus_capitals import with_usual_capitals
from benang.readers.values import tidy
from benang.records.record import FileAccount, Record, RecordStatus, RecordType

_LETTERS = st.sampled_from("abcXYZ019éüßğșñçøáÅ東京市عربТест")
_MARKS = st.sampled_from(" ,;:.-/\\'\"{}()[]$%&#_^~=+@*<>|`?!…–—°²")
_WORDS = st.sampled_from(
    [
        "kota", "sister city", " and ", "AND", " -- ", "AB  - ", "TY  - JOUR", "ER  - ", "@article{", "\\'e", "\\;",
        "=1+1", "N/A", "References: ", "Cited By: 3", "10.1/a", "&amp", "\\n", "a  b", "%25", "'=x", ";\n", "\n", "\t",
    ]
)  # fmt: skip


def _text(most: int = 8) -> st.SearchStrategy[str]:
    return st.lists(_LETTERS | _MARKS | _WORDS, max_size=most).map("".join).map(tidy)


def _list(values: st.SearchStrategy[str], most: int = 4) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values.filter(bool), max_size=most).map(tuple)


def _with_ids(fields: dict[str, Any]) -> dict[str, Any]:
    """Keep as many ids as there are authors and affiliations, or none at all."""
    for ids, names in (("author_ids", "authors"), ("affiliation_ids", "affiliations")):
        held = fields[ids][: len(fields[names])]
        fields[ids] = held if len(held) == len(fields[names]) and any(held) else ()
    return fields


_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("title", "source", "publisher", "source_abbreviation", "language", "database", "url"), _text()),
    **dict.fromkeys(("volume", "issue", "first_page", "last_page", "article_number", "doi"), _text(3)),
    "abstract": _text(30),
    **dict.fromkeys(("authors", "editors", "author_keywords", "index_keywords"), _list(_text())),
    **dict.fromkeys(("references", "affiliations"), _list(_text())),
    **dict.fromkeys(("issn", "isbn", "identifiers", "topics", "decisions"), _list(_text(4), 2)),
    **dict.fromkeys(("author_ids", "affiliation_ids"), st.lists(_text(3), max_size=4).map(tuple)),
    "year": st.none() | st.integers(1000, 2999),
    "citations": st.none() | st.integers(0, 2**31 - 1),
    "has_bodies": st.just(True),
    "type": st.sampled_from(get_args(RecordType)),
    "status": st.sampled_from(get_args(RecordStatus)),
    "origins": st.sampled_from([{}, {"author_keywords": "assigned"}, {"title": "a; b", "year": "c=d"}]),
}  # fmt: skip


def records() -> st.SearchStrategy[list[Record]]:
    """Give lists of records with keys of their own, clean as the registry hands them on."""
    one = st.fixed_dictionaries({}, optional=_FIELDS).map(lambda fields: _record(fields))
    return st.lists(one, min_size=1, max_size=4).map(
        lambda held: [Record(**{**_arguments(record), "key": f"k{at}"}) for at, record in enumerate(_spelt(held))]
    )


def _spelt(held: list[Record]) -> list[Record]:
    """Put keywords and sources in capitals as these records write them, until nothing changes."""
    for _ in range(6):
        reading = Reading(len(held), tuple(held), (), ())
        ((reading, _account),) = with_usual_capitals([(reading, FileAccount("a", "b", "", len(held), len(held)))])
        again = list(reading.records)
        if again == held:
            break
        held = again
    return held


def _arguments(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in Record.__dataclass_fields__ if name != "raw"}


def _record(fields: dict[str, Any]) -> Record:
    lists = {name: fields.get(name, ()) for name in ("authors", "affiliations", "author_ids", "affiliation_ids")}
    names = (*lists["authors"], *fields.get("editors", ()))
    bodies = tuple(dict.fromkeys(names[::2])) if fields.pop("has_bodies", False) else ()
    record = Record("", **{**fields, **_with_ids(lists), "bodies": bodies, "title": fields.get("title", "") or "kota"})
    for _ in range(6):  # cleaning may uncover what has to be cleaned again: &amp;lt;
        (again,) = cleaned_records([record], Remarks())
        if _arguments(again) == _arguments(record):
            break
        record = again
    return record
