"""Screen: records decided one at a time or in a list, what reviewers settle together, and how far the screening is."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import FileResponse, Response

from benang.errors import BenangError, Problem
from benang.judgements.events import CONSENSUS, Stage, Verdict
from benang.locale.writing import counted, numeral, worded
from benang.screening.decision_sheets import Wish
from benang.tasks.screening.cards import (
    Card,
    CriterionRequest,
    Show,
    add_criterion,
    agreement,
    brought_back,
    card_of,
    check_record,
    conflicts,
    first_of,
    how_far,
    listed,
    may_stop,
    paper_of_record,
    remove_criterion,
    rows_of,
    seat_of,
    sitting_of,
    stage_states,
    words_of_buttons,
    works_behind,
)
from benang.tasks.screening.deciding import SeenWish, decide_as_seen
from benang.tasks.screening.desk import AttemptRequest, FinishRequest, finish, note_attempt
from benang.tasks.screening.lists import ListRequest, Which, write_list
from benang.tasks.screening.prisma import flow_bytes, flow_of_desk, flow_rows
from benang.tasks.screening.sitting import Sitting
from benang.web.page import Change, Here, NotThere, Read, done, gone_to, shown, with_word

router = APIRouter(tags=["screen"])

_JUST_NOW = timedelta(seconds=6)
"""For so long a page that shows itself anew goes back to the record whose decision was taken back."""
Key = Annotated[str, Query(max_length=500)]
FormKey = Annotated[str, Form(min_length=1, max_length=500)]
Mark = Annotated[str, Form(max_length=40)]
Choice = Annotated[str, Form(max_length=200, pattern=r"^(include|unsure|unobtainable|exclude(:.*)?)$")]
"""A verdict; behind `exclude:` the id of the criterion that is the reason."""
Note = Annotated[str, Form(max_length=5000)]
FormStage = Annotated[Stage | None, Form()]
_MOST = 1000
_CRITERIA_STAGES = Literal["title-abstract", "full-text", "both"]


def _chosen(choice: str, record: str, note: str = "") -> Wish:
    """Return the wish of a button."""
    verdict, _, reason = choice.partition(":")
    verdicts: dict[str, Verdict] = {
        "include": "include", "exclude": "exclude", "unsure": "unsure", "unobtainable": "unobtainable",
    }  # fmt: skip
    return Wish(record, verdicts[verdict], reason, " ".join(note.split()))


# ------------------------------------------------------------------------------------------------------ what is shown


@dataclass(frozen=True)
class View:
    """What of a screening a page shows: its stage, and the addresses beside it."""

    place: Here
    sitting: Sitting
    tab: str

    @property
    def stage(self) -> Stage:
        """The stage that is shown."""
        return self.sitting.stage

    def at(self, *parts: str, **query: str) -> str:
        """Return an address of the screening, of the same stage."""
        wanted = {"stage": self.stage, **query}
        return f"{self.place.at('screen', *parts)}?{urlencode({k: v for k, v in wanted.items() if v})}"

    def of(self, stage: Stage) -> str:
        """Return the address of this page at another stage."""
        part = () if self.tab == "one" else (self.tab,)
        return f"{self.place.at('screen', *part)}?{urlencode({'stage': stage})}"

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of the plan."""
        return self.sitting.desk.protocol.screening.stages

    @property
    def is_together(self) -> bool:
        """Whether the reviewers decide together."""
        return self.sitting.coder == CONSENSUS

    @property
    def n_to_settle(self) -> int:
        """How many records of the stage the reviewers settle together."""
        return len(self.sitting.desk.screening.to_settle(self.stage))


def _view(place: Here, stage: Stage | None, tab: str, *, coder: str = "") -> View:
    return View(place, sitting_of(place.review, coder or place.coder, stage, place.language), tab)


