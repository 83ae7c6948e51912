"""A new folder, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benang.errors import BenangError, Problem
from benang.project.folder import PLAN
from benang.unfinished import remove_leftovers, temporary_prefix


def check_free(folder: Path) -> None:
    """Refuse a folder that holds something; hidden files (`.git`, `.DS_Store`) are no matter.

    Raises
    ------
    BenangError
        Where a file, or a link that leads nowhere, stands in its place, or it is not empty.
    """
    if (folder / PLAN).exists():
        way_on = "See where it stands with `benang status FOLDER`, or name another folder."
        raise BenangError(Problem("there is a review in this folder already", where=str(folder), way_on=way_on))
    if folder.is_dir():
        there = sorted(one.name for one in folder.iterdir() if not one.name.startswith("."))
        if there:
            found = f"this folder is not empty: it holds {', '.join(there[:3])}{' …' if len(there) > 3 else ''}"
            raise BenangError(Problem(found, where=str(folder), way_on="Name a new folder, or an empty one."))
    elif os.path.lexists(folder):
        raise BenangError(Problem("this is no folder", where=str(folder), way_on="Name a new folder."))


def write_folder(folder: Path, files: Mapping[str, bytes], empty: tuple[str, ...] = ()) -> None:
    """Write files, by their names in it, into a folder that is new or empty, and make `empty` folders in it.

    All is written beside it first, and the folder gets its name when it is whole. One that is there already is filled
    by moving, its plan last: what was killed meanwhile is no review, and what can't be moved is taken back.

    Raises
    ------
    BenangError
        Where it is not free (`check_free`), or can't be written; then there is nothing of it.
    """
    check_free(folder)
    place = Path(os.path.realpath(folder))
    missing = [one for one in place.parents if not one.exists()]
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        remove_leftovers(place.parent)
        with tempfile.TemporaryDirectory(prefix=temporary_prefix(), dir=place.parent) as beside:
            whole = Path(beside) / place.name
            for name in (".", *empty):
                (whole / name).mkdir(parents=True, exist_ok=True)
            for name, data in files.items():
                (whole / name).parent.mkdir(parents=True, exist_ok=True)
                (whole / name).write_bytes(data)
            if place.exists():
                _fill(place, whole)
            else:
                whole.rename(place)
    except OSError as error:
        for one in missing:
            with contextlib.suppress(OSError):
                one.rmdir()
        way_on = "Choose a place that you may write to and that has room."
        raise BenangError(Problem(f"can't write here ({error.strerror})", where=str(folder), way_on=way_on)) from None


def _fill(folder: Path, whole: Path) -> None:
    """Move what a folder is to hold into it, its plan last."""
    entries = sorted(whole.iterdir(), key=lambda path: (path.name == PLAN, path.name))
    try:
        for one in entries:
            one.rename(folder / one.name)
    except OSError:
        for one in (folder / entry.name for entry in entries if not entry.exists()):
            shutil.rmtree(one, ignore_errors=True) if one.is_dir() else one.unlink(missing_ok=True)
        raise
