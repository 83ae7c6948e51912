"""What is behind a number of a review, or behind an item or link of a map: records, and passages that were coded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from benang.coding.coded import Coded, are_told_as_group, check_studies
from benang.coding.labels import Labels
from benang.coding.placed import place
from benang.errors import BenangError, Misuse, Problem
from benang.evidence import Number, Passage, shown_as
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral, worded
from benang.progress import Progress, silent
from benang.project.folder import Document, open_folder
from benang.review.load import Loaded, load
from benang.synthesis.claims import nearest_number
from benang.synthesis.findings import Findings
from benang.synthesis.number_ids import present_number
from benang.synthesis.wording import Wording, number_title
from benang.tasks.account import Account, Note

if TYPE_CHECKING:
    from benang.network.network import Behind


@dataclass(frozen=True)
class ExplainRequest:
    """A number of a review, by its name in `evidence.json` and in the report; in the plan's language where None."""

    folder: Path
    number: str
    language: Language | None = None


@dataclass(frozen=True)
class Explained:
    """A number with what it counts, and the same in lines of text."""

    explanation: Explanation
    account: Account


def explain(request: ExplainRequest, *, progress: Progress = silent) -> Explained:
    """Open a number of a review.

    Raises
    ------
    BenangError
        For a review that can't be read, and a number that it does not have: the nearest one is named.
    """
    from benang.tasks.build.findings import read_findings  # with the readers, which no map needs

    progress("Reading the review", 0.0)
    findings, language = read_findings(request.folder, language=request.language, number=request.number)
    explanation = explanation_of(findings, request.number, language)
    return Explained(explanation, Account(notes=tuple(Note(line) for line in explanation.lines())))


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage with the document that it is in, which may be an abstract or a note on a secondary account."""

    passage: Passage
    document: Document


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that a number counts: its id, its name, and its passages.

    `is_group` where the passages tell of it only together with others.
    """

    id: str
    name: str
    passages: tuple[Quoted, ...]
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """A number with all that it counts; `str()` of it is what a terminal shows."""

    number: Number
    title: str
    members: tuple[Counted, ...]
    wording: Wording

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """Write the explanation as lines of text."""
        _ = self.wording.gettext
        lines, said = [self.number.id, *self._amount()], self.wording.findings.said.get(self.number.id, {})
        for member in self.members:
            lines += ["", f"{member.name} ({member.id})" if member.name != member.id else member.id]
            lines += [f"  {said[member.id]}"] if member.id in said else []
            for _shown, passages in groupby(member.passages, key=lambda one: shown_as(one.passage)):
                lines += _quoted(tuple(passages), self.wording, with_coder=member.id in said)
        if not self.members:
            lines += ["", _("There is none.")]
        return lines

    def _amount(self) -> list[str]:
        """Return the title with the value, and of a measure how it is made."""
        if self.number.rule is None:
            return [f"{self.title}: {self.wording.amount(self.number)}"]
        from benang.report.describing_words import rule_in_words, written  # with the words of the report
        from benang.report.inline import Texts

        value = written(self.number, Texts(self.wording.language))
        amount = f"{value} {self.wording.unit(self.number.unit, self.number.value)}".rstrip()
        rule = rule_in_words(self.number.rule, self.wording)
        return [f"{self.title}: {amount}", self.wording.gettext("Measure: {rule}").format(rule=rule)]


def explanation_of(findings: Findings, number: str, language: Language = "en") -> Explanation:
    """Open a number: list what it counts, with the passages behind each and the documents they stand in.

    A number of a code is known by an earlier id of the code as well.

    Raises
    ------
    BenangError
        For an id that no number has, with the nearest one.
    """
    numbers = findings.evidence.numbers
    number = number if number in numbers else present_number(number, findings.codebook)
    if number not in numbers:
        raise BenangError(
            Problem(worded("there is no number '{number}'", number=number), way_on=nearest_number(number, numbers))
        )
    wording = Wording(findings, language)
    opened = numbers[number]
    of_members: dict[str, list[Passage]] = defaultdict(list)
    for passage in (findings.evidence.passages[one] for one in opened.passages):
        of_members[_member_of(passage, opened, findings)].append(passage)
    members = tuple(_member(one, opened.unit, of_members.get(one, ()), wording) for one in opened.of)
    return Explanation(opened, number_title(number, wording), members, wording)


