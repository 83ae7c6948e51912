"""Rows of other programs' tables of codings: their names of documents and codes, several codes in a cell, positions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from benang.coding.codebook import Code, Group
from benang.coding.program_tables import TableForm, codes_in, file_of, path_of
from benang.coding.sheets import Column, Sheet
from benang.errors import BenangError
from benang.locale import translator
from benang.project.folder import Document, body_start
from benang.review.desk import UnknownName
from benang.tasks.coding.row_answers import Answer, Answers, Kind, SheetRow
from benang.tasks.coding.wishes import Granted, QuotePlace, SeveralPlaces, Wish, granted, spans_in, with_place

_KINDS: tuple[Kind, ...] = ("refused", "new", "withdrawn", "known")
"""What is said of a row with several codes: the first of these that one of them is."""
_SUFFIX = re.compile(r"\.(?:docx?|html?|md|odt|pdf|rtf|txt)$")


@dataclass
class ProgramAnswers(Answers):
    """Answers the rows of a program's table; `rows` are all of them, which show how the program counts positions."""

    sheet: Sheet = field(kw_only=True)
    form: TableForm = field(kw_only=True)
    rows: Sequence[SheetRow] = ()
    chosen: set[int] = field(default_factory=set)
    """Rows whose place among several came from the position that the table says."""

    def answer(self, row: SheetRow) -> None:
        """Answer a row, each of its codes for itself."""
        codes = self.codes_of(row.code)
        answers: dict[str, Answer] = {}
        for code in codes:
            super().answer(replace(row, code=code))
            answers[code] = self.by_row[row.number]
        if len(codes) > 1:
            self.by_row[row.number] = _together(answers)

    def codes_of(self, cell: str) -> tuple[str, ...]:
        """Return the codes of a cell: one whose label has the mark between codes in it is no two codes."""
        codes = codes_in(cell, self.form) or (cell,)
        if len(codes) > 1:
            try:
                self._known("code", cell, self._code)
            except BenangError:
                return codes
            return (cell,)
        return codes

    def _headed(self, column: Column) -> str:
        at = self.sheet.columns.get(column)
        return super()._headed(column) if at is None else self.sheet.rows[self.sheet.header][at].strip()

    # ------------------------------------------------------------ documents and codes

    def _record(self, name: str) -> str:
        """Return the record of a document: by its key, else its file, else its title."""
        key = self._documents_by_name.get(_bare(name)) or self._documents_by_name.get(_bare(file_of(name)))
        if key:
            return key
        try:
            return super()._record(name)
        except UnknownName as unknown:
            titled = self._records_by_title.get(_bare(name)) or self._records_by_title.get(_bare(file_of(name)))
            if titled is None:
                raise unknown from None
            return self.desk.of_record(titled)[0].record

    @cached_property
    def _documents_by_name(self) -> dict[str, str]:
        """The records of documents, by what a program may call them; what may mean two is left out."""
        documents = list(self.desk.documents.values())
        names = ((one.path.rpartition("/")[2], one.paper.title) for one in documents)
        pairs = [(name, one.record) for one, several in zip(documents, names, strict=True) for name in several]
        return _sure([*pairs, *((one.record, one.record) for one in documents)])

    @cached_property
    def _records_by_title(self) -> dict[str, str]:
        return _sure([(one.title, one.key) for one in self.desk.sources.works.records])

    def _code(self, name: str) -> str:
        """Return a code by its id or label, else by the last part of its path, where the part above tells two apart."""
        try:
            return super()._code(name)
        except BenangError:
            path = path_of(name, self.form)
            codes = [one for one in self.desk.codebook.codes if _bare(path[-1]) in _names(one)]
            above = [one for one in codes if len(path) > 1 and self._is_below(one.parent, one.group, path[-2])]
            if len(above or codes) == 1:
                return (above or codes)[0].id
            if not codes and path[-1] != name:
                return super()._code(path[-1])
            raise

    def _is_below(self, parent: str | None, group: str, name: str) -> bool:
        heading = self.desk.codebook.code(parent) if parent else None
        holder = self.desk.codebook.group(group)
        return any(_bare(name) in _names(one) for one in (heading, holder) if one is not None)

    # ------------------------------------------------------------ positions

    def _granted(self, wish: Wish, row: SheetRow) -> Granted:
        try:
            return granted(wish, self.desk)
        except SeveralPlaces as several:
            number = self._nearest(several.places, wish.record, row.start)
            if number is None:
                raise
            self.chosen.add(row.number)
            return granted(with_place(wish, number), self.desk)

    def _reply(self, grant: Granted, row: SheetRow) -> Answer:
        reply = super()._reply(grant, row)
        if row.number not in self.chosen:
            return reply
        _ = translator(self.language)
        return Answer(reply.kind, reply.text + _("; it occurs several times, and the position in the table chose"))

    def _nearest(self, places: Sequence[QuotePlace], record: str, start: str) -> int | None:
        """Return which place is at a position, from 1, by the ways of counting that fit all other rows of a document.

        None where no way fits, or they don't agree.
        """
        said = _number(start)
        if said is None:
            return None
        documents = self.desk.documents
        ways = [way for way in _WAYS if self._fits(way, record)]
        found = {
            number
            for way in ways
            for number, place in enumerate(places, 1)
            if way(documents[place.document], place.span.start) == said
        }
        return found.pop() if len(found) == 1 else None

    def _fits(self, way: Way, record: str) -> bool:
        """Tell whether all quotes that occur once are where their rows say, if positions are counted in this way."""
        known = self._anchors.get(record, ())
        return bool(known) and all(way(document, start) == said for document, start, said in known)

    @cached_property
    def _anchors(self) -> dict[str, list[tuple[Document, int, int]]]:
        """The quotes that occur once in their record: document, where it begins, and the position in the table."""
        anchors: dict[str, list[tuple[Document, int, int]]] = {}
        for row in self.rows:
            said = _number(row.start)
            if said is None or not row.quote:
                continue
            try:
                record = self._known("record", row.record, self._record)
                spans = spans_in(row.quote, self.desk.of_record(record))
            except BenangError:
                continue
            if len(spans) == 1:
                document, span = spans[0]
                anchors.setdefault(record, []).append((document, span.start, said))
        return anchors


