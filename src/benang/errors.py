r"""What can go wrong, in the user's words: what was found, where, what was expected, the way on.

Text from files and their names is made fit for a terminal, which takes some characters for orders. An escape sequence
may move the cursor, change the title of the window or write over what was said before; an override of the direction of
writing may show `fdp.exe` as `exe.pdf`. Both become what they are called, `\u001b` and `\u202e`. In JSON that is the
same text, written in another way.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

from benang.locale.writing import Worded, in_language, message_in, worded

# Unicode's noncharacters, which no text that is read or typed may hold: nothing of the user's is taken for a mark.
_BEGIN, _VALUE, _WORDS, _END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_ARGUMENT = re.compile(f"{_BEGIN}([^{_VALUE}]*){_VALUE}([^{_WORDS}]*){_WORDS}([^{_END}]*){_END}")
_MANY = 30  # more known words than a message can list
SHOWN_PROBLEMS = 20
"""How many problems of one file are spelt out."""
_SHORT = 3  # letters of a word in which one may be wrong
_ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Controls of ASCII and Latin-1 but tab and line end; line ends of Unicode; its embeddings, overrides and isolates
(the marks that Unicode's report 9 tells to stop at the end of a paragraph, and a terminal does not)."""
_LINES = re.compile("[\t\n]")


def argument(name: str, words: str = "", *, value: str = "") -> str:
    """Name an argument of a function within a `Problem`, so that the command line can name its option instead.

    `words` are what everybody else reads: the name itself where nothing else is given.

    Examples
    --------
    >>> few = Problem(f"only 2 items are left ({argument('min_citations')} 20)", where="min_citations.ris")
    >>> print(few)
    min_citations.ris: only 2 items are left (min_citations 20).
    >>> print(few.naming(lambda name: f"--{name.replace('_', '-')}"))
    min_citations.ris: only 2 items are left (--min-citations 20).
    """
    return f"{_BEGIN}{name}{_VALUE}{value}{_WORDS}{words or (f'{name}: {value}' if value else name)}{_END}"


def naming(text: str, option: Callable[[str], str] | None = None) -> str:
    """Return a text with each `argument` under the name that `option` gives for it, else under its own.

    Examples
    --------
    >>> text = f"too weak ({argument('top')})"
    >>> naming(text), naming(text, lambda name: f"--{name}")
    ('too weak (top)', 'too weak (--top)')
    """
    if isinstance(text, Worded):
        return text.with_values(lambda value: naming(value, option))
    if option is None:
        return _ARGUMENT.sub(lambda mark: mark[3], text)
    return _ARGUMENT.sub(lambda mark: f"{option(mark[1])} {mark[2]}".rstrip(), text)


def at_line(file: object, line: int) -> Worded:
    """Name a line of a file, as the `where` of a `Problem`.

    Examples
    --------
    >>> at_line("codebook.toml", 12)
    'codebook.toml, line 12'
    """
    return worded("{file}, line {line}", file=file, line=line)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a user can mend, or, with `n` above 1, how many more there are that are not spelt out.

    Examples
    --------
    >>> print(Problem("'in press'", where="scopus.csv, record 214, Year", expected="a year of four digits",
    ...               way_on="Kept without a year."))
    scopus.csv, record 214, Year: expected a year of four digits, found 'in press'. Kept without a year.
    >>> print(Problem("The file is empty", where="empty.ris", way_on="Export it again."))
    empty.ris: The file is empty. Export it again.
    """

    found: str
    where: str = ""
    expected: str = ""
    way_on: str = ""
    n: int = 1

    def naming(self, option: Callable[[str], str]) -> Problem:
        """Return the same problem with each `argument` under the name that `option` gives for it."""
        found, where, expected, way_on = (
            naming(text, option) for text in (self.found, self.where, self.expected, self.way_on)
        )
        return Problem(found, where, expected, way_on, self.n)

    def in_language(self, language: str) -> str:
        """Return the problem as a sentence in a language, of parts that are `Worded` or that the catalogue has.

        `where`, which is often a name of the user's, is in that language only where it is `Worded`.

        Examples
        --------
        >>> print(Problem("the file is empty", where="empty.ris", way_on="Export it again.").in_language("id"))
        empty.ris: berkas ini kosong. Ekspor ulang berkas itu.
        """
        fault, expected, way_on = (message_in(text, language) for text in (self.found, self.expected, self.way_on))
        if expected:
            fault = worded("expected {expected}, found {found}", expected=expected, found=fault).in_language(language)
        where = visible(in_language(self.where, language), in_line=True)
        head = f"{where}: {fault}" if where else fault
        head = head if head.endswith((".", "?", "!", "\n ")) else f"{head}."  # or a list, a line for each
        return naming(f"{head} {way_on}".rstrip())

    def __str__(self) -> str:
        return self.in_language("en")


class BenangError(Exception):
    """Something the user can mend; its text is what the user reads, all problems of a file together.

    The command line prints it without a traceback and ends with exit code 1.

    Examples
    --------
    >>> raise BenangError(Problem("no such file", where="wos.txt"))
    Traceback (most recent call last):
    benang.errors.BenangError: wos.txt: no such file.
    """

    def __init__(self, *problems: Problem | str) -> None:
        self.problems = tuple(Problem(p) if isinstance(p, str) else p for p in problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def in_language(self, language: str) -> str:
        """Return all problems in a language, a line each."""
        return "\n".join(problem.in_language(language) for problem in self.problems)


class Misuse(BenangError):  # noqa: N818 - the name says what the user did
    """What was asked for doesn't go together, whatever the files hold; the command line calls it wrong usage."""


