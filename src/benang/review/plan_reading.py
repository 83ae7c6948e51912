"""The plan of a review read and checked: every key, every path, every name that refers to another.

The files that a pattern names are found in time that grows with the folder, whatever the pattern: `Path.glob` looks
once for every way in which several `**` can share out a path, and four of them in forty nested folders take seconds,
ten for ever.
"""

from __future__ import annotations

import contextlib
import fnmatch
import os
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from benang.coding.codebook import Codebook
from benang.errors import BenangError, Problem, at_line, nearest
from benang.files import read_text
from benang.kinds import CODE_SCORE
from benang.locale.writing import worded
from benang.project.folder import ReviewFolder
from benang.project.toml_edits import line_of
from benang.project.toml_files import read_toml
from benang.review.plan import (
    AnyChart,
    AnyTable,
    AppraisalChart,
    AssociationPlan,
    CodeChart,
    DifferenceChart,
    MapChart,
    Plan,
    SlicesChart,
    Sources,
    filter_of,
)
from benang.safe_files import COPY, is_link, names_outside, outside

ANY_DEPTH = "**"


def read_plan(folder: ReviewFolder) -> Plan:
    """Read and check `review.toml`: keys and values, the files it names, the maps that its charts draw.

    Raises
    ------
    BenangError
        With every problem, its line and the nearest valid word.
    """
    plan = read_toml(folder.plan, Plan)
    problems = [*_unfit_files(plan, folder), *_unknown_maps(plan, folder.plan)]
    if problems:
        raise BenangError(*problems)
    return plan


def source_files(plan: Plan, root: Path) -> tuple[Path, ...]:
    """List the exports that the plan names, each once, sorted by path within the review's folder."""
    paths = {path for pattern in plan.sources.files for path in _matching(root, pattern)}
    return tuple(sorted(paths, key=lambda path: path.relative_to(root).as_posix()))


def _matching(root: Path, pattern: str) -> list[Path]:
    """List the exports that a pattern names."""
    return [path for path in matching(root, pattern) if _is_source(path)]


def _is_source(path: Path) -> bool:
    return path.is_file() and not path.name.startswith((".", "~$")) and path.suffix.lower() != ".md"


def _is_empty(folder: Path) -> bool:
    """Tell a folder that is there and waits for its first file."""
    return folder.is_dir() and not any(_is_source(Path(entry.path)) for entry in _entries(os.fspath(folder)))


def without_maps(plan: Plan) -> Plan:
    """Return what can be made of a plan before there is an export: no map, and nothing that a map or records show.

    Examples
    --------
    >>> plan = Plan(title="Markets", question="Why?", maps=[{"name": "topics", "items": "author-keywords"}])
    >>> without_maps(plan).maps
    ()
    """
    return plan.model_copy(
        update={
            "maps": (),
            "charts": tuple(one for one in plan.charts if isinstance(one, CodeChart)),
            "tables": tuple(one for one in plan.tables if not isinstance(one, AssociationPlan)),
            "report": plan.report.model_copy(update={"corpus": False}),
        }
    )


def check_vocabulary(plan: Plan, path: Path, codebook: Codebook) -> None:
    """Refuse a plan that names codes, groups of codes or printed tables which the codebook lacks."""
    text = read_text(path)
    lists: dict[str | int, tuple[str, list[str]]] = {
        "codes": ("group of codes", [group.id for group in codebook.groups]),
        "table": ("printed table", sorted({row.table for row in codebook.rows})),
        "score": ("code", [one for code in codebook.codes if not code.heading for one in code.ids]),
        "form": ("appraisal", [form.id for form in codebook.forms if form.kind == "appraisal"]),
        "weight": ("numeric variable", [one.id for one in codebook.variables if one.type == "number"]),
    }
    problems = list(_unfit_filters(plan, path, codebook))
    for place, word in _references(plan):
        what, known = lists[place[-1]]
        if word not in known:
            problems.append(
                Problem(
                    worded("the codebook has no {what} '{word}'", what=worded(what), word=word),
                    way_on=nearest(word, known),
                    where=at_line(path.name, line_of(text, place)),
                )
            )
    if problems:
        raise BenangError(*problems)


