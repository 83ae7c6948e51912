"""Words, patterns and sentences looked for in the documents of a review, shown before any of them is coded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from benang import __version__
from benang.coding.quotes import Seen, Span, seen, surroundings
from benang.errors import BenangError, Problem, argument
from benang.judgements.events import Coding
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral, worded
from benang.progress import Progress, silent
from benang.project.folder import Document, body_start, without_abstracts
from benang.review.desk import Desk, open_desk
from benang.tasks.account import Account, Note, listing
from benang.tasks.coding.wishes import Granted, QuotePlace, among, place_of, sentences

By = Literal["text", "regex", "sentence"]
"""What is coded: the words that were looked for, what a regular expression matches, sentences that have all words."""

SEARCHER = "search"
"""The coder of what a search suggests."""


@dataclass(frozen=True, kw_only=True)
class SearchRequest:
    """What is looked for in the documents of a review, or of one record, and what is done with the places.

    Nothing is coded unless `chosen` has numbers of hits, from 1, or `all_hits` is set. `as_suggestions` keeps the
    places as suggestions of a program, which count in no number until a person takes them over. Without a `code`,
    places are shown only.
    """

    folder: Path
    by: By
    words: str
    code: str | None = None
    record: str | None = None
    case: str | None = None
    coder: str | None = None
    chosen: tuple[int, ...] = ()
    all_hits: bool = False
    as_suggestions: bool = False
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that was found: the record, the case it would be coded for ("" where that is not clear), its sentence.

    `existing` is the id of the same coding where there is one.
    """

    record: str
    case: str
    place: QuotePlace
    existing: str = ""


@dataclass(frozen=True)
class Searched:
    """All places, and the codings that were appended."""

    hits: tuple[Hit, ...]
    coded: tuple[Coding, ...]
    account: Account


