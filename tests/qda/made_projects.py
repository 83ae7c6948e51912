"""Projects that tests make, and the standard's schemas that files must fit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]  # it has no types

from benang.qda import (
    Project,
    ProjectCase,
    ProjectCode,
    ProjectCoding,
    ProjectNote,
    ProjectSet,
    ProjectSource,
    ProjectVariable,
    Selection,
    User,
    VariableType,
)
from benang.qda.refi_writing import quotation_name

_SCHEMAS = Path(__file__).parents[1] / "data" / "refi"
_Drawn = TypeVar("_Drawn")
# Everything that XML can hold, and often what is hard: marks, combining accents, letters beyond 16 bits, line ends.
_LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff\ufeff") | st.sampled_from(
    ["\n", "\t", "&", "<", "]]>", '"', "'", "e\u0301", "🏙️", "\u2028", "\u0085", "…"]
)
names = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
texts = st.lists(_LETTERS, max_size=60).map("".join)
words = texts.map(str.strip).filter(bool)
guids = st.uuids().map(str)
times = st.datetimes().map(lambda one: f"{one.replace(microsecond=0).isoformat()}Z")
_VALUES: dict[VariableType, st.SearchStrategy[str]] = {
    "Text": words,
    "Boolean": st.sampled_from(["true", "false"]),
    "Integer": st.integers().map(str),
    "Float": st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str),
    "Date": st.dates().map(str),
    "DateTime": times,
}


def schema_faults(data: bytes, schema: str) -> list[str]:
    """Return where a file is not as the schema `Project` or `Codebook` has it."""
    checked = etree.XMLSchema(etree.parse(_SCHEMAS / f"{schema}.xsd"))
    checked.validate(etree.fromstring(data))
    return [str(error) for error in checked.error_log]


def _some(among: Sequence[_Drawn]) -> st.SearchStrategy[tuple[_Drawn, ...]]:
    """Draw some of several, in their order."""
    return (
        st.sets(st.sampled_from(range(len(among)))).map(lambda at: tuple(among[one] for one in sorted(at)))
        if among
        else st.just(())
    )


def _top_down(codes: Sequence[ProjectCode], parent: str = "") -> tuple[ProjectCode, ...]:
    """Return codes as a file has them: each before those under it."""
    return tuple(code for one in codes if one.parent == parent for code in (one, *_top_down(codes, one.guid)))


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Draw a project in which everything refers to what there is."""
    fresh = iter(draw(st.lists(guids, min_size=60, max_size=60, unique=True)))

    def several(most: int) -> range:
        return range(draw(st.integers(0, most)))

    users = tuple(User(next(fresh), draw(names), draw(names | st.just(""))) for _ in several(2))
    somebody = st.sampled_from(["", *(one.guid for one in users)])
    notes = tuple(
        ProjectNote(next(fresh), draw(words), draw(names), draw(somebody), draw(times))
        for _ in several(3)
    )  # fmt: skip
    noted = [one.guid for one in notes]
    codes: list[ProjectCode] = []
    for _ in several(5):
        parent = draw(st.sampled_from(["", *(one.guid for one in codes)]))
        colour = draw(st.sampled_from(["", "#0072b2"]))
        codes.append(
            ProjectCode(next(fresh), draw(names), parent, draw(texts), colour, draw(st.booleans()), draw(_some(noted)))
        )
    variables = tuple(
        ProjectVariable(next(fresh), draw(names), draw(st.sampled_from(list(_VALUES))), draw(texts)) for _ in several(3)
    )

    def values() -> dict[str, str]:
        return {one.guid: draw(_VALUES[one.type]) for one in draw(_some(variables))}

    def codings() -> tuple[ProjectCoding, ...]:
        return tuple(
            ProjectCoding(next(fresh), code.guid, draw(somebody), draw(times), draw(_some(noted)))
            for code in draw(_some(codes))
        )

    sources = []
    for _ in several(2):
        text = draw(texts.filter(str.strip))
        selections = []
        for _ in several(3):
            start = draw(st.sampled_from([at for at, letter in enumerate(text) if letter.strip()]))
            end = draw(st.integers(start + 1, len(text)))
            name = quotation_name(text[start:end])
            selections.append(Selection(next(fresh), start, end, name, draw(texts), codings(), draw(_some(noted))))
        sources.append(
            ProjectSource(
                next(fresh),
                draw(names),
                text,
                tuple(selections),
                draw(texts),
                values=values(),
                notes=draw(_some(noted)),
            )
        )
    selected = [one.guid for source in sources for one in source.selections]
    cases = tuple(
        ProjectCase(
            next(fresh), draw(names), draw(texts), draw(_some([one.guid for one in sources])), draw(_some(selected)),
            values=values(), notes=draw(_some(noted)),
        )
        for _ in several(2)
    )  # fmt: skip
    sets = tuple(
        ProjectSet(next(fresh), draw(names), draw(texts), draw(_some([one.guid for one in codes])),
                   draw(_some([one.guid for one in sources])), draw(_some(noted)))
        for _ in several(2)
    )  # fmt: skip
    return Project(
        draw(names), "Benang", users, _top_down(codes), variables, cases, tuple(sources), notes, sets, draw(texts)
    )
