"""`benang build` and `benang explain`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from tests.support import Command

from benang.cli.review import FORMATS
from benang.review.plan import ReportFormat

pytestmark = pytest.mark.slow


@pytest.fixture
def review(tmp_path: Path, test_data: Path) -> Path:
    """Return a fresh copy of the review of two night markets."""
    return Path(shutil.copytree(test_data / "mini-review", tmp_path / "review"))


def test_a_build_says_what_it_made_and_which_file_to_open(benang: Command, review: Path) -> None:
    """The last line names the report."""
    said = benang("build", review)

    assert said.code == 0, said.err
    assert "3 of 3 records read, 2 cases" in said.out
    assert said.out.splitlines()[-1] == f"Open {review / 'out' / 'report.html'}"


def test_a_second_build_says_that_nothing_was_made(benang: Command, built_review: Path) -> None:
    """What has not changed is kept."""
    assert "0 outputs made" in benang("build", built_review).out


def test_formats_are_said_in_one_list_or_in_several(benang: Command, built_review: Path) -> None:
    """Each report is named at the end, in one order."""
    together = benang("build", built_review, "--formats", "docx, HTML")
    apart = benang("build", built_review, "--formats", "html", "--formats", "docx")

    assert together.out.splitlines()[-2:] == [
        f"Open {built_review / 'out' / name}" for name in ("report.html", "report.docx")
    ]
    assert apart.out.splitlines()[-2:] == together.out.splitlines()[-2:]


def test_an_unknown_format_is_a_fault_of_the_usage(benang: Command, review: Path) -> None:
    """With those that are known, which are the plan's."""
    said = benang("build", review, "--formats", "html,odt")

    assert said.code == 2
    assert "'odt' is not a report format. Known: docx, html, pdf." in " ".join(said.err.split())
    assert get_args(ReportFormat) == FORMATS


def _made(out: Path) -> dict[str, bytes]:
    products = (path for path in out.rglob("*") if path.is_file() and path.name != "lock")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in products}


def test_two_builds_at_once_leave_what_the_last_one_makes(benang: Command, review: Path) -> None:
    """In two languages at the same time: one waits and says so, and no file of one stands under the other's name."""
    command = [sys.executable, "-m", "benang", "build", str(review), "--language"]
    builds = [
        subprocess.Popen([*command, language], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for language in ("en", "id")
    ]
    said = [build.communicate(timeout=600) for build in builds]
    together = _made(review / "out")
    alone = {}
    for language in ("en", "id"):
        out = review.parent / language
        assert benang("build", review, "--language", language, "--out", out).code == 0
        alone[language] = _made(out)

    assert [build.returncode for build in builds] == [0, 0], said
    assert together in alone.values()
    assert alone["en"] != alone["id"]


def test_a_wrong_key_of_the_plan_is_named(benang: Command, review: Path) -> None:
    """The message gives file, line and the nearest word."""
    plan = review / "review.toml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("title =", "titel =", 1), encoding="utf-8")

    said = benang("build", review)

    assert said.code == 1
    assert "review.toml, line 2: unknown key 'titel'. Did you mean 'title'?" in said.err


def test_an_unknown_code_is_named(benang: Command, review: Path) -> None:
    """A coding with a code that the codebook lacks gives its file, line and the nearest code."""
    log = review / "judgements" / "ani.jsonl"
    log.write_text(log.read_text(encoding="utf-8").replace('"code": "rain"', '"code": "rian"'), encoding="utf-8")

    said = benang("build", review)

    assert said.code == 1
    assert "ani.jsonl" in said.err
    assert "'rian'" in said.err
    assert "rain" in said.err


def test_a_folder_that_is_no_review_is_named(benang: Command, tmp_path: Path) -> None:
    """It says what a review's folder has."""
    said = benang("build", tmp_path)

    assert said.code == 1
    assert "review.toml" in said.err


def test_lost_quotes_are_listed_and_keep_going_builds(benang: Command, built_review: Path) -> None:
    """Code 1 and the list of files and lines; `--keep-going` builds and names what was left out."""
    (built_review / "documents" / "harjo2020.md").write_text(
        "# Harjo\n\nand the rent rose as well.\n", encoding="utf-8"
    )

    stopped = benang("build", built_review)
    went_on = benang("build", built_review, "--keep-going")

    assert stopped.code == 1
    assert "(--keep-going)" in stopped.err
    assert "ani.jsonl, line 1" in stopped.err
    assert went_on.code == 0, went_on.err
    assert "Left out: judgements/ani.jsonl, line 1" in went_on.out


def test_a_number_is_opened_in_the_terminal(benang: Command, review: Path) -> None:
    """Its cases and passages are quoted with their documents; a note says that it is one."""
    said = benang("explain", review, "reasons/rent/cases")

    assert said.code == 0, said.err
    assert "the rent of a stall doubled within a year" in said.out
    assert "documents/sari2018.md" in said.out
    assert "note on a secondary account" in said.out


def test_an_unknown_number_gives_the_nearest(benang: Command, review: Path) -> None:
    """A mistyped id is answered with the id that was meant."""
    said = benang("explain", review, "reasons/rents/cases")

    assert said.code == 1
    assert "reasons/rent/cases" in said.err


def test_retracted_works_are_named_by_a_build(benang: Command, built_review: Path) -> None:
    """By their keys, so that a reviewer finds them; a review without any says nothing of it."""
    plain = benang("build", built_review)
    path = built_review / "sources" / "markets.ris"
    path.write_text(path.read_text("utf-8").replace("TI  - ", "TI  - RETRACTED: ", 1), encoding="utf-8")
    marked = benang("build", built_review, "--keep-going")

    assert "marked as" not in plain.out
    assert re.search(r"1 work is marked as retracted: \S+", marked.out), marked.out + marked.err
