"""The plan of a review (`review.toml`), checked: every key, every path, every name that refers to another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator

from benang.coding.codebook import Codebook
from benang.errors import BenangError, Problem, nearest
from benang.files import read_text
from benang.locale import Language
from benang.network.incidence import AuthorNames
from benang.network.links import Counting
from benang.network.normalization import Normalization
from benang.project.folder import ReviewFolder
from benang.project.toml_files import Checked, Text, line_of, read_toml
from benang.records.references.matching import Matching
from benang.synthesis.association import LEAST
from benang.synthesis.review_association import AssociatedItems

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="small letters, digits and hyphens")]


class Sources(Checked):
    """Which exports are read, and which of their fields no database printed."""

    files: tuple[str, ...] = Field(("sources/*",), description="paths or patterns within the review's folder")
    origins: dict[Literal["author_keywords", "index_keywords", "abstract"], Literal["assigned"]] = Field(
        default_factory=dict, description="fields that the reviewers gave and no database printed"
    )
    join_duplicates: bool = Field(True, description="whether records that are one work are joined")
    forms: dict[str, str] = Field(default_factory=dict, description="the form of a file, where its content can't tell")
    encodings: dict[str, str] = Field(
        default_factory=dict, description="the encoding of a file, where it is found wrong"
    )
    columns: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="of a plain table: which of its columns holds which field of a record"
    )


class Cleaning(Checked):
    """How variants are joined before anything is counted."""

    thesaurus: str | None = None


class ClusterName(Checked):
    """A name that a person gave to a cluster: it is kept as long as the cluster mostly holds these items."""

    label: Text
    items: tuple[str, ...] = Field(min_length=1, description="labels or ids of the cluster's items when it was named")


class _Map(Checked):
    """What all maps are told; exponents left out are VOSviewer's for the kind of link."""

    name: Name
    title: Text | None = None
    top: int | None = Field(None, ge=1, description="keep this many items, by total link strength")
    components: Literal["largest", "all"] = "largest"
    normalization: Normalization = "association-strength"
    attraction: int | None = Field(None, ge=-9, le=10)
    repulsion: int | None = Field(None, ge=-10, le=9)
    resolution: float = Field(1.0, gt=0)
    min_cluster_size: int = Field(1, ge=1)
    merge_small_clusters: bool = Field(True, description="whether smaller clusters are merged or left without a number")
    starts: int = Field(1, ge=1)
    cluster_starts: int = Field(10, ge=1)
    seed: int = Field(0, ge=0)
    like: str | None = Field(None, description="an earlier map, whose turn and colours this one keeps")
    stability: int | None = Field(
        None, ge=0, description="runs by which a map says how far its clusters hold; 20 up to 500 items"
    )
    name_clusters: bool = Field(False, description="whether clusters without a name get one from their items")
    cluster_names: tuple[ClusterName, ...] = ()


class KeywordMap(_Map):
    """A map of keywords or topics that occur together."""

    items: Literal["author-keywords", "index-keywords", "keywords", "topics"]
    counting: Counting = "full"
    min_occurrences: int = Field(1, ge=1)


class TermMap(_Map):
    """A map of phrases found in titles."""

    items: Literal["title-terms"]
    min_occurrences: int = Field(2, ge=1)
    max_words: int = Field(4, ge=1, le=8)


class TextTermMap(_Map):
    """A map of terms found in titles and abstracts."""

    items: Literal["terms"]
    min_occurrences: int = Field(10, ge=1)
    share: float = Field(0.6, gt=0, le=1, description="the share of terms that is kept, the most relevant ones")


class _CitingMap(_Map):
    counting: Counting = "full"
    reference_matching: Matching = "keys"


class MemberMap(_CitingMap):
    """A map of authors, organisations, countries or sources, by co-authorship, citation or coupling."""

    items: Literal["authors", "organizations", "countries", "sources"]
    link: Literal["co-authorship", "citation", "coupling"] | None = Field(
        None, description="co-authorship where left out, of sources coupling"
    )
    min_documents: int = Field(1, ge=1, description="documents of an item at least")
    min_citations: int = Field(0, ge=0, description="times that these have been cited at least")
    author_names: AuthorNames = "joined"
    max_per_document: int | None = Field(25, ge=1, description="co-authorship: documents with more are set aside")


