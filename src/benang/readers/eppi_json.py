"""EPPI-Reviewer's JSON report: the references of a review with the codes that reviewers gave them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from benang.readers import Reading, Remarks, Source
from benang.readers.dialects import EPPI_MARKS, status_of
from benang.readers.identifiers import linked_ids, standard_numbers
from benang.readers.json_exports import Item, is_json, items_of, read_json, text_of
from benang.readers.medline import pages
from benang.readers.table_columns import TABLE_TYPES
from benang.readers.tables import type_named
from benang.readers.tagged import once
from benang.readers.values import authors_of, families_first, record_of, split_list, tidy, year_of
from benang.records.record import Record

_BEGINS = re.compile(r'\s*\{\s*"(?:CodeSets|References)"\s*:')
_ITEM = re.compile(r'"(?:QuickCitation|ItemStatusTooltip|ParentTitle)"\s{0,20}:')
_OPENS = re.compile(rb'\{\s{0,20}"(?:Outcomes|Codes|ItemId)"\s{0,20}:')
# A code's name and type follow its number, in one object; codes of a reference have a number alone.
_CODE = re.compile(
    rb'"AttributeId"\s{0,20}:\s{0,20}([0-9]{1,18})'
    rb'|"(AttributeName|AttributeType|SetName)"\s{0,20}:\s{0,20}("(?:[^"\\\n]|\\[^\n]){0,1000}")'
)
_SCREENING = frozenset({"Include", "Exclude"})
"""Types of codes that decide on a reference, whatever their names are."""
_SPLIT = re.compile(r"[\r\n;]+")

_FIELDS = {
    "id": "ItemId",
    "title": "Title",
    "source": "ParentTitle",
    "volume": "Volume",
    "issue": "Issue",
    "publisher": "Publisher",
    "doi": "DOI",
    "url": "URL",
    "abstract": "Abstract",
}


def is_eppi_json(head: str) -> bool:
    """Recognise the report by its beginning, or by names that only it uses."""
    return is_json(head) and bool(_BEGINS.match(head) or ('"ItemId"' in head and _ITEM.search(head)))


def read_eppi_json(source: Source) -> Reading:
    """Read a JSON report; `decisions` are each reference's status and the names of its codes, with what was noted.

    A code by which references are screened has the name of its set before it, which says at which stage, and the
    verdict: `Screen on Full Text: EXCLUDE No city`.

    Raises
    ------
    BenangError
        Where the file holds no record.

    Examples
    --------
    >>> data = b'''{"CodeSets": [{"Attributes": {"AttributesList": [{"AttributeId": 7, "AttributeName": "Include"}]}}],
    ... "References": [{"Codes": [{"AttributeId": 7, "AdditionalText": ""}], "ItemId": 12, "Title": "Kota kembar",
    ... "Authors": "Contoh Ani ; Misal B C ;", "ItemStatus": "I", "ItemStatusTooltip": "Included in review"}]}'''
    >>> record = read_eppi_json(Source("a.json", "a.json", data)).records[0]
    >>> record.key, record.authors, record.decisions
    ('12', ('Contoh, Ani', 'Misal, B C'), ('Included in review', 'Include'))
    """
    codes = _codes(source.data)

    def make(place: int, line: int, item: Item, remarks: Remarks) -> Record:
        return _record(source, place, line, item, codes, remarks)

    return read_json(source, make, Remarks(), opens=_OPENS)


def _codes(data: bytes) -> dict[str, str]:
    """Return the names of all codes by their numbers; of those that decide, with the set and the verdict."""
    names: dict[str, str] = {}
    verdicts: dict[str, str] = {}
    number = of_set = ""
    for match in _CODE.finditer(data):
        if match[1]:
            number = match[1].decode()
            continue
        try:
            text = tidy(str(json.loads(match[3])))
        except ValueError:
            continue
        if match[2] == b"SetName":
            number, of_set = "", text
        elif number and match[2] == b"AttributeName":
            names.setdefault(number, text)
        elif number and text in _SCREENING:
            verdicts.setdefault(number, f"{of_set}: {text.upper()}")
    return {number: _decisive(name, verdicts.get(number, "")) for number, name in names.items()}


def _decisive(name: str, verdict: str) -> str:
    """Put the set and the verdict before the name of a code that decides, as far as it doesn't begin with the verdict.

    Examples
    --------
    >>> _decisive("No city", "Screen on Full Text: EXCLUDE"), _decisive("EXCLUDE on title", "Screen: EXCLUDE")
    ('Screen on Full Text: EXCLUDE No city', 'Screen: EXCLUDE on title')
    """
    if not verdict:
        return name
    of_set, _, word = verdict.rpartition(": ")
    return f"{of_set}: {name}" if name.upper().startswith(word) else f"{verdict} {name}"


def _record(source: Source, place: int, line: int, item: Item, codes: Mapping[str, str], remarks: Remarks) -> Record:
    values = {name: text_of(item.get(key)) for name, key in _FIELDS.items()}
    first, last = pages(text_of(item.get("Pages")))
    kind, url = text_of(item.get("TypeName")), values["url"]
    issn, isbn = standard_numbers([text_of(item.get("StandardNumber"))])
    year = text_of(item.get("Year"))
    keywords = (one.strip() for one in _SPLIT.split(text_of(item.get("Keywords"))))
    pieces = [piece.strip() for piece in kind.lower().split(",")]
    named = next((TABLE_TYPES[piece] for piece in pieces if piece in TABLE_TYPES), "other")
    return record_of(
        source,
        place,
        line,
        {name: value for name, value in values.items() if value} | {"first_page": first, "last_page": last},
        remarks,
        type=type_named(*reversed(pieces)) or named,
        year=year_of(place, [year] if year else [], remarks),
        authors=authors_of(families_first(place, split_list(text_of(item.get("Authors"))), remarks)),
        editors=authors_of(families_first(place, split_list(text_of(item.get("ParentAuthors"))), remarks)),
        author_keywords=once(one for one in keywords if one and one not in EPPI_MARKS),
        issn=issn,
        isbn=isbn,
        identifiers=once(linked_ids([url])),
        status=status_of(values["title"], (kind,)),
        decisions=once(_decisions(item, codes)),
        database="EPPI-Reviewer",
    )


def _decisions(item: Item, codes: Mapping[str, str]) -> Iterator[str]:
    if decision := text_of(item.get("ItemStatusTooltip")) or text_of(item.get("ItemStatus")):
        yield decision
    for code in items_of(item.get("Codes")):
        number = text_of(code.get("AttributeId"))
        name, note = codes.get(number, f"code {number}"), tidy(text_of(code.get("AdditionalText")))
        yield f"{name}: {note}" if note else name
    if comment := tidy(text_of(item.get("Comments"))):
        yield comment
