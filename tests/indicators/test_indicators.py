"""A whole corpus described: every number has its records, and what is lacking is named."""

from __future__ import annotations

import json
import runpy
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.evidence import Evidence
from benang.indicators import describe, shortened
from benang.indicators.contents import FIELDS, completeness, languages_table
from benang.indicators.indicator import Columns
from benang.readers.registry import read
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record
from benang.records.thesaurus import Thesaurus

FULL = Record(
    "full", "article", "Kota", ("Sari, D.",), 2020, "Jurnal Kota", doi="10.1000/a", language="English", abstract="…",
    author_keywords=("kota",), index_keywords=("city",), references=("Brown WF, 1963, MICROMAGNETICS",),
    affiliations=("UGM, Yogyakarta, Indonesia",), citations=2,
)  # fmt: skip


def _all_lacking(corpus: Corpus) -> set[str]:
    return {field for one in describe(corpus).indicators.values() for field in one.lacking}


def test_a_corpus_that_carries_nothing_lacks_everything_and_has_no_zeros() -> None:
    """Only the fields themselves are counted."""
    found = describe(corpus_of([Record("a"), Record("b")]))

    assert {name for name, one in found.indicators.items() if one.rows} == {"overview", "completeness"}
    assert [row.item for row in found.indicators["overview"].rows] == ["records"]
    assert _all_lacking(found.corpus) >= {"year", "type", "language", "source", "authors", "affiliations", "references"}


def test_a_corpus_without_records_can_be_described() -> None:
    """Nothing fails, nothing is told but that there are none."""
    found = describe(corpus_of([]))

    assert [number.value for number in found.numbers.values()] == [0]


def test_ids_are_unique_and_name_indicator_item_and_measure() -> None:
    """Each number can be looked up by what it is of."""
    found = describe(corpus_of([FULL, Record("b", year=2021)]))

    for name, indicator in found.indicators.items():
        for row in indicator.rows:
            for measure, number in row.numbers.items():
                assert number.id == f"corpus/{name}/{row.item}/{measure}"
    assert len(found.numbers) == sum(len(row.numbers) for one in found.indicators.values() for row in one.rows)


def test_what_the_records_carry_is_counted_field_by_field() -> None:
    """The full record has all fields; of two records half carry each."""
    table = completeness([FULL, Record("b")])

    assert [row.item for row in table.rows] == list(FIELDS)
    assert {row.numbers["share"].value for row in table.rows} == {0.5}
    assert table.row("title").numbers["without"].of == ("b",)


def test_languages_are_one_whatever_a_database_calls_them() -> None:
    """eng, English and Inggris; an unknown name stays as it is written."""
    said = ["eng", "English", "Inggris", "Klingonesque", ""]
    table = languages_table(Columns(corpus_of(Record(f"{at}", language=one) for at, one in enumerate(said))))

    assert [(row.item, row.label, row.numbers["records"].value) for row in table.rows] == [
        ("en", "English", 3),
        ("klingonesque", "Klingonesque", 1),
    ]
    assert table.silent == ("4",)


def test_references_can_be_left_out() -> None:
    """They take longest; the description says that it was wished."""
    found = describe(corpus_of([FULL]), with_references=False)

    assert found.without_references
    assert found.indicators["cited-references"].rows == ()


def test_a_shortened_description_keeps_the_true_sizes() -> None:
    """One author shown of two, and years are never cut."""
    records = [Record("a", year=2019, authors=("Sari, D.", "Budi, T.")), Record("b", year=2020, authors=("Sari, D.",))]
    found = shortened(describe(corpus_of(records), top=0), 1)

    assert (len(found.indicators["authors"].rows), found.indicators["authors"].n) == (1, 2)
    assert len(found.indicators["years"].rows) == 2


