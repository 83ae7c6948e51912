"""Networks: what one is to show, and what made one, typed: how items are counted, chosen and linked; what was read.

Every analysis is asked for by its names, with VOSviewer's thresholds and one set of defaults; terminal and plan take
theirs from the class. What made a network is filled in part by part, where it is decided, and travels with it. The
history tells people the same, step by step; nothing is looked up in it. No library is imported, so that the terminal's
help can show the defaults.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from benang.errors import Misuse, Problem, argument
from benang.evidence import History
from benang.kinds import (
    KINDS,
    LINKS,
    PRESET_SHARE,
    PRESET_TOP,
    SMALL_CORPUS,
    USUAL_LIKENESS,
    USUAL_MOST,
    AuthorNames,
    ComponentChoice,
    Counting,
    FirstThreshold,
    Items,
    Link,
    Matching,
    TermCounting,
    TermMethod,
    TextField,
)
from benang.locale.writing import alternatives, worded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


Part = TypeVar("Part")

_LARGEST = 2**53
"""The largest number that is read: up to it, whole numbers are whole in every program that reads JSON."""

_UNWRITTEN = {"written": False}
"""Of fields that have no place of their own in a map's file."""


@dataclass(frozen=True, slots=True)
class RecordCounts:
    """How many records exports had (`found`), how many were read and set aside, how many are counted (`records`).

    `origins` names fields that no database printed, with who gave them; None where no record was looked at.
    """

    found: int | None = None
    read: int | None = None
    set_aside: int | None = None
    records: int | None = None
    records_without_items: int | None = None
    origins: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What was asked of an item to be shown; `items` there were, `kept` of them met the minimums.

    `top` is how many items were kept at most, `max_words` the longest phrase, `components` which of these were kept.
    """

    min_occurrences: int | None = None
    min_documents: int | None = None
    min_citations: int | None = None
    items: int | None = None
    kept: int | None = None
    top: int | None = None
    max_words: int | None = None
    components: str | None = None


@dataclass(frozen=True, slots=True)
class ThesaurusUse:
    """The thesaurus that variants were joined by: its file and hash, the items it dropped, the labels nothing has."""

    file: str | None = None
    sha256: str | None = None
    dropped: int | None = None
    unmatched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceMatching:
    """When two references are one work, and from which likeness on where they may be matched fuzzily."""

    matching: str | None = None
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class TermChoice:
    """Where terms were found and how, how they were counted, and the share of them that was kept as relevant."""

    fields: tuple[str, ...] = ()
    method: str | None = None
    counting_method: str | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class ComponentsKept:
    """Which components were kept (`keep`), how many there were, the items of the largest; items before and after."""

    keep: str | None = None
    components: int | None = None
    largest: int | None = None
    items: int | None = None
    kept: int | None = None
    dropped: int | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not on a map, and why, beyond thresholds and components; known of a network that was just made.

    `dropped_terms` are the most frequent terms that were not relevant enough, with their occurrences.
    """

    records_in_other_languages: int = 0
    sentences_in_other_languages: int = 0
    records_without_references: int = 0
    records_with_too_many: int = 0
    affiliations_without_country: int = 0
    ambiguous_names: int = 0
    not_relevant: int = 0
    too_weak: int = 0
    dropped_terms: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """All that is known of the making of a network; what nobody said, or does not apply, is empty.

    `works` means that records of one work were joined first. `cases_reported_as_group` counts the cases that a review
    reports only as part of a group.
    """

    counting: Counting | None = None
    corpus: RecordCounts = RecordCounts()
    thresholds: Thresholds = Thresholds()
    thesaurus: ThesaurusUse = ThesaurusUse()
    references: ReferenceMatching = ReferenceMatching()
    terms: TermChoice = TermChoice()
    components: ComponentsKept = ComponentsKept()
    works: bool = field(default=False, metadata=_UNWRITTEN)
    cases_reported_as_group: int = field(default=0, metadata=_UNWRITTEN)
    left_out: LeftOut = field(default=LeftOut(), metadata=_UNWRITTEN)


UNTOLD = NetworkSettings()
"""Of a network of whose making nothing is known."""


