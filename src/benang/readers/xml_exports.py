"""XML as databases and reference managers write it, record by record; PubMed's articles and books, field by field.

Each record is parsed alone, from the tag that opens it to the one that closes it, so that a file that was cut off or is
broken in one record still gives all others. Text before the first record can declare nothing that a record
uses: entities that explode or point outside the file are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element, ParseError, XMLParser

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.readers import Reading, Remarks, Source, shown
from benang.readers.author_names import as_body, whole_name
from benang.readers.dialects import gravest, status_of
from benang.readers.identifiers import doi_in
from benang.readers.keywords import keyword_list
from benang.readers.medline import pages
from benang.readers.tables import type_named
from benang.readers.tagged import once
from benang.readers.values import record_of, tidy, year_of
from benang.records.record import Record, RecordStatus, RecordType, SetAside

# XML 1.0, production 2: a document can't contain these characters, not even as references.
_FORBIDDEN = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]"
    rb"|&#(?:0{0,8}(?:[0-8]|1[124-9]|2[0-9]|3[01])|[xX]0{0,8}(?:[0-8bcefBCEF]|1[0-9a-fA-F]|[fF]{3}[eEfF]"
    rb"|[dD][89a-fA-F][0-9a-fA-F]{2}));"
)
_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
_ENTITY = re.compile(rb"<!ENTITY[\s%]")
_TAG = re.compile(rb"<(/?)([A-Za-z_][\w:.-]{0,100})(?=[\s/>])[^<>]{0,10000}>")
_NO_RECORDS = frozenset({b"DeleteCitation", b"DeleteDocument"})  # PubMed's lists of numbers that it gave up
_STRANGER = "an element <{tag}> where records are expected"
_CONTROL_NOTE = "Control characters, which XML does not allow, were removed"
_AMPERSAND_NOTE = "Ampersands that stand alone or begin entities unknown to XML were kept as written"


def read_xml(
    source: Source, make: Callable[[int, int, Element, Remarks], Record], remarks: Remarks, *, tags: tuple[str, ...]
) -> Reading:
    """Read every record of an XML file with `make(place, line, element, remarks)`.

    Records are found by their opening tags, apart from parsing them. An element of another name in the same place is
    set aside if it has elements in it.

    Raises
    ------
    BenangError
        Where the file declares entities of its own, or holds no record.
    """
    data = source.data
    named = frozenset(tag.encode() for tag in tags)
    opening = re.compile(b"<(" + b"|".join(map(re.escape, sorted(named))) + rb")(?=[\s/>])")
    begins = [(match.start(), match[1]) for match in opening.finditer(data)]
    _refuse_entities(source, begins[0][0] if begins else len(data))
    if not begins:
        problem = worded("XML without records, which begins with {text}", text=shown(source.head))
        raise BenangError(Problem(problem, where=source.name, way_on="Export the records again, as XML."))
    records: list[Record] = []
    aside: list[SetAside] = []
    line, counted, place = 1, 0, 0
    for begin, end, tag in _stretches(data, begins):
        place += 1
        line += data.count(b"\n", counted, begin)
        counted = begin
        parsed = _parsed(data[begin:end], tag, place, remarks) if tag in named else worded(_STRANGER, tag=tag.decode())
        if isinstance(parsed, str):
            aside.append(SetAside(place, line, parsed))
        else:
            records.append(make(place, line, parsed, remarks))
    return Reading(place, tuple(records), tuple(aside), remarks.notes())


def text_in(element: Element | None, path: str = "") -> str:
    """Return all text in an element, or in the one at a path below it, on one line; nothing where it's not there.

    Examples
    --------
    >>> from xml.etree.ElementTree import XML
    >>> text_in(XML("<a><title><style>Kota </style><style>kembar</style></title></a>"), "title")
    'Kota kembar'
    """
    at = element.find(path) if element is not None and path else element
    return tidy("".join(at.itertext())) if at is not None else ""


def texts_in(element: Element, path: str) -> tuple[str, ...]:
    """Return the texts of all elements at a path, without the empty ones."""
    return tuple([text for one in element.iterfind(path) if (text := text_in(one))])


def _refuse_entities(source: Source, end: int) -> None:
    match = _ENTITY.search(source.data, 0, end)
    if match:
        line = source.data.count(b"\n", 0, match.start()) + 1
        raise BenangError(
            Problem(
                "an entity declaration (<!ENTITY …), which can exhaust the memory or load other files",
                where=worded("{file}, line {line}", file=source.name, line=line),
                expected="XML without one, as every database writes it",
                way_on="Export the file again from the database; if it came from elsewhere, do not trust it.",
            )
        )


def _stretches(data: bytes, begins: list[tuple[int, bytes]]) -> Iterator[tuple[int, int, bytes]]:
    """Give where each record begins, where it or the next one ends, and the tag; strangers between them, too."""
    around = _left_open(data, begins[0][0])
    yield from _strangers(data, 0, begins[0][0], around)
    ends = [begin for begin, _ in begins[1:]] + [len(data)]
    for (begin, tag), end in zip(begins, ends, strict=True):
        close = re.compile(b"</" + re.escape(tag) + rb"\s{0,100}>").search(data, begin, end)
        yield begin, close.end() if close else end, tag
        if close:
            yield from _strangers(data, close.end(), end, around)


def _left_open(data: bytes, end: int) -> frozenset[bytes]:
    """Return the names of the elements that are open where the first record begins: records are in them."""
    stack: list[bytes] = []
    for tag in _TAG.finditer(data, 0, end):
        if not tag[1] and not tag[0].endswith(b"/>"):
            stack.append(tag[2])
        elif tag[1] and tag[2] in stack[-1:]:
            stack.pop()
    return frozenset(stack)


def _strangers(data: bytes, start: int, end: int, around: frozenset[bytes]) -> Iterator[tuple[int, int, bytes]]:
    """Give the elements between records that have elements in them: where each begins and ends, and its name."""
    depth = inner = begin = 0
    name = b""
    for tag in _TAG.finditer(data, start, end):
        is_empty = tag[0].endswith(b"/>")
        if not depth and (tag[2] in around or tag[2] in _NO_RECORDS or tag[1] or is_empty):
            continue
        if tag[1]:
            depth -= 1
            if not depth and inner:
                yield begin, tag.end(), name
        elif not depth:
            depth, inner, begin, name = 1, 0, tag.start(), tag[2]
        else:
            depth, inner = depth + (not is_empty), inner + 1
    if depth and inner:
        yield begin, end, name


def _parsed(data: bytes, tag: bytes, place: int, remarks: Remarks) -> Element | str:
    """Return the element, or the reason why there is none."""
    close = re.compile(b"</" + re.escape(tag) + rb"\s{0,100}>").search(data)
    if close:
        data = data[: close.end()]
    elif not re.match(b"<" + re.escape(tag) + rb"[^<>]{0,1000}/>", data):
        return worded("its closing tag </{tag}> is missing: the file was cut off or is damaged here", tag=tag.decode())
    data, removed = _FORBIDDEN.subn(b"", data)
    if removed:
        remarks.habit(_CONTROL_NOTE, place)
    try:
        return _element(data)
    except ParseError as error:
        first = error
    mended, ampersands = _AMPERSAND.subn(b"&amp;", data)
    if ampersands:
        try:
            element = _element(mended)
        except ParseError as error:
            return worded("it is not well-formed XML ({reason})", reason=str(error))
        remarks.habit(_AMPERSAND_NOTE, place)
        return element
    return worded("it is not well-formed XML ({reason})", reason=str(first))


def _element(data: bytes) -> Element:
    # The text is UTF-8 by now, whatever the file declared. A stretch begins with the tag of its record, so that no
    # document type and no entity can be declared in it: the parser then knows but XML's own five.
    parser = XMLParser(encoding="utf-8")  # noqa: S314
    parser.feed(data)
    element: Element = parser.close()
    return element


_START = re.compile(r"<(?:PubmedArticleSet|PubmedArticle|PubmedBookArticle|PubmedBookArticleSet)[\s>]")
_TAGS = ("PubmedArticle", "PubmedBookArticle")
_BOOK = "PubmedBookArticle"
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("MedlineCitation/PMID",),
    "title": ("MedlineCitation/Article/ArticleTitle", "MedlineCitation/Article/VernacularTitle"),
    "source": ("MedlineCitation/Article/Journal/Title", "MedlineCitation/Article/Journal/ISOAbbreviation"),
    "volume": ("MedlineCitation/Article/Journal/JournalIssue/Volume",),
    "issue": ("MedlineCitation/Article/Journal/JournalIssue/Issue",),
    "language": ("MedlineCitation/Article/Language",),
}
_BOOK_FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("BookDocument/PMID",),
    "title": ("BookDocument/ArticleTitle", "BookDocument/Book/BookTitle"),
    "volume": ("BookDocument/Book/Volume",),
    "publisher": ("BookDocument/Book/Publisher/PublisherName",),
    "language": ("BookDocument/Language",),
}
_YEARS = (
    "MedlineCitation/Article/Journal/JournalIssue/PubDate/Year",
    "MedlineCitation/Article/Journal/JournalIssue/PubDate/MedlineDate",
    "MedlineCitation/Article/ArticleDate/Year",
    "BookDocument/Book/PubDate/Year",
    "BookDocument/ContributionDate/Year",
)
_NOTICES: Mapping[str, RecordStatus] = {
    # What a comment says of the work that carries it.
    "RetractionIn": "retracted",
    "PartialRetractionIn": "retracted",
    "RetractedandRepublishedIn": "retracted",
    "RetractionOf": "retraction notice",
    "PartialRetractionOf": "retraction notice",
    "ErratumFor": "correction notice",
    "ExpressionOfConcernIn": "concern",
    "ErratumIn": "corrected",
    "CorrectedandRepublishedIn": "corrected",
}
_ORCID = re.compile(r"([0-9]{4})-?([0-9]{4})-?([0-9]{4})-?([0-9]{3}[0-9Xx])(?![0-9])")
_ROR = re.compile(r"ror\.org/(0[a-z0-9]{8})")
_ARTICLE_NUMBER = re.compile(r"[a-z]{1,10}[0-9]{1,12}|[0-9]{5,12}", re.IGNORECASE)


def is_pubmed_xml(head: str) -> bool:
    """Recognise PubMed's XML by the tags of its articles."""
    return bool(_START.search(head))


