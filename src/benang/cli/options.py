"""What the commands have in common: paths, numbers in their range, how progress and a task's account are shown."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from benang.cli.language import said, spoken
from benang.cli.usage import Choice
from benang.errors import BenangError, Misuse, VisibleStream, visible
from benang.locale import LANGUAGES, translator
from benang.locale.writing import message_in, numeral, worded
from benang.progress import Progress
from benang.ranges import MOST, RANGES, Range
from benang.tasks import silent

if TYPE_CHECKING:
    from benang.tasks.account import Account, Note, Table


DRAWN = (".png", ".svg", ".pdf", ".eps")
WRITTEN = (".html", ".json", ".txt", ".gml", ".graphml", ".gexf", ".net", ".csv", ".tsv")
_OPTIONS = {
    "output": "-o",
    "matching": "--reference-matching",
    "method": "--terms-method",
    "share": "--terms-share",
    "vectors": "--vector",
}
"""Options that are not called as the arguments of tasks are."""
PATIENCE = 1.0
"""Seconds after which a bar appears."""

Option = Callable[[Any], Any]
"""What adds an option to a command."""

if TYPE_CHECKING:
    TextType = click.ParamType[str]
else:  # before click 8.4 it takes no type
    TextType = click.ParamType


class NamedPath(click.Path):
    """A path that has a name: an empty one, from a variable of the shell that is not set, would mean this folder."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Refuse an empty name."""
        if not str(value):
            self.fail("an empty name. Name a file or a folder; this folder is '.'.", param, ctx)
        return Path(str(super().convert(str(value), param, ctx)))


INPUT = NamedPath(readable=False, path_type=Path)
"""A file to read. Whether it can be read shows when it is: one that can't is a fault of the file, not of the usage."""
PLACE = NamedPath(path_type=Path)
"""A file or folder to write, or the folder of a review."""


class MapPath(NamedPath):
    """A file of a map to read; a picture of one, which holds no items, is known by its suffix."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Refuse a picture, and name the map where it lies beside."""
        path = super().convert(value, param, ctx)
        if path.suffix.lower() in DRAWN:
            beside = path.with_suffix(".json")
            wanted = f": '{beside}'" if beside.is_file() else " (benang map … -o map.json)"
            self.fail(
                worded("'{path}' is a picture of a map. Give the .json of the map{wanted}.", path=path, wanted=wanted),
                param,
                ctx,
            )
        return path


MAP = MapPath(readable=False, path_type=Path)
"""A map to read, as `INPUT`."""


