"""Keys that records give themselves: made of what a record says, never of the file that holds it or its place there.

A key has to stay when rows are added, removed or sorted, so that it may depend on no other record. That is why the hash
of the title stands in every key of author, year and title, and not only where two of them would be alike: a paper that
stood alone must not change its key when another one by the same author comes in.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from benang.files import sha256
from benang.records.names import family_name
from benang.records.record import Record

_DATABASES = (
    "eid", "wos", "pmid", "openalex", "lens", "dimensions", "eric", "embase", "pmcid", "arxiv", "doaj",
)  # fmt: skip
_SAFE = re.compile(r"[\w.:/()+-]{1,120}", re.ASCII)  # what stands in TOML, CSV and a heading without being quoted
_WORD = re.compile(r"[a-z0-9]+")
_WORDS, _LONGEST, _LONGEST_NAME = 4, 40, 24
_DIGITS = 8  # hexadecimal: one chance in four thousand million that two titles share them
_ROW = re.compile(r"[^\n]*[^\s:]\.[A-Za-z0-9]{1,8}:[0-9]{1,9}(?:-[0-9]{1,6})?")
_RUNNING = re.compile(r"(?:ITEM-)?[0-9]{1,5}")


def said_key(record: Record) -> str:
    """Return the key that a record without an id of its own has: its DOI, a database's id, else author, year, title.

    All of it is ASCII that may stand in file names, TOML and CSV as it is. Names and titles in other scripts are in the
    hash alone.

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
    said = (f"{name}{record.year or ''}", _slug(record.title, _LONGEST))
    return "-".join([*(filter(None, said) if any(said) else ("record",)), title_hash(record)])


def title_hash(record: Record) -> str:
    """Return the hash in which the title alone stands, without regard to case, accents, marks and white space."""
    letters = title_letters(record.title)
    return sha256(letters or _all_else(record))[:_DIGITS]


def place_hash(record: Record) -> str:
    """Return a hash of the paper as it is cited: it tells papers apart whose key would be one, as two editorials."""
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
    """Return the letters and figures of a text, without case, accents and whatever stands between them.

    Examples
    --------
    >>> title_letters("Pasar malam: Café & Co."), title_letters("夜市 (2)")
    ('pasarmalamcafeco', '夜市2')
    """
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    return "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if one.isalnum())


def is_row_key(key: str) -> bool:
    """Tell a key of file and row, as earlier versions gave records without an id: `PoPCites.csv:1`.

    Examples
    --------
    >>> is_row_key("PoPCites.csv:1"), is_row_key("all.zip/b.ris:12-2"), is_row_key("WOS:0001"), is_row_key("doi:10.9/x")
    (True, True, False, False)
    """
    return ":" in key and _ROW.fullmatch(key) is not None


def is_running_number(own: str) -> bool:
    """Tell a number that counts the records of a library or a list, and names another paper in the next one.

    EndNote numbers the references of each library from 1, Mendeley's plug-in calls them `ITEM-1`. Numbers of databases
    are longer.

    Examples
    --------
    >>> [own for own in ("370", "ITEM-3", "22752652", "paper3") if is_running_number(own)]
    ['370', 'ITEM-3']
    """
    return _RUNNING.fullmatch(own) is not None


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


def _all_else(record: Record) -> str:
    said = (
        *record.authors, str(record.year or ""), record.source, record.volume, record.issue, record.first_page,
        record.article_number, record.doi, record.url, record.abstract,
    )  # fmt: skip
    return "\x1f".join(said)