def _unfit_filters(plan: Plan, path: Path, codebook: Codebook) -> Iterator[Problem]:
    """Find filters of variables that have no levels, and of values that are neither levels nor lights of them."""
    text = read_text(path)
    with_levels = {one.id: one for one in codebook.variables if one.levels}
    sections: tuple[tuple[str, Sequence[AnyTable | AnyChart]], ...] = (("tables", plan.tables), ("charts", plan.charts))
    for section, entries in sections:
        for at, entry in enumerate(entries):
            where = at_line(path.name, line_of(text, (section, at, "where")))
            for name, words in filter_of(entry).items():
                if name not in with_levels:
                    fault = worded("the codebook has no variable '{name}' with levels", name=name)
                    yield Problem(fault, where=where, way_on=nearest(name, with_levels))
                    continue
                levels = with_levels[name].levels
                known = {*(one.id for one in levels), *(one.light for one in levels if one.light), "not-reported"}
                for word in words:
                    if word not in known:
                        fault = worded("'{word}' is not a level of the variable '{name}'", word=word, name=name)
                        yield Problem(fault, where=where, way_on=nearest(word, known))


def _references(plan: Plan) -> Iterator[tuple[tuple[str | int, ...], str]]:
    sections: tuple[tuple[str, Sequence[object]], ...] = (
        ("maps", plan.maps),
        ("tables", plan.tables),
        ("charts", plan.charts),
    )
    for section, entries in sections:
        for at, entry in enumerate(entries):
            for key in ("codes", "table"):
                word = getattr(entry, key, None)
                if isinstance(word, str):
                    yield (section, at, key), word
    for at, chart in enumerate(plan.charts):
        if isinstance(chart, AppraisalChart):
            yield ("charts", at, "form"), chart.form
            if chart.weight is not None:
                yield ("charts", at, "weight"), chart.weight
        if isinstance(chart, MapChart) and chart.score.startswith(CODE_SCORE):
            yield ("charts", at, "score"), chart.score.removeprefix(CODE_SCORE)


def _unfit_files(plan: Plan, folder: ReviewFolder) -> Iterator[Problem]:
    """Give what is wrong with the names of files: they lead out of the review's folder, or to nothing in it."""
    text = read_text(folder.plan)
    for pattern in plan.sources.files:
        where = at_line(folder.plan.name, line_of(text, ("sources", "files")))
        if names_outside(pattern):
            yield _outside(
                pattern, where, "Copy the export into sources/, so that the folder contains everything it needs."
            )
        elif not (sources := _matching(folder.root, pattern)):
            if pattern in Sources().files and _is_empty(folder.root / "sources"):
                continue  # a review that begins; `without_maps`
            yield Problem(
                worded("no file matches '{pattern}'", pattern=pattern),
                where=where,
                way_on="Put the exports into sources/.",
            )
        else:
            names = ((path, folder.name(path)) for path in sources)
            yield from filter(None, (outside(folder.root, path, where=where, name=name) for path, name in names))
    for place, name in named_files(plan).items():
        if problem := _unfit_file(name, folder, at_line(folder.plan.name, line_of(text, place))):
            yield problem


def named_files(plan: Plan) -> dict[tuple[str | int, ...], str]:
    """Return the files that a plan names one by one, by the places in it where it does."""
    named: dict[tuple[str | int, ...], str | None] = {
        ("cleaning", "thesaurus"): plan.cleaning.thesaurus,
        ("report", "also_cited"): plan.report.also_cited,
        ("report", "template"): plan.report.template,
        **{("maps", at, "like"): one.like for at, one in enumerate(plan.maps)},
    }
    return {place: name for place, name in named.items() if name is not None}


