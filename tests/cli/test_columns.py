"""`--columns`, and the plan beside exports."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from benang.cli.columns import columns_of
from benang.cli.plan_beside import sources_beside
from benang.errors import BenangError

ONE = [Path("a.csv")]
TWO = [Path("a.csv"), Path("C:/data/b.csv")]


@pytest.mark.parametrize(
    ("given", "columns"),
    [
        ("title=Judul; year=3", {"title": "Judul", "year": "3"}),
        ("title = Judul, year = 3", {"title": "Judul", "year": "3"}),
        ("title=Title: full; issue=No., of issue", {"title": "Title: full", "issue": "No., of issue"}),
        ("'title=Judul'", {"title": "Judul"}),
        ("“title=Judul”", {"title": "Judul"}),
        ("a.csv:title=Judul", {"title": "Judul"}),
        ("a.csv: title=Judul", {"title": "Judul"}),
    ],
)  # fmt: skip
def test_fields_and_headers_are_parted(given: str, columns: dict[str, str]) -> None:
    """At semicolons or commas before a field; quotation marks that a terminal left are taken off."""
    assert columns_of([given], ONE) == {"a.csv": columns}


def test_each_of_several_files_has_its_columns() -> None:
    """The name of a file stands before its fields, drive and all."""
    given = ["a.csv:title=Judul", "C:/data/b.csv:title=Titel; year=Jahr", "a.csv:year=Tahun"]
    assert columns_of(given, TWO) == {
        "a.csv": {"title": "Judul", "year": "Tahun"},
        "C:/data/b.csv": {"title": "Titel", "year": "Jahr"},
    }


@pytest.mark.parametrize(
    ("given", "files", "message"),
    [
        ("titel=Judul", ONE, "records have no field 'titel'. Did you mean 'title'?"),
        ("Judul", ONE, "found 'Judul'. Double quotes hold it together."),
        ("title=", ONE, "title has no column behind its '='"),
        ("title=A; title=B", ONE, "title is named twice, as 'A' and as 'B'"),
        ("title=A", TWO, "several files may be meant; put its name before the fields"),
    ],
)
def test_what_is_written_otherwise_is_refused(given: str, files: list[Path], message: str) -> None:
    """Each message says what was expected, or which word was meant."""
    with pytest.raises(click.UsageError) as error:
        columns_of([given], files)
    assert message in str(error.value)


def test_a_plan_beside_files_says_what_their_columns_hold(tmp_path: Path) -> None:
    """Of a file or of the folder that it lies in, from above as well; what it says of others is passed over."""
    (tmp_path / "sources").mkdir()
    table = tmp_path / "sources" / "list.csv"
    table.write_text("Naslov\n", encoding="utf-8")
    plan = '[sources.columns."sources/list.csv"]\ntitle = "Naslov"\n[sources.forms]\n"sources/other.txt" = "RIS"\n'
    (tmp_path / "review.toml").write_text(f'title = "no plan that is whole"\n{plan}', encoding="utf-8")

    assert sources_beside([table]).columns == {table.as_posix(): {"title": "Naslov"}}
    assert sources_beside([table]).forms == {}
    assert sources_beside([table.parent]).columns == {table.as_posix(): {"title": "Naslov"}}
    assert sources_beside([table.parent]).forms == {(table.parent / "other.txt").as_posix(): "RIS"}


def test_a_wrong_plan_beside_files_is_named(tmp_path: Path) -> None:
    """Nothing that a plan says of sources is passed over in silence."""
    (tmp_path / "review.toml").write_text('[sources]\ncolums = "x"\n', encoding="utf-8")
    with pytest.raises(BenangError, match="colums"):
        sources_beside([tmp_path / "list.csv"])
