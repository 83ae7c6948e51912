"""What a review's records can show on a map, what each minimum would leave, and maps that go into its plan.

A map that somebody describes on a page is described as one of the plan is (`AnyMap`): every option is a key of the
plan, so that saving it changes nothing about it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

from pydantic import ValidationError

from benang.errors import BenangError, Problem
from benang.files import read_bytes, sha256, write_bytes
from benang.kinds import ITEMS, KINDS, LINKS, Kind, Link, in_words
from benang.locale import Language
from benang.locale.writing import Worded, worded
from benang.network import first_threshold, least_of
from benang.progress import Progress, silent
from benang.project.folder import PLAN, content_hashes, open_folder
from benang.project.toml_edits import AddTable, Edit, RemoveTable, Value, edited_toml
from benang.project.toml_files import Checked, parsed_toml, problems_of
from benang.review.load import Loaded, load
from benang.review.plan import (
    AnyMap,
    CodeMap,
    DifferenceChart,
    DocumentMap,
    KeywordMap,
    MapChart,
    MemberMap,
    Plan,
    ReferenceMap,
    SlicesChart,
    TermMap,
    TextTermMap,
)
from benang.tasks.opened import Opened
from benang.tasks.undoing import FileAct, remember

NAME = "map"
"""The name of a map that has no place in the plan."""
SLOW = ("terms", "references", "cited-sources", "cited-authors")
"""Items that take seconds to be counted, since they are cut out of texts and references first."""
_MOST_TRIED = 200
_READ = ("author_keywords", "index_keywords", "topics", "authors", "affiliations", "source", "references")
_TEXTS = ("title", "abstract")
_MODELS = (KeywordMap, TermMap, TextTermMap, MemberMap, DocumentMap, ReferenceMap, CodeMap)
_FIELDS: Mapping[str, Mapping[str, object]] = {
    items: model.model_fields for model in _MODELS for items in get_args(model.model_fields["items"].annotation)
}


class _Asked(Checked):
    map: AnyMap


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """A link that items of a kind may have, and why the records can't show it ("" where they can)."""

    link: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """A kind of items, in how many of the records there are some, why they can't be mapped, and their links."""

    items: str
    records: int
    reason: str
    links: tuple[LinkChoice, ...]