def _member(one: str, unit: str, passages: Iterable[Passage], wording: Wording) -> Counted:
    own = sorted(passages, key=lambda passage: (*shown_as(passage), passage.id))
    quoted = tuple(Quoted(passage, wording.findings.documents[passage.document]) for passage in own)
    is_group = unit == "cases" and are_told_as_group(own)
    return Counted(one, _name(one, unit, wording), quoted, is_group)


def _member_of(passage: Passage, opened: Number, findings: Findings) -> str:
    """Return the member of a number that a passage is of: a case, the study that it is in, a document, or a code."""
    record = findings.documents[passage.document].record
    if opened.unit in {"studies", "records"}:
        return record
    if opened.rule:
        places = (passage.case, record)
        return next((one for one in places if one in opened.of), passage.code)
    return {"cases": passage.case, "documents": passage.document}.get(opened.unit, passage.code)


def _name(one: str, unit: str, wording: Wording) -> str:
    if one in wording.findings.elsewhere:
        return wording.findings.elsewhere[one]
    if unit in {"studies", "records"} or (
        unit not in {"cases", "codes", "rows"} and one in wording.findings.corpus.keys
    ):
        record = wording.findings.corpus.record(one)
        return f"{wording.labels.study(one)}, {record.title}" if record.title else wording.labels.study(one)
    if unit == "rows":
        return wording.labels.row(one)
    is_case = unit == "cases" or one in wording.findings.cases.by_id
    return wording.labels.case(one) if is_case else wording.labels.code(one)


def _quoted(quotes: Sequence[Quoted], wording: Wording, *, with_coder: bool = False) -> list[str]:
    """Write a quote once, with all codes that it carries: reported of five cases together, it was coded five times.

    Where coders are compared, it says whose it is.
    """
    _ = wording.gettext
    passage = quotes[0].passage
    codes = dict.fromkeys(wording.labels.coded_as(one.passage) for one in quotes)
    remarks = [f"{passage.document}, {passage.start}–{passage.end}", "; ".join(codes)]
    if with_coder:
        remarks.append(_("coder: %(coder)s") % {"coder": passage.coder})
    if any(passage.id == one.id for one in wording.findings.coded.placed.set_aside):
        remarks.append(_("set aside by a consensus, and counted nowhere else"))
    if quotes[0].document.is_secondary:
        remarks.append(_("note on a secondary account"))
    elif quotes[0].document.is_abstract:
        remarks.append(_("from the abstract"))
    if passage.scope == "group":
        remarks.append(_("reported for several cases together"))
    return [f"  “{' '.join(passage.quote.split())}”", f"    {' · '.join(remarks)}"]


@dataclass(frozen=True, kw_only=True)
class DrillRequest:
    """A map, and one item of it or the two ends of a link, by id or label.

    `review` is the folder of the review that the records belong to; the one that the map lies in where None.
    """

    map: Path
    items: tuple[str, ...]
    review: Path | None = None
    language: Language = "en"


@dataclass(frozen=True)
class Drilled:
    """The records behind an item or a link, and what was coded in them; nothing where no review is there."""

    behind: Behind
    passages: tuple[CodedPassage, ...]
    account: Account


