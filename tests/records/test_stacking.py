"""Corpora that are put one behind the other are those that all their records would have made."""

from __future__ import annotations

from benang.records.corpus import corpus_of
from benang.records.record import Record
from benang.records.stacking import stacked, with_free_keys

ONE = [Record("a", title="Kota", authors=("Sari, D.", "Lee, B."), author_keywords=("kota",)), Record("b", year=2020)]
OTHER = [Record("c", authors=("Ani",), references=("X, 1990",), origins={"author_keywords": "added"})]


def test_nothing_is_lost_and_nothing_changes_places() -> None:
    """Records, their lists and the origins of their fields are as if read together."""
    both, whole = stacked([corpus_of(ONE), corpus_of(OTHER)]), corpus_of([*ONE, *OTHER])

    assert both.records == whole.records
    assert both.works == whole.works
    assert both.origins == whole.origins
    assert both.values.sort_by([("field", "ascending"), ("work", "ascending"), ("position", "ascending")]) == (
        whole.values.sort_by([("field", "ascending"), ("work", "ascending"), ("position", "ascending")])
    )


def test_each_field_stands_together() -> None:
    """Queries read a field as one run, whatever corpus its rows come from."""
    fields = stacked([corpus_of(ONE), corpus_of(OTHER)]).values.column("field").to_pylist()
    assert [name for at, name in enumerate(fields) if not at or fields[at - 1] != name] == list(dict.fromkeys(fields))


def test_a_free_key_is_no_other_record_s() -> None:
    """Neither one that is taken elsewhere, nor one of the corpus itself."""
    corpus, changed = with_free_keys(corpus_of([Record("a"), Record("a-2"), Record("b")]), {"a", "a-3"})
    assert (corpus.keys, changed) == (("a-4", "a-2", "b"), 1)
