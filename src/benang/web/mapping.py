"""Map: networks chosen, built, seen side by side, and kept in the plan."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi import Path as InAddress
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict

from benang.errors import BenangError, Problem
from benang.kinds import ITEMS, KINDS
from benang.locale.writing import worded
from benang.tasks.drawn_maps import (
    PICTURES,
    Data,
    DrawnMap,
    Look,
    Picture,
    PlannedMap,
    draw_in,
    drawn_map,
    file_in,
    kept_map,
    map_key,
    other_maps,
    page_of,
    planned_maps,
    ready,
)
from benang.tasks.jobs import Job
from benang.tasks.map_choices import (
    SLOW,
    Counts,
    asked_map,
    choices,
    count_in,
    counted,
    counting_key,
    loaded_of,
    remove_map,
    save_map,
)
from benang.web.page import Change, Here, NotThere, Read, done, gone_to, problems_of, shown, with_word

router = APIRouter(tags=["map"])

Key = Annotated[str, InAddress(pattern=r"^[0-9a-f]{24}$")]
OtherKey = Annotated[str, Query(pattern=r"^([0-9a-f]{24})?$")]
_Option = Annotated[str, Query(max_length=100)]
_PAUSE = 0.1
_TYPES = {
    ".png": "image/png", ".svg": "image/svg+xml", ".pdf": "application/pdf", ".eps": "application/postscript",
    ".html": "text/html; charset=utf-8", ".json": "application/json", ".zip": "application/zip",
}  # fmt: skip


class Options(BaseModel):
    """The options of a map as a form sends them: keys of the plan; what is empty is as usual."""

    model_config = ConfigDict(extra="ignore")

    items: _Option = "author-keywords"
    link: _Option = ""
    counting: _Option = ""
    min_occurrences: _Option = ""
    min_documents: _Option = ""
    min_citations: _Option = ""
    top: _Option = ""
    components: _Option = ""
    normalization: _Option = ""
    attraction: _Option = ""
    repulsion: _Option = ""
    resolution: _Option = ""
    min_cluster_size: _Option = ""
    seed: _Option = ""
    share: _Option = ""
    author_names: _Option = ""
    max_per_document: _Option = ""
    reference_matching: _Option = ""
    name_clusters: _Option = ""


@router.get("/reviews/{review}/map")
def page(
    place: Read,
    asked: Annotated[Options, Query()],
    map: OtherKey = "",  # noqa: A002 - the word of the address
    beside: OtherKey = "",
) -> Response:
    """Show a map that was drawn, or the maps of the plan and what else can be mapped."""
    planned = planned_maps(place.review)
    others = other_maps(place.review, planned)
    if map:
        drawn = kept_map(place.review, map)
        titles = {one.key: _title(one, place) for one in planned}
        values: dict[str, Any] = {
            "drawn": drawn,
            "beside": beside,
            "titles": titles,
            "named": _named(planned, map),
            "again": _again(place, drawn),
        }
        return shown(place, "map_view.html.j2", area="map", planned=planned, others=others, **values, forms=_FORMS)
    jobs = place.workbench.jobs
    if planned and jobs.last(place.review.id, "map-ready") is None and not any(one.drawn for one in planned):
        jobs.start(place.review.id, "map-ready", ready)
    running = [one for one in jobs.all() if one.review == place.review.id and _is_drawing(one) and not one.is_over]
    return shown(
        place, "map.html.j2", area="map", planned=planned, others=others, running=running, **_form(place, asked)
    )


@router.get("/reviews/{review}/map/form")
def form(place: Read, asked: Annotated[Options, Query()]) -> Response:
    """Show what can be asked of a map of some items."""
    return shown(place, "map_form.html.j2", **_form(place, asked))


@router.get("/reviews/{review}/map/counts")
def counts(place: Read, asked: Annotated[Options, Query()]) -> Response:
    """Show how many items and links the minimum leaves, and others would."""
    try:
        plan = asked_map(_given(asked))
        found = _counts(place, plan)
    except BenangError as error:
        problems = problems_of(error, place.language)
        return shown(place, "map_counts.html.j2", counts=None, job=None, problems=problems, **_asked(asked))
    job = found if isinstance(found, Job) else None
    counted_now = None if job else found
    return shown(place, "map_counts.html.j2", counts=counted_now, job=job, problems=(), **_asked(asked))


@router.post("/reviews/{review}/map/build")
def build(
    place: Read, asked: Annotated[Options, Form()], planned: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """Begin to draw a map, one of the plan where it is named; one that is kept is shown at once."""
    if planned:
        plan = next((one for one in place.plan.maps if one.name == planned), None)
        if plan is None:
            raise NotThere(Problem(worded("the plan has no map '{map}'", map=planned)))
        options = _options_of(place, planned)
    else:
        options = _given(asked)
        plan = asked_map(options)
    key = map_key(loaded_of(place.review), plan)
    if drawn_map(place.review.root, key):
        return gone_to(place, _address(place, key))
    job = place.workbench.jobs.start(place.review.id, f"map-{key}", draw_in, place.review.root, options)
    return shown(place, "map_job.html.j2", job=job, title="")


@router.get("/reviews/{review}/map/jobs/{job}")
def drawing(place: Read, job: str) -> Response:
    """Tell how far a map is: nothing new while it is drawn, then the map or what went wrong."""
    known = place.workbench.jobs.job(job[:100])
    if known is None or known.review != place.review.id or not _is_drawing(known):
        return shown(place, "map_ended.html.j2", problems=(), is_unknown=True)
    if not known.is_over:
        return Response(status_code=204)
    if known.state == "done":
        return gone_to(place, _address(place, str(known.result)))
    problems = problems_of(known.error, place.language) if known.error else ()
    return shown(place, "map_ended.html.j2", problems=problems, is_unknown=False)


@router.get("/reviews/{review}/maps/{key}/view")
def view(place: Read, key: Key, beside: OtherKey = "") -> Response:
    """Show the interactive page of a map, with another one beside it."""
    titles = {one.key: _title(one, place) for one in planned_maps(place.review)}
    content, policy = page_of(place.review, key, beside, titles.get(key, ""), titles.get(beside, ""), place.language)
    return Response(content, media_type="text/html; charset=utf-8", headers={"Content-Security-Policy": policy})


@router.get("/reviews/{review}/maps/{key}/file")
def file(place: Read, key: Key, form: Picture | Data = ".png", look: Look = "network") -> Response:
    """Give a map in a form: pictures, an interactive page, and the files of other programs."""
    review, named = place.review, _named(planned_maps(place.review), key)
    kept_map(review, key)
    title = _title(named, place) if named else ""
    given = (review.root, key, form, look, title, place.language)
    if form in PICTURES:
        kind = f"map-file-{key}-{form}-{look}-{place.language}"
        path = _awaited(place, place.workbench.jobs.start(review.id, kind, file_in, *given))
    else:
        path = file_in(*given)
    made = Path(path)
    name = f"{named.plan.name if named else kept_map(review, key).options['items']}{made.suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    kind = _TYPES.get(made.suffix, "application/octet-stream")
    return Response(made.read_bytes(), media_type=kind, headers=headers)


@router.post("/reviews/{review}/maps/{key}/save")
def save(
    place: Change,
    key: Key,
    title: Annotated[str, Form(max_length=200)] = "",
    name: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Write a map into the plan of the review."""
    drawn = kept_map(place.review, key)
    said = save_map(place.review, asked_map(drawn.options), name, title, place.language)
    answer = with_word(Response(status_code=204), said)
    answer.headers["HX-Redirect"] = _address(place, key)
    return answer


