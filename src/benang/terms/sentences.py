"""Abstracts → sentences, without labels of sections and statements about copyright, and the language of each."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
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
from benang.terms.english_words import english


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LABELS = _words(
    """
    abstract abstrak acknowledgement acknowledgements acknowledgments disclosure disclosures aim aims background
    backgrounds conclusion conclusions contribution contributions context design discussion evaluation findings
    funding highlights hypothesis implications importance interpretation interventions intervention introduction
    keywords limitations limitation material materials measurements method methods methodology motivation objective
    objectives observations originality outcomes participants patients purpose rationale relevance recommendations
    result results scope setting settings significance subjects summary latar tujuan metode metodologi hasil temuan
    kesimpulan simpulan pembahasan pendahuluan ringkasan saran implikasi keterbatasan kebaruan orisinalitas
    rekomendasi
    """
)
"""Words that a section of a structured abstract is headed by."""

_BESIDE = _words(
    """
    a an and application applications approach approaches areas belakang clinical dan data evidence extraction final
    for future impact key level main major measure measures new novelty of or patient population practical practice
    primary principal problem public recent registration research review s secondary selection social sources
    statement study synthesis teknik the theoretical to trial value what work penelitian studi kajian utama praktis
    teoretis masalah pendekatan desain rancangan nilai
    """
)  # words beside such a word: Design/methodology/approach, Purpose of review

_TITLE_TAG = re.compile(r"<(?:jats:)?title>[^<>]{0,60}</(?:jats:)?title>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_FORMULA = re.compile(r"\$\$?[^$]{1,300}\$\$?")
_WORDS = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"
_LABEL = re.compile(rf"({_WORDS}(?:(?: ?[/&] ?|, | ){_WORDS}){{0,5}}(?:\([sS]\))?) ?(?::| [—–-]{{1,2}} |— ?)\s*")
# Emerald, SAGE and Garuda print labels without a colon: "Originality/value This study …", "METODE Penelitian ini …".
_SHOUTED = re.compile(r"([A-Z][A-Z/]{3,20}(?: [A-Z/]{2,20}){0,3}) (?=[A-Z][a-z]|A )")
_BARE = re.compile(rf"({_WORDS}(?: ?/ ?{_WORDS}| {_WORDS}){{0,4}}?)\s+(?=([A-Z][^\W\d_]*)\b)")
_FIRST = re.compile(_WORDS)
_OF_LABELS = LABELS | _BESIDE
_LONGEST_LABEL = 50
_NUMBERS = _words("one two three four five six seven eight nine ten dua tiga empat lima enam tujuh delapan sembilan")
_KEYWORDS = re.compile(
    r"(?:key[ -]?words?|kata(?:-kata)? ?kunci|index terms)(?: and phrases)?\b *[:.—–-]", re.IGNORECASE
)
_TRUNCATED = re.compile(r"\(?\babstract truncated(?: (?:at|to) \d+ words)?\)?", re.IGNORECASE)
# What an article says of itself, or cites: "J Inv Markets 2019;5:99-101.", "[Phys. Rev. B 72, 014446 (2005)]".
_OWN_CITATION = re.compile(r"(?:[A-Z][^\W\d_]*\.?[ ,]{1,3}){1,10}(?:19|20)\d\d[\w ]{0,12};\d[\w();:,.–—-]{2,40}\W*$")
_CITED = re.compile(
    r"\[[^\[\]]{0,200}\((?:19|20)\d\d\)[^\[\]]{0,200}\]|"
    r"[\[(](?:[A-Z][^\W\d_]*\.?[ ,]{1,3}){2,10}\d[^\])(]{0,60}\((?:19|20)\d\d\)[\])]"
)
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
"""Small words of names and of statements about them."""

# A run of marks is tried from its first one only: nothing within it ends a sentence if that does not.
_END = re.compile(rf"[.!?;…](?<![.!?;…]{{2}})[.!?;…]*+[)\"'”’\]]*+\s+|\n+|{BREAKS}")
SHORTENED = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|e\.g|i\.e|et al|vs|cf|ca|approx|no|nos|fig|figs|eq|eqs|ref|refs|dr|mr|mrs|prof|st|sp|spp|var"
    r"|vol|pp|al|dll|dkk|hal|jl|kab|prov|tgl|drs|dra|ir)$",
    re.IGNORECASE,
)
"""What is shortened: a full stop behind it ends no sentence."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a text, and how many labels and statements about copyright were left out of it."""

    sentences: tuple[str, ...]
    labels: int = 0
    statements: int = 0


