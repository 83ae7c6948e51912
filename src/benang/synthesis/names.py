"""Whether two spellings name the same: capitals, accents and marks make no difference."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """Fold a text for comparison: small letters, no accents, one space between words.

    Examples
    --------
    >>> plain("  São   Tomé ")
    'sao tome'
    """
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join(bare.casefold().split())


def is_named_as(author: str, cited: str) -> bool:
    """Tell whether a name as it is cited is the family name of an author (`Family, Given`).

    Of an author without a comma, all of the name, its first word or its last word may be the family name.

    Examples
    --------
    >>> is_named_as("Qisty Adinda, J. F. A.", "qisty adinda"), is_named_as("Hakim, F. N.", "Hakiem")
    (True, False)
    >>> is_named_as("Siti Masrohatun", "Masrohatun")
    True
    """
    family, comma, _given = author.partition(",")
    words = [] if comma else family.split()
    return _letters(cited.partition(",")[0]) in {_letters(name) for name in (family, *words[:1], *words[-1:])}


def _letters(name: str) -> str:
    """Keep the letters of a name only, so that hyphens, points and apostrophes make no difference."""
    return "".join(one for one in plain(name) if one.isalnum())
