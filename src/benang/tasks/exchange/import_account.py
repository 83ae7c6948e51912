"""The account of an import: what the file has, what became of it in the review, what was left out, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benang.errors import argument
from benang.judgements.events import Coding
from benang.locale import Language, translator
from benang.locale.writing import counted, in_language, listed, numeral
from benang.qda import COUNTED, Project, SetAside
from benang.tasks.account import Note, Table
from benang.tasks.coding.importing import examples_left
from benang.tasks.exchange.incoming_events import Incoming, Said

_MOST_NAMED = 5
_MOST_REASONS = 30


@dataclass(frozen=True)
class Taking:
    """A project with its place in a review, and the files that are to be written.

    `examples` are the files that have, or had, the examples with which the review began; those of a review in which
    they are `replaced` by what the project has are without them. `shown` is the group that takes the place of theirs
    in charts and tables.
    """

    incoming: Incoming
    said: Said
    files: Mapping[Path, bytes]
    examples: tuple[str, ...] = ()
    replaced: bool = False
    shown: str = ""


def import_notes(taking: Taking, file: str, language: Language, *, check: bool) -> Iterator[Note | Table]:
    """Give the account: what the file has, what became of it, and what was left; `file` is what the file is called."""
    _ = translator(language)
    project, said = taking.incoming.project, taking.said
    title = ", ".join(filter(None, (project.name, project.origin))) or file
    yield _balance(project, title, language)
    if project.convention:
        text = _("Positions in this file: {convention}.")
        yield Note(text.format(convention=in_language(project.convention, language)))
    yield from _added(taking, language, check=check)
    yield from _examples(taking, language)
    yield from _documents(taking, language)
    yield from _coders(taking, language)
    if project.set_aside:
        yield Note(_("Set aside:"), first_lines(_aside(project.set_aside, language), language))
    if left := tuple(_left(taking, language)):
        yield Note(_("Not taken over, because a review has no place for it:"), left)
    if odd := tuple(_odd(taking, language)):
        yield Note(_("Remarks:"), first_lines(odd, language))
    if any(isinstance(one, Coding) for one in said.events) and not check:
        text = _(
            "To compare coders, record which cases each of them has read: `benang code looked --review FOLDER --coded "
            "--coder NAME` for those with passages of theirs, or --all."
        )
        yield Note(text)


def _balance(project: Project, title: str, language: Language) -> Table:
    _ = translator(language)
    words = dict(zip(COUNTED, (_("sources"), _("codes"), _("selections"), _("codings")), strict=True))
    head = ("", _("found"), _("read"), _("set aside"))
    rows = (
        (words[one.kind], *(numeral(n, language, 0) for n in (one.found, one.read, one.aside)))
        for one in project.balances
    )
    return Table(title, (head, *rows), "lrrr")


def _added(taking: Taking, language: Language, *, check: bool) -> Iterator[Note]:
    """Say what is new in the review, and what was there."""
    _ = translator(language)
    incoming, said = taking.incoming, taking.said
    codings = sum(isinstance(one, Coding) for one in said.events)
    new = (
        (_("codings"), codings),
        (_("memos"), len(said.events) - codings),
        (_("codes"), len(incoming.vocabulary.new_codes)),
        (_("variables"), len(incoming.vocabulary.new_variables)),
        (_("documents"), len(incoming.filed.new)),
        (_("records"), len(incoming.filed.typed)),
        (_("cases"), len(incoming.placed.new)),
    )
    counts = [f"{what} {numeral(n, language, 0)}" for what, n in new if n]
    if not counts:
        yield Note(_("Everything in it is in the review already; nothing was added."))
    elif check:
        yield Note(_("Would be added: {counts}.").format(counts=", ".join(counts)))
    else:
        yield Note(_("Added: {counts}.").format(counts=", ".join(counts)))
    if check:
        yield Note(_("This was only a check; nothing was added."))
    if counts and said.known:
        text = counted("{n} coding was there already.", "{n} codings were there already.", said.known, language)
        yield Note(text.format(n=numeral(said.known, language, 0)))
    if n := said.withdrawn:
        text = counted(
            "{n} coding had been withdrawn and was not added again.",
            "{n} codings had been withdrawn and were not added again.",
            n,
            language,
        )
        yield Note(text.format(n=numeral(n, language, 0)))


def _examples(taking: Taking, language: Language) -> Iterator[Note]:
    """Say what becomes of the examples with which a review begins."""
    _ = translator(language)
    names = listed(taking.examples, language)
    if not taking.examples:
        return
    if not taking.replaced:
        yield examples_left(names, language)
        return
    yield Note(_("The examples with which the review began were taken out of {files}.").format(files=names))
    if taking.shown:
        text = _("Charts and tables of the examples in review.toml now show the group of codes '{group}'.")
        yield Note(text.format(group=taking.shown))


def _documents(taking: Taking, language: Language) -> Iterator[Note]:
    """Say of which record each new document is."""
    _, filed = translator(language), taking.incoming.filed
    lines = [
        _("{source} → {document}: record {key} ({reason})").format(
            source=one.name,
            document=filed.documents[one.guid].path,
            key=filed.documents[one.guid].record,
            reason=filed.reasons[one.guid].in_language(language),
        )
        for one in taking.incoming.project.sources
        if one.guid in filed.reasons
    ]
    if lines:
        yield Note(_("Documents:"), first_lines(lines, language))
    if filed.typed:
        text = _(
            "Records that no export has were typed into searches.toml. Until you write there how they were found, "
            "PRISMA counts them under other methods, as contacts. Add their authors, years and DOIs, too."
        )
        yield Note(text)


def _coders(taking: Taking, language: Language) -> Iterator[Note]:
    """Say who is who, where that is not plain, and who is no reviewer of the plan."""
    _, said, plan = translator(language), taking.said, taking.incoming.desk.plan
    names = {one.guid: one.name or one.initials for one in taking.incoming.project.users}
    other = [f"{names[guid]} → {coder}" for guid, coder in said.coders.items() if names[guid] != coder]
    if other:
        yield Note(_("Coders under another name here: {names}.").format(names=", ".join(other)))
    unnamed = taking.incoming.unnamed
    if said.unnamed and any(one.coder == unnamed for one in said.events):
        text = _(
            "Codings and memos whose author the file does not name are under '{coder}'; {option} names another coder."
        )
        yield Note(text.format(coder=unnamed, option=argument("coder", value="NAME")))
    strangers = sorted({one.coder for one in said.events} - set(plan.reviewers))
    if strangers:
        text = _("Not among the reviewers of the plan: {names}. Add them to `reviewers` in review.toml.")
        yield Note(text.format(names=", ".join(strangers)))


def _aside(entries: Sequence[SetAside], language: Language) -> list[str]:
    """Say what was set aside and why, with the places of the first of each kind."""
    _ = translator(language)
    words: dict[str, str] = dict(zip(COUNTED, (_("sources"), _("codes"), _("selections"), _("codings")), strict=True))
    words |= dict.fromkeys(("SourceRef", "MemberSource"), _("references to sources"))
    words |= dict.fromkeys(("CodeRef", "MemberCode"), _("references to codes"))
    words |= dict.fromkeys(("NoteRef", "MemberNote"), _("references to notes"))
    words |= {"SelectionRef": _("references to selections"), "Link": _("links"), "color": _("colours")}
    words |= dict.fromkeys(("Graph", "graph"), _("drawn maps"))
    words |= dict.fromkeys(("VariableValue", "attribute"), _("values"))
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in entries:
        together[words.get(one.kind, f"<{one.kind}>"), in_language(one.reason, language)].append(one.where)
    lines = []
    for (kind, reason), places in together.items():
        named = ", ".join(list(dict.fromkeys(places))[:_MOST_NAMED])
        lines.append(f"{kind} {numeral(len(places), language, 0)}: {reason} ({named}{_more(places)})")
    return lines


def _more(places: Sequence[str]) -> str:
    return ", …" if len(set(places)) > _MOST_NAMED else ""


def _left(taking: Taking, language: Language) -> Iterator[str]:
    """Give what was read and has no place in a review."""
    for what, n in taking.said.left.items():
        yield f"{what.in_language(language)} ({numeral(n, language, 0)})"
    for one in taking.incoming.placed.refused:
        yield one.in_language(language)


def _odd(taking: Taking, language: Language) -> Iterator[str]:
    """Give what a reader should know of how things were taken."""
    _, incoming, vocabulary = translator(language), taking.incoming, taking.incoming.vocabulary
    yield from (in_language(one, language) for one in incoming.project.remarks)
    for one in incoming.project.balances:
        if one.unaccounted:
            text = _("{n} more of the kind '{kind}' were counted in the file than were read: please report this file")
            yield text.format(n=one.unaccounted, kind=one.kind)
    named = (
        (_("codes that have codes below them, each now a heading with a code: {names}"), vocabulary.doubled),
        (_("codes whose rule here is another one, which stays: {names}"), vocabulary.differing),
        (_("variables of numbers with decimals or of dates, taken as text: {names}"), vocabulary.as_text),
        (_("codings that say something else here, which stays: {names}"), taking.said.changed),
    )
    for text, names in named:
        if names:
            yield text.format(names=", ".join(names[:_MOST_REASONS]) + (", …" if len(names) > _MOST_REASONS else ""))


def first_lines(lines: Sequence[str], language: Language, *, most: int = _MOST_REASONS) -> tuple[str, ...]:
    """Return the first lines, and how many more there are."""
    if len(lines) <= most:
        return tuple(lines)
    more = numeral(len(lines) - most, language, 0)
    return (*lines[:most], translator(language)("… and {n} more").format(n=more))