def _common(view: View) -> dict[str, Any]:
    """Return what each page of the screening shows."""
    sitting = view.sitting
    seat = seat_of(view.place.review, sitting.coder, sitting.desk)
    protocol = sitting.desk.protocol
    return {
        "view": view,
        "criteria": tuple(one for one in protocol.criteria if one.stage in (view.stage, "both")),
        "reasons": tuple(sitting.reasons.items()),
        "needs_reason": view.stage == "full-text",
        "words": words_of_buttons(view.place.language),
        "order": protocol.screening.order,
        "order_fault": seat.fault,
        "n_records": len(sitting.desk.works),
    }


def _card_values(view: View, work: str | None, **more: Any) -> dict[str, Any]:
    """Return what a card shows, with a sign of all of it (`seen`), by which it is known that nothing has changed.

    `is_part` says that the frame is on the page already, `moved` that another record comes in the place of one: then
    the focus goes to its title.
    """
    card = card_of(view.sitting, work) if work else None
    values = {**_common(view), "card": card, "how": how_far(view.sitting)}
    plain = {name: value for name, value in values.items() if name not in ("view", "order_fault")}
    seen = sha256(repr((plain, view.n_to_settle)).encode("utf-8", "backslashreplace")).hexdigest()[:12]
    flags = {"last": None, "overtaken": False, "meanwhile": False, "is_part": False, "moved": False}
    return {**flags, **values, "seen": seen, **more}


# -------------------------------------------------------------------------------------------------- one at a time


@router.get("/reviews/{review}/screen")
def page(place: Read, stage: Stage | None = None, record: Key = "") -> Response:
    """Show the record that is next, or the one that is named."""
    view = _view(place, stage, "one")
    work = record or first_of(view.sitting)
    return shown(place, "screen.html.j2", area="screen", **_card_values(view, work))


@router.get("/reviews/{review}/screen/one")
def one(place: Read, stage: Stage | None = None, record: Key = "", mark: Key = "", seen: Key = "") -> Response:
    """Show a record as it is by now; nothing where all is as it was seen."""
    view = _view(place, stage, "one")
    back = brought_back(view.sitting)
    is_back = back is not None and datetime.now(UTC) - back[1] < _JUST_NOW
    work = first_of(view.sitting) if is_back or not record else record
    values = _card_values(view, work)
    card = values["card"]
    if seen and values["seen"] == seen and work == (record or None):
        return Response(status_code=204)
    if card and work == record and mark and card.mark != mark:
        values["meanwhile"] = card.is_decided
    return shown(place, "screen_card.html.j2", **{**values, "is_part": True, "moved": work != (record or None)})


@router.post("/reviews/{review}/screen/decisions", tags=["acts"])
def decide(
    place: Change, record: FormKey, choice: Choice, mark: Mark = "-", note: Note = "", stage: FormStage = None
) -> Response:
    """Decide on a record as it was shown; the next one comes at once."""
    view = _view(place, stage, "one")
    view, overtaken = _decided(view, [SeenWish(_chosen(choice, record, note), mark)])
    if overtaken:
        values = _card_values(view, record, overtaken=True, is_part=True, moved=True)
        answer = shown(place, "screen_card.html.j2", status=409, **values)
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#screening", "outerHTML"
        return answer
    return _next(view, card_of(view.sitting, record))


def _decided(view: View, wishes: list[SeenWish]) -> tuple[View, tuple[str, ...]]:
    """Decide as whoever looks, or together; return what is there to see afterwards, and what was overtaken."""
    for one in wishes:
        check_record(one.wish.record, view.sitting.desk)
    with view.place.review.acting():
        after = decide_as_seen(wishes, view.stage, view.sitting.coder, view.sitting.desk)
        view.place.review.screened(after.desk)
    return replace(view, sitting=replace(view.sitting, desk=after.desk)), after.overtaken


def _next(view: View, last: Card | None = None) -> Response:
    values = _card_values(view, view.sitting.work, last=last, is_part=True, moved=True)
    answer = shown(view.place, "screen_card.html.j2", **values)
    answer.headers["X-Version"] = view.place.review.version()
    return answer


