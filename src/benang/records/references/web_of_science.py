"""Cited references as Web of Science prints them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from benang.records.names import stays_whole
from benang.records.references.cited import CitedReference, database_author, dois_in, made_reference

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


def _wos_parts(tokens: list[str], at: int | None) -> _Parts:
    """Read the tokens from the end, up to the source; the year stands at `at`, if anywhere."""
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


def _is_number(parts: _Parts, token: str) -> bool:
    """Read the last token as article number, page, or volume, which stand in the reverse of this order."""
    first = token[:1]
    if first in ("A", "a") and not parts.article and (found := _ARTICLE.fullmatch(token)):
        parts.article = found[1]
    elif first in ("P", "p") and not parts.page and not parts.volume and (found := _PAGE.fullmatch(token)):
        parts.page = found[1] or found[2]
    elif first != "V" or parts.volume:
        return False
    elif found := _VOLUME.fullmatch(token) if not _EDITION.fullmatch(token) else None:
        number, _, rest = found[1].partition(" ")
        is_part = number[0].isdigit()  # 6 Suppl 1; A 52 is one volume
        parts.volume, parts.issue = (number, rest) if is_part else (found[1], "")
    else:
        return bool(_EDITION.fullmatch(token))
    return True


def _in_capitals(source: str) -> bool:
    return source == source.upper() != source.lower()


def _is_plain(parts: _Parts) -> bool:
    """Tell `World Health Organization, Diabetes`: an author as databases print it, and a source that is no sentence."""
    if not parts.source or _SENTENCE.search(parts.source):
        return False
    words = parts.author.split()
    is_body = len(words) > 1 and stays_whole(words)
    is_person = parts.year is not None and bool(_FAMILY_INITIALS.fullmatch(parts.author))
    return parts.author.lower() in _NO_AUTHOR or is_body or is_person
