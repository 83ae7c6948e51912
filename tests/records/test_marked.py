"""Works that an export marks as retracted or corrected: counted, and named by file."""

from __future__ import annotations

from benang.records.corpus import corpus_of
from benang.records.marked import marked_counts, marked_notes
from benang.records.record import Record


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
