"""What English words are: which tags each has, which tags follow each other (the tagger rests on it), its singular.

A singular is given where it is a word; names and words of the plural only stay as they are.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources

from babel import Locale

from benang.records import spelling

TAGS = "NLAVZDPGRTIMOCUWQSF"
"""One letter a part of speech: N noun, L plural noun, A adjective, V verb, Z verb in -s, D past tense, P past
participle, G form in -ing, R adverb, T determiner, I preposition, M modal, O to, C conjunction, U pronoun, W question
word, Q number, S mark, F foreign word or sign. Names are nouns."""

OPEN = "NLAVZDPGRQF"
"""What a word that was never seen can be."""

_PENN = {
    "NN": "N", "NNP": "N", "NNS": "L", "NNPS": "L", "JJ": "A", "JJR": "A", "JJS": "A", "AFX": "A", "VB": "V",
    "VBP": "V", "VBZ": "Z", "VBD": "D", "VBN": "P", "VBG": "G", "RB": "R", "RBR": "R", "RBS": "R", "RP": "R", "DT": "T",
    "PDT": "T", "PRP$": "T", "WP$": "T", "POS": "T", "IN": "I", "MD": "M", "TO": "O", "CC": "C", "PRP": "U", "EX": "U",
    "WP": "U", "WDT": "W", "WRB": "W", "CD": "Q", "FW": "F", "SYM": "F", "LS": "Q", "UH": "F", "ADD": "F", "XX": "F",
    "NFP": "S", "$": "F",
}  # fmt: skip
_HEAD = """# Counts from about 2,800 abstracts of many fields, tagged by spaCy's model en_core_web_sm 3.8 (MIT licence).
# Letters are the parts of speech of benang.terms.english_words. First the rows of three tags, then words seen twice."""
LONGEST_SUFFIX = 6
_RARE = 5  # a word seen less often is judged by its ending too

Sentence = Sequence[tuple[str, str]]
"""Words with their tags."""

_SINGULAR_ENDINGS = (
    "ics", "ous", "ss", "us", "is", "species", "series", "monas", "myces", "ceps",
)  # fmt: skip
"""What ends like this is no plural: fields, adjectives, names of bacteria and fungi, muscles."""

_NOUN_ENDINGS = re.compile(
    r"(?:tion|sion|ment|ness|ship|hood|ity|ety|ism|ist|ance|ence|ancy|ency|[ae]nt|[bcdfghklmnpqrstvwxyz]er|[dlnrst]or|eer|"
    r"age|ian|yte|body|ture|ide|ine|ase|ose|ite|oid|gram|graph|graphy|logy|logue|meter|metre|scope|pathy|tomy|cyte|phone|phobia|"
    r"work|ware|line|house|land|book|maker|holder|ium|gen|ane|ene|yne|one|ol|cy|ry|dom|ette|let|ling)$"
)
"""Endings by which a word of six letters or more is a noun, though no text has shown it."""

_ACRONYM = re.compile(r"(?:[A-Z]{2,}|[A-Z][a-z]?[A-Z]+)s")
"""A plural of capitals: GMOs, HAIs, PhDs."""

_COMPOUND = re.compile(r"([a-z]{3,})(women|men|wives|children|mice|teeth|feet|lives|knives)")
_PLURAL_ENDINGS = ("s", "men", "children", "mice", "teeth", "feet")
_GREEK = ("oses", "yses", "eses", "tases")
_MARKS = re.compile(r"[-‐‑–'’.&/]")
_SHORTEST = 6
_FEW = 10  # a word that is a noun in less than one of ten cases is another word: new, odd
_FEWEST_LETTERS = 4


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PLURAL_ONLY = _words(
    """
    people bacteria odds means news goods savings earnings proceeds customs clothes remains surroundings outskirts
    belongings thanks headquarters whereabouts scissors trousers pants tweezers forceps biceps triceps quadriceps
    rickets measles mumps rabies scabies caries herpes hives menses feces faeces shingles ascites genitals
    humanities commons crossroads barracks mathematics athletics gymnastics gallows innings alms alps andes balkans
    series species facies rabies diabetes sequelae auspices annals riches amends doldrums throes lens yes albicans
    regimen specimen abdomen acumen lumen stamen hymen bitumen cerumen albumen yemen ramen
    elegans sapiens nidulans mutans radiodurans kudos ethos pathos chaos cosmos logos pancreas atlas bias alias gas
    plus minus canvas christmas texas kansas tapas
    """
)


