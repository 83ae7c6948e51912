"""A review's names cleaned: what may be one item is proposed with its effect; decisions go into files of the folder.

What is accepted is a line of the review's thesaurus, what is refused a line of `kept-apart.tsv`. Both are tables that
people read and change; whatever else they contain stays as it is.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from benang.coding.cases import Cases
from benang.errors import BenangError, Problem, unknown
from benang.files import decode, read_bytes, remove, sha256, write_together
from benang.judgements.log import read_judgements
from benang.locale import Language, translator
from benang.locale.writing import numeral, reason_in, worded
from benang.progress import Progress, silent
from benang.project.folder import ReviewFolder, open_folder
from benang.project.rekeying import edited
from benang.project.toml_edits import SetValue, edited_toml
from benang.records.authors import authors
from benang.records.corpus import Corpus
from benang.records.names import author_key
from benang.records.organizations import organization_key, organizations
from benang.records.proposals import Proposal, propose, proposed_variants
from benang.records.spelling import label_key
from benang.records.thesaurus import (
    APART,
    APART_COLUMNS,
    HEADED,
    HEADER,
    Thesaurus,
    read_apart,
    read_thesaurus,
    thesaurus_text,
)
from benang.records.user_tables import DELIMITERS, csv_text, plain
from benang.review.filing import Facts, used_facts
from benang.review.load import read_sources, screening_of
from benang.review.plan import Plan
from benang.review.plan_reading import read_plan
from benang.tasks.account import Account, Note
from benang.tasks.codebook import changing
from benang.tasks.records import code_translations

Items = Literal["keywords", "authors", "organizations"]
CLEANED: tuple[Items, ...] = ("keywords", "authors", "organizations")
"""The kinds of items whose names can be one: countries are read by a table, and sources as databases print them."""

Verdict = Literal["same", "apart"]
SHARED = "shared name"
"""Why a name may be that of another author: of several, so that all of a kind can't be accepted at once."""
_THESAURUS = "thesaurus.tsv"
_KEYS: Mapping[Items, Callable[[str], str]] = {
    "keywords": label_key,
    "authors": author_key,
    "organizations": organization_key,
}
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Join:
    """A proposal: `label` is another way to write `name`. `records` have the label, `records_of_name` the name.

    The name's records are those of all labels that the thesaurus replaces by it. `joined` records have one of both: a
    record with both counts once. `kind` is the reason without its details. Where a rule of Benang counts both as one
    already, it `is_counted_as_one`: then to accept it keeps that so, and to refuse it parts them.
    """

    id: str
    label: str
    name: str
    kind: str
    reason: str
    records: int
    records_of_name: int
    joined: int
    is_counted_as_one: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision: `label` is replaced by `name` (left out where that is empty), or both are kept apart.

    `records` have the label, `together` the label or what else is called `name`. `kind` is why it was proposed, empty
    where it was not.
    """

    id: str
    verdict: Verdict
    label: str
    name: str
    records: int
    together: int
    kind: str = ""


@dataclass(frozen=True)
class Cleaning:
    """The names of one kind of items: what is proposed, those with the greatest effect first, and what is decided.

    `others` counts the lines of the thesaurus whose labels no record has among these items. `file` is the name of the
    thesaurus in the folder; where it is there and the plan does not name it, nothing is decided before it does
    (`is_unused`).
    """

    items: Items
    proposals: tuple[Join, ...]
    settled: tuple[Settled, ...]
    others: int
    file: str
    is_unused: bool = False
    n_records: int = 0

    @cached_property
    def kinds(self) -> Mapping[str, int]:
        """How many are proposed of each kind, the most first."""
        counts = Counter(one.kind for one in self.proposals)
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    def of(self, verdict: Verdict) -> tuple[Settled, ...]:
        """Return the decisions of one kind."""
        return tuple(one for one in self.settled if one.verdict == verdict)


@dataclass(frozen=True)
class Names:
    """What a corpus calls the items of a kind: the records of each name by its key, and what may be one.

    It depends on the records alone, not on what was decided.
    """

    items: Items
    works: Mapping[str, frozenset[int]]
    proposals: tuple[Proposal, ...]
    n_records: int

    @property
    def key(self) -> Callable[[str], str]:
        """What names are compared by, as on maps."""
        return _KEYS[self.items]

    @cached_property
    def reasons(self) -> Mapping[str, str]:
        """Why a label was proposed, by its key."""
        return {self.key(one.label): one.reason for one in reversed(self.proposals)}


def names_of(corpus: Corpus, items: Items, *, codebook: Path | None = None) -> Names:
    """Collect the names of a kind of items in a corpus, and what may be one: the work that `clean` repeats nothing of.

    Organisations are compared by what they are called after their rules have joined them; of authors, also names are
    proposed that several of them may have. The labels of `codebook` in two languages are translations.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", author_keywords=("night market",)), Record("b", author_keywords=("Night Market",
    ...     "night markets"))])
    >>> names = names_of(corpus, "keywords")
    >>> sorted(names.works["night market"]), [one.reason for one in names.proposals]
    ([0, 1], ['plural'])
    """
    if items not in CLEANED:
        raise unknown(items, CLEANED, where="items", expected="a kind of items")
    records = corpus.records
    if items == "keywords":
        labels: list[Sequence[str]] = [(*one.author_keywords, *one.index_keywords) for one in records]
        proposals = propose(labels, records, translations=code_translations(codebook))
    elif items == "authors":
        labels = [one.authors for one in records]
        people = authors(records)
        shared = [
            Proposal(one.name, candidate, SHARED, one.records, 0)
            for one in people.ambiguous
            for candidate in one.candidates
            if not candidate.endswith(")")  # distinguished by an id alone, which no thesaurus can name
        ]
        proposals = (*proposed_variants(records, "authors"), *shared)
    else:
        places = organizations(records)
        labels = [[places.labels[one] for one in own] for own in places.of_records]
        proposals = propose(labels, records)
    return _names(items, labels, proposals)


def _names(items: Items, labels: Sequence[Sequence[str]], proposals: Iterable[Proposal]) -> Names:
    key = _KEYS[items]
    works: dict[str, set[int]] = defaultdict(set)
    for work, own in enumerate(labels):
        for label in own:
            works[key(label)].add(work)
    works.pop("", None)
    kept: dict[tuple[str, str], Proposal] = {}
    for one in proposals:
        pair = key(one.label), key(one.replacement)
        if pair[0] != pair[1] and pair[0] in works:
            kept.setdefault(pair, one)
    return Names(
        items,
        {one: frozenset(of) for one, of in works.items()},
        tuple(kept.values()),
        len(labels),
    )


@dataclass(frozen=True, kw_only=True)
class CleanRequest:
    """A review whose names of one kind are looked at."""

    folder: Path
    items: Items = "keywords"
    language: Language = "en"


@dataclass(frozen=True, kw_only=True)
class SettleRequest(CleanRequest):
    """Decisions, by the ids of proposals; those in `take_back` are ids of decisions, which are open again then."""

    accept: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()
    take_back: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that was written, with what it had before and has now; None where it was or is not there."""

    path: Path
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True)
class Settlement:
    """What was decided, the files that were changed for it, and how things are now."""

    decided: tuple[Settled, ...]
    changes: tuple[FileChange, ...]
    cleaning: Cleaning
    account: Account = field(default_factory=Account)


