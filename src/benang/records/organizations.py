"""The organisation of an affiliation, and which of them are the same.

Web of Science begins an affiliation with the organisation (`Univ Leiden, Ctr Sci & Technol Studies, …`), most others
with the department. The part that names a university is taken, else an institute or a company, else the first that is
no department. Names are compared by their words as `organization_words.tsv` reads them, which a reader of this folder
can see and a review's thesaurus can overrule.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import zip_longest
from typing import NamedTuple

from benang.records.countries import country_of
from benang.records.record import WEB_OF_SCIENCE, Record
from benang.records.spelling import folded, usual_spelling
from benang.records.thesaurus import Thesaurus

_AUTHORS = re.compile(r"^\s*\[[^\]]{0,100000}\]\s*")
_REPRINT = re.compile(r"\s*\((?:reprint author|corresponding author)\)[,;]?", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|&")
_POSTCODE = re.compile(r"^[A-Z]{0,3}-?\s?[0-9][0-9 -]{2,}")
# What a part has to hold, most telling first: a university ranks before its institutes, an institute before a company.
_KINDS = (
    re.compile(
        r"\b(?:uni[vw]\w*|(?:inst\w*|school|sch) (?:of )?(?:technol\w*|tech)|polytech\w*|politek\w*|politec\w*|"
        r"hochschule|colleges?|coll|academ\w*|acad|akademi\w*|ecole|eth|epfl|mit|caltech|iain|uin|stain|stkip|stie|ikip|"
        r"sekolah tinggi|institut teknologi|institut seni|institut agama)\b"
    ),
    re.compile(
        r"\b(?:inst\w*|istituto|hosp\w*|rumah sakit|cent(?:er|re|ro)s?|ctr|pusat|lab\w*|ministry|minist|min|"
        r"kementerian|council|cncl|agency|agcy|badan|balai|dinas|pemerintah|bureau|biro|foundation|fdn|yayasan|lembaga|"
        r"museum|library|perpustakaan|organi[sz]ation|association|assoc|society|authority|government|govt|bank|komisi|commission)\b"
    ),
    re.compile(r"\b(?:inc|ltd|llc|gmbh|corp\w*|co|company|ag|bv|sa|pt|tbk|plc|technologies|consulting)\b"),
)
_PART_OF = re.compile(
    r"^(?:the )?(?:(?:graduate |sub-?)?(?:dept\w*|department\w*|faculty|fac|fakultas|fak|jurusan|jur|prodi|program|"
    r"programme|division|div|section|sect|unit|bagian|departemen|departamento|facultad|dipartimento|dpto|abteilung|"
    r"lehrstuhl|chair|group|grp|laborator\w*|lab|school|sch|graduate school|research group|clinic|klinik|"
    r"sub ?bagian))\b"
)


_COMPASS = {"n": "north", "e": "east", "s": "south", "w": "west"}
# College of Business, Umpama University: part of a university where the affiliation names one besides.
_MAY_BE_PART = re.compile(r"^(?:the )?(?:colleges?|academy) of (?!.*\bunivers)")
_UNIVERSITY = re.compile(
    r"\bunivers\w*\b(?! (?:ave|avenue|blvd|boulevard|city|drive|park|place|rd|road|street|town|way)\b)"
)
# Names that several universities share, as their keys: the part after the comma says which one is meant.
_SHARED = frozenset(
    {
        "university california",
        "university texas",
        "california state university",
        "indian institute technology",
        "national institute technology",
        "indian institute management",
        "state university new york",
    }
)
_CODE = re.compile(r"[A-Z]{2}(?: [0-9-]{4,10})?|[0-9 -]+")
# Words that Web of Science alone prints, without full stops, and words that it never prints.
_SHORT_WORD = re.compile(
    r"\b(?:Univ|Dept|Inst|Ctr|Hlth|Technol|Engn|Sci|Sch|Fac|Labs?|Res|Acad|Coll|Hosp|Natl|Corp|Div|Grp|Minist|Fdn|Assoc)\b(?!\.)"
)
_LONG_WORD = re.compile(
    r"\b(?:of|and|the|de|di|University|Department|Institute|Faculty|School|College|Cent(?:er|re)|Laboratory|Hospital)\b"
)
"""The database that puts the organisation first in an affiliation."""
_NAMES_THEM = "OpenAlex"  # which gives the name of an institution, with its id and its country, instead of an address


_OF_A_PART = re.compile(r"\b(?:departments?|dept|program(?:me)?|building|hall|studies|sciences?|engineering)\b")


class Affiliation(NamedTuple):
    """What identifies an organisation: the text, the id beside it (`ror:…`, or nothing), and the record's database."""

    text: str
    id: str = ""
    database: str = ""


