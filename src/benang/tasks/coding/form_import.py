"""Forms taken into a review: published ones as templates, and filled-in sheets, whose answers stand in a copy.

The codebook holds of a published appraisal what its licence allows.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from benang.coding.codebook import Variable
from benang.coding.codebook_file import parsed_codebook, read_codebook
from benang.coding.sheets import WORDS
from benang.errors import BenangError, Problem, unknown
from benang.files import decode, read_bytes, replacing, write_bytes
from benang.judgements.events import Value
from benang.locale import Language, translator
from benang.locale.writing import numeral, worded
from benang.progress import Progress, silent
from benang.project.folder import ReviewFolder
from benang.project.rekeying import edited
from benang.project.toml_files import Label
from benang.review.desk import open_desk
from benang.tasks.account import Account, Note, check_outputs, in_shell
from benang.tasks.codebook import changing
from benang.tasks.coding.form_sheets import FilledCell, Sheet, choices_of, read_filled, read_rows, write_sheet
from benang.tasks.coding.form_values import ValueWish, granted_value, variable_named
from benang.tasks.coding.row_answers import answer_path, refusal

_MOST_NOTES = 20


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


def form_labels() -> Mapping[str, Label]:
    """Return what the forms of the templates are called, by the names of these."""
    return {name: Label.model_validate(one["label"]) for name, one in templates().items()}


def new_form(request: NewFormRequest, *, progress: Progress = silent) -> NewForm:
    """Write a template behind all else in `codebook.toml`, which is made where there is none.

    Raises
    ------
    BenangError
        For a template that there is not, a form that the codebook has already, and a codebook that is not valid with
        it; nothing is written then.
    """
    progress("Reading the review", 0.0)
    with changing(request.folder) as review:
        path = _with_form(review, request.template)
    _ = translator(request.language)
    text = _("The form {form} is at the end of {file}. To fill in: benang form sheet {folder} {form} -o {form}.xlsx")
    note = text.format(form=request.template, file=path.name, folder=in_shell(request.folder))
    return NewForm(path, Account(notes=(Note(note),), files=(path,)))


def _with_form(review: ReviewFolder, template: str) -> Path:
    """Write a template behind all else in the codebook, and return its path."""
    if template not in templates():
        raise unknown(template, templates(), where="template", expected="the name of a template")
    path = review.codebook or review.root / "codebook.toml"
    before = read_bytes(path) if review.codebook else b"format = 1\n"
    codebook = read_codebook(path) if review.codebook else None
    if codebook and codebook.form(template):
        way_on = "If you need a second one, first give the existing form another id and label."
        raise BenangError(
            Problem(worded("it already has the form '{template}'", template=template), where=path.name, way_on=way_on)
        )
    block = "\n".join(_block(template))
    after = edited(before, lambda text: _appended(text, block), where=path.name)
    parsed_codebook(decode(after, where=path.name), path.name)
    write_bytes(path, after)
    return path


def _appended(text: str, block: str) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text or text.endswith("\n") else end
    return f"{text}{gap}{end}{block.replace(chr(10), end)}{end}"


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


@dataclass(frozen=True, kw_only=True)
class ImportRequest:
    """A sheet to be taken into a review; its answers go beside it unless `output` is named. `time` is now if None."""

    folder: Path
    sheet: Path
    coder: str | None = None
    output: Path | None = None
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a cell: the value, and whether it is new; else the problem in words."""

    cell: FilledCell
    value: Value | None
    is_new: bool = False
    problem: str = ""


@dataclass(frozen=True)
class Imported:
    """The answers in the order of the sheet, and the file that holds them."""

    answers: tuple[Answer, ...]
    output: Path
    account: Account

    @property
    def n_new(self) -> int:
        """How many values are new."""
        return sum(one.is_new for one in self.answers)


