"""Agreement as it is shown: in JSON, and in the tables and sentences of an account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, cast

from benang.agreement.comparison import (
    RELIABLE,
    TENTATIVE,
    Agreement,
    Comparison,
    Disagreement,
    coefficient,
    conclusion,
    in_words,
    paradox,
)
from benang.agreement.ratings import Coefficient, Label, Name
from benang.coding.comparisons import NO, YES
from benang.evidence import Passage
from benang.judgements.events import NOT_REPORTED
from benang.locale import Language, translator
from benang.locale.writing import counted, in_language, listed, numeral, worded
from benang.screening.decision_sheets import verdict_word
from benang.tasks.account import Account, Note, Table

if TYPE_CHECKING:
    from benang.judgements.events import Stage, Verdict


@dataclass(frozen=True)
class Agreed:
    """How far coders agree, thing by thing, and where they don't, the worst first.

    `names` are what units are called, `groups` what groups of codes are, `labels` what levels of variables are;
    `passages` are those that coders quoted. `looked` says how many cases each coder has marked as done, coded, and
    given a value; `stage` is that which alone was asked for.
    """

    agreements: tuple[Agreement, ...]
    disagreements: tuple[Disagreement, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[tuple[str, Label], str] = field(default_factory=dict)
    passages: Mapping[str, Passage] = field(default_factory=dict)
    looked: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    stage: Stage | None = None
    language: Language = "en"
    account: Account = field(default_factory=Account)

    def as_json(self) -> dict[str, object]:
        """Return coefficients and disagreements as they stand in JSON; what is undefined has a reason and no value."""
        return {
            "format": 1,
            "agreement": [self._row(one) for one in self.agreements],
            "disagreements": [self._disagreement(one) for one in self.disagreements],
            **({} if self.agreements else {"undefined": str(_nothing(self))}),
        }

    def words(self, comparison: Comparison, label: Label) -> str:
        """Return what a coder said in the words of the reader."""
        _ = translator(self.language)
        if comparison.kind == "screening":
            return verdict_word(cast("Verdict", label), self.language)
        if comparison.kind == "code":
            return _("yes") if label == YES else _("no")
        if label == NOT_REPORTED:
            return _("not reported")
        return self.labels.get((comparison.id, label), str(label))

    def sentence(self, agreement: Agreement, text: str) -> str:
        """Return what is said of a comparison in the language of the reader, with labels in their words."""
        of = agreement.comparison
        return in_language(in_words(text, of, lambda label: self.words(of, label)), self.language)

    def _row(self, agreement: Agreement) -> dict[str, object]:
        of, ratings = agreement.comparison, agreement.comparison.ratings
        return {
            "kind": of.kind,
            "id": of.id,
            "label": of.label,
            "group": of.group,
            "coders": list(ratings.coders),
            "level": ratings.level,
            "units": len(ratings.compared),
            "looked_at_by_one": len(of.unseen),
            "set_aside": [{"unit": unit, "reason": str(why)} for unit, why in sorted(of.set_aside.items())],
            "disagreements": len(ratings.differing),
            "settled": len(of.settled_differing),
            "coefficients": {one.name: _as_json(one) for one in agreement.coefficients},
        }

    def _disagreement(self, one: Disagreement) -> dict[str, object]:
        return {
            "kind": one.comparison.kind,
            "id": one.comparison.id,
            "label": one.comparison.label,
            "unit": one.unit,
            "unit_label": self.names.get(one.unit, one.unit),
            "settled": one.is_settled,
            "said": [
                {
                    "coder": coder,
                    "label": label,
                    "words": self.words(one.comparison, label),
                    "note": one.comparison.notes.get((one.unit, coder), ""),
                    "passages": [self._passage(name) for name in one.passages(coder) if name in self.passages],
                }
                for coder, label in one.said.items()
            ],
        }

    def _passage(self, name: str) -> dict[str, object]:
        at = self.passages[name]
        return {"id": name, "document": at.document, "start": at.start, "end": at.end, "quote": at.quote}


def _as_json(one: Coefficient) -> dict[str, object]:
    if one.value is None:
        return {"undefined": str(one.undefined), "n": one.n}
    interval = {} if one.low is None or one.high is None else {"low": one.low, "high": one.high}
    return {"value": one.value, **interval, "n": one.n}


COEFFICIENTS: Mapping[Name, str] = {
    "percent": "percent agreement",
    "cohen": "Cohen's kappa",
    "cohen-linear": "Cohen's kappa, linear weights",
    "cohen-quadratic": "Cohen's kappa, quadratic weights",
    "scott": "Scott's pi",
    "fleiss": "Fleiss' kappa",
    "conger": "Conger's kappa",
    "brennan-prediger": "Brennan–Prediger",
    "ac1": "Gwet's AC1",
    "ac2": "Gwet's AC2",
    "alpha": "Krippendorff's alpha",
    "alpha-masi": "Krippendorff's alpha (MASI)",
    "u-alpha": "uα",
    "u-alpha-binary": "|uα",
    "cu-alpha": "cuα",
    "ku-alpha": "(k)uα",
    "ku-coverage": "coverage of (k)uα",
    "kappa-max": "kappa at most",
    "prevalence": "prevalence index",
    "bias": "bias index",
    "span-f1": "F1 of passages",
    "span-jaccard": "Jaccard of characters",
}
"""The coefficients by the names that papers give them."""
_SHOWN: tuple[tuple[Name, ...], ...] = (
    ("percent",),
    ("cohen", "conger"),
    ("ac1",),
    ("alpha",),
    ("u-alpha",),
)
_SHORT: Mapping[Name, str] = {"percent": "agree", "cohen": "kappa", "ac1": "AC1", "alpha": "alpha", "u-alpha": "uα"}
"""The usual coefficients as the heads of their columns."""
_MOST_SHOWN = 20
"""Disagreements that an account spells out; files have all."""
_LONGEST = 160
"""Letters of a quotation in an account."""


def agreement_notes(agreed: Agreed) -> Iterator[Note | Table]:
    """Give the account: the summary, and the disagreements."""
    yield from summary_notes(agreed)
    if agreed.agreements:
        yield from _disagreements(agreed)


def summary_notes(agreed: Agreed) -> Iterator[Note | Table]:
    """Say who was compared, what was looked at and set aside, and give the tables with what they mean."""
    _ = translator(agreed.language)
    if not agreed.agreements:
        yield Note(in_language(_nothing(agreed), agreed.language), () if agreed.stage else tuple(_looked(agreed)))
        return
    yield from _questions(agreed)
    for title, of in _parts(agreed):
        yield _table(title, of, agreed)
    if any(len({one.name for one in agreement.coefficients}) > len(_SHOWN) for agreement in agreed.agreements):
        yield _every(agreed)


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """A row of a table of agreement: the id of what is compared (`code/rent`), its cells, and how good alpha is.

    `open` are disagreements that no consensus has settled.
    """

    id: str
    cells: tuple[str, ...]
    differ: int
    open: int
    quality: Literal["good", "some", "poor", ""]
    concluded: str


@dataclass(frozen=True, slots=True)
class AgreementTable:
    """A table of agreement: its title and heads, its rows, and what must be said below it."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[AgreementRow, ...]
    remarks: tuple[str, ...]


