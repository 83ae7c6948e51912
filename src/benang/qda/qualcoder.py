"""A project of QualCoder (the tables of its `data.qda`) → a project in the words of REFI-QDA.

Positions are those of QualCoder's own texts; how a project counts them is found out from the words that each coding
keeps (`positions`). Whatever has no place is set aside by name: pictures and recordings with their codings, graphs,
references.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from benang.files import sha256
from benang.locale.writing import Worded, worded
from benang.qda import (
    Project,
    ProjectCase,
    ProjectCode,
    ProjectCoding,
    ProjectNote,
    ProjectSource,
    ProjectVariable,
    Selection,
    SetAside,
    User,
    VariableType,
    guid_of,
)
from benang.qda.other_programs import ProjectTables, Row, made_guid, text_of, time_of, whole_of, without_circles
from benang.qda.positions import Places, RawText, Span, convention_words, conventions_of, is_named, way_of

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_INTEGER, _DECIMAL = re.compile(r"[+-]?\d{1,15}"), re.compile(r"[+-]?(?:\d{1,15}(?:\.\d*)?|\.\d+)")
_WORDS = 100
"""Characters of a passage by which it is named."""
_PASSAGES = ("code_text", "annotation")
_Spot = tuple[object, int, int]
"""The id of a source, and where a passage is in its text."""


def read_qualcoder(file: ProjectTables) -> Project:
    """Return the project of QualCoder that a database holds."""
    return _Reader(file).project()


@dataclass
class _Reader:
    """Goes through the tables, and keeps what it meets on the way."""

    file: ProjectTables
    aside: list[SetAside] = field(default_factory=list)
    notes: list[ProjectNote] = field(default_factory=list)
    owners: set[str] = field(default_factory=set)

    def project(self) -> Project:
        first: Row = next(iter(self._rows("project")), {})
        sources = self._sources()
        cases = tuple(self._cases(sources))
        for row in self._rows("journal"):
            self._note("journal", row, text_of(row["jentry"]).strip(), text_of(row["name"]))
        self._left_out()
        return Project(
            name=self.file.name,
            origin=text_of(first.get("about")) or "QualCoder",
            users=tuple(User(guid_of("user", one), one) for one in sorted(self.owners)),
            codes=(*self._categories_above(), *self._codes_above()),
            variables=tuple(self._variables()),
            cases=cases,
            sources=tuple(sources.values()),
            notes=tuple(self.notes),
            description=text_of(first.get("memo")).strip(),
            found=self._found(),
            set_aside=tuple(self.aside),
            convention=self._texts.convention,
        )

    def _rows(self, table: str) -> Sequence[Row]:
        return self.file.tables.get(table, ())

    def _found(self) -> Counter[str]:
        """Count what the tables have, apart from what was made of it."""
        n = {name: len(rows) for name, rows in self.file.tables.items()}
        passages = {_key(row) for table in _PASSAGES for row in self._rows(table)}
        media = n.get("code_image", 0) + n.get("code_av", 0)
        return Counter(
            source=n.get("source", 0),
            code=n.get("code_name", 0) + n.get("code_cat", 0),
            selection=len(passages) + media,
            coding=n.get("code_text", 0) + media,
        )

    # ------------------------------------------------------------ codes and variables

    @cached_property
    def _categories(self) -> dict[object, str]:
        return {row["catid"]: made_guid("QualCoder", "category", row["name"]) for row in self._rows("code_cat")}

    @cached_property
    def _codes(self) -> dict[object, str]:
        return {row["cid"]: made_guid("QualCoder", "code", row["name"]) for row in self._rows("code_name")}

    def _categories_above(self) -> Iterator[ProjectCode]:
        """Give the categories, which no passage carries, each below another or none."""
        rows = {self._categories[row["catid"]]: row for row in self._rows("code_cat")}
        tree = without_circles({guid: self._categories.get(row["supercatid"], "") for guid, row in rows.items()})
        for guid, row in rows.items():
            memo = text_of(row["memo"]).strip()
            yield ProjectCode(guid, text_of(row["name"]), tree[guid], memo, is_codable=False)

    def _codes_above(self) -> Iterator[ProjectCode]:
        """Give the codes, each below another code, a category, or nothing."""
        rows = {self._codes[row["cid"]]: row for row in self._rows("code_name")}
        above = {guid: self._codes.get(row["supercid"], "") for guid, row in rows.items()}
        tree = without_circles(above)
        for guid, row in rows.items():
            parent = tree[guid] or self._categories.get(row["catid"], "")
            memo, colour = text_of(row["memo"]).strip(), text_of(row["color"])
            colour = colour.lower() if _COLOUR.fullmatch(colour) else ""
            yield ProjectCode(guid, text_of(row["name"]), parent, memo, colour)

    def _variables(self) -> Iterator[ProjectVariable]:
        values: dict[str, list[str]] = defaultdict(list)
        for row in self._rows("attribute"):
            values[text_of(row["name"])].append(text_of(row["value"]).strip())
        for row in self._rows("attribute_type"):
            name, memo = text_of(row["name"]), text_of(row["memo"]).strip()
            yield ProjectVariable(_variable(name), name, _type(text_of(row["valuetype"]), values[name]), memo)

    @cached_property
    def _values(self) -> dict[tuple[str, object], dict[str, str]]:
        """The values of cases and files, by the GUIDs of their variables."""
        held: dict[tuple[str, object], dict[str, str]] = defaultdict(dict)
        known = {text_of(row["name"]) for row in self._rows("attribute_type")}
        for row in self._rows("attribute"):
            name, value = text_of(row["name"]), text_of(row["value"]).strip()
            if name in known and value:
                held[text_of(row["attr_type"]), row["id"]][_variable(name)] = value
        return held

    # ------------------------------------------------------------ sources and what is coded in them

    @cached_property
    def _names(self) -> dict[object, str]:
        return {row["id"]: text_of(row["name"]) for row in self._rows("source")}

    @cached_property
    def _texts(self) -> _Texts:
        """The texts of the project by their ids, and how positions are counted in them."""
        every = {row["id"]: RawText(text_of(row["fulltext"])) for row in self._rows("source")}
        raws = {number: raw for number, raw in every.items() if raw.text.strip()}
        spans: dict[object, list[Span]] = {number: [] for number in raws}
        for row in self._rows("code_text"):
            start, end = whole_of(row["pos0"]), whole_of(row["pos1"])
            if row["fid"] in spans and start is not None and end is not None:
                spans[row["fid"]].append(Span(start, end, text_of(row["seltext"])))
        return _Texts.counted(raws, spans)

    def _sources(self) -> dict[object, ProjectSource]:
        texts = self._texts.texts
        for number, name in self._names.items():
            if number not in texts:
                reason = worded("it has no text: a picture, a recording, or an empty file")
                self.aside.append(SetAside("source", name, reason))
        self._media()
        rows = {row["id"]: row for row in self._rows("source") if row["id"] in texts}
        guids = {
            number: made_guid("QualCoder", "source", self._names[number], sha256(texts[number])) for number in rows
        }
        selections = self._selections(guids)
        return {number: self._source(row, guids[number], selections[number]) for number, row in rows.items()}

    def _source(self, row: Row, guid: str, selections: Sequence[Selection]) -> ProjectSource:
        name = text_of(row["name"])
        return ProjectSource(
            guid,
            name,
            self._texts.texts[row["id"]],
            tuple(sorted(selections, key=lambda one: (one.start, one.end))),
            user=self._user(row),
            time=time_of(row["date"]),
            original=text_of(row["mediapath"]).replace("\\", "/").rpartition("/")[2],
            notes=self._note("source", row, text_of(row["memo"]).strip(), name),
            values=self._values.get(("file", row["id"]), {}),
        )

    def _media(self) -> None:
        """Set aside what is coded in pictures and recordings."""
        picture = worded("it codes a part of a picture or of a page, not of a text")
        recording = worded("it codes a part of a recording, not of a text")
        for table, reason in (("code_image", picture), ("code_av", recording)):
            for row in self._rows(table):
                where = self._names.get(row["id"], table)
                self.aside += [SetAside("selection", where, reason), SetAside("coding", where, reason)]

    def _selections(self, guids: Mapping[object, str]) -> dict[object, list[Selection]]:
        """Return the passages of each source, each with all that is said of it."""
        by_key: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for table in _PASSAGES:
            for row in self._rows(table):
                by_key[_key(row)].append(row)
        by_spot: dict[_Spot, list[Row]] = defaultdict(list)
        for rows in by_key.values():
            place, reason = self._texts.place(rows[0])
            if reason:
                self._lost(rows, reason)
                continue
            spot = (rows[0]["fid"], *place)
            if spot in by_spot:
                same = worded("it is the same passage as another, which has its codes and notes")
                self.aside.append(SetAside("selection", self._names[spot[0]], same))
            by_spot[spot] += rows
        found: dict[object, list[Selection]] = defaultdict(list)
        for spot, rows in by_spot.items():
            found[spot[0]] += self._selection(rows, guids[spot[0]], spot)
        return found

    def _selection(self, rows: Sequence[Row], source: str, spot: _Spot) -> Iterator[Selection]:
        """Make one passage of the rows that are about it."""
        number, start, end = spot
        guid = made_guid("QualCoder", "selection", source, start, end)
        codings: dict[str, ProjectCoding] = {}
        for row in rows:
            if "anid" not in row and (coding := self._coding(row, guid, codings)):
                codings[coding.guid] = coding
        notes = [
            note
            for row in rows
            if "anid" in row
            for note in self._note("annotation", row, text_of(row["memo"]).strip(), key=row["anid"])
        ]
        if codings or notes:
            words = self._texts.texts[number][start:end][:_WORDS]
            yield Selection(guid, start, end, words, "", tuple(codings.values()), tuple(notes))
        else:
            self.aside.append(SetAside("selection", self._names[number], worded("it has neither a code nor a note")))

    def _coding(self, row: Row, selection: str, others: Mapping[str, ProjectCoding]) -> ProjectCoding | None:
        code, user, name = self._codes.get(row["cid"]), self._user(row), self._names[row["fid"]]
        if code is None:
            self.aside.append(SetAside("coding", name, worded("its code is not in the project")))
            return None
        guid = made_guid("QualCoder", "coding", selection, code, user)
        notes = self._note("coding", row, text_of(row["memo"]).strip(), key=guid)
        if guid in others:
            self.aside.append(SetAside("coding", name, worded("the same coder gave the same code twice")))
            return None
        return ProjectCoding(guid, code, user, time_of(row["date"]), notes)

    def _lost(self, rows: Sequence[Row], reason: Worded) -> None:
        words = " ".join(text_of(rows[0].get("seltext")).split())[:_WORDS]
        name = self._names.get(rows[0]["fid"], "code_text")
        where = f"{name}: “{words}”" if words else name
        self.aside.append(SetAside("selection", where, reason))
        self.aside += [SetAside("coding", where, reason) for row in rows if "anid" not in row]

    # ------------------------------------------------------------ cases, memos, people

    def _cases(self, sources: Mapping[object, ProjectSource]) -> Iterator[ProjectCase]:
        """Give the cases, each with its texts; of a text that it has a part of, with the passages in that part."""
        texts: dict[object, list[str]] = defaultdict(list)
        passages: dict[object, list[str]] = defaultdict(list)
        names = {row["caseid"]: text_of(row["name"]) for row in self._rows("cases")}
        for row in self._rows("case_text"):
            source, case = sources.get(row["fid"]), names.get(row["caseid"], "")
            if source is None:
                reason = worded("its source has no text, or is not in the project")
                self.aside.append(SetAside("case_text", case, reason))
                continue
            part = self._texts.part(row)
            if part is None:
                texts[row["caseid"]].append(source.guid)
                continue
            inside = [one.guid for one in source.selections if part[0] <= one.start and one.end <= part[1]]
            passages[row["caseid"]] += inside
            if not inside:
                reason = worded("nothing is coded in the part of '{source}' that the case has", source=source.name)
                self.aside.append(SetAside("case_text", case, reason))
        for row in self._rows("cases"):
            number, name = row["caseid"], names[row["caseid"]]
            yield ProjectCase(
                made_guid("QualCoder", "case", name),
                name,
                text_of(row["memo"]).strip(),
                tuple(dict.fromkeys(texts[number])),
                tuple(dict.fromkeys(passages[number])),
                values=self._values.get(("case", number), {}),
            )

    def _note(self, kind: str, row: Row, text: str, name: str = "", *, key: object = "") -> tuple[str, ...]:
        """Keep a memo, if there is one, and return its GUID."""
        if not text:
            return ()
        user = self._user(row)
        guid = made_guid("QualCoder", kind, name, key, text, user)
        self.notes.append(ProjectNote(guid, text, name, user, time_of(row["date"])))
        return (guid,)

    def _user(self, row: Row) -> str:
        owner = " ".join(text_of(row["owner"]).split())
        if owner:
            self.owners.add(owner)
        return guid_of("user", owner) if owner else ""

    def _left_out(self) -> None:
        """Name what a review has no place for."""
        for row in self._rows("graph"):
            self.aside.append(SetAside("graph", text_of(row["name"]), worded("Benang has no place for drawn graphs")))
        if n := len({row["risid"] for row in self._rows("ris")}):
            reason = worded("references belong in the sources of a review: export them from your library")
            self.aside.append(SetAside("ris", str(worded("{n} reference", "{n} references", n=n)), reason))


@dataclass(frozen=True)
class _Texts:
    """The texts of a project by the ids of their sources, where their positions are, and how these are counted."""

    texts: Mapping[object, str]
    places: Mapping[object, Places]
    convention: str

    @classmethod
    def counted(cls, raws: Mapping[object, RawText], spans: Mapping[object, Sequence[Span]]) -> _Texts:
        """Find out how positions are counted, from the words that each coding keeps."""
        chosen = conventions_of([(raw, spans[number]) for number, raw in raws.items()], "QualCoder")
        places = {number: Places(raw, one) for (number, raw), one in zip(raws.items(), chosen, strict=True)}
        texts = {number: raw.text for number, raw in raws.items()}
        every = [(number, one, places[number].of(one)) for number, several in spans.items() for one in several]
        fitting = sum(is_named(one.name, texts[number][slice(*at)]) for number, one, at in every if at)
        ways = [way_of(one, raw) for one, (number, raw) in zip(chosen, raws.items(), strict=True) if spans[number]]
        return cls(texts, places, convention_words(ways, len(every), fitting))

    def part(self, row: Row) -> tuple[int, int] | None:
        """Return the part of a text that a case has; None for the whole, which QualCoder may write from 0 to 0."""
        number, start, end = row["fid"], whole_of(row["pos0"]) or 0, whole_of(row["pos1"]) or 0
        place = self.places[number].of(Span(max(start, 0), end))
        if place is None or (place[0] == 0 and place[1] >= len(self.texts[number].rstrip()) - 1):
            return None
        return place

    def place(self, row: Row) -> tuple[tuple[int, int], Worded | None]:
        """Return where a passage is, or why it is nowhere."""
        number, start, end = row["fid"], whole_of(row["pos0"]), whole_of(row["pos1"])
        if number not in self.texts:
            return (0, 0), worded("its source has no text, or is not in the project")
        if start is None or end is None or start >= end:
            return (0, 0), worded("its positions are {start} and {end}", start=row["pos0"], end=row["pos1"])
        place, words, text = self.places[number].of(Span(start, end)), text_of(row.get("seltext")), self.texts[number]
        if place and (not words.strip() or is_named(words, text[slice(*place)])):
            return place, None
        sought = words.replace("\r\n", "\n").replace("\u2029", "\n")
        at = text.find(sought) if sought.strip() else -1
        if at >= 0 and text.find(sought, at + 1) < 0:  # the text was edited since
            return (at, at + len(sought)), None
        if place is None and not sought.strip():
            return (0, 0), worded("it is outside the text")
        return (0, 0), worded("the words at its positions are not those that were coded")


def _key(row: Row) -> tuple[str, ...]:
    return tuple(text_of(row[one]) for one in ("fid", "pos0", "pos1"))


def _variable(name: str) -> str:
    return made_guid("QualCoder", "variable", name)


def _type(kind: str, values: Sequence[str]) -> VariableType:
    filled = [one for one in values if one]
    if kind != "numeric" or not all(_DECIMAL.fullmatch(one) for one in filled):
        return "Text"
    return "Integer" if all(_INTEGER.fullmatch(one) for one in filled) else "Float"
