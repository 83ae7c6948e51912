r"""BibTeX in UTF-8, its special characters escaped; what it has no field for stands in fields `benang_…`.

Other programs leave out fields that they don't know. Values of `benang_…` are no LaTeX: characters that BibTeX would
take for its own are written as in web addresses (`%7B` for a brace).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from benang.readers.own_fields import BIBTEX_PREFIX, OWN, own_line, percented
from benang.records.record import Record, RecordType

CARRIED = OWN
"""The fields that come back exactly when the file is read again."""

_TYPES: dict[RecordType, str] = {
    "article": "article", "book": "book", "chapter": "incollection", "proceedings": "inproceedings",
    "thesis": "phdthesis", "report": "techreport", "unpublished": "unpublished", "other": "misc",
}  # fmt: skip
_FIELDS = (
    ("title", "title"), ("year", "year"), ("volume", "volume"), ("issue", "number"), ("publisher", "publisher"),
    ("doi", "doi"), ("url", "url"), ("language", "language"), ("abstract", "abstract"), ("database", "source"),
    ("source_abbreviation", "abbrev_source_title"), ("article_number", "art_number"),
)  # fmt: skip
_LISTS = (
    ("author_keywords", "author_keywords"), ("index_keywords", "keywords"), ("affiliations", "affiliation"),
    ("references", "references"), ("issn", "issn"), ("isbn", "isbn"),
)  # fmt: skip
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$", "&": r"\&",
    "%": r"\%", "#": r"\#", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
_ESCAPED = re.compile(r"[\\{}$&%#_^~]")
_KEY = re.compile(r"[A-Za-z0-9_:./+-]{1,200}")
_PLAIN = frozenset({"key", "year", "volume", "issue"})


def bibtex_texts(batches: Iterator[Sequence[Record]]) -> Iterator[str]:
    r"""Write records as BibTeX, some at a time.

    Examples
    --------
    >>> record = Record("sari:1", "article", "Seni & budaya", ("Sari, D.", "Kota Kembar"), 2020, first_page="1")
    >>> print("".join(bibtex_texts(iter([[record]]))))
    @article{sari:1,
      author = {Sari, D. and {Kota Kembar}},
      title = {Seni \& budaya},
      year = {2020},
      pages = {1},
      benang_title = {Seni %26 budaya},
      benang_authors = {Sari, D.; Kota Kembar},
      benang_first_page = {1}
    }
    <BLANKLINE>
    <BLANKLINE>
    """
    place = 0
    for batch in batches:
        texts = []
        for record in batch:
            place += 1
            texts.append(_entry(record, place))
        yield "".join(texts)


def _entry(record: Record, place: int) -> str:
    key = record.key if _KEY.fullmatch(record.key) else f"record{place}"
    own = [name for name in OWN if not (name in _PLAIN and _is_plain(record, name)) and _is_told(record, name)]
    own = own or ["type"]  # by which Benang knows an entry that it wrote
    fields = [f"{name} = {{{value}}}" for name, value in _fields(record) if value]
    fields += [f"{BIBTEX_PREFIX}{name} = {{{_own_value(record, name)}}}" for name in own]
    return f"@{_TYPES[record.type]}{{{key},\n  " + ",\n  ".join(fields) + "\n}\n\n"


def _is_told(record: Record, name: str) -> bool:
    value = getattr(record, name)
    return value not in (None, "", ()) and value != {} and (name != "type" or _TYPES[record.type] == "misc")


def _is_plain(record: Record, name: str) -> bool:
    value = str(getattr(record, name))
    return bool(_KEY.fullmatch(value)) and (name == "key" or value.isalnum())


def _own_value(record: Record, name: str) -> str:
    return percented(own_line(name, getattr(record, name)).partition(":")[2].strip())


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    yield "author", " and ".join(map(_name, record.authors))
    yield "editor", " and ".join(map(_name, record.editors))
    for name, field in _FIELDS:
        value = getattr(record, name)
        yield field, "" if value is None else _text(str(value))
    yield "journal" if record.type == "article" else "booktitle", _text(record.source)
    first, last = _text(record.first_page), _text(record.last_page)
    yield "pages", f"{first}--{last}" if first and last else first
    for name, field in _LISTS:
        yield field, "; ".join(map(_text, getattr(record, name)))
    yield "note", "" if record.citations is None else f"Cited by: {record.citations}"


def _name(name: str) -> str:
    """Write a name; one without a comma, or with an `and` in it, is kept together by braces."""
    text = _text(name)
    return text if "," in name and " and " not in f" {name.lower()} " else f"{{{text}}}"


def _text(text: str) -> str:
    return " ".join(_ESCAPED.sub(lambda match: _SPECIAL[match[0]], text).split())