@router.post("/reviews/{review}/screen/later", tags=["choices"])
def put_off(place: Change, record: FormKey, stage: FormStage = None) -> Response:
    """Put a record off, behind all others; nothing is written."""
    view = _view(place, stage, "one")
    check_record(record, view.sitting.desk)
    seat = seat_of(place.review, view.sitting.coder, view.sitting.desk)
    if record in view.sitting.queue:
        seat.put_off(view.stage, record)
    return _next(_view(place, stage, "one"))


@router.post("/reviews/{review}/screen/attempts", tags=["acts"])
def attempt(
    place: Change,
    record: FormKey,
    way: Annotated[str, Form(min_length=1, max_length=500)],
    day: Annotated[date | None, Form()] = None,
    note: Note = "",
) -> Response:
    """Note how a report was sought."""
    request = AttemptRequest(
        folder=place.review.root, record=record, day=day or datetime.now(UTC).astimezone().date(),
        way=" ".join(way.split()), note=" ".join(note.split()), coder=place.coder, language=place.language,
    )  # fmt: skip
    with place.review.acting():
        said = note_attempt(request).account.notes[0].text
    return done(said)


@router.get("/reviews/{review}/screen/paper")
def paper(place: Read, record: Annotated[str, Query(min_length=1, max_length=500)]) -> Response:
    """Return the PDF of a record."""
    try:
        path = paper_of_record(place.review, record)
    except BenangError as error:
        raise NotThere(*error.problems) from None
    return FileResponse(path, media_type="application/pdf", headers={"Content-Disposition": "inline"})


# ------------------------------------------------------------------------------------------------------------- a list


@router.get("/reviews/{review}/screen/list")
def records(
    place: Read,
    stage: Stage | None = None,
    show: Show = "waiting",
    q: Key = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    keys: Annotated[list[str] | None, Query(max_length=_MOST)] = None,
    ticked: bool = False,
) -> Response:
    """Show records of a stage in a list; those of some `keys` stay where they are while they are decided."""
    view = _view(place, stage, "list")
    part = listed(view.sitting, show, q, page=page)
    if keys:
        part = replace(part, rows=tuple(rows_of(view.sitting, tuple(dict.fromkeys(keys)))))
    return _list(view, show, q, part, ticked=ticked)


def _list(view: View, show: Show, q: str, part: Any, *, ticked: bool = False) -> Response:
    template = "screen_rows.html.j2" if view.place.is_htmx else "screen_list.html.j2"
    several = len(view.sitting.desk.protocol.active) > 1
    values = {"show": show, "q": q, "part": part, "ticked": ticked, "is_part": view.place.is_htmx, "several": several}
    return shown(view.place, template, area="screen", **_common(view), **values)


@router.post("/reviews/{review}/screen/row", tags=["acts"])
def decide_row(
    place: Change, record: FormKey, choice: Choice, mark: Mark = "-", note: Note = "", stage: FormStage = None
) -> Response:
    """Decide on a record in a list; its row is shown as it is then."""
    view = _view(place, stage, "list")
    view, overtaken = _decided(view, [SeenWish(_chosen(choice, record, note), mark)])
    row = next(iter(rows_of(view.sitting, (record,))))
    answer = shown(place, "screen_row.html.j2", **_common(view), row=row, ticked=False)
    if overtaken:
        return with_word(answer, str(_overtaken(1).in_language(place.language)), kind="error")
    return answer


def _overtaken(n: int) -> Problem:
    fault = worded(
        "{n} record was decided in the meantime and was left as it is",
        "{n} records were decided in the meantime and were left as they are",
        n=n,
    )
    return Problem(fault, way_on=worded("Look at what was decided, then decide again."))


