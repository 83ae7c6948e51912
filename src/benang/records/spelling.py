"""What spellings are compared by: labels without case and spare spaces, other words without accents either."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping


def label_key(label: str) -> str:
    """Return what labels are compared by: without case, white space collapsed.

    Examples
    --------
    >>> label_key("  Sister  City ")
    'sister city'
    """
    return " ".join(label.split()).casefold()


def usual_spelling(counts: Mapping[str, int]) -> str:
    """Return the most frequent of several spellings, the first in the alphabet of equally frequent ones.

    Examples
    --------
    >>> usual_spelling({"Sister City": 2, "sister city": 5}), usual_spelling({"kota": 1, "Kota": 1})
    ('sister city', 'Kota')
    """
    return min(counts, key=lambda spelling: (-counts[spelling], spelling))


def folded(text: str) -> str:
    """Return what words are compared by where accents make no difference either.

    Examples
    --------
    >>> folded("  São   Tomé ")
    'sao tome'
    """
    if text.isascii():
        return label_key(text)
    return label_key("".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one)))
