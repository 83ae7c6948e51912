"""How numbers and states read in a sentence, in the language asked; ids read as `Labels` has it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from benang.coding.coded import are_told_as_group
from benang.coding.labels import Labels
from benang.evidence import Number, Passage
from benang.kinds import KINDS
from benang.locale import Language, Translator, translator
from benang.locale.writing import counted, listed
from benang.synthesis.findings import Findings, State

UNNAMED = frozenset({"share", "index", "year", "z", "times", "exponent", "distance"})
"""Units that have no word of their own: such a number says by its form, or its title, what it is."""


@dataclass(frozen=True)
class Wording:
    """The words for what a review found, in one language."""

    findings: Findings
    language: Language = "en"

    @cached_property
    def labels(self) -> Labels:
        """What cases, codes, groups, levels and studies are called."""
        return Labels(self.findings.codebook, self.findings.cases, self.findings.corpus, self.language)

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
        if unit in KINDS and (noun := KINDS[unit].noun):
            return counted(*noun, n, self.language)
        return "" if unit in UNNAMED else words.get(unit, unit)

    def counted(self, n: float, unit: str) -> str:
        """Write a number with what it counts: `5 cases`, `1 study`, `5 kasus`."""
        return f"{n} {self.unit(unit, n)}".rstrip()

    def amount(self, number: Number) -> str:
        """Write a number with what it counts, and how many of its cases are reported only together with others."""
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
