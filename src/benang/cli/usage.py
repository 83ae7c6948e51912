"""How a wrong usage is answered: with the one word that was meant, or the path that lacks its quotes.

Click lists everything that is like a word, or everything there is. One word is what a reader can act on at once. Where
none is like it, all choices are listed; commands and options are listed by the help that the message names.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from benang.errors import Problem, closest, nearest

QUOTES = "\"'“”„‘’"
"""What stands around a text that was copied, and around a path where the shell knows only double quotes (Windows)."""
_PIECES = 20  # of one path: a shell that expands *.ris may give thousands of names to go through


class Choice(click.Choice[str]):
    """One of a few words; another is refused with the one that was meant, and all are listed where none is like it."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Say which word was meant."""
        return f"'{value}' is not a choice. {nearest(str(value), self.choices)}"


def answer(error: click.ClickException, words: Sequence[str]) -> click.ClickException:
    """Return the error of a command line, given as its words, as it is to be shown."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if problems := unquoted(words):
        return click.UsageError("\n".join(map(str, problems)), context)
    if isinstance(error, click.NoSuchOption):
        return click.UsageError(_no_such_option(error, words), context)
    if isinstance(error, click.exceptions.NoSuchCommand) and context and isinstance(context.command, click.Group):
        meant = closest(error.command_name, context.command.list_commands(context))
        return click.UsageError(f"No such command '{error.command_name}'.{_meant(meant)}", context)
    return error


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
