"""Screening in the terminal: records shown one by one, one key a decision."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benang.cli.language import spoken
from benang.cli.options import drawn_on, in_options
from benang.errors import visible
from benang.locale import translator
from benang.locale.writing import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benang.judgements.events import Stage
    from benang.tasks.screening.sitting import Marked, Sitting

_CLEARED = "\x1b[2J\x1b[1;1H"
"""Orders a terminal to clear its screen."""
_COLOURS = {"include": "green", "exclude": "red"}
"""Of terms by the kind of their criterion; terms are bold too, for those who don't tell the colours apart."""


def screen_in_terminal(folder: Path, stage: Stage | None, coder: str | None) -> None:
    """Show one record after another until none is left or the reviewer quits."""
    from benang.tasks.screening.sitting import begin

    with in_options():
        sitting = begin(folder, stage=stage, coder=coder, language=spoken())
        with _keys_at_once():
            sitting = _sat(sitting)
    if sitting.retraining:
        sitting.retraining.close()
    _, n = translator(spoken()), len(sitting.made)
    click.echo(counted("{n} decision, kept in the log.", "{n} decisions, kept in the log.", n, spoken()).format(n=n))
    if sitting.work is None:
        click.echo(_("No record waits for {coder} at this stage.").format(coder=sitting.coder))


def _sat(sitting: Sitting) -> Sitting:
    from benang.tasks.screening.sitting import NOTE, QUIT, press, with_note

    _ = translator(spoken())
    while sitting.work is not None:
        _show(sitting)
        key = _key()
        if key == QUIT and not sitting.asks_reason:
            return sitting
        if key == NOTE and not sitting.asks_reason:
            with _lines_again():
                sitting = with_note(sitting, click.prompt(_("Note"), default="", show_default=False))
        else:
            sitting = press(sitting, key)
    return sitting


@contextlib.contextmanager
def _keys_at_once() -> Iterator[None]:
    """Have the terminal give each key at once and show none, until the end: one pressed too early must not be lost.

    `click.getchar` turns this on for each key alone and throws away what was pressed before. Windows needs nothing.
    """
    if sys.platform == "win32":
        yield
        return
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin, termios.TCSADRAIN)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


@contextlib.contextmanager
def _lines_again() -> Iterator[None]:
    """Let the reviewer type a line and see it."""
    if sys.platform == "win32":
        yield
        return
    import termios
    import tty

    at_once = termios.tcgetattr(sys.stdin)
    flags = [*at_once]
    flags[tty.LFLAG] |= termios.ECHO | termios.ICANON
    termios.tcsetattr(sys.stdin, termios.TCSADRAIN, flags)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, at_once)


def _key() -> str:
    """Wait for a key; the end of the terminal is the wish to quit."""
    from benang.tasks.screening.sitting import QUIT

    if sys.platform == "win32":
        return click.getchar()
    data = os.read(sys.stdin.fileno(), 1)
    while data and data.decode("utf-8", "ignore") == "" and len(data) < 4:  # a letter of several bytes
        data += os.read(sys.stdin.fileno(), 1)
    return data.decode("utf-8", "replace") or QUIT


def _show(sitting: Sitting) -> None:
    from benang.tasks.screening.sitting import screen

    _ = translator(spoken())
    shown = screen(sitting)
    lines = [_CLEARED + click.style(visible(shown.heading), dim=True), ""]
    lines += [_wrapped(shown.title, bold=True), click.style(f"  {visible(shown.source)}", dim=True), ""]
    lines += [_wrapped(shown.text), ""]
    lines += [click.wrap_text(visible(line), initial_indent="  ", subsequent_indent="    ") for line in shown.beside]
    keys = [f"{key} {label}" for key, label in shown.keys]
    lines.append("")
    if sitting.asks_reason:
        lines += ["  " + _("Why is it excluded?"), *(f"  {visible(one)}" for one in keys), "  " + _("Esc: back")]
    else:
        lines.append(click.wrap_text(visible("   ".join(keys)), initial_indent="  ", subsequent_indent="  "))
    lines += [click.wrap_text(visible(one), initial_indent="  ", subsequent_indent="  ") for one in shown.message]
    click.echo("\n".join(lines), file=drawn_on(sys.stdout))


def _wrapped(pieces: Iterable[Marked], *, bold: bool = False) -> str:
    """Wrap a text and mark its terms afterwards: orders to a terminal are no letters that a line could hold."""
    marks = [(visible(text), kind) for text, kind in pieces]
    text = click.wrap_text("".join(words for words, _ in marks), initial_indent="  ", subsequent_indent="  ")
    at, parts = 0, []
    for words, kind in marks:
        if not kind:
            continue
        place = text.find(words, at)
        if place >= 0:  # else the term was broken over two lines, and stays plain
            parts += [click.style(text[at:place], bold=bold), click.style(words, fg=_COLOURS[kind], bold=True)]
            at = place + len(words)
    return "".join([*parts, click.style(text[at:], bold=bold)])
