"""What is behind a cell of the matrix: passages in their sentences, values, who has looked; and where nobody has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benang.coding.cases import text_of
from benang.coding.labels import code_label
from benang.evidence import OTHER_STANCES, Passage
from benang.judgements.events import CONSENSUS, Memo
from benang.locale import Language
from benang.project.folder import Document, body_start, without_abstracts
from benang.synthesis.findings import groups_feeding, read_item
from benang.tasks.coding.document_shown import document_id
from benang.tasks.coding.wishes import sentences
from benang.tasks.matrix import ALL, Grid, Line, Material, ShownCell, ids_of, value_words

MOST_SHOWN = 200
"""Passages that are shown at once."""
_AROUND = 700
"""Characters before and behind a passage among which its sentence is looked for."""
_LONGEST = 320
"""Characters of a sentence that are shown on either side of a passage."""


@dataclass(frozen=True, slots=True)
class Around:
    """A passage in its sentence: what stands before it and behind it, in one line each that can be joined."""

    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A passage as it is shown: where it is, who says what of it, and whether whoever looks may take it back.

    `judgement` is the id of the coding or value that it belongs to, `said` the value in words, `role` what it says of
    the column: that of the stance, or `evidence` and `counter-evidence` in a framework. `document` is its name in
    addresses.
    """

    id: str
    judgement: str
    around: Around
    document: str
    title: str
    page: int | None
    case: str
    code: str
    coder: str
    role: str
    is_group: bool
    is_own: bool
    said: str = ""
    memos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looking:
    """Who has read a case for all codes of a group."""

    group: str
    label: str
    coders: tuple[str, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A value that somebody gave without a passage, or that `cases.toml` gives (no coder)."""

    coder: str
    said: str
    judgement: str = ""
    is_own: bool = False


@dataclass(frozen=True)
class OpenCell:
    """A cell, a row or a column that is open: what it is of, its rule, its passages, and who has looked.

    `case` or `column` is None where all are shown. `texts` are the documents of the case, by their names in addresses.
    """

    case: Line | None
    column: Line | None
    cell: ShownCell | None
    proofs: tuple[Proof, ...]
    n_proofs: int
    statements: tuple[Statement, ...] = ()
    looking: tuple[Looking, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    aside: int = 0


def open_cell(of: Material, grid: Grid, place: str, coder: str, language: Language) -> OpenCell | None:
    """Open `CASE COLUMN` of a table, where `*` stands for all; None where it has no such case or column."""
    case_name, _space, column_name = place.partition(" ")
    case = next((one for one in grid.rows if one.id == case_name), None)
    column = next((one for one in grid.columns if one.id == column_name), None)
    if (case is None and case_name != ALL) or (column is None and column_name != ALL):
        return None
    cases = [case] if case else list(grid.rows)
    columns = [column] if column else list(grid.columns)
    passages = list(_passages(of, grid, ids_of(cases), ids_of(columns)))
    shown = _Shown(of, grid, coder, language)
    asides = of.coded.placed.set_aside if grid.kind == "codes" else ()
    return OpenCell(
        case,
        column,
        grid.cells[case.id, column.id] if case and column else None,
        tuple(shown.proof(passage, role) for passage, role in passages[:MOST_SHOWN]),
        len(passages),
        tuple(shown.statements(case.id, column.id)) if grid.kind == "values" and case and column else (),
        tuple(_looking(of, grid, case.id, column, coder, language)) if case else (),
        texts_of(of, case.id) if case else (),
        sum(one.case in ids_of(cases) and one.code in ids_of(columns) for one in asides),
    )


def _passages(of: Material, grid: Grid, cases: Sequence[str], columns: Sequence[str]) -> Iterator[tuple[Passage, str]]:
    """Give the passages behind cells with what they say of the column, case by case as in their documents."""
    every = of.coded.passages
    for case in cases:
        found: list[tuple[Passage, str]] = []
        if grid.kind == "framework":
            roles: dict[str, str] = {}
            for item in columns:
                reading = read_item(of.coded, case, item)
                for role in ("mentions", "evidence", "counter_evidence"):
                    roles |= dict.fromkeys(getattr(reading, role), role.replace("_", "-"))
            found = [(every[name], role) for name, role in roles.items()]
        else:
            wanted = frozenset(columns)
            found = [(one, one.stance) for one in of.coded.by_case.get(case, ()) if one.code in wanted]
        rank = {role: at for at, role in enumerate(("supports", "evidence", "counter-evidence", *OTHER_STANCES))}
        yield from sorted(found, key=lambda one: (rank.get(one[1], 9), one[0].document, one[0].start, one[0].id))


class _Shown:
    """Passages and values in the words of whoever looks."""

    def __init__(self, of: Material, grid: Grid, coder: str, language: Language) -> None:
        self.of, self.grid, self.coder, self.language = of, grid, coder, language
        self.rows = {one.id: one.label for one in grid.rows}
        self.values = {name: one for one in of.coded.placed.values for name in one.passage_ids}
        self.memos: dict[str, list[str]] = {}
        for memo in of.desk.judgements.of(Memo):
            if memo.about == "coding":
                self.memos.setdefault(memo.of, []).append(f"{memo.coder}: {memo.text}")

    def is_own(self, coder: str) -> bool:
        return self.coder in (coder, CONSENSUS)

    def proof(self, passage: Passage, role: str) -> Proof:
        document, value = self.of.coded.documents[passage.document], self.values.get(passage.id)
        variable = self.of.desk.codebook.variable(passage.code) if value else None
        code = self.of.desk.codebook.code(passage.code)
        label = variable.label.text(self.language) if variable else passage.code
        judgement = value.id if value else passage.id
        return Proof(
            id=passage.id,
            judgement=judgement,
            around=around(document, passage.start, passage.end),
            document=document_id(document.path),
            title=title_of(document, self.of),
            page=document.page(passage.start),
            case=self.rows.get(passage.case, passage.case),
            code=code_label(code, self.language) if code and not variable else label,
            coder=passage.coder,
            role=role,
            is_group=passage.scope == "group",
            is_own=self.is_own(passage.coder),
            said=value_words(variable, str(value.value), self.language) if value and variable else "",
            memos=tuple(self.memos.get(judgement, ())),
        )

    def statements(self, case: str, name: str) -> Iterator[Statement]:
        """Give what is said of a variable without a passage."""
        variable = self.of.desk.codebook.variable(name)
        if variable is None:
            return
        own = self.of.own_value(case, name)
        if own is not None:
            yield Statement("", value_words(variable, text_of(own, self.language), self.language))
        for value in self.of.given.get((case, name), ()):
            if not self.of.coded.behind(value):
                said = value_words(variable, str(value.value), self.language)
                yield Statement(value.coder, said, value.id, self.is_own(value.coder))


def around(document: Document, start: int, end: int) -> Around:
    r"""Return a passage in its sentence.

    Examples
    --------
    >>> text = "Rents rose. The market of Alun closed, since rents rose, in May. It rained."
    >>> around(Document("documents/a.md", "a", text, ""), 45, 55)
    Around(before='The market of Alun closed, since ', quote='rents rose', after=', in May.')
    """
    text, begin = document.text, max(body_start(document.text), start - _AROUND)
    window = text[begin : end + _AROUND]
    spans = [(begin + one.start, begin + one.end) for one in sentences(window)]
    own = [one for one in spans if one[0] < end and one[1] > start]
    first, last = (min(own[0][0], start), max(own[-1][1], end)) if own else (start, end)
    before, after = text[first:start], text[end:last]
    if len(before) > _LONGEST:
        before = "… " + before[-_LONGEST:].partition(" ")[2]
    if len(after) > _LONGEST:
        after = after[:_LONGEST].rpartition(" ")[0] + " …"
    gaps = (" " if before[-1:].isspace() else "", " " if after[:1].isspace() else "")
    before, quote, after = (" ".join(one.split()) for one in (before, text[start:end], after))
    return Around(before + gaps[0], quote, gaps[1] + after)


def title_of(document: Document, of: Material) -> str:
    """Return what a document is called: author, year and title where they are known, else the key of its record."""
    paper = document.paper
    name = " ".join(filter(None, (paper.author.partition(",")[0], str(paper.year or ""))))
    title = " ".join((paper.title or of.titles.get(document.record, "")).split())
    return ", ".join(filter(None, (name, title))) or document.record


def texts_of(of: Material, case: str) -> tuple[tuple[str, str], ...]:
    """Return the documents of a case or study that are read, by their names in addresses, with their titles."""
    studies = of.cases[case].studies if case in of.cases else (case,)
    documents = (one for _path, one in sorted(of.coded.documents.items()) if one.record in studies)
    return tuple((document_id(one.path), title_of(one, of)) for one in without_abstracts(documents))


def _looking(
    of: Material, grid: Grid, case: str, column: Line | None, coder: str, language: Language
) -> Iterator[Looking]:
    """Give the groups for which a case must have been read before a cell counts as not reported."""
    names: tuple[str, ...] = ()
    if grid.kind == "codes":
        names = (grid.name.partition("/")[2],)
    elif grid.kind == "framework":
        columns = (column,) if column else grid.columns
        names = tuple(dict.fromkeys(name for one in columns for name in groups_feeding(of.desk.codebook, one.id)))
    for name in names:
        group, coders = of.desk.codebook.group(name), of.done.get((case, name), ())
        yield Looking(name, group.label.text(language) if group else name, coders, coder in coders)


# Gaps


@dataclass(frozen=True, slots=True)
class Gap:
    """A case and a group of codes: who has read it, how many of the codes were found, and what there is to read."""

    case: Line
    group: str
    label: str
    coders: tuple[str, ...]
    found: int
    codes: int
    texts: tuple[tuple[str, str], ...]


def gaps_of(of: Material, language: Language) -> tuple[Gap, ...]:
    """Return each case and group of codes, in the order of the cases, whether somebody has read it or not."""
    gaps = []
    for case in of.coded.cases.cases:
        line = Line(case.id, case.name(language), "; ".join(case.studies))
        here = {one.code for one in of.coded.by_case.get(case.id, ())}
        texts = texts_of(of, case.id)
        for group in of.desk.codebook.groups:
            codes = {one.id for one in of.desk.codebook.codable(group.id)}
            if codes:
                coders = of.done.get((case.id, group.id), ())
                label = group.label.text(language)
                gaps.append(Gap(line, group.id, label, coders, len(here & codes), len(codes), texts))
    return tuple(gaps)
