"""How a page is made: who asks, which review, and a template in the language of whoever asks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, cast
from urllib.parse import unquote

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from benang import __version__
from benang.errors import BenangError, Misuse, Problem
from benang.judgements.events import CONSENSUS
from benang.locale import LANGUAGES, Language, catalogue, page_texts, translator
from benang.locale.writing import message_in, numeral, worded
from benang.review.plan import Plan
from benang.tasks.opened import Opened
from benang.web.guard import CSRF, Pass
from benang.web.workbench import Workbench

Role = Literal["owner", "reader"]
LANGUAGE_COOKIE, CODER_COOKIE = "benang-language", "benang-coder"
UNKNOWN_CODER = "reviewer"
"""Who codes where neither the plan nor the page names anybody."""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the workbench: its address under that of the review, its name, and what it is for."""

    name: str
    title: str
    summary: str


AREAS = (
    Area("import", "Import", "Exports and papers"),
    Area("clean", "Clean", "Names that mean the same"),
    Area("map", "Map", "Topics, authors, sources"),
    Area("describe", "Describe", "The corpus in figures"),
    Area("screen", "Screen", "Include or exclude"),
    Area("code", "Read and code", "Passages and forms"),
    Area("matrix", "Matrix", "Cases and codes"),
    Area("report", "Report", "Build and download"),
    Area("history", "History", "Who said what when"),
)
"""The areas in the order in which a review goes through them; their names are translated where they are shown."""


@dataclass(frozen=True, slots=True)
class Session:
    """Who asks, and what they may do. Today it is the owner of the machine; a server gives each person a role."""

    coder: str
    language: Language
    role: Role = "owner"


@dataclass(frozen=True)
class Here:
    """Where a request is: the server, who asks, and the review that its address names (none on the start page)."""

    request: Request
    workbench: Workbench
    session: Session
    opened: Opened | None = None

    @property
    def review(self) -> Opened:
        """The review that the address names."""
        assert self.opened is not None  # noqa: S101 - routes under /reviews/{review} have one
        return self.opened

    @property
    def plan(self) -> Plan:
        """The plan of the review."""
        return self.review.plan

    @property
    def language(self) -> Language:
        """The language of the page."""
        return self.session.language

    @property
    def coder(self) -> str:
        """Who screens and codes on this page."""
        return self.session.coder

    @property
    def is_htmx(self) -> bool:
        """Whether only a part of the page is asked for."""
        return self.request.headers.get("hx-request") == "true"

    def at(self, *parts: str) -> str:
        """Return the address of a page of the review."""
        return "/".join((f"/reviews/{self.review.id}", *parts))


class NotThere(BenangError):  # noqa: N818 - the name says what it is
    """What an address names does not exist (404)."""


class ReadOnly(BenangError):  # noqa: N818
    """Another server has the folder open, so that nothing is written here (409)."""


def here(request: Request, review: str = "") -> Here:
    """Return where a request is."""
    workbench: Workbench = request.app.state.workbench
    opened = workbench.review(review) if review else None
    if review and opened is None:
        fault = worded("no review of this name is open here")
        raise NotThere(Problem(fault, way_on=worded("Open it from the start page.")))
    if opened is not None:
        opened.check()
    given = request.cookies.get(LANGUAGE_COOKIE, "")
    language = given if given in LANGUAGES else workbench.language
    return Here(request, workbench, Session(_coder(request, opened), language), opened)


def changing(request: Request, review: str = "") -> Here:
    """Return where a request is that changes something, if it may.

    Raises
    ------
    ReadOnly
        Where another server writes into the folder.
    """
    place = here(request, review)
    if place.opened is not None and not place.opened.take():
        way_on = worded("Close it there and load this page again.")
        raise ReadOnly(Problem(worded("read-only: {holder}", holder=place.opened.holder), way_on=way_on))
    return place


Read = Annotated[Here, Depends(here)]
Change = Annotated[Here, Depends(changing)]


def _coder(request: Request, opened: Opened | None) -> str:
    """Return who codes: as chosen on the page, else the first of those who do."""
    if opened is None:
        return UNKNOWN_CODER
    coders = opened.coders
    chosen = unquote(request.cookies.get(f"{CODER_COOKIE}-{opened.id}", ""))
    if chosen and (chosen in (*coders, CONSENSUS) or not coders):
        return chosen
    return coders[0] if coders else UNKNOWN_CODER


def shown(place: Here, template: str, *, status: int = 200, said: str = "", area: str = "", **values: Any) -> Response:
    """Return a page, or, for a template without a frame, a part of one; `said` is shown as a short message."""
    page = environment(place.language).get_template(template)
    text = page.render(place=place, area=area, **_frame(place), **values)
    answer = HTMLResponse(text, status_code=status)
    return with_word(answer, said) if said else answer


def with_word(answer: Response, text: str, *, kind: Literal["done", "error"] = "done", **events: Any) -> Response:
    """Let an answer say something in a short message, and let the page hear of events."""
    said = {"said": {"text": text, "kind": kind}} if text else {}
    answer.headers["HX-Trigger"] = json.dumps({**said, **events})  # in ASCII, as headers are
    return answer


def done(text: str, **events: Any) -> Response:
    """Return the answer to a change that shows nothing but what it did; whatever is live on the page follows."""
    return with_word(Response(status_code=204), text, live={}, **events)


def gone_to(place: Here, address: str) -> Response:
    """Return the answer that leads to another page, whoever asked for it."""
    if place.is_htmx:
        return Response(status_code=204, headers={"HX-Redirect": address})
    return RedirectResponse(address, status_code=303)


def _frame(place: Here) -> dict[str, Any]:
    """Return what the frame of every page needs."""
    opened, entrance = place.opened, cast("Pass", place.request.app.state.entrance)
    plan = None
    if opened is not None:
        try:
            plan = opened.plan
        except BenangError:
            plan = None
    return {
        "csrf": entrance.csrf,
        "texts": dict(page_texts(place.language, "pages")),
        "csrf_header": CSRF,
        "version": __version__,
        "areas": AREAS,
        "title_of_review": plan.title.text(place.language) if plan else (opened.root.name if opened else ""),
        "persons": opened.coders if opened else (),
        "is_read_only": opened is not None and not opened.take(),
        "languages": {"en": "English", "id": "Bahasa Indonesia"},
    }


def problems_of(error: BenangError, language: Language) -> tuple[str, ...]:
    """Return what went wrong in the words of whoever reads the page, a sentence each.

    It begins with a capital letter, unless it begins with a name of the user's.
    """
    texts = [(one.in_language(language), bool(one.where)) for one in error.problems]
    return tuple(text if is_named else f"{text[:1].upper()}{text[1:]}" for text, is_named in texts)


def status_of(error: BenangError) -> int:
    """Return the status of HTTP that an error has."""
    if isinstance(error, NotThere):
        return 404
    if isinstance(error, ReadOnly):
        return 409
    return 400 if isinstance(error, Misuse) else 422


@cache
def environment(language: Language) -> Environment:
    """Return the environment of the templates, in a language."""
    environment = Environment(
        loader=PackageLoader("benang.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    environment.globals["language"] = language
    environment.filters["number"] = lambda value, digits=0: numeral(value, language, digits)
    environment.filters["spoken"] = lambda text: message_in(text, language)
    environment.filters["translated"] = translator(language)
    return environment


def texts_of_account(account: Any, language: Language) -> Mapping[str, Any]:
    """Return the account of a task as pages show it (`account.html.j2`)."""
    plain = account.naming().in_language(language)
    return {"read": plain.read, "rows": plain.rows, "notes": plain.notes}
