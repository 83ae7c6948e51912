"""Matrix: cases and codes, each cell opening its passages; agreement and disagreements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal, cast
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response
from pydantic import Field

from benang.errors import BenangError, Problem
from benang.locale import translator
from benang.locale.writing import worded
from benang.tasks import cases as rows
from benang.tasks import matrix as tables
from benang.tasks import matrix_cells as behind
from benang.tasks.agree import AgreeRequest, agree, agreement_file
from benang.tasks.agree_shown import Agreed, agreement_tables, opened_disagreements, summary_notes
from benang.tasks.coding.document_shown import document_id, example_case, lacks_titles, titles_of
from benang.tasks.coding.looking import LookRequest, look
from benang.tasks.coding.reconcile_shown import screen
from benang.tasks.coding.reconciling import (
    ReconcileRequest,
    Reconciling,
    begin,
    decide,
    mark_of,
    records_to_settle,
    turned_to,
)
from benang.tasks.coding.taking_back import WithdrawRequest, withdraw
from benang.tasks.matrix import Grid, Material, Order, TableName
from benang.tasks.undoing import remembering
from benang.web.page import Change, Here, NotThere, Read, done, environment, problems_of, shown

router = APIRouter(tags=["matrix"])

Name = Annotated[str, Query(max_length=300)]
Id = Annotated[str, Form(min_length=1, max_length=300)]
CaseLabel = Annotated[str, Form(min_length=1, max_length=300)]
Names = Annotated[list[Annotated[str, Field(max_length=300)]] | None, Form(max_length=5_000)]
Texts = Annotated[list[Annotated[str, Field(max_length=2_000)]] | None, Form(max_length=5_000)]
Tick = Annotated[Literal["", "on"], Query()]
_MOST_PROBLEMS = 5
"""Problems above a table that are spelled out."""
_MOST_OPENED = 100
"""Disagreements that are shown at once."""
_SLOW = 3_000
"""Passages from which on coders are compared after the page is there.

That needs no process of its own: 13,000 codings by three coders take two thirds of a second of one processor, less than
a process needs to begin.
"""


@router.get("/reviews/{review}/matrix")
def page(
    place: Read,
    table: Name = "",
    cell: Name = "",
    rows: Order = "file",
    columns: Order = "file",
    full: Tick = "",
) -> Response:
    """Show a table of cases, with the cell that is open, if one is."""
    chosen = {"table": table, "rows": rows, "columns": columns, "full": full}
    of, names = _material(place), tables.tables_of(place.review.desk(), place.language)
    grid = _grid(place, of, names, table) or (_grid(place, of, names, names[0].name) if names else None)
    opened = behind.open_cell(of, grid, cell, place.coder, place.language) if grid and cell else None
    values: dict[str, Any] = {
        "chosen": chosen,
        "address": _address(place, chosen),
        "opened": opened,
        "cell": cell if opened else "",
    }
    if _is_for(place, "panel"):
        return shown(place, "matrix_panel.html.j2", grid=grid, **values)
    drawn = _drawn(place, grid, chosen) if grid else ""
    return shown(place, "matrix.html.j2", area="matrix", grid=grid, drawn=drawn, **values, **_frame(place, of, names))


def _drawn(place: Here, grid: Grid, chosen: dict[str, str]) -> str:
    """Return a table as HTML, as the template escapes it: one of thousands of cells is not written for each look."""

    def make() -> str:
        rows, columns = (cast("Order", chosen[name]) for name in ("rows", "columns"))
        arranged = tables.arranged(grid, rows=rows, columns=columns, hides_empty=bool(chosen["full"]))
        template = environment(place.language).get_template("matrix_table.html.j2")
        return template.render(place=place, grid=arranged, chosen=chosen, address=_address(place, chosen))

    order = " ".join(chosen[name] for name in ("rows", "columns", "full"))
    return place.review.kept(f"matrix {grid.name} {place.language} {order}", make)


def _is_for(place: Here, target: str) -> bool:
    """Tell whether only one part of the page is asked for."""
    headers = place.request.headers
    return place.is_htmx and headers.get("hx-target") == target and "hx-history-restore-request" not in headers


def _address(place: Here, chosen: dict[str, str]) -> str:
    """Return the address of the table without a cell."""
    given = {name: value for name, value in chosen.items() if value not in ("", "file")}
    return place.at("matrix") + (f"?{urlencode(given)}" if given else "")


def _material(place: Here) -> Material:
    """Return what was coded; the titles of records are looked up where documents don't name theirs."""

    def make() -> Material:
        desk = place.review.desk()
        titles: Mapping[str, str] = {}
        if lacks_titles(desk):
            titles = place.review.kept("titles", lambda: titles_of(desk), "records", "texts", "vocabulary")
        return tables.material(desk, titles)

    return place.review.kept("matrix", make)


