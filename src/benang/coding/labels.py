"""How the vocabulary of a review is shown: what its ids are called, and its codes as a tree in their colours.

The codebook goes to NVivo, ATLAS.ti, MAXQDA and QualCoder in REFI-QDA's exchange format (`.qdc` 1.0, of 18 March
2019), which has a name, a colour, a description and the codes below for each code; rules and examples stand in the
description, under headings of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benang.coding.cases import Cases, CaseValue, text_of
from benang.coding.codebook import Code, Codebook, framework_of
from benang.errors import BenangError, Problem
from benang.evidence import Passage
from benang.locale import Language, translator
from benang.looks.colours import PALETTES
from benang.map_files.xml_elements import escaped
from benang.qda.guids import guid_of
from benang.records.corpus import Corpus
from benang.records.names import short_citation

_SPACE = "urn:QDA-XML:codebook:1.0"


def code_label(code: Code, language: Language) -> str:
    """Return the label of a code, which says so where it was retired.

    Examples
    --------
    >>> code_label(Code(id="noise", group="reasons", label={"en": "Noise"}, retired=True), "en")
    'Noise (retired)'
    """
    _, label = translator(language), code.label.text(language)
    return _("{code} (retired)").format(code=label) if code.retired else label


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a review's vocabulary, its cases and its studies; nothing need be counted for them.

    An unknown id is its own label.

    Examples
    --------
    >>> from benang.coding.cases import Case
    >>> from benang.records.corpus import corpus_of
    >>> labels = Labels(Codebook(), Cases(cases=(Case(id="alun", label="Library of Alun"),)), corpus_of([]))
    >>> labels.case("alun"), labels.case("beji")
    ('Library of Alun', 'beji')
    """

    codebook: Codebook
    cases: Cases
    corpus: Corpus
    language: Language = "en"

    def case(self, key: str) -> str:
        """Return the label of a case; values of appraisals may be about a study instead, which is cited."""
        case = self.cases.by_id.get(key)
        return case.name(self.language) if case else self.study(key)

    def code(self, key: str) -> str:
        """Return the label of a code, which says so where it was retired, or of a variable."""
        if code := self.codebook.by_id.get(key):
            return code_label(code, self.language)
        entry = self.codebook.variable(key)
        return entry.label.text(self.language) if entry else key

    def coded_as(self, passage: Passage) -> str:
        """Return the label of a passage's code, with its stance in words where the passage does not support it.

        Examples
        --------
        >>> from benang.records.corpus import corpus_of
        >>> labels = Labels(Codebook(), Cases(), corpus_of([]))
        >>> place = ("p1", "documents/a.md", 0, 10, "No rent.", "alun")
        >>> labels.coded_as(Passage(*place, code="rent", coder="ani", stance="contradicts"))
        'rent (contradicts it)'
        """
        _, label = translator(self.language), self.code(passage.code)
        if passage.stance == "contradicts":
            return _("{code} (contradicts it)").format(code=label)
        return _("{code} (only mentions it)").format(code=label) if passage.stance == "mentions" else label

    def group(self, key: str) -> str:
        """Return the label of a group of codes."""
        group = self.codebook.group(key)
        return group.label.text(self.language) if group else key

    def level(self, variable: str, value: str) -> str:
        """Return the label of a level of a variable."""
        entry = self.codebook.variable(variable)
        levels = {level.id: level.label for level in entry.levels} if entry else {}
        return levels[value].text(self.language) if value in levels else value

    def value(self, variable: str, value: CaseValue) -> str:
        """Return how a value of a variable reads: the label of a level, a text in the language, a year."""
        return self.level(variable, text_of(value, self.language))

    def row(self, key: str) -> str:
        """Return the label of a row of a printed table, `TABLE/ROW`."""
        labels = {f"{row.table}/{row.row}": row.label for row in self.codebook.rows}
        return labels[key].text(self.language) if key in labels else key

    def study(self, key: str) -> str:
        """Cite a study in a sentence: `Erika and Nurika (2020)`."""
        return short_citation(self.corpus.record(key), self.language) if self.corpus.has(key) else key


@dataclass(frozen=True, slots=True)
class Branch:
    """A code and what is under it."""

    code: Code
    under: tuple[Branch, ...] = ()


def code_tree(codebook: Codebook, group: str) -> tuple[Branch, ...]:
    """Return the codes of a group as a tree.

    Examples
    --------
    >>> costs = Code(id="costs", group="reasons", label="Costs", heading=True)
    >>> rent = Code(id="rent", group="reasons", label="Rent", parent="costs")
    >>> [(one.code.id, [leaf.code.id for leaf in one.under]) for one in
    ...  code_tree(Codebook(codes=(rent, costs)), "reasons")]
    [('costs', ['rent'])]
    """
    codes = [one for one in codebook.codes if one.group == group]

    def branches(parent: str | None) -> Iterator[Branch]:
        for one in codes:
            if one.parent == parent:
                yield Branch(one, tuple(branches(one.id)))

    return tuple(branches(None))


