"""Tables that databases, reference managers and screening tools write: how its header shows each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from benang.readers.author_lists import GUESS
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
from benang.readers.tool_columns import (
    BIBLIOMETRIX,
    COVIDENCE,
    EPPI,
    INDONESIAN,
    MANAGER,
    PERISH,
    RAYYAN,
    SCHOLAR,
    ZOTERO,
)
from benang.records.record import WEB_OF_SCIENCE

_COMMAS = (";", ",")
_PEOPLE = (";", GUESS)
_LIST = ("|",)
_MANY = (";", "|", ",")
_MANY_PEOPLE = (";", "|", GUESS)


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
