"""What spellings are compared by: without case, accents and hyphens; plurals, British and American words, and acronyms.

What an acronym means, the brackets of texts explain: `gross domestic product (GDP)`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from benang.records.record import Record

ALIKE = 92
"""From how many hundredths of likeness a rare spelling is taken for a slip of a frequent one."""
# Small Roman numerals number prefaces, so that iv-12 goes from page iv to page 12.
_OWN_HYPHEN = re.compile(r"(\s*(?:[Pp]{1,2}\.\s?)?)(?![ivxlc]{1,9}[-‐‑‒–—])([A-Za-z]{1,4})[-‐‑‒–—](?=[0-9])")

_WORD = re.compile(r"[^\W_]+")
_SQUEEZED = re.compile(r"[\W_]+")
_SHORTEST = 4
"""Letters of a word that may be a plural: `gas` and `bus` are none."""
_NOT_IN_PLURAL = (
    "news series species economics politics physics ethics mathematics statistics genetics linguistics logistics "
    "dynamics mechanics electronics robotics analytics informatics semantics aesthetics athletics obstetrics "
    "diabetes rabies apparatus status virus corpus census campus consensus focus bonus nexus tourism thus this "
    "analysis basis crisis thesis synthesis hypothesis sepsis diagnosis process access business illness wellness "
    "fitness happiness class glass stress press success congress atlas bias canvas chaos cosmos covid aids sars mers "
    "always perhaps lens kudus paris texas wales netherlands philippines headquarters means"
)
_NO_PLURAL = frozenset(_NOT_IN_PLURAL.split())
IRREGULAR = {
    "analyses": "analysis", "crises": "crisis", "theses": "thesis", "hypotheses": "hypothesis", "criteria": "criterion",
    "phenomena": "phenomenon", "children": "child", "women": "woman", "men": "man", "people": "person", "mice": "mouse",
    "data": "data", "media": "media", "indices": "index", "matrices": "matrix", "lives": "life", "leaves": "leaf",
    "wives": "wife", "knives": "knife", "wolves": "wolf", "feet": "foot", "teeth": "tooth", "syntheses": "synthesis",
    "diagnoses": "diagnosis", "bases": "base", "viruses": "virus", "curricula": "curriculum", "bacteria": "bacterium",
    "vertices": "vertex", "halves": "half", "shelves": "shelf", "headaches": "headache", "aches": "ache",
    "caches": "cache", "gases": "gas", "biases": "bias", "lenses": "lens", "buses": "bus", "axes": "axis",
    "movies": "movie", "heroes": "hero", "potatoes": "potato", "tomatoes": "tomato", "nuclei": "nucleus",
    "stimuli": "stimulus", "fungi": "fungus", "foci": "focus", "loci": "locus", "spectra": "spectrum",
    "strata": "stratum", "alumni": "alumnus", "appendices": "appendix",
}  # fmt: skip
"""Nouns whose plural does not follow from the spelling, with their singular."""
_NOUNS_IN_IE = (
    "auntie beanie birdie bogie bookie boogie bourgeoisie brownie budgie caddie calorie camaraderie collie cookie "
    "coterie foodie genie goalie groupie hippie hoodie indie junkie kilocalorie lassie lie lingerie magpie menagerie "
    "movie pie pixie prairie quickie reverie rookie selfie smoothie sortie talkie tie townie veggie yuppie zombie"
)
IN_IE = frozenset(_NOUNS_IN_IE.split())
"""Nouns in -ie, whose plural looks like that of a noun in -y."""
_GREEK = ("analyses", "crises", "diagnoses", "hypotheses", "syntheses", "theses", "prognoses", "metastases")
# British endings and the American ones; whole words where an ending would catch too much.
_AMERICAN = (
    (r"(?<=[a-z]{3})isation(?=s?\b)", "ization"),
    (r"(?<=[a-z]{3})is(?=(?:e[sd]?|ing|er|ers)\b)", "iz"),
    (r"(?<=[a-z]{3})ys(?=(?:e[sd]?|ing|er|ers)\b)", "yz"),
    (r"(?<=[a-z]{2})our(?=(?:s|al|ed|ing|ite|able|ism|hood|less|ful)?\b)", "or"),
    (r"(?<=[a-z]{3})ogue(?=s?\b)", "og"),
    (r"(?<=[a-z])ll(?=(?:ed|ing|er|ers)\b)", "l"),
    (r"\b(cent|theat|fib|calib|met|lit|spect|sab|meag|sombr|lust)re(?=s?\b)", r"\1er"),
    (r"\b(def|lic|off|pret)ence(?=s?\b)", r"\1ense"),
    (r"\bprogramme(?=s?\b)", "program"),
    (r"\b(\w*?)(?:aem|oem)(?=i)", r"\1em"),
    (r"\b(p)ae(?=diatr)", r"\1e"),
    (r"\boe(?=strogen|dema|sophag)", "e"),
    (r"\b(f)oe(?=tus|tal)", r"\1e"),
    (r"\bageing\b", "aging"),
    (r"\bgrey\b", "gray"),
    (r"\bjudgement(?=s?\b)", "judgment"),
    (r"\bsulph", "sulf"),
    (r"\baluminium\b", "aluminum"),
    (r"\b(cata|ana|dia)logu(?=ing)", r"\1log"),
    (r"\btyre(?=s?\b)", "tire"),
    (r"\bplough", "plow"),
)
_SPELT_ALIKE = (
    "four hour our tour pour sour flour detour contour velour amour course wise rise promise exercise advise devise "
    "revise supervise surprise enterprise franchise merchandise expertise otherwise likewise noise precise concise "
    "premise disguise compromise improvise televise demise paradise raise praise poise excise incise circumcise "
    "cross crossing cruise bruise close lose dialogue filled filling called calling skilled selling seller spelling "
    "telling rolling pulling drilling fulling milling billing swelling dwelling dwelled smaller taller fuller welled "
    "killing killer falling tolling wall metre"
)
_NOT_AMERICAN = frozenset(_SPELT_ALIKE.split())

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


def label_key(label: str) -> str:
    """Return what labels are compared by: without case, white space collapsed.

    Examples
    --------
    >>> label_key("  Sister  City ")
    'sister city'
    """
    return " ".join(label.split()).casefold()


def usual_spelling(counts: Mapping[str, int]) -> str:
    """Return the most frequent of several spellings, the first in the alphabet of equally frequent ones.

    Examples
    --------
    >>> usual_spelling({"Sister City": 2, "sister city": 5}), usual_spelling({"kota": 1, "Kota": 1})
    ('sister city', 'Kota')
    """
    return min(counts, key=lambda spelling: (-counts[spelling], spelling))


def folded(text: str) -> str:
    """Return what words are compared by where accents make no difference either.

    Examples
    --------
    >>> folded("  São   Tomé ")
    'sao tome'
    """
    if text.isascii():
        return label_key(text)
    return label_key("".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one)))


def letters_of(text: str) -> str:
    """Return the letters and digits alone that texts are compared by, where nothing else makes a difference.

    Examples
    --------
    >>> letters_of("  São-Tomé, 2. ")
    'saotome2'
    """
    return "".join(one for one in folded(text) if one.isalnum())


def with_hyphen_closed(pages: str) -> str:
    """Take out the hyphen between the letters and the figures of a first page, so that one that is left is a range's.

    Examples
    --------
    >>> with_hyphen_closed("AE-06"), with_hyphen_closed("I-445-I-448"), with_hyphen_closed("pp. S-3")
    ('AE06', 'I445-I-448', 'pp. S3')
    >>> with_hyphen_closed("S3-S9"), with_hyphen_closed("iv-12"), with_hyphen_closed("12-19")
    ('S3-S9', 'iv-12', '12-19')
    """
    match = _OWN_HYPHEN.match(pages)
    return f"{match[1]}{match[2]}{pages[match.end() :]}" if match else pages


@lru_cache(maxsize=65_536)
def singular(word: str) -> str:
    """Return the singular of an English noun in lower case by its ending; other words stay.

    Examples
    --------
    >>> [singular(word) for word in ("cities", "cookies", "networks", "classes", "politics", "crises", "process")]
    ['city', 'cookie', 'network', 'class', 'politics', 'crisis', 'process']
    """
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) < _SHORTEST or not word.endswith("s") or word in _NO_PLURAL or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith(_GREEK):
        return f"{word[:-2]}is"
    if word.endswith("ies") and word[:-1] in IN_IE:
        return word[:-1]
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=65_536)
def american(word: str) -> str:
    """Return the American spelling of a British word in lower case; other words stay.

    Examples
    --------
    >>> [american(word) for word in ("organisation", "behaviour", "centre", "modelling", "programme", "four", "rise")]
    ['organization', 'behavior', 'center', 'modeling', 'program', 'four', 'rise']
    """
    if word in IRREGULAR or word in _NOT_AMERICAN or singular(word) in _NOT_AMERICAN:
        return word
    for pattern, replacement in _endings():
        word = pattern.sub(replacement, word)
    return word


@cache
def _endings() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Compile the endings when they are first asked for: all that reads compares spellings, hardly any needs these."""
    return tuple([(re.compile(pattern), replacement) for pattern, replacement in _AMERICAN])


