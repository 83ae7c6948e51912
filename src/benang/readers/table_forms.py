"""Tables that databases, reference managers and screening tools write: what shows each, what its columns mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from benang.readers import Remarks
from benang.readers.author_lists import GUESS
from benang.readers.identifiers import doi_in
from benang.readers.table_columns import (
    COCHRANE,
    DIMENSIONS,
    DOAJ,
    EBSCO,
    EMBASE,
    ERIC,
    EUROPE_PMC,
    IEEE,
    LENS,
    OPENALEX,
    PROQUEST,
    PSYCINFO,
    PUBMED,
    SCOPUS,
    WOS_NAMES,
    WOS_TAB,
    Columns,
)
from benang.readers.table_rows import Layout, bare, layouts
from benang.records.record import WEB_OF_SCIENCE

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
    "decisions": ("I/D/E", "IDE", "I/E/D", "I/E/D/S flag", "Status", "ItemStatus", "Item Status", "Codes", "Screening"),
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

_COMMAS = (";", ",")
_PEOPLE = (";", GUESS)
_LIST = ("|",)
_MANY = (";", "|", ",")
_MANY_PEOPLE = (";", "|", GUESS)


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


@dataclass(frozen=True, slots=True)
class TableForm:
    """A table of one database or tool.

    It is recognised by headers that it `needs`, all of them, and by one at least of `telling`, where that names any; of
    several forms that fit, the one with the most columns known is meant. `separators` are tried in their order to part
    a list, field by field; a `;` parts lists of other fields.
    """

    name: str
    columns: Columns
    needs: frozenset[str]
    telling: frozenset[str] = frozenset()
    database: str = ""
    export: str = ""
    separators: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    known: frozenset[str] = frozenset()

    def fits(self, names: frozenset[str]) -> bool:
        """Tell whether these are the form's headers."""
        return self.needs <= names and (not self.telling or bool(self.telling & names))


def _names(headers: str) -> frozenset[str]:
    return frozenset(bare(header) for header in headers.split("|") if header.strip())


def _form(
    name: str,
    columns: Columns,
    needs: str,
    telling: str = "",
    *,
    database: str | None = None,
    export: str = "",
    **separators: tuple[str, ...],
) -> TableForm:
    """Make a form; headers are parted by `|` in `needs` and `telling`."""
    return TableForm(
        name,
        columns,
        _names(needs),
        _names(telling),
        name.split(" CSV")[0] if database is None else database,
        export,
        separators,
        frozenset(bare(header) for headers in columns.values() for header in headers),
    )


