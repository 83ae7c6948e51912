"""Keywords as their lists hold them: what parts them, and the marks around them that are no part of them.

RIS has one a line, or all in one line with separators between them, as journals on OJS write them. Scopus's older
BibTeX ran groups of several vocabularies together at commas. A group (Compendex's controlled and uncontrolled terms and
main heading, GEOBASE, EMTREE, MeSH) has semicolons between its keywords and is in alphabetical order; the
next group follows behind a comma: `Algorithms; Computing, Building; Costs`. A comma may also belong to a keyword: MeSH
turns headings round, `Models, Biological`. The alphabet distinguishes most of them. Exports since about 2023 part
groups at semicolons, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from benang.readers import Remarks
from benang.readers.dialects import EPPI_MARKS
from benang.readers.values import split_list

_COMMA = re.compile(r",(?=\s)|(?<=[^\W\d_]{2}),(?=[^\W\d_]{2})")  # not within `2,4-D` and `N,N-dimethyl`
_MANY = 3  # `Receptors, Tumor Necrosis Factor, Type I` has two commas; hardly any keyword has three
_SHARE = 1.5  # commas a piece, from which a semicolon slipped into a list that commas part
_LABEL = re.compile(
    r"\s*(?:key[\s-]?words?(?: and phrases)?|index terms|kata[\s-]?kunci|palabras clave|mots[\s-]cl[ée]s"
    r"|palavras-chave)\s?[:：—–]\s*",
    re.IGNORECASE,
)
_STAR = re.compile(r"\A\*+\s*(?=[\w\"'(])|(?<=/)\*|(?<=\[)\*|(?<=, )\*(?=[a-z ,&]{1,60}\])")
_BULLET = re.compile(r"\A[-–—•·▪,;:.]{1,3}\s+")
_CUT = re.compile(r"(?<!\s)\s*(?:(?<!\.)\.{3,}|…)\Z")  # each run is begun at its first character alone
_STOP = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,})\.\Z")
_SHORTENED = frozenset({"approx", "assoc", "corp", "dept", "etc", "inc", "ltd", "spp", "ssp", "subsp", "univ", "var"})
_LONG = 5  # letters from which a word with a capital is no abbreviation
_TIDY = re.compile(r"[A-Za-z0-9](?:[^*:—]*[A-Za-z0-9)])?")  # as most keywords are: nothing to take off

_BRACKET = re.compile(r"[(\[]")
_SEPARATORS = (" / ", ",")
_NONE = EPPI_MARKS | {"n/a", "N/A"}  # the latter of MDPI

_GROUP_MARK = ", "
_MESH = frozenset({"Humans", "Animals", "Female", "Male", "Adult"})
"""Headings of which MeSH gives one at least to nearly every record, written so by no other vocabulary."""
_MOST_COMMAS = 4


def keyword_list(text: str, *, commas: bool = False) -> tuple[str, ...]:
    """Split a list of keywords at semicolons; at commas too, where a semicolon slipped into a list of commas.

    A semicolon within brackets separates nothing. Commas part where one piece between semicolons has three at least
    and there are one and a half a piece: a heading such as `Child, Preschool` has one. In a file that is known to part
    keywords by `commas`, one a piece is enough.

    Examples
    --------
    >>> keyword_list("rent, stalls, permits, towns; vendors"), keyword_list("Child, Preschool; Models, Biological")
    (('rent', 'stalls', 'permits', 'towns', 'vendors'), ('Child, Preschool', 'Models, Biological'))
    >>> keyword_list("(Ga;Mn)As; R&D; salt &amp; pepper")
    ('(Ga;Mn)As', 'R&D', 'salt &amp; pepper')
    """
    pieces = split_list(text.replace("；", ";"))
    if "(" in text and len(pieces) > 1:
        pieces = _closed(pieces)
    if "," not in text or len(pieces) < 2:
        return pieces
    counts = [len(_COMMA.findall(piece)) for piece in pieces]
    if sum(counts) < len(pieces) if commas else max(counts) < _MANY or sum(counts) < _SHARE * len(pieces):
        return pieces
    return tuple([one for piece in pieces for one in parted_by_commas(piece)])


def _closed(pieces: Sequence[str]) -> tuple[str, ...]:
    """Join what a semicolon within brackets parted; a bracket that nothing closes is none."""
    closed: list[str] = []
    for piece in pieces:
        last = closed[-1] if closed else ""
        if last.count("(") > last.count(")") and piece.count(")") > piece.count("("):
            closed[-1] = f"{last};{piece}"
        else:
            closed.append(piece)
    return tuple(closed)


def parted_by_commas(text: str) -> tuple[str, ...]:
    """Split at commas, but not at those within brackets and names of chemistry.

    Examples
    --------
    >>> parted_by_commas("kota,desa, kembar (a, b), 2,4-D")
    ('kota', 'desa', 'kembar (a, b)', '2,4-D')
    """
    pieces: list[str] = []
    depth = 0
    for part in _COMMA.split(text):
        if depth > 0:
            pieces[-1] += f",{part}"
        else:
            pieces.append(part)
        depth = max(depth + part.count("(") - part.count(")"), 0)
    return tuple([one for piece in pieces if (one := piece.strip())])


def tidy_keywords(keywords: Sequence[str]) -> Sequence[str]:
    """Take off what is no part of keywords; those of which nothing is left are dropped.

    That is: the star of a main topic of MeSH, a label such as `Keywords:` before the first, bullets, the full stop
    that ends a list, dots where a program cut it, and pieces of punctuation alone.

    Examples
    --------
    >>> tidy_keywords(["Keywords: rent", "*Markets", "Rent/*economics", ")", "~", "...", "sister city."])
    ('rent', 'Markets', 'Rent/economics', 'sister city')
    >>> tidy_keywords(["C*-algebras", "A* search", "Zea mays L.", "U.S.", "C++", ".NET"])
    ['C*-algebras', 'A* search', 'Zea mays L.', 'U.S.', 'C++', '.NET']
    """
    doubtful = [at for at, keyword in enumerate(keywords) if not _TIDY.fullmatch(keyword)]
    if not doubtful:
        return keywords
    tidied = {at: _tidy(keywords[at], first=not at) for at in doubtful}
    if all(tidied[at] == keywords[at] for at in doubtful):
        return keywords
    return tuple([text for at, keyword in enumerate(keywords) if (text := tidied.get(at, keyword))])


def _tidy(keyword: str, *, first: bool) -> str:
    text = _LABEL.sub("", keyword, count=1) if first and _LABEL.match(keyword) else keyword
    text = _BULLET.sub("", text.strip())
    if "*" in text:
        text = _STAR.sub("", text)
    if not any(letter.isalnum() or _is_symbol(letter) for letter in text):
        return ""
    text = _CUT.sub("", text).rstrip(",: ")
    end = _STOP.search(text)
    if end and text.count(".") == 1 and _ends(end[1]):
        text = text[:-1]
    return text


def _is_symbol(letter: str) -> bool:
    return not letter.isascii() and unicodedata.category(letter).startswith("S")


def _ends(word: str) -> bool:
    """Tell whether a full stop after a word ends a list, and no abbreviation."""
    return word.lower() not in _SHORTENED and (word.islower() or len(word) >= _LONG)


def lists_in(data: bytes, tag: bytes = b"KW  -") -> frozenset[str]:
    r"""Return which separators a file puts between the keywords of one line, apart from the semicolon.

    They count where no record has two lines of keywords, and where one line at least has a separator twice.

    Examples
    --------
    >>> sorted(lists_in(b"\nKW  - kota, desa, sister city\nER  - \n"))
    [',']
    >>> lists_in(b"\nKW  - Child, Preschool\nKW  - Models, Biological, Large\nER  - \n")
    frozenset()
    """
    if re.search(rb"\n%b[^\n]*\n%b" % (tag, tag), data):
        return frozenset()
    missing = {mark: mark.encode() for mark in _SEPARATORS}
    for match in re.finditer(rb"\n%b([^\n]*)" % tag, data):
        for mark in [mark for mark, written in missing.items() if match[1].count(written) >= 2]:
            del missing[mark]
        if not missing:
            break
    return frozenset(_SEPARATORS) - frozenset(missing)


def keywords_of(place: int, lines: Sequence[str], lists: frozenset[str], remarks: Remarks) -> tuple[str, ...]:
    """Return the keywords of one record; what is split is noted.

    A semicolon always separates. A comma or a slash does where it is the only line of keywords and outside brackets: in
    a file that writes such `lists`, and elsewhere where it occurs at least three times.

    Examples
    --------
    >>> remarks = Remarks()
    >>> keywords_of(1, ["kebijakan, sister city"], frozenset({","}), remarks)
    ('kebijakan', 'sister city')
    >>> keywords_of(2, ["Models, Biological, Large"], frozenset(), remarks)
    ('Models, Biological, Large',)
    """
    if not lines:
        return ()
    separator = _separator(lines, lists)
    if separator:
        remarks.habit("Keywords given in one line were split at '{mark}'", place, mark=separator.strip())
    parts: list[str] = []
    for line in lines:
        if ";" in line:
            parts.extend(keyword_list(line, commas="," in lists))
        elif separator == ",":
            parts.extend(parted_by_commas(line))
        else:
            parts.extend(line.split(separator) if separator else (line,))
    keywords = tidy_keywords([keyword for given in parts if (keyword := given.strip())])
    return tuple([keyword for keyword in keywords if keyword not in _NONE])


def _separator(lines: Sequence[str], lists: frozenset[str]) -> str:
    for line in lines:
        if ";" in line and len(split_list(line)) > 1:
            return ";"
    filled = [line for line in lines if line]
    if len(filled) != 1 or _BRACKET.search(filled[0]):
        return ""
    counts = {mark: filled[0].count(mark) for mark in _SEPARATORS}
    return next((mark for mark, count in counts.items() if count >= _MANY or (count and mark in lists)), "")


def joins_groups(values: Iterable[Sequence[str]]) -> bool:
    """Tell whether a file joins groups at commas: there is a comma wherever the alphabet begins anew.

    Examples
    --------
    >>> joins_groups([("Costs", "Rent, Algorithms", "Networks")]), joins_groups([("Costs", "Rent", "Algorithms")])
    (True, False)
    """
    plain = with_comma = 0
    for value in values:
        for one, following in pairwise(value):
            if one.casefold() > following.casefold():
                if _GROUP_MARK in one or _GROUP_MARK in following:
                    with_comma += 1
                else:
                    plain += 1
    return with_comma >= plain


def parted_groups(value: str) -> tuple[str, ...]:
    """Return the index keywords of one record, groups that were run together at commas parted.

    Examples
    --------
    >>> parted_groups("Algorithms; Computing, Building; Costs; Markets")
    ('Algorithms', 'Computing', 'Building', 'Costs', 'Markets')
    >>> parted_groups("Costs; Rent, human; urban area, Adult; Child, Preschool; Female; Models, Biological")
    ('Costs', 'Rent', 'human', 'urban area', 'Adult', 'Child, Preschool', 'Female', 'Models, Biological')
    """
    keywords = split_list(value)
    if _GROUP_MARK not in value:
        return keywords
    mesh = _mesh_run(keywords)
    parts: list[str] = []
    for at, keyword in enumerate(keywords):
        if _GROUP_MARK not in keyword or at in mesh:
            parts.append(keyword)
            continue
        following = keywords[at + 1] if at + 1 < len(keywords) else ""
        parts.extend(_best(keyword, parts[-1] if parts else "", following))
    return tuple(parts)


def _mesh_run(keywords: Sequence[str]) -> range:
    """Return the places of the keywords in order around a heading of MeSH; a comma there belongs to its keyword."""
    at = next((at for at, keyword in enumerate(keywords) if keyword in _MESH), -1)
    if at < 0:
        return range(0)
    order = [keyword.casefold() for keyword in keywords]
    first, last = at, at
    while first and order[first - 1] <= order[first]:
        first -= 1
    while last + 1 < len(order) and order[last] <= order[last + 1]:
        last += 1
    return range(first, last + 1)


def _best(keyword: str, before: str, following: str) -> tuple[str, ...]:
    """Return the way of parting that keeps the alphabet on both sides; where several do, the one with most parts."""
    pieces = keyword.split(_GROUP_MARK)
    if len(pieces) > _MOST_COMMAS:
        return (keyword,)
    before, following = before.casefold(), following.casefold()

    def rank(way: tuple[str, ...]) -> tuple[int, int]:
        out_of_order = (way[0].casefold() < before) + (bool(following) and way[-1].casefold() > following)
        return out_of_order, -len(way)

    return min(_ways(pieces), key=rank)


def _ways(pieces: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Give every way to join neighbouring pieces again."""
    for joins in range(1 << (len(pieces) - 1)):
        way = [pieces[0]]
        for at, piece in enumerate(pieces[1:]):
            if joins >> at & 1:
                way[-1] += f"{_GROUP_MARK}{piece}"
            else:
                way.append(piece)
        yield tuple(way)
