"""What is written of exports is the same to the byte wherever they lie and however they are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support import Command

RIS = "TY  - JOUR\nAU  - Umpama, Ani\nTI  - {}\nPY  - 2019\nKW  - trade\nKW  - night\nKW  - fish\nER  - \n"
WRITTEN = (
    "l.json",
    "l.csv",
    "corpus",
    "r.ris",
    "r.json",
    "works.csv",
    "doubts.csv",
    "d.html",
    "d.csv",
    "m.json",
    "m.txt",
)


def _written(benang: Command, exports: Path, out: Path) -> dict[str, bytes]:
    options = [*(part for name in ("corpus", "r.ris", "r.json") for part in ("-o", out / name)), "--exact"]
    lists = ["--duplicates", out / "works.csv", "--doubts", out / "doubts.csv"]
    assert benang("records", exports, *options, *lists, "--ledger", out / "l.json").code == 1  # one can't be read
    assert benang("records", exports, "--ledger", out / "l.csv").code == 1
    (exports / "bad.ris").unlink()
    assert benang("describe", exports, "-o", out / "d.html", "-o", out / "d.csv").code == 0
    asked = ["--items", "author-keywords", "--min-occurrences", 1, "-o", out / "m.json", "-o", out / "m.txt"]
    assert benang("map", exports, *asked).code == 0
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def _exports(folder: Path) -> Path:
    for name in ("a.ris", "sub/a.ris", "sub/b.ris"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("".join(RIS.format(f"Markets of {n}") for n in range(4)))
    (folder / "bad.ris").write_text("nothing")
    return folder


def test_the_place_changes_no_byte(benang: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ledgers, corpora, lists of duplicates, pages, tables and maps; also of a file that can't be read."""
    one = _written(benang, _exports(tmp_path / "one" / "exports"), tmp_path / "out")
    monkeypatch.chdir(_exports(tmp_path / "two"))
    two = _written(benang, Path(), tmp_path / "out-2")

    assert {name.split("/")[0] for name in one} == {*WRITTEN, "m.txt", "m_network.txt"}
    assert one == two
    assert not [name for name, data in one.items() if str(tmp_path).encode() in data]
