"""A value that somebody gives of a case or study, with the quotes it rests on: made an event, or refused kindly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benang.coding.cases import about_subjects, is_of_studies, subject_named, text_of, unfitting
from benang.coding.codebook import Variable
from benang.coding.quotes import surroundings
from benang.errors import BenangError, Problem, argument, closest, nearest
from benang.files import sha256
from benang.judgements.events import CONSENSUS, NOT_REPORTED, Quotation, Value
from benang.locale import Language, translator
from benang.locale.writing import worded
from benang.progress import Progress, silent
from benang.project.folder import Document
from benang.project.papers import file_name
from benang.review.desk import Desk, UnknownName, open_desk
from benang.tasks.account import Account, Note
from benang.tasks.coding.wishes import At, QuotePlace, Wish, place_at, place_in, renewed


@dataclass(frozen=True, kw_only=True)
class ValueWish:
    """A value of a variable for a case or study, as a person writes it, with the words that it rests on.

    Levels are named by id or label in either language, and `not reported` needs no quote. The quotes are looked for in
    the documents of `record`, or of all studies of the case. The coder `consensus` may give no quote for a value that a
    coder gave as well: it rests on that coder's passages then.
    """

    subject: str
    variable: str
    value: str
    quotes: tuple[str, ...] = ()
    selected: tuple[tuple[At, str], ...] = ()
    record: str | None = None
    coder: str | None = None


@dataclass(frozen=True, slots=True)
class GrantedValue:
    """The event that a wish comes to, where its quotes stand, and whether the coder has said the same before."""

    value: Value
    places: tuple[QuotePlace, ...] = ()
    is_new: bool = True


def granted_value(wish: ValueWish, desk: Desk) -> GrantedValue:
    """Find what a value speaks of.

    Raises
    ------
    SeveralPlaces
        Where a quote is there more than once.
    BenangError
        Where a quote is nowhere, with the text that is nearest; where there is none and the value needs one; where
        variable, case or study are unknown, or the value is none that the variable takes.
    """
    if not wish.value.strip():
        raise BenangError(Problem(worded("a quotation without a value"), where="value"))
    variable = variable_named(wish.variable, desk)
    subject = _subject(wish.subject, variable, desk)
    coder = desk.coder(wish.coder)
    entry = _entry(wish.value, variable)
    _check_entry(entry, subject, variable, desk)
    earlier = [
        one
        for one in about_subjects(desk.judgements, desk.codebook, desk.present_cases).of(Value)
        if (one.case, one.variable) == (subject, variable.id) and not one.program
    ]
    documents = _documents(wish, subject, desk) if any(quote.strip() for quote in wish.quotes) else ()
    every = tuple(desk.documents.values())
    places = (
        *(place_at(at, quote, every) for at, quote in wish.selected),
        *(place_in(_wish(quote, wish, subject), documents) for quote in wish.quotes if quote.strip()),
    )
    passages = tuple(_quotation(place, desk) for place in places)
    if not passages and entry != NOT_REPORTED:
        passages = _passages_of_others(entry, coder, variable, earlier)
    value = Value(id="-", coder=coder, case=subject, variable=variable.id, value=entry, passages=passages)
    return _among(value, places, earlier, desk)


def variable_named(word: str, desk: Desk) -> Variable:
    """Return a variable by its id, or by its label in either language.

    Raises
    ------
    BenangError
        Where there is none, with the nearest.
    """
    variable = desk.codebook.variable(word) or _labelled(word, desk.codebook.variables)
    if variable is None:
        known = [one.id for one in desk.codebook.variables]
        fault = worded("'{word}' is not a variable in codebook.toml", word=word)
        raise BenangError(Problem(fault, where="variable", way_on=nearest(word, known)))
    return variable


def _labelled(word: str, among: Sequence[Variable]) -> Variable | None:
    wanted = folded(word)
    labelled = [one for one in among if wanted in (folded(one.label.en), folded(one.label.text("id")))]
    return labelled[0] if len(labelled) == 1 else None


def folded(text: str) -> str:
    """Return a text as words are compared: single blanks, small letters."""
    return " ".join(text.split()).casefold()


def _subject(name: str, variable: Variable, desk: Desk) -> str:
    if not name.strip():
        raise BenangError(Problem(worded("no case or study is named"), where="case"))
    subject = subject_named(name, variable.id, desk.codebook, desk.present_cases)
    if subject is None and desk.folder.cases is None:
        desk.of_record(name)  # an abstract becomes a document, and its study a case
        subject = next((one.id for one in desk.present_cases.cases if name in one.studies), None)
    if subject is not None:
        return subject
    cases = desk.present_cases
    wanted = folded(name)
    for case in cases.cases:
        if wanted in (folded(case.label.en), folded(case.label.text("id"))) and (
            of_label := subject_named(case.id, variable.id, desk.codebook, cases)
        ):
            return of_label
    if is_of_studies(variable.id, desk.codebook, cases):
        known = list(dict.fromkeys(study for case in cases.cases for study in case.studies))
        fault = worded(
            "'{name}' is not a study of any case, but '{variable}' appraises studies", name=name, variable=variable.id
        )
        raise UnknownName(Problem(fault, where="case", way_on=nearest(name, known)), "record", name, known)
    known = list(cases.by_id)
    problem = Problem(
        worded("'{name}' is not a case of the review", name=name), where="case", way_on=nearest(name, known)
    )
    raise UnknownName(problem, "case", name, known)


def _entry(word: str, variable: Variable) -> int | str:
    """Return a value as events have it: a level by its id, a year or a number as a whole number."""
    wanted = folded(word)
    if wanted in {NOT_REPORTED, "not-reported", "not reported", folded(translator("id")("not reported"))}:
        return NOT_REPORTED
    if variable.type in ("year", "number"):
        figures = wanted.removesuffix(".0")
        return int(figures) if figures.isascii() and figures.isdecimal() and len(figures) < 16 else word
    for level in variable.levels:
        if wanted in (folded(level.id), folded(level.label.en), folded(level.label.text("id"))):
            return level.id
    return word.strip()


def _check_entry(entry: int | str, subject: str, variable: Variable, desk: Desk) -> None:
    if entry == NOT_REPORTED:
        return
    if unfitting(entry, variable):
        raise BenangError(_unfitting(entry, variable))
    case = desk.cases.by_id.get(subject)
    given = case.values.get(variable.id) if case else None
    if given is not None and entry not in (given, text_of(given), text_of(given, "id")):
        fault = worded(
            "{variable} of '{subject}' is '{said}' here, but '{given}' in cases.toml",
            variable=variable.id, subject=subject, said=entry, given=text_of(given),
        )  # fmt: skip
        raise BenangError(Problem(fault, where="value", way_on=worded("Correct one of them.")))


def _unfitting(entry: int | str, variable: Variable) -> Problem:
    """Say of a value as a person writes it in a cell what the variable takes."""
    if variable.type == "category":
        fault = worded("'{value}' is not a level of the variable '{variable}'", value=entry, variable=variable.id)
        labels = {label for one in variable.levels for label in (one.label.text("en"), one.label.text("id"))}
        meant = closest(str(entry), [one.id for one in variable.levels]) or closest(str(entry), labels)
        levels = ", ".join(sorted(one.id for one in variable.levels))
        way_on = worded("Did you mean '{meant}'?", meant=meant) if meant else worded("Known: {levels}.", levels=levels)
        return Problem(fault, where="value", way_on=way_on)
    expected = {
        "year": worded("a year of four digits"), "number": worded("a whole number"), "text": worded("a text"),
    }[variable.type]  # fmt: skip
    fault = worded(
        "{variable} is '{value}', but {expected} was expected", variable=variable.id, value=entry, expected=expected
    )
    return Problem(fault, where="value")


def _documents(wish: ValueWish, subject: str, desk: Desk) -> tuple[Document, ...]:
    """Return where quotes are looked for: the documents of a record, or of all studies of a case."""
    if wish.record:
        return desk.of_record(wish.record)
    case = desk.present_cases.by_id.get(subject)
    studies = case.studies if case else (subject,)
    if not studies:
        fault = worded("'{subject}' has no studies to quote", subject=subject)
        raise BenangError(Problem(fault, where="cases.toml"))
    return tuple(one for study in studies for one in desk.of_record(study))


def _wish(quote: str, wish: ValueWish, subject: str) -> Wish:
    return Wish(quote=quote, record=wish.record or subject, code=wish.variable)


def _quotation(place: QuotePlace, desk: Desk) -> Quotation:
    before, after = surroundings(desk.documents[place.document].text, place.span)
    return Quotation(
        document=place.document,
        start=place.span.start,
        end=place.span.end,
        quote=place.quote,
        before=before,
        after=after,
    )


def _passages_of_others(
    entry: int | str, coder: str, variable: Variable, earlier: Sequence[Value]
) -> tuple[Quotation, ...]:
    """Return the passages of coders with whom the coder `consensus` agrees; others must quote."""
    passages = [passage for one in earlier if one.value == entry and one.coder != CONSENSUS for passage in one.passages]
    if coder == CONSENSUS and passages:
        return tuple(dict.fromkeys(passages))
    way_on = worded("Quote the words that it rests on ({quote}), or enter 'not reported'.", quote=argument("quote"))
    if coder == CONSENSUS:
        way_on = worded("No coder gave this value. {way_on}", way_on=way_on)
    fault = worded("'{value}' of {variable} has no quotation", value=entry, variable=variable.id)
    raise BenangError(Problem(fault, where=argument("quote"), way_on=way_on))


def _among(value: Value, places: tuple[QuotePlace, ...], earlier: Sequence[Value], desk: Desk) -> GrantedValue:
    """Compare a value with what its coder said before: the same is not added twice, another supersedes it."""
    own = [one for one in earlier if one.coder == value.coder]
    if len(own) == 1 and own[0].value == value.value and _spans(own[0]) == _spans(value):
        return GrantedValue(own[0], places, is_new=False)
    fresh = _identified(value.model_copy(update={"supersedes": tuple(sorted(one.id for one in own))}))
    return GrantedValue(renewed(fresh, desk), places)


def _spans(value: Value) -> list[tuple[str, int, int]]:
    return sorted((one.document, one.start, one.end) for one in value.passages)


def _identified(value: Value) -> Value:
    """Give a value its id, which comes from all that it says, as `wishes.identified` does."""
    content = [value.case, value.variable, value.value, value.coder, *_spans(value), *value.supersedes]
    digest = sha256("\n".join(map(str, content)))[:10]
    return value.model_copy(update={"id": f"{file_name(value.case)}/{value.variable}/{digest}"})


@dataclass(frozen=True, kw_only=True)
class SetRequest:
    """A value to be given in a review; `time` is now where None."""

    folder: Path
    wish: ValueWish
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True)
class SetValue:
    """The value as it was appended, and whether it is new."""

    value: Value
    is_new: bool
    account: Account


def set_value(request: SetRequest, *, progress: Progress = silent) -> SetValue:
    """Give one value; nothing is written where `granted_value` refuses it.

    Raises
    ------
    BenangError
        For a review that can't be read or written to, and whatever `granted_value` refuses.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    grant = granted_value(request.wish, desk)
    value = grant.value
    if grant.is_new:
        (appended,) = desk.append([value], time=request.time)
        assert isinstance(appended, Value)  # noqa: S101
        value = appended
    _ = translator(request.language)
    text = _("{variable} of {subject}: {value}, by {coder}.") if grant.is_new else _("Already given, as {id}.")
    entry = _("not reported") if value.value == NOT_REPORTED else value.value
    note = text.format(variable=value.variable, subject=value.case, value=entry, coder=value.coder, id=value.id)
    places = (Note(place.in_language(request.language)) for place in grant.places)
    return SetValue(value, grant.is_new, Account(notes=(*places, Note(note))))
