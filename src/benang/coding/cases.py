"""Cases: whatever a review compares, with the studies that report each (`cases.toml`), and whom forms are about.

An extraction speaks of cases. An appraisal speaks of studies: where each case is one study it is filled in for the
cases, else for the studies of the cases, and its values carry the key of a record where others carry a case.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, StrictInt

from benang.coding.codebook import Codebook, Form, Variable
from benang.errors import BenangError, Problem, at_line, closest, nearest
from benang.files import read_text
from benang.judgements.events import Event, Value
from benang.judgements.log import Judgements
from benang.locale import Language
from benang.locale.writing import worded
from benang.project.toml_edits import line_of
from benang.project.toml_files import Checked, Id, Label, Text, read_toml

OUTCOME = "outcome"
"""The variable that cases are gathered by, where the codebook has it."""

PERIOD = ("since", "until")
"""The variables that tell from when to when a case lasted, where the codebook has them."""

CaseValue = StrictInt | str | Label
"""A value of a variable: a year, the id of a level, or a text, which may be in two languages."""


class Case(Checked):
    """One case: an id, a label, and its values of the codebook's variables, each under the variable's id.

    `studies` are keys of records, the first the main one. A case without a label of its own goes by its id.

    Examples
    --------
    >>> case = Case(id="alun", label="Alun", outcome="closed", owner=Label(en="village", id="desa"))
    >>> case.name(), case.values["outcome"], case.values["owner"].text("id")
    ('Alun', 'closed', 'desa')
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, CaseValue]

    id: Id
    label: Text = Label(en="")
    studies: tuple[str, ...] = ()

    @property
    def values(self) -> Mapping[str, CaseValue]:
        """The values that the case gives of variables, by their ids."""
        return self.__pydantic_extra__

    def name(self, language: Language = "en") -> str:
        """Return the label in a language; the id where there is none."""
        return self.label.text(language) or self.id


class Cases(Checked):
    """All cases of a review, in the order of the file."""

    format: Literal[1] = 1
    cases: tuple[Case, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Case]:
        """Cases by id."""
        return {case.id: case for case in self.cases}


def read_cases(path: Path, codebook: Codebook | None = None) -> Cases:
    """Read `cases.toml`, and make the labels that the codebook makes of variables (`case_label`).

    `check_cases` holds what was read against the codebook and the records.
    """
    cases = read_toml(path, Cases)
    labelled = tuple(
        case if case.label.en else case.model_copy(update={"label": _label(case, codebook or Codebook())})
        for case in cases.cases
    )
    return cases.model_copy(update={"cases": labelled})


def _label(case: Case, codebook: Codebook) -> Label:
    """Join the texts that make a label, `Padang – Fremantle`; those that a case lacks leave no dash behind."""
    texts = [case.values[name] for name in codebook.case_label if name in case.values]
    en, indonesian = (" – ".join(filter(None, (text_of(one, to) for one in texts))) for to in ("en", "id"))
    return Label(en=en, id=None if indonesian == en else indonesian)


def text_of(value: CaseValue, language: Language = "en") -> str:
    """Return a value as text in a language.

    Examples
    --------
    >>> text_of(Label(en="village", id="desa"), "id"), text_of("closed"), text_of(1960)
    ('desa', 'closed', '1960')
    """
    return value.text(language) if isinstance(value, Label) else str(value)


def check_cases(cases: Cases, path: Path, records: Collection[str], codebook: Codebook) -> None:
    """Check that ids stand once, that each case has a label, and that values and studies are known ones.

    Raises
    ------
    BenangError
        With every problem of the file: its line, what was found, and the way on. A key that is no variable of the
        codebook is one problem, however many cases have it; so is a missing label.
    """
    if not cases.cases:
        return
    text = read_text(path)
    problems = [
        Problem(
            fault,
            where=at_line(path.name, line_of(text, ("cases", number, key))),
            way_on=way_on,
        )
        for number, key, fault, way_on in (
            *_unlabelled(cases, codebook),
            *_undeclared(cases, codebook),
            *(
                (number, *fault)
                for number, case in enumerate(cases.cases)
                for fault in (
                    *_twice(case, cases.cases[:number]),
                    *_unfitting(case, codebook),
                    *_studies(case, records),
                )
            ),
        )
    ]
    if problems:
        raise BenangError(*problems)


