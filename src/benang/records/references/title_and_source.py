"""Where the title of a cited work ends and its source begins, when both have commas of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PUBLISHER = re.compile(
    r"\b(?:press|verlag|springer|wiley|elsevier|publish\w*|kluwer|mcgraw|pergamon|plenum|dekker|birkh.user|routledge|"
    r"sage|penguin|university|universit\w+|inc|ltd|ed|eds|editors?|edition)\b",
    re.IGNORECASE,
)
_SECTION = re.compile(r"(?:section|part|series|ser\.|sect\.|topics) |[A-H]$", re.IGNORECASE)
# J. Phys. D, Appl. Phys.: the first piece of a source that has commas of its own
_ABBREVIATED = re.compile(r"(?:[A-Z][\w'’-]*\.?:? ?|(?:of|and|the|on|in|für|de) ){1,7}")
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


def is_publisher(text: str) -> bool:
    """Tell a piece that names a publisher, or what only books print.

    Examples
    --------
    >>> is_publisher("Oxford University Press"), is_publisher("Nature")
    (True, False)
    """
    return bool(_PUBLISHER.search(text))


def title_and_source(pieces: Sequence[str], *, volume: str, page: str) -> tuple[str, str]:
    """Part what stands between the authors and the volume, cut at its commas, into title and source.

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
    """Put pieces together that stand in one bracket: `Review (Institution of Engineers, India)`."""
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
    if _SECTION.match(piece) or (cut > 1 and "." in before and len(before) <= 60 and _ABBREVIATED.fullmatch(before)):
        return 1
    if _ACRONYM.fullmatch(piece) and _MEETING.search(before):
        return 1
    return int(cut > 1 and bool(_PAIR.fullmatch(piece)) and _begins_list(before, named[cut - 2]))


def _begins_list(before: str, title: str) -> bool:
    """Tell `Journal of Money`, and `Digital Policy` behind a title in small letters, before `… and …`."""
    if _PERIODICAL.match(before):
        return True
    words = title.split()
    in_small_letters = len(words) > 3 and sum(word.islower() and len(word) > 3 for word in words) > 1
    return in_small_letters and len(before) <= 25 and all(word[0].isupper() for word in before.split())
