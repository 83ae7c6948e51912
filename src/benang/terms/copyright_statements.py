"""Statements about copyright that publishers put into abstracts, told from what authors say of such things."""

from __future__ import annotations

import re

# A mark of copyright has a year or an owner behind it; `Invented©` and enumerations `(c) we` have not.
_OWNED = (
    r"©(?=[\s,:]{0,4}(?:19|20)[0-9]{2})|\([cC]\) ?(?=(?:19|20)[0-9]{2})"
    r"|(?<![\w)])©(?=[\s,:]{0,4}(?:(?-i:[a-z]?[A-Z])|by\b|the\b|authors?\b|copyright\b|published\b))"
)
BREAKS = (
    rf"(?<![Cc]opyright )(?<!Cipta )(?<!cipta )(?={_OWNED})"
    r"|(?:(?<=[.!?])|(?<=[.!?]\s))(?=[Cc]opyright (?:©|\([cC]\))|Published by [A-Z]|All rights reserved)"
)
"""Where a statement begins although no sentence ends before it, or one that a short word ends."""

_STATEMENT = re.compile(
    rf"(?:{_OWNED})"
    r"|\brights? (?:are )?reserved\b|\ball rights\b[^.]{0,120}\breserved\b"
    r"|\bcopyright\W{0,3}(?:©|\(c\)|(?:19|20)\d\d|by\b)|\bprotected by copyright\b"
    r"|\bhak cipta (?:©|\(c\)|(?:19|20)\d\d|dilindungi|milik)|\bartikel (?:akses terbuka|open access)\b"
    r"|\bopen[- ]access (?:article|paper) (?:distributed|published|under|licen[cs]ed)\b"
    r"|\bis an open[- ]access article\b"
    r"|\b(?:under|terms of|licen[cs]ed|distributed)\b[^.]{0,120}\bcreative commons\b|\bcreative commons attribution\b"
    r"|\bcc[-–— ]by\b[-–—A-Z\s]{0,12}licen[cs]e|\bunder\b[^.]{0,40}\bcc[-–— ]by\b|\blisensi\b[^.]{0,40}\bcc[-–— ]by\b"
    r"|\b(?:published|hosting) by \S+(?: \S+){0,6}? (?:ltd|inc|b\.?v|gmbh|llc)\b\.?(?:\Z| on behalf of\b)"
    r"|\bunder exclusive licen[cs]e to\b|\bU\.?S\.? Government work\b"
    r"|\A(?:copying|reproduction|redistribution)\b.{0,160}\b(?:prohibited|permission)\b"
    r"|\Athis (?:work|article|paper) is licensed under\b|\A(?:copyright:?|©\.?)\Z"
    r"|\A(?:no commercial re-?use|see rights and permissions|for permissions?,)",
    re.IGNORECASE,
)
_AT_BEGINNING = re.compile(
    r"(?:Published by (?:the )?[A-Z]\S+(?:\s\S+){0,19}\s?|\([cC]\) (?:The )?Author(?:s|\(s\))?\b.{0,40}"
    r"|(?:19|20)[0-9]{2} (?:The Authors?|Wiley|Elsevier|Springer|Taylor & Francis|Wolters Kluwer|IEEE)\b.{0,60}"
    r"|(?:[A-Z][\w&.'’-]{0,20},? ){1,5}(?:Ltd\.|Inc\.|GmbH|LLC), (?:19|20)[0-9]{2}\.?)\Z"
)
_NAMED = re.compile(
    r"\b(?:elsevier|springer|wiley|verlag|kgaa|weinheim|taylor|francis|informa|ieee|sage|emerald|mdpi|ltd|inc|gmbh|b\.?v"
    r"|llc|publish(?:ed|ers?|ing)|press|society|authors?|licensee|university|association|institute|company|nature)\b",
    re.IGNORECASE,
)
_MOST_WORDS_AFTER = 14
_BETWEEN = "a al and at behalf by de der et for in la licensee of on part partnership published the to und under with"
_SMALL = frozenset(_BETWEEN.split())
"""Small words of names and of what is said of them."""


def is_statement(sentence: str) -> bool:
    """Tell a sentence that says who owns an article and what may be done with it.

    Examples
    --------
    >>> is_statement("© 2020 Elsevier B.V."), is_statement("All rights, including for training, are reserved.")
    (True, True)
    >>> is_statement("Copyright law protects authors."), is_statement("Journals published by Elsevier Ltd grow.")
    (False, False)
    """
    return _STATEMENT.search(sentence) is not None or _AT_BEGINNING.match(sentence) is not None


def goes_on(sentence: str) -> bool:
    """Tell what belongs to a statement that it stands right behind: a few words, all names, that name a publisher.

    Examples
    --------
    >>> goes_on("Licensee MDPI, Basel, Switzerland."), goes_on("Nature needs cities.")
    (True, False)
    """
    words = sentence.split()
    if len(words) > _MOST_WORDS_AFTER or not _NAMED.search(sentence):
        return False
    return not any(word[:1].islower() and word.strip(".,;()") not in _SMALL for word in words)
