"""EPPI-Reviewer's JSON report: what its codes decide, and at which stage."""

from __future__ import annotations

import json

import pytest

from benang.readers import Source
from benang.readers.eppi_json import read_eppi_json
from benang.screening.tool_decisions import tool_decisions

SETS = [
    {"SetName": "Screen on Title & Abstract", "Attributes": {"AttributesList": [
        {"AttributeId": 1, "AttributeType": "Exclude", "AttributeName": "EXCLUDE on title & abstract", "Attributes":
            {"AttributesList": [{"AttributeId": 2, "AttributeType": "Exclude", "AttributeName": "No city"}]}},
        {"AttributeId": 3, "AttributeName": "INCLUDE on title & abstract", "AttributeType": "Include"}]}},
    {"SetName": "Screen on Full Text", "Attributes": {"AttributesList": [
        {"AttributeId": 4, "AttributeName": "No data of its own", "AttributeType": "Exclude"}]}},
    {"SetName": "Keywords", "Attributes": {"AttributesList": [
        {"AttributeId": 5, "AttributeName": "Excluded groups", "AttributeType": "Selectable (show checkbox)"}]}},
]  # fmt: skip


@pytest.mark.parametrize(
    ("codes", "said", "decided"),
    [
        ([1], "Screen on Title & Abstract: EXCLUDE on title & abstract", [("title-abstract", "exclude", ())]),
        ([2], "Screen on Title & Abstract: EXCLUDE No city", [("title-abstract", "exclude", ("No city",))]),
        (
            [3, 4],
            "Screen on Full Text: EXCLUDE No data of its own",
            [("title-abstract", "include", ()), ("full-text", "exclude", ("No data of its own",))],
        ),
        ([5], "Excluded groups", []),
    ],
)
def test_codes_that_decide_have_their_set_and_verdict_before_them(
    codes: list[int], said: str, decided: list[object]
) -> None:
    """The type of a code says that it decides, its set at which stage; other codes keep their names."""
    item = {"ItemId": 9, "Title": "Kota", "Codes": [{"AttributeId": one} for one in codes], "ItemStatus": "D"}
    data = json.dumps({"CodeSets": SETS, "References": [item]}).encode()

    (record,) = read_eppi_json(Source("e.json", "e.json", data)).records

    assert said in record.decisions
    assert [(one.stage, one.verdict, one.reasons) for one in tool_decisions(record)] == decided
