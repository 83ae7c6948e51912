"""XML as programs write networks: read element by element, without entities, with the line of each.

Nothing outside the file is fetched, and a file that declares entities of its own, which can explode, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.map_files.file import File

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_PIECE = 1 << 20
_NAMES = 1000
_DEEPEST = 1000
_ENDS = {"<?": "?>", "<!--": "-->", "<!DOCTYPE": ">"}
_BEFORE_ROOT = re.compile(r"\s*(<\?|<!--|<!DOCTYPE)")
_ROOT = re.compile(r"\s*<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")


@dataclass(slots=True)
class Element:
    """An element: its tag and the names of its attributes without prefixes, its text, its children, its line."""

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, tag: str) -> list[Element]:
        """Return the children with a tag."""
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> Element | None:
        """Return the first element with a tag, at any depth."""
        to_see = self.children[::-1]
        while to_see:
            element = to_see.pop()
            if element.tag == tag:
                return element
            to_see.extend(reversed(element.children))
        return None


Take = Callable[[Element, Sequence[Element]], None]
"""What is done with an element; it gets the elements that are open around it, the outermost first."""


def read_elements(file: File, *, whole: Mapping[str, str], take: Take) -> None:
    """Give every element that is wanted whole to `take`, when it ends.

    `whole` names the tags of such elements, each with the tag that its parent must have, or with nothing. Such an
    element is then forgotten, so that a large file needs little memory; elements within it are among its children,
    unless they are wanted whole as well.

    Raises
    ------
    BenangError
        For text that is no XML or was cut off, and for declarations of entities.
    """
    # Prefixes are left as they are and cut off by hand: programs bind them to many addresses.
    parser = expat.ParserCreate()
    parser.buffer_text = True
    reader = _Reader(file.name, whole, take, lambda: parser.CurrentLineNumber)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.EntityDeclHandler = reader.refuse_entities
    try:
        for begin in range(0, len(file.data), _PIECE):
            parser.Parse(file.data[begin : begin + _PIECE], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BenangError(
            Problem(
                worded(
                    "text that is not XML ({message}, column {value})",
                    message=expat.ErrorString(error.code),
                    value=error.offset + 1,
                ),
                where=worded("{file}, line {line}", file=file.name, line=error.lineno),
                expected="well-formed XML",
                way_on="Perhaps the file was cut off: save it again with the program that made it.",
            )
        ) from None
    except (LookupError, ValueError):
        raise BenangError(
            Problem(
                "XML in an encoding that is not known", where=file.name, expected="UTF-8", way_on="Save it in UTF-8."
            )
        ) from None


def within(above: Sequence[Element], tag: str) -> Mapping[str, str]:
    """Return the attributes of the innermost open element with a tag; none where there is no such element."""
    for element in reversed(above):
        if element.tag == tag:
            return element.attributes
    return {}


class _Reader:
    """Builds elements from what the parser tells."""

    def __init__(self, name: str, whole: Mapping[str, str], take: Take, line: Callable[[], int]) -> None:
        self._name, self._whole, self._take, self._line = name, whole, take, line
        self._open: list[Element] = []
        self._wanted: list[bool] = []
        self._inside = 0
        self._plain: set[str] = set()  # names without a prefix that were seen: there are few, and many elements

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if not attributes.keys() <= self._plain:
            attributes = self._bare(attributes)
        parent = self._whole.get(tag)
        wanted = parent is not None and (not parent or (bool(self._open) and self._open[-1].tag == parent))
        if wanted:
            self._inside += 1
        elif not self._inside and len(self._open) >= _DEEPEST:
            raise self._too_deep()
        self._wanted.append(wanted)
        self._open.append(Element(tag, attributes, self._line(), "", []))

    def _bare(self, attributes: dict[str, str]) -> dict[str, str]:
        """Cut off the prefixes of attributes."""
        bare = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        if len(self._plain) < _NAMES:
            self._plain.update(name for name in attributes if ":" not in name)
        return bare

    def _too_deep(self) -> BenangError:
        where = worded("{file}, line {line}", file=self._name, line=self._line())
        return BenangError(Problem(worded("elements nested {n:,} deep", n=_DEEPEST), where=where, expected="a network"))

    def characters(self, text: str) -> None:
        """Keep text, but not the blanks between the elements of a whole file."""
        if self._inside:
            self._open[-1].text += text

    def end(self, _tag: str) -> None:
        """Close the element that was opened last."""
        element = self._open.pop()
        if self._wanted.pop():
            self._inside -= 1
            self._take(element, self._open)
        elif self._inside:
            self._open[-1].children.append(element)

    def refuse_entities(self, *_: object) -> None:
        """Refuse a declaration of entities."""
        raise BenangError(
            Problem(
                "an entity declaration (<!ENTITY …), which can exhaust the memory or load other files",
                where=worded("{file}, line {line}", file=self._name, line=self._line()),
                expected="XML without one, as every program writes it",
                way_on="Save the network again with the program that made it; if it came from elsewhere, do not "
                "trust it.",
            )
        )


def root_of(head: str) -> str:
    """Return the tag of the outermost element, without its prefix; nothing where the text is no XML.

    Examples
    --------
    >>> root_of('<?xml version="1.0"?><!-- by hand --><graphml xmlns="…">')
    'graphml'
    """
    at = 0
    while opened := _BEFORE_ROOT.match(head, at):
        end = head.find(_ENDS[opened[1]], opened.end())
        if opened[1] == "<!DOCTYPE" and "[" in head[opened.end() : max(end, 0)]:
            declared = head.find("]", opened.end())
            end = head.find(">", declared) if declared >= 0 else -1
        if end < 0:
            return ""
        at = end + len(_ENDS[opened[1]])
    match = _ROOT.match(head, at)
    return match[1] if match else ""


def escaped(text: str) -> str:
    r"""Write text for an element or an attribute; blanks other than spaces by their numbers, so that they are kept.

    Characters that XML can't hold (most control characters) are left out.

    Examples
    --------
    >>> escaped('a < "b"\n\x00')
    'a &lt; &quot;b&quot;&#10;'
    """
    text = _FORBIDDEN.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#9;")


def can_hold(text: str) -> bool:
    """Tell whether XML can hold all characters of a text."""
    return not _FORBIDDEN.search(text)
