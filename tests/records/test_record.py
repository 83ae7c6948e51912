"""Records made quickly."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, fields, replace

import pytest

from benang.records.record import FileAccount, Ledger, Record, SetAside, changed_record, made_record


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


def _account(path: str, found: int, *, aside: int = 0) -> FileAccount:
    set_aside = tuple(SetAside(number + 1, 1, "no content") for number in range(aside))
    return FileAccount(path, "RIS", "", found=found, read=found - aside, set_aside=set_aside)


def test_an_account_that_does_not_add_up_cannot_be_made() -> None:
    """Records found are read or set aside; anything else is a fault of the program and stops it."""
    with pytest.raises(AssertionError, match=r"a\.ris: 3 records found, but 2 read and 0 set aside"):
        FileAccount("a.ris", "RIS", "", found=3, read=2)


def test_a_ledger_sums_its_files() -> None:
    """Found, read and set aside are sums over the files."""
    ledger = Ledger((_account("a.ris", 3, aside=1), _account("b.ris", 4)))

    assert (ledger.found, ledger.read, ledger.set_aside) == (7, 6, 1)
