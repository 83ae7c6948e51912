"""The program that opens one workbook: bytes on its input, a line of JSON for every sheet and row on its output.

`workbooks_apart` runs it in a process of its own, by its path and isolated (`python -I -S`): it sees neither Benang nor
the current folder, whose files could otherwise be taken for modules. What it needs besides the standard library is
found in the one folder that it is given.

The lines are `{"sheet": NAME}` before a sheet is opened, `{"columns": N}` when it is, a list of texts for each row
(without the empty cells at its end), a number for so many rows of nothing, and at the end `{"end": "read"}`, or why
there is no more: `"password"`, `"damaged"`, `"memory"`, `"sheets"`. A process that ends without such a line was
stopped, or its library gave up.
"""

from __future__ import annotations

import contextlib
import datetime
import faulthandler
import importlib
import io
import json
import signal
import sys
from collections.abc import Iterator, Sequence
from typing import Any

MOST_SHEETS = 10_000
"""More than anybody can look through."""
_LATER = 10
"""Who started the process ends it in time; should that one be gone, it ends itself, so many seconds later."""


def cell_text(cell: Any) -> str:
    """Write a cell as a person would: whole numbers without a decimal point, dates without a time of midnight.

    Examples
    --------
    >>> cell_text(2021.0), cell_text(1.5), cell_text(datetime.date(2021, 3, 12)), cell_text(True), cell_text(None)
    ('2021', '1.5', '2021-03-12', 'true', '')
    """
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n")
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        is_day = (cell.hour, cell.minute, cell.second, cell.microsecond) == (0, 0, 0, 0)
        return cell.date().isoformat() if is_day else cell.isoformat(" ")
    return "" if cell is None else str(cell)


def answer(data: bytes, calamine: Any, *, merged: bool = False) -> Iterator[Any]:
    """Give what is to be written for a workbook, in order; `calamine` is the library that opens it.

    With `merged`, all cells below one another that were merged into one say what that one says.
    """
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            names = workbook.sheet_names
            if len(names) > MOST_SHEETS:
                yield {"end": "sheets"}
                return
            for at, name in enumerate(names):
                yield {"sheet": name}
                sheet = workbook.get_sheet_by_index(at)
                yield from _rows(sheet, _merged(sheet) if merged else {})
    except calamine.PasswordError:
        yield {"end": "password"}
    except MemoryError:
        yield {"end": "memory"}
    except (calamine.CalamineError, OSError, ValueError, OverflowError):
        yield {"end": "damaged"}
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how an error in the library's Rust code arrives here
            raise
        yield {"end": "damaged"}
    else:
        yield {"end": "read"}


def _merged(sheet: Any) -> dict[int, list[tuple[int, int]]]:
    """Return where cells are merged with those below: by the first row, the columns and the last rows."""
    ranges: dict[int, list[tuple[int, int]]] = {}
    for (first, column), (last, _) in sheet.merged_cell_ranges or ():  # None where the format doesn't say
        if last > first:
            ranges.setdefault(first, []).append((column, last))
    return ranges


def _filled(rows: Iterator[Any], ranges: dict[int, list[tuple[int, int]]], left: int) -> Iterator[Any]:
    """Write what a merged cell says into the empty ones below it; `left` columns are before the first of a row."""
    running: dict[int, tuple[int, Any]] = {}
    for number, row in enumerate(rows):
        for column, (last, said) in list(running.items()):
            if number > last:
                del running[column]
            elif row[column] == "":
                row[column] = said
        for column, last in ranges.get(number, ()):
            if left <= column < left + len(row):
                running[column - left] = last, row[column - left]
        yield row


def _rows(sheet: Any, merged: dict[int, list[tuple[int, int]]]) -> Iterator[Any]:
    """Give the width of a sheet and its rows, both from the first cell on, wherever the first filled one is."""
    if sheet.start is None:
        yield {"columns": 0}
        return
    before = [""] * sheet.start[1]
    yield {"columns": len(before) + sheet.width}
    blank = 0
    rows = sheet.iter_rows()
    for row in _filled(rows, merged, sheet.start[1]) if merged else rows:
        if not any(row) and not any(map(cell_text, row)):  # 0 and False are cells that hold something
            blank += 1
            continue
        if blank:
            yield blank
            blank = 0
        cells = before + [cell_text(cell) for cell in row]
        while not cells[-1]:
            cells.pop()
        yield cells
    if blank:
        yield blank


def limit(memory: int, seconds: int) -> None:
    """Bound what this process may take, where the system can; leave no core file and no window when it is stopped."""
    faulthandler.dump_traceback_later(seconds + _LATER, exit=True)  # ends it even within the library's code
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it ends it
    with contextlib.suppress(ImportError, ValueError, OSError):
        resource: Any = importlib.import_module("resource")
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with contextlib.suppress(ImportError, AttributeError):
        windows: Any = importlib.import_module("msvcrt")
        windows.SetErrorMode(windows.SEM_FAILCRITICALERRORS | windows.SEM_NOGPFAULTERRORBOX)


def main(arguments: Sequence[str]) -> None:
    """Answer for the workbook on the input.

    The arguments are the library's folder, and the limits: bytes, seconds; and `merged`, where merged cells are filled.
    """
    folder, memory, seconds, *wishes = arguments
    sys.path.append(folder)
    limit(int(memory), int(seconds))
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    out = sys.stdout.buffer
    try:
        calamine = importlib.import_module("python_calamine")
        for line in answer(sys.stdin.buffer.read(), calamine, merged="merged" in wishes):
            out.write(encode(line).encode("utf-8"))
            out.write(b"\n")
            if isinstance(line, dict):  # said before a step that may end the process
                out.flush()
    except MemoryError:
        out.write(b'\n{"end":"memory"}\n')
    out.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
