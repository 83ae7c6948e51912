"""Cited references as Scopus prints them, in the form of today and in that of the years before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from benang.records.references.cited import CitedReference, database_author, dois_in, made_reference
from benang.records.references.scopus_parts import first_author, is_publisher, title_and_source
from benang.records.spelling import with_hyphen_closed

_YEAR_END = re.compile(r",? \(((?:1[4-9]|20)[0-9]{2})\)[.;]?$")
_YEAR_LENGTH = 10
_YEAR_WITHIN = re.compile(r"(?:^|,? )\(((?:1[4-9]|20)[0-9]{2})[a-z]?\)(?=[ ,]|$)")
# Family I.I., also with particles and hyphens: "de Boer F.R.", "Lappe S.-C.L.L.", "Werner R. F."
_SUFFIX = r"(?:,? ?(?:Jr|Sr|III?|IV)\.?)?"
_FULL_AUTHOR = re.compile(
    r"[^\W\d_][^\d,()\[\]:.]{0,60} (?:-?[^\W\d_]{1,2}\.[- ]?){1,8}(?:[^\W\d_]{1,2}\.?)?" + _SUFFIX
)
# Wang X, Yeh N-H, Lazaro F J
_UNDOTTED = re.compile(r"[^\W\d_][^\d,()\[\]:.]{0,40} [A-Z](?:[- ]?[A-Z]){0,3}")
_GIVEN = re.compile(
    r"(?:-?[^\W\d_]{1,2}\.[- ]?){1,8}(?:[^\W\d_]{1,2}\.?)?" + _SUFFIX + r"|[A-Z]{1,3}|[A-Z](?:-[A-Z]){1,2}\.?"
)
_SUFFIX_ALONE = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
_SUFFIXED = re.compile(r"(.{1,60}[^ ,]),? (Jr\.?|Sr\.?|III?|IV)")  # Umpama Jr., A.B.
_FAMILY = re.compile(r"[^\W\d_][^\d,()\[\]:.]{0,60}")
_OTHERS = re.compile(r"(?:et al|others|dkk)\.?", re.IGNORECASE)
_PAGES = re.compile(
    r"(?:pp?|hlm|hal)\.? ?([A-Za-z]{0,6}\.?[0-9]\S{0,20})(?: ?- ?.{1,20})?|pp?\. ?([^\s,]{1,12})", re.IGNORECASE
)
_ARTICLE = re.compile(
    r"(?:art(?:icle)?\.? ?(?:no|number|id)?\.?|article) ?:? ?([A-Za-z]{0,6}[0-9]\S{0,20})", re.IGNORECASE
)
_VOLUME = re.compile(
    r"(?:part [ivx]{1,3},? |vol(?:ume|\.)? ?)?([A-Za-z]{0,3}-?[0-9][\w./–-]{0,12}|[IVXL]{1,6}) ?"
    r"(?:\(([^()]{1,20})\))?\.?",
    re.IGNORECASE,
)
_ISSUE = re.compile(
    r"(?:no\.? ?|issue )?([A-Za-z]{0,8}\.? ?[0-9][\w./–-]{0,10}|suppl\.?|special ?issue|splissue|"
    r"[0-9]{1,4} (?:[0-9]{1,4}|[ivx]{1,4}|[a-z]|part [0-9a-z]{1,3}|special ?issue|suppl[a-z]{0,6}\.?(?: [0-9]{1,3})?))",
    re.IGNORECASE,
)
_DATED_ISSUE = re.compile(  # 3 March 2021, MARCH
    r"(?:([0-9]{1,4}) )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?(?: [0-9]{4})?", re.IGNORECASE
)
_IN_SERIES = re.compile(r"([0-9]{1,5}) [A-Z]{2,6}|(Part [A-Z]?[0-9]{2,7})")  # 1081 LNNS, Part F148162
# Most authors are one word and initials with full stops: there is nothing to find out.
_PLAIN = re.compile(r"([A-Z\u00c0-\u00de][a-z\u00df-\u00ff]{1,40}) ((?:[A-Z]\.-?){1,4})")
_DIGIT = re.compile("[0-9]")
_LONGEST_WORD = 20  # of a number without digits: special issue, pp. xiv-xviii
_LONG_NUMBER = re.compile(r"[0-9]{5,9}|[0-9]{1,4}[A-Za-z][0-9]{2,6}|[eELR][0-9]{2,9}")
_JOINED = re.compile(r"[A-Z]\.,? (?:and|dan|&|y|und) [A-Z]")
_A_YEAR = re.compile(r"(?<![\w/.-])(?:1[4-9]|20)[0-9]{2}[a-z]?(?![\w/-])")


def parse_scopus(raw: str, text: str) -> CitedReference | None:
    """Take apart a reference of Scopus; None where the text is none.

    Examples
    --------
    >>> one = "Nolte, E., McKee, C.M., Measuring the health of nations (2008) Health Affairs, 27 (1), pp. 58-71"
    >>> cited = parse_scopus(one, one)
    >>> cited.authors, cited.title, cited.source, cited.volume, cited.issue, cited.page
    (('Nolte, E.', 'McKee, C.M.'), 'Measuring the health of nations', 'Health Affairs', '27', '1', '58')
    >>> one = "Hasimoto H., A soliton on a vortex filament, J. Fluid Mech., 51, pp. 477-485, (1972)"
    >>> cited = parse_scopus(one, one)
    >>> cited.authors, cited.year, cited.title, cited.source
    (('Hasimoto, H.',), 1972, 'A soliton on a vortex filament', 'J. Fluid Mech.')
    """
    if end := _YEAR_END.search(text, len(text) - _YEAR_LENGTH) if "(" in text[-_YEAR_LENGTH:] else None:
        return _newer(raw, text, text[: end.start()], int(end[1]))
    within = _YEAR_WITHIN.search(text)
    if within and (cited := _older(raw, text, within)):
        return cited
    return None if within else _newer(raw, text, text.rstrip(" ."), None)


def begins_with_authors(text: str, *, in_full: bool = False) -> bool:
    """Tell whether a reference of Scopus begins with its authors; `in_full` with one as Scopus names it since 2023.

    Examples
    --------
    >>> begins_with_authors("Umpama A., Rents in towns, Trade Review"), begins_with_authors("rents in towns, (2001)")
    (True, False)
    """
    tokens = _tokens(text)
    return bool(first_author(tokens)[0]) or (not in_full and bool(_authors(tokens)[0]))


def _newer(raw: str, text: str, body: str, year: int | None) -> CitedReference | None:
    """Take apart `Authors, Title, Source, 12, 3, pp. 34-56, (2010)`; without a year only where authors tell.

    Since 2023 only the first author is given, with the given names in full.
    """
    authors, rest = _authors(_tokens(body))
    if year is not None and not authors:
        authors, rest = first_author(rest)
    if year is None and (not authors or _A_YEAR.search(body)):
        return None
    numbers, named = _numbers_at_end(rest)
    title, source = title_and_source(named, volume=numbers.volume, page=numbers.page)
    return _cited(raw, text, authors, year, title, source, numbers)


def _older(raw: str, text: str, year: re.Match[str]) -> CitedReference | None:
    """Take apart `Authors, Title (2010) Source, 12 (3), pp. 34-56. , doi`."""
    head, tail = text[: year.start()], text[year.end() :].strip()
    authors, titled = _authors(_tokens(head))
    if titled and text.startswith(" . ", year.end()):  # a full stop of its own, as no style prints it
        tail = tail.lstrip(" .")
    if tail.startswith(".") or (authors and not titled and text[year.start()] != "," and not tail.startswith(",")):
        return None  # Author, A. (2010). Title: APA; Author, A. (2010) Title: Harvard
    if not authors and not (titled or year.start() == 0):
        return None
    numbers, named = _numbers_from_start(_tokens(tail))
    if not authors and ((not numbers.any and ". " in tail) or _JOINED.search(head)):
        return None  # a style that people write, with names that are no database's
    title = ", ".join(titled)
    source = ", ".join(named[:1]) if numbers.any is False else ", ".join(named)
    if title and (not source or tail.startswith(",") or (not numbers.any and is_publisher(source))):
        source, title = title, ""
    return _cited(raw, text, authors, int(year[1]), title, source, numbers)


@dataclass(slots=True)
class _Numbers:
    volume: str = ""
    issue: str = ""
    page: str = ""
    article: str = ""

    @property
    def any(self) -> bool:
        return bool(self.volume or self.page or self.article)


def _cited(
    raw: str, text: str, authors: list[str], year: int | None, title: str, source: str, numbers: _Numbers
) -> CitedReference:
    return made_reference(
        raw,
        "Scopus",
        authors=tuple(authors),
        year=year,
        title=title.strip(" ,"),
        source=source.strip(" ,"),
        volume=numbers.volume,
        issue=numbers.issue,
        page=numbers.page,
        article_number=numbers.article,
        dois=dois_in(text),
    )


def _tokens(text: str) -> list[str]:
    return [token for part in text.split(", ") if (token := part.strip(" ,"))]


def _authors(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Take the authors from the beginning: `Family I.I.` in one piece, or `Family` and `I.I.` in two."""
    authors: list[str] = []
    at = undotted = 0
    while at < len(tokens):
        token = tokens[at]
        if plain := _PLAIN.fullmatch(token):
            authors.append(f"{plain[1]}, {plain[2]}")
            at += 1
            undotted = 0
            continue
        if authors and _SUFFIX_ALONE.fullmatch(token):
            authors[-1] += f", {token}"
            at += 1
            continue
        suffixed = _SUFFIXED.fullmatch(token) if token[-1] in ".rIV" else None
        family, suffix = (suffixed[1], f", {suffixed[2]}") if suffixed else (token, "")
        if at + 1 < len(tokens) and _GIVEN.fullmatch(tokens[at + 1]) and _FAMILY.fullmatch(family):
            authors.append(f"{family}, {tokens[at + 1]}{suffix}")
            at += 2
            continue
        if _OTHERS.fullmatch(token):
            return authors, tokens[at + 1 :]
        is_undotted = token[-1].isupper() and bool(_UNDOTTED.fullmatch(token))
        if not (is_undotted or ("." in token and _FULL_AUTHOR.fullmatch(token))):
            break
        undotted = undotted + 1 if is_undotted else 0
        authors.append(database_author(token))
        at += 1
    if undotted and (at == len(tokens) or _is_number(tokens[at])):  # Physica B, 475: a source, no author
        authors.pop()
        at -= 1
    return authors, tokens[at:]


