"""`benang refi` takes projects in and sends reviews out."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.qda.made_projects import schema_faults
from tests.support import Command
from tests.tasks.coding.markets import markets

RENT = "The rent of a stall"


def test_a_review_goes_out_as_a_project_and_as_a_codebook(benang: Command, tmp_path: Path) -> None:
    """Each valid; the account says what went out."""
    folder = markets(tmp_path / "markets")
    said = benang("refi", "export", tmp_path / "markets.qdpx", "--review", folder)
    with zipfile.ZipFile(tmp_path / "markets.qdpx") as archive:
        assert schema_faults(archive.read("project.qde"), "Project") == []

    assert (said.code, "documents  2" in " ".join(said.out.split("\n"))) == (0, True)
    assert benang("refi", "export", tmp_path / "markets.qdc", "--review", folder).code == 0
    assert schema_faults((tmp_path / "markets.qdc").read_bytes(), "Codebook") == []


def test_a_file_of_another_form_is_a_fault_of_the_command(benang: Command, tmp_path: Path) -> None:
    """With the forms that there are."""
    said = benang("refi", "export", tmp_path / "markets.nvpx", "--review", markets(tmp_path / "markets"))

    assert (said.code, ".qdpx" in said.err) == (2, True)


def test_what_went_out_comes_into_another_review(benang: Command, tmp_path: Path) -> None:
    """And once only."""
    folder, other = markets(tmp_path / "markets"), markets(tmp_path / "other")
    assert benang("code", "add", RENT, "--review", folder, "--record", "sari2018", "--code", "rent").code == 0
    benang("refi", "export", tmp_path / "markets.qdpx", "--review", folder)
    said = [benang("refi", "import", tmp_path / "markets.qdpx", "--review", other) for _ in range(2)]

    assert [one.code for one in said] == [0, 0]
    assert "codings 1" in said[0].out
    assert "nothing was added" in said[1].out
