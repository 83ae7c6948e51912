"""How far coders agree, as numbers that open: who said what of which units, and the coefficients made of that.

The numbers of a comparison have a room of their own, `agreement/codes/CODE/…`, `agreement/values/VARIABLE/…` or
`agreement/screening/STAGE/…`; what two screeners alone decided is counted in `agreement/STAGE/ONE/OTHER/…` already
(`screening.comparisons`), which is used again. A coefficient opens the units on which coders differ, with the passages
of all of them, and is made of the counts by coder and label, so that anyone can compute it again from `evidence.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, cast

from benang.agreement.comparison import Agreement, Comparison
from benang.agreement.ratings import Coefficient, Label, Level, Name
from benang.coding.cases import is_of_studies
from benang.coding.comparisons import YES
from benang.coding.placed import passage_of
from benang.evidence import Number, Operand, Passage, Rule, RuleName, count, made_by
from benang.judgements.events import NOT_REPORTED
from benang.locale import Language, translator
from benang.locale.writing import in_language
from benang.project.folder import Document
from benang.screening.decision_sheets import verdict_word
from benang.synthesis.findings import Findings
from benang.synthesis.number_ids import UNREPORTED
from benang.synthesis.wording import Wording

if TYPE_CHECKING:
    from benang.judgements.events import Verdict

_ROOMS = {
    "code": "codes",
    "group": "groups",
    "variable": "values",
    "appraisal": "values",
    "screening": "screening",
}
_OF_PAIRS = {"units": "both", "percent": "share", "kappa": "kappa"}
"""What `screening.comparisons` counts of two reviewers already, and how it calls it."""

SHOWN: Mapping[Name, str] = {
    "percent": "percent",
    "cohen": "kappa",
    "conger": "kappa",
    "ac1": "ac1",
    "alpha": "alpha",
    "u-alpha": "u-alpha",
}
"""The coefficients that are numbers, with the last part of their ids."""
_RULES: Mapping[Name, RuleName] = {
    "percent": "percent-agreement",
    "conger": "congers-kappa",
    "ac1": "gwets-ac1",
    "alpha": "krippendorffs-alpha",
}
"""The rules of those that are made of what each coder said; Cohen's kappa and u-alpha have parts of their own."""


def is_shown(comparison: Comparison) -> bool:
    """Tell whether a report has a row for a comparison: several coders share a unit, and it is no set of codes."""
    return comparison.kind != "group" and bool(comparison.ratings.compared)


def is_of_pair(comparison: Comparison) -> bool:
    """Tell whether it compares two of several reviewers of a stage, who are compared all together as well."""
    return comparison.kind == "screening" and "/" in comparison.id


def parts_of(agreements: Iterable[Agreement], wording: Wording) -> tuple[tuple[str, tuple[Agreement, ...]], ...]:
    """Part what reports show into groups of codes, forms of variables, and the screening, under their headings."""
    _, codebook = wording.gettext, wording.findings.codebook
    forms = {form.id: form.label.text(wording.language) for form in codebook.forms}
    parts: dict[str, list[Agreement]] = {}
    for one in agreements:
        of = one.comparison
        if of.kind == "code":
            heading = wording.labels.group(of.group)
        elif of.kind == "screening":
            heading = _("Screening")
        else:
            heading = forms.get(of.group) or _("Variables")
        if is_shown(of):
            parts.setdefault(heading, []).append(one)
    return tuple((heading, tuple(of)) for heading, of in parts.items())


def number_id(comparison: Comparison, *what: str) -> str:
    """Name a number of a comparison: `units`, `differing`, `kappa` and so on.

    Examples
    --------
    >>> from benang.agreement.ratings import Ratings
    >>> two = Ratings(("ani", "budi"), ("r1",), (("include", "exclude"),))
    >>> rent, titles = Comparison("code", "rent", "Rent", two), Comparison("screening", "full-text", "full text", two)
    >>> number_id(rent, "alpha"), number_id(titles, "alpha"), number_id(titles, "percent")
    ('agreement/codes/rent/alpha', 'agreement/screening/full-text/alpha', 'agreement/full-text/ani/budi/share')
    """
    coders = comparison.ratings.coders
    if comparison.kind == "screening" and len(coders) == 2 and what[0] in _OF_PAIRS:
        stage = comparison.id.partition("/")[0]
        return "/".join(("agreement", stage, *coders, _OF_PAIRS[what[0]]))
    return "/".join(("agreement", _ROOMS[comparison.kind], comparison.id, *what))


def with_agreements(findings: Findings, agreements: Sequence[Agreement], wording: Wording) -> Findings:
    """Add the agreement of coders to what a review found: its numbers, what they are of, and who said what.

    Passages that a consensus has set aside count in no other number. Those behind a disagreement are added to the
    passages that open.
    """
    if not agreements:
        return findings
    numbers, titles = dict(findings.evidence.numbers), dict(findings.titles)
    said = dict(findings.said)
    for one in agreements:
        made = {number.id: number for number in agreement_numbers(one, findings)}
        numbers |= {key: number for key, number in made.items() if key not in numbers}
        titles |= {key: text for key, text in _titles(one, wording) if key in made and key not in titles}
        said |= {key: texts for key, texts in _said(one, wording).items() if texts}
    evidence = replace(
        findings.evidence, numbers=dict(sorted(numbers.items())), passages=_passages(findings, numbers.values())
    )
    return replace(findings, evidence=evidence, titles=titles, said=said, agreements=tuple(agreements))


