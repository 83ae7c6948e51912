"""What the last build has left in its folder, to be listed, read and downloaded; and a build whose account is small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from benang.errors import BenangError, Problem, nearest
from benang.locale import Language
from benang.locale.writing import worded
from benang.progress import Progress, silent
from benang.review.plan import ReportFormat
from benang.safe_files import check_within
from benang.tasks.account import Account
from benang.tasks.build.cache import Cache

ProductKind = Literal["report", "table", "figure", "map", "data"]
KINDS: tuple[ProductKind, ...] = ("report", "table", "figure", "map", "data")
_FOLDERS: dict[str, ProductKind] = {"tables": "table", "figures": "figure", "maps": "map"}


@dataclass(frozen=True, slots=True)
class Product:
    """One file that a build made: its name under the output folder, what it is, and its size in bytes."""

    name: str
    kind: ProductKind
    size: int


def products_of(out: Path) -> tuple[Product, ...]:
    """Return the files that builds have made in an output folder and that are still there, by kind and name.

    Only what the account of the builds names is listed: other files in the folder are somebody's own.
    """
    listed = []
    for name in Cache(out).load().files:
        path = out / name
        if not PurePosixPath(name).parts[0].startswith(".") and path.is_file():
            listed.append(Product(name, _kind_of(name), path.stat().st_size))
    return tuple(sorted(listed, key=lambda one: (KINDS.index(one.kind), one.name)))


def _kind_of(name: str) -> ProductKind:
    parts = PurePosixPath(name).parts
    if len(parts) > 1:
        return _FOLDERS.get(parts[0], "data")
    return "report" if PurePosixPath(name).stem == "report" else "data"


def product_path(out: Path, name: str) -> Path:
    """Return where a product is, by its name in the list of products: no other file can be asked for.

    Raises
    ------
    BenangError
        Where no product has this name, or a link in its place leads out of the folder.
    """
    names = [one.name for one in products_of(out)]
    if name not in names:
        raise BenangError(Problem(worded("no product of the last build has this name"), way_on=nearest(name, names)))
    check_within(out, [out / name])
    return out / name


def build_quietly(
    folder: Path,
    *,
    language: Language | None,
    messages: Language,
    formats: Sequence[ReportFormat] = (),
    keep_going: bool = False,
    progress: Progress = silent,
) -> Account:
    """Build a review as `build` does, and return the account alone, in the language of messages.

    Raises
    ------
    BenangError
        As `build`.
    """
    from benang.tasks.build.building import build  # with all that draws, in the process that builds

    built = build(
        folder, language=language, messages=messages, formats=formats, keep_going=keep_going, progress=progress
    )
    return built.account.naming().in_language(messages)
