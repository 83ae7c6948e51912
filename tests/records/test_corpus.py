"""A corpus is its records as columns, and gives them back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.records.corpus import corpus_of, stacked, with_free_keys
from benang.records.record import ASSIGNED, Record

pytestmark = pytest.mark.fast

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
LISTS = st.lists(TEXTS, max_size=4).map(tuple)
RECORDS = st.builds(
    Record,
    key=TEXTS,
    type=st.sampled_from(["article", "book", "other"]),
    title=TEXTS,
    authors=LISTS,
    year=st.none() | st.integers(1000, 2999),
    abstract=TEXTS,
    author_keywords=LISTS,
    index_keywords=LISTS,
    references=LISTS,
    affiliations=LISTS,
    citations=st.none() | st.integers(0, 2**31 - 1),
    origins=st.dictionaries(st.sampled_from(["abstract", "author_keywords"]), st.just(ASSIGNED)),
)


@given(st.lists(RECORDS, max_size=6, unique_by=lambda record: record.key))
def test_a_corpus_gives_back_the_records_it_was_made_of(records: list[Record]) -> None:
    """Any records come out of the columns as they went in."""
    corpus = corpus_of(records)

    assert corpus.records == tuple(records)
    assert len(corpus) == len(records)


def test_list_fields_stand_in_long_form() -> None:
    """One row a value, with the record's number, the field, and the place in the list."""
    corpus = corpus_of(
        [Record("a", authors=("Sari, D.", "Umpama, L.")), Record("b"), Record("c", authors=("Bagai, M.",))]
    )

    assert corpus.values.to_pylist() == [
        {"work": 0, "field": "authors", "position": 0, "value": "Sari, D."},
        {"work": 0, "field": "authors", "position": 1, "value": "Umpama, L."},
        {"work": 2, "field": "authors", "position": 0, "value": "Bagai, M."},
    ]


def test_an_empty_corpus_has_all_tables() -> None:
    """A corpus without records has empty tables with their columns."""
    corpus = corpus_of([])

    assert len(corpus) == 0
    assert corpus.records == ()
    assert corpus.values.column_names == ["work", "field", "position", "value"]


def test_a_key_is_there_once() -> None:
    """Two records with one key are an error that names both places."""
    with pytest.raises(BenangError, match=r"b\.ris, record 2: the key 'x' also belongs to record 1 of a\.ris"):
        corpus_of([Record("x", file="a.ris", place=1), Record("x", file="b.ris", place=2)])


def test_a_record_is_found_by_its_key() -> None:
    """`record` returns the record of a key and raises KeyError for an unknown one."""
    corpus = corpus_of([Record("a"), Record("b", year=2019)])

    assert corpus.record("b").year == 2019
    with pytest.raises(KeyError):
        corpus.record("c")


def test_a_key_is_known_without_a_look_at_every_record() -> None:
    """Whether a record has a key, and which: one look each, however many records there are."""
    corpus = corpus_of([Record(f"r{number}", title=f"Paper {number}") for number in range(1000)])

    assert (corpus.has("r999"), corpus.has("r1000")) == (True, False)
    assert corpus.record("r500").title == "Paper 500"


def test_origins_of_a_field_are_those_of_all_records() -> None:
    """A field that some record did not have from its database names where it came from."""
    corpus = corpus_of([Record("a", origins={"author_keywords": ASSIGNED}), Record("b")])

    assert corpus.origins_of("author_keywords") == (ASSIGNED,)
    assert corpus.origins_of("abstract") == ()


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
