"""Keywords and sources that an export prints in capitals, spelt as the whole corpus shows it.

Web of Science prints Keywords Plus in capitals throughout, EBSCO the first word of a subject. One record rarely shows
how such a word is written; all that were read together do: the keywords of their authors, titles and abstracts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, Literal

from benang.languages import stop_words
from benang.readers import Reading, Remarks
from benang.readers.keywords import tidy_keywords
from benang.records.capitals import is_loud, keyword_case
from benang.records.countries import country_by_name
from benang.records.name_words import SourceNames, source_names
from benang.records.record import WEB_OF_SCIENCE, FileAccount, Record, changed_record
from benang.records.spelling import label_key, usual_spelling

Way = Literal["all", "last", "first"]
"""What is in capitals: all keywords of a list; the last of them, Keywords Plus behind an author's; first words."""

_KEYWORDS = ("author_keywords", "index_keywords")
_LONG_WORD = 7  # letters from which an author's lone keyword in capitals is a word, no acronym
_HEADING = re.compile(r"([A-Z][A-Z'’-]{2,})(?=[ ,]\W{0,2}[^\W\d_])[^a-z]*[a-z]")
_SAINT = re.compile(r"(ST|MT|FT)(?=\. [A-Z])")
_SHORTEST_NAME = 4  # letters: shorter names of countries and states are abbreviations
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Where EBSCO names its database, not itself, the names of databases of its own.
_EBSCO = ("EBSCO", "Academic Search", "Business Source", "CINAHL", "Education Source", "GreenFILE", "SocINDEX")
_WITH_CAPITAL = re.compile(
    r"(?:[A-Z][A-Za-z0-9]|[0-9]{1,4}[A-Z])[A-Za-z0-9]{0,40}+(?!:)"
)  # `METHODS:` heads a section, and shows nothing
_MOST_RECORDS, _TO_COMPARE = 2_000, 200
"""Records whose texts are looked through, and abstracts in which the same words are looked for in small letters."""
_SEEN = 3  # times that abstracts write a word with a capital, and never without, from which it is a name
_SYMBOL = 2  # letters of an element, `Pt`, which has a capital everywhere

Ways = tuple[tuple[str, Way], ...]

_KEYWORDS_SPELT = (
    "Keywords in capitals were changed to the spelling of the rest of the corpus, or in lower "
    "case; the original is kept"
)
_SOURCES_SPELT = (
    "Further sources in capitals were changed to the spelling of the rest of the corpus; the original is kept"
)

Part = tuple[Reading, FileAccount]


@dataclass(frozen=True, slots=True)
class KeywordSpellings:
    """How a corpus writes words that a record has in capitals.

    `keywords` are those of authors, by `label_key`; `words` those that running text does not write small, by the word
    in capitals, and `small` are those that it does. `known` keeps what was asked.
    """

    keywords: Mapping[str, str]
    words: Mapping[str, str]
    small: Set[str] = frozenset()
    known: dict[Way, dict[str, str]] = field(default_factory=dict, repr=False, compare=False)

    def spelt(self, keywords: Sequence[str], way: Way) -> tuple[str, ...]:
        """Write keywords as the corpus does."""
        if way == "last":
            own = _own(keywords)
            return (*keywords[:own], *self.spelt(keywords[own:], "all"))
        known = self.known.setdefault(way, {})
        try:
            return tuple([known[keyword] for keyword in keywords])
        except KeyError:
            known.update({keyword: self._spelling(keyword, way) for keyword in keywords if keyword not in known})
        return tuple([known[keyword] for keyword in keywords])

    def _spelling(self, keyword: str, way: Way) -> str:
        if way == "first":
            return self._subject(keyword)
        spelling = self.keywords.get(label_key(keyword)) or keyword_case(keyword, self.words, self.small)
        return next(
            iter(tidy_keywords([spelling])), keyword
        )  # the stop of `AND.` may have been that of an abbreviation

    def _subject(self, keyword: str) -> str:
        """Put the first word of a subject into small letters, if it is no acronym.

        A name keeps its first capital: `WILLIAMS, Joe`, `RUTHIN (Denbighshire)`, `ST. Asaph (Wales)`, and so does a
        country or a state alone, `ARGENTINA`; before another word it may be none, as in `GUINEA pigs`.
        """
        if as_authors := self.keywords.get(label_key(keyword)):
            return as_authors
        match = _HEADING.match(keyword)
        word = match[1] if match else keyword if keyword.isupper() and keyword.isalpha() else ""
        rest = keyword[len(word) :]
        if saint := _SAINT.match(keyword):
            return saint[1].capitalize() + keyword[saint.end() :]
        if word in self.words:
            return self.words[word] + rest
        if word == keyword and len(word) >= _SHORTEST_NAME and country_by_name(word):
            return word.capitalize()
        if not word:
            return keyword
        following = next((letter for letter in rest if letter.isalpha()), "")
        return (word.capitalize() if following.isupper() else keyword_case(word)) + rest


