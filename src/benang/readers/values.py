"""Raw values → the fields of a record: years, pages, DOIs, counts, lists and names; marks for no value are none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

from benang.readers import Remarks, Source
from benang.readers.author_names import MARK, is_tidy, marked_among, own_name, without_marks
from benang.readers.identifiers import doi_in
from benang.readers.table_columns import IDENTIFIERS
from benang.records.corpus import FIELDS
from benang.records.export_marks import (
    BEGINNINGS,
    LONGEST,
    entity_ends,
    holds_placeholder,
    is_placeholder,
    mark_in,
    without_placeholders,
)
from benang.records.identity import OWN, is_running_number
from benang.records.names import inverted_name
from benang.records.record import Record, changed_record, made_record

Raw = Mapping[str, str]
"""A record's raw values by the name of the field, empty ones left out."""

_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,'’ \u00a0\u202f][0-9]{3}){1,3}")
_LARGEST_COUNT = 2**31 - 1  # citations are a column of 32-bit integers
_FAMILY_FIRST = re.compile(
    r"((?:(?:[a-z'’]{1,5}|D[aei]|Dos|Del|Della|Der|Den|El|Van|Von) (?![^\W\d_]\.?(?: |$))){0,3}+\S+) ([^,]+)"
)
_ONLY_INITIALS = re.compile(r"[^\W\d_a-z]\.?(?:[ .-]{0,2}(?<![^\W\d_])[^\W\d_a-z]\.?){0,4}")
_E_MAIL = re.compile(r",?\s?<?[^\s,<>@]{1,64}@[^\s,<>@]{1,255}>?")
_YEAR = re.compile(r"(?<![0-9])([12][0-9]{3})(?:[01][0-9][0-3][0-9])?(?![0-9])")
_PAGE = r"(?:[0-9]{1,6}[:.])?[A-Za-z]{0,4}[0-9]{1,9}[A-Za-z]{0,2}"  # `123:4`: ACM's number of an article and page
_DASH = r"\s?[-‐‑‒–—]{1,2}\s?"
_PAGES = re.compile(rf"(?:pp?(?:\.\s?|\s))?({_PAGE}){_DASH}({_PAGE})")
_OPEN_PAGES = re.compile(rf"(?:pp?(?:\.\s?|\s))?({_PAGE}?)(?:{_DASH}\+?|\s?\+|\s?ff\.?)")
_NO_PAGE = frozenset("+-‐‑‒–—")  # Web of Science writes `+` for the last page of a paper that is broken up

_TEXTS = (
    "title", "source", "abstract", "volume", "issue", "first_page", "last_page", "article_number", "publisher",
    "source_abbreviation", "url", "language",
)  # fmt: skip
_LISTS = ("author_keywords", "index_keywords", "topics", "references", "affiliations")
_texts_of, _lists_of = attrgetter(*_TEXTS), attrgetter(*_LISTS)
_CALLED = {"id": "key", "pages": "first_page"}


def year_in(values: Iterable[str]) -> int | None:
    """Return the first year of four digits (1000 to 2999) that one of the values holds.

    Examples
    --------
    >>> year_in(["1948/07//"]), year_in(["in press", "1 Jan.-Feb. 2019"]), year_in(["20240305"]), year_in(["n.d."])
    (1948, 2019, 2024, None)
    """
    for value in values:
        if match := _YEAR.search(value):
            return int(match[1])
    return None


def pages_of(first: str, last: str) -> tuple[str, str]:
    """Split a first page that holds a range, perhaps one without its end; the last page stays where it is given.

    Examples
    --------
    >>> pages_of("1-12", ""), pages_of("S3–S9", "S9"), pages_of("e0815", ""), pages_of("97", "105")
    (('1', '12'), ('S3', 'S9'), ('e0815', ''), ('97', '105'))
    >>> pages_of("260–+", ""), pages_of("260ff.", ""), pages_of("260", "+"), pages_of("pp. 12:1-12:9", "")
    (('260', ''), ('260', ''), ('260', ''), ('12:1', '12:9'))
    """
    last = "" if last in _NO_PAGE else last
    if first.isdigit():
        return first, last
    if match := _PAGES.fullmatch(first):
        return match[1], last or match[2]
    match = _OPEN_PAGES.fullmatch(first)
    return (match[1], last) if match else (first, last)


def split_list(value: str) -> tuple[str, ...]:
    """Split at semicolons, but not at those that end an HTML entity.

    Examples
    --------
    >>> split_list("Arts &amp; crafts; R&D; sister city;; ")
    ('Arts &amp; crafts', 'R&D', 'sister city')
    """
    parts = value.split(";")
    if "&" in value and (within := entity_ends(value)):
        parts = _but_at(value, within)
    return tuple([part for part in map(str.strip, parts) if part])


