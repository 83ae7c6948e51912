"""Titles: what is in one and no part of it, what it announces, which identify a work, and when two are one.

Two are one letter for letter, or with slips. What is added to a title, and what it announces, is looked for in
titles without accents and in lower case.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from rapidfuzz.distance import OSA

from benang.records.references.cited import letters
from benang.records.spelling import folded

# Google Scholar and Publish or Perish say before the title what they found.
_BEFORE = re.compile(
    r"^(?:\s*\[(?:book|b|buku|html|pdf|doc|citation|c|cited|kutipan|doi|ps)\])+\s*|^\s*(?:retracted|withdrawn)"
    r"(?: article)?\s*[:.]\s*|^\s*\[(?:retracted|withdrawn)(?: article)?\]\s*"
)
# MEDLINE, Embase, Web of Science and EndNote add these behind it, in brackets: what happened to the work later, its
# language, the sort of text. A note "of" or "for" another work ("Retraction of …") is none: it announces a notice.
_NOTE = re.compile(
    r"\d{1,4} ref(?:erence)?s|review|see comments?|in process citation|abstract(?: no)?\.?:? ?[\w ./-]{0,20}|"
    r"(?:article )?in [a-z]{4,12}|[a-z]{4,12}ian|spanish|french|japanese|english|chinese|german|polish|turkish|"
    r"(?:published )?(?:errat(?:um|a)|corrigend(?:um|a)|retraction|expression of concern)"
    r"(?: (?:appears?|published))? in\b.*|"
    r"correction (?:appears?|published) in\b.*|comments? (?:in|on):?.*|(?:update|summary for patients) (?:in|of):.*|"
    r"corrected(?: (?:version|title|article|and republished article))?|(?:corrected and )?republished (?:in|from)\b.*|"
    r"(?:retracted|withdrawn)\b.*|(?:publication )?with (?:expression of concern\b.*|discussion)|"
    r"author'?s trans(?:l|lation)|letter|editorial|abstract|"
    r"meeting abstract|conference abstract|poster|oral|proceedings|online|electronic|internet"
)
_AT_THE_END = re.compile(
    r"\bla: ?[a-z]{2,10}[\s.]*$|"
    r"(?<=[.;,:?!]) *(?:published )?(?:errat(?:um|a)|retraction)(?: appears?| published)? in[ :].*$"
)
_WITHIN = re.compile(r"\s*\[(?:corrected|sic)\]")  # PubMed marks the word that it corrected
_OPENING = {"]": "[", ")": "("}
_LONGEST_NOTE = 300
_DOTS = re.compile(r"\s*(?:\.\.\.|…)\s*$")

_KINDS = (
    (
        "retraction notice",
        r"^(?:notice of )?retraction(?: notice)?(?: to| of|:|\s*-)|\bretraction(?: notice)?\W*$|[(\[]retraction of\b|"
        r"^(?:withdrawal|removal) notice\b|^notice of (?:withdrawal|removal)\b",
    ),
    (
        "expression of concern",
        r"^(?:editorial )?expression of concern|\bexpression of concern\W*$|"
        r"[(\[](?:editorial )?expression of concern\b",
    ),
    (
        "erratum",
        r"^(?:[\w'’]+ )?(?:errat(?:um|a)|corrigend(?:um|a)|correction|addendum|ralat|koreksi)\b"
        r"(?: and [a-z]+)?(?: (?:to|for|of)\b|\s*[:.\-–—(\[]|$)|"
        r"[:.\-–—(\[]\s*(?:[\w'’]+ )?(?:errat(?:um|a)|corrigend(?:um|a)|correction|addendum)\b[^:]{0,60}$|"
        r"[(\[](?:errat(?:um|a)|corrigend(?:um|a)|correction) (?:to|for|of)\b|"
        r"\b(?:errat(?:um|a)|corrigend(?:um|a)|(?:authors?|publishers?)(?:['’]s?)? correction)\W*$|"
        r"[(\[]vol\.? ?\d+,[^()\[\]]{0,60}[)\]]$",
    ),
    (
        "reply",
        r"^(?:(?:the )?authors?'?s? )?(?:reply|response|rejoinder)(?: (?:to|by|from)\b|\s*[:.\-–—]|$)|^in reply\b|"
        r"[:.\-–—(\[]\s*(?:(?:a |the )?(?:authors?'?s? )?(?:reply|response|rejoinder))\b[^:]{0,60}$|"
        r"\b(?:reply|rejoinder|authors?'?s? response)\W*$|^tanggapan (?:atas|terhadap|untuk)\b",
    ),
    (
        "comment",
        r"^(?:an? |invited |editorial )?comment(?:s|ary|aries)?(?: (?:to|on)\b|\s*[:.\-–—]|$)|^re:|^discussion of\b|"
        r"[:.\-–—(\[]\s*(?:an? |invited |editorial )?(?:comment(?:s|ary)?|discussion|letter)\b[^:]{0,40}$|"
        r"^letter to the editor\b",
    ),
    ("book review", r"^(?:book )?review of\b|^book reviews?\b|^resensi\b|[:.\-–—(\[]\s*book review\W*$"),
    ("protocol", r"\bprotocol\b(?: for\b.*)?\W*$|^(?:study |trial )?protocol (?:for|of)\b|\(protocol\)|"
     r"^study design (?:of|and)\b|\brationale and design\b"),
    ("preprint", r"[:\-–—(\[]\s*pre-?print\W*$"),
    ("summary", r"[:.\-–—(\[]\s*(?:executive )?summary\W*$"),
    ("editorial", r"^editorial\s*[:.\-–—]"),
)  # fmt: skip
NOTICES = frozenset(("retraction notice", "expression of concern", "erratum", "reply", "comment"))
"""Kinds of what is about another work and bears its title."""
_KIND_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
_STEMS = (
    "retract", "withdraw", "removal", "concern", "errat", "corrigend", "correction", "addend", "ralat", "koreksi",
    "vol", "repl", "respon", "rejoinder", "tanggapan", "comment", "re:", "discussion", "letter", "review", "resensi",
    "protocol", "design", "print", "summary", "editorial",
)  # fmt: skip
"""What every title that shows a kind contains: most titles have none, and need no search."""
LEAST_ALIKE = 85.0
"""Percent of letters, in their order, that two titles share that are worth comparing word by word."""
_WORD = re.compile(r"[^\W_]+")
_MARKUP = re.compile(r"<[^<>]{1,40}>|\[[A-Z](?:/OL)?\]")  # and the kind of work as Chinese journals print it: [J]
# Many works have titles of nothing but these words: Editorial, Book review, Introduction to the special issue
_SAID_OFTEN = (
    "a about abstract abstracts acknowledgements an and annual answer appendix article author authors background "
    "bibliography book books buku chapter comment commentary comments conclusion conclusions contents correction "
    "corrections corrigendum daftar dan dari debate discussion editor editorial editors erratum essay final for "
    "foreword from guest in index inhalt interview introducing introduction introductory issue isi kata kesimpulan "
    "letter letters literature message method methods new news note notes number obituary of on our overview paper "
    "part pendahuluan pengantar penutup perspective preface president proceedings prologue pustaka remarks reply "
    "report reports research resensi response results review reviews s section special summary supplement symposium "
    "table technical the theme thematic this to update volume welcome with your"
)
_GENERIC = frozenset(_SAID_OFTEN.split())
_ARTICLES = "a an the of on in to for and or by with from at as its de la el le der die das und et y dan di"
_LITTLE = frozenset(_ARTICLES.split())
_MOST_GENERIC = 12  # blanks in a title that says nothing of its own
_NUMERAL = re.compile(r"[0-9]|^(?:[ivx]+|first|second|third|one|two|three)$")
_SUBTITLE = re.compile(r"(?<=[^\s])(?:[:.?!] | [–—-]+ )")
_MAIN_WORDS, _MAIN_LETTERS = 4, 20
_DISTINCT_WORDS, _DISTINCT_LETTERS = 5, 25


def without_added(title: str) -> tuple[str, bool, bool]:
    """Return a title without what databases add, whether it stood in brackets as a whole, and whether it was cut off.

    Examples
    --------
    >>> without_added("[book] kota kembar [review] [45 refs]"), without_added("[sister cities].")
    (('kota kembar', False, False), ('sister cities', True, False))
    >>> without_added("kota kem…"), without_added("kota kembar (erratum appears in jurnal umpama. 2019;5(2):9)")
    (('kota kem', False, True), ('kota kembar', False, False))
    """
    bare = _BEFORE.sub("", title.strip())
    if "[" in bare:
        bare = _WITHIN.sub("", bare)
    ended = "la:" in bare or "errat" in bare or "retract" in bare
    for _ in range(4):
        shorter = _without_note(_AT_THE_END.sub("", bare) if ended else bare)
        if shorter == bare or not shorter.strip("[]() ."):
            break
        bare = shorter
    whole = bare.rstrip(" .")
    bracketed = whole.startswith("[") and whole.endswith("]") and "[" not in whole[1:]
    if bracketed:
        bare = whole[1:-1]
    cut = bool(_DOTS.search(bare))
    return (_DOTS.sub("", bare) if cut else bare).strip(), bracketed, cut


def _without_note(title: str) -> str:
    """Return a title without the note in brackets that it ends with; the note may hold brackets itself: 5(2):99."""
    whole = title.rstrip(" .;,")
    opening = _OPENING.get(whole[-1:])
    if not opening:
        return title
    depth = 0
    for at in range(len(whole) - 1, max(len(whole) - _LONGEST_NOTE, 0), -1):
        depth += (whole[at] == whole[-1]) - (whole[at] == opening)
        if not depth:
            note = whole[at + 1 : -1].strip(" .")
            parts = [part.strip() for part in note.split(";")]
            is_note = _NOTE.fullmatch(note) or all(map(_NOTE.fullmatch, parts))
            return whole[:at].rstrip(" .;,") if is_note else title
    return title


def kind_of(title: str) -> str:
    """Return what a title announces the work to be: `erratum`, `reply`, `comment`, …, or nothing.

    Examples
    --------
    >>> kind_of("corrigendum to 'sister cities'"), kind_of("sister cities (vol 12, pg 3, 2010)")
    ('erratum', 'erratum')
    >>> kind_of("sister cities - reply"), kind_of("book review"), kind_of("correction of vision in children")
    ('reply', 'book review', 'erratum')
    >>> kind_of("sister cities: a review")
    ''
    """
    text = title[:2000]  # a title beyond that is none
    if not any(stem in text for stem in _STEMS):
        return ""
    return next((kind for kind, pattern in _KIND_PATTERNS if pattern.search(text)), "")


def title_words(title: str) -> list[str]:
    """Return the words of a title, without case, accents, marks and markup.

    Examples
    --------
    >>> title_words("Béton <i>armé</i>: a case-study")
    ['beton', 'arme', 'a', 'case', 'study']
    """
    return _WORD.findall(folded(_bare(title)))


def title_letters(title: str) -> str:
    """Return a title's letters and digits, by which titles are equal.

    Examples
    --------
    >>> title_letters("E-commerce: <i>Why</i>?") == title_letters("Ecommerce why")
    True
    """
    return letters(_bare(title))


def _bare(title: str) -> str:
    return _MARKUP.sub("", title) if "<" in title or "[" in title else title


def is_generic(title: str) -> bool:
    """Recognise a title that many works have, each of whose words is common.

    Examples
    --------
    >>> is_generic("Introduction to the special issue"), is_generic("Introduction to night markets")
    (True, False)
    """
    if title.count(" ") > _MOST_GENERIC:
        return False
    return all(word in _GENERIC or word.isdigit() for word in title_words(title))


def is_distinct(title: str) -> bool:
    """Recognise a title that is long enough, five words and 25 letters, to be that of one work.

    Examples
    --------
    >>> is_distinct("Night markets in a small town"), is_distinct("Night markets")
    (False, False)
    """
    if len(title) < _DISTINCT_LETTERS:
        return False
    words = title_words(title)
    return len(words) >= _DISTINCT_WORDS and sum(map(len, words)) >= _DISTINCT_LETTERS


def main_title(title: str) -> str | None:
    """Return a title without its subtitle, None where it has none or less than four words and 20 letters are left.

    Examples
    --------
    >>> main_title("Night markets in small towns: rents and permits"), main_title("Night markets: rents")
    ('Night markets in small towns', None)
    """
    parts = _SUBTITLE.split(title, maxsplit=1)
    main = parts[0]
    return main if len(parts) > 1 and len(main.split()) >= _MAIN_WORDS and len(main) >= _MAIN_LETTERS else None


def are_alike(one: str, other: str) -> bool:
    """Tell whether two titles are one except for slips: letters within words, little words, a word parted or joined.

    A number is no slip, nor is another word (*male* and *female*, *part I* and *part II*).

    Examples
    --------
    >>> are_alike("Night markets in a small town", "Night market in small town")
    True
    >>> are_alike("Rents of male vendors in towns", "Rents of female vendors in towns")
    False
    >>> are_alike("Night markets in small towns, part 1", "Night markets in small towns, part 2")
    False
    """
    a, b = title_words(one), title_words(other)
    for step, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if step != "equal" and not _is_slip(a[a1:a2], b[b1:b2]):
            return False
    return True


def _is_slip(one: list[str], other: list[str]) -> bool:
    """Compare the words in which two titles differ at one place."""
    a, b = ([word for word in words if word not in _LITTLE] for words in (one, other))
    if any(map(_NUMERAL.search, (*a, *b))):
        return "".join(a) == "".join(b)
    joined, joined_other = "".join(a), "".join(b)
    if joined == joined_other:
        return True
    if not joined or not joined_other:
        return False
    longest = max(len(joined), len(joined_other))
    return OSA.normalized_similarity(joined, joined_other) >= 0.75 and (longest > 4 or joined[0] == joined_other[0])
