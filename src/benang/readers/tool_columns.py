"""What the columns mean in tables of Embase, reference managers, screening tools, Publish or Perish and the like."""

from __future__ import annotations

import re

from benang.readers.identifiers import doi_in
from benang.readers.source import Remarks
from benang.readers.table_columns import WOS_TAB, Columns

PERISH: Columns = {
    "type": ("Type",),
    "title": ("Title",),
    "authors": ("Authors",),
    "year": ("Year",),
    "source": ("Source",),
    "publisher": ("Publisher",),
    "volume": ("Volume",),
    "issue": ("Issue",),
    "first_page": ("StartPage",),
    "last_page": ("EndPage",),
    "doi": ("DOI",),
    "url": ("ArticleURL", "FullTextURL"),
    "citations": ("Cites",),
    "abstract": ("Abstract",),
    "issn": ("ISSN",),
}
SCHOLAR: Columns = {
    "title": ("Title",),
    "authors": ("Authors",),
    "year": ("Year",),
    "source": ("Publication",),
    "volume": ("Volume",),
    "issue": ("Number",),
    "pages": ("Pages",),
    "publisher": ("Publisher",),
}
INDONESIAN: Columns = {
    "id": ("Garuda ID", "ID Garuda", "SINTA ID", "ID"),
    "title": ("Title", "Judul", "Article Title", "Judul Artikel"),
    "authors": ("Authors", "Author", "Penulis", "Author Name"),
    "year": ("Year", "Tahun", "Publication Year", "Publish Year", "Date", "Publish Date"),
    "source": ("Journal", "Jurnal", "Journal Name", "Nama Jurnal", "Source", "Publication Name"),
    "volume": ("Volume", "Vol"),
    "issue": ("Issue", "Nomor", "No", "Number"),
    "pages": ("Pages", "Page", "Halaman"),
    "publisher": ("Publisher", "Penerbit"),
    "doi": ("DOI",),
    "url": ("URL", "Link", "Original Source", "Garuda URL", "Full PDF"),
    "language": ("Language", "Bahasa"),
    "abstract": ("Abstract", "Abstrak"),
    "author_keywords": ("Keywords", "Keyword", "Kata Kunci"),
    "citations": ("Citations", "Cited", "Sitasi", "Cited By"),
    "topics": ("Subject", "Subjects", "Subject Area"),
    "affiliations": ("Affiliation", "Affiliations", "Afiliasi"),
    "issn": ("ISSN", "P-ISSN", "E-ISSN", "EISSN"),
}
RAYYAN: Columns = {
    "id": ("key",),
    "title": ("title",),
    "authors": ("authors",),
    "year": ("year",),
    "source": ("journal",),
    "volume": ("volume",),
    "issue": ("issue",),
    "pages": ("pages",),
    "publisher": ("publisher",),
    "doi": ("doi",),
    "url": ("url",),
    "language": ("language",),
    "abstract": ("abstract",),
    "author_keywords": ("keywords",),
    "issn": ("issn",),
    "pmid": ("pubmed id",),
    "pmcid": ("pmc id",),
    "notes": ("notes",),
}
COVIDENCE: Columns = {
    "id": ("Covidence #",),
    "title": ("Title",),
    "authors": ("Authors",),
    "year": ("Published Year",),
    "source": ("Journal",),
    "volume": ("Volume",),
    "issue": ("Issue",),
    "pages": ("Pages",),
    "doi": ("DOI",),
    "abstract": ("Abstract",),
    "decisions": ("Tags", "Notes", "Status", "Decision", "Exclusion reason"),
}
EPPI: Columns = {
    "id": ("ItemId", "Item ID", "ID"),
    "type": ("TypeName", "Type", "Reference Type"),
    "title": ("Title",),
    "authors": ("Authors", "Author(s)"),
    "editors": ("ParentAuthors", "Parent authors"),
    "year": ("Year",),
    "source": ("ParentTitle", "Parent title", "Journal"),
    "volume": ("Volume",),
    "issue": ("Issue",),
    "pages": ("Pages",),
    "publisher": ("Publisher",),
    "doi": ("DOI",),
    "url": ("URL",),
    "abstract": ("Abstract",),
    "author_keywords": ("Keywords",),
    "issn": ("StandardNumber",),
    "decisions": ("I/D/E", "IDE", "I/E/D", "Status", "ItemStatus", "Item Status", "Codes", "Screening"),
}
ZOTERO: Columns = {
    "id": ("Key",),
    "type": ("Item Type",),
    "title": ("Title",),
    "authors": ("Author",),
    "editors": ("Editor",),
    "year": ("Publication Year", "Date"),
    "source": ("Publication Title", "Conference Name"),
    "source_abbreviation": ("Journal Abbreviation",),
    "volume": ("Volume",),
    "issue": ("Issue",),
    "pages": ("Pages",),
    "publisher": ("Publisher",),
    "doi": ("DOI",),
    "url": ("Url",),
    "language": ("Language",),
    "abstract": ("Abstract Note",),
    "author_keywords": ("Manual Tags",),
    "index_keywords": ("Automatic Tags",),
    "references": ("References",),
    "issn": ("ISSN",),
    "isbn": ("ISBN",),
    "notes": ("Extra",),
    "db": ("Archive", "Library Catalog"),
}
MANAGER: Columns = {
    "id": ("Citation Key", "Citation key", "Label", "Short title"),
    "type": ("Reference Type", "Document Type", "Type", "Jenis dokumen"),
    "title": ("Title",),
    "authors": ("Author", "Authors", "Author, editor or institution", "Author or editor"),
    "editors": ("Editor", "Editors", "Secondary Author"),
    "year": ("Year", "Year resolved", "Date"),
    "source": ("Journal", "Secondary Title", "Source", "Periodical", "Periodical/Newspaper", "Journal or newspaper",
               "Publication"),
    "source_abbreviation": ("Alternate Journal", "Abbreviation"),
    "volume": ("Volume",),
    "issue": ("Issue", "Number"),
    "pages": ("Pages", "Page range", "Pages from to"),
    "publisher": ("Publisher", "Publishers"),
    "doi": ("DOI", "DOI name"),
    "url": ("URL", "URLs", "Online address", "Url"),
    "language": ("Language",),
    "abstract": ("Abstract",),
    "author_keywords": ("Keywords", "Tags", "Author Keywords"),
    "issn": ("ISSN", "ISBN/ISSN"),
    "isbn": ("ISBN",),
    "pmid": ("PMID", "PubMed ID"),
    "db": ("Name of Database", "Database", "Database Provider"),
}  # fmt: skip
BIBLIOMETRIX: Columns = dict(WOS_TAB) | {
    "pages": ("PP",),
    "pmid": ("PM", "PMID", "pubmed_id"),
    "url": ("url", "link", "DL"),
    "db": ("DB",),
}
"""Web of Science's tags, which bibliometrix gives to the columns of its table whatever the database."""


