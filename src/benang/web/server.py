"""The server on this computer: its port, its link, and how it ends."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from benang.errors import BenangError, Problem, argument
from benang.locale import Language
from benang.locale.writing import Worded, worded
from benang.web.app import FILES, create_app
from benang.web.guard import Pass
from benang.web.workbench import Workbench

LOOPBACK = "127.0.0.1"
PORT = 8421
"""The port where none is named: no common program has it."""
_NEXT = 20
_WAIT = 2
"""Seconds that a page may take to answer once the server has to end."""


@dataclass(frozen=True, kw_only=True)
class ServeRequest:
    """The review to open (none: the start page), the port (None: a free one from 8421 on), and the language."""

    folder: Path | None = None
    port: int | None = None
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class PageServer:
    """The pages of one request to serve."""

    request: ServeRequest

    def run(self, *, say: Callable[[Worded], None], opening: Callable[[str], None]) -> None:
        """Serve the pages on loopback until the process is asked to end.

        Parameters
        ----------
        say
            Called with what the user must know: a port that is taken, a folder that is read-only, the link to open.
        opening
            Called with the link once the pages can be asked for; a browser may be opened there.

        Raises
        ------
        BenangError
            Where the folder is none of a review, or no port is free.
        """
        request = self.request
        _check_built()
        workbench = Workbench(language=request.language)
        if request.folder is not None:
            review = workbench.open(request.folder)
            if not review.is_writable:
                say(worded("{folder} is opened read-only: {holder}.", folder=review.root, holder=review.holder))
        with _listening(request.port, say) as bound:
            entrance = Pass(bound.getsockname()[1])
            app = create_app(workbench, entrance)
            config = uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                ws="none",
                server_header=False,
                timeout_graceful_shutdown=_WAIT,
            )
            say(worded("Benang is open in your browser. If it is not, open this link: {link}", link=entrance.link))
            say(worded("The link is for you alone. Press Ctrl-C here to stop."))
            opening(entrance.link)
            try:
                uvicorn.Server(config).run(sockets=[bound])
            finally:
                workbench.close()


def _check_built() -> None:
    """Refuse to serve pages that could do nothing: in a copy of the source, their scripts may not be built yet."""
    if not (FILES["/static"] / "pages.js").is_file():
        fault = worded("the scripts of the pages are missing from this copy of Benang")
        raise BenangError(Problem(fault, way_on=worded("Build them with `make ui`, or install Benang from a wheel.")))


@contextlib.contextmanager
def _listening(port: int | None, say: Callable[[Worded], None]) -> Iterator[socket.socket]:
    """Give a socket that listens on loopback: at the port that was named, or the next free one, said so."""
    first = port if port is not None else PORT
    for number in (*range(first, min(first + _NEXT, 65_536)), 0):
        bound = _bound(number)
        if bound is None:
            continue
        with bound:
            taken = bound.getsockname()[1]
            if port is not None and taken != port:
                say(worded("Port {port} is taken by another program. Benang uses {taken}.", port=port, taken=taken))
            yield bound
        return
    fault = worded("no port is free on this computer")
    raise BenangError(Problem(fault, where=argument("port"), way_on=worded("Close a program and try again.")))


def _bound(port: int) -> socket.socket | None:
    # where the protocol is not named, asyncio leaves Nagle's algorithm on, and an answer's second half waits 40 ms
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # a server that is started again has its port again; on Windows this would share a port
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((LOOPBACK, port))
        made.listen(128)
    except (OSError, OverflowError):
        made.close()
        return None
    return made
