"""A document read sentence by sentence, one key a code: what the screen shows, and what each key does.

The terminal only shows a `Screen` and passes keys on; all that is decided is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from benang.coding.placed import at_present, present_code
from benang.coding.quotes import Span, find_quote, seen, surroundings
from benang.errors import BenangError, Problem
from benang.files import sha256
from benang.judgements.events import Coding, Quotation, Withdrawal
from benang.locale import Language, translator
from benang.project.folder import Document, document_at, without_abstracts
from benang.review.desk import Desk, open_desk
from benang.tasks.coding.looking import memo_of, task_of
from benang.tasks.coding.wishes import among, place_of, sentences

FORWARD, BACK, UNDO, MEMO, WORDS, QUIT = " ", "b", "u", "m", "w", "q"
"""The keys that are no codes: on, back, take the last coding back, memo, code some words only, end."""

_KEYS = "1234567890acdefghijklnoprstvxyzACDEFGHIJKLNOPRSTVXYZ"
"""Those of codes; capitals of the keys that are none are left out too, since they are pressed by mistake."""


@dataclass(frozen=True)
class Reading:
    """Where a coder is: the sentence `at` of a document, the case it is read for, what was coded since the start.

    `coded` are the ids of codings in the order in which they were made, so that the last can be taken back.
    """

    folder: Path
    desk: Desk
    document: Document
    case: str
    coder: str
    at: int = 0
    coded: tuple[str, ...] = ()
    message: str = ""
    language: Language = "en"

    @property
    def spans(self) -> tuple[Span, ...]:
        """The sentences of the document."""
        return sentences(self.document.text)

    @property
    def is_at_end(self) -> bool:
        """Whether all sentences were shown."""
        return self.at >= len(self.spans)

    @property
    def keys(self) -> Mapping[str, str]:
        """The key of each code that can be given, in the order of the codebook."""
        usable = [one.id for one in self.desk.codebook.codes if one.is_usable]
        return dict(zip(_KEYS, usable, strict=False))

    def codes_here(self) -> tuple[str, ...]:
        """Return the codes that the coder gave to something of this sentence."""
        span = self.spans[self.at]
        return tuple(code for code, one in self._coded if one.start < span.end and one.end > span.start)

    @cached_property
    def _coded(self) -> tuple[tuple[str, Quotation], ...]:
        """The codes that the coder gave in this document, each with the place that it has today."""
        codebook = self.desk.codebook
        here = {self.document.path: self.document}
        mine = [one for one in self.desk.judgements.of(Coding) if one.coder == self.coder and not one.program]
        places = (
            (present_code(one.code, codebook), at_present(one, here)) for one in mine if document_at(one.document, here)
        )
        return tuple((code, at) for code, at in places if isinstance(at, Quotation))


@dataclass(frozen=True, slots=True)
class Screen:
    """What is shown: the document and how far it is read, the sentence between its neighbours, keys and codes."""

    heading: str
    before: str
    sentence: str
    after: str
    codes: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]
    message: str


def begin(
    folder: Path,
    *,
    record: str | None = None,
    case: str | None = None,
    coder: str | None = None,
    language: Language = "en",
) -> Reading:
    """Begin to read: the record that is named, else the first document without a coding by this coder.

    Raises
    ------
    BenangError
        Where there is nothing to read, no code to give, or it is not clear who codes, or for which case.
    """
    desk = open_desk(folder)
    who = desk.coder(coder)
    if not any(one.is_usable for one in desk.codebook.codes):
        way_on = "Add codes with `benang codebook add`, or in codebook.toml."
        raise BenangError(Problem("the codebook has no codes", where="codebook.toml", way_on=way_on))
    document = desk.of_record(record)[0] if record else _next_document(desk, who)
    return Reading(folder, desk, document, desk.case(case, document.record).id, who, language=language)


def _next_document(desk: Desk, coder: str) -> Document:
    coded = [document_at(one.document, desk.documents) for one in desk.judgements.of(Coding) if one.coder == coder]
    read = {one.path for one in coded if one}
    texts = without_abstracts(desk.documents[path] for path in sorted(desk.documents))
    waiting = [one for one in texts if one.path not in read]
    if not desk.documents:
        way_on = "Put papers into the folder 'papers' and run `benang documents FOLDER`."
        raise BenangError(Problem("the review has no documents", where="documents", way_on=way_on))
    return waiting[0] if waiting else desk.documents[min(desk.documents)]


def screen(reading: Reading) -> Screen:
    """Return what is shown of where a coder is."""
    _, language = translator(reading.language), reading.language
    spans, text = reading.spans, reading.document.text

    def words(at: int) -> str:
        return seen(text[spans[at].start : spans[at].end]).text if 0 <= at < len(spans) else ""

    labels = {one.id: one.label.text(language) for one in reading.desk.codebook.codes}
    page = reading.document.page(spans[reading.at].start) if not reading.is_at_end else None
    place = f"{reading.document.record} · {reading.case} · {min(reading.at + 1, len(spans))}/{len(spans)}"
    return Screen(
        place + (_(", p. {page}").format(page=page) if page else ""),
        words(reading.at - 1),
        words(reading.at),
        words(reading.at + 1),
        tuple(labels[one] for one in dict.fromkeys(reading.codes_here())) if not reading.is_at_end else (),
        tuple((key, labels[code]) for key, code in reading.keys.items()),
        reading.message,
    )


def press(reading: Reading, key: str, *, time: datetime | None = None) -> Reading:
    """Return where a coder is after a key: on, back, a code given, the last one taken back.

    A key that means nothing says so and changes nothing.
    """
    _ = translator(reading.language)
    if key in (FORWARD, "\r", "\n"):
        return replace(reading, at=min(reading.at + 1, len(reading.spans)), message="")
    if key == BACK:
        return replace(reading, at=max(reading.at - 1, 0), message="")
    if key == UNDO:
        return _undone(reading, time)
    code = reading.keys.get(key)
    if code is None or reading.is_at_end:
        return _without_code(reading, key)
    return give(reading, code, reading.spans[reading.at], time=time)


def _without_code(reading: Reading, key: str) -> Reading:
    _ = translator(reading.language)
    return replace(reading, message=_("The key '{key}' has no code.").format(key=key))


def give(reading: Reading, code: str, span: Span, *, time: datetime | None = None) -> Reading:
    """Give a code to a stretch of the document."""
    _ = translator(reading.language)
    text, rule = reading.document.text, reading.desk.codebook.by_id[code].rule
    before, after = surroundings(text, span)
    coding = Coding(
        id="-", coder=reading.coder, document=reading.document.path, start=span.start, end=span.end,
        quote=text[span.start : span.end], before=before, after=after, code=code, case=reading.case, rule=rule,
    )  # fmt: skip
    granted = among(coding, place_of(reading.document, span), reading.desk)
    if granted.existing:
        return replace(reading, message=_("{code}: already coded.").format(code=code))
    reading.desk.append([granted.coding], time=time)
    desk = open_desk(reading.folder)
    return replace(
        reading, desk=desk, coded=(*reading.coded, granted.coding.id), message=_("{code}: coded.").format(code=code)
    )


def give_words(reading: Reading, key: str, words: str, *, time: datetime | None = None) -> Reading:
    """Give the code of a key to some words of the sentence only."""
    _ = translator(reading.language)
    code = reading.keys.get(key)
    if code is None:
        return _without_code(reading, key)
    sentence = reading.spans[reading.at]
    inside = find_quote(words, reading.document.text[sentence.start : sentence.end])
    if len(inside) != 1:
        absent = _("The words are not in the sentence. Nothing was coded.")
        several = _("The words occur in the sentence {n} times. Nothing was coded.").format(n=len(inside))
        return replace(reading, message=several if inside else absent)
    span = Span(sentence.start + inside[0].start, sentence.start + inside[0].end)
    return give(reading, code, span, time=time)


def _undone(reading: Reading, time: datetime | None) -> Reading:
    _ = translator(reading.language)
    if not reading.coded:
        return replace(reading, message=_("Nothing has been coded since you started."))
    last = reading.coded[-1]
    digest = sha256(f"{last}\n{reading.coder}\nundone")[:10]
    undo = Withdrawal(id=f"{last}/undone-{digest}", coder=reading.coder, supersedes=(last,), reason="undone")
    reading.desk.append([undo], time=time)
    desk = open_desk(reading.folder)
    return replace(reading, desk=desk, coded=reading.coded[:-1], message=_("The last coding was undone."))


def note(reading: Reading, text: str, *, time: datetime | None = None) -> Reading:
    """Keep a memo about the document."""
    _ = translator(reading.language)
    if not text.strip():
        return replace(reading, message="")
    memo = memo_of(text.strip(), "document", reading.document.path, reading.coder, reading.desk)
    reading.desk.append([memo], time=time)
    return replace(reading, desk=open_desk(reading.folder), message=_("Memo saved."))


def unread_groups(reading: Reading) -> tuple[str, ...]:
    """Return the groups of codes for which the coder has not said that the case was read."""
    groups = (one.id for one in reading.desk.codebook.groups)
    return tuple(one for one in groups if task_of(reading.case, one, reading.coder, "done", reading.desk) is not None)


def has_read(reading: Reading, group: str, *, time: datetime | None = None) -> Reading:
    """Say that the case was read for all codes of a group."""
    task = task_of(reading.case, group, reading.coder, "done", reading.desk)
    if task is None:
        return reading
    reading.desk.append([task], time=time)
    return replace(reading, desk=open_desk(reading.folder), message="")
