"""Names of authors: taken apart, compared, shortened, cited.

Exports write `Family, Given`; some also `Family G.`, `G. Family` or one name alone. Where initials show which is which,
a name is turned; where nothing does, it stays as it is, since Indonesian names often have no family name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache

from benang.locale import Language, translator
from benang.locale.writing import listed
from benang.records.name_words import (
    BEFORE_FAMILY,
    BODY_WORDS,
    JOINING,
    SON_OF,
    SUFFIXES,
    is_bare,
    is_body,
    is_dotted,
    is_east_asian,
    is_initials,
    is_joining,
    is_lone_capital,
)
from benang.records.record import Record
from benang.records.spelling import letters_of

_WRITTEN_SMALL = BEFORE_FAMILY | JOINING | SON_OF
# `Umpama A.B.` and `Umpama AB`, as databases print most names
_PLAIN = re.compile(r"([A-Z\u00c0-\u00de][a-z\u00df-\u00ff]{3,40}) ((?:[A-Z]\.-?){1,5}|[A-Z]{1,2})")
_BETWEEN_INITIALS = re.compile(r"\b(\w) (?=\w\b)")
_MOST_WORDS = 5  # more words without a comma, initials and particles apart, are a body or a sentence


def split_name(name: str, bodies: Collection[str] = ()) -> tuple[str, str]:
    """Split a name into family and given name; a mononym or a body is all family name.

    `bodies` are names that are known to be those of bodies (`Record.bodies`); others are recognised by their words.

    Examples
    --------
    >>> split_name("Fauzi, L. M."), split_name("Gao S.-P."), split_name("G. Kalbe")
    (('Fauzi', 'L. M.'), ('Gao', 'S.-P.'), ('Kalbe', 'G.'))
    >>> split_name("Ludwig van Beethoven"), split_name("Masrohatun"), split_name("World Health Organization")
    (('van Beethoven', 'Ludwig'), ('Masrohatun', ''), ('World Health Organization', ''))
    >>> split_name("Siti binti Umpama"), split_name("WANG XM")
    (('Siti binti Umpama', ''), ('WANG', 'XM'))
    >>> split_name("Umpama Orchard Keepers", bodies=("Umpama Orchard Keepers",)), split_name("van den Umpama")
    (('Umpama Orchard Keepers', ''), ('van den Umpama', ''))
    """
    text = " ".join(name.split())
    if name in bodies:
        return text, ""
    if "," in text:
        family, given = (part.strip() for part in text.split(",", 1))
        if given.lower() in SUFFIXES:
            family, first = split_name(family)
            given = f"{first}, {given}" if first else given
        return family, given
    words = text.split()
    if len(words) < 2 or stays_whole(words):
        return text, ""
    if is_east_asian(text):
        return words[0], " ".join(words[1:])
    suffix = f", {words.pop()}" if words[-1].lower() in SUFFIXES and len(words) > 2 else ""
    cut = _family_end(words)
    if cut:
        return " ".join(words[:cut]), " ".join(words[cut:]) + suffix
    start = _family_start(words)
    return " ".join(words[start:]), " ".join(words[:start]) + suffix


def particles_before(family: str, given: str) -> tuple[str, str]:
    """Put particles that follow the given name before the family name, as databases that sort by it move them.

    Examples
    --------
    >>> particles_before("Eck", "N.J. van"), particles_before("Cruz", "M. de la"), particles_before("Sari", "Dewi")
    (('van Eck', 'N.J.'), ('de la Cruz', 'M.'), ('Sari', 'Dewi'))
    """
    words = given.split()
    cut = len(words)
    while cut > 1 and (words[cut - 1] in BEFORE_FAMILY or (words[cut - 1] in JOINING and family != family.lower())):
        cut -= 1
    return (" ".join([*words[cut:], family]), " ".join(words[:cut])) if cut < len(words) else (family, given)


def patronymic_apart(family: str, given: str) -> tuple[str, str]:
    """Write a name with a patronymic one way: the patronymic as family name, what precedes it as given name.

    It serves for comparing only; such a name is cited whole. `bin` behind a given name counts in small letters alone,
    since Bin is a Chinese given name.

    Examples
    --------
    >>> patronymic_apart("Ali bin Umpama", ""), patronymic_apart("bin Umpama", "Ali")
    (('bin Umpama', 'Ali'), ('bin Umpama', 'Ali'))
    >>> patronymic_apart("Umpama", "Ali bin"), patronymic_apart("Wang", "Xiao Bin")
    (('bin Umpama', 'Ali'), ('Wang', 'Xiao Bin'))
    """
    words = given.split()
    if len(words) > 1 and words[-1] in SON_OF:
        return f"{words[-1]} {family}", " ".join(words[:-1])
    words = [] if given else family.split()
    cut = next((at for at, word in enumerate(words) if at and word.lower() in SON_OF), 0)
    return (" ".join(words[cut:]), " ".join(words[:cut])) if 0 < cut < len(words) - 1 else (family, given)


@lru_cache(maxsize=65_536)
def inverted_name(name: str) -> str:
    """Write a name as `Family, Given` where commas or initials show which is which, else as it is.

    Examples
    --------
    >>> inverted_name("Shannon,Claude E."), inverted_name("Benton MJ"), inverted_name("A. S. Z. Belloum")
    ('Shannon, Claude E.', 'Benton, MJ', 'Belloum, A. S. Z.')
    >>> inverted_name("Joko  Widodo"), inverted_name("Sukarno")
    ('Joko Widodo', 'Sukarno')
    """
    if (plain := _PLAIN.fullmatch(name)) and plain[1].lower() not in BODY_WORDS:
        return f"{plain[1]}, {plain[2]}"
    name = name.strip(", \t\r\n")  # a comma at either end parts nothing
    words = name.split()
    if "," not in name and not _shows_its_parts(words):
        return " ".join(words)
    family, given = split_name(name)
    return ", ".join([part for piece in (family, *given.split(",")) if (part := piece.strip())])


@lru_cache(maxsize=65_536)
def author_key(name: str) -> str:
    """Return what is the same for spellings of a name that differ in case, spaces and full stops only.

    Accents, hyphens and the number of initials tell names apart here, as in VOSviewer, which goes by the string.

    Examples
    --------
    >>> author_key("Fauzi, L. M."), author_key("FAUZI, LM"), author_key("Fauzi L.M.")
    ('fauzi, lm', 'fauzi, lm', 'fauzi, lm')
    >>> author_key("Béron, F.") == author_key("Beron, F.")
    False
    """
    family, _, given = inverted_name(unicodedata.normalize("NFC", name)).casefold().partition(",")
    family = " ".join(family.replace(".", " ").split())
    given = "".join(given.replace(".", " ").split())
    return f"{family}, {given}" if given else family


def author_id(name: str) -> str:
    """Return the id of an author on a map: `author_key`, in which given names stay words of their own.

    Names with the same id have the same key, since an id without its blanks is the key.

    Examples
    --------
    >>> author_id("Senard, Jean Michel"), author_id("Fauzi, L. M."), author_id("Fauzi, Luthfi M.")
    ('senard, jean michel', 'fauzi, lm', 'fauzi, luthfi m')
    """
    family, _, given = inverted_name(unicodedata.normalize("NFC", name)).casefold().partition(",")
    family, given = (" ".join(part.replace(".", " ").split()) for part in (family, given))
    given = _BETWEEN_INITIALS.sub(r"\1", given)
    return f"{family}, {given}" if given else family


def initials(given: str) -> str:
    """Shorten given names to initials, as APA writes them.

    Examples
    --------
    >>> initials("Luthfi Maulana"), initials("L.M."), initials("ZW"), initials("Jean-Pierre"), initials("M.L., Jr.")
    ('L. M.', 'L. M.', 'Z. W.', 'J.-P.', 'M. L., Jr.')
    """
    names, _, suffix = given.partition(",")
    shortened = " ".join(_initial(word) for word in names.replace(".-", "-").replace(".", ". ").split())
    return f"{shortened}, {suffix.strip()}" if suffix.strip() else shortened


def family_name(author: str, bodies: Collection[str] = ()) -> str:
    """Return the family name of an author as records give it: the part before the comma, all of a name without one.

    For `bodies` (`Record.bodies`) it is the whole name.

    Examples
    --------
    >>> family_name("Qisty Adinda, J. F. A."), family_name("Masrohatun")
    ('Qisty Adinda', 'Masrohatun')
    >>> family_name("Office of Orchards, Stalls and Rents", bodies=("Office of Orchards, Stalls and Rents",))
    'Office of Orchards, Stalls and Rents'
    """
    return author.strip() if author in bodies else author.partition(",")[0].strip()


def citation_name(
    authors: Sequence[str], language: Language = "en", *, in_brackets: bool = False, bodies: Collection[str] = ()
) -> str:
    """Return the authors as APA cites them: one, two joined, or the first of more; nothing for none.

    In a sentence two are joined by a word, in brackets by an ampersand.

    Examples
    --------
    >>> pair = ["Erika, L.", "Nurika, R. R."]
    >>> citation_name(pair), citation_name(pair, "id"), citation_name(pair, in_brackets=True)
    ('Erika and Nurika', 'Erika dan Nurika', 'Erika & Nurika')
    >>> citation_name(["Anggia, G.", "Rohayatin, T.", "Fauzi, L. M."]), citation_name(["Masrohatun"])
    ('Anggia et al.', 'Masrohatun')
    """
    _ = translator(language)
    families = [family_name(author, bodies) for author in authors if author.strip()]
    if len(families) > 2:
        return f"{families[0]} {_('et al.')}"
    return " & ".join(families) if in_brackets else listed(families, language)


def cited_authors(record: Record, language: Language = "en") -> str:
    """Return a record's authors as a sentence cites them; its title where it has none, else its key.

    Examples
    --------
    >>> cited_authors(Record("a", authors=("Djirimu, M. N.",))), cited_authors(Record("b", title="Kota kembar"))
    ('Djirimu', '“Kota kembar”')
    """
    named = citation_name(record.authors, language, bodies=record.bodies)
    return named or (f"“{record.title}”" if record.title else record.key)


def short_citation(record: Record, language: Language = "en") -> str:
    """Return authors and year as a sentence cites them; `n.d.` where there is no year.

    Examples
    --------
    >>> short_citation(Record("a", authors=("Erika, L.", "Nurika, R. R."), year=2020))
    'Erika and Nurika (2020)'
    >>> short_citation(Record("b", authors=("Djirimu, M. N.",)), "id")
    'Djirimu (t.t.)'
    """
    _ = translator(language)
    return f"{cited_authors(record, language)} ({record.year or _('n.d.')})"


def is_named_as(author: str, cited: str, bodies: Collection[str] = ()) -> bool:
    """Tell whether a name as it is cited is the family name of an author (`Family, Given`).

    Capitals, accents and marks make no difference. Of an author without a comma, all of the name, its first word or
    its last word may be the family name.

    Examples
    --------
    >>> is_named_as("Qisty Adinda, J. F. A.", "qisty adinda"), is_named_as("Hakim, F. N.", "Hakiem")
    (True, False)
    >>> is_named_as("Siti Masrohatun", "Masrohatun")
    True
    """
    family = family_name(author, bodies)
    words = [] if "," in author or author in bodies else family.split()
    stated = cited if author in bodies else family_name(cited)
    return letters_of(stated) in {letters_of(name) for name in (family, *words[:1], *words[-1:])}


def stays_whole(words: Sequence[str]) -> bool:
    """Recognise a name without a comma that has no parts: a body by its words, a patronymic, initials alone.

    Examples
    --------
    >>> [stays_whole(name.split()) for name in ("World Health Organization", "Siti binti Umpama", "Ani Umpama")]
    [True, True, False]
    """
    name = " ".join(words)
    if len(words) > _MOST_WORDS:
        plain = [one for one in words if one.lower() not in BEFORE_FAMILY and not is_initials(one, name)]
        if len(plain) > _MOST_WORDS:
            return True
    if is_body(words) or any(word.lower() in SON_OF for word in words[1:-1]):
        return True
    return all(is_initials(word, name) for word in words)


def _shows_its_parts(words: Sequence[str]) -> bool:
    """Recognise a name in which initials show the family name, wherever they are.

    A lone E, I or Y within a name all in capitals may join two family names, and shows nothing.
    """
    if any(map(is_dotted, words)):
        return True
    name = " ".join(words)
    if words and is_bare(words[-1], name):
        return True
    shouted = name == name.upper()
    return any(
        is_lone_capital(word) and not (shouted and at and word.lower() in JOINING) for at, word in enumerate(words[:-1])
    )


def _family_end(words: Sequence[str]) -> int:
    """Return where the family name ends in `Family G. M.`, 0 where the name isn't written so."""
    name, cut = " ".join(words), len(words)
    while cut and is_initials(words[cut - 1], name):
        cut -= 1
    return cut if cut < len(words) else 0


def _family_start(words: Sequence[str]) -> int:
    """Return where the family name begins in `Given Family`; what joins two family names and particles belong to it."""
    start = len(words) - 1
    if BEFORE_FAMILY.issuperset(words[:start]):  # van den Umpama: a family name alone
        return 0
    while start > 1:
        if is_joining(words, start - 1):
            start -= 2
        elif words[start - 1].lower().rpartition("-")[2] in BEFORE_FAMILY:  # van Dieren, Kroese-van Dieren
            start -= 1
        else:
            break
    return start


def _initial(word: str) -> str:
    if word in _WRITTEN_SMALL:
        return word
    if word.endswith(".") and len(word) <= 3:
        return word
    if len(word) <= 3 and word == word.upper() != word.lower():
        return " ".join(f"{letter}." for letter in word if letter != "-")
    return "-".join(_first_letter(part) for part in word.split("-") if part)


def _first_letter(word: str) -> str:
    return f"{word[0].upper()}." if word[0].lower() != word[0].upper() else word
