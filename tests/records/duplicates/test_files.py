"""Groups, doubts and decisions stand in files that a person can read and write."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.records.corpus import Corpus, corpus_of
from benang.records.duplicates import Decision, Decisions, find_duplicates, resolved
from benang.records.duplicates.files import (
    doubting_rules,
    doubts_table,
    joining_rules,
    read_decisions,
    reasons_json,
    write_doubts,
    write_duplicates,
)
from benang.records.record import Record

TITLE = "Sister cities and the failure of local cooperation"


def corpus() -> Corpus:
    """Return two records of one DOI, and one that looks like them under another."""
    people = ("Umpama, S.",)
    return corpus_of(
        [
            Record("s", title=TITLE, authors=people, year=2019, doi="10.9999/a", file="in/=s.csv", place=4),
            Record("w", title=TITLE, authors=people, year=2019, doi="10.9999/a", file="in/w.txt", place=1),
            Record("x", title=f"={TITLE}", authors=people, year=2019, doi="10.9999/b", file="in/w.txt", place=2),
        ]
    )


def test_groups_are_written_with_file_place_and_reason(tmp_path: Path) -> None:
    """One row a record, groups from 1."""
    held = corpus()
    write_duplicates(find_duplicates(held), held, tmp_path / "groups.csv")
    assert (tmp_path / "groups.csv").read_bytes().decode("utf-8-sig") == (
        "group,file,record,reason,gives\n"
        "1,in/=s.csv,4,same DOI 10.9999/a,authors; doi; title; type; year\n"
        "1,in/w.txt,1,same DOI 10.9999/a,\n"
    )


def test_doubts_name_both_records_and_the_reason(tmp_path: Path) -> None:
    """The table has a column to decide in, and no cell that a spreadsheet would run."""
    held = corpus()
    found = find_duplicates(held)
    row = doubts_table(found, held).to_pylist()[0]
    assert (row["record"], row["other"], row["decision"]) == ("s", "x", "")
    assert (row["citation"], row["in doubt because"]) == ("Umpama (2019)", "the DOIs differ")
    write_doubts(found, held, tmp_path / "duplicates.csv")
    assert f"'={TITLE}" in (tmp_path / "duplicates.csv").read_text(encoding="utf-8-sig")


def test_the_table_of_doubts_filled_in_is_a_file_of_decisions(tmp_path: Path) -> None:
    """What is left empty is undecided; the next search honours the rest."""
    held = corpus()
    path = tmp_path / "duplicates.csv"
    write_doubts(find_duplicates(held), held, path)
    assert read_decisions(path).pairs == ()
    path.write_text(path.read_text(encoding="utf-8-sig").replace("s,x,,", "s,x,same,"), encoding="utf-8")
    decided = find_duplicates(held, decisions=read_decisions(path))
    assert [group.members for group in decided.groups] == [(0, 1, 2)]
    assert decided.doubts == ()


def file(folder: Path, text: str) -> Path:
    """Write a file of decisions."""
    path = folder / "duplicates.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_remarks_other_columns_and_indonesian_words_are_understood(tmp_path: Path) -> None:
    """Lines with # are remarks; columns are found by their names."""
    path = file(tmp_path, "# by hand\nnote\tother\trecord\tDecision\nwhy\tb\ta\tBeda\n\n#\nx\td\tc\tsama\n")
    assert read_decisions(path).pairs == (Decision("a", "b", "different", 3), Decision("c", "d", "same", 6))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected a header with the columns record, other, decision, each once, found an empty file"),
        ("a\tb\tsame\n", "line 1: expected a header .*, found the header 'a', 'b', 'same'"),
        ("record\tother\tdecision\na\t\tsame\n", "line 2: a row that does not name two records"),
        ("record\tother\tdecision\na\tb\tmaybe\n", "line 2, decision: expected 'same' or 'different', found 'maybe'"),
        (
            "record\tother\tdecision\na\tb\tsame\nb\ta\tdifferent\n",
            "line 3: 'b' and 'a' are marked as different, but line 2",
        ),
        ('record\tother\tdecision\n"a\tb\tsame\n', "a line that is not a table row"),
    ],
)
def test_what_is_no_decision_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """The message names line, what was expected and what was found."""
    with pytest.raises(BenangError, match=message):
        read_decisions(file(tmp_path, text))


def test_records_are_named_by_key_path_or_the_file_alone() -> None:
    """Where two files have one name, the folder must be said; nothing is chosen for the user."""
    held = corpus_of([Record(str(at), file=name, place=1) for at, name in enumerate(("a/x.ris", "b/x.ris", "b/y.ris"))])
    for name in ("2", "b/y.ris:1", "y.ris:1", "b\\y.ris:1"):
        assert resolved(Decisions((Decision("0", name, "same"),)), held).same == ((0, 2),)
    with pytest.raises(BenangError, match=r"'x.ris:1' may be 0 or 1. Give the key of one of them"):
        resolved(Decisions((Decision("2", "x.ris:1", "same"),)), held)


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
