"""Which tag or column means what, form by form; where several do, the first that has a value counts.

The keys are names of `Record`'s fields, and `id` for the export's own id.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from benang.records.record import RecordType

RIS_TAGS: Mapping[str, tuple[str, ...]] = {
    # ID: Zotero, EndNote, Ovid, RefWorks. AN: Web of Science, Rayyan, Cochrane, Dimensions.
    "id": ("ID", "AN"),
    "title": ("TI", "T1", "CT", "BT", "ST"),
    "year": ("PY", "Y1", "DA"),
    "volume": ("VL", "VO"),
    "issue": ("IS", "CP"),
    "first_page": ("SP", "PG"),
    "last_page": ("EP",),
    "article_number": ("C7",),
    "publisher": ("PB", "PU"),
    # J2: Scopus, Zotero. JA: Ovid, RefWorks, OJS. J9, JI: Web of Science. NL: PsycInfo. JO: Embase's, beside JF.
    "source_abbreviation": ("J2", "JA", "J9", "JI", "NL", "JO"),
    "doi": ("DO", "DI"),
    "url": ("UR", "L2", "LK", "L1"),
    "language": ("LA",),
    "database": ("DB", "DP"),
}
"""Fields of one value. Scopus, Web of Science, Zotero, Mendeley, EndNote, RefWorks, Citavi, Ovid, EBSCO, Embase,
Cochrane, Rayyan, Covidence and EPPI-Reviewer all write RIS, each with its own choice of tags."""

RIS_SOURCES: Mapping[str, tuple[str, ...]] = {
    # JF and T2 hold the full name; JO holds it too, or its abbreviation (Embase).
    "JOUR": ("JF", "T2", "JO", "JA", "J2", "J9", "JI"),
    # C3 is Scopus's name of a conference; in Cochrane's articles it's a PubMed number.
    "other": ("JF", "T2", "BT", "JO", "C3", "T3", "JA", "J2"),
}
"""The tags of the journal, book or series, by TY."""

RIS_LINKS = ("L3", "UR", "L1", "L2", "LK")
"""Tags whose value may be a link to doi.org; EBSCO writes the DOI itself into L3."""

RIS_NOTED_DOIS = ("M3", "ID", "AN", "N1", "M1", "C7")
"""Tags that may hold a DOI and nothing else: M3 (publishers), ID and AN (as a label), N1 (EndNote)."""

RIS_ABSTRACT = ("AB", "N2")
"""All of them: a second language has an AB of its own, other programs write the same text into both."""

RIS_TYPES: Mapping[str, RecordType] = {
    "JOUR": "article", "EJOUR": "article", "JFULL": "article", "MGZN": "article", "NEWS": "article",
    "INPR": "article", "ABST": "article",
    "BOOK": "book", "EBOOK": "book", "EDBOOK": "book",
    "CHAP": "chapter", "ECHAP": "chapter",
    "CONF": "proceedings", "CPAPER": "proceedings",
    "THES": "thesis",
    "RPRT": "report", "GOVDOC": "report",
    "UNPB": "unpublished", "UNPD": "unpublished", "MANSCPT": "unpublished",
}  # fmt: skip
"""Values of TY; others (SER, ELEC, GEN, DATA, …) are looked up in M3 by `TYPE_NAMES`."""

WOS_TAGS: Mapping[str, tuple[str, ...]] = {
    "source_abbreviation": ("J9", "JI"),
    "id": ("UT",),
    "title": ("TI",),
    "year": ("PY", "EA"),  # EA: early access, before an issue has a year
    "source": ("SO", "J9"),
    "volume": ("VL",),
    "issue": ("IS",),
    "first_page": ("BP",),
    "last_page": ("EP",),
    "article_number": ("AR",),
    "publisher": ("PU",),
    "doi": ("DI",),
    "language": ("LA",),
    "abstract": ("AB",),
    "citations": ("TC", "Z9"),
}

MEDLINE_TAGS: Mapping[str, tuple[str, ...]] = {
    "id": ("PMID", "OID"),  # OID: ERIC's number
    "title": ("TI", "BTI", "TT"),  # BTI: a book's title; TT: the title in its own language
    "source": ("JT", "BTI", "TA", "CTI"),
    "source_abbreviation": ("TA",),
    "volume": ("VI",),
    "issue": ("IP",),
    "publisher": ("PB",),
    "language": ("LA",),
    "abstract": ("AB", "OAB"),
}
"""MEDLINE tags, as PubMed and ERIC write them."""

MEDLINE_DATES = ("DP", "DEP")
"""Dates of publication and of electronic publication; those of the entry at PubMed (EDAT, CRDT) give no year."""

OVID_TAGS: Mapping[str, tuple[str, ...]] = {
    "id": ("UI", "AN", "PM"),
    "title": ("TI", "BT", "OT"),
    "source": ("JT", "JN", "BT", "JA"),
    "source_abbreviation": ("JA", "TA"),
    "volume": ("VI", "VO"),
    "issue": ("IP",),
    "publisher": ("PB", "PI"),
    "language": ("LG", "LA"),
    "abstract": ("AB",),
    "doi": ("DO", "DI"),
    "first_page": ("PG",),
    "database": ("DB",),
}
"""Ovid's tagged text (its formats "EndNote" and "Citavi")."""

