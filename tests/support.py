"""Types and means that tests share."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from benang.progress import Cancelled

_VERSION_3, _DAC_OVERRIDE, _DAC_READ_SEARCH = 0x20080522, 1 << 1, 1 << 2
"""Of linux/capability.h."""


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


@contextmanager
def without_privileges() -> Iterator[None]:
    """Keep to the rights of files also where the tests run as root, who may write anywhere.

    On Linux root gives up the two capabilities that are for this (capabilities(7)), and gets them back.
    """
    if os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("root can't give up the right to write anywhere here")
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_VERSION_3, 0)
    before = (ctypes.c_uint32 * 6)()
    libc.capget(header, before)
    without = type(before).from_buffer_copy(before)
    without[0] &= ~(_DAC_OVERRIDE | _DAC_READ_SEARCH)
    libc.capset(header, without)
    try:
        yield
    finally:
        libc.capset(header, before)
