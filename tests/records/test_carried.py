"""Records that carry a field are counted, in all and by file."""

from __future__ import annotations

from benang.records.carried import carried_by_file, carried_fields, marked_counts, marked_notes
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


def test_every_retracted_record_is_named_by_its_place() -> None:
    """Retracted ones all; of many corrected ones three, and how many more."""
    retracted = [Record(f"r{at}", title=f"Kota {at}", status="retracted", file="a.ris", place=at) for at in range(1, 6)]
    corrected = [Record(f"c{at}", title="Kota", status="corrected", file="b.ris", place=at) for at in range(1, 6)]
    corpus = corpus_of([*retracted, *corrected, Record("n", title="Kota", file="b.ris", place=6)])

    assert marked_counts(corpus) == {"retracted": 5, "corrected": 5}
    notes = marked_notes(corpus)
    assert all(f"record {at}, 'Kota {at}'" in notes["a.ris"][0] for at in range(1, 6))
    assert notes["b.ris"] == (
        "Corrected: 5 records: record 1, 'Kota'; record 2, 'Kota'; record 3, 'Kota'; and 2 more.",
    )


def test_nothing_is_said_where_nothing_is_marked() -> None:
    """A corpus without marks, and one without records."""
    assert marked_notes(corpus_of([Record("a")])) == {}
    assert marked_counts(corpus_of([])) == {}
