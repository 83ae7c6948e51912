"""Which language the command line speaks, and how it asks questions in it.

It is that of `--language`, before or after the command; else that of `BENANG_LANGUAGE`; else that of the system. It is
known before anything else of the command line is read, so that help and errors of usage are in it too.
"""

from __future__ import annotations

import itertools
import locale
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import click

from benang.locale import LANGUAGES, Language, translator
from benang.locale.writing import worded

VARIABLE = "BENANG_LANGUAGE"
_YES, _NO = ("y", "yes", "ya"), ("", "n", "no", "t", "tidak")
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Variables that name the locale, in the order in which gettext asks them. `LANGUAGE`, a list of languages, goes before
them, unless the locale is C: that is how scripts ask for English."""

_NAMES: Mapping[str, Language] = {"id": "id", "in": "id", "indonesian": "id", "en": "en", "english": "en"}
"""What locales call the languages: Java and old systems write `in`, Windows writes the whole word."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The language of a command line; whether the user chose it for Benang, or it is that of the system; its words."""

    language: Language = "en"
    is_chosen: bool = False
    remark: str = ""
    words: Sequence[str] = ()


def spoken_in(words: Sequence[str], environment: Mapping[str, str]) -> Spoken:
    """Return the language that a command line speaks, by its words and the variables of its process.

    Where `BENANG_LANGUAGE` names a language that Benang doesn't speak, it is English, and a remark says so.

    Examples
    --------
    >>> spoken_in(["records", "a.ris", "--language", "id"], {}).language
    'id'
    >>> spoken_in(["records", "a.ris"], {"LANGUAGE": "fr:id", "LANG": "en_GB.UTF-8"}).language
    'id'
    >>> spoken_in([], {"BENANG_LANGUAGE": "fr"}).remark
    "BENANG_LANGUAGE is 'fr', but Benang speaks English (en) and Indonesian (id). This is in English."
    """
    if asked := _asked(words):
        return Spoken(asked, is_chosen=True, words=words)
    if wanted := environment.get(VARIABLE, "").strip():
        chosen = known(wanted)
        return Spoken(chosen or "en", is_chosen=bool(chosen), remark="" if chosen else _not_spoken(wanted), words=words)
    system = next(filter(None, map(environment.get, _LOCALE)), "") or _locale()
    names = ("" if system in ("C", "POSIX") else environment.get("LANGUAGE", "")) or system
    return Spoken(next(filter(None, map(known, names.split(":"))), "en"), words=words)


def _asked(words: Sequence[str]) -> Language | None:
    """Return the last known language that follows `--language`, wherever it is among the words."""
    words = words[: words.index("--")] if "--" in words else words
    after = itertools.zip_longest(words, words[1:], fillvalue="")
    given = [
        next_word if word == "--language" else word.removeprefix("--language=")
        for word, next_word in after
        if word == "--language" or word.startswith("--language=")
    ]
    return next((one for one in reversed(given) if one in LANGUAGES), None)


def known(name: str) -> Language | None:
    """Return the language that a name of a locale means, if Benang speaks it.

    Examples
    --------
    >>> known("id_ID.UTF-8"), known("Indonesian_Indonesia"), known("EN"), known("de_DE"), known("C")
    ('id', 'id', 'en', None, None)
    """
    word = re.split("[-_.@]", name, maxsplit=1)[0].lower()
    return _NAMES.get(word)


def _locale() -> str:
    """Return the locale of the user as Windows and macOS know it without variables.

    `locale.getlocale` refuses names that it doesn't know.
    """
    return locale.setlocale(locale.LC_CTYPE)


def _not_spoken(wanted: str) -> str:
    return f"{VARIABLE} is '{wanted}', but Benang speaks English (en) and Indonesian (id). This is in English."


def spoken() -> Language:
    """Return the language of the command that runs."""
    context = click.get_current_context(silent=True)
    return language_of(context) if context else "en"


def language_of(context: click.Context) -> Language:
    """Return the language in which the command of a context speaks."""
    own = context.params.get("language")
    return cast("Language", own) if own in LANGUAGES else _spoken(context).language


def chosen_language() -> Language | None:
    """Return the language that the user chose for Benang; None where it is that of the system."""
    context = click.get_current_context(silent=True)
    if context is None:
        return None
    at_root = _spoken(context)
    return cast("Language | None", context.params.get("language")) or (at_root.language if at_root.is_chosen else None)


def words_of(context: click.Context) -> Sequence[str]:
    """Return the words of the command line to which a context belongs."""
    return _spoken(context).words


def _spoken(context: click.Context) -> Spoken:
    given = context.find_root().obj
    return given if isinstance(given, Spoken) else Spoken()


def said(text: str, context: click.Context | None) -> str:
    """Return a text of the help, or a word of click's, in the language of a context."""
    return translator(language_of(context))(text) if context and text else text


def ask(question: str, choices: Sequence[str] = (), *, default: str | None = None, language: str = "") -> str:
    """Ask on the terminal, in the language of the command unless another is given, until the answer is a choice."""
    while True:
        suffix = " " if question.endswith("?") else ": "
        answer: str = click.prompt(question, default=default, value_proc=str.strip, prompt_suffix=suffix)
        if answer in choices or not choices:
            return answer
        problem = worded("'{value}' is not a choice. Known: {names}.", value=answer, names=", ".join(choices))
        click.echo(problem.in_language(language or spoken()))


def agreed(question: str) -> bool:
    """Ask for a yes on the terminal; an empty answer is a no."""
    hint = worded("[y/N]").in_language(spoken())
    while True:
        answer = click.prompt(f"{question} {hint}", default="", show_default=False).strip().casefold()
        if answer in _YES or answer in _NO:
            return answer in _YES