def _passages(findings: Findings, numbers: Iterable[Number]) -> Mapping[str, Passage]:
    aside = {one.id: one for one in findings.coded.placed.set_aside}
    opened = {name for number in numbers for name in number.passages if name in aside}
    return {**findings.evidence.passages, **{name: passage_of(aside[name]) for name in sorted(opened)}}


@dataclass(frozen=True)
class _Counting:
    """A comparison that is counted; `places` has the document of each passage that is at its place."""

    of: Comparison
    unit: str
    places: Mapping[str, str]
    documents: Mapping[str, Document]

    def behind(self, units: Iterable[str], *coders: str) -> list[str]:
        """Return the passages of some units, of all coders or of some."""
        among = set(units)
        return [
            name
            for (unit, coder), names in self.of.passages.items()
            if unit in among and (not coders or coder in coders)
            for name in names
            if name in self.places
        ]

    def number(self, what: str, units: Iterable[str]) -> Number:
        """Count units of a kind."""
        return count(number_id(self.of, what), units, unit=self.unit)

    def given(self) -> dict[tuple[str, Label], Number]:
        """Count the units that each rater gave each label, by both; also units that nobody else has labelled.

        Labels come in the order of their scale.
        """
        ratings, given = self.of.ratings, dict[tuple[str, Label], Number]()
        for coder in raters(self.of):
            at = ratings.coders.index(coder)
            by_label: dict[Label, list[str]] = {}
            for unit, row in zip(ratings.units, ratings.rows, strict=True):
                if (label := row[at]) is not None:
                    by_label.setdefault(label, []).append(unit)
            for number, label in enumerate(ratings.categories_or_found, 1):
                units = by_label.get(label, [])
                name = number_id(self.of, "coders", coder, _as_part(label, number))
                given[coder, label] = count(name, units, unit=self.unit, passages=self.behind(units, coder))
        said = {label for (_coder, label), number in given.items() if number.of}
        return {place: number for place, number in given.items() if place[1] in said}

    def read(self) -> Iterator[Number]:
        """Count the documents in which several coders looked for a code, by coder, with what each marked there."""
        every = {unit for unit, _coder in self.of.passages}
        for coder in raters(self.of) if self.of.continua else ():
            paths = {one.document for one in self.of.continua if coder in one.spans}
            marked = [name for name in self.behind(every, coder) if self.places[name] in paths]
            yield count(number_id(self.of, "coders", coder, "documents"), paths, unit="documents", passages=marked)

    def rule(self, name: Name, given: Mapping[tuple[str, Label], Number], read: tuple[str, ...]) -> Rule:
        """Return how a coefficient is made of what each coder said, or of the documents that each has read."""
        coders = tuple(dict.fromkeys(coder for coder, _label in given))
        ids = [tuple(number.id for (who, _), number in given.items() if who == coder) for coder in coders]
        if name == "cohen":
            return made_by("cohens-kappa", whole=number_id(self.of, "units"), one=ids[0], other=ids[1])
        if name == "u-alpha":
            ends = tuple(len(self.documents[one.document].text) for one in self.of.continua)
            return made_by(
                "unitizing-alpha",
                read=read,
                documents=tuple(one.document for one in self.of.continua),
                starts=tuple(end - one.length for end, one in zip(ends, self.of.continua, strict=True)),
                ends=ends,
            )
        labels = tuple(dict.fromkeys(str(label) for _coder, label in given))
        level: dict[str, Operand] = {"level": self.of.ratings.level} if name == "alpha" else {}
        return made_by(_RULES[name], **level, coders=coders, labels=labels, given=tuple(chain.from_iterable(ids)))


def _as_part(label: Label, number: int) -> str:
    """Return a label as a part of an id; free words by their number among the labels."""
    if label == NOT_REPORTED:
        return UNREPORTED
    return str(label) if re.fullmatch(r"[\w.+-]+", str(label)) else f"label-{number}"


def agreement_numbers(agreement: Agreement, findings: Findings) -> Iterator[Number]:
    """Give the numbers of a comparison: its units, what each coder said of them, and its coefficients."""
    of, placed = agreement.comparison, findings.coded.placed
    places = {one.id: one.document for one in placed.set_aside}
    places |= {name: one.document for name, one in placed.passages.items()}
    counting = _Counting(of, unit_of(of, findings), places, findings.documents)
    yield counting.number("units", of.ratings.compared)
    if of.kind != "code":  # the group of a code has them for all its codes
        yield counting.number("unseen", of.unseen)
        yield counting.number("set-aside", of.set_aside)
    if not is_shown(of):
        return
    among, behind = of.ratings.differing, counting.behind(of.ratings.differing)
    differing = count(number_id(of, "differing"), among, unit=counting.unit, passages=behind)
    given, read = counting.given(), tuple(counting.read())
    yield from (differing, counting.number("settled", set(of.settled).intersection(among)), *given.values(), *read)
    for one in agreement.coefficients:
        if one.name in SHOWN and one.value is not None:
            rule = counting.rule(one.name, given, tuple(number.id for number in read))
            unit = "share" if one.name == "percent" else "coefficient"
            name = number_id(of, SHOWN[one.name])
            yield Number(name, round(one.value, 6), unit, differing.of, differing.passages, rule)


