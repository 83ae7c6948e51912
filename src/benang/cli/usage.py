"""Help and wrong usage: how commands say what they can do, and how an error of usage is answered.

What click says itself is translated here. A wrong word is answered with the one word that was meant,
or the path that lacks its quotes: click lists everything that is like a word, or everything there is. One
word is what a reader can act on at once. Where none is like it, all choices are listed; commands and options are listed
by the help that the message names.
"""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from benang.cli.language import said, words_of
from benang.errors import BenangError, Problem, closest, nearest
from benang.locale import LANGUAGES
from benang.locale.writing import Worded, message_in, worded

QUOTES = "\"'“”„‘’"
"""Marks around copied text, and around a path where the shell knows only double quotes (Windows)."""
_PIECES = 20  # of one path: a shell that expands *.ris may give thousands of names to go through
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")
"""The end of a file's name. 'v1.2' and 'Vol.' end in none: such words occur within names as well."""


class Choice(click.Choice[str]):
    """One of a few words; another is refused with the one that was meant, and all are listed where none is like it."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Accept a choice, and say of another word which one was meant."""
        if value not in self.choices:
            text = worded("'{value}' is not a choice. {meant}", value=value, meant=nearest(str(value), self.choices))
            self.fail(text, param, ctx)
        return value


class Day(click.DateTime):
    """A day; another way of writing it is refused in the language of the command line."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Accept a day, and say of anything else how one is written."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(worded("'{value}' is not a day such as 2026-11-30.", value=value), param, ctx)


class _TooMany(click.UsageError):
    """More words than a command has arguments."""


class Command(click.Command):
    """A command whose help is in the language of the command line, and which takes `--language` as every command."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        if not any(param.name == "language" for param in self.params):
            self.params.append(_language_of_messages())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read arguments and options; too many are refused in the language of the command line."""
        if not isinstance(self, click.Group):
            ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not isinstance(self, click.Group):
            words = " ".join(rest)
            raise _TooMany(
                worded("Unexpected argument: {words}", "Unexpected arguments: {words}", n=len(rest), words=words), ctx
            )
        return rest

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what follows the command in its usage."""
        return [said(piece, ctx) for piece in super().collect_usage_pieces(ctx)]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{said('Usage:', ctx)} ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does, paragraph by paragraph."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text("\n\n".join(said(one, ctx) for one in paragraphs(self.help or "")))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, each with its help."""
        rows = [_option_row(param, ctx) for param in self.get_params(ctx) if isinstance(param, click.Option)]
        with formatter.section(said("Options", ctx)):
            formatter.write_dl([row for row in rows if row])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the text below everything else."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(said(self.epilog or "", ctx))


class Group(Command, click.Group):
    """A command with commands of its own."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the commands below them."""
        Command.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, each with a line that says what it does."""
        rows = [(name, said(summary, ctx)) for name, summary in self.summaries(ctx)]
        with formatter.section(said("Commands", ctx)):
            formatter.write_dl(rows)

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Return the names of the commands with the first paragraph of the help of each."""
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        return [(name, paragraphs(one.help or "")[0]) for name, one in commands if one]


command = partial(click.command, cls=Command)
"""`click.command` for commands that speak the user's language."""


def paragraphs(text: str) -> list[str]:
    r"""Return the paragraphs of a help text, each in one line, as catalogues have them.

    Examples
    --------
    >>> paragraphs("Read exports\n    in order.\n\n    For example: benang records a.ris")
    ['Read exports in order.', 'For example: benang records a.ris']
    """
    return [" ".join(one.split()) for one in inspect.cleandoc(text).split("\n\n")]


def _option_row(param: click.Option, ctx: click.Context) -> tuple[str, str] | None:
    """Return an option and its help: as click puts it together, in the language of the context."""
    record = param.get_help_record(ctx)
    if record is None:
        return None
    extra = param.get_help_extra(ctx)
    remarks = []
    if "default" in extra:
        remarks.append(said("default: {default}", ctx).format(default=extra["default"]))
    if "range" in extra:
        remarks.append(extra["range"])
    if "required" in extra:
        remarks.append(said("required", ctx))
    text = said(param.help or "", ctx)
    return record[0], f"{text}  [{'; '.join(remarks)}]".lstrip() if remarks else text


def _language_of_messages() -> click.Option:
    """Return the option `--language` of a command which writes nothing but messages; `cli.language` has read it."""
    return click.Option(["--language"], type=Choice(LANGUAGES), expose_value=False, help="Language of messages.")


def show(error: click.ClickException, words: Sequence[str], language: str) -> None:
    """Print what is wrong with a command line, given as its words, in a language."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return
    if context:
        hint = worded("Try '{command} --help' for help.", command=context.command_path)
        click.echo(f"{context.get_usage()}\n{hint.in_language(language)}\n", err=True)
    problems = unquoted(words)
    if not problems and context and isinstance(error, _TooMany):
        problems = _unquoted_argument(words, len(context.command_path.split()) - 1)
    text = "\n".join(one.in_language(language) for one in problems) or message_in(answer(error, words), language)
    click.echo(worded("Error: {message}", message=text).in_language(language), err=True)


def answer(error: click.ClickException, words: Sequence[str]) -> str:
    """Return the message for an error of a command line, given as its words."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    match error:
        case click.NoSuchOption():
            return _no_such_option(error, words)
        case click.exceptions.NoSuchCommand() if context and isinstance(context.command, click.Group):
            meant = closest(error.command_name, context.command.list_commands(context))
            return worded("No such command '{name}'.{meant}", name=error.command_name, meant=_meant(meant))
        case click.MissingParameter():
            return _missing(error)
        case click.BadParameter():
            return worded("Invalid value for {name}: {message}", name=_name(error), message=error.message)
        case click.BadOptionUsage() if any(word.startswith(f"{error.option_name}=") for word in words):
            return worded("Option '{name}' takes no value.", name=error.option_name)
        case click.BadOptionUsage():
            return worded("Option '{name}' needs a value.", name=error.option_name)
    return error.message


