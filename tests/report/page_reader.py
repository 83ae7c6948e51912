"""Read a page as a tree of elements, with the standard library's parser only; and a table as rows of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from benang.report import Table
from benang.report.inline import plain

VOID = {"meta", "link", "img", "br", "hr", "input", "source", "wbr"}


@dataclass
class Element:
    """An element with its attributes, its parent and what it holds."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def classes(self) -> set[str]:
        """The element's classes."""
        return set(self["class"].split())

    @property
    def text(self) -> str:
        """All text within the element."""
        return "".join(one if isinstance(one, str) else one.text for one in self.children)

    def all(self, tag: str = "", *, kind: str = "") -> Iterator[Element]:
        """Yield the elements within, of a tag or a class, in the order of the page."""
        for one in self.children:
            if isinstance(one, Element):
                if tag in {"", one.tag} and (not kind or kind in one.classes):
                    yield one
                yield from one.all(tag, kind=kind)

    def up(self, kind: str) -> Element:
        """Return the nearest element around this one that has a class."""
        held: Element | None = self
        while held is not None and kind not in held.classes:
            held = held.parent
        assert held is not None, f"nothing of class {kind} around {self.tag}"
        return held


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.here = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(made)
        if tag not in VOID:
            self.here = made

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def read_page(page: str) -> Element:
    """Return a page as a tree; a page whose tags don't nest is an error."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.tag}> is never closed"
    return reader.root


def anchors(page: Element) -> dict[str, Element]:
    """Return the elements that have an id; an id that stands twice is an error."""
    held: dict[str, Element] = {}
    for one in page.all():
        if one["id"]:
            assert one["id"] not in held, f"the id {one['id']} stands twice"
            held[one["id"]] = one
    return held


def cells(table: Table) -> list[list[str]]:
    """Return the rows as plain text, the titles of their bodies among them."""
    rows = []
    for body in table.bodies:
        if body.title:
            rows.append([plain(body.title)])
        rows += [[plain(cell) for cell in row.cells] for row in body.rows]
    return rows
