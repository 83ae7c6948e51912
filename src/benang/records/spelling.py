"""What spellings are compared by: labels without case, words without accents, first pages without a hyphen."""

from __future__ import annotations

import re
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


def letters_of(text: str) -> str:
    """Return the letters and digits alone that texts are compared by, where nothing else makes a difference.

    Examples
    --------
    >>> letters_of("  São-Tomé, 2. ")
    'saotome2'
    """
    return "".join(one for one in folded(text) if one.isalnum())


# Small Roman numerals number prefaces, so that iv-12 goes from page iv to page 12.
_OWN_HYPHEN = re.compile(r"(\s*(?:[Pp]{1,2}\.\s?)?)(?![ivxlc]{1,9}[-‐‑‒–—])([A-Za-z]{1,4})[-‐‑‒–—](?=[0-9])")


def with_hyphen_closed(pages: str) -> str:
    """Take out the hyphen between the letters and the figures of a first page, so that one that is left is a range's.

    Examples
    --------
    >>> with_hyphen_closed("AE-06"), with_hyphen_closed("I-445-I-448"), with_hyphen_closed("pp. S-3")
    ('AE06', 'I445-I-448', 'pp. S3')
    >>> with_hyphen_closed("S3-S9"), with_hyphen_closed("iv-12"), with_hyphen_closed("12-19")
    ('S3-S9', 'iv-12', '12-19')
    """
    match = _OWN_HYPHEN.match(pages)
    return f"{match[1]}{match[2]}{pages[match.end() :]}" if match else pages
