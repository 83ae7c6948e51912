"""A passage that somebody wants to code: found in the documents of its record, shown in its sentence, made an event.

What is not found, or is found several times, is refused kindly. Sentences are also what is read one after the other.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from benang.coding.quotes import Nearest, Span, find_parts, find_quote, nearest_passage, seen, surroundings
from benang.errors import BenangError, Problem
from benang.evidence import Scope, Stance
from benang.files import sha256
from benang.judgements.acts import SomeEvent, restated
from benang.judgements.events import Coding, Event, Withdrawal
from benang.locale import Language
from benang.locale.writing import Worded, joined, worded
from benang.project.folder import Document, body_start
from benang.review.desk import Desk
from benang.terms.sentences import SHORTENED

_MOST_PLACES = 12
_END = re.compile(r"[.!?…](?<![.!?…]{2})[.!?…]*+[)\"'”’\]]*+(?=\s)|(?=\n[^\S\n]*\n)|(?=\f)")
"""Marks at the end of a sentence, an empty line, a page's end. A line's end alone is none: papers are set in lines."""
_LONGEST = 1_000
"""Characters of what is shown at most: a list of references or a table has no sentences."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Words of a record that are to carry a code.

    Where they stand several times, `place` chooses, from 1, and so does the `page`. Where `stance` or `scope` is not
    given, those of the coding that is there already stay; a new one supports its code, for its case.

    Where the words were selected in a text, `at` says exactly where they stand, and nothing is looked for.
    """

    quote: str
    record: str
    code: str
    case: str | None = None
    coder: str | None = None
    stance: Stance | None = None
    scope: Scope | None = None
    place: int | None = None
    page: int | None = None
    at: At | None = None


@dataclass(frozen=True, slots=True)
class At:
    """An exact place: a document of the review by its path, and a half-open stretch of it in code points."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """A place of a quote: its document, its page where there are pages, and the sentence around it in three parts."""

    document: str
    span: Span
    page: int | None
    before: str
    quote: str
    after: str

    def __str__(self) -> str:
        return str(self.text)

    @property
    def text(self) -> Worded:
        """The sentence with the quote in brackets, its document and page."""
        page = worded(", p. {page}", page=self.page) if self.page else ""
        words = seen(f"{self.before}[{self.quote}]{self.after}").text.strip()
        return worded("{words} ({document}{page})", words=words, document=self.document, page=page)

    def in_language(self, language: Language) -> str:
        """Return the text in a language."""
        return self.text.in_language(language)


class SeveralPlaces(BenangError):  # noqa: N818 - the name says what was found
    """A quote is in several places, and it must be said which is meant."""

    def __init__(self, problem: Problem, places: Sequence[QuotePlace]) -> None:
        super().__init__(problem)
        self.places = tuple(places)


class NoPlace(BenangError):  # noqa: N818 - the name says what was found
    """A quote is nowhere; `nearest` is what is most like it, on its page, or None."""

    def __init__(self, problem: Problem, nearest: Nearest | None = None, page: int | None = None) -> None:
        super().__init__(problem)
        self.nearest, self.page = nearest, page


@dataclass(frozen=True, slots=True)
class Granted:
    """What a wish comes to: the event, where its words stand, and the id of the same coding where there is one.

    `was_withdrawn` tells that the coder took the same coding back before, `was_changed` that the coder said just this
    before and something else since.
    """

    coding: Coding
    place: QuotePlace
    existing: str = ""
    was_withdrawn: bool = False
    was_changed: bool = False


def granted(wish: Wish, desk: Desk) -> Granted:
    """Find what a wish speaks of.

    Raises
    ------
    SeveralPlaces
        Where the quote is there more than once.
    NoPlace
        Where it is nowhere, with the text that is nearest and what differs.
    BenangError
        Where record, code or case are unknown or not clear; where the code is a heading, or was retired or split, and
        the words don't carry it already.
    """
    code = desk.code_of_any_kind(wish.code)
    coder = desk.coder(wish.coder)
    documents = desk.of_record(wish.record)
    case = desk.case(wish.case, documents[0].record)
    place = place_in(wish, documents)
    document = desk.documents[place.document]
    before, after = surroundings(document.text, place.span)
    coding = Coding(
        id="-",
        coder=coder,
        document=place.document,
        start=place.span.start,
        end=place.span.end,
        quote=place.quote,
        before=before,
        after=after,
        code=code.id,
        case=case.id,
        stance=wish.stance or "supports",
        scope=wish.scope or "case",
        rule=code.rule,
    )
    grant = among(coding, place, desk, wish)
    if not grant.existing:
        desk.code(code.id)
    return grant


def place_in(wish: Wish, documents: Sequence[Document]) -> QuotePlace:
    """Return where a wish's words stand in the documents of its record; refused as `granted` says."""
    if not wish.quote.strip():
        raise BenangError(Problem("the quotation is empty", way_on="Copy the words from the document."))
    if wish.at is not None:
        return place_at(wish.at, wish.quote, documents)
    spans = spans_in(wish.quote, documents)
    if not spans:
        raise _nowhere(wish, documents)
    if wish.place is not None and 1 <= wish.place <= len(spans):
        return place_of(*spans[wish.place - 1])
    on_page = [(one, span) for one, span in spans if one.page(span.start) == wish.page] if wish.page else []
    if len(spans) > 1 and len(on_page) != 1:
        places = [place_of(*one) for one in spans]
        numbered = enumerate((place.text for place in places[:_MOST_PLACES]), 1)
        listed = joined(
            ("", *(worded("{number}. {place}", number=number, place=one) for number, one in numbered)), "\n    "
        )
        fault = worded("the quotation occurs in {n} places in '{record}'", n=len(places), record=wish.record)
        problem = Problem(
            worded("{found}:{listed}\n ", found=fault, listed=listed),
            way_on="Quote one more word, so that it occurs only once.",
        )
        raise SeveralPlaces(problem, places)
    return place_of(*(on_page or spans)[0])


