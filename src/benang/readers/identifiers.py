"""Numbers that name a work or a journal: ISSN, ISBN, and the ids of databases in links and tags."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_STANDARD = re.compile(r"(?<![0-9])(?<![0-9]-)[0-9](?:-?[0-9]){6,11}-?[0-9Xx](?![0-9A-Za-z])")
_ISSN, _ISBN = 8, (10, 13)
# The link of a record in a database holds the database's own id of it. The names of the groups are the prefixes of ids.
_LINK = re.compile(
    r"(?:ncbi\.nlm\.nih\.gov/pubmed/|pubmed\.ncbi\.nlm\.nih\.gov/|europepmc\.org/[a-z]{1,9}/MED/)(?P<pmid>[0-9]{1,9})"
    r"|(?:/pmc/articles/|europepmc\.org/[a-z]{1,9}/PMC/|pmc\.ncbi\.nlm\.nih\.gov/articles/)(?P<pmcid>PMC[0-9]{1,9})"
    r"|[?&]eid=(?P<eid>2-s2\.0-[0-9]{1,15})"
    r"|embase\.com/[^\s]{0,120}?[?&]id=(?P<embase>L[0-9]{1,12})"
    r"|openalex\.org/(?:works/)?(?P<openalex>W[0-9]{1,12})"
    r"|lens\.org/(?:lens/[a-z/]{0,30})?(?P<lens>[0-9]{3}-[0-9]{3}-[0-9]{3}-[0-9]{3}-[0-9X]{3})"
    r"|details/publication/(?P<dimensions>pub\.[0-9]{1,12})"
    r"|arxiv\.org/(?:abs|pdf)/(?P<arxiv>[0-9]{4}\.[0-9]{4,5}|[a-z-]{1,12}/[0-9]{7})"
    r"|eric\.ed\.gov/\?[^\s]{0,60}?id=(?P<eric>E[DJ][0-9]{1,8})"
    r"|WOS:(?P<wos>[A-Z0-9]{1,20})"
)
_NOTED = re.compile(
    r"\b(?:PMCID: ?(?P<pmcid>PMC[0-9]{1,9})|PMID: ?(?P<pmid>[0-9]{1,9})|EID: ?(?P<eid>2-s2\.0-[0-9]{1,15})"
    r"|WOS: (?P<wos>[A-Z0-9]{15,20})|OPENALEX: ?(?P<openalex>W[0-9]{1,12})|EMBASE: ?(?P<embase>L[0-9]{6,12})"
    r"|DIMENSIONS: ?(?P<dimensions>pub\.[0-9]{1,12})|ERIC: ?(?P<eric>E[DJ][0-9]{4,8})"
    r"|LENS: ?(?P<lens>[0-9]{3}-[0-9]{3}-[0-9]{3}-[0-9]{3}-[0-9X]{3})"
    r"|ARXIV: ?(?P<arxiv>[0-9]{4}\.[0-9]{4,5}|[a-z-]{1,12}/[0-9]{7}))"
)
_NAMES_OF_NUMBERS = {
    "WOS": "wos", "ISI": "wos", "MEDLINE": "pmid", "PMID": "pmid", "PMCID": "pmcid", "OPENALEX": "openalex",
    "EMBASE": "embase", "ERIC": "eric", "ARXIV": "arxiv",
}  # fmt: skip
_ACCESSION = re.compile(
    r"(?P<eid>2-s2\.0-[0-9]{1,15})|(?P<dimensions>pub\.[0-9]{1,12})"
    r"|(?P<lens>[0-9]{3}-[0-9]{3}-[0-9]{3}-[0-9]{3}-[0-9X]{3})"
)


@lru_cache(maxsize=65_536)
def _standard(value: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    numbers = [match[0].replace("-", "").upper() for match in _STANDARD.finditer(value)]
    issn = tuple([f"{number[:4]}-{number[4:]}" for number in numbers if len(number) == _ISSN])
    isbn = tuple([number for number in numbers if len(number) in _ISBN and "X" not in number[:-1]])
    return issn, isbn


def standard_numbers(values: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ISSNs (`1234-567X`) and ISBNs (digits only) that the values hold, each once.

    Examples
    --------
    >>> standard_numbers(["20411723 (ISSN)", "1878-0849 (Electronic)", "978-3-16-148410-0; 2041-1723"])
    (('2041-1723', '1878-0849'), ('9783161484100',))
    """
    issn: dict[str, None] = {}
    isbn: dict[str, None] = {}
    for value in values:
        serials, books = _standard(value)
        issn.update(dict.fromkeys(serials))
        isbn.update(dict.fromkeys(books))
    return tuple(issn), tuple(isbn)


def linked_ids(links: Iterable[str]) -> list[str]:
    """Return the ids that links to databases hold, with their prefixes (see `Record.identifiers`).

    Examples
    --------
    >>> linked_ids(["https://pubmed.ncbi.nlm.nih.gov/22752652/", "https://openalex.org/W123", "https://x.example/1"])
    ['pmid:22752652', 'openalex:W123']
    """
    return [f"{match.lastgroup}:{match[match.lastgroup or 0]}" for link in links for match in _LINK.finditer(link)]


def noted_ids(notes: Iterable[str]) -> list[str]:
    """Return the ids that stand in notes: those of PubMed as Zotero and Mendeley put them there, others likewise.

    Examples
    --------
    >>> noted_ids(["PMID: 30922926", "see PMCID: PMC7999968; EID: 2-s2.0-85000000001"])
    ['pmid:30922926', 'pmcid:PMC7999968', 'eid:2-s2.0-85000000001']
    """
    matches = [match for note in notes if ":" in note for match in _NOTED.finditer(note)]
    return [f"{match.lastgroup}:{match[match.lastgroup or 0]}" for match in matches]


def accession_id(number: str) -> list[str]:
    """Return the id that an accession number is, where it names its database.

    Examples
    --------
    >>> accession_id("WOS:000282053100002"), accession_id("MEDLINE:28441597"), accession_id("pub.1143865007")
    (['wos:000282053100002'], ['pmid:28441597'], ['dimensions:pub.1143865007'])
    >>> accession_id("2-s2.0-85000000001"), accession_id("OPENALEX:W123")
    (['eid:2-s2.0-85000000001'], ['openalex:W123'])
    >>> accession_id("CN-00778158")
    []
    """
    if match := _ACCESSION.fullmatch(number):
        return [f"{match.lastgroup}:{number}"]
    name, _, value = number.partition(":")
    prefix = _NAMES_OF_NUMBERS.get(name.strip().upper(), "")
    return [f"{prefix}:{value.strip()}"] if prefix and value else []
