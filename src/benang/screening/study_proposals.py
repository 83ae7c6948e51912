"""Which reports may be one study, with the evidence.

A person decides; what is proposed here joins nothing. Reports are compared where they share a registration or an
author, never all with all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain, combinations, pairwise, takewhile
from typing import Literal

from rapidfuzz import fuzz

from benang.locale.writing import Worded, worded
from benang.records.record import Record
from benang.records.references.titles import LEAST_ALIKE, is_generic, title_words
from benang.records.spelling import folded, singular
from benang.screening.studies import Studies

Strength = Literal["strong", "fair", "weak"]
STRENGTHS: tuple[Strength, ...] = ("strong", "fair", "weak")
"""How strong evidence is, the strongest first."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two reports that may be one study, and what speaks for it, in words that quote them."""

    one: str
    other: str
    strength: Strength
    evidence: tuple[Worded, ...]


@dataclass(frozen=True, slots=True)
class StudyProposal:
    """Reports that may be one study, in the order of the records; `study` is the one that some are in already."""

    reports: tuple[str, ...]
    strength: Strength
    likenesses: tuple[Likeness, ...]
    study: str = ""


def proposed_studies(
    records: Sequence[Record], studies: Studies | None = None, registered: Mapping[str, str] | None = None
) -> tuple[StudyProposal, ...]:
    """Propose which reports are one study, the strongest evidence first.

    Strong evidence is a registration that two reports share (NCT, ISRCTN, …), or shared authors with the same sample
    and two of place, years and a similar title. Fair are shared authors with the same sample, or with all three of
    these; weak are shared authors with a similar title, with place and years, or with a sample of less than 30 alone,
    and a registration where one of the reports names more than three, as reviews do. Authors are shared where the
    first or the last is the same, or two.

    Reports that each name a registration and none in common are never proposed. Weak evidence joins two reports only:
    the whole work of one author must not hang together by it.

    Parameters
    ----------
    records
        The records of the works that may belong together.
    studies
        What was decided: it is not proposed again.
    registered
        By key, texts of further fields that name registrations, which no field of a record has.

    Examples
    --------
    >>> abstract = "Registered as NCT09999999, with 240 sellers in Muara."
    >>> records = [Record("a", title="Night markets", abstract=abstract), Record("b", title="Rents", abstract=abstract)]
    >>> proposed_studies(records)[0].reports, proposed_studies(records)[0].strength
    (('a', 'b'), 'strong')
    >>> print(*proposed_studies(records)[0].likenesses[0].evidence)
    both name the registration NCT09999999
    """
    decided = studies or Studies()
    places = {record.key: at for at, record in enumerate(records)}
    known = [_read(record, (registered or {}).get(record.key, "")) for record in records]
    likenesses: dict[frozenset[str], Likeness] = {}
    for one, other in _candidates(known):
        pair = frozenset((one.key, other.key))
        if pair in likenesses or decided.of(one.key) == decided.of(other.key) or pair in decided.pairs_apart:
            continue
        if likeness := _likeness(one, other):
            likenesses[pair] = likeness
    groups = _groups(likenesses.values(), decided)
    proposals = [_proposal(group, decided, places) for group in groups]
    return tuple(
        sorted(proposals, key=lambda one: (STRENGTHS.index(one.strength), [places[key] for key in one.reports]))
    )


def _proposal(likenesses: Sequence[Likeness], decided: Studies, places: Mapping[str, int]) -> StudyProposal:
    named = {key for one in likenesses for key in (one.one, one.other)}
    ids = sorted({decided.of(key) for key in named if decided.study(decided.of(key))})
    ordered = sorted(likenesses, key=lambda one: (places[one.one], places[one.other]))
    strength = min((one.strength for one in likenesses), key=STRENGTHS.index)
    return StudyProposal(
        tuple(sorted(named, key=places.__getitem__)), strength, tuple(ordered), ids[0] if len(ids) == 1 else ""
    )