def agreement_tables(agreed: Agreed) -> Iterator[AgreementTable]:
    """Give the tables of the usual coefficients, each row with its id."""
    for title, of in _parts(agreed):
        table = _table(title, of, agreed)
        heads, *rows = table.cells
        shown = tuple(_agreement_row(one, cells, agreed) for one, cells in zip(of, rows, strict=True))
        yield AgreementTable(title.rstrip(":"), tuple(heads), shown, table.remarks)


def _agreement_row(one: Agreement, cells: Sequence[str], agreed: Agreed) -> AgreementRow:
    alpha, of = coefficient(one, "alpha"), one.comparison
    value = alpha.value if alpha else None
    quality: Literal["good", "some", "poor", ""] = ""
    if value is not None:
        quality = "poor" if value < TENTATIVE else "some" if value < RELIABLE else "good"
    differ = len(of.ratings.differing)
    concluded = in_language(conclusion(one), agreed.language)
    return AgreementRow(
        f"{of.kind}/{of.id}", tuple(cells), differ, differ - len(of.settled_differing), quality, concluded
    )


@dataclass(frozen=True, slots=True)
class OneSide:
    """What a coder said of a unit: in words, with the passages behind it and a note."""

    coder: str
    words: str
    passages: tuple[Passage, ...]
    note: str


