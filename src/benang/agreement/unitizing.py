"""Agreement on passages of free length: where they begin and end, and which code they have.

The u-alpha family of Krippendorff, Mathet, Bouvry and Widlöcher (2016, On the reliability of unitizing textual
continua, Quality & Quantity 50, 2347–2364; Krippendorff 2019, Content Analysis, 4th ed., section 12.6) measures
coincidences in characters. What nobody coded is a value too, φ: coders agree on a text that all of them leave alone.

* Observed: l_ck is the length to which pairs of coders gave the values c and k, by the number of coders less one.
* Expected: e_ck = (l_c l_k - [c = k] S_c) / (l - S / l), where l_c sums l_ck over k, l is all of it, and S_c the sum
  over passages of c of length², over gaps φ of length. S takes out that a passage is paired with itself.
* u-alpha = 1 - (sum of l_ck, c ≠ k) / (sum of e_ck, c ≠ k).

Several texts are one continuum: they are laid end to end, so that lengths and S add up, and chance pairs the passages
of one text with those of another. No passage reaches from one text into the next. Each text counts with the coders who
have looked at it; a text of one coder is left out, and so is an empty one.

Passages of one coder with the same code that overlap are united first; those that only touch stay two. Where passages
of one coder with different codes overlap, the family is undefined: it is measured code by code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from benang.agreement.ratings import Coefficient, Continuum, Floats, Name, Span
from benang.locale.writing import worded

_GAP = -1
"""φ, the value of what a coder left alone, among the numbers of codes."""

MATCH = 0.5
"""Passages match where they have at least half of what they cover together in common."""

Lengths = Mapping[str, Floats]
"""What texts add to the coefficients, one row a text (or a draw of texts), in characters; see `_swept`."""


@dataclass(frozen=True, eq=False)
class Marks:
    """Passages as lengths that add up over texts.

    Parameters
    ----------
    labels
        The codes that somebody gave, sorted.
    n
        The characters of all texts that two coders or more have looked at.
    lengths
        One row for each of these texts.
    overlap
        Whether passages of one coder with different codes overlap somewhere.
    """

    labels: tuple[str, ...]
    n: int
    lengths: Lengths
    overlap: bool

    @property
    def n_documents(self) -> int:
        """The number of texts that count."""
        return len(self.lengths["whole"])

    @property
    def width(self) -> int:
        """How many numbers one row of the sums has."""
        return sum(rows.shape[1] for rows in self.lengths.values())

    def sums(self, times: Floats | None = None) -> Lengths:
        """Add up the texts, each as many times as a row of `times` says; each once, in one row, without it."""
        often = np.ones((1, self.n_documents)) if times is None else times
        return {name: often @ rows for name, rows in self.lengths.items()}


def marks(continua: Iterable[Continuum], *, match: float = MATCH) -> Marks:
    """Measure passages, text by text.

    Parameters
    ----------
    continua
        The texts; those that fewer than two coders have looked at are left out, and so are empty ones.
    match
        The share of characters in common, of what two passages cover together, from which they match, at least one
        half; 1 for passages that are exactly the same.

    Examples
    --------
    >>> ani, budi = (Span(0, 10, "rent"),), (Span(0, 8, "rent"), Span(4, 10, "rent"))
    >>> marked = marks([Continuum("d", 20, {"ani": ani, "budi": budi})])
    >>> marked.labels, marked.n, marked.sums()["whole"].tolist()
    (('rent',), 20, [[40.0]])
    """
    counting = [one for one in continua if len(one.spans) > 1 and one.length > 0]
    labels = tuple(sorted({span.label for one in counting for spans in one.spans.values() for span in spans}))
    rows: dict[str, list[Sequence[float]]] = defaultdict(list)
    overlap = False
    for one in counting:
        united = [_united(spans, one.length) for _coder, spans in sorted(one.spans.items())]
        crossing = any(a.end > b.start for spans in united for a, b in pairwise(spans))
        overlap |= crossing
        of_text = _swept(one.length, united, labels) if not crossing else _apart(one.length, united, labels)
        of_text["hits"], of_text["spans"] = _matches(united, match)
        for name, values in of_text.items():
            rows[name].append(values)
    lengths = {name: np.array(values, dtype=np.float64) for name, values in rows.items()}
    return Marks(labels, sum(one.length for one in counting), lengths or {"whole": np.zeros((0, 1))}, overlap)


def _united(spans: Iterable[Span], length: int) -> list[Span]:
    """Return a coder's passages within a text, sorted; those of one code that overlap as one."""
    united: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.label, one.start, one.end)):
        start, end = max(span.start, 0), min(span.end, length)
        if end <= start:
            continue
        if united and united[-1].label == span.label and start < united[-1].end:
            united[-1] = Span(united[-1].start, max(end, united[-1].end), span.label)
        else:
            united.append(Span(start, end, span.label))
    return sorted(united, key=lambda one: (one.start, one.end, one.label))