def _but_at(value: str, within: Collection[int]) -> list[str]:
    """Split at semicolons, but not at these places."""
    cuts = [at for at, letter in enumerate(value) if letter == ";" and at not in within]
    return [value[begin:end] for begin, end in zip([0, *(at + 1 for at in cuts)], [*cuts, len(value)], strict=True)]


def authors_of(values: Iterable[str]) -> tuple[str, ...]:
    """Return authors as `Family, Given`, in their order, without e-mail addresses and marks for no author.

    Marked names of bodies stay as they are.

    Initials before the family name are put behind it.

    Examples
    --------
    >>> authors_of(["Shannon,Claude E.", "G. Kalbe", "Sukarno", "Nguyen, C.D., chi@example.org", "[Anonymous]"])
    ('Shannon, Claude E.', 'Kalbe, G.', 'Sukarno', 'Nguyen, C.D.')
    >>> authors_of(["A, UMPAMA", "Contoh, B. et al.", "NA", "{Others}", "al., et"])
    ('UMPAMA, A', 'Contoh, B.')
    """
    return tuple([name for given in values if (name := given if given[:1] == MARK else _author(given))])


@lru_cache(maxsize=65_536)
def _author(value: str) -> str:
    if is_tidy(value):
        return value
    bare = _E_MAIL.sub("", value) if "@" in value else value
    return inverted_name(name) if (name := own_name(bare)) else ""


def families_first(place: int, names: Sequence[str], remarks: Remarks) -> list[str]:
    """Put a comma behind family names that come first with no mark after them, as EPPI-Reviewer writes them.

    Particles stay with the family name. Initials alone are nobody's name: they go to the name before them where that
    has none, since the tool takes a name apart where its source had a comma in it.

    Examples
    --------
    >>> families_first(1, ["Contoh Ani", "van der Misal B C", "Suharto"], Remarks())
    ['Contoh, Ani', 'van der Misal, B C', 'Suharto']
    >>> families_first(1, ["Dos Santos", "H B", "Dos Umpama C"], Remarks())
    ['Dos Santos, H B', 'Dos Umpama, C']
    """
    people: list[str] = []
    for name in names:
        if _ONLY_INITIALS.fullmatch(name):
            if people and "," not in people[-1] and not _ONLY_INITIALS.fullmatch(people[-1]):
                people[-1] = f"{people[-1]}, {name}"
                remarks.habit("Initials listed as a separate author were added to the name before them", place)
            else:
                people.append(name)
            continue
        match = _FAMILY_FIRST.fullmatch(name)
        people.append(f"{match[1]}, {match[2]}" if match else name)
    return people


def tidy(text: str) -> str:
    """Put a text on one line, with single spaces between words."""
    if "  " not in text and text.isprintable():  # the only white space that can be printed is a blank
        return text.strip(" ")
    return " ".join(text.split())


def one_line(text: str) -> str:
    """Put a long text on one line; where it's on one already, it is not looked through."""
    return tidy(text) if "\n" in text else text


def record_of(source: Source, place: int, line: int, raw: Raw, remarks: Remarks, **fields: Any) -> Record:
    """Make a record of raw values; a value that does not fit is noted and left out.

    `fields` are ready: tuples, and what a form has worked out itself. In `raw`, `id` is the own id of the export,
    and `number` an id that is no key because it counts the records of a library (`counted_apart`). Marks of
    bodies are taken off names, and the names kept in `bodies`.
    """
    given = raw.get
    first, last = given("first_page", ""), given("last_page", "")
    if (first and not first.isdigit()) or last in _NO_PAGE:
        first, last = pages_of(first, last)
    if "source_abbreviation" not in fields and "source_abbreviation" in raw:
        fields["source_abbreviation"] = tidy(raw["source_abbreviation"])
    if "doi" not in fields and "doi" in raw:
        fields["doi"] = _doi(place, raw["doi"], remarks)
    if "citations" not in fields and "citations" in raw:
        fields["citations"] = _citations(place, raw["citations"], remarks)
    if bodies := marked_among(fields.get("authors", ()), fields.get("editors", ())):
        fields |= {"bodies": bodies} | {name: without_marks(fields.get(name, ())) for name in ("authors", "editors")}
    if "number" in raw:
        fields["raw"] = {**fields.get("raw", {}), OWN: raw["number"]}
    return made_record(
        "" if is_placeholder("id", given("id", "")) else given("id", ""),
        title=tidy(given("title", "")),
        source=tidy(given("source", "")),
        volume=given("volume", ""),
        issue=given("issue", ""),
        first_page=first,
        last_page=last,
        article_number=given("article_number", ""),
        publisher=tidy(raw["publisher"]) if "publisher" in raw else "",
        url=given("url", ""),
        language=given("language", ""),
        abstract=one_line(given("abstract", "")),
        file=source.name,
        place=place,
        line=line,
        origins=source.origins,
        **fields,
    )


