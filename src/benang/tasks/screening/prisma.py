"""PRISMA's flow of a review: counted from its records and decisions, printed, and written as the official table."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benang.files import write_together
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral
from benang.progress import Progress, silent
from benang.records.file_accounts import inclusion_notes, retracted_among
from benang.review.load import review_flow
from benang.screening.prisma import FIRST_COLUMN, SOURCES, Box, Flow
from benang.screening.prisma_table import BOXES, TEXTS, name_of, official_table, typed_words, unreported, words_of
from benang.tasks.account import Account, Note, Table, check_outputs, in_shell, unknown_form
from benang.tasks.screening.desk import ScreeningDesk, open_screening, remarks_on

FORMS = (".csv", ".docx", ".pdf", ".png", ".svg")
"""What a flow is written as, by the suffix of the file."""


@dataclass(frozen=True, kw_only=True)
class PrismaRequest:
    """The review whose flow is counted; in the language of its plan where none is named."""

    folder: Path
    outputs: tuple[Path, ...] = ()
    language: Language | None = None


@dataclass(frozen=True)
class Prisma:
    """The flow of a review, and the account of it: the figure as a table, and what waits for a decision."""

    flow: Flow
    account: Account

    def as_json(self) -> str:
        """Return the flow as JSON: `docs/reference/prisma.md` explains the keys, which stay."""
        return json.dumps(_data(self.flow), ensure_ascii=False, indent=1) + "\n"


def prisma(request: PrismaRequest, *, progress: Progress = silent) -> Prisma:
    """Count the flow of a review, and write it where that is asked for.

    Raises
    ------
    Misuse
        For output of an unknown form, or that would destroy a file of the review.
    BenangError
        For a review that can't be read, and a file that can't be written.
    """
    for path in request.outputs:
        if path.suffix.lower() not in FORMS:
            raise unknown_form(path, FORMS)
    progress("Reading the review", 0.0)
    desk = open_screening(request.folder)
    language = request.language or desk.plan.language
    flow = review_flow(desk.plan, desk.folder, desk.sources, desk.screening)
    if request.outputs:
        check_outputs(request.outputs, list(desk.folder.files))
        progress("Writing", 0.9)
        write_together({path: _as_file(flow, language, path.suffix.lower()) for path in request.outputs})
    return Prisma(flow, _account(flow, desk, language) + Account(files=request.outputs))


def flow_of_desk(desk: ScreeningDesk) -> Flow:
    """Count the flow of a review that is open."""
    return review_flow(desk.plan, desk.folder, desk.sources, desk.screening)


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A row of the figure as a list: its key, its words and number, how far inwards, and the ids that it opens."""

    key: str
    text: str
    value: int
    level: int
    of: tuple[str, ...]


def flow_rows(flow: Flow, language: Language) -> tuple[tuple[str, tuple[FlowRow, ...]], ...]:
    """Return the figure as lists, column after column; what waits for a decision comes last."""
    _ = translator(language)
    columns = [
        (heading, tuple(_flow_row(box, flow, language) for box in boxes)) for heading, boxes in _columns(flow, language)
    ]
    waiting = tuple(
        FlowRow(key, _(TEXTS[key]), int(one.value), 0, one.of) for key, one in flow.open.items() if one.value
    )
    return (*columns, *([(_("Not decided yet"), waiting)] if waiting else []))


def _flow_row(box: Box, flow: Flow, language: Language) -> FlowRow:
    text = name_of(box, flow, language) if box.name else words_of(box.key, flow, language)
    return FlowRow(box.key, text, box.value, int("/" in box.key), box.number.of)


_DRAWING = threading.Lock()
"""One figure at a time, whoever asks: matplotlib is not made for threads."""


def flow_bytes(flow: Flow, language: Language, suffix: str) -> bytes:
    """Return a flow as the bytes of a file of one of the `FORMS`."""
    with _DRAWING:
        return _as_file(flow, language, suffix)


def _as_file(flow: Flow, language: Language, suffix: str) -> bytes:
    if suffix == ".csv":
        return official_table(flow, language).encode()
    from benang.report.selection import flow_file

    return flow_file(flow, language, suffix)


def _data(flow: Flow) -> dict[str, object]:
    """Return the flow as plain values: every box under its key, null where this version of the figure has none."""
    data: dict[str, object] = {"variant": flow.variant, "final": flow.is_final}
    for key in BOXES:
        if key in _BY_PART:
            data[key] = _by_part(key, flow) if key in flow.boxes else None
        else:
            data[key] = flow.boxes[key].value if key in flow.boxes else None
            if parts := _by_part(key, flow):
                data[f"{key}_by_{'rule' if 'removed' in key else 'reason'}"] = parts
    waiting = {key: int(number.value) for key, number in flow.open.items()}
    conflicts = waiting["conflicting_records"] + waiting["conflicting_reports"]
    return {**data, **waiting, "conflicts": conflicts, "typed": [one.model_dump() for one in flow.typed]}


_BY_PART = (*SOURCES.values(), "reports_excluded", "other_excluded")
"""Boxes that are given by source or by reason instead of as one number."""


def _by_part(key: str, flow: Flow) -> dict[str, int]:
    return {part.name: part.value for part in flow.parts(key)}


def _account(flow: Flow, desk: ScreeningDesk, language: Language) -> Account:
    return Account(notes=(_table(flow, language), *_waiting(flow, desk, language), *_remarks(flow, desk, language)))