NONE: frozenset[str] = frozenset()
EXPORTS = {
    "scopus-581.csv": (581, NONE),
    "wos-plain-500.txt": (500, NONE),
    "openalex-410.json": (410, {"language", "author_keywords", "index_keywords"}),
    "pubmed-335-crlf.txt": (335, {"citations", "references"}),
    "publish-or-perish-9.csv": (9, {"language", "affiliations", "references", "author_keywords", "index_keywords"}),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_real_exports_are_described_and_say_what_they_lack(name: str, shared_data: Path) -> None:
    """Every number rests on records of the corpus, and the fields without any are exactly those named."""
    corpus = read(shared_data / "exports" / name)
    n, lacking = EXPORTS[name]
    found = describe(corpus, top=5)
    keys = set(corpus.keys)

    assert found.numbers["corpus/overview/records/value"].value == n
    assert _lacking(found.indicators.values()) == lacking
    assert all(set(number.of) <= keys for number in found.numbers.values())
    assert all(number.of for number in found.numbers.values() if number.value and number.unit == "records")
    assert sum(row.numbers["records"].value for row in found.indicators["years"].rows) == n - len(
        found.indicators["years"].silent
    )


def _lacking(indicators: Iterable[object]) -> set[str]:
    return {field for one in indicators for field in getattr(one, "lacking", ())}


def test_a_thesaurus_joins_and_drops_what_is_counted_by_name() -> None:
    """Keywords, authors, organisations, countries and sources, whichever of them a line names."""
    records = [
        FULL,
        Record(
            "other", "article", "Kota lain", ("Sari, Dewi",), 2021, "J Kota", author_keywords=("city",),
            index_keywords=("town", "city"), affiliations=("Univ Gadjah Mada, Yogyakarta, Java",),
        ),
    ]  # fmt: skip
    lines = {
        "kota": "city", "town": "", "Sari, D.": "Sari, Dewi", "UGM": "Gadjah Mada University",
        "Univ Gadjah Mada": "Gadjah Mada University", "Java": "Indonesia", "J Kota": "Jurnal Kota", "nowhere": "x",
    }  # fmt: skip

    description = describe(corpus_of(records), thesaurus=Thesaurus(tuple(lines.items()), file="words.tsv"))

    def rows(name: str) -> dict[str, float]:
        return {row.label: row.numbers["records"].value for row in description.indicators[name].rows}

    assert rows("author-keywords") == {"city": 2}
    assert rows("index-keywords") == {"city": 2}
    assert rows("authors") == {"Sari, Dewi": 2}
    assert rows("organizations") == {"Gadjah Mada University": 2}
    assert rows("countries") == {"Indonesia": 2}
    assert rows("sources") == {"Jurnal Kota": 2}
    assert (description.thesaurus, description.unmatched) == ("words.tsv", ("nowhere",))


def test_a_thesaurus_changes_nothing_of_what_the_records_carry() -> None:
    """A record whose only keyword is dropped still came with one."""
    dropped = describe(corpus_of([FULL]), thesaurus=Thesaurus((("kota", ""),)))

    assert dropped.indicators["completeness"] == describe(corpus_of([FULL])).indicators["completeness"]
    assert dropped.indicators["author-keywords"].rows == ()


def test_an_empty_thesaurus_changes_no_number() -> None:
    """The things counted are the same, with and without one."""
    one, other = describe(corpus_of([FULL])), describe(corpus_of([FULL]), thesaurus=Thesaurus())

    assert [number.value for number in one.numbers.values()] == [number.value for number in other.numbers.values()]


def _some(*words: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(words), max_size=3, unique=True).map(tuple)


RECORDS = st.builds(
    Record,
    key=st.just(""),
    type=st.sampled_from(["article", "book", "other"]),
    authors=_some(*(f"{name}, {first}." for name in ("Sari", "Budi", "Tan", "Umpama") for first in "DTKA")),
    year=st.none() | st.integers(2015, 2022),
    source=st.sampled_from(["", "Jurnal Kota", "Jurnal Desa", "J Pasar", "J Malam"]),
    language=st.sampled_from(["", "English", "id"]),
    author_keywords=_some("kota", "desa", "pasar"),
    index_keywords=_some("city", "village"),
    affiliations=_some("UGM, Yogyakarta, Indonesia", "Kyoto Univ, Kyoto, Japan", "Univ Somewhere"),
    references=_some("Brown WF, 1963, MICROMAGNETICS", "Sari D, 2012, J KOTA, V1, P2", "Tan K, 2001, J DESA, V3, P4"),
    citations=st.none() | st.integers(0, 9),
)


@pytest.mark.slow
@given(st.lists(RECORDS, max_size=30), st.none() | st.integers(2016, 2021))
def test_every_number_comes_out_again_by_its_rule(records: list[Record], last_full: int | None) -> None:
    """A script that shares no code with Benang recomputes all of them from what the evidence says of the records."""
    script = runpy.run_path(str(Path(__file__).resolve().parents[2] / "docs" / "recompute.py"))
    corpus = corpus_of(replace(one, key=f"r{at}") for at, one in enumerate(records))
    description = describe(corpus, top=3, last_full=last_full)
    evidence = Evidence(description.numbers, facts=description.facts)

    assert script["differing"](json.loads(json.dumps(evidence.as_json()))) == []