def place_at(at: At, quote: str, documents: Sequence[Document]) -> QuotePlace:
    """Return the place where somebody selected words, if these words stand just there.

    Raises
    ------
    BenangError
        Where the document is none of these, or has other words there: it was changed since it was shown.
    """
    document = next((one for one in documents if one.path == at.document), None)
    if document is None:
        raise BenangError(Problem(worded("the record has no document '{name}'", name=at.document)))
    if not 0 <= at.start < at.end <= len(document.text) or document.text[at.start : at.end] != quote:
        fault = worded("the document has other words at this place; it was changed since it was shown")
        raise BenangError(Problem(fault, where=document.path, way_on=worded("Load the page again.")))
    return place_of(document, Span(at.start, at.end))


def spans_in(quote: str, documents: Sequence[Document]) -> list[tuple[Document, Span]]:
    """Return the places of a quote in the documents of a record, in the order in which `Wish.place` counts them.

    A paper prints its abstract too: where that has the words, those of the abstract by itself are left out. So are
    those of a heading, such as the title, that are in the text as well. Where the quote is nowhere and an
    ellipsis marks that words were left out of it, the place goes from its first part to its last.
    """
    papers = [document for document in documents if not document.is_abstract]
    abstracts = [document for document in documents if document.is_abstract]
    ways = ((find_quote, papers), (find_quote, abstracts), (find_parts, papers), (find_parts, abstracts))
    attempts = ([(one, span) for one in texts for span in find(quote, one.text)] for find, texts in ways)
    spans = next((several for several in attempts if several), [])
    begins = {one.path: body_start(one.text) for one in documents}
    return [(one, span) for one, span in spans if span.start >= begins[one.path]] or spans


def place_of(document: Document, span: Span) -> QuotePlace:
    """Show a place in its sentence."""
    around, text = sentence_around(document.text, span), document.text
    return QuotePlace(
        document.path,
        span,
        document.page(span.start),
        text[around.start : span.start],
        text[span.start : span.end],
        text[span.end : around.end],
    )


def _nowhere(wish: Wish, documents: Sequence[Document]) -> NoPlace:
    """Say what in a record's documents is most like a quote, and which words differ."""
    where = ", ".join(one.path for one in documents)
    near = [(nearest_passage(wish.quote, one.text), one) for one in documents]
    best = max(((one, of) for one, of in near if one), key=lambda pair: pair[0].likeness, default=None)
    fault = worded("the quotation is not in the text of '{record}'", record=wish.record)
    if best is None:
        return NoPlace(
            Problem(fault, where=where, way_on=worded("Nothing in it is similar. Is the quotation from another paper?"))
        )
    nearest, document = best
    page = document.page(nearest.span.start)
    differs = joined((_difference(ours, theirs) for ours, theirs in nearest.instead[:6]), "; ")
    at = worded(" (p. {page})", page=page) if page else ""
    way_on = worded("{differs}.", differs=differs) if differs else ""
    return NoPlace(
        Problem(
            worded("{found}. The most similar passage is “{words}”{at}", found=fault, words=nearest.words, at=at),
            where=where,
            way_on=way_on,
        ),
        nearest,
        page,
    )


def _difference(ours: str, theirs: str) -> Worded:
    """Say which words of a document stand in the place of those of a quote."""
    if not ours:
        return worded("the document also has '{theirs}'", theirs=theirs)
    if not theirs:
        return worded("'{ours}' is not in the document", ours=ours)
    return worded("for '{ours}' the document has '{theirs}'", ours=ours, theirs=theirs)


