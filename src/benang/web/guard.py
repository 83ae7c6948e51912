"""Who gets in, what a change must bring (token, cookie, host, origin and CSRF token), and that it is done once.

The server listens on loopback, which other programs and, by way of a browser, other sites can reach too. So the link
that is printed has a random token, which becomes a cookie that neither scripts nor other sites can use. A request must
name this server as its host (a foreign name that leads here is DNS rebinding), and one that changes something must come
from a page of this server and bring the token that only its pages hold. `docs/security.md` has the threats one by one.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from benang.errors import Problem
from benang.locale import Language
from benang.locale.writing import worded

ENTRANCE = "/enter"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF = "x-csrf-token"
ACT = "idempotency-key"
"""The header by which a page names an act, so that it is done once although it is sent again."""
MOST_BYTES = 4_000_000
"""The longest body of a request, in bytes; uploads have a limit of their own."""
POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:",
        "font-src 'self' data:", "connect-src 'self'", "frame-src 'self'", "worker-src 'self' blob:", "base-uri 'none'",
        "form-action 'self'", "frame-ancestors 'self'",
    )
)  # fmt: skip
"""What the pages may load: their own files. Styles may stand in elements, since those of figures and maps do."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
FILES = ("/static/", "/viewer/", "/assets/")
"""Files of Benang itself, which a browser may keep and asks for anew only if they have changed."""


