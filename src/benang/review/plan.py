"""The plan of a review (`review.toml`): its keys, and what each may be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from benang.kinds import (
    KINDS,
    SMALL_CORPUS,
    AssociatedItems,
    AuthorNames,
    CitedItems,
    ComponentChoice,
    Counting,
    KeywordItems,
    Matching,
    Normalization,
    PartyItems,
)
from benang.locale import Language
from benang.locale.writing import worded
from benang.looks import NORMALISATIONS, PaletteName, ScaleName, View
from benang.network import Analysis
from benang.project.toml_files import Checked, Text
from benang.ranges import LEAST_STUDIES, MOST, RANGES
from benang.safe_files import is_reserved
from benang.screening.prisma import SetAside, TypedBox
from benang.screening.protocol import Criterion, Protocol, Reviewer, ScreeningPlan


def _is_free(name: str) -> str:
    if is_reserved(name):
        raise ValueError(
            worded("no file can be called '{name}' on Windows, which reserves the name for a device", name=name)
        )
    return name


Name = Annotated[
    str,
    Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=100, description="small letters, digits and hyphens"),
    AfterValidator(_is_free),
]
"""The name of a product, and so of its files, on every system that the review may be opened on."""


Use = Literal["not-excluded", "included", "all"]
"""Which records a review counts: those that the screening has not excluded, those that it includes, or all."""


class Sources(Checked):
    """Which exports are read, and which of their fields no database printed."""

    files: tuple[str, ...] = Field(("sources/*",), description="paths or patterns within the review's folder")
    origins: dict[Literal["author_keywords", "index_keywords", "abstract"], Literal["assigned"]] = Field(
        default_factory=dict, description="fields that the reviewers gave and no database printed"
    )
    use: Use = Field("not-excluded", description="which records count in maps, tables and figures")
    join_duplicates: bool = Field(True, description="whether records that are one work are joined")
    forms: dict[str, str] = Field(default_factory=dict, description="the form of a file, where its content can't tell")
    encodings: dict[str, str] = Field(
        default_factory=dict, description="the encoding of a file, where it is found wrong"
    )
    columns: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="of a plain table: which of its columns holds which field of a record"
    )


class SourcesOnly(BaseModel):
    """What a plan says of its sources, for commands that read exports without the rest of the review."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    sources: Sources = Sources()


class Cleaning(Checked):
    """How variants are joined before anything is counted."""

    thesaurus: str | None = None


class ClusterName(Checked):
    """A name that a person gave to a cluster: it is kept as long as the cluster mostly holds these items."""

    label: Text
    items: tuple[str, ...] = Field(min_length=1, description="labels or ids of the cluster's items when it was named")


_Year = Annotated[int, Field(**RANGES["year"].bounds)]


def _number(name: str, default: float | None, description: str | None = None) -> Any:
    """Declare a number that has the range of the option and argument of this name."""
    return Field(default, description=description, **RANGES[name].bounds)


def _least(items: str) -> str:
    """Say what a threshold is where the plan leaves it out."""
    preset = KINDS[items].preset
    return f"where left out {preset.usual}, below {SMALL_CORPUS} records {preset.small}"


class _Map(Checked):
    """The settings that all maps have; exponents left out are VOSviewer's for the kind of link."""

    name: Name
    title: Text | None = None
    top: int = _number(
        "top",
        Analysis.top,
        "keep this many items at most, by total link strength; 0 keeps all",
    )
    components: ComponentChoice = Analysis.components
    normalization: Normalization = "association-strength"
    attraction: int | None = _number("attraction", None)
    repulsion: int | None = _number("repulsion", None)
    resolution: float = _number("resolution", 1.0)
    min_cluster_size: int = _number("min_cluster_size", 1)
    merge_small_clusters: bool = Field(True, description="whether smaller clusters are merged or left without a number")
    starts: int = _number("starts", 1)
    cluster_starts: int = _number("cluster_starts", 10)
    seed: int = _number("seed", 0)
    like: str | None = Field(None, description="an earlier map, whose turn and colours this one keeps")
    stability: int | None = _number(
        "stability",
        None,
        "runs by which a map says how far its clusters hold; 20 up to 500 items",
    )
    name_clusters: bool = Field(False, description="whether clusters without a name get one from their items")
    cluster_names: tuple[ClusterName, ...] = ()


