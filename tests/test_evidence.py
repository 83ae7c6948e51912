"""A number keeps what it counts and the passages behind it."""

from __future__ import annotations

import json

import pytest

from benang.evidence import Evidence, Having, Number, Passage, count, made_by

pytestmark = pytest.mark.fast


def test_a_count_is_of_distinct_things_in_one_order() -> None:
    """However often and in whatever order things come, the number is the same."""
    assert count("n", ["b", "a", "b"], unit="cases", passages=["p2", "p1", "p2"]) == Number(
        "n", 2, "cases", ("a", "b"), ("p1", "p2")
    )


def test_evidence_is_written_by_id_with_its_format() -> None:
    """Numbers and passages are sorted, and carry all that the interface names."""
    passage = Passage("p", "documents/a.md", 0, 4, "Rapi", "alun", "neat", "ani", "group")
    evidence = Evidence(
        {"b": count("b", [], unit="cases"), "a": count("a", ["alun"], unit="cases", passages=["p"])}, {"p": passage}
    )

    assert json.loads(json.dumps(evidence.as_json())) == {
        "format": 2,
        "numbers": {
            "a": {
                "kind": "count",
                "value": 1,
                "unit": "cases",
                "decimals": 0,
                "of": ["alun"],
                "passages": ["p"],
            },
            "b": {"kind": "count", "value": 0, "unit": "cases", "decimals": 0, "of": [], "passages": []},
        },
        "passages": {
            "p": {
                "document": "documents/a.md",
                "start": 0,
                "end": 4,
                "quote": "Rapi",
                "case": "alun",
                "code": "neat",
                "coder": "ani",
                "scope": "group",
            }
        },
        "records": {},
    }
    assert list(evidence.as_json()["numbers"]) == ["a", "b"]  # type: ignore[call-overload]


def test_a_measure_is_written_with_its_rule_what_it_is_made_of_and_the_decimals_shown() -> None:
    """The mean number of citations a year, of two numbers that have ids."""
    yearly = made_by("per-year", value="n", since=2019, until=made_by("max", field="year", records=Having("year")))
    number = Number("m", 1.5, "citations", ("a",), rule=yearly)

    assert number.as_json() == {
        "kind": "measure",
        "value": 1.5,
        "unit": "citations",
        "decimals": 2,
        "rule": "per-year",
        "made_of": {
            "value": "n",
            "since": 2019,
            "until": {"rule": "max", "made_of": {"field": "year", "records": {"having": "year"}}},
        },
        "of": ["a"],
        "passages": [],
    }
