"""Forms of Indonesian words: verbs by their prefixes, the -nya behind a noun, doubled words.

After J. N. Sneddon and others (2010), Indonesian: A comprehensive grammar, 2nd ed., chapters 1 and 2. Nobody can tell
all verbs by their form; the words that look like verbs and are none are listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NO_VERBS = _words(
    """
    menteri mental mentalitas menara menit mentimun mentega mentor mentoring member membran memori memorandum
    memorial memoar mendung menengah mendalam menular menahun mendatang mendasar memadai mengkudu meninggal
    menopause menstruasi meningitis meniskus mentah merek merdeka merkuri meridian meritokrasi melayu melati melodi
    melanin melanoma mercusuar mereka mewah merger merchandise meranti merapi merauke merpati mentawai menado medium
    dinas dinasti dikotomi diabetes diagnosa diare diaspora dilema diploma dirham diskon disiplin dividen diorama
    distopia difabel dinding disain dialek dirgantara dingin dimensi diva diet dialisis diakonia dipati berita beras
    berkas berlian beruang bermuda berlin bersih berani berat bernas berkat berkah terapi teror terorisme teritorial
    teritori terminal terminologi ternak terumbu terigu termodinamika termal teripang teras teratai terasi terong
    terang tertib terjemahan teratur
    """
)
_NOUN_ENDINGS = (
    "si", "tas", "ik", "ika", "is", "al", "or", "ur", "isme", "logi", "grafi", "en", "er", "um", "ol", "at", "log",
)  # fmt: skip
"""Endings of borrowed nouns in di- (distribusi, digital, direktur): no verb of Indonesian ends so but by chance."""

_LEXICAL = _words(
    "undang kupu hati laki rata cita oleh tiba mata kuda langit gula kura alun kanak pura sia jalan layang gado main "
    "semena foya muda angan biri paru ubun ramah tengah"
)
"""Words that mean something else when doubled: undang-undang is a law, undang is to invite."""

_NUMBERS = _words("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas puluh ratus ribu juta")
_GENERAL = _words("tahun nomor lewat upaya")
_SHORTEST_VERB = 6
_SHORTEST_PREDICATE = 7
_SHORTEST_NOUN = 4


@lru_cache(maxsize=65_536)
def is_verb(word: str) -> bool:
    """Tell whether a word in lower case is a verb with me- or di-, or in -kan: it parts phrases, as function words do.

    Examples
    --------
    >>> [is_verb(word) for word in ("mengelola", "dikelola", "dipengaruhi", "tergantikan", "menteri", "distribusi")]
    [True, True, True, True, False, False]
    """
    if len(word) < _SHORTEST_VERB or word in _NO_VERBS:
        return False
    if word.startswith(("me", "di", "ter", "ber")) and word.endswith("kan"):
        return True
    if word.startswith("me"):
        return word[2] in "lmnrwy"
    return word.startswith("di") and not word.endswith(_NOUN_ENDINGS)


@lru_cache(maxsize=65_536)
def names_nothing(word: str) -> bool:
    """Tell whether a word is no term by itself: a verb, a predicate with ber- or ter-, a number, *sebaiknya*.

    Within a phrase it may stand: pembangunan berkelanjutan, kaki lima.

    Examples
    --------
    >>> [names_nothing(word) for word in ("berdampak", "terdampak", "lima", "sebaiknya", "berita", "pasar")]
    [True, True, True, True, False, False]
    """
    if word in _NUMBERS or word in _GENERAL or is_verb(word):
        return True
    if word.startswith("se") and word.endswith("nya"):
        return True
    return word.startswith(("ber", "ter")) and len(word) >= _SHORTEST_PREDICATE and word not in _NO_VERBS


def bare(word: str) -> str:
    """Return a noun without the -nya that means *its* or *the*.

    Examples
    --------
    >>> bare("dampaknya"), bare("hanya"), bare("sebaiknya")
    ('dampak', 'hanya', 'sebaiknya')
    """
    without = word.removesuffix("nya")
    return without if len(without) >= _SHORTEST_NOUN and not word.startswith("se") else word


def undoubled(words: Iterable[str]) -> dict[str, str]:
    """Return the doubled words that are only plurals, with the word that they are the plural of.

    They are where the word stands by itself among the others, as *kota* does beside *kota-kota*, and means the same.

    Examples
    --------
    >>> undoubled(["kota-kota", "kota", "undang-undang", "undang", "anak-anak"])
    {'kota-kota': 'kota'}
    """
    known = set(words)
    plurals = {}
    for word in sorted(known):
        first, _, second = word.partition("-")
        if first == second and first in known and first not in _LEXICAL:
            plurals[word] = first
    return plurals
