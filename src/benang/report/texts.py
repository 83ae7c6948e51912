"""Words and numerals in the language of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from benang.locale import Translator, catalogue, translator
from benang.project.toml_files import Label, Language

_SWAPPED = str.maketrans({",": ".", ".": ","})


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
        return catalogue(self.language).ngettext(singular, plural, 1 if n == 1 else 2)

    def label(self, label: Label | None) -> str:
        """Return a label of the review in the language, in English where it has none."""
        return label.text(self.language) if label else ""

    def numeral(self, value: float) -> str:
        """Write a number exactly, with marks between the thousands.

        Examples
        --------
        >>> Texts("en").numeral(12500), Texts("id").numeral(12500), Texts("id").numeral(2.5)
        ('12,500', '12.500', '2,5')
        """
        said = f"{value:,}"
        return said.translate(_SWAPPED) if self.language == "id" else said

    def measure(self, value: float, digits: int = 4) -> str:
        """Write a measured number, rounded to some decimals, with a true minus sign.

        Examples
        --------
        >>> Texts("en").measure(-65009.0351, 3), Texts("id").measure(0.546, 2)
        ('−65,009.035', '0,55')
        """
        said = f"{value:,.{digits}f}".replace("-", "−")
        return said.translate(_SWAPPED) if self.language == "id" else said

    def listed(self, parts: Sequence[str]) -> Markup:
        """Join parts as a sentence does: `a, b and c`; parts that are no markup are escaped.

        Examples
        --------
        >>> Texts("en").listed(["a", "b", "c"])
        Markup('a, b and c')
        """
        _ = self.gettext
        if len(parts) <= 1:
            return Markup().join(parts)
        *first, last = parts
        return fill(_("%(first)s and %(last)s"), first=Markup(", ").join(first), last=last)


def fill(text: str, **values: object) -> Markup:
    """Fill the places of a text (`%(name)s`); values that are no markup are escaped.

    Examples
    --------
    >>> fill("%(who)s wrote it", who="<b>")
    Markup('&lt;b&gt; wrote it')
    """
    return Markup(text) % values  # noqa: S704 -- the text comes from a catalogue of this package, never from a review


def code(digest: str) -> Markup:
    """Show the beginning of a hash; all of it is told to those who point at it.

    Examples
    --------
    >>> print(code("0123456789abcdef"))
    <code title="0123456789abcdef">0123456789ab</code>
    """
    return Markup('<code title="{}">{}</code>').format(digest, digest[:12])
