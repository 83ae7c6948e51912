"""How far the coders of a review agree: what was looked at, what was set aside, the coefficients, and what they allow.

A coefficient is printed behind the two questions that decide what it is worth, and opens the units on which coders
differ. Where nothing can be computed, the reason is printed instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from benang.agreement.comparison import (
    RELIABLE,
    TENTATIVE,
    Agreement,
    Comparison,
    coefficient,
    conclusion,
    in_words,
    paradox,
)
from benang.agreement.ratings import Coefficient
from benang.locale.writing import Worded, in_language, numeral, worded
from benang.report import Block, Column, Heading, Item, ItemList, Paragraph, Table, TableBody, TableRow
from benang.report.content import FigureContent, Names, figure_block
from benang.report.inline import Break, Inline, NumberReference, Runs, Superscript, fill, joined, runs
from benang.report.opened import opened_with_unit, reference_to
from benang.report.references import cite
from benang.synthesis.agreements import SHOWN, is_of_pair, is_shown, label_word, number_id, parts_of
from benang.synthesis.wording import Wording

_ALL_CASES = "cases/all"
_MOST_NAMED = 12
"""More rows than these would bury what is said of them."""


def agreement_blocks(figures: Sequence[FigureContent], names: Names) -> tuple[Block, ...]:
    """Return the section on agreement; nothing where no unit was judged by two."""
    agreements = [one for one in names.findings.agreements if is_shown(one.comparison)]
    if not agreements:
        return ()
    return (
        *_looked(names),
        *_set_aside(names),
        *_tables(agreements, names),
        *map(figure_block, figures),
        *_conclusions(agreements, names),
        Paragraph(_methods(agreements, names)),
    )


def _number(of: Comparison, what: str, names: Names) -> NumberReference:
    """Return a number of a comparison without a badge: a group of cases is as many units here as others."""
    return reference_to(names.findings.evidence.numbers[number_id(of, what)], names)


def _with_unit(of: Comparison, what: str, names: Names) -> Runs:
    return opened_with_unit(names.findings.evidence.numbers[number_id(of, what)], names)


def _looked(names: Names) -> Iterator[Block]:
    """Say whether what nobody coded was looked at: with how many cases several coders are done, group by group."""
    _, findings = names.texts.gettext, names.findings
    text = _("%(group)s: several coders are done with %(units)s of %(all)s; one coder alone looked at %(unseen)s.")
    items = [
        Item(
            fill(
                text,
                group=names.group(one.comparison.id),
                units=_number(one.comparison, "units", names),
                all=opened_with_unit(findings.evidence.numbers[_ALL_CASES], names),
                unseen=_number(one.comparison, "unseen", names),
            )
        )
        for one in findings.agreements
        if one.comparison.kind == "group"
    ]
    if items:
        yield Paragraph(
            _(
                "Was what is not coded looked at? A case counts only for coders who said that they were done with it. "
                "There, a code without a passage was looked for and not found."
            )
        )
        yield ItemList(tuple(items), "limits")


def _set_aside(names: Names) -> Iterator[Block]:
    """Say what several coders judged that no coefficient uses, and why."""
    _ = names.texts.gettext
    text = _("%(what)s: %(n)s, because %(reasons)s.")
    items = [
        Item(
            fill(
                text,
                what=_called(one.comparison, names),
                n=_with_unit(one.comparison, "set-aside", names),
                reasons=_reasons(one.comparison.set_aside.values(), names),
            )
        )
        for one in names.findings.agreements
        if one.comparison.kind != "code" and one.comparison.set_aside and not is_of_pair(one.comparison)
    ]
    if items:
        yield Paragraph(_("Judged by several coders and not compared, or not for all of them:"))
        yield ItemList(tuple(items), "limits")
    else:
        yield Paragraph(_("Nothing that several coders judged was left out of the comparison."))


def _reasons(reasons: Iterable[str], names: Names) -> str:
    """List reasons with how often each is one; coders are named where they are the same each time."""
    alike: dict[str, list[str]] = defaultdict(list)
    for one in reasons:
        alike[one.english if isinstance(one, Worded) else one].append(one)
    often = {_common(of, names): len(of) for of in alike.values()}
    return "; ".join(f"{why} ({n})" if len(often) > 1 else why for why, n in sorted(often.items()))


def _common(reasons: Sequence[str], names: Names) -> str:
    """Return the reason that several are, without the coders in it where they differ."""
    first = reasons[0]
    if isinstance(first, Worded) and len({*reasons}) > 1:
        first = worded(first.english, **dict.fromkeys(first.values, worded("one or more coders")))
    return in_language(first, names.texts.language)


def _called(of: Comparison, names: Names) -> str:
    return names.group(of.id) if of.kind == "group" else of.label[:1].upper() + of.label[1:]


# ---------------------------------------------------------------------------------------------------------- the tables


def _tables(agreements: Sequence[Agreement], names: Names) -> Iterator[Table]:
    """Give a table each for codes, variables, appraisals and screening."""
    _ = names.texts.gettext
    heads = {
        "code": (_("Code"), _("Agreement on codes, case by case")),
        "variable": (_("Variable"), _("Agreement on the values of variables")),
        "appraisal": (_("Item"), _("Agreement on the quality of studies")),
        "screening": (
            _("Stage"),
            _("Agreement between reviewers before consensus, with “unsure” as a verdict of its own"),
        ),
    }
    for kind, (head, caption) in heads.items():
        rows = [one for one in agreements if one.comparison.kind == kind]
        if rows:
            reasons = _Reasons(names)
            yield Table(
                f"table-agreement-{kind}",
                runs(caption, *((f" ({_coders(rows, names)})",) if kind != "screening" else ())),
                _columns(head, names, with_u=kind == "code"),
                tuple(_bodies(rows, names, reasons)),
                reasons.notes(),
                "agreement",
            )


def _coders(rows: Iterable[Agreement], names: Names) -> str:
    coders = {coder for one in rows for coder in one.comparison.ratings.coders}
    return names.texts.gettext("coders: {names}").format(names=", ".join(sorted(coders)))


def _columns(head: str, names: Names, *, with_u: bool) -> tuple[Column, ...]:
    _ = names.texts.gettext
    u_alpha = ("uα",) if with_u else ()
    return (
        Column(head),
        Column(_("Units"), is_number=True),
        *map(Column, (_("Agree"), _("Kappa"), "AC1", "α", *u_alpha)),
        Column(_("Differ")),
    )


def _bodies(rows: Sequence[Agreement], names: Names, reasons: _Reasons) -> Iterator[TableBody]:
    """Part codes by their groups, and values by their forms; alone, only a group has its title."""
    parts = parts_of(rows, Wording(names.findings, names.texts.language))
    for title, of in parts:
        is_titled = len(parts) > 1 or of[0].comparison.kind == "code"
        yield TableBody(tuple(_row(one, names, reasons) for one in of), title if is_titled else "")


def _row(agreement: Agreement, names: Names, reasons: _Reasons) -> TableRow:
    of = agreement.comparison
    kinds = ("percent", "kappa", "ac1", "alpha", *(("u-alpha",) if of.kind == "code" else ()))
    by_kind = {SHOWN[one.name]: one for one in agreement.coefficients if one.name in SHOWN}
    return TableRow(
        (
            _called(of, names),
            _number(of, "units", names),
            *(_coefficient(of, kind, by_kind.get(kind), names, reasons) for kind in kinds),
            _differing(of, names),
        )
    )


def _differing(of: Comparison, names: Names) -> Inline:
    """Return how many units coders differ on, above how many of these a consensus has settled."""
    differing = _number(of, "differing", names)
    if not set(of.settled).intersection(of.ratings.differing):
        return differing
    settled = fill(names.texts.gettext("%(n)s settled"), n=_number(of, "settled", names))
    return runs(differing, Break(), settled)


def _coefficient(of: Comparison, kind: str, one: Coefficient | None, names: Names, reasons: _Reasons) -> Inline:
    """Return a coefficient, which opens its disagreements, above its interval; a dash where it is undefined."""
    if one is None or one.value is None:
        return runs("–", reasons.mark(one, of) if one else ())
    if one.low is None or one.high is None:
        return runs(_number(of, kind, names), reasons.mark(one, of))
    scale, decimals, sign = (100, 0, "%") if kind == "percent" else (1, 2, "")
    low, high = (numeral(scale * end, names.texts.language, decimals) for end in (one.low, one.high))
    between = "; " if names.texts.language == "id" else ", "  # where a comma stands before decimals
    return runs(_number(of, kind, names), Break(), f"[{low}{between}{high}]{sign}")


def _worded(text: str, of: Comparison, names: Names) -> str:
    """Return what is said of a comparison in the language of the report, with labels in its words."""
    wording = Wording(names.findings, names.texts.language)
    return in_language(in_words(text, of, lambda label: label_word(of, label, wording)), names.texts.language)


class _Reasons:
    """The reasons of a table why coefficients are undefined or have no interval, each with a letter, as they come."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.marks: dict[str, str] = {}

    def mark(self, one: Coefficient, of: Comparison) -> Runs:
        """Return the letter of why a coefficient is not there, or has no interval; none where all agree always."""
        _ = self.names.texts.gettext
        why = one.undefined or (one.no_interval if one.value != 1 else "")
        if not why:
            return ()
        text = _worded(why, of, self.names)
        if not one.undefined:
            text = _("no interval: {reason}").format(reason=text)
        at = len(self.marks)
        letter = self.marks.setdefault(text, f"{_letter(at // 26 - 1)}{_letter(at % 26)}")
        return (Superscript(letter),)

    def notes(self) -> tuple[Inline, ...]:
        """Return the notes below the table."""
        return tuple(
            runs(Superscript(letter), f" {text[:1].upper()}{text[1:]}.") for text, letter in self.marks.items()
        )


