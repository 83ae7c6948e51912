"""Titles, keywords and sources that an export wrote in capitals throughout, put into ordinary spelling.

What a word looks like is learnt from the rest of its record or corpus, never guessed where that shows it: `COVID` stays
in capitals where the abstract has it so, `INDONESIA` becomes `Indonesia` where a keyword or an address has it so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from babel import Locale

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ENDS = frozenset(".?!:;•¿¡")
_VOWELS = frozenset("AEIOUYÀÁÂÃÄÅÈÉÊËÌÍÎÏÒÓÔÕÖØÙÚÛÜÝ")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_MOST_ROMAN, _MOST_CONSONANTS = 5, 5
_SHORTENED = "BR CTR DR DTSCH HDB HLTH JPN MGMT MGT MKT MKTG MR MRS ND PH PHD PR RD SCH ST STR TH TXB VS WKLY ZDR"
_NO_ACRONYMS = frozenset(_SHORTENED.split())
"""Abbreviations without a vowel, most of them of Web of Science's names of journals, and pH."""
_ORDINAL = re.compile(r"[0-9]{1,4}(?:ST|ND|RD|TH)|[0-9]{3}0S")
_KNOWN = (
    "ACM ACS AIDS AIMS AIP AIS APL ASCE ASEAN ASME BIMSTEC CEO COVID DNA ENSO ESG EU EURASIP GIS HIV IEEE IEICE IET "
    "IFAC IFIP IOP ISO ISPRS IUFRO JAMA JMIR MIS NATO NGO NGOS OECD PISA PLOS RNA SARS SDGS SIAM SME SMES SPE SWOT UK "
    "UN UNDP UNESCO UNICEF USA WSEAS WTO"
)
_BODIES = (
    "AAPG AAPS ACI AIAA AJR AMA APA ASHRAE CIRP EMBO EPL ESA ETRI FEBS FEMS ICES IMF ISA ISIJ ISME JACC JETP JOM NASA "
    "NBER PNAS RAIRO RAND SAE SLAS SPIE WHO"
)
_METHODS = "2D 3D 4G 5G CO2 H1N1 H2O ADHD AHP ANOVA EEG FDI ICT ICTS IOT MRI PCA SEM UAV UAVS"
_ACRONYMS, _IN_SOURCES, _IN_KEYWORDS = (frozenset(listed.split()) for listed in (_KNOWN, _BODIES, _METHODS))
"""Acronyms that any text may carry, and those of sources and of keywords alone: in a title `who` and `apa` are words.

The others are learnt from the record or corpus."""
NO_SPELLINGS: Mapping[str, str] = MappingProxyType({})
_LINKING = (
    "a an and as at by for from in into of on or the to via vs with dan dari di ke untuk yang pada dalam "
    "de del della delle dei di da do dos das du des d el en et la las le les los na per sur y e em "
    "am auf aus der die den für im und von zu zum zur van och og het"
)
_SMALL = frozenset(_LINKING.split())
"""Words that stay small within a source's name, in the languages that many sources have."""
_BESIDE = "all anti based co free inter intra less like low mid multi non pan post pre semi sub ultra"
_AFFIXES = frozenset(_BESIDE.split())
"""What goes with an acronym in a compound (*non-DNA*) and is a word, whether a corpus shows it or not."""
_SYMBOL = 2  # letters of an element
_COUNTRY = 2  # letters of a country behind the name of a journal
_FEW, _LONG = 2, 6  # words, and letters from which a word is no acronym
_SHORTEST_NAME = 4  # Chad, Cuba, Iran: shorter names of countries are words too


def is_in_capitals(text: str) -> bool:
    """Recognise a text of two words or more whose letters are capitals throughout.

    Examples
    --------
    >>> is_in_capitals("KOTA KEMBAR"), is_in_capitals("SCIENTOMETRICS"), is_in_capitals("Kota kembar")
    (True, False, False)
    """
    return text.isupper() and sum(word[0].isalpha() for word in _WORD.findall(text)) > 1


def is_loud(name: str) -> bool:
    """Recognise a name that is in capitals in part: `WORLD FORUM ON TOWNS, WF-ToWn`, `TOWNS OF TODAY: Essays`.

    No acronym is meant where `of` and `the` have capitals.

    Examples
    --------
    >>> is_loud("WORLD FORUM ON TOWNS, WF-ToWn"), is_loud("TOWNS OF TODAY: Essays"), is_loud("IEEE Journal of Towns")
    (True, True, False)
    """
    return any(word.isupper() and len(word) > 1 and word.lower() in _SMALL for word in name.split())