def import_form(request: ImportRequest, *, progress: Progress = silent) -> Imported:
    """Take the values of a sheet into the log of a coder: those that are right, all at one stroke.

    A value that the coder gave before, with the same quotes, is not said twice. An empty cell says nothing.

    Raises
    ------
    BenangError
        For a review or a sheet that can't be read, a sheet that is no form, and answers that can't be written; nothing
        is taken in then.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    rows = read_rows(request.sheet)
    cells = read_filled(request.sheet, rows, desk)
    suffix = ".csv" if request.sheet.suffix.lower() in (".csv", ".tsv", ".txt") else ".xlsx"
    check_outputs([request.output or request.sheet.with_name(f"new{suffix}")], [request.sheet, *desk.folder.files])
    coder = desk.coder(request.coder)
    answers = []
    for at, cell in enumerate(cells):
        progress("Locating the quotations", at / len(cells))
        wish = ValueWish(
            subject=cell.subject, variable=cell.variable, value=cell.value, quotes=cell.quotes, coder=coder
        )
        try:
            grant = granted_value(wish, desk)
            answers.append(Answer(cell, grant.value, grant.is_new))
        except BenangError as error:
            answers.append(Answer(cell, None, problem=refusal(error, request.language)))
    fresh = _once(answers, request.language)
    variables = {cell.variable: variable_named(cell.variable, desk) for cell in cells}
    answered = _answered(rows, fresh, variables, request.language)
    output = request.output or answer_path(request.sheet, suffix, lambda path: _says(path, answered))
    with replacing(output) as (temporary,):
        write_sheet(temporary, answered)
        desk.append([one.value for one in fresh if one.is_new and one.value], time=request.time)
    return Imported(tuple(fresh), output, _account(fresh, output, variables, request.language))


def _says(path: Path, answered: Sheet) -> bool:
    """Tell whether a file has the cells of a sheet; blanks at the ends of rows make no difference."""
    try:
        cells = read_rows(path)
    except BenangError:
        return False
    return [" ".join(row).split() for row in cells] == [" ".join(row).split() for row in answered.rows]


def _once(answers: Sequence[Answer], language: Language) -> list[Answer]:
    """Let each value be new once, where a sheet has a row twice; two different ones are no answer."""
    _ = translator(language)
    first: dict[tuple[str, str], Answer] = {}
    kept = []
    for one in answers:
        if one.value is None:
            kept.append(one)
            continue
        earlier = first.setdefault((one.value.case, one.value.variable), one)
        if earlier is one:
            kept.append(one)
        elif earlier.value == one.value:
            kept.append(replace(one, is_new=False))
        else:
            problem = _("row {row} of this sheet has another value or quote for it")
            kept.append(replace(one, value=None, is_new=False, problem=problem.format(row=earlier.cell.row + 2)))
    return kept


def _answered(
    rows: Sequence[Sequence[str]], answers: Sequence[Answer], variables: Mapping[str, Variable], language: Language
) -> Sheet:
    """Return the sheet with a column more, which says what became of each row."""
    _ = translator(language)
    word = WORDS["result"][language == "id"]
    old = [at for at, cell in enumerate(rows[0]) if cell.strip().casefold() in WORDS["result"]]
    width = max(map(len, rows))
    results: dict[int, list[str]] = {}
    for one in answers:
        results.setdefault(one.cell.row, []).append(_result(one, variables, language))
    listed = []
    for number, row in enumerate(rows, -1):
        cells = [*row, *[""] * (width - len(row))]
        kept = [cell for at, cell in enumerate(cells) if at not in old]
        listed.append((*kept, word if number < 0 else "\n".join(results.get(number, []))))
    headers = {cell.strip().casefold(): at for at, cell in enumerate(listed[0])}
    choices = {}
    for variable in variables.values():
        labels = (variable.id, variable.label.en, variable.label.text("id"))
        at = next((headers[one.casefold()] for one in labels if one.casefold() in headers), None)
        if at is not None:
            choices[at] = choices_of(variable, language)
    return Sheet("answers", tuple(listed), choices)


def _result(answer: Answer, variables: Mapping[str, Variable], language: Language) -> str:
    _ = translator(language)
    label = variables[answer.cell.variable].label.text(language)
    if answer.value is None:
        return f"{label}: {answer.problem}"
    return f"{label}: {_('found') if answer.is_new else _('already there')}"


def _account(answers: Sequence[Answer], output: Path, variables: Mapping[str, Variable], language: Language) -> Account:
    _ = translator(language)
    n_new = sum(one.is_new for one in answers)
    refused = [one for one in answers if one.value is None]
    counts = {"new": n_new, "known": len(answers) - n_new - len(refused), "refused": len(refused)}
    text = _("Values added: {new}; already there: {known}; not added: {refused}.")
    words = {name: numeral(n, language, 0) for name, n in counts.items()}
    line = _("row {number}: {text}")
    results = [f"{one.cell.subject}, {_result(one, variables, language)}".removeprefix(", ") for one in refused]
    remarks = [line.format(number=one.cell.row + 2, text=text) for one, text in zip(refused, results, strict=True)]
    shown = remarks[:_MOST_NOTES]
    if len(remarks) > len(shown):
        more = numeral(len(remarks) - len(shown), language, 0)
        shown.append(_("and {n} more, in the checked copy").format(n=more))
    return Account(notes=(Note(text.format(**words), tuple(shown)),), files=(output,))
