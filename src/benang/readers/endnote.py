"""EndNote's two forms (tagged lines, `.enw`, and XML) and RefWorks's tagged form, which many others write too.

Google Scholar, Publish or Perish, CNKI and many journals write EndNote's tags, Mendeley and Zotero its XML, and
ProQuest, EBSCO, Oxford and CNKI offer RefWorks's form. Each tagged line of EndNote's is `%`, one character, a blank and
a value. A record begins with `%0`, its type; some journals (Digital Commons) write another tag first, and then a blank
line ends a record. No tag ends one. RefWorks writes two capitals, a blank, a value. A record begins with `RT`, its
type; RefWorks itself ends one with `ER`, others do not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from benang.readers import Reading, Remarks, Source
from benang.readers.author_names import with_marked_ends
from benang.readers.dialects import noted_decisions, status_of
from benang.readers.identifiers import accession_id, linked_doi, linked_ids, noted_doi, noted_ids, standard_numbers
from benang.readers.keywords import keywords_of, lists_in
from benang.readers.tables import ENDNOTE_TAGS, REFWORKS_TAGS, type_named
from benang.readers.tagged import Fields, Grammar, RawRecord, items, once, people, raw_of, read_tagged, whole, wrapped
from benang.readers.values import authors_of, counted_apart, record_of, year_of
from benang.readers.xml_exports import read_xml, text_in, texts_in
from benang.records.record import Record, RecordType

_TAG = re.compile(r"\n%([0-9A-Z?@!#$()&*+:;<>=\[^|~])(?=[ \t\n]|\Z)")
_LOOKS = re.compile(rb"(?:\A|\n)[ \t]{0,8}%[!-~](?=[ \t\n]|\Z)")
_TITLE = re.compile(rb"\n%T(?=[ \t\n]|\Z)")

BY_TYPES = Grammar(
    start="0",
    end="",
    begins=re.compile(rb"\n%0(?=[ \t\n])"),
    tag=_TAG,
    marks=re.compile(rb"\n(%0)(?=[ \t\n])"),
    looks=_LOOKS,
    opening="`%0`, its type",
    ending="",
    titles=frozenset({"T"}),
    unique="T",
    once=_TITLE,
)
"""For exports in which `%0` comes first in a record."""

BY_BLANK_LINES = Grammar(
    start="",
    end="",
    begins=re.compile(rb"(?:(?<=\n)|\A)\n%[0-9A-Z@] "),
    tag=_TAG,
    marks=re.compile(rb"(?:(?<=\n)|\A)\n(%[0-9A-Z@]) "),
    looks=_LOOKS,
    opening="a tag behind a blank line",
    ending="",
    titles=frozenset({"T"}),
    unique="T",
    once=_TITLE,
)
"""Where another tag does: a tag behind a blank line begins a record."""

_FIRST = re.compile(r"^%([0-9A-Z@]) ", re.MULTILINE)
_BLOCK = re.compile(rb"(?<=\n)\n%([0-9A-Z@]) ")  # a tag behind a blank line
_TYPE = re.compile(r"^%0 [A-Z]", re.MULTILINE)
_BARE = re.compile(r"^%T [^\n]*\S", re.MULTILINE)
_AUTHOR = re.compile(r"^%A [^\n]*\S", re.MULTILINE)
_CITES = re.compile(r"([0-9]{1,9}) cites: ")  # Publish or Perish
_IN_ONE_LINE = re.compile(r"\s*[;；]\s*")

_START = re.compile(
    r"<records>\s{0,1000}<record[\s>]|<record>\s{0,1000}<(?:database|source-app|ref-type|rec-number)[\s>]"
)
_TYPES: Mapping[str, RecordType] = {
    "journal article": "article", "electronic article": "article", "newspaper article": "article",
    "magazine article": "article", "journal": "article",
    "book": "book", "edited book": "book", "electronic book": "book", "classical work": "book",
    "book section": "chapter", "electronic book section": "chapter", "encyclopedia": "chapter",
    "conference paper": "proceedings", "conference proceedings": "proceedings",
    "thesis": "thesis",
    "report": "report", "government document": "report", "discussion paper": "report",
    "manuscript": "unpublished", "unpublished work": "unpublished",
}  # fmt: skip
_NUMBERS: Mapping[str, RecordType] = {
    "17": "article", "43": "article", "23": "article", "19": "article",
    "6": "book", "28": "book", "44": "book", "5": "chapter", "60": "chapter",
    "47": "proceedings", "10": "proceedings", "3": "proceedings", "32": "thesis", "27": "report", "46": "report",
    "36": "unpublished", "34": "unpublished",
}  # fmt: skip
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("rec-number", "foreign-keys/key"),
    "title": ("titles/title",),
    "source": ("periodical/full-title", "titles/secondary-title", "titles/alt-title"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "first_page": ("pages",),
    "publisher": ("publisher",),
    "language": ("language",),
    "abstract": ("abstract",),
    "url": ("urls/web-urls/url", "urls/related-urls/url"),
    "doi": ("electronic-resource-num",),
}
_AUTHORS = ("contributors/authors/author", "contributors/translated-authors/author")
_EDITORS = "contributors/secondary-authors/author"
_WITH_EDITORS = frozenset({"chapter", "proceedings", "book"})
_PMCID = re.compile(r"PMC[0-9]{1,9}\Z")
_PMID = re.compile(r"[0-9]{4,9}\Z")
_PUBMED = re.compile(r"pubmed|medline|NLM", re.IGNORECASE)
_EMBASE = re.compile(r"L[0-9]{6,12}\Z")

_REFWORKS_TAG = re.compile(r"\n([A-Z][A-Z0-9])(?=[ \t\n]|\Z)")
_REFWORKS_LOOKS = re.compile(rb"(?:\A|\n)[A-Z][A-Z0-9](?=[ \t\n]|\Z)")
_REFWORKS_TITLES = frozenset({"T1", "TI"})

WITHOUT_END = Grammar(
    start="RT",
    end="",
    begins=re.compile(rb"\nRT(?=[ \t])"),
    tag=_REFWORKS_TAG,
    marks=re.compile(rb"\n(RT)(?=[ \t])"),
    looks=_REFWORKS_LOOKS,
    opening="`RT`, its type",
    ending="",
    titles=_REFWORKS_TITLES,
    unique="T1",
    once=re.compile(rb"\nT1(?=[ \t\n]|\Z)"),
)

WITH_END = Grammar(
    start="RT",
    end="ER",
    begins=re.compile(rb"\nRT(?=[ \t])"),
    tag=_REFWORKS_TAG,
    marks=re.compile(rb"\n(?:(RT)(?=[ \t])|ER(?=[ \t\n]|\Z))"),
    looks=_REFWORKS_LOOKS,
    opening="`RT`, its type",
    ending="ER",
    titles=_REFWORKS_TITLES,
)

_REFWORKS_START = re.compile(r"^RT [A-Z][A-Za-z]+", re.MULTILINE)
_REFWORKS_KNOWN = re.compile(r"^(?:A1|T1|JF|YR|SR|ID) \S", re.MULTILINE)
_REFWORKS_END = re.compile(rb"\nER[ \t]*(?:\n|\Z)")


def is_endnote_tagged(head: str) -> bool:
    """Recognise the form by a line `%0 Journal Article`, or by lines with a title and an author."""
    if "%0 " in head and _TYPE.search(head):
        return True
    return "%T " in head and bool(_BARE.search(head) and _AUTHOR.search(head))


def read_endnote_tagged(source: Source) -> Reading:
    r"""Read a file in EndNote's tagged form.

    `%K` holds all keywords, one a line or with separators. The record's id is the accession number (`%M`) or the label
    (`%F`). What was cut off at a record's end cannot be seen in this form: a last line without its end is noted.

    Examples
    --------
    >>> export = b"%0 Journal Article\n%A Contoh, Ani\n%T Kota kembar\n%J Jurnal\n%D 2021\n%P 1-12\n%K kota; desa\n"
    >>> record = read_endnote_tagged(Source("a.enw", "a.enw", export)).records[0]
    >>> record.title, record.source, record.year, record.last_page, record.author_keywords
    ('Kota kembar', 'Jurnal', 2021, '12', ('kota', 'desa'))
    """
    grammar = _grammar_of(source)
    remarks, lists = Remarks(), lists_in(source.data, b"%K ")
    if not source.data.endswith(b"\n"):
        remarks.say("The last line has no line break: the file may have been cut off in its last record.")

    def make(place: int, raw: RawRecord, remarks: Remarks) -> Record:
        return _record_of_lines(source, place, raw, lists, remarks)

    return read_tagged(source, grammar, make, remarks)


def _grammar_of(source: Source) -> Grammar:
    """Tell whether `%0` begins the records or blank lines part them, also where the first record was cut."""
    first = _FIRST.search(source.head)
    types = [match.start() for match in BY_TYPES.begins.finditer(source.data)]
    if first and first[1] == "0":
        return BY_TYPES
    blocks = [match[1] == b"0" for match in _BLOCK.finditer(source.data)]
    if blocks:
        return BY_TYPES if 2 * sum(blocks) >= len(blocks) else BY_BLANK_LINES
    # A type within a lone record has the title before it; one that begins a record has it behind.
    return BY_TYPES if len(types) > 1 or (types and _TITLE.search(source.data, types[0])) else BY_BLANK_LINES


def _record_of_lines(source: Source, place: int, raw: RawRecord, lists: frozenset[str], remarks: Remarks) -> Record:
    fields = raw.fields
    values = raw_of(fields, ENDNOTE_TAGS)
    links = wrapped(fields, "U", ">")
    title, kind = values.get("title", ""), whole(fields, ("0",))
    issn, isbn = standard_numbers(fields.get("@", ()))
    return record_of(
        source,
        place,
        raw.line,
        counted_apart(values)
        | {
            "doi": values.get("doi") or linked_doi(links) or noted_doi(values.get("id", ""), *fields.get("Z", ())),
            "source": whole(fields, ("J", "B", "S")),
            "source_abbreviation": "",
            "citations": next((match[1] for note in fields.get("Z", ()) if (match := _CITES.match(note))), ""),
        },
        remarks,
        type=type_named(whole(fields, ("9",)), kind) or "other",
        year=year_of(place, items(fields, *ENDNOTE_TAGS["year"]), remarks),
        authors=people(place, [listed_people(fields, "A")], remarks),
        editors=authors_of(with_marked_ends(listed_people(fields, "E"))),
        author_keywords=keywords_of(place, items(fields, "K"), lists, remarks),
        affiliations=once(items(fields, "+")),
        issn=issn,
        isbn=isbn,
        identifiers=once([*linked_ids(links), *accession_id(values.get("id", ""))]),
        decisions=noted_decisions(wrapped(fields, "Z", "<")),
        status=status_of(title, (whole(fields, ("9",)),)),
        database=values.get("database", "") or "EndNote",
    )


def listed_people(fields: Fields, tag: str) -> Sequence[str]:
    """Return the names of a tag; CNKI puts all of them into one line with semicolons."""
    people = items(fields, tag)
    if any(";" in value or "；" in value for value in people):
        return [name for value in people for name in _IN_ONE_LINE.split(value) if name]
    return people


def is_endnote_xml(head: str) -> bool:
    """Recognise EndNote XML by its list of records or the beginning of a record."""
    return bool(_START.search(head))


def read_endnote_xml(source: Source) -> Reading:
    """Read a file of EndNote XML.

    Runs of style within a value are joined. The record's id is EndNote's number of it in the library. A caption, which
    reviewers use to mark records, and Rayyan's notes are `decisions`; notes of the user's own are none.

    Raises
    ------
    BenangError
        Where the file declares entities of its own, or holds no record.

    Examples
    --------
    >>> xml = b"<xml><records><record><rec-number>7</rec-number><titles><title>Kota</title></titles></record></records>"
    >>> record = read_endnote_xml(Source("a.xml", "a.xml", xml)).records[0]
    >>> record.key, record.title, dict(record.raw)
    ('', 'Kota', {'key': '7'})
    """

    def make(place: int, line: int, element: Element, remarks: Remarks) -> Record:
        return _record_of_element(source, place, line, element, remarks)

    return read_xml(source, make, Remarks(), tags=("record",))


def _record_of_element(source: Source, place: int, line: int, element: Element, remarks: Remarks) -> Record:
    raw = {name: next((t for path in paths for t in texts_in(element, path)), "") for name, paths in _FIELDS.items()}
    links = [*element.iterfind("urls//url"), *element.iterfind("electronic-resource-num")]
    urls = [text for one in links for text in "".join(one.itertext()).split()]
    raw["doi"] = raw["doi"] or linked_doi(urls) or noted_doi(*_lines(element, "notes"), *_lines(element, "custom3"))
    kind = _type(element)
    names = [authors_of(with_marked_ends(texts_in(element, path))) for path in _AUTHORS]
    authors = next(filter(None, names), ())
    editors = authors_of(with_marked_ends(texts_in(element, _EDITORS))) if kind in _WITH_EDITORS else ()
    issn, isbn = standard_numbers(_lines(element, "isbn"))
    return record_of(
        source,
        place,
        line,
        counted_apart(raw) | {"article_number": text_in(element, "custom7") if kind == "article" else ""},
        remarks,
        type=kind,
        year=year_of(place, texts_in(element, "dates/year") or texts_in(element, "dates/pub-dates/date"), remarks),
        authors=authors,
        editors=editors,
        source_abbreviation=text_in(element, "periodical/abbr-1") or text_in(element, "alt-periodical/abbr-1"),
        issn=issn,
        isbn=isbn,
        author_keywords=once(keywords_of(place, texts_in(element, "keywords/keyword"), frozenset(), remarks)),
        affiliations=_lines(element, "auth-address"),
        identifiers=_identifiers(element, urls),
        status=status_of(raw["title"], texts_in(element, "work-type")),
        decisions=_decisions(element),
        database=" / ".join(_lines(element, "remote-database-name")) or "EndNote",
    )


def _lines(element: Element, path: str) -> tuple[str, ...]:
    """Return the lines of a value: EndNote divides several values by carriage returns."""
    lines = (line for one in element.iterfind(path) for line in re.split(r"[\r\n]", "".join(one.itertext())))
    return tuple([text for line in lines if (text := " ".join(line.split()))])


def _type(element: Element) -> RecordType:
    kind = element.find("ref-type")
    name = (kind.get("name") or "").lower() if kind is not None else ""
    number = text_in(kind)
    return _TYPES.get(name) or _NUMBERS.get(number) or type_named(*texts_in(element, "work-type")) or "other"


def _identifiers(element: Element, urls: list[str]) -> tuple[str, ...]:
    accession = text_in(element, "accession-num")
    database = f"{text_in(element, 'remote-database-name')} {text_in(element, 'remote-database-provider')}"
    numbers = accession_id(accession)
    if _PMID.match(accession) and _PUBMED.search(database):
        numbers.append(f"pmid:{accession}")
    numbers += [f"pmcid:{text}" for text in texts_in(element, "custom2") if _PMCID.match(text)]
    notes = _lines(element, "notes")
    numbers += [f"embase:{text}" for text in (accession, *notes[:1]) if _EMBASE.match(text)]
    return once([*numbers, *linked_ids(urls), *noted_ids(notes)])


def _decisions(element: Element) -> tuple[str, ...]:
    """Return the caption, and what Rayyan wrote into the notes."""
    notes = [line for path in ("notes", "research-notes") for line in _lines(element, path)]
    return once([*texts_in(element, "caption"), *noted_decisions(notes)])


def is_refworks(head: str) -> bool:
    """Recognise the form by a line such as `RT Journal Article` and one more tag of it."""
    return "RT " in head and bool(_REFWORKS_START.search(head) and _REFWORKS_KNOWN.search(head))


def read_refworks(source: Source) -> Reading:
    r"""Read a file in RefWorks's tagged form.

    `K1` are the author keywords, `RD` and others stay out. The record's id is `ID`, or the accession number `AN`.

    Examples
    --------
    >>> export = b"RT Journal Article\nID k1\nA1 Contoh,Ani\nT1 Kota kembar\nJF Jurnal\nYR 2021\nSP 1\nOP 12\nK1 kota\n"
    >>> record = read_refworks(Source("a.txt", "a.txt", export)).records[0]
    >>> record.key, record.authors, record.source, record.year, record.last_page, record.author_keywords
    ('k1', ('Contoh, Ani',), 'Jurnal', 2021, '12', ('kota',))
    """
    lists = lists_in(source.data, b"K1 ")

    def make(place: int, raw: RawRecord, remarks: Remarks) -> Record:
        return _refworks_record(source, place, raw, lists, remarks)

    return read_tagged(source, WITH_END if _REFWORKS_END.search(source.data) else WITHOUT_END, make, Remarks())


def _refworks_record(source: Source, place: int, raw: RawRecord, lists: frozenset[str], remarks: Remarks) -> Record:
    fields = raw.fields
    values = raw_of(fields, REFWORKS_TAGS)
    links = wrapped(fields, "UL", "LK")
    title, kind = values.get("title", ""), whole(fields, ("RT",))
    issn, isbn = standard_numbers(fields.get("SN", ()))
    return record_of(
        source,
        place,
        raw.line,
        counted_apart(values)
        | {
            "doi": values.get("doi") or linked_doi(links) or noted_doi(values.get("id", ""), *fields.get("NO", ())),
            "source": whole(fields, ("JF", "T2", "JO", "T3")),
        },
        remarks,
        type=type_named(kind) or "other",
        year=year_of(place, items(fields, *REFWORKS_TAGS["year"]), remarks),
        authors=people(place, [listed_people(fields, "A1"), listed_people(fields, "AU")], remarks),
        editors=authors_of(with_marked_ends(listed_people(fields, "A2"))),
        author_keywords=keywords_of(place, items(fields, "K1"), lists, remarks),
        affiliations=once(items(fields, "AD")),
        issn=issn,
        isbn=isbn,
        identifiers=once([*linked_ids(links), *accession_id(whole(fields, ("AN",)))]),
        decisions=noted_decisions(wrapped(fields, "NO", "U1", "U2", "U3", "U4", "U5")),
        status=status_of(title, (kind,)),
        database=values.get("database", "") or "RefWorks",
    )
