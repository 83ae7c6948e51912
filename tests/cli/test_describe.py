"""`benang describe`: a summary, a page, tables and figures from exports."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benang.cli.records import describe_command

RIS = """TY  - JOUR
ID  - {key}
AU  - Sari, D.
PY  - {year}
TI  - Kota {key}
JO  - Jurnal Kota
KW  - kota
ER  -\x20

"""

Describe = Callable[..., Result]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Return a RIS file of six records over three years."""
    path = tmp_path / "a.ris"
    path.write_text("".join(RIS.format(key=f"k{at}", year=2018 + at // 2) for at in range(6)), encoding="utf-8")
    return path


@pytest.fixture
def describe() -> Describe:
    """Return a function that runs the command; an error of ours is raised, as the program's main would catch it."""

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(describe_command, [str(one) for one in arguments], catch_exceptions=False)

    return run


def test_without_output_a_summary_is_printed(describe: Describe, export: Path) -> None:
    """What was read, the indicators, and what no record carries."""
    said = describe(export)

    assert said.exit_code == 0, said.output
    assert "6 of 6 records read" in said.output
    assert "Citations to the records:\n  Not available, because no record contains: citations." in said.output
    assert "Jurnal Kota" in said.output


def test_all_forms_are_written_and_named(describe: Describe, export: Path, tmp_path: Path) -> None:
    """A page, two tables, and a file for each figure."""
    outputs = [tmp_path / name for name in ("out.html", "out.csv", "out.xlsx", "out.png")]
    said = describe(export, *(part for path in outputs for part in ("-o", path)))

    assert said.exit_code == 0, said.output
    assert {path.name for path in tmp_path.glob("out*")} == {
        "out.html", "out.csv", "out.xlsx", "out-years.png", "out-keywords.png",
    }  # fmt: skip
    assert said.output.count("Written: ") == 5


def test_the_same_call_writes_the_same_bytes(describe: Describe, export: Path, tmp_path: Path) -> None:
    """Page, table and workbook."""
    names = ("out.html", "out.csv", "out.xlsx")
    made = []
    for _ in range(2):
        describe(export, *(part for name in names for part in ("-o", tmp_path / name)))
        made.append([(tmp_path / name).read_bytes() for name in names])

    assert made[0] == made[1]


def test_the_page_can_be_indonesian(describe: Describe, export: Path, tmp_path: Path) -> None:
    """Its language is told to browsers and screen readers."""
    describe(export, "-o", tmp_path / "out.html", "--language", "id")

    assert '<html lang="id">' in (tmp_path / "out.html").read_text(encoding="utf-8")


def test_an_unknown_suffix_is_refused_before_anything_is_read(describe: Describe, tmp_path: Path) -> None:
    """The known ones are named; the file to read need not even be there."""
    said = describe(tmp_path / "none.ris", "-o", tmp_path / "out.docx")

    assert said.exit_code == 2
    assert ".html, .csv, .xlsx, .png, .svg, .pdf" in said.output


def test_what_is_read_is_not_overwritten(describe: Describe, tmp_path: Path) -> None:
    """An export given as output too is refused."""
    copy = tmp_path / "records.csv"
    copy.write_text("title,year\nKota,2020\n", encoding="utf-8")
    said = describe(copy, "-o", copy)

    assert said.exit_code == 2
    assert copy.read_text(encoding="utf-8").startswith("title,year")


def test_a_full_last_year_counts_for_growth(describe: Describe, export: Path) -> None:
    """2018 to 2020 in place of 2018 to 2019."""
    assert "Last full year" in describe(export).output
    said = describe(export, "--last-full-year", 2020).output

    assert next(line.split()[-1] for line in said.splitlines() if "Last full year" in line) == "2020"


def test_a_thesaurus_joins_variants_and_is_named_on_the_page(describe: Describe, tmp_path: Path) -> None:
    """Two spellings of one keyword are one; a line that matches nothing is named."""
    export, thesaurus, page = tmp_path / "a.ris", tmp_path / "words.tsv", tmp_path / "page.html"
    export.write_text(
        "TY  - JOUR\nTI  - Of markets\nKW  - stalls\nER  - \n\nTY  - JOUR\nTI  - Of towns\nKW  - booths\nER  - \n"
    )
    thesaurus.write_text("label\treplace by\nbooths\tstalls\nnowhere\tx\n")

    summary = describe(export, "--thesaurus", thesaurus).output
    describe(export, "--thesaurus", thesaurus, "-o", page)

    assert re.search(r"(?m)^  stalls +2 ", summary)
    assert "words.tsv, 1 of 2 lines matches nothing: 'nowhere'." in summary
    assert "as listed in words.tsv." in page.read_text("utf-8")