def settings_json(part: Any) -> dict[str, object]:
    """Write settings as a map's file has them: what is not set is left out.

    Examples
    --------
    >>> settings_json(NetworkSettings("full", thresholds=Thresholds(min_occurrences=2, items=5, kept=2)))
    {'counting': 'full', 'thresholds': {'min_occurrences': 2, 'items': 5, 'kept': 2}}
    """
    written: dict[str, object] = {}
    for one in fields(part):
        if one.metadata.get("written", True):
            value = getattr(part, one.name)
            plain = _plain(value)
            unsaid = value is None or value == () or (is_dataclass(value) and plain == {})
            if one.default is MISSING or not unsaid:
                written[one.metadata.get("key", one.name)] = plain
    return written


def read_settings(kind: type[Part], value: object) -> Part | None:
    """Read settings as a file has them; what is not of its type is taken for not said, None where too little is.

    Examples
    --------
    >>> read_settings(Thresholds, {"min_occurrences": 2, "items": "many"}) == Thresholds(min_occurrences=2)
    True
    """
    settings = value if isinstance(value, Mapping) else {}
    read: dict[str, Any] = {}
    fits = False
    for one, hint in _typed(cast("Any", kind)):
        key = one.metadata.get("key", one.name)
        setting, nullable = _read(hint, settings.get(key)), NoneType in get_args(hint)
        fits |= setting is not None or (nullable and key in settings and settings[key] is None)
        if setting is not None:
            read[one.name] = setting
        elif one.default is MISSING and (nullable or get_origin(hint) is tuple):
            read[one.name] = None if nullable else ()
        elif one.default is MISSING:
            return None
    return kind(**read) if fits else None


def network_settings(key: Mapping[str, object], history: History) -> NetworkSettings:
    """Read what made a network from a file, and from the history in it.

    Only the history has whether works were joined, and how many cases are reported as a group.
    """
    counts = {step.name: step.counts for step in history}
    coded = counts.get("code", {})  # maps of earlier versions have the second name
    grouped = _read(int, coded.get("cases_reported_as_group", coded.get("cases_told_as_group"))) or 0
    settings = read_settings(NetworkSettings, key) or UNTOLD
    return replace(settings, works="duplicates" in counts, cases_reported_as_group=grouped)


