"""Words and marks of an English sentence, and its numbers with units, which measure something and name nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

# What is no word but a code: with a figure in it, of capitals, of chemical symbols (FePt), or of a single letter.
_CODE = r"(?:[^\W\d_]{0,12}[0-9][^\W_]{0,12}(?:[-.][^\W_]+)?|(?:[A-Z][a-z]?){1,6}|[a-z])"
_WORD = r"[^\W_]+(?:[-‐‑–'’.&][^\W_]+)*"
_INDEX = r"(?:\((?:[A-Za-z]{0,2}[0-9][0-9A-Za-z/]{0,4}|max|min)\)[^\W_]*)+"

TOKEN = re.compile(rf"{_CODE}(?:/{_CODE})+(?![^\W_])|{_CODE}{_INDEX}(?:[-–/][^\W_]+)?|{_WORD}|[^\w\s]|_")
"""A word, with hyphens, apostrophes, full stops and & inside; codes with a slash (C57BL/6J, Co/Pt, HIV/AIDS) or with
an index in brackets, as MEDLINE writes them (HbA(1c), 5-HT(1B)); or one mark."""


def in_capitals(words: Sequence[str]) -> bool:
    """Tell whether a sentence is all in capitals, so that none of its words is an acronym."""
    letters = 0
    for word in words:
        if len(word) > 1 and word.isalpha():
            if not word.isupper():
                return False
            letters += 1
    return letters > 2


def in_title_case(words: Sequence[str]) -> bool:
    """Tell whether most longer words of a sentence begin with a capital, so that a capital tells no name.

    Examples
    --------
    >>> in_title_case("Night Markets and the Rent of Stalls".split()), in_title_case("Rents rise in Java".split())
    (True, False)
    """
    longer = [word for word in words[1:] if len(word) > 3 and word[0].isalpha()]
    return not longer or 2 * sum(word[0].isupper() for word in longer) > len(longer)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SYMBOLS = _words(
    """
    nm mm cm km µm μm um m pm kg mg µg μg ug ng g ml µl μl dl l k oe koe t mt ghz mhz khz hz thz ev mev kev v mv kv
    w mw kw a ma s ms ns ps fs h hr hrs min db mol mmol µmol μmol umol nmol pmol fmol wt c °c f pa kpa mpa gpa j kj emu
    cc erg tb gb mb bit kbit ppm ppb bp kb kda iu mu µu μu vol et am pm usd eur idr mmhg hg bpm cm2 cm3 mm2 mm3 m2 m3
    km2 microg microm microu micromol mumol cfu mah mw dbm rpm kcal ha
    """
)  # symbols that follow a number; microg is MEDLINE's µg
_SPELT = _words(
    """
    degree degrees celsius fahrenheit kelvin microgram micrograms milligram milligrams kilogram kilograms gram grams
    nanometer nanometers nanometre nanometres micrometer micrometers micrometre micrometres micron microns millimeter
    millimeters millimetre millimetres centimeter centimeters centimetre centimetres kilometer kilometers kilometre
    kilometres milliliter milliliters millilitre millilitres liter liters litre litres oersted tesla hertz kilohertz
    megahertz gigahertz percent percentage-points kilobase kilobases megabytes gigabytes terabytes
    """
)
UNIT_TERMS = _words(
    "kg mg ml dl mmol nmol pmol µmol μmol mmhg cm2 mm2 m2 km2 cm3 mm3 m3 nm µm μm µg μg microg microm microu mumol "
    "khz mhz ghz kpa mpa gpa koe mah"
)
"""Symbols of units that are no terms by themselves either; those that are also words or acronyms (bit, ms) may be."""

_ATTACHED = re.compile(r"[0-9][0-9.,]*(?:[a-zµμ°]{2,6}[23]?)(?:/[a-zµμ0-9]{1,6})*", re.IGNORECASE)
_POWER = re.compile(r"([^\W\d_]{1,5})[-‐‑–−][123]")
_BETWEEN = frozenset("/·×*-−–^()+±~°²³⁻")


def measured(words: Sequence[str], tags: str) -> list[bool]:
    """Tell which words of a sentence are units of a number, or a number with its unit.

    Symbols and names of units count behind a number only, one after the other: in *22 degrees C*, *5 mg/kg/day* all.

    Examples
    --------
    >>> words = "at 22 degrees C the degrees of freedom".split()
    >>> [word for word, unit in zip(words, measured(words, "IQNNTLIN")) if unit]
    ['degrees', 'C']
    """
    units = [False] * len(words)
    if "Q" not in tags and not any("0" <= word[0] <= "9" for word in words):
        return units
    numbered = False
    for at, word in enumerate(words):
        if tags[at] == "Q":
            numbered = True
        elif word[0].isdigit() and (match := _ATTACHED.fullmatch(word)) and _unit_of(match[0]):
            units[at] = numbered = True
        elif not numbered:
            continue
        elif word.lower() in _SYMBOLS or word.lower() in _SPELT or _parts_are_units(word):
            units[at] = True
        elif word not in _BETWEEN:
            numbered = False
    return units


def _unit_of(word: str) -> bool:
    first = word.lower().lstrip("0123456789.,").partition("/")[0]
    return first in _SYMBOLS


def _parts_are_units(word: str) -> bool:
    """Tell whether a word is made of units: mg/kg, or one with its power, kg-1."""
    if match := _POWER.fullmatch(word):
        return match[1].lower() in _SYMBOLS or match[1] in ("d", "day", "y", "yr")
    return "/" in word and all(part in _SYMBOLS for part in word.lower().split("/"))