def tag_of_penn(name: str) -> str:
    """Return the letter for a tag of the Penn treebank; marks for what is none of its words' tags.

    Examples
    --------
    >>> tag_of_penn("NNS"), tag_of_penn("JJR"), tag_of_penn(",")
    ('L', 'A', 'S')
    """
    return _PENN.get(name, "S")


def word_form(word: str) -> str:
    """Return what words are looked up by: lower case, but acronyms unchanged (US is not us).

    Examples
    --------
    >>> word_form("Analysis"), word_form("US"), word_form("COVID-19"), word_form("A")
    ('analysis', 'US', 'COVID-19', 'a')
    """
    return word if len(word) > 1 and word.isupper() else word.lower()


@dataclass(frozen=True)
class TagModel:
    """Counts from tagged sentences: `words` by form and tag, `triples` of tags that follow each other."""

    words: Mapping[str, Mapping[str, int]]
    triples: Mapping[str, int]

    @cached_property
    def shares(self) -> dict[str, float]:
        """The share of each tag among all words."""
        counts: Counter[str] = Counter()
        for tags in self.words.values():
            counts.update(tags)
        total = counts.total() or 1
        return {tag: max(counts[tag], 1) / total for tag in TAGS}

    @cached_property
    def _endings(self) -> dict[tuple[bool, str], dict[str, float]]:
        """How often words of each ending have each tag, capitals apart; every word counts as if it were rare."""
        endings: defaultdict[tuple[bool, str], Counter[str]] = defaultdict(Counter)
        for word, tags in self.words.items():
            for tag, count in tags.items():
                if tag in OPEN:
                    for n in range(min(LONGEST_SUFFIX, len(word)) + 1):
                        endings[word.isupper(), word[len(word) - n :]][tag] += min(count, _RARE)
        return {key: {tag: n / tags.total() for tag, n in tags.items()} for key, tags in endings.items()}

    def guessed(self, form: str) -> dict[str, float]:
        """Return the probability of each tag by a word's ending: the longer ones weigh most (Brants 2000, section 2.3).

        P(tag | ending of n letters) = (share of the tag among words with it + θ P(tag | n - 1 letters)) / (1 + θ), with
        θ the standard deviation of the tags' shares.
        """
        if not any(letter.isalpha() for letter in form):
            return {"Q": 1.0} if any(letter.isdigit() for letter in form) else {"S": 1.0}
        theta = _deviation([self.shares[tag] for tag in OPEN])
        guess = {tag: self.shares[tag] for tag in OPEN}
        for n in range(min(LONGEST_SUFFIX, len(form)) + 1):
            share = self._endings.get((form.isupper(), form[len(form) - n :]))
            if share is None:
                break
            guess = {tag: (share.get(tag, 0.0) + theta * was) / (1 + theta) for tag, was in guess.items()}
        return guess

    def _named(self, form: str) -> dict[str, float]:
        """Return what a word with a capital is that was kept because it is a name; nothing for an acronym.

        It is a noun, but by its ending an adjective (Islamic, European).
        """
        if not (form[:1].isupper() and form[1:].islower()):
            return {}
        adjective = self.guessed(form.lower()).get("A", 0.0)
        return {"N": 1 - adjective, "A": adjective}

    def _inflected(self, form: str) -> dict[str, float]:
        """Return what a word in -s is that was seen without it: a verb (argues) or a plural, as the bare word."""
        for base in _bare_forms(form):
            seen = self.words.get(base, {})
            verb, noun = seen.get("V", 0) + seen.get("Z", 0), seen.get("N", 0)
            if verb + noun:
                return {"Z": (verb + 0.1) / (verb + noun + 0.2), "L": (noun + 0.1) / (verb + noun + 0.2)}
        return {}

    def tags(self, form: str) -> dict[str, float]:
        """Return the tags that a word can have, with their probabilities; a rare word's ending counts too."""
        seen = self.words.get(form)
        if seen is None:
            guess = self._named(form) or self._inflected(form) or self.guessed(form)
        else:
            total = sum(seen.values())
            guess = {tag: count / total for tag, count in seen.items()}
            if total < _RARE and any(tag in OPEN for tag in seen):
                ending = self.guessed(form)
                guess = {t: (guess.get(t, 0.0) * total + ending.get(t, 0.0)) / (total + 1) for t in {*guess, *ending}}
        least = max(guess.values()) / 100
        return {tag: guess[tag] for tag in TAGS if guess.get(tag, 0.0) >= least}

    def number(self, form: str) -> str:
        """Tell whether a noun was mostly seen as a singular ("N") or a plural ("L"), "" where as neither."""
        seen = self.words.get(form, {})
        one, several = seen.get("N", 0), seen.get("L", 0)
        if not one and not several:
            return ""
        return "L" if several >= one else "N"

    def text(self) -> str:
        """Return the model as it is written to its file."""
        lines = [" ".join([word, *_counts(tags)]) for word, tags in sorted(self.words.items())]
        return "\n".join([_HEAD, *_counts(self.triples), "# words", *lines, ""])