class _Sweep:
    """The lengths of one text, gathered from its begin to its end; coders by their place, codes by their number."""

    def __init__(self, n_coders: int, n_labels: int) -> None:
        self.m = n_coders
        self.now = [_GAP] * n_coders
        self.counts = {_GAP: n_coders}
        self.shared = [0.0] * n_coders  # what the passage of each coder has in common with those of others so far
        self.apart = self.apart_from_gap = self.common = self.either = 0.0
        self.both = [0.0] * n_labels
        self.same = [0.0] * n_labels
        self.both_own = [0.0] * n_labels

    def over(self, step: int) -> None:
        """Go on by some characters, in which nothing begins or ends."""
        m, gaps = self.m, self.counts.get(_GAP, 0)
        marked = m - gaps
        if not marked:
            return
        part = step / (m - 1)
        self.apart += part * (m * m - sum(n * n for n in self.counts.values()))
        self.apart_from_gap += part * 2 * marked * gaps
        for label, n in self.counts.items():
            if label != _GAP:
                self.both[label] += part * n * (marked - 1)
                self.same[label] += part * n * (n - 1)
                self.common += step * n * (n - 1) / 2
                self.either += step * (n * (m - n) + n * (n - 1) / 2)
        for coder, label in enumerate(self.now):
            if label != _GAP:
                self.shared[coder] += part * (marked - 1)

    def turn(self, coder: int, label: int) -> None:
        """Let the passage of a coder begin, or end where `label` is φ."""
        before = self.now[coder]
        if before != _GAP:
            self.both_own[before] += self.shared[coder] ** 2
        self.shared[coder] = 0.0
        self.counts[before] -= 1
        if not self.counts[before]:
            del self.counts[before]
        self.counts[label] = self.counts.get(label, 0) + 1
        self.now[coder] = label


def _swept(length: int, united: Sequence[Sequence[Span]], labels: Sequence[str]) -> dict[str, Sequence[float]]:
    """Return what one text adds to the coefficients.

    `whole` is l; `own` is S; `of` are the l_c, φ first; `apart` is the sum of l_ck over c ≠ k, `apart_from_gap` where
    one of them is φ. `both`, `same` and `both_own` are l_c, l_cc and S_c of what two coders or more marked: there a
    passage is paired with itself by the square of what it has in common with those of others. `common` and `either` are
    characters with a code that both coders of a pair gave, or either.
    """
    numbers = {label: number for number, label in enumerate(labels)}
    sweep = _Sweep(len(united), len(labels))
    of = [0.0] * len(labels)
    own = 0.0
    turns: list[tuple[int, int, int]] = []
    for coder, spans in enumerate(united):
        for span in spans:
            turns += [(span.start, coder, numbers[span.label]), (span.end, coder, _GAP)]
            of[numbers[span.label]] += span.end - span.start
            own += (span.end - span.start) ** 2
    at = 0
    for place, coder, label in sorted(turns, key=lambda turn: turn[0]):
        if place > at:
            sweep.over(place - at)
            at = place
        sweep.turn(coder, label)
    whole = float(length * len(united))
    gaps = whole - sum(of)
    return {
        "whole": [whole],
        "own": [own + gaps],
        "of": [gaps, *of],
        "apart": [sweep.apart],
        "apart_from_gap": [sweep.apart_from_gap],
        "both": sweep.both,
        "same": sweep.same,
        "both_own": sweep.both_own,
        "common": [sweep.common],
        "either": [sweep.either],
    }


