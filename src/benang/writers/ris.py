"""RIS: standard tags that other programs read, and lines of Benang's own for what they can't tell exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from benang.readers.own_fields import OWN, RIS_TAG, own_line
from benang.readers.ris import read_ris
from benang.readers.source import Source
from benang.records.record import Record, RecordType
from benang.writers.texts import on_one_line

CARRIED = OWN
"""The fields that come back exactly when the file is read again."""

_TYPES: dict[RecordType, str] = {
    "article": "JOUR", "book": "BOOK", "chapter": "CHAP", "proceedings": "CONF", "thesis": "THES", "report": "RPRT",
    "unpublished": "UNPB", "other": "GEN",
}  # fmt: skip
_TAGS = (
    ("TI", "title"), ("T2", "source"), ("J2", "source_abbreviation"), ("VL", "volume"), ("IS", "issue"),
    ("SP", "first_page"), ("EP", "last_page"), ("C7", "article_number"), ("PY", "year"), ("DO", "doi"),
    ("AU", "authors"), ("ED", "editors"), ("AD", "affiliations"), ("AB", "abstract"), ("KW", "author_keywords"),
    ("KW", "index_keywords"), ("PB", "publisher"), ("SN", "issn"), ("SN", "isbn"), ("LA", "language"), ("UR", "url"),
    ("DB", "database"), ("ID", "key"),
)  # fmt: skip
_LIKE_TAG = re.compile(r"^[ \t]*[A-Z][A-Z0-9][ \t]{0,4}-", re.MULTILINE)
_COMPARED = tuple(name for name in OWN if name != "origins")


def ris_texts(batches: Iterator[Sequence[Record]]) -> Iterator[str]:
    r"""Write records as RIS, some at a time.

    Each batch is read again at once; a field that would come back otherwise is written a second time in a line of
    Benang's own, `XB`, which counts for more than the standard tags. Other programs leave out tags that they don't
    know. Cited references stand in a note, as Scopus writes them.

    Examples
    --------
    >>> record = Record("a", "article", "Kota kembar", ("Sari, D.",), 2020, database="RIS", author_ids=("orcid:1",))
    >>> print(*ris_texts(iter([[record]])))
    TY  - JOUR
    TI  - Kota kembar
    PY  - 2020
    AU  - Sari, D.
    DB  - RIS
    ID  - a
    XB  - author_ids: orcid:1
    ER  -
    """
    for batch in batches:
        lines = [_lines(record) for record in batch]
        whole = "".join(_text(one) for one in lines)
        again = read_ris(Source("", "", whole.encode()))
        if len(again.records) != len(batch):
            raise AssertionError(f"{len(batch)} records were written as RIS and {len(again.records)} read again")
        yield "".join(
            _text([*one, *_own_lines(record, back)])
            for one, record, back in zip(lines, batch, again.records, strict=True)
        )


def _text(lines: Sequence[str]) -> str:
    return "\n".join([*lines, "ER  - ", "", ""])


def _lines(record: Record) -> list[str]:
    lines = [f"TY  - {_TYPES[record.type]}"]
    for tag, name in _TAGS:
        value = getattr(record, name)
        given = value if isinstance(value, tuple) else () if value is None else (value,)
        lines += [f"{tag}  - {on_one_line(str(one))}" for one in given if one != ""]
    if record.citations is not None:
        lines.append(f"N1  - Cited By: {record.citations}")
    references = ";\n".join(map(on_one_line, record.references))
    if references and not _LIKE_TAG.search(references):
        lines.append(f"N1  - References: {references}")
    return lines


def _own_lines(record: Record, back: Record) -> list[str]:
    """Write the fields that reading would not give back as they are."""
    names = [name for name in _COMPARED if getattr(record, name) != getattr(back, name)]
    if record.origins:
        names.append("origins")
    return [f"{RIS_TAG}  - {own_line(name, getattr(record, name))}" for name in names]
