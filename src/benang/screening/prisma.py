"""PRISMA 2020's flow, counted: each box has the records, reports or studies that it counts, by their keys.

Nothing here is typed but what nobody can count: the studies of an earlier version of the review, and what other
programs dropped before the import. The boxes and what must add up are those of the statement (Page et al. 2021,
doi:10.1136/bmj.n71), figure 1 in its four versions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field, model_validator

from benang.evidence import Number
from benang.locale.writing import worded
from benang.project.toml_files import Checked, Id, Label, Text
from benang.records.record import RecordStatus, RecordType

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

SOURCES = {
    "database": "database_results",
    "register": "register_results",
    "website": "website_results",
    "organisation": "organisation_results",
    "citations": "citation_results",
    "hand-search": "hand_search_results",
    "contacts": "contact_results",
}
"""Which box counts the records of a kind of search."""
FIRST_COLUMN = ("database", "register")
"""The kinds of searches whose records are screened by title and abstract, in the figure's first column."""
NOT_STATED = "not stated"
"""The name of a database that nobody names."""

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
    n: int = Field(ge=0, le=10**9, strict=True)
    by: str = Field(min_length=1, description="who typed it")
    reason: str = Field(min_length=1, description="where the number comes from")
    database: str = Field("", description="the database or register that the records came from")


class SetAside(Checked):
    """A rule by which works are removed before anybody screens them (`[[set_aside]]`); all its conditions must hold.

    A work without a year, or in a language that its record doesn't name, is not removed for it.
    """

    id: Id
    by: Literal["automation", "other"] = "other"
    text: Text
    before: int | None = Field(None, description="works published before this year")
    after: int | None = Field(None, description="works published after this year")
    languages: tuple[str, ...] = Field((), description="works in one of these languages")
    types: tuple[RecordType, ...] = ()
    status: tuple[RecordStatus, ...] = Field((), description="what became of a work: 'retraction notice', …")

    @model_validator(mode="after")
    def _has_a_condition(self) -> SetAside:
        if self.before is None and self.after is None and not (self.languages or self.types or self.status):
            raise ValueError(worded("a rule needs a condition: before, after, languages, types or status"))
        return self


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
    among them. `open` are all of `OPEN`. `labels` are the texts of criteria and rules by their ids.
    """

    boxes: Mapping[str, Box]
    open: Mapping[str, Number]
    is_updated: bool = False
    has_other: bool = False
    labels: Mapping[str, Label] = field(default_factory=dict)

    @property
    def variant(self) -> Variant:
        """Which of the four official figures it is."""
        if self.is_updated:
            return "updated-with-other" if self.has_other else "updated"
        return "new-with-other" if self.has_other else "new"

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