def _letter(at: int) -> str:
    return chr(ord("a") + at) if at >= 0 else ""


# ------------------------------------------------------------------------------------------------------ what they allow


def _conclusions(agreements: Sequence[Agreement], names: Names) -> Iterator[Block]:
    """Say what a reader may conclude, and where a low kappa is due to a rare label."""
    _, language = names.texts.gettext, names.texts.language
    allowed: dict[str, list[str]] = defaultdict(list)
    for one in agreements:
        if not is_of_pair(one.comparison):
            allowed[in_language(conclusion(one), language)].append(_called(one.comparison, names))
    items = [
        # The letter α stays small.
        Item(f"{text if text.startswith('α') else text[:1].upper() + text[1:]}: {_some(what, names)}.")
        for text, what in allowed.items()
    ]
    rare = ((one.comparison, paradox(one)) for one in agreements if not is_of_pair(one.comparison))
    items += [Item(f"{_called(of, names)}: {_worded(why, of, names)}.") for of, why in rare if why]
    yield Heading(_("What a reader may conclude"))
    yield ItemList(tuple(items), "limits")
    wide = [one for one in agreements if _is_wide(one)]
    if wide:
        text = names.texts.counted(
            "Units are few, so intervals are wide: that of alpha covers both 0.667 and 0.800 for %(n)s row of the "
            "tables. More units coded by several would narrow it.",
            "Units are few, so intervals are wide: those of alpha cover both 0.667 and 0.800 for %(n)s rows of the "
            "tables. More units coded by several would narrow them.",
            len(wide),
        )
        yield Paragraph(text % {"n": names.texts.numeral(len(wide))})


