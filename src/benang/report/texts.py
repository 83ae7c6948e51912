"""Words and numerals in the language of the report."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benang.locale import Language, Translator, translator, writing
from benang.project.toml_files import Label
from benang.report.inline import Code, Inline, Runs, runs


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
        """Return a label of the review in the language, in English where it has none."""
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
