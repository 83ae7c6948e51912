"""PRISMA's flow as a value: its boxes and their words; and as the official table, which the R package PRISMA2020 reads.

The ids and columns are those of the template (Haddaway et al. 2022, doi:10.1002/cl2.1230).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import BeforeValidator, Field

from benang.evidence import Number
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral, worded
from benang.project.toml_files import Checked
from benang.ranges import MOST
from benang.records.user_tables import csv_text

if TYPE_CHECKING:
    from benang.project.toml_files import Label

Variant = Literal["new", "new-with-other", "updated", "updated-with-other"]
"""The four official versions of the figure: of a new or an updated review, without or with the column of other methods
than databases and registers."""
Unit = Literal["records", "reports", "studies"]

BOXES: Mapping[str, Unit] = {
    "previous_studies": "studies",
    "previous_reports": "reports",
    "records_identified": "records",
    "database_results": "records",
    "register_results": "records",
    "website_results": "records",
    "organisation_results": "records",
    "citation_results": "records",
    "hand_search_results": "records",
    "contact_results": "records",
    "duplicates_removed": "records",
    "records_removed_automatically": "records",
    "records_removed_other": "records",
    "records_screened": "records",
    "records_excluded": "records",
    "reports_sought": "reports",
    "reports_not_retrieved": "reports",
    "reports_assessed": "reports",
    "reports_excluded": "reports",
    "other_duplicates": "records",
    "other_removed": "records",
    "other_records_excluded": "records",
    "other_sought_reports": "reports",
    "other_notretrieved_reports": "reports",
    "other_assessed": "reports",
    "other_excluded": "reports",
    "studies_included": "studies",
    "reports_included": "reports",
    "total_studies": "studies",
    "total_reports": "reports",
    "total_studies_ma": "studies",
    "total_reports_ma": "reports",
}
"""The boxes in the order of the figure, with what each counts. `records_identified` is what databases and registers
gave together. The `other_…` boxes are the column of other methods; there `other_duplicates`, `other_removed` and
`other_records_excluded` say why fewer reports were sought than identified, for which the figure has no box."""

OPEN: Mapping[str, Unit] = {
    "undecided_records": "records",
    "unsure_records": "records",
    "conflicting_records": "records",
    "undecided_reports": "reports",
    "unsure_reports": "reports",
    "conflicting_reports": "reports",
}
"""What waits for a decision at each stage; as long as anything does, the flow is not final."""

NOT_STATED = "not stated"
"""The name of a database that nobody names, and of a reason that nobody gave."""

TEXTS: Mapping[str, str] = {
    "previous_studies": "Studies included in previous version of review",
    "previous_reports": "Reports of studies included in previous version of review",
    "records_identified": "Records identified",
    "database_results": "Databases",
    "register_results": "Registers",
    "website_results": "Websites",
    "organisation_results": "Organisations",
    "citation_results": "Citation searching",
    "hand_search_results": "Hand searching",
    "contact_results": "Contacts with authors and experts",
    "duplicates_removed": "Duplicate records removed",
    "records_removed_automatically": "Records marked as ineligible by automation tools",
    "records_removed_other": "Records removed for other reasons",
    "records_screened": "Records screened",
    "records_excluded": "Records excluded",
    "reports_sought": "Reports sought for retrieval",
    "reports_not_retrieved": "Reports not retrieved",
    "reports_assessed": "Reports assessed for eligibility",
    "reports_excluded": "Reports excluded",
    "other_duplicates": "Duplicate records of other methods",
    "other_removed": "Records of other methods removed before screening",
    "other_records_excluded": "Records of other methods excluded by title and abstract",
    "other_sought_reports": "Reports sought for retrieval",
    "other_notretrieved_reports": "Reports not retrieved",
    "other_assessed": "Reports assessed for eligibility",
    "other_excluded": "Reports excluded",
    "studies_included": "New studies included in review",
    "reports_included": "Reports of new included studies",
    "total_studies": "Total studies included in review",
    "total_reports": "Reports of total included studies",
    "total_studies_ma": "Total studies included in meta-analysis",
    "total_reports_ma": "Reports of total studies included in meta-analysis",
    "undecided_records": "Records not yet decided on by title and abstract",
    "unsure_records": "Records that wait as unsure by title and abstract",
    "conflicting_records": "Records on which reviewers disagree by title and abstract",
    "undecided_reports": "Reports not yet decided on by full text",
    "unsure_reports": "Reports that wait as unsure by full text",
    "conflicting_reports": "Reports on which reviewers disagree by full text",
}
"""What figures and tables print for each box and each open item; the catalogue has them in Indonesian."""


TypedKey = Literal[
    "previous_studies", "previous_reports", "total_studies_ma", "total_reports_ma", "hits_not_exported",
    "duplicates_removed_elsewhere", "records_removed_automatically_elsewhere", "records_removed_other_elsewhere",
]  # fmt: skip


def _uncounted(box: object) -> object:
    if box in BOXES and box not in get_args(TypedKey):
        typed = ", ".join(get_args(TypedKey))
        raise ValueError(worded("what Benang counts can't be typed; only these can: {boxes}", boxes=typed))
    return box


class TypedBox(Checked):
    """A number of the flow that nobody can count, with who typed it and how they know (`[[prisma]]`).

    Hits that were not exported and records that another program dropped count as identified, from `database`, and as
    removed before screening.
    """

    box: Annotated[TypedKey, BeforeValidator(_uncounted)]
    n: int = Field(ge=0, le=MOST, strict=True)
    by: str = Field(min_length=1, description="who typed it")
    reason: str = Field(min_length=1, description="where the number comes from")
    database: str = Field("", description="the database or register that the records came from")


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the flow, or a part of one: `database_results/Scopus`, `reports_excluded/REASON`.

    `number` counts and opens what it counts; `typed` is added to it. `name` says what a part is of: a database, or the
    id of a criterion or rule.
    """

    key: str
    number: Number
    typed: tuple[TypedBox, ...] = ()
    name: str = ""

    @property
    def value(self) -> int:
        """The value to print: what was counted and what was typed."""
        return int(self.number.value) + sum(one.n for one in self.typed)


