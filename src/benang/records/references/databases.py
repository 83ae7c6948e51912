"""Cited references as Web of Science and Dimensions print them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from benang.records.references.cited import CitedReference, database_author, dois_in

_DOI_PART = re.compile(r", (?:DOI|doi) (?=\[|DOI|doi|10\.)")
_PATENT_PART = re.compile(r", Patent No\. ?")
_YEAR = re.compile(r"(?:1[4-9]|20)[0-9]{2}")
_VOLUME = re.compile(r"V(?=[^ ]{0,11}[0-9])([^ ]{1,14})")
_PAGE = re.compile(r"[Pp](?=[A-Za-z]{0,6}[0-9]|[IVXLC]{1,7}$)([^ ]{1,16})")
_ARTICLE = re.compile(r"(?:ARTN|ART NO\.?|ARTICLE)\s?([A-Za-z]{0,6}[0-9][^ ]{0,15})", re.IGNORECASE)
_OTHER_FORM = re.compile(r"\((?:1[4-9]|20)[0-9]{2}\)|, ,|\. ,|https?:")
_UNPRINTED = re.compile(r" (?:IN PRESS|UNPUB|SUBMITTED|FORTHCOMING)$")
_NO_AUTHOR = frozenset({"[anonymous]", "anonymous", "anon", "[no author name available]", "no author"})


def parse_wos(raw: str, text: str) -> CitedReference | None:
    """Take apart `Smith J, 2010, J TEST, V12, P34, DOI 10.1/x`; None where the text is no such reference.

    Examples
    --------
    >>> one = "Alloyeau D, 2009, NAT MATER, V8, P940, DOI [10.1038/nmat2574, 10.1038/NMAT2574]"
    >>> parse_wos(one, one).dois
    ('10.1038/nmat2574',)
    >>> one = "[Anonymous], HITACHI REV, V49, P211"
    >>> cited = parse_wos(one, one)
    >>> cited.authors, cited.year, cited.source, cited.volume, cited.page
    ((), None, 'HITACHI REV', '49', '211')
    """
    body = text.rstrip(" .").replace("{[}", "[")
    cut = _DOI_PART.search(body)
    dois = dois_in(body[cut.end() :]) if cut else ()
    head = body[: cut.start()] if cut else body
    if patent := _PATENT_PART.search(head):
        head = head[: patent.start()]
    parts = _wos_parts(head.split(", "))
    if parts is None or (parts.year is None and _OTHER_FORM.search(head)) or not (cut or parts.printed or patent):
        return None
    author = parts.author.removeprefix("*").strip()
    return CitedReference(
        raw,
        "Web of Science",
        authors=() if author.lower() in _NO_AUTHOR or not author else (database_author(author),),
        year=parts.year,
        source=_UNPRINTED.sub("", parts.source),
        volume=parts.volume,
        page=parts.page,
        article_number=parts.article,
        dois=dois,
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """A reference cut at its commas; `printed` tells whether it looks as Web of Science prints it."""

    author: str
    year: int | None
    source: str
    volume: str
    page: str
    article: str
    printed: bool


def _wos_parts(tokens: list[str]) -> _Parts | None:
    at = next((i for i, token in enumerate(tokens[:4]) if _YEAR.fullmatch(token)), None)
    if at is None and len(tokens) < 2:
        return None
    before = tokens[:at] if at is not None else tokens[:1]
    rest = tokens[at + 1 :] if at is not None else tokens[1:]
    page = volume = article = ""
    while rest:
        if not article and (found := _ARTICLE.fullmatch(rest[-1])):
            article = found[1]
        elif not page and not volume and (found := _PAGE.fullmatch(rest[-1])):
            page = found[1]
        elif not volume and (found := _VOLUME.fullmatch(rest[-1])):
            volume = found[1]
        else:
            break
        rest = rest[:-1]
    source = ", ".join(rest)
    printed = bool(volume or page) or _in_capitals(source)
    if at is None:  # without a year only capitals tell
        printed = _in_capitals(source)
    return _Parts(
        ", ".join(before), int(tokens[at]) if at is not None else None, source, volume, page, article, printed
    )


def _in_capitals(source: str) -> bool:
    return source == source.upper() != source.lower()


_PUB = re.compile(r"pub\.[0-9]{4,14}")
_PERSON_ID = re.compile(r"ur\.[0-9.]+|\[?null\]?", re.IGNORECASE)


def parse_dimensions(raw: str, text: str) -> CitedReference | None:
    """Take apart `[authors|…|source|year|volume|issue|pages|doi|id|times cited]`; None where the text is none.

    Examples
    --------
    >>> one = "[van Eck, Nees Jan; Waltman, Ludo||Scientometrics|2010|84|2|523-538|10.1007/s1|pub.1009922384|9]"
    >>> cited = parse_dimensions(one, one)
    >>> cited.authors, cited.source, cited.year, cited.volume, cited.page, cited.identifiers
    (('van Eck, Nees Jan', 'Waltman, Ludo'), 'Scientometrics', 2010, '84', '523', ('dimensions:pub.1009922384',))
    """
    if text.count("|") < 5:
        return None
    fields = [field.strip() for field in text.strip("[]; ").split("|")]
    at = next((i for i, field in enumerate(fields[1:], 1) if _YEAR.fullmatch(field)), None)
    if at is None:
        return None
    named = [field for field in fields[1:at] if field and not _PERSON_ID.search(field)]
    after = [*fields[at + 1 : at + 4], "", "", ""]
    return CitedReference(
        raw,
        "Dimensions",
        authors=tuple(database_author(name.strip()) for name in fields[0].split(";") if name.strip()),
        year=int(fields[at]),
        title=named[0] if len(named) > 1 else "",
        source=named[-1] if named else "",
        volume=after[0],
        issue=after[1],
        page=re.split(r"\s?[-–]", after[2])[0],
        dois=dois_in("|".join(fields[at:])),
        identifiers=tuple(f"dimensions:{field}" for field in fields if _PUB.fullmatch(field)),
    )
