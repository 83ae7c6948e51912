"""Cited references as people write them: APA, Harvard, Vancouver, IEEE, Chicago, MLA."""

from __future__ import annotations

import re

from benang.records.cited import CitedReference, database_author, dois_in
from benang.records.names import inverted_name

_LINK = re.compile(r"https?://\S{1,500}|\bdoi:? ?10\.\S{1,300}|\bPMID:? ?[0-9]{1,9}", re.IGNORECASE)
_YEAR_IN_BRACKETS = re.compile(r"\(((?:1[4-9]|20)[0-9]{2})[a-z]?(?:,[^()]{0,30})?\)")
_YEAR = re.compile(r"(?<![\w./:-])((?:1[4-9]|20)[0-9]{2})(?=[a-z]?(?:[\s.,;:)\]]|$))")
# 2010 Jan;12(3):34-56
_VANCOUVER = re.compile(
    r"((?:1[4-9]|20)[0-9]{2})[^;:()]{0,20}; ?(?:([\w-]{1,12}(?: Suppl(?: [0-9]{1,3})?)?) ?(?:\(([^()]{1,30})\))? ?)?(?:: ?([\w.]{1,16}))?"
)
_VANCOUVER_PAGES = re.compile(r"\b((?:1[4-9]|20)[0-9]{2}): ?([A-Za-z]{0,4}[0-9]{1,8})[-–]")
# 12(3), 34-56 and 12, 34-56 and 12, no. 3, pp. 34-56 and 12(3): 34
_VOLUME = re.compile(
    r"(?:,|\.|\bvol(?:ume)?\.?|\bjilid|\s) ?([A-Z]?[0-9]{1,4}) ?"
    r"(?:\(([^()]{1,30})\)|,? (?:no|nomor|iss|issue)\.? ?([\w-]{1,10}))?"
    r"(?: ?\((?:1[4-9]|20)[0-9]{2}\))?[,:]? ?(?:\b(?:pp?|hlm|hal|halaman|pages?)\.? ?|art(?:icle|\.)? ?(?:no\.?)? ?)?"
    r"([A-Za-z]{0,4}[0-9]{1,8})(?![\w])",
    re.IGNORECASE,
)
_VOLUME_ALONE = re.compile(
    r"(?:\bvol(?:ume)?\.?|\bjilid) ?([A-Z]?[0-9]{1,4})|, ?([0-9]{1,4}) ?\(([^()]{1,30})\)", re.IGNORECASE
)
_PAGES = re.compile(r"\b(?:pp?|hlm|hal|halaman|pages?)\.? ?([A-Za-z]{0,4}[0-9]{1,8})", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”«]([^\"“”«»]{3,500})[\"“”»]|(?<![\w])['‘]([^‘\"“”]{3,400}?)[’'](?=[,.;\s]|$)")
_AUTHOR_END = re.compile(r" (?:and|dan|et al\.?|dkk\.?|y|und|et|with) |,? ?& |; |, et al\.?|, dkk\.?", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[^\W_]{3})[.?!] |(?<=[)\d”\"])\. ")


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
    body = " ".join(_LINK.sub(" ", text).split()).strip(" ,;")
    dois = dois_in(text)
    if found := _VANCOUVER.search(body):
        head, year, volume, issue, page = body[: found.start()], int(found[1]), found[2], found[3], found[4]
        authors, title, source = _sentences(head)
    else:
        year, authors, title, source, volume, issue, page = _dated(body)
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


_Dated = tuple[int | None, tuple[str, ...], str, str, str, str, str]


def _dated(body: str) -> _Dated:
    """Take apart styles with the year behind the authors, or somewhere else."""
    quoted = _QUOTED.search(body)
    found = _YEAR_IN_BRACKETS.search(body) or _YEAR.search(body)
    if found is None:
        authors, title, source = _sentences(body)
        return None, authors, title, source, "", "", ""
    year = int(found[1])
    early = (
        found.start() < 200 and not (quoted and quoted.start() < found.start()) and _is_authors(body[: found.start()])
    )
    if quoted:
        head = body[: min(quoted.start(), found.start()) if early else quoted.start()]
        title, tail = (quoted[1] or quoted[2]).strip(" ,."), body[quoted.end() :].strip(" ,.")
        authors = _authors(head)
    elif early:
        authors = _authors(body[: found.start()])
        tail = body[found.end() :].strip(" .,:)")
        title, tail = _split_sentence(tail)
    else:
        authors, title, tail = _sentences(body)
    volume, issue, page, source = _numbers(tail)
    return year, authors, title, source, volume, issue, page


def _is_authors(head: str) -> bool:
    """Tell whether what stands before the year can be authors alone: no sentence of its own in it."""
    return len(_SENTENCE.split(head.strip(" (,."))) == 1


def _split_sentence(text: str) -> tuple[str, str]:
    cut = _SENTENCE.search(text)
    return (text[: cut.start()], text[cut.end() :]) if cut else (text, "")


def _sentences(text: str) -> tuple[tuple[str, ...], str, str]:
    """Split `Authors. Title. Source.`; with two sentences the first are authors where it looks so."""
    parts = [part.strip(" ,.") for part in _STOPS.split(text) if part.strip(" ,.")]
    while len(parts) > 2 and _is_abbreviation(parts[-1]) and _is_abbreviation(parts[-2]):
        parts[-2:] = [f"{parts[-2]}. {parts[-1]}"]
    if not parts:
        return (), "", ""
    if len(parts) == 1:
        return (), "", parts[0]
    if _VANCOUVER_AUTHORS.match(parts[0]):
        return _authors(parts[0]), parts[1] if len(parts) > 2 else "", parts[-1]
    return _authors(parts[0]) if len(parts) > 2 else (), parts[-2] if len(parts) > 2 else parts[0], parts[-1]


_STOPS = re.compile(r"(?<![\s.-][^\W\d_])[.?] ")  # not behind an initial


def _is_abbreviation(part: str) -> bool:
    """Tell a piece of `J. Appl. Phys.` from a title."""
    words = part.split()
    return len(words) <= 6 and all(len(word) <= 7 and word[:1].isupper() for word in words)


_VANCOUVER_AUTHORS = re.compile(r"[^\W\d_][\w'’ -]{0,60} [A-Z]{1,4}(?:,|$| et)")


def _authors(head: str) -> tuple[str, ...]:
    """Return the authors; only the first is sure to be cut out right."""
    text = head.strip(" (,.;:")
    if not text:
        return ()
    pieces = [piece.strip(" ,") for piece in _AUTHOR_END.split(f"{text} ") if piece.strip(" ,")]
    if not pieces:
        return ()
    words = pieces[0].split(", ")
    if len(words) >= 2 and (_GIVEN.fullmatch(words[1]) or len(words) == 2 and " " not in words[0].strip()):
        first = f"{words[0]}, {words[1]}"
        if head.strip().startswith(first) and head.strip()[len(first) : len(first) + 1] == ".":
            first += "."
    else:
        first = database_author(words[0]) if _VANCOUVER_AUTHORS.match(words[0]) else inverted_name(words[0])
    return (first,)


_GIVEN = re.compile(r"(?:-?[^\W\d_]\.?[- ]?){1,6}")


def _numbers(tail: str) -> tuple[str, str, str, str]:
    """Return volume, issue, page and source of what stands behind the title."""
    bare = _YEAR_IN_BRACKETS.sub("", tail)
    if found := _VOLUME.search(bare):
        return found[1], found[2] or found[3] or "", found[4], bare[: found.start()]
    if found := _VOLUME_ALONE.search(bare):
        page = _PAGES.search(bare, found.end())
        return found[1] or found[2], found[3] or "", page[1] if page else "", bare[: found.start()]
    if found := _PAGES.search(bare):
        return "", "", found[1], bare[: found.start()]
    return "", "", "", bare
