"""What a review begins with: plan, codebook and cases, each block explained by a small example, and its new folder."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Literal, get_args

from jinja2 import Environment, PackageLoader, StrictUndefined

from benang.coding.cases import Cases
from benang.coding.codebook import Code, Codebook
from benang.coding.codebook_edits import free_id, id_from
from benang.errors import BenangError, Problem, visible
from benang.files import decode, read_bytes
from benang.judgements.events import Decision
from benang.locale import Language
from benang.locale.writing import worded
from benang.project.folder import PLAN
from benang.project.toml_edits import Edit, RemoveTable, edited_toml
from benang.review.desk import Desk
from benang.unfinished import remove_leftovers, temporary_prefix

ReviewKind = Literal["bibliometric", "scoping", "systematic", "cases"]
"""What a review is for: to map a field, to chart what its studies found, to weigh all studies of one question, or to
compare cases that studies report on."""

KINDS: tuple[ReviewKind, ...] = get_args(ReviewKind)

EXAMPLE_CASE: Mapping[Language, str] = {"en": "example", "id": "contoh"}
"""The id of the case that shows what a case is."""

_LISTED = 30
"""Records that are listed with their keys."""

_INVITATIONS = {
    "Below is a small example. Replace it with your own codes and variables: copy a block, from its": (
        "A code or a variable is a block: to add one, copy a block, from its"
    ),
    "Below is a small example. Replace it with your own cases: copy the block": (
        "A case is a block that begins with [[cases]]: to add one, copy a block"
    ),
    "Isi di bawah ini hanya contoh kecil. Gantilah dengan kode dan variabel Anda: salin satu blok": (
        "Kode atau variabel adalah satu blok: untuk menambahnya, salin satu blok"
    ),
    "Isi di bawah ini hanya contoh kecil. Gantilah dengan kasus Anda: salin bloknya": (
        "Kasus adalah satu blok yang diawali [[cases]]: untuk menambahnya, salin satu blok"
    ),
}
"""What the files say of their example, and what they say once it is gone."""


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What is known of a review when it begins.

    `records` says of each record, by its key, which paper it is: the first is the study of the case that serves as an
    example, and `cases.toml` lists some thirty. `lacking` are the maps that the exports don't hold enough for and the
    charts that can't be drawn, as `maps/topics`, `charts/topics-by-year`: they stand in the plan as remarks.
    `exports` has the database that each export is from, by its name in the folder; nothing where it doesn't say.
    """

    title: str
    question: str
    kind: ReviewKind
    language: Language = "en"
    reviewers: tuple[str, ...] = ()
    records: Mapping[str, str] = field(default_factory=dict)
    lacking: Collection[str] = ()
    exports: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Search:
    """A search of which no more is known than its exports."""

    id: str
    name: str
    files: tuple[str, ...]
    is_known: bool


def beginning_files(beginning: Beginning) -> dict[str, str]:
    r"""Return the TOML files that a review begins with, by their names.

    `cases.toml` is among them where it compares cases, `searches.toml` where studies are searched for and screened.

    Each holds tables only from its first table on, so that further ones can be put at its end.

    Examples
    --------
    >>> files = beginning_files(Beginning(title='The "good" life', question="Why?", kind="scoping"))
    >>> sorted(files), 'title = "The \\"good\\" life"' in files["review.toml"].splitlines()
    (['codebook.toml', 'review.toml', 'searches.toml'], True)
    """
    names = ["review", "codebook", *(["cases"] if beginning.kind == "cases" else [])]
    names += ["searches"] if beginning.kind in ("scoping", "systematic") else []
    case = EXAMPLE_CASE[beginning.language] if beginning.kind == "cases" else "sari2018"
    context = {
        "title": beginning.title,
        "question": beginning.question,
        "kind": beginning.kind,
        "reviewers": list(beginning.reviewers),
        "coder": beginning.reviewers[0] if beginning.reviewers else "ani",
        "studies": list(beginning.records)[:1],
        "records": [(key, _in_line(called)) for key, called in islice(beginning.records.items(), _LISTED)],
        "n_records": len(beginning.records),
        "lacking": frozenset(beginning.lacking),
        "case": case,
        "searches": _searches(beginning.exports),
    }
    environment = _environment()
    templates = {name: environment.get_template(f"{name}.{beginning.language}.toml.j2") for name in names}
    return {f"{name}.toml": template.render(context) for name, template in templates.items()}


def _searches(exports: Mapping[str, str]) -> list[_Search]:
    """Return a search for each database, and one for each export that names none."""
    files: dict[tuple[str, bool], list[str]] = {}
    for name, database in exports.items():
        files.setdefault((_in_line(database or Path(name).stem), bool(database)), []).append(name)
    searches: list[_Search] = []
    for (name, is_known), own in files.items():
        own_id = free_id(id_from(name) or "search", {one.id for one in searches}.__contains__)
        searches.append(_Search(own_id, name, tuple(own), is_known))
    return searches


def is_example(codebook: Codebook) -> bool:
    """Tell a codebook whose codes are still those of the example.

    Examples
    --------
    >>> is_example(Codebook())
    False
    """
    return codebook.codes in _example_codes()


