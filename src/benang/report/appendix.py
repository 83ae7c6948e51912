"""The appendix: every number with what it counts and the passages behind it, so that each number of a page opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from benang.evidence import Number
from benang.report.blocks import (
    Block,
    EvidenceEntry,
    EvidenceNumber,
    Group,
    Heading,
    Inline,
    Link,
    Paragraph,
    Quotations,
    anchor,
    joined,
    plain,
)
from benang.report.describing_words import written
from benang.report.names import Names
from benang.report.opened import badge_of, member, quotations
from benang.report.texts import fill

_FIRST = ("records", "studies", "years", "scope", "cases")
"""Chapters of the appendix that come before those of the codebook."""
_LAST = ("frameworks", "association", "mentions", "maps", "corpus")
"""Those that come after all others."""
_ALL = "records/all"
_LONG = 40
"""Members above which all records of the review are named as such, not one by one again."""


def same_evidence(numbers: Iterable[Number]) -> tuple[tuple[Number, ...], ...]:
    """Put numbers of one thing that rest on the same together, so that it stands once for them.

    Numbers are of one thing where their ids differ in the last part only. They rest on the same where they have the
    same passages; those without passages, where they count the same.

    Examples
    --------
    >>> pair = Number("a/x/cases", 1, "cases", ("k",), ("p",)), Number("a/x/studies", 2, "studies", ("s", "t"), ("p",))
    >>> [len(same) for same in same_evidence([*pair, Number("a/y/cases", 0, "cases", ())])]
    [2, 1]
    """
    together: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Number]] = {}
    for number in numbers:
        of = () if number.passages else number.of
        together.setdefault((number.id.rpartition("/")[0], number.passages, of), []).append(number)
    return tuple(tuple(same) for same in together.values())


def numbers_group(chapters: Mapping[str, Iterable[EvidenceEntry]]) -> Group:
    """Return the entries of numbers under the titles of their chapters."""
    blocks: list[Block] = []
    for title, entries in chapters.items():
        blocks += [Heading(title), *entries]
    return Group(tuple(blocks), kind="numbers")


def evidence_appendix(names: Names) -> tuple[Block, ...]:
    """Return every number of the review, chapter by chapter, and then all passages in the order of their documents."""
    _, evidence = names.texts.gettext, names.findings.evidence
    chapters = {
        plain(fill(_("Numbers: %(what)s"), what=names.chapter(first))): [
            _entry(same, names) for same in same_evidence(numbers)
        ]
        for first, numbers in _chapters(names).items()
    }
    blocks: tuple[Block, ...] = (numbers_group(chapters),)
    if not evidence.passages:
        return blocks
    note = _(
        "In the order of their documents. The positions count characters (Unicode code points) of the document's text, "
        "from 0."
    )
    passages = Quotations(quotations(evidence.passages.values(), names), is_whole=True)
    return (*blocks, Group((Paragraph(note, "note"), passages), kind="all-passages", title=_("Passages")))


def _chapters(names: Names) -> Mapping[str, Sequence[Number]]:
    """Return the numbers by the first part of their ids, in the order of the chapters."""
    chapters: dict[str, list[Number]] = {}
    for number in names.findings.evidence.numbers.values():
        chapters.setdefault(number.id.split("/")[0], []).append(number)
    book = names.findings.codebook
    known = [*_FIRST, *(one.id for one in book.variables), *(one.id for one in book.groups)]
    order = [*known, *(first for first in chapters if first not in {*known, *_LAST}), *_LAST]
    return {first: chapters[first] for first in sorted(chapters, key=order.index)}


def _entry(numbers: Sequence[Number], names: Names) -> EvidenceEntry:
    shown = tuple(_shown(one, names) for one in numbers)
    behind = numbers[0].passages
    if len(shown) > 1 and not behind and numbers[0].of:
        return EvidenceEntry(tuple(replace(one, members=()) for one in shown), shown[0].members)
    passages = names.findings.evidence.passages
    quoted = quotations((passages[key] for key in behind if key in passages), names)
    return EvidenceEntry(shown, (), Quotations(quoted))


def _shown(number: Number, names: Names) -> EvidenceNumber:
    _ = names.texts.gettext
    nothing = "" if number.of or number.value else _("Nothing is counted here.")
    return EvidenceNumber(
        number.id,
        anchor("n", number.id),
        names.number(number.id),
        written(number, names.texts),
        names.unit(number.unit, number.value),
        badge_of(number, names),
        _members(number, names) or nothing,
        is_zero=not number.of,
    )


def _members(number: Number, names: Names) -> Inline:
    """Return what a number counts, in the order of names; all records of a large review as one."""
    whole = names.findings.evidence.numbers.get(_ALL)
    if whole and number.id != _ALL and len(number.of) > _LONG and number.of == whole.of:
        return Link(names.number(_ALL), anchor("n", _ALL))
    members = (member(key, number.unit, names) for key in number.of)
    return joined("; ", sorted(members, key=lambda one: plain(one).casefold()))
