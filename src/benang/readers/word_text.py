"""A Word file (.docx) → its text with every tracked change accepted.

The parts of the package are read by the names of their elements alone, since the namespaces of the transitional and
the strict form of the standard (ISO/IEC 29500) differ. No part is fetched from elsewhere, and no entity is declared.
"""

from __future__ import annotations

import io
import platform
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.etree import ElementTree

from benang.errors import BenangError, Problem
from benang.locale.writing import Worded, worded
from benang.readers import FEW_CHARACTERS, Line, PaperText, composed

_MOST_BYTES = 64 << 20
"""What the parts of text may unpack to together: the longest thesis takes some 30 MB."""
_MAIN = "word/document.xml"
_GONE, _COME = frozenset({"del", "moveFrom"}), frozenset({"ins", "moveTo"})
_PASSED = frozenset(
    {"pPr", "rPr", "tblPr", "tblGrid", "sectPr", "instrText", "delText", "delInstrText", "rt", "Fallback"}
)
"""Elements that hold no text of the document: properties, fields' questions, readings of ruby, and what stands in for a
text box where a program knows no better."""
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "sym": "\ufffd"}
_HEIGHTS = {"title": 20.0, "heading 1": 14.0}
_TEXT_HEIGHT = 11.0
_BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, ElementTree.ParseError, RecursionError, OSError, EOFError,
           ValueError, NotImplementedError, RuntimeError)  # fmt: skip
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


@dataclass
class _Changes:
    """The tracked changes met in a document, and who made them."""

    number: int = 0
    authors: dict[str, None] = field(default_factory=dict)


@dataclass
class _Word:
    """What reading a document needs besides its body: its notes, its styles, what was met on the way."""

    notes: Mapping[tuple[str, str], ElementTree.Element]
    styles: Mapping[str, str]
    changes: _Changes = field(default_factory=_Changes)
    numbered: int = 0