def _groups(likenesses: Collection[Likeness], decided: Studies) -> list[list[Likeness]]:
    """Put likenesses together that chain reports to one study; weak ones, and those of pairs kept apart, stay alone."""
    above: dict[str, str] = {}

    def top(key: str) -> str:
        while key in above:
            key = above[key]
        return key

    for one in likenesses:
        a, b = top(decided.of(one.one)), top(decided.of(one.other))
        if one.strength != "weak" and a != b:
            above[b] = a
    together: dict[str, list[Likeness]] = defaultdict(list)
    alone: list[list[Likeness]] = []
    for one in likenesses:
        if one.strength != "weak":
            together[top(decided.of(one.one))].append(one)
        elif top(decided.of(one.one)) != top(decided.of(one.other)):
            alone.append([one])
    for group in together.values():
        named = {key for one in group for key in (one.one, one.other)}
        if any(pair <= named for pair in decided.pairs_apart):
            alone += [[one] for one in group]
        else:
            alone.append(group)
    return alone


@dataclass(frozen=True, slots=True)
class _Report:
    """What a record says of its study: folded, with the words as they stand in it."""

    key: str
    registrations: Mapping[str, str]
    authors: Mapping[str, str]
    samples: Mapping[int, tuple[str, frozenset[str]]]
    places: Mapping[str, str]
    years: frozenset[str]
    title: str
    ends: tuple[str, str] = field(default=("", ""))


_REGISTRATION = re.compile(
    r"\b(?:NCT ?(?P<nct>[0-9]{8})|ISRCTN ?(?P<isrctn>[0-9]{8})|ACTRN ?(?P<actrn>[0-9]{14})|DRKS ?(?P<drks>[0-9]{8})"
    r"|ChiCTR(?:[- ]?[A-Z]{2,6})?[- ]?(?P<chictr>[0-9]{8,10})|PACTR ?(?P<pactr>[0-9]{15,16})"
    r"|(?:JPRN-)?UMIN(?:-CTR)? ?(?P<umin>[0-9]{9})|jRCT ?s?(?P<jrct>[0-9]{9,10})"
    r"|CTRI/(?P<ctri>[0-9]{4}/[0-9]{2,3}/[0-9]{6})|INA-(?P<ina>[A-Z0-9]{7})|IRCT ?(?P<irct>[0-9]{6,14}N[0-9]{1,3})"
    r"|TCTR ?(?P<tctr>[0-9]{11})|KCT ?(?P<kct>[0-9]{7})|SLCTR/(?P<slctr>[0-9]{4}/[0-9]{3})|RBR-(?P<rbr>[a-z0-9]{6,7})"
    r"|RPCEC ?(?P<rpcec>[0-9]{8})|(?:EudraCT|EUCTR|EU CT)[^0-9]{0,25}(?P<eudract>[0-9]{4}-[0-9]{6}-[0-9]{2})"
    r"|(?:PROSPERO[^0-9A-Z]{0,25})?CRD ?(?P<crd>42[0-9]{9,10}))\b",
    re.IGNORECASE,
)
"""Registries of the WHO's platform (ICTRP), EudraCT, INA-CRR and PROSPERO, with the form of their numbers."""
_MANY_REGISTRATIONS = 3  # more than this a report names of other studies: it is a review
_NUMBER = r"([1-9][0-9]{0,2}(?:[.,][0-9]{3})+|[1-9][0-9]{1,6})(?![0-9%]|[.,][0-9])"
_N = re.compile(rf"\b[nN]\s?=\s?{_NUMBER}")
_TOTAL = re.compile(rf"\b(?:sample|total|sampel|sebanyak|sejumlah|berjumlah)(?: of| size of)? {_NUMBER}", re.IGNORECASE)
_COUNTED = re.compile(rf"(?<![\w.,$€£<>=±/–-]){_NUMBER} ((?:[^\W\d_]+[ -]){{0,2}}[^\W\d_]{{3,}})")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Ff]rom|[Nn]ear|[Aa]cross|[Aa]round|[Dd]i|[Dd]ari) ((?:(?:Kota|Kabupaten|Kecamatan|Desa) )?"
    r"[A-Z][a-zà-ÿ]{3,}(?:[ -][A-Z][a-zà-ÿ]+){0,2})"
)
_NO_PLACES = (
    "january february march april may june july august september october november december januari februari maret mei "
    "juni juli agustus oktober desember monday sunday this these the our results english indonesian"
)
_NO_SAMPLES = (
    "percent per year month week day hour minute second metre meter million billion thousand dollar euro usd rupiah "
    "idr time fold degree persen tahun bulan minggu hari jam menit juta miliar ribu kali and with were was are for "
    "min sec hr microg microgram milligram micromol millimol mmol nmol litre liter inch mile acre confidence point "
    "item the who that which dan yang dari dengan"
)
"""Words behind a number that is no sample, units and the like, in the singular, and those where its phrase ends."""
_NO_PLACE, _NO_SAMPLE = frozenset(_NO_PLACES.split()), frozenset(_NO_SAMPLES.split())
_LEAST_SAMPLE, _TELLING_SAMPLE = 10, 30
"""The people of the smallest sample that counts, and of one that two studies by the same authors hardly share."""
_MOST_AUTHORS, _MOST_TOGETHER = 25, 60
"""The authors of a report that are compared; the reports of one author that are all compared with each other."""


