"""A project of Taguette (the tables of its `.sqlite3`) → a project in the words of REFI-QDA.

Documents are HTML, and highlights count the bytes (UTF-8) of its text. Paragraphs that HTML has in elements of their
own have lines of their own here.
"""

from __future__ import annotations

import json
import uuid
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

from benang.errors import BenangError, Problem
from benang.files import sha256
from benang.locale.writing import Worded, worded
from benang.qda import Project, ProjectCode, ProjectCoding, ProjectSource, Selection, SetAside, User, guid_of
from benang.qda.other_programs import TAGUETTE_TAGS, ProjectTables, Row, made_guid, text_of, time_of, whole_of

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figure", "footer", "h1", "h2", "h3",
        "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td",
        "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
_WORDS = 100
"""Characters of a passage by which it is named."""
_CLOSE = frozenset(("dd", "dt", "li", "td", "th", "tr"))
"""Blocks that follow each other line by line; between others there is an empty line."""


def read_taguette(file: ProjectTables) -> Project:
    """Return the project of Taguette that a database holds.

    Raises
    ------
    BenangError
        For a database with several projects, or none.
    """
    return _Reader(file).project()


@dataclass
class _Reader:
    """A project of Taguette: documents in HTML, whose highlights are counted in bytes of their text."""

    file: ProjectTables
    aside: list[SetAside] = field(default_factory=list)

    def project(self) -> Project:
        project = self._only_project()
        tags = [row for row in self.file.tables["tags"] if row["project_id"] == project["id"]]
        codes = {row["id"]: _tag_guid(row) for row in tags}
        documents = [row for row in self.file.tables["documents"] if row["project_id"] == project["id"]]
        coders = self._coders()
        carried = self._carried(codes)
        sources = tuple(self._source(row, carried, coders) for row in documents)
        ids = {row["id"] for row in documents}
        highlights = {row["id"] for row in self.file.tables["highlights"] if row["document_id"] in ids}
        return Project(
            name=text_of(project["name"]),
            origin="Taguette",
            users=tuple(User(guid_of("user", one), one) for one in sorted(set(coders.values()))),
            codes=tuple(self._codes(tags, codes)),
            sources=sources,
            description=text_of(project["description"]).strip(),
            found=Counter(
                source=len(documents),
                code=len(tags),
                selection=len(highlights),
                coding=sum(row["highlight_id"] in highlights for row in self.file.tables.get("highlight_tags", ())),
            ),
            set_aside=tuple(self.aside),
            convention=worded("bytes of the text in UTF-8"),
        )

    def _only_project(self) -> Row:
        projects = self.file.tables.get("projects", ())
        if len(projects) != 1:
            names = ", ".join(f"'{text_of(row['name'])}'" for row in projects)
            problem = worded("a database with {n} projects: {names}", n=len(projects), names=names)
            way_on = "In Taguette, open the project that you want and export it as SQLite."
            raise BenangError(Problem(problem, where=self.file.where, expected="one project", way_on=way_on))
        return projects[0]

    def _codes(self, tags: Sequence[Row], guids: Mapping[object, str]) -> Iterator[ProjectCode]:
        """Give the tags; one is below another by its parent, or by its path (`a.b` is below `a`)."""
        paths = {text_of(row["path"]): row["id"] for row in tags}
        for row in tags:
            path = text_of(row["path"])
            above = next((one for one in _above(path) if one in paths), "")
            parent = row["parent_id"] if row["parent_id"] in guids else paths.get(above)
            name = path.removeprefix(f"{above}.") if above and parent == paths[above] else path
            description = text_of(row["description"]).strip()
            yield ProjectCode(guids[row["id"]], name, guids.get(parent, ""), description)

    def _coders(self) -> dict[object, str]:
        """Return who made each highlight: Taguette keeps it only in its list of commands."""
        coders: dict[object, str] = {}
        for row in self.file.tables.get("commands", ()):
            try:
                payload = json.loads(text_of(row["payload"]))
            except ValueError:
                continue
            if isinstance(payload, dict) and payload.get("type") == "highlight_add" and text_of(row["user_login"]):
                coders.setdefault(payload.get("highlight_id"), text_of(row["user_login"]))
        return coders

    def _carried(self, codes: Mapping[object, str]) -> dict[object, list[str]]:
        carried: dict[object, list[str]] = defaultdict(list)
        documents = {row["id"]: row["document_id"] for row in self.file.tables["highlights"]}
        for row in self.file.tables.get("highlight_tags", ()):
            if row["tag_id"] in codes:
                carried[row["highlight_id"]].append(codes[row["tag_id"]])
            elif row["highlight_id"] in documents:
                where = f"highlight {row['highlight_id']}"
                self.aside.append(SetAside("coding", where, worded("its tag is not in the project")))
        return carried

    @cached_property
    def _highlights(self) -> dict[object, list[Row]]:
        """The highlights of each document."""
        held: dict[object, list[Row]] = defaultdict(list)
        for row in self.file.tables["highlights"]:
            held[row["document_id"]].append(row)
        return held

    def _source(self, row: Row, carried: Mapping[object, list[str]], coders: Mapping[object, str]) -> ProjectSource:
        name, text = text_of(row["name"]), html_text(text_of(row["contents"]))
        guid = made_guid("Taguette", "source", name, sha256(text.text))
        times: Counter[tuple[int, int]] = Counter()
        selections = []
        for one in self._highlights.get(row["id"], ()):
            place, reason = _place(one, text)
            codes = carried.get(one["id"], [])
            if reason:
                words = " ".join(html_text(text_of(one["snippet"])).text.split())[:_WORDS]
                where = f"{name}: “{words}”" if words else name
                self.aside.append(SetAside("selection", where, reason))
                self.aside += [SetAside("coding", where, reason) for _ in codes]
                continue
            times[place] += 1  # the numbers of highlights change with each export, their order does not
            own = made_guid("Taguette", "selection", guid, *place, times[place])
            user = guid_of("user", coders[one["id"]]) if one["id"] in coders else ""
            codings = tuple(ProjectCoding(made_guid("Taguette", "coding", own, code), code, user) for code in codes)
            selections.append(Selection(own, *place, text.text[slice(*place)][:_WORDS], "", codings))
        return ProjectSource(
            guid,
            name,
            text.text,
            tuple(sorted(selections, key=lambda one: (one.start, one.end, one.guid))),
            text_of(row["description"]).strip(),
            time=time_of(row["created"]),
            original=text_of(row["filename"]),
        )