class DocumentMap(_CitingMap):
    """A map of documents that cite the same works (coupling), or each other (citation)."""

    items: Literal["documents"]
    link: Literal["coupling", "citation"] = "coupling"
    min_citations: int = Field(0, ge=0, description="times that a document is cited at least")


class ReferenceMap(_CitingMap):
    """A map of works, sources or authors that are cited together: co-citation."""

    items: Literal["references", "cited-sources", "cited-authors"]
    min_citations: int = Field(1, ge=1, description="references to an item at least")


class CodeMap(_Map):
    """A map of codes that occur together in a case."""

    items: Literal["codes"]
    codes: str = Field(description="a group of the codebook")
    min_occurrences: int = Field(1, ge=1)


AnyMap = Annotated[
    KeywordMap | TermMap | TextTermMap | MemberMap | DocumentMap | ReferenceMap | CodeMap, Field(discriminator="items")
]


class _Table(Checked):
    name: Name


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


class AssociationPlan(_Table):
    """Which codes of a group go with which keywords; or what is talked about and what is evidenced."""

    kind: Literal["association", "mentions"]
    codes: str
    items: AssociatedItems = "author-keywords"
    least: int = Field(LEAST, ge=1, description="studies that an item, and a code, must occur in")


AnyTable = Annotated[
    CodeTablePlan | PrintedTablePlan | CaseMatrixPlan | AssociationPlan | PlainTablePlan, Field(discriminator="kind")
]


class _Chart(Checked):
    name: Name
    caption: Text | None = None


class MapChart(_Chart):
    """A map as a figure: its network, coloured by a score, or as density."""

    kind: Literal["map", "overlay", "density"]
    map: str
    score: str = "Avg. pub. year"
    weight: str | None = Field(None, description="what sizes the items; what they are counted by where left out")
    label_length: int = Field(30, ge=1, description="characters before a label is cut, as in VOSviewer")
    palette: Literal["benang", "vosviewer"] = "benang"


class CodeChart(_Chart):
    """Codes of a group as bars, or in a matrix with the cases."""

    kind: Literal["code-bars", "case-matrix"]
    codes: str


class AssociationChart(_Chart):
    """Keywords and codes that go together."""

    kind: Literal["association"]
    codes: str
    items: AssociatedItems = "author-keywords"
    least: int = Field(LEAST, ge=1)


class SlicesChart(_Chart):
    """A map in slices of time, side by side; each year of `edges` begins one, else `slices` as equal as may be."""

    kind: Literal["slices"]
    map: str
    edges: tuple[int, ...] = ()
    slices: int | None = Field(None, ge=1)
    palette: Literal["benang", "vosviewer"] = "benang"


class DifferenceChart(_Chart):
    """What differs on a map between the records before a year and those since."""

    kind: Literal["difference"]
    map: str
    before: int
    by: Literal["z", "share"] = "z"


class PlainChart(_Chart):
    """The cases read in the frameworks; the studies by year."""

    kind: Literal["frameworks", "years"]


AnyChart = Annotated[
    MapChart | CodeChart | AssociationChart | SlicesChart | DifferenceChart | PlainChart, Field(discriminator="kind")
]


class ReportPlan(Checked):
    """What the report says beyond what is counted."""

    limits: tuple[Text, ...] = ()
    also_cited: str | None = Field(None, description="an export of works to cite that are no records of the review")
    date: str | None = Field(None, description="a date to print; Benang itself asks no clock")
    corpus: bool = Field(True, description="whether the report describes its records in figures")


class Plan(Checked):
    """The plan of a review."""

    format: Literal[1] = 1
    title: Text
    question: Text
    language: Language = "en"
    reviewers: tuple[str, ...] = ()
    sources: Sources = Sources()
    cleaning: Cleaning = Cleaning()
    maps: tuple[AnyMap, ...] = ()
    tables: tuple[AnyTable, ...] = ()
    charts: tuple[AnyChart, ...] = ()
    report: ReportPlan = ReportPlan()

    @field_validator("maps", "tables", "charts")
    @classmethod
    def _names_once(cls, value: Sequence[AnyMap | AnyTable | AnyChart]) -> Sequence[AnyMap | AnyTable | AnyChart]:
        names = [one.name for one in value]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"a name may stand once, '{twice[0]}' stands more often")
        return value


