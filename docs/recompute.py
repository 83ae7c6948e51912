#!/usr/bin/env python3
"""Recompute every number of a review from its evidence.json, in plain Python, without Benang.

    python recompute.py out/evidence.json

It ends with 0 where every number comes out again; else it names those that don't. evidence.md explains the file.
"""

import json
import math
import statistics
import sys
from collections import Counter
from pathlib import Path


def recomputed(book, number):
    """Return a number anew: a count from what it counts, a measure by its rule."""
    if number["kind"] == "count":
        return len(set(number["of"]))
    return RULES[number["rule"]](Parts(book, number["made_of"], number["of"]))


class Parts:
    """What a rule is made of: `made_of` of a measure, with the whole file and the records that the measure opens."""

    def __init__(self, book, made_of, own):
        """Keep them."""
        self.book, self.made_of, self.own = book, made_of, own

    def value(self, name):
        """Return a value: a number, another number of the review by its id, or what a rule of its own makes."""
        return self.value_of(self.made_of[name])

    def value_of(self, part):
        """Do the same of a part itself."""
        if isinstance(part, str):
            return recomputed(self.book, self.book["numbers"][part])
        if isinstance(part, dict):
            return RULES[part["rule"]](Parts(self.book, part["made_of"], self.own))
        return part

    def records(self, name="records"):
        """Return records: by their keys, as those that a number counts, or as all that have a field."""
        named = self.made_of.get(name, self.own)
        if isinstance(named, str):
            return self.book["numbers"][named]["of"]
        if isinstance(named, dict):
            return [key for key, record in self.book["records"].items() if named["having"] in record]
        return named

    def records_of(self, name):
        """Return what another number of the review counts, by its id."""
        return self.book["numbers"][name]["of"]

    def labels(self):
        """Return for each thing the label that each coder gave it, as its place among the labels; None where none."""
        n, given = len(self.made_of["labels"]), {}
        for at, name in enumerate(self.made_of["given"]):
            coder, label = divmod(at, n)
            for key in self.records_of(name):
                given.setdefault(key, [None] * len(self.made_of["coders"]))[coder] = label
        return list(given.values())

    def read(self, field="", name="records"):
        """Return what records have in a field: a number, or of a list its length. Those without it are left out."""
        field = field or self.made_of["field"]
        given = [self.book["records"][key].get(field) for key in self.records(name)]
        return [len(one) if isinstance(one, list) else one for one in given if one is not None]

    def often(self, field=""):
        """Return how often each thing stands in a field of the records that lists things."""
        field = field or self.made_of["field"]
        return Counter(thing for key in self.records() for thing in self.book["records"][key].get(field, ()))


def per_year(parts):
    """Divide a value by the number of years from one to another, both included."""
    return parts.value("value") / (parts.value("until") - parts.value("since") + 1)


def distinct(parts):
    """Count the different things, or those that stand exactly so many times."""
    often, times = parts.often(), parts.made_of.get("times")
    return sum(n == times for n in often.values()) if times else len(often)


def share(parts):
    """Return some records as a share of others."""
    whole = set(parts.records("whole"))
    return len(set(parts.records())) / len(whole) if whole else 0


def h_index(parts):
    """Return the largest h such that h records have at least h citations each."""
    ordered = sorted(parts.read(), reverse=True)
    return sum(citations >= rank for rank, citations in enumerate(ordered, 1))


def g_index(parts):
    """Return the largest g such that the g most cited records have at least g² citations together."""
    ordered, g = sorted(parts.read(), reverse=True), 0
    while g < len(ordered) and sum(ordered[: g + 1]) >= (g + 1) ** 2:
        g += 1
    return g


def last_full_year(parts):
    """Return the last year but one that has records, or the last one up to a year that is given."""
    years = sorted(set(parts.read("year")))
    return max(year for year in years if year <= parts.value("until")) if "until" in parts.made_of else years[-2]


def compound_growth(parts):
    """Return the rate by which the records of the first year become those of the last one."""
    years, first, last = parts.read("year"), parts.value("since"), parts.value("until")
    return (years.count(last) / years.count(first)) ** (1 / (last - first)) - 1


def fitted_growth(parts):
    """Return the growth a year by Poisson regression: the slope at which the mean year comes out, by bisection."""
    years, first, last = parts.read("year"), parts.value("since"), parts.value("until")
    n = [years.count(year) for year in range(first, last + 1)]
    mean_year = sum(at * one for at, one in enumerate(n)) / sum(n)
    low, high = -20.0, 20.0
    while high - low > 1e-12:
        slope = (low + high) / 2
        weights = [math.exp(slope * (at - (len(n) - 1 if slope > 0 else 0))) for at in range(len(n))]
        mean = math.fsum(at * one for at, one in enumerate(weights)) / math.fsum(weights)
        low, high = (slope, high) if mean < mean_year else (low, slope)
    return math.expm1((low + high) / 2)


