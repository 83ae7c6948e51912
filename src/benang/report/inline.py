"""Texts of a report: pieces that follow each other, and the words, labels and numerals of its language in them.

Pieces are plain text, emphasis, code, numbers that open, citations, links and the like. They know nothing of HTML,
Word or PDF; a renderer goes through the `runs` of a text with one `match`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from benang.locale import Language, Translator, translator, writing
from benang.project.toml_files import Label

SpanKind = Literal[
    "with-badge", "where", "remark", "holds", "contradicted", "cannot-be-told", "place", "scope", "secondary"
]
"""A number with the badge beside it, kept on one line; where a claim is; a remark; the three verdicts; and of a
quotation its place, how many cases it speaks for, and that it comes at second hand."""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Text in italics, such as the name of a journal."""

    content: Inline


@dataclass(frozen=True, slots=True)
class Superscript:
    """A mark above the line."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A name of a file, an id or a hash, as computers write them; `whole` where only its beginning is shown."""

    text: str
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line within a text."""


@dataclass(frozen=True, slots=True)
class Swatch:
    """A square of a colour (`#RRGGBB`) before the name of what is drawn in it; it has no words."""

    colour: str


@dataclass(frozen=True, slots=True)
class NumberReference:
    """A number that opens: its id in `evidence.json`, its value as written, and the anchor of its `EvidenceNumber`.

    `description` says in a sentence what opens, for those who hear the page instead of seeing it.
    """

    id: str
    value: str
    anchor: str
    description: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A mark beside a number or a title whose cases a study reports once as a group; `explanation` says which."""

    text: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A work as the text cites it; `anchor` is that of its entry in a list of references, `key` the work's own."""

    key: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class FigureReference:
    """The number of a figure of the report, as a link to it."""

    number: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an anchor of the report."""

    content: Inline
    anchor: str


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """An address on the web, shown unchanged; it begins with `http://` or `https://`."""

    address: str


@dataclass(frozen=True, slots=True)
class Span:
    """Text that is set apart from its neighbours by what it says."""

    content: Inline
    kind: SpanKind


Run = (
    str
    | Emphasis
    | Superscript
    | Code
    | Break
    | Swatch
    | NumberReference
    | Badge
    | Citation
    | FigureReference
    | Link
    | ExternalLink
    | Span
)
"""A piece of a text; a plain one is a `str`, and always text, never markup."""
Runs = tuple[Run, ...]
Inline = Run | Runs
"""A text: one piece or several. `runs` gives the pieces of any."""


def runs(*parts: Inline) -> Runs:
    """Return the pieces of texts that follow each other, with plain text that touches as one and empty text left out.

    Examples
    --------
    >>> runs("a", ("b", Superscript("2")), "")
    ('ab', Superscript(text='2'))
    """
    flat = [run for part in parts for run in (part if isinstance(part, tuple) else (part,))]
    pieces: list[Run] = []
    for is_text, group in groupby(flat, key=lambda run: isinstance(run, str)):
        if not is_text:
            pieces += group
        elif text := "".join(run for run in group if isinstance(run, str)):
            pieces.append(text)
    return tuple(pieces)


def joined(separator: Inline, parts: Iterable[Inline]) -> Runs:
    """Join texts, with the separator between each two.

    Examples
    --------
    >>> joined("; ", ["a", Code("b"), "c"])
    ('a; ', Code(text='b', whole=''), '; c')
    """
    between: list[Inline] = []
    for part in parts:
        between += [separator, part] if between else [part]
    return runs(*between)


def plain(text: Inline) -> str:
    """Return the words of a text alone.

    Examples
    --------
    >>> plain(("In ", Emphasis(("Jurnal ", Code("Kota")))))
    'In Jurnal Kota'
    """
    return "".join(_words(run) for run in runs(text))


def _words(run: Run) -> str:
    match run:
        case str():
            return run
        case Emphasis(content) | Link(content) | Span(content):
            return plain(content)
        case Superscript(text) | Code(text) | Badge(text) | Citation(text=text):
            return text
        case NumberReference(value=value):
            return value
        case FigureReference(number):
            return str(number)
        case ExternalLink(address):
            return address
        case Break():
            return " "
        case Swatch():
            return ""


def anchor(kind: str, key: str) -> str:
    """Return the anchor of an id in a report: the same for the same id, and never the same for two.

    Letters, digits and hyphens stay, a slash becomes a dot, and any other character its code point between
    underscores.

    Examples
    --------
    >>> anchor("n", "factors/pandemic/cases"), anchor("n", "a b"), anchor("n", "a_20_b")
    ('n-factors.pandemic.cases', 'n-a_20_b', 'n-a_5f_20_5f_b')
    """
    safe = re.sub(r"[^A-Za-z0-9/-]", lambda character: f"_{ord(character[0]):x}_", key)
    return f"{kind}-{safe.replace('/', '.')}"


@dataclass(frozen=True, slots=True)
class Texts:
    """How texts, labels and numerals read in one language."""

    language: Language

    @property
    def gettext(self) -> Translator:
        """Return the function that looks a text up."""
        return translator(self.language)

    def counted(self, singular: str, plural: str, n: int | float) -> str:
        """Return the form of a word that goes with a number; languages without plural have one form."""
        return writing.counted(singular, plural, n, self.language)

    def label(self, label: Label | None) -> str:
        """Return a label of the review in the language, or in English if it lacks that language."""
        return label.text(self.language) if label else ""

    def numeral(self, value: float) -> str:
        """Write what was counted or chosen, with marks between the thousands."""
        return writing.numeral(value, self.language)

    def measure(self, value: float) -> str:
        """Write what was measured, rounded to four decimals."""
        return writing.numeral(value, self.language, 4)

    def listed(self, parts: Sequence[Inline]) -> Runs:
        """Join parts as a sentence does: `a, b and c`.

        Examples
        --------
        >>> Texts("en").listed(["a", Code("b"), "c"])
        ('a, ', Code(text='b', whole=''), ' and c')
        """
        places = {f"part{at}": part for at, part in enumerate(parts)}
        return fill(writing.listed((f"%({name})s" for name in places), self.language), **places)


def fill(text: str, **values: Inline) -> Runs:
    """Fill the places of a text (`%(name)s`, and `%%` for a per cent sign); the text itself is plain.

    Examples
    --------
    >>> fill("%(who)s wrote 5%% of it", who=("Sari", Code("x")))
    ('Sari', Code(text='x', whole=''), ' wrote 5% of it')
    """
    return runs(*(_filled(piece, values) for piece in re.split(r"(%\(\w+\)s|%%)", text)))


def _filled(piece: str, values: Mapping[str, Inline]) -> Inline:
    if piece == "%%":
        return "%"
    return values[piece[2:-2]] if piece.startswith("%(") else piece


def short_hash(digest: str) -> Code:
    """Show the beginning of a hash; all of it goes with it for those who ask.

    Examples
    --------
    >>> short_hash("0123456789abcdef")
    Code(text='0123456789ab', whole='0123456789abcdef')
    """
    return Code(digest[:12], digest)
