"""Records that carry a field are counted, in all and by file."""

from __future__ import annotations

from benang.records.carried import carried_by_file, carried_fields
from benang.records.corpus import corpus_of
from benang.records.record import Record

RECORDS = (
    Record("a", "article", "Kota", ("Sari, D.", "Lee, B."), 2020, citations=0, file="one.ris", place=1),
    Record("b", title="Desa", authors=("Ani",), file="one.ris", place=2),
    Record("c", year=1999, author_ids=("", ""), file="two.ris", place=1),
)


def test_a_record_counts_once_for_each_field_that_it_has() -> None:
    """Two authors are one record with authors; zero citations are known; ids that are all empty are none."""
    counts = {name: n for name, n in carried_fields(corpus_of(RECORDS)).items() if n}
    assert counts == {"type": 1, "title": 2, "authors": 2, "year": 2, "citations": 1}


def test_the_counts_of_files_add_up_to_those_of_all() -> None:
    """File by file, in the order read."""
    corpus = corpus_of(RECORDS)
    by_file = carried_by_file(corpus)
    assert list(by_file) == ["one.ris", "two.ris"]
    assert {name: sum(counts[name] for counts in by_file.values()) for name in by_file["one.ris"]} == (
        carried_fields(corpus)
    )
    assert (by_file["one.ris"]["title"], by_file["two.ris"]["year"]) == (2, 1)
