"""The sources of a REFI-QDA project with their selections and codings, and what is met on the way through its XML.

A selection is read where its words can be found in the text: by its positions, or, where it has a place on a page of a
PDF or the text had to be taken out by Benang, by its words. All others are set aside by name.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from benang.errors import BenangError, visible
from benang.locale.writing import Worded, worded
from benang.qda import Counted, ProjectCoding, ProjectSource, Selection, SetAside, normal_guid
from benang.qda.positions import Convention, Places, RawText, Span, convention_words, conventions_of, is_named, way_of
from benang.qda.refi_archive import Archive, local_name
from benang.readers.paper_forms import paper_text

KINDS: Mapping[str, Counted] = {
    **dict.fromkeys(("TextSource", "PDFSource", "PictureSource", "AudioSource", "VideoSource"), "source"),
    "Code": "code",
    **dict.fromkeys(
        ("PlainTextSelection", "PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection",
         "TranscriptSelection"), "selection",
    ),
    "Coding": "coding",
}  # fmt: skip
"""The elements that are counted, and as what."""
_LONGEST = 80
_TEXT_PARTS = ("Description", "PlainTextContent", "PlainTextSelection", "Coding")
_SELECTION_PARTS = ("Description", "Coding", "NoteRef")


@dataclass
class Met:
    """What is met on the way through a file: ids, what is set aside, remarks."""

    archive: Archive
    origin: str = ""
    remarks: list[str] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    made: int = 0
    _ids: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)

    def new_id(self, element: Element, kind: str, name: str) -> str:
        """Return the GUID of an element; one of its own where another has it, so that both stay."""
        raw = element.get("guid", "").strip()
        guid = normal_guid(raw) or _made_guid(kind, raw or name)
        self.made += normal_guid(raw) is None
        known = self._ids.setdefault((kind, guid), [])
        new = guid if not known else str(uuid.uuid5(uuid.UUID(guid), str(len(known))))
        if known and raw:
            others = [letters for letters, _ in known if letters != raw]
            what = {"name": local_name(element), "label": in_line(name), "guid": in_line(raw)}
            remark = worded("the id {guid} is given twice; {name} '{label}' got one of its own", **what)
            if len(others) == len(known):
                remark = worded(
                    "the ids {other} and {guid} differ only in capitals; {name} '{label}' got one of its own",
                    **what,
                    other=in_line(others[0]),
                )
            self.remarks.append(remark)
        known.append((raw, new))
        return new

    def reference(self, raw: str, kind: str) -> str | None:
        """Return the GUID of what a reference points to; of two that differ in capitals, that in the same letters."""
        raw = raw.strip()
        known = self._ids.get((kind, normal_guid(raw) or _made_guid(kind, raw)), [])
        return next((one for letters, one in known if letters == raw), known[0][1] if known else None)

    def references(self, element: Element, name: str, kind: str, where: str) -> tuple[str, ...]:
        """Return the GUIDs that the children of a name refer to, each once; what leads nowhere is set aside."""
        known: dict[str, None] = {}
        for one in children(element, name):
            raw = one.get("targetGUID") or one.get("guid") or ""
            guid = self.reference(raw, kind)
            if guid is None:
                self.drop(one, where, _leads_nowhere(raw))
            else:
                known[guid] = None
        return tuple(known)

    def drop(self, element: Element, where: str, reason: str) -> None:
        """Set an element aside, and with it all in it that is counted."""
        name, place = in_line(local_name(element)), in_line(where, 3 * _LONGEST)
        if name not in KINDS:
            self.aside.append(SetAside(name, place, reason))
        inside = {
            "source": worded("its source was set aside: {reason}", reason=reason),
            "selection": worded("its selection was set aside: {reason}", reason=reason),
        }.get(KINDS.get(name, ""), worded("in <{name}>: {reason}", name=name, reason=reason))
        for one in element.iter():
            if (kind := KINDS.get(local_name(one))) is not None:
                self.aside.append(SetAside(kind, place, reason if one is element else inside))

    def others(self, element: Element, known: Sequence[str], where: str) -> None:
        """Set aside the children of an element that have none of these names."""
        for one in element:
            if local_name(one) not in known:
                self.drop(one, where, worded("REFI-QDA 1.0 has no such element here"))


def _made_guid(kind: str, name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:benang:refi:{kind}:{name}"))


def _leads_nowhere(reference: str) -> Worded:
    return worded("it refers to {guid}, which the file lacks or which was set aside", guid=in_line(reference))


def in_line(text: str, most: int = _LONGEST) -> str:
    """Return a text of a file fit for one line of an account, cut where it is long."""
    words = " ".join(text.split())
    return visible(words if len(words) <= most else f"{words[: most - 1]}…", in_line=True)


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Give the children of an element that have one of these names."""
    for one in element if element is not None else ():
        if local_name(one) in names:
            yield one