def among(coding: Coding, place: QuotePlace, desk: Desk, wish: Wish | None = None) -> Granted:
    """Hold a coding against those that there are: the same one is not said twice, a changed one supersedes its own.

    Where no wish says another stance or scope, those that stand stay.
    """
    stance, scope = (wish.stance, wish.scope) if wish else (None, None)
    same = () if coding.program else desk.same_as(coding)
    for one in same:
        if (stance or one.stance, scope or one.scope) == (one.stance, one.scope):
            return Granted(one, place, existing=one.id)
    fresh = identified(coding)
    last = last_of(fresh.id, desk)
    if same:
        changed = coding.model_copy(update={"supersedes": tuple(one.id for one in same)})
        return Granted(identified(changed), place, was_changed=last is not None)
    if last is None and fresh.id in desk.judgements.places:
        if coding.program or any(one.id == fresh.id for one in desk.judgements.disputed):
            return Granted(fresh, place, existing=fresh.id)
        of_other_words = fresh.id  # the text was edited since
        return Granted(renewed(identified(coding, again=of_other_words), desk), place)
    if isinstance(last, Withdrawal):
        again = identified(coding.model_copy(update={"supersedes": withdrawals(last, desk)}))
        return Granted(again, place, was_withdrawn=True)
    if last is not None:
        return Granted(renewed(identified(coding, again=last.id), desk), place, was_changed=True)
    return Granted(fresh, place)


def withdrawals(last: Withdrawal, desk: Desk) -> tuple[str, ...]:
    """Return all withdrawals of what one took back: two copies of a review may each have one."""
    taken = set(last.supersedes)
    return tuple(one.id for one in desk.judgements.of(Withdrawal) if taken & set(one.supersedes))


def identified(coding: Coding, *, again: str = "") -> Coding:
    """Give a coding its id, which comes from all that it says: the same coding has the same id in every copy.

    `again` is the event that came after it where the same was said before, moved or changed, and is said once more.
    """
    content = [
        coding.document, coding.start, coding.end, coding.code, coding.case, coding.coder, coding.stance, coding.scope,
        *coding.supersedes, *([again] if again else []),
    ]  # fmt: skip
    digest = sha256("\n".join(map(str, content)))[:10]
    name = "/".join(part for part in (coding.case, coding.code, digest) if part)
    return coding.model_copy(update={"id": name})


def last_of(name: str, desk: Desk) -> Event | None:
    """Return the last of the events that came after one; None where it is valid, or unknown."""
    last = desk.later.get(name)
    while last is not None and last.id in desk.later:
        last = desk.later[last.id]
    return last


def renewed(event: SomeEvent, desk: Desk) -> SomeEvent:
    """Return an event that is to be valid, under another id where the log has the same one, no longer valid.

    Under the same id it would say nothing: an append leaves out what the log has.
    """
    last = last_of(event.id, desk)
    if last is None:
        return event
    taken_back = withdrawals(last, desk) if isinstance(last, Withdrawal) else ()
    return renewed(restated(event, supersedes=(*event.supersedes, *taken_back), again=last.id), desk)


def with_place(wish: Wish, number: int) -> Wish:
    """Return a wish that says which place it means."""
    return replace(wish, place=number)


@lru_cache(maxsize=256)
def sentences(text: str) -> tuple[Span, ...]:
    r"""Return the sentences of a document in their order, without the blanks around them and its heading.

    A full stop ends none behind what is shortened (*Prof.*, *dkk.*) or before a small letter.

    Examples
    --------
    >>> text = "Rents rose, says Prof. Sari.\nBut\nwhere? Here\n\nNo end"
    >>> [text[one.start:one.end] for one in sentences(text)]
    ['Rents rose, says Prof. Sari.', 'But\nwhere?', 'Here', 'No end']
    """
    spans: list[Span] = []
    begin = body_start(text)
    for match in _END.finditer(text, begin):
        if match[0].startswith(".") and _goes_on(text, begin, match.start(), match.end()):
            continue
        spans += _bare(text, begin, match.end())
        begin = match.end()
    return (*spans, *_bare(text, begin, len(text)))


def _goes_on(text: str, begin: int, stop: int, end: int) -> bool:
    following = text[end : end + 40].lstrip()[:1]
    return following.islower() or SHORTENED.search(text[max(begin, stop - 12) : stop]) is not None


def _bare(text: str, begin: int, end: int) -> list[Span]:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return [Span(begin, end)] if begin < end else []


def sentence_around(text: str, span: Span) -> Span:
    """Return the sentence that a passage is in, or all that it is in; of a very long one what is near it.

    Examples
    --------
    >>> text = "One is here. Two is there. Three."
    >>> around = sentence_around(text, Span(17, 19))
    >>> text[around.start:around.end]
    'Two is there.'
    """
    every = sentences(text)
    first = max(bisect.bisect_right(every, span.start, key=lambda one: one.start) - 1, 0)
    last = max(bisect.bisect_left(every, span.end, key=lambda one: one.start) - 1, first)
    around = _joined(every, first, last, span)
    if around.end - around.start <= _LONGEST:
        return around
    margin = max((_LONGEST - (span.end - span.start)) // 2, 0)
    start, end = max(around.start, span.start - margin), min(around.end, span.end + margin)
    return Span(min(start, span.start), max(end, span.end))


def _joined(every: Sequence[Span], first: int, last: int, span: Span) -> Span:
    if not every:
        return span
    return Span(min(every[first].start, span.start), max(every[last].end, span.end))