@router.post("/reviews/{review}/map/plan/{name}/remove")
def remove(place: Change, name: Annotated[str, InAddress(max_length=100)]) -> Response:
    """Take a map out of the plan, with the charts that draw it."""
    return done(remove_map(place.review, name, place.language))


_FORMS: Mapping[str, tuple[str, ...]] = {
    "network": PICTURES, "overlay": (".png", ".svg", ".pdf"), "density": (".png", ".svg", ".pdf"),
}  # fmt: skip


def _form(place: Here, asked: Options) -> dict[str, Any]:
    """Return what the form of a new map needs; of items that can't be mapped, the first that can take the place."""
    possible = choices(loaded_of(place.review))
    known = {one.items: one for one in possible}
    chosen = known.get(asked.items) or possible[0]
    if chosen.reason:
        chosen = next((one for one in possible if not one.reason), chosen)
    usable = [one.link for one in chosen.links if not one.reason]
    link = asked.link if asked.link in usable else next(iter(usable), chosen.links[0].link)
    asked = asked.model_copy(update={"items": chosen.items, "link": link})
    records = len(loaded_of(place.review).corpus)
    return {"possible": possible, "chosen": chosen, "records": records, **_asked(asked)}


def _asked(asked: Options) -> dict[str, Any]:
    known = KINDS.get(asked.items)
    return {"asked": asked, "threshold": known.preset.threshold if known else "min_occurrences"}