@dataclass(frozen=True, slots=True)
class Remaining:
    """What a minimum leaves: items, links between them, and the items of the largest group that hangs together."""

    least: int
    items: int
    links: int
    largest: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What each minimum leaves, the one that a map takes where nobody chooses, and a better one where that is poor."""

    rows: tuple[Remaining, ...]
    usual: int
    better: int | None = None

    def at(self, least: int) -> Remaining | None:
        """Return what a minimum leaves, as far as it was counted: nothing is left beyond the last row."""
        exact = next((one for one in self.rows if one.least == least), None)
        if exact or not self.rows or least < self.rows[-1].least:
            return exact
        return Remaining(least, 0, 0, 0)

    def around(self, least: int, most: int = 9) -> tuple[Remaining, ...]:
        """Return the rows that tell most: those around a minimum, of rows that differ in their items."""
        named = {least, self.usual, self.better}
        telling = [
            one
            for at, one in enumerate(self.rows)
            if not at or one.least in named or one.items != self.rows[at - 1].items
        ]
        near = sorted(telling, key=lambda one: abs(one.least - least))[:most]
        return tuple(sorted(near, key=lambda one: one.least))


def loaded_of(review: Opened) -> Loaded:
    """Return what a review that is open holds, as its files are now."""
    return review.loaded()


def asked_map(options: Mapping[str, object]) -> AnyMap:
    """Return the map that options describe, named as keys of the plan; those that its items can't have are left out.

    Raises
    ------
    BenangError
        With every option that has a wrong value.

    Examples
    --------
    >>> asked = asked_map({"items": "authors", "min_documents": "3", "share": "0.5", "link": ""})
    >>> asked.items, asked.min_documents, asked.link
    ('authors', 3, None)
    """
    items = str(options.get("items", ""))
    known = _FIELDS.get(items, {"items": None})
    given = {name: value for name, value in options.items() if name in known and value not in ("", None)}
    data = {"map": {"name": NAME, **given}}
    try:
        return _Asked.model_validate(data).map
    except ValidationError as error:
        problems = problems_of(error.errors(), data, _Asked, lambda place: str(place[-1]), where_names_key=True)
        raise BenangError(*problems) from None


def told_options(plan: AnyMap) -> dict[str, Any]:
    """Return a map as `asked_map` takes it: what is not as usual, without its name and title."""
    told = plan.model_dump(mode="json", exclude_defaults=True, exclude={"name", "title"})
    return {"items": plan.items, **told}


def choices(loaded: Loaded) -> tuple[ItemChoice, ...]:
    """Say which items the records of a review have, and for others what is missing and how to get it."""
    corpus = loaded.corpus
    if "choices of maps" not in corpus.kept:
        having = {
            field: {at for at, one in enumerate(corpus.records) if getattr(one, field)} for field in (*_READ, *_TEXTS)
        }
        having["text"] = set.union(*(having[field] for field in _TEXTS))
        corpus.kept["choices of maps"] = tuple(_choice(items, KINDS[items], having, len(corpus)) for items in ITEMS)
    found: tuple[ItemChoice, ...] = corpus.kept["choices of maps"]
    return found


def _choice(items: str, kind: Kind, having: Mapping[str, set[int]], n: int) -> ItemChoice:
    own = _own_fields(items, kind)
    with_items = set.union(*(having[field] for field in own)) if own else set(range(n))
    links = tuple(LinkChoice(link, _lacking(link, items, having)) for link in kind.links)
    if not with_items:
        return ItemChoice(items, 0, _reason(own[0] if own else "text", items), links)
    reasons = [one.reason for one in links]
    return ItemChoice(items, len(with_items), reasons[0] if all(reasons) else "", links)


def _own_fields(items: str, kind: Kind) -> tuple[str, ...]:
    if items == "terms":
        return ("text",)
    return kind.fields or (("references",) if "co-citation" in kind.links else ())


def _lacking(link: Link, items: str, having: Mapping[str, set[int]]) -> str:
    by_references = LINKS[link].by_citation or link == "co-citation"
    return _reason("references", items) if by_references and not having["references"] else ""


def _reason(field: str, items: str) -> Worded:
    """Say what the records lack for a map, and how to export them with it."""
    if field == "references":
        return worded(
            "No record has cited references. {way_on}",
            way_on=worded(
                "Export them again with their references: in Web of Science 'Full Record and Cited References', in "
                "Scopus 'References', in Dimensions 'Export for bibliometric mapping'."
            ),
        )
    if field == "affiliations":
        return worded("No record has affiliations. Export them again with affiliations (Scopus) or as full records.")
    if field == "text":
        return worded("No record has a title or an abstract.")
    if field == "topics":
        return worded("No record has topics of a database: OpenAlex and a few others give them.")
    if field in ("author_keywords", "index_keywords"):
        return worded(
            "No record has {items}. Export them again with keywords, or map terms of titles and abstracts.",
            items=in_words(items),
        )
    return worded("No record has {items}.", items=in_words(items))


def counted(loaded: Loaded, plan: AnyMap) -> Counts | None:
    """Count what each minimum leaves on a map of records; None where that can't be said of its items.

    Raises
    ------
    BenangError
        As `analysis_network`.
    """
    if isinstance(plan, TermMap | CodeMap):
        return None
    from benang.analyses import USUAL, threshold_table  # with all that makes networks
    from benang.tasks.build.steps import analysis_of
    from benang.tasks.map_account import serving_row

    analysis = analysis_of(plan)
    usual = least_of(analysis, len(loaded.corpus))[first_threshold(plan.items)]
    tried = sorted({*USUAL, *range(_MOST_TRIED), usual})
    table = threshold_table(loaded.corpus, analysis, loaded.thesaurus, tried=tried)
    better = serving_row(table, usual)
    rows = tuple(Remaining(one.least, one.items, one.links, one.largest) for one in table)
    return Counts(rows, usual, better.least if better else None)


def count_in(root: Path, options: Mapping[str, object], *, progress: Progress = silent) -> Counts | None:
    """Count as `counted` does, in a process of its own."""
    progress("Reading the review", 0.0)
    loaded = load(open_folder(root))
    progress("Counting co-occurrences", 0.3)
    return counted(loaded, asked_map(options))


def counting_key(review: Opened, plan: AnyMap) -> str:
    """Return what changes whenever the counts of `counted` may: the review, and what they depend on."""
    told = plan.model_dump(mode="json")
    apart = {"items", "link", "counting", "reference_matching", "author_names", "max_per_document", "min_citations"}
    if first_threshold(plan.items) == "min_citations":
        apart -= {"min_citations"}
    return sha256(repr((review.version(), sorted((name, str(told.get(name))) for name in apart))))[:16]


def save_map(review: Opened, plan: AnyMap, name: str, title: str, language: Language) -> str:
    """Write a map into the plan of a review under a name, and say so; it can be undone.

    Raises
    ------
    BenangError
        For a name that can't be one or is taken, and a plan that has to be changed by hand.
    """
    name = name.strip() or name_of(title)
    if any(one.name == name for one in review.plan.maps):
        fault = worded("the plan has a map of the name '{name}' already", name=name)
        raise BenangError(Problem(fault, way_on=worded("Choose another name, or remove that map first.")))
    named = {"name": name, **({"title": title.strip()} if title.strip() else {})}
    table = cast("Mapping[str, Value]", {**named, **told_options(plan)})
    what = worded("map '{name}' saved to the plan", name=title.strip() or name)
    _change_plan(review, [AddTable("maps", table)], what)
    return worded("Saved to the plan: {name}", name=title.strip() or name).in_language(language)


def remove_map(review: Opened, name: str, language: Language) -> str:
    """Take a map out of the plan of a review, with the charts that draw it, and say so; it can be undone.

    Raises
    ------
    BenangError
        Where the plan has no such map, or has to be changed by hand.
    """
    plan = review.plan
    at = next((at for at, one in enumerate(plan.maps) if one.name == name), None)
    if at is None:
        raise BenangError(Problem(worded("the plan has no map '{map}'", map=name)))
    charts = charts_of(plan, name)
    edits = [RemoveTable("maps", at), *(RemoveTable("charts", one) for one in charts)]
    title = plan.maps[at].title
    label = title.text(language) if title else name
    _change_plan(review, edits, worded("map '{name}' removed from the plan", name=label))
    return worded("Removed from the plan: {name}", name=label).in_language(language)


def charts_of(plan: Plan, name: str) -> tuple[int, ...]:
    """Return the places of the charts in a plan that draw a map."""
    drawing = (MapChart, SlicesChart, DifferenceChart)
    return tuple(at for at, one in enumerate(plan.charts) if isinstance(one, drawing) and one.map == name)


def name_of(title: str) -> str:
    """Make the name of a map from its title.

    Examples
    --------
    >>> name_of("Kata kunci: 2020–2024!"), name_of("市場")
    ('kata-kunci-2020-2024', 'map')
    """
    letters = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in title.lower())
    return "-".join(letters.split())[:60].strip("-") or NAME


def _change_plan(review: Opened, edits: Sequence[Edit], what: Worded) -> None:
    """Change the file of the plan, as far as what comes of it is a plan."""
    path = review.root / PLAN
    before = read_bytes(path)
    after = edited_toml(before.decode("utf-8-sig"), edits, where=PLAN)
    parsed_toml(after, Plan, where=PLAN)
    write_bytes(path, after.encode("utf-8"))
    review.changed()
    remember(review, FileAct(PLAN, before, after.encode("utf-8"), what=what))


def records_key(loaded: Loaded) -> dict[str, object]:
    """Return all that a map of the records of a review rests on, but for what it asks, as hashes and settings."""
    folder, beside = loaded.folder, ("judgements/", "documents/", "codebook", "cases.toml", "claims.toml", PLAN)
    paths = [path for path in folder.files if not folder.name(path).startswith(beside)]
    return {
        "files": content_hashes(folder, paths),
        "sources": loaded.plan.sources.model_dump(),
        "thesaurus": loaded.thesaurus.sha256 if loaded.thesaurus else "",
        "records": sha256(repr((loaded.corpus.keys, loaded.corpus.history))),
    }
