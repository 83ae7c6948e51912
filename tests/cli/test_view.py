"""`benang view`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.maps.exchanged import toy_map
from tests.support import Command

from benang.map_files import write_map


@pytest.fixture(autouse=True)
def viewer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for the bundle of the viewer; there is no screen."""
    monkeypatch.setattr("benang.viewer.page.viewer_script", lambda: "0")
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


def test_a_page_is_kept_and_its_address_is_printed(benang: Command, tmp_path: Path) -> None:
    """Also where there is no browser, which is said."""
    write_map(toy_map(), tmp_path / "toy.json")
    said = benang("view", tmp_path / "toy.json", "-o", tmp_path / "toy.html")

    assert (said.code, (tmp_path / "toy.html").is_file()) == (0, True)
    assert f"Opening {(tmp_path / 'toy.html').as_uri()}" in said.out
    if sys.platform == "linux":
        assert said.err == "No browser was found here: open the address in one yourself.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a browser that is a script of the shell")
def test_the_browser_that_is_named_is_asked(tmp_path: Path, project_root: Path) -> None:
    """By the variable BROWSER, with the address of the page."""
    page, browser, asked = tmp_path / "sent.html", tmp_path / "browser", tmp_path / "asked"
    page.write_text("<div data-benang-map></div>", encoding="utf-8")
    browser.write_text(f"#!/bin/sh\nprintf '%s' \"$1\" > '{asked}'\n", encoding="utf-8")
    browser.chmod(0o755)
    environment = {"BROWSER": f"{browser} %s", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(project_root / "src")}
    done = subprocess.run(
        [sys.executable, "-m", "benang", "view", str(page)], env=environment, capture_output=True, text=True, check=True
    )

    assert asked.read_text(encoding="utf-8") == page.as_uri()
    assert page.as_uri() in done.stdout


def test_a_broken_file_is_named_with_its_line(benang: Command, tmp_path: Path) -> None:
    """As by every command that reads a map; the code is 1."""
    (tmp_path / "broken.json").write_text('{"network": {\n"items": [', encoding="utf-8")
    said = benang("view", tmp_path / "broken.json")

    assert (said.code, "broken.json, line 2" in said.err) == (1, True)


def test_pages_are_written_by_convert_with_all_else_or_not_at_all(benang: Command, tmp_path: Path) -> None:
    """A network without places is laid out for the page, which is said; other files keep it as it is."""
    (tmp_path / "toy.txt").write_text("kota\tdesa\t2\ndesa\tlaut\t1\n", encoding="utf-8")
    said = benang("convert", tmp_path / "toy.txt", tmp_path / "a.html", tmp_path / "a.json")

    assert said.code == 0
    assert "Benang has laid them out" in said.out
    assert f"Written: {tmp_path / 'a.html'}" in said.out
    assert '"x"' not in (tmp_path / "a.json").read_text(encoding="utf-8")

    (tmp_path / "apart.json").write_text('{"network": {"items": [{"id": 1}, {"id": 2}], "links": []}}', "utf-8")
    refused = benang("convert", tmp_path / "apart.json", tmp_path / "b.html", tmp_path / "b.json")
    assert (refused.code, list(tmp_path.glob("b.*"))) == (1, [])


def test_a_map_without_its_records_is_passed_on(benang: Command, tmp_path: Path) -> None:
    """Neither keys nor citations."""
    write_map(toy_map(), tmp_path / "toy.json")
    benang("convert", tmp_path / "toy.json", tmp_path / "toy.html", "--without-records")

    assert "sari2019" not in (tmp_path / "toy.html").read_text(encoding="utf-8")


def test_layout_draws_on_a_page_as_asked(benang: Command, tmp_path: Path) -> None:
    """The options of views become the first state of the page."""
    write_map(toy_map(), tmp_path / "toy.json")
    out = tmp_path / "out.html"
    keep = ("--no-layout", "--no-clustering")
    said = benang("layout", tmp_path / "toy.json", *keep, "--view", "density", "--dark", "--language", "id", "-o", out)

    assert said.code == 0
    text = out.read_text(encoding="utf-8")
    assert '"view":{"view":"density","dark":true}' in text
    assert '<html lang="id">' in text