@dataclass(frozen=True)
class Flow:
    """The flow of a review from the records identified to the studies included.

    `boxes` are in the order of `BOXES`, parts behind their box; a box that the version of the figure lacks is not
    among them. `open` are all of `OPEN`. `labels` are the texts of criteria and rules by their ids. `n_unreported` is
    how many searches of databases and registers are missing, since their source does not report what they found.
    """

    boxes: Mapping[str, Box]
    open: Mapping[str, Number]
    is_updated: bool = False
    has_other: bool = False
    labels: Mapping[str, Label] = field(default_factory=dict)
    n_unreported: int = 0

    @property
    def variant(self) -> Variant:
        """Which of the four official figures it is."""
        if self.is_updated:
            return "updated-with-other" if self.has_other else "updated"
        return "new-with-other" if self.has_other else "new"

    @property
    def has_databases(self) -> bool:
        """Whether a database or register was searched, whatever it gave."""
        return any(key.startswith(("database_results/", "register_results/")) for key in self.boxes)

    @property
    def is_final(self) -> bool:
        """Whether nothing waits for a decision."""
        return not any(number.value for number in self.open.values())

    @property
    def numbers(self) -> Mapping[str, Number]:
        """All numbers, by their ids, as the evidence of a review has them."""
        return {one.id: one for one in (*(box.number for box in self.boxes.values()), *self.open.values())}

    @property
    def typed(self) -> tuple[TypedBox, ...]:
        """What was typed, each entry once, in the order of the boxes."""
        return tuple(dict.fromkeys(one for box in self.boxes.values() for one in box.typed))

    def value(self, key: str) -> int:
        """Return the value of a box to print; 0 where the figure lacks it."""
        return self.boxes[key].value if key in self.boxes else 0

    def parts(self, key: str) -> tuple[Box, ...]:
        """Return the parts of a box: by database, by reason, by rule."""
        return tuple(box for name, box in self.boxes.items() if name.startswith(f"{key}/"))


