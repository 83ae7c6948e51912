"""Words and numerals in the language of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from benang.locale import Language, Translator, translator, writing
from benang.project.toml_files import Label


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

    def listed(self, parts: Sequence[str]) -> Markup:
        """Join parts as a sentence does: `a, b and c`; parts that are no markup are escaped.

        Examples
        --------
        >>> Texts("en").listed(["a", "b", "c"])
        Markup('a, b and c')
        """
        return Markup(writing.listed(map(escape, parts), self.language))  # noqa: S704 -- all parts are escaped


def fill(text: str, **values: object) -> Markup:
    """Fill the places of a text (`%(name)s`); values that are no markup are escaped.

    Examples
    --------
    >>> fill("%(who)s wrote it", who="<b>")
    Markup('&lt;b&gt; wrote it')
    """
    return Markup(text) % values  # noqa: S704 -- the text comes from a catalogue of this package, never from a review


def short_hash(digest: str) -> Markup:
    """Show the beginning of a hash; all of it is told to those who point at it.

    Examples
    --------
    >>> print(short_hash("0123456789abcdef"))
    <code title="0123456789abcdef">0123456789ab</code>
    """
    return Markup('<code title="{}">{}</code>').format(digest, digest[:12])