@dataclass(frozen=True, slots=True)
class AffiliatedOrganizations:
    """The organisations of affiliations: `of` gives the id of each affiliation's, empty where it has none.

    The rest is as in `Organizations`; `dropped` counts the names that the thesaurus drops.
    """

    of: Mapping[Affiliation, str]
    labels: Mapping[str, str]
    variants: Mapping[str, Mapping[str, int]]
    unmatched: tuple[str, ...] = ()
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Organizations:
    """The organisations of a corpus: of each record, the ids of its organisations; of each id, its label.

    Ids are `ror:…` where a record gives one, else the words that the name is compared by. `variants` counts the
    spellings of each organisation: the names as they are in the affiliations. `unmatched` are the labels of the
    thesaurus that no name has, `dropped` is the number of names that it drops.
    """

    of_records: tuple[tuple[str, ...], ...]
    labels: Mapping[str, str]
    variants: Mapping[str, Mapping[str, int]]
    unmatched: tuple[str, ...] = ()
    dropped: int = 0


@lru_cache(maxsize=65_536)
def organization_of(affiliation: str, database: str = "") -> str:
    """Return the name of the organisation in an affiliation, as it is spelt there; nothing for an empty one.

    Web of Science puts it first; its affiliations show by the authors in brackets before them, by `database`, or,
    where that names several or none, by short words without full stops.

    Examples
    --------
    >>> organization_of("[Sun, ZW; Lee, B] Tsinghua Univ, Dept Phys, Beijing 100084, Peoples R China.")
    'Tsinghua Univ'
    >>> organization_of("Department of Physics, Faculty of Science, University of Oslo, Oslo, Norway")
    'University of Oslo'
    >>> organization_of("Program Studi Hubungan Internasional, FISIP, Universitas Contoh, Bandung, Indonesia")
    'Universitas Contoh'
    >>> organization_of("College of Business, Umpama University, Oslo"), organization_of("College of Umpama, Oslo")
    ('Umpama University', 'College of Umpama')
    >>> organization_of("PT Contoh Jaya, Jakarta"), organization_of("Umpama Corp, Hlth Care Res Labs, Bandung")
    ('PT Contoh Jaya', 'Umpama Corp')
    >>> organization_of("Department of Physics, University of California, Berkeley, CA 94720, USA")
    'University of California, Berkeley'
    """
    parts = _parts(affiliation)
    if not parts:
        return ""
    if len(parts) == 1 or affiliation.lstrip().startswith("[") or database == WEB_OF_SCIENCE:
        return parts[0]
    lowered = [folded(part) for part in parts]
    may_be_wos = not database or WEB_OF_SCIENCE in database
    if may_be_wos and _is_short(affiliation) and not _PART_OF.match(lowered[0]):
        return parts[0]
    within = any(map(_UNIVERSITY.search, lowered))
    for kind in _KINDS:
        for at, low in enumerate(lowered):
            if kind.search(low) and not _PART_OF.match(low) and not (within and _MAY_BE_PART.match(low)):
                return _with_campus(parts, at)
    at = next((at for at, low in enumerate(lowered) if not _PART_OF.match(low)), 0)
    return parts[at]


def _is_short(affiliation: str) -> bool:
    """Recognise by its words an affiliation as Web of Science prints it: `Univ X, Dept Phys`."""
    return bool(_SHORT_WORD.search(affiliation)) and not _LONG_WORD.search(affiliation)


def _with_campus(parts: Sequence[str], at: int) -> str:
    """Return a part, and after a name that several universities share the town that shows which one it is."""
    if organization_key(parts[at]) not in _SHARED:
        return parts[at]
    town = next((part for part in parts[at + 1 :] if _is_town(part)), "")
    return f"{parts[at]}, {town}" if town else parts[at]


def _is_town(part: str) -> bool:
    low = folded(part)
    is_code = bool(_CODE.fullmatch(part))
    return not (is_code or _PART_OF.match(low) or _OF_A_PART.search(low) or any(kind.search(low) for kind in _KINDS))


def _named_whole(affiliation: str) -> str:
    """Return the name in front of the country where an affiliation is nothing else."""
    name, _, country = affiliation.rpartition(", ")
    return name if name and country_of(country) else affiliation


@lru_cache(maxsize=65_536)
def organization_key(name: str) -> str:
    """Return what is the same for spellings of an organisation's name: abbreviations read, small words passed over.

    Examples
    --------
    >>> organization_key("Univ Indonesia") == organization_key("Universitas Indonesia")
    True
    >>> organization_key("The University of Washington"), organization_key("Washington Univ")
    ('university washington', 'washington university')
    """
    table = organization_words()
    words = _WORD.findall(folded(name).replace("'", "").replace("’", ""))
    if len(words) > 2 and words[0] == "a":  # an article, or the mark of a footnote
        words = words[1:]
    read = (_COMPASS[word] if _is_direction(words, at) else table.get(word, word) for at, word in enumerate(words))
    return " ".join(word for word in read if word)


def _is_direction(words: Sequence[str], at: int) -> bool:
    """Distinguish a letter that Web of Science prints for a direction (Univ S Florida) from initials (S N Bose Ctr)."""
    if words[at] not in _COMPASS or at + 1 == len(words):
        return False
    return all(len(word) > 1 for word in (*words[max(0, at - 1) : at], words[at + 1]))


