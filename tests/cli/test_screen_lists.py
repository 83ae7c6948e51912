"""`benang screen export` and `--decide EXPORT` at the command line, and what is said where they are used wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support import Command
from tests.tasks.screening.test_importing import inclusion, rayyan, review


def test_an_export_comes_in_and_lists_go_out(benang: Command, tmp_path: Path) -> None:
    """With what was taken and what to do next."""
    folder = review(tmp_path, "ani")
    export = rayyan(tmp_path, ("r1", inclusion(Ani="Included")), ("r3", inclusion(Ani="Excluded")))

    taken = benang("screen", folder, "--decide", export)
    assert (taken.code, taken.out.splitlines()[0]) == (0, "Rayyan CSV: 2 decisions added to the log (ani)")

    said = benang("screen", "export", folder, "--undecided", "--coder", "ani", "-o", tmp_path / "ani.csv")
    assert said.code == 0, said.err
    assert said.out.splitlines()[0] == "2 undecided records written"
    assert "--stage title-abstract --coder ani" in said.out


def test_the_account_is_in_indonesian_too(benang: Command, tmp_path: Path) -> None:
    """Of imports and of lists."""
    folder = review(tmp_path, "ani")
    export = rayyan(tmp_path, ("r1", inclusion(Ani="Included")), ("Whistles", inclusion(Ani="Included")))

    taken = benang("--language", "id", "screen", folder, "--decide", export)
    said = benang("--language", "id", "screen", "export", folder, "--excluded", "-o", tmp_path / "out.ris")

    assert "1 putusan ditambahkan ke log (ani)" in taken.out
    assert "tidak ada artikel seperti itu dalam tinjauan ini" in taken.out
    assert "0 artikel yang dikecualikan ditulis" in said.out


@pytest.mark.parametrize(
    ("words", "message", "code"),
    [
        (("-o", "a.ris"), "Name a list: --included", 2),
        (("--included", "-o", "a.docx"), "the suffix decides the format", 2),
        (("--included", "--coder", "ani", "-o", "a.ris"), "--coder goes with --undecided alone", 2),
        (("--included",), "--output", 2),
    ],
)
def test_wrong_use_is_said(
    benang: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], message: str, code: int
) -> None:
    """And nothing is written."""
    monkeypatch.chdir(tmp_path)
    folder = review(tmp_path, "ani")

    said = benang("screen", "export", folder, *words)

    assert (said.code, message in said.err) == (code, True), said.err
    assert not list(tmp_path.glob("a.*"))
