"""CSL-JSON, as Zotero and citation processors read it; what CSL has no variable for is under `benang`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from benang.readers.own_fields import OWN
from benang.records.names import split_name
from benang.records.record import Record, RecordType

_TYPES: dict[RecordType, str] = {
    "article": "article-journal", "book": "book", "chapter": "chapter", "proceedings": "paper-conference",
    "thesis": "thesis", "report": "report", "unpublished": "manuscript", "other": "document",
}  # fmt: skip
_VARIABLES = {
    "title": "title", "source": "container-title", "source_abbreviation": "container-title-short", "volume": "volume",
    "issue": "issue", "article_number": "number", "publisher": "publisher", "doi": "DOI", "url": "URL",
    "language": "language", "abstract": "abstract", "database": "source",
}  # fmt: skip
_NUMBERS = {"pmid:": "PMID", "pmcid:": "PMCID"}
_EXACT = frozenset({"key", "title", "volume", "issue", "publisher", "language", "abstract"})
"""Fields that are one CSL variable unchanged; all others are under `benang` too."""


def csl_texts(batches: Iterator[Sequence[Record]]) -> Iterator[str]:
    """Write records as a list of CSL-JSON items, one a line, some at a time.

    Examples
    --------
    >>> record = Record("a", "article", "Kota kembar", ("Sari, D.",), 2020)
    >>> print("".join(csl_texts(iter([[record]]))))
    [
    {"id": "a", "type": "article-journal", "title": "Kota kembar", "author": [{"family": "Sari", "given": "D."}],
     "issued": {"date-parts": [[2020]]}, "benang": {"type": "article", "authors": ["Sari, D."], "year": 2020}}
    ]
    """
    yield "["
    comma = "\n"
    for batch in batches:
        lines = []
        for record in batch:
            lines.append(f"{comma}{json.dumps(_item(record), ensure_ascii=False)}")
            comma = ",\n"
        yield "".join(lines)
    yield "\n]\n"


def _item(record: Record) -> dict[str, Any]:
    item: dict[str, Any] = {"id": record.key, "type": _TYPES[record.type]}
    item |= {variable: value for name, variable in _VARIABLES.items() if (value := getattr(record, name))}
    for variable, names in (("author", record.authors), ("editor", record.editors)):
        if names:
            item[variable] = [_name(name, record.bodies) for name in names]
    if record.year is not None:
        item["issued"] = {"date-parts": [[record.year]]}
    if record.first_page:
        item["page"] = f"{record.first_page}-{record.last_page}" if record.last_page else record.first_page
    if keywords := (*record.author_keywords, *record.index_keywords):
        item["keyword"] = ", ".join(keywords)
    item |= {v: ", ".join(numbers) for v, numbers in (("ISSN", record.issn), ("ISBN", record.isbn)) if numbers}
    for identifier in record.identifiers:
        for prefix, variable in _NUMBERS.items():
            if identifier.startswith(prefix):
                item.setdefault(variable, identifier.removeprefix(prefix))
    own = {name: value for name in OWN if name not in _EXACT and _is_told(name, value := getattr(record, name))}
    return {**item, "benang": {name: dict(v) if name == "origins" else v for name, v in own.items()}}


def _is_told(name: str, value: Any) -> bool:
    return value is not None and (bool(value) or name == "citations" or value == 0)


def _name(name: str, bodies: Sequence[str]) -> dict[str, str]:
    family, given = split_name(name, bodies)
    return {"family": family, "given": given} if given else {"literal": name}