def _numbers_at_end(tokens: list[str]) -> tuple[_Numbers, list[str]]:
    """Find volume, issue and pages, which come last."""
    numbers = _Numbers()
    first = len(tokens)
    while first > 1 and (_is_number(tokens[first - 1]) or _DATED_ISSUE.fullmatch(tokens[first - 1])):
        first -= 1
    _read(numbers, tokens[first:])
    return numbers, tokens[:first]


def _numbers_from_start(tokens: list[str]) -> tuple[_Numbers, list[str]]:
    """Find volume, issue and pages after the source, which comes first; what follows them is notes."""
    numbers = _Numbers()
    first = next((i for i, token in enumerate(tokens) if i and _is_number(token.rstrip(" ."))), len(tokens))
    last = first
    while last < len(tokens) and _is_number(tokens[last].rstrip(" .")):
        last += 1
        if tokens[last - 1].endswith("."):  # notes follow
            break
    _read(numbers, [token.rstrip(" .") for token in tokens[first:last]])
    return numbers, tokens[:first]


def _is_number(token: str) -> bool:
    if len(token) > _LONGEST_WORD and not _DIGIT.search(token):
        return False
    return bool(
        _PAGES.fullmatch(token)
        or _ARTICLE.fullmatch(token)
        or _VOLUME.fullmatch(token)
        or _ISSUE.fullmatch(token)
        or _IN_SERIES.fullmatch(token)
    )


def _read(numbers: _Numbers, tokens: list[str]) -> None:
    for token in tokens:
        if match := _PAGES.fullmatch(token):
            numbers.page = numbers.page or re.split(r"[-–]", with_hyphen_closed(match[1] or match[2]))[0]
        elif match := _ARTICLE.fullmatch(token):
            numbers.article = numbers.article or match[1]
        elif not numbers.volume and (match := _IN_SERIES.fullmatch(token)):
            numbers.volume = match[1] or match[2]
        elif not numbers.volume and (match := _VOLUME.fullmatch(token)):
            numbers.volume, numbers.issue = match[1], match[2] or ""
        elif match := _LONG_NUMBER.fullmatch(token):
            numbers.article = numbers.article or token
        elif match := _DATED_ISSUE.fullmatch(token) or _ISSUE.fullmatch(token):
            numbers.issue = numbers.issue or match[1] or ""