def read_plan(folder: ReviewFolder) -> Plan:
    """Read and check `review.toml`: keys and values, the files it names, the maps that its charts draw.

    Raises
    ------
    BenangError
        With every problem, its line and the nearest valid word.
    """
    plan = read_toml(folder.plan, Plan)
    problems = [*_missing_files(plan, folder), *_unknown_maps(plan, folder.plan)]
    if problems:
        raise BenangError(*problems)
    return plan


def source_files(plan: Plan, root: Path) -> tuple[Path, ...]:
    """List the exports that the plan names, each once, sorted by path within the review's folder."""
    found = {path for pattern in plan.sources.files for path in _matching(root, pattern)}
    return tuple(sorted(found, key=lambda path: path.relative_to(root).as_posix()))


def _matching(root: Path, pattern: str) -> list[Path]:
    """List the exports that a pattern names; none where it is no pattern at all (empty, or `a**b`)."""
    try:
        return [path for path in root.glob(pattern) if _is_source(path)]
    except (ValueError, IndexError, NotImplementedError):
        return []


def _is_source(path: Path) -> bool:
    return path.is_file() and not path.name.startswith((".", "~$")) and path.suffix.lower() != ".md"


def check_vocabulary(plan: Plan, path: Path, codebook: Codebook) -> None:
    """Refuse a plan that names groups of codes or printed tables which the codebook lacks."""
    text = read_text(path)
    groups = [group.id for group in codebook.groups]
    tables = sorted({row.table for row in codebook.rows})
    problems = []
    for place, word in _references(plan):
        known = tables if place[-1] == "table" else groups
        if word not in known:
            what = "printed table" if place[-1] == "table" else "group of codes"
            problems.append(
                Problem(
                    f"the codebook has no {what} '{word}'",
                    way_on=nearest(word, known),
                    where=f"{path.name}, line {line_of(text, place)}",
                )
            )
    if problems:
        raise BenangError(*problems)


def _references(plan: Plan) -> Iterator[tuple[tuple[str | int, ...], str]]:
    sections: tuple[tuple[str, Sequence[object]], ...] = (
        ("maps", plan.maps),
        ("tables", plan.tables),
        ("charts", plan.charts),
    )
    for section, entries in sections:
        for at, entry in enumerate(entries):
            for key in ("codes", "table"):
                word = getattr(entry, key, None)
                if isinstance(word, str):
                    yield (section, at, key), word


def _missing_files(plan: Plan, folder: ReviewFolder) -> Iterator[Problem]:
    text = read_text(folder.plan)
    for pattern in plan.sources.files:
        where = f"{folder.plan.name}, line {line_of(text, ('sources', 'files'))}"
        if pattern.startswith(("/", "~")) or ".." in pattern or re.match(r"^[A-Za-z]:", pattern):
            yield Problem(
                f"'{pattern}' lies outside the review's folder",
                where=where,
                way_on="Copy the export into sources/, so that the folder holds all it rests on.",
            )
        elif not _matching(folder.root, pattern):
            yield Problem(f"no file matches '{pattern}'", where=where, way_on="Put the exports into sources/.")
    named: dict[tuple[str | int, ...], str | None] = {
        ("cleaning", "thesaurus"): plan.cleaning.thesaurus,
        ("report", "also_cited"): plan.report.also_cited,
        **{("maps", at, "like"): one.like for at, one in enumerate(plan.maps)},
    }
    for place, name in named.items():
        if name is not None and not (folder.root / name).is_file():
            near = nearest(name, [path.name for path in folder.root.glob("*.*")])
            yield Problem(f"no file '{name}'", way_on=near, where=f"{folder.plan.name}, line {line_of(text, place)}")


def _unknown_maps(plan: Plan, path: Path) -> Iterator[Problem]:
    text = read_text(path)
    known = [one.name for one in plan.maps]
    for at, chart in enumerate(plan.charts):
        if isinstance(chart, MapChart | SlicesChart | DifferenceChart) and chart.map not in known:
            yield Problem(
                f"the plan has no map '{chart.map}'",
                way_on=nearest(chart.map, known),
                where=f"{path.name}, line {line_of(text, ('charts', at, 'map'))}",
            )
