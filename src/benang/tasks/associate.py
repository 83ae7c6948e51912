"""Which codes of a review go with which keywords; what is talked about without evidence, and the reverse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benang.coding.coded import Coded, check_studies
from benang.coding.placed import place
from benang.errors import BenangError, Problem, argument, at_line, nearest
from benang.figures.association_figures import plot_association
from benang.figures.saving import figure_bytes
from benang.files import Input, write_together
from benang.kinds import AssociatedItems
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral, worded
from benang.looks.appearance import cut_label
from benang.progress import Progress, silent
from benang.project.folder import open_folder
from benang.records.user_tables import read_columns
from benang.review.load import Loaded, load
from benang.synthesis.association import Association, association, incidence_of
from benang.synthesis.csv_tables import association_csv, mentions_csv
from benang.synthesis.mentions import Mention, Mentions, Standing, mentions
from benang.tasks.account import Account, Note, Table, check_outputs

_LISTED = 12
_LIKELY = 0.2  # pairs as likely as this by chance are not worth a line
_LONGEST = 34  # letters of a label in a table


@dataclass(frozen=True, kw_only=True)
class AssociateRequest:
    """A group of codes of a review, and what it is compared with.

    `group` may be left out where the codebook has one only. Items and codes count that `least` studies or more have;
    `words` is a table with the columns code and word, of further words for codes. `seed` is that of the permutations.
    `outputs` have the pairs of items and codes (a picture, or `.csv`), `mentions` is a `.csv` of what is talked about
    and what is evidenced. `language` is the plan's where None.
    """

    folder: Path
    group: str | None = None
    items: AssociatedItems = "author-keywords"
    least: int = 2
    words: Input | None = None
    seed: int = 0
    outputs: tuple[Path, ...] = ()
    mentions: Path | None = None
    language: Language | None = None


@dataclass(frozen=True)
class Associated:
    """What was counted for one group of codes."""

    coded: Coded
    association: Association
    mentions: Mentions
    language: Language
    account: Account = field(default_factory=Account)


def associate(request: AssociateRequest, *, progress: Progress = silent) -> Associated:
    """Count which codes occur in the studies of an item more often than chance, and what is only talked about.

    Raises
    ------
    Misuse
        For output that would destroy what is read, or other output.
    BenangError
        For a review that can't be read, a group that it lacks, and words for codes that it lacks.
    """
    check_outputs(request.outputs, [request.words], [request.mentions])
    progress("Reading the review", 0.0)
    loaded = load(open_folder(request.folder))
    language: Language = request.language or loaded.plan.language
    progress("Counting", 0.4)
    counts = _counted(loaded, request, language)
    progress("Writing", 0.8)
    files = {path: _bytes(path, counts) for path in request.outputs}
    if request.mentions:
        files[request.mentions] = mentions_csv(counts.mentions)
    write_together(files)
    account = Account(notes=tuple(_account(counts)), files=tuple(files))
    return Associated(counts.coded, counts.association, counts.mentions, language, account)


def _group(loaded: Loaded) -> str:
    """Return the only group of codes."""
    known = [one.id for one in loaded.codebook.groups]
    if len(known) == 1:
        return known[0]
    choice = worded("Choose one with {option}: {names}.", option=argument("group"), names=", ".join(known))
    raise BenangError(
        Problem(
            worded("the codebook has {n} groups of codes", n=len(known))
            if known
            else "the codebook has no groups of codes",
            way_on=choice if known else "Add codes to codebook.toml.",
        )
    )


def _counted(loaded: Loaded, request: AssociateRequest, language: Language) -> Associated:
    group = _group(loaded) if request.group is None else request.group
    placed = place(loaded.judgements, loaded.documents, loaded.codebook, loaded.cases)
    coded = Coded(loaded.codebook, loaded.cases, loaded.documents, placed)
    check_studies(coded, loaded.corpus.keys)
    incidence = incidence_of(loaded.corpus, request.items, least=request.least, thesaurus=loaded.thesaurus)
    words = _words(request.words, loaded) if request.words else None
    return Associated(
        coded,
        association(coded, incidence, group=group, least=request.least, seed=request.seed),
        mentions(loaded.corpus, coded, group=group, incidence=incidence, words=words, least=request.least),
        language,
    )


def _words(path: Input, loaded: Loaded) -> dict[str, list[str]]:
    """Read further words for codes."""
    words: dict[str, list[str]] = {}
    problems = []
    for line, (code, word) in read_columns(path, "code", "word"):
        if code not in loaded.codebook.by_id:
            way_on = nearest(code, loaded.codebook.by_id)
            problems.append(
                Problem(
                    worded("'{code}' is not a code", code=code),
                    where=at_line(path, line),
                    way_on=way_on,
                )
            )
        words.setdefault(code, []).append(word)
    if problems:
        raise BenangError(*problems)
    return words


def _bytes(path: Path, counts: Associated) -> bytes:
    if path.suffix.lower() == ".csv":
        return association_csv(counts.association, counts.language)
    figure = plot_association(counts.association, counts.coded.codebook, language=counts.language)
    return figure_bytes(figure, path.suffix, where=str(path))


def _account(counts: Associated) -> Iterator[Note | Table]:
    """Say what was compared, what goes together, and what is only talked about or only evidenced."""
    language = counts.language
    _, pairs, talk = translator(language), counts.association, counts.mentions
    items = _(str(pairs.item_kind)).replace("-", " ")
    text = _("{n} coded studies have {items}, {without} have none and are left out; {tests} pairs tested.")
    yield Note(
        text.format(
            n=numeral(pairs.studies.value, language, 0),
            items=items,
            without=numeral(pairs.without_items.value, language, 0),
            tests=numeral(pairs.n_tests, language, 0),
        )
    )
    yield from _pairs(counts)
    text = _("{n} of {studies} coded studies have an abstract; titles and keywords are searched as well.")
    yield Note(
        text.format(n=numeral(talk.with_abstract.value, language, 0), studies=numeral(talk.studies.value, language, 0))
    )
    talked: Standing = "talked about, never evidenced"
    evidenced: Standing = "evidenced, never talked about"
    yield _list(_("Codes mentioned but without evidence"), talk.standing(talked, "code"), counts)
    yield _list(_("Codes with evidence but not mentioned"), talk.standing(evidenced, "code"), counts)
    heading = _("{items} that occur in no coded passage").format(items=items.capitalize())
    yield _list(heading, talk.standing(talked, "item"), counts)


def _pairs(counts: Associated) -> Iterator[Note | Table]:
    """List the pairs that chance would least have brought together."""
    _, language = translator(counts.language), counts.language
    pairs = [pair for pair in counts.association.pairs if pair.ratio > 1 and pair.p < _LIKELY][:_LISTED]
    if not pairs:
        text = _("No code occurs in their studies more often than expected by chance (p < {likely}).")
        yield Note(text.format(likely=numeral(_LIKELY, language)))
        return
    rows: list[tuple[str, ...]] = [("", "", _("studies"), _("by chance"), _("ratio"), "p", "q", _("p any"))]
    for pair in pairs:
        label, code = (cut_label(one, _LONGEST) for one in (pair.label, pair.code.label.text(language)))
        studies = _("{n} of {all}").format(n=pair.together.value, all=pair.of_item.value)
        chance = (numeral(value, language, 1) for value in (pair.expected, pair.ratio))
        rows.append(
            (label, code, studies, *chance, *(numeral(value, language, 3) for value in (pair.p, pair.q, pair.p_any)))
        )
    yield Table(_("Together more often than by chance, the least likely first:"), tuple(rows), "llrrrrrr")
    yield Note(
        _("p: exact probability of so many by chance; q: corrected for all tests; p any: chance of one so small.")
    )


def _list(heading: str, rows: Sequence[Mention], counts: Associated) -> Note:
    """List codes or items with the number of their studies."""
    _, codes, language = translator(counts.language), counts.coded.codebook.by_id, counts.language
    remarks = []
    for row in rows[:_LISTED]:
        n = int(row.talked.value or row.evidenced.value)
        label = codes[row.id].label.text(language) if row.kind == "code" else row.label
        remarks.append(f"{label} ({numeral(n, language, 0)} {counted('study', 'studies', n, language)})")
    if len(rows) > _LISTED:
        remarks.append(_("… and {n} more.").format(n=numeral(len(rows) - _LISTED, language, 0)))
    return Note(f"{heading}: {len(rows) or _('none')}.", tuple(remarks))
