"""How far long work is: one callable that hears of it and may end the work."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):  # noqa: N818 - nothing went wrong: somebody no longer wants the work
    """Raised by a `Progress` whose owner no longer wants the work that it follows.

    The work ends there: what it opened is closed, what it was writing is removed, and files that were there before stay
    as they were. Nobody but the owner catches it.
    """


class Progress(Protocol):
    """Called with what is being done, in a few words, and the share of the work that is done, from 0 to 1.

    Every long task calls it between its steps and, where a library allows, within them. A call may raise `Cancelled`,
    which ends the work and leaves nothing behind. It is called in the thread that asked for the work.
    """

    def __call__(self, what: str, share: float, /) -> None:
        """Take note of the progress, or raise `Cancelled`."""


def silent(_what: str, _share: float) -> None:
    """Report progress to nobody."""


def part(progress: Progress, start: float, end: float, what: str | None = None) -> Progress:
    """Return the progress of a part of the work, whose own share from 0 to 1 goes from `start` to `end` of the whole.

    Parameters
    ----------
    progress
        That of the whole.
    start, end
        Shares of the whole, from 0 to 1.
    what
        Stands for all that the part says of itself; its own words where None.

    Examples
    --------
    >>> layout = part(lambda what, share: print(f"{what}: {share:.0%}"), 0.2, 0.8)
    >>> layout("Laying out", 0.5)
    Laying out: 50%
    """
    return lambda own, share: progress(own if what is None else what, start + (end - start) * share)