def search(request: SearchRequest, *, progress: Progress = silent) -> Searched:
    """Look for words in documents, and code those places that were chosen.

    Raises
    ------
    BenangError
        For an unknown code, case or record, a regular expression that is none, and a number that no hit has.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    spans = _spans(request)
    code = desk.code(request.code).id if request.code else ""
    case = desk.case(request.case, "").id if request.case else ""
    coder = _coder(request, desk)
    pairs: list[tuple[Hit, Granted | None]] = []
    documents = without_abstracts(desk.of_record(request.record) if request.record else desk.documents.values())
    for at, document in enumerate(documents):
        progress(worded("Searching {path}", path=document.path), at / max(len(documents), 1))
        of_case = case or _only_case(document.record, desk)
        for span in spans(document.text):
            place = place_of(document, span)
            coding = _coding(document, place, code, of_case, coder, request, desk) if code else None
            granted = among(coding, place, desk) if coding else None
            existing = granted.existing if granted else ""
            pairs.append((Hit(document.record, of_case, place, existing), granted))
    coded = _appended(pairs, request, desk) if code else ()
    hits = tuple(hit for hit, _ in pairs)
    return Searched(hits, coded, _account(hits, coded, request))


def _coder(request: SearchRequest, desk: Desk) -> str:
    wants_one = bool(request.code) and (request.chosen or request.all_hits) and not request.as_suggestions
    return desk.coder(request.coder) if wants_one or request.coder else request.coder or SEARCHER


def _only_case(record: str, desk: Desk) -> str:
    try:
        return desk.case(None, record).id
    except BenangError:
        return ""


def _coding(
    document: Document, place: QuotePlace, code: str, case: str, coder: str, request: SearchRequest, desk: Desk
) -> Coding:
    before, after = surroundings(document.text, place.span)
    rule = desk.codebook.by_id[code].rule
    program = f"benang {__version__}, search by {request.by}: {request.words}" if request.as_suggestions else ""
    return Coding(
        id="-", coder=SEARCHER if request.as_suggestions else coder, program=program, document=document.path,
        start=place.span.start, end=place.span.end, quote=place.quote, before=before, after=after, code=code,
        case=case, rule=rule,
    )  # fmt: skip


def _appended(hits: Sequence[tuple[Hit, Granted | None]], request: SearchRequest, desk: Desk) -> tuple[Coding, ...]:
    """Append the codings of the hits that were chosen; those that stand already are not said twice."""
    outside = [number for number in request.chosen if not 1 <= number <= len(hits)]
    if outside and not hits:
        raise BenangError(
            Problem(
                "the words do not occur in any document", where=argument(request.by), way_on="Search for other words."
            )
        )
    if outside:
        expected = worded("numbers from 1 to {n}", n=len(hits))
        raise BenangError(Problem(str(outside[0]), where=argument("take"), expected=expected))
    numbers = range(1, len(hits) + 1) if request.all_hits else dict.fromkeys(request.chosen)
    wanted = [hits[number - 1] for number in numbers]
    unclear = sorted({hit.record for hit, _ in wanted if not hit.case})
    if unclear:
        unsure = worded("it is not clear of which case {names} is a study", names=", ".join(unclear))
        way_on = worded(
            "Name the case: {case} CASE, with {record} KEY if records differ.",
            case=argument("case"),
            record=argument("record"),
        )
        raise BenangError(Problem(unsure, where=argument("case"), way_on=way_on))
    fresh = [granted.coding for _, granted in wanted if granted and _is_news(granted, desk)]
    events = desk.append(fresh, time=request.time)
    return tuple(event for event in events if isinstance(event, Coding))


def _is_news(granted: Granted, desk: Desk) -> bool:
    """Return whether a coding says something new; nothing is suggested that a person coded or declined."""
    if granted.existing:
        return False
    if not granted.coding.program:
        return True
    return not granted.was_withdrawn and not desk.is_coded(granted.coding)


def _spans(request: SearchRequest) -> _Finder:
    if not request.words.strip():
        raise BenangError(
            Problem("there is nothing to search for", where=argument(request.by), way_on="Enter some words.")
        )
    if request.by == "sentence":
        return _Finder("sentence", [_word(word) for word in request.words.split()])
    try:
        pattern = re.compile(request.words) if request.by == "regex" else _word(" ".join(request.words.split()))
    except re.error as error:
        raise BenangError(
            Problem(
                worded("this is not a regular expression: {error}", error=error),
                where=argument("regex"),
                way_on="Search for plain text instead.",
            )
        ) from None
    return _Finder(request.by, [pattern])


def _word(words: str) -> re.Pattern[str]:
    """Match whole words, in capitals or not; a star behind them means any ending."""
    shown = seen(words).text
    rest = r"\w*" if shown.endswith("*") else ""
    return re.compile(rf"(?<!\w){re.escape(shown.rstrip('*'))}{rest}(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Finder:
    by: By
    patterns: list[re.Pattern[str]]

    def __call__(self, text: str) -> Iterator[Span]:
        if self.by != "sentence":
            begin = body_start(text)
            yield from (one for one in _matches(self.patterns[0], seen(text)) if one.start >= begin)
            return
        for one in sentences(text):
            shown = seen(text[one.start : one.end]).text
            if all(pattern.search(shown) for pattern in self.patterns):
                yield one


def _matches(pattern: re.Pattern[str], shown: Seen) -> Iterator[Span]:
    for match in pattern.finditer(shown.text):
        start, end = match.span()
        while start < end and shown.text[start].isspace():
            start += 1
        while end > start and shown.text[end - 1].isspace():
            end -= 1
        if start < end:
            yield shown.span(start, end)


def with_chosen(request: SearchRequest, numbers: Sequence[int], *, all_hits: bool = False) -> SearchRequest:
    """Return a search whose places are coded as a person answered."""
    return replace(request, chosen=tuple(numbers), all_hits=all_hits)


def _account(hits: Sequence[Hit], coded: Sequence[Coding], request: SearchRequest) -> Account:
    _, language = translator(request.language), request.language
    there = f" [{_('already coded')}]"
    places = (hit.place.in_language(language) for hit in hits)
    lines = [
        f"{number}. {' · '.join(filter(None, (hit.record, hit.case)))}: {place}{there if hit.existing else ''}"
        for number, (hit, place) in enumerate(zip(hits, places, strict=True), 1)
    ]
    notes = [listing(lines)] if lines and not coded else []
    n = len(coded) or len(hits)
    if coded and request.as_suggestions:
        sentence = counted(
            "{n} place is suggested; it counts once a person accepts it.",
            "{n} places are suggested; they count once a person accepts them.",
            n,
            language,
        )
    elif coded:
        sentence = counted("{n} passage coded.", "{n} passages coded.", n, language)
    elif request.code:
        sentence = counted("{n} place; nothing is coded.", "{n} places; nothing is coded.", n, language)
    else:
        sentence = counted("{n} place.", "{n} places.", n, language)
    return Account(notes=(*notes, Note(sentence.format(n=numeral(n, language, 0)))))
