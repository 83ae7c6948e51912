"""Disagreements of coders settled one by one, the worst first: which are open, and what each key decides.

The terminal only shows a screen (`reconcile_shown`) and passes keys on. Each decision is in the log before the next
disagreement is shown. It says what counts from now on, and takes nobody's words back: agreement is computed from what
the coders said before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Literal

from benang.agreement.comparison import Comparison, disagreements_of
from benang.coding.cases import about_subjects
from benang.coding.codebook import Code, Variable
from benang.coding.comparisons import Compared
from benang.coding.placed import Placed, present_code
from benang.errors import Misuse, Problem, argument, nearest
from benang.files import sha256
from benang.judgements.acts import history_of, restated, undo_of
from benang.judgements.events import (
    CONSENSUS,
    NOT_REPORTED,
    STAGES,
    Coding,
    Consensus,
    Event,
    Memo,
    Quotation,
    Stage,
    Task,
    Value,
)
from benang.judgements.log import Judgements
from benang.locale import Language, translator
from benang.locale.writing import counted, worded
from benang.project.folder import open_folder
from benang.records.names import short_citation
from benang.review.desk import Desk, open_desk
from benang.review.load import Loaded, load
from benang.tasks.agree import check_groups, comparisons_of, placed_judgements
from benang.tasks.coding.looking import memo_of
from benang.tasks.coding.wishes import renewed

NONE, EVERY, SKIP, UNDO, QUIT = "0", "a", "s", "u", "q"
"""Keys: absent or not reported; all passages count; leave it open; take the last decision back; end."""
_KEYS = "123456789bcdefghijklmnoprtvwxyz"


@dataclass(frozen=True, kw_only=True)
class ReconcileRequest:
    """Which disagreements of a review are to be settled.

    Parameters
    ----------
    folder
        The review.
    stage
        A stage of the screening, of whose records alone a list is made; they are settled by `benang screen`.
    groups
        Groups of codes, or forms; all where there are none.
    only
        One code or variable, by id or label.
    """

    folder: Path
    stage: Stage | None = None
    groups: tuple[str, ...] = ()
    only: str | None = None
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class Question:
    """A code in a case, or a variable of a case or study (`unit`), of which `coders` have said different things."""

    kind: Literal["code", "value"]
    id: str
    unit: str
    group: str
    coders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A decision: the ids of the codings that count, or the value that does with its passages."""

    text: str
    keeps: tuple[str, ...] = ()
    value: Value | None = None


@dataclass(frozen=True)
class Reconciling:
    """Where the coders are who settle their disagreements.

    `decided` has the questions that were decided since the start and the ids of what each has put into the log, so that
    the last can be taken back; `skipped` stay open. `own` are the ids of all that was appended.
    """

    request: ReconcileRequest
    loaded: Loaded
    placed: Placed
    questions: tuple[Question, ...]
    comparisons: tuple[Comparison, ...]
    decided: tuple[tuple[Question, tuple[str, ...]], ...] = ()
    skipped: tuple[Question, ...] = ()
    own: frozenset[str] = frozenset()
    message: str = ""

    @cached_property
    def queue(self) -> tuple[Question, ...]:
        """The questions that are open and were not skipped, the worst first."""
        done = {*self.skipped, *(question for question, _ in self.decided)}
        return tuple(one for one in self.questions if one not in done)

    @property
    def question(self) -> Question | None:
        """The question that is shown; None where none is left."""
        return self.queue[0] if self.queue else None

    @property
    def language(self) -> Language:
        """The language of the screen."""
        return self.request.language

    @cached_property
    def options(self) -> Mapping[str, Option]:
        """The decisions that can be made on the question that is shown, by their keys."""
        if self.question is None:
            return {}
        return dict((_code_options if self.question.kind == "code" else _value_options)(self.question, self))

    @cached_property
    def by_place(self) -> Mapping[tuple[str, str], Sequence[Coding]]:
        """The codings that support each code in each case, in the order of their documents."""
        by_place: dict[tuple[str, str], list[Coding]] = defaultdict(list)
        codings = (*self.placed.codings, *self.placed.set_aside)
        for one in sorted(codings, key=lambda one: (one.document, one.start, one.id)):
            if one.stance == "supports":
                by_place[one.code, one.case].append(one)
        return by_place


