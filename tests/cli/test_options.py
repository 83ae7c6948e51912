"""Progress is shown on a terminal, and nowhere else; a map is asked for where a picture of it is given."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pytest
from tests.support import Command

from benang.cli import options as module
from benang.cli.options import progress

pytestmark = pytest.mark.fast


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_pipe_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log holds no bars."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)

    with progress() as report:
        report("Reading", 0.5)

    assert stream.getvalue() == ""


def test_a_terminal_sees_what_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar comes by itself while one long step runs, and names it."""
    stream = _Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(module, "PATIENCE", 0.01)
    monkeypatch.setenv("TERM", "xterm")

    with progress() as report:
        report("Compiling", 0.0)
        time.sleep(0.4)

    assert "Compiling" in stream.getvalue()


def test_a_terminal_is_spared_what_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done within a second draws no bar."""
    stream = _Terminal()
    monkeypatch.setattr(sys, "stderr", stream)

    with progress() as report:
        report("Reading", 0.5)

    assert "Reading" not in stream.getvalue()


@pytest.mark.parametrize(
    "arguments",
    [
        ("drill", "map.png"),
        ("drill", "map.PNG", "market"),
        ("stability", "map.svg"),
        ("compare", "map.pdf", "--before", "2015"),
        ("convert", "map.eps", "map.gexf"),
        ("layout", "map.png", "-o", "x.json"),
        ("layout", "--network", "map.png", "-o", "x.json"),
        ("map", "x.ris", "--items", "keywords", "--like", "map.png", "-o", "x.json"),
    ],
)
def test_a_picture_in_the_place_of_a_map_asks_for_the_map(
    benang: Command, arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named where it lies beside; else the way to make it is."""
    monkeypatch.chdir(tmp_path)
    picture = next(one for one in arguments if one.startswith("map."))

    alone = benang(*arguments)
    Path("map.json").touch()
    beside = benang(*arguments)

    said = f"'{picture}' is a picture of a map. Give the .json of the map"
    assert (alone.code, beside.code) == (2, 2)
    assert f"{said} (benang map … -o map.json)." in alone.err
    assert f"{said}: 'map.json'." in beside.err
