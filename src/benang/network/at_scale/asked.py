"""What is asked of a network of a large corpus, and what the choices are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from benang.errors import BenangError, Problem, unknown
from benang.network.links import Counting
from benang.network.selection import ComponentChoice, check_asked
from benang.records.thesaurus import Thesaurus

FolderItems = Literal[
    "author-keywords", "index-keywords", "keywords", "topics", "authors", "organizations", "countries", "sources",
    "documents", "references",
]  # fmt: skip
"""What may be shown of a large corpus; terms and what is cut out of references need it in memory."""

FolderLink = Literal["co-occurrence", "co-authorship", "coupling", "citation", "co-citation"]

_WITHIN: tuple[FolderLink, ...] = ("co-occurrence",)
_BELONGING: tuple[FolderLink, ...] = ("coupling", "citation")
LINKS: Mapping[FolderItems, tuple[FolderLink, ...]] = {
    "author-keywords": _WITHIN,
    "index-keywords": _WITHIN,
    "keywords": _WITHIN,
    "topics": _WITHIN,
    "authors": ("co-authorship", *_BELONGING),
    "organizations": ("co-authorship", *_BELONGING),
    "countries": ("co-authorship", *_BELONGING),
    "sources": _BELONGING,
    "documents": _BELONGING,
    "references": ("co-citation",),
}
"""The links that each kind of items can have, the usual one first."""


@dataclass(frozen=True)
class Asked:
    """The choices of `folder_network`, checked."""

    items: FolderItems
    link: FolderLink
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
    report: Callable[[str, float], None]


def checked_link(items: str, link: str | None) -> FolderLink:
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
    if items not in LINKS:
        if items not in {"terms", "cited-sources", "cited-authors"}:
            raise unknown(items, get_args(FolderItems), where="items", expected="a kind of items")
        way_on = "Read the corpus into memory for these."
        raise BenangError(Problem(f"{items} can't be counted where the corpus lies", where="items", way_on=way_on))
    possible = LINKS[items]  # type: ignore[index]
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
