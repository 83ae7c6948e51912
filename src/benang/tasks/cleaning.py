"""A review's names cleaned: what may be one item is proposed with its effect; decisions go into files of the folder.

What is accepted is a line of the review's thesaurus, what is refused a line of `kept-apart.tsv`. Both are tables that
people read and change; whatever else they contain stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benang.coding.cases import Cases
from benang.errors import BenangError, Problem, nearest
from benang.files import read_bytes, remove, write_together
from benang.judgements.log import read_judgements
from benang.locale import Language, translator
from benang.locale.writing import numeral, reason_in, worded
from benang.progress import Progress, silent
from benang.project.folder import ReviewFolder, open_folder
from benang.project.rekeying import TableRows, edited
from benang.project.toml_edits import SetValue, edited_toml
from benang.records.corpus import Corpus
from benang.records.spelling import folded, label_key
from benang.records.thesaurus import (
    APART,
    APART_COLUMNS,
    Thesaurus,
    read_apart,
    read_thesaurus,
    thesaurus_text,
)
from benang.records.user_tables import csv_text
from benang.review.filing import Facts, used_facts
from benang.review.load import ReadSources, read_sources, screening_of
from benang.review.names import SHARED, Cleaning, Items, Join, Names, Settled, cleaning_of, join_id, names_of
from benang.review.plan import Plan
from benang.review.plan_reading import read_plan
from benang.tasks.account import Account, Note
from benang.tasks.codebook import changing
from benang.tasks.records import code_translations

if TYPE_CHECKING:
    from benang.tasks.opened import Opened

_THESAURUS = "thesaurus.tsv"
NOT_OF_RECORDS = {"title", "question", "cleaning", "maps", "charts", "tables", "report"}
"""What a plan says that makes no difference to its records."""


@dataclass(frozen=True, kw_only=True)
class CleanRequest:
    """A review whose names of one kind are looked at."""

    folder: Path
    items: Items = "keywords"
    language: Language = "en"


@dataclass(frozen=True, kw_only=True)
class SettleRequest(CleanRequest):
    """Decisions, by the ids of proposals; those in `take_back` are ids of decisions, which are open again then.

    `join` are labels with their names that nobody proposed.
    """

    accept: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()
    take_back: tuple[str, ...] = ()
    join: tuple[tuple[str, str], ...] = ()


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


def used_corpus(folder: Path, sources: ReadSources | None = None) -> Corpus:
    """Return the works of a review that its maps and tables count: what the screening excludes is left out.

    `sources` are those of the review, if they have been read.

    Raises
    ------
    BenangError
        For a review that can't be read.
    """
    review = open_folder(folder)
    plan = read_plan(review)
    sources, judgements = sources or read_sources(plan, review), read_judgements(review)
    facts = Facts(sources.works, {}, Cases(), judgements)
    return used_facts(facts, screening_of(plan, sources, judgements), plan.sources.use).corpus


def corpus_in_use(review: Opened) -> Corpus:
    """Return the `used_corpus` of a review that is open, from memory as long as nothing that it rests on has changed.

    Raises
    ------
    BenangError
        As `used_corpus` does.
    """
    rules = review.plan.model_dump_json(exclude=NOT_OF_RECORDS)
    return review.kept("used corpus", lambda: used_corpus(review.root, review.sources()), "names", also=rules)


def review_names(folder: Path, items: Items, *, corpus: Corpus | None = None, progress: Progress = silent) -> Names:
    """Collect the names of a review's records; whoever asks again keeps the answer, or the `corpus` (`used_corpus`).

    Raises
    ------
    BenangError
        For a review that can't be read.
    """
    progress("Reading the review", 0.0)
    corpus = corpus or used_corpus(folder)
    progress("Comparing labels", 0.7)
    return names_of(corpus, items, translations=code_translations(open_folder(folder).codebook))


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
    return _state(names, _files(review))


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
        before = _state(names, files)
        same, apart, back = _chosen(request, before)
        same += tuple(by_hand(label, name, names, files.thesaurus) for label, name in request.join)
        changes = tuple(_changed(files, names, same, apart, back))
        write_together({one.path: one.after for one in changes if one.after is not None})
        for one in changes:
            if one.after is None:
                remove(one.path)
        after = _state(names, _files(open_folder(request.folder)))
    wanted = {one.id for one in (*same, *apart)}
    decided = tuple(one for one in after.settled if one.id in wanted)
    return Settlement(decided, changes, after, _account(decided, back, changes, request.language))


def clean_in_words(request: SettleRequest, *, progress: Progress = silent) -> Account:
    """Decide as `settle` does, with labels or reasons instead of ids; list what is proposed where nothing is decided.

    A reason (`plural`) is all proposals that have it, but for names that may be those of several authors.

    Raises
    ------
    BenangError
        For a word that is neither a label nor a reason of what is proposed, or decided, beside what `settle` raises.
    """
    names = review_names(request.folder, request.items, progress=progress)
    state = clean(request, names=names)
    if not (request.accept or request.refuse or request.take_back or request.join):
        return Account(notes=tuple(_listing(state, request.language)))

    def meant(words: Sequence[str], among: Sequence[Join | Settled]) -> tuple[str, ...]:
        return tuple(one.id for word in words for one in _meant(word, among, names))

    chosen = replace(
        request,
        accept=meant(request.accept, state.proposals),
        refuse=meant(request.refuse, state.proposals),
        take_back=meant(request.take_back, state.settled),
    )
    return settle(chosen, names=names, progress=progress).account


def _meant(word: str, among: Sequence[Join | Settled], names: Names) -> Sequence[Join | Settled]:
    """Return what a person means: a label, else a reason."""
    found = [one for one in among if names.key(one.label) == names.key(word)]
    found = found or [one for one in among if word in one.kind.split("; ") and one.kind != SHARED]
    if not found:
        known = {one.label for one in among} | {kind for one in among for kind in one.kind.split("; ") if kind}
        raise BenangError(Problem(worded("nothing here is called '{word}'", word=word), way_on=nearest(word, known)))
    return found


def _listing(state: Cleaning, language: Language) -> Iterator[Note]:
    """List what is proposed, group by group, with the effect, and count what is decided."""
    _ = translator(language)
    number = partial(numeral, language=language, decimals=0)
    of, row = _("{name} ({n} records)"), _("{label}: {reason}; {a} + {b} are {all} records")
    for group in state.groups:
        rows = (
            row.format(
                label=one.label,
                reason=kind_in_words(one.reason, language),
                a=number(one.records_of_name),
                b=number(one.records),
                all=number(one.joined),
            )
            for one in group.joins
        )
        yield Note(of.format(name=group.name, n=number(group.records)), tuple(rows))
    text = _("To decide: {open}; joined: {same}; kept apart: {apart}.")
    counts = (len(one) for one in (state.proposals, state.of("same"), state.of("apart")))
    yield Note(text.format(**dict(zip(("open", "same", "apart"), map(number, counts), strict=True))))


def by_hand(label: str, name: str, names: Names, thesaurus: Thesaurus) -> Join:
    """Return what a person joins without a proposal, under the name that the thesaurus has for it.

    Raises
    ------
    BenangError
        For a label that no record has or that is decided already, a label that is its own name, or no name.
    """
    label, name = (" ".join(text.split()) for text in (label, name))
    key, lines = names.key, {names.key(one): to for one, to in thesaurus.replacements}
    name = lines.get(key(name), name)
    preferred = {key(to) for to in lines.values() if to}
    problem = None
    if not label or not name:
        problem = Problem(worded("one of the two names is missing"))
    elif key(label) not in names.works:
        near = nearest(label, sorted(names.spelt.values()))
        problem = Problem(worded("no record has '{label}'", label=label), way_on=near)
    elif key(label) == key(name):
        problem = Problem(worded("'{label}' and '{name}' are one name already", label=label, name=name))
    elif key(label) in lines or key(label) in preferred:
        fault = worded("'{label}' is in the thesaurus already", label=label)
        problem = Problem(fault, way_on=worded("Take that back first."))
    if problem:
        raise BenangError(problem)
    own, others = names.works[key(label)], names.works.get(key(name), frozenset())
    spelt = names.spelt[key(label)]
    return Join(join_id(names, label, name), spelt, name, "", "", len(own), len(others), len(own | others))


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
    return _Files(review, plan, path, thesaurus, read_apart(review.apart) if review.apart else ())


def _state(names: Names, files: _Files) -> Cleaning:
    name = files.review.name(files.path)
    return cleaning_of(names, files.thesaurus, files.apart, file=name, is_unused=files.is_unused)


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
    change = TableRows(rows, is_gone)
    after = edited(before if before is not None else head.encode("utf-8"), change, where=path.name)
    return FileChange(path, before, after)


def _plan_change(files: _Files) -> FileChange:
    """Name the thesaurus in the plan."""
    path, name = files.review.plan, files.review.name(files.path)
    before = read_bytes(path)
    edit = partial(edited_toml, edits=[SetValue(("cleaning", "thesaurus"), name)], where=path.name)
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


def has_words(words: str, *names: str) -> bool:
    """Tell whether words that somebody looks for are in one of some names, whatever the case and the accents.

    Examples
    --------
    >>> has_words("neel", "Laboratoire Louis Néel", "CNRS"), has_words("", "CNRS")
    (True, True)
    """
    return any(folded(words) in folded(name) for name in names)


def kind_in_words(kind: str, language: Language) -> str:
    """Return why labels were proposed, in a language.

    Examples
    --------
    >>> kind_in_words("plural", "id")
    'jamak'
    """
    return reason_in(kind, language)