_LONGEST = 2000
# `Journal of Places (2018) 4:2 (11-19). Date of Publication: …`, also `12:SUPPL. 3 (S17)` and
# `19:1 January Article Number: e0292318.`; an article in press has the year alone.
_CITATION = re.compile(
    r"(?P<source>.+?) \((?P<year>[12][0-9]{3})\)"
    r"(?: (?P<volume>[^\s:().]{1,20})?(?::(?P<issue>[^():]{1,30}?))?)?"
    r"(?: \((?P<pages>[^()]{1,30})\))?(?=\.?\s*(?:Article Number:|Date of Publication:|\Z))"
)
_NUMBER = re.compile(r"Article Number: (\S{1,40}?)\.?(?:\s|\Z)")


def mend_embase(values: dict[str, str], _place: int, _remarks: Remarks) -> None:
    """Take the source apart where there are no columns for its parts, and the DOI out of the link to the full text.

    Examples
    --------
    >>> cited = "Journal of Places (2018) 4:2 (11-19). Date of Publication: 1 Mar 2018"
    >>> values = {"source": cited, "source_of": cited, "doi_link": "http://dx.doi.org/10.9999/e.1"}
    >>> mend_embase(values, 1, Remarks())
    >>> [values[name] for name in ("source", "year", "volume", "issue", "pages", "doi")]
    ['Journal of Places', '2018', '4', '2', '11-19', '10.9999/e.1']
    """
    cited = values.pop("source_of", "")[:_LONGEST]
    if number := _NUMBER.search(cited):
        values.setdefault("article_number", number[1])
    match = _CITATION.match(cited)
    if match and values.get("source", "")[:_LONGEST] == cited:
        values["source"] = match["source"]
    if match:
        for name in ("year", "volume", "issue"):
            if match[name]:
                values.setdefault(name, match[name].strip())
        if match["pages"] and "first_page" not in values:
            values.setdefault("pages", match["pages"])
    for link in ("doi_link", "url"):
        if "doi" not in values and (doi := doi_in(values.get(link, ""))):
            values["doi"] = doi
    link = values.pop("doi_link", "")
    if link:
        values.setdefault("url", link)
