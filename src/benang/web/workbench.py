"""What one server knows: the reviews that are open in it, the work under way, and what pages must hear of."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benang.errors import BenangError
from benang.locale import Language
from benang.locale.writing import message_in
from benang.tasks.jobs import Job, Jobs
from benang.tasks.opened import Opened, State, id_of, open_review

_LOOK = 0.8
"""Seconds between two looks at the folders of the reviews that are open."""
_WATCHED = 120.0
"""Seconds for which a review is watched after a page of it was asked for last."""
_MESSAGES = 200


@dataclass(frozen=True, slots=True)
class Message:
    """What pages hear of: `changed`, `job` or `gone`, with its data; numbered from 1."""

    number: int
    kind: str
    data: Mapping[str, Any]


@dataclass
class Workbench:
    """The state of a server. All that matters is in the folders: this can be lost at any time."""

    language: Language = "en"
    current: str = ""
    jobs: Jobs = field(default_factory=Jobs)
    _reviews: dict[str, Opened] = field(default_factory=dict)
    _visited: dict[str, float] = field(default_factory=dict)
    _states: dict[str, State | None] = field(default_factory=dict)
    _messages: list[Message] = field(default_factory=list)
    _number: int = 0
    _looked: float = 0.0
    _guard: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        """Let pages hear of the work under way."""
        self.jobs.changed = self._say_job

    def open(self, folder: Path) -> Opened:
        """Open a review, or return it where it is open; it becomes the current one.

        Raises
        ------
        BenangError
            Where the folder is none of a review.
        """
        with self._guard:
            name = id_of(folder.resolve())
            if name not in self._reviews:
                self._reviews[name] = open_review(folder)
            self.current = name
            self._visited[name] = time.monotonic()
            return self._reviews[name]

    def review(self, name: str) -> Opened | None:
        """Return an open review by its id, and take note that somebody looks at it."""
        review = self._reviews.get(name)
        if review is not None:
            self._visited[name] = time.monotonic()
        return review

    @property
    def reviews(self) -> tuple[Opened, ...]:
        """All reviews that are open."""
        return tuple(self._reviews.values())

    def close(self) -> None:
        """End the work under way, and leave the folders to others."""
        self.jobs.close()
        for review in self.reviews:
            review.leave()

    # What pages hear of

    def announce(self, kind: str, /, **data: Any) -> None:
        """Let all pages hear of something."""
        with self._guard:
            self._number += 1
            self._messages = [*self._messages[-_MESSAGES:], Message(self._number, kind, data)]

    def heard(self, after: int) -> tuple[Message, ...]:
        """Return the messages after a number, in their order."""
        with self._guard:
            return tuple(one for one in self._messages if one.number > after)

    def now(self, review: str) -> tuple[Message, ...]:
        """Return what a page hears first: the state of its folder, and of its work, which may have gone on since."""
        opened = self.review(review)
        state = {"review": review, "version": opened.version()} if opened and opened.root.is_dir() else {}
        jobs = (self._message_of(job) for job in self.jobs.all() if opened and job.review == review)
        return (Message(0, "hello", state), *(Message(0, "job", data) for data in jobs))

    @property
    def number(self) -> int:
        """The number of the last message."""
        return self._number

    def look(self) -> None:
        """See which folders have changed since the last look, and say so; within moments of it, do nothing."""
        with self._guard:
            now = time.monotonic()
            if now - self._looked < _LOOK:
                return
            self._looked = now
            watched = [one for one in self.reviews if now - self._visited.get(one.id, 0.0) < _WATCHED]
        for review in watched:
            self._compare(review)

    def _compare(self, review: Opened) -> None:
        is_there = review.root.is_dir()
        state = review.state(now=True) if is_there else None
        before = self._states.get(review.id, ())
        self._states[review.id] = state
        if before == () or before == state:
            return
        if state is None:
            self.announce("gone", review=review.id)
            return
        files = sorted({name for name, *_ in set(state) ^ set(before or ())})
        self.announce("changed", review=review.id, files=files[:20], version=review.version())

    def _say_job(self, job: Job) -> None:
        if job.is_over and (review := self._reviews.get(job.review)):
            review.changed()
        self.announce("job", **self._message_of(job))

    def _message_of(self, job: Job) -> dict[str, Any]:
        error = job.error.in_language(self.language) if isinstance(job.error, BenangError) else ""
        what = message_in(job.what, self.language)
        data = {"id": job.id, "kind": job.kind, "what": what, "share": round(job.share, 3), "state": job.state}
        return {"review": job.review, "error": error, **data}
