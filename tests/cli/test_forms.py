"""`benang form`: a sheet written, filled in and taken in, as a user would."""

from __future__ import annotations

from pathlib import Path

from tests.support import Command
from tests.tasks.coding.appraised import RENT, appraised_markets


def test_a_sheet_is_filled_in_and_taken_in(benang: Command, tmp_path: Path) -> None:
    """A sheet is written, filled in and taken in, and its answer names the file."""
    folder = appraised_markets(tmp_path / "markets")
    sheet = tmp_path / "quality.csv"
    assert benang("form", "sheet", folder, "quality", "-o", sheet).code == 0
    text = sheet.read_text(encoding="utf-8-sig").replace("sari2018,sari2018,,", f"sari2018,sari2018,Yes,{RENT}")
    sheet.write_text(text, encoding="utf-8")
    said = benang("form", "import", sheet, "--review", folder)
    assert said.code == 0
    assert "Values taken in: 1; there already: 0; not taken in: 0." in said.out
    assert "quality-checked.csv" in said.out


def test_a_value_without_a_quote_is_a_refusal(benang: Command, tmp_path: Path) -> None:
    """A value without a quote is refused with the option that is missing, and nothing is written."""
    folder = appraised_markets(tmp_path / "markets")
    said = benang("form", "set", folder, "sari2018", "aim", "yes")
    assert said.code == 1
    assert "(--quote)" in said.err
    assert not (folder / "judgements").exists()
