"""What a report is made of before anything is rendered: all that the page shows, and what the ids in it are called.

They are the ids of cases, codes, studies, frameworks, and of the numbers themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from benang.coding.cases import CaseValue
from benang.evidence import Facts, History, Number, Passage, Shown, shown_as
from benang.maps import Map
from benang.project.folder import Account
from benang.records.duplicates import Duplicates
from benang.records.record import Ledger, Record
from benang.report import (
    Figure,
    Section,
)
from benang.report.checklists import KnownFacts
from benang.report.inline import (
    Badge,
    Runs,
    Texts,
    anchor,
    fill,
    plain,
)
from benang.report.references import Reference, reference_list
from benang.review.plan import ChecklistName
from benang.screening.outcomes import Screening
from benang.screening.prisma import Flow
from benang.screening.search_results import SearchResults
from benang.synthesis.association import Association
from benang.synthesis.claims import Claim
from benang.synthesis.findings import Findings, Unplaced
from benang.synthesis.mentions import Mentions
from benang.synthesis.wording import Wording, number_title
from benang.viewer.data import ShownMap


@dataclass(frozen=True, slots=True)
class FigureContent:
    """One figure of the report, in the language of the report.

    `svg` is the text of an SVG file, `png` the bytes of a PNG file; where both are given the SVG is shown. `alt` says
    in words what the picture shows. `map_name` names the map that is drawn, so that the methods can refer to it;
    `shown` is what a screen shows of it, and `key` stands for all that picture and screen show.
    """

    name: str
    svg: str | None
    png: bytes | None
    caption: str
    alt: str
    notes: tuple[str, ...] = ()
    map_name: str = ""
    shown: ShownMap | None = None
    key: str = ""


def figure_block(figure: FigureContent) -> Figure:
    """Return a figure as a block of the report."""
    name = anchor("figure", figure.name)
    return Figure(name, figure.svg, figure.png, figure.caption, figure.alt, figure.notes, shown=figure.shown)


@dataclass(frozen=True)
class CorpusSection:
    """The corpus in figures, part by part.

    `numbers` are those printed in it, by id, and `titles` say in a few words what each is of. Whoever makes a report of
    the parts adds them to its appendix, where the numbers open. `facts` are what the measures among them read in each
    record, for a section whose numbers are written to `evidence.json`.
    """

    parts: tuple[Section, ...]
    numbers: Mapping[str, Number]
    titles: Mapping[str, str]
    facts: Mapping[str, Facts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Selection:
    """How works were found and selected: the flow, its figure, what came of each work, and all records by their keys.

    `records` has every record that was read, and every work, also those that are not in the review.
    """

    flow: Flow
    figure: FigureContent
    screening: Screening
    records: Mapping[str, Record]


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched and found, and how records of one work were joined; `duplicates` is None where they were not.

    `records` has every record that was read, and every work, by key; `version` is Benang's.
    """

    results: SearchResults
    records: Mapping[str, Record]
    n_records: int
    n_works: int
    duplicates: Duplicates | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class FilteredTable:
    """A table of the plan that counts some of the cases: its name, kind, what it is of, and its filter."""

    name: str
    kind: Literal["codes", "printed-rows", "cases", "frameworks"]
    of: str
    where: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class ReportContent:
    """Everything a report shows; texts written by people are in one language.

    `maps` are shown in the methods only, by the names that `FigureContent.map_name` uses, and called by their
    `map_titles`. `claims` are the claims that `findings.checks` judged, for their texts. `also_cited` are works that
    the references list beside the records: sources of frameworks, the text under review. `date` is printed where the
    plan gives one: no clock is read. `corpus` are the records described in figures, whose numbers are among those of
    `findings`; `associations` say which keywords go with which codes,
    and what is spoken of without evidence; `filtered` are tables of some of the cases; `selection` says how works were
    selected, `searched` how they were searched for and found; `checklists` are filled in with `facts`.
    """

    title: str
    question: str
    findings: Findings
    authors: tuple[str, ...] = ()
    figures: tuple[FigureContent, ...] = ()
    maps: Mapping[str, Map] = field(default_factory=dict)
    map_titles: Mapping[str, str] = field(default_factory=dict)
    history: History = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    plan_hash: str = ""
    limits: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    also_cited: tuple[Record, ...] = ()
    date: str | None = None
    corpus: CorpusSection | None = None
    associations: tuple[Association | Mentions, ...] = ()
    filtered: tuple[FilteredTable, ...] = ()
    selection: Selection | None = None
    checklists: tuple[ChecklistName, ...] = ()
    facts: KnownFacts = field(default_factory=dict)
    searched: Searched | None = None
    agreement: tuple[FigureContent, ...] = ()
    """Figures of how far coders agree, by code and the like."""

    @property
    def ledger(self) -> Ledger:
        """The account of the records read."""
        return self.findings.corpus.ledger

    @property
    def unplaced(self) -> tuple[Unplaced, ...]:
        """Codings whose quotation is no longer in its document; a build with `keep_going` lists them."""
        return self.findings.unplaced

    def map_title(self, name: str) -> str:
        """Return what a map is called; its name where the plan gives it no title."""
        return self.map_titles.get(name) or name

    def figure_numbers(self) -> Mapping[str, int]:
        """Return the number of each figure, from 1, by name; that of the selection comes before those of the plan."""
        first = (self.selection.figure,) if self.selection else ()
        return {figure.name: number for number, figure in enumerate((*first, *self.figures), 1)}


