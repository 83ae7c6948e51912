"""A record is cited by the short name of its first author where that is not the full one shortened."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.readers.registry import read_files
from benang.readers.source import Source
from benang.readers.wos import read_wos
from benang.records.corpus import corpus_of
from benang.records.references.keys import record_keys
from benang.records.references.matching import match_references

HEAD = "FN Clarivate\nVR 1.0\n"


def record(number: int, short: str, full: str, cites: str = "") -> str:
    """Write a record as Web of Science does."""
    cited = f"CR {cites}\n" if cites else ""
    return (
        f"PT J\nAU {short}\nAF {full}\nTI Stalls {number}\nSO J STALLS\n{cited}PY 20{10 + number}\nVL {number}\n"
        f"BP {number}1\nUT WOS:{number}\nER\n\n"
    )


def test_web_of_science_cites_by_short_names() -> None:
    """Both names give a key; where the short is the full one shortened nothing is kept."""
    text = (
        HEAD
        + record(1, "Buechi, J", "Büchi, Jürg")
        + record(2, "Umpama, A", "Umpama, Ani", "Buechi J, 2011, J STALLS, V1, P11")
    )
    reading = read_wos(Source("a.txt", "a.txt", f"{text}EF\n".encode()))
    assert [dict(one.raw) for one in reading.records] == [{"authors": "Buechi, J"}, {}]
    assert [key for key in record_keys(reading.records[0]) if key.startswith("work:")] == [
        "work:buchi j|2011|1|11",
        "work:buechi j|2011|1|11",
    ]
    assert match_references(corpus_of(reading.records)).record.tolist() == [0]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (
            "PT\tAU\tAF\tTI\tSO\tPY\tUT",
            "J\tBuechi, J; Contoh, A\tBüchi, Jürg; Contoh, Ani\tStalls\tJ STALLS\t2011\tWOS:1",
        ),
    ],
)
def test_tables_keep_short_names_too(header: str, row: str, tmp_path: Path) -> None:
    """Tab-delimited exports have both columns."""
    path = tmp_path / "savedrecs.txt"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    (one,) = read_files(path).corpus.records
    assert one.authors[0] == "Büchi, Jürg"
    assert one.raw["authors"] == "Buechi, J; Contoh, A"
