"""The JSON Schemas in the docs are those of the code, and what Benang writes follows them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest
from scripts.schemas import schemas

from benang.judgements.events import KINDS, Event


def test_the_docs_hold_the_schemas_of_the_code(project_root: Path) -> None:
    """`make schemas` was run after the last change of a format."""
    folder = project_root / "docs" / "reference" / "schemas"

    held = {
        path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8"))
        for path in folder.glob("*.schema.json")
    }

    assert held == json.loads(json.dumps(schemas()))


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("review.toml", "review"),
        ("codebook.toml", "codebook"),
        ("cases.toml", "cases"),
        ("claims.toml", "claims"),
    ],
)
def test_files_that_people_write_follow_their_schema(file: str, name: str, project_root: Path) -> None:
    """The example review's files are valid by the published schemas."""
    data = tomllib.loads((project_root / "examples" / "sister-cities" / file).read_text(encoding="utf-8"))

    jsonschema.validate(data, schemas()[name])


def test_judgements_follow_their_schema(project_root: Path) -> None:
    """Every line of the example's judgements is valid."""
    files = sorted((project_root / "examples" / "sister-cities" / "judgements").glob("*.jsonl"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    validator = jsonschema.Draft202012Validator(schemas()["judgement"])

    assert len(lines) > 100
    assert [line for line in lines if not validator.is_valid(json.loads(line))] == []


def test_what_is_written_follows_its_schema(built_review: Path) -> None:
    """evidence.json and the maps' `benang` key are valid."""
    out = built_review / "out"

    jsonschema.validate(json.loads((out / "evidence.json").read_text(encoding="utf-8")), schemas()["evidence"])
    made = json.loads((out / "maps" / "topics.json").read_text(encoding="utf-8"))
    jsonschema.validate(made["benang"], schemas()["map"])


def test_the_page_on_the_log_names_every_kind_of_judgement_and_every_key_that_all_have(project_root: Path) -> None:
    """Its first table is whole."""
    page = (project_root / "docs" / "reference" / "judgements.md").read_text(encoding="utf-8")
    table = page[page.index("| key |") : page.index("All other keys")]
    kinds = [kind.model_fields["kind"].default for kind in KINDS]
    assert [word for word in (*kinds, *Event.model_fields) if f"`{word}`" not in table] == []
