"""By which rules records were joined or left to a person: in short for people, pair by pair for programs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from benang.records.corpus import Corpus
from benang.records.duplicates.finding import Duplicates

_IDENTIFIER = re.compile(r"^same (DOI|identifier) \S+")


def joining_rules(duplicates: Duplicates) -> dict[str, int]:
    """Count the pairs that each rule joined, the most frequent rule first.

    Examples
    --------
    >>> from benang.records.duplicates.finding import Group, Joined
    >>> joining_rules(Duplicates(groups=(Group((0, 1), (Joined(0, 1, "same DOI 10.9999/a"),)),)))
    {'same DOI': 1}
    """
    return _counted(join.reason for group in duplicates.groups for join in group.joins)


def doubting_rules(duplicates: Duplicates) -> dict[str, int]:
    """Count the pairs in doubt by what speaks against them, the most frequent first."""
    return _counted(doubt.why for doubt in duplicates.doubts)


def _counted(reasons: Iterable[str]) -> dict[str, int]:
    counts = Counter(_IDENTIFIER.sub(r"same \1", reason) for reason in reasons)
    return dict(sorted(counts.items(), key=lambda row: (-row[1], row[0])))


def reasons_json(duplicates: Duplicates, corpus: Corpus) -> dict[str, list[dict[str, Any]]]:
    """Return every pair that was joined and every one in doubt, with the reason; records are named as in the doubts."""
    files, places = (corpus.works.column(name).to_pylist() for name in ("file", "place"))

    def name(work: int) -> str:
        return f"{files[work]}:{places[work]}" if files[work] and places[work] else corpus.keys[work]

    joined = [
        {"group": number, "record": name(join.one), "other": name(join.other), "reason": join.reason}
        for number, group in enumerate(duplicates.groups, 1)
        for join in group.joins
    ]
    doubts = [
        {"record": name(doubt.one), "other": name(doubt.other), "reason": doubt.reason, "in_doubt_because": doubt.why}
        for doubt in duplicates.doubts
    ]
    return {"joined": joined, "doubts": doubts}
