"""Works cited most: by databases, within the corpus, and in its references."""

from __future__ import annotations

from benang.indicators.cited import cited_references, cited_works, local_citations
from benang.indicators.indicator import Columns
from benang.records.corpus import corpus_of
from benang.records.record import Record
from benang.records.references.matching import match_references

A, B = "On cities. https://doi.org/10.1000/a", "On towns. https://doi.org/10.1000/b"
OLD = "Brown WF, 1963, MICROMAGNETICS"
RECORDS = [
    Record("a", title="On cities", doi="10.1000/a", year=2018, citations=6, references=(OLD,)),
    Record("b", title="On towns", doi="10.1000/b", year=2018, citations=2, references=(A, OLD)),
    Record("c", title="On both", year=2020, citations=0, references=(A, B, A)),
    Record("d", title="On itself", doi="10.1000/d", year=2020, references=("On itself. https://doi.org/10.1000/d",)),
]


def test_records_of_the_corpus_that_cite_another_count_once_and_none_for_itself() -> None:
    """Record a is cited by b and c (who names it twice), b by c; d only by itself."""
    assert local_citations(match_references(corpus_of(RECORDS))) == {0: (1, 2), 1: (2,)}


def test_the_most_cited_records_tell_their_citations_in_four_ways() -> None:
    """6 citations in three years (2018 to 2020), twice 1.5 times the mean of the year 2018, 2 within the corpus."""
    columns, matched = Columns(corpus_of(RECORDS)), match_references(corpus_of(RECORDS))
    works, local = cited_works(columns, matched)

    assert [row.item for row in works.rows] == ["a", "b"]
    assert {name: number.value for name, number in works.row("a").numbers.items()} == {
        "citations": 6,
        "a-year": 2.0,
        "normalized": 1.5,
        "local": 2,
        "year": 2018,
    }
    assert local.row("b").numbers["local"].of == ("c",)
    assert works.silent == ("d",)


def test_the_references_cited_most_open_the_records_that_cite_them() -> None:
    """Brown's book stands in a and b; the paper a in b and c."""
    corpus = corpus_of(RECORDS)
    table = cited_references(Columns(corpus), match_references(corpus))

    assert {row.label: row.numbers["records"].of for row in table.rows[:2]} == {A: ("b", "c"), OLD: ("a", "b")}


def test_without_references_the_databases_counts_stay() -> None:
    """Local citations are not told, which is not 0."""
    columns = Columns(corpus_of([Record("a", year=2020, citations=3)]))
    works, local = cited_works(columns, None)

    assert "local" not in works.measures
    assert (local.lacking, cited_references(columns, None).lacking) == (("references",), ("references",))
