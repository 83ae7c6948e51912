r"""Text from files and their names, made fit for a terminal, which takes some characters for orders.

An escape sequence may move the cursor, change the title of the window or write over what was said before; an override
of the direction of writing may show `fdp.exe` as `exe.pdf`. Both become what they are called, `\u001b` and `\u202e`.
In JSON that is the same text, written in another way.
"""

from __future__ import annotations

import io
import re
from typing import TextIO

_ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Controls of ASCII and Latin-1 but tab and line end; line ends of Unicode; its embeddings, overrides and isolates
(the marks that Unicode's report 9 tells to stop at the end of a paragraph, and a terminal does not)."""
_LINES = re.compile("[\t\n]")


def visible(text: str, *, in_line: bool = False) -> str:
    r"""Return a text with its control characters written out; with `in_line`, tabs and line ends too.

    Examples
    --------
    >>> print(visible("\x1b[2Jcité\x9b1m\u202efdp.exe"))
    \u001b[2Jcité\u009b1m\u202efdp.exe
    >>> print(visible("two\nlines"), visible("two\nlines", in_line=True))
    two
    lines two\u000alines
    """
    if text.isprintable():
        return text
    shown = _ORDERS.sub(_written_out, text)
    return _LINES.sub(_written_out, shown) if in_line else shown


def in_unicode(name: str) -> str:
    r"""Return a file's name fit for UTF-8 also where the system of files holds bytes that are none.

    Examples
    --------
    >>> print(in_unicode("caf\udce9.ris"))
    caf\udce9.ris
    """
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _written_out(control: re.Match[str]) -> str:
    return f"\\u{ord(control[0]):04x}"


class VisibleStream(io.TextIOBase):
    """A stream that shows control characters instead of obeying them.

    It has no number of a file, so that nobody writes past it: click would, to a console of Windows.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write a text as `visible` shows it."""
        self.stream.write(visible(text))
        return len(text)

    def flush(self) -> None:
        """Bring out what is written."""
        self.stream.flush()

    def isatty(self) -> bool:
        """Tell whether it is a terminal."""
        return self.stream.isatty()

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True
