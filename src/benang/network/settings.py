"""What made a network, typed: what was read, and how items were counted, chosen and linked.

Each part is filled in where it is decided, and travels with the network. The history tells people the same, step by
step; nothing is looked up in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from benang.kinds import Counting


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

    `works` tells that records of one work were joined first. `cases_told_as_group` are those of a review that are told
    of only as part of a group.
    """

    counting: Counting | None = None
    corpus: RecordCounts = RecordCounts()
    thresholds: Thresholds = Thresholds()
    thesaurus: ThesaurusUse = ThesaurusUse()
    references: ReferenceMatching = ReferenceMatching()
    terms: TermChoice = TermChoice()
    components: ComponentsKept = ComponentsKept()
    works: bool = False
    cases_told_as_group: int = 0
    left_out: LeftOut = LeftOut()
