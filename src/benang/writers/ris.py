"""RIS in the tags that Zotero, EndNote, Rayyan and Covidence read; if asked, lines of Benang's own for the rest.

`AN` holds one number, that of the record in its database: EndNote calls it the accession number, Zotero the location
in the archive, and a second `AN` would be a note there. Further ids are in a note, in the words by which Zotero and
Mendeley write them (`PMID: …`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from benang.readers.own_fields import OWN, RIS_TAG, own_line
from benang.readers.ris import read_ris
from benang.readers.source import Source
from benang.records.name_words import is_body
from benang.records.record import Record, RecordType
from benang.writers.texts import is_of_journal, on_one_line

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
_OF_DATABASES: Mapping[str, str] = {
    "pubmed": "pmid", "medline": "pmid", "scopus": "eid", "web of science": "wos", "openalex": "openalex",
    "dimensions": "dimensions", "embase": "embase", "eric": "eric", "lens": "lens",
}  # fmt: skip
"""Whose numbers are those of which database, by a word of its name."""
_LIKE_TAG = re.compile(r"^[ \t]*[A-Z][A-Z0-9][ \t]{0,4}-", re.MULTILINE)
_COMPARED = tuple(name for name in OWN if name != "origins")


def ris_texts(batches: Iterator[Sequence[Record]], *, exact: bool = False) -> Iterator[str]:
    r"""Write records as RIS, some at a time.

    A record of no known type that has a source is written as one of a journal. Cited references and decisions of
    screening are in notes, as Scopus and the tools write them. With `exact`, each batch is read again at once, and a
    field that would come back otherwise is written a second time in a line of Benang's own, `XB`, which counts for more
    than the standard tags; other programs make notes of such lines, or leave them out.

    Examples
    --------
    >>> record = Record("a", "other", "Kota kembar", ("Sari, D.",), 2020, "Jurnal Kota", database="PubMed",
    ...                 author_ids=("orcid:1",), identifiers=("pmid:31000001", "pmcid:PMC9"))
    >>> print(*ris_texts(iter([[record]])))
    TY  - JOUR
    TI  - Kota kembar
    T2  - Jurnal Kota
    PY  - 2020
    AU  - Sari, D.
    DB  - PubMed
    ID  - a
    AN  - 31000001
    N1  - PMCID: PMC9
    ER  -
    >>> "XB  - author_ids: orcid:1" in "".join(ris_texts(iter([[record]]), exact=True))
    True
    """
    for batch in batches:
        lines = [_lines(record) for record in batch]
        if not exact:
            yield "".join(map(_text, lines))
            continue
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
    lines = [f"TY  - {_TYPES['article' if is_of_journal(record) else record.type]}"]
    for tag, name in _TAGS:
        value = getattr(record, name)
        given = value if isinstance(value, tuple) else () if value is None else (value,)
        if name in ("authors", "editors"):
            given = tuple([_name(one, record.bodies) for one in given])
        lines += [f"{tag}  - {on_one_line(str(one))}" for one in given if one != ""]
    lines += _numbers(record)
    lines += [f"N1  - {on_one_line(decision)}" for decision in record.decisions]
    if record.citations is not None:
        lines.append(f"N1  - Cited By: {record.citations}")
    references = ";\n".join(map(on_one_line, record.references))
    if references and not _LIKE_TAG.search(references):
        lines.append(f"N1  - References: {references}")
    return lines


def _name(name: str, bodies: Sequence[str]) -> str:
    """Write a name; that of a body with the comma at its end by which EndNote and Zotero take it as a whole.

    EndNote wants the first comma within a body's name twice instead (its manual, "Author and Editor Names").
    """
    if name not in bodies and ("," in name or " " not in name or not is_body(name.split())):
        return name
    return name.replace(",", ",,", 1) if "," in name else f"{name},"


def _numbers(record: Record) -> Iterator[str]:
    """Write the number of the record in its database as `AN`, and its ids in other databases into a note."""
    if not record.identifiers:
        return
    database = record.database.lower()
    home = next((prefix for word, prefix in _OF_DATABASES.items() if word in database), "")
    own = next((one for one in record.identifiers if one.startswith(f"{home}:")), record.identifiers[0])
    prefix, _, number = own.partition(":")
    plain = prefix == home or prefix in {"eid", "dimensions", "lens"}  # the number itself says whose it is
    yield f"AN  - {number if plain and prefix != 'wos' else f'{prefix.upper()}:{number}'}"
    others = [one.partition(":") for one in record.identifiers if one != own]
    if others:
        yield "N1  - " + "; ".join(f"{prefix.upper()}: {number}" for prefix, _, number in others)


def _own_lines(record: Record, back: Record) -> list[str]:
    """Write the fields that reading would not give back as they are."""
    names = [name for name in _COMPARED if getattr(record, name) != getattr(back, name)]
    if record.origins:
        names.append("origins")
    return [f"{RIS_TAG}  - {own_line(name, getattr(record, name))}" for name in names]