def used_corpus(folder: ReviewFolder, plan: Plan) -> Corpus:
    """Return the works of a review that its maps and tables count: what the screening excludes is left out."""
    sources = read_sources(plan, folder)
    judgements = read_judgements(folder)
    facts = Facts(sources.works, {}, Cases(), judgements)
    return used_facts(facts, screening_of(plan, sources, judgements), plan.sources.use).corpus


def review_names(folder: Path, items: Items, *, progress: Progress = silent) -> Names:
    """Collect the names of a review's records; it reads the exports, so whoever asks again keeps the answer.

    Raises
    ------
    BenangError
        For a review that can't be read.
    """
    progress("Reading the review", 0.0)
    review = open_folder(folder)
    corpus = used_corpus(review, read_plan(review))
    progress("Comparing labels", 0.7)
    return names_of(corpus, items, codebook=review.codebook)


def clean(request: CleanRequest, *, names: Names | None = None, progress: Progress = silent) -> Cleaning:
    """Say which names of a review may be one, with the effect on counts, and what is decided on them.

    `names` are those of `review_names`, if they are known.

    Raises
    ------
    BenangError
        For a review, a thesaurus or a table of what is kept apart that can't be read.
    """
    names = names or review_names(request.folder, request.items, progress=progress)
    review = open_folder(request.folder)
    return _cleaning(names, _files(review))


