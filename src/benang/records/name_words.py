"""The words of a name: initials, particles, suffixes, titles and degrees, and what marks a body or a person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from benang.records.spelling import folded

# These belong to the family name after them: van Eck, de la Cruz, el Baradei.
_PARTICLES = (
    "af al ap av d' da das de del della den der des di do dos du el la las le los ten ter van vom von zu zum zur"
)
BEFORE_FAMILY = frozenset(_PARTICLES.split())
"""Particles that belong to the family name after them, in lower case."""
JOINING = frozenset(["e", "i", "y"])
"""What joins two family names, in small letters: Silva e Costa, Ortega y Gasset; a capital there is an initial."""
SON_OF = frozenset(["bin", "binti", "binte", "bint", "ibn", "a/l", "a/p"])
"""Son or daughter of: a name with one in it has no family name and is cited whole, as Siti binti Umpama."""
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
"""What may follow a name, in lower case."""

_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?){1,6}[^\W\d_]?")
_BARE = re.compile(r"[^\W\d_](?:-?[^\W\d_]){0,2}")
_NO_INITIALS = frozenset({"NG", "RI"})  # a family name; the Republic of Indonesia behind the name of a ministry
_VOWELS = frozenset("aeiou")

_GLUED = re.compile(r"(?<![^\W\d_])((?:[^\W\d_]\.){1,4})(?=[^\W\d_]{2})")

# These mark a body wherever they occur.
_ANYWHERE = (
    "academy agence agency alliance asosiasi assembly association authority bundesamt bundesministerium center "
    "chapter centers centre centres centro clinic clinics collaboration collaborators commission committee "
    "company conference congress consejo consortium corp. corporation council department direktorat division "
    "federation fédération foundation forum fundación gesellschaft gmbh group headquarters hospital ikatan inc. "
    "initiative institut institute institutes institution instituto investigators istituto kabupaten kementerian "
    "komisi laboratories laboratory lembaga ltd. ministerio ministerium ministère ministry museum nations network "
    "observatory office organisation organization panel parliament participants partnership pemerintah "
    "perhimpunan perusahaan programme project provinsi republic republik secretariat services sekolah society "
    "taskforce team trialists universidad universidade universitas université universität university verein "
    "working yayasan &"
)
# Heads of names in Indonesian, which come first; after a given name they are family names.
_FIRST = "badan balai bank dinas kantor pusat the"
# These occur in names of bodies and as family names of people: with initials, they are a person's.
_NOT_WITH_INITIALS = "bank board bureau college fund league school trust union united world"
# Small words within the name of a body; some in small letters only, since Dan and The are names of people.
_WITHIN = frozenset(["and", "for", "of"])
_WITHIN_SMALL = frozenset(["bagi", "dan", "on", "the", "und", "untuk"])
_BODY = frozenset(_ANYWHERE.split())
_HEADS = frozenset(_FIRST.split())
_DOUBTFUL = frozenset(_NOT_WITH_INITIALS.split())
BODY_WORDS = _BODY | _HEADS | _DOUBTFUL
"""Words that may mark a body: a name without any of them, of one word and initials, is a person's."""
_INITIAL = re.compile(r"[^\W\d_]\.?(?:-?[^\W\d_]\.)*")

_TITLES = re.compile(r"(?:(?:prof|dr|drs|dra|ir|hj)\.\s{0,3}(?:h\.c\.\s{0,3})?){1,4}(?=\w)", re.IGNORECASE)
# What follows S., M. or D. in a degree: S.Pd., M.Si, S.Kom.
_SUBJECTS = (
    "acc ag agr ak ap arch biomed dev ds ec ed eng epid farm fil gz hum hut i.kom ikom ip kep keb ked kes ki km kom "
    "ling litt mat min or ort par pd pd.i pd.sd pem pet phil pi pnk ps psi pt psi.t sc si sn sos sp st stat sy th ti "
    "tr.keb tr.kep tr.kom tr.pd trop"
)
_OF_SUBJECTS = "|".join(re.escape(one) for one in sorted(_SUBJECTS.split(), key=len, reverse=True))
_DEGREE = re.compile(
    rf"[SMDAsmda]\.\s?(?i:{_OF_SUBJECTS})\.?|[SM]\.[A-Z]\.(?:Kom|Pd|Si|Kes|Sos|Ag|Hum|Kep|Farm|Psi)\.?|"
    r"[SMDB](?:Pd|Si|Sc|Kom|Hum|Sos|Psi|Ag|Kes|Kep|Keb|Farm|Eng|Ed|Phil)\.?|"
    r"(?i:ph\.?\s?d|b\.\s?sc|dr\.\s?ph|d\.\s?phil)\.?|Lc\.?|Apt\.?|Ners|Cand\.?"
)
_IN_CAPITALS = re.compile(r"MD|MBA|MPH|MSc|RN|DVM|DDS|(?:[SMA]\.\s?[A-Z]\.?)(?:[A-Z]\.)?")


def is_initials(word: str, name: str) -> bool:
    """Tell whether a word of a name is initials, with full stops or bare.

    Examples
    --------
    >>> [is_initials(word, "Gao S.-P.") for word in ("S.-P.", "Gao")], is_initials("MJ", "Benton MJ")
    ([True, False], True)
    """
    return bool(_DOTTED.fullmatch(word)) or is_bare(word, name)


def is_dotted(word: str) -> bool:
    """Recognise initials with full stops: `L.M.`, `S.-P.`."""
    return bool(_DOTTED.fullmatch(word))