TABLE_FORMS: tuple[TableForm, ...] = (
    _form("Scopus CSV", SCOPUS, "title|year|source title",
          "eid|cited by|author(s) id|language of original document|author full names",
          export="in Scopus: Export, CSV, all fields", authors=_COMMAS),
    _form("Web of Science tab-delimited", WOS_TAB, "pt|au|ti|so|py", database=WEB_OF_SCIENCE,
          export="in Web of Science: Export, Tab delimited file, Full record and cited references"),
    _form("Web of Science Excel", WOS_NAMES, "authors|source title|publication year|article title",
          "ut (unique wos id)|ut (unique id)|keywords plus|wos categories", database=WEB_OF_SCIENCE,
          export="in Web of Science: Export, Excel, Full record"),
    _form("Dimensions", DIMENSIONS, "title|publication id", "dimensions url|pubyear|times cited",
          export="in Dimensions: Save/Export, Export results (CSV or Excel), or Export for bibliometric mapping",
          topics=(";",)),
    _form("Lens CSV", LENS, "lens id|title", database="Lens", export="in The Lens: Export, CSV, all fields"),
    _form("IEEE Xplore CSV", IEEE, "document title|publication title",
          "date added to xplore|ieee terms|document identifier|inspec controlled terms",
          export="in IEEE Xplore: Export, Search results, CSV"),
    _form("PubMed CSV", PUBMED, "pmid|title|journal/book", export="in PubMed: Save, format CSV", authors=_COMMAS),
    _form("Cochrane CSV", COCHRANE, "title|author(s)|source|year",
          "central id|cochrane id|cdsr id|cochrane review group code",
          export="in the Cochrane Library: Export selected citations, CSV (with abstract)"),
    _form("Embase CSV", EMBASE, "title|author names", "pui|embase link|emtree medical index terms|medline pmid",
          export="in Embase: Export, CSV, fields by column", authors=_COMMAS, index_keywords=(",",),
          author_keywords=_COMMAS, topics=(",",)),
    _form("CINAHL/EBSCO CSV", EBSCO, "accession number", "plink|permalink|doctype|journal title", database="EBSCO",
          export="in EBSCO: Share or Save, Export, CSV"),
    _form("ProQuest table", PROQUEST, "title|pubtitle",
          "storeid|documenturl|subjectterms|documenttype|accessionnumber", database="ProQuest",
          export="in ProQuest: Save, XLS", author_keywords=_COMMAS),
    _form("ERIC CSV", ERIC, "title", "eric number|publicationdateyear", export="in ERIC: export as CSV"),
    _form("PsycInfo CSV", PSYCINFO, "title",
          "psycinfo classification|key concepts|apa thesaurus terms|year of publication", database="PsycInfo",
          export="in APA PsycNet or Ovid: Export, CSV or Excel, complete reference", author_keywords=_COMMAS),
    _form("Publish or Perish CSV", PERISH, "cites|authors|title|year|source", "gsrank|querydate|articleurl|citesurl",
          database="Publish or Perish", export="in Publish or Perish: Save results as, CSV", authors=_COMMAS),
    _form("Google Scholar CSV", SCHOLAR, "authors|title|publication|number|year", database="Google Scholar",
          export="in a Google Scholar profile or library: Export, CSV"),
    _form("Garuda CSV", INDONESIAN, "", "garuda id|id garuda|garuda url", database="Garuda",
          export="a table made of Garuda's records", authors=_PEOPLE, author_keywords=_COMMAS),
    _form("SINTA CSV", INDONESIAN, "", "sinta id|sinta|sinta rank|accreditation|akreditasi|akreditasi sinta",
          database="SINTA", export="a table made of SINTA's records", authors=_PEOPLE, author_keywords=_COMMAS),
    _form("DOAJ CSV", DOAJ, "", "bibjson.title|doaj id|added on date|lcc codes|journal license",
          database="DOAJ", export="a table of DOAJ's articles", authors=_MANY_PEOPLE, author_keywords=_MANY),
    _form("OpenAlex CSV", OPENALEX, "id|publication year", "cited by count|authorships.author.id|cited by api url",
          export="in OpenAlex: Export, CSV", authors=_LIST, references=_LIST, affiliations=_LIST, index_keywords=_LIST,
          topics=_LIST, issn=_LIST),
    _form("Europe PMC CSV", EUROPE_PMC, "title",
          "authorstring|author string|journaltitle|inepmc|ext id|external id|citedbycount",
          export="in Europe PMC: Export, CSV", authors=_COMMAS, author_keywords=(";", ",")),
    _form("Rayyan CSV", RAYYAN, "key|title|authors|journal|notes", export="in Rayyan: Export, CSV", database="Rayyan",
          authors=(";", " and "), author_keywords=(";", ",")),
    _form("Covidence CSV", COVIDENCE, "title|covidence #", export="in Covidence: Export, CSV"),
    _form("EPPI-Reviewer table", EPPI, "title", "itemid|item id|parenttitle|parent title|i/d/e|typename",
          database="EPPI-Reviewer", export="in EPPI-Reviewer: Reports or Export, CSV or Excel"),
    _form("Zotero CSV", ZOTERO, "key|item type|title|publication title", export="in Zotero: Export library, CSV",
          references=("\n",)),
    _form("bibliometrix table", BIBLIOMETRIX, "au|ti|py", "so|sr|di|de|ab|cr|tc|ut|db", database="",
          export="in bibliometrix: the table M, saved as CSV or Excel; any table with Web of Science's field tags"),
    _form("reference manager table", MANAGER, "title",
          "reference type|name of database|citation key|author, editor or institution|author or editor|"
          "periodical/newspaper|alternate journal",
          database="", export="in Mendeley, EndNote or Citavi: a table with a header (title, author, year, …)",
          authors=(";", "//", "\n", " and ")),
)  # fmt: skip
"""Every table that is known by its headers, one entry each."""


@lru_cache(maxsize=8)
def found_table(head: str) -> tuple[TableForm, Layout] | None:
    r"""Recognise the form of a table by its header, and how it is written; None where it is unknown.

    Examples
    --------
    >>> form, layout = found_table("sep=;\nPMID;Title;Journal/Book\n1;Sister cities;Cities\n")
    >>> form.name, layout.delimiter, layout.skip
    ('PubMed CSV', ';', 1)
    """
    best: tuple[int, TableForm, Layout] | None = None
    for layout in layouts(head):
        form = best_form(layout.names)
        if form and (best is None or len(layout.names & form.known) > best[0]):
            best = (len(layout.names & form.known), form, layout)
    if not best:
        return None
    # Of several headers written alike the first is the file's; a further one begins a further table.
    alike = (one for one in layouts(head) if one.delimiter == best[2].delimiter and one.skip < best[2].skip)
    first = next(((form, one) for one in alike if (form := best_form(one.names))), None)
    return first or (best[1], best[2])


def best_form(names: frozenset[str]) -> TableForm | None:
    """Return the form with these headers; of several that fit, the one that knows the most of them."""
    fitting = [form for form in TABLE_FORMS if form.fits(names)]
    return max(fitting, key=lambda form: len(names & form.known), default=None)
