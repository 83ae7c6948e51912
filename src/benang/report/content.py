"""What a report is made of: all that the page shows, put together before anything is rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from benang.evidence import Number
from benang.maps.map import Map
from benang.provenance import History
from benang.records.record import Ledger, Record
from benang.report.blocks import Figure, Section
from benang.report.inline import anchor
from benang.synthesis.association import Association
from benang.synthesis.claims import Claim
from benang.synthesis.findings import Findings, Unplaced
from benang.synthesis.mentions import Mentions


@dataclass(frozen=True, slots=True)
class FigureContent:
    """One figure of the report, in the language of the report.

    `svg` is the text of an SVG file, `png` the bytes of a PNG file; where both are given the SVG is shown. `alt` says
    in words what the picture shows. `map_name` names the map that is drawn, so that the methods can refer to it.
    """

    name: str
    svg: str | None
    png: bytes | None
    caption: str
    alt: str
    notes: tuple[str, ...] = ()
    map_name: str = ""


def figure_block(figure: FigureContent) -> Figure:
    """Return a figure as a block of the report."""
    return Figure(anchor("figure", figure.name), figure.svg, figure.png, figure.caption, figure.alt, figure.notes)


@dataclass(frozen=True)
class CorpusSection:
    """The corpus in figures, part by part.

    `numbers` are those printed in it, by id, and `titles` say in a few words what each is of. Whoever makes a report of
    the parts adds them to its appendix, where the numbers open.
    """

    parts: tuple[Section, ...]
    numbers: Mapping[str, Number]
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FilteredTable:
    """A table of the plan that counts some of the cases: its name, kind, what it is of, and its filter."""

    name: str
    kind: Literal["codes", "printed-rows", "cases", "frameworks"]
    of: str
    where: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class ReportContent:
    """All that a report shows, in one language where it is text written by people.

    `maps` are shown in the methods only, by the names that `FigureContent.map_name` uses, and called by their
    `map_titles`. `claims` are the claims that `findings.checks` judged, for their texts. `also_cited` are works that
    the references list beside the records: sources of frameworks, the text under review. `date` is printed where the
    plan gives one: no clock is read. `corpus` are the records described in figures, whose numbers are among those of
    `findings`; `associations` say which keywords go with which codes,
    and what is spoken of without evidence; `filtered` are tables of some of the cases.
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

    @property
    def ledger(self) -> Ledger:
        """The account of the records read."""
        return self.findings.corpus.ledger

    @property
    def unplaced(self) -> tuple[Unplaced, ...]:
        """Codings whose quote stands no longer in its document; a build that kept going lists them."""
        return self.findings.unplaced

    def map_title(self, name: str) -> str:
        """Return what a map is called; its name where the plan gives it no title."""
        return self.map_titles.get(name) or name

    def figure_numbers(self) -> Mapping[str, int]:
        """Return the number of each figure, from 1, by name."""
        return {figure.name: number for number, figure in enumerate(self.figures, 1)}