@dataclass(frozen=True, slots=True)
class OpenedDisagreement:
    """A unit on which coders differ, in words; `question` are the ids by which it is settled, empty for screening."""

    label: str
    unit: str
    is_settled: bool
    sides: tuple[OneSide, ...]
    question: tuple[str, str] | None
    stage: str = ""


def opened_disagreements(agreed: Agreed, row: str) -> tuple[OpenedDisagreement, ...]:
    """Return the disagreements that a row of a table counts, those that are settled last; all where `row` is empty."""
    kind, _slash, name = row.partition("/")

    def is_of(one: Disagreement) -> bool:
        of = one.comparison
        is_in_group = kind == "group" and of.kind == "code" and of.group == name
        wanted = name.partition("/")[0] if kind == "screening" else name  # a pair of reviewers has those of its stage
        return not row or is_in_group or (of.kind, of.id) == (kind, wanted)

    return tuple(_opened(one, agreed) for one in agreed.disagreements if is_of(one))


def _opened(one: Disagreement, agreed: Agreed) -> OpenedDisagreement:
    _, of = translator(agreed.language), one.comparison
    coded = {YES: _("coded"), NO: _("not coded")} if of.kind == "code" else {}
    sides = tuple(
        OneSide(
            coder,
            coded.get(str(label)) or agreed.words(of, label),
            tuple(agreed.passages[name] for name in one.passages(coder) if name in agreed.passages),
            of.notes.get((one.unit, coder), ""),
        )
        for coder, label in one.said.items()
    )
    is_screening = of.kind == "screening"
    return OpenedDisagreement(
        of.label, agreed.names.get(one.unit, one.unit), one.is_settled, sides,
        None if is_screening else (of.id, one.unit), of.group if is_screening else "",
    )  # fmt: skip


def _nothing(agreed: Agreed) -> str:
    """Say that there is nothing to compare, and what would be."""
    if agreed.stage:
        return worded(
            "No record was decided on by two reviewers at this stage, so agreement is undefined. A decision is "
            "compared when its reviewer has finished the task (`benang screen FOLDER --stage {stage}`).",
            stage=agreed.stage,
        )
    return worded(
        "Nothing was looked at by two coders, so agreement is undefined. A code is compared in the cases that two "
        "coders have marked as done (`benang code looked`), a variable where two gave values, a record where two "
        "decided."
    )


def _looked(agreed: Agreed) -> Iterator[str]:
    """Say of each coder what there is to compare, so that a reader sees what is missing."""
    _, language = translator(agreed.language), agreed.language
    text = _("{coder}: cases marked as done: {done}, cases coded: {coded}, cases with values: {values}")
    for coder, counts in sorted(agreed.looked.items()):
        done, coded, values = (numeral(n, language) for n in counts)
        yield text.format(coder=coder, done=done, coded=coded, values=values)


def _parts(agreed: Agreed) -> Iterator[tuple[str, list[Agreement]]]:
    """Give the tables: codes, variables, appraisal, screening, each with its title."""
    _ = translator(agreed.language)
    titles = {
        "code": _("Codes, by case:"),
        "variable": _("Variables, by case:"),
        "appraisal": _("Appraisal, by study:"),
        "screening": _("Screening, by record:"),
    }
    for kind, title in titles.items():
        of = [one for one in agreed.agreements if one.comparison.kind in (kind, "group" if kind == "code" else kind)]
        if of:
            yield title, of