def no_access(error: OSError, *, where: str = "") -> Problem:
    """Return what an error of the system says of a file, or of `where` if it names none.

    Examples
    --------
    >>> print(no_access(OSError(28, "No space left on device", "report.html")).in_language("en"))
    report.html: can't read or write here (No space left on device).
    """
    fault = worded("can't read or write here ({reason})", reason=error.strerror or str(error))
    return Problem(fault, where=str(error.filename) if error.filename else where)


def first_problems(problems: Sequence[Problem], *, where: str = "", most: int = SHOWN_PROBLEMS) -> tuple[Problem, ...]:
    r"""Return the first of many problems, and how many more there are like these.

    Examples
    --------
    >>> print(*first_problems([Problem(f"row {n}") for n in range(1, 1201)], where="a.csv", most=2), sep="\n")
    row 1.
    row 2.
    a.csv: 1,198 more problems like these.
    """
    rest = len(problems) - most
    if rest < 2:
        return tuple(problems)
    return (*problems[:most], Problem(worded("{n:,} more problems like these", n=rest), where=where, n=rest))


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was meant; None where none is like it.

    One is meant where letters left out, put in, exchanged or swapped with their neighbours are at most a third of the
    word, as in the suggestions of the Rust compiler (`edit_distance`), or where it alone has the whole word in it, or
    is in the word and is at least half of it. Capitals make no difference.

    Examples
    --------
    >>> closest("titel", ["title", "question"]), closest("quest", ["title", "question"])
    ('title', 'question')
    >>> closest("wind", ["id", "label"])
    """
    from rapidfuzz.distance import OSA

    typed, choices = word.casefold(), sorted(set(known))
    most = max(len(typed), _SHORT) // _SHORT
    edits = {one: OSA.distance(typed, one.casefold(), score_cutoff=most) for one in choices}
    like = [one for one, n in edits.items() if n <= most and n < min(len(typed), len(one))]
    if like:
        return min(like, key=lambda one: (edits[one], -len(one), one))
    around = [one for one in choices if len(typed) >= _SHORT and typed in one.casefold()]
    within = [one for one in choices if one.casefold() in typed and 2 * len(one) >= len(typed)]
    return around[0] if len(around) == 1 else max(within, key=len, default=None)


def nearest(word: str, known: Iterable[str]) -> str:
    """Say which known word was meant, in a `Worded` text; list those there are only where they are few.

    Examples
    --------
    >>> nearest("titel", ["title", "question"])
    "Did you mean 'title'?"
    >>> nearest("xyz", ["title", "question"])
    'Known: question, title.'
    >>> nearest("xyz", map(str, range(100)))
    'None of the 100 known names is similar.'
    """
    choices = sorted(set(known))
    meant = closest(word, choices)
    if meant is not None:
        return worded("Did you mean '{meant}'?", meant=meant)
    if len(choices) > _MANY:
        return worded("None of the {n:,} known names is similar.", n=len(choices))
    return worded("Known: {names}.", names=", ".join(choices)) if choices else worded("")


def unknown(word: str, known: Iterable[str], *, where: str, expected: str) -> BenangError:
    """Refuse a word that is none of those known, with the one that was meant.

    Examples
    --------
    >>> raise unknown("vosviever", ["benang", "vosviewer"], where="palette", expected="the name of a palette")
    Traceback (most recent call last):
    benang.errors.BenangError: palette: expected the name of a palette, found 'vosviever'. Did you mean 'vosviewer'?
    """
    return BenangError(Problem(f"'{word}'", where=where, expected=expected, way_on=nearest(word, known)))


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
