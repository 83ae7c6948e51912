"""Cited references as people write them: APA, Harvard, Vancouver, IEEE, Chicago, MLA."""

from __future__ import annotations

import re

from benang.records.names import inverted_name
from benang.records.references.cited import CitedReference, database_author, dois_in

_LINK = re.compile(r"https?://\S{1,500}|\bdoi:? ?10\.\S{1,300}|\bPMID:? ?[0-9]{1,9}", re.IGNORECASE)
_YEAR_IN_BRACKETS = re.compile(r"\(((?:1[4-9]|20)[0-9]{2})[a-z]?(?:,[^()]{0,30})?\)")
_YEAR = re.compile(r"(?<![\w./:-])((?:1[4-9]|20)[0-9]{2})(?=[a-z]?(?:[\s.,;:)\]]|$))")
# 2010 Jan;12(3):34-56
_VANCOUVER = re.compile(
    r"((?:1[4-9]|20)[0-9]{2})[^;:()]{0,20}; ?"
    r"(?:([\w-]{1,12}(?: Suppl(?: [0-9]{1,3})?)?) ?(?:\(([^()]{1,30})\))? ?)?(?:: ?(\w{1,16}))?"
)
# 12(3), 34-56 and 12, 34-56 and 12, no. 3, pp. 34-56 and 12(3): 34 and 12 34-56
_VOLUME = re.compile(
    r"(?:[,.;]|\bvol(?:ume)?\.?|\bjilid|\s) ?([A-Z]?[0-9]{1,4})(?![\w-]) ?"
    r"(?:\(([^()]{1,30})\)|,? (?:no|nomor|iss|issue)\.? ?([\w-]{1,10}))?"
    r"[,: ]{0,4}(?:\b(?:pp?|hlm|hal|halaman|pages?)\.? ?|\bart(?:icle|\.)? ?(?:no\.?)? ?)?"
    r"([A-Za-z]{0,4}[0-9]{1,8})(?!\w)",
    re.IGNORECASE,
)
_VOLUME_ALONE = re.compile(
    r"(?:\bvol(?:ume)?\.?|\bjilid) ?([A-Z]?[0-9]{1,4})(?!\w)|, ?([0-9]{1,4}) ?\(([^()]{1,30})\)|; ?([0-9]{1,4})$",
    re.IGNORECASE,
)
_PAGES = re.compile(r"\b(?:pp?|hlm|hal|halaman|pages?)\.? ?([A-Za-z]{0,4}[0-9]{1,8})(?!\w)", re.IGNORECASE)
_QUOTED = re.compile(
    r"[\"“”«]([^\"“”«»]{8,500})[\"“”»]"  # or in single quotation marks, where no apostrophe can occur
    r"|(?:^|(?<=\) )|(?<=, ))['‘]([^‘\"“”]{8,400}?)[’'](?=[,.;\s]|$)"
)
_AUTHOR_END = re.compile(r" (?:and|dan|et al\.?|dkk\.?|y|und|et|with) |,? ?& |; |, et al\.?|, dkk\.?", re.IGNORECASE)
# What follows belongs to the link or the reader, not to the work.
_ACCESS = re.compile(
    r"[\s.,(\[](?:retrieved|(?:last )?access(?:ed)?|available (?:at|from|online)|diakses|tersedia (?:di|pada)|cited on)"
    r"(?:[\s:]|$).*",
    re.IGNORECASE,
)
_RECORD_NUMBER = re.compile(r"(?<!\S)[0-9]{4}-[0-9]{5}-[0-9]{3}\.?(?!\S)")  # PsycInfo's
_PUBLISHER = re.compile(
    r": |\b(?:press|publish\w*|verlag|inc|ltd|books|penerbit|springer|sage|routledge|wiley)\b", re.IGNORECASE
)
_PLACE = re.compile(r"[^,]{2,40}, [^,]{2,30}")  # Alfabeta, Bandung
_UNDATED = re.compile(
    r"\((?:in press|forthcoming|n\.? ?d\.?|t\.? ?t\.?|dalam proses)()\)| (?:n\.d\.|t\.t\.)()", re.IGNORECASE
)
_IN_BOOK = re.compile(r"^(?:in|dalam):? (?:[^()]{0,200}\((?:eds?|hrsg|penyunting)\.?\)[.,:]* )?", re.IGNORECASE)