class KeywordMap(_Map):
    """A map of keywords or topics that occur together."""

    items: KeywordItems
    counting: Counting = Analysis.counting
    min_occurrences: int | None = _number("min_occurrences", None, _least("author-keywords"))


class TermMap(_Map):
    """A map of phrases found in titles."""

    items: Literal["title-terms"]
    min_occurrences: int = _number("min_occurrences", KINDS["title-terms"].preset.usual)
    max_words: int = _number("max_words", 4)


class TextTermMap(_Map):
    """A map of terms found in titles and abstracts."""

    items: Literal["terms"]
    min_occurrences: int | None = _number("min_occurrences", None, _least("terms"))
    share: float = _number("share", Analysis.share, "the share of terms that is kept, the most relevant ones")


class _CitingMap(_Map):
    counting: Counting = Analysis.counting
    reference_matching: Matching = Analysis.matching


class MemberMap(_CitingMap):
    """A map of authors, organisations, countries or sources, by co-authorship, citation or coupling."""

    items: PartyItems
    link: Literal["co-authorship", "citation", "coupling"] | None = Field(
        None, description="co-authorship where left out, of sources coupling"
    )
    min_documents: int | None = _number("min_documents", None, f"documents of an item at least; {_least('authors')}")
    min_citations: int | None = _number("min_citations", None, "times that these have been cited at least")
    author_names: AuthorNames = Analysis.author_names
    max_per_document: int = _number(
        "max_per_document",
        Analysis.most_per_record,
        "co-authorship: documents with more are set aside; 0 sets none aside",
    )


class DocumentMap(_CitingMap):
    """A map of documents that cite the same works (coupling), or each other (citation)."""

    items: Literal["documents"]
    link: Literal["coupling", "citation"] = "coupling"
    min_citations: int | None = _number(
        "min_citations",
        None,
        f"times that a document is cited at least; {_least('documents')}",
    )


class ReferenceMap(_CitingMap):
    """A map of works, sources or authors that are cited together: co-citation."""

    items: CitedItems
    min_citations: int | None = Field(
        None, ge=1, le=MOST, description=f"references to an item at least; {_least('references')}"
    )


class CodeMap(_Map):
    """A map of codes that occur together in a case."""

    items: Literal["codes"]
    codes: str = Field(description="a group of the codebook")
    min_occurrences: int = _number("min_occurrences", KINDS["codes"].preset.usual)


AnyMap = Annotated[
    KeywordMap | TermMap | TextTermMap | MemberMap | DocumentMap | ReferenceMap | CodeMap, Field(discriminator="items")
]


Where = dict[str, Annotated[tuple[str, ...], Field(min_length=1)]]
"""Variables, and which of their values count: levels, the lights of an appraisal, or `not-reported`."""


def _where() -> Any:
    return Field(default_factory=dict, description="only cases, or studies, with these values of variables are counted")


class _Table(Checked):
    name: Name
    where: Where = _where()


class CodeTablePlan(_Table):
    """Codes of a group with their cases and studies."""

    kind: Literal["codes"]
    codes: str


class PrintedTablePlan(_Table):
    """The rows of a printed table, counted anew."""

    kind: Literal["printed-rows"]
    table: str


class CaseMatrixPlan(_Table):
    """Cases × codes of a group, in long form."""

    kind: Literal["case-matrix"]
    codes: str


class PlainTablePlan(_Table):
    """The cases; the cases read in the frameworks; the checks of claims."""

    kind: Literal["cases", "frameworks", "checks"]

    @model_validator(mode="after")
    def _checks_are_of_all(self) -> Self:
        if self.kind == "checks" and self.where:
            raise ValueError(worded("claims are checked against the whole review, so checks take no 'where'"))
        return self