class OutputPath(NamedPath):
    """A file to write; its suffix decides what is written, and is one of those `known`."""

    name = "file"

    def __init__(self, known: Sequence[str] = (*WRITTEN, *DRAWN)) -> None:
        super().__init__(dir_okay=False, readable=False, path_type=Path)
        self._known = known

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Accept a path with a known suffix."""
        path = super().convert(value, param, ctx)
        if path.suffix.lower() not in self._known:
            from benang.tasks.account import unknown_form

            self.fail(unknown_form(path, self._known, "").in_language(spoken()), param, ctx)
        return path


class _Whole(click.IntRange):
    """A whole number within a range; a range without an end is shown without one, and ends at a thousand million."""

    def __init__(self, wanted: Range) -> None:
        super().__init__(int(wanted.low), None if wanted.high == MOST else int(wanted.high))
        self._wanted = wanted

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse what is no whole number or out of range."""
        return _number(int, value, self._wanted, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """Return what stands for a number in the help."""
        return said("NUMBER", ctx)


class _Finite(click.FloatRange):
    """A number within a range; NaN and infinity are in none."""

    def __init__(self, wanted: Range) -> None:
        super().__init__(wanted.low, wanted.high, min_open=wanted.above)
        self._wanted = wanted

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse what is no number or out of range."""
        return _number(float, value, self._wanted, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """Return what stands for a number in the help."""
        return said("NUMBER", ctx)


def _number(
    kind: type[int] | type[float],
    value: object,
    wanted: Range,
    param: click.Parameter | None,
    ctx: click.Context | None,
) -> float:
    """Return the number that was typed.

    Raises
    ------
    click.BadParameter
        For what is no number, or none of those wanted.
    """
    with contextlib.suppress(ValueError):
        number = kind(str(value))
        if number in wanted:
            return number
    typed, expected = repr(value)[:32], wanted.expected(_read(value))
    raise click.BadParameter(worded("expected {expected}, found {found}.", expected=expected, found=typed), ctx, param)


def _read(value: object) -> object:
    """Return what was typed as the number that it is, where it is one."""
    try:
        return float(str(value))
    except ValueError:
        return value


def within(name: str, *, whole: bool = False) -> click.types.ParamType[Any]:
    """Return the type of an option by the name of its argument in `benang.ranges.RANGES`.

    Examples
    --------
    >>> within("dpi")
    <_Finite 30<=x<=1200>
    >>> within("starts"), within("top")
    (<_Whole 1<=x<=10000>, <_Whole x>=0>)
    """
    wanted = RANGES[name]
    return _Whole(wanted) if whole or wanted.whole else _Finite(wanted)


def number_option(flag: str, *names: str, **settings: Any) -> Option:
    """Return an option of click for a number whose range `benang.ranges.RANGES` has under the name of the flag."""
    kind = within(flag.removeprefix("--").replace("-", "_"))
    return click.option(flag, *names, type=kind, show_default="default" in settings, **settings)


def language_option(text: str, *, else_messages: bool = False) -> Option:
    """Return a command's own option `--language`, for what it writes and its messages.

    With `else_messages` its preset is the language of messages; without, None, and what the command works on decides.
    """
    preset = spoken if else_messages else None
    return click.option("--language", type=Choice(LANGUAGES), help=text, default=preset)


def say_table(rows: Iterable[tuple[str, object]]) -> None:
    """Print names and values in two columns; whole numbers with thousands apart."""
    shown = [(name, f"{value:,}" if isinstance(value, int) else str(value)) for name, value in rows]
    width = max((len(name) for name, _ in shown), default=0)
    for name, value in shown:
        click.echo(f"  {name.ljust(width)}  {value}")


def say_some(lines: Sequence[str], *, most: int = 20, err: bool = False) -> None:
    """Print remarks, indented; where there are very many, the first of them and how many more."""
    for line in lines[:most]:
        click.echo(f"  {line}", err=err)
    if len(lines) > most:
        _, more = translator(spoken()), numeral(len(lines) - most, spoken())
        click.echo(_("  … and {n} more like these.").format(n=more), err=err)


def option_named(argument: str) -> str:
    """Return what the command that runs calls an argument of a task: an option, or a word such as CODE."""
    context = click.get_current_context(silent=True)
    for one in context.command.params if context else ():
        if isinstance(one, click.Argument) and one.name == argument:
            return one.human_readable_name
        if one.name == argument and argument not in _OPTIONS:
            return next((name for name in one.opts if name.startswith("--")), one.opts[0])
    return _OPTIONS.get(argument, f"--{argument.replace('_', '-')}")


@contextmanager
def as_usage() -> Iterator[None]:
    """Let what a task refuses be a wrong usage of the command.

    Raises
    ------
    click.UsageError
        With the message, in which options have their names.
    """
    try:
        yield
    except BenangError as error:
        raise _usage(error) from None


def _usage(error: BenangError) -> click.UsageError:
    return click.UsageError("\n".join(one.naming(option_named).in_language(spoken()) for one in error.problems))


@contextmanager
def in_options() -> Iterator[None]:
    """Let messages that name arguments of tasks name the options of the command instead.

    Raises
    ------
    BenangError
        The one that comes, reworded.
    click.UsageError
        Where what was asked for doesn't go together.

    Examples
    --------
    >>> from benang.errors import Problem, argument
    >>> with in_options():
    ...     raise BenangError(Problem(f"only 2 items are left ({argument('min_citations')} 20)"))
    Traceback (most recent call last):
    benang.errors.BenangError: only 2 items are left (--min-citations 20).
    """
    try:
        yield
    except Misuse as error:
        raise _usage(error) from None
    except BenangError as error:
        raise BenangError(*(problem.naming(option_named) for problem in error.problems)) from None


def say_account(account: Account, *, err: bool = False) -> None:
    """Print the account of a task: what it read, its numbers, its notes, and the files that it wrote.

    `err` prints what it could not do, where errors go.
    """
    named = account.naming(option_named).in_language(spoken())
    for note in named.read:
        _say_note(note, err=err)
    say_table(named.rows)
    for one in named.notes:
        _say_note(one, err=err)
    say_files(named.files)


def _say_note(note: Note | Table, *, err: bool) -> None:
    """Print a note or a table with its remarks; a note that says nothing is an empty line."""
    from benang.tasks.account import Table

    if note.text or not (note.remarks or isinstance(note, Table)):
        click.echo(note.text, err=err)
    if isinstance(note, Table):
        indent = "  " if note.is_indented else ""
        for line in note.lines():
            click.echo(f"{indent}{line}", err=err)
    say_some(note.remarks, err=err)


def say_files(paths: Iterable[Path]) -> None:
    """Print which files were written."""
    _ = translator(spoken())
    for path in paths:
        click.echo(_("Written: {path}").format(path=path))


def drawn_on(stream: TextIO) -> TextIO:
    """Return the stream on which a screen is drawn: that below one which shows the orders to a terminal as text.

    Whatever comes from files is made `visible` before it is drawn.
    """
    return stream.stream if isinstance(stream, VisibleStream) else stream


@contextmanager
def progress() -> Iterator[Progress]:
    """Give a function that draws progress on the terminal, if there is one.

    The bar appears by itself after a second, also while one long step runs (compiling, say), and goes when all is done.
    """
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(file=drawn_on(sys.stderr)),
        transient=True,
    )
    task = bar.add_task("", total=1.0)
    timer = threading.Timer(PATIENCE, bar.start)
    timer.daemon = True
    timer.start()
    try:
        language = spoken()
        yield lambda what, share: bar.update(
            task, description=visible(message_in(what, language), in_line=True), completed=share
        )
    finally:
        timer.cancel()
        timer.join()
        bar.stop()