def _some(labels: Sequence[str], names: Names) -> str:
    """List what something is true of: all, or of many the first ones and how many more, since the tables have all."""
    if len(labels) <= _MOST_NAMED:
        return "; ".join(labels)
    text = names.texts.gettext("{names}; and {n} more")
    n = names.texts.numeral(len(labels) - _MOST_NAMED + 1)
    return text.format(names="; ".join(labels[: _MOST_NAMED - 1]), n=n)


def _is_wide(agreement: Agreement) -> bool:
    """Tell whether alpha may be anything from too little agreement to enough, by its interval."""
    alpha = coefficient(agreement, "alpha")
    if alpha is None or alpha.low is None or alpha.high is None:
        return False
    return alpha.low < TENTATIVE and alpha.high >= RELIABLE


def _methods(agreements: Sequence[Agreement], names: Names) -> Runs:
    """Say how the coefficients are made, and by whom."""
    _, texts = names.texts.gettext, names.texts
    used = {one.name for agreement in agreements for one in agreement.coefficients if one.value is not None}
    sources = {
        "cohen": (_("Kappa of two coders is Cohen's (%(source)s)."), "cohen-1960"),
        "conger": (_("Kappa of more coders is Conger's (%(source)s)."), "conger-1980"),
        "ac1": (_("AC1 is Gwet's (%(source)s)."), "gwet-2008"),
        "alpha": (_("α is Krippendorff's (%(source)s)."), "krippendorff-2004"),
        "u-alpha": (_("uα compares which characters coders marked (%(source)s)."), "krippendorff-2016"),
    }
    sentences: list[Inline] = [
        _("Percent agreement is the share of pairs of coders that agree, averaged over the units."),
        *(fill(text, source=cite(key, texts)) for name, (text, key) in sources.items() if name in used),
    ]
    if any(one.low is not None for agreement in agreements for one in agreement.coefficients):
        drawn = _(
            "The second line of a cell is the 95% interval: the middle 95% of the values over 1,000 draws of studies "
            "or records."
        )
        sentences.append(drawn)
    text = _(
        "The bands that are often used to call a kappa fair or substantial are arbitrary, as their authors say "
        "(%(bands)s). Kappa and α can be low although coders mostly agree, where one label is rare (%(paradox)s)."
    )
    works = {"bands": cite("landis-koch-1977", texts), "paradox": cite("feinstein-cicchetti-1990", texts)}
    return joined(" ", (*sentences, fill(text, **works)))