def sentence_case(title: str, *, texts: Iterable[str] = (), places: Iterable[str] = ()) -> str:
    """Put a title in capitals into small letters; words are spelt as `texts` and `places` of the record spell them.

    The first word of a sentence begins with a capital. Of a word that is spelt in two ways the more frequent counts,
    the small one where both are alike, and the beginnings of sentences do not count. What the record does not show is
    written small, except names of countries, Roman numbers, abbreviations in brackets after the words they are
    made of, and words with a figure or without a vowel.

    Examples
    --------
    >>> sentence_case("SISTER CITIES OF INDONESIA: A SWOT ANALYSIS", texts=["A SWOT analysis of cities"])
    'Sister cities of Indonesia: A SWOT analysis'
    >>> sentence_case("KOTA KEMBAR BANDUNG", places=["Universitas Contoh, Bandung, Indonesia"])
    'Kota kembar Bandung'
    """
    known = _spellings(texts, places, frozenset(_WORD.findall(title)))
    pieces: list[str] = []
    at, begins = 0, True
    for match in _WORD.finditer(title):
        between = title[at : match.start()]
        begins = begins or (" " in between and not _ENDS.isdisjoint(between))
        word = known.get(match[0]) or _unseen(match[0], title, match.start(), match.end())
        pieces += (between, word[:1].upper() + word[1:] if begins and word.islower() else word)
        at, begins = match.end(), False
    return "".join([*pieces, title[at:]])


def source_case(
    source: str, *, spellings: Mapping[str, str] = NO_SPELLINGS, tells: bool = True, has_linking: bool = True
) -> str:
    """Write the name of a source that is in capitals as names of journals are written.

    `spellings` are words that the corpus shows, by the word in capitals. Two short words stay, as does a single word:
    they are an acronym as often as not. Where capitals do not tell that, since all sources are in capitals, as in Web
    of Science, `tells` is false, and acronyms alone stay, and a country of two letters at the end (`BIOCHEMISTRY-US`).
    Abbreviations have no linking words (`has_linking`): `DES` is *design* there.

    Examples
    --------
    >>> source_case("EUROPEAN JOURNAL OF OPERATIONAL RESEARCH"), source_case("IEEE ACCESS"), source_case("JOM FISIP")
    ('European Journal of Operational Research', 'IEEE Access', 'JOM FISIP')
    >>> source_case("ACS NANO", tells=False), source_case("PLOS ONE", spellings={"PLOS": "PLoS"}, tells=False)
    ('ACS Nano', 'PLoS One')
    >>> source_case("JIM-JOURNAL OF INVENTED MARKETS", tells=False), source_case("LAND-USE POLICY", tells=False)
    ('JIM-Journal of Invented Markets', 'Land-Use Policy')
    """
    words = source.split()
    if tells and (len(words) < _FEW or (len(words) == _FEW and all(map(_is_short, words)))):
        return source
    pieces: list[str] = []
    at = 0
    for match in _WORD.finditer(source):
        between, word = source[at : match.start()], match[0]
        if word in spellings:
            word = spellings[word]
        elif _ORDINAL.fullmatch(word):
            word = word.lower()
        elif not at and source[match.end() : match.end() + 1] == "-" and _begins_with(source[match.end() :], word):
            pass  # CMES-Computer Modeling in Engineering & Sciences
        elif word.isupper() and word not in _IN_SOURCES and not _stays(word, source, match.start(), match.end()):
            small = has_linking and at and word.lower() in _SMALL and source[match.end() : match.end() + 1] == " "
            if small and _ENDS.isdisjoint(between):
                word = word.lower()
            elif between != "-" or len(word) != _COUNTRY or match.end() < len(source):
                word = word[:1] + word[1:].lower()
        pieces += (between, word)
        at = match.end()
    return "".join([*pieces, source[at:]])


def _begins_with(text: str, acronym: str) -> bool:
    """Tell whether the words of a text begin with the letters of an acronym, small ones left out or not."""
    words = _WORD.findall(text)[: 2 * len(acronym)]
    large = [word for word in words if word.lower() not in _SMALL]
    return len(acronym) > 1 and any("".join([one[0] for one in those]).startswith(acronym) for those in (words, large))