ENDNOTE_TAGS: Mapping[str, tuple[str, ...]] = {
    "id": ("M", "F"),  # accession number; label
    "title": ("T",),
    "year": ("D", "8"),
    "volume": ("V",),
    "issue": ("N",),
    "first_page": ("P",),
    "publisher": ("I",),
    "doi": ("R",),
    "url": ("U",),
    "language": ("G",),
    "abstract": ("X",),
    "database": ("~",),
    "source_abbreviation": ("O",),
}
"""EndNote's tagged form (`.enw`), by the character behind `%`; J, B and S hold the source, A and E people."""

REFWORKS_TAGS: Mapping[str, tuple[str, ...]] = {
    "id": ("ID", "AN"),
    "title": ("T1", "TI"),
    "year": ("YR", "FD"),
    "volume": ("VO",),
    "issue": ("IS",),
    "first_page": ("SP",),
    "last_page": ("OP", "EP"),
    "publisher": ("PB",),
    "doi": ("DO",),
    "url": ("UL", "LK"),
    "language": ("LA",),
    "abstract": ("AB",),
    "database": ("DB", "DS"),
    "source_abbreviation": ("JO",),
}
"""RefWorks's tagged form, as RefWorks, ProQuest and CNKI write it."""

COCHRANE_TAGS: Mapping[str, tuple[str, ...]] = {
    "id": ("ID",),
    "title": ("TI",),
    "year": ("YR",),
    "source": ("SO",),
    "volume": ("VL",),
    "issue": ("NO",),
    "first_page": ("PG",),
    "publisher": ("PB",),
    "doi": ("DOI", "DO"),
    "url": ("US", "UR"),
    "abstract": ("AB",),
}
"""The Cochrane Library's plain text."""

PROQUEST_TAGS: Mapping[str, tuple[str, ...]] = {
    "id": ("ProQuest document ID", "Accession number"),
    "title": ("Title", "Document"),
    "source": ("Publication title", "Book title"),
    "volume": ("Volume",),
    "issue": ("Issue",),
    "first_page": ("Pages", "First page"),
    "publisher": ("Publisher",),
    "doi": ("DOI",),
    "url": ("Document URL",),
    "language": ("Language of publication", "Language"),
    "abstract": ("Abstract",),
    "database": ("Database",),
}
"""ProQuest's text: labels in front of paragraphs; the title is below `Document`."""

PROQUEST_LABELS = (
    "Title", "Author", "Author affiliation", "Publication info", "Abstract", "Full text", "Full Text", "Links",
    "Subject", "Subjects", "Identifier / keyword", "Identifiers / keywords", "Location", "People",
    "Company / organization", "Classification", "Correspondence author", "Alternate title", "Publication title",
    "Publication subject", "Book title", "Volume", "Issue", "Pages", "First page", "Number of pages",
    "Number of references", "Publication year", "Publication date", "Year", "Section", "Publisher",
    "Place of publication", "Country of publication", "ISSN", "e-ISSN", "ISBN", "CODEN", "Source type",
    "Language of publication", "Language", "Document type", "Document feature", "DOI", "Accession number",
    "ProQuest document ID", "Document URL", "Copyright", "Last updated", "Database",
)  # fmt: skip
"""The labels that ProQuest writes: another word with a colon belongs to its paragraph."""

WOS_AUTHORS = ("AF", "AU", "BF", "BA")
"""Full names, names with initials, and the same of a book's authors. AF comes first: initials can be had from full
names, not the other way round."""

WOS_GROUPS = ("CA", "GP")
"""The group that wrote a work, or a book."""

