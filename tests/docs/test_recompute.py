"""A stranger's script computes the numbers of the examples again, and a wrong one does not get past it."""

from __future__ import annotations

import json
import re
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from benang.evidence import RuleName
from benang.tasks.build.building import build

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = ROOT / "docs" / "recompute.py"
Book = dict[str, Any]


@pytest.fixture(scope="module", params=["sister-cities", "night-markets"])
def evidence(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the evidence of each example, built anew."""
    out = tmp_path_factory.mktemp(request.param)
    build(ROOT / "examples" / request.param, out=out)
    return out / "evidence.json"


@pytest.fixture(scope="module")
def book(evidence: Path) -> Book:
    """Return it read."""
    read: Book = json.loads(evidence.read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def differing() -> Callable[[Book], list[str]]:
    """Return the function of the script that names the numbers which don't come out again."""
    found: Callable[[Book], list[str]] = runpy.run_path(str(SCRIPT))["differing"]
    return found


def test_the_script_recomputes_every_number_with_nothing_but_python(evidence: Path, book: Book) -> None:
    """It runs apart from all that is installed, and finds nothing wrong."""
    ran = subprocess.run([sys.executable, "-I", "-S", SCRIPT, evidence], capture_output=True, text=True, check=False)

    assert (ran.stderr, ran.returncode) == ("", 0)
    n_counts = sum(number["kind"] == "count" for number in book["numbers"].values())
    n_measures = len(book["numbers"]) - n_counts
    assert n_counts > 100
    assert n_measures > 100
    assert ran.stdout == f"{n_counts} counts and {n_measures} measures recomputed, 0 differ\n"


def test_a_number_that_was_tampered_with_is_named(book: Book, differing: Callable[[Book], list[str]]) -> None:
    """Every number is changed by one in the last decimal that is shown, and every one of them is noticed."""
    off = {
        key: {**number, "value": number["value"] + 10.0 ** -(number["decimals"] + 2 * (number["unit"] == "share"))}
        for key, number in book["numbers"].items()
    }

    assert [line.partition(": ")[0] for line in differing({**book, "numbers": off})] == list(off)


def test_a_changed_record_is_noticed_by_the_measures_that_read_it(
    book: Book, differing: Callable[[Book], list[str]]
) -> None:
    """The earliest record is made a century older."""
    oldest = min((key for key, one in book["records"].items() if "year" in one), key=lambda key: _year(book, key))
    records = {**book["records"], oldest: {**book["records"][oldest], "year": _year(book, oldest) - 100}}

    names = {line.partition(": ")[0] for line in differing({**book, "records": records})}

    assert {"corpus/overview/first-year/value", "corpus/growth/rate/value"} <= names


def _year(book: Book, key: str) -> int:
    year: int = book["records"][key]["year"]
    return year


def test_the_script_and_its_page_have_every_rule_and_no_other() -> None:
    """The vocabulary of rules is closed."""
    page = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    table = page[page.index("## Rules") : page.index("There are no other rules")]
    rules = [name for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in re.findall("`(.*?)`", row)]

    assert sorted(rules) == sorted(get_args(RuleName))
    assert sorted(runpy.run_path(str(SCRIPT))["RULES"]) == sorted(get_args(RuleName))