_Fault = tuple[str, str, str]
"""Under which key of a case something was found, what, and the way on."""


def _twice(case: Case, earlier: tuple[Case, ...]) -> Iterator[_Fault]:
    if any(one.id == case.id for one in earlier):
        yield "id", worded("the case '{case}' appears twice", case=case.id), worded("Give one of them another id.")


def _unlabelled(cases: Cases, codebook: Codebook) -> Iterator[tuple[int, str, str, str]]:
    """Find the first case without a label, and say how many there are and what its label could be made of."""
    without = [number for number, case in enumerate(cases.cases) if not case.label.en.strip()]
    if not without:
        return
    case = cases.cases[without[0]]
    rest = len(without) - 1
    texts = [
        name
        for name, value in case.values.items()
        if isinstance(value, (str, Label)) and (declared := codebook.variable(name) or _TEXT).type == "text"
        and declared.note_of is None
    ]  # fmt: skip
    listed = ", ".join(f'"{name}"' for name in texts[:2])
    fault = worded("the case '{case}' has no label", case=case.id)
    if rest:
        fault = worded(
            "the case '{case}' and {n} other case have no label",
            "the case '{case}' and {n} other cases have no label",
            n=rest,
            case=case.id,
        )
    way_on = worded('Give each case a label = "…".')
    if texts:
        way_on = worded(
            'Give each case a label = "…", or let codebook.toml make labels from its texts, with '
            "case_label = [{texts}] above its tables.",
            texts=listed,
        )
    yield without[0], "id", fault, way_on


_TEXT = Variable(id="text", label=Label(en=""), type="text")


def _undeclared(cases: Cases, codebook: Codebook) -> Iterator[tuple[int, str, str, str]]:
    """Find the keys that are not variables of the codebook, each at its first use."""
    declared = [variable.id for variable in codebook.variables]
    first: dict[str, int] = {}
    for number, case in enumerate(cases.cases):
        for key in case.values:
            first.setdefault(key, number)
    for key, number in first.items():
        if key in declared:
            continue
        meant = closest(key, [*Case.model_fields, *declared])
        way_on = (
            worded("Did you mean '{meant}'?", meant=meant)
            if meant
            else worded(
                "If cases have this property, declare it in codebook.toml under [[variables]], on lines of their "
                'own: id = "{key}", label = "{label}", {type}.',
                key=key,
                label=key.replace("_", " ").capitalize(),
                type=_type_of(key, cases),
            )
        )
        yield number, key, worded("unknown key '{key}'", key=key), way_on


def _type_of(key: str, cases: Cases) -> str:
    values = [case.values[key] for case in cases.cases if key in case.values]
    return 'type = "year"' if all(isinstance(value, int) for value in values) else 'type = "text"'


def _unfitting(case: Case, codebook: Codebook) -> Iterator[_Fault]:
    for key, value in case.values.items():
        variable = codebook.variable(key)
        if variable is not None and (fault := unfitting(value, variable)):
            yield key, *fault


def unfitting(value: CaseValue, variable: Variable) -> tuple[str, str] | None:
    """Say what is wrong with a value of a variable and the way on; None where it fits.

    Examples
    --------
    >>> unfitting("1960", Variable(id="since", label="Since", type="year"))
    ("since is '1960', but a year of four digits was expected", 'Write it without quotation marks.')
    >>> unfitting(1960, Variable(id="since", label="Since", type="year"))
    """
    if variable.type == "year" and not (isinstance(value, int) and 1000 <= value <= 9999):
        return worded(
            "{variable} is {value!r}, but a year of four digits was expected", variable=variable.id, value=value
        ), worded("Write it without quotation marks.")
    if variable.type == "number" and not (isinstance(value, int) and value >= 0):
        return worded(
            "{variable} is {value!r}, but a whole number was expected", variable=variable.id, value=value
        ), worded("Write it in digits, without quotation marks.")
    if variable.type == "text" and (isinstance(value, int) or not text_of(value).strip()):
        return worded("{variable} is {value!r}, but a text was expected", variable=variable.id, value=value), worded(
            "Write it in quotation marks."
        )
    levels = [level.id for level in variable.levels]
    if variable.type == "category" and value not in levels:
        fault = worded(
            "'{level}' is not a level of the variable '{variable}'", level=text_of(value), variable=variable.id
        )
        return fault, nearest(text_of(value), levels)
    return None


