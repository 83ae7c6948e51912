"""Screening and reconciling in the terminal: records, or disagreements, shown one by one, one key a decision."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benang.cli.language import spoken
from benang.cli.options import drawn_on, in_options, say_account
from benang.errors import visible
from benang.locale import translator
from benang.locale.writing import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benang.judgements.events import Stage
    from benang.tasks.coding.reconcile_shown import Side
    from benang.tasks.coding.reconciling import ReconcileRequest, Reconciling
    from benang.tasks.screening.sitting import Marked, Sitting

_CLEARED = "\x1b[2J\x1b[1;1H"
"""Orders a terminal to clear its screen."""
_ESC, _WITHIN = b"\x1b", 0.03
"""How soon, in seconds, the rest of a key follows its Esc."""
_JOINT = "\u2007"
"""Stands for a blank at which no line ends."""
_BEGIN, _END = "\ue000", "\ue001"
"""Stand for the ends of a quotation while its text is wrapped."""
_COLOURS = {"include": "green", "exclude": "red"}
"""Of terms by the kind of their criterion; terms are bold too, for those who don't tell the colours apart."""


def screen_in_terminal(folder: Path, stage: Stage | None, coder: str | None) -> None:
    """Show one record after another until none is left or the reviewer quits."""
    from benang.tasks.account import in_shell
    from benang.tasks.screening.sitting import begin

    with in_options():
        sitting = begin(folder, stage=stage, coder=coder, language=spoken())
        gc.freeze()  # records and decisions stay: to look through them again and again makes many a key twice as slow
        with _keys_at_once():
            sitting = _sat(sitting)
    if sitting.retraining:
        sitting.retraining.close()
    _, n = translator(spoken()), len(sitting.appended)
    click.echo(counted("{n} decision, kept in the log.", "{n} decisions, kept in the log.", n, spoken()).format(n=n))
    if sitting.work is None:
        click.echo(_("No record waits for {coder} at this stage.").format(coder=sitting.coder))
        click.echo(_("See the next step: {command}").format(command=f"benang status {in_shell(folder)}"))


def _sat(sitting: Sitting) -> Sitting:
    from benang.tasks.screening.sitting import NOTE, QUIT, press, with_note

    _ = translator(spoken())
    keys = _Keys()
    while sitting.work is not None:
        _show(sitting)
        key = keys.next()
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


class _Keys:
    """The keys that the reviewer presses, one by one."""

    def __init__(self) -> None:
        self._ahead = b""

    def next(self) -> str:
        """Wait for a key; the end of the terminal is the wish to quit.

        Arrows and the like come as Esc, `[` or `O`, and more: they are one key, and no Esc.
        """
        from benang.tasks.screening.sitting import QUIT

        if sys.platform == "win32":
            return click.getchar()
        data = self._byte()
        while data and data.decode("utf-8", "ignore") == "" and len(data) < 4:  # a letter of several bytes
            data += self._byte()
        if data == _ESC and self._is_more():
            self._ahead = self._byte()
            if self._ahead in (b"[", b"O"):
                data += self._rest()
        return data.decode("utf-8", "replace") or QUIT

    def _byte(self) -> bytes:
        ahead, self._ahead = self._ahead, b""
        return ahead or os.read(sys.stdin.fileno(), 1)

    def _rest(self) -> bytes:
        """Return what follows Esc: parameters, and a letter or `~` that ends them (ECMA-48, 5.4)."""
        rest = self._byte()
        while self._is_more():
            rest += self._byte()
            if 0x40 <= rest[-1] <= 0x7E:
                break
        return rest

    def _is_more(self) -> bool:
        import select

        return bool(self._ahead or select.select([sys.stdin], [], [], _WITHIN)[0])


def _show(sitting: Sitting) -> None:
    from benang.tasks.screening.sitting import screen

    _ = translator(spoken())
    shown = screen(sitting)
    lines = [_CLEARED + click.style(visible(shown.heading), dim=True), ""]
    lines += [_wrapped(shown.title, bold=True), click.style(_indented(shown.source), dim=True), ""]
    lines += [_wrapped(shown.text), ""]
    lines += [_indented(line, "    ") for line in shown.beside]
    keys = [f"{key} {label}" for key, label in shown.keys]
    below = [""]
    if sitting.asks_reason:
        below += ["  " + _("Why is it excluded?"), *(_indented(one, "    ") for one in keys), "  " + _("Esc: back")]
    else:
        below.append(_indented("   ".join(one.replace(" ", _JOINT) for one in keys)).replace(_JOINT, " "))
    below += [_indented(one) for one in shown.message]
    if sum(one.count("\n") + 1 for one in (*lines, *below)) > shutil.get_terminal_size().lines:
        lines.append(_wrapped(shown.title, bold=True))  # the one above has left the window
    click.echo("\n".join([*lines, *below]), file=drawn_on(sys.stdout))


