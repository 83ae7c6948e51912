"""What a workbench begins with: the example, recent reviews, the folder of a new one, folders that may be opened."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import platformdirs

from benang.coding.codebook_edits import id_from
from benang.errors import BenangError, Problem, in_unicode
from benang.files import read_bytes, read_text, write_text
from benang.locale import LANGUAGES, Language
from benang.locale.writing import worded
from benang.project.folder import PLAN, open_folder
from benang.review.beginning import check_free, write_folder
from benang.review.plan_reading import read_plan
from benang.safe_files import is_reserved

EXAMPLE = "sister-cities"
MOST_RECENT = 12
"""How many recent reviews are remembered."""
MOST_FOLDERS = 500
"""How many folders of a folder are listed."""
_RECENT = "recent.json"
_LONGEST = 60  # characters of a folder's name that comes of a title: with four bytes each, below the 255 of a file name
_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of a user: their home, where new reviews begin, and what Benang keeps from one run to the next."""

    home: Path
    reviews: Path
    state: Path


@dataclass(frozen=True, slots=True)
class Recent:
    """A review that was opened before: its folder, its title by language, and when (ISO 8601, UTC)."""

    folder: Path
    title: Mapping[str, str]
    opened: str

    def title_in(self, language: Language) -> str:
        """Return the title in a language, else in the one that there is."""
        return self.title.get(language) or next(iter(self.title.values()), "") or self.folder.name


@dataclass(frozen=True, slots=True)
class Subfolder:
    """A folder within another one, and whether it is that of a review."""

    path: Path
    is_review: bool

    @property
    def name(self) -> str:
        """Its name."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Folders:
    """What a folder holds for somebody who looks for a review: the folder above (None at the top), and those within.

    `n_more` counts the folders beyond the first `MOST_FOLDERS`.
    """

    folder: Path
    above: Path | None
    inside: tuple[Subfolder, ...]
    is_review: bool = False
    n_more: int = 0


def own_places() -> Places:
    """Return the folders of whoever runs this process; without a home, the present folder takes its place."""
    try:
        home = Path.home()
    except RuntimeError:
        home = Path.cwd()
    return Places(home, home / "Benang", platformdirs.user_state_path("benang", appauthor=False))


def open_example(places: Places) -> Path:
    """Copy the review of sister cities to where the user may write, whole or not at all, and return its folder.

    A copy that is still as it came is opened again; beside anything else the copy gets a free name. What a build made
    (`out/`) and hidden files are no change.

    Raises
    ------
    BenangError
        Where the example is missing, or can't be written.
    """
    files = _example_files()
    for folder in _numbered(places.reviews / EXAMPLE):
        if _holds(folder, files):
            return folder
        if _is_free(folder):
            write_folder(folder, files)
            return folder
    raise AssertionError  # there is always a number more


def _example_files() -> dict[str, bytes]:
    """Return what the example consists of, by name: from the package, or from the checkout that it is part of."""
    known = (_PACKAGE / "examples" / EXAMPLE, _PACKAGE.parents[1] / "examples" / EXAMPLE)
    folder = next((one for one in known if (one / PLAN).is_file()), None)
    if folder is None:
        way_on = "Install Benang again."
        raise BenangError(Problem("the example is missing from this installation", where=str(known[0]), way_on=way_on))
    return {name: read_bytes(folder / name) for name in _names(folder)}


def _names(folder: Path) -> Iterator[str]:
    """Give the names of all files of a review but hidden ones and what was built, sorted."""
    for path, folders, files in os.walk(folder):
        within = Path(path).relative_to(folder)
        folders[:] = sorted(one for one in folders if not one.startswith(".") and (within / one).as_posix() != "out")
        yield from ((within / one).as_posix() for one in sorted(files) if not one.startswith("."))


def _holds(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Tell whether a folder holds these files, and no others."""
    if not (folder / PLAN).is_file():
        return False
    n = 0
    for name in _names(folder):
        with contextlib.suppress(BenangError):
            if name in files and read_bytes(folder / name) == files[name]:
                n += 1
                continue
        return False
    return n == len(files)


def default_folder(title: str, places: Places) -> Path:
    """Return the folder in which a new review begins where nobody names another: after its title, and free.

    Examples
    --------
    >>> places = Places(Path("/home/ani"), Path("/home/ani/Benang"), Path("/home/ani/.local/state/benang"))
    >>> default_folder("Night markets: why they closed", places).as_posix(), default_folder("?", places).name
    ('/home/ani/Benang/night-markets-why-they-closed', 'review')
    """
    name = id_from(title)[:_LONGEST].strip("-") or "review"
    if is_reserved(name):
        name += "-review"
    return next(folder for folder in _numbered(places.reviews / name) if _is_free(folder))


def _numbered(folder: Path) -> Iterator[Path]:
    """Give a folder, and then those of its name with a number."""
    yield folder
    yield from (folder.with_name(f"{folder.name}-{n}") for n in count(2))


def _is_free(folder: Path) -> bool:
    """Tell whether a review can begin in a folder, as far as what is in it goes."""
    try:
        check_free(folder)
    except BenangError:
        return False
    except OSError:  # it may not be looked into
        return False
    return True