@cache
def organization_words() -> Mapping[str, str]:
    """Return how words are read: `organization_words.tsv` as a table.

    Examples
    --------
    >>> organization_words()["univ"], organization_words()["the"]
    ('university', '')
    """
    text = (resources.files("benang.records") / "organization_words.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {row[0]: row[1] if len(row) > 1 else "" for row in rows[1:]}


def organizations(records: Sequence[Record], *, thesaurus: Thesaurus | None = None) -> Organizations:
    """Decide which names in records are one organisation.

    What a `thesaurus` says of a name counts before all: `benang thesaurus --items organizations` writes one to be
    edited. Else a ROR id decides where there is one; a name without one goes to the id that the same name has
    elsewhere, if there is only one such. Else names are one organisation where their words are the same.

    Examples
    --------
    >>> names = organizations([
    ...     Record("a", affiliations=("Univ Leiden, Netherlands", "UvA"), affiliation_ids=("ror:027bh9e22", "")),
    ...     Record("b", affiliations=("Dept of Law, University of Leiden, Leiden, Netherlands",)),
    ... ])
    >>> names.of_records, names.labels["ror:027bh9e22"]
    ((('ror:027bh9e22', 'uva'), ('ror:027bh9e22',)), 'Univ Leiden')
    """
    rows = [_affiliations(record) for record in records]
    names = affiliated_organizations(Counter(one for own in rows for one in own), thesaurus or Thesaurus())
    of_records = tuple(tuple(dict.fromkeys(filter(None, (names.of[one] for one in own)))) for own in rows)
    return Organizations(of_records, names.labels, names.variants, names.unmatched, names.dropped)


def affiliated_organizations(times: Mapping[Affiliation, int], thesaurus: Thesaurus) -> AffiliatedOrganizations:
    """Decide which names in affiliations are one organisation: the rules of `organizations`.

    The order of the affiliations makes no difference.

    Parameters
    ----------
    times
        How often each affiliation occurs in a corpus.
    thesaurus
        Names and their preferred labels, each looked up once.

    Examples
    --------
    >>> one, other = Affiliation("University of Contoh, Norway", "ror:1", "OpenAlex"), Affiliation("Univ Contoh")
    >>> names = affiliated_organizations({one: 1, other: 2}, Thesaurus())
    >>> names.of[one], names.of[other], names.labels
    ('ror:1', 'ror:1', {'ror:1': 'Univ Contoh'})
    """
    replaced = thesaurus.by_key(organization_key)
    printed = {one: _name(*one) for one in times}
    named = {one: _decided(name, one.id, replaced) for one, name in printed.items()}
    ids_of: dict[str, set[str]] = {}
    for name, rid in named.values():
        if rid and name:
            ids_of.setdefault(organization_key(name), set()).add(rid)
    only = {key: next(iter(ids)) for key, ids in ids_of.items() if len(ids) == 1}
    variants: dict[str, Counter[str]] = {}
    of = {}
    for one, (name, rid) in named.items():
        key = organization_key(name)
        of[one] = chosen = rid or only.get(key, key)
        if chosen:
            variants.setdefault(chosen, Counter())[name or chosen] += times[one]
    labels = {chosen: usual_spelling(counts) for chosen, counts in variants.items()}
    preferred = {only.get(key, key): label for key, label in reversed(thesaurus.labels(organization_key).items())}
    labels.update((chosen, label) for chosen, label in preferred.items() if chosen in labels)
    known = {organization_key(name) for name in printed.values()} if replaced else set()
    dropped = sum(not replaced[key] for key in known & replaced.keys())
    return AffiliatedOrganizations(of, labels, variants, thesaurus.unmatched(organization_key, known), dropped)


def _name(text: str, rid: str, database: str) -> str:
    if rid and _NAMES_THEM in database and not any(_PART_OF.match(folded(part)) for part in text.split(", ")):
        return _named_whole(text)
    return organization_of(text, database)


def _decided(name: str, rid: str, replaced: Mapping[str, str]) -> tuple[str, str]:
    """Return a name and its id after a person's decision, which overrules the id; an empty name is dropped."""
    wanted = replaced.get(organization_key(name))
    return (name, rid) if wanted is None else (wanted, "")


def _affiliations(record: Record) -> list[Affiliation]:
    pairs = zip_longest(record.affiliations, record.affiliation_ids[: len(record.affiliations)], fillvalue="")
    return [Affiliation(text, rid, record.database) for text, rid in pairs]


def _parts(affiliation: str) -> list[str]:
    """Split an affiliation at its commas, without authors, postcodes and the country at its end."""
    text = _REPRINT.sub(",", _AUTHORS.sub("", affiliation))
    parts = [" ".join(part.split()).strip(" .;") for part in re.split(r"[,;\n]", text)]
    kept = [part for part in parts if part and "@" not in part and not _POSTCODE.match(part)]
    while len(kept) > 1 and country_of(kept[-1]) and not any(kind.search(folded(kept[-1])) for kind in _KINDS):
        kept.pop()
    return kept
