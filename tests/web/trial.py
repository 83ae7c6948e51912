"""A server of the pages in this process, which tests stop and start again, and a page with all that scripts look after.

The pages of Benang use it each for their own; here it stands on one page, with acts that write a file of the review and
can be undone as theirs are.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import uvicorn
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from benang.locale import Language
from benang.tasks.undoing import FileAct, remember
from benang.web.app import create_app
from benang.web.guard import Pass
from benang.web.page import Change, Read, done, environment, gone_to, shown, with_word
from benang.web.workbench import Workbench

NOTES = "notes.txt"
"""The file that acts write, a line each."""

PAGE = Path(__file__).with_name("trial.html.j2")


_ONE_AT_A_TIME = threading.Lock()


def _lines(place: Any) -> list[str]:
    file = place.review.root / NOTES
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []


def _write(place: Any, text: str | None) -> None:
    file = place.review.root / NOTES
    before = file.read_bytes() if file.is_file() else None
    after = None if text is None else text.encode()
    if after is None:
        file.unlink(missing_ok=True)
    else:
        file.write_bytes(after)
    remember(place.review, FileAct(NOTES, before, after, what="a line"))
    place.review.changed()


def trial_pages(heard: list[str]) -> APIRouter:
    """Return the routes of the page on trial; `heard` takes down what acts were asked for, with their keys."""
    router = APIRouter(prefix="/reviews/{review}/trial")

    @router.get("")
    def page(place: Read) -> Response:
        template: Any = environment(place.language).from_string(PAGE.read_text(encoding="utf-8"))
        return shown(place, template, lines=_lines(place))

    @router.get("/lines")
    def lines(place: Read) -> Response:
        return HTMLResponse(f"{len(_lines(place))} lines")

    @router.get("/card")
    def card(place: Read) -> Response:
        text = f'<h2>Card</h2><p>More</p><button type="button" hx-get="{place.at("trial/card")}" hx-target="#card">'
        return HTMLResponse(f"{text}Next card</button>")

    @router.post("/add")
    def add(request: Request, place: Change, line: Annotated[str, Form()]) -> Response:
        heard.append(request.headers.get("idempotency-key", ""))
        with _ONE_AT_A_TIME:
            _write(place, "".join(f"{one}\n" for one in (*_lines(place), line)))
        answer = done(f"Added: {line}")
        answer.status_code = 200
        return answer

    @router.post("/fail")
    def fail() -> Response:
        return PlainTextResponse("There is no room for this.", status_code=409)

    @router.post("/leave")
    def leave(place: Read) -> Response:
        return with_word(gone_to(place, place.at()), "Copied.")

    @router.post("/drop")
    def drop() -> Response:
        return HTMLResponse("")

    @router.post("/clear")
    def clear(place: Change) -> Response:
        _write(place, None)
        return done("Removed")

    @router.post("/uploads")
    async def uploads(request: Request) -> Response:
        async with request.form() as form:
            heard.extend(str(getattr(file, "filename", "")) for file in form.getlist("files"))
        return done("Read.")

    return router


class Trial:
    """A server of one review, with the page on trial among its pages."""

    def __init__(self, folder: Path, *, language: Language = "en") -> None:
        self.folder, self.language = folder, language
        self.heard: list[str] = []
        self.workbench = Workbench(language=language)
        self.review = self.workbench.open(folder)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.entrance = Pass(self.port)
        self.start()

    @property
    def page(self) -> str:
        """The address of the page on trial."""
        return f"http://127.0.0.1:{self.port}/reviews/{self.review.id}/trial"

    def start(self) -> None:
        """Start, at the same port and with the same tokens as before."""
        app = create_app(self.workbench, self.entrance)
        app.router.routes[:0] = trial_pages(self.heard).routes
        config = uvicorn.Config(
            app, host="127.0.0.1", port=self.port, log_level="critical", timeout_graceful_shutdown=1, lifespan="off"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        end = time.monotonic() + 10
        while not self._server.started and time.monotonic() < end:
            time.sleep(0.02)
        assert self._server.started

    def stop(self) -> None:
        """Stop as a server does that breaks down: nobody waits for what runs."""
        self._server.force_exit = self._server.should_exit = True
        self._thread.join(10)
        assert not self._thread.is_alive()


@contextmanager
def on_trial(folder: Path, *, language: Language = "en") -> Iterator[Trial]:
    """Serve a review with the page on trial."""
    server = Trial(folder, language=language)
    yield server
    if server._thread.is_alive():
        server.stop()
    server.workbench.close()
