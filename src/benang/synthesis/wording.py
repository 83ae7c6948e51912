"""What numbers are of, and how they and states read in a sentence, in one language; ids read as `Labels` has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from benang.coding.codebook import Framework
from benang.coding.coded import are_told_as_group
from benang.coding.labels import Labels
from benang.evidence import Number, Passage
from benang.kinds import KINDS
from benang.locale import Language, Translator, translator
from benang.locale.writing import counted, listed
from benang.project.toml_files import Label
from benang.synthesis.findings import STATES, Findings, State
from benang.synthesis.number_ids import filter_named, parts_of

UNNAMED = frozenset({"share", "index", "year", "z", "times", "exponent", "distance", "kappa", "coefficient"})
"""Units without a word: the form or title of such a number says what it is."""


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
            "reports": counted("report", "reports", n, self.language),
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
        text, grouped = self.counted(number.value, number.unit), self._told_as_group(number)
        if not grouped:
            return text
        _ = self.gettext
        return _("%(amount)s, %(grouped)s of them reported only as part of a group") % {
            "amount": text,
            "grouped": grouped,
        }

    def _told_as_group(self, number: Number) -> int:
        by_case: dict[str, list[Passage]] = {}
        for passage in (self.findings.evidence.passages[one] for one in number.passages):
            by_case.setdefault(passage.case, []).append(passage)
        return sum(map(are_told_as_group, by_case.values())) if number.unit == "cases" else 0

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


def number_title(name: str, wording: Wording) -> str:
    """Say in a few words what a number is of: `factors/pandemic/cases` is `Covid-19 pandemic`.

    What is counted, cases or studies, is given with the number (`Wording.amount`), not in its title. An id that follows
    none of the forms of `synthesis.number_ids` is its own title.
    """
    if name in wording.findings.titles:
        return wording.findings.titles[name]
    parts = parts_of(name)
    first, last = parts[0], parts[-1]
    if first in {"appraisal", "where"} and len(parts) > 2:
        return _filtered(parts, wording) if first == "where" else _appraised(parts, wording)
    if first in {"association", "maps", "mentions"}:
        return _associated(name, wording)
    if first in {"records", "studies", "scope"} or name == "cases/all":
        return _whole(name, wording)
    if first == "years":
        return _year(parts, wording)
    if first == "cases":
        return _case(parts, wording)
    if first == "frameworks":
        return _framework(parts, wording)
    if last == "rows" or first in {row.table for row in wording.findings.codebook.rows}:
        return _printed(parts, wording)
    if wording.findings.codebook.group(first):
        return _code(parts, wording)
    return _variable(parts, wording)


def _whole(name: str, wording: Wording) -> str:
    _ = wording.gettext
    return {
        "records/all": _("Records of the review"),
        "records/without-year": _("Records without a year of publication"),
        "studies/all": _("Studies that report a case"),
        "cases/all": _("Cases of the review"),
        "scope/group/cases": _("Cases that studies report only as part of a group"),
    }.get(name, name)


def _year(parts: list[str], wording: Wording) -> str:
    _ = wording.gettext
    if parts[1] == "none":
        return (
            _("Studies without a year of publication")
            if parts[-1] == "studies"
            else _("Records without a year of publication")
        )
    text = _("Studies of %(year)s") if parts[-1] == "studies" else _("Records of %(year)s")
    return text % {"year": parts[1]}


def _case(parts: list[str], wording: Wording) -> str:
    _ = wording.gettext
    group = parts[-1].removeprefix("without-")
    if len(parts) == 2:
        return _("None of: %(group)s") % {"group": wording.labels.group(group)}
    return f"{wording.labels.case(parts[1])}, {wording.labels.group(group)}"


def _code(parts: list[str], wording: Wording) -> str:
    _ = wording.gettext
    if parts[-1] == "codes":
        return _("%(group)s in use") % {"group": wording.labels.group(parts[0])}
    return _title(wording.labels.code(parts[1]), parts[-1], wording)


def _title(label: str, unit: str, wording: Wording) -> str:
    _ = wording.gettext
    titles = {
        "group-cases": _("%(label)s, reported only as part of a group"),
        "contradicting-cases": _("%(label)s, contradicted in a passage"),
        "mentioning-cases": _("%(label)s, only mentioned in a passage"),
    }
    return titles[unit] % {"label": label} if unit in titles else label


def _printed(parts: list[str], wording: Wording) -> str:
    _ = wording.gettext
    codebook = wording.findings.codebook
    if parts[-1] == "rows":
        sides = {side.id: side.label for group in codebook.groups for side in group.sides}
        side = _label(sides.get(parts[1]), parts[1], wording)
        return _("Rows of the printed table: %(side)s") % {"side": side}
    return _title(f"{parts[1]}. {wording.labels.row('/'.join(parts[:2]))}", parts[-1], wording)


def _framework(parts: list[str], wording: Wording) -> str:
    _ = wording.gettext
    framework = next((one for one in wording.findings.codebook.frameworks if one.id == parts[1]), None)
    if framework is None:
        return "/".join(parts)
    label = framework.label.text(wording.language)
    if parts[-1] == "any-evidence":
        return _("%(framework)s: evidence for at least one item") % {"framework": label}
    if parts[-1] == "any-counter-evidence":
        return _("%(framework)s: counter-evidence for at least one item") % {"framework": label}
    if parts[-1] == "without-evidence":
        return _("%(framework)s: evidence for none of the items") % {"framework": label}
    return f"{label}, {_item(framework, parts[2], wording)}: {_state(parts[-1], wording)}"


def _item(framework: Framework, name: str, wording: Wording) -> str:
    return _label(next((item.label for item in framework.items if item.id == name), None), name, wording)


def _state(name: str, wording: Wording) -> str:
    known: dict[str, State] = {state: state for state in STATES}
    return wording.state(known[name]) if name in known else name


def _variable(parts: list[str], wording: Wording) -> str:
    _ = wording.gettext
    variable = wording.findings.codebook.variable(parts[0])
    if variable is None or len(parts) < 3:
        return "/".join(parts)
    fixed = {"reported": _("reported"), "not-reported": _("looked for, not reported")}
    return f"{wording.labels.code(variable.id)}: {fixed.get(parts[1]) or wording.labels.level(variable.id, parts[1])}"


def _filtered(parts: list[str], wording: Wording) -> str:
    return f"{number_title('/'.join(parts[2:]), wording)} ({filter_words(filter_named(parts[1]), wording)})"


def filter_words(where: Mapping[str, Sequence[str]], wording: Wording) -> str:
    """Say which cases a filter chooses: `Risk: good or some concerns; Design: survey`."""
    _ = wording.gettext
    chosen = []
    for name, values in where.items():
        variable = wording.findings.codebook.variable(name)
        levels = {level.id for level in variable.levels} if variable else set()
        marks = mark_words(wording.language)
        words = [wording.labels.level(name, one) if one in levels else marks.get(one, one) for one in values]
        chosen.append(f"{wording.labels.code(name)}: {_(' or ').join(words)}")
    return "; ".join(chosen)


def filtered_caption(caption: str, where: Mapping[str, Sequence[str]], wording: Wording) -> str:
    """Say in a caption which cases are counted, and how many of all these are; the caption itself where all are."""
    if not where:
        return caption
    _, findings = wording.gettext, wording.findings
    text = _("{caption} ({n} of {all} cases, only {filter})")
    n, every = len(findings.within(where).cases.cases), len(findings.cases.cases)
    return text.format(caption=caption.rstrip("."), filter=filter_words(where, wording), n=n, all=every)


def _appraised(parts: list[str], wording: Wording) -> str:
    """Say what a number of an appraisal is of; the key of a study may have slashes itself."""
    if parts[2] == "items":
        return f"{wording.labels.code(parts[3])}: {mark_words(wording.language).get(parts[4], parts[4])}"
    return f"{wording.labels.case('/'.join(parts[3:-1]))}: {wording.labels.code(parts[-1])}"


def mark_words(language: Language) -> dict[str, str]:
    """Return the words for the marks of an appraisal, in the order in which a key shows them."""
    _ = translator(language)
    return {
        "good": _("good"),
        "some": _("some concerns"),
        "poor": _("poor"),
        "unclear": _("unclear"),
        "not-applicable": _("does not apply"),
        "not-reported": _("looked for, not reported"),
        "not-looked": _("not appraised"),
    }


def _label(label: Label | None, name: str, wording: Wording) -> str:
    return label.text(wording.language) if label else name


def _associated(name: str, wording: Wording) -> str:
    """Say in a few words what a number of an association or of mentions is of; its id where it follows no form.

    An item may have slashes itself.
    """
    first, *rest = parts_of(name)
    if first == "maps" and len(rest) >= 4:
        return f"{'/'.join(rest[2:-1])}: {wording.labels.code(rest[1])}"
    if first == "association" and len(rest) >= 3:
        return _of_association(rest, wording) or name
    if first == "mentions" and len(rest) >= 2:
        return _of_mentions(rest, wording) or name
    return name


def _of_association(rest: list[str], wording: Wording) -> str:
    _ = wording.gettext
    part, members = rest[1], rest[2:-1]
    if part == "all":
        return _("Coded studies with keywords or terms")
    if part == "none":
        return _("Coded studies without keywords or terms")
    if part == "items":
        return "/".join(members)
    if part == "codes":
        return wording.labels.code("/".join(members))
    if part == "pairs" and len(members) >= 2:
        pair = {"item": "/".join(members[1:]), "code": wording.labels.code(members[0])}
        return _("%(item)s and %(code)s") % pair
    return ""


def _of_mentions(rest: list[str], wording: Wording) -> str:
    _ = wording.gettext
    if rest == ["all", "studies"]:
        return _("Coded studies")
    if rest == ["abstracts", "studies"]:
        return _("Coded studies with an abstract")
    titles = {
        "talked": _("%(what)s, mentioned in title, abstract or keywords"),
        "evidenced": _("%(what)s, reported in a passage"),
        "both": _("%(what)s, mentioned and reported in a passage"),
        "unread": _("%(what)s, mentioned in records that are not coded"),
    }
    if rest[-1] not in titles:
        return ""
    what = "/".join(rest[1:-1])
    return titles[rest[-1]] % {"what": wording.labels.code(what) if rest[0] == "codes" else what}