@cache
def _example_codes() -> tuple[tuple[Code, ...], ...]:
    texts = [
        beginning_files(Beginning(title="-", question="-", kind="cases", language=language))["codebook.toml"]
        for language in EXAMPLE_CASE
    ]
    return tuple(Codebook.model_validate(tomllib.loads(text)).codes for text in texts)


def has_only_the_example_case(desk: Desk) -> bool:
    """Tell whether the only case of a review is still the one that shows what a case is, with its made-up values."""
    path = desk.folder.cases
    if not path or tuple(desk.cases.by_id) not in {(one,) for one in EXAMPLE_CASE.values()}:
        return False
    return _data(decode(read_bytes(path), where=path.name)) in _example_data()["cases.toml"]


def without_examples(desk: Desk) -> tuple[Desk, tuple[str, ...]]:
    """Return a review without the codes, variables and the case with which it began, and the files that have them.

    Only where all of them are still as they were: a case that was added may have the variables of the example. Where
    one of two files is, it is named beside the review as it is. A review in which somebody has coded has no examples.
    """
    paths = {"codebook.toml": desk.folder.codebook, "cases.toml": desk.folder.cases}
    there = {name: path for name, path in paths.items() if path}
    examples = tuple(
        name for name, path in there.items() if _data(decode(read_bytes(path), where=name)) in _example_data()[name]
    )
    if not all(isinstance(one, Decision) for one in desk.judgements.by_id.values()):
        return desk, ()
    if len(examples) < len(there):
        return desk, examples
    return replace(desk, codebook=Codebook(), cases=Cases()), examples


def edited_without_example(text: str, edits: Sequence[Edit], *, where: str) -> str:
    r"""Make changes in a file that a review began with, and take all its tables of before out.

    Examples
    --------
    >>> from benang.project.toml_edits import AddTable
    >>> text = '# The codes.\nformat = 1\n\n[[codes]]\nid = "funding"\n'
    >>> print(edited_without_example(text, [AddTable("codes", {"id": "rent"})], where="codebook.toml"), end="")
    # The codes.
    format = 1
    <BLANKLINE>
    [[codes]]
    id = "rent"
    """
    tables = ((name, one) for name, one in tomllib.loads(text).items() if isinstance(one, list))
    before = [RemoveTable(name, number) for name, every in tables for number in range(len(every))]
    new = edited_toml(edited_toml(text, edits, where=where), before, where=where)
    for words, instead in _INVITATIONS.items():
        new = new.replace(words, instead)
    return new


def _data(text: str) -> dict[str, Any]:
    """Return what a file says, but for the studies of its cases: those of the example are the review's own."""
    data = tomllib.loads(text)
    return data | ({"cases": [{**one, "studies": []} for one in data["cases"]]} if "cases" in data else {})


@cache
def _example_data() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Return what the files say that reviews of each kind begin with, as far as there is an example in them."""
    every = [
        beginning_files(Beginning(title="-", question="-", kind=kind, language=language))
        for kind in KINDS
        for language in EXAMPLE_CASE
    ]
    data = {name: [_data(files[name]) for files in every if name in files] for name in ("codebook.toml", "cases.toml")}
    return {name: [one for one in of if set(one) - {"format"}] for name, of in data.items()}


def toml_value(value: str | Sequence[str]) -> str:
    r"""Write a text, or a list of texts, as TOML has it, in one line.

    Examples
    --------
    >>> print(toml_value('Pasar "malam"\n\x7f'), toml_value(["ani", "budi"]))
    "Pasar \"malam\"\n\u007f" ["ani", "budi"]
    """
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _in_line(text: str) -> str:
    return visible(" ".join(text.split()), in_line=True)


def _remarked(text: str, wanted: bool) -> str:
    """Make remarks of lines."""
    return "".join(f"# {line}".rstrip() + "\n" for line in text.splitlines()) if wanted else text


@cache
def _environment() -> Environment:
    environment = Environment(  # noqa: S701 - TOML, where `toml` quotes what the user wrote
        loader=PackageLoader("benang.review"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["toml"] = toml_value
    environment.filters["remarked"] = _remarked
    return environment


def check_free(folder: Path) -> None:
    """Refuse a folder that holds something; hidden files (`.git`, `.DS_Store`) are no matter.

    Raises
    ------
    BenangError
        Where a file, or a link that leads nowhere, is in its place, or it is not empty.
    """
    if (folder / PLAN).exists():
        way_on = "See its state with `benang status FOLDER`, or name another folder."
        raise BenangError(Problem("this folder already contains a review", where=str(folder), way_on=way_on))
    if folder.is_dir():
        there = sorted(one.name for one in folder.iterdir() if not one.name.startswith("."))
        if there:
            fault = worded(
                "this folder is not empty: it contains {names}{more}",
                names=", ".join(there[:3]),
                more=" …" if len(there) > 3 else "",
            )
            raise BenangError(Problem(fault, where=str(folder), way_on="Name a new folder, or an empty one."))
    elif os.path.lexists(folder):
        raise BenangError(Problem("this is not a folder", where=str(folder), way_on="Name a new folder."))


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
        way_on = "Choose a place where you may write and where there is room."
        raise BenangError(
            Problem(worded("can't write here ({reason})", reason=error.strerror), where=str(folder), way_on=way_on)
        ) from None


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
