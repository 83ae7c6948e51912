"""The build backend: hatchling, once Python is known to be new enough and the scripts of pages are built.

The pip that comes with Python 3.9 and 3.10 (23.0) looks at `requires-python` only after all dependencies, and then says
which of their versions don't fit instead. A backend in the source tree that requires nothing is asked before anything
is downloaded (PEP 517), and requires hatchling only then. Nothing here may need a newer Python than 3.7 to be read.
Node, which builds them, is required only where its bundles are not what `ui/` makes.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

if sys.version_info < (3, 11):  # noqa: UP036 - this is where an older one is refused
    sys.exit(f"Benang needs Python 3.11 or newer, found {sys.version_info[0]}.{sys.version_info[1]}")


def get_requires_for_build_wheel(*_settings: Any) -> list[str]:
    """Name what builds a wheel."""
    ui = _build_ui()
    return ["hatchling>=1.27", *([] if ui.is_fresh() else [ui.NODE])]


get_requires_for_build_sdist = get_requires_for_build_wheel


def get_requires_for_build_editable(*_settings: Any) -> list[str]:
    """Name what builds a wheel that points to the source, as hatchling does."""
    return [*get_requires_for_build_wheel(), "editables~=0.3"]


def _build_ui() -> Any:
    return import_module(".build_ui", __package__) if __package__ else import_module("build_ui")


def _hatchling() -> Any:
    """Build the scripts of pages, and return what packs it up with the rest."""
    ui = _build_ui()
    try:
        ui.build()
    except ui.BuildError as error:
        sys.exit(str(error))
    return import_module("hatchling.build")


def build_wheel(*arguments: Any) -> Any:
    """Build a wheel."""
    return _hatchling().build_wheel(*arguments)


def build_editable(*arguments: Any) -> Any:
    """Build a wheel that points to the source."""
    return _hatchling().build_editable(*arguments)


def build_sdist(*arguments: Any) -> Any:
    """Build an archive of the source."""
    return _hatchling().build_sdist(*arguments)