def _tag_guid(row: Row) -> str:
    return str(uuid.uuid5(TAGUETTE_TAGS, text_of(row["path"])))


def _above(path: str) -> Iterator[str]:
    """Give the paths above a tag's, the nearest first."""
    while "." in path:
        path = path.rpartition(".")[0]
        yield path


def _place(row: Row, text: HtmlText) -> tuple[tuple[int, int], Worded | None]:
    """Return where a highlight is, or why it is nowhere; where bytes and words differ, the words count."""
    start, end = whole_of(row["start_offset"]), whole_of(row["end_offset"])
    if start is None or end is None or start >= end:
        return (0, 0), worded("its positions are {start} and {end}", start=row["start_offset"], end=row["end_offset"])
    words = "".join(html_text(text_of(row["snippet"])).text.split())
    place = text.place(start, end)
    if place and (not words or "".join(text.text[slice(*place)].split()) == words):
        return place, None
    found = text.only(words)
    if found:
        return found, None
    return (0, 0), worded("the words at its positions are not those that were highlighted")


@dataclass(frozen=True)
class HtmlText:
    """The text of an HTML document with its paragraphs apart, and where each stretch of it begins, in bytes as well."""

    text: str
    stretches: tuple[tuple[int, int, str], ...] = ()
    """Where a stretch begins in bytes, in the text, and the stretch itself."""

    @cached_property
    def begins(self) -> list[int]:
        """Where the stretches begin, in bytes."""
        return [begin for begin, _, _ in self.stretches]

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the half-open offsets of bytes of the text; None where there are none."""
        first, last = bisect_right(self.begins, start) - 1, bisect_right(self.begins, end - 1) - 1
        if first < 0 or last < first:
            return None
        a, b = (_within(self.stretches[at], byte) for at, byte in ((first, start), (last, end)))
        return (a, b) if a < b else None

    def only(self, words: str) -> tuple[int, int] | None:
        """Return where words without blanks are, if they are there once."""
        letters = [(at, letter) for at, letter in enumerate(self.text) if not letter.isspace()]
        bare = "".join(letter for _, letter in letters)
        at = bare.find(words) if words else -1
        if at < 0 or bare.find(words, at + 1) >= 0:
            return None
        return letters[at][0], letters[at + len(words) - 1][0] + 1


def _within(stretch: tuple[int, int, str], byte: int) -> int:
    """Return the offset of a byte in a stretch; one within a letter counts for the place before it."""
    begin, at, words = stretch
    return at + len(words.encode()[: byte - begin].decode(errors="ignore"))


class _Parser(HTMLParser):
    """Collects the text of HTML; what is between blocks is no byte of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.stretches: list[tuple[int, int, str]] = []
        self.bytes = self.length = 0
        self._after_pre = False

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - what the library gives
        self._after_pre = tag == "pre"
        if tag == "br":
            self._add("\n")
        elif tag in _BLOCKS:
            self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        text = data.replace("\r\n", "\n").replace("\r", "\n")
        if self._after_pre:
            text, self._after_pre = text.removeprefix("\n"), False
        if text:
            self.stretches.append((self.bytes, self.length, text))
            self.bytes += len(text.encode())
            self._add(text)

    def _break(self, tag: str) -> None:
        """Begin another line, or leave one empty; before the first there is nothing to leave."""
        tail = "".join(self.parts[-3:])
        wanted = "\n" if tag in _CLOSE else "\n\n"
        if tail.strip() or tail.endswith("\n"):
            have = len(tail) - len(tail.rstrip("\n"))
            self._add(wanted[min(have, len(wanted)) :])

    def _add(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.length += len(text)


def html_text(html: str) -> HtmlText:
    r"""Return the text of HTML.

    Examples
    --------
    >>> found = html_text("<p>Rent <b>röse</b>.</p><p>Rain came.</p>")
    >>> found.text, found.place(5, 10), found.place(11, 15)
    ('Rent röse.\n\nRain came.\n\n', (5, 9), (12, 16))
    """
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return HtmlText("".join(parser.parts), tuple(parser.stretches))
