"""Forms to begin with: published appraisals as far as their licences allow, written into a review's codebook."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from benang.coding.codebook_file import read_codebook
from benang.errors import BenangError, Problem, unknown
from benang.files import read_bytes, write_bytes
from benang.locale import Language, translator
from benang.progress import Progress, silent
from benang.project.folder import open_folder
from benang.project.rekeying import edited
from benang.tasks.account import Account, Note
from benang.unfinished import temporary_folder


@dataclass(frozen=True, kw_only=True)
class NewFormRequest:
    """A form to be begun from a template of this name."""

    folder: Path
    template: str
    language: Language = "en"


@dataclass(frozen=True)
class NewForm:
    """The codebook that has the form now."""

    path: Path
    account: Account


@cache
def templates() -> Mapping[str, Any]:
    """Return the templates by name, each with its answers.

    Examples
    --------
    >>> {name: len(one["items"]) for name, one in templates().items()}
    {'jbi-qualitative': 10, 'casp-qualitative': 10, 'mmat': 27, 'quads': 13, 'charting': 6}
    """
    data = tomllib.loads(resources.files(__package__).joinpath("form_templates.toml").read_text(encoding="utf-8"))
    levels = data["answers"]
    return {
        name: {**one, "levels": levels[one["answers"]]["levels"] if "answers" in one else []}
        for name, one in data["templates"].items()
    }


def new_form(request: NewFormRequest, *, progress: Progress = silent) -> NewForm:
    """Write a template behind all else in `codebook.toml`, which is made where there is none.

    Raises
    ------
    BenangError
        For a template that there is not, a form that the codebook has already, and a codebook that is not valid with
        it; nothing is written then.
    """
    progress("Reading the review", 0.0)
    review = open_folder(request.folder)
    if request.template not in templates():
        raise unknown(request.template, templates(), where="template", expected="the name of a template")
    path = review.codebook or review.root / "codebook.toml"
    before = read_bytes(path) if review.codebook else b"format = 1\n"
    codebook = read_codebook(path) if review.codebook else None
    if codebook and codebook.form(request.template):
        way_on = "Give that one another id and label, if you need a second."
        raise BenangError(Problem(f"it has the form '{request.template}' already", where=path.name, way_on=way_on))
    block = "\n".join(_block(request.template))
    after = edited(before, lambda text: _appended(text, block), where=path.name)
    _check(after, path.name)
    write_bytes(path, after)
    _ = translator(request.language)
    text = _(
        "The form {form} stands at the end of {file}. To fill in: benang form sheet {folder} {form} -o {form}.xlsx"
    )
    note = text.format(form=request.template, file=path.name, folder=request.folder)
    return NewForm(path, Account(notes=(Note(note),), files=(path,)))


def _appended(text: str, block: str) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text or text.endswith("\n") else end
    return f"{text}{gap}{end}{block.replace(chr(10), end)}{end}"


def _check(data: bytes, name: str) -> None:
    """Read the codebook as it would be, before it is."""
    with temporary_folder() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        read_codebook(path)


def _block(name: str) -> Iterator[str]:
    """Give the lines of a template: what its licence allows, the form, and a variable for each item."""
    template = templates()[name]
    yield from (f"# {line}" for line in template["note"].strip().splitlines())
    names = [f"{name}-{at}" for at, _ in enumerate(template["items"], 1)]
    yield "[[forms]]"
    yield f'id = "{name}"'
    yield f"label = {_label(template['label'])}"
    yield f'kind = "{template.get("kind", "appraisal")}"'
    yield "variables = [" + ", ".join(f'"{one}"' for one in names) + "]"
    if "source" in template:
        yield f"source = {_quoted(template['source'])}"
    for variable, item in zip(names, template["items"], strict=True):
        yield ""
        yield "[[variables]]"
        yield f'id = "{variable}"'
        yield f"label = {_label(item)}"
        if not template["levels"]:
            yield f'type = "{item.get("type", "text")}"'
            continue
        yield "shown = false"
        yield "levels = ["
        for level in template["levels"]:
            yield f'  {{ id = "{level["id"]}", label = {_label(level["label"])}, light = "{level["light"]}" }},'
        yield "]"


def _label(label: Mapping[str, str]) -> str:
    return f"{{ en = {_quoted(label['en'])}, id = {_quoted(label['id'])} }}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
