"""What maps show where nobody says otherwise: VOSviewer's presets, in one table for terminal, plan and library.

It imports no library, so that the terminal's help can print it at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FirstThreshold = Literal["min_occurrences", "min_documents", "min_citations"]


@dataclass(frozen=True, slots=True)
class Preset:
    """The first threshold of a kind of items, and what it is: in a corpus of usual size, and in a small one.

    VOSviewer has one preset for corpora of any size, which leaves nothing of a small one.
    """

    threshold: FirstThreshold
    usual: int
    small: int

    def least(self, *, small: bool) -> int:
        """Return the threshold for a corpus that is small or not."""
        return self.small if small else self.usual


_KEYWORDS = Preset("min_occurrences", 5, 1)
_MEMBERS = Preset("min_documents", 5, 1)
_CITED = Preset("min_citations", 20, 2)

PRESETS: Mapping[str, Preset] = {
    "author-keywords": _KEYWORDS,
    "index-keywords": _KEYWORDS,
    "keywords": _KEYWORDS,
    "topics": _KEYWORDS,
    "terms": Preset("min_occurrences", 10, 2),
    "authors": _MEMBERS,
    "organizations": _MEMBERS,
    "countries": _MEMBERS,
    "sources": _MEMBERS,
    "documents": Preset("min_citations", 20, 0),
    "references": _CITED,
    "cited-sources": _CITED,
    "cited-authors": _CITED,
}
"""How often what stands on a map must stand in the records, at least."""

PRESET_TOP = 1000
"""Items that are kept at most, those with the largest total link strength."""

PRESET_SHARE = 0.6
"""The share of terms that is kept, the most relevant ones."""

USUAL_MOST = 25
"""Co-authorship sets documents with more authors (organisations, countries) than this aside."""
