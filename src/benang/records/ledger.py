"""The account of what was read: records found = read + set aside, for every file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetAside:
    """A record that was found but could not be read: its place in the file (from 1), its line, and why."""

    record: int
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class FileAccount:
    """What one file held. `found` is counted apart from parsing, by the separators of records.

    `encoding` is the one that its text was found to be in, empty for a file that is no text. `notes` tell what was
    kept with a remark: a year that is no number, a key given twice.
    """

    path: str
    format: str
    sha256: str
    found: int
    read: int
    set_aside: tuple[SetAside, ...] = ()
    notes: tuple[str, ...] = ()
    encoding: str = "UTF-8"

    def __post_init__(self) -> None:
        if self.found != self.read + len(self.set_aside):
            raise AssertionError(
                f"{self.path}: {self.found} records found, but {self.read} read and {len(self.set_aside)} set aside"
            )


@dataclass(frozen=True, slots=True)
class Ledger:
    """The accounts of all files of a corpus, in the order they were read.

    Examples
    --------
    >>> account = FileAccount("a.ris", "RIS", "", found=3, read=2, set_aside=(SetAside(2, 14, "no title"),))
    >>> ledger = Ledger((account,))
    >>> ledger.found, ledger.read, ledger.set_aside
    (3, 2, 1)
    """

    files: tuple[FileAccount, ...] = ()

    @property
    def found(self) -> int:
        """Records found in all files."""
        return sum(account.found for account in self.files)

    @property
    def read(self) -> int:
        """Records read."""
        return sum(account.read for account in self.files)

    @property
    def set_aside(self) -> int:
        """Records set aside, each with a reason in its file's account."""
        return sum(len(account.set_aside) for account in self.files)