def _unfit_file(name: str, folder: ReviewFolder, where: str) -> Problem | None:
    path = folder.root / name
    if names_outside(name):
        return _outside(name, where, COPY)
    if problem := outside(folder.root, path, where=where, name=name):
        return problem
    if path.is_file():
        from benang.map_files import read_beside  # heavy, and needed where a plan names files

        linked = (one for one in read_beside(path) if is_link(one))
        return next(filter(None, (outside(folder.root, one, where=where, name=one.name) for one in linked)), None)
    near = nearest(name, [path.name for path in folder.root.glob("*.*")])
    return Problem(worded("there is no file '{name}'", name=name), way_on=near, where=where)


def _outside(name: str, where: str, way_on: str) -> Problem:
    return Problem(worded("'{name}' lies outside the review's folder", name=name), where=where, way_on=way_on)


def _unknown_maps(plan: Plan, path: Path) -> Iterator[Problem]:
    text = read_text(path)
    known = [one.name for one in plan.maps]
    for at, chart in enumerate(plan.charts):
        if isinstance(chart, MapChart | SlicesChart | DifferenceChart) and chart.map not in known:
            yield Problem(
                worded("the plan has no map '{map}'", map=chart.map),
                way_on=nearest(chart.map, known),
                where=at_line(path.name, line_of(text, ("charts", at, "map"))),
            )


def matching(root: Path, pattern: str) -> list[Path]:
    r"""List the files that a pattern names below a folder, as `Path.glob` does, sorted.

    `*` and `?` stand for letters of one name, `**` for folders at any depth. A folder that several links lead to is
    looked through once. None matches where it is no pattern at all: empty, or `a**b`.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> for name in ("a.ris", "in/b.ris", "in/deep/c.ris", "in/d.csv"):
    ...     (folder / name).parent.mkdir(parents=True, exist_ok=True)
    ...     _ = (folder / name).write_text("")
    >>> [path.relative_to(folder).as_posix() for path in matching(folder, "in/**/*.ris")]
    ['in/b.ris', 'in/deep/c.ris']
    """
    parts = [part for part in pattern.replace("\\", "/").split("/") if part not in {"", "."}]
    if not parts or any(ANY_DEPTH in part and part != ANY_DEPTH for part in parts):
        return []
    return sorted(_walk(root, parts))


def _walk(root: Path, parts: Sequence[str]) -> Iterator[Path]:
    """Visit each folder once with the parts of the pattern that are still to come, all that are possible at once."""
    waiting = deque([(os.fspath(root), _open(parts, {0}))])
    seen: set[tuple[str, frozenset[int]]] = set()
    while waiting:
        folder, states = waiting.popleft()
        visit = (os.path.realpath(folder), states)
        if visit in seen:  # a link that leads back, or to where it was looked already
            continue
        seen.add(visit)
        for entry in _entries(folder):
            after = {at + 1 for at in states if parts[at] != ANY_DEPTH and fnmatch.fnmatch(entry.name, parts[at])}
            if len(parts) in after:
                yield Path(entry.path)
            deeper = set() if entry.is_symlink() else {at for at in states if parts[at] == ANY_DEPTH}
            if onward := _open(parts, (after - {len(parts)}) | deeper):
                with contextlib.suppress(OSError):
                    if entry.is_dir():
                        waiting.append((entry.path, onward))


def _open(parts: Sequence[str], states: set[int]) -> frozenset[int]:
    """Add the parts that may come next where `**` means no folder at all."""
    reached = set(states)
    for at in range(len(parts)):
        if at in reached and parts[at] == ANY_DEPTH and at + 1 < len(parts):
            reached.add(at + 1)
    return frozenset(reached)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """List what a folder holds; links come last, so that what they lead to goes by its own name."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: (entry.is_symlink(), entry.name))
    except OSError:
        return []
