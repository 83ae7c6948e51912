"""What joined two records, or left them to a person, is said."""

from __future__ import annotations

from benang.records.corpus import corpus_of
from benang.records.duplicates.finding import find_duplicates
from benang.records.duplicates.reasons import doubting_rules, joining_rules, reasons_json
from benang.records.record import Record

TITLE = "Sister cities and the failure of local cooperation"


def test_every_pair_has_its_reason() -> None:
    """Joined pairs and doubts are counted by rule, and named one by one."""
    people = ("Umpama, S.",)
    corpus = corpus_of(
        [
            Record("s", title=TITLE, authors=people, year=2019, doi="10.9999/a", file="s.csv", place=4),
            Record("w", title=TITLE, authors=people, year=2019, doi="10.9999/a", file="w.txt", place=1),
            Record("x", title=TITLE, authors=people, year=2019, doi="10.9999/b"),
        ]
    )
    found = find_duplicates(corpus)
    assert (joining_rules(found), doubting_rules(found)) == ({"same DOI": 1}, {"the DOIs differ": 1})
    assert reasons_json(found, corpus) == {
        "joined": [{"group": 1, "record": "s.csv:4", "other": "w.txt:1", "reason": "same DOI 10.9999/a"}],
        "doubts": [
            {
                "record": "s.csv:4",
                "other": "x",
                "reason": "same title, first author and year",
                "in_doubt_because": "the DOIs differ",
            }
        ],
    }