def ways_of(record: Record) -> Iterator[tuple[str, Way]]:
    """Return which lists of a record have keywords in capitals, and which keywords those are.

    An author's GDP and ASEAN are acronyms, no list in capitals. In its RIS, Web of Science puts Keywords Plus behind
    the author keywords.

    Examples
    --------
    >>> list(ways_of(Record("a", author_keywords=("GDP", "ASEAN"), index_keywords=("RENT", "STALLS"))))
    [('index_keywords', 'all')]
    """
    for name in _KEYWORDS:
        keywords: tuple[str, ...] = getattr(record, name)
        if not keywords:
            continue
        if keywords[0].isupper() and " ".join(keywords).isupper():
            if name == "index_keywords" or any(map(_is_long, keywords)):
                yield name, "all"
        elif (
            record.database == WEB_OF_SCIENCE
            and keywords[-1].isupper()
            and any(map(_is_long, keywords[_own(keywords) :]))
        ):
            yield name, "last"
        elif record.database.startswith(_EBSCO) and any(one[:3].isupper() for one in keywords):
            yield name, "first"


def _is_long(keyword: str) -> bool:
    return " " in keyword or len(keyword) >= _LONG_WORD


def keyword_spellings(records: Sequence[Record], ways: Sequence[Ways]) -> KeywordSpellings | None:
    """Learn how a corpus writes its keywords in capitals; None where there are none. `ways` are those of each record.

    Examples
    --------
    >>> record = Record("a", author_keywords=("Night market",), index_keywords=("NIGHT MARKET",))
    >>> spellings = keyword_spellings([record], [tuple(ways_of(record))])
    >>> spellings.spelt(("NIGHT MARKET", "DNA LAW"), "all")
    ('Night market', 'DNA law')
    """
    if not any(ways):
        return None
    lists = (getattr(record, name) for record, named in zip(records, ways, strict=True) for name, _ in named)
    keys = {one: label_key(one) for one in {one for listed in lists for one in listed}}
    telling = [own for record, named in zip(records, ways, strict=True) if (own := _telling(record, dict(named)))]
    forms = _forms(telling, set(keys.values()))
    unknown = " ".join(one for one, key in keys.items() if key not in forms)
    wanted = {word for word in _WORDS.findall(unknown) if word.isupper() and word.lower() not in stop_words("en")}
    counted = _counted(_some(records), _some(telling), wanted) if wanted else {}
    words = {word: form for word, counts in counted.items() if (form := _form(word, counts))}
    small = frozenset(word for word, counts in counted.items() if word not in words and counts[word.lower()])
    return KeywordSpellings(forms, words, small)


def _telling(record: Record, ways: Mapping[str, Way]) -> Record | None:
    """Return a record with the keywords that its authors spelt; None where its list is in capitals.

    EBSCO puts them behind its subjects, whose first word alone is in capitals.
    """
    way = ways.get("author_keywords")
    if way is None:
        return record
    if way != "first":
        return None
    return replace(record, author_keywords=tuple([one for one in record.author_keywords if not one[:3].isupper()]))


