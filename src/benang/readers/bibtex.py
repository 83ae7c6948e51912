"""BibTeX and BibLaTeX, as databases, reference managers and people write them: entries → records.

`bibtex_entries.py` finds entries and their fields, `latex.py` turns LaTeX into text, `bibtex_values.py` takes names and
lists apart. Here abbreviations are spelt out, subtitles put behind titles, what other entries give is taken from them,
and fields become those of a record. BibTeX gives an entry with a `crossref` every field that it lacks and the other one
has; biblatex does so too, but for fields that are the other's own (its `ids`, `label`, …), and makes the title of the
book the `booktitle` of a part (biblatex manual, "Inheritance" and its table of rules). Here, fields that identify or
describe the book itself stay with it as well: a chapter under the DOI of its book would be taken for the book. `xdata`
names entries that hold fields for others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benang.readers import Reading, Remarks, Source, identifiers
from benang.readers.author_names import as_body, without_marks
from benang.readers.bibtex_entries import Entry, entries_of, looks_like_bibtex
from benang.readers.bibtex_values import (
    addresses_of,
    joined_pieces,
    journal_of,
    lines_of,
    list_of,
    names_of,
    parts_of,
    plain,
    separator_of,
    span_of,
)
from benang.readers.dialects import joined_halves, noted_decisions, status_of
from benang.readers.identifiers import linked_doi, noted_doi
from benang.readers.keywords import joins_groups, parted_groups
from benang.readers.own_fields import BIBTEX_PREFIX, unpercented, with_own_fields
from benang.readers.ris_and_wos import orcids_of
from benang.readers.tables import BIBTEX_FIELDS, BIBTEX_TYPES, type_named
from benang.readers.tagged import once
from benang.readers.values import authors_of, record_of, split_list, year_in, year_of
from benang.records.record import WEB_OF_SCIENCE, Record, RecordType, SetAside

# Scopus: "cited By 12", later "Cited by: 12; All Open Access". Publish or Perish: "12 cites: https://…".
_KEYWORDS = ("keywords", "keyword", "keywords_author", "keywords_plus", "index_keywords", "author_keywords")
_NOTES = ("note", "annote", "annotation", "comment", "comments")
_ESCAPE, _COMMAND = re.compile(r"\\([#$%&_{}~])"), re.compile(r"\\[A-Za-z]")
_CITED = re.compile(r"\bcited by:? ?([0-9]{1,9})\b|\A([0-9]{1,9}) cites\b", re.IGNORECASE)
# Web of Science gives each profile a line, and nothing else parts them: "Sari, Dewi/0000-… Umpama, Ana/0000-…".
_ORCIDS = re.compile(r"[^\s;/][^;/]{0,200}/[0-9]{4}(?:-[0-9]{4}){2}-[0-9]{3}[0-9X]")
_VERBATIM = frozenset({"doi", "url", "id", "issn", "isbn", "eprint", "file"})
_SETTINGS = "it contains settings for a style, not a publication"
_SHARED: Mapping[str, str] = {
    "xdata": "it contains fields that other entries share (xdata) and is not a publication itself",
    "control": _SETTINGS,  # REVTeX
    "ieeetranbstctl": _SETTINGS,
}
"""Types of entries that are no publications, each with the reason why it is set aside."""
_SPLIT = "Keywords given in one field were split at '{mark}'"
_CUT_AUTHORS = "The export shortened the list of authors ('and others'); the authors it names are kept"


def is_bibtex(head: str) -> bool:
    """Recognise BibTeX by a line that begins an entry, with a key or a field behind it."""
    return looks_like_bibtex(head)


def read_bibtex(source: Source) -> Reading:
    r"""Read a BibTeX or BibLaTeX file.

    The record's key is the entry's. `author_keywords` and `keywords` are author keywords and index keywords in Scopus's
    exports, `Keywords` and `Keywords-Plus` in Web of Science's; elsewhere `keywords` are the author's. Abbreviations of
    `@string` are spelt out, and what an entry lacks is taken from the one that its `crossref` names. An entry whose
    braces or quotation marks do not pair is set aside, and the next ones are read.

    Examples
    --------
    >>> export = b'@article{a, author={Ani Contoh and {PT Umpama}}, title={{Kota} kembar}, year=2020, pages={1--9}}\n'
    >>> record = read_bibtex(Source("a.bib", "a.bib", export)).records[0]
    >>> record.key, record.authors, record.title, record.year, record.first_page, record.last_page
    ('a', ('Contoh, Ani', 'PT Umpama'), 'Kota kembar', 2020, '1', '9')
    """
    remarks = Remarks()
    records: list[Record] = []
    aside: list[SetAside] = []
    whole: list[tuple[int, Entry, Fields]] = []
    shared: dict[str, Fields] = {}
    place = 0
    for entry, macros in spelt_out(entries_of(source.data.decode("utf-8"))):
        place += 1
        fields: Fields = fields_of(entry, macros, remarks, place) if not entry.broken else {}
        if entry.broken:
            aside.append(SetAside(place, entry.line, entry.broken))
        elif not entry.fields:
            aside.append(SetAside(place, entry.line, "no content: the entry has no fields"))
        elif entry.type in _SHARED:
            shared.setdefault(entry.key.lower(), fields)
            aside.append(SetAside(place, entry.line, _SHARED[entry.type]))
        else:
            whole.append((place, entry, fields))
    by_key = shared | {entry.key.lower(): with_subtitles(fields) for _, entry, fields in whole if entry.key}
    lists = _Lists.of([fields for _, _, fields in whole])
    for at, entry, fields in whole:
        inherited = with_inherited(entry.type, with_subtitles(fields), by_key)
        records.append(_record(source, at, entry, inherited, remarks, lists))
    return Reading(place, tuple(records), tuple(aside), remarks.notes())


@dataclass(frozen=True, slots=True)
class _Lists:
    """How a file writes keywords: whether it is Scopus's and joins groups at commas, and a separator of its own."""

    scopus: bool
    grouped: bool
    separator: str

    @classmethod
    def of(cls, entries: Sequence[Fields]) -> _Lists:
        scopus = any("author_keywords" in fields or _is_scopus(fields) for fields in entries)
        index = [fields[name] for fields in entries for name in ("keywords", "index_keywords") if name in fields]
        return cls(
            scopus,
            scopus and joins_groups([split_list(plain(value)) for value in index]),
            separator_of(fields[name] for fields in entries for name in _KEYWORDS if name in fields),
        )


