"""The country of an affiliation, from ISO 3166 and the spellings that databases use (`countries.tsv`), and as an item.

VOSviewer's thesaurus of countries has the names as they are printed (`taiwan` → `peoples r china`, `scotland` →
`england`). So a line of a thesaurus is looked up by the name that an affiliation prints, then by the country that
Benang reads; what it says instead is read as a country again, where it is one, so that no country is on a map
twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from benang.records.spelling import folded, label_key
from benang.records.thesaurus import Thesaurus

_LAST_PARTS = 4
"""How many parts from the end a country may be in: an e-mail address or a postcode may follow it."""
_MOST_WORDS = 5
_CODE_LETTERS = 2
_SHORTENED = 4  # letters that a word and what it is short for have in common
_OF_MANY = (
    "of the and da de du republic republik republique rep republ repub r p i o people peoples state s union kingdom "
    "province region special administrative island islands kepulauan independent"
)
_TELL_NOTHING = frozenset(_OF_MANY.split())
"""Words in names of countries that tell none from another."""
_E_MAIL = re.compile(r"\S{1,64}@\S{1,255}|electronic address:?|e-?mail:?", re.IGNORECASE)
_PART = re.compile(r"[,;\n]")
_MARKS = " .:;\t"
# Figures with spaces and hyphens between them, in front of the name or behind it.
_POSTCODE = re.compile(r"^[0-9](?:[0-9 -]{0,18}[0-9])?\b|\b[0-9](?:[0-9 -]{0,18}[0-9])?$")
_US_POSTCODE = re.compile(r"\b[A-Z]{2} [0-9]{5}(?:-[0-9]{4})?$")
_WORD = re.compile(r"[^\W\d_]+")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_GEORGIA_USA = re.compile(
    r"atlanta|athens|augusta|savannah|macon|statesboro|kennesaw|emory|georgia (?:state|tech|inst|southern)|"
    r"univ(?:ersity)?(?: of)? georgia"
)


@cache
def country_names() -> Mapping[str, str]:
    """Return the country for each name that `countries.tsv` lists, by the letters of the name.

    Examples
    --------
    >>> country_names()["peoples r china"], country_names()["inggris"]
    ('China', 'United Kingdom')
    """
    return {_letters(name): country for name, country, _ in _table()}


@cache
def country_codes() -> Mapping[str, str]:
    """Return the ISO 3166-1 code of two letters of each country, and the country of each code.

    Examples
    --------
    >>> country_codes()["Indonesia"], country_codes()["ID"]
    ('ID', 'Indonesia')
    """
    codes: dict[str, str] = {}
    for _, country, code in _table():
        codes[country], codes[code] = code, country
    return codes


def country_named(code: str) -> str:
    """Return the country that a code of two letters stands for; the code itself where it is unknown.

    Examples
    --------
    >>> country_named("ID"), country_named("kr"), country_named("XK"), country_named("QQ"), country_named("")
    ('Indonesia', 'South Korea', 'Kosovo', 'QQ', '')
    """
    return country_codes().get(code.upper(), code) if len(code) == _CODE_LETTERS else code


@lru_cache(maxsize=65_536)
def country_of(affiliation: str) -> str:
    """Return the country that an affiliation ends with, in English; nothing where it names none.

    Nations of the United Kingdom and successors of the Soviet Union go to the states of today, territories with an ISO
    code of their own (Hong Kong, Puerto Rico) stay themselves. Nothing is guessed from a city.

    Examples
    --------
    >>> country_of("[Sun, ZW] Tsinghua Univ, Dept Phys, Beijing 100084, Peoples R China.")
    'China'
    >>> country_of("Univ Wales, Cardiff CF10 3XQ, S Glam, Wales"), country_of("Tbilisi State Univ, Rep of Georgia")
    ('United Kingdom', 'Georgia')
    >>> country_of("Universitas Padjadjaran, Bandung")
    ''
    """
    return _read(affiliation)[0]


@lru_cache(maxsize=65_536)
def country_as_written(affiliation: str) -> str:
    """Return the name of the country as an affiliation prints it; its last part where it names none that is known.

    Examples
    --------
    >>> country_as_written("Univ Sydney, Sydney, Australia 2006. Electronic address: a.b@sydney.edu.au")
    'Australia'
    >>> [country_as_written(one) for one in ("HGST, San Jose, CA 95135 USA.", "UNPAD, Jatinangor", "a@b.id")]
    ['USA', 'Jatinangor', '']
    """
    if written := _read(affiliation)[1]:
        return written
    parts = (_POSTCODE.sub("", part.strip(_MARKS)).strip(_MARKS) for part in _PART.split(_E_MAIL.sub(" ", affiliation)))
    return next((part for part in reversed(list(parts)) if _letters(part)), "")


def country_by_name(name: str) -> str:
    """Return the country that a name stands for, nothing for a name that is in no table.

    Examples
    --------
    >>> country_by_name("peoples r china"), country_by_name("Atlantis")
    ('China', '')
    """
    return country_names().get(_letters(name), "")


@lru_cache(maxsize=65_536)
def _read(affiliation: str) -> tuple[str, str]:
    """Return the country of an affiliation and how it is printed there; nothing where it names none."""
    text = _E_MAIL.sub("", affiliation)
    parts = [part.strip(" .\t\n;") for part in re.split(r"[,;\n]", text)]
    parts = [part for part in parts if part][-_LAST_PARTS:]
    names = country_names()
    for part in reversed(parts):
        words = _letters(part).split()
        country, size = names.get(" ".join(words), ""), len(words)
        if not country and part is parts[-1]:
            country, size = _ending(words, names)
        if country == "Georgia" and _GEORGIA_USA.search(folded(affiliation)) and "rep" not in folded(part):
            return "United States", _last_words(part, size)
        if country:
            return country, _last_words(part, size)
        if _US_POSTCODE.search(part):
            return "United States", ""
    return "", ""


def _last_words(part: str, size: int) -> str:
    """Return the last words of a part as they are printed, without figures and marks around them."""
    words = list(_WORD.finditer(part))[-size:]
    return part[words[0].start() : words[-1].end()] if words else ""


def countries_of(affiliations: Iterable[str]) -> tuple[str, ...]:
    """Return the countries of a record's affiliations, each once, in their order.

    Examples
    --------
    >>> countries_of(["Kyoto Univ, Kyoto, Japan", "UNPAD, Bandung, Indonesia", "Osaka Univ, Osaka, Japan"])
    ('Japan', 'Indonesia')
    """
    return tuple(dict.fromkeys(country for one in affiliations if (country := country_of(one))))


def _ending(words: Sequence[str], names: Mapping[str, str]) -> tuple[str, int]:
    """Find a country in the last words of a part, and say how many it takes: `30602 USA`, `London England`.

    The longest name goes first. Nothing where a word before it may make it another country: `Equatl Guinea`.
    """
    for size in range(min(_MOST_WORDS, len(words)), 0, -1):
        name = " ".join(words[-size:])
        if country := names.get(name):
            another = _is_another(words[:-size], _qualifiers().get(name, frozenset()))
            return ("", 0) if another else (country, size)
    return "", 0


def _is_another(before: Sequence[str], qualifiers: Set[str]) -> bool:
    """Tell whether one of the words before a name is among those that make it another country, or short for one."""
    return not qualifiers.isdisjoint(before) or any(
        len(word) >= _SHORTENED and any(one[:_SHORTENED] == word[:_SHORTENED] for one in qualifiers) for word in before
    )


@cache
def _qualifiers() -> Mapping[str, frozenset[str]]:
    """Return the words before a name within the names of other countries: `north`, `dem` before `korea`."""
    qualifiers: dict[str, set[str]] = {}
    names = country_names()
    for name, country in names.items():
        words = name.split()
        for at in range(1, len(words)):
            tail = " ".join(words[at:])
            if names.get(tail, country) != country:
                qualifiers.setdefault(tail, set()).update(word for word in words[:at] if word not in _TELL_NOTHING)
    return {name: frozenset(words) for name, words in qualifiers.items()}


def _letters(text: str) -> str:
    return " ".join(_NO_LETTERS.sub(" ", folded(text)).split())


@cache
def _table() -> tuple[tuple[str, str, str], ...]:
    text = (resources.files("benang.records") / "countries.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((name, country, code) for name, country, code in rows[1:])


@dataclass(frozen=True, slots=True)
class CountryItems:
    """The label of the country of each affiliation, empty where it names none or a thesaurus drops it.

    `without` marks the affiliations that name none; `matched` are the keys of the lines of the thesaurus that fit.
    """

    labels: tuple[str, ...]
    without: tuple[bool, ...]
    matched: frozenset[str]
    dropped: int


def country_items(affiliations: Sequence[str], thesaurus: Thesaurus) -> CountryItems:
    """Read the countries of affiliations, and apply a thesaurus to their names.

    A country is shown by Benang's name for it. Where all of its affiliations were named by the thesaurus, as with
    `united kingdom` → `Inggris`, its label is the thesaurus's.

    Examples
    --------
    >>> thesaurus = Thesaurus((("taiwan", "peoples r china"), ("scotland", "england"), ("japan", "")))
    >>> places = "A, Taiwan", "B, Peoples R China", "C, Leeds, England", "D, Scotland", "E, Japan", "F, Kota"
    >>> country_items(places, thesaurus).labels
    ('China', 'China', 'United Kingdom', 'United Kingdom', '', '')
    """
    replaced = thesaurus.by_key(label_key)
    keys: list[str] = []
    own: dict[str, str] = {}
    given: dict[str, str] = {}
    matched, dropped, without = set[str](), set[str](), []
    for affiliation in affiliations:
        country = country_of(affiliation)
        line = next((key for key in _names(affiliation, country) if key in replaced), "") if replaced else ""
        name = replaced[line] if line else country
        known = country_by_name(name) if line else name
        key = label_key(known or name)
        keys.append(key)
        without.append(not country and not line)
        if line:
            matched.add(line)
            given.setdefault(key, name)
            if not key:
                dropped.add(country or line)
        if not line or label_key(name) == label_key(country):
            own[key] = known
    labels = given | own | {"": ""}
    return CountryItems(tuple(labels[key] for key in keys), tuple(without), frozenset(matched), len(dropped))


def _names(affiliation: str, country: str) -> tuple[str, ...]:
    """Return what a thesaurus may call the country of an affiliation: the name as printed, then as read."""
    return tuple(name for name in (label_key(country_as_written(affiliation)), label_key(country)) if name)