def _is_short(word: str) -> bool:
    return len(word) < _LONG and word.lower() not in _SMALL


def keyword_case(keyword: str, spellings: Mapping[str, str] = NO_SPELLINGS, small: Set[str] = frozenset()) -> str:
    """Put a keyword in capitals into small letters, except words that `spellings` show otherwise, and acronyms.

    A formula or a name with figures in it (`TIO2`, `IL6`) shows its capitals in `spellings` alone. Behind a hyphen and
    a small word a name is small, too, as no one writes *river-Basin*. A compound of an acronym and of a short part that
    may be another one is small as a whole, unless that part is among the words that running text writes `small`.

    Examples
    --------
    >>> keyword_case("RENT CONTROL"), keyword_case("DNA METHYLATION"), keyword_case("21ST-CENTURY VITAMIN D TYPE-II")
    ('rent control', 'DNA methylation', '21st-century vitamin D type-II')
    >>> keyword_case("ADHD IN INDONESIA", {"ADHD": "ADHD", "INDONESIA": "Indonesia"})
    'ADHD in Indonesia'
    >>> keyword_case("TIO2 FILMS"), keyword_case("TIO2 FILMS", {"TIO2": "TiO2"}), keyword_case("CO2 EMISSIONS")
    ('tio2 films', 'TiO2 films', 'CO2 emissions')
    >>> keyword_case("MIMO-OFDM", {"MIMO": "MIMO"}), keyword_case("MIMO-BASE", {"MIMO": "MIMO"}, {"BASE"})
    ('mimo-ofdm', 'MIMO-base')
    >>> keyword_case("RIVER-BASIN MARKOV-CHAINS", {"BASIN": "Basin", "MARKOV": "Markov"})
    'river-basin Markov-chains'
    """
    pieces: list[str] = []
    compound: list[tuple[str, str]] = []
    at = 0
    for match in _WORD.finditer(keyword):
        between, word = keyword[at : match.start()], match[0]
        if between != "-":
            pieces += _as_one(compound, spellings, small)
            compound = []
        form = spellings.get(word) or _keyword_word(match, keyword)
        if compound and word in spellings and _is_small_behind(form, compound[-1][1]):
            form = form.lower()
        if not compound:
            pieces.append(between)
        compound.append((word, form))
        at = match.end()
    return "".join([*pieces, *_as_one(compound, spellings, small), keyword[at:]])


def _keyword_word(match: re.Match[str], keyword: str) -> str:
    """Return a word of a keyword that no text shows: small, if it doesn't show by itself that it is an acronym."""
    word = match[0]
    if word in _IN_KEYWORDS:
        return word
    if not word.isdigit() and any(letter.isdigit() for letter in word):
        return word if _abbreviates(word, keyword, match.start(), match.end()) else word.lower()
    return word if _stays(word, keyword, match.start(), match.end()) else word.lower()


def _as_one(compound: Sequence[tuple[str, str]], spellings: Mapping[str, str], small: Set[str]) -> list[str]:
    """Return the parts of a compound with hyphens between them, small where they could be an acronym."""
    forms = [form for _, form in compound]
    if any(map(_is_acronym, forms)) and any(
        form.islower() and word not in spellings and word not in small and _may_be_acronym(word)
        for word, form in compound
    ):
        forms = [form.lower() for form in forms]
    return ["-".join(forms)]


def _is_acronym(form: str) -> bool:
    return len(form) > 1 and form.isupper() and not _ROMAN.fullmatch(form)


def _may_be_acronym(word: str) -> bool:
    is_word = word.lower() in _SMALL or word.lower() in _AFFIXES or _ORDINAL.fullmatch(word)
    return not is_word and (1 < len(word) < _LONG or not word.isalpha())


def _is_small_behind(word: str, before: str) -> bool:
    """Recognise a part of a compound with a lone capital: `river-Basin`, `of-the-ART`; not `u-Pb`, `non-DNA`."""
    return before in _SMALL or (before.islower() and len(word) > _SYMBOL and word.istitle())


