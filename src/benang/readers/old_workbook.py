"""Old workbooks (.xls), opened in a process of their own: a damaged one can make the library ask for all the memory.

Such a process ends without a word to its parent, who then says that the workbook can't be read. Run as a module, this
reads a workbook from its input and writes the sheets as JSON.
"""

from __future__ import annotations

import contextlib
import datetime
import importlib
import io
import json
import subprocess
import sys
from typing import Any

_MOST_MEMORY = 4 << 30
_LONGEST = 600


class UnreadableError(Exception):
    """The process that should have read a workbook ended without its sheets."""


def sheets_apart(data: bytes) -> list[tuple[str, list[list[str]]]]:
    """Return the sheets of a workbook, each with its name and its cells as text.

    Raises
    ------
    UnreadableError
        Where the workbook is damaged, or needs more than four gigabytes.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "benang.readers.old_workbook"],
            input=data,
            capture_output=True,
            timeout=_LONGEST,
            check=True,
        )
        return [(str(name), rows) for name, rows in json.loads(done.stdout)]
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise UnreadableError from error


def cell_text(cell: Any) -> str:
    """Write a cell as a person would: whole numbers without a decimal point, dates without a time of midnight.

    Examples
    --------
    >>> cell_text(2021.0), cell_text(1.5), cell_text(datetime.date(2021, 3, 12)), cell_text(True), cell_text(None)
    ('2021', '1.5', '2021-03-12', 'true', '')
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        is_day = (cell.hour, cell.minute, cell.second, cell.microsecond) == (0, 0, 0, 0)
        return cell.date().isoformat() if is_day else cell.isoformat(" ")
    return "" if cell is None else str(cell)


def _main() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows sets no such limits
        resource: Any = importlib.import_module("resource")
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    calamine = importlib.import_module("python_calamine")
    workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    sheets = [
        (
            name,
            [
                [cell_text(cell) for cell in row]
                for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ],
        )
        for name in workbook.sheet_names
    ]
    sys.stdout.write(json.dumps(sheets))


if __name__ == "__main__":
    _main()