def _apart(length: int, united: Sequence[Sequence[Span]], labels: Sequence[str]) -> dict[str, Sequence[float]]:
    """Return what a text with overlapping codes adds: what can be had code by code, and added up."""
    by_label = [
        _swept(length, [[span for span in spans if span.label == label] for spans in united], labels)
        for label in labels
    ]
    added = {
        name: [sum(column) for column in zip(*(one[name] for one in by_label), strict=True)] for name in by_label[0]
    }
    return {**added, "whole": by_label[0]["whole"]}


def _matches(united: Sequence[Sequence[Span]], match: float) -> tuple[list[float], list[float]]:
    """Return how many passages match one of the other coder, each one alone, and how many there are, over pairs."""
    hits = 0
    for one, other in combinations(united, 2):
        taken: set[Span] = set()
        for a in one:
            for b in other:
                if b.start >= a.end:
                    break
                common = min(a.end, b.end) - max(a.start, b.start)
                covered = max(a.end, b.end) - min(a.start, b.start)
                # From one half on, only the two halves of a passage match the same one, so that the first will do.
                if a.label == b.label and common >= match * covered and b not in taken:
                    taken.add(b)
                    hits += 1
                    break
    return [2.0 * hits], [float((len(united) - 1) * sum(len(spans) for spans in united))]


def u_alpha(sums: Lengths) -> Floats:
    """Return u-alpha: agreement on boundaries and codes (Krippendorff 2019, equation 34)."""
    return _alpha(sums["apart"][:, 0], sums["of"], sums["own"][:, 0])


def u_alpha_binary(sums: Lengths) -> Floats:
    """Return |u-alpha: agreement on what is marked at all (equation 35)."""
    gaps = sums["of"][:, 0]
    of = np.stack([gaps, sums["whole"][:, 0] - gaps], axis=1)
    return _alpha(sums["apart_from_gap"][:, 0], of, sums["own"][:, 0])


def cu_alpha(sums: Lengths) -> Floats:
    """Return cu-alpha: agreement on codes where two coders or more marked something (equations 36 and 37)."""
    apart = sums["both"].sum(axis=1) - sums["same"].sum(axis=1)
    return _alpha(apart, sums["both"], sums["both_own"].sum(axis=1))


def span_f1(sums: Lengths) -> Floats:
    """Return the share of passages that match one of another coder with the same code, over pairs of coders."""
    return _ratio(sums["hits"][:, 0], sums["spans"][:, 0])


def span_jaccard(sums: Lengths) -> Floats:
    """Return the characters with a code that both coders of a pair gave, by those that either gave it."""
    return _ratio(sums["common"][:, 0], sums["either"][:, 0])


FORMULAS: Mapping[Name, Callable[[Lengths], Floats]] = {
    "u-alpha": u_alpha,
    "u-alpha-binary": u_alpha_binary,
    "cu-alpha": cu_alpha,
    "span-f1": span_f1,
    "span-jaccard": span_jaccard,
}
"""The coefficients of passages; `value_alphas` has those of single codes among others."""

_FAMILY: frozenset[Name] = frozenset({"u-alpha", "u-alpha-binary", "cu-alpha", "ku-alpha", "ku-coverage"})


def stands_against(marked: Marks, name: Name) -> str:
    """Return why a coefficient of passages can't be had; empty where nothing stands against it."""
    if not marked.n_documents:
        return worded("no text was looked at by two coders")
    if not marked.labels:
        return worded("nobody marked anything, so there is no agreement beyond chance to measure")
    if marked.overlap and name in _FAMILY:
        return worded("passages of one coder with different codes overlap, so it is measured code by code")
    return ""


def why_not(name: Name) -> str:
    """Return why a coefficient of passages is not a number although nothing stood against it."""
    if name == "cu-alpha":
        return worded("where two coders marked something, they gave one code alone")
    return worded("all marked the whole text, so there is no agreement beyond chance to measure")


