"""What files and their names hold is shown on a terminal, never obeyed by it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from benang.readers.registry import read_files
from benang.visible import VisibleStream, visible

CLEAR, TITLE = "\x1b[2J", "\x1b]0;gone\x07"
ORDERS = [CLEAR, TITLE, "\x9b31m", "\u202egnp.exe", "\u2066", "\x08\x08\x08", "\r", "\x7f", "\x90q\x9c"]


@pytest.mark.parametrize("order", ORDERS)
def test_no_order_to_a_terminal_is_left(order: str) -> None:
    """Neither escapes, C1 controls, overrides of direction, backspaces, nor a return to the line's begin."""
    shown = visible(f"a{order}b")
    assert shown.isprintable()
    assert shown.startswith("a\\u")


@pytest.mark.parametrize(
    "text", ["Pasar malam", "夜市", "سوق \u200fالليل", "न\u200dय", "👩\u200d🔬", "a\tb\nc", "naïve — “x”"]
)
def test_scripts_of_the_world_stay(text: str) -> None:
    """Joiners and the marks of right-to-left names order nothing."""
    assert visible(text) == text


def test_json_is_the_same_text() -> None:
    """What a program reads from a pipe is what the file holds."""
    value = {"title": "a\x1b[2J\x9b\u202eb\x7f"}
    assert json.loads(visible(json.dumps(value, ensure_ascii=False))) == value


def test_a_stream_shows_orders_and_has_no_number() -> None:
    """Whoever prints, a library too, prints through it."""
    inner = io.StringIO()
    print(f"a{CLEAR}b", file=VisibleStream(inner))
    assert inner.getvalue() == "a\\u001b[2Jb\n"
    with pytest.raises(io.UnsupportedOperation):
        VisibleStream(inner).fileno()


def _benang(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "benang", *arguments], cwd=folder, capture_output=True, timeout=120, check=False
    )
    return (done.stdout + done.stderr).decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets no file have such a name")
def test_a_name_of_a_file_writes_over_nothing(tmp_path: Path) -> None:
    """Of an export, of one that can't be read, of a member of an archive, of a folder that is no review."""
    evil = f"evil{CLEAR}\nDone\u202e"
    (tmp_path / f"{evil}.ris").write_text("TY  - JOUR\nTI  - Kota\nER  - \n")
    (tmp_path / f"{evil}.bad").write_text("nothing")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(f"{evil}.ris", "TY  - JOUR\nTI  - Desa\nER  - \n")
        archive.writestr(f"{evil}.bad", "nothing")

    said = _benang(tmp_path, "records", f"{evil}.ris", f"{evil}.bad", "a.zip", "-o", "a.json") + _benang(
        tmp_path, "build", evil
    )

    assert "evil\\u001b[2J\\u000aDone\\u202e.ris " in said
    assert "a.zip/evil\\u001b[2J\\u000aDone\\u202e.bad" in said
    assert all(line.isprintable() for line in said.splitlines())
    assert not any(line.startswith("Done") for line in said.splitlines())


def test_a_plan_and_a_map_write_over_nothing(tmp_path: Path) -> None:
    """TOML and JSON may hold any character behind a backslash."""
    (tmp_path / "review.toml").write_text('title = "a"\nquestion = "b"\n"x\\u0008" = "\\u009b31m"\n')
    (tmp_path / "a.json").write_text(
        json.dumps(
            {
                "network": {
                    "items": [{"id": n, "label": f"evil{CLEAR}\x9b1m\u202e{n}", "x": n, "y": n} for n in (1, 2)],
                    "links": [{"source_id": 1, "target_id": 2, "strength": 1}],
                }
            }
        )
    )

    said = _benang(tmp_path, "build", ".") + _benang(tmp_path, "drill", "a.json", f"evil{CLEAR}")

    assert "x\\u0008" in said
    assert all(line.isprintable() for line in said.splitlines())


def test_names_are_shown_the_same_in_the_account(tmp_path: Path) -> None:
    """The ledger holds a name that may be printed."""
    if sys.platform == "win32":
        pytest.skip("Windows lets no file have such a name")
    (tmp_path / f"a{CLEAR}.ris").write_text("TY  - JOUR\nTI  - Kota\nER  - \n")

    (account,) = read_files(tmp_path).corpus.ledger.files
    assert account.path.endswith("a\\u001b[2J.ris")