_ROWS: tuple[tuple[str, str, str, str, str], ...] = (
    ("", "node4", "prevstud", "", "prevstud.html"),
    ("previous_studies", "node5", "box1", "previous_studies", "previous_studies.html"),
    ("previous_reports", "", "box1", "previous_reports", "previous_reports.html"),
    ("", "node6", "newstud", "", "newstud.html"),
    ("database_results", "node7", "box2", "database_results", "database_results.html"),
    ("database_specific_results", "", "box2", "database_results/", "database_results.html"),
    ("register_results", "", "box2", "register_results", ""),
    ("register_specific_results", "", "box2", "register_results/", "database_results.html"),
    ("", "node16", "othstud", "", "othstud.html"),
    ("website_results", "node17", "box11", "website_results", "website_results.html"),
    ("organisation_results", "", "box11", "organisation_results", ""),
    ("citations_results", "", "box11", "citation_results", ""),
    ("duplicates", "node8", "box3", "duplicates_removed", "duplicates.html"),
    ("excluded_automatic", "", "box3", "records_removed_automatically", ""),
    ("excluded_other", "", "box3", "records_removed_other", ""),
    ("records_screened", "node9", "box4", "records_screened", "records_screened.html"),
    ("records_excluded", "node10", "box5", "records_excluded", "records_excluded.html"),
    ("dbr_sought_reports", "node11", "box6", "reports_sought", "dbr_sought_reports.html"),
    ("dbr_notretrieved_reports", "node12", "box7", "reports_not_retrieved", "dbr_notretrieved_reports.html"),
    ("other_sought_reports", "node18", "box12", "other_sought_reports", "other_sought_reports.html"),
    ("other_notretrieved_reports", "node19", "box13", "other_notretrieved_reports", "other_notretrieved_reports.html"),
    ("dbr_assessed", "node13", "box8", "reports_assessed", "dbr_assessed.html"),
    ("dbr_excluded", "node14", "box9", "reports_excluded/", "dbrexcludedrecords.html"),
    ("other_assessed", "node20", "box14", "other_assessed", "other_assessed.html"),
    ("other_excluded", "node21", "box15", "other_excluded/", "other_excluded.html"),
    ("new_studies", "node15", "box10", "studies_included", "new_studies.html"),
    ("new_reports", "", "box10", "reports_included", ""),
    ("total_studies", "node22", "box16", "total_studies", "total_studies.html"),
    ("total_reports", "", "box16", "total_reports", ""),
    ("identification", "node1", "identification", "", "identification.html"),
    ("screening", "node2", "screening", "", "screening.html"),
    ("included", "node3", "included", "", "included.html"),
    ("total_studies_ma", "node23", "box17", "total_studies_ma", "total_studies_meta_analysis.html"),
    ("total_reports_ma", "", "box17", "total_reports_ma", ""),
)
"""The rows of the template: its ids of number, node and box, our key (with a slash, the parts of it), and the page that
the box links to."""
_WITH_ORGANISATIONS = ("organisation_results", "hand_search_results", "contact_results")
"""The template knows neither searching by hand nor contacts: they stand in one row with organisations, and its text
says so."""


def official_table(flow: Flow, language: Language = "en") -> str:
    """Write a flow as the template's CSV.

    `NA` stands where a figure has no such box. The reader parts lists at "; " and takes a reason up to its first comma,
    and puts texts between apostrophes (PRISMA_data and PRISMA_flowdiagram in PRISMA2020 1.1): names have neither.
    """
    rows: list[tuple[str, ...]] = []
    for data, node, box, key, url in _ROWS:
        text = _harmless(_text(box, key, flow, language))
        tooltip = text if node else ""
        description = f"{text}{_typed(key, flow, language)}"
        row = (data, node, box, description, text, tooltip, url, _n(key, flow, language) if key else "0")
        rows.append(tuple(cell or _NONE for cell in row))
    return csv_text(("data", "node", "box", "description", "boxtext", "tooltips", "url", "n"), rows)