def _plain(value: object) -> object:
    if is_dataclass(value):
        return settings_json(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return dict(value) if isinstance(value, Mapping) else value


@cache
def _typed(kind: Any) -> tuple[tuple[Field[Any], Any], ...]:
    """Return the fields of a kind of settings that a file contains, with their types."""
    hints = get_type_hints(kind)
    return tuple((one, hints[one.name]) for one in fields(kind) if one.metadata.get("written", True))


def _read(hint: Any, value: object) -> Any:
    """Return a value as its type has it; None where it is of another."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return next((result for one in inner if (result := _read(one, value)) is not None), None)
    if origin is Literal:
        return value if value in inner else None
    if origin is tuple:
        parts = [_read(inner[0], one) for one in value] if isinstance(value, (list, tuple)) else [None]
        return None if None in parts else tuple(parts)
    if origin is not None:  # a mapping
        fits = isinstance(value, Mapping) and all(_read(inner[1], one) is not None for one in value.values())
        return value if fits else None
    if is_dataclass(hint):
        return read_settings(cast("type", hint), value) if isinstance(value, Mapping) else None
    if isinstance(value, bool) or hint is bool:
        return value if hint is bool and isinstance(value, bool) else None
    if hint in {int, float}:
        if hint is int and isinstance(value, float) and value.is_integer():  # some programs write 3.0
            value = int(value)
        wanted = int if hint is int else (int, float)
        return value if isinstance(value, wanted) and -_LARGEST <= value <= _LARGEST else None
    return value if hint is not NoneType and isinstance(value, hint) else None


@dataclass(frozen=True)
class Analysis:
    """What a network is to show. A threshold that is None is VOSviewer's preset (`least_of`); so is a link.

    `link` and `items` as in `benang.kinds`; `min_occurrences` of keywords, terms and topics, `min_documents` of
    authors, organisations, countries and sources, `min_citations` of documents and what is cited, and of all items
    beside another threshold. `top` items are kept, all where None. `most_per_record`: co-authorship sets aside records
    with more authors (organisations, countries), none where None. `share`, `terms_from`, `terms_counting` and
    `terms_method` are for terms. `columns` are a user's own numbers.
    """

    items: Items
    link: Link | None = None
    counting: Counting = "full"
    min_occurrences: int | None = None
    min_documents: int | None = None
    min_citations: int | None = None
    top: int | None = PRESET_TOP
    components: ComponentChoice = "largest"
    most_per_record: int | None = USUAL_MOST
    matching: Matching = "keys"
    likeness: float = USUAL_LIKENESS
    author_names: AuthorNames = "joined"
    share: float = PRESET_SHARE
    terms_from: Sequence[TextField] = ("title", "abstract")
    terms_counting: TermCounting = "binary"
    terms_method: TermMethod = "auto"
    columns: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    engine: str = "duckdb"

    @property
    def linked_by(self) -> Link:
        """What links the items: what is asked for, else the usual link of such items."""
        return self.link or KINDS[self.items].usual_link


def check_analysis(analysis: Analysis) -> None:
    """Refuse links, thresholds and ways of counting that the items can't have, all together.

    Raises
    ------
    Misuse
        With what they can have.

    Examples
    --------
    >>> check_analysis(Analysis("references", link="co-authorship"))
    Traceback (most recent call last):
    benang.errors.Misuse: link: expected co-citation, found co-authorship of references.
    """
    problems = []
    known, link = KINDS[analysis.items].links, LINKS[analysis.linked_by]
    if analysis.linked_by not in known:
        message = worded("{link} of {items}", link=analysis.link, items=analysis.items)
        problems.append(Problem(message, where=argument("link"), expected=alternatives(known)))
    first = first_threshold(analysis.items)
    for name in ("min_occurrences", "min_documents"):
        if getattr(analysis, name) is not None and name != first:
            what = first.removeprefix("min_")
            problems.append(
                Problem(
                    worded("{items} have {what}", items=analysis.items, what=worded(what)),
                    where=argument(name),
                    way_on=worded("Choose {option} instead.", option=argument(first)),
                )
            )
    if analysis.items == "terms" and analysis.min_citations is not None:
        problems.append(Problem("terms are selected by occurrences", where=argument("min_citations")))
    if link.direct and analysis.matching == "exact":
        expected = "keys or fuzzy"
        problems.append(Problem("exact matching of citations", where=argument("matching"), expected=expected))
    if link.direct and analysis.counting != "full":
        way_on = "Omit the counting: each citation counts once."
        problems.append(
            Problem(
                worded("{counting} counting of citations", counting=analysis.counting),
                where=argument("counting"),
                way_on=way_on,
            )
        )
    if problems:
        raise Misuse(*problems)


def first_threshold(items: str) -> FirstThreshold:
    """Return what is asked of items first: `min_occurrences`, `min_documents` or `min_citations`."""
    return KINDS[items].preset.threshold


def with_threshold(analysis: Analysis, least: int) -> Analysis:
    """Return the analysis with another first threshold."""
    first = first_threshold(analysis.items)
    if first == "min_documents":
        return replace(analysis, min_documents=least)
    if first == "min_citations":
        return replace(analysis, min_citations=least)
    return replace(analysis, min_occurrences=least)


def least_of(analysis: Analysis, n_records: int) -> dict[str, int]:
    """Return the thresholds: those asked for, else the presets of the kind of items.

    Examples
    --------
    >>> least_of(Analysis("authors"), 500), least_of(Analysis("authors"), 20), least_of(Analysis("documents"), 500)
    ({'min_documents': 5, 'min_citations': 0}, {'min_documents': 1, 'min_citations': 0}, {'min_citations': 20})
    """
    first = first_threshold(analysis.items)
    asked = getattr(analysis, first)
    usual = KINDS[analysis.items].preset.least(small=n_records < SMALL_CORPUS)
    least: dict[str, int] = {first: usual if asked is None else asked}
    return least if first == "min_citations" else {**least, "min_citations": analysis.min_citations or 0}