def text_in(element: Element, name: str) -> str:
    """Return the text of the first child of a name; nothing where there is none."""
    return next(("".join(one.itertext()) for one in children(element, name)), "")


def values_in(element: Element, met: Met, where: str) -> dict[str, str]:
    """Return the values of variables that an element gives, as text by the GUID of the variable."""
    values: dict[str, str] = {}
    for one in children(element, "VariableValue"):
        target = next((ref.get("targetGUID", "") for ref in children(one, "VariableRef")), "")
        text = next(("".join(value.itertext()) for value in one if local_name(value) != "VariableRef"), "")
        variable = met.reference(target, "variable")
        if variable is None:
            met.drop(one, where, _leads_nowhere(target))
        elif variable in values and text.strip() != values[variable]:
            met.drop(
                one,
                where,
                worded(
                    "the variable has two values here, '{a}' and '{b}'", a=in_line(values[variable]), b=in_line(text)
                ),
            )
        elif text.strip():
            values[variable] = text.strip()
    return values


@dataclass
class _Text:
    """A source with its text, before it is known how its positions are counted.

    `marked` are its selections, each with its words where it is found by them; `merged` are codings of a place on a
    page that belong to the selection of the same GUID in the text.
    """

    source: ProjectSource
    raw: RawText
    marked: list[tuple[Element, str | None]]
    codings: list[Element]
    is_extract: bool = False
    merged: dict[str, list[Element]] = field(default_factory=dict)

    @property
    def spans(self) -> list[Span]:
        """The selections that have positions."""
        spans = (_span(element) for element, words in self.marked if words is None)
        return [span for span in spans if span is not None]


def read_sources(sources: Sequence[Element], met: Met) -> tuple[tuple[ProjectSource, ...], str]:
    """Read the sources of a project, and say how the file counts positions."""
    texts: list[_Text] = []
    for element in sources:
        name = element.get("name", "")
        if KINDS.get(local_name(element)) != "source":
            met.drop(element, "Sources", worded("REFI-QDA 1.0 has no such element here"))
        elif local_name(element) in ("TextSource", "PDFSource"):
            if (text := _text(element, met)) is not None:
                texts.append(text)
        else:
            met.drop(element, name, worded("Benang does not take over pictures, sound or video"))
    counted = [text for text in texts if not text.is_extract]
    chosen = conventions_of([(text.raw, text.spans) for text in counted], met.origin)
    by_text = {id(text): one for text, one in zip(counted, chosen, strict=True)}
    read = tuple(_with_selections(text, by_text.get(id(text), Convention()), met) for text in texts)
    telling = [way_of(by_text[id(text)], text.raw) for text in counted if text.spans]
    named = [(one.name, text.text[one.start : one.end]) for text in read for one in text.selections if one.name]
    return read, convention_words(telling, len(named), sum(is_named(name, words) for name, words in named))


