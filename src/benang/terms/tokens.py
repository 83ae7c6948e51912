"""Words and marks of an English sentence, before its parts of speech are sought."""

from __future__ import annotations

import re
from collections.abc import Sequence

# What is no word but a code: with a figure in it, of capitals, of chemical symbols (FePt), or of a single letter.
_CODE = r"(?:[^\W\d_]{0,12}[0-9][^\W_]{0,12}(?:[-.][^\W_]+)?|(?:[A-Z][a-z]?){1,6}|[a-z])"
_WORD = r"[^\W_]+(?:[-‐‑–'’.&][^\W_]+)*"
_INDEX = r"(?:\((?:[A-Za-z]{0,2}[0-9][0-9A-Za-z/]{0,4}|max|min)\)[^\W_]*)+"

TOKEN = re.compile(rf"{_CODE}(?:/{_CODE})+(?![^\W_])|{_CODE}{_INDEX}(?:[-–/][^\W_]+)?|{_WORD}|[^\w\s]|_")
"""A word, with hyphens, apostrophes, full stops and & inside; codes with a slash (C57BL/6J, Co/Pt, HIV/AIDS) or with
an index in brackets, as MEDLINE writes them (HbA(1c), 5-HT(1B)); or one mark."""


def in_capitals(words: Sequence[str]) -> bool:
    """Tell whether a sentence is all in capitals, so that none of its words is an acronym."""
    letters = 0
    for word in words:
        if len(word) > 1 and word.isalpha():
            if not word.isupper():
                return False
            letters += 1
    return letters > 2


def in_title_case(words: Sequence[str]) -> bool:
    """Tell whether most longer words of a sentence begin with a capital, so that a capital tells no name.

    Examples
    --------
    >>> in_title_case("Night Markets and the Rent of Stalls".split()), in_title_case("Rents rise in Java".split())
    (True, False)
    """
    longer = [word for word in words[1:] if len(word) > 3 and word[0].isalpha()]
    return not longer or 2 * sum(word[0].isupper() for word in longer) > len(longer)