def settle(request: SettleRequest, *, names: Names | None = None, progress: Progress = silent) -> Settlement:
    """Accept and refuse proposals, and take decisions back; all of them are written, or none.

    Ids of proposals that are decided already are passed over, so that two pages may decide the same.

    Raises
    ------
    BenangError
        For a thesaurus that the plan does not name, an id that is none, and files that can't be read or written.
    """
    names = names or review_names(request.folder, request.items, progress=progress)
    progress("Writing", 0.9)
    with changing(request.folder, _THESAURUS) as review:
        files = _files(review)
        before = _cleaning(names, files)
        same, apart, back = _chosen(request, before)
        changes = tuple(_changed(files, names, same, apart, back))
        write_together({one.path: one.after for one in changes if one.after is not None})
        for one in changes:
            if one.after is None:
                remove(one.path)
        after = _cleaning(names, _files(open_folder(request.folder)))
    wanted = {one.id for one in (*same, *apart)}
    decided = tuple(one for one in after.settled if one.id in wanted)
    return Settlement(decided, changes, after, _account(decided, back, changes, request.language))


def use_thesaurus(folder: Path) -> tuple[FileChange, ...]:
    """Name the thesaurus that is in the folder of a review in its plan, so that its lines count.

    Raises
    ------
    BenangError
        For a plan that can't be read or changed, and a thesaurus that can't be read.
    """
    with changing(folder) as review:
        files = _files(review)
        change = _plan_change(files)
        write_together({change.path: change.after or b""})
    return (change,)


@dataclass(frozen=True)
class _Files:
    """The tables of decisions, as they are."""

    review: ReviewFolder
    plan: Plan
    path: Path
    thesaurus: Thesaurus
    apart: tuple[tuple[str, str, str], ...]

    @property
    def is_unused(self) -> bool:
        return self.plan.cleaning.thesaurus is None and self.path.is_file()

    @property
    def kept_apart(self) -> Path:
        return self.review.root / APART


def _files(review: ReviewFolder) -> _Files:
    plan = read_plan(review)
    path = review.root / (plan.cleaning.thesaurus or _THESAURUS)
    is_used = plan.cleaning.thesaurus is not None
    thesaurus = read_thesaurus(path) if is_used else Thesaurus()
    kept = review.root / APART
    return _Files(review, plan, path, thesaurus, read_apart(kept) if kept.is_file() else ())


def _cleaning(names: Names, files: _Files) -> Cleaning:
    key = names.key
    lines = {key(label): replacement for label, replacement in reversed(files.thesaurus.replacements)}
    apart = {frozenset(map(key, (one, other))) for one, other, items in files.apart if items in ("", names.items)}
    counted = _Counted(names, lines)
    proposals = tuple(_open(names, lines, apart, counted))
    most: dict[str, int] = defaultdict(int)
    for one in proposals:
        most[one.name] = max(most[one.name], one.joined)

    def place(one: Join) -> tuple[int, str, int, str]:
        return -most[one.name], label_key(one.name), -one.records, label_key(one.label)

    same = [(label, to) for label, to in files.thesaurus.replacements if key(label) in names.works]
    settled = (
        *(_settled("same", label, to, names, counted) for label, to in same),
        *(_settled("apart", one, other, names, counted) for one, other, items in files.apart if items == names.items),
    )
    others = len(files.thesaurus.replacements) - len(same)
    name = files.review.name(files.path)
    order = tuple(sorted(proposals, key=place))
    return Cleaning(names.items, order, settled, others, name, files.is_unused, names.n_records)


class _Counted:
    """In how many records names are, now that some labels are replaced by others."""

    def __init__(self, names: Names, lines: Mapping[str, str]) -> None:
        self.names = names
        self.replaced: dict[str, set[str]] = defaultdict(set)
        self.lines = lines
        for label, to in lines.items():
            if to:
                self.replaced[names.key(to)].add(label)

    def own(self, name: str) -> frozenset[int]:
        """Return the records that print a name."""
        return self.names.works.get(self.names.key(name), frozenset())

    def all(self, name: str) -> frozenset[int]:
        """Return the records of a name, with those of the labels that are replaced by it."""
        key = self.names.key(name)
        labels = [one for one in (key, *self.replaced[key]) if one != key or self.lines.get(key, name)]
        return frozenset[int]().union(*(self.names.works.get(one, frozenset()) for one in labels))


