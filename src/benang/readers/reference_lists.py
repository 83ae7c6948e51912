"""References in an export: lists parted where one ends and the next begins, and authors as references print them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from benang.readers.values import authors_of
from benang.records.references.keys import author_part
from benang.records.references.scopus import begins_with_authors

_CENTURIES = frozenset({"(1", "(2"})
_YEAR = re.compile(r"\((?:1[4-9]|20)[0-9]{2}[a-z]?\)")
_ENDS_IN_NUMBERS = re.compile(r"(?:, |pp?\. )[0-9][^,\s]{0,20}$")
_LINK = re.compile(r"(?:https?:|www\.|doi)", re.IGNORECASE)
_FEW = 2  # commas in a reference that names an author and a title, or a title, a source and a volume
# The end of a reference of Dimensions: …|pub.1000000009|12 or …|12]
_DIMENSIONS_END = re.compile(r"\|(?:pub\.[0-9]{4,14}\|[0-9]{0,9}\]?|[^|\[\]]{0,40}\])\s?$")
_LEAST_BARS, _MOST_BARS = 5, 12


def joined_halves(pieces: Sequence[str]) -> tuple[str, ...]:
    """Put references together again that were cut at a semicolon in their titles.

    Such a first half has no year, though the second has; the second begins with a small letter that is no author's, or
    ends a bracket that the first opened, or lacks an author where the first has author and title and nothing else.

    Examples
    --------
    >>> joined_halves(("Umpama, Ani, Rents in towns", "a case of three, Trade Review, 3, 2, (2022)", "Fees, (2001)"))
    ('Umpama, Ani, Rents in towns; a case of three, Trade Review, 3, 2, (2022)', 'Fees, (2001)')
    """
    if _CENTURIES.issuperset([piece[-6:-4] for piece in pieces]):
        return tuple(pieces)
    whole: list[str] = []
    for piece in pieces:
        if whole and not _has_year(whole[-1]) and _has_year(piece) and _goes_on(whole[-1], piece):
            whole[-1] += f"; {piece}"
        else:
            whole.append(piece)
    return tuple(whole)


def _has_year(text: str) -> bool:
    """Tell a reference with a year in brackets; most end with it."""
    return (text[-6:-4] in _CENTURIES and text[-1:] == ")") or bool(_YEAR.search(text))


def _goes_on(first: str, second: str) -> bool:
    if first.count(", ") < _FEW or _ENDS_IN_NUMBERS.search(first):
        return False
    if first.rfind("[") > first.rfind("]") and "]" in second.partition("[")[0]:
        return True
    if second.count(", ") < _FEW or _LINK.match(second) or begins_with_authors(second):
        return False
    return second[:1].islower() or (second[:1].isalpha() and begins_with_authors(first, in_full=True))


def is_dimensions_list(value: str) -> bool:
    """Tell a list of references as Dimensions writes it, by its first bracket and its bars."""
    return value.startswith("[") and value.count("|") >= _LEAST_BARS


def dimensions_list(value: str) -> tuple[str, ...]:
    """Part the references of Dimensions, whose lists of authors have semicolons of their own.

    Each ends with the work's id and how often it is cited, or with the bracket around it. That bracket is taken off.

    Examples
    --------
    >>> one, two = "[Umpama, A.; Contoh, B.]|[ur.1; ur.2]|J|2001|3|1|1-9||pub.1009|12", "[]|[]|J|2003||||||pub.1010|0"
    >>> dimensions_list(f"{one};{two}") == (one, two)
    True
    >>> dimensions_list("[Umpama, A.; Contoh, B.||J|2001|3|1|1-9||pub.1009|12];[||J|2003|||||pub.1010|0]")
    ('Umpama, A.; Contoh, B.||J|2001|3|1|1-9||pub.1009|12', '||J|2003|||||pub.1010|0')
    """
    references: list[str] = []
    pieces: list[str] = []
    bars = 0
    for piece in value.split(";"):
        if bars > _MOST_BARS and piece.lstrip().startswith("["):  # one without an end swallows no other
            references.append(";".join(pieces))
            pieces, bars = [], 0
        pieces.append(piece)
        bars += piece.count("|")
        if bars >= _LEAST_BARS and _DIMENSIONS_END.search(piece):
            references.append(";".join(pieces))
            pieces, bars = [], 0
    references.append(";".join(pieces))
    return tuple([one for reference in references if (one := _unwrapped(reference.strip()))])


def _unwrapped(reference: str) -> str:
    """Take off the brackets around a whole reference; one around its authors stays."""
    if reference.startswith("[") and reference.endswith("]") and not 0 <= reference.find("]") < reference.find("|"):
        return reference[1:-1].strip()
    return reference


def short_names(full: Sequence[str], short: Sequence[str]) -> Mapping[str, str]:
    """Return the short names for `Record.raw`, where the first of them is another to references than the full one.

    `full` are names as records have them, `short` those that are printed.

    Web of Science prints *Buechi, J* in its references for *Büchi, Jürg*, and *Umpama, SM* for *Umpama Misal, Sari*.

    Examples
    --------
    >>> short_names(("Büchi, Jürg", "Contoh, Ani"), ("Buechi, J", "Contoh, A"))
    {'authors': 'Buechi, J; Contoh, A'}
    >>> short_names(("Umpama, Ani",), ("Umpama, A",))
    {}
    """
    first = authors_of(short[:1])
    if not full or not first or _begins(full[0]) == _begins(first[0]) or author_part(full[0]) == author_part(first[0]):
        return {}
    return {"authors": "; ".join(authors_of(short))}


def _begins(name: str) -> str:
    """Return family name and first initial as they are printed: where these agree, no more need be compared."""
    return name[: name.find(", ") + 3]