def begin(request: ReconcileRequest, loaded: Loaded | None = None) -> Reconciling:
    """Begin to settle what is open: codes and values on which coders differ and no consensus has been reached.

    `loaded` is the review where somebody has read it already.

    Raises
    ------
    BenangError
        For a review that can't be read, judgements on what is not there, and a group, code or variable that is not.
    """
    loaded = loaded or load(open_folder(request.folder))
    check_groups(request.groups, loaded)
    only = _only(request.only, loaded) if request.only else None
    placed = placed_judgements(loaded)
    comparisons = comparisons_of(loaded, placed, request.language, stage=request.stage, groups=request.groups)
    first: dict[tuple[str, str], Question] = {}
    for one in disagreements_of(comparisons):
        of = one.comparison
        if not one.is_settled and of.kind != "screening":
            first[of.id, one.unit] = Question(
                "code" if of.kind == "code" else "value", of.id, one.unit, of.group, tuple(sorted(one.said))
            )
    for question in (*_differing_values(loaded, placed), *_contradictory(loaded, placed)):
        first.setdefault((question.id, question.unit), question)
    questions = tuple(
        one
        for one in first.values()
        if not request.stage and only in (None, one.id) and (not request.groups or one.group in request.groups)
    )
    return Reconciling(request, loaded, placed, questions, comparisons)


def _only(name: str, loaded: Loaded) -> str:
    """Return the id of a code or variable that is named by its id or label."""
    wanted, code = " ".join(name.split()).casefold(), loaded.codebook.code(name)
    if code:
        return code.id
    every: list[Code | Variable] = [*loaded.codebook.codes, *loaded.codebook.variables]
    for one in every:
        if wanted in (one.id.casefold(), one.label.text("en").casefold(), one.label.text("id").casefold()):
            return one.id
    fault = worded("'{name}' is neither a code nor a variable", name=name)
    raise Misuse(Problem(fault, where=argument("only"), way_on=nearest(name, [one.id for one in every])))


def _differing_values(loaded: Loaded, placed: Placed) -> Iterator[Question]:
    """Give all values at which a build stops, also those that no coefficient compares.

    That are values of which one is *not reported*, which is no point of a scale, and two of one coder.
    """
    given: dict[tuple[str, str], list[Value]] = defaultdict(list)
    for value in placed.values:
        given[value.variable, value.case].append(value)
    forms = {name: form.id for form in loaded.codebook.forms for name in form.variables}
    for (variable, unit), values in sorted(given.items()):
        coders = {value.coder for value in values}
        if CONSENSUS not in coders and len({value.value for value in values}) > 1:
            yield Question("value", variable, unit, forms.get(variable, ""), tuple(sorted(coders)))


def _contradictory(loaded: Loaded, placed: Placed) -> Iterator[Question]:
    """Give the codes on which consensuses contradict each other, or replace the same one."""
    done = Compared(loaded.codebook, loaded.cases, loaded.documents, placed).done
    for one in loaded.judgements.disputed:
        code = loaded.codebook.code(one.code) if isinstance(one, Consensus) and not one.program else None
        if isinstance(one, Consensus) and code is not None:
            codings = (*placed.codings, *placed.set_aside)
            coders = {coding.coder for coding in codings if (coding.case, coding.code) == (one.case, code.id)}
            coders |= done.get((one.case, code.group), frozenset())
            yield Question("code", code.id, one.case, code.group, tuple(sorted(coders - {CONSENSUS})))


def _code_options(question: Question, state: Reconciling) -> Iterator[tuple[str, Option]]:
    """Give whose passages may count; those of the consensus itself count with any of them."""
    _, language = translator(state.language), state.language
    codings = state.by_place.get((question.id, question.unit), ())
    common = tuple(one.id for one in codings if one.coder == CONSENSUS)
    sides = {coder: own for coder in question.coders if (own := tuple(one.id for one in codings if one.coder == coder))}
    for key, (coder, own) in zip(_KEYS, sides.items(), strict=False):
        text = counted("the passage of {coder} counts", "the {n} passages of {coder} count", len(own), language)
        yield key, Option(text.format(coder=coder, n=len(own)), (*own, *common))
    if len(sides) > 1:
        yield EVERY, Option(_("all passages count"), tuple(one.id for one in codings))
    yield NONE, Option(_("the code is absent"))


