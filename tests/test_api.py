"""The public API: every name on the one screen is there, documented, and loaded only when used."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import benang

pytestmark = pytest.mark.fast


def test_importing_benang_loads_nothing_else() -> None:
    """`import benang` costs nothing."""
    code = "import sys, benang; print(sorted(n for n in sys.modules if n.startswith('benang.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", [name for name in benang.__all__ if name != "__version__"])
def test_every_public_function_is_there_and_documented(name: str) -> None:
    """It can be called, its docstring has a summary, and what it gives is typed."""
    function = getattr(benang, name)

    assert callable(function)
    assert (inspect.getdoc(function) or "").strip()
    assert inspect.signature(function).return_annotation is not inspect.Signature.empty


def test_works_of_two_exports_are_joined_and_written_from_a_notebook(tmp_path: Path) -> None:
    """Paths may be plain strings; one paper in two exports is one work, and one entry of the file written."""
    (tmp_path / "a.ris").write_text("TY  - JOUR\nTI  - Kota kembar\nDO  - 10.9999/a\nER  - \n", encoding="utf-8")
    (tmp_path / "b.ris").write_text("TY  - JOUR\nTI  - KOTA KEMBAR\nDO  - 10.9999/A\nER  - \n", encoding="utf-8")

    records = benang.read(str(tmp_path / "a.ris"), str(tmp_path / "b.ris"))
    works = benang.joined(records, benang.find_duplicates(records))
    benang.write_records(works, str(tmp_path / "works.bib"))

    assert (len(records), len(works)) == (2, 1)
    assert (tmp_path / "works.bib").read_text(encoding="utf-8").count("@") == 1


def test_an_unknown_name_is_refused() -> None:
    """The module says which name it lacks."""
    with pytest.raises(AttributeError, match="'benang' has no attribute 'maps_of_everything'"):
        _ = benang.maps_of_everything
