"""A workbook of Excel, the same bytes each time, and a message where a disk is full."""

from __future__ import annotations

import contextlib
import datetime
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxFileError, XlsxWriterException

from benang.errors import BenangError, Problem
from benang.temporary import temporary_folder

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_MADE = datetime.datetime(2000, 1, 1)
"""Workbooks tell when they were made; a fixed day keeps the bytes the same."""
_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@contextmanager
def new_workbook(path: Path, *, row_by_row: bool = False) -> Iterator[Workbook]:
    """Give a workbook to fill, and write it to a path at the end; texts in it stay texts.

    With `row_by_row`, rows go to a temporary file as they come, and must come in order.

    Raises
    ------
    OSError
        Where the file can't be written.
    BenangError
        Where the system's temporary folder can't be, in which the sheets are put together.
    """
    with temporary_folder() as room, _Target(path) as file:
        book = Workbook(file, {**_TEXT, "constant_memory": row_by_row, "tmpdir": room})
        book.set_properties({"created": _MADE})
        try:
            yield book
            book.close()
        except BaseException as error:
            with contextlib.suppress(OSError, XlsxWriterException):
                book.close()
            if isinstance(error, XlsxFileError | OSError):
                raise _no_room(error) from None
            raise
        if file.failure:
            raise file.failure


class _Target(io.FileIO):
    """A file that keeps its first failure to be raised later: the zip that writes to it would try once more, loudly."""

    def __init__(self, path: Path) -> None:
        self.failure: OSError | None = None
        super().__init__(path, "wb")

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place; nowhere, once the file is closed."""
        return 0 if self.closed else super().seek(offset, whence)

    def tell(self) -> int:
        """Return the place; the beginning, once the file is closed."""
        return 0 if self.closed else super().tell()

    def flush(self) -> None:
        """Do nothing: no bytes wait here."""

    def write(self, data: ReadableBuffer, /) -> int:
        """Write all of the data, or nothing more once something could not be written or the file is closed."""
        rest = memoryview(data).cast("B")
        n_bytes = len(rest)
        while rest and not self.failure and not self.closed:
            try:
                rest = rest[super().write(rest) :]
            except OSError as error:
                self.failure = error
        return n_bytes


def _no_room(error: Exception) -> BenangError:
    cause = error.args[0] if isinstance(error, XlsxFileError) and error.args else error
    return BenangError(
        Problem(
            f"can't write temporary files here ({getattr(cause, 'strerror', None) or cause})",
            where=tempfile.gettempdir(),
            way_on="Make room there, or name another folder by the environment variable TMPDIR (on Windows, TEMP).",
        )
    )