_Dated = tuple[int | None, tuple[str, ...], str, str, str, str, str]

_STOPS = re.compile(r"(?:(?<![\s.(-][^\W\d_])[.]|[?!]\.?) ")  # not behind an initial

_VANCOUVER_AUTHORS = re.compile(r"[^\W\d_][\w'’ -]{0,60} [A-Z]{1,4}(?:,|$| et)")

_VANCOUVER_LIST = re.compile(
    r"(?:[^\W\d_][\w'’ -]{0,60} [A-Z]{1,4}, ){0,99}(?:[^\W\d_][\w'’ -]{0,60} [A-Z]{1,4}|et al)\. "
)
_GLUED = re.compile(r"([^\W\d_][^\W\d_'’-]{0,30}[^\W\d_A-Z])([A-Z]{1,3})")  # ChambersHR
_GIVEN = re.compile(r"(?:-?[^\W\d_a-z]\.?[- ]?){1,6}")


def parse_text(raw: str, text: str, identifiers: tuple[str, ...] = ()) -> CitedReference:
    """Take apart a reference in one of the styles that people write; what is not found stays empty.

    Examples
    --------
    >>> one = "Kendall, P.C., and Rifkin, L.S. (2020). Parental accommodation. Curr Psychiatry Rep., 22(9), 49."
    >>> cited = parse_text(one, one)
    >>> cited.authors[0], cited.year, cited.title, cited.source, cited.volume, cited.page
    ('Kendall, P.C.', 2020, 'Parental accommodation', 'Curr Psychiatry Rep', '22', '49')
    >>> one = "Frank HE, Kagan ER, et al. Accommodation of anxiety. J Clin Child Psychol. 2020 Jan;12(3):34-56."
    >>> cited = parse_text(one, one)
    >>> cited.authors[0], cited.year, cited.title, cited.source, cited.volume, cited.page
    ('Frank, HE', 2020, 'Accommodation of anxiety', 'J Clin Child Psychol', '12', '34')
    """
    body = _RECORD_NUMBER.sub(" ", _LINK.sub(" ", text))
    body = _ACCESS.sub("", " ".join(body.split()).strip(" ,;"))
    dois = dois_in(text)
    match, bracketed = _VANCOUVER.search(body), _YEAR_IN_BRACKETS.search(body)
    year: int | None
    if match and not (bracketed and bracketed.start() < match.start()):
        year, volume, issue, page = int(match[1]), match[2], match[3], match[4]
        authors, title, source = _sentences(body[: match.start()])
    else:
        year, authors, title, source, volume, issue, page = _dated(body, bracketed)
    return CitedReference(
        raw,
        "text",
        authors=authors,
        year=year,
        title=title.strip(" .,"),
        source=source.strip(" .,"),
        volume=volume or "",
        issue=issue or "",
        page=page or "",
        dois=dois,
        identifiers=identifiers,
    )


def _sentences(text: str) -> tuple[tuple[str, ...], str, str]:
    """Split `Authors. Title. Source.`; of two sentences the first are authors where it looks so."""
    parts = _parts(text)
    if not parts:
        return (), "", ""
    if len(parts) == 1:
        return (), "", parts[0]
    if len(parts) > 2 or _VANCOUVER_AUTHORS.match(parts[0]):
        return _authors(parts[0]), ". ".join(parts[1:-1]), parts[-1]
    return (), parts[0], parts[1]


