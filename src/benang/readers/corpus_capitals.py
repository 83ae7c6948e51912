"""Keywords and sources in capitals, put as the rest of the corpus writes them.

Web of Science prints Keywords Plus and names of journals in capitals throughout, EBSCO the first word of a subject.
One record rarely shows how such a word is written; all that were read together do: the keywords of their authors, the
running text of their abstracts, the names of sources in other databases, the abbreviations of journals.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from benang.languages import stop_words
from benang.readers.source import Reading, Remarks
from benang.records.capitals import keyword_case
from benang.records.ledger import FileAccount
from benang.records.making import changed_record
from benang.records.record import Record
from benang.records.source_names import SourceNames, source_names
from benang.records.spelling import label_key, usual_spelling

_KEYWORDS = ("author_keywords", "index_keywords")
_LONG_HEADING = 5  # letters from which a subject's first word is one
_LONG_WORD = 7  # letters from which an author's lone keyword in capitals is a word, no acronym
_HEADING = re.compile(r"([A-Z][A-Z'’-]{2,})(?=[ ,]\W{0,2}[^\W\d_])[^a-z]*[a-z]")
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Where EBSCO names its database, not itself, the names of databases of its own.
_EBSCO = ("EBSCO", "Academic Search", "Business Source", "CINAHL", "Education Source", "GreenFILE", "SocINDEX")
_WITH_CAPITAL = re.compile(r"[A-Z][A-Za-z0-9]{1,40}+(?!:)")
_MOST_ABSTRACTS, _TO_COMPARE = 5_000, 200
"""Abstracts that are looked through for capitals, and for the same words in small letters."""
_SEEN = 3  # times that abstracts write a word with a capital, and never without, from which it is a name
_SYMBOL = 2  # letters of an element, `Pt`, which stands with a capital wherever it stands
_WOS = "Web of Science"
_KEYWORDS_SMALL = "Keywords in capitals were put as the corpus writes them, or small; what the export wrote is kept"
_SOURCES_SMALL = "Further sources in capitals were put as the corpus writes them; what the export wrote is kept"

Part = tuple[Reading, FileAccount]
Way = Literal["all", "some", "first"]
"""What stands in capitals: all keywords of a list; those of Keywords Plus among an author's; the first word of each."""


@dataclass(frozen=True, slots=True)
class _Spellings:
    """Of keywords as their authors write them, by `label_key`; of words in running text, by the word in capitals."""

    keywords: Mapping[str, str]
    words: Mapping[str, str]
    small: frozenset[str]  # words in capitals that running text has in small letters


def with_usual_capitals(parts: Sequence[Part]) -> list[Part]:
    """Put keywords and sources in capitals into ordinary spelling; the account of each file says in how many records.

    A keyword becomes what authors write, the most frequent form of several; else it is small, as VOSviewer shows it,
    but for words that running text has in capitals (COVID, GDP) or always with one (Indonesia), and acronyms that show
    it by themselves. A source becomes what another record of the corpus has, else a name with acronyms in capitals.
    """
    records = [record for reading, _ in parts for record in reading.records]
    ways = [tuple(_ways(record)) for record in records]
    keywords = _spellings(records, ways) if any(ways) else None
    capital = any(_has_capital_source(record) for record in records)
    names = source_names(_names_told(records)) if capital else None
    if keywords is None and names is None:
        return list(parts)
    return [_spelt(part, keywords, names) for part in parts]


def _spelt(part: Part, keywords: _Spellings | None, names: SourceNames | None) -> Part:
    reading, account = part
    remarks = Remarks()
    known: dict[Way, dict[str, str]] = {"all": {}, "some": {}, "first": {}}
    shown: dict[str, str] = {}
    records: list[Record] = []
    for record in reading.records:
        changed: dict[str, Any] = {}
        raw: dict[str, str] = {}
        if keywords is not None:
            _spell_keywords(record, keywords, known, changed, raw)
        if raw:
            remarks.habit(_KEYWORDS_SMALL, record.place)
        if names is not None and _has_capital_source(record):
            _spell_source(record, names, shown, changed, raw, remarks)
        if changed:
            changed["raw"] = {**raw, **record.raw}
        records.append(changed_record(record, changed) if changed else record)
    notes = remarks.notes()
    return replace(reading, records=tuple(records)), replace(account, notes=(*account.notes, *notes))


def _spell_keywords(
    record: Record,
    spellings: _Spellings,
    known: Mapping[Way, dict[str, str]],
    changed: dict[str, Any],
    raw: dict[str, str],
) -> None:
    """Spell the keywords of a record; those that are `known` already, since many records have them, come from there."""
    for name, way in _ways(record):
        old: tuple[str, ...] = getattr(record, name)
        of_way = known[way]
        for one in old:
            if one not in of_way:
                of_way[one] = _keyword(one, way, spellings)
        new = tuple([of_way[one] for one in old])
        if new != old:
            changed[name] = new
            raw[name] = "; ".join(old)


def _keyword(keyword: str, way: Way, spellings: _Spellings) -> str:
    if way == "first":
        return _heading_case(keyword, spellings)
    if way == "some" and not (keyword.isupper() and (_is_long(keyword) or keyword in spellings.small)):
        return keyword
    return spellings.keywords.get(label_key(keyword)) or keyword_case(keyword, spellings.words)


