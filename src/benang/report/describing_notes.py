"""What has to be said of a table of indicators: how its numbers are reckoned, what is not shown, what is lacking."""

from __future__ import annotations

from collections.abc import Mapping

from benang.indicators.described import Description
from benang.indicators.indicator import Indicator
from benang.report.blocks import plain
from benang.report.describing_words import field_names
from benang.report.texts import Texts

_EXPLAINED = ("h", "g", "m", "fractional", "normalized", "local", "trend", "multiplier", "so-far")


def absence(indicator: Indicator, description: Description, texts: Texts) -> str:
    """Say why there is no table, in a sentence; nothing where there is one."""
    _ = texts.gettext
    if indicator.rows:
        return ""
    if "references" in indicator.lacking and description.without_references:
        return _("References were left out on request.")
    if indicator.lacking:
        fields = plain(texts.listed([field_names(texts)[field].lower() for field in indicator.lacking]))
        text = _("No record carries this: %(fields)s. So nothing can be told, which is not the same as none.")
        return text % {"fields": fields}
    return _special_absence(indicator.name, texts)


def _special_absence(name: str, texts: Texts) -> str:
    _ = texts.gettext
    known: Mapping[str, str] = {
        "growth": _("Growth needs two full years with records."),
        "bradford": _("Zones need three sources, some with more records than others."),
        "lotka-fit": _("A law is fitted to ten authors or more, some of them with several records."),
        "country-pairs": _("No record names several countries."),
        "local-citations": _("No record of the corpus cites another."),
        "cited-works": _("No record has been cited."),
        "keyword-years": _("No record has keywords and a year."),
    }
    return known.get(name, _("There is nothing to count."))


def notes(indicator: Indicator, texts: Texts) -> list[str]:
    """Return the notes below a table."""
    said = [*_reckoned(indicator, texts), *_special(indicator, texts)]
    _ = texts.gettext
    shown = len(indicator.rows)
    if indicator.n > shown:
        amounts = {"shown": texts.numeral(shown), "all": texts.numeral(indicator.n)}
        said.append(_("Shown: %(shown)s of %(all)s.") % amounts)
    if indicator.silent:
        n = texts.numeral(len(indicator.silent))
        said.append(_("Records that do not tell it, and are not counted: %(n)s.") % {"n": n})
    if "citations" in indicator.lacking:
        said.append(_("No record carries citations, so nothing is told of them."))
    return said


def _reckoned(indicator: Indicator, texts: Texts) -> list[str]:
    """Explain the measures of a table that need it."""
    _ = texts.gettext
    words: Mapping[str, str] = {
        "h": _("h: so many records have at least h citations each (Hirsch, 2005)."),
        "g": _("g: the g most cited records have at least g² citations together (Egghe, 2006)."),
        "m": _("m: h divided by the years from the first record to the last year of the corpus."),
        "fractional": _("Fractional: a record counts one over the number of those who share it."),
        "normalized": _("Norm. citations: citations over the mean of the corpus's records of the same year."),
        "local": _("Local citations: records of this corpus that cite it."),
        "trend": _(
            "Trend: how the share of records with the keyword changes over the years, as z (Cochran–Armitage). "
            "Beyond ±1.96 it rises or falls more than chance explains; told from five records on."
        ),
        "multiplier": _(
            "Zones hold about a third of the records each. The multiplier says how many times more sources a zone has "
            "than the one before; of all zones it is the geometric mean."
        ),
        "so-far": _("So far: records up to and with the year."),
    }
    return [words[one] for one in _EXPLAINED if one in indicator.measures]


def _special(indicator: Indicator, texts: Texts) -> list[str]:
    _ = texts.gettext
    known: Mapping[str, list[str]] = {
        "growth": [
            _(
                "The last year is left out unless it is told to be full: exports are made within it. The compound "
                "rate rests on two years alone; the fitted one (Poisson regression) on all between, those without "
                "records too."
            )
        ],
        "lotka-fit": [
            _(
                "Fitted by maximum likelihood (Clauset, Shalizi and Newman, 2009). A distance above the critical one "
                "speaks against the law; one below it does not prove it."
            )
        ],
        "impact": [
            _("Citations are those that the databases gave at the time of export; databases count differently.")
        ],
        "countries": [_("A record counts whole for each of its countries, whoever its corresponding author is.")],
        "co-authorship": [
            _(
                "Collaboration index: Elango and Rajendran (2012). Collaborative coefficient: Ajiferuke, Burell and "
                "Tague (1988), 0 where all wrote alone."
            )
        ],
        "completeness": [_("Every other number rests on the records that carry its field.")],
    }
    return known.get(indicator.name, [])