def _open(names: Names, lines: Mapping[str, str], apart: set[frozenset[str]], counted: _Counted) -> Iterator[Join]:
    """Give what is not decided yet, group by group: what was decided of one of them says what the others are called."""
    key = names.key
    preferred = {key(to) for to in lines.values() if to}
    groups: dict[str, list[Proposal]] = defaultdict(list)
    for one in names.proposals:
        groups[one.replacement].append(one)
    for top, group in groups.items():
        name, labels = _named(top, group, names, lines, preferred)
        for label, reason in labels:
            own = key(label)
            pairs = (frozenset((own, key(name))), frozenset((own, key(top))))
            if not name or own == key(name) or own in lines or own in preferred or apart.intersection(pairs):
                continue
            mine, theirs = counted.own(label), counted.all(name)
            yield Join(
                _id(names, label, name),
                label,
                name,
                _kind(reason),
                reason,
                len(mine),
                len(theirs),
                len(mine | theirs),
                names.items == "authors" and reason != SHARED,
            )


def _named(
    top: str, group: Sequence[Proposal], names: Names, lines: Mapping[str, str], preferred: set[str]
) -> tuple[str, list[tuple[str, str]]]:
    """Return what a group of labels is called, and its labels with their reasons.

    That is the most frequent one, unless the thesaurus replaces it, or already prefers another one of the group.
    """
    labels = [(one.label, one.reason) for one in group]
    if names.key(top) in lines:
        return lines[names.key(top)], labels
    known = [one for one in group if names.key(one.label) in preferred and one.reason != SHARED]
    if names.key(top) in preferred or not known:
        return top, labels
    best = max(known, key=lambda one: (one.occurrences, one.label))
    return best.label, [(top, best.reason), *labels]


def _kind(reason: str) -> str:
    return reason.partition(" (")[0]


def _id(names: Names, label: str, name: str) -> str:
    parts = (names.items, names.key(label), names.key(name))
    return sha256("\n".join(parts))[:_DIGITS]


def _settled(verdict: Verdict, label: str, name: str, names: Names, counted: _Counted) -> Settled:
    own = counted.own(label)
    together = own | counted.all(name) if name else own
    kind = _kind(names.reasons.get(names.key(label), ""))
    return Settled(_id(names, label, name), verdict, label, name, len(own), len(together), kind)


def _chosen(
    request: SettleRequest, cleaning: Cleaning
) -> tuple[tuple[Join, ...], tuple[Join, ...], tuple[Settled, ...]]:
    """Return the proposals that are accepted and refused, and the decisions that are taken back."""
    if cleaning.is_unused:
        raise BenangError(
            Problem(
                worded("{file} is in the folder, but the plan does not use it", file=cleaning.file),
                where="review.toml",
                way_on=worded('Write under [cleaning]: thesaurus = "{file}"', file=cleaning.file),
            )
        )
    proposed = {one.id: one for one in cleaning.proposals}
    settled = {one.id: one for one in cleaning.settled}
    wanted = dict.fromkeys((*request.accept, *request.refuse))
    foreign = [one for one in (*wanted, *request.take_back) if one not in proposed and one not in settled]
    if foreign and not any(one in proposed for one in wanted) and not any(one in settled for one in request.take_back):
        way_on = "The records or the thesaurus have changed; look at the proposals again."
        raise BenangError(Problem(worded("'{id}' is not proposed (any more)", id=foreign[0]), way_on=way_on))
    accepted = [proposed[one] for one in dict.fromkeys(request.accept) if one in proposed]
    twice = Counter(one.label for one in accepted)
    if several := next((label for label, n in twice.items() if n > 1), None):
        fault = worded("'{label}' can't be several names at once", label=several)
        raise BenangError(Problem(fault, way_on="Choose one of them."))
    refused = (proposed[one] for one in dict.fromkeys(request.refuse) if one in proposed)
    back = (settled[one] for one in dict.fromkeys(request.take_back) if one in settled)
    return tuple(accepted), tuple(one for one in refused if one not in accepted), tuple(back)


def _changed(
    files: _Files, names: Names, same: Sequence[Join], apart: Sequence[Join], back: Sequence[Settled]
) -> Iterator[FileChange]:
    """Give the files with what they will contain."""
    key = names.key
    gone = {(label_key(one.label), label_key(one.name)) for one in back if one.verdict == "same"}
    if same or gone:
        rows = [(one.label, one.name, one.reason) for one in same]
        head = thesaurus_text((), ["reason"])
        yield _edited(files.path, rows, head, lambda cells: _pair(cells) in gone)
    if same and files.plan.cleaning.thesaurus is None:
        yield _plan_change(files)
    parted = {(frozenset((key(one.label), key(one.name))), names.items) for one in back if one.verdict == "apart"}
    if apart or parted:
        kept = [(one.label, one.name, names.items, one.reason) for one in apart]
        head = csv_text(APART_COLUMNS, (), delimiter="\t")

        def is_parted(cells: Sequence[str]) -> bool:
            return len(cells) > 2 and (frozenset(map(key, cells[:2])), cells[2].strip()) in parted

        yield _edited(files.kept_apart, kept, head, is_parted)


