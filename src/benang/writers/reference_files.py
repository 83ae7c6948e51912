"""Records as reference managers read them: RIS, BibTeX, CSL-JSON; if asked, what these have no place for; texts.

RIS has the tags that Zotero, EndNote, Rayyan and Covidence read. `AN` holds one number, that of the record in its
database: EndNote calls it the accession number, Zotero the location in the archive, and a second `AN` would be a note
there. Further ids are in a note, in the words by which Zotero and Mendeley write them (`PMID: …`).

BibTeX is in UTF-8, its special characters escaped. Values of its fields `benang_…` are no LaTeX: characters that BibTeX
would take for its own are written as in web addresses (`%7B` for a brace). What CSL has no variable for is under
`benang`. Texts have line breaks alike and no characters that a form can't hold; each loss is counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import accumulate
from typing import Any

from benang.files import sha256
from benang.locale.writing import worded
from benang.readers import Source
from benang.readers.own_fields import BIBTEX_PREFIX, OWN, RIS_TAG, own_line, percented
from benang.readers.ris_and_wos import read_ris
from benang.records.corpus import LISTS
from benang.records.name_words import is_body
from benang.records.names import split_name, stays_whole
from benang.records.record import Record, RecordType

_TEXTS = tuple(
    f.name for f in fields(Record) if f.name not in {*LISTS, "year", "citations", "place", "line", "origins", "raw"}
)
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# What XML, and so a workbook, can't hold, and what ends or hides text elsewhere; NUL ends it in C.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WHITE = re.compile(r"[\t\n\x1c-\x1f ]+")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Remarks:
    """Collects remarks on the records written: each once, with the number of records that it concerns."""

    counts: dict[tuple[str, tuple[tuple[str, object], ...]], int] = field(default_factory=dict)

    def count(self, what: str, **values: object) -> None:
        """Count one more record; the values are filled in where the note is written."""
        key = (what, tuple(values.items()))
        self.counts[key] = self.counts.get(key, 0) + 1

    def notes(self) -> tuple[str, ...]:
        """Return each remark with its count."""
        return tuple(
            worded("{what}: {n:,} record.", "{what}: {n:,} records.", what=worded(what, **dict(values)), n=n)
            for (what, values), n in self.counts.items()
        )


def storable(records: Iterable[Record], remarks: Remarks) -> Iterator[Record]:
    r"""Give the records with texts that every form can hold: line breaks as LF, control characters removed and counted.

    Examples
    --------
    >>> remarks = Remarks()
    >>> [record.title for record in storable([Record("a", title="Kota\x00 kembar")], remarks)], remarks.notes()
    (['Kota kembar'], ('Control characters were removed: 1 record.',))
    """
    for record in records:
        changed = _changed(record)
        if changed.pop("", False):
            remarks.count("Control characters were removed")
        yield replace(record, **changed) if changed else record


def _changed(record: Record) -> dict[str, Any]:
    """Return the fields that change; under "" whether characters were left out."""
    changed: dict[str, Any] = {}
    for name in _TEXTS:
        value = getattr(record, name)
        if value and not value.isprintable() and _ODD.search(value):
            changed[name] = _text(value, changed)
    for name in LISTS:
        values: Sequence[str] = getattr(record, name)
        if values and not "".join(values).isprintable() and any(map(_ODD.search, values)):
            changed[name] = tuple([_text(value, changed) for value in values])
    return changed


def _text(value: str, changed: dict[str, Any]) -> str:
    broken = _BREAKS.sub("\n", value)
    text = without_controls(broken)
    if text != broken:
        changed[""] = True
    return text


def without_controls(text: str) -> str:
    r"""Return a text without the characters that a workbook can't hold.

    Examples
    --------
    >>> without_controls("Kota\x00 kem\ufffebar\x07")
    'Kota kembar'
    """
    return _CONTROL.sub("", text)


def on_one_line(text: str) -> str:
    r"""Put a text on one line; one that is on one already stays as it is.

    Examples
    --------
    >>> on_one_line("a\n  b"), on_one_line("a  b")
    ('a b', 'a  b')
    """
    return _WHITE.sub(" ", text).strip() if "\n" in text or "\t" in text else text


def is_of_journal(record: Record) -> bool:
    """Tell whether a record appeared in a journal: its type says so, or it names a source and is no kind of book.

    Tables such as those of Publish or Perish name no types: a row with a journal is an article of one.

    Examples
    --------
    >>> is_of_journal(Record("a", source="Jurnal Kota")), is_of_journal(Record("a")), is_of_journal(Record("a", "book"))
    (True, False, False)
    """
    return record.type == "article" or (record.type == "other" and bool(record.source) and not record.isbn)


_RIS_TYPES: dict[RecordType, str] = {
    "article": "JOUR", "book": "BOOK", "chapter": "CHAP", "proceedings": "CONF", "thesis": "THES", "report": "RPRT",
    "unpublished": "UNPB", "other": "GEN",
}  # fmt: skip
_RIS_TAGS = (
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

_BIBTEX_TYPES: dict[RecordType, str] = {
    "article": "article", "book": "book", "chapter": "incollection", "proceedings": "inproceedings",
    "thesis": "phdthesis", "report": "techreport", "unpublished": "unpublished", "other": "misc",
}  # fmt: skip

_BIBTEX_FIELDS = (
    ("title", "title"), ("year", "year"), ("volume", "volume"), ("issue", "number"), ("publisher", "publisher"),
    ("doi", "doi"), ("url", "url"), ("language", "language"), ("abstract", "abstract"), ("database", "source"),
    ("source_abbreviation", "abbrev_source_title"), ("article_number", "art_number"),
)  # fmt: skip

_BIBTEX_LISTS = (
    ("affiliations", "affiliation"), ("references", "references"), ("issn", "issn"), ("isbn", "isbn"),
)  # fmt: skip

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$", "&": r"\&",
    "%": r"\%", "#": r"\#", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip

_SIGNS = re.compile(r"[#$%&_]")
_ESCAPED = re.compile(r"[\\{}$&%#_^~]")
_KEY = re.compile(r"[A-Za-z0-9_:./+-]{1,200}")
_NOT_OF_KEYS = re.compile(r"[^A-Za-z0-9_:./+-]+")
_LONGEST = 60
_PLAIN = frozenset({"key", "year", "volume", "issue"})

_CSL_TYPES: dict[RecordType, str] = {
    "article": "article-journal", "book": "book", "chapter": "chapter", "proceedings": "paper-conference",
    "thesis": "thesis", "report": "report", "unpublished": "manuscript", "other": "document",
}  # fmt: skip

_CSL_VARIABLES = {
    "title": "title", "source": "container-title", "source_abbreviation": "container-title-short", "volume": "volume",
    "issue": "issue", "article_number": "number", "publisher": "publisher", "doi": "DOI", "url": "URL",
    "language": "language", "abstract": "abstract", "database": "source",
}  # fmt: skip

_CSL_NUMBERS = {"pmid:": "PMID", "pmcid:": "PMCID"}

_CSL_EXACT = frozenset({"key", "title", "volume", "issue", "publisher", "language", "abstract"})
"""Fields that are one CSL variable unchanged; all others are under `benang` too."""


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
        lines = [_ris_lines(record) for record in batch]
        if not exact:
            yield "".join(map(_ris_text, lines))
            continue
        whole = "".join(_ris_text(one) for one in lines)
        again = read_ris(Source("", "", whole.encode()))
        if len(again.records) != len(batch):
            raise AssertionError(f"{len(batch)} records were written as RIS and {len(again.records)} read again")
        yield "".join(
            _ris_text([*one, *_own_lines(record, back)])
            for one, record, back in zip(lines, batch, again.records, strict=True)
        )


def _ris_text(lines: Sequence[str]) -> str:
    return "\n".join([*lines, "ER  - ", "", ""])


def _ris_lines(record: Record) -> list[str]:
    lines = [f"TY  - {_RIS_TYPES['article' if is_of_journal(record) else record.type]}"]
    for tag, name in _RIS_TAGS:
        value = getattr(record, name)
        given = value if isinstance(value, tuple) else () if value is None else (value,)
        if name in ("authors", "editors"):
            given = tuple([_ris_name(one, record.bodies) for one in given])
        lines += [f"{tag}  - {on_one_line(str(one))}" for one in given if one != ""]
    lines += _ris_numbers(record)
    lines += [f"N1  - {on_one_line(decision)}" for decision in record.decisions]
    if record.citations is not None:
        lines.append(f"N1  - Cited By: {record.citations}")
    references = ";\n".join(map(on_one_line, record.references))
    if references and not _LIKE_TAG.search(references):
        lines.append(f"N1  - References: {references}")
    return lines


def _ris_name(name: str, bodies: Sequence[str]) -> str:
    """Write a name; that of a body with the comma at its end by which EndNote and Zotero take it as a whole.

    EndNote wants the first comma within a body's name twice instead (its manual, "Author and Editor Names").
    """
    if name not in bodies and ("," in name or " " not in name or not is_body(name.split())):
        return name
    return name.replace(",", ",,", 1) if "," in name else f"{name},"


def _ris_numbers(record: Record) -> Iterator[str]:
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
    fields = [f"{name} = {{{value}}}" for name, value in _bibtex_fields(record) if value]
    if exact:
        fields += [f"{BIBTEX_PREFIX}{name} = {{{_own_value(record, name)}}}" for name in _own_names(record)]
    type_ = _BIBTEX_TYPES["article" if is_of_journal(record) else record.type]
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


def _bibtex_fields(record: Record) -> Iterator[tuple[str, str]]:
    yield "author", " and ".join([_bibtex_name(name, record.bodies) for name in record.authors])
    yield "editor", " and ".join([_bibtex_name(name, record.bodies) for name in record.editors])
    for name, tag in _BIBTEX_FIELDS:
        value = getattr(record, name)
        yield tag, "" if value is None else _escaped(str(value))
    yield "journal" if is_of_journal(record) else "booktitle", _escaped(record.source)
    first, last = _escaped(record.first_page), _escaped(record.last_page)
    yield "pages", f"{first}--{last}" if first and last else first
    yield "keywords", "; ".join(map(_escaped, dict.fromkeys((*record.author_keywords, *record.index_keywords))))
    for name, tag in _BIBTEX_LISTS:
        yield tag, "; ".join(map(_escaped, getattr(record, name)))
    cited = [] if record.citations is None else [f"Cited by: {record.citations}"]
    yield "note", " | ".join([*cited, *map(_in_braces, record.decisions)])


def _in_braces(text: str) -> str:
    r"""Return a note as Rayyan writes it: with its braces as they are, where they pair.

    Examples
    --------
    >>> print(_in_braces('RAYYAN-INCLUSION: {"Ani_S"=>"Maybe"}'))
    RAYYAN-INCLUSION: {"Ani\_S"=>"Maybe"}
    """
    depths = list(accumulate((one == "{") - (one == "}") for one in text))
    is_paired = not depths or (min(depths) >= 0 and not depths[-1])
    return " ".join(_SIGNS.sub(r"\\\g<0>", text).split()) if is_paired else _escaped(text)


def _bibtex_name(name: str, bodies: Sequence[str]) -> str:
    """Write a name; that of a body, or one with an `and` in it, is kept together by braces."""
    text = _escaped(name)
    is_whole = name in bodies or (" " in name and "," not in name and stays_whole(name.split()))
    return f"{{{text}}}" if is_whole or " and " in f" {name.lower()} " else text


def _escaped(text: str) -> str:
    return " ".join(_ESCAPED.sub(lambda match: _SPECIAL[match[0]], text).split())


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
            lines.append(f"{comma}{json.dumps(_csl_item(record), ensure_ascii=False)}")
            comma = ",\n"
        yield "".join(lines)
    yield "\n]\n"


def _csl_item(record: Record) -> dict[str, Any]:
    item: dict[str, Any] = {"id": record.key, "type": _CSL_TYPES[record.type]}
    item |= {variable: value for name, variable in _CSL_VARIABLES.items() if (value := getattr(record, name))}
    for variable, names in (("author", record.authors), ("editor", record.editors)):
        if names:
            item[variable] = [_csl_name(name, record.bodies) for name in names]
    if record.year is not None:
        item["issued"] = {"date-parts": [[record.year]]}
    if record.first_page:
        item["page"] = f"{record.first_page}-{record.last_page}" if record.last_page else record.first_page
    if keywords := (*record.author_keywords, *record.index_keywords):
        item["keyword"] = ", ".join(keywords)
    item |= {v: ", ".join(numbers) for v, numbers in (("ISSN", record.issn), ("ISBN", record.isbn)) if numbers}
    for identifier in record.identifiers:
        for prefix, variable in _CSL_NUMBERS.items():
            if identifier.startswith(prefix):
                item.setdefault(variable, identifier.removeprefix(prefix))
    own = {name: value for name in OWN if name not in _CSL_EXACT and _has_value(name, value := getattr(record, name))}
    return {**item, "benang": {name: dict(v) if name == "origins" else v for name, v in own.items()}}


def _has_value(name: str, value: Any) -> bool:
    return value is not None and (bool(value) or name == "citations" or value == 0)


def _csl_name(name: str, bodies: Sequence[str]) -> dict[str, str]:
    family, given = split_name(name, bodies)
    return {"family": family, "given": given} if given else {"literal": name}
