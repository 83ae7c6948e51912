"""Versions of a codebook, kept beside it as they were (`codebook/0002-VERSION.toml`), and what differs between two."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benang.coding.codebook import Codebook
from benang.coding.codebook_file import parsed_codebook
from benang.errors import BenangError, Problem, nearest
from benang.files import decode, read_bytes, write_bytes

FOLDER = "codebook"
_NAME = re.compile(r"(\d{4,})-([0-9a-f]{12})\b.*\.toml")


@dataclass(frozen=True)
class Version:
    """A codebook as it was: its number, in the order in which versions were kept, and its `Codebook.version`."""

    number: int
    id: str
    path: Path

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook itself.

        Raises
        ------
        BenangError
            Where the file can't be read, or was changed: it is no longer what its name says.
        """
        name = f"{FOLDER}/{self.path.name}"
        codebook = parsed_codebook(decode(read_bytes(self.path), where=name), name)
        if codebook.version != self.id:
            way_on = "Earlier versions are not edited: put the file back, or remove it."
            raise BenangError(
                Problem(f"this is no longer the version {self.id} of the codebook", where=name, way_on=way_on)
            )
        return codebook


def kept_versions(root: Path) -> tuple[Version, ...]:
    """List the versions of a review's codebook that were kept, the earliest first.

    Copies of a review that were changed apart and brought together may have two versions of one number; they stand in
    the order of their ids then. Other files in the folder are passed over.
    """
    folder = root / FOLDER
    names = sorted(path.name for path in folder.glob("*.toml")) if folder.is_dir() else []
    found: dict[str, Version] = {}
    for name in names:
        if match := _NAME.fullmatch(name):
            found.setdefault(match[2], Version(int(match[1]), match[2], folder / name))
    return tuple(sorted(found.values(), key=lambda one: (one.number, one.id)))


def version_file(root: Path, codebook: Codebook, data: bytes) -> Mapping[Path, bytes]:
    """Return the file that keeps a version, by its path: none where it is kept already, or there is no codebook.

    `data` are the bytes of `codebook.toml`: a version is a copy of it, so that it can be read, and put back.
    """
    kept = kept_versions(root)
    if not data or codebook.version in {one.id for one in kept}:
        return {}
    number = max((one.number for one in kept), default=0) + 1
    return {root / FOLDER / f"{number:04}-{codebook.version}.toml": data}


def keep_version(root: Path, path: Path | None, codebook: Codebook) -> None:
    """Keep the present version of a review's codebook, where it is not yet among those that are kept.

    A file that was edited since it was read is another version, and is kept when that is used.
    """
    for place, data in version_file(root, codebook, read_bytes(path) if path else b"").items():
        if parsed_codebook(decode(data, where=place.name), place.name).version == codebook.version:
            write_bytes(place, data)


def find_version(name: str, versions: tuple[Version, ...]) -> Version:
    """Find a version by its number or the beginning of its id.

    Raises
    ------
    BenangError
        Where there is none, or several begin so.
    """
    found = [one for one in versions if one.id.startswith(name) or (name.isdecimal() and one.number == int(name))]
    if len(found) == 1:
        return found[0]
    where = f"{FOLDER}/"
    if found:
        several = ", ".join(f"{one.number}-{one.id}" for one in found)
        raise BenangError(Problem(f"'{name}' may be several versions: {several}", where=where, way_on="Say its id."))
    known = [f"{one.number:04}-{one.id}" for one in versions]
    raise BenangError(Problem(f"no version '{name}' of the codebook is kept", where=where, way_on=nearest(name, known)))