def _given(asked: Options) -> dict[str, str]:
    """Return the options as keys of the plan: a link that is the only one of its items is none of these."""
    given = {name: value for name, value in asked.model_dump().items() if value}
    known = KINDS.get(asked.items)
    if known and len(known.links) == 1:
        given.pop("link", None)
    return given


def _counts(place: Here, plan: Any) -> Counts | Job | None:
    """Return what minimums leave, or the work that counts it where that takes seconds."""
    review, key = place.review, counting_key(place.review, plan)
    if plan.items not in SLOW:
        return review.kept(f"counts {key}", lambda: counted(loaded_of(review), plan))
    jobs, kind = place.workbench.jobs, f"count-{key}"
    options = {name: value for name, value in plan.model_dump(mode="json").items() if name in Options.model_fields}
    last = jobs.last(review.id, kind) or jobs.start(review.id, kind, count_in, review.root, options)
    if last.state == "done":
        result: Counts | None = last.result
        return result
    if last.error:
        raise last.error
    return last if not last.is_over else jobs.start(review.id, kind, count_in, review.root, options)


def _options_of(place: Here, name: str) -> dict[str, Any]:
    return next(one.options for one in planned_maps(place.review) if one.plan.name == name)


def _named(planned: tuple[PlannedMap, ...], key: str) -> PlannedMap | None:
    return next((one for one in planned if one.key == key), None)


def _title(planned: PlannedMap, place: Here) -> str:
    title = planned.plan.title
    return title.text(place.language) if title else planned.plan.name


def _again(place: Here, drawn: DrawnMap) -> str:
    """Return the address of the form with the options of a map; none for items that the form doesn't offer."""
    if drawn.options["items"] not in ITEMS:
        return ""
    given = {name: str(value).lower() if isinstance(value, bool) else value for name, value in drawn.options.items()}
    return f"{place.at('map')}?{urlencode(given)}#new-title"


def _address(place: Here, key: str) -> str:
    return f"{place.at('map')}?map={key}"


def _is_drawing(job: Job) -> bool:
    return job.kind.startswith("map-") and not job.kind.startswith(("map-file-", "map-ready"))


def _awaited(place: Here, job: Job) -> str:
    """Wait for a file that is made in a process of its own, and return its place."""
    jobs = place.workbench.jobs
    while not job.is_over:
        time.sleep(_PAUSE)
        job = jobs.job(job.id) or job
    if job.state == "done":
        return str(job.result)
    raise job.error or BenangError(Problem(worded("this was cancelled")))