def typed_folder(text: str, places: Places) -> Path:
    """Return the folder that somebody typed or pasted: `~` is their home, and a bare name is among their reviews.

    Quotation marks around it, which file managers copy along, don't count.

    Raises
    ------
    BenangError
        For an empty name, and for one that no folder can have.

    Examples
    --------
    >>> places = Places(Path("/home/ani"), Path("/home/ani/Benang"), Path("/home/ani/.local/state/benang"))
    >>> [typed_folder(text, places).as_posix() for text in ("~/markets", "markets", ' "/data/markets" ')]
    ['/home/ani/markets', '/home/ani/Benang/markets', '/data/markets']
    """
    name = text.strip()
    if len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
        name = name[1:-1]
    if not name:
        raise BenangError(Problem("no folder is named", way_on="Type the path of a folder, or choose one."))
    if "\x00" in name:
        raise BenangError(Problem("no file can have this name", where=repr(name)))
    if name == "~" or name.startswith(("~/", "~\\")):
        return places.home / name[2:]
    return Path(os.path.normpath(places.reviews / name))


def subfolders(folder: Path) -> Folders:
    """List the folders in a folder by name, those of reviews marked; hidden ones are left out.

    Raises
    ------
    BenangError
        Where there is no such folder, a file is in its place, or it may not be looked into.
    """
    where = str(folder)
    try:
        with os.scandir(folder) as entries:
            found = [Path(entry.path) for entry in entries if not _is_hidden(entry) and _is_folder(entry)]
    except FileNotFoundError:
        raise BenangError(Problem("no such folder", where=where, way_on="Check the name.")) from None
    except NotADirectoryError:
        raise BenangError(Problem("this is a file, not a folder", where=where, way_on="Name the folder.")) from None
    except (OSError, ValueError) as error:
        reason = worded("this folder can't be opened ({reason})", reason=getattr(error, "strerror", None) or str(error))
        raise BenangError(Problem(reason, where=where, way_on="Choose another folder.")) from None
    found.sort(key=lambda path: (path.name.casefold(), path.name))
    inside = tuple(Subfolder(path, _is_review(path)) for path in found[:MOST_FOLDERS])
    above = folder.absolute().parent
    at_top = above == folder.absolute()
    return Folders(folder, None if at_top else above, inside, _is_review(folder), len(found) - len(inside))


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith((".", "$")) or in_unicode(entry.name) != entry.name:  # `$` as in Windows' `$Recycle.Bin`
        return True  # a name that is no Unicode can be neither shown nor chosen
    with contextlib.suppress(OSError):
        return bool(getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0) & 2)  # FILE_ATTRIBUTE_HIDDEN
    return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_review(folder: Path) -> bool:
    try:
        return (folder / PLAN).is_file()
    except (OSError, ValueError):  # it may not be looked into
        return False


def remember(folder: Path, places: Places, *, now: datetime | None = None) -> None:
    """Note that a review is opened, before all others; what can't be noted is no reason not to open it.

    One whose plan can't be read has no title; it goes by the name of its folder.

    Raises
    ------
    BenangError
        Where the folder is no review.
    """
    place = Path(os.path.realpath(folder))
    review = open_folder(place)
    by_language: dict[str, str] = {}
    with contextlib.suppress(BenangError):
        title = read_plan(review).title
        by_language = {one: title.text(one) for one in LANGUAGES}
    opened = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    known = [Recent(place, by_language, opened), *(one for one in _read_recent(places) if one.folder != place)]
    _write_recent(known[:MOST_RECENT], places)


def forget(folder: Path, places: Places) -> None:
    """Leave a review out of those that were opened recently; nothing happens to its folder."""
    with contextlib.suppress(ValueError):  # a name that no folder can have is not among them
        place = Path(os.path.realpath(folder))
        _write_recent([one for one in _read_recent(places) if one.folder != place], places)


def recent_reviews(places: Places) -> tuple[Recent, ...]:
    """Return the reviews that were opened recently and are still in their places, the last one first."""
    return tuple(one for one in _read_recent(places) if _is_review(one.folder))


def _read_recent(places: Places) -> list[Recent]:
    """Read what is remembered; a damaged file is an empty one, and an entry that is none is passed over."""
    try:
        data = json.loads(read_text(places.state / _RECENT))
    except (BenangError, ValueError, RecursionError):
        return []
    entries = data.get("reviews") if isinstance(data, dict) else None
    found = {one.folder: one for one in map(_recent_of, entries if isinstance(entries, list) else ()) if one}
    return sorted(found.values(), key=lambda one: one.opened, reverse=True)[:MOST_RECENT]


def _recent_of(entry: Any) -> Recent | None:
    """Return what an entry says, if it is one."""
    if not isinstance(entry, dict):
        return None
    folder, title, opened = (entry.get(name) for name in ("folder", "title", "opened"))
    if not (isinstance(folder, str) and folder and isinstance(title, dict) and isinstance(opened, str)):
        return None
    return Recent(Path(folder), {str(key): str(text) for key, text in title.items()}, opened)


def _write_recent(reviews: list[Recent], places: Places) -> None:
    entries = [{"folder": str(one.folder), "title": dict(one.title), "opened": one.opened} for one in reviews]
    text = json.dumps({"format": 1, "reviews": entries}, ensure_ascii=True, indent=1) + "\n"
    with contextlib.suppress(BenangError, OSError):
        write_text(places.state / _RECENT, text)
