"""How numbers, studies and ids read in a sentence, in the language asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from benang.coding.coded import are_told_as_group
from benang.evidence import Number, Passage
from benang.kinds import KINDS
from benang.locale import Language, Translator, translator
from benang.locale.writing import counted, listed
from benang.records.names import short_citation
from benang.synthesis.findings import Findings, State

UNNAMED = frozenset({"share", "index", "year", "z", "times", "exponent", "distance"})
"""Units that have no word of their own: such a number says by its form, or its title, what it is."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words for what a review found, in one language."""

    findings: Findings
    language: Language = "en"

    @property
    def gettext(self) -> Translator:
        """The function that looks a text up."""
        return translator(self.language)

    def unit(self, unit: str, n: float) -> str:
        """Return the word for what is counted, in the form that goes with the number."""
        words = {
            "cases": counted("case", "cases", n, self.language),
            "studies": counted("study", "studies", n, self.language),
            "records": counted("record", "records", n, self.language),
            "rows": counted("row", "rows", n, self.language),
            "years": counted("year", "years", n, self.language),
            "citations": counted("citation", "citations", n, self.language),
            "works": counted("work", "works", n, self.language),
        }
        if unit in KINDS and KINDS[unit].one:
            return counted(KINDS[unit].one, KINDS[unit].many, n, self.language)
        return "" if unit in UNNAMED else words.get(unit, unit)

    def counted(self, n: float, unit: str) -> str:
        """Write a number with what it counts: `5 cases`, `1 study`, `5 kasus`."""
        return f"{n} {self.unit(unit, n)}".rstrip()

    def amount(self, number: Number) -> str:
        """Write a number with what it counts, and how many of its cases are told of only together with others."""
        said, grouped = self.counted(number.value, number.unit), self._told_as_group(number)
        if not grouped:
            return said
        _ = self.gettext
        return _("%(amount)s, %(grouped)s of them told only as part of a group") % {"amount": said, "grouped": grouped}

    def _told_as_group(self, number: Number) -> int:
        told: dict[str, list[Passage]] = {}
        for passage in (self.findings.evidence.passages[one] for one in number.passages):
            told.setdefault(passage.case, []).append(passage)
        return sum(map(are_told_as_group, told.values())) if number.unit == "cases" else 0

    def listed(self, words: Iterable[str]) -> str:
        """Join words as a sentence does: `a, b and c`."""
        return listed(words, self.language)

    def study(self, key: str) -> str:
        """Cite a study in a sentence: `Erika and Nurika (2020)`; by its key where no record has it."""
        if not self.findings.corpus.has(key):
            return key
        return short_citation(self.findings.corpus.record(key), self.language)

    def case(self, key: str) -> str:
        """Name a case by its places; by its id where there is no such case."""
        case = self.findings.cases.by_id.get(key)
        return case.name(self.language) if case else key

    def code(self, key: str) -> str:
        """Give the label of a code or a variable; its id where the codebook has none."""
        held = self.findings.codebook.by_id.get(key) or self.findings.codebook.variable(key)
        return held.label.text(self.language) if held else key

    def group(self, key: str) -> str:
        """Give the label of a group of codes; its id where the codebook has none."""
        held = self.findings.codebook.group(key)
        return held.label.text(self.language) if held else key

    def level(self, variable: str, value: str) -> str:
        """Give the label of a level of a variable; the value itself where the codebook has no such level."""
        held = self.findings.codebook.variable(variable)
        levels = {level.id: level.label for level in held.levels} if held else {}
        return levels[value].text(self.language) if value in levels else value

    def row(self, key: str) -> str:
        """Give the label of a row of a printed table, `TABLE/ROW`; the id itself where the codebook has no such row."""
        labels = {f"{row.table}/{row.row}": row.label for row in self.findings.codebook.rows}
        return labels[key].text(self.language) if key in labels else key

    def state(self, state: State) -> str:
        """Give the word for the state of a cell."""
        return state_words(self.language)[state]


def state_words(language: Language) -> dict[State, str]:
    """Return the words for the states of a cell, in the order in which a key shows them."""
    _ = translator(language)
    return {
        "evidence": _("evidence"),
        "counter-evidence": _("counter-evidence"),
        "not-reported": _("looked for, not reported"),
        "not-looked": _("not looked for"),
    }
