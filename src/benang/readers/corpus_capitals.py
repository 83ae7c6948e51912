"""Keywords and sources in capitals, put as the rest of the corpus writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from benang.readers.keyword_capitals import WOS, KeywordSpellings, Ways, keyword_spellings, ways_of
from benang.readers.source import Reading, Remarks
from benang.records.capitals import is_loud
from benang.records.ledger import FileAccount
from benang.records.record import Record, changed_record
from benang.records.source_names import SourceNames, source_names

_KEYWORDS_SPELT = (
    "Keywords in capitals were spelt as in the rest of the corpus, or in lower case; what the export wrote is kept"
)
_SOURCES_SPELT = "Further sources in capitals were spelt as in the rest of the corpus; what the export wrote is kept"

Part = tuple[Reading, FileAccount]


def with_usual_capitals(parts: Sequence[Part]) -> list[Part]:
    """Put keywords and sources in capitals into ordinary spelling; the account of each file says in how many records.

    A keyword becomes what authors write, the most frequent form of several; else it is small, as VOSviewer shows it,
    but for words that running text has in capitals (COVID, GDP) or always with one (Indonesia), and acronyms that show
    it by themselves. A source becomes what another record of the corpus has, else a name with acronyms in capitals.
    """
    records = [record for reading, _ in parts for record in reading.records]
    ways = [tuple(ways_of(record)) for record in records]
    keywords = keyword_spellings(records, ways)
    names = _source_names(records) if any(map(_has_capital_source, records)) else None
    if keywords is None and names is None:
        return list(parts)
    of_each = iter(ways)
    return [_spelt(part, of_each, keywords, names) for part in parts]


def _spelt(part: Part, ways: Iterator[Ways], keywords: KeywordSpellings | None, names: SourceNames | None) -> Part:
    reading, account = part
    remarks = Remarks()
    records: list[Record] = []
    for record in reading.records:
        named = next(ways)
        changed = _keywords(record, named, keywords) if keywords is not None and named else {}
        if changed:
            remarks.habit(_KEYWORDS_SPELT, record.place)
        written = record.raw.get("source", record.source)
        source = record.source
        if names is not None and _has_capital_source(record):
            source = names.shown(written, tells=record.database != WOS)
        if source != record.source:
            changed["source"] = source
            if record.source == written:
                remarks.habit(_SOURCES_SPELT, record.place)
        records.append(_changed(record, changed) if changed else record)
    return replace(reading, records=tuple(records)), replace(account, notes=(*account.notes, *remarks.notes()))


def _keywords(record: Record, ways: Ways, spellings: KeywordSpellings) -> dict[str, Any]:
    """Return the lists of keywords that are spelt otherwise than the export does."""
    spelt = {name: spellings.spelt(getattr(record, name), way) for name, way in ways}
    return {name: keywords for name, keywords in spelt.items() if keywords != getattr(record, name)}


def _changed(record: Record, changed: dict[str, Any]) -> Record:
    """Return the record with these fields, and what the export wrote in `raw`."""
    raw = {name: old if isinstance(old := getattr(record, name), str) else "; ".join(old) for name in changed}
    return changed_record(record, {**changed, "raw": {**raw, **record.raw}})


def _has_capital_source(record: Record) -> bool:
    if not record.source:  # what stands in `raw` is then a mark for none
        return False
    written = record.raw.get("source", record.source)
    return written.isupper() or (record.database == WOS and is_loud(written))


def _source_names(records: Sequence[Record]) -> SourceNames:
    """Learn from the sources that an export did not write in capitals, and from abbreviations.

    Where most abbreviations have small letters, one word of them in capitals is an acronym: *IRBM*.
    """
    sources = [record.source for record in records if not record.raw.get("source", "").isupper()]
    shortened = [record.source_abbreviation for record in records if record.source_abbreviation]
    acronyms = [name for name in shortened if name.isupper()]
    alone = [name for name in acronyms if " " not in name] if 2 * len(acronyms) < len(shortened) else []
    return source_names([*sources, *shortened], alone)
