"""In which language each sentence of a record is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Final, Literal, get_args

from benang.languages import (
    TextLanguage,
    detected_language,
    general_words,
    has_foreign_word,
    is_other_language,
    language_code,
    stop_words,
    text_language,
)
from benang.terms.tag_model import english

OTHER: Final = "other"
SHORT = 12
"""Words below which a text need not show its language by function words."""

_MOSTLY = 0.6
_HARDLY = 0.4


def languages_of(sentences: Sequence[Sequence[str]], named: str) -> list[TextLanguage | Literal["other"] | None]:
    """Return the language of each of a record's sentences: `other` for one that Benang does not know, else None.

    It is the one that a sentence's function words show, else that of the whole text. A short text may have no function
    words: then the export's word counts, and where it gives none, whether most words are known to be English.

    Parameters
    ----------
    sentences
        The words of each, in lower case.
    named
        What the export calls the record's language.

    Examples
    --------
    >>> languages_of([["spin-based", "data", "storage"]], ""), languages_of([["kota", "und", "staat"]], "")
    (['en'], ['other'])
    """
    every = [word for words in sentences for word in words]
    whole = detected_language(every) or ("id" if _is_indonesian(every) else None)
    other = False
    if whole is None:
        if len(every) < SHORT:
            whole = text_language(named)
        other = is_other_language(every) or language_code(named) not in ("", *get_args(TextLanguage))
        if whole is None and not other and not named:
            known = _share_known(every)
            if known >= _MOSTLY:
                whole = "en"
            else:
                other = len(every) < SHORT and known < _HARDLY and has_foreign_word(every)
    languages: list[TextLanguage | Literal["other"] | None] = []
    for words in sentences:
        language = detected_language(words) or _by_words(words, whole)
        languages.append(OTHER if language is None and (other or is_other_language(words)) else language or whole)
    return languages


def _by_words(words: Sequence[str], whole: TextLanguage | None) -> TextLanguage | None:
    """Return the language of a sentence without function words: one of English words in a text in Indonesian, say."""
    if _is_indonesian(words):
        return "id"
    return "en" if whole == "id" and len(words) > 1 and _share_known(words) >= _MOSTLY else None


def _is_indonesian(words: Sequence[str]) -> bool:
    """Tell whether a text has a function word or a turn of Indonesian abstracts, and hardly a word of English."""
    own, theirs = _own_words()
    return not own.isdisjoint(words) and theirs.isdisjoint(words) and _share_known(words) < _HARDLY


@cache
def _own_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the function words and turns of Indonesian, and the function words of English that are none of them."""
    return stop_words("id") | general_words("id"), stop_words("en") - stop_words("id")


def _share_known(words: Sequence[str]) -> float:
    """Return the share of words that the counts of English hold, function words of both languages left out."""
    known, function = english().words, stop_words()
    parts = [part for word in words if word not in function for part in word.split("-")]
    parts = [part for part in parts if len(part) > 1 and part.isalpha()]
    return sum(part in known for part in parts) / len(parts) if parts else 0.0


def count_languages(spoken: Sequence[TextLanguage | None], counts: Counter[str]) -> None:
    """Count a record by the languages that at least a fifth of its sentences are in."""
    several = {language for language, times in Counter(spoken).items() if language and times * 5 >= len(spoken)}
    if not spoken:
        counts["records_without_text"] += 1
    elif len(several) > 1:
        counts["records_of_both_languages"] += 1
    else:
        counts[f"records_{next(iter(several), 'undetermined')}"] += 1
