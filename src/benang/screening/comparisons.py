"""How far reviewers agree: what they decided on the same records, before consensus and as far as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from benang.agreement import TwoCoders, two_coders
from benang.agreement.comparison import Comparison
from benang.agreement.ratings import Ratings
from benang.evidence import Number, count, made_by
from benang.judgements.events import CONSENSUS, STAGES, Stage, Verdict
from benang.locale import Language
from benang.locale.writing import numeral, worded
from benang.screening.outcomes import Outcome, Screening
from benang.screening.protocol import stage_words

UnsureAs = Literal["own", "include"]
"""What *unsure* is where reviewers are compared: a verdict of its own, or an include, since both move a record on."""


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """How far two reviewers agree at a stage, the names sorted, on the records whose tasks both have done.

    `verdicts` are what the two gave each record; `left_out` are records that one of them could not have, or on which
    one contradicts themselves.
    """

    stage: Stage
    one: str
    other: str
    unsure: UnsureAs
    agreement: TwoCoders
    verdicts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    def cells(self, language: Language) -> tuple[str, str, str, str, str]:
        """Return stage, reviewers, number of records, share and kappa as tables print them; a dash where undefined.

        Examples
        --------
        >>> pair = PairAgreement("full-text", "ani", "budi", "own", two_coders([("include", "include")] * 4))
        >>> pair.cells("en")
        ('full text', 'ani, budi', '4', '100.0%', '–')
        """
        of = self.agreement
        share = "–" if of.observed is None else f"{numeral(100 * of.observed, language, 1)}%"
        kappa = "–" if of.kappa is None else numeral(of.kappa, language, 2)
        return stage_words(self.stage, language), f"{self.one}, {self.other}", numeral(of.n, language), share, kappa

    @property
    def numbers(self) -> Mapping[str, Number]:
        """What is counted, by the last part of the ids, `agreement/STAGE/ONE/OTHER/…`.

        `both` and `agreed` count records, `NAME/VERDICT` those to which a reviewer gave a verdict that both gave at all
        (chance agrees on no other). `share` and `kappa` are made of them, and missing where they are undefined.
        """
        start, given = f"agreement/{self.stage}/{self.one}/{self.other}", self.verdicts.items()
        alike = sorted({labels[0] for _, labels in given} & {labels[1] for _, labels in given})
        of = {"both": [*self.verdicts], "agreed": [work for work, (one, other) in given if one == other]}
        for at, name in enumerate((self.one, self.other)):
            of |= {f"{name}/{label}": [work for work, labels in given if labels[at] == label] for label in alike}
        unit = "records" if self.stage == "title-abstract" else "reports"
        numbers = {what: count(f"{start}/{what}", works, unit=unit) for what, works in of.items()}
        both, agreed = numbers["both"], numbers["agreed"]
        if self.agreement.observed is not None:
            rule = made_by("share", records=agreed.id, whole=both.id)
            numbers["share"] = Number(
                f"{start}/share", round(self.agreement.observed, 6), "share", agreed.of, rule=rule
            )
        if self.agreement.kappa is not None:
            one, other = (tuple(f"{start}/{name}/{label}" for label in alike) for name in (self.one, self.other))
            rule = made_by("cohens-kappa", whole=both.id, one=one, other=other)
            numbers["kappa"] = Number(f"{start}/kappa", round(self.agreement.kappa, 6), "kappa", both.of, rule=rule)
        return numbers


def agreement_of(screening: Screening, unsure: UnsureAs = "own") -> tuple[PairAgreement, ...]:
    """Compare each pair of reviewers at each stage: what both decided, as far as it may be shown, and before consensus.

    Nothing counts before both tasks are done: what was decided first is no sample of the whole.

    Parameters
    ----------
    screening
        The screening.
    unsure
        Whether *unsure* is a verdict of its own. As `include` it is what Covidence calls *maybe*, which moves on.
    """
    pairs: dict[tuple[Stage, str, str], dict[str, tuple[Verdict, ...]]] = {}
    for stage, outcomes in screening.outcomes.items():
        for work, outcome in outcomes.items():
            for (a, one), (b, other) in combinations(sorted(_own_verdicts(outcome, screening).items()), 2):
                pairs.setdefault((stage, a, b), {})[work] = (*one, *other)
    return tuple(_pair_agreement(*pair, unsure, pairs[pair]) for pair in sorted(pairs, key=_by_stage))


def screening_comparisons(screening: Screening, language: Language) -> tuple[Comparison, ...]:
    """Compare all reviewers of each stage, and each pair of them where there are more than two.

    It compares what `agreement_of` does: what reviewers decided whose tasks are done, as far as it may be shown, and
    before consensus. Reports that one of them could not have are set aside, and so are works on which one reviewer
    contradicts themselves.
    """
    comparisons: list[Comparison] = []
    for stage, outcomes in screening.outcomes.items():
        verdicts = {work: _own_verdicts(outcome, screening) for work, outcome in outcomes.items()}
        coders = sorted({coder for of_work in verdicts.values() for coder in of_work})
        pairs = [*combinations(coders, 2)] if len(coders) > 2 else []
        for who in (tuple(coders), *pairs):
            comparison = _comparison(stage, who, len(who) < len(coders), verdicts, outcomes, language)
            if len(who) > 1 and comparison.ratings.compared:
                comparisons.append(comparison)
    return tuple(comparisons)


def _comparison(
    stage: Stage,
    coders: tuple[str, ...],
    is_pair: bool,
    verdicts: Mapping[str, Mapping[str, tuple[Verdict, ...]]],
    outcomes: Mapping[str, Outcome],
    language: Language,
) -> Comparison:
    """Compare what some reviewers decided at a stage."""
    own = {
        work: {coder: said for coder, said in of_work.items() if coder in coders} for work, of_work in verdicts.items()
    }
    several = {work for work, of_work in own.items() if len(of_work) > 1}
    aside = {
        work: worded("the report could not be obtained")
        if any("unobtainable" in said for said in own[work].values())
        else worded("one reviewer decided on it in two ways")
        for work in outcomes
        if work in several and any(len(said) > 1 or "unobtainable" in said for said in own[work].values())
    }
    units = tuple(work for work in outcomes if own[work] and work not in aside)
    rows = tuple(tuple(next(iter(own[work].get(coder, ())), None) for coder in coders) for work in units)
    label = stage_words(stage, language)
    return Comparison(
        kind="screening",
        id="/".join((stage, *coders)) if is_pair else stage,
        label=f"{label} ({', '.join(coders)})" if is_pair else label,
        ratings=Ratings(coders, units, rows),
        group=stage,
        unseen=tuple(work for work in units if work not in several),
        set_aside=aside,
        settled=tuple(work for work in units if any(one.coder == CONSENSUS for one in outcomes[work].decisions)),
        notes={
            (work, one.coder): "; ".join(filter(None, (one.reason, one.note)))
            for work in units
            for one in outcomes[work].decisions
            if one.coder in coders and (one.reason or one.note)
        },
    )


def _own_verdicts(outcome: Outcome, screening: Screening) -> dict[str, tuple[Verdict, ...]]:
    """Return what each reviewer whose task is done decided on a work; several verdicts contradict each other."""
    verdicts: dict[str, tuple[Verdict, ...]] = {}
    for one in outcome.decisions:
        if one.coder != CONSENSUS and screening.is_released(one.coder, outcome.stage, outcome.record):
            verdicts[one.coder] = tuple(dict.fromkeys((*verdicts.get(one.coder, ()), one.verdict)))
    return verdicts


def _by_stage(pair: tuple[Stage, str, str]) -> tuple[int, str, str]:
    return STAGES.index(pair[0]), *pair[1:]


def _pair_agreement(
    stage: Stage, one: str, other: str, unsure: UnsureAs, by_work: Mapping[str, tuple[Verdict, ...]]
) -> PairAgreement:
    out = tuple(work for work, verdicts in by_work.items() if len(verdicts) > 2 or "unobtainable" in verdicts)
    as_labels = {"unsure": "include"} if unsure == "include" else {}
    labels = {
        work: (as_labels.get(verdicts[0], verdicts[0]), as_labels.get(verdicts[1], verdicts[1]))
        for work, verdicts in by_work.items()
        if work not in out
    }
    return PairAgreement(stage, one, other, unsure, two_coders(labels.values()), labels, out)