def _studies(case: Case, records: Collection[str]) -> Iterator[_Fault]:
    for study in case.studies:
        if study not in records:
            yield (
                "studies",
                worded("no record has the key of the study '{study}'", study=study),
                nearest(study, records),
            )
    if len(set(case.studies)) < len(case.studies):
        yield (
            "studies",
            worded("a study of the case '{case}' appears twice", case=case.id),
            worded("Name each study once."),
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a row of a form is about: the id of a case or the key of a study, and the studies that report it."""

    id: str
    studies: tuple[str, ...]


def are_studies(cases: Cases) -> bool:
    """Tell whether each case is one study, and no study two cases.

    Examples
    --------
    >>> one, other = Case(id="muara", studies=("sari2018",)), Case(id="bukit", studies=("lestari2019",))
    >>> third = Case(id="ladang", studies=("lestari2019",))
    >>> are_studies(Cases(cases=(one, other))), are_studies(Cases(cases=(one, other, third)))
    (True, False)
    """
    studies = [case.studies for case in cases.cases]
    return all(len(one) == 1 for one in studies) and len(set(studies)) == len(studies)


def is_of_studies(variable: str, codebook: Codebook, cases: Cases) -> bool:
    """Tell whether values of a variable carry the key of a study instead of a case."""
    return variable in codebook.appraised and not are_studies(cases)


def subjects(form: Form, cases: Cases) -> tuple[Subject, ...]:
    """Return whom a form is filled in for: the cases, or for an appraisal their studies, in the order of the file."""
    if form.kind == "extraction" or are_studies(cases):
        return tuple(Subject(case.id, case.studies) for case in cases.cases)
    studies = dict.fromkeys(study for case in cases.cases for study in case.studies)
    return tuple(Subject(study, (study,)) for study in studies)


def subject_named(name: str, variable: str, codebook: Codebook, cases: Cases) -> str | None:
    """Return the subject of a variable that an id of a case or the key of a study names; None where it names none.

    A case of one study names this study, and a study that is a case names the case: an appraisal stays where a case
    gets its second study.

    Examples
    --------
    >>> codebook = Codebook(variables=({"id": "aim", "label": "Aim"},),
    ...                     forms=({"id": "q", "label": "Quality", "kind": "appraisal", "variables": ("aim",)},))
    >>> cases = Cases(cases=(Case(id="muara", studies=("sari2018",)), Case(id="bukit", studies=("a", "b"))))
    >>> [subject_named(one, "aim", codebook, cases) for one in ("muara", "sari2018", "bukit")]
    ['sari2018', 'sari2018', None]
    """
    case = cases.by_id.get(name)
    if variable not in codebook.appraised:
        return case.id if case else None
    if are_studies(cases):
        own = [one.id for one in cases.cases if name in one.studies]
        return case.id if case else next(iter(own), None)
    if any(name in one.studies for one in cases.cases):
        return name
    return case.studies[0] if case and len(case.studies) == 1 else None


def about_subjects(judgements: Judgements, codebook: Codebook, cases: Cases) -> Judgements:
    """Return judgements whose values of appraisals name their subjects as `subject_named` does."""
    if not codebook.appraised:
        return judgements
    current = tuple(_about_subject(one, codebook, cases) for one in judgements.current)
    return replace(judgements, current=current)


def _about_subject(event: Event, codebook: Codebook, cases: Cases) -> Event:
    if not isinstance(event, Value) or event.variable not in codebook.appraised:
        return event
    subject = subject_named(event.case, event.variable, codebook, cases)
    return event.model_copy(update={"case": subject}) if subject else event


Given = Mapping[tuple[str, str], Mapping[str, Value]]
"""What coders have given, by subject and variable, and then by coder."""


def given_values(form: Form, judgements: Judgements, codebook: Codebook, cases: Cases) -> Given:
    """Return the values of a form that people gave and that stand; of several of one coder, the last by its id."""
    given: dict[tuple[str, str], dict[str, Value]] = {}
    for value in about_subjects(judgements, codebook, cases).of(Value):
        if value.variable in form.variables and not value.program:
            given.setdefault((value.case, value.variable), {})[value.coder] = value
    return given
