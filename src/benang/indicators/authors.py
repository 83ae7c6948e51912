"""Authors: how many have how many records (Lotka's law), how many write together, and where they work.

Organisations and countries are those of the affiliations, and countries also work together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

import numpy as np

from benang.evidence import Having, Number, Rule, count, made_by
from benang.indicators.indicator import (
    ALL,
    ROOT,
    Columns,
    Indicator,
    ItemRow,
    WorksByItem,
    impact_numbers,
    items_table,
    measured,
    number_id,
    ranked,
    whole,
    works_by_item,
)
from benang.records.authors import authors
from benang.records.countries import countries_of
from benang.records.organizations import organizations
from benang.records.record import Record

LEAST_AUTHORS = 10
"""Below so many authors no exponent is fitted: it would say nothing."""
_BOUNDS = (1.000001, 30.0)


@dataclass(frozen=True, slots=True)
class LotkaFit:
    """A fitted law f(n) = n^(−exponent) / ζ(exponent), the share of authors with n records.

    `error` is the exponent's standard error; `distance` the largest difference between the observed and the fitted
    share of authors with at most n records (Kolmogorov and Smirnov); `critical` what that distance exceeds in 1 % of
    samples from a law that is known beforehand (1.63 / √authors). As the exponent was fitted to the same authors,
    a distance above it speaks against the law, and one below it does not prove the law.
    """

    exponent: float
    error: float
    distance: float
    critical: float

    def share(self, n: int) -> float:
        """Return the fitted share of authors with n records."""
        return float(n**-self.exponent / _zeta(self.exponent))


def lotka_fit(counts: Mapping[int, int]) -> LotkaFit | None:
    """Fit Lotka's law by maximum likelihood, from one record on.

    Parameters
    ----------
    counts
        Number of authors by number of records (1, 2, …).

    Returns
    -------
    LotkaFit or None
        None for fewer than ten authors, and where all have one record: any large exponent would do.

    Notes
    -----
    The exponent α maximises L(α) = −N ln ζ(α) − α Σ ln nᵢ, with standard error 1 / √(N (ζ″/ζ − (ζ′/ζ)²)). Least
    squares on the logarithms, which Lotka used and Pao (1985) describes, gives the few most prolific authors as much
    weight as the thousands with one record and misses the exponent; hence maximum likelihood.

    Sources: A. J. Lotka (1926), The frequency distribution of scientific productivity, Journal of the Washington
    Academy of Sciences 16(12), 317–323; A. Clauset, C. R. Shalizi and M. E. J. Newman (2009), Power-law distributions
    in empirical data, SIAM Review 51(4), 661–703, section 3; P. T. Nicholls (1986), Empirical
    validation of Lotka's law, Information Processing & Management 22(5), 417–419 (the test).

    Examples
    --------
    >>> fit = lotka_fit({n: round(1e7 / n**2) for n in range(1, 3000)})
    >>> round(fit.exponent, 2), fit.distance < 0.001
    (2.0, True)
    >>> lotka_fit({1: 50}) is None
    True
    """
    sizes = {n: authors for n, authors in sorted(counts.items()) if authors}
    total = sum(sizes.values())
    if total < LEAST_AUTHORS or max(sizes) == 1:
        return None
    logs = math.fsum(authors * math.log(n) for n, authors in sizes.items()) / total

    def loss(exponent: float) -> float:
        return float(np.log(_zeta(exponent)) + exponent * logs)

    from scipy.optimize import minimize_scalar  # loads much, and most tasks that count fit nothing

    minimum = minimize_scalar(loss, bounds=_BOUNDS, method="bounded", options={"xatol": 1e-9})
    exponent = float(minimum.x)
    step = 1e-4
    bend = (loss(exponent + step) - 2 * loss(exponent) + loss(exponent - step)) / step**2
    most = max(sizes)
    n = np.arange(1, most + 1)
    observed = np.cumsum([sizes.get(one, 0) for one in range(1, most + 1)]) / total
    fitted = np.cumsum(n**-exponent) / _zeta(exponent)
    distance = float(np.max(np.abs(observed - fitted)))
    return LotkaFit(exponent, 1 / math.sqrt(total * max(bend, 1e-12)), distance, 1.63 / math.sqrt(total))


def _zeta(exponent: float) -> float:
    from scipy.special import zeta  # loads much

    return float(zeta(exponent, 1))


def author_productivity(things: WorksByItem, columns: Columns) -> tuple[Indicator, Indicator]:
    """Count the authors with 1, 2, … records, and fit Lotka's law to them.

    Returns
    -------
    tuple
        The counts, `lotka`: authors with exactly so many records, their share and the share that the law gives; each
        opens the records of these authors. The fit, `lotka-fit`: exponent, standard error, distance, its critical
        value, and the share of authors with one record that the law expects (1/ζ(α): 0.61 at α = 2).
    """
    name, measures = "lotka", ("authors", "share", "fitted")
    sizes: dict[int, list[str]] = {}
    for item, works in things.works.items():
        sizes.setdefault(len(works), []).append(item)
    if not sizes:
        lacking = ("authors",)
        return Indicator(name, measures, lacking=lacking), Indicator("lotka-fit", ("value",), lacking=lacking)
    counts = {n: len(items) for n, items in sorted(sizes.items())}
    fit = lotka_fit(counts)
    total = sum(counts.values())
    rows = []
    for n, n_authors in counts.items():
        keys = columns.keys_of(work for item in sizes[n] for work in things.works[item])
        with_n = made_by("distinct", field="authors", records=ALL, times=n)
        of_all = made_by("ratio", value=with_n, to=made_by("distinct", field="authors", records=ALL))
        numbers = {
            "authors": measured(name, str(n), "authors", n_authors, "authors", keys, with_n),
            "share": measured(name, str(n), "share", n_authors / total, "share", keys, of_all),
        }
        if fit:
            by_law = made_by("lotka-share", exponent=number_id("lotka-fit", "exponent"), times=n)
            numbers["fitted"] = measured(name, str(n), "fitted", fit.share(n), "share", keys, by_law)
        rows.append(ItemRow(str(n), str(n), numbers))
    whole = columns.keys_of(work for works in things.works.values() for work in works)
    return (
        Indicator(name, measures if fit else measures[:2], tuple(rows), len(rows)),
        Indicator("lotka-fit", ("value",), _fit_rows(fit, whole) if fit else ()),
    )


def _fit_rows(fit: LotkaFit, keys: tuple[str, ...]) -> tuple[ItemRow, ...]:
    exponent = number_id("lotka-fit", "exponent")

    def row(item: str, value: float, unit: str, rule: Rule) -> ItemRow:
        number: Number = measured("lotka-fit", item, "value", value, unit, keys, rule)
        return ItemRow(item, "", {"value": number})

    return (
        row("exponent", fit.exponent, "exponent", made_by("lotka-exponent")),
        row("error", fit.error, "exponent", made_by("lotka-error", exponent=exponent)),
        row("distance", fit.distance, "distance", made_by("lotka-distance", exponent=exponent)),
        row("critical", fit.critical, "distance", made_by("lotka-critical")),
        row("one-record", fit.share(1), "share", made_by("lotka-share", exponent=exponent, times=1)),
    )


def authors_of(records: Sequence[Record]) -> WorksByItem:
    """Tell which authors wrote which records, forms of one name joined (`benang.records.authors`).

    Two authors with one name have their ids behind it.

    Examples
    --------
    >>> works = authors_of([Record("a", authors=("Fauzi, Luthfi M.", "Sari, D.")), Record("b", authors=("FAUZI, LM",))])
    >>> works.works, works.labels["fauzi, luthfi m"]
    ({'fauzi, luthfi m': [0, 1], 'sari, d': [0]}, 'Fauzi, Luthfi M.')
    """
    identities = authors(records)
    several: dict[str, int] = {}
    for label in identities.labels.values():
        several[label] = several.get(label, 0) + 1
    labels = {
        item: label if several[label] == 1 else f"{label} ({item.rpartition('(')[2].rstrip(')')})"
        for item, label in identities.labels.items()
    }
    return works_by_item(identities.of_records, labels)


def authors_table(things: WorksByItem, columns: Columns, *, top: int = 0) -> Indicator:
    """Tell of each author the records, whole and fractionalised, their citations, h, g, m, and first and last year."""
    return items_table("authors", things, columns, top=top, field="authors")


def coauthorship(things: WorksByItem, columns: Columns) -> Indicator:
    """Tell how many authors the records have.

    Rows: `per-record`, the mean number of authors (Lawani's collaborative index); `median`; `most`; `single-authored`,
    records with one author, and `single-share`, their share; `collaboration-index`, the mean number of authors of
    records with several (Elango and Rajendran, 2012); `coefficient`, the collaborative coefficient of Ajiferuke, Burell
    and Tague (1988), 1 − Σⱼ fⱼ / (j N) with fⱼ records of j authors: 0 where all wrote alone. Records without authors
    do not count.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> records = Record("a", authors=("A, B", "C, D", "E, F")), Record("b", authors=("A, B",)), Record("c")
    >>> table = coauthorship(authors_of(records), Columns(corpus_of(records)))
    >>> {row.item: row.numbers["value"].value for row in table.rows}  # doctest: +NORMALIZE_WHITESPACE
    {'per-record': 2.0, 'median': 2, 'most': 3, 'single-authored': 1, 'single-share': 0.5,
     'collaboration-index': 3.0, 'coefficient': 0.333333}
    """
    name = "co-authorship"
    sizes = {work: round(1 / share) for work, share in enumerate(things.shares) if share}
    silent = columns.keys_of(work for work in range(len(things.shares)) if work not in sizes)
    if not sizes:
        return Indicator(name, ("value",), lacking=("authors",), silent=silent)
    n, keys = len(sizes), columns.keys_of(sizes)
    alone = columns.keys_of(work for work, size in sizes.items() if size == 1)
    together = [work for work, size in sizes.items() if size > 1]
    most = max(sizes.values())

    def number(item: str, value: float, unit: str, of: Sequence[str], rule: Rule) -> Number:
        return measured(name, item, "value", value, unit, of, rule)

    having, mean = Having("authors"), made_by("mean", field="authors")
    with_most = columns.keys_of(work for work in sizes if sizes[work] == most)
    numbers = {
        "per-record": number("per-record", sum(sizes.values()) / n, "authors", keys, mean),
        "median": number("median", whole(median(sizes.values())), "authors", keys, made_by("median", field="authors")),
        "most": number("most", most, "authors", with_most, made_by("max", field="authors", records=having)),
        "single-authored": count(f"{ROOT}/{name}/single-authored/value", alone, unit="records"),
        "single-share": number("single-share", len(alone) / n, "share", alone, made_by("share", whole=having)),
    }
    if together:
        index, of = sum(sizes[work] for work in together) / len(together), columns.keys_of(together)
        numbers["collaboration-index"] = number("collaboration-index", index, "authors", of, mean)
    coefficient = 1 - math.fsum(1 / size for size in sizes.values()) / n
    for_each = made_by("ratio", value=made_by("fractions", field="authors"), to=made_by("number"))
    numbers["coefficient"] = number(
        "coefficient", coefficient, "index", keys, made_by("difference", value=1, less=for_each)
    )
    rows = tuple(ItemRow(item, "", {"value": one}) for item, one in numbers.items())
    return Indicator(name, ("value",), rows, len(rows), silent=silent)


_ORGANIZATIONS = ("records", "fractional", "citations", "h", "g", "first-year", "last-year")
_COUNTRIES = ("records", "fractional", "single", "multiple", "multiple-share", "citations", "h")


def organizations_of(records: Sequence[Record]) -> WorksByItem:
    """Return which organisations occur in the affiliations of which records (`benang.records.organizations`)."""
    matches = organizations(records)
    return works_by_item(matches.of_records, matches.labels)


def record_countries(records: Sequence[Record]) -> WorksByItem:
    """Return which countries occur in the affiliations of which records (`benang.records.countries`).

    Examples
    --------
    >>> record_countries([Record("a", affiliations=("UGM, Yogyakarta, Indonesia", "Kyoto Univ, Kyoto, Japan"))]).works
    {'Indonesia': [0], 'Japan': [0]}
    """
    countries = [countries_of(record.affiliations) for record in records]
    return works_by_item(countries, {country: country for own in countries for country in own})


def organizations_table(things: WorksByItem, columns: Columns, *, top: int = 0) -> Indicator:
    """Tell of each organisation its records, whole and in fractions, their citations, h, g, and the years."""
    return items_table("organizations", things, columns, measures=_ORGANIZATIONS, top=top, field="affiliations")


def countries_table(things: WorksByItem, columns: Columns, *, top: int = 0) -> Indicator:
    """Tell of each country its records, those of it alone and those with others, and their citations.

    `records` counts a record whole for each of its countries, `fractional` as one over their number. `single` are
    records with no other country (SCP, single-country publications), `multiple` those with several (MCP), and
    `multiple-share` is the share of the latter. All affiliations of a record count: exports do not always say whose is
    the corresponding author's.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> places = "UGM, Yogyakarta, Indonesia", "Kyoto Univ, Kyoto, Japan"
    >>> records = Record("a", affiliations=places), Record("b", affiliations=places[:1])
    >>> table = countries_table(record_countries(records), Columns(corpus_of(records)))
    >>> {name: number.value for name, number in table.row("Indonesia").numbers.items()}
    {'records': 2, 'fractional': 1.5, 'single': 1, 'multiple': 1, 'multiple-share': 0.5}
    """
    name = "countries"
    shown = tuple(one for one in _COUNTRIES if columns.has_citations or one not in {"citations", "h"})
    silent = tuple(key for key, share in zip(columns.keys, things.shares, strict=True) if not share)
    if not things.works:
        return Indicator(name, shown, lacking=("affiliations",), silent=silent)
    order = ranked(things, columns)
    rows = []
    for item in order[:top] if top else order:
        works = things.works[item]
        keys = columns.keys_of(works)
        alone = columns.keys_of(work for work in works if things.shares[work] == 1)
        several = columns.keys_of(work for work in works if things.shares[work] < 1)
        numbers = {
            "records": count(f"{ROOT}/{name}/{item}/records", keys, unit="records"),
            "fractional": measured(
                name, item, "fractional", things.fractional(item), "records", keys, made_by("fractions", field=name)
            ),
            "single": count(f"{ROOT}/{name}/{item}/single", alone, unit="records"),
            "multiple": count(f"{ROOT}/{name}/{item}/multiple", several, unit="records"),
            "multiple-share": measured(
                name,
                item,
                "multiple-share",
                len(several) / len(works),
                "share",
                several,
                made_by("share", whole=number_id(name, item, "records")),
            ),
            **impact_numbers(name, item, works, columns),
        }
        rows.append(ItemRow(item, things.labels[item], {one: numbers[one] for one in shown if one in numbers}))
    lacking = () if columns.has_citations else ("citations",)
    return Indicator(name, shown, tuple(rows), len(order), lacking=lacking, silent=silent)


def country_pairs(things: WorksByItem, columns: Columns, *, top: int = 0) -> Indicator:
    """Count the records of each pair of countries.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> records = [Record("a", affiliations=("UGM, Yogyakarta, Indonesia", "Kyoto Univ, Kyoto, Japan"))]
    >>> table = country_pairs(record_countries(records), Columns(corpus_of(records)))
    >>> [(row.label, row.numbers["records"].value) for row in table.rows]
    [('Indonesia – Japan', 1)]
    """
    name, measures = "country-pairs", ("records",)
    if not things.works:
        return Indicator(name, measures, lacking=("affiliations",))
    of_work: dict[int, list[str]] = {}
    for item, works in things.works.items():
        for work in works:
            of_work.setdefault(work, []).append(item)
    pairs: dict[tuple[str, str], list[int]] = {}
    for work in sorted(of_work):
        for one, other in combinations(sorted(of_work[work]), 2):
            pairs.setdefault((one, other), []).append(work)
    order = sorted(pairs, key=lambda pair: (-len(pairs[pair]), pair))
    rows = []
    for one, other in order[:top] if top else order:
        item = f"{one} + {other}"
        number = count(f"{ROOT}/{name}/{item}/records", columns.keys_of(pairs[one, other]), unit="records")
        rows.append(ItemRow(item, f"{things.labels[one]} – {things.labels[other]}", {"records": number}))
    return Indicator(name, measures, tuple(rows), len(order))
