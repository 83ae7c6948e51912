"""Every record has a key of its own, and whose key is another than its id is told."""

from __future__ import annotations

from benang.readers.keys import with_keys_once
from benang.readers.source import Reading
from benang.records.record import FileAccount, Record


def read(file: str, *keys: str, sha256: str = "") -> tuple[Reading, FileAccount]:
    """Return a file with records of these keys."""
    records = tuple(Record(key, file=file, place=at) for at, key in enumerate(keys, 1))
    return Reading(len(keys), records), FileAccount(file, "RIS", sha256, len(keys), len(keys))


def test_the_second_record_of_a_key_gets_a_free_one_and_is_told() -> None:
    """Also where the key with -2 behind it is another record's."""
    records, (_, account) = with_keys_once([read("one.ris", "a", "a-2"), read("two.ris", "b", "a")])

    assert [record.key for record in records] == ["a", "a-2", "b", "a-3"]
    assert account.notes == ("record 2: its ID 'a' also belongs to record 1 of one.ris. Kept as 'a-3'.",)


def test_many_such_records_are_counted() -> None:
    """Five are named, so that the account stays readable."""
    records, (account,) = with_keys_once([read("one.ris", *["a"] * 1001)])

    assert len({record.key for record in records}) == 1001
    assert len(account.notes) == 6
    assert account.notes[-1].startswith("995 more records share their ID with another record")


def test_a_file_given_twice_is_noted_as_the_same() -> None:
    """Instead of a note for every record."""
    _, (_, account) = with_keys_once([read("one.ris", "a", "b", sha256="1f"), read("copy.ris", "a", "b", sha256="1f")])
    assert account.notes == ("This file has the same content as one.ris: every record appears a second time.",)


def test_keys_of_records_that_are_elsewhere_are_taken_too() -> None:
    """Those of a folder that is read as a whole."""
    records, _ = with_keys_once([read("one.ris", "a", "b")], taken={"a"})
    assert [record.key for record in records] == ["a-2", "b"]