def unit_of(comparison: Comparison, findings: Findings) -> str:
    """Name what is compared: cases, studies that are appraised, records or reports that are screened."""
    if comparison.kind == "screening":
        return "records" if comparison.group == "title-abstract" else "reports"
    of_studies = is_of_studies(comparison.id, findings.codebook, findings.cases)
    return "studies" if comparison.kind == "appraisal" and of_studies else "cases"


def raters(comparison: Comparison) -> tuple[str, ...]:
    """Return the coders who share a unit with somebody; nobody else counts in a coefficient."""
    ratings = comparison.ratings
    shared = [row for row in ratings.rows if sum(label is not None for label in row) > 1]
    return tuple(coder for at, coder in enumerate(ratings.coders) if any(row[at] is not None for row in shared))


def label_word(comparison: Comparison, label: Label, wording: Wording) -> str:
    """Return how a label reads: a code is coded or not, a verdict and a level have their words."""
    _ = wording.gettext
    if comparison.kind == "code":
        return _("coded") if label == YES else _("not coded")
    if comparison.kind == "screening":
        return verdict_word(cast("Verdict", label), wording.language)
    if label == NOT_REPORTED:
        return _("looked for, not reported")
    return wording.labels.level(comparison.id, str(label))


def coefficient_words(language: Language) -> Mapping[Name, str]:
    """Return what the coefficients of a report are called."""
    _ = translator(language)
    return {
        "percent": _("percent agreement"),
        "cohen": _("Cohen's kappa"),
        "conger": _("Conger's kappa"),
        "ac1": _("Gwet's AC1"),
        "alpha": _("Krippendorff's alpha"),
        "u-alpha": _("uα on the characters marked"),
    }


def level_words(language: Language) -> Mapping[Level, str]:
    """Return the levels of measurement in words."""
    _ = translator(language)
    return {"nominal": _("nominal"), "ordinal": _("ordinal"), "interval": _("interval"), "ratio": _("ratio")}


def _titles(agreement: Agreement, wording: Wording) -> Iterator[tuple[str, str]]:
    """Give what each number is of, by its id."""
    _, of = wording.gettext, agreement.comparison
    what = of.label[:1].upper() + of.label[1:]
    texts = {
        "units": _("{what}: compared between coders"),
        "differing": _("{what}: coders differ"),
        "settled": _("{what}: coders differ, settled by consensus"),
        "unseen": _("{what}: looked at by one coder alone"),
        "set-aside": _("{what}: by several coders, and not compared"),
    }
    yield from ((number_id(of, name), text.format(what=what)) for name, text in texts.items())
    words = coefficient_words(wording.language)
    yield from ((number_id(of, SHOWN[one.name]), f"{what}: {words[one.name]}") for one in _shown(agreement))
    for coder in raters(of):
        for number, label in enumerate(of.ratings.categories_or_found, 1):
            said = f"{what}, {coder}: {label_word(of, label, wording)}"
            yield number_id(of, "coders", coder, _as_part(label, number)), said
        documents = _("{what}: documents in which {coder} looked for it").format(what=what, coder=coder)
        yield number_id(of, "coders", coder, "documents"), documents


def _shown(agreement: Agreement) -> list[Coefficient]:
    return [one for one in agreement.coefficients if one.name in SHOWN]


def _said(agreement: Agreement, wording: Wording) -> Mapping[str, Mapping[str, str]]:
    """Return what coders said of units, by the ids of the numbers that open them, and why units are set aside."""
    of, ratings = agreement.comparison, agreement.comparison.ratings
    among = frozenset(ratings.differing)
    said: dict[str, str] = {}
    for unit, row in zip(ratings.units, ratings.rows, strict=True):
        if unit in among:
            pairs = zip(ratings.coders, row, strict=True)
            words = (
                f"{coder}: {_noted(of, unit, coder, label, wording)}" for coder, label in pairs if label is not None
            )
            said[unit] = "; ".join(words)
    names = ("differing", "settled", *(SHOWN[one.name] for one in _shown(agreement)))
    reasons = {unit: in_language(why, wording.language) for unit, why in of.set_aside.items()}
    return {**{number_id(of, name): said for name in names}, number_id(of, "set-aside"): reasons}


def _noted(of: Comparison, unit: str, coder: str, label: Label, wording: Wording) -> str:
    note = of.notes.get((unit, coder), "")
    word = label_word(of, label, wording)
    return f"{word} ({note})" if note else word
