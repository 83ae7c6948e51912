"""Start: a new review, a folder, a recent one or the example; and where a review stands."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, cast

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from benang.errors import BenangError, Problem
from benang.locale import LANGUAGES, Language, translator
from benang.locale.writing import counted, worded
from benang.review.beginning import KINDS, ReviewKind
from benang.tasks.begin import BeginRequest, begin
from benang.tasks.start import (
    Folders,
    Places,
    default_folder,
    forget,
    open_example,
    own_places,
    recent_reviews,
    remember,
    subfolders,
    typed_folder,
)
from benang.tasks.status import Status, StatusRequest, status
from benang.web.page import AREAS, Here, Read, gone_to, problems_of, shown, with_word

router = APIRouter(tags=["start"])
_LONGEST = 4000
"""The longest text of a field, in characters."""
Text = Annotated[str, Form(max_length=_LONGEST)]
_FIELDS = ("title", "question", "kind", "folder", "language", "reviewer")
_BUILT = ("out/report.html", "out/.benang/made.json")


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind of review as the form offers it."""

    name: ReviewKind
    title: str
    meaning: str


@router.get("/")
def entrance(place: Read) -> Response:
    """Lead to the review that is open, else to the start page."""
    current = place.workbench.current
    return RedirectResponse(f"/reviews/{current}" if current else "/start", status_code=303)


@router.get("/start")
def page(place: Read) -> Response:
    """Show what one can begin with."""
    places = own_places()
    recent = [
        {
            "folder": str(one.folder),
            "shown": short_path(one.folder, places),
            "title": one.title_in(place.language),
            "opened": _day(one.opened, place.language),
        }
        for one in recent_reviews(places)
    ]
    folders = _folders(str(places.reviews if places.reviews.is_dir() else places.home), place, places)
    example = short_path(places.reviews / "sister-cities", places)
    return shown(place, "start.html.j2", area="start", recent=recent, example=example, **folders)


@router.get("/folders")
def folders(place: Read, at: str = "") -> Response:
    """Show the folders within a folder, to choose one."""
    return shown(place, "folders.html.j2", **_folders(at, place, own_places()))


@router.post("/open")
def open_folder(place: Read, folder: Text = "") -> Response:
    """Open the review in a folder; one without a review is shown, with what is in it."""
    places = own_places()
    try:
        chosen = typed_folder(folder, places)
        return _opened(place, chosen, places)
    except BenangError as error:
        way_on = worded("Choose a folder that is marked as a review, or start a new review.")
        faults = [problems_of(BenangError(_in_pages(one, way_on)), place.language)[0] for one in error.problems]
        values = _folders(folder, place, places) | {"typed": folder, "faults": faults}
        return _again(shown(place, "folders.html.j2", status=422, **values), "#folders")


@router.post("/forget")
def leave_out(place: Read, folder: Text) -> Response:
    """Leave a review out of the recent ones; its folder stays as it is."""
    forget(Path(folder), own_places())
    return gone_to(place, "/start")


@router.post("/example")
def example(place: Read) -> Response:
    """Copy the example to where the user may write, and open it."""
    places = own_places()
    folder = open_example(places)
    text = worded("Your copy of the example is in {folder}.", folder=short_path(folder, places))
    return with_word(_opened(place, folder, places), text.in_language(place.language))


@router.get("/new")
def new(place: Read) -> Response:
    """Show the form of a new review."""
    return shown(place, "new.html.j2", area="new", **_form({"language": place.language}, place))


@router.get("/new/folder")
def new_folder(place: Read, title: str = "", folder: str = "") -> Response:
    """Say in which folder a review with this title will be."""
    places = own_places()
    return shown(place, "new_folder.html.j2", **_where(title[:_LONGEST], folder[:_LONGEST], place, places))