def _is_scopus(fields: Fields) -> bool:
    return plain(fields.get("source", "")).lower() == "scopus"


def _record(source: Source, place: int, entry: Entry, fields: Fields, remarks: Remarks, lists: _Lists) -> Record:
    if own := [name for name in fields if name.startswith(BIBTEX_PREFIX)]:
        return _of_own_fields(source, place, entry, fields, own)
    values = {name: _plain_of(name, fields, names) for name, names in BIBTEX_FIELDS.items()}
    values = {name: value for name, value in values.items() if value}
    written = [fields[name] for name in _NOTES if name in fields]
    notes = [plain(note) for note in written]
    addresses = [fields[name] for name in ("url", "ee", "bdsk_url_1", "link", "howpublished") if name in fields]
    links = [*addresses, *([fields["note"]] if "note" in fields else [])]
    authors, cut = _authors(fields)
    if cut:
        remarks.habit(_CUT_AUTHORS, place)
    type_names = [_plain_of("", fields, ("document_type",)), _plain_of("", fields, ("type",))]
    issn, isbn = identifiers.standard_numbers([plain(fields[n]) for n in ("issn", "eissn", "isbn") if n in fields])
    return record_of(
        source,
        place,
        entry.line,
        values
        | {
            "id": entry.key,
            "source": _source(entry.type, fields),
            "first_page": span_of(values.get("first_page", "")),
            "doi": values.get("doi") or linked_doi(addresses) or noted_doi(entry.key, *notes),
            "url": values.get("url", "").partition(" ")[0],
            "citations": values.get("citations") or _cited(notes),
        },
        remarks,
        type=_type(entry.type, fields, type_names),
        year=year_of(place, [plain(fields[n]) for n in ("year", "date", "early_access_date") if n in fields], remarks),
        authors=authors,
        author_ids=orcids_of(authors, _ORCIDS.findall(plain(fields.get("orcid_numbers", "")))),
        editors=names_of([fields["editor"]] if "editor" in fields else [])[0],
        **_keywords(place, fields, remarks, lists),
        references=_references(fields),
        affiliations=_affiliations(fields, without_marks(authors)),
        topics=split_list(plain(fields.get("web_of_science_categories", ""))),
        issn=issn,
        isbn=isbn,
        identifiers=_identifiers(fields, links, notes),
        decisions=noted_decisions(_ESCAPE.sub(r"\1", note) for note in written),
        status=status_of(values.get("title", ""), type_names),
        database=_database(fields, links),
    )


