"""Numbers that name a work or a journal: DOIs, ISSNs, ISBNs, and the ids of databases in links and tags.

A DOI is `10.`, the number of who registered it, `/`, and what that body chose (ISO 26324); it has no case. Exports
write it bare, behind a label, in links, in OpenURLs, escaped. Nothing in it shows where it ends, so that the
text around it decides: a blank, the end of a link's part, a closing bracket that was not opened within it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

from benang.records.export_marks import unescaped

_PLAIN = re.compile(
    r"(https?://(?:dx\.)?doi\.org/)?(10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,4}/[A-Za-z0-9._/-]{0,200}[A-Za-z0-9])"
)
"""A DOI with nothing to be taken off but the address of its resolver, as most are written."""
_DOI = re.compile(
    r"(?:(?<![0-9a-z.])|(?<=doi)|(?<=doi\.))10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,4}/[^\s\"]{1,1000}", re.IGNORECASE
)
_ANY_LINK = re.compile(r"[a-z]{2,8}://\S+|(?<![\w./])(?:www\.|(?:dx\.)?doi\.org/)\S+", re.IGNORECASE)
_RESOLVER = re.compile(r"(?:[a-z]{2,8}://)?(?:www\.|dx\.)?doi\.org/", re.IGNORECASE)
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
_LATEX = re.compile(r"\{\\([_%&#])\}|\\([_%&#{}])")
_ALONE = re.compile(
    r"[\s<(\[]{0,4}(?:(?:https?://)?(?:www\.|dx\.)?doi\.org/|info:doi/|urn:doi:)?(?:doi\b)?[\s:=.]{0,4}"
    r"10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,4}(?:/|%2f)\S+\s*",
    re.IGNORECASE,
)
# What publishers put behind the DOI in the addresses of their pages: `/abstract`, `/full/html`, `.pdf`.
_PAGE = re.compile(
    r"(?:/(?:abs|abstract|abstracts|citation|citations|citedby|download|epdf|epub|figures|full|fullpdf|fulltext"
    r"|full-text|html|meta|metrics|pdf|pdfdirect|pdfplus|reader|references|related|summary|suppinfo|tables|xml)"
    r"|\.(?:pdf|html?|xml|epub|full|abstract|short|long))(?=[/.]|\Z)",
    re.IGNORECASE,
)
_SUPPLEMENT = re.compile(r"/suppl_file/.*|;jsessionid=.*", re.IGNORECASE | re.DOTALL)
_PREPRINT = re.compile(r"(10\.1101/[0-9.]{6,20})v[0-9]{1,2}\Z")  # bioRxiv's pages name the version, its DOIs do not
_TAG = re.compile(r"</?[a-z]{1,10}(?:[\s/>]|\Z)|<\Z", re.IGNORECASE)  # a SICI has a figure in its brackets
_SLUG = re.compile(r"(10\.[0-9]{4,9}/97[89][0-9]{10}(?:-[0-9]{1,4})?)/.*", re.DOTALL)  # a title behind a book's DOI
_NONE = "10.1002/central/"  # Cochrane's pages of trials are addressed as if they had DOIs; none is registered
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
_AFTER = ".,;:!?'\"’”»*†‡|\\"
_LAST_OF_SICI = re.compile(r";2-[0-9A-Z#]\Z", re.IGNORECASE)  # a check digit, which may be `#`

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


def doi_in(value: str) -> str:
    r"""Return the first DOI of a value, bare and in lower case, or nothing where it holds none.

    Labels (`doi:`, `DOI `, `info:doi/`), addresses of resolvers and publishers, and OpenURLs go; escapes of HTML, of
    addresses and of LaTeX become the characters that they mean. Full stops and brackets around the DOI are no
    part of it, brackets within are.

    Examples
    --------
    >>> doi_in("https://doi.org/10.1000/ABC.1"), doi_in("Doi 10.1000/abc.1."), doi_in("<info:doi/10.1000/abc(13)>")
    ('10.1000/abc.1', '10.1000/abc.1', '10.1000/abc(13)')
    >>> doi_in("10.1000%2Fabc%2813%29"), doi_in(r"10.1000/abc\_1"), doi_in("n/a")
    ('10.1000/abc(13)', '10.1000/abc_1', '')
    >>> doi_in("https://journal.example/doi/full/10.1000/abc.1/pdf?cookie=1")
    '10.1000/abc.1'
    >>> doi_in("http://link.example/openurl?sid=a&id=doi:10.1000/abc.1&date=2019")
    '10.1000/abc.1'
    """
    if "10." not in value:
        return ""
    if plain := _PLAIN.fullmatch(value):
        doi = plain[2].lower()
        return "" if plain[1] and doi.startswith(_NONE) else doi
    text = unescaped(value) if "&" in value else value
    if "\\" in text:
        text = _LATEX.sub(lambda match: match[1] or match[2], text)
    return next(_in_links(text), "") or _first(unquote(text) if _ESCAPED.search(text) else text)


def _in_links(text: str) -> Iterator[str]:
    """Give the DOIs of the links in a text: of the path, without what publishers put behind it, and of parameters."""
    for match in _ANY_LINK.finditer(text):
        link = match[0]
        path, query = _parted(link)
        if number := _first(unquote(path)):
            yield number if _RESOLVER.match(link) else _without_page(number)
        for parameter in re.split("[&;]", query):
            if number := _first(unquote(parameter)):
                yield number


def _parted(link: str) -> tuple[str, str]:
    """Part a link at its `?`, and leave out its fragment."""
    before, hash_, _ = link.partition("#")
    if hash_ and _LAST_OF_SICI.search(f"{before}#"):
        before += "#"
    path, _, query = before.partition("?")
    return path, query


def _first(text: str) -> str:
    match = _DOI.search(text)
    doi = _trimmed(match[0]).lower() if match else ""
    return "" if doi.startswith(_NONE) else doi


def _trimmed(doi: str) -> str:
    """Leave out what follows a DOI in a sentence; a closing bracket stays where it was opened within it."""
    if "<" in doi and (tag := _TAG.search(doi)):
        doi = doi[: tag.start()]
    while doi:
        last = doi[-1]
        if last in _AFTER or (last in _PAIRS and doi.count(last) > doi.count(_PAIRS[last])):
            doi = doi[:-1]
        else:
            break
    return doi if doi.partition("/")[2] else ""


def _without_page(doi: str) -> str:
    bare = _SLUG.sub(r"\1", _SUPPLEMENT.sub("", doi))
    while (match := _last_page(bare)) is not None:
        bare = bare[: match.start()]
    bare = bare.rstrip("/")
    return match[1] if (match := _PREPRINT.match(bare)) else bare


def _last_page(doi: str) -> re.Match[str] | None:
    """Return what an address ends with that is no part of the DOI; something of the DOI itself stays."""
    at = max(doi.rfind("/"), doi.rfind("."))
    match = _PAGE.match(doi, at) if at > 0 else None
    return match if match and match.end() == len(doi) and "/" in doi[:at] else None


def is_doi(value: str) -> bool:
    """Tell whether a value is a DOI and nothing else, behind a label or a resolver's address or bare.

    Examples
    --------
    >>> is_doi("doi: 10.1000/a"), is_doi("https://dx.doi.org/10.1000/a"), is_doi("See the erratum, 10.1000/b.")
    (True, True, False)
    """
    return "10." in value and _ALONE.fullmatch(value) is not None


def linked_doi(links: Iterable[str]) -> str:
    """Return the DOI that links name: that of a resolver where there is one, else of a publisher's page.

    Examples
    --------
    >>> linked_doi(["https://x.example/doi/pdf/10.1000/a", "https://doi.org/10.1000/b"]), linked_doi(["https://x.example"])
    ('10.1000/b', '')
    """
    named = [link for link in links if "10." in link]
    resolved = (doi for link in named if _RESOLVER.match(link) and (doi := doi_in(link)))
    return next(resolved, "") or next((doi for link in named if (doi := doi_in(link))), "")


def noted_doi(*notes: str) -> str:
    """Return the DOI of notes that hold nothing else: a note that speaks of a DOI may speak of another work's.

    Examples
    --------
    >>> noted_doi("Journal Article", "doi: 10.1000/a"), noted_doi("See the erratum, 10.1000/b.")
    ('10.1000/a', '')
    """
    return next((doi for note in notes if is_doi(note) and (doi := doi_in(note))), "")


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


@lru_cache(maxsize=65_536)
def _standard(value: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    numbers = [match[0].replace("-", "").upper() for match in _STANDARD.finditer(value)]
    issn = tuple([f"{number[:4]}-{number[4:]}" for number in numbers if len(number) == _ISSN])
    isbn = tuple([number for number in numbers if len(number) in _ISBN and "X" not in number[:-1]])
    return issn, isbn


def linked_ids(links: Iterable[str]) -> list[str]:
    """Return the ids that links to databases hold, with their prefixes (see `Record.identifiers`).

    Examples
    --------
    >>> linked_ids(["https://pubmed.ncbi.nlm.nih.gov/22752652/", "https://openalex.org/W123", "https://x.example/1"])
    ['pmid:22752652', 'openalex:W123']
    """
    return [f"{match.lastgroup}:{match[match.lastgroup or 0]}" for link in links for match in _LINK.finditer(link)]


def noted_ids(notes: Iterable[str]) -> list[str]:
    """Return the ids in notes: those of PubMed as Zotero and Mendeley put them there, others likewise.

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
