"""What stands outside of all entries of a BibTeX file and looks like one all the same, found without its grammar.

BibTeX calls all text between entries a comment. So an entry whose beginning the grammar does not know would vanish
without a word: here lines that begin with an @, and lines with a field, are looked for by patterns of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# An @ at the beginning of a line, or one with a word and a brace behind it that is no e-mail address.
_BEGINS = re.compile(r"^[ \t]*@[ \t]*[^\s@]|(?<![\w.+-])@[ \t]*[^\s@(){},]{1,200}[ \t]*\{", re.MULTILINE)
_FIELD = re.compile(
    r"^[ \t]*(?:[A-Za-z][\w-]{0,40}[ \t]*\{[^\n{}=]{0,200},[ \t]*$|[A-Za-z][\w -]{0,40}=[ \t]*[{\"])", re.MULTILINE
)
NO_TYPE = "a line that begins with @ as an entry does, but not with a type and a brace (@article{)"
NO_BEGINNING = (
    "fields outside of all entries: their beginning (@article{key,) is missing, or the entry before ends too early"
)


@dataclass(frozen=True, slots=True)
class LostEntry:
    """Where what looks like an entry begins, and why it can't be read."""

    at: int
    reason: str


def lost_entries(text: str, start: int, end: int) -> Iterator[LostEntry]:
    r"""Give what looks like an entry in a stretch of text between entries.

    Fields belong to the line with an @ before them; those that have none are one entry.

    Examples
    --------
    >>> text = "Made by hand.\n title = {Kota},\n year = 2020}\n@article\n title = {Desa}\n% @misc{a, title={b}}\n"
    >>> [(lost.at, lost.reason[:22]) for lost in lost_entries(text, 0, len(text))]
    [(14, 'fields outside of all '), (45, 'a line that begins wit')]
    """
    if "@" not in text[start:end] and "=" not in text[start:end]:
        return
    begins = [match.start() for match in _BEGINS.finditer(text, start, end) if not _commented(text, match.start())]
    field = _FIELD.search(text, start, begins[0] if begins else end)
    if field:
        yield LostEntry(field.start(), NO_BEGINNING)
    for at in begins:
        yield LostEntry(at, NO_TYPE)


def _commented(text: str, at: int) -> bool:
    line_start = text.rfind("\n", max(0, at - 200), at) + 1
    return text[line_start:at].lstrip().startswith("%")