def _of_own_fields(source: Source, place: int, entry: Entry, fields: Fields, own: Sequence[str]) -> Record:
    """Make a record of an entry that Benang wrote: what its own fields don't hold is in plain ones, or missing."""
    plainly = {name: plain(fields.get(name, "")) for name in ("year", "volume", "number")}
    record = Record(
        entry.key,
        BIBTEX_TYPES.get(entry.type, "other"),
        year=year_in([plainly["year"]]),
        volume=plainly["volume"],
        issue=plainly["number"],
        file=source.name,
        place=place,
        line=entry.line,
        origins=source.origins,
    )
    return with_own_fields(record, [f"{name.removeprefix(BIBTEX_PREFIX)}: {unpercented(fields[name])}" for name in own])


def _plain_of(field: str, fields: Fields, names: Sequence[str]) -> str:
    """Return the first field that has a value, as plain text; ids and links have no ties and dashes to turn."""
    for name in names:
        if name in fields:
            text = fields[name]
            return _bare(text) if field in _VERBATIM and not _COMMAND.search(text) else plain(text)
    return ""


def _bare(text: str) -> str:
    r"""Take braces and the backslashes before signs off an id or a link: `10.1000/x\_y--z` has an underscore."""
    return " ".join(_ESCAPE.sub(r"\1", text).replace("{", "").replace("}", "").split())


def _authors(fields: Fields) -> tuple[tuple[str, ...], bool]:
    """Return the authors and whether their list is cut; those of a book, or the group that wrote it, where no other."""
    people = next((name for name in ("author", "book_author") if name in fields), "")
    if people or "book_group_author" not in fields:
        return names_of([fields[people]] if people else [])
    return authors_of([as_body(plain(one)) for one in parts_of(fields["book_group_author"], "and")]), False


def _source(type_: str, fields: Fields) -> str:
    names = ["booktitle", "journal", "journaltitle", "maintitle", "eventtitle", "series"]
    if type_ in ("article", "periodical", "suppperiodical") or "booktitle" not in fields:
        names = ["journal", "journaltitle", "booktitle"]
    name = next((name for name in names if name in fields), "")
    return plain(journal_of(fields[name])) if name else ""


def _type(type_: str, fields: Fields, named: Sequence[str]) -> RecordType:
    if kind := type_named(*named):
        return kind
    if (
        type_ in ("misc", "online", "electronic")
        and "arxiv" in plain(fields.get("archiveprefix", "") or fields.get("eprinttype", "")).lower()
    ):
        return "unpublished"
    return BIBTEX_TYPES.get(type_, "other")


def _keywords(place: int, fields: Fields, remarks: Remarks, lists: _Lists) -> dict[str, tuple[str, ...]]:
    general = next((fields[name] for name in ("keywords", "keyword", "keywords_author") if name in fields), "")
    index = next((fields[name] for name in ("keywords_plus", "index_keywords") if name in fields), "")
    author = fields.get("author_keywords", "")
    if lists.scopus:
        index = index or general
    else:
        author = author or general
    grouped = lists.grouped and ";" in index
    keywords = [
        list_of(author, lists.separator),
        (parted_groups(plain(index)), "") if grouped else list_of(index, lists.separator),
    ]
    for mark in once(mark for _, mark in keywords if mark):
        remarks.habit(_SPLIT, place, mark=mark)
    return {"author_keywords": keywords[0][0], "index_keywords": keywords[1][0]}


