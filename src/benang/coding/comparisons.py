"""What several coders said of the same cases, code by code and variable by variable, for coefficients of agreement.

A code is compared by case: *yes* where a passage of the coder supports it, else *no*. A case counts for the coders who
are done with looking at it for the code's group: who has not looked has not said *no*. A value needs no such task.
`consensus` is no coder here, and a program's suggestions are not compared. What a coder said with words that are no
longer in their document is neither a yes nor a no: it is set aside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from benang.agreement.comparison import Comparison
from benang.agreement.ratings import Continuum, Label, Level, Ratings, Span
from benang.coding.cases import Cases
from benang.coding.codebook import Codebook, Group, Variable
from benang.coding.placed import Placed
from benang.judgements.events import CONSENSUS, NOT_REPORTED, Coding, Value
from benang.locale import Language
from benang.locale.writing import worded
from benang.project.folder import Document, body_start, without_abstracts

YES, NO = "yes", "no"
"""A code is in a case, or is not, as a coder sees it."""

_LEVELS: Mapping[str, Level] = {"year": "interval", "number": "ratio"}
_IN_ORDER = ("good", "some", "poor")
"""What the levels of an appraisal mean, where they have an order; *unclear* and *not applicable* are beside it."""


@dataclass(frozen=True)
class Compared:
    """The judgements of a review as its coders made them, before any consensus, by what they are about."""

    codebook: Codebook
    cases: Cases
    documents: Mapping[str, Document]
    placed: Placed
    language: Language = "en"

    @cached_property
    def settled(self) -> frozenset[tuple[str, str]]:
        """The cases and codes on which there is a consensus, and no coding or task that it has not seen."""
        resolved: dict[tuple[str, str], set[str]] = defaultdict(set)
        for consensus in self.placed.consensuses:
            resolved[consensus.case, consensus.code].update(consensus.resolves)
        codings, tasks = self._said
        groups = {code.id: code.group for code in self.codebook.codes}
        return frozenset(
            (case, code)
            for (case, code), seen in resolved.items()
            if seen.issuperset(codings.get((case, code), ()))
            and seen.issuperset(tasks.get((case, groups.get(code, "")), ()))
        )

    @cached_property
    def _said(self) -> tuple[Mapping[tuple[str, str], list[str]], Mapping[tuple[str, str], list[str]]]:
        """The ids of all codings that support a code in a case, and of all tasks that are done of a case and group."""
        codings: dict[tuple[str, str], list[str]] = defaultdict(list)
        for one in (*self.placed.codings, *self.placed.set_aside):
            if one.stance == "supports":
                codings[one.case, one.code].append(one.id)
        tasks: dict[tuple[str, str], list[str]] = defaultdict(list)
        for task in self.placed.tasks:
            if task.state == "done" and task.coder != CONSENSUS:
                tasks[task.case, task.group].append(task.id)
        return codings, tasks

    def resolvable(self, case: str, code: str, group: str) -> tuple[str, ...]:
        """Return what a consensus on a code in a case resolves: the codings that support it, and the tasks done."""
        codings, tasks = self._said
        return tuple(sorted((*codings.get((case, code), ()), *tasks.get((case, group), ()))))

    @cached_property
    def done(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """Who is done with looking, by case and group."""
        done: dict[tuple[str, str], set[str]] = defaultdict(set)
        for task in self.placed.tasks:
            if task.state == "done" and task.coder != CONSENSUS:
                done[task.case, task.group].add(task.coder)
        return {place: frozenset(coders) for place, coders in done.items()}

    @cached_property
    def codings(self) -> Mapping[str, tuple[Coding, ...]]:
        """The passages that support each code, sorted by their ids."""
        by_code: dict[str, list[Coding]] = defaultdict(list)
        for one in (*self.placed.codings, *self.placed.set_aside):
            if one.stance == "supports" and one.coder != CONSENSUS:
                by_code[one.code].append(one)
        return {code: tuple(sorted(every, key=lambda one: one.id)) for code, every in by_code.items()}

    @cached_property
    def lost(self) -> tuple[Coding, ...]:
        """The codings that support a code with words that are no longer in their document."""
        codings = (one for one in self.placed.lost if isinstance(one, Coding))
        return tuple(one for one in codings if one.stance == "supports" and one.coder != CONSENSUS)

    def lost_in(self, codes: Collection[str]) -> frozenset[tuple[str, str]]:
        """Return the cases and coders of the codings that are lost of some codes."""
        return frozenset((one.case, one.coder) for one in self.lost if one.code in codes)

    def paths_of(self, coding: Coding) -> tuple[str, ...]:
        """Return the document of a coding; where it is not there any more, those of its case."""
        if coding.document in self.documents:
            return (coding.document,)
        return tuple(one.path for one in self.documents_of.get(coding.case, ()))

    @cached_property
    def documents_of(self) -> Mapping[str, tuple[Document, ...]]:
        """The documents of each case: those of its studies, abstracts left out where there is another text."""
        by_record: dict[str, list[Document]] = defaultdict(list)
        for one in without_abstracts(self.documents.values()):
            by_record[one.record].append(one)
        return {
            case.id: tuple(one for study in case.studies for one in by_record.get(study, ()))
            for case in self.cases.cases
        }

    @cached_property
    def cases_in(self) -> Mapping[str, tuple[str, ...]]:
        """The cases that each document is about, by its path."""
        cases: dict[str, list[str]] = defaultdict(list)
        for case, documents in self.documents_of.items():
            for one in documents:
                cases[one.path].append(case)
        return {path: tuple(of) for path, of in cases.items()}

    @cached_property
    def main_study(self) -> Mapping[str, str]:
        """What each case is drawn with where intervals are made: its main study, since its cases share a text."""
        return {case.id: next(iter(case.studies), case.id) for case in self.cases.cases}


def code_comparisons(compared: Compared, groups: Collection[str] = ()) -> Iterator[Comparison]:
    """Give the comparisons of all codes that several coders looked for in the same cases, group by group.

    The first of each group is that of all its codes, whose label is the set of codes that a case has; then come the
    codes in the order of the codebook, headings left out.

    Parameters
    ----------
    compared
        The judgements.
    groups
        The groups that are asked for; all where there are none.
    """
    for group in compared.codebook.groups:
        if groups and group.id not in groups:
            continue
        looked = {case.id: compared.done.get((case.id, group.id), frozenset()) for case in compared.cases.cases}
        if not any(len(coders) > 1 for coders in looked.values()):
            continue
        yield _of_group(compared, group, looked)
        for code in compared.codebook.codable(group.id):
            label = code.label.text(compared.language)
            yield _of_codes(compared, "code", code.id, label, group, (code.id,), looked)


def _of_group(compared: Compared, group: Group, looked: Mapping[str, frozenset[str]]) -> Comparison:
    codes = tuple(code.id for code in compared.codebook.codable(group.id))
    return _of_codes(compared, "group", group.id, group.label.text(compared.language), group, codes, looked)


def _of_codes(
    compared: Compared,
    kind: str,
    name: str,
    label: str,
    group: Group,
    codes: tuple[str, ...],
    looked: Mapping[str, frozenset[str]],
) -> Comparison:
    """Compare a code, or all codes of a group, in the cases that several have looked at."""
    marked: dict[tuple[str, str], list[Coding]] = defaultdict(list)
    for code in codes:
        for one in compared.codings.get(code, ()):
            marked[one.case, one.coder].append(one)
    lost = compared.lost_in(codes) - (frozenset() if kind == "group" else marked.keys())
    coded: dict[str, set[str]] = defaultdict(set)
    for case, coder in (*marked, *lost):
        coded[case].add(coder)
    raters = tuple(sorted({coder for coders in looked.values() if len(coders) > 1 for coder in coders}))
    units = tuple(case for case, coders in looked.items() if coders)

    def said(case: str, coder: str) -> Label | None:
        if coder not in looked[case] or (case, coder) in lost:
            return None
        codings = marked.get((case, coder), ())
        return ";".join(sorted({one.code for one in codings})) if kind == "group" else YES if codings else NO

    rows = {case: tuple(said(case, coder) for coder in raters) for case in units}
    return Comparison(
        kind="group" if kind == "group" else "code",
        id=name,
        label=label,
        ratings=Ratings(
            raters,
            units,
            tuple(rows[case] for case in units),
            categories=() if kind == "group" else (NO, YES),
            documents=tuple(compared.main_study[case] for case in units),
        ),
        group=group.id,
        continua=tuple(_continua(compared, group.id, codes, raters)),
        passages={place: tuple(one.id for one in every) for place, every in sorted(marked.items())},
        unseen=tuple(case for case in units if len(looked[case]) == 1),
        set_aside={
            case: why
            for case, coders in looked.items()
            if len(coders | coded[case]) > 1 and (why := _why_aside(coded[case] - coders, case, lost))
        },
        settled=tuple(case for case in units if any((case, code) in compared.settled for code in codes)),
    )


def _why_aside(unfinished: Collection[str], case: str, lost: Collection[tuple[str, str]]) -> str:
    """Return why a case does not count for some coders; empty where it does for all."""
    gone = sorted(coder for of, coder in lost if of == case and coder not in unfinished)
    if gone:
        return worded("words that {coders} coded are no longer in their document", coders=", ".join(gone))
    if unfinished:
        return worded("{coders} coded it, but did not mark it as done", coders=", ".join(sorted(unfinished)))
    return ""


def _continua(compared: Compared, group: str, codes: tuple[str, ...], raters: tuple[str, ...]) -> Iterator[Continuum]:
    """Give the documents of the cases that several coders are done with, and what each of them marked there.

    A text may be about several cases. A coder counts in it who is done with all of those that anybody is done with.
    Its heading, which nobody codes, is left out. Nobody counts in a text in which words of theirs have no place any
    more: what looks like a gap would be none.
    """
    gone = {(path, one.coder) for one in compared.lost if one.code in codes for path in compared.paths_of(one)}
    spans: dict[tuple[str, str], set[Span]] = defaultdict(set)
    for code in codes:
        for one in compared.codings.get(code, ()):
            spans[one.document, one.coder].add(Span(one.start, one.end, one.code))
    for path, cases in sorted(compared.cases_in.items()):
        looked = [who for case in cases if (who := compared.done.get((case, group)))]
        coders = [
            coder for coder in raters if looked and (path, coder) not in gone and all(coder in who for who in looked)
        ]
        if len(coders) > 1:
            document = compared.documents[path]
            yield _continuum(document, {coder: spans.get((path, coder), set()) for coder in coders})


def _continuum(document: Document, spans: Mapping[str, Collection[Span]]) -> Continuum:
    """Return a text without its heading, with the spans that are in the rest, in their order."""
    start = body_start(document.text)
    behind = {
        coder: sorted((max(one.start - start, 0), one.end - start, one.label) for one in of_coder if one.end > start)
        for coder, of_coder in spans.items()
    }
    return Continuum(
        document.path,
        len(document.text) - start,
        {coder: tuple(Span(*one) for one in every) for coder, every in behind.items()},
    )


def value_comparisons(compared: Compared, names: Collection[str] = ()) -> Iterator[Comparison]:
    """Give the comparisons of all variables of which several coders gave values of the same cases or studies.

    A year is an interval, a number a ratio, and the items of an appraisal are in order where all of their levels are;
    there, *not reported* is no point of the scale and is set aside. All else is nominal, and *not reported* is a label.

    Parameters
    ----------
    compared
        The judgements.
    names
        The groups that are asked for, here forms; all variables where there are none.
    """
    forms = {name: form.id for form in compared.codebook.forms for name in form.variables}
    given: dict[str, dict[tuple[str, str], list[Value]]] = defaultdict(lambda: defaultdict(list))
    lost = tuple(one for one in compared.placed.lost if isinstance(one, Value))
    for value in (*compared.placed.values, *lost):
        if value.coder != CONSENSUS:
            given[value.variable][value.case, value.coder].append(value)
    for variable in compared.codebook.variables:
        form = forms.get(variable.id, "")
        if (not names or form in names) and _is_shared(given[variable.id]):
            yield _of_variable(compared, variable, form, given[variable.id])


def _is_shared(given: Iterable[tuple[str, str]]) -> bool:
    coders: dict[str, set[str]] = defaultdict(set)
    for case, coder in given:
        coders[case].add(coder)
    return any(len(of) > 1 for of in coders.values())


def _of_variable(
    compared: Compared, variable: Variable, form: str, given: Mapping[tuple[str, str], list[Value]]
) -> Comparison:
    level, categories = _scale(variable, compared.codebook)
    coders = tuple(sorted({coder for _, coder in given}))
    order = {case.id: at for at, case in enumerate(compared.cases.cases)}
    units = tuple(sorted({case for case, _ in given}, key=lambda case: (order.get(case, len(order)), case)))
    said: dict[str, dict[str, set[Label]]] = {case: {} for case in units}
    for (case, coder), values in sorted(given.items()):
        said[case][coder] = {_as_label(value, variable) for value in values}
    lost = {value.id for value in compared.placed.lost}
    gone = {place for place, values in given.items() if lost.issuperset(value.id for value in values)}

    def label(case: str, coder: str) -> Label | None:
        labels = said[case].get(coder, set())
        if len(labels) != 1 or (case, coder) in gone or _is_beside(labels, level):
            return None
        return next(iter(labels))

    reasons = {
        case: _why_not_compared(of, [coder for coder in of if (case, coder) in gone], level)
        for case, of in said.items()
        if len(of) > 1
    }
    return Comparison(
        kind="appraisal" if variable.id in compared.codebook.appraised else "variable",
        id=variable.id,
        label=variable.label.text(compared.language),
        ratings=Ratings(
            coders,
            units,
            tuple(tuple(label(case, coder) for coder in coders) for case in units),
            level,
            categories,
            tuple(compared.main_study.get(case, case) for case in units),
        ),
        group=form,
        passages={place: tuple(one for value in every for one in value.passage_ids) for place, every in given.items()},
        unseen=tuple(case for case in units if len(said[case]) == 1),
        set_aside={case: why for case, why in reasons.items() if why},
        settled=_settled(compared.placed, variable.id),
        beside={case: _each(of) for case, of in said.items() if _differ_beside(of, level)},
    )


def _settled(placed: Placed, variable: str) -> tuple[str, ...]:
    decided = {one.case for one in placed.values if one.coder == CONSENSUS and one.variable == variable}
    return tuple(sorted(decided))


def _as_label(value: Value, variable: Variable) -> Label:
    """Return a value as it is compared: free words without regard to capitals and spaces, a level by its id."""
    if variable.type == "text" and isinstance(value.value, str):
        return " ".join(value.value.split()).casefold()
    return value.value


def _is_beside(labels: Collection[Label], level: Level) -> bool:
    """Tell whether a coder says of what is measured that it is not reported, which is no point of the scale."""
    return level != "nominal" and set(labels) == {NOT_REPORTED}


def _differ_beside(said: Mapping[str, Collection[Label]], level: Level) -> bool:
    """Tell whether one coder gives a value and another says that it is not reported, where both can't be compared."""
    absent = [_is_beside(labels, level) for labels in said.values()]
    return any(absent) and not all(absent) and all(len(labels) == 1 for labels in said.values())