def sentences_of(text: str, *, ignore_labels: bool = True, ignore_copyright: bool = True) -> Sentences:
    """Cut a text into sentences, and leave out what is no part of what it says.

    Labels are the headings of structured abstracts: at the beginning of a sentence up to six words in capitals, or
    words such as those of `LABELS`, before a colon (`BACKGROUND:`, `Design/methodology/approach:`). A statement about
    copyright is a sentence with ©, "all rights reserved", the terms of an open-access licence and the like, with the
    words right after it that name a publisher. HTML, formulas in dollar signs, citations of an article
    in brackets or of the article itself, and MEDLINE's remark that it cut an abstract are left out always; a list of
    keywords is left out with the labels.

    Examples
    --------
    >>> found = sentences_of("BACKGROUND: Cities grow. METHODS: We map them. © 2020 Elsevier B.V. All rights reserved.")
    >>> found.sentences, found.labels, found.statements
    (('Cities grow.', 'We map them.'), 2, 1)
    """
    headed = 0
    clean = text
    if "<" in clean:
        clean, headed = _TITLE_TAG.subn(". " if ignore_labels else " ", clean)
        clean = _TAG.sub(" ", clean)
    if clean.count("$") > 1:
        clean = _FORMULA.sub(" , ", clean)
    if "RUNCATED" in clean or "runcated" in clean:
        clean = _TRUNCATED.sub(". ", clean)
    clean = _CITED.sub(" ", clean)
    sentences: list[str] = []
    labels, statements, after = headed if ignore_labels else 0, 0, False
    for sentence in _cut(unicodedata.normalize("NFKC", clean)):
        if ignore_copyright:
            owned = is_statement(sentence)
            statements += owned and not after
            after = owned or (after and goes_on(sentence))
            if after:
                continue
        if ";" in sentence and _OWN_CITATION.match(sentence):
            continue
        if ignore_labels:
            bare = "" if _KEYWORDS.match(sentence) else _unlabelled(sentence, structured=labels > 1)
            labels += bare != sentence
            sentence = bare
        if sentence:
            sentences.append(sentence)
    return Sentences(tuple(sentences), labels, statements)


def _cut(text: str) -> list[str]:
    """Cut at full stops before a capital, a digit or an opening mark, but not after what is shortened."""
    pieces: list[str] = []
    begin = 0
    for match in _END.finditer(text):
        following = text[match.end() : match.end() + 1]
        stop = text[match.start() : match.start() + 1]
        if stop == "." and (
            following.islower() or SHORTENED.search(text[max(begin, match.start() - 12) : match.start()])
        ):
            continue
        if sentence := " ".join(text[begin : match.end()].split()):
            pieces.append(sentence)
        begin = match.end()
    if sentence := " ".join(text[begin:].split()):
        pieces.append(sentence)
    return pieces


def _unlabelled(sentence: str, *, structured: bool) -> str:
    """Leave out the label that a sentence begins with; all of it where it is nothing else.

    In an abstract that has shown two labels, the next one needs no mark before a word with a capital.
    """
    match = _LABEL.match(sentence)
    if match and _heads(re.findall(_WORDS, match.group(1))):
        return sentence[match.end() :]
    first = _FIRST.match(sentence)
    if not first or first[0].lower() not in _OF_LABELS:
        return sentence
    if len(sentence) < _LONGEST_LABEL and _all_labels(sentence):
        return ""
    shouted = _SHOUTED.match(sentence)
    if shouted and _all_labels(shouted[1]):
        return sentence[shouted.end() :]
    bare = _BARE.match(sentence)
    if bare and _all_labels(bare[1]) and (structured or "/" in bare[1] or _begins(bare[2].lower())):
        return sentence[bare.end() :]
    return sentence


def _all_labels(text: str) -> bool:
    known = [word.lower() for word in re.findall(_WORDS, text)]
    return any(word in LABELS for word in known) and all(word in LABELS or word in _BESIDE for word in known)


def _begins(word: str) -> bool:
    """Tell whether a word with a capital begins a sentence, so that a label comes before it: The, This, Two."""
    return word in stop_words() or word in general_words() or word in _NUMBERS


def _heads(words: list[str]) -> bool:
    """Tell whether these words, before a colon, are a label: known ones, or several in capitals."""
    known = [word.lower() for word in words]
    if any(word in LABELS for word in known):
        return all(word in LABELS or word in _BESIDE for word in known) or all(word.isupper() for word in words)
    return len(words) > 1 and all(word.isupper() for word in words)


def is_statement(sentence: str) -> bool:
    """Tell whether a sentence says who owns an article and what may be done with it.

    Examples
    --------
    >>> is_statement("© 2020 Elsevier B.V."), is_statement("All rights, including for training, are reserved.")
    (True, True)
    >>> is_statement("Copyright law protects authors."), is_statement("Journals published by Elsevier Ltd grow.")
    (False, False)
    """
    return _STATEMENT.search(sentence) is not None or _AT_BEGINNING.match(sentence) is not None


def goes_on(sentence: str) -> bool:
    """Tell whether words belong to the statement before them: a few words, all names, that name a publisher.

    Examples
    --------
    >>> goes_on("Licensee MDPI, Basel, Switzerland."), goes_on("Nature needs cities.")
    (True, False)
    """
    words = sentence.split()
    if len(words) > _MOST_WORDS_AFTER or not _NAMED.search(sentence):
        return False
    return not any(word[:1].islower() and word.strip(".,;()") not in _SMALL for word in words)


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