def _references(fields: Fields) -> tuple[str, ...]:
    if "cited_references" in fields:
        return lines_of(fields["cited_references"])
    return joined_halves(split_list(plain(fields["references"]))) if "references" in fields else ()


def _affiliations(fields: Fields, authors: Sequence[str]) -> tuple[str, ...]:
    written = fields.get("affiliation", "") or fields.get("affiliations", "")
    if "unique_id" in fields:
        return addresses_of(written, authors)
    return split_list(plain(written))


def _identifiers(fields: Fields, links: Sequence[str], notes: Sequence[str]) -> tuple[str, ...]:
    numbers = identifiers.accession_id(plain(fields.get("unique_id", "")))
    for names, prefix in ((("pmid", "pubmed_id"), "pmid"), (("pmcid",), "pmcid"), (("arxivid",), "arxiv")):
        value = _plain_of("id", fields, names)
        numbers += [f"{prefix}:{value}"] if value else []
    kind = plain(fields.get("archiveprefix", "") or fields.get("eprinttype", "")).lower()
    if "eprint" in fields and kind in ("arxiv", "pubmed", "pmid"):
        prefix = "arxiv" if kind == "arxiv" else "pmid"
        numbers.append(f"{prefix}:{_bare(fields['eprint']).removeprefix('arXiv:')}")
    return once([*numbers, *identifiers.linked_ids(links), *identifiers.noted_ids(notes)])


def _cited(notes: Sequence[str]) -> str:
    return next((match[1] or match[2] for note in notes if (match := _CITED.search(note))), "")


def _database(fields: Fields, links: Sequence[str]) -> str:
    """Name Scopus and Web of Science by what only they write."""
    if _is_scopus(fields) or any("scopus.com/" in link for link in links):
        return "Scopus"
    if "unique_id" in fields or "web_of_science_categories" in fields:
        return WEB_OF_SCIENCE
    return plain(fields.get("database", "")) or "BibTeX"