def _pair(cells: Sequence[str]) -> tuple[str, str]:
    return label_key(cells[0]), label_key(cells[1]) if len(cells) > 1 else ""


def _edited(
    path: Path, rows: Sequence[Sequence[str]], head: str, is_gone: Callable[[Sequence[str]], bool]
) -> FileChange:
    """Add rows to a table, which is begun where it is not there, and take others out of it."""
    before = read_bytes(path) if path.is_file() else None
    change = _Rows(rows, is_gone)
    after = edited(before if before is not None else head.encode("utf-8"), change, where=path.name)
    return FileChange(path, before, after)


@dataclass(frozen=True)
class _Rows:
    """An edit of a table: rows that come behind its last one, and which go. All other rows stay as they are written."""

    new: Sequence[Sequence[str]]
    is_gone: Callable[[Sequence[str]], bool]

    def __call__(self, text: str) -> str:
        lines = list(io.StringIO(text, newline=""))
        first = next((line for line in lines if line.strip()), "")
        delimiter = next((mark for mark in DELIMITERS if mark in first), "\t")
        newline = "\r\n" if first.endswith("\r\n") else "\n"
        kept: list[str] = []
        header: list[str] = []
        for cells, own in _physical(lines, delimiter):
            is_head = not header and bool(cells) and cells[0].lower() in HEADED
            header = header or cells
            if is_head or not any(cells) or not self.is_gone(cells):
                kept += own
        whole = "".join(kept)
        added = csv_text([], [_fitted(row, header) for row in self.new], delimiter=delimiter).lstrip("\n")
        gap = newline if added and whole and not whole.endswith(("\n", "\r")) else ""
        return whole + gap + added.replace("\n", newline)


def _physical(lines: Sequence[str], delimiter: str) -> Iterator[tuple[list[str], list[str]]]:
    """Give the rows of a table, each with the lines that it is written in."""
    reader = csv.reader(lines, delimiter=delimiter)
    at = 0
    for cells in reader:
        yield [plain(" ".join(cell.split())) for cell in cells], list(lines[at : reader.line_num])
        at = reader.line_num


def _fitted(row: Sequence[str], header: Sequence[str]) -> list[str]:
    """Return a row with as many cells as its table has columns: the reason only where there is one for it."""
    names = [one.lower() for one in header]
    if "reason" not in names or len(names) == len(HEADER):
        return [*row[:-1], *[""] * (len(names) - len(row) + 1)]
    cells = [*row[:-1], *[""] * (len(names) - len(row) + 1)]
    cells[names.index("reason")] = row[-1]
    return cells


def _plan_change(files: _Files) -> FileChange:
    """Name the thesaurus in the plan."""
    path, name = files.review.plan, files.review.name(files.path)
    before = read_bytes(path)

    def edit(text: str) -> str:
        if "cleaning" in tomllib.loads(text):
            return edited_toml(text, [SetValue(("cleaning", "thesaurus"), name)], where=path.name)
        gap = "" if text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
        return f'{text}{gap}[cleaning]\nthesaurus = "{name}"\n'

    decode(before, where=path.name)
    return FileChange(path, before, edited(before, edit, where=path.name))


def _account(
    decided: Sequence[Settled], back: Sequence[Settled], changes: Sequence[FileChange], language: Language
) -> Account:
    _ = translator(language)
    texts = {"same": _("{label} is {name} now: {n} records."), "apart": _("{label} and {name} are kept apart.")}
    notes = [
        Note(texts[one.verdict].format(label=one.label, name=one.name, n=numeral(one.together, language, 0)))
        for one in decided
    ]
    notes += [Note(_("Open again: {label}.").format(label=one.label)) for one in back]
    return Account(notes=tuple(notes), files=tuple(one.path for one in changes))


def kind_in_words(kind: str, language: Language) -> str:
    """Return why labels were proposed, in a language.

    Examples
    --------
    >>> kind_in_words("plural", "id")
    'bentuk jamak'
    """
    return reason_in(kind, language)