def _read(record: Record, registered: str = "") -> _Report:
    abstract = record.abstract.partition("©")[0]
    text = f"{record.title}. {abstract}"
    fields = " ; ".join(
        (text, *record.author_keywords, *record.index_keywords, *record.identifiers, record.url, registered)
    )
    names = {_author(name): name for name in record.authors if name.strip()}
    keys = list(names)
    return _Report(
        key=record.key,
        registrations={_registration(match): match[0] for match in _REGISTRATION.finditer(fields)},
        authors=dict(list(names.items())[:_MOST_AUTHORS]),
        samples=dict(_samples(text)),
        places={folded(m[1]): m[1] for m in _PLACE.finditer(text) if folded(m[1]).split()[0] not in _NO_PLACE},
        years=frozenset(_YEAR.findall(abstract)),
        title="" if is_generic(record.title) else " ".join(title_words(record.title)),
        ends=(keys[0], keys[-1]) if keys else ("", ""),
    )


def shared_registration(records: Sequence[Record]) -> str:
    """Return a registration that all of some reports name, as the first writes it; nothing where there is none.

    Examples
    --------
    >>> abstract = "NCT09999999 and NCT01111111"
    >>> shared_registration([Record("a", title="Rents (NCT 09999999)"), Record("b", abstract=abstract)])
    'NCT09999999'
    """
    named = [_read(record).registrations for record in records]
    shared = [one for one in named[0] if all(one in other for other in named[1:])] if named else []
    return named[0][shared[0]].replace(" ", "") if shared else ""


def _author(name: str) -> str:
    """Return what two spellings of one author's name share: family name and first initial."""
    family, _, given = folded(name).partition(",")
    return f"{family.strip()}, {given.strip()[:1]}"


def _registration(match: re.Match[str]) -> str:
    return f"{match.lastgroup}{match[match.lastgroup or 0]}".casefold()


def _samples(text: str) -> Iterator[tuple[int, tuple[str, frozenset[str]]]]:
    """Give the sizes of samples in a text, with their words and what is counted; none of these where it isn't said."""
    for match in _COUNTED.finditer(text):
        spans = list(re.finditer("[^ -]+", match[2]))
        words = [span[0] if span[0][1:].islower() else "" for span in spans]  # no keV
        nouns = list(takewhile(lambda word: len(word) > 2 and word not in _NO_SAMPLE, map(_noun, words)))
        if nouns and not _YEAR.fullmatch(match[1]) and (size := _whole(match[1])) >= _LEAST_SAMPLE:
            yield size, (f"{match[1]} {match[2][: spans[len(nouns) - 1].end()]}", frozenset(nouns))
    for pattern in (_TOTAL, _N):
        for match in pattern.finditer(text):
            if (size := _whole(match[1])) >= _LEAST_SAMPLE:
                yield size, (match[0], frozenset())


