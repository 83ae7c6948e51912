"""What is asked of a network of a large corpus, and what the choices are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from benang.errors import BenangError, Problem, unknown
from benang.kinds import ITEMS, KINDS, ComponentChoice, Counting, FolderItems, Link
from benang.network.selection import check_asked
from benang.progress import Progress
from benang.records.thesaurus import Thesaurus

PACKAGE = "benang.network.at_scale"
"""Where the queries are."""


@dataclass(frozen=True)
class Asked:
    """The choices of `folder_network`, checked."""

    items: FolderItems
    link: Link
    counting: Counting
    least: int
    min_citations: int
    top: int | None
    components: ComponentChoice
    most_per_record: int | None
    thesaurus: Thesaurus | None
    records: bool
    scores: bool
    budget: int | None
    progress: Progress


def checked_link(items: str, link: str | None) -> Link:
    """Return the link of some items: the one that is asked for, or the usual one.

    Raises
    ------
    BenangError
        For unknown items, and links that they can't have here.

    Examples
    --------
    >>> checked_link("authors", None), checked_link("authors", "coupling")
    ('co-authorship', 'coupling')
    """
    if items not in get_args(FolderItems):
        if items not in ITEMS:
            raise unknown(items, get_args(FolderItems), where="items", expected="a kind of items")
        way_on = "Read the corpus into memory for these."
        raise BenangError(Problem(f"{items} can't be counted where the corpus lies", where="items", way_on=way_on))
    possible = tuple(KINDS[items].links)
    chosen = next((one for one in possible if one == link), possible[0] if link is None else None)
    if chosen is None:
        raise BenangError(Problem(f"'{link}'", where="link", expected=f"one of {', '.join(possible)} for {items}"))
    return chosen


def check_numbers(asked: Asked) -> None:
    """Refuse unknown words and numbers that make no sense, all together."""
    least = [("min_occurrences", asked.least, 1), ("min_citations", asked.min_citations, 0)]
    if asked.most_per_record is not None:
        least.append(("most_per_record", asked.most_per_record, 1))
    check_asked(asked.counting, asked.components, asked.top, *least)
