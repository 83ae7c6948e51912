r"""BibTeX in UTF-8, its special characters escaped; if asked, what it has no field for in fields `benang_…`.

Values of `benang_…` are no LaTeX: characters that BibTeX would take for its own are written as in web addresses (`%7B`
for a brace).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from benang.files import sha256
from benang.readers.own_fields import BIBTEX_PREFIX, OWN, own_line, percented
from benang.records.names import stays_whole
from benang.records.record import Record, RecordType
from benang.writers.texts import is_of_journal

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
    ("affiliations", "affiliation"), ("references", "references"), ("issn", "issn"), ("isbn", "isbn"),
)  # fmt: skip
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$", "&": r"\&",
    "%": r"\%", "#": r"\#", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
_ESCAPED = re.compile(r"[\\{}$&%#_^~]")
_KEY = re.compile(r"[A-Za-z0-9_:./+-]{1,200}")
_NOT_OF_KEYS = re.compile(r"[^A-Za-z0-9_:./+-]+")
_LONGEST = 60
_PLAIN = frozenset({"key", "year", "volume", "issue"})


def bibtex_texts(batches: Iterator[Sequence[Record]], *, exact: bool = False) -> Iterator[str]:
    r"""Write records as BibTeX, some at a time.

    Keywords of authors and of databases are in one field, `keywords`, which other programs read. With `exact`, fields
    `benang_…` hold what Benang needs to read the records again as they were.

    Examples
    --------
    >>> record = Record("sari:1", "article", "Seni & budaya", ("Sari, D.", "Universitas Kota"), 2020, first_page="1")
    >>> print("".join(bibtex_texts(iter([[record]]))))
    @article{sari:1,
      author = {Sari, D. and {Universitas Kota}},
      title = {Seni \& budaya},
      year = {2020},
      pages = {1}
    }
    <BLANKLINE>
    <BLANKLINE>
    >>> "benang_title = {Seni %26 budaya}" in "".join(bibtex_texts(iter([[record]]), exact=True))
    True
    """
    for batch in batches:
        yield "".join([_entry(record, exact=exact) for record in batch])


def _entry(record: Record, *, exact: bool) -> str:
    key = record.key if _KEY.fullmatch(record.key) else _citable(record.key)
    fields = [f"{name} = {{{value}}}" for name, value in _fields(record) if value]
    if exact:
        fields += [f"{BIBTEX_PREFIX}{name} = {{{_own_value(record, name)}}}" for name in _own_names(record)]
    type_ = _TYPES["article" if is_of_journal(record) else record.type]
    return f"@{type_}{{{key},\n  " + ",\n  ".join(fields) + "\n}\n\n"


def _citable(key: str) -> str:
    """Return a key that BibTeX can hold, the same wherever the record is.

    Examples
    --------
    >>> _citable("Umpama, A 2018")
    'Umpama-A-2018-00c68467'
    """
    plain = _NOT_OF_KEYS.sub("-", key)[:_LONGEST].strip("-")
    return f"{plain or 'record'}-{sha256(key)[:8]}"


def _own_names(record: Record) -> list[str]:
    """Name the fields that reading would not give back as they are; always one, by which Benang knows its entry."""
    names = [name for name in OWN if not (name in _PLAIN and _is_plain(record, name)) and _is_told(record, name)]
    return names or ["type"]


def _is_told(record: Record, name: str) -> bool:
    value = getattr(record, name)
    return value not in (None, "", ()) and value != {} and (name != "type" or record.type == "other")


def _is_plain(record: Record, name: str) -> bool:
    value = str(getattr(record, name))
    return bool(_KEY.fullmatch(value)) and (name == "key" or value.isalnum())


def _own_value(record: Record, name: str) -> str:
    return percented(own_line(name, getattr(record, name)).partition(":")[2].strip())


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    yield "author", " and ".join([_name(name, record.bodies) for name in record.authors])
    yield "editor", " and ".join([_name(name, record.bodies) for name in record.editors])
    for name, field in _FIELDS:
        value = getattr(record, name)
        yield field, "" if value is None else _text(str(value))
    yield "journal" if is_of_journal(record) else "booktitle", _text(record.source)
    first, last = _text(record.first_page), _text(record.last_page)
    yield "pages", f"{first}--{last}" if first and last else first
    yield "keywords", "; ".join(map(_text, dict.fromkeys((*record.author_keywords, *record.index_keywords))))
    for name, field in _LISTS:
        yield field, "; ".join(map(_text, getattr(record, name)))
    yield "note", "" if record.citations is None else f"Cited by: {record.citations}"


def _name(name: str, bodies: Sequence[str]) -> str:
    """Write a name; that of a body, or one with an `and` in it, is kept together by braces."""
    text = _text(name)
    is_whole = name in bodies or (" " in name and "," not in name and stays_whole(name.split()))
    return f"{{{text}}}" if is_whole or " and " in f" {name.lower()} " else text


def _text(text: str) -> str:
    return " ".join(_ESCAPED.sub(lambda match: _SPECIAL[match[0]], text).split())
