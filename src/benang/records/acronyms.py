"""What acronyms mean, as the brackets of texts explain them: `gross domestic product (GDP)`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from benang.records.record import Record
from benang.records.spelling import ALIKE, common_form, singular, usual_spelling

_ACRONYM = re.compile(r"\(([A-Z][A-Za-z]{0,2}[A-Z0-9][A-Za-z0-9]{0,5})\)")
_BRACKET = re.compile(r"\s*\(([A-Za-z0-9-]{2,9})\)")
_WORDS = re.compile(r"[A-Za-z0-9]+")
_BREAK = re.compile(r"[.;:?!()]\s")
_SMALL_WORDS = "of and the for in on to a an with di dan dari untuk yang"
_SMALL = frozenset(_SMALL_WORDS.split())
_BEFORE = 120
"""Letters in front of a bracket in which an explanation is looked for."""
_STRAY = 0.05
"""Share of an acronym's brackets that may explain it otherwise."""
_RARE = 10
"""How many times rarer an expansion must be than another to be a slip of it."""


@dataclass(frozen=True, slots=True)
class Acronyms:
    """Acronyms of a corpus with the one expansion that its brackets give each."""

    expansions: Mapping[str, str]

    def spelt_out(self, label: str) -> str:
        """Write the expansions in place of the acronyms in a label; their capitals distinguish them from words.

        Examples
        --------
        >>> known = Acronyms({"SHE": "spin Hall effect"})
        >>> known.spelt_out("Inverse SHE"), known.spelt_out("she")
        ('Inverse spin Hall effect', 'she')
        """
        return _WORDS.sub(lambda match: self.expansions.get(_singular(match[0]), match[0]), label)


def acronyms(labels: Iterable[str], records: Sequence[Record]) -> Acronyms:
    """Find acronyms and what they mean, where labels, titles and abstracts explain them in brackets.

    The letters of the acronym are the initials, or the leading letters, of the words in front of the bracket, in
    order; small words may be skipped. An acronym with two expansions is left out, since which is meant can't be known
    from the acronym alone; an expansion in other letters (`semiconductor (SC)`) counts as a second one. Slips of the
    pen and a stray second meaning (up to 5 of 100 brackets) are passed over.

    Examples
    --------
    >>> record = Record("a", abstract="Small and medium enterprises (SMEs) and non-state actors (NSA).")
    >>> acronyms([], [record]).expansions
    {'NSA': 'non-state actors', 'SME': 'small and medium enterprises'}
    """
    explained: dict[str, Counter[str]] = defaultdict(Counter)
    others: dict[str, Counter[str]] = defaultdict(Counter)
    for text in (*labels, *(text for record in records for text in (record.title, record.abstract))):
        if "(" not in text:
            continue
        for match in _ACRONYM.finditer(text):
            short = _singular(match[1])
            before = _BREAK.split(text[max(match.start() - _BEFORE, 0) : match.start()])[-1]
            if long := _by_leading_letters(short, before):
                explained[short][long] += 1
            elif long := _by_letters_in_order(short, before):
                others[short][long] += 1
    expansions = {short: _one_expansion(explained[short], others[short]) for short in sorted(explained)}
    return Acronyms({short: long for short, long in expansions.items() if long})


def _one_expansion(explained: Mapping[str, int], others: Mapping[str, int]) -> str:
    """Return the expansion that an acronym has, as it is most often spelt; nothing where it has two."""
    forms: Counter[str] = Counter()
    for long, times in explained.items():
        forms[_form(long)] += times
    form = usual_spelling(forms)
    second = sum(times for other, times in forms.items() if other != form and not _is_slip(other, form, forms))
    for long, times in others.items():
        # `Landau-Lifshitz-Gilbert equation (LLG)` only says more than `Landau-Lifshitz-Gilbert (LLG)`.
        if not _form(long).startswith(form) and not form.startswith(_form(long)):
            second += times
    if second > _STRAY * (forms[form] + second):
        return ""
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for long, times in explained.items():
        if _form(long) == form:
            spelt[common_form(long)][long] += times
    return usual_spelling(spelt[usual_spelling({one: counts.total() for one, counts in spelt.items()})])


def _is_slip(other: str, form: str, forms: Mapping[str, int]) -> bool:
    return _RARE * forms[other] <= forms[form] and fuzz.ratio(other, form) >= ALIKE


def _form(long: str) -> str:
    """Return what the spellings of an expansion have in common: *graphic* and *graphics processing units* are one."""
    return common_form(" ".join(singular(word.lower()) for word in _WORDS.findall(long)))


def without_acronyms(label: str) -> str:
    """Take out of a label the acronyms in brackets that the words in front of them explain; other brackets stay.

    Examples
    --------
    >>> without_acronyms("Landau-Lifshitz-Gilbert (LLG) equation"), without_acronyms("coplanar waveguide (CPW)")
    ('Landau-Lifshitz-Gilbert equation', 'coplanar waveguide')
    >>> without_acronyms("Dispersion (waves)"), without_acronyms("Si(111)")
    ('Dispersion (waves)', 'Si(111)')
    """
    if "(" not in label:
        return label

    def bracket(match: re.Match[str]) -> str:
        before = label[max(match.start() - _BEFORE, 0) : match.start()]
        return "" if _by_letters_in_order(match[1], before) else match[0]

    return _BRACKET.sub(bracket, label).strip()


def _singular(acronym: str) -> str:
    return acronym[:-1] if acronym.endswith("s") and acronym[:-1].isupper() else acronym


def _by_leading_letters(short: str, before: str) -> str:
    """Return the words before a bracket whose leading letters are those of the acronym; small words may be skipped."""
    words = list(_WORDS.finditer(before))
    first = _first_word(short.lower(), [word[0].lower() for word in words])
    if first is None or len(words) - first < 2:
        return ""
    text = " ".join(before[words[first].start() :].split())
    return text.lower() if not text[1:].isupper() else text


def _first_word(letters: str, words: Sequence[str]) -> int | None:
    """Return the place of the word with which an expansion begins; as few letters of each word as will do."""
    if not letters:
        return len(words)
    if not words:
        return None
    for length in range(1, min(len(words[-1]), len(letters)) + 1):
        if letters.endswith(words[-1][:length]):
            first = _first_word(letters[:-length], words[:-1])
            if first is not None:
                return first
    return _first_word(letters, words[:-1]) if words[-1] in _SMALL else None


def _by_letters_in_order(short: str, before: str) -> str:
    """Return the words before a bracket that have the letters of an acronym in order, its first one as an initial.

    After A. S. Schwartz and M. A. Hearst (2003), A simple algorithm for identifying abbreviation definitions in
    biomedical text, *Pacific Symposium on Biocomputing* 8, 451–462.
    """
    letters = [letter for letter in short.lower() if letter.isalnum()]
    if not any(map(str.isalpha, letters)):
        return ""
    text = before.lower()
    if letters[-1] == "s" and len(letters) > 2 and not text.endswith("s"):
        letters.pop()
    at = len(text)
    for place in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and (text[at] != letters[place] or (not place and at and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return ""
    words = _WORDS.findall(text[at:])
    most = min(len(letters) + 5, 2 * len(letters))
    return "" if words[0] in _SMALL or short.lower() in words or len(words) > most else text[at:].strip()
