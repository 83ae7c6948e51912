"""What a stranger can check in the builds of the examples: numbers by a script, workbooks against the logs."""

from __future__ import annotations

import html
import json
import re
import runpy
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from python_calamine import CalamineWorkbook

from benang.evidence import RuleName
from benang.tasks.build.building import build

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = ROOT / "docs" / "recompute.py"
Book = dict[str, Any]


@pytest.fixture(scope="module", params=["sister-cities", "night-markets", "screening"])
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
    if evidence.parent.name.startswith("sister-cities"):
        assert ran.stdout in (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")


def test_a_number_that_was_tampered_with_is_named(book: Book, differing: Callable[[Book], list[str]]) -> None:
    """Every number is changed by one in the last decimal that is shown, and every one of them is noticed."""
    off = {
        key: {**number, "value": number["value"] + 10.0 ** -(number["decimals"] + 2 * (number["unit"] == "share"))}
        for key, number in book["numbers"].items()
    }

    assert [line.partition(": ")[0] for line in differing({**book, "numbers": off})] == list(off)


@pytest.fixture(scope="module")
def recomputed() -> Callable[[Book, dict[str, Any]], float]:
    """Return the function of the script that makes one number anew."""
    function: Callable[[Book, dict[str, Any]], float] = runpy.run_path(str(SCRIPT))["recomputed"]
    return function


def test_the_script_reads_no_value_back(book: Book, recomputed: Callable[[Book, dict[str, Any]], float]) -> None:
    """Without any of the values in the file, the same numbers come out."""
    bare = {key: {name: number[name] for name in number if name != "value"} for key, number in book["numbers"].items()}
    anew = {key: recomputed({**book, "numbers": bare}, number) for key, number in bare.items()}

    assert anew == pytest.approx({key: number["value"] for key, number in book["numbers"].items()}, rel=0, abs=1e-4)


def test_a_measure_made_of_something_else_is_noticed(
    book: Book, recomputed: Callable[[Book, dict[str, Any]], float]
) -> None:
    """Each part of each rule that occurs is replaced: records by none, a field by another, a value by −7."""

    def is_noticed(number: dict[str, Any], part: str) -> bool:
        others = {"records": [], "whole": [], "values": [1], "field": "types"}
        tampered = {**number, "made_of": {**number["made_of"], part: others.get(part, -7)}}
        try:
            return bool(abs(recomputed(book, tampered) - number["value"]) > 1e-4)
        except (ArithmeticError, LookupError, TypeError, ValueError):
            return True

    measures = [number for number in book["numbers"].values() if number["kind"] == "measure"]
    parts = {(number["rule"], part) for number in measures for part in number["made_of"]}

    assert len(parts) > 10
    assert parts == {
        (number["rule"], part) for number in measures for part in number["made_of"] if is_noticed(number, part)
    }


def test_a_changed_record_is_noticed_by_the_measures_that_read_it(
    book: Book, differing: Callable[[Book], list[str]]
) -> None:
    """The earliest record is made a century older."""
    oldest = min((key for key, one in book["records"].items() if "year" in one), key=lambda key: _year(book, key))
    records = {**book["records"], oldest: {**book["records"][oldest], "year": _year(book, oldest) - 100}}

    names = {line.partition(": ")[0] for line in differing({**book, "records": records})}

    assert {"corpus/overview/first-year/value", "corpus/growth/rate/value"} <= names


def test_the_report_prints_each_number_with_the_decimals_that_the_file_gives(evidence: Path, book: Book) -> None:
    """Whoever rounds a value so finds it in the report; shares are printed as percentages."""
    page = (evidence.parent / "report.html").read_text(encoding="utf-8")
    printed = dict(re.findall(r'data-number="([^"]*)"[^>]*>([^<]*)</a>', page))
    shown = {}
    for key in printed:
        number = book["numbers"][html.unescape(key)]
        is_share, is_year = number["unit"] == "share", number["unit"] == "year"
        value = 100 * number["value"] if is_share else number["value"]
        text = f"{value:{'' if is_year else ','}.{number['decimals']}f}{'%' if is_share else ''}"
        shown[key] = text.replace("-", "−")

    assert len(shown) > 100
    assert printed == shown


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


def _coded(review: Path) -> dict[tuple[str, str], int]:
    """Count the passages of each case and code in the logs of a review, as plain JSON lines."""
    passages: dict[tuple[str, str], int] = defaultdict(int)
    for log in sorted((review / "judgements").glob("*.jsonl")):
        for line in map(json.loads, log.read_text(encoding="utf-8").splitlines()[1:]):
            if line.get("kind") == "coding" and line.get("stance", "supports") == "supports":
                passages[line["case"], line["code"]] += 1
    return passages


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _sheets(book: Path) -> list[list[list[Any]]]:
    workbook = CalamineWorkbook.from_path(str(book))
    return [workbook.get_sheet_by_index(at).to_python(skip_empty_area=False) for at in range(len(workbook.sheet_names))]


def test_the_counts_in_the_workbooks_are_those_of_the_logs(evidence: Path) -> None:
    """Codes and matrix of each group, counted anew from the lines of the logs; the second example has no codings."""
    review = ROOT / "examples" / re.sub(r"\d+$", "", evidence.parent.name)
    plan, coded, book = _toml(review / "review.toml"), _coded(review), _toml(review / "codebook.toml")
    tables = [one for one in plan.get("tables", ()) if one["kind"] in ("codes", "case-matrix")]
    assert len(tables) == (3 if coded else 0)

    for one in tables:
        first, second = _sheets(evidence.parent / "tables" / f"{one['name']}.xlsx")
        codes = [code for code in book["codes"] if code["group"] == one["codes"] and not code.get("heading")]
        of_code = {code["label"]["en"]: [n for (_, key), n in coded.items() if key == code["id"]] for code in codes}
        n_cases = {label: len(passages) for label, passages in of_code.items()}

        assert {row[0]: row[1] for row in second[1:] if row[1] != ""} == n_cases
        quotations = [row[0] for row in second[1:] if row[1] == ""]
        assert {label: quotations.count(label) for label in of_code} == {label: sum(n) for label, n in of_code.items()}
        if one["kind"] == "codes":
            assert {row[0]: row[first[0].index("Cases")] for row in first[1:]} == n_cases
        else:
            _check_matrix(first, n_cases, sum(map(sum, of_code.values())), _toml(review / "cases.toml")["cases"])


def _check_matrix(sheet: list[list[Any]], n_cases: dict[str, int], n_passages: int, cases: list[Any]) -> None:
    """Hold the cells, the totals of codes and those of cases of a wide matrix against the logs."""
    _bands, heads, *rows = sheet
    at = next(at for at, row in enumerate(rows) if str(row[0]).startswith("Cases with a passage that reports it"))

    assert at == len(cases)
    assert dict(zip(heads[2:], rows[at][2:], strict=True)) == n_cases
    assert sum(sum(row[2:]) for row in rows[:at]) == n_passages
    assert [row[1] for row in rows[:at]] == [sum(value > 0 for value in row[2:]) for row in rows[:at]]
