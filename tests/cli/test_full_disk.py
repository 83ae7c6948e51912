"""A disk that is full, tried on everything that writes: a message that names the file, and all stays as it was.

The system's limit on the size of files stands for the full disk: writing ends half-way with the same kind of error.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.tasks.coding.markets import markets
from tests.tasks.screening.shelves import shelves, table

from benang.judgements.events import Task
from benang.judgements.lines import as_line

pytestmark = pytest.mark.slow

resource = pytest.importorskip("resource", reason="Windows knows no limit on the size of files")

_TRY = """
import contextlib, io, json, os, resource, sys
from pathlib import Path
from benang.cli.commands import run

def said(*arguments):
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as err:
        try:
            code = run(list(arguments))
        except BaseException as error:
            code, _ = type(error).__name__, err.write(str(error))
    return [code, err.getvalue()]

made = said("map", "a.ris", "--items", "author-keywords", "--min-occurrences", "1", "-o", "old.json")
assert made[0] == 0, made
cases = json.loads(sys.argv[1])
answers = []
sys.dont_write_bytecode = True  # Python would keep what fits of modules that it compiles meanwhile, and trip over them
for case in cases:
    before = sorted(os.listdir("out"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, resource.RLIM_INFINITY))
    answer = said(*case)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    answers.append([*answer, sorted(os.listdir("out")) == before])
print(json.dumps(answers))
"""

_KEYWORDS = ("--items", "author-keywords", "--min-occurrences", "1")
CASES: tuple[tuple[str, ...], ...] = (
    *(("records", "a.ris", "-o", f"out/a.{form}") for form in ("ris", "bib", "csv", "json", "xlsx")),
    ("records", "a.ris", "-o", "out/corpus"),
    ("records", "a.ris", "--ledger", "out/ledger.json"),
    ("records", "a.ris", "--ledger", "out/ledger.csv"),
    ("records", "a.ris", "b.ris", "--duplicates", "out/works.csv"),
    ("records", "a.ris", "b.ris", "--doubts", "out/doubts.csv"),
    *(("describe", "a.ris", "-o", f"out/d.{form}") for form in ("html", "csv", "xlsx", "png", "svg", "pdf")),
    *(
        ("convert", "old.json", f"out/m.{form}")
        for form in ("json", "txt", "gml", "graphml", "gexf", "net", "mat", "paj", "csv", "tsv")
    ),
    ("layout", "old.json", "-o", "out/m.png", "-o", "out/m.svg", "-o", "out/m.pdf", "-o", "out/m.eps"),
    ("map", "a.ris", *_KEYWORDS, "-o", "out/m.json", "-o", "out/m.txt", "-o", "out/m.png"),
    *(("stability", "old.json", "--runs", "2", "-o", f"out/s.{form}") for form in ("csv", "json", "png")),
    ("thesaurus", "a.ris", "-o", "out/thesaurus.tsv"),
    ("send", "review", "-o", "out/review.zip"),
    ("code", "add", "closed two gates", "--record", "sari2018", "--code", "permits", "--review", "review"),
    ("merge", "review", "theirs.jsonl"),
    ("screen", "shops", "--decide", "decisions.csv"),
    ("screen", "assign", "shops", "--round", "pilot", "--records", "2"),
    ("screen", "export", "shops", "--undecided", "-o", "out/undecided.csv"),
)


def _export(word: str) -> str:
    """Write 24 records: every file made of them has more than 20 bytes, and of few keywords maps are drawn soon."""
    records = (
        f"TY  - JOUR\nAU  - Umpama, {'ABCDEFG'[at % 7]}.\nTI  - Pasar malam {at}\nPY  - {2001 + at % 9}\n"
        f"JO  - Journal {word}\nAB  - {word} {at} {'pasar malam ' * 40}\nKW  - kota {at % 4}\nKW  - kota-{at % 4}\n"
        "KW  - malam\nER  - \n"
        for at in range(24)
    )
    return "\n".join(records)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], tuple[object, str, bool]]:
    """Run all commands in one process, on a disk that has room for 20 bytes a file."""
    folder = tmp_path_factory.mktemp("full")
    (folder / "out").mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.ris").write_text(_export(name), encoding="utf-8")
    markets(folder / "review")
    table(folder / "decisions.csv", {"s0": "include"})
    shelves(folder / "shops")
    task = Task(id="t1", coder="ani", case="muara", group="reasons")
    (folder / "theirs.jsonl").write_text(as_line(task) + "\n", encoding="utf-8")
    command = [sys.executable, "-c", _TRY, json.dumps(CASES)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return {case: tuple(answer) for case, answer in zip(CASES, json.loads(done.stdout), strict=True)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join((case[0], Path(case[-1]).name)))
def test_a_full_disk_is_a_message(
    answers: dict[tuple[str, ...], tuple[object, str, bool]], case: tuple[str, ...]
) -> None:
    """The file is named, or the folder for temporary ones; nothing is left half-written."""
    code, said, is_as_before = answers[case]

    assert code == 1
    assert "(File too large)" in said
    assert (
        any(place in said for place in ("out/", "review/", "judgements")) or "can't write temporary files here" in said
    )
    assert is_as_before
