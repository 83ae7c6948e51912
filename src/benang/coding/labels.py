"""How the vocabulary of a review is shown: what its ids are called, and its codes as a tree in their colours.

The codebook goes to NVivo, ATLAS.ti, MAXQDA and QualCoder in REFI-QDA's words: a name, a colour, a description and the
codes below for each code; rules and examples are in the description, under headings of their own (`description_of`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from benang.coding.cases import Cases, CaseValue, text_of
from benang.coding.codebook import Code, Codebook, framework_of
from benang.evidence import Passage
from benang.locale import Language, translator
from benang.looks.appearance import PALETTES
from benang.project.toml_files import Label
from benang.qda import CodeParts, Ids, Project, ProjectCode, ProjectSet, description_of, refi_writing
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


def qdc(codebook: Codebook, language: Language = "en", *, version: str = "", ids: Ids | None = None) -> bytes:
    """Return a codebook as a `.qdc` file: its codes (`sent_codes`), and its frameworks as sets of the codes in them.

    `version` is Benang's.

    Raises
    ------
    BenangError
        For a codebook without codes: the format has none.
    """
    ids = ids or Ids()
    codes, sets = sent_codes(codebook, language, ids=ids), sent_frameworks(codebook, language, ids=ids)
    return refi_writing.qdc(Project(origin=f"Benang {version}".rstrip(), codes=codes, sets=sets))


def sent_codes(
    codebook: Codebook, language: Language = "en", *, ids: Ids, coded: Collection[str] = ()
) -> tuple[ProjectCode, ...]:
    r"""Return the codes of a codebook as other programs have them, each below its heading.

    A code has the same GUID each time, though it be renamed or others be merged into it: programs that import the file
    again know it by that. Where there are several groups, or one that came from such a program, each is a code that
    nothing is coded with, with its own below it; but for a group that an import made for codes that were in none.
    Headings, and retired codes that none of the `coded` passages carries,
    can't be coded with either. Where the language is English, the Indonesian label is in the description.

    Examples
    --------
    >>> rent = Code(id="rent", group="reasons", label="Rent", include="Any rise.", colour="#0072B2")
    >>> (sent,) = sent_codes(Codebook(groups=({"id": "reasons", "label": "Reasons"},), codes=(rent,)), ids=Ids())
    >>> sent.name, sent.description, sent.colour, sent.is_codable
    ('Rent', '[Include]\nAny rise.', '#0072b2', True)
    """
    colours = code_colours(codebook)
    groups = [group for group in codebook.groups if any(one.group == group.id for one in codebook.codes)]
    sent = []
    for group in groups:
        above = ""
        is_made = all(ids.knows("code", one.first_id) for one in codebook.codes if one.group == group.id)
        if ids.knows("group", group.id) or (len(groups) > 1 and not is_made):
            above = ids.guid("group", group.id)
            parts = CodeParts(label_id=_indonesian(group.label, language))
            name = _name(group.label.text(language))
            sent.append(ProjectCode(above, name, description=description_of(parts), is_codable=False))
        for code in _top_down(code_tree(codebook, group.id)):
            parent = ids.guid("code", codebook.by_id[code.parent].first_id) if code.parent else above
            parts = CodeParts(
                code.definition, code.include, code.exclude, code.example, _indonesian(code.label, language)
            )
            sent.append(
                ProjectCode(
                    ids.guid("code", code.first_id),
                    _name(code.label.text(language)),
                    parent,
                    description_of(parts),
                    colours.get(code.id, ""),
                    code.is_usable or (code.id in coded and not code.heading),
                )
            )
    return tuple(sent)


def sent_frameworks(codebook: Codebook, language: Language = "en", *, ids: Ids) -> tuple[ProjectSet, ...]:
    """Return each framework that codes read in as a set of these codes."""
    sets = []
    for framework in codebook.frameworks:
        codes = dict.fromkeys(
            codebook.by_id[one.code].first_id
            for one in codebook.readings
            for item in one.items
            if framework_of(item) == framework.id
        )
        if codes:
            name = _name(framework.label.text(language))
            members = tuple(ids.guid("code", one) for one in codes)
            sets.append(ProjectSet(ids.guid("framework", framework.id), name, codes=members))
    return tuple(sets)


def _top_down(branches: Iterable[Branch]) -> Iterator[Code]:
    for branch in branches:
        yield branch.code
        yield from _top_down(branch.under)


def _indonesian(label: Label, language: Language) -> str:
    """Return the Indonesian of a label that is sent in English, where it differs."""
    text = label.text("id")
    return text if language == "en" and text != label.text("en") else ""


def _name(label: str) -> str:
    return " ".join(label.split())
