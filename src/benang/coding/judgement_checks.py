"""What can be wrong with judgements: codes, cases, variables and levels that there are not, and values that differ."""

from __future__ import annotations

from collections.abc import Iterator

from benang.coding.cases import Cases, text_of, unfitting
from benang.coding.codebook import Codebook
from benang.errors import BenangError, Problem, nearest
from benang.judgements.events import CONSENSUS, NOT_REPORTED, Coding, Event, Task, Value
from benang.judgements.log import Judgements, conflict_problems


def check_judgements(judgements: Judgements, codebook: Codebook, cases: Cases) -> None:
    """Check that every judgement that stands speaks of codes, cases, variables and levels that there are.

    Raises
    ------
    BenangError
        With every judgement that doesn't: its file, its line, and the nearest known word. Also for those in conflict,
        since numbers must not hang on which of them is counted, and where coders give one variable of one case
        different values, and none of them is the coder `consensus`.
    """
    problems = [
        Problem(found, where=str(judgements.place(one.id)), way_on=way_on)
        for one in (*judgements.current, *judgements.disputed)
        for found, way_on in _unknown(one, codebook, cases)
    ]
    problems.extend(conflict_problems(judgements))
    problems.extend(_differing(judgements))
    if problems:
        raise BenangError(*problems)


def _unknown(judgement: Event, codebook: Codebook, cases: Cases) -> Iterator[tuple[str, str]]:
    if isinstance(judgement, Coding | Value | Task) and judgement.case not in cases.by_id:
        yield f"the case '{judgement.case}' is not in cases.toml", nearest(judgement.case, cases.by_id)
    if isinstance(judgement, Coding):
        yield from _unknown_code(judgement.code, codebook)
    elif isinstance(judgement, Value):
        yield from _unknown_value(judgement, codebook, cases)
    elif isinstance(judgement, Task):
        groups = [*(group.id for group in codebook.groups), *(framework.id for framework in codebook.frameworks)]
        if judgement.group not in groups:
            yield f"the group '{judgement.group}' is not in codebook.toml", nearest(judgement.group, groups)


def _unknown_code(name: str, codebook: Codebook) -> Iterator[tuple[str, str]]:
    code = codebook.by_id.get(name)
    codable = [one.id for one in codebook.codes if not one.heading]
    if code is None:
        yield f"the code '{name}' is not in codebook.toml", nearest(name, codable)
    elif code.heading:
        under = [one.id for one in codebook.codes if one.parent == name]
        yield f"the code '{name}' is a heading, which no passage carries", f"Use one of: {', '.join(under)}."


def _unknown_value(value: Value, codebook: Codebook, cases: Cases) -> Iterator[tuple[str, str]]:
    variable = codebook.variable(value.variable)
    if variable is None:
        known = [one.id for one in codebook.variables]
        yield f"the variable '{value.variable}' is not in codebook.toml", nearest(value.variable, known)
    elif value.value != NOT_REPORTED:
        if fault := unfitting(value.value, variable):
            yield fault
        case = cases.by_id.get(value.case)
        given = case.values.get(variable.id) if case else None
        if given is not None and value.value not in (given, text_of(given), text_of(given, "id")):
            yield (
                f"{variable.id} of '{value.case}' is '{value.value}' here, but '{text_of(given)}' in cases.toml",
                "Put one of them right.",
            )


def _differing(judgements: Judgements) -> Iterator[Problem]:
    first: dict[tuple[str, str], Value] = {}
    agreed = {(one.case, one.variable) for one in judgements.of(Value) if one.coder == CONSENSUS}
    for value in judgements.of(Value):
        key = (value.case, value.variable)
        if key in agreed and value.coder != CONSENSUS:
            continue
        earlier = first.setdefault(key, value)
        if earlier.value != value.value:
            yield Problem(
                f"{value.variable} of '{value.case}' is '{value.value}' here, but '{earlier.value}' in "
                f"{judgements.place(earlier.id)}",
                where=str(judgements.place(value.id)),
                way_on=f"Supersede one of them, or let the coder '{CONSENSUS}' decide.",
            )
