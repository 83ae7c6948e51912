"""What indicators, their measures, rows, numbers and rules are called, in the language of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale

from benang.evidence import Field, Having, Number, Operand, Rule, RuleName
from benang.indicators.indicator import Indicator, ItemRow
from benang.kinds import KINDS
from benang.locale import Language, translator
from benang.locale.writing import numeral
from benang.records.countries import country_codes
from benang.report.inline import Texts
from benang.synthesis.agreements import level_words
from benang.synthesis.wording import Wording, number_title

Words = Mapping[str, str]


@dataclass(frozen=True)
class Described:
    """The words for a description; `cited` is how each record is cited, by key (`Anggia et al., 2020`)."""

    texts: Texts
    cited: Mapping[str, str]

    def title(self, name: str) -> str:
        """Return what an indicator is called."""
        return titles(self.texts)[name]

    def measure(self, name: str) -> str:
        """Return the heading of a column; a year is its own, and `until-2005` reads `to 2005`."""
        known = measures(self.texts)
        if name in known:
            return known[name]
        _ = self.texts.gettext
        year = name.rpartition("-")[2]
        return year if year == name else _("to %(year)s") % {"year": year}

    def row(self, indicator: Indicator, row: ItemRow) -> str:
        """Return the name of a row: that of a thing in the records, or of what every corpus has."""
        if indicator.name == "languages":
            return str(Locale(self.texts.language).languages.get(row.item, row.label))
        if indicator.name == "countries":
            return country_name(row.item, self.texts.language)
        if indicator.name == "country-pairs":
            return " – ".join(country_name(one, self.texts.language) for one in row.item.split(" + "))
        if row.label:
            cited = self.cited.get(row.item) if indicator.name in {"cited-works", "local-citations"} else None
            return f"{cited}. {row.label}" if cited else row.label
        return rows(self.texts, indicator.name).get(row.item, row.item)

    def number(self, indicator: Indicator, row: ItemRow, measure: str) -> str:
        """Say in a few words what a number is of: `Authors: Sari, D., records`."""
        name = self.row(indicator, row)
        title = f"{self.title(indicator.name)}: {name}"
        return title if measure == "value" else f"{title}, {_within(self.measure(measure))}"

    def unit(self, number: Number) -> str:
        """Return the word for what a number counts, in the form that goes with it; nothing where it has none."""
        return unit_word(number, self.texts)

    def value(self, number: Number) -> str:
        """Write the value of a number as its unit is written."""
        return written(number, self.texts)


def country_name(country: str, language: Language) -> str:
    """Return the name of a country, given in English as `benang.records.countries` has it, in a language.

    Examples
    --------
    >>> country_name("Germany", "id"), country_name("Germany", "en"), country_name("Nowhere", "id")
    ('Jerman', 'Germany', 'Nowhere')
    """
    if language == "en":
        return country
    return str(Locale(language).territories.get(country_codes().get(country, ""), country))


def _within(heading: str) -> str:
    """Return a heading in the form used within a sentence; `SCP` and `h` keep their case."""
    return heading[:1].lower() + heading[1:] if heading[1:2].islower() else heading


def written(number: Number, texts: Texts) -> str:
    """Write the value of a number: years without marks between thousands, shares in per cent, the rest rounded.

    Examples
    --------
    >>> said = [("year", 2018.5), ("share", 0.125), ("records", 1234), ("records", 7.269048), ("z", -2.5)]
    >>> [written(Number("n", value, unit, ()), Texts("en")) for unit, value in said]
    ['2018.5', '12.5%', '1,234', '7.27', '−2.50']
    """
    if number.unit == "share":
        return f"{numeral(100 * number.value, texts.language, number.decimals)}%"
    return numeral(number.value, texts.language, number.decimals, is_grouped=number.unit != "year")


def unit_word(number: Number, texts: Texts) -> str:
    """Return the word for what a number counts; nothing for indices, shares and years, which say it themselves."""
    n = number.value
    words = {
        "records": texts.counted("record", "records", n),
        "years": texts.counted("year", "years", n),
        "citations": texts.counted("citation", "citations", n),
        "works": texts.counted("work", "works", n),
    }
    noun = KINDS[number.unit].noun if number.unit in KINDS else None
    return texts.counted(*noun, n) if noun else words.get(number.unit, "")


def titles(texts: Texts) -> Words:
    """Return the titles of the indicators, by name."""
    _ = texts.gettext
    return {
        "overview": _("The corpus at a glance"),
        "years": _("Records by year of publication"),
        "growth": _("Annual growth of records"),
        "types": _("Document types"),
        "languages": _("Languages"),
        "sources": _("Sources"),
        "bradford": _("Bradford's zones"),
        "authors": _("Authors"),
        "co-authorship": _("Co-authorship"),
        "lotka": _("Authors by number of records"),
        "lotka-fit": _("Lotka's law"),
        "organizations": _("Organisations"),
        "countries": _("Countries"),
        "country-pairs": _("Collaboration between countries"),
        "impact": _("Citations to the records"),
        "cited-works": _("Most cited records"),
        "local-citations": _("Records most cited within the corpus"),
        "cited-references": _("Most cited references"),
        "author-keywords": _("Author keywords"),
        "index-keywords": _("Index keywords"),
        "keyword-years": _("Keywords by year"),
        "completeness": _("Data available in the records"),
    }


def measures(texts: Texts) -> Words:
    """Return the headings of columns, by measure."""
    _ = texts.gettext
    return {
        "value": _("Value"),
        "records": _("Records"),
        "so-far": _("Cumulative"),
        "fractional": _("Fractional"),
        "share": _("Share"),
        "citations": _("Citations"),
        "mean": _("Citations per record"),
        "h": "h",
        "g": "g",
        "m": "m",
        "first-year": _("First year"),
        "last-year": _("Last year"),
        "median-year": _("Median year"),
        "trend": _("Trend (z)"),
        "sources": _("Sources"),
        "multiplier": _("Multiplier"),
        "authors": _("Authors"),
        "fitted": _("Share under the law"),
        "single": _("Single-country (SCP)"),
        "multiple": _("Multiple-country (MCP)"),
        "multiple-share": _("Share of MCP"),
        "a-year": _("Citations per year"),
        "normalized": _("Norm. citations"),
        "local": _("Local citations"),
        "year": _("Year"),
        "without": _("Without"),
    }


def rows(texts: Texts, name: str) -> Words:
    """Return the names of an indicator's rows that every corpus has."""
    _ = texts.gettext
    if name == "bradford":
        zones = {f"zone-{at}": _("Zone %(number)s") % {"number": at} for at in (1, 2, 3)}
        return {**zones, "all": _("All zones")}
    known: Mapping[str, Words] = {
        "overview": _overview(texts),
        "growth": {
            "first": _("First year"),
            "last": _("Last full year"),
            "rate": _("Compound annual growth, first to last full year"),
            "fitted": _("Annual growth, fitted to all these years"),
            "doubling": _("Doubling time of records per year at the compound rate, in years"),
            "mean": _("Records per year, mean"),
        },
        "impact": {
            "total": _("Citations of all records"),
            "mean": _("Citations per record, mean"),
            "median": _("Citations per record, median"),
            "uncited": _("Records never cited"),
            "h": _("h index of the corpus"),
            "g": _("g index of the corpus"),
            "m": _("h divided by the number of years since the first"),
        },
        "co-authorship": {
            "per-record": _("Authors per record, mean"),
            "median": _("Authors per record, median"),
            "most": _("Largest number of authors on one record"),
            "single-authored": _("Single-authored records"),
            "single-share": _("Share of single-authored records"),
            "collaboration-index": _("Authors per multi-authored record (collaboration index)"),
            "coefficient": _("Collaborative coefficient"),
        },
        "lotka-fit": {
            "exponent": _("Exponent"),
            "error": _("Standard error of the exponent"),
            "distance": _("Largest distance between observed and fitted shares (Kolmogorov–Smirnov)"),
            "critical": _("Critical distance at the 1% level"),
            "one-record": _("Share of authors with one record, under the law"),
        },
        "types": _types(texts),
        "completeness": field_names(texts),
    }
    return known.get(name, {})


