"""Templates of forms: written into a codebook that stays valid, with what their licences allow."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tasks.coding.markets import markets

from benang.coding.codebook_file import read_codebook
from benang.errors import BenangError
from benang.tasks.coding.form_import import NewFormRequest, new_form, templates


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets."""
    return markets(tmp_path / "markets")


@pytest.mark.parametrize("name", list(templates()))
def test_a_template_makes_a_valid_form(folder: Path, name: str) -> None:
    """A template stands at the end of the codebook as a valid form, and all that was there before stays."""
    before = (folder / "codebook.toml").read_text(encoding="utf-8")
    new_form(NewFormRequest(folder=folder, template=name))
    form = read_codebook(folder / "codebook.toml").form(name)
    assert form is not None
    assert len(form.variables) == len(templates()[name]["items"])
    assert (folder / "codebook.toml").read_text(encoding="utf-8").startswith(before)


def test_all_templates_stand_in_one_codebook(folder: Path) -> None:
    """All templates stand in one codebook beside one another."""
    for name in templates():
        new_form(NewFormRequest(folder=folder, template=name))
    assert [form.id for form in read_codebook(folder / "codebook.toml").forms] == list(templates())


def test_a_template_says_what_its_licence_allows(folder: Path) -> None:
    """Where a licence does not allow the items to be copied, the codebook says so, and where they stand."""
    for name in ("jbi-qualitative", "casp-qualitative", "mmat"):
        new_form(NewFormRequest(folder=folder, template=name))
        assert "the labels are Benang's own" in " ".join(templates()[name]["note"].split())
    assert "# JBI reserves all rights" in (folder / "codebook.toml").read_text(encoding="utf-8")


def test_a_form_is_not_written_twice(folder: Path) -> None:
    """A form that stands in the codebook is not written a second time."""
    new_form(NewFormRequest(folder=folder, template="quads"))
    before = (folder / "codebook.toml").read_bytes()
    with pytest.raises(BenangError, match="it has the form 'quads' already"):
        new_form(NewFormRequest(folder=folder, template="quads"))
    assert (folder / "codebook.toml").read_bytes() == before


def test_line_ends_of_windows_stay(folder: Path) -> None:
    """A codebook with the line ends of Windows keeps them."""
    path = folder / "codebook.toml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    new_form(NewFormRequest(folder=folder, template="charting"))
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


def test_an_unknown_template_is_refused_with_the_nearest(folder: Path) -> None:
    """An unknown template is refused with the nearest, and a review without a codebook gets one."""
    with pytest.raises(BenangError, match="Did you mean 'quads'"):
        new_form(NewFormRequest(folder=folder, template="quad"))
    (folder / "codebook.toml").unlink()
    new_form(NewFormRequest(folder=folder, template="quads"))
    assert read_codebook(folder / "codebook.toml").form("quads")
