"""The public API: every name on the one screen is there, documented, and loaded only when used."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import benang


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


def test_an_unknown_name_is_refused() -> None:
    """The module says which name it lacks."""
    with pytest.raises(AttributeError, match="'benang' has no attribute 'maps_of_everything'"):
        _ = benang.maps_of_everything