def trend(parts):
    """Return Cochran and Armitage's z: above 0 where the share of the records rises over the years."""
    years, every = parts.read("year"), parts.read("year", "whole")
    mean, p = sum(every) / len(every), len(years) / len(every)
    squares = math.fsum((year - mean) ** 2 for year in every)
    return math.fsum(year - mean for year in years) / math.sqrt(p * (1 - p) * squares)


def zeta(s):
    """Return Riemann's ζ of s > 1: the first terms, and Euler and Maclaurin's formula for the rest."""
    n = 40
    rest = n ** (1 - s) / (s - 1) + n**-s / 2 + s * n ** (-s - 1) / 12 - s * (s + 1) * (s + 2) * n ** (-s - 3) / 720
    return math.fsum(one**-s for one in range(1, n)) + rest


def lotka_loss(parts):
    """Return what the exponent of Lotka's law makes smallest, f(n) = n^(−a) / ζ(a) being the share with n records."""
    often = parts.often("authors").values()
    logs = math.fsum(map(math.log, often)) / len(often)
    return lambda a: math.log(zeta(a)) + a * logs


def lotka_exponent(parts):
    """Return the exponent by maximum likelihood: of an interval, the third without it goes, again and again."""
    loss, low, high = lotka_loss(parts), 1.000001, 30.0
    while high - low > 1e-9:
        one, other = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, other) if loss(one) < loss(other) else (one, high)
    return (low + high) / 2


def lotka_error(parts):
    """Return the standard error of the exponent, from how sharply the likelihood bends there."""
    loss, a, step = lotka_loss(parts), parts.value("exponent"), 1e-4
    bend = (loss(a + step) - 2 * loss(a) + loss(a - step)) / step**2
    return 1 / math.sqrt(len(parts.often("authors")) * bend)


def lotka_distance(parts):
    """Return the largest distance between the shares of authors with at most n records: counted, and by the law."""
    often, a = parts.often("authors").values(), parts.value("exponent")
    distance = by_law = 0.0
    for n in range(1, max(often) + 1):
        by_law += n**-a / zeta(a)
        distance = max(distance, abs(sum(one <= n for one in often) / len(often) - by_law))
    return distance


def cohens_kappa(parts):
    """Return Cohen's kappa: `one` and `other` name the records of each verdict, as either reviewer gave it."""
    both = set(parts.records("whole"))
    n = len(both)
    one, other = ([both & set(parts.records_of(name)) for name in parts.made_of[who]] for who in ("one", "other"))
    agreed = sum(len(one[at] & other[at]) for at in range(len(one)))
    chance = sum(len(one[at]) * len(other[at]) for at in range(len(one)))
    return (n * agreed - chance) / (n * n - chance)


def often_together(labels):
    """Return the things that two coders or more gave a label, and for each how often it got each label."""
    often = [Counter(label for label in row if label is not None) for row in labels]
    return [one for one in often if sum(one.values()) > 1]


def percent_agreement(parts):
    """Return the mean over things of the share of their pairs of coders that agree."""
    shares = []
    for often in often_together(parts.labels()):
        n = sum(often.values())
        shares.append(sum(one * (one - 1) for one in often.values()) / (n * (n - 1)))
    return math.fsum(shares) / len(shares)


def congers_kappa(parts):
    """Return Conger's kappa: by chance, two different coders each draw from what they themselves gave."""
    labels, chance = parts.labels(), []
    own = [Counter(row[at] for row in labels if row[at] is not None) for at in range(len(parts.made_of["coders"]))]
    for at, one in enumerate(own):
        for other in own[at + 1 :]:
            pairs = sum(one.values()) * sum(other.values())
            chance.append(sum(n * other[label] for label, n in one.items()) / pairs)
    expected = math.fsum(chance) / len(chance)
    return (percent_agreement(parts) - expected) / (1 - expected)


def gwets_ac1(parts):
    """Return Gwet's AC1, where the chance is Σ p (1 − p) / (q − 1), p being the mean share of each of q labels."""
    labels, q = parts.labels(), len(parts.made_of["labels"])
    shares = [0.0] * q
    for row in labels:
        given = [label for label in row if label is not None]
        for label in given:
            shares[label] += 1 / len(given) / len(labels)
    expected = math.fsum(p * (1 - p) for p in shares) / (q - 1)
    return (percent_agreement(parts) - expected) / (1 - expected)


def krippendorffs_alpha(parts):
    """Return Krippendorff's alpha: 1 less the disagreement within things by that between all of them."""
    together = often_together(parts.labels())
    total = sum(together, Counter())
    distance = distances(parts, total)
    observed = sum(_apart(often, distance) / (sum(often.values()) - 1) for often in together)
    return 1 - observed * (sum(total.values()) - 1) / _apart(total, distance)


