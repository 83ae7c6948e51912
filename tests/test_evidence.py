"""A number keeps what it counts and the passages behind it."""

from __future__ import annotations

import json

import pytest

from benang.evidence import Evidence, Number, Passage, count

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
        "format": 1,
        "numbers": {
            "a": {"value": 1, "unit": "cases", "of": ["alun"], "passages": ["p"]},
            "b": {"value": 0, "unit": "cases", "of": [], "passages": []},
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
    }
    assert list(evidence.as_json()["numbers"]) == ["a", "b"]  # type: ignore[call-overload]