def _overview(texts: Texts) -> Words:
    _ = texts.gettext
    return {
        "records": _("Records"),
        "first-year": _("First year"),
        "last-year": _("Last year"),
        "sources": _("Sources"),
        "authors": _("Authors"),
        "organizations": _("Organisations"),
        "countries": _("Countries"),
        "international": _("Share of multiple-country records"),
        "author-keywords": _("Author keywords"),
        "index-keywords": _("Index keywords"),
        "references": _("Cited references"),
        "cited-works": _("Distinct works cited"),
    }


def _types(texts: Texts) -> Words:
    _ = texts.gettext
    return {
        "article": _("Journal article"),
        "book": _("Book"),
        "chapter": _("Book chapter"),
        "proceedings": _("Conference paper"),
        "thesis": _("Thesis"),
        "report": _("Report"),
        "unpublished": _("Unpublished"),
        "other": _("Other, or not stated"),
    }


def field_names(texts: Texts) -> Words:
    """Return what the fields of a record are called."""
    _ = texts.gettext
    return {
        "title": _("Title"),
        "authors": _("Authors"),
        "year": _("Year"),
        "type": _("Document type"),
        "source": _("Source"),
        "doi": "DOI",
        "language": _("Language"),
        "abstract": _("Abstract"),
        "author_keywords": _("Author keywords"),
        "index_keywords": _("Index keywords"),
        "affiliations": _("Affiliations"),
        "references": _("Cited references"),
        "citations": _("Citations"),
    }


def rule_in_words(rule: Rule, wording: Wording) -> str:
    """Say how a measure is made: `mean of: citations`.

    What is made of another number calls it by its title, and in quotation marks.
    """
    parts = {name: _operand(part, wording) for name, part in rule.made_of if f"{{{name}}}" in _text(rule, "en")}
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
        "last-full-year": _("last year but one with records, since the last one may be incomplete"),
        "compound-growth": _("compound annual growth between the first and the last full year"),
        "fitted-growth": _("annual growth fitted to the records of all years (Poisson regression)"),
        "doubling-time": _("ln 2 divided by ln (1 + {value})"),
        "trend": _("Cochran–Armitage z for the share of these records over the years"),
        "lotka-exponent": _("exponent of Lotka's law, fitted by maximum likelihood"),
        "lotka-error": _("standard error of the fitted exponent"),
        "lotka-distance": _("largest distance between the observed and the fitted shares of authors"),
        "lotka-critical": _("1.63 divided by the square root of the number of authors"),
        "lotka-share": _("share of authors with {times} records under the fitted law"),
        "cohens-kappa": _("Cohen's kappa: agreement beyond what the labels of each would give by chance"),
        "percent-agreement": _("share of pairs of coders that agree, averaged over the units"),
        "congers-kappa": _("Conger's kappa: agreement beyond what the labels of each coder would give by chance"),
        "gwets-ac1": _("Gwet's AC1: agreement beyond chance, which is small where one label is rare"),
        "krippendorffs-alpha": _("Krippendorff's alpha: 1 minus observed by expected disagreement ({level})"),
        "unitizing-alpha": _("uα: 1 minus observed by expected disagreement on the characters marked"),
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
            known |= {str(level): words for level, words in level_words(wording.language).items()}
            return known.get(part, part)
    return str(part)
