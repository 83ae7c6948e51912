"""The parts of a review as one file for e-mail, and the parts that another's copy of it has."""

from __future__ import annotations

import fnmatch
import re
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from benang.errors import BenangError, Problem
from benang.files import read_bytes, replacing
from benang.locale.writing import worded
from benang.map_files import read_beside
from benang.project.folder import (
    DOCUMENT_SUFFIXES,
    FILES,
    FOLDERS,
    JUDGEMENT_SUFFIXES,
    PLAN,
    ReviewFolder,
    open_folder,
)
from benang.readers.opening import unzipped
from benang.review.plan import Plan
from benang.review.plan_reading import named_files, source_files
from benang.safe_files import check_within, folded_name, is_reserved, names_outside

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip can tell: what is sent has no clock in it."""
_LARGE = ("sources", "papers")
"""Folders that are sent only where all is asked for; what lies deeper in them belongs to them too."""
_SUFFIXES = {"documents": DOCUMENT_SUFFIXES, "judgements": JUDGEMENT_SUFFIXES}
_UNFIT = re.compile(r'[<>:"|?*\x00-\x1f\x7f]|[. ]$')
"""What names of files can't hold on every system."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a copy of a review holds: its logs, its other files, each by its name in the review, and what is no part."""

    name: str
    logs: Mapping[str, bytes]
    files: Mapping[str, bytes]
    passed_over: tuple[str, ...] = ()


def parts(review: ReviewFolder, *, everything: bool = False) -> dict[str, Path]:
    """Return the files of a review that others need, by their names in it; exports and papers where all is wanted.

    What the plan names by itself, a template say, is needed to read the plan, with what is read beside it.
    """
    plan = _plan(read_bytes(review.plan))
    paths = [path for name in FILES if (path := review.root / name).is_file()]
    paths += [*review.documents, *review.judgements]
    for name in named_files(plan).values() if plan else ():
        if not names_outside(name):
            paths += [path for path in (review.root / name, *read_beside(review.root / name)) if path.is_file()]
    if plan and everything:
        paths += source_files(plan, review.root)
    for folder in FOLDERS:
        if folder not in _SUFFIXES and (everything or folder not in _LARGE):
            paths += [path for path in (review.root / folder).rglob("*") if path.is_file() and _is_shown(path, review)]
    check_within(review.root, paths)
    return dict(sorted({review.name(path): path for path in paths}.items()))


def _plan(data: bytes) -> Plan | None:
    """Read a plan, whatever files it names; None where it can't be, which is no matter of who sends or takes it in."""
    try:
        return Plan.model_validate(tomllib.loads(data.decode("utf-8-sig")))
    except (ValueError, RecursionError):
        return None


def _is_shown(path: Path, review: ReviewFolder) -> bool:
    return not any(part.startswith((".", "~$")) for part in path.relative_to(review.root).parts)


def write_parcel(path: Path, files: Mapping[str, Path]) -> None:
    """Write files into a zip that has no time in it: the same files give the same bytes.

    Raises
    ------
    BenangError
        Where a file can't be read, or the zip can't be written; then what was in its place stays there.
    """
    with replacing(path) as (temporary,), zipfile.ZipFile(temporary, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # of Unix, on every system: else the bytes would differ
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, read_bytes(files[name]))


def read_parcel(path: Path) -> Parcel:
    """Read another's copy of a review: a folder, a zip of one, or a single log.

    Raises
    ------
    BenangError
        Where it can't be read or is no copy of a review; for a zip that is encrypted, would fill the memory, or holds
        names that lead out of it.
    """
    if path.is_dir():
        return _of_folder(path)
    data = read_bytes(path)
    if data.startswith(b"PK"):
        return _of_zip(data, path.name)
    if data.strip() and b"{" not in data:
        raise _no_copy(worded("it is neither a zip nor a log of judgements"), path.name)
    return Parcel(path.name, {path.name: data}, {})


def _of_folder(path: Path) -> Parcel:
    review = open_folder(path)
    named = {f"{path.name}/{review.name(log)}": read_bytes(log) for log in review.judgements}
    rest = {name: place for name, place in parts(review, everything=True).items() if place not in review.judgements}
    return Parcel(path.name, named, {name: read_bytes(place) for name, place in rest.items()})


