"""What a task refuses as misuse is wrong usage of its command: it ends with 2, and says how the command is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from benang.cli.options import option_named
from benang.errors import Misuse


@contextmanager
def misuse_as_usage() -> Iterator[None]:
    """Turn the misuse of a task into wrong usage of the command that runs.

    Raises
    ------
    click.UsageError
        With the message, in which options have their names.
    """
    try:
        yield
    except Misuse as error:
        raise click.UsageError("\n".join(str(one.naming(option_named)) for one in error.problems)) from None


def check_outputs(outputs: Sequence[Path], inputs: Iterable[Path | None]) -> None:
    """Refuse output that would destroy an input or other output: see `benang.tasks.outputs.check_outputs`."""
    from benang.tasks import outputs as task

    with misuse_as_usage():
        task.check_outputs(outputs, inputs)
