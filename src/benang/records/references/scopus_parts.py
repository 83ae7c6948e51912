"""The parts of a Scopus reference whose commas tell nothing: its first author, its title, its source.

Since 2023 Scopus names the first author alone, and in full. Title and source have commas of their own, so that words
tell where one ends and the next begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from benang.records.name_words import SUFFIXES
from benang.records.names import stays_whole

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