def _of_zip(data: bytes, name: str) -> Parcel:
    try:
        contents = {inner.replace("\\", "/"): content for inner, content in unzipped(data, where=name)}
    except BenangError as error:
        again = worded("Ask for a new copy, made with `benang send`.")
        raise BenangError(
            *(
                replace(one, expected=one.expected and worded("a copy of a review"), way_on=again)
                for one in error.problems
            )
        ) from None
    _check_names(contents, name)
    top = _top(contents)
    planned = contents.get(top + PLAN)
    plan = _plan(planned) if isinstance(planned, bytes) else None
    logs: dict[str, bytes] = {}
    files: dict[str, bytes] = {}
    others: list[str] = []
    problems: list[Problem] = []
    for inner, content in contents.items():
        own = inner.removeprefix(top)
        if not inner.startswith(top) or not (is_part(own) or _is_named(own, plan)):
            others.append(inner)
        elif isinstance(content, BenangError):
            problems += content.problems
        elif own.startswith("judgements/"):
            logs[f"{name}/{own}"] = content
        else:
            files[own] = content
    if problems:
        raise BenangError(*problems)
    if not logs and PLAN not in files:
        raise _no_copy(worded("it contains neither {plan} nor judgements", plan=PLAN), name)
    return Parcel(name, logs, files, tuple(others))


def _no_copy(why: str, where: str) -> BenangError:
    return BenangError(
        Problem(
            worded("this is not a copy of a review: {reason}", reason=why),
            where=where,
            way_on="`benang send FOLDER -o F.zip` makes one.",
        )
    )


def _top(names: Iterable[str]) -> str:
    """Return the folder of the review in its zip: programs that pack a folder put its name before all."""
    tops = [name.removesuffix(PLAN) for name in names if name.rpartition("/")[2] == PLAN]
    tops += [name.partition("judgements/")[0] for name in names if f"/{name}".count("/judgements/")]
    return min(tops, key=lambda top: (top.count("/"), top), default="")


def _check_names(names: Iterable[str], where: str) -> None:
    """Refuse names that lead out of the review, that some system can't have, or takes for one and the same."""
    problems: list[Problem] = []
    folded: dict[str, str] = {}
    for name in names:
        if names_outside(name):
            problems.append(
                Problem(worded("it contains '{name}', a name that leads out of the review", name=name), where=where)
            )
        elif any(is_reserved(part) or _UNFIT.search(part) for part in name.split("/")):
            problems.append(
                Problem(
                    worded("it contains '{name}', a file name that not every system allows", name=name), where=where
                )
            )
        elif (other := folded.setdefault(folded_name(name), name)) != name:
            problems.append(
                Problem(
                    worded(
                        "it contains '{other}' and '{name}', which are the same file on some systems",
                        other=other,
                        name=name,
                    ),
                    where=where,
                )
            )
    if problems:
        raise BenangError(*(replace(one, way_on="Nothing was merged. Ask the sender.") for one in problems))


def is_part(name: str) -> bool:
    """Tell a name that a part of a review has.

    Examples
    --------
    >>> [name for name in ("cases.toml", "documents/a.md", "documents/a.pdf", "papers/2020/a.pdf", "out/report.html")
    ...  if is_part(name)]
    ['cases.toml', 'documents/a.md', 'papers/2020/a.pdf']
    """
    folder, _, rest = name.partition("/")
    if not rest:
        return name in FILES
    if folder in _SUFFIXES:
        return "/" not in rest and rest.lower().endswith(_SUFFIXES[folder])
    return folder in FOLDERS


def _is_named(name: str, plan: Plan | None) -> bool:
    """Tell a file that a plan names, an export that one of its patterns finds, or what is read beside a map."""
    if plan is None:
        return False
    stems = [one.rpartition(".")[0] for one in named_files(plan).values()]
    return any(stem and name.startswith(stem) for stem in stems) or any(
        fnmatch.fnmatchcase(name, pattern) for pattern in plan.sources.files
    )


def by_folded_name(root: Path, names: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Give names with the files of a folder that they stand for: the one that is there, in whatever letters."""
    there: dict[str, Path] = {}
    for folder in {root, *((root / name).parent for name in names)}:
        if folder.is_dir():
            there |= {folded_name(path.relative_to(root).as_posix()): path for path in folder.iterdir()}
    for name in names:
        yield name, there.get(folded_name(name), root / name)