def read_pubmed_xml(source: Source) -> Reading:
    """Read PubMed's XML.

    The parts of a structured abstract begin with their labels. `KeywordList` are the author keywords, MeSH headings
    with their qualifiers (`Cities/trends`) the index keywords. `references` are the citations as they are printed, with
    their PubMed id or DOI behind. The record's id is the PMID.

    Raises
    ------
    BenangError
        Where the file declares entities of its own, or holds no record.

    Examples
    --------
    >>> xml = (b"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>Of <i>x</i>"
    ...        b"</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>")
    >>> record = read_pubmed_xml(Source("a.xml", "a.xml", xml)).records[0]
    >>> record.key, record.title
    ('7', 'Of x')
    """

    def make(place: int, line: int, element: Element, remarks: Remarks) -> Record:
        return _record(source, place, line, element, remarks)

    return read_xml(source, make, Remarks(), tags=_TAGS)


def _record(source: Source, place: int, line: int, element: Element, remarks: Remarks) -> Record:
    is_book = element.tag == _BOOK
    article = element.find("BookDocument" if is_book else "MedlineCitation/Article")
    article = element if article is None else article
    raw = {
        name: next((text for path in paths for text in texts_in(element, path)), "")
        for name, paths in (_BOOK_FIELDS if is_book else _FIELDS).items()
    }
    raw["source"] = raw.get("source", "") or (text_in(article, "Book/BookTitle") if is_book else "")
    if raw["source"] == raw["title"]:
        raw["source"] = ""
    authors, author_ids, affiliations, affiliation_ids = _people(_author_lists(article, editors=False))
    editors, _, _, _ = _people(_author_lists(article, editors=True))
    kinds = texts_in(article, "PublicationTypeList/PublicationType") or texts_in(article, "PublicationType")
    return record_of(
        source,
        place,
        line,
        raw | _pages(article) | {"abstract": _abstract(article), "doi": _doi(element, article)},
        remarks,
        type=_type(kinds, article, is_book=is_book),
        year=year_of(place, [year for path in _YEARS for year in texts_in(element, path)], remarks),
        authors=authors,
        author_ids=author_ids,
        editors=editors,
        affiliations=affiliations,
        affiliation_ids=affiliation_ids,
        source_abbreviation=text_in(article, "Journal/ISOAbbreviation")
        or text_in(element, "MedlineCitation/MedlineJournalInfo/MedlineTA"),
        issn=once(
            [*texts_in(article, "Journal/ISSN"), *texts_in(element, "MedlineCitation/MedlineJournalInfo/ISSNLinking")]
        ),
        isbn=once([text.replace("-", "") for text in texts_in(article, "Book/Isbn")]),
        identifiers=_identifiers(element, raw["id"]),
        author_keywords=once(_keywords(element)),
        index_keywords=once(_headings(element)),
        references=_references(element),
        status=_status(element, kinds, raw["title"]),
        database="PubMed",
    )