def _value_options(question: Question, state: Reconciling) -> Iterator[tuple[str, Option]]:
    """Give the values that coders gave, each with the passages of all who gave it, and *not reported*."""
    values = values_on(question, state.placed)
    given = dict.fromkeys(value.value for value in values if value.value != NOT_REPORTED)
    for key, value in zip(_KEYS, given, strict=False):
        of = [one for one in values if one.value == value]
        passages = tuple(dict.fromkeys(quote for one in of for quote in one.passages))
        text = f"{value_text(question, value, state)} ({', '.join(dict.fromkeys(one.coder for one in of))})"
        yield key, Option(text, value=_common(of[0], value, passages))
    blank = _common(values[0], NOT_REPORTED)
    yield NONE, Option(value_text(question, NOT_REPORTED, state), value=blank)


def _common(one: Value, value: int | str, passages: tuple[Quotation, ...] = ()) -> Value:
    """Return a value of the case and variable of another, as that of all coders."""
    return Value(
        id="-", coder=CONSENSUS, case=one.case, variable=one.variable, value=value, passages=passages, scope=one.scope
    )


def values_on(question: Question, placed: Placed) -> tuple[Value, ...]:
    """Return what coders gave the variable of a question, in the order of their names."""
    values = (one for one in placed.values if (one.variable, one.case) == (question.id, question.unit))
    return tuple(sorted((one for one in values if one.coder != CONSENSUS), key=lambda one: (one.coder, one.id)))


def value_text(question: Question, value: int | str, state: Reconciling) -> str:
    """Return a value in words: the label of a level, a number, *not reported*."""
    if value == NOT_REPORTED:
        return translator(state.language)("not reported")
    variable = state.loaded.codebook.variable(question.id)
    levels = {level.id: level.label.text(state.language) for level in variable.levels} if variable else {}
    return levels.get(str(value), str(value))


def decide(state: Reconciling, key: str, reason: str = "", *, time: datetime | None = None) -> Reconciling:
    """Put the decision of a key into the log, with a reason, and go on.

    Where somebody has said more on the question since it was read, nothing is decided, and it is shown as it is now.
    """
    _, question, option = translator(state.language), state.question, state.options.get(key)
    if question is None or option is None:
        return replace(state, message=_("The key '{key}' does nothing here.").format(key=key))
    desk = open_desk(state.request.folder)
    if _has_changed(question, state, desk.judgements):
        now = begin(state.request)
        known = {(one.id, one.unit) for one in now.questions}
        back = tuple(one for one, _ids in state.decided if (one.id, one.unit) not in known)
        text = _("Somebody has changed the log in the meantime. Nothing was decided; this is what it says now.")
        return replace(
            now, questions=(*now.questions, *back), decided=state.decided, skipped=state.skipped, own=state.own,
            message=text,
        )  # fmt: skip
    if option.value is None:
        said = _consensus(question, option, reason, state, desk)
    else:
        said = _value(question, option.value, reason, state, desk)
    ids = tuple(one.id for one in desk.append(said, time=time))
    text = f"{label_of(question, state)}, {unit_of(question, state)}: {option.text}."
    return replace(state, decided=(*state.decided, (question, ids)), own=state.own.union(ids), message=text)


def _consensus(question: Question, option: Option, reason: str, state: Reconciling, desk: Desk) -> tuple[Event, ...]:
    compared = Compared(state.loaded.codebook, state.loaded.cases, state.loaded.documents, state.placed)
    earlier = (one.id for one in _on(question, desk.judgements, state) if isinstance(one, Consensus))
    blank = Consensus(
        id="-", coder=CONSENSUS, case=question.unit, code=question.id, keeps=tuple(sorted(option.keeps)),
        resolves=compared.resolvable(question.unit, question.id, question.group), reason=reason,
    )  # fmt: skip
    return (renewed(restated(blank, supersedes=sorted(earlier)), desk),)