def _text(element: Element, met: Met) -> _Text | None:
    """Read the text of a source, or set the source aside."""
    name = element.get("name", "")
    inner = next(children(element, "Representation"), None)
    holder = element if inner is None else inner
    raw, is_extract, reason = raw_text(element, holder, met)
    if raw is None:
        met.drop(element, name, reason)
        return None
    guid = met.new_id(element, "source", name)
    source = ProjectSource(
        guid,
        " ".join(name.split()),
        raw.text,
        description=text_in(element, "Description"),
        user=met.reference(element.get("creatingUser", ""), "user") or "",
        time=element.get("creationDateTime", "").strip(),
        original=element.get("path", "").strip() or element.get("richTextPath", "").strip(),
        notes=met.references(element, "NoteRef", "note", name),
        values=values_in(element, met, name),
    )
    met.others(element, (*_TEXT_PARTS, "PDFSelection", "Representation", "NoteRef", "VariableValue"), name)
    marked: list[tuple[Element, str | None]] = [(one, None) for one in children(element, "PlainTextSelection")]
    codings = list(children(element, "Coding"))
    if inner is not None:
        met.others(inner, (*_TEXT_PARTS, "NoteRef"), name)
        marked += [(one, None) for one in children(inner, "PlainTextSelection")]
        codings += children(inner, "Coding")
    if is_extract:  # positions count in a text that the file does not have
        marked = [(one, one.get("name", "")) for one, _ in marked]
    text = _Text(source, raw, marked, codings, is_extract)
    _add_places_on_pages(text, list(children(element, "PDFSelection")), met)
    return text


def _add_places_on_pages(text: _Text, places: Sequence[Element], met: Met) -> None:
    """Add selections of a PDF: one that is in its text as well counts once; others are found by their words."""
    in_text = {_guid(one): one for one, _ in text.marked}
    for place in places:
        guid = _guid(place)
        if guid and guid in in_text:
            there = {_who_and_what(one, met) for one in children(in_text[guid], "Coding")}
            new = [one for one in children(place, "Coding") if _who_and_what(one, met) not in there]
            text.merged.setdefault(guid, []).extend(new)
            again = worded("it is the same passage as the selection of the same GUID in the text")
            met.drop(_without(place, new), text.source.name, again)
        else:
            words = next((text_in(one, "PlainTextContent") for one in children(place, "Representation")), "")
            text.marked.append((place, words or place.get("name", "")))


def _guid(element: Element) -> str:
    raw = element.get("guid", "").strip()
    return normal_guid(raw) or raw


def _who_and_what(coding: Element, met: Met) -> tuple[str, str]:
    code = next((one.get("targetGUID", "") for one in children(coding, "CodeRef")), "")
    return met.reference(coding.get("creatingUser", ""), "user") or "", met.reference(code, "code") or code


def _without(element: Element, parts: Sequence[Element]) -> Element:
    """Return an element without some of its parts, which are read elsewhere."""
    rest = Element(element.tag, element.attrib)
    rest.extend([one for one in element if all(one is not part for part in parts)])
    return rest


def raw_text(element: Element, holder: Element, met: Met) -> tuple[RawText | None, bool, str]:
    """Return the text of a source or a note, whether Benang took it out of a file itself, or why there is none.

    `holder` is what has the plain text: the element itself, or the representation in it.
    """
    content = text_in(holder, "PlainTextContent")
    if content.strip():
        return RawText(content), False, ""
    reason: str = worded("it has no text")
    paths = ((holder, "plainTextPath"), (holder, "richTextPath"), (element, "path"), (element, "currentPath"))
    for owner, attribute in paths:
        path, is_plain = owner.get(attribute, "").strip(), attribute == "plainTextPath"
        member = met.archive.member(path) if path else None
        if member is None and path:
            reason = worded("its file {path} is not in the archive; nothing else is read", path=in_line(path, 200))
        if member is None:
            continue
        try:
            data = met.archive.bytes_of(member)
            text = met.archive.plain_text(data, member) if is_plain else paper_text(data, where=member).text
        except BenangError as error:
            found = error.problems[0].found  # a text of the catalogue, within other texts as well
            reason = found if isinstance(found, Worded) or "{" in found else worded(found)
            continue
        if text.strip("\ufeff \r\n"):
            name = in_line(element.get("name", ""))
            if not is_plain:
                met.remarks.append(
                    worded(
                        "'{source}' has no plain text: Benang extracted it from {file}",
                        source=name,
                        file=in_line(member),
                    )
                )
            return RawText(text), not is_plain, ""
        reason = worded("its text is empty")
    return None, False, reason