def _grid(place: Here, of: Material, names: tuple[TableName, ...], name: str) -> Grid | None:
    make = lambda: tables.grid_of(of, name, place.language)  # noqa: E731
    is_there = any(one.name == name for one in names)
    return place.review.kept(f"matrix {name} {place.language}", make) if is_there else None


def _frame(place: Here, of: Material, names: tuple[TableName, ...]) -> dict[str, Any]:
    """Return what stands above every part of this area: its tabs, and what counts nowhere."""
    # the ways on that these name are commands; the page has links instead
    conflicts = [replace(one, way_on="").in_language(place.language) for one in of.conflicts]
    unknown = [replace(one, way_on="").in_language(place.language) for one in of.unknown]
    return {
        "names": names,
        "conflicts": conflicts[:_MOST_PROBLEMS],
        "unknown": unknown[:_MOST_PROBLEMS],
        "n_conflicts": len(conflicts),
        "n_unknown": len(unknown),
        "unplaced": of.unplaced[:_MOST_PROBLEMS],
        "n_unplaced": len(of.unplaced),
        "n_cases": len(of.coded.cases.cases),
        "n_codes": len([one for one in of.desk.codebook.codes if not one.heading]),
        "n_passages": len(of.coded.passages),
        "n_documents": len(of.coded.documents),
    }


@router.get("/reviews/{review}/matrix/gaps")
def gaps(place: Read) -> Response:
    """Show which cases nobody has read for a group of codes."""
    of, names = _material(place), tables.tables_of(place.review.desk(), place.language)
    every = behind.gaps_of(of, place.language)
    by_case: dict[str, list[behind.Gap]] = {}
    for one in every:
        by_case.setdefault(one.case.id, []).append(one)
    groups = [one for one in names if one.kind == "codes"]
    values: dict[str, Any] = {"cases": list(by_case.values()), "groups": groups, "n_all": len(every)}
    n_open = sum(not one.coders for one in every)
    return shown(
        place, "matrix_gaps.html.j2", area="matrix", grid=None, n_open=n_open, **values, **_frame(place, of, names)
    )


@router.get("/reviews/{review}/matrix/file")
def download(place: Read, table: Name, form: Literal["xlsx", "csv"] = "xlsx") -> Response:
    """Return a table to be saved: a workbook with all quotations, or CSV with a row for each pair."""
    of = _material(place)
    grid = _grid(place, of, tables.tables_of(place.review.desk(), place.language), table)
    if grid is None:
        raise NotThere(Problem(worded("the review has no such table"), way_on=worded("Load the page again.")))
    data = tables.table_file(of, grid, form, place.language)
    return _file(data, f"{table.replace('/', '-')}.{form}")


_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
}


