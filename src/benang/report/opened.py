"""Numbers that open: each links to its entry in the appendix, and the page shows that entry where the reader is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup

from benang.evidence import Number, Passage, shown_as
from benang.report.describing_words import written
from benang.report.group_marks import group_badge, groups_told
from benang.report.names import Names
from benang.report.texts import fill


@dataclass(frozen=True, slots=True)
class Member:
    """One thing that a number counts: its name and, where the page tells of it, the anchor there."""

    id: str
    name: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage as it is shown: once, with all cases and codes that it was coded for."""

    number: int
    passages: tuple[Passage, ...]
    cases: tuple[Member, ...]
    codes: tuple[str, ...]
    """Labels; with the cases behind each where the codes differ in them."""
    study: Member
    is_secondary: bool
    n_together: int
    """Of how many cases the passage is told once; 0 where it is told of each by itself."""

    @property
    def first(self) -> Passage:
        """The passage, for what all share: its quote, document, place, coder and scope."""
        return self.passages[0]


@dataclass(frozen=True, slots=True)
class Counted:
    """A number in the appendix: what it is of, its anchor, and what it counts."""

    number: Number
    title: str
    anchor: str
    value: str
    unit: str
    members: tuple[Member, ...]
    badge: Markup

    @property
    def is_zero(self) -> bool:
        """Whether nothing is counted: such an entry needs one line only."""
        return not self.number.of


@dataclass(frozen=True, slots=True)
class Entry:
    """Numbers of one thing that rest on the same passages, with those passages.

    `shared` are the members where several numbers without passages are of the same, so that they stand there once.
    """

    numbers: tuple[Counted, ...]
    quoted: tuple[Quoted, ...]
    shared: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """The entries of the appendix whose ids begin alike."""

    title: str
    entries: tuple[Entry, ...]


def anchor(kind: str, key: str) -> str:
    """Return the anchor of an id on the page: the same for the same id, and never the same for two.

    Letters, digits and hyphens stay, a slash becomes a dot, and any other character its code point between
    underscores.

    Examples
    --------
    >>> anchor("n", "factors/pandemic/cases"), anchor("n", "a b"), anchor("n", "a_20_b")
    ('n-factors.pandemic.cases', 'n-a_20_b', 'n-a_5f_20_5f_b')
    """
    said = re.sub(r"[^A-Za-z0-9/-]", lambda found: f"_{ord(found[0]):x}_", key)
    return f"{kind}-{said.replace('/', '.')}"


def opened(number: Number, names: Names) -> Markup:
    """Return a number as the page shows it: its value, as a link to the evidence, and a mark where a group was told.

    The element's text is exactly the value; `data-number` is the number's id in evidence.json.
    """
    return _marked(_link(number, names), number, names)


def opened_with_unit(number: Number, names: Names) -> Markup:
    """Return a number as `opened` does, with the word for what it counts behind it."""
    unit = names.unit(number.unit, number.value)
    return _marked(Markup("{} {}").format(_link(number, names), unit), number, names)


def _link(number: Number, names: Names) -> Markup:
    _ = names.texts.gettext
    value = written(number, names.texts)
    described = fill(
        _("%(value)s %(unit)s: %(what)s. Open the evidence"),
        value=value,
        unit=names.unit(number.unit, number.value),
        what=names.number(number.id),
    )
    return Markup('<a class="number" href="#{}" data-number="{}" aria-label="{}">{}</a>').format(
        anchor("n", number.id), number.id, described, value
    )


def _marked(said: Markup, number: Number, names: Names) -> Markup:
    badge = _badge(number, names)
    return Markup('<span class="told">{} {}</span>').format(said, badge) if badge else said


def _badge(number: Number, names: Names) -> Markup:
    return group_badge(groups_told(number, names), names, is_short=number.unit == "studies")


def quoted(passages: Iterable[Passage], names: Names) -> tuple[Quoted, ...]:
    """Return passages as they are shown: a quote stands once, with all cases and codes that it was coded for.

    They come in the order of their documents and places.
    """
    ordered = sorted(passages, key=lambda one: (*shown_as(one), one.case, one.id))
    return tuple(_shown(tuple(held), names) for _, held in groupby(ordered, key=shown_as))


