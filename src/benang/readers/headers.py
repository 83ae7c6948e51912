"""Headers of columns → fields of a record, whatever their case, accents, blanks, plural and language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from benang.readers.header_names import NAMES, ONLY_BESIDE, SECOND_MEANING, VAGUE

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORDS = re.compile(r"[^\W_]+")
_PLURAL_IN_BRACKETS = re.compile(r"\((?:s|es|en|innen)\)|(?<=[a-z])/(?:s|es|en|in|innen|a)\b")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]\s*")
_OF_ANOTHER = re.compile(
    r"\b(?:ids?|orcid|affiliations?|address|country|countries|emails?|e-mail|count|number|no|total|raw|score|links?|urls?)\b",
    re.IGNORECASE,
)
"""Words in brackets that make another thing of a column: `Authors (Raw Affiliation)` are no authors."""
_PREFIX = re.compile(r"(?:item|document|article|paper|record|study|manuscript|ref|reference|bib|citation|work)")
_AFTER_PREFIX = "title author doi abstract keyword year url language type journal volume issue page publisher"
_PREFIXED = frozenset(_AFTER_PREFIX.split())
_SHORTEST_PLURAL = 4
_LONGEST = 80
_NONE = ("", 0, False)
_JOINING_WORDS = "a da de dei del della der des di die do du e el en et i il l la le of the van"
_JOINING = frozenset(_JOINING_WORDS.split())
_NO_PLURAL = "editores"  # Spanish editors; `editore` is the Italian publisher


@lru_cache(maxsize=4096)
def header_words(header: str) -> str:
    """Return the words of a header in small letters, without accents; an `s` at the end of a word is taken off.

    Examples
    --------
    >>> header_words("Año de publicación"), header_words("pubYears")
    ('ano de publicacion', 'pub year')
    """
    text = _PLURAL_IN_BRACKETS.sub("", header.replace("\ufeff", ""))
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(map(_singular, _WORDS.findall(_CAMEL.sub(" ", plain).casefold())))


def header_key(header: str) -> str:
    """Return what two spellings of one header have in common: its words, as one.

    Examples
    --------
    >>> header_key(" Publication_Year"), header_key("pubYears"), header_key("Año de publicación")
    ('publicationyear', 'pubyear', 'anodepublicacion')
    >>> header_key("Author(s)") == header_key("authors") == header_key("AUTHOR")
    True
    """
    return header_words(header).replace(" ", "")


def _singular(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or word[-1] != "s" or word[-2] == "s" or word == _NO_PLURAL:
        return word
    return word[:-1]


def _loose(header: str) -> str:
    """Return what the words of a header have in common with others, whatever their order and what joins them."""
    return " ".join(sorted(word for word in header_words(header).split() if word not in _JOINING))


def _ranks(table: Mapping[str, str], key: Callable[[str], str]) -> dict[str, tuple[str, int]]:
    return {key(name): (field, rank) for field, names in table.items() for rank, name in enumerate(names.split("|"))}


_PLAIN = _ranks(NAMES, header_key)
_VAGUE = _ranks(VAGUE, header_key)
_LOOSE = _ranks(NAMES, _loose)


def field_named(header: str) -> tuple[str, int, bool]:
    """Return the field that a header names, how early its name stands among those of the field, whether it's vague.

    A note in brackets is left out where it does not make another thing of the column; of names parted by a slash all
    must mean one field. The field is empty where the header names none.

    Examples
    --------
    >>> field_named("Name of the journal")[0], field_named("Author (Year)")[0]
    ('source', '')
    >>> field_named("Mots-clés"), field_named("Pub. Year")[0], field_named("Journal/Source")[0], field_named("No.")
    (('author_keywords', 12, True), 'year', 'source', ('issue', 1, True))
    >>> field_named("Year (YYYY)")[0], field_named("Item DOI")[0], field_named("Authors (Raw Affiliation)")[0]
    ('year', 'doi', '')
    """
    if len(header) > _LONGEST:
        return _NONE
    if (known := _known(header))[0]:
        return known
    note = _BRACKETS.search(header)
    if note and not _OF_ANOTHER.search(note[0]):
        known = _known(_BRACKETS.sub(" ", header))
        return known if _known(note[0])[0] in ("", known[0]) else _NONE
    parts = [_known(part) for part in header.split("/")]
    if len(parts) > 1 and len({field for field, _, _ in parts}) == 1:
        return min(parts, key=lambda part: (part[2], part[1]))
    return _NONE


def _known(name: str) -> tuple[str, int, bool]:
    key = header_key(name)
    for table, vague in ((_PLAIN, False), (_VAGUE, True)):
        if key in table:
            return (*table[key], vague)
    if (loose := _loose(name)) in _LOOSE:
        return (*_LOOSE[loose], False)
    prefix = _PREFIX.match(key)
    rest = key[prefix.end() :] if prefix else ""
    return (*_PLAIN[rest], False) if rest in _PREFIXED and rest in _PLAIN else _NONE


def named_columns(header: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return which columns hold which field, by their headers alone; of a field, the plainest name first.

    A vague name counts only where no plainer one names the field: `source` beside `journal` is the database, and
    `keywords` beside `author keywords` are those of an index.

    Examples
    --------
    >>> named_columns(["title", "journal", "source", "Titel"])
    {'title': (0, 3), 'source': (1,), 'database': (2,)}
    """
    ranked: dict[str, list[tuple[int, int]]] = {}
    vague: dict[str, list[tuple[int, int]]] = {}
    for at, name in enumerate(header):
        field, rank, is_vague = field_named(name)
        if field:
            (vague if is_vague else ranked).setdefault(field, []).append((rank, at))
    for field, places in vague.items():
        meant = field if field not in ranked else SECOND_MEANING.get(field, "")
        lacks = field in ONLY_BESIDE and ONLY_BESIDE[field] not in ranked
        if meant and meant not in ranked and not lacks:
            ranked[meant] = places
    return {field: tuple(at for _, at in sorted(places)) for field, places in ranked.items()}