def _apart(often, distance):
    """Add up the distances of all pairs of two labels."""
    return math.fsum(n * often[other] * distance(one, other) for one, n in often.items() for other in often)


def distances(parts, total):
    """Return how far two labels are apart, by their places, at the level of measurement that is named."""
    labels, level = parts.made_of["labels"], parts.made_of["level"]
    if level == "nominal":
        return lambda one, other: float(one != other)
    if level == "ordinal":
        ranks = {at: sum(total[below] for below in range(at)) + total[at] / 2 for at in range(len(labels))}
        return lambda one, other: (ranks[one] - ranks[other]) ** 2
    values = [float(label) for label in labels]
    if level == "interval":
        return lambda one, other: (values[one] - values[other]) ** 2
    return lambda one, other: ((values[one] - values[other]) / ((values[one] + values[other]) or 1)) ** 2


def united(spans):
    """Join the passages of one coder that overlap; those that only touch stay two."""
    joined = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1][1] = max(end, joined[-1][1])
        else:
            joined.append([start, end])
    return joined


def unitizing_alpha(parts):
    """Return uα of one code: 1 less the characters on which coders differ by those on which they would by chance."""
    apart = whole = own = coded = 0
    for at, document in enumerate(parts.made_of["documents"]):
        first, last, coders = parts.made_of["starts"][at], parts.made_of["ends"][at], []
        for number in (parts.book["numbers"][name] for name in parts.made_of["read"]):
            if document in number["of"]:
                marked = (parts.book["passages"][key] for key in number["passages"])
                spans = [(max(one["start"], first), one["end"]) for one in marked if one["document"] == document]
                coders.append(united(span for span in spans if span[0] < span[1]))
        n, lengths = len(coders), [end - start for spans in coders for start, end in spans]
        whole, coded, own = whole + n * (last - first), coded + sum(lengths), own + sum(one * one for one in lengths)
        places = sorted({place for spans in coders for span in spans for place in span})
        for following, start in enumerate(places[:-1], 1):
            covering = sum(any(low <= start < high for low, high in spans) for spans in coders)
            apart += 2 * covering * (n - covering) * (places[following] - start) / (n - 1)
    gaps = whole - coded
    return 1 - apart * (whole - (own + gaps) / whole) / (2 * coded * gaps)


RULES = {
    "given": lambda parts: sum(parts.read()),  # of one record
    "number": lambda parts: len(set(parts.records())),
    "sum": lambda parts: sum(parts.read()),
    "mean": lambda parts: sum(parts.read()) / len(parts.read()),
    "median": lambda parts: statistics.median(parts.read()),
    "min": lambda parts: min(parts.read()),
    "max": lambda parts: max(parts.read()),
    "distinct": distinct,
    "fractions": lambda parts: math.fsum(1 / n for n in parts.read()),
    "share": share,
    "ratio": lambda parts: parts.value("value") / parts.value("to"),
    "difference": lambda parts: parts.value("value") - parts.value("less"),
    "geometric-mean": lambda parts: statistics.geometric_mean(map(parts.value_of, parts.made_of["values"])),
    "per-year": per_year,
    "h-index": h_index,
    "g-index": g_index,
    "last-full-year": last_full_year,
    "compound-growth": compound_growth,
    "fitted-growth": fitted_growth,
    "doubling-time": lambda parts: math.log(2) / math.log1p(parts.value("value")),
    "trend": trend,
    "lotka-exponent": lotka_exponent,
    "lotka-error": lotka_error,
    "lotka-distance": lotka_distance,
    "lotka-critical": lambda parts: 1.63 / math.sqrt(len(parts.often("authors"))),
    "lotka-share": lambda parts: parts.value("times") ** -parts.value("exponent") / zeta(parts.value("exponent")),
    "cohens-kappa": cohens_kappa,
    "percent-agreement": percent_agreement,
    "congers-kappa": congers_kappa,
    "gwets-ac1": gwets_ac1,
    "krippendorffs-alpha": krippendorffs_alpha,
    "unitizing-alpha": unitizing_alpha,
}


def differing(book):
    """Return the numbers that don't come out again, in sentences.

    Counts must be the same; measures are written with six decimals, z with four.
    """
    problems = []
    for name, number in book["numbers"].items():
        again = recomputed(book, number)
        off = 0 if number["kind"] == "count" else 1e-4 if number["unit"] == "z" else 2e-6
        if abs(again - number["value"]) > off:
            problems.append(f"{name}: {number['value']} in the file, {again} recomputed")
    return problems


def main(path):
    """Recompute all numbers of a file, and say how many there are and which differ."""
    book = json.loads(Path(path).read_text(encoding="utf-8"))
    problems = differing(book)
    counts = sum(number["kind"] == "count" for number in book["numbers"].values())
    measures = len(book["numbers"]) - counts
    print("\n".join([*problems, f"{counts} counts and {measures} measures recomputed, {len(problems)} differ"]))
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