def _name(error: click.BadParameter) -> str:
    if error.param_hint or error.param is None:
        return str(error.param_hint or "")
    return error.param.get_error_hint(error.ctx)


def _missing(error: click.MissingParameter) -> Worded:
    kind = error.param.type if error.param else None
    choices = worded(" Known: {names}.", names=", ".join(kind.choices)) if isinstance(kind, click.Choice) else ""
    if isinstance(error.param, click.Option):
        return worded("Missing option {name}.{choices}", name=_name(error), choices=choices)
    return worded("Missing argument {name}.{choices}", name=_name(error), choices=choices)


def with_quotes(error: BenangError, words: Sequence[str]) -> BenangError:
    """Return the error of a command, given as its words, with paths that lack their quotes in place of its problems.

    A path that exists nowhere is only a guess: it takes the place of its own pieces, none of which exists.
    """
    if problems := unquoted(words):
        return BenangError(*problems)
    missing = {one.where for one in error.problems if one.where and not os.path.lexists(one.where)}
    paths: list[Sequence[str]] = []
    first = 1
    while first < len(words):
        pieces = _pieces(words, first) if str(Path(words[first])) in missing else []
        paths += [pieces] if pieces else []
        first += max(1, len(pieces))
    answered = {str(Path(word)) for pieces in paths for word in pieces}
    return BenangError(*map(_guess, paths), *(one for one in error.problems if one.where not in answered))


def refuse_unquoted(error: BenangError) -> None:
    """Raise what a command would list file by file, where paths among its words lack their quotes.

    Raises
    ------
    BenangError
        The error with these paths in place of their pieces.
    """
    quoted = with_quotes(error, words_of(click.get_current_context()))
    if quoted.problems != error.problems:
        raise quoted


def _no_such_option(error: click.NoSuchOption, words: Sequence[str]) -> Worded:
    name = error.option_name
    if len(name) == 2:
        name = next((word for word in words if word.startswith(name)), name).partition("=")[0]
    context = error.ctx
    options = [one for one in context.command.params if isinstance(one, click.Option)] if context else []
    flags = ["--help", *(flag for one in options if not one.hidden for flag in (*one.opts, *one.secondary_opts))]
    known = {flag.lstrip("-"): flag for flag in flags}
    meant = closest(name.lstrip("-"), known)
    return worded("No such option '{name}'.{meant}", name=name, meant=_meant(known[meant] if meant else None))


def _meant(word: str | None) -> str:
    return worded(" Did you mean '{meant}'?", meant=word) if word else ""


def unquoted(words: Sequence[str]) -> list[Problem]:
    """Return the paths with blanks that the shell took apart since they were not quoted.

    They are the names that exist once words of the command line are joined again, though not each word exists. The
    first word is left out: it is the command, and `benang map a.json` does not mean the file 'map a.json'.
    """
    names = [word.partition("=")[2] if word.startswith("--") and "=" in word else word for word in words]
    there = [os.path.lexists(name) for name in names]
    problems, first = [], 1
    while first < len(names):
        path, after = _joined(names, there, first)
        if path:
            fault = worded("a path that contains spaces was read as {n} names", n=after - first)
            problems.append(Problem(fault, where=path, way_on=worded('Put it in quotes: "{path}".', path=path)))
        first = after
    return problems


def _joined(names: Sequence[str], there: Sequence[bool], first: int) -> tuple[str, int]:
    """Return the longest path that begins with one of the names and was taken apart, and which name comes after it."""
    for after in range(min(first + _PIECES, len(names)), first + 1, -1):
        path = " ".join(names[first:after]).strip(QUOTES)
        if not all(there[first:after]) and os.path.lexists(path):
            return path, after
    return "", first + 1


def _unquoted_argument(words: Sequence[str], first: int) -> list[Problem]:
    """Return the path, if one is likely, that gave a command more arguments than it takes; options are left out."""
    for at in range(first, len(words)):
        if not (words[at - 1].startswith("-") and "=" not in words[at - 1]) and (pieces := _pieces(words, at)):
            return [_guess(pieces)]
    return []


def _pieces(words: Sequence[str], first: int) -> Sequence[str]:
    """Return the words that are likely one path though it exists nowhere either: only the last ends as a file does."""
    for after in range(first + 1, min(first + _PIECES, len(words)) + 1):
        word = words[after - 1].rstrip(QUOTES)
        if word.startswith("-") or os.path.lexists(word):
            return []
        if _SUFFIX.search(word):
            return words[first:after] if after - first > 1 else []
    return []


def _guess(pieces: Sequence[str]) -> Problem:
    path = " ".join(pieces).strip(QUOTES)
    fault = worded("read as {n} names, and none of them exists", n=len(pieces))
    way_on = worded('If this is one path, check its folder and put it in quotes: "{path}".', path=path)
    return Problem(fault, where=path, way_on=way_on)
