"""Cited references of every form → author, year, source, volume, page, DOI.

The forms of Web of Science and Dimensions, whose parts come in a fixed order between marks, are taken apart here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from benang.records.export_marks import is_placeholder
from benang.records.names import stays_whole
from benang.records.references.cited import CitedReference, database_author, dois_in, made_reference, parse_text
from benang.records.references.scopus import parse_scopus
from benang.records.spelling import with_hyphen_closed

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

_DOI_PART = re.compile(r", (?:DOI|doi) (?=\[|DOI|doi|10\.)")
_PATENT_PART = re.compile(r", Patent No\. ?")
_YEAR = re.compile(r"(?:1[4-9]|20)[0-9]{2}")
# V12, VEC-10, VTuC3; V6 Suppl 1; VA 52; VVol. 2, VVolume 78; VIV. Not `VOLS 1 AND 2`, which belongs to the source.
_VOLUME = re.compile(
    r"V(?:[Vv]ol(?:ume|\.)? ?)?(?!OLS? )"
    r"((?=[^ ]{0,11}[0-9])[^ ]{1,14}|[0-9]{1,5} ?[^ ].{0,30}|[A-Z]{1,3} [0-9]{1,5}[A-Za-z]?|[IVXLC]{1,7})"
)
_EDITION = re.compile(
    r"V(?:[0-9]{1,2}(?: ?(?:(?i:st|nd|rd|th)|[aª]))|(?i:rev|new|first|second|third|fourth|fifth|sixth|seventh|eighth|"
    r"ninth|tenth))(?: ?(?i:ed)\b.{0,12})?"
)
_PAGE = re.compile(r"[Pp](?=[A-Za-z]{0,6}[0-9]|[A-Z]{1,2}-[0-9]{1,3}(?![0-9])|[IVXLC]{1,7}$)([^ ]{1,16})|p([A-Z]{1,4})")
_UNSURE = re.compile(r"(?<=, )([VPp])\[([^\[\],]{1,20})(?:,[^\[\]]{0,100})?\]")  # p[186, 344]: the first is taken
_ARTICLE = re.compile(r"(?:ARTN|ART NO\.?|ARTICLE)\s?([A-Za-z]{0,6}[0-9][^ ]{0,15})", re.IGNORECASE)
_OTHER_FORM = re.compile(r"\((?:1[4-9]|20)[0-9]{2}\)|, ,|\. ,|https?:")
_UNPRINTED = re.compile(
    r"^(?:IN PRESS|UNPUB|SUBMITTED|FORTHCOMING)(?:,? |$)| (?:IN PRESS|UNPUB|SUBMITTED|FORTHCOMING)$"
)
_NO_AUTHOR = frozenset({"[anonymous]", "anonymous", "anon", "[no author name available]", "no author"})
_SENTENCE = re.compile(r"[.?!;] |[\"“”‘(]")
_FAMILY_INITIALS = re.compile(r"[^\W\d_][^\d,()\[\]:.]{0,60} (?:[A-Z]\.? ?-?){1,5}")

_PUB = re.compile(r"pub\.[0-9]{4,14}")
_PERSON_IDS = re.compile(r"\[?(?:[\s;]|ur\.[0-9.]+|null)*\]?", re.IGNORECASE)
_PAGES = re.compile(r"\s?[-–]")


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


def _identifier(raw: str, text: str) -> CitedReference | None:
    """Recognise a reference that is an identifier and nothing else."""
    if text.count(" ") > _MOST_BLANKS or (" " in text and len(text) > 320):
        return None
    bare = text.rstrip(".,;")
    if match := _LINKED.fullmatch(bare):
        number = match[1].upper()
        name = f"openalex:{number}" if number.startswith("W") else f"pmid:{number}"
        return CitedReference(raw, "identifier", identifiers=(name,))
    if match := _PREFIXED.fullmatch(bare):
        value = match[2].upper() if match[1].lower() == "openalex" else match[2]
        return CitedReference(raw, "identifier", identifiers=(f"{match[1].lower()}:{value}",))
    for pattern, name in _BARE:
        if pattern.fullmatch(bare):
            value = bare.upper() if name in {"openalex", "pmcid"} else bare
            return CitedReference(raw, "identifier", identifiers=(f"{name}:{value}",))
    if _DOI_ALONE.fullmatch(bare) and (dois := dois_in(bare)):
        return CitedReference(raw, "identifier", dois=dois)
    return None


def _without_placeholders(cited: CitedReference) -> CitedReference:
    """Empty a title or source that only says there is none: Web of Science prints `[No title captured]` for both."""
    title = "" if is_placeholder("title", cited.title) else cited.title
    source = "" if is_placeholder("source", cited.source) else cited.source
    return cited if title == cited.title and source == cited.source else replace(cited, title=title, source=source)


def _pmids(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"pmid:{number}" for number in _PMID.findall(text)))


def parse_wos(raw: str, text: str) -> CitedReference | None:
    """Take apart `Smith J, 2010, J TEST, V12, P34, DOI 10.1/x`; None where the text is no such reference.

    Older exports mark bodies by a star (`*UMPAMA COMM`), which is left out. An edition (`V4th ed .`) is no volume, and
    of pages in brackets, of which the database was not sure, the first is taken.

    Examples
    --------
    >>> one = "Alloyeau D, 2009, NAT MATER, V8, P940, DOI [10.1038/nmat2574, 10.1038/NMAT2574]"
    >>> parse_wos(one, one).dois
    ('10.1038/nmat2574',)
    >>> one = "[Anonymous], HITACHI REV, V49, P211"
    >>> cited = parse_wos(one, one)
    >>> cited.authors, cited.year, cited.source, cited.volume, cited.page
    ((), None, 'HITACHI REV', '49', '211')
    >>> one = "Roe R, 2001, IN PRESS J TEST, VA 52 , p[186, 344]"
    >>> cited = parse_wos(one, one)
    >>> cited.source, cited.volume, cited.page
    ('J TEST', 'A 52', '186')
    """
    body = text.rstrip(" .").replace("{[}", "[")
    cut = _DOI_PART.search(body) if ", DOI " in body or ", doi " in body else None
    dois = dois_in(body[cut.end() :]) if cut else ()
    head = body[: cut.start()] if cut else body
    patent = _PATENT_PART.search(head) if "Patent No" in head else None
    if patent:
        head = head[: patent.start()]
    tokens = (_UNSURE.sub(r"\1\2", head) if "[" in head else head).split(", ")
    at = next((place for place, token in enumerate(tokens[:4]) if _YEAR.fullmatch(token)), None)
    if at is None and (len(tokens) < 2 or _OTHER_FORM.search(head)):
        return None
    parts = _wos_parts(tokens, at)
    if not (cut or parts.printed or patent):
        return None
    author = parts.author.removeprefix("*").strip()
    named = author if parts.author[:1] == "*" else database_author(author)  # a star marks a body
    return made_reference(
        raw,
        "Web of Science",
        authors=() if author.lower() in _NO_AUTHOR or not author else (named,),
        year=parts.year,
        source=_UNPRINTED.sub("", parts.source),
        volume=parts.volume,
        issue=parts.issue,
        page=parts.page,
        article_number=parts.article,
        dois=dois,
    )


def _wos_parts(tokens: list[str], at: int | None) -> _Parts:
    """Read the tokens from the end, up to the source; the year is at `at`, if anywhere."""
    before = tokens[:at] if at is not None else tokens[:1]
    rest = tokens[at + 1 :] if at is not None else tokens[1:]
    parts = _Parts(", ".join(before), int(tokens[at]) if at is not None else None)
    while rest and _is_number(parts, rest[-1].rstrip(" .")):
        rest = rest[:-1]
        parts.printed = at is not None  # without a year, numbers alone do not tell
    parts.source = ", ".join(rest)
    most = 1 if at is None else 3 if at == 1 else 0
    parts.printed = parts.printed or _in_capitals(parts.source) or (len(rest) <= most and _is_plain(parts))
    return parts


@dataclass(slots=True)
class _Parts:
    """A reference cut at its commas; `printed` tells whether it looks as Web of Science prints it."""

    author: str
    year: int | None
    source: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    article: str = ""
    printed: bool = False


def _is_number(parts: _Parts, token: str) -> bool:
    """Read the last token as article number, page, or volume, which come in the reverse of this order."""
    first = token[:1]
    if first in ("A", "a") and not parts.article and (match := _ARTICLE.fullmatch(token)):
        parts.article = match[1]
    elif first in ("P", "p") and not parts.page and not parts.volume and (match := _PAGE.fullmatch(token)):
        parts.page = match[1] or match[2]
    elif first != "V" or parts.volume:
        return False
    elif match := _VOLUME.fullmatch(token) if not _EDITION.fullmatch(token) else None:
        number, _, rest = match[1].partition(" ")
        is_part = number[0].isdigit()  # 6 Suppl 1; A 52 is one volume
        parts.volume, parts.issue = (number, rest) if is_part else (match[1], "")
    else:
        return bool(_EDITION.fullmatch(token))
    return True


def _in_capitals(source: str) -> bool:
    return source == source.upper() != source.lower()


def _is_plain(parts: _Parts) -> bool:
    """Recognise `World Health Organization, Diabetes`: an author as databases print it, a source, no sentence."""
    if not parts.source or _SENTENCE.search(parts.source):
        return False
    words = parts.author.split()
    is_body = len(words) > 1 and stays_whole(words)
    is_person = parts.year is not None and bool(_FAMILY_INITIALS.fullmatch(parts.author))
    return parts.author.lower() in _NO_AUTHOR or is_body or is_person


def parse_dimensions(raw: str, text: str) -> CitedReference | None:
    """Take apart `[authors]|[ids]|source|year|volume|issue|pages|doi|id|times cited`; None where the text is none.

    The end is read from the last field backwards, since the work's id in Dimensions shows where it is; what lies
    between the people and the year is the source, with the title before it where there is one. Where there is no id at
    the end, the first year parts them. One pair of brackets may enclose all of it.

    Examples
    --------
    >>> one = "[van Eck, Nees Jan; Waltman, Ludo]|[ur.1; ur.2]|Scientometrics|2010|84|2|523-538|10.1007/s1|pub.1009|9"
    >>> cited = parse_dimensions(one, one)
    >>> cited.authors, cited.source, cited.year, cited.volume, cited.page, cited.identifiers
    (('van Eck, Nees Jan', 'Waltman, Ludo'), 'Scientometrics', 2010, '84', '523', ('dimensions:pub.1009',))
    """
    if text.count("|") < 5:
        return None
    fields = [field.strip() for field in _unwrapped(text.strip("; ")).split("|")]
    at = _year_at(fields)
    if at is None:
        return None
    people, between = fields[0].strip("[]"), fields[1:at]
    if between and _PERSON_IDS.fullmatch(between[0]):
        between = between[1:]
    named = [field for field in between if field]
    volume, issue, pages = [*fields[at + 1 : at + 4], "", "", ""][:3]
    return CitedReference(
        raw,
        "Dimensions",
        authors=tuple(database_author(one) for name in people.split(";") if (one := name.strip())),
        year=int(fields[at]) if fields[at] else None,
        title=named[0] if len(named) > 1 else "",
        source=" | ".join(named[1:]) if len(named) > 1 else "".join(named),
        volume=volume,
        issue=issue,
        page=_PAGES.split(with_hyphen_closed(pages))[0],
        dois=dois_in("|".join(fields[at:])),
        identifiers=tuple(f"dimensions:{field}" for field in fields[at:] if _PUB.fullmatch(field)),
    )


def _unwrapped(text: str) -> str:
    """Take off a pair of brackets around all fields; one around the authors stays."""
    authors_end = text.find("]")
    if text.startswith("[") and not 0 <= authors_end < text.find("|"):
        text = text[1:]
        return text.removesuffix("]") if text.count("]") > text.count("[") else text
    return text


def _year_at(fields: list[str]) -> int | None:
    """Find the year: five fields before the id that comes last or last but one, else the first that looks like one."""
    ids = [at for at in range(max(0, len(fields) - 2), len(fields)) if _PUB.fullmatch(fields[at])]
    for at in ids:
        year = at - 5
        if year > 0 and (not fields[year] or _YEAR.fullmatch(fields[year])):
            return year
    return next((at for at, field in enumerate(fields[1:], 1) if _YEAR.fullmatch(field)), None)