def squeezed(label: str) -> str:
    """Return the letters and figures of a label alone.

    Examples
    --------
    >>> squeezed("Co-operation"), squeezed("e government") == squeezed("E-Government")
    ('cooperation', True)
    """
    return _SQUEEZED.sub("", folded(label))


def common_form(label: str) -> str:
    """Return what spellings of a label have in common: American, its last word singular, without hyphens and spaces.

    Examples
    --------
    >>> common_form("Sister-Cities"), common_form("sister city"), common_form("International Organisations")
    ('sistercity', 'sistercity', 'internationalorganization')
    """
    words = [american(word) for word in _WORD.findall(folded(label))]
    return "".join([*words[:-1], singular(words[-1])]) if words else ""


def difference(label: str, other: str) -> str:
    """Say in a word or two how two labels of one common form differ.

    Examples
    --------
    >>> difference("sister cities", "sister city"), difference("e-government", "egovernment")
    ('plural', 'hyphen or space')
    >>> difference("behaviour", "behavior"), difference("behaviours", "behavior")
    ('British or American', 'British or American; plural')
    """
    words, others = _WORD.findall(folded(label)), _WORD.findall(folded(other))
    reasons = []
    americans, other_americans = list(map(american, words)), list(map(american, others))
    if americans != words or other_americans != others:
        reasons.append("British or American" if americans != others or words != other_americans else "")
    if americans and other_americans and _singled(americans) == _singled(other_americans):
        reasons.append("plural" if americans != other_americans else "")
    elif squeezed(" ".join(americans)) != squeezed(" ".join(other_americans)):
        reasons += ["plural", "hyphen or space"]
    elif americans != other_americans:
        reasons.append("hyphen or space")
    named = [reason for reason in reasons if reason]
    return "; ".join(named) or "punctuation or accents"


def _singled(words: list[str]) -> list[str]:
    return [*words[:-1], singular(words[-1])]


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