def _author_lists(article: Element, *, editors: bool) -> list[Element]:
    """Return the authors, or the editors, of an article or a chapter; of a book its own where a chapter has none."""
    lists = [*article.iterfind("AuthorList"), *article.iterfind("Book/AuthorList")]
    named = [one for one in lists if (one.get("Type") == "editors") == editors]
    return [author for one in named[:1] for author in one.iterfind("Author") if author.get("ValidYN") != "N"]


def _people(
    people: Iterable[Element],
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return names, their ids, affiliations and theirs."""
    names: list[str] = []
    ids: list[str] = []
    places: dict[str, str] = {}
    for person in people:
        given = text_in(person, "ForeName") or text_in(person, "FirstName") or text_in(person, "Initials")
        parts = [text_in(person, "LastName"), given, text_in(person, "Suffix")]
        name = whole_name(", ".join(filter(None, parts))) or as_body(text_in(person, "CollectiveName"))
        if name:
            orcid = next(
                (
                    m
                    for one in person.iterfind("Identifier")
                    if one.get("Source") == "ORCID" and (m := _ORCID.search(text_in(one)))
                ),
                None,
            )
            names.append(name)
            ids.append(f"orcid:{'-'.join(orcid.groups()).upper()}" if orcid else "")
        for info in [*person.iterfind("AffiliationInfo"), *person.iterfind("Affiliation")]:
            text = text_in(info, "Affiliation") or text_in(info)
            ror = _ROR.search(" ".join(texts_in(info, "Identifier")))
            if text:
                places.setdefault(text, f"ror:{ror[1]}" if ror else "")
    return (
        tuple(names),
        tuple(ids) if any(ids) else (),
        tuple(places),
        tuple(places.values()) if any(places.values()) else (),
    )


def _abstract(article: Element) -> str:
    """Join the parts of an abstract, each with its label before it; PubMed writes labels in capitals."""
    parts = []
    for part in article.iterfind("Abstract/AbstractText"):
        label = tidy(part.get("Label") or "")
        text = text_in(part)
        if text:
            parts.append(f"{label}: {text}" if label and label != "UNLABELLED" else text)
    return " ".join(parts)


def _doi(element: Element, article: Element) -> str:
    """Return the DOI; not one of a reference, which lists of ids contain too."""
    places = (
        (article, "ELocationID[@EIdType='doi']"),
        (element, "PubmedData/ArticleIdList/ArticleId[@IdType='doi']"),
        (element, "PubmedBookData/ArticleIdList/ArticleId[@IdType='doi']"),
        (element, "BookDocument/ArticleIdList/ArticleId[@IdType='doi']"),
    )
    return next((text for at, path in places for text in texts_in(at, path)), "")


def _pages(article: Element) -> dict[str, str]:
    """Return the pages as the MEDLINE form gives them; what looks like an article's number is one."""
    first, last = pages(text_in(article, "Pagination/MedlinePgn") or text_in(article, "Pagination/StartPage"))
    last = last or text_in(article, "Pagination/EndPage")
    number = first if not last and _ARTICLE_NUMBER.fullmatch(first) else ""
    return {"article_number": number} if number else {"first_page": first, "last_page": last}


def _type(kinds: tuple[str, ...], article: Element, *, is_book: bool) -> RecordType:
    if is_book:
        return "chapter" if text_in(article, "ArticleTitle") else "book"
    if "Preprint" in kinds:
        return "unpublished"
    return type_named(*kinds) or "article"


def _identifiers(element: Element, pmid: str) -> tuple[str, ...]:
    numbers = [f"pmid:{pmid}"] if pmid else []
    for data in ("PubmedData", "PubmedBookData"):
        for one in element.iterfind(f"{data}/ArticleIdList/ArticleId"):
            kind, text = one.get("IdType"), text_in(one)
            if kind in ("pmc", "pmcid") and text.startswith("PMC"):
                numbers.append(f"pmcid:{text}")
            elif kind == "pubmed" and text:
                numbers.append(f"pmid:{text}")
    return once(numbers)


def _keywords(element: Element) -> list[str]:
    paths = ("MedlineCitation/KeywordList/Keyword", "BookDocument/KeywordList/Keyword")
    return [one for path in paths for text in texts_in(element, path) for one in keyword_list(text)]


def _headings(element: Element) -> Iterable[str]:
    """Give MeSH headings, one for each qualifier as PubMed's MEDLINE form does, then names of substances."""
    for heading in element.iterfind("MedlineCitation/MeshHeadingList/MeshHeading"):
        name, qualifiers = text_in(heading, "DescriptorName"), texts_in(heading, "QualifierName")
        if name:
            yield "/".join((name, *qualifiers))
    yield from texts_in(element, "MedlineCitation/SupplMeshList/SupplMeshName")


def _references(element: Element) -> tuple[str, ...]:
    references = []
    for one in element.iterfind(".//ReferenceList/Reference"):
        citation = text_in(one, "Citation")
        dois = [doi_in(text) for text in texts_in(one, "ArticleIdList/ArticleId[@IdType='doi']")]
        numbers = texts_in(one, "ArticleIdList/ArticleId[@IdType='pubmed']")
        ids = [*(f"DOI {doi}" for doi in dois if doi and doi not in citation.lower()), *(f"PMID {n}" for n in numbers)]
        if reference := ", ".join(filter(None, (citation, *ids))):
            references.append(reference)
    return tuple(references)


def _status(element: Element, kinds: tuple[str, ...], title: str) -> RecordStatus:
    ref_types = {
        one.get("RefType") for one in element.iterfind("MedlineCitation/CommentsCorrectionsList/CommentsCorrections")
    }
    by_comment: RecordStatus = next((status for kind, status in _NOTICES.items() if kind in ref_types), "")
    return gravest((status_of("", kinds) or by_comment, status_of(title)))
