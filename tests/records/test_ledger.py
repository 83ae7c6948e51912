"""The account of what was read always adds up."""

from __future__ import annotations

import pytest

from benang.records.ledger import FileAccount, Ledger, SetAside


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
