"""The command `benang`, from its first instant to its last; what is heavy loads when signals are heard."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from benang.cli.stopping import leave, listen
from benang.cli.streams import open_streams, ready_streams


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line, and end with its code.

    Without arguments, those that the process was started with are taken, and the process is ours: its standard streams
    are made ready, signals end it, and it ends when the command is done. With arguments, it is another program that
    calls, and to which signals and streams belong.

    Raises
    ------
    SystemExit
        With the code: 0, 1 where something can't be read, drawn or written, 2 for wrong usage, 130 when stopped.
    """
    if arguments is None:
        open_streams()
        listen()
        ready_streams()
    from benang.cli.commands import leave_settings_unread, run

    if arguments is None:
        leave_settings_unread()
    code = run(arguments)
    if arguments is None:
        leave(code)
    sys.exit(code)
