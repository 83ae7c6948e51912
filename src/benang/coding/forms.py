"""Forms: whom each is filled in for, and what coders have given so far.

An extraction speaks of cases. An appraisal speaks of studies: where each case is one study it is filled in for the
cases, else for the studies of the cases, and its values carry the key of a record where others carry a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from benang.coding.cases import Cases
from benang.coding.codebook import Codebook, Form
from benang.judgements.events import CONSENSUS, Event, Value
from benang.judgements.log import Judgements


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a row of a form is about: the id of a case or the key of a study, and the studies that tell of it."""

    id: str
    studies: tuple[str, ...]


def are_studies(cases: Cases) -> bool:
    """Tell whether each case is one study, and no study two cases.

    Examples
    --------
    >>> from benang.coding.cases import Case
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
    >>> from benang.coding.cases import Case
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


def differing(values: Mapping[str, Value]) -> bool:
    """Tell whether coders differ in a value; what the coder `consensus` says is no word of its own."""
    return len({value.value for coder, value in values.items() if coder != CONSENSUS}) > 1