def _spell_source(
    record: Record,
    names: SourceNames,
    shown: dict[str, str],
    changed: dict[str, Any],
    raw: dict[str, str],
    remarks: Remarks,
) -> None:
    written = record.raw.get("source", record.source)
    tells = record.database != _WOS
    if tells or written not in shown:
        shown[written] = names.shown(written, tells=tells)
    source = shown[written]
    if source != record.source:
        changed["source"] = source
        raw["source"] = written
        if record.source == written:
            remarks.habit(_SOURCES_SMALL, record.place)


def _ways(record: Record) -> Iterator[tuple[str, Way]]:
    """Say which lists of a record have keywords in capitals, and which of them are.

    An author's GDP and ASEAN are acronyms, no list in capitals. In its RIS, Web of Science puts Keywords Plus behind
    the author keywords.
    """
    for name in _KEYWORDS:
        keywords: tuple[str, ...] = getattr(record, name)
        if not keywords:
            continue
        if keywords[0].isupper() and " ".join(keywords).isupper():
            if name == "index_keywords" or any(map(_is_long, keywords)):
                yield name, "all"
        elif record.database == _WOS and name == "author_keywords" and keywords[-1].isupper():
            yield name, "some"
        elif record.database.startswith(_EBSCO) and any(one[:3].isupper() for one in keywords):
            yield name, "first"


def _is_long(keyword: str) -> bool:
    return " " in keyword or len(keyword) >= _LONG_WORD


def _heading_case(keyword: str, spellings: _Spellings) -> str:
    """Put the first word of a subject into small letters, if the corpus or its length tells that it is no acronym.

    A name keeps its first capital: `WILLIAMS, Joe`, `RUTHIN (Denbighshire)`.
    """
    known = spellings.keywords.get(label_key(keyword))
    if known:
        return known
    match = _HEADING.match(keyword)
    word = match[1] if match else keyword if keyword.isupper() and keyword.isalpha() else ""
    if not word:
        return keyword
    if word in spellings.words:
        small = spellings.words[word]
    elif word in spellings.small or len(word) >= _LONG_HEADING:
        rest = next((letter for letter in keyword[len(word) :] if letter.isalpha()), "")
        small = word.capitalize() if rest.isupper() else keyword_case(word)
    else:
        return keyword
    return small + keyword[len(word) :]


def _has_capital_source(record: Record) -> bool:
    if not record.source:  # what stands in `raw` is then a mark for none
        return False
    return record.source.isupper() or record.raw.get("source", "").isupper()


def _names_told(records: Iterable[Record]) -> Iterator[str]:
    """Give the names of sources and their abbreviations that an export did not write in capitals."""
    for record in records:
        if record.source and not record.raw.get("source", "").isupper():
            yield record.source
        if record.source_abbreviation:
            yield record.source_abbreviation


def _spellings(records: Sequence[Record], ways: Sequence[Sequence[tuple[str, Way]]]) -> _Spellings:
    telling = [record for record, named in zip(records, ways, strict=True) if "author_keywords" not in dict(named)]
    lists = (getattr(record, name) for record, named in zip(records, ways, strict=True) for name, _ in named)
    keys = {one: label_key(one) for one in {one for listed in lists for one in listed}}
    asked = set(keys.values())
    spelt: dict[str, dict[str, int]] = {}
    for keyword, count in Counter(keyword for record in telling for keyword in record.author_keywords).items():
        if (key := label_key(keyword)) in asked:
            spelt.setdefault(key, {})[keyword] = count
    forms = {key: usual_spelling(counts) for key, counts in spelt.items()}
    unknown = " ".join(one for one, key in keys.items() if key not in forms)
    wanted = {word for word in _WORDS.findall(unknown) if word.isupper() and word.lower() not in stop_words("en")}
    counted = _counted(records, telling, wanted) if wanted else {}
    words = {word: form for word, counts in counted.items() if (form := _form(word, counts))}
    return _Spellings(forms, words, frozenset(word for word, counts in counted.items() if counts[word.lower()]))


def _counted(records: Sequence[Record], telling: Sequence[Record], wanted: set[str]) -> dict[str, Counter[str]]:
    """Count how titles, author keywords and abstracts spell these words.

    A title may begin every word with a capital, and so may a keyword: only an abstract tells a name by that.
    """
    titles = (record.title for record in records if not record.title.isupper())
    keywords = (keyword for record in telling for keyword in record.author_keywords)
    counted: dict[str, Counter[str]] = {}
    for form, count in Counter(_WORDS.findall(" ".join([*titles, *keywords]))).items():
        if form.upper() in wanted and not (form[1:].islower() and form[0].isupper() and len(form) > _SYMBOL):
            counted.setdefault(form.upper(), Counter())[form] += count
    step = len(records) // _MOST_ABSTRACTS + 1
    abstracts = [record.abstract for record in records[::step] if record.abstract and not record.abstract.isupper()]
    written = Counter(_WITH_CAPITAL.findall("\n".join(abstracts)))
    forms = [form for form in written if form.upper() in wanted]
    small = {word.lower() for word in wanted}
    below = Counter(form for text in abstracts[:_TO_COMPARE] for form in small.intersection(text.split()))
    for form, count in (*((form, written[form]) for form in forms), *below.items()):
        counted.setdefault(form.upper(), Counter())[form] += count
    return counted


def _form(word: str, counts: Counter[str]) -> str:
    """Return how running text spells a word, where that is not small; a name is what never stands without a capital."""
    form = usual_spelling(counts)
    if form == word.capitalize() and len(word) > 1:
        return form if not counts[word.lower()] and (counts[form] >= _SEEN or len(word) <= _SYMBOL) else ""
    return "" if form.islower() else form
