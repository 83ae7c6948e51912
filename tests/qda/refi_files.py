"""REFI-QDA files that tests make: invented projects of one source, written by hand."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

ANI, BUDI = "a0000000-0000-4000-8000-000000000001", "a0000000-0000-4000-8000-000000000002"
RENT, PERMITS = "c0000000-0000-4000-8000-000000000001", "c0000000-0000-4000-8000-000000000002"
PAPER = "d0000000-0000-4000-8000-000000000001"
TEXT = "Rents rose twice.\nThe market 🏙 closed, and the permit came late.\n"

Marked = tuple[int, int, str]
"""Start, end, name."""


def guid(number: int) -> str:
    """Return the GUID of a number."""
    return f"e0000000-0000-4000-8000-{number:012}"


def coding(number: int, code: str = RENT, user: str = ANI) -> str:
    """Return a coding."""
    when = "2026-01-02T03:04:05Z"
    return (
        f'<Coding guid="{guid(number)}" creatingUser="{user}" creationDateTime="{when}">'
        f'<CodeRef targetGUID="{code}"/></Coding>'
    )


def selection(at: int, start: object, end: object, name: str = "", inner: str | None = None) -> str:
    """Return a selection of a plain text, with one coding unless something else is in it."""
    inside = coding(at + 1) if inner is None else inner
    return (
        f'<PlainTextSelection guid="{guid(at)}" name={quoteattr(name)} startPosition="{start}" endPosition="{end}">'
        f"{inside}</PlainTextSelection>"
    )


def source(inner: str, path: str = f"internal://{PAPER}.txt") -> str:
    """Return a source that is a text in a file of its own."""
    return f'<TextSource guid="{PAPER}" name="Paper 1" plainTextPath="{path}">{inner}</TextSource>'


def in_place(text: str, inner: str) -> str:
    """Return a source that has its text within it."""
    content = f"<PlainTextContent>{escape(text)}</PlainTextContent>"
    return f'<TextSource guid="{PAPER}" name="Paper 1">{content}{inner}</TextSource>'


def project(sources: str, more: str = "", *, origin: str = "a test", codes: str = "") -> str:
    """Return a project of two coders and two codes."""
    codes = codes or (
        f'<Code guid="{RENT}" name="Rising rent" isCodable="true" color="#26a"><Description>Dear stalls.'
        f'</Description></Code><Code guid="{PERMITS}" name="Permits" isCodable="true"/>'
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="Markets" '
        f'origin="{origin}"><Users><User guid="{ANI}" name="Ani" id="AN"/><User guid="{BUDI}" name="Budi" id="BU"/>'
        f"</Users><CodeBook><Codes>{codes}</Codes></CodeBook><Sources>{sources}</Sources>{more}</Project>"
    )


def qdpx(path: Path, qde: str, texts: Mapping[str, bytes | str] | None = None, *, name: str = "project.qde") -> Path:
    """Write an archive of a project and its files; by default the text `TEXT`."""
    files = {f"sources/{PAPER}.txt": TEXT} if texts is None else texts
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, qde)
        for member, data in files.items():
            archive.writestr(member, data)
    return path


def coded(text: str, words: Sequence[str]) -> str:
    """Return selections of words in a text, as Benang counts them."""
    places = [(text.index(one), one) for one in words]
    return "".join(selection(10 * at, start, start + len(one), one) for at, (start, one) in enumerate(places, 1))