def is_bare(word: str, name: str) -> bool:
    """Recognise initials without full stops: `MJ`; in a name in capitals only a single letter, or `XM` in `WANG XM`."""
    if word != word.upper() or word == word.lower() or not _BARE.fullmatch(word):
        return False
    if name != name.upper():
        return len(word) <= 3
    return len(word) == 1 or _ends_in_initials(word, name)


def _ends_in_initials(word: str, name: str) -> bool:
    first, _, last = " ".join(name.split()).partition(" ")
    return last == word and len(first) > 1 and has_vowel(first) and are_capital_initials(word)


def is_lone_capital(word: str) -> bool:
    """Recognise one capital letter without a full stop."""
    return len(word) == 1 and word != word.lower()


def are_capital_initials(word: str) -> bool:
    """Tell whether capitals in a name that is all in capitals are initials rather than a short name.

    Examples
    --------
    >>> are_capital_initials("XM"), are_capital_initials("XMD"), are_capital_initials("NUR")
    (True, True, False)
    """
    letters = word.replace("-", "")
    if not 0 < len(letters) <= 3 or not letters.isalpha() or letters != letters.upper() or letters == letters.lower():
        return False
    return letters not in _NO_INITIALS and (len(letters) < 3 or (word.isascii() and not has_vowel(word)))


def has_vowel(word: str) -> bool:
    """Recognise a word that can be spoken, as initials seldom can."""
    return not _VOWELS.isdisjoint(folded(word)) or not word.isascii()


def spaced_initials(name: str) -> str:
    """Put a blank between initials and the name that follows them without one.

    Examples
    --------
    >>> spaced_initials("A.B.Contoh"), spaced_initials("Contoh A.B.")
    ('A.B. Contoh', 'Contoh A.B.')
    """
    return _GLUED.sub(r"\1 ", name) if "." in name else name


def is_east_asian(text: str) -> bool:
    """Recognise a name in East Asian script, in which the family name comes first."""
    return all(unicodedata.east_asian_width(letter) in "WF" for letter in text if letter != " ")


def is_joining(words: Sequence[str], at: int) -> bool:
    """Tell whether the word at a place joins two family names: in small letters, or in a long name all in capitals.

    Examples
    --------
    >>> is_joining("Maria Silva e Costa".split(), 2), is_joining("Ani E Umpama".split(), 1)
    (True, False)
    """
    word = words[at]
    if word in JOINING:
        return any(one != one.lower() for one in words)  # in a name all in small letters it may be an initial
    return word == "Y" and len(words) > 3 and all(one == one.upper() for one in words)


def is_body(words: Sequence[str]) -> bool:
    """Tell whether the words of a name are those of a body.

    Examples
    --------
    >>> [is_body(name.split()) for name in ("World Health Organization", "Badan Pusat Statistik", "World Bank")]
    [True, True, True]
    >>> [is_body(name.split()) for name in ("Dan Weld", "Kota Umpama", "Paul B. Kantor", "S. A. Bank")]
    [False, False, False, False]
    """
    lowered = [word.lower() for word in words]
    if not _BODY.isdisjoint(lowered) or (len(words) > 1 and lowered[0] in _HEADS):
        return True
    if any(low in _WITHIN or word in _WITHIN_SMALL for word, low in zip(words[1:-1], lowered[1:-1], strict=True)):
        return True
    return not _DOUBTFUL.isdisjoint(lowered) and not any(map(_INITIAL.fullmatch, words))


def is_degree(part: str) -> bool:
    """Recognise a degree that could be nothing else.

    Examples
    --------
    >>> [is_degree(part) for part in ("S.Pd.", "M.Si", "Ph.D.", "M. Kom", "S.E.", "MD", "A. Umpama", "S.Misal")]
    [True, True, True, True, False, False, False, False]
    """
    return bool(_DEGREE.fullmatch(part))


def may_be_degree(part: str) -> bool:
    """Recognise a degree that could be initials as well: S.E., M.M., MD.

    Examples
    --------
    >>> [may_be_degree(part) for part in ("S.E.", "M.M", "MD", "B.C.", "Sari")]
    [True, True, True, False, False]
    """
    return bool(_IN_CAPITALS.fullmatch(part))


def without_title(name: str) -> str:
    """Remove titles before a name.

    Examples
    --------
    >>> without_title("Prof. Dr. Ani Umpama"), without_title("Dr. Umpama"), without_title("Drajat Umpama")
    ('Ani Umpama', 'Umpama', 'Drajat Umpama')
    """
    match = _TITLES.match(name)
    return name[match.end() :] if match else name


def without_degrees(name: str) -> str:
    """Remove degrees after a name.

    What could be initials counts where a whole name precedes it, or a degree that could be nothing else beside it.

    Examples
    --------
    >>> [without_degrees(name) for name in ("Ani Umpama, S.E., M.Si.", "Umpama, Ani, S.Pd.", "Umpama, S.E.")]
    ['Ani Umpama', 'Umpama, Ani', 'Umpama, S.E.']
    """
    first, *further = name.split(",")
    if not any(is_degree(part.strip()) for part in further):
        return name
    is_whole = " " in first.strip()
    kept = [
        part
        for at, part in enumerate(further)
        if not is_degree(part.strip()) and not ((at or is_whole) and may_be_degree(part.strip()))
    ]
    return ",".join([first, *kept])
