"""XML as databases and reference managers write records.

Each record is parsed alone, from the tag that opens it to the one that closes it, so that a file that was cut off or is
broken in one record still gives all others. Text before the first record can declare nothing that a record
uses: entities that explode or point outside the file are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, ParseError, XMLParser

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.readers.source import Reading, Remarks, Source, shown
from benang.readers.values import tidy
from benang.records.record import Record, SetAside

# XML 1.0, production 2: a document can't contain these characters, not even as references.
_FORBIDDEN = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]"
    rb"|&#(?:0{0,8}(?:[0-8]|1[124-9]|2[0-9]|3[01])|[xX]0{0,8}(?:[0-8bcefBCEF]|1[0-9a-fA-F]|[fF]{3}[eEfF]"
    rb"|[dD][89a-fA-F][0-9a-fA-F]{2}));"
)
_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
_ENTITY = re.compile(rb"<!ENTITY[\s%]")
_TAG = re.compile(rb"<(/?)([A-Za-z_][\w:.-]{0,100})(?=[\s/>])[^<>]{0,10000}>")
_NO_RECORDS = frozenset({b"DeleteCitation", b"DeleteDocument"})  # PubMed's lists of numbers that it gave up
_STRANGER = "an element <{tag}> where records are expected"
_CONTROL_NOTE = "Control characters, which XML does not allow, were removed"
_AMPERSAND_NOTE = "Ampersands that stand alone or begin entities unknown to XML were kept as written"


def read_xml(
    source: Source, make: Callable[[int, int, Element, Remarks], Record], remarks: Remarks, *, tags: tuple[str, ...]
) -> Reading:
    """Read every record of an XML file with `make(place, line, element, remarks)`.

    Records are found by their opening tags, apart from parsing them. An element of another name in the same place is
    set aside if it has elements in it.

    Raises
    ------
    BenangError
        Where the file declares entities of its own, or holds no record.
    """
    data = source.data
    named = frozenset(tag.encode() for tag in tags)
    opening = re.compile(b"<(" + b"|".join(map(re.escape, sorted(named))) + rb")(?=[\s/>])")
    begins = [(match.start(), match[1]) for match in opening.finditer(data)]
    _refuse_entities(source, begins[0][0] if begins else len(data))
    if not begins:
        problem = worded("XML without records, which begins with {text}", text=shown(source.head))
        raise BenangError(Problem(problem, where=source.name, way_on="Export the records again, as XML."))
    records: list[Record] = []
    aside: list[SetAside] = []
    line, counted, place = 1, 0, 0
    for begin, end, tag in _stretches(data, begins):
        place += 1
        line += data.count(b"\n", counted, begin)
        counted = begin
        parsed = _parsed(data[begin:end], tag, place, remarks) if tag in named else worded(_STRANGER, tag=tag.decode())
        if isinstance(parsed, str):
            aside.append(SetAside(place, line, parsed))
        else:
            records.append(make(place, line, parsed, remarks))
    return Reading(place, tuple(records), tuple(aside), remarks.notes())


def text_in(element: Element | None, path: str = "") -> str:
    """Return all text in an element, or in the one at a path below it, on one line; nothing where it's not there.

    Examples
    --------
    >>> from xml.etree.ElementTree import XML
    >>> text_in(XML("<a><title><style>Kota </style><style>kembar</style></title></a>"), "title")
    'Kota kembar'
    """
    at = element.find(path) if element is not None and path else element
    return tidy("".join(at.itertext())) if at is not None else ""


def texts_in(element: Element, path: str) -> tuple[str, ...]:
    """Return the texts of all elements at a path, without the empty ones."""
    return tuple([text for one in element.iterfind(path) if (text := text_in(one))])


def _refuse_entities(source: Source, end: int) -> None:
    match = _ENTITY.search(source.data, 0, end)
    if match:
        line = source.data.count(b"\n", 0, match.start()) + 1
        raise BenangError(
            Problem(
                "an entity declaration (<!ENTITY …), which can exhaust the memory or load other files",
                where=worded("{file}, line {line}", file=source.name, line=line),
                expected="XML without one, as every database writes it",
                way_on="Export the file again from the database; if it came from elsewhere, do not trust it.",
            )
        )


def _stretches(data: bytes, begins: list[tuple[int, bytes]]) -> Iterator[tuple[int, int, bytes]]:
    """Give where each record begins, where it or the next one ends, and the tag; strangers between them, too."""
    around = _left_open(data, begins[0][0])
    yield from _strangers(data, 0, begins[0][0], around)
    ends = [begin for begin, _ in begins[1:]] + [len(data)]
    for (begin, tag), end in zip(begins, ends, strict=True):
        close = re.compile(b"</" + re.escape(tag) + rb"\s{0,100}>").search(data, begin, end)
        yield begin, close.end() if close else end, tag
        if close:
            yield from _strangers(data, close.end(), end, around)


def _left_open(data: bytes, end: int) -> frozenset[bytes]:
    """Return the names of the elements that are open where the first record begins: records are in them."""
    stack: list[bytes] = []
    for tag in _TAG.finditer(data, 0, end):
        if not tag[1] and not tag[0].endswith(b"/>"):
            stack.append(tag[2])
        elif tag[1] and tag[2] in stack[-1:]:
            stack.pop()
    return frozenset(stack)


def _strangers(data: bytes, start: int, end: int, around: frozenset[bytes]) -> Iterator[tuple[int, int, bytes]]:
    """Give the elements between records that have elements in them: where each begins and ends, and its name."""
    depth = inner = begin = 0
    name = b""
    for tag in _TAG.finditer(data, start, end):
        is_empty = tag[0].endswith(b"/>")
        if not depth and (tag[2] in around or tag[2] in _NO_RECORDS or tag[1] or is_empty):
            continue
        if tag[1]:
            depth -= 1
            if not depth and inner:
                yield begin, tag.end(), name
        elif not depth:
            depth, inner, begin, name = 1, 0, tag.start(), tag[2]
        else:
            depth, inner = depth + (not is_empty), inner + 1
    if depth and inner:
        yield begin, end, name


def _parsed(data: bytes, tag: bytes, place: int, remarks: Remarks) -> Element | str:
    """Return the element, or the reason why there is none."""
    close = re.compile(b"</" + re.escape(tag) + rb"\s{0,100}>").search(data)
    if close:
        data = data[: close.end()]
    elif not re.match(b"<" + re.escape(tag) + rb"[^<>]{0,1000}/>", data):
        return worded("its closing tag </{tag}> is missing: the file was cut off or is damaged here", tag=tag.decode())
    data, removed = _FORBIDDEN.subn(b"", data)
    if removed:
        remarks.habit(_CONTROL_NOTE, place)
    try:
        return _element(data)
    except ParseError as error:
        first = error
    mended, ampersands = _AMPERSAND.subn(b"&amp;", data)
    if ampersands:
        try:
            element = _element(mended)
        except ParseError as error:
            return worded("it is not well-formed XML ({reason})", reason=str(error))
        remarks.habit(_AMPERSAND_NOTE, place)
        return element
    return worded("it is not well-formed XML ({reason})", reason=str(first))


def _element(data: bytes) -> Element:
    # The text is UTF-8 by now, whatever the file declared. A stretch begins with the tag of its record, so that no
    # document type and no entity can be declared in it: the parser then knows but XML's own five.
    parser = XMLParser(encoding="utf-8")  # noqa: S314
    parser.feed(data)
    element: Element = parser.close()
    return element
