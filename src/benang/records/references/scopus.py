"""Cited references as Scopus prints them, in the form of today and in that of the years before.

Since 2023 Scopus names the first author alone, and in full. Title and source have commas of their own, so that words
tell where one ends and the next begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from benang.records.name_words import SUFFIXES
from benang.records.names import stays_whole
from benang.records.references.cited import CitedReference, database_author, dois_in, made_reference
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


_SMALL = (
    "abd abu al an ap at ben bin binte binti bint da das de degli del della den der di do dos du e ed el i ibn la las "
    "le les lo los of san santa ter ten ud ul ur van vom von y zu zur"
)
_PARTICLES = frozenset(_SMALL.split())
# What titles have and names have not, though Will, Can, Do, So, Nor, In, On and A may all be part of one.
_OF_TITLES = (
    "and are between does during for from how into is its of the their these this through toward towards under using "
    "versus via what when where which who why with within without"
)
_TITLE_WORDS = frozenset(_OF_TITLES.split())
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’`´ʼʻ.·-]){0,40}")
_NICKNAME = re.compile(r"\(.{1,30}\)")  # Heng (Hunter)
_LIST_END = re.compile(r"(?:and|or|&|und|dan) ")
_COMPANY = re.compile(r"(?:inc|ltd|llc|gmbh|co|corp|plc)\.?", re.IGNORECASE)
_FAMILY_INITIALS = re.compile(r"[^\W\d_][^\d,()\[\]:.]{0,60} (?:-?[^\W\d_]{1,2}\.[- ]?){1,6}")
_INITIAL = re.compile(r"[^\W\d_]{1,2}\. ")
_ABBREVIATED = re.compile(r"[A-Z][a-z]{0,8}\.(?: |$)")
_NUMBER = re.compile(r"[0-9]\S{0,20}|pp\. .{1,30}")
_MOST_FAMILY, _MOST_GIVEN = 5, 7
_LEAST_TITLE = 4

_PUBLISHER = re.compile(
    r"\b(?:press|verlag|springer|wiley|elsevier|publish\w*|kluwer|mcgraw|pergamon|plenum|dekker|birkh.user|routledge|"
    r"sage|penguin|university|universit\w+|inc|ltd|ed|eds|editors?|edition)\b",
    re.IGNORECASE,
)
_SECTION = re.compile(r"(?:section|part|series|ser\.|sect\.|topics) |[A-H]$", re.IGNORECASE)
# J. Phys. D, Appl. Phys.: the first piece of a source that has commas of its own
_SHORT_WORDS = re.compile(r"(?:[A-Z][\w'’-]*\.?:? ?|(?:of|and|the|on|in|für|de) ){1,7}")
_AND = re.compile(r"(?:and|&|und|dan|y|e|et) ")
# Credit and Banking: the end of Journal of Money, Credit and Banking
_PAIR = re.compile(r"(?:[A-Z]\S{1,20} ){1,3}(?:and|&) (?:[A-Z]\S{1,20} ?){1,3}")
_PERIODICAL = re.compile(
    r"(?:\S{1,20} ){0,3}(?:journal|review|annals|archives|bulletin|transactions|jurnal|revista|zeitschrift)\b|"
    r"(?:studies|advances|progress|trends|lecture notes) in ",
    re.IGNORECASE,
)
_MEETING = re.compile(r"\b(?:proceedings|conference|symposium|workshop|congress|meeting)\b", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-Z][A-Z0-9-]{2,12}")
_SMALL_FIRST = frozenset({"npj", "de", "van", "von", "in"})  # npj Science of Food, de Gruyter Studies, in Proceedings
_STATUS = re.compile(
    r"(?:in (?:print|press|preparation)|unpublished|to (?:be )?(?:published|appear\w*)|submitted|accepted|forthcoming)"
    r"\b.{0,20}",
    re.IGNORECASE,
)
_LONGEST_STATUS = 40


def first_author(pieces: Sequence[str]) -> tuple[list[str], list[str]]:
    """Take `Family, Given` from the beginning of a reference that was cut at its commas; no author where none is sure.

    A single name comes before a title alone: `Romandhon, The impact of …, Source`.

    Examples
    --------
    >>> first_author(["de Umpama", "Ani Sri", "Night markets", "Journal of Places"])
    (['de Umpama, Ani Sri'], ['Night markets', 'Journal of Places'])
    >>> first_author(["Contoh", "The loss of permits in towns", "Trade Review"])
    (['Contoh'], ['The loss of permits in towns', 'Trade Review'])
    >>> first_author(["Umpama", "Ani", "Jr.", "Night markets", "Journal of Places"])
    (['Umpama, Ani, Jr.'], ['Night markets', 'Journal of Places'])
    >>> first_author(["Women", "Entrepreneurship", "and Society", "Trade Review"])
    ([], ['Women', 'Entrepreneurship', 'and Society', 'Trade Review'])
    """
    rest = [*pieces]
    if len(pieces) > 4 and pieces[2].lower() in SUFFIXES and pieces[2][0].isupper():
        author, _ = first_author([*pieces[:2], *pieces[3:]])
        return ([f"{author[0]}, {pieces[2]}"], rest[3:]) if author else ([], rest)
    named = [piece for piece in pieces[2:] if not _NUMBER.fullmatch(piece)]
    if not named or _is_list(pieces) or _has_initials(pieces[0], named):
        return [], rest
    family, second = pieces[0], pieces[1]
    if not _is_name(family, most=_MOST_FAMILY) or _is_body(family):
        return [], rest
    if _is_name(second, most=_MOST_GIVEN) and not _COMPANY.fullmatch(second):
        numbers = [piece for piece in pieces[2:] if _NUMBER.fullmatch(piece)]
        if " " not in second and "." not in second and _is_family_list(named, numbers):
            return [], rest
        return [f"{family}, {second}"], rest[2:]
    words = second.split()
    if " " not in family and len(words) >= _LEAST_TITLE and words[0][:1].isupper() and not family.isupper():
        return [family], rest[1:]
    return [], rest


def _is_list(pieces: Sequence[str]) -> bool:
    """Distinguish a title with commas, `Islam, Modernity, Violence, and Everyday Life`, from a name and a title."""
    return bool(_LIST_END.match(pieces[2])) or (
        len(pieces) > 3 and bool(_LIST_END.match(pieces[3])) and len(pieces[2].split()) < 3
    )


def _has_initials(family: str, named: Sequence[str]) -> bool:
    """Recognise forms that print initials or abbreviate the source, which this one does not."""
    if _INITIAL.match(family) or _ABBREVIATED.search(named[-1]):
        return True
    return any(map(_FAMILY_INITIALS.fullmatch, (family, *named)))


def _is_name(text: str, *, most: int) -> bool:
    words = _NICKNAME.sub("", text).split()
    if not 0 < len(words) <= most:
        return False
    if len(words) > 1 and any(word.lower() in _TITLE_WORDS for word in words):
        return False
    return any(map(str.isupper, "".join(words))) and all(
        bool(_WORD.fullmatch(word)) and (word[0].isupper() or word in _PARTICLES or "-" in word or "'" in word)
        for word in words
    )


def _is_body(text: str) -> bool:
    return " " in text and stays_whole(text.split())


def _is_family_list(named: Sequence[str], numbers: Sequence[str]) -> bool:
    """Recognise `Umpama, Contoh, Misal, Trade Review, 14`: family names alone, before a source with its volume only."""
    if len(numbers) > 1:
        return False
    if len(named) == 1:
        return len(numbers) == 1 and numbers[0][0].isdigit() and len(named[0].split()) < _LEAST_TITLE
    is_one = " " not in named[0] or _is_name(named[0], most=2)
    return is_one and named[1][:1].isupper() and len(named[1].split()) > 1


def is_publisher(text: str) -> bool:
    """Recognise a piece that names a publisher, or what only books print.

    Examples
    --------
    >>> is_publisher("Oxford University Press"), is_publisher("Nature")
    (True, False)
    """
    return bool(_PUBLISHER.search(text))


def title_and_source(pieces: Sequence[str], *, volume: str, page: str) -> tuple[str, str]:
    """Divide the text between the authors and the volume, cut at its commas, into title and source.

    The last piece is the source, with those before it that belong to its name: a bracket that is still open, a list
    (`Technology, Market, and Complexity`), a section, an abbreviation, a meeting and its acronym. A source begins with
    a capital letter. Where nothing is left before it, the work is a book, and its title the source.

    Examples
    --------
    >>> title_and_source(["Rents", "wages and trade", "Trade Review"], volume="3", page="")
    ('Rents, wages and trade', 'Trade Review')
    >>> title_and_source(["On rents", "Journal of Trade", "Rents and Wages"], volume="3", page="")
    ('On rents', 'Journal of Trade, Rents and Wages')
    >>> title_and_source(["Rents: Causes", "effects", "and remedies"], volume="", page="1")
    ('', 'Rents: Causes, effects, and remedies')
    """
    named = [piece for piece in pieces if len(piece) > _LONGEST_STATUS or not _STATUS.fullmatch(piece)]
    if any("(" in piece for piece in named[:-1]):
        named = _balanced(named)
    if len(named) > 1 and not volume and _PUBLISHER.search(named[-1]):
        named = named[:-1]
        if not page or len(named) == 1:
            return "", ", ".join(named)
    cut = max(len(named) - 1, 0)
    while cut > 0 and (before := _joined_before(named, cut)):
        cut = max(cut - before, 0)
    return ", ".join(named[:cut]), ", ".join(named[cut:])


def _balanced(pieces: Sequence[str]) -> list[str]:
    """Join pieces that are in one bracket: `Review (Institution of Engineers, India)`."""
    named: list[str] = []
    depth = 0
    for piece in pieces:
        if depth > 0 and ")" in piece:
            named[-1] += f", {piece}"
            depth = 0
        else:
            named.append(piece)
            depth = piece.count("(") - piece.count(")")
    return named


def _joined_before(named: Sequence[str], cut: int) -> int:
    """Count the pieces before a source that belong to it; it begins at `cut`."""
    piece, before = named[cut], named[cut - 1]
    if _AND.match(piece):  # a list with a comma before its `and` has three members or more
        return 2
    word, _, rest = piece.partition(" ")
    if word.islower() and word.isalpha() and not (word in _SMALL_FIRST and rest[:1].isupper()):
        return 1
    if _SECTION.match(piece) or (cut > 1 and "." in before and len(before) <= 60 and _SHORT_WORDS.fullmatch(before)):
        return 1
    if _ACRONYM.fullmatch(piece) and _MEETING.search(before):
        return 1
    return int(cut > 1 and bool(_PAIR.fullmatch(piece)) and _begins_list(before, named[cut - 2]))


def _begins_list(before: str, title: str) -> bool:
    """Recognise `Journal of Money`, and `Digital Policy` after a title in small letters, before `… and …`."""
    if _PERIODICAL.match(before):
        return True
    words = title.split()
    in_small_letters = len(words) > 3 and sum(word.islower() and len(word) > 3 for word in words) > 1
    return in_small_letters and len(before) <= 25 and all(word[0].isupper() for word in before.split())