def _questions(agreed: Agreed) -> Iterator[Note]:
    """Answer what other programs leave open: was the uncoded looked at, and what was set aside."""
    _, language = translator(agreed.language), agreed.language
    comparisons = [one.comparison for one in agreed.agreements]
    coders = sorted({coder for one in comparisons for coder in one.ratings.coders})
    yield Note(_("Coders: {names}.").format(names=listed(coders, language)))
    coded = [one for one in comparisons if one.kind in ("code", "group")]
    if coded:
        compared = {unit for one in coded for unit in one.ratings.compared}
        unseen = {unit for one in coded for unit in one.unseen} - compared
        head = _(
            "Was what is not coded looked at? Yes: a case counts only for coders who marked it as done, and there a "
            "code without a passage is a no."
        )
        n = counted("{n} case is compared.", "{n} cases are compared.", len(compared), language)
        lines = [head, n.format(n=numeral(len(compared), language))]
        if unseen:
            text = counted(
                "One coder alone has read {n} other case.",
                "One coder alone has read {n} other cases.",
                len(unseen),
                language,
            )
            lines.append(text.format(n=numeral(len(unseen), language)))
        yield Note(" ".join(lines))
    aside = _set_aside(agreed)
    head = _("Judged by several people and set aside, for all or some of them: {n}.").format(
        n=numeral(len(aside), language)
    )
    if not aside:
        head += " " + _("Codes are compared one by one, so that a case with several codes is never left out.")
    yield Note(head, tuple(f"{of}, {agreed.names.get(unit, unit)}: {why}" for (of, unit), why in aside.items()))


def _set_aside(agreed: Agreed) -> Mapping[tuple[str, str], str]:
    """Return why units are set aside, by what they are units of: codes once a group, reviewers once a stage."""
    reasons: dict[tuple[str, str], dict[str, None]] = {}
    for one in agreed.agreements:
        of = one.comparison
        what = agreed.groups.get(of.group, of.label) if of.kind in ("code", "group") else of.label
        for unit, why in {} if "/" in of.id and of.kind == "screening" else of.set_aside.items():
            reasons.setdefault((what, unit), {})[in_language(why, agreed.language)] = None
    return {place: "; ".join(why) for place, why in reasons.items()}


def _table(title: str, agreements: Sequence[Agreement], agreed: Agreed) -> Table:
    """Make the table of the usual coefficients, with what they mean below it."""
    _, language = translator(agreed.language), agreed.language
    with_spans = any(one.comparison.continua for one in agreements)
    names = _SHOWN if with_spans else _SHOWN[:-1]
    heads = [_("agree"), _("kappa"), "AC1", _("alpha"), _("95% interval"), "uα"]
    first = {"code": _("Code"), "variable": _("Variable"), "appraisal": _("Item"), "screening": _("Stage")}
    header = (
        first.get(agreements[-1].comparison.kind, ""),
        _("units"),
        _("differ"),
        *(heads if with_spans else heads[:-1]),
    )
    cells = [header]
    for one in agreements:
        of = [coefficient(one, *wanted) for wanted in names]
        row = [_percent(of[0], language), *(_value(each, language) for each in of[1:])]
        row.insert(4, _interval(of[3], language))
        ratings = one.comparison.ratings
        n = (numeral(len(ratings.compared), language), numeral(len(ratings.differing), language))
        cells.append((one.comparison.label, *n, *row))
    return Table(title, tuple(cells), "l" + "r" * (len(header) - 1), tuple(_remarks(agreements, names, agreed)))


def _remarks(agreements: Sequence[Agreement], names: Sequence[tuple[Name, ...]], agreed: Agreed) -> Iterator[str]:
    """Say why coefficients are undefined, what may be concluded, and where kappa is low for another reason."""
    _, language = translator(agreed.language), agreed.language
    sentences: dict[str, list[str]] = {}
    for one in agreements:
        for sentence in dict.fromkeys(_sentences(one, names, agreed)):
            sentences.setdefault(sentence, []).append(one.comparison.label)
    for sentence, labels in sentences.items():
        yield sentence.format(labels=_some(labels, language))
    if any(coefficient(one, "conger") for one in agreements):
        yield _("With more than two coders, kappa is Conger's.")


