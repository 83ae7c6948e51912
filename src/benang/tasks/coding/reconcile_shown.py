"""How a disagreement looks to those who settle it: both sides with their passages, on a screen or in a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from benang.agreement.comparison import disagreements_of
from benang.coding.labels import Labels
from benang.coding.placed import passage_of
from benang.evidence import Passage
from benang.judgements.events import CONSENSUS, STAGES, Coding, Memo, Verdict
from benang.locale import translator
from benang.locale.writing import counted, numeral
from benang.project.folder import body_start
from benang.screening.decision_sheets import verdict_word
from benang.screening.protocol import stage_words
from benang.tasks.account import Account, Note, in_shell
from benang.tasks.coding.reconciling import (
    QUIT,
    SKIP,
    UNDO,
    Question,
    Reconciling,
    label_of,
    unit_of,
    value_text,
    values_on,
)
from benang.tasks.coding.second_looks import rule_text

_AROUND = 120
"""Characters of a text that are shown before and behind a passage."""


@dataclass(frozen=True, slots=True)
class Words:
    """A passage with what is around it, in one line each that can be joined as they are, and where it is.

    `document` is its path, `id` that of the coding; a passage of a value has none.
    """

    before: str
    quote: str
    after: str
    place: str
    document: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """What one coder says, the passages that it rests on, and remarks: memos, and other codes for the same words."""

    coder: str
    said: str
    passages: tuple[Words, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Screen:
    """What is shown of a disagreement: what it is about, the rule of the code, each side, keys, and what was done."""

    heading: str
    rule: str
    sides: tuple[Side, ...]
    options: tuple[tuple[str, str], ...]
    keys: tuple[tuple[str, str], ...]
    message: str


def screen(state: Reconciling) -> Screen:
    """Return what is shown of the question that is open; there must be one (`Reconciling.question`)."""
    _, question = translator(state.language), state.queue[0]
    left = _("{n} left").format(n=numeral(len(state.queue), state.language, 0))
    code = state.loaded.codebook.code(question.id) if question.kind == "code" else None
    return Screen(
        heading=f"{label_of(question, state)} · {unit_of(question, state)} · {left}",
        rule=rule_text(code, state.language),
        sides=sides(question, state),
        options=tuple((key, option.text) for key, option in state.options.items()),
        keys=((SKIP, _("skip")), (UNDO, _("undo")), (QUIT, _("quit"))),
        message=state.message,
    )


def sides(question: Question, state: Reconciling) -> tuple[Side, ...]:
    """Return what each coder says of a question."""
    placed = state.placed
    memos: dict[str, list[str]] = defaultdict(list)
    for memo in state.loaded.judgements.of(Memo):
        memos[memo.of].append(memo.text)
    if question.kind == "value":
        return tuple(
            Side(
                one.coder,
                value_text(question, one.value, state),
                tuple(_words(placed.passages[name], state) for name in one.passage_ids if name in placed.passages),
                tuple(memos[one.id]),
            )
            for one in values_on(question, state.placed)
        )
    codings = state.by_place.get((question.id, question.unit), ())
    coders = (*question.coders, *([CONSENSUS] if any(one.coder == CONSENSUS for one in codings) else []))
    return tuple(_code_side(coder, codings, memos, question, state) for coder in coders)


def _code_side(
    coder: str, codings: Sequence[Coding], memos: Mapping[str, Sequence[str]], question: Question, state: Reconciling
) -> Side:
    """Return the passages of a coder; where there is none, which other codes the coder gave the words of others."""
    _, language = translator(state.language), state.language
    own = [one for one in codings if one.coder == coder]
    if own:
        said = counted("{n} passage", "{n} passages", len(own), language).format(n=len(own))
        notes = tuple(text for one in own for text in memos.get(one.id, ()))
        return Side(coder, said, tuple(_words(one, state) for one in own), notes)
    labels = Labels(state.loaded.codebook, state.loaded.cases, state.loaded.sources.works, language)
    others = {
        labels.coded_as(passage_of(one))
        for one in (*state.placed.codings, *state.placed.set_aside)
        if one.coder == coder and one.case == question.unit and any(_overlap(one, theirs) for theirs in codings)
    }
    notes = (_("other codes for these words: {codes}").format(codes=", ".join(sorted(others))),) if others else ()
    return Side(coder, _("no passage"), notes=notes)


def _overlap(one: Coding, other: Coding) -> bool:
    return one.document == other.document and one.start < other.end and one.end > other.start


def _words(passage: Coding | Passage, state: Reconciling) -> Words:
    """Return a passage with what is around it, whole words, in one line each."""
    _, document = translator(state.language), state.loaded.documents[passage.document]
    begin_at = max(body_start(document.text), passage.start - _AROUND)
    before = document.text[begin_at : passage.start]
    after = document.text[passage.end : passage.end + _AROUND]
    if begin_at > body_start(document.text):
        before = f"… {before.partition(' ')[2]}"
    if passage.end + _AROUND < len(document.text):
        after = f"{after.rpartition(' ')[0]} …"
    page = document.page(passage.start)
    place = document.record + (_(", p. {page}").format(page=page) if page else "")
    quote = document.text[passage.start : passage.end]
    # A quotation may begin or end within a sentence, or a word: no space where the text has none.
    gaps = (" " if before[-1:].isspace() else "", " " if after[:1].isspace() else "")
    before, quote, after = (" ".join(text.split()) for text in (before, quote, after))
    name = passage.id if isinstance(passage, Coding) else ""
    return Words(before + gaps[0], quote, gaps[1] + after, place, passage.document, name)


def listed(state: Reconciling) -> Account:
    """Return the open disagreements as an account, and how to go on."""
    return Account(notes=(*_questions(state), *_records(state), *_open(state), *_waiting(state)))


def _questions(state: Reconciling) -> Iterator[Note]:
    for question in state.queue:
        remarks = [
            f"{one.coder}: {one.said}" + "".join(f" “{words.quote}” ({words.place})" for words in one.passages)
            for one in sides(question, state)
        ]
        yield Note(f"{label_of(question, state)} · {unit_of(question, state)}", tuple(remarks))


def _records(state: Reconciling) -> Iterator[Note]:
    """Give the records of the screening on which reviewers differ, where they are asked for."""
    works, language = state.loaded.sources.works, state.language
    for one in disagreements_of(state.comparisons) if state.request.stage else ():
        if one.is_settled:
            continue
        notes = {coder: one.comparison.notes.get((one.unit, coder), "") for coder in one.said}
        remarks = (
            f"{coder}: {verdict_word(cast('Verdict', said), language)}{f' ({notes[coder]})' if notes[coder] else ''}"
            for coder, said in sorted(one.said.items())
        )
        yield Note(works.record(one.unit).title or one.unit, tuple(remarks))


def _open(state: Reconciling) -> Iterator[Note]:
    """Say how many disagreements are open, and how they are settled."""
    _, language, n = translator(state.language), state.language, len(state.queue)
    if state.request.stage:
        return
    text = counted("{n} disagreement is open.", "{n} disagreements are open.", n, language)
    yield Note(text.format(n=numeral(n, language, 0)))
    folder = in_shell(state.request.folder)
    if n:
        yield Note(_("Settle them one by one in a terminal: {command}").format(command=f"benang reconcile {folder}"))
    elif not state.comparisons:
        text = _(
            "No two coders have judged the same thing. Codes are compared in cases that both have marked as done: "
            "{command}"
        )
        yield Note(text.format(command=f"benang code looked --review {folder} --case CASE"))


def _waiting(state: Reconciling) -> Iterator[Note]:
    """Say which records wait for a consensus in screening, and with which command they are settled."""
    request, language = state.request, state.language
    for stage in STAGES if not (request.groups or request.only) else ():
        n = len(state.loaded.screening.to_settle(stage))
        if n and request.stage in (None, stage):
            text = counted(
                "{n} record waits for a consensus at the stage '{stage}': {command}",
                "{n} records wait for a consensus at the stage '{stage}': {command}",
                n,
                language,
            )
            command = f"benang reconcile {in_shell(request.folder)} --stage {stage}"
            yield Note(text.format(n=numeral(n, language, 0), stage=stage_words(stage, language), command=command))


def ending(state: Reconciling) -> Account:
    """Say how many decisions were made, and what is still open."""
    language, n, left = state.language, len(state.decided), len(state.queue) + len(state.skipped)
    made = counted("{n} decision, kept in the log.", "{n} decisions, kept in the log.", n, language)
    still = counted("{n} disagreement is open.", "{n} disagreements are open.", left, language)
    texts = (made.format(n=numeral(n, language, 0)), still.format(n=numeral(left, language, 0)))
    return Account(notes=(*map(Note, texts), *_waiting(state)))
