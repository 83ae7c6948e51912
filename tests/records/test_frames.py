"""A corpus goes into frames of Arrow, pandas and Polars and comes back as it was."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import benang
from benang.errors import BenangError
from benang.evidence import Step
from benang.records.corpus import LISTS, TABLES, Corpus, corpus_of
from benang.records.duplicates import find_duplicates
from benang.records.duplicates.joining import joined
from benang.records.frame_tables import FrameKind
from benang.records.frames import corpus_frame, corpus_frames, corpus_from
from benang.records.record import FileAccount, Ledger, Record, SetAside

pandas: Any = pytest.importorskip("pandas")
polars: Any = pytest.importorskip("polars")

KINDS: tuple[FrameKind, ...] = ("arrow", "pandas", "polars")
every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def corpus() -> Corpus:
    """Return two records of one work and one of another, joined, with all that a corpus may know."""
    twice = [
        Record(key, title="Kota kembar yang gagal", authors=("Sari, D.",), year=2020, doi="10.1/a", place=at, raw=raw)
        for at, (key, raw) in enumerate((("a", {"title": "KOTA KEMBAR YANG GAGAL"}), ("b", {})), 1)
    ]
    other = Record(
        "c", references=("X, 2000", "Y; 2001", ""), origins={"year": "assigned", "doi": "added"}, citations=0
    )
    account = FileAccount("s.ris", "RIS", "0f", 4, 3, (SetAside(3, 12, "no content"),), ("A note.",), "UTF-16")
    step = Step("read", {"files": ("s.ris",), "kept": ["x"], "other": None}, {"found": 4})
    read = corpus_of([*twice, other], ledger=Ledger((account,)), history=(step,))
    return joined(read, find_duplicates(read))


def _unlike(one: Corpus, other: Corpus) -> list[str]:
    """Name the parts in which two corpora differ."""
    tables = [name for name in TABLES if not getattr(one, name).equals(getattr(other, name))]
    return tables + [name for name in ("ledger", "history") if getattr(one, name) != getattr(other, name)]


@every_kind
def test_the_long_tables_come_back(kind: FrameKind, corpus: Corpus) -> None:
    """All tables, the ledger and the history are equal, members and origins among them."""
    again = corpus_from(corpus_frames(corpus, kind))

    assert corpus.members.num_rows == 3
    assert _unlike(corpus, again) == []
    assert again.records == corpus.records


@every_kind
def test_one_row_a_record_comes_back(kind: FrameKind, corpus: Corpus) -> None:
    """So do all tables of the frame with list columns; Polars alone has no room for ledger and history."""
    again = corpus_from(corpus_frame(corpus, kind))

    assert _unlike(corpus, again) == (["ledger", "history"] if kind == "polars" else [])
    assert again.records == corpus.records


@every_kind
def test_an_export_comes_back(kind: FrameKind, test_data: Path) -> None:
    """The records of a real form are equal."""
    read = benang.read(test_data / "exports" / "scopus-3.csv")

    assert corpus_from(corpus_frame(read, kind)).records == read.records
    assert _unlike(read, corpus_from(corpus_frames(read, kind))) == []


_texts = st.text(st.characters(codec="utf-8"), max_size=5)
_records = st.lists(
    st.builds(
        Record,
        key=st.uuids().map(str),
        title=_texts,
        year=st.none() | st.integers(-(2**31), 2**31 - 1),
        citations=st.none() | st.integers(0, 9),
        authors=st.lists(_texts, max_size=3).map(tuple),
        references=st.lists(_texts, max_size=3).map(tuple),
        raw=st.dictionaries(st.sampled_from(("title", "doi")), _texts),
    ),
    max_size=4,
    unique_by=lambda record: record.key,
)


@settings(max_examples=30)
@given(_records)
def test_any_records_come_back(records: list[Record]) -> None:
    """Empty texts, empty lists and missing years stay what they are, in each form."""
    made = corpus_of(records)

    for kind in KINDS:
        assert corpus_from(corpus_frame(made, kind)).records == made.records
        assert corpus_from(corpus_frames(made, kind)).records == made.records


def test_the_frame_has_a_column_for_each_field() -> None:
    """A row a record, a column a field, and what a joined work knows of its members."""
    frame = corpus_frame(corpus_of([Record("a", authors=("Ani", "Budi"))]), "pandas")

    assert set(frame.columns) == {field.name for field in fields(Record)} | {"members", "taken"}
    assert list(frame["authors"][0]) == ["Ani", "Budi"]
    assert all(list(frame[name][0]) == [] for name in LISTS if name != "authors")


def test_missing_numbers_are_not_turned_into_decimals() -> None:
    """A year beside a missing one stays 2020, and the missing one is missing."""
    records = [Record("a", year=2020), Record("b")]

    for kind in ("pandas", "polars"):
        years = list(corpus_frame(corpus_of(records), kind)["year"])
        assert str(years[0]) == "2020"
        assert years[1] is None or years[1] is pandas.NA


def test_rows_left_out_are_told(corpus: Corpus) -> None:
    """A frame that was filtered gives the rows kept, and the history says how many there were."""
    frame = corpus_frame(corpus, "pandas")

    kept = corpus_from(frame[frame["key"] == "c"])

    assert kept.keys == ("c",)
    assert kept.history[-1] == Step("frame", {}, {"records": 2, "kept": 1})
    assert kept.ledger == corpus.ledger


def test_a_frame_of_ones_own_becomes_a_corpus() -> None:
    """Whole numbers may stand as decimals, what is missing is empty, and the account counts the rows."""
    frame = pandas.DataFrame({"title": ["Kota", None], "year": [2020, math.nan], "authors": [["Ani"], []]})

    made = corpus_from(frame)

    assert [(r.title, r.year, r.authors, r.file, r.place) for r in made.records] == [
        ("Kota", 2020, ("Ani",), "frame", 1),
        ("", None, (), "frame", 2),
    ]
    assert made.keys[0].startswith("ani2020-kota-")
    assert (made.ledger.found, made.ledger.read) == (2, 2)
    assert made.history == (Step("frame", {"columns": ("title", "year", "authors")}, {"records": 2}),)


def test_all_that_is_wrong_in_a_frame_is_told_together() -> None:
    """Each value with its row, its column and what was expected."""
    frame = pa.table({"year": ["in press", None], "authors": ["Ani", "Budi"], "type": ["paper", "article"]})

    with pytest.raises(BenangError) as refused:
        corpus_from(frame)

    assert [problem.where for problem in refused.value.problems] == [
        "frame, row 1, year",
        "frame, row 1, authors",
        "frame, row 1, type",
        "frame, row 2, authors",
    ]
    assert "expected a whole number, found 'in press'" in str(refused.value)


@pytest.mark.parametrize("year", [math.inf, 2**40, 2020.5, True])
def test_a_year_that_is_no_whole_number_is_refused(year: object) -> None:
    """Neither infinite, nor too large, nor broken, nor true."""
    with pytest.raises(BenangError, match="expected a whole number"):
        corpus_from(pa.table({"year": [year]}))


def test_a_column_that_is_no_field_is_refused_by_name() -> None:
    """Nothing is left out without a word, and the field that was meant is named."""
    with pytest.raises(BenangError, match=r"the column 'titel'\. Did you mean 'title'\?"):
        corpus_from(pa.table({"titel": ["Kota"]}))


def test_a_key_given_twice_is_refused() -> None:
    """Both rows are named."""
    with pytest.raises(BenangError, match="frame, record 2"):
        corpus_from(pa.table({"key": ["a", "a"]}))


def test_what_is_no_frame_is_refused() -> None:
    """A list of texts is none."""
    with pytest.raises(BenangError, match="an Arrow table, or a data frame of pandas or Polars"):
        corpus_from(["a.ris"])


def test_long_tables_must_hold_together(corpus: Corpus) -> None:
    """A table that lacks, rows of works left out, and a table that isn't one of a corpus are refused."""
    frames = corpus_frames(corpus, "arrow")

    for wrong, said in (
        ({name: frame for name, frame in frames.items() if name != "values"}, "no table 'values'"),
        ({**frames, "works": frames["works"].slice(1)}, r"record numbers in 'works'"),
        ({**frames, "works": frames["works"].take([1, 0])}, "out of order"),
        ({**frames, "raw": pa.table({"work": [0]})}, "table 'raw'"),
    ):
        with pytest.raises(BenangError, match=said):
            corpus_from(wrong)


def test_tables_of_a_newer_benang_are_refused(corpus: Corpus) -> None:
    """What a later version wrote is not read half."""
    frames = corpus_frames(replace(corpus, history=()), "arrow")
    newer = {**frames, "about": pa.table({"name": ["format"], "value": ["2"]})}

    with pytest.raises(BenangError, match="format 2"):
        corpus_from(newer)
