"""Tagged text as databases, journals and reference managers write it: RIS, and Web of Science's plain text.

The line grammar of RIS is `TAG`, two spaces, a hyphen, a value. Exporters differ in which tag holds what (`tables.py`)
and in how a value goes on over several lines: EndNote writes one keyword a line, others wrap long text. Web of Science
(`savedrecs.txt`, also `.ciw`) has tags of two letters, and further lines are indented by three.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from benang.readers import Reading, Remarks, Source
from benang.readers.author_names import as_body, with_marked_ends
from benang.readers.dialects import (
    Dialect,
    affiliations_of,
    author_ids_of,
    decisions_in,
    identifiers_of,
    is_eppi,
    joined_halves,
    references_of,
    short_names,
    status_of,
    unglued,
)
from benang.readers.identifiers import accession_id, doi_in, linked_doi, noted_doi, standard_numbers
from benang.readers.keywords import keywords_of, lists_in
from benang.readers.own_fields import RIS_TAG, with_own_fields
from benang.readers.tables import (
    RIS_ABSTRACT,
    RIS_LINKS,
    RIS_NOTED_DOIS,
    RIS_SOURCES,
    RIS_TAGS,
    RIS_TYPES,
    WOS_AUTHORS,
    WOS_GROUPS,
    WOS_TAGS,
    WOS_TYPES,
    type_named,
)
from benang.readers.tagged import (
    Fields,
    Grammar,
    RawRecord,
    first_line,
    first_lines,
    items,
    once,
    people,
    read_tagged,
    whole,
)
from benang.readers.values import authors_of, counted_apart, families_first, one_line, record_of, split_list, year_of
from benang.records.capitals import abbreviation_case
from benang.records.export_marks import joined_abstract
from benang.records.names import author_key, split_name
from benang.records.record import WEB_OF_SCIENCE, Record, RecordType, changed_record
from benang.records.spelling import folded

_START = re.compile(r"^(?:TY|ER) {2}-", re.MULTILINE)
_LOOSE_START = re.compile(r"^[ \t]*TY[ \t]{0,4}-[ \t]*[A-Za-z]", re.MULTILINE)
_LOOSE_TITLE = re.compile(r"^[ \t]*(?:TI|T1)[ \t]{0,4}-[ \t]*\S", re.MULTILINE)
_LOOSE_END = re.compile(r"^[ \t]*ER[ \t]{0,4}-[ \t]*$", re.MULTILINE)
_LOOSE_TAG = re.compile(rb"^[ \t]*([A-Z][A-Z0-9])[ \t]{0,4}-(?=[ \t\n])[ \t]?", re.MULTILINE)
_EID = re.compile(r"[?&]eid=(2-s2\.0-[0-9]+)")
# Scopus: "Cited By :12", later "…; Cited By: 12; …". Web of Science: "Times Cited in … Collection:  142".
# Publish or Perish: "12 cites: https://…".
_CITED = re.compile(
    r"(?:(?:^|; ?)(?:Cited By ?|Times Cited in Web of Science Core Collection): ?[ ]*|\A(?=[0-9]{1,9} cites: ))"
    r"([0-9]+)",
    re.MULTILINE,
)
_YEAR = re.compile(r"\((?:1[6-9]|20)[0-9]{2}\)")
# Behind a book or a report Scopus ends no line: the next reference begins with the name of its first author.
_NEXT = re.compile(r"(?<!&amp); (?=[A-Z][^\W\d_][^\d;,()]{0,40}, (?:[A-Z]\.[- ]?){1,4},)")
_REFERENCES = "References:"
_ANY_START = re.compile(rb"TY([ \t]{0,4})-[ \t]{1,4}[A-Za-z]{3}")


RIS = Grammar(
    start="TY",
    end="ER",
    begins=re.compile(rb"\nTY {2}-"),
    tag=re.compile(r"\n([A-Z][A-Z0-9]) {2}-"),
    marks=re.compile(rb"\n(?:(TY)|ER) {2}-"),
    # In lower case, with other blanks, or with the dash that a word processor makes of a hyphen.
    looks=re.compile(
        rb"(?:\A|\n)(?!EF)(?:[A-Z][A-Z0-9] {2}-"
        rb"|(?:[ \t]|\xc2\xa0){0,8}[A-Za-z][A-Za-z0-9](?:[ \t]|\xc2\xa0){0,4}(?:-|\xe2\x80[\x93\x94])(?=\s|\Z))"
    ),
    opening="`TY  - `",
    ending="ER  - ",
    titles=frozenset({"TI", "T1", "CT", "BT", "ST"}),
    header=frozenset({"EF"}),
)


def is_ris(head: str) -> bool:
    """Recognise RIS by a line that begins a record, wherever it is: exports begin with all sorts of headings.

    Some programs write no `TY`: a title and the end of a record show the form then.
    """
    if "TY" in head and _LOOSE_START.search(head):
        return True
    return "ER" in head and bool(_LOOSE_TITLE.search(head) and _LOOSE_END.search(head))


def read_ris(source: Source) -> Reading:
    r"""Read a RIS file.

    `KW` becomes `author_keywords`, although Scopus and others write index keywords into it too: RIS has one
    tag for both. Keywords in one `KW` line with separators between them are split, and the account says so. Scopus's
    `N1` gives the cited references and the times cited, PsycInfo's `M1` the cited references; the decisions of
    screening tools are kept as written. The record's id is `ID`, Scopus's EID from the link, or `AN`; an
    `ID` that only counts the records of a library is none.

    Examples
    --------
    >>> export = b"TY  - JOUR\nAU  - Contoh, Ani\nTI  - Kota kembar\nPY  - 2021/06/30\nKW  - kota; desa\nER  - \n"
    >>> reading = read_ris(Source("a.ris", "a.ris", export))
    >>> reading.found, reading.records[0].title, reading.records[0].year, reading.records[0].author_keywords
    (1, 'Kota kembar', 2021, ('kota', 'desa'))
    >>> reading.notes
    ("Keywords given in one line were split at ';' (record 1).",)
    """
    remarks = Remarks()
    if not _START.search(source.head) or _has_loose_start(source.data):
        # Some programs write `TY - JOUR`, with other spaces than RIS asks for.
        source = replace(source, data=_LOOSE_TAG.sub(rb"\1  - ", source.data))
        remarks.say("The tags lack the two spaces that RIS requires before the hyphen; they were read anyway.")
    lists = lists_in(source.data)

    def make(place: int, raw: RawRecord, remarks: Remarks) -> Record:
        return _record(source, place, raw, lists, remarks)

    return read_tagged(source, RIS, make, remarks)


def _has_loose_start(data: bytes) -> bool:
    """Tell whether a record begins with other blanks than RIS asks for, as where files of two programs were joined."""
    for match in _ANY_START.finditer(data):
        before = data[max(0, match.start() - 9) : match.start()].rpartition(b"\n")
        at_line_start = bool(before[1]) or match.start() < 9
        if at_line_start and not before[2].strip(b" \t") and (before[2] or match[1] != b"  "):
            return True
    return False


def _record(source: Source, place: int, raw: RawRecord, lists: frozenset[str], remarks: Remarks) -> Record:
    fields = unglued(raw.fields) if raw.fields.get("AN", ("",))[0].startswith("rayyan-") else raw.fields
    values = first_lines(fields, RIS_TAGS)
    listed, short_notes = _notes(fields)
    links = [line for tag in RIS_LINKS for value in fields.get(tag, ()) for line in value.split("\n")]
    if "UR  - http" in listed:  # Scopus sometimes ends no line behind the last reference
        listed, _, link = listed.rpartition("UR  - ")
        links, values["url"] = [*links, link.strip()], link.strip()
    dialect = Dialect(fields, values.get("database", ""), first_line(fields, ("AN",)), links, short_notes)
    listed_authors = [items(fields, "AU"), items(fields, "A1")]
    if is_eppi(fields):
        listed_authors = [families_first(place, names, remarks) for names in listed_authors]
    authors = people(place, listed_authors, remarks)
    issn, isbn = standard_numbers(fields.get("SN", ()))
    eid = next((match[1] for link in links if (match := _EID.search(link))), "")
    title = whole(fields, RIS_TAGS["title"])
    journal = first_line(fields, RIS_SOURCES["JOUR" if first_line(fields, ("TY",)) == "JOUR" else "other"])
    if values.get("source_abbreviation") == journal:
        del values["source_abbreviation"]
    if eid and not first_line(fields, ("ID",)):
        values["id"] = eid
    if "url" in values:
        values["url"] = values["url"].partition(" ")[0]
    values["doi"] = _doi(fields, values.get("doi", ""), links)
    values["abstract"] = joined_abstract([value for tag in RIS_ABSTRACT if tag in fields for value in fields[tag]])
    values["title"], values["source"] = title, journal
    for note in short_notes:
        if match := _CITED.search(note):
            values["citations"] = match[1]
            break
    record = record_of(
        source,
        place,
        raw.line,
        values if RIS_TAG in fields else counted_apart(values),
        remarks,
        type=_type(fields),
        year=year_of(place, items(fields, *RIS_TAGS["year"]), remarks),
        authors=authors,
        author_ids=author_ids_of(fields, authors, place, remarks),
        editors=_editors(fields, dialect),
        author_keywords=keywords_of(place, items(fields, "KW"), lists, remarks),
        affiliations=affiliations_of(dialect),
        references=_references(listed.removeprefix(_REFERENCES)) or references_of(dialect),
        issn=issn,
        isbn=isbn,
        identifiers=identifiers_of(dialect),
        status=status_of(title, (*fields.get("M3", ()), *fields.get("PT", ()))),
        decisions=decisions_in(fields, [*short_notes, *fields.get("RN", ())]),
        database=dialect.name,
    )
    return with_own_fields(record, fields[RIS_TAG]) if RIS_TAG in fields else record


def _notes(fields: Fields) -> tuple[str, list[str]]:
    """Return the note in which Scopus lists cited references, and the other notes."""
    notes = fields.get("N1", [])
    for note in notes:
        if note.startswith(_REFERENCES):
            return note, [other for other in notes if other is not note]
    return "", notes


def _type(fields: Fields) -> RecordType:
    written = first_line(fields, ("TY",))
    return RIS_TYPES.get(written.upper()) or type_named(first_line(fields, ("M3",)), written) or "other"


def _editors(fields: Fields, dialect: Dialect) -> tuple[str, ...]:
    """Return the editors: `ED`, else `A2`, but not where `A2` lists the authors of cited works (PsycInfo)."""
    listed = items(fields, "ED") or ([] if dialect.is_psycinfo else items(fields, "A2"))
    return authors_of(with_marked_ends(listed))


def _references(listed: str) -> tuple[str, ...]:
    """Split the cited references that Scopus writes into a note: one a line, each but the last with a semicolon."""
    parts = listed.split(";\n") if ";\n" in listed else list(joined_halves(split_list(listed)))
    if listed.count("\n") >= len(parts):  # some go on over several lines
        parts = [one_line(part) for part in parts]
    several = [one for part in parts for one in (_NEXT.split(part) if "; " in part and _YEAR.search(part) else (part,))]
    return tuple([part for given in several if (part := given.strip(" ;\n"))])


def _doi(fields: Fields, written: str, links: Sequence[str]) -> str:
    """Return the DOI of its own tag, else of a link, else of a tag that holds nothing but a DOI; or what is `written`.

    The record's own link comes before notes: publishers link their page there, and it names no other work.
    """
    if doi_in(written):
        return written
    elsewhere = (value for tag in RIS_NOTED_DOIS if tag in fields for value in fields[tag])
    return linked_doi(links) or noted_doi(*elsewhere) or written


T = TypeVar("T")

_HEADING = re.compile(r"\s*FN [^\n]*\nVR [^\n]*\n")
_WOS_START = re.compile(r"^PT [A-Z][ \t]*$", re.MULTILINE)
_LAST = re.compile(rb"\nEF\s*\Z")
_UNSPECIFIED = "UNSP "  # how Web of Science marks an article number that it can't place


WOS = Grammar(
    start="PT",
    end="ER",
    begins=re.compile(rb"\nPT(?=[ \n]|\Z)"),
    tag=re.compile(r"\n([A-Z][A-Z0-9])(?=[ \n]|\Z)"),
    marks=re.compile(rb"\n(?:(PT)|ER)(?=[ \n]|\Z)"),
    looks=re.compile(rb"(?:\A|\n)(?!(?:FN|VR|EF)\b)[A-Z][A-Z0-9](?=[ \t\n]|\Z)"),
    opening="`PT J`",
    ending="ER",
    titles=frozenset({"TI"}),
    header=frozenset({"FN", "VR", "EF"}),
)


def is_wos(head: str) -> bool:
    """Recognise plain text of Web of Science by its heading (`FN`, `VR`), or else a line such as `PT J`."""
    return bool(_HEADING.match(head)) or ("PT " in head and bool(_WOS_START.search(head)))


def read_wos(source: Source) -> Reading:
    r"""Read a Web of Science plain text file.

    `DE` are the author keywords, `ID` (Keywords Plus) the index keywords, `CR` the cited references as written.
    Authors are the full names of `AF`, or those of `AU` where there are none, with the ORCIDs of `OI`. `WC`, the
    categories of Web of Science, are the topics. The record's id is `UT`.

    Examples
    --------
    >>> export = b"FN Clarivate\nVR 1.0\nPT J\nAU Sun, ZW\n   Lee, B\nTI Of\n   cities\nPY 2017\nUT WOS:1\nER\nEF\n"
    >>> record = read_wos(Source("a.txt", "a.txt", export)).records[0]
    >>> record.key, record.authors, record.title, record.year
    ('WOS:1', ('Sun, ZW', 'Lee, B'), 'Of cities', 2017)
    """

    def make(place: int, raw: RawRecord, remarks: Remarks) -> Record:
        return _wos_record(source, place, raw, remarks)

    remarks = Remarks()
    if not _LAST.search(source.data[-1000:]):
        remarks.say("The file does not end with the line `EF`: it may have been cut off between two records.")
    return read_tagged(source, WOS, make, remarks)


def _wos_record(source: Source, place: int, raw: RawRecord, remarks: Remarks) -> Record:
    fields = raw.fields
    values = {name: value for name, tags in WOS_TAGS.items() if (value := _text(fields, *tags))}
    kind = _wos_type(fields)
    if kind == "book" and "doi" not in values:
        values["doi"] = _text(fields, "D2")  # the book's: a chapter has one of its own, or none
    if "source_abbreviation" in values:  # J9, which references have, is in capitals; JI prints acronyms as they are
        values["source_abbreviation"] = abbreviation_case(values["source_abbreviation"], _text(fields, "JI"))
    if "article_number" in values:
        values["article_number"] = values["article_number"].removeprefix(_UNSPECIFIED)
    authors = next((names for tag in WOS_AUTHORS if (names := authors_of(_lines(fields, tag)))), ()) or _groups(fields)
    issn, isbn = standard_numbers([_text(fields, tag) for tag in ("SN", "EI", "BN") if tag in fields])
    record = record_of(
        source,
        place,
        raw.line,
        values,
        remarks,
        type=kind,
        year=year_of(place, [line for tag in WOS_TAGS["year"] for line in _lines(fields, tag)], remarks),
        authors=authors,
        author_ids=orcids_of(authors, split_list(_text(fields, "OI"))),
        editors=next((names for tag in ("BE", "ED") if (names := authors_of(_lines(fields, tag)))), ()),
        author_keywords=split_list(_text(fields, "DE")),
        index_keywords=split_list(_text(fields, "ID")),
        references=_lines(fields, "CR"),
        affiliations=_lines(fields, "C1"),
        topics=split_list(_text(fields, "WC")),
        issn=issn,
        isbn=isbn,
        identifiers=_identifiers(fields),
        status=status_of(values.get("title", ""), (_text(fields, "DT"),)),
        database=WEB_OF_SCIENCE,
    )
    short = short_names(authors, _lines(fields, "AU"))
    return changed_record(record, {"raw": {**record.raw, **short}}) if short else record


def _groups(fields: Fields) -> tuple[str, ...]:
    """Return the group that wrote a work which names no people."""
    return next((names for tag in WOS_GROUPS if (names := authors_of(map(as_body, _lines(fields, tag))))), ())


def _identifiers(fields: Fields) -> tuple[str, ...]:
    pmid = _text(fields, "PM")
    return once([*accession_id(_text(fields, "UT")), *([f"pmid:{pmid}"] if pmid.isdigit() else ())])


def orcids_of(authors: Sequence[str], listed: Sequence[str]) -> tuple[str, ...]:
    """Return the ORCIDs that `OI` lists (`Sun, Zhiwei/0000-0001-…; …`) with the authors to whose names they belong.

    The names there are those of the profiles and may differ: where no name is the same, family name and first initial
    tell, if only one author and one profile have them.
    """
    named = [(name, f"orcid:{number}") for value in listed for name, _, number in [value.rpartition("/")] if number]
    if not named:
        return ()
    ids = [""] * len(authors)
    for key in (author_key, _short_key):
        if not named:
            break
        profiles = _unique((key(name), orcid) for name, orcid in named)
        places = _unique((key(author), place) for place, author in enumerate(authors) if not ids[place])
        for shared in profiles.keys() & places.keys():
            ids[places[shared]] = profiles[shared]
        named = [(name, orcid) for name, orcid in named if orcid not in ids]
    return tuple(ids) if any(ids) else ()


def _unique(pairs: Iterable[tuple[str, T]]) -> dict[str, T]:
    """Return the pairs whose key occurs once."""
    listed = list(pairs)
    often = Counter(key for key, _ in listed)
    return {key: value for key, value in listed if often[key] == 1}


def _short_key(name: str) -> str:
    """Return family name and first initial, without accents, hyphens and case."""
    family, given = split_name(name)
    plain = folded(f"{family}|{given[:1]}")
    return "".join(letter for letter in plain if letter.isalpha() or letter == "|")


def _lines(fields: Fields, tag: str) -> tuple[str, ...]:
    """Return each line of a tag as a value of its own."""
    if tag not in fields:
        return ()
    return tuple(filter(None, map(str.strip, "\n".join(fields[tag]).split("\n"))))


def _text(fields: Fields, *tags: str) -> str:
    """Return all lines of the first tag that is there as one."""
    for tag in tags:
        if tag in fields:
            return one_line(" ".join(fields[tag]))
    return ""


def _wos_type(fields: Fields) -> RecordType:
    return type_named(_text(fields, "DT")) or WOS_TYPES.get(_text(fields, "PT"), "other")
