"""Write the JSON Schemas of Benang's file formats into docs/reference/schemas. Run it with `make schemas`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from benang.coding.cases import Cases
from benang.coding.codebook import Codebook
from benang.evidence import RuleName, Scope
from benang.files import write_text
from benang.judgements.lines import line_adapter
from benang.review.plan import Plan
from benang.screening.searches import Searches
from benang.screening.studies import Studies
from benang.synthesis.claims import Claims

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference" / "schemas"


class _Written(BaseModel):
    """A file that Benang writes: other tools may add keys."""

    model_config = ConfigDict(extra="allow")


class CountEntry(_Written):
    """A count: its value is the number of ids in `of`; `passages` are the ids of the passages behind it."""

    kind: Literal["count"]
    value: int
    unit: str
    decimals: Literal[0]
    of: tuple[str, ...] = Field(description="ids of what is counted: cases, records, codes or rows")
    passages: tuple[str, ...]


class MeasureEntry(_Written):
    """A measure: its value is what the rule makes of `made_of`."""

    kind: Literal["measure"]
    value: int | float
    unit: str
    decimals: int = Field(ge=0, description="decimals that are shown; of a share, those of its percentage")
    rule: RuleName
    made_of: dict[str, Any] = Field(description="values, records and the field that is read; see docs/evidence.md")
    of: tuple[str, ...] = Field(description="keys of the records that the measure opens")
    passages: tuple[str, ...]


class PassageEntry(_Written):
    """A quotation at its place: half-open offsets in Unicode code points of the document's text."""

    document: str = Field(description="path relative to the review's folder")
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    quote: str = Field(min_length=1)
    case: str
    code: str
    coder: str
    scope: Scope


class RecordEntry(_Written):
    """What a record says, as far as it says it: a number, or ids in a list."""

    year: int | None = None
    citations: int | None = None
    types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    author_keywords: tuple[str, ...] = Field((), alias="author-keywords")
    index_keywords: tuple[str, ...] = Field((), alias="index-keywords")
    cited_works: tuple[str, ...] = Field((), alias="cited-works", description="each as often as it is cited")


class EvidenceFile(_Written):
    """`evidence.json`."""

    format: Literal[2]
    numbers: dict[str, Annotated[CountEntry | MeasureEntry, Field(discriminator="kind")]]
    passages: dict[str, PassageEntry]
    records: dict[str, RecordEntry] = Field(description="what measures read in each record, by its key")


class LayoutEntry(_Written):
    """How the items were placed; `objective` is Q*, the sum over pairs i < j at the layout's own best scale."""

    attraction: int
    repulsion: int
    objective: float
    starts: int
    seed: int


class ClusteringEntry(_Written):
    """How the items were clustered; `quality` is V."""

    resolution: float
    quality: float
    n_clusters: int


class MapKey(_Written):
    """The key `benang` of a map's JSON, which VOSviewer ignores."""

    format: Literal[1]
    version: str
    layout: LayoutEntry
    clustering: ClusteringEntry


FORMATS: dict[str, type[BaseModel]] = {
    "review": Plan,
    "codebook": Codebook,
    "cases": Cases,
    "searches": Searches,
    "studies": Studies,
    "claims": Claims,
    "evidence": EvidenceFile,
    "map": MapKey,
}


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of each format by its name, JSON Schema 2020-12."""
    schemas = {name: TypeAdapter(model).json_schema() for name, model in FORMATS.items()}
    schemas["judgement"] = line_adapter.json_schema()
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {name: dialect | schemas[name] for name in sorted(schemas)}


def main() -> None:
    """Write one file a format."""
    for name, schema in schemas().items():
        write_text(FOLDER / f"{name}.schema.json", json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
        print(f"docs/reference/schemas/{name}.schema.json")


if __name__ == "__main__":
    main()
