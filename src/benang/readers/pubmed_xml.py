"""PubMed's XML: articles (`PubmedArticle`) and books (`PubmedBookArticle`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from benang.readers.author_names import as_body, whole_name
from benang.readers.identifiers import doi_in
from benang.readers.keywords import keyword_list
from benang.readers.medline import pages
from benang.readers.source import Reading, Remarks, Source
from benang.readers.status import gravest, status_of
from benang.readers.tables import type_named
from benang.readers.tagged import once
from benang.readers.values import record_of, tidy, year_of
from benang.readers.xml_exports import read_xml, text_in, texts_in
from benang.records.record import Record, RecordStatus, RecordType

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