def drill(request: DrillRequest, *, progress: Progress = silent) -> Drilled:
    """List the records behind an item of a map, or behind the link of two items.

    Raises
    ------
    Misuse
        For no item, or more than two.
    BenangError
        For a map that can't be read or carries no records, an item that it lacks, and a review that has faults.
    """
    from benang.map_files import read_network  # with all forms of map files, which no number needs
    from benang.network.network import behind
    from benang.tasks.map_account import of_behind

    if not 1 <= len(request.items) <= 2:
        raise Misuse("Name one item, or the two ends of a link.")
    progress("Reading", 0.0)
    network = read_network(request.map)
    item_behind = behind(network, *request.items)
    notes = of_behind(network, item_behind, request.language)
    folder = request.review or review_around(request.map)
    if folder is None or not item_behind.records:
        return Drilled(item_behind, (), Account(notes=tuple(notes)))
    progress("Reading the review", 0.5)
    codes = item_behind.ids if network.item_kind == "codes" else ()
    passages = coded_passages(folder, item_behind.records, unit=network.unit, codes=codes)
    notes += _of_passages(passages, folder.name, request.language)
    return Drilled(item_behind, passages, Account(notes=tuple(notes)))


def review_around(path: Path) -> Path | None:
    """Return the review's folder that a file lies in, by its review.toml; None where it lies in none."""
    return next((folder for folder in path.resolve().parents if (folder / "review.toml").is_file()), None)


def _of_passages(passages: tuple[CodedPassage, ...], review: str, language: Language) -> list[Note]:
    _ = translator(language)
    if not passages:
        return [Note(_("No passage of these records is coded in {review}.").format(review=review))]
    text = counted(
        "Coded in {review}: {n} passage of these records.",
        "Coded in {review}: {n} passages of these records.",
        len(passages),
        language,
    )
    return [
        Note(text.format(review=review, n=numeral(len(passages), language))),
        *(Note(f"  {one.record}, {one.case}: {one.code}: “{one.quote}”") for one in passages),
    ]


@dataclass(frozen=True)
class CodedPassage:
    """A passage with the record that it is in, and its case and code in words."""

    record: str
    case: str
    code: str
    quote: str


def coded_passages(
    folder: Path, keys: Sequence[str], *, unit: str = "records", codes: Collection[str] = ()
) -> tuple[CodedPassage, ...]:
    """List the passages of a review that are in records, or that concern cases.

    Parameters
    ----------
    folder
        The review.
    keys
        Keys of records, of works or of what was joined into them; ids of cases where `unit` is "cases".
    codes
        Only passages with one of these codes, where any are named.

    Returns
    -------
    tuple of CodedPassage
        In the order of the keys, then of the documents. Quotations that are no longer in their documents are left
        out.

    Raises
    ------
    BenangError
        Where the folder is no review, or has faults.
    """
    loaded = load(open_folder(folder))
    coded = coded_in(loaded)
    labels = Labels(loaded.codebook, loaded.cases, loaded.corpus, loaded.plan.language)
    order = {work_named(key, loaded, unit): at for at, key in reversed(list(enumerate(keys)))}
    passages = []
    for passage in coded.passages.values():
        of = passage.case if unit == "cases" else coded.study(passage)
        if of in order and (not codes or passage.code in codes):
            place_of = (order[of], passage.document, passage.start)
            quote = " ".join(passage.quote.split())
            entry = CodedPassage(coded.study(passage), labels.case(passage.case), labels.coded_as(passage), quote)
            passages.append((place_of, entry))
    return tuple(entry for _, entry in sorted(passages, key=lambda pair: pair[0]))


def coded_in(loaded: Loaded) -> Coded:
    """Return the coded material of a review.

    Raises
    ------
    BenangError
        For documents of studies that are not among its records.
    """
    placed = place(loaded.judgements, loaded.documents, loaded.codebook, loaded.cases)
    coded = Coded(loaded.codebook, loaded.cases, loaded.documents, placed)
    check_studies(coded, loaded.corpus.keys)
    return coded


def work_named(key: str, loaded: Loaded, unit: str) -> str:
    """Return the key of a work that a map names, or the id of a case.

    Raises
    ------
    BenangError
        For a name that an earlier version made, where it isn't sure which work it is.
    """
    if unit == "cases":
        return key
    named = loaded.sources.filing.names.find(key)
    if named.keys and not named.is_sure:
        problem = worded("'{key}' names a row in a file, which may now be another record", key=key)
        raise BenangError(
            Problem(
                problem, where=worded("the map"), way_on="Make the map again, so that it names records by their keys."
            )
        )
    return named.key or key