def learned(sentences: Iterable[Sentence], *, least: int = 2) -> TagModel:
    """Count words and tags in tagged sentences; words seen less than `least` times are left to their endings.

    Examples
    --------
    >>> model = learned([[("The", "T"), ("maps", "L"), ("show", "V"), ("clusters", "L")]], least=1)
    >>> dict(model.words["maps"]), model.triples["TLV"], list(model.tags("clusters"))
    ({'L': 1}, 1, ['L'])
    """
    words: defaultdict[str, Counter[str]] = defaultdict(Counter)
    triples: Counter[str] = Counter()
    for sentence in sentences:
        row = "SS" + "".join(tag for _, tag in sentence) + "S"
        triples.update(row[at : at + 3] for at in range(len(row) - 2))
        for word, tag in sentence:
            words[word_form(word)][tag] += 1
    kept = {
        word: _without_slips(tags)
        for word, tags in words.items()
        if tags.total() >= least and not any(letter.isdigit() or letter.isspace() for letter in word)
    }
    return TagModel(kept, dict(triples))


def _without_slips(tags: Counter[str]) -> dict[str, int]:
    """Leave out what a word was tagged in less than one of 50 cases: mostly a slip of what tagged it."""
    total = tags.total()
    return {tag: count for tag, count in tags.items() if count * 50 >= total}


def _bare_forms(form: str) -> list[str]:
    """Return what a word in -s may be without its ending, nothing for another word."""
    if len(form) < 4 or not form.endswith("s") or form.endswith(("ss", "us", "is")):
        return []
    bare = [form[:-1]]
    if form.endswith("ies"):
        bare.insert(0, f"{form[:-3]}y")
    elif form.endswith("es"):
        bare.append(form[:-2])
    return bare


@cache
def english() -> TagModel:
    """Return the model of English that comes with Benang."""
    text = (resources.files("benang.terms") / "english_tags.txt").read_text(encoding="utf-8")
    head, _, tail = text.partition("# words\n")
    triples = dict(_read(part) for line in head.splitlines() if not line.startswith("#") for part in line.split())
    words = {}
    for line in tail.splitlines():
        word, *counts = line.split(" ")
        words[word] = dict(map(_read, counts))
    return TagModel(words, triples)


def _counts(counts: Mapping[str, int]) -> list[str]:
    return [f"{tag}{counts[tag]}" for tag in sorted(counts, key=lambda tag: (-counts[tag], tag))]


def _read(part: str) -> tuple[str, int]:
    tag = part.rstrip("0123456789")
    return tag, int(part[len(tag) :])


def _deviation(values: Sequence[float]) -> float:
    mean = math.fsum(values) / len(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1))


def has_capitals(word: str) -> bool:
    """Tell whether a word has capitals beyond its first letter: an acronym, or a name such as SmartPLS."""
    return any(letter.isupper() for letter in word[1:])


def may_be_plural(word: str) -> bool:
    """Tell whether a word has the form of a plural, so that it is worth asking for its singular."""
    return word.endswith(_PLURAL_ENDINGS) or word in spelling.IRREGULAR