def _noun(word: str) -> str:
    return singular(folded(word))


def _whole(number: str) -> int:
    return int(re.sub("[.,]", "", number))


def _candidates(reports: Sequence[_Report]) -> Iterator[tuple[_Report, _Report]]:
    """Give the pairs that are worth comparing: neighbours under a registration, and what shares an author.

    Of an author of very many reports only those are compared that also share a sample or the first words of a title.
    """
    for together in _under(reports, lambda report: report.registrations):
        yield from pairwise(together)
    for together in _under(reports, lambda report: report.authors):
        if len(together) <= _MOST_TOGETHER:
            yield from combinations(together, 2)
        else:
            parts = _under(together, lambda report: (*report.samples, " ".join(report.title.split()[:3])))
            yield from chain.from_iterable(combinations(part, 2) for part in parts if len(part) <= _MOST_TOGETHER)


def _under(reports: Iterable[_Report], names: Callable[[_Report], Iterable[object]]) -> Collection[list[_Report]]:
    """Put reports together under each name that they have."""
    together: dict[object, list[_Report]] = defaultdict(list)
    for report in reports:
        for name in names(report):
            together[name].append(report)
    return together.values()


def _likeness(one: _Report, other: _Report) -> Likeness | None:
    shared = sorted(one.registrations.keys() & other.registrations.keys())
    if not shared and one.registrations and other.registrations:
        return None
    evidence = _by_author(one, other)
    if not shared:
        strength = _strength(one, other, evidence.keys())
        return Likeness(one.key, other.key, strength, tuple(evidence.values())) if strength else None
    named = worded("both name the registration {id}", id=", ".join(one.registrations[each] for each in shared))
    most = max(len(one.registrations), len(other.registrations))
    if most <= _MANY_REGISTRATIONS:
        return Likeness(one.key, other.key, "strong", (named, *evidence.values()))
    many = worded("one of them names {n} registrations, as reviews do", n=most)
    return Likeness(one.key, other.key, "weak", (named, many, *evidence.values()))


def _strength(one: _Report, other: _Report, evidence: Set[str]) -> Strength | None:
    """Weigh what two reports of shared authors share besides; two samples that differ need a similar title."""
    besides = evidence & {"place", "years", "title"}
    if "sample" in evidence:
        is_telling = besides or max(one.samples.keys() & other.samples.keys()) >= _TELLING_SAMPLE
        return "strong" if len(besides) > 1 else "fair" if is_telling else "weak"
    if one.samples and other.samples and "title" not in besides:
        return None
    if len(besides) == 3:
        return "fair"
    return "weak" if "title" in besides or len(besides) == 2 else None


def _by_author(one: _Report, other: _Report) -> dict[str, Worded]:
    """Return what two reports share apart from a registration; nothing where they don't share their authors."""
    common = [key for key in one.authors if key in other.authors]
    ends = any(a == b != "" for a, b in zip(one.ends, other.ends, strict=True))
    if not ends and len(common) < 2:
        return {}
    evidence = {"authors": worded("shared authors: {names}", names="; ".join(one.authors[key] for key in common[:4]))}
    for size in sorted(one.samples.keys() & other.samples.keys()):
        (quote, words), (quoted, others) = one.samples[size], other.samples[size]
        if words & others or not (words and others):
            evidence["sample"] = worded("same sample: “{one}” and “{other}”", one=quote, other=quoted)
            break
    if places := sorted(one.places.keys() & other.places.keys()):
        evidence["place"] = worded("same place: {places}", places=", ".join(one.places[key] for key in places[:3]))
    if years := sorted(one.years & other.years):
        evidence["years"] = worded("same years: {years}", years=", ".join(years))
    if one.title and other.title and fuzz.token_sort_ratio(one.title, other.title) >= LEAST_ALIKE:
        evidence["title"] = worded("similar titles")
    return evidence