Fields = Mapping[str, str]
"""The fields of an entry as they were written, the pieces of each put together."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SUBTITLES = tuple([(f"{of}title", f"{of}subtitle") for of in ("", "book", "main", "journal", "issue")])
# Fields that, where they occur more than once, are one list; of others the first is read.
_LISTS = frozenset({"author", "editor", "keywords", "keyword", "author_keywords", "affiliation", "affiliations", "note",
                    "annote", "annotation", "url", "references", "cited_references"})  # fmt: skip
_ALSO_READ = (
    "author editor year date booktitle journal journaltitle affiliation affiliations references cited_references "
    "keywords author_keywords keywords_plus index_keywords note url"
)
_READ = {*_ALSO_READ.split(), *(name for names in BIBTEX_FIELDS.values() for name in names)}
_OTHER_FIELDS = "A field appears more than once with different values; the first was read"
_TEXT_BETWEEN = "Text between fields was not read"
_UNKNOWN = "An abbreviation that the file does not define was kept as written"
_NEVER_INHERITED = (
    "ids crossref xref entryset entrysubtype execute label options presort related relatedoptions relatedstring "
    "relatedtype shorthand shorthandintro sortkey xdata"
)
_OF_THE_BOOK_ITSELF = (
    "key doi url ee link urldate eprint eprinttype archiveprefix primaryclass pmid pmcid pubmed_id arxivid eid "
    "article_number art_number articleno pages page pagetotal numpages chapter type document_type abstract keywords "
    "keyword author_keywords index_keywords keywords_plus note annote annotation addendum references cited_references "
    "times_cited affiliation affiliations file timestamp unique_id orcid_numbers researcherid_numbers"
)
_TITLES = "title subtitle titleaddon shorttitle"
_OWN = frozenset(f"{_NEVER_INHERITED} {_OF_THE_BOOK_ITSELF} {_TITLES}".split())
_PERIODICALS = frozenset({"article", "suppperiodical"})
_DEEPEST = 8  # a chapter in a volume in a set in a series is three deep


def spelt_out(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Mapping[str, str]]]:
    """Give each entry with the abbreviations that hold at its place: a later definition counts from there on.

    One that is defined only behind the entry is known to it, too: people sort files, and BibTeX's order is lost then.
    """
    listed = list(entries)
    macros = {name: name for name in _MONTHS}
    for entry in listed:
        if entry.type == "string":
            for name, text in fields_of(entry, macros, Remarks(), 0).items():
                macros.setdefault(name, text)
    for entry in listed:
        if entry.type == "string":
            macros.update(fields_of(entry, macros, Remarks(), 0))
        else:
            yield entry, macros


def fields_of(entry: Entry, macros: Mapping[str, str], remarks: Remarks, place: int) -> dict[str, str]:
    """Return the fields of an entry with abbreviations spelt out; of one given twice the first, or all of a list."""
    fields: dict[str, str] = {}
    for name, values in entry.fields.items():
        texts: list[str] = []
        for pieces in values:
            text, unknown = joined_pieces(((piece.text, piece.word) for piece in pieces), macros)
            if unknown and name in _READ:
                remarks.habit(_UNKNOWN, place)
            if text.strip(" {}\n\t"):
                texts.append(text)
        if len(set(texts)) > 1 and name in _READ and name not in _LISTS:
            remarks.habit(_OTHER_FIELDS, place)
        if texts:
            joiner = " and " if name in ("author", "editor") else "; "
            fields[name] = joiner.join(texts) if name in _LISTS and len(texts) > 1 else texts[0]
    if entry.odd:
        remarks.habit(_TEXT_BETWEEN, place)
    return fields


def with_subtitles(fields: Fields) -> Fields:
    """Put subtitles behind their titles: BibLaTeX and Citavi have separate fields for them."""
    titles = {}
    for name, sub in _SUBTITLES:
        if name in fields and sub in fields and plain(fields[sub]) not in plain(fields[name]):
            titles[name] = f"{fields[name].rstrip(' :')}: {fields[sub]}"
    return {**fields, **titles} if titles else fields


def with_inherited(type_: str, fields: Fields, by_key: Mapping[str, Fields]) -> Fields:
    """Return an entry's fields with those that its `xdata` and its `crossref` give it; its own count first.

    Examples
    --------
    >>> book = {"author": "Misal, Eka", "title": "Whole", "year": "2017", "doi": "10.9999/whole"}
    >>> with_inherited("inbook", {"crossref": "w", "title": "Part"}, {"w": book})["author"]
    'Misal, Eka'
    >>> sorted(with_inherited("inbook", {"crossref": "w", "title": "Part"}, {"w": book}))
    ['author', 'booktitle', 'crossref', 'title', 'year']
    """
    if "crossref" not in fields and "xdata" not in fields:
        return fields
    whole = dict(fields)
    for shared in _named(fields, "xdata", by_key):
        whole = {**shared, **whole}
    for parent in _ancestors(whole, by_key):
        inherited = {name: value for name, value in parent.items() if name not in _OWN}
        whole = {**inherited, **_titles(type_, parent), **whole}
    return whole


def _ancestors(fields: Fields, by_key: Mapping[str, Fields]) -> Iterator[Fields]:
    """Give the entry that `crossref` names, the one that it refers to itself, and so on."""
    seen = [fields]
    while len(seen) <= _DEEPEST and (parents := _named(seen[-1], "crossref", by_key)):
        if any(parents[0] is one for one in seen):
            return
        seen.append(parents[0])
        yield parents[0]


def _named(fields: Fields, name: str, by_key: Mapping[str, Fields]) -> list[Fields]:
    keys = (plain(key).lower() for key in fields.get(name, "").split(","))
    return [by_key[key] for key in keys if key in by_key and by_key[key] is not fields]


def _titles(type_: str, parent: Fields) -> dict[str, str]:
    """Return the title of a book or journal, with its subtitle, under the names that its parts use."""
    of = "journal" if type_ in _PERIODICALS else "book"
    titles = {f"{of}{name}": parent[name] for name in ("title", "subtitle") if name in parent}
    if "booktitle" in parent:  # some write it into the book, too, for styles that do not know the rule
        titles = {"booktitle": parent["booktitle"]}
    return titles