@cache
def _names() -> dict[str, list[tuple[str, ...]]]:
    """Return names of countries and regions that end like a plural, as rows of words by their last word."""
    names: dict[str, list[tuple[str, ...]]] = {}
    territories = {name.replace("&", "and") for name in Locale("en").territories.values() if name.endswith("s")}
    for name in sorted({*territories, "United Nations", "European Communities", "Low Countries", "West Indies"}):
        words = tuple(re.findall(r"[^\W_]+", name.lower()))
        names.setdefault(words[-1], []).append(words)
    return names


def is_plural_name(words: list[str]) -> bool:
    """Tell whether words in lower case end with a name that is a plural by form.

    Examples
    --------
    >>> is_plural_name(["western", "united", "states"]), is_plural_name(["netherlands"]), is_plural_name(["states"])
    (True, True, False)
    """
    return any(tuple(words[-len(name) :]) == name for name in _names().get(words[-1], ()))


def singular(word: str, known: Collection[str] = ()) -> str:
    """Return the singular of a noun in lower case where it is a word, else the noun itself.

    By the rules of spelling that labels are compared by (`spelling.singular`). A singular is a word if the tagger's
    counts have it as a noun or its plural as a plural; a word that they lack, if it is among `known` (the words of a
    corpus's phrases) or ends as nouns do.

    Examples
    --------
    >>> [singular(word) for word in ("cities", "analyses", "boxes", "processes", "databases", "cookies", "respondents")]
    ['city', 'analysis', 'box', 'process', 'database', 'cookie', 'respondent']
    >>> [singular(word) for word in ("physics", "bias", "odds", "news", "hypothesis", "species", "nhanes")]
    ['physics', 'bias', 'odds', 'news', 'hypothesis', 'species', 'nhanes']
    >>> singular("kiosks"), singular("kiosks", {"kiosk"})
    ('kiosks', 'kiosk')
    """
    one = _candidate(word)
    if one == word or not word.endswith("s") or word in spelling.IRREGULAR or one.endswith(("sis", "wife", "life")):
        return one
    return one if _is_plural(word) or _is_noun(one, one in known) else word


@lru_cache(maxsize=65_536)
def _candidate(word: str) -> str:
    if word in _PLURAL_ONLY:
        return word
    if word in spelling.IRREGULAR:
        return spelling.IRREGULAR[word]
    if match := _COMPOUND.fullmatch(word):
        return match[1] + spelling.IRREGULAR[match[2]]
    if word.endswith(_GREEK) and not english().words.get(word[:-1], {}).get("N"):
        return f"{word[:-2]}is"  # zoonoses, prostheses
    return word if len(word) < _FEWEST_LETTERS or word.endswith(_SINGULAR_ENDINGS) else spelling.singular(word)


def _is_plural(word: str) -> bool:
    """Tell whether the tagger's counts have a word as a plural."""
    return english().words.get(word, {}).get("L", 0) > 1 and english().number(word) == "L"


@lru_cache(maxsize=65_536)
def _is_noun(word: str, known: bool) -> bool:
    """Tell whether English has a noun: by the tagger's counts, else by a corpus, else by what nouns end with."""
    seen = english().words.get(word, {})
    if seen:
        return seen.get("N", 0) * _FEW >= sum(seen.values())
    return known or word in spelling.IN_IE or (len(word) >= _SHORTEST and _NOUN_ENDINGS.search(word) is not None)


def phrase_singular(words: list[str], printed: str, known: Collection[str] = ()) -> str:
    """Return the last of a phrase's words (in lower case) in the singular.

    `printed` is the end of the phrase up to the last blank, as it was printed. Acronyms lose their small *s* (GMOs) and
    no other (NHANES); names stay.

    Examples
    --------
    >>> [phrase_singular([word.lower()], word) for word in ("GMOs", "NHANES", "SmartPLS")]
    ['gmo', 'nhanes', 'smartpls']
    """
    last = words[-1]
    whole, printed = printed.lower(), _MARKS.split(printed)[-1]
    if has_capitals(printed) and not printed.isupper():
        return last[:-1] if _ACRONYM.fullmatch(printed) else last
    if printed.isupper() or is_plural_name(words) or "-of-" in whole:
        return last  # internet-of-things
    if last == "aids" and len(words) > 1:
        return "aid"  # hearing aids; AIDS has capitals
    if whole != last and (_is_plural(whole) or whole[:-1] in english().words):
        return spelling.singular(last)  # trade-offs
    return singular(last, known)
