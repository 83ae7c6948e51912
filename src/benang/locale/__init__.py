"""Texts for people in English and Indonesian: Babel catalogues, read as they are.

A text is written in English where it is used and looked up here. The catalogues are the `.po` files beside this one;
they are compiled in memory, so that translating needs a text editor and nothing else.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Literal, get_args

Language = Literal["en", "id"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
"""Languages that labels, captions, reports and methods texts come in."""

Translator = Callable[[str], str]


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Load the catalogue of a language; English needs none."""
    source = resources.files(__name__).joinpath(f"{language}.po")
    if language == "en" or not source.is_file():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.StringIO(source.read_text(encoding="utf-8")), locale=language))
    return gettext.GNUTranslations(io.BytesIO(compiled.getvalue()))


def translator(language: str) -> Translator:
    """Return the function that gives a text in a language; texts without a translation stay English.

    Examples
    --------
    >>> _ = translator("en")
    >>> _("Occurrences")
    'Occurrences'
    """
    return catalogue(language).gettext
