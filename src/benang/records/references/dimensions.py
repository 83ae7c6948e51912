"""Cited references as Dimensions prints them: fields between bars, people in brackets."""

from __future__ import annotations

import re

from benang.records.pages import with_hyphen_closed
from benang.records.references.cited import CitedReference, database_author, dois_in

_YEAR = re.compile(r"(?:1[4-9]|20)[0-9]{2}")
_PUB = re.compile(r"pub\.[0-9]{4,14}")
_PERSON_IDS = re.compile(r"\[?(?:[\s;]|ur\.[0-9.]+|null)*\]?", re.IGNORECASE)
_PAGES = re.compile(r"\s?[-–]")


def parse_dimensions(raw: str, text: str) -> CitedReference | None:
    """Take apart `[authors]|[ids]|source|year|volume|issue|pages|doi|id|times cited`; None where the text is none.

    The end is read from the last field backwards, since the work's id in Dimensions tells where it stands; what lies
    between the people and the year is the source, with the title before it where there is one. Where no id stands at
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
    """Find the year: five fields before the id that stands last or last but one, else the first that looks like one."""
    ids = [at for at in range(max(0, len(fields) - 2), len(fields)) if _PUB.fullmatch(fields[at])]
    for at in ids:
        year = at - 5
        if year > 0 and (not fields[year] or _YEAR.fullmatch(fields[year])):
            return year
    return next((at for at, field in enumerate(fields[1:], 1) if _YEAR.fullmatch(field)), None)
