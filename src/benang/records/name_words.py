"""The words of names: what marks people, bodies and sources, and whether two names of sources mean one.

Of persons these are initials, particles, suffixes, titles and degrees. Web of Science prints sources in capitals, which
are shown as journals print them. Two names mean one source in full, abbreviated, as an acronym, with a place or not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from benang.records.capitals import is_loud, is_mixed, source_case, words_of
from benang.records.spelling import folded, label_key, usual_spelling

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


_SMALL_WORDS = (
    "a an and the of in on for to with by from at y e et und der die das de des du la le les del di da van dan dalam "
    "fur for och og i journal jour journ jurnal j"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_WORD = re.compile(r"[^\W_]+")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BEHIND = re.compile(r"\s*(?::|;|/|=|\. | - | – ).*$")
_PREPRINT = re.compile(r"\b(?:[a-z]{0,6}r?xiv|ssrn|preprints?|research square|osf)\b|working paper")
_MEETING = re.compile(
    r"\b(?:proceedings?|proc|conference|conf|symposium|symp|congress|workshop|lecture notes|prosiding|seminar)\b"
)
# The Proceedings of an academy or society are a journal.
_SOCIETY = re.compile(
    r"\b(?:national academy|natl acad|proc natl|royal society|r soc|institution of|inst|society|soc)\b"
)


@dataclass(frozen=True, slots=True)
class SourceNames:
    """Spellings of whole names, by `label_key`, and of words with inner capitals, by the word in capitals.

    `known` keeps what was asked, since many records have one source.
    """

    names: Mapping[str, str]
    words: Mapping[str, str]
    known: dict[tuple[str, bool], str] = field(default_factory=dict, repr=False, compare=False)

    def shown(self, source: str, *, tells: bool = False) -> str:
        """Return a name in capitals as the corpus writes it elsewhere, else as names are written; others as they are.

        Whether capitals `tell` of an acronym is a matter of who wrote the name (`source_case`).

        Examples
        --------
        >>> names = source_names(["Spine", "ACS Nano", "JOURNAL OF TOWNS"])
        >>> names.shown("SPINE"), names.shown("ACS CENT SCI"), names.shown("IEEE T MAGN"), names.shown("Spine")
        ('Spine', 'ACS Cent Sci', 'IEEE T Magn', 'Spine')
        """
        if not source.isupper() and (tells or not is_loud(source)):
            return source
        asked = (source, tells)
        if asked not in self.known:
            name = self.names.get(label_key(source)) or source_case(source, spellings=self.words, tells=tells)
            self.known[asked] = name
        return self.known[asked]


NO_NAMES = SourceNames({}, {})


def source_names(written: Iterable[str], acronyms: Iterable[str] = ()) -> SourceNames:
    """Learn from the names that are not in capitals; of several spellings the most frequent counts.

    `acronyms` are names in capitals that are known to be written so.
    """
    counts = Counter(name for name in written if name and not name.isupper() and not is_loud(name))
    counts.update(acronyms)
    several: dict[str, dict[str, int]] = {}
    words: dict[str, dict[str, int]] = {}
    for name, count in counts.items():
        several.setdefault(label_key(name), {})[" ".join(name.split())] = count
        for word in words_of(name):
            forms = words.setdefault(word.upper(), {})
            forms[word] = forms.get(word, 0) + count
    usual = {capital: usual_spelling(forms) for capital, forms in words.items() if any(map(is_mixed, forms))}
    return SourceNames(
        {key: usual_spelling(spellings) for key, spellings in several.items()},
        {capital: word for capital, word in usual.items() if is_mixed(word)},
    )


def same_source(one: str, other: str) -> bool | None:
    """Tell whether two names mean one source; None where a name is missing.

    Examples
    --------
    >>> same_source("Am J Infect Control", "American Journal of Infection Control")
    True
    >>> same_source("Ecosyst. Health Sustain.", "Ecosystem Health and Sustainability")
    True
    >>> same_source("JAMA", "Journal of the American Medical Association")
    True
    >>> same_source("Lancet (London, England)", "The Lancet")
    True
    >>> same_source("Value in Health", "Antimicrobial Resistance and Infection Control"), same_source("", "Lancet")
    (False, None)
    """
    if not one or not other:
        return None
    return one == other or any(_same(*sorted((a, b))) for a in _names(one) for b in _names(other))


@lru_cache(maxsize=1 << 17)
def _same(one: str, other: str) -> bool:
    if _is_acronym(one, other) or _is_acronym(other, one):
        return True
    cut = any(name.rstrip().endswith(("...", "…")) for name in (one, other))
    return any(_same_words(_words(one, whole), _words(other, whole), cut) for whole in (False, True))


def _is_acronym(short: str, long: str) -> bool:
    letters = "".join(_WORD.findall(folded(short[:500])))
    words = _WORD.findall(folded(_IN_BRACKETS.sub(" ", long[:500])))
    if not 2 <= len(letters) <= 8 or len(words) < len(letters):
        return False
    telling = [word for word in words if word in {"journal"} or word not in _SMALL]
    return letters in {"".join(word[0] for word in telling), "".join(word[0] for word in words)}


def _same_words(a: tuple[str, ...], b: tuple[str, ...], cut: bool) -> bool:
    if not a or not b:
        return False
    if a == b or (cut and _begins(a, b)):
        return True
    if len(a) == len(b) and all(_abbreviates(x, y) for x, y in zip(a, b, strict=True)):
        return True
    return fuzz.ratio(" ".join(a), " ".join(b)) >= 92


def _begins(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted(("".join(one), "".join(other)), key=len)
    return len(short) >= 6 and long.startswith(short)


def _abbreviates(one: str, other: str) -> bool:
    """Tell whether a word is the other's beginning, or its consonants: `infect` and `infection`, `natl`, `national`."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return True
    if short[0] != long[0] or len(short) > 5:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


@lru_cache(maxsize=1 << 18)
def _words(name: str, whole: bool) -> tuple[str, ...]:
    """Return the words that distinguish a source, without brackets and subtitle unless the `whole` is wanted."""
    text = folded(name[:500]).replace("&", " and ")
    shorter = "" if whole else _BEHIND.sub("", _IN_BRACKETS.sub(" ", text).strip())
    words = _WORD.findall(shorter) or _WORD.findall(text)
    return tuple([word for word in words if word not in _SMALL]) or tuple(words)


@lru_cache(maxsize=1 << 17)
def _names(name: str) -> tuple[str, ...]:
    """Return the names that a source goes by: `Kota [City]` and `Kota = City` give both."""
    pieces = [piece.strip(" ]") for piece in re.split(r"\[| = ", name[:500])]
    return (name, *(piece for piece in pieces if len(piece) > 3)) if len(pieces) == 2 else (name,)


@lru_cache(maxsize=1 << 17)
def sort_of_source(name: str) -> str:
    """Return `preprint` or `meeting` for a name that says so, else nothing.

    Examples
    --------
    >>> sort_of_source("bioRxiv"), sort_of_source("Proceedings of the 3rd Conference on Cities"), sort_of_source("Kota")
    ('preprint', 'meeting', '')
    """
    text = folded(name[:500])
    if _PREPRINT.search(text):
        return "preprint"
    return "meeting" if _MEETING.search(text) and not _SOCIETY.search(text) else ""
