"""Texts for people in English and Indonesian: catalogues in the format of gettext, read as they are.

A text is written in English where it is used and looked up here. The catalogues are the `.po` files beside this one,
`id.po` for figures and reports, `id-help.po` for the help of the command line, `id-messages.po` for messages and
`id-web.po` for pages, `id-viewer.po` and `id-pages.po` for their scripts; they are read as they are, so that
translating needs a text editor and nothing else.

How a message gets its language
-------------------------------
A message is made where nobody knows its reader. So it keeps what it was made of, and whoever shows it says in which
language. Where the text has values in it, `benang.locale.writing.worded` takes the place of an f-string::

    found = f"only {n:,} items are left ({argument('min_citations')} {least})"  # always English
    found = worded("only {n:,} items are left ({option} {least})", n=n, option=argument("min_citations"), least=least)

A constant text stays as it is, if the catalogue has it: `Problem("the file is empty", where=path, ...)`. In `where`,
which is often a name of the user's, words are `worded("{file}, line {n}", file=path, n=n)`. What goes with a number has
two forms, `worded("{n} record", "{n} records", n=n)`. A list of values is written as a list of the language,
`worded("Use one of: {codes}.", codes=codes)`; `joined(parts, "; ")` joins parts otherwise. `Problem`, `BenangError`,
`Note`, `Table` and `Account` take such texts and have `in_language`. An f-string around a `Worded` text makes it
English for good: that is `worded("{path}: {reason}", ...)`.

`tests/locale/test_messages.py` names every message that can be shown in English only.
"""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal, get_args

Language = Literal["en", "id"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
"""Languages that labels, captions, reports, methods texts and messages come in."""

Translator = Callable[[str], str]


Scripts = Literal["viewer", "pages"]
_OF_SCRIPTS = tuple(f"-{name}.po" for name in get_args(Scripts))
_TEXT = r'((?:\s*"(?:[^"\\]|\\.)*")+)'
_ENTRY = re.compile(rf"^msgid{_TEXT}(?:\s*msgid_plural{_TEXT})?\s*msgstr(?:\[0\])?{_TEXT}", re.MULTILINE)
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"')


class _Texts(gettext.NullTranslations):
    """The texts of a language that has one form for every number, by their English."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__()
        self.texts = texts

    def gettext(self, message: str) -> str:
        return self.texts.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.texts.get(msgid1) or super().ngettext(msgid1, msgid2, n)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Load the catalogues of a language as one; English needs none.

    They are read here rather than by Babel, which takes half a second for them, and every command needs them.
    """
    if language == "en":
        return gettext.NullTranslations()
    texts: dict[str, str] = {}
    for file in catalogue_files(language):
        for entry in _ENTRY.finditer(file.read_text(encoding="utf-8")):
            english, translation = _unquoted(entry[1]), _unquoted(entry[3])
            if english and translation:
                texts[english] = translation
    return _Texts(texts)


@cache
def page_texts(language: str, scripts: Scripts = "viewer") -> Mapping[str, str]:
    """Return the texts of scripts in a language, by their English; what counts has a singular and a plural.

    Those of the interactive map (`id-viewer.po`) and those of the workbench (`id-pages.po`) are in catalogues of their
    own, since a page takes all of one along and looks them up.
    """
    texts: dict[str, str] = {}
    file = resources.files(__name__) / f"{language}-{scripts}.po"
    for entry in _ENTRY.finditer(file.read_text(encoding="utf-8") if file.is_file() else ""):
        translation = _unquoted(entry[3])
        texts |= {_unquoted(english): translation for english in entry.groups()[:2] if english and translation}
    texts.pop("", None)
    return texts


def _unquoted(pieces: str) -> str:
    return "".join(json.loads(piece) for piece in _PIECE.findall(pieces))


def catalogue_files(language: str) -> list[Traversable]:
    """Return the files that hold the texts of a language, without those of scripts, in the order of their names."""
    files = (
        file
        for file in resources.files(__name__).iterdir()
        if file.name.endswith(".po") and not file.name.endswith(_OF_SCRIPTS)
    )
    return sorted((one for one in files if one.name[:-3].partition("-")[0] == language), key=lambda one: one.name)


def translator(language: str) -> Translator:
    """Return the function that gives a text in a language; texts without a translation stay English.

    Examples
    --------
    >>> _ = translator("en")
    >>> _("Occurrences")
    'Occurrences'
    """
    return catalogue(language).gettext