class AssociationPlan(_Table):
    """Which codes of a group go with which keywords; or what is talked about and what is evidenced."""

    kind: Literal["association", "mentions"]
    codes: str
    items: AssociatedItems = "author-keywords"
    least: int = _number("least", LEAST_STUDIES, "studies that an item, and a code, must occur in")

    @model_validator(mode="after")
    def _mentions_are_of_all(self) -> Self:
        if self.kind == "mentions" and self.where:
            raise ValueError(worded("all records are searched for mentions, so mentions take no 'where'"))
        return self


AnyTable = Annotated[
    CodeTablePlan | PrintedTablePlan | CaseMatrixPlan | AssociationPlan | PlainTablePlan, Field(discriminator="kind")
]


class _Chart(Checked):
    name: Name
    caption: Text | None = None


class MapChart(_Chart):
    """A map as a figure: its network, coloured by a score or a code, or as density of its items or clusters."""

    kind: Literal["map", "overlay", "density", "cluster-density"]
    map: str
    score: str = Field("Avg. pub. year", description="of an overlay; `code:ID` for a code of the codebook")
    score_colours: ScaleName | None = Field(None, description="of an overlay, or of a density")
    score_normalisation: Literal["none", "divide-by-mean", "subtract-mean", "z-score"] = "none"
    weight: str | None = Field(None, description="what sizes the items; what they are counted by where left out")
    label_length: int | None = Field(
        None,
        ge=1,
        le=int(RANGES["label_length"].high),
        description="letters above which a label is shortened in its middle: 40; on a map of up to 60 items 60",
    )
    palette: PaletteName = "benang"
    dark: bool = Field(False, description="whether the page is black")
    frames: bool = Field(False, description="whether names stand in frames instead of circles")
    max_links: int = _number("max_links", View.max_links, "links that are drawn at most, the strongest")
    min_link_strength: float = _number("min_link_strength", 0, "strength of a link that is drawn, at least")

    def view(self, language: Language, notes: Sequence[str] = ()) -> View:
        """Return how the chart looks at its map."""
        return View(
            view="network" if self.kind == "map" else self.kind,
            score=self.score if self.kind == "overlay" else None,
            normalisation=NORMALISATIONS[self.score_normalisation],
            colours=self.score_colours,
            palette=self.palette,
            weight=self.weight,
            label_length=self.label_length,
            dark=self.dark,
            frames=self.frames,
            max_links=self.max_links,
            min_link_strength=self.min_link_strength,
            notes=tuple(notes),
            language=language,
        )


class CodeChart(_Chart):
    """Codes of a group as bars, or in a matrix with the cases."""

    kind: Literal["code-bars", "case-matrix"]
    codes: str
    where: Where = _where()


class AssociationChart(_Chart):
    """Keywords and codes that go together."""

    kind: Literal["association"]
    codes: str
    items: AssociatedItems = "author-keywords"
    least: int = _number("least", LEAST_STUDIES)
    where: Where = _where()


class SlicesChart(_Chart):
    """A map in slices of time, side by side; each year of `edges` begins one, else `slices` as equal as may be."""

    kind: Literal["slices"]
    map: str
    edges: tuple[_Year, ...] = ()
    slices: int | None = _number("slices", None)
    palette: PaletteName = "benang"


class Group(Checked):
    """Some of a map's records, or cases, under a name."""

    name: Text
    members: tuple[str, ...] = Field(min_length=1, description="keys of records, or ids of cases")


class DifferenceChart(_Chart):
    """What differs on a map between the records before a year and those since, or between two groups of them."""

    kind: Literal["difference"]
    map: str
    before: int | None = _number("before", None, "the first year of the second period")
    groups: tuple[Group, Group] | None = None
    by: Literal["z", "share"] = "z"

    @model_validator(mode="after")
    def _one_comparison(self) -> Self:
        if (self.before is None) == (self.groups is None):
            raise ValueError(worded("a difference needs either before = a year, or two groups"))
        return self


