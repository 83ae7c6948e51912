"""A labelled table, screened again by priority: what that saves, and where the stopping rule would have ended it.

Records are screened in the order of `priority.Ranker`, as `benang screen` shows them, beginning with one relevant and
one irrelevant record that are known: the first of each in the random order of the seed. Both count as screened.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import ceil, floor

from benang.encodings import decoded
from benang.errors import BenangError, Problem, first_problems, nearest
from benang.files import Input, Upload, read_bytes
from benang.locale import Language
from benang.locale.writing import numeral, worded
from benang.progress import Progress, part, silent
from benang.ranges import check
from benang.readers import Source, shown
from benang.readers.columns import field_named
from benang.readers.excel import is_workbook
from benang.readers.forms import named_for
from benang.readers.own_fields import is_own_table
from benang.readers.plain_table import is_table
from benang.readers.registry import Choices
from benang.readers.table_forms import found_table
from benang.readers.table_rows import Layout, RowCount, UnpairedError, bare, careful_rows, layouts, plain_rows
from benang.readers.workbooks_apart import sheets_apart
from benang.records.user_tables import csv_text, plain
from benang.screening.priority import Ranker, check_installed, learned_from, text_of
from benang.screening.stopping import StoppingTest, Target, ranked_test
from benang.tasks.account import Account, Note, rows
from benang.tasks.read_works import ReadWorks, WorksRequest, read_works

_SAVED_AT = 0.95


@dataclass(frozen=True)
class Simulation:
    """The records in the sequence in which they were screened.

    `order` are the places of all records, the `n_known` known beforehand first, and `labels` whether each is relevant.

    Examples
    --------
    Ten records, two known; three of five relevant records come first, and the last one at the end.

    >>> labels = (True, False, True, True, True, False, False, False, False, True)
    >>> simulation = Simulation(tuple(range(10)), labels)
    >>> simulation.recall_at(0.5), simulation.records_to(0.8), round(simulation.work_saved(0.8), 2)
    (0.8, 5, 0.3)
    >>> simulation.time_to_discovery
    3.5
    """

    order: tuple[int, ...]
    labels: tuple[bool, ...]
    n_known: int = 2

    @property
    def records(self) -> int:
        """Records in all."""
        return len(self.labels)

    @property
    def relevant(self) -> int:
        """Relevant records in all."""
        return sum(self.labels)

    @property
    def recall_curve(self) -> tuple[float, ...]:
        """The share of all relevant records that is found after each record screened, 0 to 1."""
        return tuple([n / self.relevant for n in accumulate(self.labels)])

    def recall_at(self, share: float) -> float:
        """Return the recall, 0 to 1, when that share of all records is screened, in whole records."""
        return sum(self.labels[: floor(_exact(share) * self.records)]) / self.relevant

    def records_to(self, recall: float) -> int:
        """Return how many records are screened when that recall is reached."""
        wanted = ceil(_exact(recall) * self.relevant)
        return next(at for at, n in enumerate(accumulate(self.labels), 1) if n >= wanted)

    def work_saved(self, recall: float = _SAVED_AT) -> float:
        """Return WSS: the share of all records that need not be read for that recall, over reading at random.

        1 − n/N − (1 − recall), with n of N records screened (Cohen et al. 2006, J. Am. Med. Inform. Assoc. 13,
        206–219). Reading at random saves 0; below 0, it would have been better.
        """
        return recall - self.records_to(recall) / self.records

    @property
    def time_to_discovery(self) -> float:
        """The average time to discovery (ATD): how many records are read, on average, when a relevant one is found.

        Those known beforehand are in no count, as in asreview-insights 1.6 (Ferdinands et al. 2023, Systematic Reviews
        12:100). 0 where all relevant records are known.
        """
        places = [at for at, is_relevant in enumerate(self.labels[self.n_known :], 1) if is_relevant]
        return sum(places) / len(places) if places else 0.0

    def stop(self, target: Target | None = None) -> StoppingTest:
        """Return the first test, of those after each record, that lets the screening stop; at the latest the last one.

        Within a run of irrelevant records p only falls, so that the first one is looked for by halves, in the first run
        whose end lets it stop.
        """
        known, screened = self.labels[: self.n_known], self.labels[self.n_known :]

        def test(n: int) -> StoppingTest:
            return ranked_test(screened[:n], self.records, target, known=known)

        begin = 0
        for end in [*(at for at, is_relevant in enumerate(screened) if is_relevant), len(screened)]:
            if test(end).may_stop:
                low, high = begin, end
                while low < high:
                    middle = (low + high) // 2
                    low, high = (low, middle) if test(middle).may_stop else (middle + 1, high)
                return test(low)
            begin = end + 1
        return test(len(screened))


def simulated(
    texts: Sequence[str], labels: Sequence[bool], *, seed: int = 0, progress: Progress = silent
) -> Simulation:
    """Screen labelled records by priority.

    Parameters
    ----------
    texts
        Of each record what `priority.text_of` returns.
    labels
        Whether each is relevant; some must be, and some not.

    Raises
    ------
    BenangError
        Where scikit-learn is not installed.
    """
    ranker = Ranker(texts, seed)
    known = {next(at for at in ranker.random if labels[at] is wanted): wanted for wanted in (True, False)}
    screened: list[int] = []
    left = dict.fromkeys(at for at in range(len(texts)) if at not in known)
    lesson = -1
    queue: list[int] = []
    while left:
        if (latest := learned_from(len(screened))) != lesson:
            progress("Screening again", len(screened) / len(texts))
            lesson = latest
            order = ranker.order({**known, **{at: labels[at] for at in screened[:lesson]}})
            queue = [at for at in reversed(order) if at in left]
        record = queue.pop()
        screened.append(record)
        del left[record]
    order = (*known, *screened)
    return Simulation(order, tuple([labels[at] for at in order]), len(known))


def _exact(share: float) -> Fraction:
    """Return the number that was typed, of which whole records can be counted."""
    return Fraction(str(share))


SHARES = (0.1, 0.2, 0.5)
"""Shares of the records after which recall is reported."""

_YES = "1|1.0|yes|y|true|include|included|relevant|ya|benar|disertakan|diikutsertakan|termasuk|relevan|inklusi"
_NO = (
    "0|0.0|no|n|false|exclude|excluded|irrelevant|not relevant|not included|"
    "tidak|salah|dikecualikan|dikeluarkan|tidak disertakan|tidak relevan|eksklusi"
)
_LABELS: Mapping[str, bool] = {**dict.fromkeys(_YES.split("|"), True), **dict.fromkeys(_NO.split("|"), False)}
_HEADER_ROWS = 40
_SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class SimulateRequest:
    """A table of records whose column `label` says which were included, and the target of the stopping rule."""

    file: Input
    label: str
    seed: int = 0
    recall: float = 0.95
    confidence: float = 0.95
    choices: Choices = Choices()  # noqa: RUF009 - it is frozen
    language: Language = "en"


@dataclass(frozen=True)
class Simulated:
    """The screening as it would have gone, the test that would have ended it, and the account of both.

    `known` are the rows of the file, from 1, with the records that were known beforehand.
    """

    request: SimulateRequest
    simulation: Simulation
    known: tuple[int, ...]
    stopped: StoppingTest
    account: Account

    def as_json(self) -> str:
        """Return the figures for programs: shares from 0 to 1, to six decimals."""
        screening, stopped = self.simulation, self.stopped
        figures = {
            "records": screening.records,
            "relevant": screening.relevant,
            "seed": self.request.seed,
            "known_rows": self.known,
            "recall_at": {str(share): round(screening.recall_at(share), 6) for share in SHARES},
            "wss95": round(screening.work_saved(), 6),
            "atd": round(screening.time_to_discovery, 6),
            "records_to_95": screening.records_to(0.95),
            "stopping": {
                "target": stopped.target.recall,
                "confidence": stopped.target.confidence,
                "records": stopped.screened,
                "recall": round(stopped.relevant / screening.relevant, 6),
                "missed": screening.relevant - stopped.relevant,
                "most_missed": stopped.most_missed,
                "p": round(stopped.p, 6),
            },
            "recall_curve": [round(recall, 6) for recall in screening.recall_curve],
        }
        return json.dumps(figures, indent=1)


def simulate(request: SimulateRequest, *, progress: Progress = silent) -> Simulated:
    """Screen a labelled table by priority, from one relevant and one irrelevant record that the seed chooses.

    Raises
    ------
    BenangError
        For a file that can't be read or is no table, a column that it lacks, labels that are neither yes nor no (each
        with its row) or all the same, numbers out of range, and where scikit-learn is not installed.
    """
    check(seed=request.seed, recall=request.recall, confidence=request.confidence)
    check_installed()
    progress("Reading", 0.0)
    works, cells, labels = _labelled(request)
    texts = [text_of(record) for record in works.corpus.records]
    simulation = simulated(texts, labels, seed=request.seed, progress=part(progress, 0.1, 0.9))
    progress("Looking for where to stop", 0.9)
    stopped = simulation.stop(Target(request.recall, request.confidence))
    known = tuple([cells[at].row for at in simulation.order[: simulation.n_known]])
    account = works.account + Account(
        rows=rows(_figures(simulation, request.language), request.language),
        notes=(Note(_beginning(known)), Note(_ending(stopped, simulation))),
    )
    return Simulated(request, simulation, known, stopped, account)


def _figures(screening: Simulation, language: Language) -> list[tuple[str, str | int]]:
    def percent(share: float) -> str:
        return f"{numeral(100 * share, language, 1)}%"

    return [
        (worded("records in the table"), screening.records),
        (worded("relevant records among them"), screening.relevant),
        *((worded("recall after {n:.0f}% of the records", n=100 * s), percent(screening.recall_at(s))) for s in SHARES),
        (worded("records screened for a recall of 95%"), screening.records_to(0.95)),
        (worded("work saved over sampling (WSS@95)"), percent(screening.work_saved())),
        (worded("average time to discovery (ATD), records"), numeral(screening.time_to_discovery, language, 1)),
    ]


def _beginning(known: Sequence[int]) -> str:
    return worded(
        "It begins with one relevant and one irrelevant record, which the seed chooses (rows {rows}); both count as "
        "screened, but not in the ATD.",
        rows=list(known),
    )


def _ending(stopped: StoppingTest, screening: Simulation) -> str:
    return worded(
        "With a target recall of {target:.4g}% and a confidence of {confidence:.4g}%, the stopping rule would have "
        "ended the screening after {screened:,} records, at a recall of {recall:.1f}%. Missed: {missed:,}; at most "
        "{most:,} according to its bound (p = {p:.2g}).",
        target=100 * stopped.target.recall,
        confidence=100 * stopped.target.confidence,
        screened=stopped.screened,
        recall=100 * stopped.relevant / screening.relevant,
        missed=screening.relevant - stopped.relevant,
        most=stopped.most_missed,
        p=stopped.p,
    )


@dataclass(frozen=True, slots=True)
class _Cell:
    """What a row has in the column of labels; `row` counts as a spreadsheet does, from 1."""

    row: int
    text: str


def _labelled(request: SimulateRequest) -> tuple[ReadWorks, tuple[_Cell, ...], tuple[bool, ...]]:
    """Read the records, and the label of each, which is in the same row."""
    export = _as_text(request)
    source = _source(export, request)
    column, layout = _column(source, request.label)
    cells = _cells(source, layout, column)
    works = read_works(WorksRequest(files=(export,), choices=request.choices, join=False, language=request.language))
    labelled = tuple([cells[record.line] for record in works.corpus.records])
    return works, labelled, _labels(labelled, source.name, request.label)


def _as_text(request: SimulateRequest) -> Input:
    """Return the file; of a workbook its sheet with the column, as a table of text in which a row is a line."""
    file = request.file
    data = read_bytes(file)
    if not is_workbook(data[:4096].decode("latin-1")):
        return file
    sheets = [rows for _, rows in sheets_apart(data, where=str(file)) if rows]
    wanted = bare(request.label)
    fitting = [rows for rows in sheets if any(wanted in map(bare, row) for row in rows[:_HEADER_ROWS])]
    lines = [[" ".join(cell.split()) for cell in row] for row in (fitting or sheets or [[[""]]])[0]]
    return Upload(str(file), csv_text(lines[0], lines[1:]).encode())


def _source(file: Input, request: SimulateRequest) -> Source:
    """Return the text of the file.

    Raises
    ------
    BenangError
        Where it is no table.
    """
    text = decoded(read_bytes(file), where=str(file), encoding=named_for(request.choices.encodings, str(file)) or None)
    source = Source(str(file), str(file), text.data)
    if not (is_table(source.head) or is_own_table(source.head) or found_table(source.head)):
        expected = "a table (CSV or Excel) with a column that says which records were included"
        raise BenangError(Problem("a file of another form", where=source.name, expected=expected))
    return source


def _column(source: Source, label: str) -> tuple[int, Layout]:
    """Return where the column is, in the table whose header has it.

    Raises
    ------
    BenangError
        Where none has, with the columns that are there, and the one that was meant.
    """
    known = layouts(source.head)
    for layout in known:
        names = [bare(name) for name in layout.header]
        if bare(label) in names:
            return names.index(bare(label)), layout
    titled = [one for one in known if any(field_named(name)[0] == "title" for name in one.header)]
    header = [name for name in (titled or known)[0].header if name]
    fault = worded("no column '{label}'; its columns are {names}", label=label, names=", ".join(header))
    raise BenangError(Problem(fault, where=source.name, way_on=nearest(label, header)))


def _cells(source: Source, layout: Layout, column: int) -> dict[int, _Cell]:
    """Return what the column has, by the line on which a row begins."""
    width = len(layout.header)
    try:
        table = list(plain_rows(source, layout, RowCount(), lambda cells: len(cells) == width))
    except UnpairedError:
        table = list(careful_rows(source, layout, lambda cells: len(cells) == width))
    cells: dict[int, _Cell] = {}
    breaks = 0  # line breaks within cells above: a row of a spreadsheet may have several lines
    for row in table:
        cells[row.line] = _Cell(row.line - breaks, plain(row.cells[column].strip()) if column < len(row.cells) else "")
        breaks += sum(cell.count("\n") for cell in row.cells)
    return cells


def _labels(cells: Sequence[_Cell], file: str, column: str) -> tuple[bool, ...]:
    """Return the labels.

    Raises
    ------
    BenangError
        For those that are neither, each with its row, and where all are the same.
    """
    expected = worded("1 or 0, yes or no, included or excluded")
    wrong = [
        Problem(
            shown(cell.text) if cell.text else worded("an empty cell"),
            where=worded("{file}, row {row}, column '{column}'", file=file, row=cell.row, column=column),
            expected=expected,
        )
        for cell in cells
        if cell.text.casefold() not in _LABELS
    ]
    if wrong:
        raise BenangError(*first_problems(wrong, where=file, most=_SHOWN))
    labels = tuple([_LABELS[cell.text.casefold()] for cell in cells])
    if len(set(labels)) < 2:
        fault = (
            worded("all {n:,} records are labelled as included", n=len(labels))
            if all(labels)
            else worded("none of the {n:,} records is labelled as included", n=len(labels))
        )
        where = worded("{file}, column '{column}'", file=file, column=column)
        raise BenangError(Problem(fault, where=where, way_on="A simulation needs both: name another column."))
    return labels
