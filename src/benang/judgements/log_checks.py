"""What is wrong between the judgements of a review: ids given twice, and what supersedes what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benang.errors import Problem, nearest
from benang.judgements.judgements import Coding, Place, Task, Value, passage_id

Placed = tuple[Coding | Value | Task, Place]


def log_problems(judgements: Sequence[Placed]) -> list[Problem]:
    """Find ids given twice, and judgements that supersede none, themselves, or one that another supersedes too."""
    return [*_twice(judgements), *_superseding(judgements), *_forks(judgements)]


def _twice(judgements: Iterable[Placed]) -> list[Problem]:
    """Find ids given twice; the passages of a value have ids too: `VALUE/1` and so on."""
    first: dict[str, Place] = {}
    problems = []
    for judgement, place in judgements:
        passages = judgement.passages if isinstance(judgement, Value) else ()
        for name in [judgement.id, *(passage_id(judgement.id, number) for number, _ in enumerate(passages, 1))]:
            earlier = first.setdefault(name, place)
            if earlier is not place:
                problems.append(
                    Problem(
                        f"the id '{name}' is also that of {earlier}",
                        where=str(place),
                        way_on="Give one of them another id.",
                    )
                )
    return problems


def _superseding(judgements: Iterable[Placed]) -> list[Problem]:
    taken = {one.id: one.supersedes for one, _ in judgements}
    problems = []
    for judgement, place in judgements:
        if judgement.supersedes is None:
            continue
        if judgement.supersedes not in taken:
            problems.append(
                Problem(
                    f"it supersedes '{judgement.supersedes}', but no judgement has that id",
                    where=str(place),
                    way_on=nearest(judgement.supersedes, taken),
                )
            )
        elif _comes_back(judgement.id, taken):
            problems.append(
                Problem(
                    f"'{judgement.id}' supersedes itself, by way of '{judgement.supersedes}'",
                    where=str(place),
                    way_on="One of them must stand.",
                )
            )
    return problems


def _forks(judgements: Iterable[Placed]) -> list[Problem]:
    """Find judgements that supersede one that another supersedes already: both would stand, and count."""
    first: dict[str, Placed] = {}
    problems = []
    for judgement, place in judgements:
        if judgement.supersedes is None:
            continue
        earlier, there = first.setdefault(judgement.supersedes, (judgement, place))
        if earlier is not judgement:
            problems.append(
                Problem(
                    f"'{judgement.id}' supersedes '{judgement.supersedes}', as '{earlier.id}' does ({there})",
                    where=str(place),
                    way_on=f"Let it supersede '{earlier.id}' if it is the later word, "
                    "or leave out 'supersedes' if both are to stand.",
                )
            )
    return problems


def _comes_back(judgement: str, taken: Mapping[str, str | None]) -> bool:
    seen: set[str] = set()
    here = taken.get(judgement)
    while here is not None and here != judgement and here not in seen:
        seen.add(here)
        here = taken.get(here)
    return here == judgement