def _forms(telling: Sequence[Record], asked: set[str]) -> dict[str, str]:
    """Return the usual form of each keyword that authors have and that is `asked` for."""
    spelt: dict[str, dict[str, int]] = {}
    for keyword, count in Counter(chain.from_iterable([record.author_keywords for record in telling])).items():
        if (key := label_key(keyword)) in asked:
            spelt.setdefault(key, {})[keyword] = count
    return {key: usual_spelling(counts) for key, counts in spelt.items()}


def _counted(records: Sequence[Record], telling: Sequence[Record], wanted: set[str]) -> dict[str, Counter[str]]:
    """Count how titles, author keywords and abstracts spell these words.

    A title may begin every word with a capital, and so may a keyword: only in an abstract does that show a name.
    """
    titles = [record.title for record in records if not record.title.isupper()]
    keywords = chain.from_iterable([record.author_keywords for record in telling])
    counted: dict[str, Counter[str]] = {}
    for form, count in Counter(_WORDS.findall(" ".join([*titles, *keywords]))).items():
        if form.upper() in wanted and not (form[1:].islower() and form[0].isupper() and len(form) > _SYMBOL):
            counted.setdefault(form.upper(), Counter())[form] += count
    abstracts = [record.abstract for record in records if record.abstract and not record.abstract.isupper()]
    written = Counter(_WITH_CAPITAL.findall("\n".join(abstracts)))
    forms = [form for form in written if form.upper() in wanted]
    small = {word.lower() for word in wanted}
    below = Counter(form for text in abstracts[:_TO_COMPARE] for form in small.intersection(_last_parts(text)))
    for form, count in (*((form, written[form]) for form in forms), *below.items()):
        counted.setdefault(form.upper(), Counter())[form] += count
    return counted


def _last_parts(text: str) -> list[str]:
    """Return the words of a text, of compounds the last part: nothing in `co-author` shows how *Co* is written."""
    return [word if "-" not in word else word.rpartition("-")[2] for word in text.split()]


def _some(records: Sequence[Record]) -> Sequence[Record]:
    """Take records evenly from a large corpus: frequent words show their spelling in some thousand texts."""
    return records[:: len(records) // _MOST_RECORDS + 1]


def _form(word: str, counts: Counter[str]) -> str:
    """Return how running text spells a word, where that is not small; a name never occurs without a capital."""
    form = usual_spelling(counts)
    if form == word.capitalize() and len(word) > 1:
        return form if not counts[word.lower()] and (counts[form] >= _SEEN or len(word) <= _SYMBOL) else ""
    return "" if form.islower() else form


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


def _source_names(records: Sequence[Record]) -> SourceNames:
    """Learn from the sources that an export did not write in capitals, and from abbreviations.

    Where most abbreviations have small letters, one word of them in capitals is an acronym: *IRBM*.
    """
    sources = [record.source for record in records if not record.raw.get("source", "").isupper()]
    shortened = [record.source_abbreviation for record in records if record.source_abbreviation]
    acronyms = [name for name in shortened if name.isupper()]
    alone = [name for name in acronyms if " " not in name] if 2 * len(acronyms) < len(shortened) else []
    return source_names([*sources, *shortened], alone)


def _has_capital_source(record: Record) -> bool:
    if not record.source:  # `raw` then holds a mark for none
        return False
    written = record.raw.get("source", record.source)
    return written.isupper() or (record.database == WEB_OF_SCIENCE and is_loud(written))


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
            source = names.shown(written, tells=record.database != WEB_OF_SCIENCE)
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


def _own(keywords: Sequence[str]) -> int:
    """Count the keywords before the last ones in capitals."""
    at = len(keywords)
    while at and keywords[at - 1].isupper():
        at -= 1
    return at