def _table(flow: Flow, language: Language) -> Table:
    """Return the figure as a table, column after column; what was typed is numbered and named below it."""
    _ = translator(language)
    variants = {
        "new": _("PRISMA 2020: a new review, through databases and registers"),
        "new-with-other": _("PRISMA 2020: a new review, through databases, registers and other methods"),
        "updated": _("PRISMA 2020: an updated review, through databases and registers"),
        "updated-with-other": _("PRISMA 2020: an updated review, through databases, registers and other methods"),
    }
    cells: list[tuple[str, str]] = []
    for heading, boxes in _columns(flow, language):
        cells += [(heading, ""), *(_row(box, flow, language) for box in boxes)]
    typed = (f"[{at}] {typed_words(one, language)}" for at, one in enumerate(flow.typed, 1))
    return Table(variants[flow.variant], tuple(cells), "lr", tuple(typed))


def _columns(flow: Flow, language: Language) -> Iterator[tuple[str, list[Box]]]:
    """Give the columns of the figure with their boxes that are shown."""
    _ = translator(language)
    columns: dict[str, list[Box]] = {"previous": [], "first": [], "other": [], "included": []}
    for key, box in flow.boxes.items():
        name = key.partition("/")[0]
        place = next((place for place, boxes in _PLACES.items() if name in boxes), "first")
        if box.value or "/" not in key:
            columns[place].append(box)
    headings = {
        "previous": _("Previous studies"),
        "first": _("Identification of studies via databases and registers"),
        "other": _("Identification of studies via other methods"),
        "included": _("Included"),
    }
    if flow.is_updated:
        headings["first"] = _("Identification of new studies via databases and registers")
        headings["other"] = _("Identification of new studies via other methods")
    yield from ((headings[place], boxes) for place, boxes in columns.items() if boxes)


_PLACES = {
    "previous": [key for key in BOXES if key.startswith("previous")],
    "other": [
        *(box for kind, box in SOURCES.items() if kind not in FIRST_COLUMN),
        *(k for k in BOXES if k[:5] == "other"),
    ],
    "included": [key for key in BOXES if key.endswith("included") or key.startswith("total")],
}
"""Where boxes stand that are not in the column of databases and registers."""


def _row(box: Box, flow: Flow, language: Language) -> tuple[str, str]:
    inwards = 1 + ("/" in box.key) + box.key.startswith(("database_results", "register_results"))
    text = name_of(box, flow, language) if box.name else words_of(box.key, flow, language)
    marks = "".join(f" [{flow.typed.index(one) + 1}]" for one in box.typed)
    return f"{'  ' * inwards}{text}{marks}", numeral(box.value, language)


def _waiting(flow: Flow, desk: ScreeningDesk, language: Language) -> Iterator[Note | Table]:
    """Say what waits for a decision, and how it is listed."""
    _ = translator(language)
    if flow.is_final:
        yield Note(_("This flow is final: nothing waits for a decision."))
        return
    cells = [(_(TEXTS[key]), numeral(one.value, language)) for key, one in flow.open.items() if one.value]
    yield Table(_("This flow is not final yet:"), tuple(cells), "lr")
    folder = in_shell(desk.folder.root)
    text = _("{command} lists them.")
    for lists, keys in (("--undecided", ("undecided",)), ("--conflicts", ("unsure", "conflicting"))):
        if any(flow.open[key].value for key in flow.open if key.startswith(keys)):
            yield Note(text.format(command=f"benang screen export {folder} {lists} -o {lists[2:]}.xlsx"))


def _remarks(flow: Flow, desk: ScreeningDesk, language: Language) -> Iterator[Note]:
    """Say what the figure can't: records, hits and duplicates that it leaves out, works that were retracted."""
    _ = translator(language)
    yield from map(Note, unreported(flow, language))
    if n := desk.sources.records.ledger.set_aside:
        text = counted(
            "{n} record of the exports could not be read, and is in no box: benang records says why.",
            "{n} records of the exports could not be read, and are in no box: benang records says why.",
            n,
            language,
        )
        yield Note(text.format(n=numeral(n, language)))
    if flow.value("other_duplicates"):
        yield Note(
            _("Records found by databases as well as by other methods are counted under databases and registers.")
        )
    for key, hits in _hits(desk).items():
        if hits > (n := flow.value(key)):
            yield Note(_uncounted(flow.boxes[key], hits - n, language))
    marked = retracted_among(desk.works, desk.screening.kept)
    yield from (Note(one.in_language(language)) for one in (*inclusion_notes(marked), *remarks_on(desk.screening)))


def _hits(desk: ScreeningDesk) -> dict[str, int]:
    """Return how many hits each source showed, by the part of the flow that counts its records."""
    hits: dict[str, int] = {}
    for one in desk.sources.searches.searches:
        if one.hits is not None:
            key = f"{SOURCES[one.kind]}/{one.name}"
            hits[key] = hits.get(key, 0) + one.hits
    return hits


def _uncounted(source: Box, missing: int, language: Language) -> str:
    """Say that a source showed more hits than are counted, and for databases and registers where the rest goes."""
    _ = translator(language)
    numbers = {
        "name": source.name,
        "hits": numeral(source.value + missing, language),
        "n": numeral(source.value, language),
    }
    if not source.key.startswith(("database_results/", "register_results/")):
        text = _("{name} showed {hits} hits; of other methods, only the records that were kept are counted ({n}).")
        return text.format(**numbers)
    text = _(
        "{name} showed {hits} hits, of which {n} are counted. The rest goes into review.toml, [[prisma]]: {entry}."
    )
    entry = f'box = "hits_not_exported", n = {missing}, database = "{source.name}", by, reason'
    return text.format(entry=entry, **numbers)
