"""A passage that somebody wants to code, found in the documents of its record and made an event, or refused kindly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from benang.coding.placed import present_code
from benang.coding.quotes import Span, find_quote, nearest_passage, surroundings
from benang.coding.sentences import sentence_around
from benang.errors import BenangError, Problem
from benang.evidence import Scope, Stance
from benang.files import sha256
from benang.judgements.events import Coding, Event, Withdrawal
from benang.judgements.log import Judgements
from benang.project.documents import Document
from benang.review.desk import Desk

_MOST_PLACES = 12


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Words of a record that are to carry a code. `place` chooses, from 1, where they stand several times."""

    quote: str
    record: str
    code: str
    case: str | None = None
    coder: str | None = None
    stance: Stance = "supports"
    scope: Scope = "case"
    place: int | None = None


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
        page = f", p. {self.page}" if self.page else ""
        words = " ".join(f"{self.before}[{self.quote}]{self.after}".split())
        return f"{words} ({self.document}{page})"


class SeveralPlaces(BenangError):  # noqa: N818 - the name says what was found
    """A quote stands in several places, and it must be said which is meant."""

    def __init__(self, problem: Problem, places: Sequence[QuotePlace]) -> None:
        super().__init__(problem)
        self.places = tuple(places)


@dataclass(frozen=True, slots=True)
class Granted:
    """What a wish comes to: the event, where its words stand, and the id of the same coding where there is one.

    `was_withdrawn` tells that the coder took the same coding back before.
    """

    coding: Coding
    place: QuotePlace
    existing: str = ""
    was_withdrawn: bool = False


def granted(wish: Wish, desk: Desk) -> Granted:
    """Find what a wish speaks of.

    Raises
    ------
    SeveralPlaces
        Where the quote stands more than once.
    BenangError
        Where it stands nowhere, with the text that is nearest and what differs; where record, code or case are
        unknown or not clear.
    """
    code = desk.code(wish.code)
    coder = desk.coder(wish.coder)
    documents = desk.of_record(wish.record)
    case = desk.case(wish.case, documents[0].record)
    place = _place(wish, documents)
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
        stance=wish.stance,
        scope=wish.scope,
        rule=code.rule,
    )
    return _among(coding, place, desk)


def _place(wish: Wish, documents: Sequence[Document]) -> QuotePlace:
    if not wish.quote.strip():
        raise BenangError(Problem("the quote is empty", way_on="Copy the words from the document."))
    places = [place_of(document, span) for document in documents for span in find_quote(wish.quote, document.text)]
    if not places:
        raise BenangError(_nowhere(wish, documents))
    if wish.place is not None and 1 <= wish.place <= len(places):
        return places[wish.place - 1]
    if len(places) > 1:
        listed = "".join(f"\n    {number}. {place}" for number, place in enumerate(places[:_MOST_PLACES], 1))
        found = f"the quote stands in {len(places)} places of '{wish.record}'"
        problem = Problem(f"{found}:{listed}\n ", way_on="Quote a word more, so that it stands in one.")
        raise SeveralPlaces(problem, places)
    return places[0]


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


def _nowhere(wish: Wish, documents: Sequence[Document]) -> Problem:
    """Say what in a record's documents is most like a quote, and which words differ."""
    where = ", ".join(one.path for one in documents)
    near = [(nearest_passage(wish.quote, one.text), one) for one in documents]
    best = max(((one, of) for one, of in near if one), key=lambda pair: pair[0].likeness, default=None)
    found = f"the quote is not in the text of '{wish.record}'"
    if best is None:
        return Problem(found, where=where, way_on="Nothing there is like it: is it of another paper?")
    nearest, document = best
    page = document.page(nearest.span.start)
    differs = "; ".join(f"'{ours}' there is '{theirs}'" if ours and theirs else
                        f"'{ours}' is not there" if ours else f"'{theirs}' stands there besides"
                        for ours, theirs in nearest.instead[:6])  # fmt: skip
    at = f" (p. {page})" if page else ""
    return Problem(f"{found}. Nearest is “{nearest.words}”{at}", where=where, way_on=f"{differs}." if differs else "")


def _among(coding: Coding, place: QuotePlace, desk: Desk) -> Granted:
    """Hold a coding against those that there are: the same one is not said twice, a changed one supersedes its own."""
    same = [one for one in desk.judgements.of(Coding) if not one.program and is_same_place(one, coding, desk)]
    for one in same:
        if (one.stance, one.scope) == (coding.stance, coding.scope):
            return Granted(coding.model_copy(update={"id": one.id}), place, existing=one.id)
    if same:
        return Granted(identified(coding.model_copy(update={"supersedes": tuple(one.id for one in same)})), place)
    fresh = identified(coding)
    withdrawn = taken_back(fresh.id, desk.judgements)
    if withdrawn:
        fresh = identified(coding.model_copy(update={"supersedes": (withdrawn,)}))
    return Granted(fresh, place, was_withdrawn=bool(withdrawn))


def is_same_place(one: Coding, other: Coding, desk: Desk) -> bool:
    """Tell whether two codings are a coder's of the same words with the same code for the same case."""
    return (
        (one.coder, one.case, one.document, one.start, one.end)
        == (other.coder, other.case, other.document, other.start, other.end)
        and present_code(one.code, desk.codebook) == present_code(other.code, desk.codebook)
    )  # fmt: skip


def identified(coding: Coding) -> Coding:
    """Give a coding its id, which comes from all that it says: the same coding has the same id in every copy."""
    said = [
        coding.document, coding.start, coding.end, coding.code, coding.case, coding.coder, coding.stance, coding.scope,
        *coding.supersedes,
    ]  # fmt: skip
    digest = sha256("\n".join(map(str, said)))[:10]
    name = "/".join(part for part in (coding.case, coding.code, digest) if part)
    return coding.model_copy(update={"id": name})


def taken_back(name: str, judgements: Judgements) -> str:
    """Return the event that last took an event back, following what came after it; nothing where it stands."""
    by_earlier: dict[str, Event] = {
        earlier: one for one in (*judgements.superseded, *judgements.current) for earlier in one.supersedes
    }
    last = by_earlier.get(name)
    while last is not None and last.id in by_earlier:
        last = by_earlier[last.id]
    return last.id if isinstance(last, Withdrawal) else ""


def with_place(wish: Wish, number: int) -> Wish:
    """Return a wish that says which place it means."""
    return replace(wish, place=number)