@dataclass(frozen=True)
class Pass:
    """What lets one browser in: the token of the link, the secret of the cookie, and the token of changes."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def cookie(self) -> str:
        """The name of the cookie: cookies belong to a host whatever its port, and two servers may run beside."""
        return f"benang-{self.port}"

    @property
    def csrf(self) -> str:
        """The token that a change must bring; from the secret, so that it is as old as the cookie."""
        return hmac.new(self.secret.encode(), b"csrf", "sha256").hexdigest()

    @property
    def hosts(self) -> frozenset[str]:
        """The names under which this server may be asked."""
        return frozenset(f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]"))

    @property
    def link(self) -> str:
        """The address that opens the pages."""
        return f"http://127.0.0.1:{self.port}{ENTRANCE}?token={self.token}"


class Guard:
    """The layer around the pages that every request goes through before anything else looks at it."""

    def __init__(self, app: ASGIApp, *, opened_by: Pass, most_upload: int, language: Language = "en") -> None:
        self._app = app
        self._pass = opened_by
        self._most_upload = most_upload
        self._language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
            return
        limit = self._most_upload if scope["path"].endswith("/uploads") else MOST_BYTES
        await self._app(scope, _limited(receive, limit), _with_headers(send, is_file=scope["path"].startswith(FILES)))

    def _refusal(self, scope: Scope) -> Response | None:
        """Return the answer to a request that does not get in, or to the one that opens the door; None for others."""
        headers, method = Headers(scope=scope), scope["method"]
        if headers.get("host", "").lower() not in self._pass.hosts:
            return self._answer(421, worded("this address leads to no page of Benang here"))
        if scope["path"] == ENTRANCE:
            return self._enter(scope)
        if not self._has_cookie(headers):
            return self._answer(
                403,
                worded("this browser has not opened the link that Benang printed, or the link is from an earlier run"),
                worded("Open the link that Benang printed when it started, or start it again: `benang`."),
            )  # fmt: skip
        if method not in SAFE and not self._comes_from_here(headers):
            return self._answer(403, worded("this change does not come from a page of this Benang"), _RELOAD)
        limit = self._most_upload if scope["path"].endswith("/uploads") else MOST_BYTES
        if _length(headers) > limit:
            fault = worded("more than {mb:,} MB can't be uploaded at once", mb=limit // 1_000_000)
            return self._answer(413, fault, worded("Put the file into the review's folder yourself."))
        return None

    def _enter(self, scope: Scope) -> Response:
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if not hmac.compare_digest(given.encode(), self._pass.token.encode()):
            fault = worded("the token in this link does not belong to the Benang that is running")
            return self._answer(403, fault, worded("Open the link that Benang printed when it started last."))
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(self._pass.cookie, self._pass.secret, httponly=True, samesite="strict", path="/")
        return answer

    def _has_cookie(self, headers: Headers) -> bool:
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        given = cookies[self._pass.cookie].value if self._pass.cookie in cookies else ""
        return hmac.compare_digest(given.encode(), self._pass.secret.encode())

    def _comes_from_here(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin is not None and origin.lower().removeprefix("http://") not in self._pass.hosts:
            return False
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        return hmac.compare_digest(headers.get(CSRF, "").encode(), self._pass.csrf.encode())

    def _answer(self, status: int, fault: str, way_on: str = "") -> Response:
        text = Problem(fault, way_on=way_on).in_language(self._language)
        return PlainTextResponse(f"{text[:1].upper()}{text[1:]}\n", status_code=status)


_MOST_KEPT = 100_000
"""The longest answer to an act that is kept, in bytes."""
_RELOAD = worded("Load the page again and repeat what you did.")


class Once:
    """The layer that does an act once: where it is sent again, because its answer was lost, it is answered as before.

    A page sends an act again when the connection broke, and can't know whether the act or its answer was lost. So it
    names each act by a key. The last `most` answers are kept in memory, but for those of errors of the server.
    """

    def __init__(self, app: ASGIApp, *, most: int = 300) -> None:
        self._app = app
        self._most = most
        self._locks: dict[tuple[str, ...], asyncio.Lock] = {}
        self._answers: OrderedDict[tuple[str, ...], tuple[Message, ...]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it as before."""
        headers = Headers(raw=scope.get("headers", []))
        named = headers.get(ACT, "")
        if not named or scope["type"] != "http" or scope["method"] in SAFE:
            await self._app(scope, receive, send)
            return
        key = (named, scope["method"], scope["path"], headers.get("cookie", ""))
        if key not in self._answers:
            async with self._locks.setdefault(key, asyncio.Lock()):
                if key not in self._answers:
                    await self._do(key, scope, receive, send)
                    return
        for message in self._answers.get(key, ()):
            await send(message)

    async def _do(self, key: tuple[str, ...], scope: Scope, receive: Receive, send: Send) -> None:
        answer: list[Message] = []

        async def noted(message: Message) -> None:
            answer.append(message)
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            self._locks.pop(key, None)
        if answer and answer[0].get("status", 500) < 500:
            self._answers[key] = _small(answer)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)


def _small(answer: list[Message]) -> tuple[Message, ...]:
    """Return an answer that can be kept: in place of a long one, that the page loads itself anew."""
    if sum(len(message.get("body", b"")) for message in answer) <= _MOST_KEPT:
        return tuple(answer)
    start = {"type": "http.response.start", "status": 204, "headers": [(b"hx-refresh", b"true")]}
    return (start, {"type": "http.response.body", "body": b""})


class TooLong(Exception):  # noqa: N818 - the name says what it is
    """A body that is longer than it may be."""


def _length(headers: Headers) -> int:
    given = headers.get("content-length", "0")
    return int(given) if given.isdecimal() and len(given) < 20 else 0


def _limited(receive: Receive, limit: int) -> Receive:
    """Stop a body that goes on beyond its limit, whatever its heading says of its length."""
    total = 0

    async def counted() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > limit:
            raise TooLong
        return message

    return counted


def _with_headers(send: Send, *, is_file: bool = False) -> Send:
    """Let each answer that is sent have the headers that keep a page to itself."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if is_file:
                headers.setdefault("Cache-Control", "no-cache")
            add_headers(headers)
        await send(message)

    return sent


def add_headers(headers: MutableHeaders) -> None:
    """Add the headers that keep a page to itself; what a page sets otherwise stays."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