def word_text(data: bytes, *, where: str) -> PaperText:
    """Take the text out of a Word file: paragraphs between empty lines, tables row by row with tabs between cells.

    Insertions that were tracked are part of it, deletions and what was moved away are not. A footnote follows
    the paragraph that it belongs to, a text box behind the one that it is fixed to, an item of a list behind a bullet.
    Comments, headers, footers and hidden text are left out.

    Raises
    ------
    BenangError
        For a package that is damaged, unpacks to too much, or declares entities, and one without text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _text(_Parts(package, where), where)
    except _BROKEN:
        way_on = "Open it in Word or LibreOffice and save it again, or download it again."
        raise BenangError(Problem("a damaged Word file", where=where, way_on=way_on)) from None


class _Parts:
    """The parts of a package, read as long as they do not unpack to too much."""

    def __init__(self, package: zipfile.ZipFile, where: str) -> None:
        self._package, self._where, self._left = package, where, _MOST_BYTES
        self._names = set(package.namelist())

    def xml(self, name: str) -> ElementTree.Element | None:
        """Return the root of a part, or None where there is no such part."""
        if name not in self._names:
            return None
        with self._package.open(name) as part:
            data = part.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            self._refuse(worded("a Word file whose text unpacks to more than {value} MB", value=_MOST_BYTES >> 20))
        if any(mark in data for mark in _DOCTYPES):
            self._refuse("a Word file that declares entities, which can exhaust the memory or load other files")
        return ElementTree.fromstring(data)  # noqa: S314 - without a declaration there are no entities

    def _refuse(self, problem: str) -> NoReturn:
        way_on = "If you trust it, open it in Word or LibreOffice and save it again."
        raise BenangError(Problem(problem, where=self._where, way_on=way_on))


def _text(parts: _Parts, where: str) -> PaperText:
    main = _main_part(parts)
    root = parts.xml(main)
    if root is None:
        raise KeyError(main)
    folder = posixpath.dirname(main)
    notes = {
        (kind, _value(note, "id")): note
        for kind in ("footnote", "endnote")
        for note in _children(parts.xml(f"{folder}/{kind}s.xml"), kind)
    }
    word = _Word(notes, _styles(parts.xml(f"{folder}/styles.xml")))
    paragraphs = [(composed(text).strip(), height) for text, height in _paragraphs(root, word)]
    paragraphs = [(text, height) for text, height in paragraphs if text.strip("• ")]
    page = "\n\n".join(text for text, _ in paragraphs)
    if len(page) < FEW_CHARACTERS:
        way_on = "If it contains images of pages, run them through text recognition (OCR) first."
        raise BenangError(Problem("a Word file with almost no text", where=where, way_on=way_on))
    comments = len(list(_children(parts.xml(f"{folder}/comments.xml"), "comment")))
    lines, remarks = _change_notes(word.changes, comments)
    title = next(
        (" ".join("".join(one.itertext()).split()) for one in _children(parts.xml("docProps/core.xml"), "title")), ""
    )
    return PaperText(
        (page,),
        {"Title": title} if title else {},
        first_lines=tuple(Line(" ".join(text.split()), height) for text, height in paragraphs[:40]),
        extractor=f"Benang (DOCX), Python {platform.python_version()}",
        has_pages=False,
        remarks=remarks,
        heading=lines,
    )


def _change_notes(changes: _Changes, comments: int) -> tuple[dict[str, str], tuple[Worded, ...]]:
    """Describe how changes and comments were treated, for the heading of the document and for its account."""
    lines: dict[str, str] = {}
    remarks: list[Worded] = []
    if changes.number:
        by = ", ".join(changes.authors)
        lines["tracked changes"] = f"{changes.number} accepted" + (f", by {by}" if by else "")
        remarks.append(
            worded(
                "tracked changes: {n}, by {names}; the text is read with all of them accepted",
                n=changes.number,
                names=by or "?",
            )
        )
    if comments:
        lines["comments"] = f"{comments} left out"
        remarks.append(worded("comments left out: {n}", n=comments))
    return lines, tuple(remarks)


def _main_part(parts: _Parts) -> str:
    for relation in _children(parts.xml("_rels/.rels"), "Relationship"):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", _MAIN).lstrip("/")
    return _MAIN


def _styles(root: ElementTree.Element | None) -> dict[str, str]:
    """Return the names of the styles of paragraphs by their ids, in small letters."""
    return {
        _value(style, "styleId"): _value(next(_children(style, "name"), style), "val").lower()
        for style in _children(root, "style")
    }


def _paragraphs(element: ElementTree.Element, word: _Word) -> Iterator[tuple[str, float]]:
    """Give the paragraphs in an element in their order, and the height of their letters; a table is one paragraph."""
    joined = ""
    for child in element:
        name = _name(child)
        if name in _GONE:
            _count(child, word.changes)
        elif name == "p":
            text, behind = _paragraph(child, word)
            if _is_mark_deleted(child, word):  # the paragraph goes on in the next one
                joined += text
            else:
                yield joined + text, _height(child, word)
                joined = ""
            yield from behind
        elif name == "tbl":
            yield "\n".join(_rows(child, word)), _TEXT_HEIGHT
        elif name not in _PASSED:
            if name in _COME:
                _count(child, word.changes)
            yield from _paragraphs(child, word)
    if joined:
        yield joined, _TEXT_HEIGHT


def _paragraph(paragraph: ElementTree.Element, word: _Word) -> tuple[str, list[tuple[str, float]]]:
    """Return the text of a paragraph, and the paragraphs of the notes and text boxes that belong to it."""
    behind: list[tuple[str, float]] = []
    text = "".join(_runs(paragraph, word, behind))
    return ("• " if text.strip() and _is_item(paragraph, word) else "") + text, behind


def _runs(element: ElementTree.Element, word: _Word, behind: list[tuple[str, float]]) -> Iterator[str]:
    for child in element:
        name = _name(child)
        if name in _GONE:
            _count(child, word.changes)
        elif name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name in ("footnoteReference", "endnoteReference"):
            behind += _note(name.removesuffix("Reference"), child, word)
        elif name == "txbxContent":
            behind += _paragraphs(child, word)
        elif name == "r" and _is_hidden(child):
            continue
        elif name not in _PASSED and not name.endswith("Change"):
            if name in _COME:
                _count(child, word.changes)
            yield from _runs(child, word, behind)


def _note(kind: str, reference: ElementTree.Element, word: _Word) -> list[tuple[str, float]]:
    note = word.notes.get((kind, _value(reference, "id")))
    if note is None:
        return []
    word.numbered += 1
    number = word.numbered
    text = " ".join(text.strip() for text, _ in _paragraphs(note, word) if text.strip())
    return [(f"[{number}] {text}", _TEXT_HEIGHT)] if text else []


def _rows(table: ElementTree.Element, word: _Word) -> Iterator[str]:
    """Give the rows of a table as lines; a row or a cell whose deletion was tracked is none."""
    for row in _parts_of(table, "tr"):
        if _is_gone(row, "trPr", word):
            continue
        cells = []
        for cell in _parts_of(row, "tc"):
            if not _is_gone(cell, "tcPr", word):
                paragraphs = (" ".join(text.split()) for text, _ in _paragraphs(cell, word))
                cells.append(" ".join(text for text in paragraphs if text))
        if any(cells):
            yield "\t".join(cells)


def _parts_of(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """Give the rows of a table or the cells of a row, also those in fields of a form, and none of a table within."""
    for child in element:
        if _name(child) == name:
            yield child
        elif _name(child) in ("sdt", "sdtContent", "customXml"):
            yield from _parts_of(child, name)


def _is_gone(part: ElementTree.Element, properties: str, word: _Word) -> bool:
    """Tell whether a row or a cell was deleted, and count whatever was tracked of it."""
    tracked = [one for one in _properties(part, properties) if _name(one) in ("ins", "del", "cellIns", "cellDel")]
    for one in tracked:
        _count(one, word.changes)
    return any(_name(one) in ("del", "cellDel") for one in tracked)


def _properties(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    for properties in _children(element, name):
        yield from properties


def _is_mark_deleted(paragraph: ElementTree.Element, word: _Word) -> bool:
    """Tell whether the end of a paragraph was deleted, which joins it to the next one.

    A change of the end alone is counted; one of text and end together is one change.
    """
    marks = (one for one in _properties(paragraph, "pPr") if _name(one) == "rPr")
    tracked = [one for mark in marks for one in mark if _name(one) in (*_GONE, *_COME)]
    for one in tracked:
        if all(_name(child) != _name(one) for child in paragraph):
            _count(one, word.changes)
    return any(_name(one) in _GONE for one in tracked)


def _is_hidden(run: ElementTree.Element) -> bool:
    return any(_name(one) == "vanish" and _value(one, "val") not in ("0", "false") for one in _properties(run, "rPr"))


def _is_item(paragraph: ElementTree.Element, word: _Word) -> bool:
    """Recognise an item of a list by its numbering or its style."""
    style = _style(paragraph, word)
    numbers = (_value(one, "val") for own in _properties(paragraph, "pPr") if _name(own) == "numPr" for one in own
               if _name(one) == "numId")  # fmt: skip
    return not style.startswith(("heading", "title")) and (style.startswith("list ") or any(n != "0" for n in numbers))


def _style(paragraph: ElementTree.Element, word: _Word) -> str:
    own = next((_value(one, "val") for one in _properties(paragraph, "pPr") if _name(one) == "pStyle"), "")
    return word.styles.get(own, own.lower())


def _height(paragraph: ElementTree.Element, word: _Word) -> float:
    return _HEIGHTS.get(_style(paragraph, word), _TEXT_HEIGHT)


def _count(change: ElementTree.Element, changes: _Changes) -> None:
    changes.number += 1
    if author := _value(change, "author").strip():
        changes.authors.setdefault(author)


def _children(element: ElementTree.Element | None, name: str) -> Iterator[ElementTree.Element]:
    return (child for child in (() if element is None else element) if _name(child) == name)


def _name(element: ElementTree.Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _value(element: ElementTree.Element, name: str) -> str:
    """Return an attribute whatever its namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
