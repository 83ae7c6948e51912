"""Keys that records give themselves: made of what a record says, never of the file that holds it or its place there.

A key has to stay when rows are added, removed or sorted, so that it may depend on no other record. That is why the hash
of the title is in every key of author, year and title, and not only where two of them would be alike: a paper that
was alone must not change its key when another one by the same author comes in.

Where several records come with one key, they are either one paper given again, or several papers whose exports gave
them one id (two people's `umpama2018`). Of one paper, the first keeps the key and the others are numbered, ordered by
what they say; whichever bears which, it is the same paper. Of several papers none keeps the key, since it would then
name one or the other: each has a hash behind it, and whoever used the bare key is asked which is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from benang.files import sha256
from benang.records.names import family_name
from benang.records.record import Record, changed_record

_DATABASES = (
    "eid", "wos", "pmid", "openalex", "lens", "dimensions", "eric", "embase", "pmcid", "arxiv", "doaj",
)  # fmt: skip
_SAFE = re.compile(r"[\w.:/()+-]{1,120}", re.ASCII)  # what TOML, CSV and a heading take without quotation marks
_WORD = re.compile(r"[a-z0-9]+")
_WORDS, _LONGEST, _LONGEST_NAME = 4, 40, 24
_DIGITS = 8  # hexadecimal: one chance in four thousand million that two titles share them
_ROW = re.compile(r"[^\n]*[^\s:]\.[A-Za-z0-9]{1,8}:[0-9]{1,9}(?:-[0-9]{1,6})?")
_RUNNING = re.compile(r"(?:ITEM-)?[0-9]{1,5}")

OWN = "key"
"""Under which name `Record.raw` keeps the id that an export gave, where the key is another."""
_SHORTEST = 20  # letters of a title that may be a longer one, cut


def said_key(record: Record) -> str:
    """Return the key that a record without an id of its own has: its DOI, a database's id, else author, year, title.

    All of it is ASCII that may be used in file names, TOML and CSV as it is. Names and titles in other scripts are in
    the hash alone.

    Examples
    --------
    >>> said_key(Record("", doi="10.9999/x", title="Pasar malam")), said_key(Record("", identifiers=("pmid:123",)))
    ('doi:10.9999/x', 'pmid:123')
    >>> said_key(Record("", title="Night markets and the rent of stalls", authors=("Umpama, A.",), year=2018))
    'umpama2018-night-markets-and-the-946345eb'
    >>> said_key(Record("", title="夜市", year=2018))
    '2018-05f544fd'
    """
    if record.doi and _SAFE.fullmatch(record.doi):
        return f"doi:{record.doi}"
    for name in _DATABASES:
        for one in record.identifiers:
            if one.startswith(f"{name}:") and _SAFE.fullmatch(one):
                return one
    return text_key(record)


def text_key(record: Record) -> str:
    """Return the key of a record's first author, year, first words of the title, and a hash of the whole title.

    A record without a title has the hash of whatever else it says.

    Examples
    --------
    >>> text_key(Record("", title="Night markets", authors=("Umpama, A.",), doi="10.9999/x"))
    'umpama-night-markets-ca1e6f52'
    """
    first = record.authors[0] if record.authors else ""
    name = _name(family_name(first, record.bodies)) if first else ""
    parts = (f"{name}{record.year or ''}", _slug(record.title, _LONGEST))
    return "-".join([*(filter(None, parts) if any(parts) else ("record",)), title_hash(record)])


@lru_cache(maxsize=16_384)
def _name(family: str) -> str:
    return _slug(family, _LONGEST_NAME).replace("-", "")


def _slug(text: str, longest: int) -> str:
    """Return the first words of a text in small Latin letters; nothing where it is written in another script."""
    is_plain = text.isascii()
    plain = text if is_plain else unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = _WORD.findall(plain.lower().replace("'", ""))
    if not is_plain and sum(map(len, words)) < len(title_letters(text)) / 2:
        return ""  # a figure or a name within a title of another script
    return "-".join(words[:_WORDS])[:longest].rstrip("-")


def title_hash(record: Record) -> str:
    """Return the hash of the title alone, without regard to case, accents, marks and white space."""
    letters = title_letters(record.title)
    return sha256(letters or _all_else(record))[:_DIGITS]


def place_hash(record: Record) -> str:
    """Return a hash of the paper as it is cited: it distinguishes papers with one key, such as two editorials."""
    family = title_letters(family_name(record.authors[0], record.bodies)) if record.authors else ""
    cited = (
        family, str(record.year or ""), title_letters(record.title) or _all_else(record), title_letters(record.source),
        *places_in_print(record), record.doi,
    )  # fmt: skip
    return sha256("\x1f".join(cited))[:_DIGITS]


def places_in_print(record: Record) -> tuple[str, str, str]:
    """Return volume, issue and first page (or article number) as they are compared: `04` is `4`."""
    places = (record.volume, record.issue, record.first_page or record.article_number)
    return tuple([title_letters(one).lstrip("0") for one in places])  # type: ignore[return-value]


def title_letters(text: str) -> str:
    """Return the letters and figures of a text, without case, accents and whatever is between them.

    Examples
    --------
    >>> title_letters("Pasar malam: Café & Co."), title_letters("夜市 (2)")
    ('pasarmalamcafeco', '夜市2')
    """
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    return "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if one.isalnum())


def is_row_key(key: str) -> bool:
    """Recognise a key of file and row, as earlier versions gave records without an id: `PoPCites.csv:1`.

    Examples
    --------
    >>> is_row_key("PoPCites.csv:1"), is_row_key("all.zip/b.ris:12-2"), is_row_key("WOS:0001"), is_row_key("doi:10.9/x")
    (True, True, False, False)
    """
    return ":" in key and _ROW.fullmatch(key) is not None


def is_running_number(own: str) -> bool:
    """Recognise a number that counts the records of a library or a list, and names another paper in the next one.

    EndNote numbers the references of each library from 1, Mendeley's plug-in calls them `ITEM-1`. Numbers of databases
    are longer.

    Examples
    --------
    >>> [own for own in ("370", "ITEM-3", "22752652", "paper3") if is_running_number(own)]
    ['370', 'ITEM-3']
    """
    return _RUNNING.fullmatch(own) is not None


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
        ordered = sorted(places, key=lambda at: _content(records[at])) if len(places) > 1 else places
        number = 1
        for at in ordered[0 if key in taken else 1 :]:
            number += 1
            while f"{key}-{number}" in given:
                number += 1
            keys[at] = f"{key}-{number}"
    return keys


def _shared(keys: Sequence[str], taken: Collection[str] = ()) -> dict[str, list[int]]:
    """Return the places of every key that occurs more than once, or that is taken."""
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
    """Recognise titles that are one, or the longest one cut."""
    ordered = sorted(titles, key=len)
    whole = len(ordered) < 2 or len(ordered[0]) >= _SHORTEST
    return whole and all(ordered[-1].startswith(title) for title in ordered)


def _content(record: Record) -> str:
    """Return all that a record says, to put records of one key in order; its place is left out."""
    return repr(replace(record, file="", place=0, line=0))


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


def _all_else(record: Record) -> str:
    parts = (
        *record.authors, str(record.year or ""), record.source, record.volume, record.issue, record.first_page,
        record.article_number, record.doi, record.url, record.abstract,
    )  # fmt: skip
    return "\x1f".join(parts)