def code_colours(codebook: Codebook) -> Mapping[str, str]:
    """Return the colour of each code, `#rrggbb`: its own, else the next of the palette that no code has as its own.

    A heading has a colour only where it has one of its own.

    Examples
    --------
    >>> rent = Code(id="rent", group="reasons", label="Rent")
    >>> rain = Code(id="rain", group="reasons", label="Rain", colour="#0072B2")
    >>> dict(code_colours(Codebook(codes=(rent, rain))))
    {'rent': '#e69f00', 'rain': '#0072b2'}
    """
    own = {one.id: one.colour.lower() for one in codebook.codes if one.colour}
    free = (colour for colour in map(PALETTES["benang"].of, range(1, 10_000)) if colour not in own.values())
    used_up = PALETTES["benang"].rest
    return {
        one.id: own.get(one.id) or next(free, used_up) for one in codebook.codes if one.id in own or not one.heading
    }


def qdc(codebook: Codebook, language: Language = "en", *, version: str = "") -> bytes:
    """Return a codebook as a `.qdc` file.

    A code has the same GUID each time, though it be renamed or others be merged into it: programs that import the file
    again know it by that.

    Where there are several groups, each is a code that nothing is coded with, with its own below it. Headings, and
    codes that were retired, can't be coded with either. A framework is a set of the codes that read in it. `version` is
    Benang's.

    Raises
    ------
    BenangError
        For a codebook without codes: the format has none.
    """
    groups = [one for one in codebook.groups if code_tree(codebook, one.id)]
    if not groups:
        way_on = "Add a code: `benang codebook add FOLDER LABEL`."
        raise BenangError(
            Problem("a codebook without codes can't be written as .qdc", where="codebook.toml", way_on=way_on)
        )
    colours = code_colours(codebook)
    lines = ['<?xml version="1.0" encoding="utf-8"?>']
    origin = f"Benang {version}".rstrip()
    lines.append(f'<CodeBook xmlns="{_SPACE}" origin="{escaped(origin)}">')
    lines.append("  <Codes>")
    for group in groups:
        branches = code_tree(codebook, group.id)
        if len(groups) == 1:
            lines += _branches(branches, colours, language, 2)
        else:
            name = _name(group.label.text(language))
            lines.append(f'    <Code guid="{guid_of("group", group.id)}" name="{name}" isCodable="false">')
            lines += _branches(branches, colours, language, 3)
            lines.append("    </Code>")
    lines += ["  </Codes>", *_sets(codebook, language), "</CodeBook>"]
    return ("\n".join(lines) + "\n").encode("utf-8")


def described(code: Code, language: Language) -> str:
    """Return the description of a code: its definition, then each rule and the example under a heading.

    Examples
    --------
    >>> print(described(Code(id="rent", group="reasons", label="Rent", definition="The price rises.",
    ...                      exclude="Taxes."), "en"))
    The price rises.
    <BLANKLINE>
    Not for: Taxes.
    """
    _ = translator(language)
    parts = (code.definition, code.include and _("For: {rule}").format(rule=code.include),
             code.exclude and _("Not for: {rule}").format(rule=code.exclude),
             code.example and _("Example: {quote}").format(quote=code.example))  # fmt: skip
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _branches(
    branches: tuple[Branch, ...], colours: Mapping[str, str], language: Language, depth: int
) -> Iterator[str]:
    """Write codes, each with its description before the codes below it, as the schema has it."""
    indent = "  " * depth
    for branch in branches:
        code = branch.code
        colour = f' color="{colours[code.id]}"' if code.id in colours else ""
        codable = str(code.is_usable).lower()
        name = _name(code.label.text(language))
        start = f'{indent}<Code guid="{guid_of("code", code.first_id)}" name="{name}" isCodable="{codable}"{colour}'
        text = described(code, language)
        if not text and not branch.under:
            yield f"{start}/>"
            continue
        yield f"{start}>"
        if text:
            yield f"{indent}  <Description>{escaped(text)}</Description>"
        yield from _branches(branch.under, colours, language, depth + 1)
        yield f"{indent}</Code>"


def _sets(codebook: Codebook, language: Language) -> Iterator[str]:
    """Write each framework as a set of the codes that read in it."""
    read = {
        framework.id: dict.fromkeys(
            codebook.by_id[one.code].first_id
            for one in codebook.readings
            for item in one.items
            if framework_of(item) == framework.id
        )
        for framework in codebook.frameworks
    }
    if not any(read.values()):
        return
    yield "  <Sets>"
    for framework in codebook.frameworks:
        if read[framework.id]:
            name = _name(framework.label.text(language))
            yield f'    <Set guid="{guid_of("framework", framework.id)}" name="{name}">'
            yield from (f'      <MemberCode guid="{guid_of("code", one)}"/>' for one in read[framework.id])
            yield "    </Set>"
    yield "  </Sets>"


def _name(label: str) -> str:
    return escaped(" ".join(label.split()))
