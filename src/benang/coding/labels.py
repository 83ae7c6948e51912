"""How the vocabulary of a review is shown: what its ids are called, and its codes as a tree in their colours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benang.coding.cases import Cases, CaseValue, text_of
from benang.coding.codebook import Code, Codebook
from benang.evidence import Passage
from benang.locale import Language, translator
from benang.looks.colours import PALETTES
from benang.records.corpus import Corpus
from benang.records.names import short_citation


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
    """A code and what stands under it."""

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
    return {one.id: own.get(one.id) or next(free) for one in codebook.codes if one.id in own or not one.heading}