@dataclass(frozen=True)
class Names:
    """The findings of a review with the words for their ids in one language."""

    findings: Findings
    texts: Texts
    also_cited: tuple[Record, ...] = ()
    screened_records: tuple[Record, ...] = ()

    @cached_property
    def screened(self) -> Mapping[str, Record]:
        """All records that were read, by key, in a report that says how works were selected."""
        return {one.key: one for one in self.screened_records}

    @cached_property
    def references(self) -> Mapping[str, Reference]:
        """The references of the records and of what is cited beside them, in APA's order, by key."""
        works = (*self.findings.corpus.records, *self.also_cited)
        return {one.key: one for one in reference_list(works, self.texts)}

    @cached_property
    def set_aside(self) -> frozenset[str]:
        """The passages that a consensus has not kept: only the disagreements that they are part of open them."""
        return frozenset(one.id for one in self.findings.coded.placed.set_aside)

    @cached_property
    def passages(self) -> Mapping[tuple[str, str], tuple[Passage, ...]]:
        """The passages of each case and code, in the order of their places."""
        pairs: dict[tuple[str, str], list[Passage]] = defaultdict(list)
        for passage in self.findings.evidence.passages.values():
            if passage.id in self.set_aside:
                continue
            pairs[passage.case, passage.code].append(passage)
        return {pair: tuple(sorted(passages, key=_place)) for pair, passages in pairs.items()}

    @cached_property
    def passage_numbers(self) -> Mapping[Shown, int]:
        """The number of each passage in the appendix, from 1, in the order of documents and places."""
        places = {shown_as(one) for one in self.findings.evidence.passages.values()}
        return {key: number for number, key in enumerate(sorted(places), 1)}

    @cached_property
    def told_together(self) -> Mapping[str, tuple[str, ...]]:
        """The cases that share one passage, by the id of the passage; passages of one case are left out."""
        spans: dict[tuple[object, ...], set[str]] = defaultdict(set)
        shared = [one for one in self.findings.evidence.passages.values() if one.scope == "group"]
        for passage in shared:
            spans[_place(passage)].add(passage.case)
            spans[passage.document, passage.code].add(passage.case)
        return {
            one.id: tuple(sorted(spans[_place(one)] if len(spans[_place(one)]) > 1 else spans[one.document, one.code]))
            for one in shared
        }

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self.findings, self.texts.language)

    def case(self, key: str) -> str:
        """Return the name of a case; its id where the review has no such case."""
        return self._wording.labels.case(key)

    def code(self, key: str) -> str:
        """Return the label of a code or a variable; its id where the codebook lacks it."""
        return self._wording.labels.code(key)

    def coded_as(self, passage: Passage) -> str:
        """Return the label of a passage's code, with its stance in words where the passage does not support it."""
        return self._wording.labels.coded_as(passage)

    def group(self, key: str) -> str:
        """Return the label of a group of codes; its id where the codebook lacks it."""
        return self._wording.labels.group(key)

    def level(self, variable: str, value: str) -> str:
        """Return the label of a level of a variable; the value itself where the codebook has no such level."""
        return self._wording.labels.level(variable, value)

    def value(self, variable: str, value: CaseValue) -> str:
        """Return how a value of a variable reads."""
        return self._wording.labels.value(variable, value)

    @cached_property
    def rows(self) -> Mapping[str, str]:
        """The labels of the rows of printed tables, by `TABLE/ROW`."""
        return {f"{row.table}/{row.row}": self.texts.label(row.label) for row in self.findings.codebook.rows}

    def study(self, key: str) -> str:
        """Return how a study is cited (`Anggia et al., 2020`); its key where the records lack it."""
        return self.references[key].cited if key in self.references else key

    def record_of(self, document: str) -> str:
        """Return the key of the study that a document belongs to; empty if unknown."""
        document_text = self.findings.documents.get(document)
        return document_text.record if document_text else ""

    def account(self, document: str) -> Account:
        """Whether a document is the study's own text, its abstract, or a note on what somebody else says of it."""
        document_text = self.findings.documents.get(document)
        return document_text.account if document_text else "own text"

    def unit(self, unit: str, n: float) -> str:
        """Return the word for what is counted, in the form that goes with the number."""
        return self._wording.unit(unit, n)

    def amount(self, number: Number) -> str:
        """Write a number as the sentences of checks do, with what it counts."""
        return self._wording.amount(number)

    def number(self, key: str) -> str:
        """Return what a number counts, in a few words."""
        return number_title(key, self._wording)

    def chapter(self, first: str) -> str:
        """Return what the numbers whose ids begin alike are about."""
        _, book = self.texts.gettext, self.findings.codebook
        if book.group(first):
            return self.group(first)
        if book.variable(first):
            return self.code(first)
        known = {
            "records": _("Records"),
            "prisma": _("Search and selection"),
            "agreement": _("Agreement between coders"),
            "searches": _("Searches"),
            "studies": _("Studies"),
            "years": _("Year of publication"),
            "cases": _("Cases"),
            "scope": _("Cases reported as a group"),
            "frameworks": _("Frameworks"),
            "corpus": _("The corpus in figures"),
            "association": _("Keywords and codes"),
            "appraisal": _("Quality of the studies"),
            "where": _("Counts for selected cases"),
            "mentions": _("Mentioned, and reported in passages"),
            "maps": _("Codes on maps"),
        }
        tables = {row.table for row in book.rows}
        return known.get(first) or (_("Printed table") if first in tables else first)