def value_alphas(marked: Marks) -> dict[str, tuple[Coefficient, Coefficient]]:
    """Return (k)u-alpha of each code and its coverage: how reliably it is told from the other codes (equation 38).

    (k)u-alpha = 1 - (o_k - o_kk) / o_k : (e_k - e_kk) / e_k, of what two coders or more marked. Its coverage, 0 to 1,
    says how much of the code that is: of each character that a coder gave the code, the share of the other coders who
    marked it as well, with whichever code, averaged over all of these characters.
    """
    against = stands_against(marked, "ku-alpha")
    if against:
        alpha, share = (Coefficient(name, None, marked.n, against) for name in ("ku-alpha", "ku-coverage"))
        return dict.fromkeys(marked.labels, (alpha, share))
    sums = {name: rows[0] for name, rows in marked.sums().items()}
    both, same, own = sums["both"], sums["same"], sums["both_own"]
    whole = both.sum()
    values: dict[str, tuple[Coefficient, Coefficient]] = {}
    for at, label in enumerate(marked.labels):
        coverage = float(both[at] / sums["of"][at + 1])
        # Both expected sums lack the same divisor, which cancels out.
        expected, expected_same = both[at] * whole - own[at], both[at] ** 2 - own[at]
        if not both[at]:
            one = Coefficient("ku-alpha", None, marked.n, worded("nobody else marked what has this code"))
        elif expected - expected_same <= 0:
            one = Coefficient("ku-alpha", None, marked.n, why_not("cu-alpha"))
        else:
            unlike = (both[at] - same[at]) / both[at]
            one = Coefficient("ku-alpha", float(1 - unlike * expected / (expected - expected_same)), marked.n)
        values[label] = (one, Coefficient("ku-coverage", coverage, marked.n))
    return values


def alpha_u_1995(continuum: Continuum, label: str) -> tuple[float, float]:
    """Return observed and expected disagreement of a code by the older alpha_U, to compare with the literature alone.

    It takes the squares of the distances of boundaries (Krippendorff 1995; 2004, Content Analysis, 2nd ed., pp.
    251–256). Alpha of several codes is 1 less the sum of what is observed by the sum of what is expected.
    """
    united = [
        [span for span in _united(spans, continuum.length) if span.label == label]
        for _coder, spans in sorted(continuum.spans.items())
    ]
    m, length = len(united), continuum.length
    observed = 0
    for one, other in combinations(united, 2):
        meeting = [(a, b) for a in one for b in other if a.start < b.end and b.start < a.end]
        observed += sum((a.start - b.start) ** 2 + (a.end - b.end) ** 2 for a, b in meeting)
        alone = [span for span in (*one, *other) if not any(span is met for pair in meeting for met in pair)]
        observed += sum((span.end - span.start) ** 2 for span in alone)
    lengths = [span.end - span.start for spans in united for span in spans]
    gaps = [end - start for spans in united for start, end in _gaps(spans, length)]
    expected = sum(
        (len(lengths) - 1) / 3 * (2 * own**3 - 3 * own**2 + own)
        + own**2 * sum(gap - own + 1 for gap in gaps if gap >= own)
        for own in lengths
    )
    pairs = m * length * (m * length - 1) - sum(own * (own - 1) for own in lengths)
    return 2 * observed / (m * (m - 1) * length**2), 2 / length * expected / pairs


def _gaps(spans: Sequence[Span], length: int) -> list[tuple[int, int]]:
    starts = [0, *(span.end for span in spans)]
    ends = [*(span.start for span in spans), length]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if end > start]


def _alpha(apart: Floats, of: Floats, own: Floats) -> Floats:
    whole = of.sum(axis=1)
    room = np.where(whole > 0, whole - own / np.where(whole > 0, whole, 1.0), 0.0)
    unlike = whole**2 - (of**2).sum(axis=1)
    defined = (unlike > 1e-9 * np.maximum(whole, 1.0) ** 2) & (room > 0)
    return np.where(defined, 1 - apart * room / np.where(defined, unlike, 1.0), np.nan)


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), np.nan)