@lru_cache(maxsize=16_384)
def abbreviation_case(name: str, printed: str) -> str:
    """Put an abbreviation in capitals as another one of the same journal prints its acronyms.

    Examples
    --------
    >>> abbreviation_case("IEEE T MAGN", "IEEE Trans. Magn."), abbreviation_case("PLOS ONE", "PLoS One")
    ('IEEE T Magn', 'PLoS One')
    >>> abbreviation_case("J INVENT MECH DES-US", "J. Invent. Mech. Des.")
    'J Invent Mech Des-US'
    """
    if not name.isupper() or not printed or printed.isupper():
        return name
    return source_case(name, spellings=mixed_words(printed), tells=False, has_linking=False)


def mixed_words(name: str) -> dict[str, str]:
    """Return the words of a name that have a capital behind their first letter, by the word in capitals.

    Examples
    --------
    >>> mixed_words("IEEE Trans. Magn."), mixed_words("PLoS One")
    ({'IEEE': 'IEEE'}, {'PLOS': 'PLoS'})
    """
    if name.isupper() or name.islower() or name.istitle():
        return {}
    return {word.upper(): word for word in words_of(name) if is_mixed(word)}


def words_of(name: str) -> list[str]:
    """Return the words of a name as they are."""
    return _WORD.findall(name)


def is_mixed(word: str) -> bool:
    """Recognise a word that has a capital after its first letter, as acronyms have."""
    return len(word) > 1 and not word[1:].islower()


def _spellings(texts: Iterable[str], places: Iterable[str], wanted: Collection[str]) -> dict[str, str]:
    """Return how words are spelt, by the word in capitals; of several spellings the most frequent counts."""
    counts = Counter(chain.from_iterable([_tellings(text) for text in texts if not text.isupper()]))
    counts.update(chain.from_iterable([_names_in(place) for place in places if not place.isupper()]))
    spelt: dict[str, str] = {}
    for word in sorted(counts, key=lambda word: (-counts[word], not word.islower(), word)):
        if (capital := word.upper()) in wanted:
            spelt.setdefault(capital, word)
    return spelt


def _tellings(text: str) -> Iterator[str]:
    """Give the words whose spelling tells something: no capital that only a beginning asks for, no heading."""
    at, begins = 0, True
    for match in _WORD.finditer(text):
        between, word = text[at : match.start()], match[0]
        begins = begins or not _ENDS.isdisjoint(between)
        heading = word.isupper() and text[match.end() : match.end() + 1] == ":"
        if not heading and not (begins and word.istitle()):
            yield word
        at, begins = match.end(), False


def _names_in(place: str) -> Iterator[str]:
    """Give the words of a country, and of a town before it, in an address."""
    parts = [part.strip(" .") for part in place.rsplit(",", 2)]
    yield from _WORD.findall(parts[-1])
    if len(parts) > 2 and parts[-2].isalpha():
        yield parts[-2]


def _unseen(word: str, title: str, start: int, end: int) -> str:
    if _stays(word, title, start, end):
        return word
    return word.capitalize() if word in _countries() else word.lower()


def _stays(word: str, text: str, start: int, end: int) -> bool:
    """Recognise what stays in capitals although the record does not show it."""
    if len(word) == 1:
        return word not in "AEOUY"
    if word in _ACRONYMS or any(letter.isdigit() for letter in word):
        return True
    if len(word) <= _MOST_ROMAN and _ROMAN.fullmatch(word):
        return True
    if len(word) <= _MOST_CONSONANTS and word.isascii() and _VOWELS.isdisjoint(word) and word not in _NO_ACRONYMS:
        return True
    return _abbreviates(word, text, start, end)


def _abbreviates(word: str, text: str, start: int, end: int) -> bool:
    """Recognise an abbreviation in brackets after the words that it is made of."""
    in_brackets = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
    return in_brackets and _made_of(word, _WORD.findall(text[max(start - 200, 0) : start]))


def _made_of(word: str, before: Sequence[str]) -> bool:
    """Tell whether a word is made of the first letters of the words before it, small ones left out or not."""
    large = [one for one in before if one.lower() not in _SMALL]
    return any("".join([one[0] for one in words[-len(word) :]]) == word for words in (before, large))


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    """Return the names of countries that are one word, in English and Indonesian, in capitals."""
    names = (name for code in ("en", "id") for name in Locale(code).territories.values())
    return frozenset(name.upper() for name in names if name.isalpha() and len(name) >= _SHORTEST_NAME)