@router.post("/new")
def create(
    place: Read,
    title: Text = "",
    question: Text = "",
    kind: Text = "",
    folder: Text = "",
    language: Text = "",
    reviewer: Text = "",
) -> Response:
    """Begin a review, and go where its exports are added; what can't be right is said beside its field."""
    typed = dict(zip(_FIELDS, (title, question, kind, folder, language, reviewer), strict=True))
    places, faults = own_places(), _missing(typed, place.language)
    chosen = places.reviews
    try:
        chosen = typed_folder(folder, places) if folder.strip() else default_folder(title, places)
    except BenangError as error:
        faults["folder"] = problems_of(error, place.language)
    if not faults:
        request = BeginRequest(
            folder=chosen,
            title=title,
            question=question,
            kind=cast("ReviewKind", kind),
            language=cast("Language", language),
            reviewers=tuple(name.strip() for name in reviewer.split(",") if name.strip()),
        )
        try:
            begin(request)
            return _opened(place, chosen, places, "import")
        except BenangError as error:
            faults = _by_field(error, chosen, place.language)
    return _again(shown(place, "new_form.html.j2", status=422, **_form(typed, place, faults)), "#new")


@router.get("/reviews/{review}")
def overview(place: Read) -> Response:
    """Show where a review stands, and the next step."""
    root, places = place.review.root, own_places()
    recent = recent_reviews(places)
    if not recent or recent[0].folder != root:
        remember(root, places)
    values: dict[str, Any] = {"state": None, "faults": ()}
    try:
        values["state"] = state_of(place)
    except BenangError as error:  # the plan itself, say: the page names what is to be mended
        values["faults"] = problems_of(error, place.language)
    if values["state"]:
        values |= _state_shown(values["state"], place.language)
    return shown(place, "overview.html.j2", area="overview", where=short_path(root, places), **values)


def state_of(place: Here) -> Status:
    """Return where the review stands, from memory as long as nothing in its folder has changed."""
    root = place.review.root
    built = tuple(_changed_at(root / name) for name in _BUILT)
    request = StatusRequest(root, place.language, place.review.sources)
    return place.review.kept(f"status-{place.language}", lambda: status(request), also=built)


def _changed_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def short_path(path: Path, places: Places) -> str:
    """Return a path as people write it, with `~` for their home folder.

    Examples
    --------
    >>> places = Places(Path("/home/ani"), Path("/home/ani/Benang"), Path("/home/ani/.local/state/benang"))
    >>> short_path(Path("/home/ani/Benang/markets"), places), short_path(Path("/data/markets"), places)
    ('~/Benang/markets', '/data/markets')
    """
    if path == places.home:
        return "~"
    if path.is_relative_to(places.home):
        return os.path.join("~", path.relative_to(places.home))  # noqa: PTH118 - with the separator of this system
    return str(path)


def _opened(place: Here, folder: Path, places: Places, *parts: str) -> Response:
    """Open a review and lead to it."""
    review = place.workbench.open(folder)
    remember(review.root, places)
    return gone_to(place, "/".join((f"/reviews/{review.id}", *parts)))


def _again(answer: Response, target: str) -> Response:
    """Let an answer take the place of the form that was sent, though something in it is wrong."""
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = target, "outerHTML"
    return answer


def _folders(at: str, place: Here, places: Places) -> dict[str, Any]:
    """Return what is in a folder for the page; for one that can't be opened, the nearest one above that can."""
    values: dict[str, Any] = {"typed": "", "faults": ()}
    try:
        folder = typed_folder(at, places)
    except BenangError as error:
        return values | _within(places.home, places) | {"faults": problems_of(error, place.language)}
    for one in (folder, *folder.parents):
        try:
            return values | _within(one, places)
        except BenangError as error:
            values["faults"] = values["faults"] or problems_of(error, place.language)
    return values | _within(Path(folder.anchor or os.sep), places)


def _within(folder: Path, places: Places) -> dict[str, Any]:
    found: Folders = subfolders(folder)
    parts = [(one.name or str(one), str(one)) for one in reversed((folder.absolute(), *folder.absolute().parents))]
    if folder.is_relative_to(places.home):
        parts = [("~", str(places.home)), *parts[len(places.home.absolute().parts) :]]
    return {"found": found, "parts": parts, "at": short_path(folder, places)}


def _form(typed: Mapping[str, str], place: Here, faults: Mapping[str, tuple[str, ...]] | None = None) -> dict[str, Any]:
    """Return what the form of a new review shows: what was typed, and what is wrong with it."""
    values = {name: typed.get(name, "") for name in _FIELDS}
    where = _where(values["title"], values["folder"], place, own_places())
    focused = next((name for name in _FIELDS if name in (faults or {})), "title")
    return {"typed": values, "faults": faults or {}, "focused": focused, "kinds": kind_choices(place.language), **where}