Way = Callable[[Document, int], int | None]
"""How a program counts: what it says of an offset of a document."""


def _ways() -> Iterator[Way]:
    """Give the ways in which programs count, from the beginning of the text or of what is below its heading."""

    def counted(of: Callable[[str], int], *, whole: bool) -> Way:
        return lambda document, at: of(document.text[0 if whole else body_start(document.text) : at])

    for whole in (True, False):
        yield counted(len, whole=whole)
        yield counted(lambda text: text.count("\n") + 1, whole=whole)
        yield counted(lambda text: len(re.findall(r"\S[^\n]*\n", text)) + 1, whole=whole)
        yield counted(lambda text: len(re.findall(r"\S\s*?\n[^\S\n]*\n\s*", text)) + 1, whole=whole)
    yield lambda document, at: document.page(at)


_WAYS: tuple[Way, ...] = tuple(_ways())


def _bare(name: str) -> str:
    """Return a name without regard to case, blanks and the suffix of a file."""
    return _SUFFIX.sub("", " ".join(name.split()).casefold())


def _names(one: Code | Group) -> set[str]:
    return {_bare(name) for name in (one.id, one.label.text("en"), one.label.text("id"))}


def _sure(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what names mean, without those that may mean two things."""
    meant: dict[str, set[str]] = {}
    for name, key in pairs:
        if name:
            meant.setdefault(_bare(name), set()).add(key)
    return {name: keys.pop() for name, keys in meant.items() if len(keys) == 1}


def _number(text: str) -> int | None:
    number = re.search(r"[0-9]{1,9}", text)
    return int(number[0]) if number else None


def _together(answers: dict[str, Answer]) -> Answer:
    """Return one answer for a row with several codes."""
    kind = next(kind for kind in _KINDS if any(one.kind == kind for one in answers.values()))
    texts = {one.text for one in answers.values()}
    if len(texts) == 1:
        return Answer(kind, texts.pop())
    return Answer(kind, "; ".join(f"{code}: {one.text}" for code, one in answers.items()))