def _sentences(agreement: Agreement, names: Sequence[tuple[Name, ...]], agreed: Agreed) -> Iterator[str]:
    """Give what must be said of a row, with room for the labels of all rows of which it is true."""
    _, language, alpha = translator(agreed.language), agreed.language, coefficient(agreement, "alpha")
    undefined: dict[str, list[str]] = {}
    for wanted in names:
        of = coefficient(agreement, *wanted)
        if of and of.value is None:
            undefined.setdefault(agreed.sentence(agreement, of.undefined), []).append(_(_SHORT[wanted[0]]))
    for why, of_it in undefined.items():
        text = _("{labels}: undefined ({coefficients}), because {reason}.")
        yield text.replace("{coefficients}", ", ".join(of_it)).replace("{reason}", _kept(why))
    if alpha and alpha.no_interval and alpha.value != 1:  # where all agree always, no draw can differ
        reason = _kept(in_language(alpha.no_interval, language))
        yield _("{labels}: alpha has no interval: {reason}.").replace("{reason}", reason)
    if alpha and alpha.value is not None:
        yield "{labels}: " + _kept(in_language(conclusion(agreement), language)) + "."
    if remark := paradox(agreement):
        yield "{labels}: " + _kept(agreed.sentence(agreement, remark)) + "."


def _kept(text: str) -> str:
    """Return a text that `str.format` leaves as it is."""
    return text.replace("{", "{{").replace("}", "}}")


def _some(labels: Sequence[str], language: Language) -> str:
    """List labels, the first ones by name."""
    _ = translator(language)
    if len(labels) <= 6:  # more would bury the sentence
        return listed(labels, language)
    return _("{labels} and {n} others").format(labels=", ".join(labels[:5]), n=numeral(len(labels) - 5, language))


def _percent(one: Coefficient | None, language: Language) -> str:
    return "–" if one is None or one.value is None else f"{numeral(100 * one.value, language, 1)}%"


def _value(one: Coefficient | None, language: Language, decimals: int = 2) -> str:
    return "–" if one is None or one.value is None else numeral(one.value, language, decimals)


def _interval(one: Coefficient | None, language: Language) -> str:
    if one is None or one.low is None or one.high is None:
        return "–"
    _ = translator(language)
    low, high = numeral(one.low, language, 2), numeral(one.high, language, 2)
    return _("{low} to {high}").format(low=low, high=high)


def _every(agreed: Agreed) -> Table:
    """List every coefficient of everything, one a row."""
    _, language = translator(agreed.language), agreed.language
    cells = [("", _("coefficient"), _("value"), _("95% interval"), "n")]
    for agreement in agreed.agreements:
        for one in agreement.coefficients:
            n = numeral(one.n, language)
            value = _value(one, language, 4)
            cells.append((agreement.comparison.label, _(COEFFICIENTS[one.name]), value, _interval(one, language), n))
    return Table(_("All coefficients:"), tuple(cells), "llrrr")


def _disagreements(agreed: Agreed) -> Iterator[Note]:
    """List the disagreements, the worst first, each with what everybody said and quoted."""
    _, language = translator(agreed.language), agreed.language
    n = len(agreed.disagreements)
    if not n:
        yield Note(_("No disagreements."))
        return
    head = counted("{n} disagreement, the worst first:", "{n} disagreements, the worst first:", n, language)
    yield Note(head.format(n=numeral(n, language)))
    for one in agreed.disagreements[:_MOST_SHOWN]:
        settled = " " + _("(settled by consensus)") if one.is_settled else ""
        unit = agreed.names.get(one.unit, one.unit)
        yield Note(f"{one.comparison.label}, {unit}{settled}", tuple(_sides(one, agreed)))
    if n > _MOST_SHOWN:
        text = _("{n} more are in the file that `benang agree FOLDER -o agreement.xlsx` writes.")
        yield Note(text.format(n=numeral(n - _MOST_SHOWN, language)))


def _sides(one: Disagreement, agreed: Agreed) -> Iterator[str]:
    for coder, label in one.said.items():
        words = agreed.words(one.comparison, label)
        quotes = [agreed.passages[name] for name in one.passages(coder) if name in agreed.passages]
        note = one.comparison.notes.get((one.unit, coder), "")
        behind = [f"“{_cut(at.quote)}” ({at.document})" for at in quotes] + ([note] if note else [])
        yield f"{coder}: {words}" + (f": {'; '.join(behind)}" if behind else "")


def _cut(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
