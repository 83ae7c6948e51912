"""Cited references of every form → author, year, source, volume, page, DOI."""

from __future__ import annotations

import re
from dataclasses import replace

from benang.records.placeholders import is_placeholder
from benang.records.references.cited import CitedReference, dois_in
from benang.records.references.dimensions import parse_dimensions
from benang.records.references.scopus import parse_scopus
from benang.records.references.styles import parse_text
from benang.records.references.web_of_science import parse_wos

_LONGEST = 4_000  # what is longer is no single reference; only this much of it is looked through
_MOST_BLANKS = 3  # pmid : 30973853
_LINKED = re.compile(
    r"(?:https?://)?(?:api\.|www\.)?(?:openalex\.org/|ncbi\.nlm\.nih\.gov/pubmed/|pubmed\.ncbi\.nlm\.nih\.gov/)"
    r"(?:works/)?([Ww]?[0-9]{1,12})/?",
    re.IGNORECASE,
)
_PREFIXED = re.compile(
    r"(openalex|pmid|pmcid|eid|wos|arxiv|lens|dimensions|eric|embase)\s?:\s?(\S{1,80})", re.IGNORECASE
)
_BARE = (
    (re.compile(r"[Ww][0-9]{4,12}"), "openalex"),
    (re.compile(r"PMC[0-9]{3,9}", re.IGNORECASE), "pmcid"),
    (re.compile(r"2-s2\.0-[0-9]{5,15}"), "eid"),
    (re.compile(r"pub\.[0-9]{6,12}"), "dimensions"),
    (re.compile(r"(?:[0-9]{3}-){4}[0-9]{2}[0-9X]"), "lens"),
)
_PMID = re.compile(
    r"(?:\bPMID:?\s?|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)([0-9]{1,9})\b", re.IGNORECASE
)
_DOI_ALONE = re.compile(r"(?:https?://)?(?:(?:dx\.)?doi\.org/|doi\s?[:=]?\s?)?10\.[0-9]{4,9}\S{0,300}", re.IGNORECASE)


def parse_reference(raw: str) -> CitedReference:
    """Take a cited reference apart; what it does not tell is left empty, and nothing is an error.

    The form is recognised by its looks: Web of Science, Scopus (of all years), Dimensions, identifiers and links
    alone (OpenAlex, PubMed, Lens, DOI), and texts in the styles of APA, Harvard, Vancouver, IEEE, Chicago and MLA.

    Examples
    --------
    >>> cited = parse_reference("Zhang ZB, 2014, GEODERMA, V228, P114, DOI 10.1016/j.geoderma.2013.07.026")
    >>> cited.authors, cited.year, cited.source, cited.volume, cited.page, cited.doi
    (('Zhang, ZB',), 2014, 'GEODERMA', '228', '114', '10.1016/j.geoderma.2013.07.026')
    >>> cited = parse_reference("Ohnuma S., Lee H.J., Et al., IEEE Trans Magn, 37, 4, pp. 2251-2254, (2001)")
    >>> cited.authors, cited.year, cited.source, cited.volume, cited.page
    (('Ohnuma, S.', 'Lee, H.J.'), 2001, 'IEEE Trans Magn', '37', '2251')
    >>> parse_reference("https://openalex.org/W2741809807").identifiers
    ('openalex:W2741809807',)
    """
    text = " ".join(raw[:_LONGEST].split())
    identified = _identifier(raw, text)
    if identified is not None:
        return identified
    for parser in (parse_dimensions, parse_wos, parse_scopus):
        cited = parser(raw, text)
        if cited is not None:
            return _without_placeholders(cited)
    return parse_text(raw, text, _pmids(text))


def _without_placeholders(cited: CitedReference) -> CitedReference:
    """Empty a title or source that only says there is none: Web of Science prints `[No title captured]` for both."""
    title = "" if is_placeholder("title", cited.title) else cited.title
    source = "" if is_placeholder("source", cited.source) else cited.source
    return cited if title == cited.title and source == cited.source else replace(cited, title=title, source=source)


def _identifier(raw: str, text: str) -> CitedReference | None:
    """Recognise a reference that is an identifier and nothing else."""
    if text.count(" ") > _MOST_BLANKS or (" " in text and len(text) > 320):
        return None
    bare = text.rstrip(".,;")
    if found := _LINKED.fullmatch(bare):
        number = found[1].upper()
        name = f"openalex:{number}" if number.startswith("W") else f"pmid:{number}"
        return CitedReference(raw, "identifier", identifiers=(name,))
    if found := _PREFIXED.fullmatch(bare):
        value = found[2].upper() if found[1].lower() == "openalex" else found[2]
        return CitedReference(raw, "identifier", identifiers=(f"{found[1].lower()}:{value}",))
    for pattern, name in _BARE:
        if pattern.fullmatch(bare):
            value = bare.upper() if name in {"openalex", "pmcid"} else bare
            return CitedReference(raw, "identifier", identifiers=(f"{name}:{value}",))
    if _DOI_ALONE.fullmatch(bare) and (dois := dois_in(bare)):
        return CitedReference(raw, "identifier", dois=dois)
    return None


def _pmids(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"pmid:{number}" for number in _PMID.findall(text)))