def _file(data: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(data, media_type=_TYPES[name.rpartition(".")[2]], headers=headers)


@router.post("/reviews/{review}/matrix/looked")
def mark_looked(place: Change, case: Id, group: Id, again: Annotated[Literal["", "on"], Form()] = "") -> Response:
    """Say that a case was read for all codes of a group, or that it is to be read again."""
    request = LookRequest(
        folder=place.review.root, case=case, group=group, coder=place.coder, reopen=bool(again), language=place.language
    )
    _, of, read = translator(place.language), _material(place), not again
    with place.review.acting():
        look(request)
    name = of.cases[case].name(place.language) if case in of.cases else case
    text = _("{case} counts as read.") if read else _("{case} is to be read again.")
    return done(text.format(case=name))


@router.post("/reviews/{review}/matrix/withdraw")
def take_back(place: Change, judgement: Annotated[str, Form(alias="id", min_length=1, max_length=300)]) -> Response:
    """Take a coding or a value back: a withdrawal supersedes it, and the log keeps both."""
    request = WithdrawRequest(folder=place.review.root, ids=(judgement,), coder=place.coder, language=place.language)
    with place.review.acting():
        withdraw(request)
    return done(translator(place.language)("Taken back. The log keeps it, and Ctrl+Z restores it."))


# Cases, which are the rows of all tables


@router.get("/reviews/{review}/matrix/cases")
def cases(place: Read, case: Name = "") -> Response:
    """List the cases with their studies; the one that is named is open for changing."""
    of, names = _material(place), tables.tables_of(place.review.desk(), place.language)
    desk, titles = of.desk, of.titles
    shows = rows.cases_shown(desk, titles, place.language)
    values: dict[str, Any] = {
        "cases": shows,
        "studies": rows.studies_shown(desk, titles),
        "changed": next((one for one in shows if one.case.id == case), None),
        "variables_of": lambda one: rows.own_variables(one, desk),
        "example": example_case(desk),
        "are_studies": desk.folder.cases is None,
        "document_id": document_id,
    }
    return shown(place, "matrix_cases.html.j2", area="matrix", grid=None, **values, **_frame(place, of, names))


@router.post("/reviews/{review}/matrix/cases")
def new_case(
    place: Change, label: CaseLabel, studies: Names = None, variable: Names = None, value: Texts = None
) -> Response:
    """Add a case."""
    request = rows.AddCaseRequest(
        folder=place.review.root, label=label, studies=tuple(studies or ()), values=_by_variable(variable, value),
        language=place.language,
    )  # fmt: skip
    return _case_changed(place, lambda: rows.add_case(request), label)


@router.post("/reviews/{review}/matrix/cases/change")
def change_case(
    place: Change, case: Id, label: CaseLabel, studies: Names = None, variable: Names = None, value: Texts = None
) -> Response:
    """Change the label, the studies and values of a case."""
    request = rows.ChangeCaseRequest(
        folder=place.review.root, case=case, label=label, studies=tuple(studies or ()),
        values=_by_variable(variable, value), language=place.language,
    )  # fmt: skip
    return _case_changed(place, lambda: rows.change_case(request), label)


@router.post("/reviews/{review}/matrix/cases/remove")
def remove_case(place: Change, case: Id) -> Response:
    """Remove a case of which nothing has been said."""
    request = rows.RemoveCaseRequest(folder=place.review.root, case=case, language=place.language)
    there = place.review.desk().present_cases.by_id.get(case)
    return _case_changed(place, lambda: rows.remove_case(request), there.name(place.language) if there else case)


def _by_variable(variables: list[str] | None, values: list[str] | None) -> dict[str, str]:
    names, texts = variables or [], values or []
    if len(names) != len(texts):
        raise BenangError(Problem(worded("the form is incomplete"), way_on=worded("Load the page again.")))
    return dict(zip(names, texts, strict=True))


def _case_changed(place: Here, change: Callable[[], rows.CasesChange], label: str) -> Response:
    """Do what is asked, so that it can be undone, and let the page hear of the case by its id."""
    what = worded("the case {case}", case=" ".join(label.split()))
    path = place.review.desk().folder.cases or place.review.root / rows.FILE
    with place.review.acting(), remembering(place.review, path, what):
        changed = change()
    said = " ".join(note.text for note in changed.account.in_language(place.language).notes)
    return done(said, cases={"id": changed.case.id, "label": changed.case.name(place.language)})


# Agreement, and the queue of disagreements


@router.get("/reviews/{review}/matrix/agreement")
def agreement(place: Read, row: Name = "") -> Response:
    """Show how far coders agree; a row opens its disagreements."""
    of, names = _material(place), tables.tables_of(place.review.desk(), place.language)
    is_part = _is_for(place, "agreement")
    values: dict[str, Any] = {"row": row, "waits": len(of.coded.passages) > _SLOW and not is_part}
    values |= {"grid": None, **_frame(place, of, names)}
    if not values["waits"]:
        values |= _agreed_values(place, row)
    return shown(place, "matrix_agreement.html.j2", area="matrix", **values)


def _agreed_values(place: Here, row: str) -> dict[str, Any]:
    try:
        agreed, state = _agreed(place), _reconciling(place)
    except BenangError as error:  # the page says what is wrong, and where
        return {"problems": problems_of(error, place.language), "agreed": None}
    opened = opened_disagreements(agreed, row) if row else ()
    notes = [note for note in summary_notes(agreed) if not hasattr(note, "cells")] if agreed.agreements else []
    return {
        "problems": (),
        "agreed": agreed,
        "tables": tuple(agreement_tables(agreed)),
        "opened": opened[:_MOST_OPENED],
        "n_opened": len(opened),
        "queue": state.queue,
        "waiting": records_to_settle(state),
        "notes": notes,
        "address_of": _address_of(place),
    }


def _agreed(place: Here) -> Agreed:
    def make() -> Agreed:
        request = AgreeRequest(folder=place.review.root, language=place.language)
        return agree(request, loaded=place.review.loaded())

    return place.review.kept(f"agreement {place.language}", make)


def _reconciling(place: Here) -> Reconciling:
    def make() -> Reconciling:
        return begin(ReconcileRequest(folder=place.review.root, language=place.language), place.review.loaded())

    return place.review.kept(f"reconciling {place.language}", make)


def _address_of(place: Here) -> Callable[[str, str], str]:
    """Return a function that gives the address of a passage by the path of its document and its id."""
    return lambda path, name: place.at("code", document_id(path)) + (f"#coding={quote(name)}" if name else "")


@router.get("/reviews/{review}/matrix/agreement/file")
def download_agreement(place: Read, form: Literal["xlsx", "docx"] = "xlsx") -> Response:
    """Return coefficients and all disagreements to be saved, for Excel or for the appendix of a thesis."""
    title = place.plan.title.text(place.language)
    return _file(agreement_file(_agreed(place), form, title), f"agreement.{form}")


@router.get("/reviews/{review}/matrix/settle")
def to_settle(place: Read, name: Annotated[str, Query(alias="id", max_length=300)] = "", unit: Name = "") -> Response:
    """Show a disagreement, both sides beside each other: the one that is named, else the worst."""
    return _settling(place, name, unit)


def _settling(place: Here, name: str, unit: str, *, said: str = "", meanwhile: bool = False) -> Response:
    state = _reconciling(place)
    named = turned_to(state, name, unit) if name else state
    is_gone = named is None
    named = named or state
    of, names = _material(place), tables.tables_of(place.review.desk(), place.language)
    question = named.question
    values: dict[str, Any] = {"question": question, "meanwhile": meanwhile, "is_gone": is_gone}
    values |= {"n": len(state.queue), "grid": None}
    values |= {"waiting": records_to_settle(state), "address_of": _address_of(place)}
    if question is not None:
        at = state.queue.index(question)
        values |= {"screen": screen(named), "mark": mark_of(named), "at": at + 1}
        values |= {"following": named.queue[1] if len(named.queue) > 1 else None, "previous": named.queue[-1]}
    answer = shown(place, "matrix_settle.html.j2", said=said, area="matrix", **values, **_frame(place, of, names))
    if question is not None and place.is_htmx:
        address = urlencode({"id": question.id, "unit": question.unit})
        answer.headers["HX-Push-Url"] = f"{place.at('matrix', 'settle')}?{address}"
    return answer


@router.post("/reviews/{review}/matrix/settle")
def settle(
    place: Change,
    name: Annotated[str, Form(alias="id", min_length=1, max_length=300)],
    unit: Id,
    key: Annotated[str, Form(min_length=1, max_length=8)],
    mark: Annotated[str, Form(max_length=40)] = "",
    reason: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Put a decision of all coders into the log, and show the next disagreement.

    Nothing is decided where somebody has said more on the question since it was shown.
    """
    with place.review.acting():
        state = turned_to(_reconciling(place), name, unit)
        is_seen = state is not None and mark_of(state) == mark
        after = decide(state, key, " ".join(reason.split())) if state is not None and is_seen else None
    if after is None:
        return _settling(place, name, unit, meanwhile=True)
    if len(after.decided) == 0:
        return _settling(place, name, unit, said=after.message)
    following = after.question
    return _settling(place, following.id if following else "", following.unit if following else "", said=after.message)
