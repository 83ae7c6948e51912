"""How a measure is made, in a sentence: its rule, and what it is made of, in the language of the reader."""

from __future__ import annotations

from collections.abc import Mapping

from benang.evidence import Field, Having, Operand, Rule, RuleName
from benang.locale import Language, translator
from benang.synthesis.wording import Wording, number_title


def rule_in_words(rule: Rule, wording: Wording) -> str:
    """Say how a measure is made: `mean of: citations`.

    What is made of another number calls it by its title, and in quotation marks.
    """
    parts = {name: _operand(part, wording) for name, part in rule.made_of}
    usual = {"records": wording.gettext("these records"), "times": "", "until": ""}
    return _text(rule, wording.language).format(**usual | parts)


def _text(rule: Rule, language: Language) -> str:
    _, given = translator(language), {name for name, _part in rule.made_of}
    if rule.name == "distinct" and "times" in given:
        return _("{field} with exactly {times} of the records")
    if rule.name == "last-full-year" and "until" in given:
        return _("last year with records up to {until}")
    return rule_texts(language)[rule.name]


def rule_texts(language: Language) -> Mapping[RuleName, str]:
    """Return what each rule does, with places for what it is made of."""
    _ = translator(language)
    return {
        "given": _("as the record gives it: {field}"),
        "number": _("number of records"),
        "sum": _("sum of: {field}"),
        "mean": _("mean of: {field}"),
        "median": _("median of: {field}"),
        "min": _("smallest value of: {field}"),
        "max": _("largest value of: {field}"),
        "distinct": _("number of different {field}"),
        "fractions": _("sum over the records of 1 divided by the number of {field}"),
        "share": _("{records} as a share of {whole}"),
        "ratio": _("{value} divided by {to}"),
        "difference": _("{value} minus {less}"),
        "geometric-mean": _("geometric mean of {values}"),
        "per-year": _("{value} divided by the number of years from {since} to {until}, both included"),
        "h-index": _("h index of the citations (Hirsch, 2005)"),
        "g-index": _("g index of the citations (Egghe, 2006)"),
        "last-full-year": _("last year but one with records, since the last one may not be complete"),
        "compound-growth": _("compound growth a year between the first and the last full year"),
        "fitted-growth": _("growth a year fitted to the records of all years (Poisson regression)"),
        "doubling-time": _("ln 2 divided by ln (1 + {value})"),
        "trend": _("z of Cochran and Armitage for the share of these records over the years"),
        "lotka-exponent": _("exponent of Lotka's law, fitted by maximum likelihood"),
        "lotka-error": _("standard error of the fitted exponent"),
        "lotka-distance": _("largest distance between the counted and the fitted shares of authors"),
        "lotka-critical": _("1.63 divided by the square root of the number of authors"),
        "lotka-share": _("share of authors with {times} records by the fitted law"),
    }


def field_words(language: Language) -> Mapping[Field, str]:
    """Return what the fields that measures read are called within a sentence."""
    _ = translator(language)
    return {
        "year": _("year of publication"),
        "citations": _("citations"),
        "types": _("document types"),
        "languages": _("languages"),
        "sources": _("sources"),
        "authors": _("authors"),
        "organizations": _("organisations"),
        "countries": _("countries"),
        "author-keywords": _("author keywords"),
        "index-keywords": _("index keywords"),
        "cited-works": _("cited references"),
    }


def _operand(part: Operand, wording: Wording) -> str:
    _ = wording.gettext
    match part:
        case Rule():
            return f"({rule_in_words(part, wording)})"
        case Having():
            return _("all records with {field}").format(field=field_words(wording.language)[part.field])
        case tuple():
            return wording.listed(_operand(one, wording) for one in part)
        case str() if part in wording.findings.evidence.numbers:
            return f"“{number_title(part, wording)}”"
        case str():
            known = {str(name): words for name, words in field_words(wording.language).items()}
            return known.get(part, part)
    return str(part)