def _parts(text: str) -> list[str]:
    led = _VANCOUVER_LIST.match(text)
    lead, rest = (led[0], text[led.end() :]) if led else ("", text)
    parts = [part for piece in (lead, *_STOPS.split(rest)) if (part := piece.strip(" ,."))]
    while len(parts) > 2 and _is_abbreviation(parts[-1]) and _is_abbreviation(parts[-2]):
        parts[-2:] = [f"{parts[-2]}. {parts[-1]}"]
    return parts


def _is_abbreviation(part: str) -> bool:
    """Distinguish a piece of `J. Appl. Phys.` from a title."""
    words = part.split()
    return len(words) <= 3 and all(len(word) <= 8 and word[:1].isupper() for word in words)


def _authors(head: str) -> tuple[str, ...]:
    """Return the first author: how the others are parted from each other differs too much to be sure of them."""
    text = head.strip(" (,.;:")
    pieces = [piece.strip(" ,") for piece in _AUTHOR_END.split(f"{text} ") if piece.strip(" ,")]
    if not pieces:
        return ()
    words = pieces[0].split(", ")
    if glued := _GLUED.fullmatch(words[0]):
        return (f"{glued[1]}, {glued[2]}",)
    if len(words) >= 2 and (_GIVEN.fullmatch(words[1]) or (len(words) == 2 and " " not in words[0])):
        stopped = "." if head.startswith(f"{words[0]}, {words[1]}.") else ""
        return (f"{words[0]}, {words[1]}{stopped}",)
    return (database_author(words[0]) if _VANCOUVER_AUTHORS.match(words[0]) else inverted_name(words[0]),)


def _dated(body: str, bracketed: re.Match[str] | None) -> _Dated:
    """Take apart styles with the year behind the authors, or somewhere else."""
    quoted = _QUOTED.search(body)
    dated = bracketed or _UNDATED.search(body) or _YEAR.search(body)
    if dated is None:
        authors, title, source = _sentences(body)
        return None, authors, title, source, "", "", ""
    year = dated[1] or ""
    head = body[: dated.start()]
    early = dated.start() < 300 and len(_STOPS.split(head.strip(" (,."))) == 1
    if quoted and (not early or quoted.start() < dated.start() + 12):
        authors = _authors(body[: min(quoted.start(), dated.start())])
        title, tail = (quoted[1] or quoted[2]).strip(" ,."), body[quoted.end() :].strip(" ,.")
    elif early:
        authors, title, tail = _authors(head), "", body[dated.end() :].strip(" .,:;)")
    else:
        authors, title, tail = _sentences(body)
    if year:
        tail = re.sub(rf"(?:\(|(?<=[,.;] )){year}\)?(?!\w)", "", tail)
    volume, issue, page, before = _numbers(tail)
    if not title:
        title, before = _title_and_source(before)
    if not volume and not page and (not before or _PUBLISHER.search(before) or _PLACE.fullmatch(before.strip(" ."))):
        before = title  # a book: what is cited is its title
    return int(year) if year else None, authors, title, _IN_BOOK.sub("", before.strip()), volume, issue, page


def _numbers(tail: str) -> tuple[str, str, str, str]:
    """Return volume, issue, page and the text before them."""
    if match := _VOLUME.search(tail):
        return match[1], match[2] or match[3] or "", match[4], tail[: match.start()]
    if match := _VOLUME_ALONE.search(tail):
        page = _PAGES.search(tail, match.end())
        return match[1] or match[2] or match[4], match[3] or "", page[1] if page else "", tail[: match.start()]
    if match := _PAGES.search(tail):
        return "", "", match[1], tail[: match.start()]
    return "", "", "", tail


def _title_and_source(text: str) -> tuple[str, str]:
    """Split at the last full stop that is no abbreviation's."""
    parts = _parts(text)
    return (". ".join(parts[:-1]), parts[-1]) if len(parts) > 1 else (text, "")
