"""Keywords as their lists hold them: what parts them, and the marks around them that are no part of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from benang.readers.values import split_list

_COMMA = re.compile(r",(?=\s)|(?<=[^\W\d_]{2}),(?=[^\W\d_]{2})")  # not within `2,4-D` and `N,N-dimethyl`
_MANY = 3  # a comma stands twice in `Receptors, Tumor Necrosis Factor, Type I`, hardly ever thrice in one keyword
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


def _ends(word: str) -> bool:
    """Tell a word behind which a full stop ends a list, no abbreviation."""
    return word.lower() not in _SHORTENED and (word.islower() or len(word) >= _LONG)


def _is_symbol(letter: str) -> bool:
    return not letter.isascii() and unicodedata.category(letter).startswith("S")


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