def _value(question: Question, value: Value, reason: str, state: Reconciling, desk: Desk) -> tuple[Event, ...]:
    """Return a value of the consensus; the reason is a memo, since a value has none."""
    earlier = (one.id for one in _on(question, desk.judgements, state) if one.coder == CONSENSUS)
    said: list[Event] = [renewed(restated(value, supersedes=sorted(earlier)), desk)]
    memo = memo_of(f"{question.id}: {reason}", "case", question.unit, CONSENSUS, desk)
    if reason and memo not in desk.judgements.of(Memo):
        said.append(memo)
    return tuple(said)


def _has_changed(question: Question, state: Reconciling, now: Judgements) -> bool:
    """Tell whether others have said or withdrawn something of a question since the review was read."""
    before = _on(question, state.loaded.judgements, state)
    here = {one.id for one in _on(question, now, state)} - state.own
    gone = {one.id for one in before if one.coder != CONSENSUS} - here
    return bool(here - {one.id for one in before} or gone)


def _on(question: Question, judgements: Judgements, state: Reconciling) -> list[Event]:
    """Return all that is said of a question, also in conflict, whose cases are those that count."""
    codebook = state.loaded.codebook
    events = about_subjects(judgements, codebook, state.loaded.cases)

    def is_on(one: Event) -> bool:
        if question.kind == "value":
            return isinstance(one, Value) and (one.variable, one.case) == (question.id, question.unit)
        if isinstance(one, Coding | Consensus):
            return one.case == question.unit and present_code(one.code, codebook) == question.id
        return isinstance(one, Task) and (one.case, one.group) == (question.unit, question.group)

    return [one for one in (*events.current, *events.disputed) if not one.program and is_on(one)]


def turned_to(state: Reconciling, name: str, unit: str) -> Reconciling | None:
    """Return the state in which the question on a code or variable of a case or study is shown; None if it is not open.

    The others follow in their order, those behind it first.
    """
    at = next((at for at, one in enumerate(state.queue) if (one.id, one.unit) == (name, unit)), None)
    return None if at is None else replace(state, questions=(*state.queue[at:], *state.queue[:at]))


def mark_of(state: Reconciling) -> str:
    """Return what changes whenever somebody says more on the question that is shown, or takes something back."""
    if state.question is None:
        return ""
    events = _on(state.question, state.loaded.judgements, state)
    return sha256("\n".join(sorted(one.id for one in events)))[:12]


def records_to_settle(state: Reconciling) -> Mapping[Stage, int]:
    """Count the records that wait for a consensus at each stage of the screening."""
    n = {stage: len(state.loaded.screening.to_settle(stage)) for stage in STAGES}
    return {stage: of for stage, of in n.items() if of}


def skip(state: Reconciling) -> Reconciling:
    """Leave the question that is shown open, and go on."""
    return replace(state, skipped=(*state.skipped, *state.queue[:1]), message="")


def undo(state: Reconciling, *, time: datetime | None = None) -> Reconciling:
    """Take the last decision of this sitting back; its question is open again."""
    _ = translator(state.language)
    if not state.decided:
        return replace(state, message=_("Nothing has been decided since you started."))
    _question, ids = state.decided[-1]
    desk = open_desk(state.request.folder)
    reversal = undo_of(ids, CONSENSUS, history_of(desk.judgements))
    if reversal is None or reversal.changed_since:
        text = _("Your log has changed in the meantime, so nothing was undone.")
        return replace(state, decided=(), message=text)
    events = desk.append(reversal.events, time=time)
    own = state.own.union(one.id for one in events)
    return replace(state, decided=state.decided[:-1], own=own, message=_("The last decision was undone."))


def label_of(question: Question, state: Reconciling) -> str:
    """Return the label of a code or variable."""
    codebook = state.loaded.codebook
    one = codebook.code(question.id) if question.kind == "code" else codebook.variable(question.id)
    return one.label.text(state.language) if one else question.id


def unit_of(question: Question, state: Reconciling) -> str:
    """Return the label of a case, or authors and year of a study."""
    case = state.loaded.cases.by_id.get(question.unit)
    if case:
        return case.name(state.language)
    known = question.unit in state.loaded.sources.works.keys
    return short_citation(state.loaded.sources.works.record(question.unit), state.language) if known else question.unit
