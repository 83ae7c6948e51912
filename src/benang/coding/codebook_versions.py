"""Versions of a codebook, kept beside it as they were (`codebook/0002-VERSION.toml`), and what differs between two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from benang.coding.codebook import Code, Codebook
from benang.coding.codebook_file import parsed_codebook
from benang.errors import BenangError, Problem, nearest
from benang.files import decode, read_bytes, write_bytes
from benang.locale.writing import worded

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
            way_on = "Earlier versions must not be edited: restore the file, or remove it."
            raise BenangError(
                Problem(
                    worded("this is no longer version {version} of the codebook", version=self.id),
                    where=name,
                    way_on=way_on,
                )
            )
        return codebook


def kept_versions(root: Path) -> tuple[Version, ...]:
    """List the versions of a review's codebook that were kept, the earliest first.

    Copies of a review that were changed apart and brought together may have two versions of one number; they stand in
    the order of their ids then. Other files in the folder are passed over.
    """
    folder = root / FOLDER
    names = sorted(path.name for path in folder.glob("*.toml")) if folder.is_dir() else []
    versions: dict[str, Version] = {}
    for name in names:
        if match := _NAME.fullmatch(name):
            versions.setdefault(match[2], Version(int(match[1]), match[2], folder / name))
    return tuple(sorted(versions.values(), key=lambda one: (one.number, one.id)))


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
    """Find a version by its number, or else by the beginning of its id.

    Raises
    ------
    BenangError
        Where there is none, or several begin so.
    """
    matches = [one for one in versions if name.isdecimal() and one.number == int(name)]
    matches = matches or [one for one in versions if one.id.startswith(name)]
    if len(matches) == 1:
        return matches[0]
    where = f"{FOLDER}/"
    if matches:
        several = ", ".join(f"{one.number}-{one.id}" for one in matches)
        raise BenangError(
            Problem(
                worded("'{name}' matches several versions: {several}", name=name, several=several),
                where=where,
                way_on="Give its id.",
            )
        )
    known = [f"{one.number:04}-{one.id}" for one in versions]
    raise BenangError(
        Problem(
            worded("there is no version '{name}' of the codebook", name=name), where=where, way_on=nearest(name, known)
        )
    )


ChangeKind = Literal[
    "added", "removed", "renamed", "merged", "split", "retired", "in-use", "heading", "no-heading",
    "label", "definition", "include", "exclude", "example", "group", "side", "parent", "row", "colour",
]  # fmt: skip
"""What may have become of a code; from `label` on, the field of that name has another text."""
_FIELDS: tuple[ChangeKind, ...] = (
    "label", "definition", "include", "exclude", "example", "group", "side", "parent", "row", "colour",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodeChange:
    """One thing that differs in a code between two versions; `code` is the code as it is in the later one.

    `before` and `after` are the two texts, or the two ids of a code that was renamed or merged; for one that was
    removed, `code` is the code as it was.
    """

    code: Code
    kind: ChangeKind
    before: str = ""
    after: str = ""


def code_changes(before: Codebook, after: Codebook) -> tuple[CodeChange, ...]:
    """Compare two versions of a codebook, code by code, in the order of the later one; what was removed comes last.

    Examples
    --------
    >>> rent = Code(id="rent", group="reasons", label="Rent")
    >>> dear = rent.model_copy(update={"id": "dear", "was": ("rent",), "definition": "The price rises."})
    >>> changes = code_changes(Codebook(codes=(rent,)), Codebook(codes=(dear,)))
    >>> [(one.kind, one.before, one.after) for one in changes]
    [('renamed', 'rent', 'dear'), ('definition', '', 'The price rises.')]
    """
    changes: list[CodeChange] = []
    for code in after.codes:
        earlier = [before.by_id[name] for name in code.ids if name in before.by_id]
        same = next((one for one in earlier if one.id in (code.id, *code.was)), None)
        if same is None:
            changes.append(CodeChange(code, "added"))
        elif same.id != code.id:
            changes.append(CodeChange(code, "renamed", same.id, code.id))
        changes += [CodeChange(code, "merged", one.id, code.id) for one in earlier if one is not same]
        changes += _differences(same, code, before, after) if same else ()
    gone = [one for one in before.codes if after.code(one.id) is None]
    return (*changes, *(CodeChange(one, "removed", one.id) for one in gone))


def _differences(old: Code, new: Code, before: Codebook, after: Codebook) -> Iterator[CodeChange]:
    if new.split_into and not old.split_into:
        yield CodeChange(new, "split", after=", ".join(new.split_into))
    elif new.retired != old.retired:
        yield CodeChange(new, "retired" if new.retired else "in-use")
    if new.heading != old.heading:
        yield CodeChange(new, "heading" if new.heading else "no-heading")
    for kind in _FIELDS:
        one, other = _text_of(old, kind, before), _text_of(new, kind, after)
        if kind == "parent" and old.parent and (parent := after.code(old.parent)):
            one = parent.label.en if parent.id == new.parent else one
        if one != other:
            yield CodeChange(new, kind, one, other)


def _text_of(code: Code, kind: ChangeKind, codebook: Codebook) -> str:
    """Return a field of a code as a text: labels in all their languages, a heading by its label."""
    if kind == "label":
        return " / ".join(filter(None, (code.label.en, code.label.id)))
    if kind == "parent":
        parent = codebook.by_id.get(code.parent or "")
        return parent.label.en if parent else ""
    value = getattr(code, kind)
    return "" if value is None else str(value)
