"""Whatever several people do to two copies of a review, in any order and with any clocks: no decision is lost."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.tasks.screening.shelves import ris, shelves

from benang.errors import BenangError
from benang.judgements.acts import history_of, restated, undo
from benang.judgements.events import Decision, Event, Round, Stage, Verdict
from benang.judgements.log import fold
from benang.review.load import screening_of
from benang.screening.decision_sheets import Wish
from benang.screening.outcomes import Screening
from benang.screening.prisma import flow_of
from benang.tasks.screening.deciding import decided_on
from benang.tasks.screening.desk import ScreeningDesk, open_screening
from benang.tasks.sharing import take_in

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
PLAN = """
[screening]
left = {left}

[screening.title_abstract]
rule = "{rule}"
unsure = "{unsure}"
"""
copies = st.sampled_from(("here", "there"))
coders = st.sampled_from(("ani", "budi", "citra", "consensus"))
clocks = st.integers(-3, 3).map(lambda minutes: NOON + timedelta(minutes=minutes))
JOINS = ((), (("s0", "s1"),), (("s1", "s2"),), (("s0", "s1"), ("s1", "s2")))
Joins = Sequence[tuple[str, str]]


def results(screening: Screening) -> dict[tuple[str, str], tuple[object, ...]]:
    """Return each outcome, and which decisions show, without when they were made."""
    return {
        (stage, work): (one.verdict, one.reasons, one.moves_on, tuple(said.id for said in one.decisions))
        for stage, outcomes in screening.outcomes.items()
        for work, one in outcomes.items()
    }


class Team(RuleBasedStateMachine):
    """Three reviewers and two copies of a review; plan, records and duplicates are the same in both."""

    @initialize(
        rule=st.sampled_from(("two-includes", "one-include")),
        unsure=st.sampled_from(("moves-on", "waits")),
        joins=st.sampled_from(JOINS),
    )
    def begin(self, rule: str, unsure: str, joins: Joins) -> None:
        """Write both copies."""
        self.place = Path(tempfile.mkdtemp())
        self.folders = {name: shelves(self.place / name, "ani", "budi", "citra", n=4) for name in ("here", "there")}
        self.plan = (self.folders["here"] / "review.toml").read_text(encoding="utf-8")
        self.more = {"rule": rule, "unsure": unsure, "left": "[]"}
        self.appended: dict[str, Decision] = {}
        self.rounds = 0
        self._replan()
        self.decide_on_duplicates(joins)

    def _write(self, name: str, text: str) -> None:
        for folder in self.folders.values():
            (folder / name).write_text(text, encoding="utf-8")

    def _replan(self) -> None:
        self._write("review.toml", self.plan + PLAN.format(**self.more))

    def _append(self, copy: str, make: Callable[[ScreeningDesk], Sequence[Event]], time: datetime) -> None:
        """Append in one copy; the desk afterwards is as one that is opened anew, and a refusal changes nothing."""
        folder = self.folders[copy]
        logs = {path: path.read_bytes() for path in folder.glob("judgements/*.jsonl")}
        try:
            desk, events = open_screening(folder).append(make, time=time)
        except BenangError:
            assert {path: path.read_bytes() for path in folder.glob("judgements/*.jsonl")} == logs
            return
        self.appended |= {one.id: one for one in events if isinstance(one, Decision)}
        assert desk.screening == open_screening(folder).screening

    @rule(
        copy=copies,
        coder=coders,
        records=st.lists(st.integers(0, 5), min_size=1, max_size=5, unique=True),
        verdict=st.sampled_from(("include", "include", "exclude", "unsure", "unobtainable")),
        stage=st.sampled_from(("title-abstract", "title-abstract", "full-text")),
        time=clocks,
    )
    def decide(self, copy: str, coder: str, records: list[int], verdict: Verdict, stage: Stage, time: datetime) -> None:
        """Decide on some records, or change what was decided; what can't be decided on is left out."""
        if verdict == "unobtainable" and stage == "title-abstract":
            return
        reason = "no-shop" if verdict == "exclude" else ""

        def make(desk: ScreeningDesk) -> Sequence[Event]:
            works = {desk.sources.aliases.get(f"s{at}", f"s{at}") for at in records}
            there = sorted(works & {*desk.screening.to_screen(stage)})
            return decided_on([Wish(work, verdict, reason) for work in there], stage, coder, desk)

        self._append(copy, make, time)

    @rule(copy=copies, coder=coders, time=clocks)
    def undo(self, copy: str, coder: str, time: datetime) -> None:
        """Take the last act of a coder back."""

        def make(desk: ScreeningDesk) -> Sequence[Event]:
            reversal = undo(coder, history_of(desk.judgements))
            return reversal.events if reversal else ()

        self._append(copy, make, time)

    @rule(copy=copies, n=st.integers(1, 2), time=clocks)
    def give_out(self, copy: str, n: int, time: datetime) -> None:
        """Begin a round with records that nobody has decided on."""
        self.rounds += 1

        def make(desk: ScreeningDesk) -> Sequence[Event]:
            records = desk.screening.undecided("title-abstract")[:n]
            name = f"round {self.rounds}"
            one = Round(id="-", coder="ani", name=name, stage="title-abstract", records=records or ("s0",))
            return (restated(one),)

        self._append(copy, make, time)

    @rule(left=st.sampled_from(("[]", '["citra"]', '["budi", "citra"]')))
    def leave(self, left: str) -> None:
        """Let reviewers leave or come back."""
        self.more["left"] = left
        self._replan()

    @rule(n=st.integers(3, 6))
    def export(self, n: int) -> None:
        """Bring new records, or lose some."""
        self._write("sources/shops.ris", ris(*(f"s{at}" for at in range(n))))

    @rule(joins=st.sampled_from(JOINS))
    def decide_on_duplicates(self, joins: Joins) -> None:
        """Join records that were decided on, or part them."""
        rows = "".join(f"{one}\t{other}\tsame\n" for one, other in joins)
        self._write("duplicates.tsv", f"record\tother\tdecision\n{rows}")

    @rule(into=copies)
    def merge(self, into: str) -> None:
        """Take what the other copy says."""
        other = next(name for name in self.folders if name != into)
        logs = {path.name: path.read_bytes() for path in self.folders[other].glob("judgements/*.jsonl")}
        take_in(self.folders[into], logs)

    @invariant()
    def no_decision_is_lost(self) -> None:
        """Find each one in a log; those that stand are on a work, or their records are named as missing."""
        logged: set[str] = set()
        for folder in self.folders.values():
            for path in folder.glob("judgements/*.jsonl"):
                logged |= {json.loads(line).get("id", "") for line in path.read_text(encoding="utf-8").splitlines()}
            desk = open_screening(folder)
            screening, judgements = desk.screening, desk.judgements
            standing = [*judgements.of(Decision), *(e for e in judgements.disputed if isinstance(e, Decision))]
            for one in standing:
                keys = {desk.sources.aliases.get(key, key) for key in (one.record, *one.joined)}
                works = keys & {*desk.works.keys}
                own = screening.all_own(one.coder, one.stage)
                assert works or one.record in screening.without_works
                assert all(one.verdict in {said.verdict for said in own[work]} for work in works)
        assert logged >= self.appended.keys()

    @invariant()
    def sums_hold(self) -> None:
        """Count what comes into each box of PRISMA's flow, what leaves it, and what waits."""
        for folder in self.folders.values():
            desk = open_screening(folder)
            flow = flow_of(desk.works, desk.screening)
            value, waits = flow.value, {key: one.value for key, one in flow.open.items()}

            def waiting(unit: str, waits: dict[str, float] = waits) -> float:
                return sum(n for key, n in waits.items() if key.endswith(unit))

            assert value("records_identified") == value("duplicates_removed") + value("records_screened")
            assert value("records_screened") == len(desk.works)
            out = value("records_excluded") + waiting("_records")
            assert value("records_screened") == out + value("reports_sought")
            assert value("reports_sought") == value("reports_not_retrieved") + value("reports_assessed")
            excluded = sum(one.value for one in flow.parts("reports_excluded"))
            assert value("reports_assessed") == excluded + waiting("_reports") + value("reports_included")

    @invariant()
    def neither_order_nor_time_matters(self) -> None:
        """Read the log backwards and without its times: it comes to the same."""
        desk = open_screening(self.folders["here"])
        judgements = desk.judgements
        events = [*judgements.superseded, *judgements.disputed, *judgements.current]
        timeless = fold([one.model_copy(update={"time": None}) for one in reversed(events)])
        assert results(screening_of(desk.plan, desk.sources, timeless)) == results(desk.screening)

    def teardown(self) -> None:
        """Put both copies together, one into the other and back: they come to the same."""
        if not hasattr(self, "folders"):
            return
        self.merge("here")
        self.merge("there")
        one, other = (open_screening(folder).screening for folder in self.folders.values())
        assert results(one) == results(other)
        shutil.rmtree(self.place)


Team.TestCase.settings = settings(deadline=None, max_examples=20, stateful_step_count=14)
TestTeam = Team.TestCase