def name_of(part: Box, flow: Flow, language: Language) -> str:
    """Return what a part of a box is called: a database, the text of a criterion or a rule."""
    _ = translator(language)
    label = flow.labels.get(part.name)
    return label.text(language) if label else _("not stated") if part.name == NOT_STATED else part.name


_NONE = "NA"


def _text(box: str, key: str, flow: Flow, language: Language) -> str:
    _ = translator(language)
    if key == "organisation_results":
        there = [one for one in _WITH_ORGANISATIONS if one in flow.boxes]
        return ", ".join(_(TEXTS[one]) for one in there or [key])
    titles = {
        "prevstud": _("Previous studies"),
        "newstud": _("Identification of new studies via databases and registers"),
        "othstud": _("Identification of new studies via other methods"),
        "identification": _("Identification"),
        "screening": _("Screening"),
        "included": _("Included"),
    }
    return titles[box] if box in titles else _(TEXTS[key.rstrip("/")])


def _n(key: str, flow: Flow, language: Language) -> str:
    """Return the number of a box, or of its parts with their names: `Wrong people, 2; Wrong place, 1`."""
    if key == "organisation_results":
        there = [one for one in _WITH_ORGANISATIONS if one in flow.boxes]
        return str(sum(map(flow.value, there))) if there else ""
    if not key.endswith("/"):
        return str(flow.value(key)) if key in flow.boxes else ""
    parts = [part for part in flow.parts(key.rstrip("/")) if part.value]
    none = "0" if key.rstrip("/") in flow.boxes and "excluded" in key else ""
    return "; ".join(f"{_harmless(name_of(part, flow, language), ',')}, {part.value}" for part in parts) or none


def _harmless(text: str, *marks: str) -> str:
    """Return a text on one line without what the template's readers, or a spreadsheet, would take for a sign."""
    for mark in (*marks, ";"):
        text = text.replace(mark, " –")
    return " ".join(text.replace("'", "’").replace('"', "”").replace("\\", "/").split()).lstrip("=+-@")


def _typed(key: str, flow: Flow, language: Language) -> str:
    """Say of a box what was typed."""
    typed = flow.boxes[key].typed if key in flow.boxes else ()
    return f" ({'; '.join(typed_words(one, language) for one in typed)})" if typed else ""


def typed_words(typed: TypedBox, language: Language) -> str:
    """Say how much was typed, by whom and why; the number comes first."""
    text = translator(language)("%(n)s entered by %(by)s, not counted: %(reason)s")
    return text % {"n": numeral(typed.n, language), "by": typed.by, "reason": typed.reason}


def unreported(flow: Flow, language: Language) -> Iterator[str]:
    """Give the sentence on searches whose results nobody reports; nothing where there are none."""
    if flow.n_unreported:
        text = counted(
            "What %(n)s search of databases found is not reported, and not counted here.",
            "What %(n)s searches of databases found is not reported, and not counted here.",
            flow.n_unreported,
            language,
        )
        yield text % {"n": numeral(flow.n_unreported, language)}


def words_of(key: str, flow: Flow, language: Language) -> str:
    """Return the words of a box; the studies of a review that updates none are neither new nor parts of a total."""
    _ = translator(language)
    only = {
        "studies_included": _("Studies included in review"),
        "reports_included": _("Reports of included studies"),
        "total_studies_ma": _("Studies included in meta-analysis"),
        "total_reports_ma": _("Reports of studies included in meta-analysis"),
    }
    return only[key] if key in only and not flow.is_updated else _(TEXTS[key])


def flow_titles(flow: Flow, language: Language) -> dict[str, str]:
    """Return what each number of a flow is of, by its id."""
    _ = translator(language)
    titles = {number.id: _(TEXTS[key]) for key, number in flow.open.items()}
    for key, box in flow.boxes.items():
        words = words_of(key.partition("/")[0], flow, language)
        titles[box.number.id] = f"{words}: {name_of(box, flow, language)}" if box.name else words
    return titles