def _span(element: Element) -> Span | None:
    """Return the positions of a selection; None where they are no whole numbers."""
    positions = [element.get(name, "").strip() for name in ("startPosition", "endPosition")]
    if not all(re.fullmatch(r"[0-9]{1,15}", one) for one in positions):
        return None
    return Span(int(positions[0]), int(positions[1]), element.get("name", ""))


def _with_selections(text: _Text, convention: Convention, met: Met) -> ProjectSource:
    places = Places(text.raw, convention)
    selections: list[Selection] = []
    for element, words in text.marked:
        place, reason = _placed(element, words, text.raw.text, places, convention)
        if place is None:
            met.drop(element, f"{text.source.name}: {in_line(_label(element, words))}", reason)
        else:
            selections.append(_selection(element, place, text, met))
    codings = (_coding(one, text.source.name, met) for one in text.codings)
    return replace(text.source, selections=tuple(selections), codings=tuple(one for one in codings if one is not None))


def _label(element: Element, words: str | None) -> str:
    """Say which selection it is: by its name, else by its positions or words."""
    positions = f"{element.get('startPosition', '?')}–{element.get('endPosition', '?')}"
    return element.get("name", "").strip() or (words if words else positions)


def _placed(
    element: Element, words: str | None, text: str, places: Places, convention: Convention
) -> tuple[tuple[int, int] | None, str]:
    """Return where a selection is in its text, or why it is nowhere."""
    if words is not None:
        return _found(words, text)
    span = _span(element)
    if span is None:
        return None, worded("its positions are not whole numbers")
    if span.start > span.end:
        return None, worded("it ends before it begins ({start}–{end})", start=span.start, end=span.end)
    if span.start == span.end and not convention.is_end_inclusive:
        return None, worded("it has no length ({start}–{end})", start=span.start, end=span.end)
    place = places.of(span)
    if place is None:
        return None, worded(
            "its positions {start}–{end} are outside of the text, which has {n:,} characters",
            start=span.start,
            end=span.end,
            n=len(text),
        )
    return (place, "") if text[slice(*place)].strip() else (None, worded("it contains only white space"))


def _found(words: str, text: str) -> tuple[tuple[int, int] | None, str]:
    """Find words in a text, whatever white space is between them."""
    parts = words.split()
    if not parts:
        return None, worded("the file has only its place, not its words")
    if words.rstrip().endswith("…"):
        return None, worded("the file has only the beginning of its words")
    found = list(re.finditer(r"\s+".join(map(re.escape, parts)), text))
    if not found:
        return None, worded("its words are not in the text")
    if len(found) > 1:
        return None, worded("its words occur {n} times in the text", n=len(found))
    return found[0].span(), ""


def _selection(element: Element, place: tuple[int, int], text: _Text, met: Met) -> Selection:
    where = f"{text.source.name}: {text.raw.text[slice(*place)]}"
    met.others(element, (*_SELECTION_PARTS, "Representation"), where)
    merged = text.merged.get(_guid(element), [])
    codings = (_coding(one, where, met) for one in (*children(element, "Coding"), *merged))
    return Selection(
        met.new_id(element, "selection", where),
        *place,
        " ".join(element.get("name", "").split()),
        text_in(element, "Description"),
        tuple(one for one in codings if one is not None),
        met.references(element, "NoteRef", "note", where),
    )


def _coding(element: Element, where: str, met: Met) -> ProjectCoding | None:
    """Read a coding, or set it aside: without a code it says nothing."""
    codes = met.references(element, "CodeRef", "code", where)
    if len(codes) != 1:
        several = worded("it refers to {n} codes", n=len(codes))
        met.drop(element, where, several if codes else worded("its code is not in the file"))
        return None
    met.others(element, ("CodeRef", "NoteRef"), where)
    return ProjectCoding(
        met.new_id(element, "coding", where),
        codes[0],
        met.reference(element.get("creatingUser", ""), "user") or "",
        element.get("creationDateTime", "").strip(),
        met.references(element, "NoteRef", "note", where),
    )
