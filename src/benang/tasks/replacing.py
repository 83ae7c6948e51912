"""A new text of a paper takes the place of an earlier one: what was quoted from that follows, and nothing is lost.

The earlier text stays where it is, byte for byte, and the logs stay as they are, so that every offset in them holds for
the text that it was written for. The new text has a file of its own, whose heading says which one it replaces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from benang.coding.placed import Unplaced, left_behind, places_of
from benang.errors import BenangError, Problem, argument, at_line
from benang.files import sha256
from benang.judgements.log import Judgements
from benang.locale.writing import joined, worded
from benang.project.documents import Document, body_start, heading

_MOST_SHOWN = 50
_LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True)
class Replacement:
    """A text that is to take the place of another: its path, and what its heading says of the one before it."""

    document: Document
    path: str
    lines: Mapping[str, str]


class PassagesLeft(BenangError):  # noqa: N818 - the name says what was found
    """Passages of a document would not follow into its new text."""

    def __init__(self, problem: Problem, passages: Sequence[Unplaced]) -> None:
        super().__init__(problem)
        self.passages = tuple(passages)


def replacement(documents: Mapping[str, Document], key: str, paper: str) -> Replacement | None:
    """Return what a new text of a record replaces: the document of the same file, else its only one but its abstract.

    None where the record has no document yet.

    Raises
    ------
    BenangError
        Where the record has several documents, and none is of this file.
    """
    own = [one for one in documents.values() if one.record == key and not one.is_abstract]
    if not own:
        return None
    of_file = [one for one in own if heading(one.text).get("paper") == paper]
    if len(own) > 1 and len(of_file) != 1:
        names = ", ".join(one.path for one in own)
        way_on = worded("Write in the heading of the one to replace: paper: {paper}", paper=paper)
        raise BenangError(
            Problem(worded("'{key}' has several documents: {names}", key=key, names=names), where=paper, way_on=way_on)
        )
    old = (of_file or own)[0]
    lines = {"replaces": old.path, "replaced text": f"sha256 {text_sha256(old)}"}
    return Replacement(old, _next_name(old, documents), lines)


def text_sha256(document: Document) -> str:
    r"""Hash the text of a document without its heading, which may grow.

    Examples
    --------
    >>> text_sha256(Document("a", "a", "---\nrecord: a\n---\nOne\n", "")) == sha256("One\n")
    True
    """
    return sha256(document.text[body_start(document.text) :])


def _next_name(old: Document, documents: Mapping[str, Document]) -> str:
    """Name a new text after the first one of its paper: `KEY-2.txt`, `KEY-3.txt`."""
    every = [one for document in documents.values() for one in (document, *document.earlier)]
    taken = {one.path.casefold().rpartition(".")[0] for one in every}
    first = PurePosixPath((old, *old.earlier)[-1].path)
    number = 2 + len(old.earlier)
    while f"{first.parent}/{first.stem}-{number}".casefold() in taken:
        number += 1
    return f"{first.parent}/{first.stem}-{number}.txt"


def followed(
    old: Document, new: Document, documents: Mapping[str, Document], judgements: Judgements
) -> tuple[int, tuple[Unplaced, ...]]:
    """Return how many passages follow from a text into the one that takes its place, and those that don't."""
    after = {path: one for path, one in documents.items() if path != old.path}
    after[new.path] = replace(new, earlier=(replace(old, earlier=()), *old.earlier))
    left = left_behind(judgements, documents, after)
    own = {old.path: old}
    return len(places_of(judgements, own)) - len(left), left


def check_followed(left: Sequence[Unplaced], follow: int, document: str) -> None:
    """List the passages that don't follow, each with its file and line.

    Raises
    ------
    PassagesLeft
        Where there are any.
    """
    if not left:
        return
    shown = (
        worded(
            "{place}: “{quote}” ({why})", place=at_line(one.file, one.line), quote=_shortened(one.quote), why=_why(one)
        )
        for one in left[:_MOST_SHOWN]
    )
    lines = joined(("", *shown), "\n    ")
    more = worded("\n    … and {n:,} more", n=len(left) - _MOST_SHOWN) if len(left) > _MOST_SHOWN else ""
    fault = worded(
        "{n} of {all} passages are not in the new text:{lines}{more}\n ",
        all=follow + len(left),
        n=len(left),
        lines=lines,
        more=more,
    )
    way_on = worded(
        "Nothing was replaced. To replace the text anyway, use {option}: these passages then remain in the logs and "
        "in the earlier text, and each build lists them until they are coded again or withdrawn.",
        option=argument("leaving"),
    )
    raise PassagesLeft(Problem(fault, where=document, way_on=way_on), left)


def _shortened(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + "…"


def _why(one: Unplaced) -> str:
    return worded("it occurs {times} times", times=one.times) if one.times else worded("it does not occur")