def _where(title: str, folder: str, place: Here, places: Places) -> dict[str, Any]:
    """Return where a new review will be, or what keeps it from being there."""
    try:
        chosen = typed_folder(folder, places) if folder.strip() else default_folder(title, places)
    except BenangError as error:
        return {"will_be": "", "is_default": False, "will_not": problems_of(error, place.language)}
    return {"will_be": short_path(chosen, places), "is_default": not folder.strip(), "will_not": ()}


def kind_choices(language: Language) -> tuple[KindChoice, ...]:
    """Return the kinds of review, each with a sentence on what it is for."""
    _ = translator(language)
    words = {
        "bibliometric": (_("Bibliometric"), _("Maps a field from its publications: topics, authors, sources.")),
        "scoping": (_("Scoping"), _("Charts which studies there are on a subject, and what they found.")),
        "systematic": (_("Systematic"), _("Screens and weighs all studies that answer one question.")),
        "cases": (_("Cases"), _("Compares cases that studies report on, such as villages or programmes.")),
    }
    return tuple(KindChoice(name, *words[name]) for name in KINDS)


def _missing(typed: Mapping[str, str], language: Language) -> dict[str, tuple[str, ...]]:
    """Say of each field that must be filled in and is not what it needs."""
    _ = translator(language)
    needed = {
        "title": (typed["title"].strip(), _("Give the review a title. You can change it later.")),
        "question": (typed["question"].strip(), _("Write down the question of the review. You can change it later.")),
        "kind": (typed["kind"] in KINDS, _("Choose a kind of review.")),
        "language": (typed["language"] in LANGUAGES, _("Choose a language.")),
    }
    return {name: (text,) for name, (is_there, text) in needed.items() if not is_there}


def _by_field(error: BenangError, folder: Path, language: Language) -> dict[str, tuple[str, ...]]:
    """Put what went wrong beside the field that it is about: a folder by its path, a name of a coder by what it has."""
    faults: dict[str, tuple[str, ...]] = {}
    for problem in error.problems:
        is_folder = problem.where == str(folder)
        name = "folder" if is_folder else "" if problem.where else "reviewer"
        text = _in_pages(problem, worded("Name a new folder, or an empty one."))
        faults[name] = (*faults.get(name, ()), *problems_of(BenangError(text), language))
    return faults


def _in_pages(problem: Problem, way_on: str) -> Problem:
    """Return a problem with another way on where its own is a command to type."""
    return replace(problem, way_on=way_on) if "`" in problem.way_on else problem


def _state_shown(state: Status, language: Language) -> dict[str, Any]:
    """Return the numbers of a review that the page shows large, each with the area that it leads to, and the step."""
    of = state.state
    codes = sum(code.is_usable for code in of.desk.codebook.codes)
    n_cases = len(of.desk.cases.cases)
    numbers = [("describe", of.records.works, counted("work", "works", of.records.works, language))]
    if of.screening:
        included = list(of.screening.values())[-1].moved_on
        numbers.append(("screen", included, counted("included", "included", included, language)))
    numbers.append(("code", of.texts.documents, counted("document", "documents", of.texts.documents, language)))
    if codes:
        passages = of.coding.passages
        numbers.append(("code", codes, counted("code", "codes", codes, language)))
        numbers.append(("code", passages, counted("coded passage", "coded passages", passages, language)))
    if n_cases:
        numbers.append(("matrix", n_cases, counted("case", "cases", n_cases, language)))
    titles = {one.name: one.title for one in AREAS}
    return {
        "is_empty": not (of.records.found or of.texts.documents or of.texts.waiting or of.coding.passages),
        "numbers": numbers,
        "rows": state.account.rows,
        "remarks": state.account.notes[:-1],
        "step": state.next.in_pages,
        "step_area": state.next.area,
        "step_title": titles.get(state.next.area, ""),
    }


def _day(opened: str, language: Language) -> str:
    """Return the day when a review was opened as people say it: today, yesterday, else its date."""
    _ = translator(language)
    try:
        day = datetime.fromisoformat(opened).replace(tzinfo=UTC).astimezone().date()
    except ValueError:
        return ""
    ago = (datetime.now().astimezone().date() - day).days
    if ago in (0, 1):
        return _("today") if ago == 0 else _("yesterday")
    from babel.dates import format_date  # with the calendars of all languages, which only some pages need

    return format_date(day, "d MMMM y", locale=language)
