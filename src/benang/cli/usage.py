"""How a wrong usage is answered: with the one word that was meant, or the path that lacks its quotes.

Click lists everything that is like a word, or everything there is. One word is what a reader can act on at once. Where
none is like it, all choices are listed; commands and options are listed by the help that the message names.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

import click

from benang.errors import BenangError, Problem, closest, nearest

QUOTES = "\"'“”„‘’"
"""What stands around a text that was copied, and around a path where the shell knows only double quotes (Windows)."""
_PIECES = 20  # of one path: a shell that expands *.ris may give thousands of names to go through
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")
"""The end of a file's name. 'v1.2' and 'Vol.' end in none: such words stand within names as well."""


class Choice(click.Choice[str]):
    """One of a few words; another is refused with the one that was meant, and all are listed where none is like it."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Say which word was meant."""
        return f"'{value}' is not a choice. {nearest(str(value), self.choices)}"


def answer(error: click.ClickException, words: Sequence[str]) -> click.ClickException:
    """Return the error of a command line, given as its words, as it is to be shown."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    problems = unquoted(words)
    if not problems and context and error.message.startswith("Got unexpected extra argument"):
        problems = _unquoted_argument(words, len(context.command_path.split()) - 1)
    if problems:
        return click.UsageError("\n".join(map(str, problems)), context)
    if isinstance(error, click.NoSuchOption):
        return click.UsageError(_no_such_option(error, words), context)
    if isinstance(error, click.exceptions.NoSuchCommand) and context and isinstance(context.command, click.Group):
        meant = closest(error.command_name, context.command.list_commands(context))
        return click.UsageError(f"No such command '{error.command_name}'.{_meant(meant)}", context)
    return error


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
    quoted = with_quotes(error, click.get_current_context().find_root().obj or ())
    if quoted.problems != error.problems:
        raise quoted


def _no_such_option(error: click.NoSuchOption, words: Sequence[str]) -> str:
    name = error.option_name
    if len(name) == 2:
        name = next((word for word in words if word.startswith(name)), name).partition("=")[0]
    context = error.ctx
    options = [one for one in context.command.params if isinstance(one, click.Option)] if context else []
    flags = ["--help", *(flag for one in options if not one.hidden for flag in (*one.opts, *one.secondary_opts))]
    known = {flag.lstrip("-"): flag for flag in flags}
    meant = closest(name.lstrip("-"), known)
    return f"No such option '{name}'.{_meant(known[meant] if meant else None)}"


def _meant(word: str | None) -> str:
    return f" Did you mean '{word}'?" if word else ""


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
            found = f"a path with blanks was read as {after - first} names"
            problems.append(Problem(found, where=path, way_on=f'Put it in quotes: "{path}".'))
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
    found = f"read as {len(pieces)} names, and none of them exists"
    return Problem(found, where=path, way_on=f'If this is one path, check its folder and put it in quotes: "{path}".')