def _indented(text: str, further: str = "  ") -> str:
    """Wrap a text to the terminal, however narrow, and to lines that the eye can follow, however wide."""
    width = max(min(78, shutil.get_terminal_size().columns - 1), 16)
    return click.wrap_text(visible(text), width, initial_indent="  ", subsequent_indent=further)


def _wrapped(pieces: Iterable[Marked], *, bold: bool = False) -> str:
    """Wrap a text and mark its terms afterwards: orders to a terminal are no letters that a line could hold."""
    marks = [(visible(text), kind) for text, kind in pieces]
    text = _indented("".join(words for words, _ in marks))
    at, parts = 0, []
    for words, kind in marks:
        if not kind:
            continue
        place = text.find(words, at)
        if place >= 0:  # else the term was broken over two lines, and stays plain
            parts += [click.style(text[at:place], bold=bold), click.style(words, fg=_COLOURS[kind], bold=True)]
            at = place + len(words)
    return "".join([*parts, click.style(text[at:], bold=bold)])


def reconcile_in_terminal(request: ReconcileRequest) -> None:
    """Show one disagreement after another until none is left or the coders quit."""
    from benang.tasks.coding.reconcile_shown import ending, listed
    from benang.tasks.coding.reconciling import begin

    reconciling = begin(request)
    if reconciling.question is None:
        say_account(listed(reconciling))
        return
    with _keys_at_once():
        reconciling = _reconciled(reconciling)
    say_account(ending(reconciling))


def _reconciled(reconciling: Reconciling) -> Reconciling:
    from benang.tasks.coding.reconciling import QUIT, SKIP, UNDO, decide, skip, undo

    _, keys = translator(spoken()), _Keys()
    while reconciling.question is not None:
        _show_sides(reconciling)
        key = keys.next()
        if key == QUIT:
            break
        if key == SKIP:
            reconciling = skip(reconciling)
        elif key == UNDO:
            reconciling = undo(reconciling)
        elif key in reconciling.options:
            click.echo("  " + visible(reconciling.options[key].text))
            with _lines_again():
                reason = click.prompt("  " + _("Reason (may be empty)"), default="", show_default=False)
            reconciling = decide(reconciling, key, " ".join(reason.split()))
        else:
            reconciling = decide(reconciling, key)
    return reconciling


def _show_sides(reconciling: Reconciling) -> None:
    from benang.tasks.coding.reconcile_shown import screen

    shown = screen(reconciling)
    heading = click.style(_indented(shown.heading), bold=True)
    lines = [_CLEARED + heading]
    lines += [click.style(_indented(shown.rule), dim=True)] if shown.rule else []
    for side in shown.sides:
        lines += ["", *_side_lines(side)]
    below = ["", *(_indented(f"{key} {text}", "    ") for key, text in shown.options)]
    keys = (f"{key} {text}".replace(" ", _JOINT) for key, text in shown.keys)
    below.append(_indented("   ".join(keys)).replace(_JOINT, " "))
    below += ["", _indented(shown.message)] if shown.message else []
    if sum(one.count("\n") + 1 for one in (*lines, *below)) > shutil.get_terminal_size().lines:
        lines += ["", heading]  # the one above has left the window
    click.echo("\n".join([*lines, *below]), file=drawn_on(sys.stdout))


def _side_lines(side: Side) -> Iterator[str]:
    """Give what a coder says, and each passage with what is around it."""
    yield click.style(_indented(f"{side.coder}: {side.said}"), bold=True)
    for words in side.passages:
        before, quote, after = (visible(text) for text in (words.before, words.quote, words.after))
        text = _indented(f"{before}{_BEGIN}“{quote}”{_END}{after}".strip())
        first, rest = text.split(_BEGIN)
        quoted, last = rest.split(_END)
        lines = (click.style(line, bold=True) for line in quoted.split("\n"))
        yield click.style(first, dim=True) + "\n".join(lines) + click.style(last, dim=True)
        yield click.style(_indented(f"({words.place})", "    "), dim=True)
    yield from (_indented(f"– {note}", "    ") for note in side.notes)