@router.post("/reviews/{review}/screen/rows", tags=["acts"])
def decide_rows(
    place: Change,
    choice: Choice,
    records: Annotated[list[str] | None, Form(max_length=_MOST)] = None,
    keys: Annotated[list[str] | None, Form(max_length=_MOST)] = None,
    reason: Annotated[str, Form(max_length=200)] = "",
    stage: FormStage = None,
    show: Annotated[Show, Form()] = "waiting",
    q: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Decide on all records that are ticked, each given as MARK:KEY; all of them, or, where one can't be, none."""
    view = _view(place, stage, "list")
    wishes: list[SeenWish] = []
    picked = f"exclude:{reason}" if choice == "exclude" and reason else choice
    for one in dict.fromkeys(records or ()):
        mark, _, key = one.partition(":")
        wishes.append(SeenWish(_chosen(picked, key), mark))
    if not wishes:
        raise BenangError(Problem(worded("no record is ticked"), way_on=worded("Tick the records that are meant.")))
    view, overtaken = _decided(view, wishes)
    part = listed(view.sitting, show, q)
    if keys:
        part = replace(part, rows=tuple(rows_of(view.sitting, tuple(dict.fromkeys(keys)))))
    n = len(wishes) - len(overtaken)
    text = counted("1 record decided", "{n} records decided", n, place.language)
    texts = [text.format(n=numeral(n, place.language, 0))]
    if overtaken:
        texts.append(str(_overtaken(len(overtaken)).in_language(place.language)))
    return with_word(_list(view, show, q, part), ". ".join(texts), kind="error" if overtaken else "done")


# ---------------------------------------------------------------------------------------------------------- conflicts


@router.get("/reviews/{review}/screen/conflicts")
def to_settle(
    place: Read,
    stage: Stage | None = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    keys: Annotated[list[str] | None, Query(max_length=_MOST)] = None,
) -> Response:
    """Show the records on which reviewers differ, with what each of them said; some `keys` stay though settled."""
    view = _view(place, stage, "conflicts", coder=CONSENSUS)
    cards, total = conflicts(view.sitting, page=page, keep=tuple(dict.fromkeys(keys or ())))
    return shown(place, "screen_conflicts.html.j2", area="screen", **_common(view), cards=cards, total=total, page=page)


@router.post("/reviews/{review}/screen/settle", tags=["acts"])
def settle(
    place: Change, record: FormKey, choice: Choice, mark: Mark = "-", note: Note = "", stage: FormStage = None
) -> Response:
    """Settle together what reviewers differ on."""
    view = _view(place, stage, "conflicts", coder=CONSENSUS)
    view, overtaken = _decided(view, [SeenWish(_chosen(choice, record, note), mark)])
    card = card_of(view.sitting, record)
    answer = shown(place, "screen_conflict.html.j2", **_common(view), card=card, overtaken=bool(overtaken))
    if overtaken:
        return with_word(answer, str(_overtaken(1).in_language(place.language)), kind="error")
    return answer


# ----------------------------------------------------------------------------------------------------------- how far


@router.get("/reviews/{review}/screen/progress")
def progress(place: Read, stage: Stage | None = None) -> Response:
    """Show how far the screening is, whether it may stop, and PRISMA's flow."""
    view = _view(place, stage, "progress")
    desk = view.sitting.desk
    flow = flow_of_desk(desk)
    rows = flow_rows(flow, place.language)
    values: dict[str, Any] = {
        "how": how_far(view.sitting),
        "states": stage_states(desk, place.language),
        "stopping": may_stop(desk, view.sitting.coder),
        "may_end": view.stage == "title-abstract" and bool(how_far(view.sitting).done) and bool(view.sitting.work),
        "flow": rows,
        "is_final": flow.is_final,
        "drawn": sha256(repr([(row.text, row.value) for _, of in rows for row in of]).encode()).hexdigest()[:12],
        "agreement": agreement(desk, place.language),
    }
    return shown(place, "screen_progress.html.j2", area="screen", **_common(view), **values)


@router.get("/reviews/{review}/screen/flow")
def flow_records(place: Read, box: Annotated[str, Query(min_length=1, max_length=500)]) -> Response:
    """List the records that a number of PRISMA's flow counts."""
    view = _view(place, None, "progress")
    rows = [row for _, of in flow_rows(flow_of_desk(view.sitting.desk), place.language) for row in of]
    row = next((one for one in rows if one.key == box), None)
    if row is None:
        raise NotThere(Problem(worded("PRISMA's flow has no box '{box}' here", box=box)))
    works = works_behind(view.sitting.desk, row.of)
    shown_rows = tuple(rows_of(view.sitting, works[:_MOST]))
    return shown(place, "screen_flow.html.j2", area="screen", **_common(view), row=row, rows=shown_rows, n=len(works))


Form_ = Literal["svg", "png", "pdf", "docx", "csv"]
_TYPES = {
    "svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf", "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ris": "application/x-research-info-systems", "bib": "application/x-bibtex", "json": "application/json",
}  # fmt: skip


@router.get("/reviews/{review}/screen/prisma.{form}")
def prisma_file(place: Read, form: Form_, saved: bool = False) -> Response:
    """Return PRISMA's flow as it is now, drawn as the report draws it."""
    desk = place.review.screening()

    def drawn() -> bytes:
        return flow_bytes(flow_of_desk(desk), place.language, f".{form}")

    data = place.review.kept(f"flow.{form}", drawn, "judgements", "vocabulary", "records", also=place.language)
    return _file(data, f"prisma.{form}", saved=saved)


@router.get("/reviews/{review}/screen/lists/{which}.{form}")
def list_file(
    place: Read,
    which: Which,
    form: Literal["ris", "bib", "csv", "xlsx", "json"],
    stage: Stage | None = None,
) -> Response:
    """Return a list of records for other programs, or a sheet to fill in."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / f"{which}.{form}"
        request = ListRequest(
            folder=place.review.root, which=which, output=output, stage=stage, language=place.language
        )
        write_list(request, desk=place.review.screening())
        return _file(output.read_bytes(), output.name, saved=True)


def _file(data: bytes, name: str, *, saved: bool) -> Response:
    how = "attachment" if saved else "inline"
    headers = {"Content-Disposition": f'{how}; filename="{name}"'}
    return Response(data, media_type=_TYPES[name.rpartition(".")[2]], headers=headers)


@router.get("/reviews/{review}/screen/stopping")
def stopping(place: Read, stage: Stage | None = None) -> Response:
    """Say whether the screening may stop, as far as whoever asks has come."""
    view = _view(place, stage, "one")
    lines = may_stop(view.sitting.desk, view.sitting.coder)
    return shown(place, "screen_stopping.html.j2", **_common(view), stopping=lines)


@router.post("/reviews/{review}/screen/end", tags=["acts"])
def end(place: Change) -> Response:
    """End the task of whoever asks by title and abstract, though records are left."""
    request = FinishRequest(folder=place.review.root, coder=place.coder, language=place.language)
    with place.review.acting():
        said = finish(request).account.notes[0].text
    return done(said)


# ----------------------------------------------------------------------------------------------------------- criteria


@router.get("/reviews/{review}/screen/criteria")
def criteria(place: Read, stage: Stage | None = None) -> Response:
    """Show by what is screened: criteria, rules, and who reads what."""
    view = _view(place, stage, "criteria")
    protocol = view.sitting.desk.protocol
    readers = {at: protocol.readers(at) for at in view.stages}
    values: dict[str, Any] = {"all_criteria": protocol.criteria, "protocol": protocol, "readers": readers}
    return shown(place, "screen_criteria.html.j2", area="screen", **{**_common(view), **values})


@router.post("/reviews/{review}/screen/criteria", tags=["acts"])
def add(
    place: Change,
    text: Annotated[str, Form(min_length=1, max_length=2000)],
    kind: Annotated[Literal["include", "exclude"], Form()] = "exclude",
    stage: Annotated[_CRITERIA_STAGES, Form()] = "both",
    terms: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Add a criterion to the plan."""
    words = tuple(re.split(r"[,;\n]", terms))
    add_criterion(place.review, CriterionRequest(kind=kind, text=text, stage=stage, terms=words))
    return gone_to(place, place.at("screen", "criteria"))


@router.post("/reviews/{review}/screen/criteria/remove", tags=["acts"])
def remove(place: Change, name: Annotated[str, Form(min_length=1, max_length=200)]) -> Response:
    """Take a criterion out of the plan."""
    remove_criterion(place.review, name)
    return gone_to(place, place.at("screen", "criteria"))
