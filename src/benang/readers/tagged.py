"""The line grammar that RIS, Web of Science, MEDLINE, EndNote and RefWorks share: a tag, a value, lines that go on.

A record goes from its start tag (`TY`, `PT`, `PMID`) to its end tag (`ER`), or, in forms without one, to the next
record. Each line carries one tag or goes on with the value before it. `tagged_records.py` parses a file,
`tagged_count.py` counts its records apart from that, and here both come together. `tables.py` says which tag means
what; `ris.py`, `wos.py`, `medline.py` and others say how each form writes a tag.
"""

from __future__ import annotations

from collections.abc import Callable

from benang.readers.source import Reading, Remarks, Source, shown
from benang.readers.tagged_count import count_records
from benang.readers.tagged_records import Fields, Grammar, RawRecord, Stray, raw_records
from benang.records.ledger import SetAside
from benang.records.record import Record

__all__ = ["Fields", "Grammar", "RawRecord", "Stray", "count_records", "raw_records", "read_tagged"]

_NO_BEGINNING = "The beginning ({}) of the record is missing; what is there was read"
_UNKNOWN_SHAPE = "the separators tell of more records than were found; this one is of an unknown shape"
_NOT_TOLD = "it does not begin as a record of this form does ({}), and can't be told from what it says"


def read_tagged(
    source: Source, grammar: Grammar, record_of: Callable[[int, RawRecord, Remarks], Record], remarks: Remarks
) -> Reading:
    """Read a tagged file: each record found is made into a `Record` by `record_of`, or set aside with the reason.

    A record in whose middle the file ends is set aside: nobody can tell what it has lost. Where no record of a file has
    an end tag, the program that wrote it knows none, and the last record is read like the others.
    """
    records: list[Record] = []
    aside: list[SetAside] = []
    strays: list[Stray] = []
    ended: set[str] = set()
    place = 0
    for raw in raw_records(source.data, grammar):
        if isinstance(raw, Stray):
            strays.append(raw)
            continue
        place += 1
        cut = raw.ended == "file" and _is_cut(raw, grammar, ended, source.data)
        if reason := (_cut(grammar) if cut else _reason_against(raw, grammar)):
            aside.append(SetAside(place, raw.line, reason))
        else:
            records.append(record_of(place, raw, remarks))
            if not raw.begun:
                remarks.habit(_NO_BEGINNING.format(grammar.opening), place)
        if grammar.end and not cut and raw.ended != "tag":
            remarks.habit(f"No `{grammar.ending.strip()}` line ends the record, read up to the next one", place)
        ended.add("last" if grammar.last in raw.fields else raw.ended)
    _tell_strays(strays, remarks)
    counted = count_records(source.data, grammar)
    aside += [SetAside(missing, 1, _UNKNOWN_SHAPE) for missing in range(place + 1, counted + 1)]
    return Reading(len(records) + len(aside), tuple(records), tuple(aside), remarks.notes())


def _is_cut(raw: RawRecord, grammar: Grammar, earlier: set[str], data: bytes) -> bool:
    """Tell whether the file was cut in its last record, by how that and the earlier ones end."""
    if grammar.end:
        return earlier != {"next"}
    if not grammar.last or grammar.last in raw.fields:
        return False
    return "last" in earlier or not data.endswith(b"\n")


def _cut(grammar: Grammar) -> str:
    way_on = f", or add the line `{grammar.ending}` at the end if the record is complete" if grammar.ending else ""
    return f"the file ends in the middle of this record. Export it again{way_on}."


def _reason_against(raw: RawRecord, grammar: Grammar) -> str:
    if not raw.begun and not raw.fields:
        return (
            f"it does not begin as a record of this form does ({grammar.opening}), and can't be told from what it says"
        )
    if not raw.begun and not any(any(raw.fields.get(tag, ())) for tag in grammar.titles):
        return f"its beginning ({grammar.opening}) is missing, and what is left of it has no title"
    said = any(any(values) for tag, values in raw.fields.items() if tag != grammar.start)
    return "" if said else "no content: every field is empty"


def _tell_strays(strays: list[Stray], remarks: Remarks) -> None:
    if strays:
        first = f"line {strays[0].line}, {shown(strays[0].text)}"
        many = f"{len(strays):,} lines" if len(strays) > 1 else "1 line"
        remarks.say(f"Outside of all records: {many}, not read; the first is {first}.")
