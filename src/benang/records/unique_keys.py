"""Every record under a key of its own, by rules that don't ask in which order records stand.

Where several records come with one key, they are either one paper given again, or several papers whose exports gave
them one id (two people's `umpama2018`). Of one paper, the first keeps the key and the others are numbered, ordered by
what they say; whichever bears which, it is the same paper. Of several papers none keeps the key, since it would then
name one or the other: each has a hash behind it, and whoever used the bare key is asked which is meant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from benang.records.identity import place_hash, places_in_print, said_key, text_key, title_letters
from benang.records.making import changed_record
from benang.records.names import family_name
from benang.records.record import Record

OWN = "key"
"""Under which name `Record.raw` keeps the id that an export gave, where the key is another."""
_SHORTEST = 20  # letters of a title that may be a longer one, cut


def with_keys(records: Sequence[Record]) -> list[Record]:
    """Give records without a key the one that they say.

    Examples
    --------
    >>> [record.key for record in with_keys([Record("a"), Record("", doi="10.9999/x")])]
    ['a', 'doi:10.9999/x']
    """
    return [record if record.key else changed_record(record, {"key": said_key(record)}) for record in records]


def unique_keys(records: Sequence[Record], taken: Collection[str] = ()) -> list[str]:
    """Return a key for each record that no other one has; most keep theirs. `taken` are keys of records elsewhere.

    Examples
    --------
    >>> same = Record("a", title="Night markets", volume="1")
    >>> unique_keys([same, Record("b"), same])
    ['a', 'b', 'a-2']
    >>> unique_keys([Record("a", title="Night markets"), Record("a", title="Permits")])
    ['a-a5edd9e1', 'a-3fbac08d']
    """
    keys = [record.key for record in records]
    if len(set(keys)) == len(keys) and not taken:
        return keys
    for key, places in _shared(keys).items():
        several = [records[at] for at in places]
        if not _is_one_paper(several):
            for at, record in zip(places, several, strict=True):
                keys[at] = f"{key}-{place_hash(record)}"
    given = {*keys, *taken}
    for key, places in _shared(keys, taken).items():
        ordered = sorted(places, key=lambda at: _said(records[at])) if len(places) > 1 else places
        number = 1
        for at in ordered[0 if key in taken else 1 :]:
            number += 1
            while f"{key}-{number}" in given:
                number += 1
            keys[at] = f"{key}-{number}"
    return keys


def key_of_work(keys: Iterable[str]) -> str:
    """Return the key of a work among those of its records: one that isn't numbered, the first in order.

    Examples
    --------
    >>> key_of_work(["a-2", "a"]), key_of_work(["umpama2018-pasar-0a1b2c3d", "WOS:1", "2-s2.0-1"])
    ('a', '2-s2.0-1')
    """
    known = set(keys)
    return min(known, key=lambda key: (_base(key) in known, key))


def _base(key: str) -> str:
    head, dash, number = key.rpartition("-")
    return head if dash and number.isdigit() else ""


def _shared(keys: Sequence[str], taken: Collection[str] = ()) -> dict[str, list[int]]:
    """Return the places of every key that stands more than once, or that is taken."""
    places: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        places.setdefault(key, []).append(at)
    return {key: at for key, at in places.items() if len(at) > 1 or key in taken}


def _is_one_paper(records: Sequence[Record]) -> bool:
    """Tell whether records of one key are one paper; an id that a database gave is of one paper in any case."""
    first = records[0]
    key = first.key.casefold()
    if any(key in (one.casefold(), one.casefold().partition(":")[2]) for one in first.identifiers):
        return True
    if first.key == text_key(first) and not _agree(title_letters(one.source) for one in records):
        return False  # one title twice, say as a paper of a conference and in a journal
    years = [record.year for record in records if record.year is not None]
    return (
        max(years, default=0) - min(years, default=0) <= 1  # published ahead of print
        and _are_one_title({title_letters(record.title) for record in records} - {""})
        and _agree(title_letters(family_name(record.authors[0], record.bodies)) for record in records if record.authors)
        and _agree(record.doi for record in records)
        and all(map(_agree, zip(*map(places_in_print, records), strict=True)))
    )


def _agree(values: Iterable[str]) -> bool:
    """Tell whether all values are one, those that are missing aside."""
    return len(set(values) - {""}) <= 1


def _are_one_title(titles: Collection[str]) -> bool:
    """Tell titles that are one, or the longest one cut."""
    ordered = sorted(titles, key=len)
    whole = len(ordered) < 2 or len(ordered[0]) >= _SHORTEST
    return whole and all(ordered[-1].startswith(title) for title in ordered)


def _said(record: Record) -> str:
    """Return all that a record says, to put records of one key in order; where it stands is left out."""
    return repr(replace(record, file="", place=0, line=0))