class AppraisalChart(_Chart):
    """An appraisal: studies by items as lights, or which share of the studies has which light in each item."""

    kind: Literal["appraisal", "appraisal-summary"]
    form: str = Field(description="an appraisal of the codebook")
    weight: str | None = Field(None, description="of a summary: a variable of numbers by which studies are weighted")


class PlainChart(_Chart):
    """The cases read in the frameworks; the studies by year."""

    kind: Literal["frameworks", "years"]


AnyChart = Annotated[
    MapChart | CodeChart | AssociationChart | SlicesChart | DifferenceChart | AppraisalChart | PlainChart,
    Field(discriminator="kind"),
]


ChecklistName = Literal["prisma-2020", "prisma-s", "prisma-scr", "entreq"]
"""The reporting guidelines whose checklists Benang fills in (`benang.report.checklists`)."""
ReportFormat = Literal["html", "docx", "pdf"]
"""What a report can be written as: a page for browsers, a document for Word, pages to print."""


class ReportPlan(Checked):
    """What the report says beyond what is counted."""

    limits: tuple[Text, ...] = ()
    also_cited: str | None = Field(None, description="an export of works to cite that are no records of the review")
    date: str | None = Field(None, description="a date to print; Benang itself asks no clock")
    corpus: bool = Field(True, description="whether the report describes its records in figures")
    formats: tuple[ReportFormat, ...] = Field(("html",), min_length=1, description="what the report is written as")
    template: str | None = Field(None, description="a Word document whose styles and page report.docx takes")
    checklists: tuple[ChecklistName, ...] = Field((), description="reporting guidelines whose checklists are filled in")


def filter_of(asked: AnyTable | AnyChart) -> Where:
    """Return the filter of a table or chart; none where it takes none."""
    return getattr(asked, "where", {})


class Plan(Checked):
    """The plan of a review."""

    format: Literal[1] = 1
    title: Text
    question: Text
    language: Language = "en"
    reviewers: tuple[Reviewer, ...] = ()
    sources: Sources = Sources()
    cleaning: Cleaning = Cleaning()
    seeds: tuple[str, ...] = Field((), description="relevant papers known beforehand, by key, DOI or title")
    criteria: tuple[Criterion, ...] = ()
    screening: ScreeningPlan = ScreeningPlan()
    set_aside: tuple[SetAside, ...] = Field((), description="rules that remove works before the screening")
    prisma: tuple[TypedBox, ...] = Field((), description="numbers of PRISMA's flow that nobody can count")
    maps: tuple[AnyMap, ...] = ()
    tables: tuple[AnyTable, ...] = ()
    charts: tuple[AnyChart, ...] = ()
    report: ReportPlan = ReportPlan()

    @property
    def protocol(self) -> Protocol:
        """What the outcome of the screening depends on."""
        return Protocol(criteria=self.criteria, screening=self.screening, reviewers=self.reviewers)

    @field_validator("criteria", "set_aside")
    @classmethod
    def _ids_once(cls, value: Sequence[Criterion | SetAside]) -> Sequence[Criterion | SetAside]:
        ids = [one.id for one in value]
        if twice := sorted({one for one in ids if ids.count(one) > 1}):
            raise ValueError(worded("an id may appear only once, but '{value}' appears more often", value=twice[0]))
        return value

    @model_validator(mode="after")
    def _rules_are_no_criteria(self) -> Self:
        if both := sorted({one.id for one in self.set_aside} & {one.id for one in self.criteria}):
            raise ValueError(worded("'{id}' is the id of both a criterion and a rule in [[set_aside]]", id=both[0]))
        return self

    @field_validator("maps", "tables", "charts")
    @classmethod
    def _names_once(cls, value: Sequence[AnyMap | AnyTable | AnyChart]) -> Sequence[AnyMap | AnyTable | AnyChart]:
        names = [one.name for one in value]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(worded("a name may appear only once, but '{name}' appears more often", name=twice[0]))
        return value