def _doi(place: int, value: str, remarks: Remarks) -> str:
    doi = doi_in(value)
    if value and not doi and is_placeholder("doi", value):
        remarks.nothing(value, "doi", place)
    elif value and not doi:
        remarks.odd(place, "DOI", value, expected="a DOI such as 10.1000/182", way_on="Kept without a DOI.")
    return doi


def _citations(place: int, value: str, remarks: Remarks) -> int | None:
    digits = value.replace(",", "").removesuffix(".0")  # pandas writes whole numbers so beside empty cells
    if _THOUSANDS.fullmatch(value):
        digits = "".join(filter(str.isdigit, value))
    if digits.isascii() and digits.isdigit() and len(digits) <= 10 and int(digits) <= _LARGEST_COUNT:
        return int(digits)
    if is_placeholder("citations", value):
        remarks.nothing(value, "citations", place)
    elif value:
        remarks.odd(place, "Times cited", value, expected="a whole number", way_on="Kept without it.")
    return None


def counted_apart(raw: dict[str, str]) -> dict[str, str]:
    """Put an id that only counts the records of a library or a list under `number`: it is no key.

    Examples
    --------
    >>> counted_apart({"id": "370", "title": "Kota"}), counted_apart({"id": "umpama2018"})
    ({'number': '370', 'title': 'Kota'}, {'id': 'umpama2018'})
    """
    if not is_running_number(raw.get("id", "")):
        return raw
    return {("number" if name == "id" else name): value for name, value in raw.items()}


def year_of(place: int, values: Sequence[str], remarks: Remarks) -> int | None:
    """Return the year, or None with a note where there are values and none of them is one."""
    year = year_in(values)
    if year is None and values:
        if is_placeholder("year", values[0]):
            remarks.nothing(values[0], "year", place)
            return None
        remarks.odd(place, "Year", values[0], expected="a year of four digits", way_on="Kept without a year.")
    return year


def without_absent_values(record: Record, remarks: Remarks) -> Record:
    """Return a record without the marks for no value; each kind is noted once, and `raw` keeps them.

    Names of people are left to those who part them.

    Examples
    --------
    >>> remarks = Remarks()
    >>> record = without_absent_values(Record("a", volume="N/A", author_keywords=("rent", "NA")), remarks)
    >>> record.volume, record.author_keywords, record.raw["volume"]
    ('', ('rent',), 'N/A')
    """
    changed: dict[str, Any] = {}
    raw: dict[str, str] = {}
    for name, value in zip(_TEXTS, _texts_of(record), strict=True):
        if value and len(value) <= LONGEST and value[0] in BEGINNINGS and is_placeholder(name, value):
            changed[name], raw[name] = "", value
            remarks.nothing(value, name, record.place)
    for name, values in zip(_LISTS, _lists_of(record), strict=True):
        if values and holds_placeholder(name, values):
            kept = without_placeholders(name, values)
            if len(kept) < len(values):
                changed[name], raw[name] = kept, "; ".join(values)
                for mark in dict.fromkeys(mark_in(name, one) for one in values if one not in kept):
                    remarks.nothing(mark, name, record.place)
    if not changed:
        return record
    if "affiliations" in changed and record.affiliation_ids:
        pairs = zip(record.affiliations, record.affiliation_ids, strict=False)
        ids = tuple(one for name, one in pairs if name in changed["affiliations"])
        changed["affiliation_ids"] = ids
    return changed_record(record, {**changed, "raw": {**raw, **record.raw}})


def with_absent_values_noted(record: Record, marks: Mapping[str, str], remarks: Remarks) -> Record:
    """Note the marks that a row of a table has in place of values, by field, and keep them in `raw`."""
    named = {_CALLED.get(name, name): mark for name, mark in marks.items()}
    for name, mark in named.items():
        if name in FIELDS or name in IDENTIFIERS:
            remarks.nothing(mark, name, record.place)
    # A mark that gave way to the next column of its field is not what was cleaned into the value.
    kept = {name: mark for name, mark in named.items() if name in FIELDS and not getattr(record, name)}
    return changed_record(record, {"raw": {**kept, **record.raw}})
