"""What stands in a title and is no part of it, and what a title announces the work to be.

Titles come here without accents and in lower case.
"""

from __future__ import annotations

import re

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
"""What stands in every title that shows a kind: most titles have none, and need no search."""


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
