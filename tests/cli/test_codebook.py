"""`benang codebook` and `case` change codes and cases, `form` fills in forms; `code` shows what needs a second look."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support import Command
from tests.tasks.coding.appraised import RENT, appraised_markets
from tests.tasks.coding.markets import markets


@pytest.fixture
def folder(tmp_path: Path, benang: Command) -> Path:
    """Return a review of night markets with a passage that is coded."""
    folder = markets(tmp_path / "markets")
    words = ("code", "add", "The rent of a stall doubled", "--review", folder)
    assert benang(*words, "--record", "sari2018", "--code", "rent").code == 0
    return folder


def test_a_code_is_renamed_and_its_passages_follow(folder: Path, benang: Command) -> None:
    """A code is renamed and its passages follow."""
    said = benang("codebook", "rename", folder, "rent", "dearer-stalls")
    assert (said.code, said.out.splitlines()[1]) == (0, f"Written: {folder / 'codebook.toml'}")
    rows = json.loads(benang("code", "list", "--review", folder, "--json").out)
    assert [row["code"] for row in rows] == ["dearer-stalls"]


def test_what_is_refused_ends_with_1_and_says_what_was_meant(folder: Path, benang: Command) -> None:
    """What is refused ends with 1 and says what was meant."""
    said = benang("codebook", "rename", folder, "rnt", "dear")
    assert (said.code, "CODE: 'rnt' is not a code" in said.err, "Did you mean 'rent'?" in said.err) == (1, True, True)
    said = benang("code", "list", "--review", folder, "--code", "rnt")
    assert "--code: 'rnt' is not a code" in said.err
    said = benang("codebook", "add", folder, "Ferries", "--group", "reason")
    assert (said.code, "--group: 'reason' is not a group" in said.err) == (1, True)


def test_a_code_is_added_merged_retired_and_split(folder: Path, benang: Command) -> None:
    """A code is added, merged, retired and split."""
    for words in (
        ("add", folder, "Ferry fares", "--label-id", "Tarif feri", "--definition", "A dear ferry."),
        ("merge", folder, "permits", "ferry-fares"),
        ("retire", folder, "ferry-fares"),
        ("split", folder, "rent", "Rent of stalls", "Rent of storage"),
    ):
        assert benang("codebook", *words).code == 0
    out = benang("--language", "id", "codebook", "show", folder).out
    assert [line for line in out.splitlines() if line.startswith("###")] == [
        "### Sewa naik", "### Rent of stalls", "### Rent of storage", "### Noise", "### Tarif feri",
    ]  # fmt: skip


def test_passages_under_an_older_rule_are_listed_and_confirmed(folder: Path, benang: Command) -> None:
    """Passages under an older rule are listed and confirmed."""
    path = folder / "codebook.toml"
    path.write_bytes(path.read_bytes().replace(b"The price of a stall rises.", b"It doubles."))
    (row,) = json.loads(benang("code", "list", "--again", "--review", folder, "--json").out)
    assert (row["old_rule"], row["new_rule"]) == ("The price of a stall rises.", "It doubles.")
    assert "Rule now: It doubles." in benang("code", "list", "--again", "--review", folder).out
    assert benang("code", "confirm", row["id"], "--review", folder).out.startswith("Confirmed under the current rule")
    assert json.loads(benang("code", "list", "--again", "--review", folder, "--json").out) == []


def test_the_changes_since_an_earlier_version_are_said_in_words(folder: Path, benang: Command) -> None:
    """The changes since an earlier version are said in words."""
    benang("codebook", "retire", folder, "rent")
    lines = benang("codebook", "diff", folder, "1").out.splitlines()
    assert lines[1:] == ["Rising rent [rent]", "  retired", "Codes that differ: 1."]
    said = benang("codebook", "diff", folder, "9")
    assert (said.code, "there is no version '9' of the codebook" in said.err) == (1, True)


def test_a_codebook_is_written_in_the_form_of_its_suffix(folder: Path, benang: Command) -> None:
    """A codebook is written in the form of its suffix."""
    for suffix in ("html", "docx", "xlsx", "md", "qdc"):
        assert benang("codebook", "show", folder, "-o", folder.parent / f"c.{suffix}").code == 0
    assert benang("codebook", "show", folder, "-o", folder.parent / "c.odt").code == 2


def test_a_sheet_is_filled_in_and_taken_in(benang: Command, tmp_path: Path) -> None:
    """A sheet is written, filled in and taken in, and its answer names the file."""
    folder = appraised_markets(tmp_path / "markets")
    sheet = tmp_path / "quality.csv"
    assert benang("form", "sheet", folder, "quality", "-o", sheet).code == 0
    text = sheet.read_text(encoding="utf-8-sig").replace("sari2018,sari2018,,", f"sari2018,sari2018,Yes,{RENT}")
    sheet.write_text(text, encoding="utf-8")
    said = benang("form", "import", sheet, "--review", folder)
    assert said.code == 0
    assert "Values added: 1; already there: 0; not added: 0." in said.out
    assert "quality-checked.csv" in said.out


def test_a_value_without_a_quote_is_a_refusal(benang: Command, tmp_path: Path) -> None:
    """A value without a quote is refused with the option that is missing, and nothing is written."""
    folder = appraised_markets(tmp_path / "markets")
    said = benang("form", "set", folder, "sari2018", "aim", "yes")
    assert said.code == 1
    assert "(--quote)" in said.err
    assert not (folder / "judgements").exists()


def test_a_case_is_added_changed_and_removed(folder: Path, benang: Command) -> None:
    """By its label; what is refused says which option was meant."""
    said = benang("case", "add", folder, "Market of lamps", "--study", "sari2018", "--study", "lestari2019")
    assert (said.code, said.out.splitlines()[0]) == (0, "Added: Market of lamps.")
    said = benang("case", "change", folder, "Market of lamps", "--label", "Market of lights")
    assert (said.code, said.out.splitlines()[0]) == (0, "Changed: Market of lights.")
    text = (folder / "cases.toml").read_text(encoding="utf-8")
    assert 'label = "Market of lights"\nstudies = ["sari2018", "lestari2019"]' in text
    said = benang("case", "remove", folder, "Market of lights")
    assert (said.code, said.out.splitlines()[0]) == (0, "Removed: Market of lights.")
    said = benang("case", "remove", folder, "Muara")
    assert (said.code, "1 judgement is about the case 'Muara'" in said.err) == (1, True)
    said = benang("case", "add", folder, "MUARA")
    assert (said.code, "LABEL: there is already a case 'MUARA'" in said.err) == (1, True)
