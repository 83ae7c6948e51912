"""Where coders differ in a form: value by value with their quotes, and a sheet to decide in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benang.coding.cases import Given, Subject, given_values, subjects
from benang.coding.codebook import Form
from benang.judgements.events import CONSENSUS, Value
from benang.locale import Language, translator
from benang.locale.writing import numeral
from benang.progress import Progress, silent
from benang.review.desk import Desk, open_desk
from benang.tasks.account import Account, Note, check_new, check_outputs, in_shell
from benang.tasks.coding.form_sheets import (
    Sheet,
    filled,
    form_named,
    form_sheet,
    header_of,
    variables_of,
    write_sheet,
)


@dataclass(frozen=True, kw_only=True)
class CompareRequest:
    """A form whose values by several coders are compared; what is still to decide, if any, goes into `output`."""

    folder: Path
    form: str
    output: Path | None = None
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class Difference:
    """A value in which coders differ, by coder; `decided` is what `consensus` says, where it has."""

    subject: str
    variable: str
    values: tuple[Value, ...]
    decided: Value | None


@dataclass(frozen=True)
class Compared:
    """How many values several coders gave, in how many they agree, and where they differ."""

    n_compared: int
    n_agreed: int
    differences: tuple[Difference, ...]
    account: Account

    @property
    def share(self) -> float | None:
        """The share of the compared values in which all coders agree; None where nothing was coded twice."""
        return self.n_agreed / self.n_compared if self.n_compared else None


def compare_form(request: CompareRequest, *, progress: Progress = silent) -> Compared:
    """Compare what coders gave in a form; the coder `consensus` decides and is not compared.

    Raises
    ------
    BenangError
        For a review that can't be read, a form that it does not have, and a file that can't be written or is there.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    if request.output:
        check_outputs([request.output], desk.folder.files)
    form = form_named(request.form, desk)
    given = given_values(form, desk.judgements, desk.codebook, desk.present_cases)
    rows = subjects(form, desk.present_cases)
    pairs = [(one.id, name) for one in rows for name in form.variables]
    twice = [pair for pair in pairs if len(given.get(pair, {}).keys() - {CONSENSUS}) > 1]
    differences = tuple(_difference(pair, given) for pair in twice if differing(given[pair]))
    waiting = [one for one in differences if one.decided is None]
    if request.output and waiting:
        check_new(request.output)
        write_sheet(request.output, _to_decide(form, rows, waiting, desk, request.language))
    account = _account(len(twice), differences, desk, request)
    return Compared(len(twice), len(twice) - len(differences), differences, account)


def differing(values: Mapping[str, Value]) -> bool:
    """Tell whether coders differ in a value; what the coder `consensus` says is no word of its own."""
    return len({value.value for coder, value in values.items() if coder != CONSENSUS}) > 1


def _difference(pair: tuple[str, str], given: Given) -> Difference:
    by_coder = given[pair]
    values = tuple(by_coder[coder] for coder in sorted(by_coder) if coder != CONSENSUS)
    return Difference(*pair, values, by_coder.get(CONSENSUS))


def _to_decide(
    form: Form, rows: Sequence[Subject], waiting: Sequence[Difference], desk: Desk, language: Language
) -> Sheet:
    """Lay out what is not decided: the form's own columns to fill in, and behind them what each coder said."""
    _ = translator(language)
    about, names = {one.subject for one in waiting}, {one.variable for one in waiting}
    asked = form.model_copy(update={"variables": tuple(name for name in form.variables if name in names)})
    sheet = form_sheet(asked, [one for one in rows if one.id in about], desk, language, {}, None)
    coders = sorted({value.coder for one in waiting for value in one.values})
    by_place = {(one.subject, one.variable, value.coder): value for one in waiting for value in one.values}
    header, *cells = map(list, sheet.rows)
    for variable in variables_of(asked, desk):
        for coder in coders:
            label = header_of(variable, desk, language)
            header += [f"{label}: {coder}", _("{variable}: quotes of {coder}").format(variable=label, coder=coder)]
            for row in cells:
                row += filled(by_place.get((row[0], variable.id, coder)), variable, language)
    return Sheet(sheet.name, tuple(map(tuple, (header, *cells))), sheet.choices)


def _account(n_compared: int, differences: Sequence[Difference], desk: Desk, request: CompareRequest) -> Account:
    _, language = translator(request.language), request.language
    n_agreed = n_compared - len(differences)
    if not n_compared:
        return Account(notes=(Note(_("No value was given by two coders.")),))
    text = _("Values given by at least two coders: {n}. They agree on {agreed} ({share} %).")
    share = numeral(100 * n_agreed / n_compared, language, 0)
    sentence = text.format(n=numeral(n_compared, language, 0), agreed=numeral(n_agreed, language, 0), share=share)
    waiting = sum(one.decided is None for one in differences)
    files = (request.output,) if request.output and waiting else ()
    notes = [Note(sentence), *_differences(differences, desk, language)]
    if waiting and request.output:
        way_on = _("To decide: {n}. Fill in, then: benang form import {file} --review {folder} --coder {coder}")
        words = {"file": in_shell(request.output), "folder": in_shell(request.folder), "coder": CONSENSUS}
        notes.append(Note(way_on.format(n=numeral(waiting, language, 0), **words)))
    elif waiting:
        way_on = _("To decide: {n}. Write them into a sheet with -o differences.xlsx.")
        notes.append(Note(way_on.format(n=numeral(waiting, language, 0))))
    elif request.output:
        notes.append(Note(_("Nothing is left to decide, so no sheet was written.")))
    return Account(notes=tuple(notes), files=files)


def _differences(differences: Sequence[Difference], desk: Desk, language: Language) -> Iterator[Note]:
    """Say each difference, with the values and quotes of the coders below one another."""
    _ = translator(language)
    for one in differences:
        variable = desk.codebook.variable(one.variable)
        assert variable is not None  # noqa: S101 - forms are checked
        remarks = [f"{value.coder}: {_with_quotes(value, desk, language)}" for value in one.values]
        if one.decided:
            remarks.append(_("decided: {value}").format(value=filled(one.decided, variable, language)[0]))
        yield Note(f"{one.subject}, {variable.label.text(language)}", tuple(remarks))


def _with_quotes(value: Value, desk: Desk, language: Language) -> str:
    variable = desk.codebook.variable(value.variable)
    assert variable is not None  # noqa: S101 - forms are checked
    text, quotes = filled(value, variable, language)
    return f"{text}: “{quotes}”" if quotes else text
