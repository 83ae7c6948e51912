"""Ctrl-C is put off while libraries load."""

from __future__ import annotations

import signal
import threading

import pytest

from benang.cli.stopping import TERMINATED, ending_cleanly, loading


def test_ctrl_c_waits_until_all_is_loaded() -> None:
    """What loads is loaded to its end; then the command stops, and Ctrl-C works as before."""
    before = signal.getsignal(signal.SIGINT)
    loaded = []

    def load() -> None:
        with loading():
            signal.raise_signal(signal.SIGINT)
            loaded.append("all")

    with pytest.raises(KeyboardInterrupt):
        load()

    assert loaded == ["all"]
    assert signal.getsignal(signal.SIGINT) is before


def test_other_threads_load_as_they_are() -> None:
    """Only the main thread may say how signals are met; elsewhere nothing happens."""
    loaded = []

    def load() -> None:
        with loading():
            loaded.append("all")

    thread = threading.Thread(target=load)
    thread.start()
    thread.join()

    assert loaded == ["all"]


def test_an_end_that_the_system_asks_for_unwinds_the_program() -> None:
    """So temporary folders are removed; afterwards the signal does what it did before."""
    before = signal.getsignal(signal.SIGTERM)
    left = []

    def work() -> None:
        with ending_cleanly():
            try:
                signal.raise_signal(signal.SIGTERM)
            finally:
                left.append("put away")

    with pytest.raises(SystemExit) as ended:
        work()

    assert (ended.value.code, left) == (TERMINATED, ["put away"])
    assert signal.getsignal(signal.SIGTERM) is before
