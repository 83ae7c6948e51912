"""How numbers, studies and ids read in a sentence, in the language asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benang.evidence import Number
from benang.locale import Translator, catalogue, translator
from benang.project.toml_files import Language
from benang.records.record import Record
from benang.synthesis.findings import Findings, State


@dataclass(frozen=True, slots=True)
class Wording:
    """The words for what a review found, in one language."""

    findings: Findings
    language: Language = "en"

    @property
    def gettext(self) -> Translator:
        """The function that looks a text up."""
        return translator(self.language)

    def counted(self, n: int | float, unit: str) -> str:
        """Write a number with what it counts: `5 cases`, `1 study`, `5 kasus`."""
        ngettext = catalogue(self.language).ngettext
        words = {
            "cases": ngettext("case", "cases", 1 if n == 1 else 2),
            "studies": ngettext("study", "studies", 1 if n == 1 else 2),
            "records": ngettext("record", "records", 1 if n == 1 else 2),
            "codes": ngettext("code", "codes", 1 if n == 1 else 2),
            "rows": ngettext("row", "rows", 1 if n == 1 else 2),
            "years": ngettext("year", "years", 1 if n == 1 else 2),
        }
        return f"{n} {words.get(unit, unit)}"

    def amount(self, number: Number) -> str:
        """Write a number with what it counts."""
        return self.counted(number.value, number.unit)

    def listed(self, words: Iterable[str]) -> str:
        """Join words as a sentence does: `a, b and c`."""
        _ = self.gettext
        held = list(words)
        if len(held) < 2:
            return "".join(held)
        return _("%(first)s and %(last)s") % {"first": ", ".join(held[:-1]), "last": held[-1]}

    def study(self, key: str) -> str:
        """Cite a study in a sentence: `Erika and Nurika (2020)`; by its key where no record has it."""
        if key not in self.findings.corpus.keys:
            return key
        record = self.findings.corpus.record(key)
        return f"{self.authors(record)} ({record.year or self.gettext('n.d.')})"

    def authors(self, record: Record) -> str:
        """Name the authors of a record as a citation does; by its title where it has none."""
        names = family_names(record)
        if not names:
            return f"“{record.title}”" if record.title else record.key
        return self.listed(names) if len(names) < 3 else f"{names[0]} {self.gettext('et al.')}"

    def case(self, key: str) -> str:
        """Name a case by its places; by its id where there is no such case."""
        case = self.findings.cases.by_id.get(key)
        return case.name if case else key

    def code(self, key: str) -> str:
        """Give the label of a code or a variable; its id where the codebook has none."""
        held = self.findings.codebook.by_id.get(key) or self.findings.codebook.variable(key)
        return held.label.text(self.language) if held else key

    def state(self, state: State) -> str:
        """Give the word for the state of a cell."""
        _ = self.gettext
        return {
            "evidence": _("evidence"),
            "counter-evidence": _("counter-evidence"),
            "not-reported": _("looked for, not reported"),
            "not-looked": _("not looked for"),
        }[state]


def family_names(record: Record) -> Sequence[str]:
    """Return the family names of a record's authors: what stands before the comma, or all of a name without one.

    Examples
    --------
    >>> family_names(Record("q", authors=("Qisty Adinda, J. F. A.", "Masrohatun")))
    ['Qisty Adinda', 'Masrohatun']
    """
    return [author.partition(",")[0].strip() for author in record.authors]