WOS_TYPES: Mapping[str, RecordType] = {"J": "article", "B": "book", "C": "proceedings", "S": "chapter"}
"""Values of PT: journal, book, conference, series; used where DT names no type."""

SCOPUS_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("EID",),
    "type": ("Document Type",),
    "title": ("Title", "Document Title"),
    "authors": ("Authors", "Author(s)", "Author Names"),
    "full_names": ("Author full names",),
    "year": ("Year", "Publication Year"),
    "source": ("Source title", "Conference name", "Abbreviated Source Title"),
    "volume": ("Volume",),
    "issue": ("Issue",),
    "article_number": ("Art. No.", "Article No.", "Article Number"),
    "first_page": ("Page start", "First Page"),
    "last_page": ("Page end", "Last Page"),
    "publisher": ("Publisher",),
    "doi": ("DOI",),
    "url": ("Link", "URL"),
    "language": ("Language of Original Document", "Language"),
    "abstract": ("Abstract",),
    "citations": ("Cited by", "Citations", "Cited by count"),
    "author_keywords": ("Author Keywords",),
    "index_keywords": ("Index Keywords", "Indexed Keywords"),
    "references": ("References",),
    "affiliations": ("Affiliations",),
}
"""Column headers of Scopus's CSV over the years, without regard to case."""

BIBTEX_FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "first_page": ("pages", "page"),
    "article_number": ("article_number", "art_number", "articleno", "eid"),
    "publisher": ("publisher", "school", "institution", "organization"),
    "doi": ("doi",),
    "url": ("url", "ee", "bdsk_url_1", "link"),
    "language": ("language", "langid", "hyphenation"),
    "abstract": ("abstract",),
    "citations": ("times_cited",),
    "source_abbreviation": ("abbrev_source_title", "journal_iso", "shortjournal"),
}
"""Fields of BibTeX and BibLaTeX by their names in small letters, blanks and hyphens as `_`: those of the styles, of
Scopus and of Web of Science."""

BIBTEX_TYPES: Mapping[str, RecordType] = {
    "article": "article", "periodical": "article", "review": "article",
    "book": "book", "mvbook": "book", "booklet": "book", "manual": "book", "collection": "book", "mvcollection": "book",
    "inbook": "chapter", "incollection": "chapter", "bookinbook": "chapter", "suppbook": "chapter",
    "suppcollection": "chapter", "inreference": "chapter",
    "inproceedings": "proceedings", "conference": "proceedings", "proceedings": "proceedings",
    "mvproceedings": "proceedings",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "bachelorsthesis": "thesis",
    "techreport": "report", "report": "report",
    "unpublished": "unpublished",
}  # fmt: skip
"""Types of entries; `type` or `document_type` says more where it is there."""

TYPE_NAMES: Mapping[str, RecordType] = {
    "article": "article", "journal article": "article", "review": "article", "editorial": "article",
    "editorial material": "article", "letter": "article", "note": "article", "short survey": "article",
    "data paper": "article", "article in press": "article", "erratum": "article", "correction": "article",
    "business article": "article", "book review": "article", "retracted": "article",
    "conference paper": "proceedings", "proceedings paper": "proceedings", "conference review": "proceedings",
    "meeting abstract": "proceedings", "conference proceedings": "proceedings",
    "book": "book", "edited book": "book", "monograph": "book",
    "book chapter": "chapter", "chapter": "chapter",
    "thesis": "thesis", "dissertation": "thesis",
    "report": "report", "working paper": "report",
    "preprint": "unpublished", "unpublished work": "unpublished",
}  # fmt: skip
"""Document types as Scopus, Web of Science and RIS (in M3) word them, in lower case."""


@lru_cache(maxsize=1024)
def type_named(*names: str) -> RecordType | None:
    """Return the type that the first known name stands for; a name may hold several, as `Article; Proceedings Paper`.

    A chapter is one whatever else it's called: Web of Science has `Article; Book Chapter`.

    Examples
    --------
    >>> type_named("Article; Proceedings Paper"), type_named("Review; Book Chapter"), type_named("", "Conference Paper")
    ('article', 'chapter', 'proceedings')
    """
    for name in names:
        parts = [part.strip() for part in name.lower().split(";")]
        if "book chapter" in parts:
            return "chapter"
        for part in parts:
            if part in TYPE_NAMES:
                return TYPE_NAMES[part]
    return None
