"""Records made quickly."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, fields, replace

import pytest

from benang.records.record import Record, changed_record, made_record


def test_a_record_made_quickly_is_a_record_like_any_other() -> None:
    """Nothing tells a record that was made quickly: it is equal, of the same class, and survives being stored."""
    values = {"title": "Kota", "authors": ("Sari, D.",), "year": 2020, "raw": {"title": "KOTA"}}
    made = made_record("a", **values)
    assert made == Record("a", **values)  # type: ignore[arg-type]
    assert type(made) is Record
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own


def test_fields_that_are_not_given_have_their_defaults() -> None:
    """A record that is made quickly of a key alone is the record of that key, and shares no mapping with another."""
    one, other = made_record("a"), made_record("a")
    assert one == Record("a")
    assert one.raw is not other.raw


def test_a_record_made_quickly_cannot_be_changed() -> None:
    """A record stays frozen."""
    with pytest.raises(FrozenInstanceError):
        made_record("a").title = "b"  # type: ignore[misc]


def test_a_field_that_records_do_not_have_is_refused() -> None:
    """A slip in a field's name is an error, as it is with `Record`."""
    with pytest.raises(TypeError):
        made_record("a", titel="b")


def test_a_change_leaves_the_other_fields_and_the_old_record_as_they_are() -> None:
    """A changed record differs in the fields named and in no other."""
    old = Record("a", title="KOTA", year=2020, place=3, origins={"year": "assigned"})
    new = changed_record(old, {"title": "Kota"})
    assert new == replace(old, title="Kota")
    assert old.title == "KOTA"
    assert {f.name for f in fields(Record) if getattr(old, f.name) != getattr(new, f.name)} == {"title"}
