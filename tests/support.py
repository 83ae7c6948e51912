"""Types that tests share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benang.progress import Cancelled


@dataclass(frozen=True)
class Said:
    """What a command printed, and the code it ended with."""

    code: int
    out: str
    err: str


Command = Callable[..., Said]


class Cancelling:
    """A progress that cancels at the call of a number, from 0."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, _what: str, _share: float) -> None:
        """Count down."""
        if not self.left:
            raise Cancelled
        self.left -= 1