def _shown(passages: tuple[Passage, ...], names: Names) -> Quoted:
    first = passages[0]
    record = names.record_of(first.document)
    cases = tuple(dict.fromkeys(passage.case for passage in passages if passage.case))
    return Quoted(
        number=names.passage_numbers[shown_as(first)],
        passages=passages,
        cases=tuple(member(case, "cases", names) for case in cases),
        codes=_codes(passages, cases, names),
        study=Member(record, names.study(record), anchor("ref", record)) if record else Member("", ""),
        is_secondary=names.is_secondary(first.document),
        n_together=max(len(names.told_together.get(one.id, ())) for one in passages),
    )


def _codes(passages: tuple[Passage, ...], cases: tuple[str, ...], names: Names) -> tuple[str, ...]:
    held: dict[str, dict[str, None]] = {}
    for passage in passages:
        held.setdefault(passage.code, {})[passage.case] = None
    return tuple(
        names.code(code)
        if len(of) == len(cases)
        else f"{names.code(code)} ({'; '.join(names.case(case) for case in of)})"
        for code, of in held.items()
    )


def member(key: str, unit: str, names: Names) -> Member:
    """Return the name and the anchor of something that is counted, by what the number's unit says it is first."""
    known = {
        "cases": key in names.findings.cases.by_id,
        "studies": key in names.references,
        "codes": key in names.findings.codebook.by_id,
        "rows": key in names.rows,
        "numbers": key in names.findings.evidence.numbers,
    }
    wanted = "studies" if unit == "records" else unit
    kind = next((kind for kind in (wanted, *known) if known.get(kind)), "")
    match kind:
        case "cases":
            return Member(key, names.case(key), anchor("case", key))
        case "studies":
            return Member(key, names.study(key), anchor("ref", key))
        case "codes":
            return Member(key, names.code(key))
        case "rows":
            return Member(key, names.rows[key])
        case "numbers":
            return Member(key, names.number(key), anchor("n", key))
        case _:
            return Member(key, key)


_FIRST = ("records", "studies", "years", "scope", "cases")
"""Chapters of the appendix that come before those of the codebook."""
_LAST = ("frameworks", "association", "mentions", "maps", "corpus")
"""Those that come after all others."""
_ALL = "records/all"
_LONG = 40
"""Members above which all records of the review are named as such, not one by one again."""


def appendix(names: Names) -> tuple[Chapter, ...]:
    """Return every number of the review with what it counts and the passages behind it, chapter by chapter."""
    chapters: dict[str, list[Number]] = {}
    for number in names.findings.evidence.numbers.values():
        chapters.setdefault(number.id.split("/")[0], []).append(number)
    book = names.findings.codebook
    known = [*_FIRST, *(one.id for one in book.variables), *(one.id for one in book.groups)]
    order = [*known, *(first for first in chapters if first not in {*known, *_LAST}), *_LAST]
    return tuple(
        Chapter(names.chapter(first), _entries(chapters[first], names)) for first in sorted(chapters, key=order.index)
    )


def _entries(numbers: Iterable[Number], names: Names) -> tuple[Entry, ...]:
    """Put numbers of one thing that rest on the same passages together, so that a quote stands once for them."""
    together: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Number]] = {}
    for number in numbers:
        of = () if number.passages else number.of
        together.setdefault((number.id.rpartition("/")[0], number.passages, of), []).append(number)
    return tuple(_entry(held, names) for held in together.values())


def _entry(numbers: Sequence[Number], names: Names) -> Entry:
    passages, counted = names.findings.evidence.passages, tuple(_counted(one, names) for one in numbers)
    behind = numbers[0].passages
    if len(counted) > 1 and not behind and counted[0].members:
        return Entry(tuple(replace(one, members=()) for one in counted), (), counted[0].members)
    return Entry(counted, quoted((passages[key] for key in behind if key in passages), names))


def _counted(number: Number, names: Names) -> Counted:
    return Counted(
        number,
        names.number(number.id),
        anchor("n", number.id),
        written(number, names.texts),
        names.unit(number.unit, number.value),
        _members(number, names),
        _badge(number, names),
    )


def _members(number: Number, names: Names) -> tuple[Member, ...]:
    """Return what a number counts, in the order of names; all records of a large review as one."""
    whole = names.findings.evidence.numbers.get(_ALL)
    if whole and number.id != _ALL and len(number.of) > _LONG and number.of == whole.of:
        return (Member(_ALL, names.number(_ALL), anchor("n", _ALL)),)
    found = (member(key, number.unit, names) for key in number.of)
    return tuple(sorted(found, key=lambda one: one.name.casefold()))