def _each(said: Mapping[str, Iterable[Label]]) -> Mapping[str, Label]:
    return {coder: next(iter(labels)) for coder, labels in said.items()}


def _why_not_compared(said: Mapping[str, Collection[Label]], gone: Sequence[str], level: Level) -> str:
    """Return why a case that several gave a value does not count, or not for some of them; empty where it does."""
    twice = [coder for coder, labels in said.items() if len(labels) > 1]
    absent = [coder for coder, labels in said.items() if _is_beside(labels, level)]
    if twice:
        return worded("{coder} gave it several values", coder=", ".join(twice))
    if gone:
        return worded("words that {coders} coded are no longer in their document", coders=", ".join(gone))
    if len(absent) == len(said):
        return worded("all say that it is not reported, which is no point of the scale")
    if absent:
        return worded(
            "{coders} did not find it reported and others did, but 'not reported' is no point of the scale",
            coders=", ".join(absent),
        )
    return ""


def _scale(variable: Variable, codebook: Codebook) -> tuple[Level, tuple[Label, ...]]:
    """Return the level of measurement of a variable, and its categories where they have an order."""
    if variable.type != "category":
        return _LEVELS.get(variable.type, "nominal"), ()
    lights = [level.light for level in variable.levels]
    ids = tuple(level.id for level in variable.levels)
    if variable.id in codebook.appraised and all(light in _IN_ORDER for light in lights):
        places = [_IN_ORDER.index(str(light)) for light in lights]
        if places in (sorted(places), sorted(places, reverse=True)):
            return "ordinal", ids
    return "nominal", ids
