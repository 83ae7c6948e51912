"""The commands that open the pages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.support import Command


@pytest.mark.skipif(sys.platform != "linux", reason="the desktop of Linux; tests/tasks/test_shortcut.py has the others")
def test_a_shortcut_is_put_on_the_desktop_and_named(
    benang: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files are printed, and how Benang ends."""
    desktop = tmp_path / "Desktop"
    desktop.mkdir()
    for name, place in (("HOME", tmp_path), ("XDG_DATA_HOME", tmp_path / "data"), ("XDG_DESKTOP_DIR", desktop)):
        monkeypatch.setenv(name, str(place))
    said = benang("shortcut")

    assert said.code == 0
    assert f"Written: {desktop / 'benang.desktop'}" in said.out
    assert "Benang ends when you close that window." in said.out
    assert f'"{sys.executable}"' in (desktop / "benang.desktop").read_text(encoding="utf-8")