def _place(passage: Passage) -> tuple[str, int, int, str]:
    return passage.document, passage.start, passage.end, passage.code


def groups_told(number: Number, names: Names) -> tuple[tuple[str, ...], ...]:
    """Return the sets of cases that a number's passages report as a group, the largest first.

    One study that reports five cases together is one account: five cases, but not five findings.
    """
    together = names.told_together
    sets = {together[passage] for passage in number.passages if passage in together}
    return tuple(sorted((cases for cases in sets if len(cases) > 1), key=lambda cases: (-len(cases), cases)))


def group_badge(groups: Iterable[tuple[str, ...]], names: Names, *, is_short: bool = False) -> Runs:
    """Return the badge of a number some of whose cases were reported once as a group; else nothing.

    Beside a number of studies the sizes are left out: it is the number of cases that they enlarge.
    """
    reported = tuple(groups)
    if not reported:
        return ()
    _, counted, n = names.texts.gettext, names.texts.counted, names.texts.numeral
    sizes = names.texts.listed([n(len(cases)) for cases in reported])
    text = fill(counted("group of %(sizes)s", "groups of %(sizes)s", len(reported)), sizes=sizes)
    explanation = "; ".join(
        _("reported once for %(n)s cases: %(cases)s")
        % {"n": n(len(cases)), "cases": ", ".join(names.case(case) for case in cases)}
        for cases in reported
    )
    return (Badge(_("group") if is_short else plain(text), explanation),)


def group_note(numbers: Iterable[Number], names: Names) -> tuple[str, ...]:
    """Return the note that tables need where a group of cases was reported at one stroke; else nothing."""
    _ = names.texts.gettext
    together = names.told_together
    if not any(passage in together for number in numbers for passage in number.passages):
        return ()
    return (
        _(
            "“Group of n”: a study reports n cases together and does not say what applies to which. Each counts "
            "as a case, but together they are one finding, not n."
        ),
    )
