"""Clean: which names mean the same, accepted or refused one by one or by kind, with the effect on counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from benang.errors import BenangError, Problem
from benang.locale import translator
from benang.locale.writing import counted, numeral, worded
from benang.review.names import CLEANED, SHARED, Cleaning, Group, Items, Names, Settled
from benang.tasks.cleaning import (
    NOT_OF_RECORDS,
    CleanRequest,
    FileChange,
    SettleRequest,
    clean,
    corpus_in_use,
    has_words,
    kind_in_words,
    review_names,
    settle,
    use_thesaurus,
)
from benang.tasks.undoing import FileAct, remember
from benang.web.page import Change, Here, Read, shown, with_word

router = APIRouter(tags=["clean"])

Show = Literal["open", "same", "apart"]
_GROUPS = 40
"""Groups of proposals that are fetched at once; the next ones come when the last of them is seen."""
_DECISIONS = 200
_LONGEST = 500
_MOST_IDS = 5000


@dataclass(frozen=True)
class View:
    """What of the names is shown: of which items, what is open or decided, of which kind, with which words."""

    base: str
    items: Items = "keywords"
    show: Show = "open"
    kind: str = ""
    q: str = ""

    def at(self, **changes: str) -> str:
        """Return the address of this view with some things otherwise."""
        wanted = {"items": self.items, "show": self.show, "kind": self.kind, "q": self.q, **changes}
        usual = {"items": "keywords", "show": "open"}
        query = {name: value for name, value in wanted.items() if value and usual.get(name) != value}
        return f"{self.base}?{urlencode(query)}" if query else self.base

    def has(self, *names: str) -> bool:
        """Tell whether the words that are looked for are in one of some names."""
        return has_words(self.q, *names)

    def of(self, group: Group) -> Group:
        """Return the part of a group that is shown."""
        joins = (one for one in group.joins if self.kind in ("", *one.kinds) and self.has(one.label, one.name))
        return replace(group, joins=tuple(joins))


@router.get("/reviews/{review}/clean")
def page(
    place: Read,
    items: Items = "keywords",
    show: Show = "open",
    kind: Annotated[str, Query(max_length=_LONGEST)] = "",
    q: Annotated[str, Query(max_length=_LONGEST)] = "",
    after: Annotated[str, Query(max_length=_LONGEST)] = "",
    through: Annotated[str, Query(max_length=_LONGEST)] = "",
) -> Response:
    """Show what is proposed or decided; `after` a place in the list only what follows, `through` one all up to it."""
    view = View(place.at("clean"), items, show, kind, " ".join(q.split()))
    values = _values(place, view, after=after, through=through)
    if after:
        return shown(place, "clean_groups.html.j2", **values)
    return shown(place, "clean_list.html.j2" if place.is_htmx else "clean.html.j2", area="clean", **values)


@router.post("/reviews/{review}/clean/settle")
def decide(
    place: Change,
    items: Annotated[Items, Form()] = "keywords",
    show: Annotated[Show, Form()] = "open",
    kind: Annotated[str, Form(max_length=_LONGEST)] = "",
    q: Annotated[str, Form(max_length=_LONGEST)] = "",
    name: Annotated[str, Form(max_length=_LONGEST)] = "",
    accept: Annotated[list[str], Form(max_length=_MOST_IDS)] = [],  # noqa: B006 - read only
    refuse: Annotated[list[str], Form(max_length=_MOST_IDS)] = [],  # noqa: B006
    back: Annotated[list[str], Form(max_length=_MOST_IDS)] = [],  # noqa: B006
    label: Annotated[str | None, Form(max_length=_LONGEST)] = None,
    called: Annotated[str, Form(max_length=_LONGEST)] = "",
) -> Response:
    """Accept or refuse proposals, or take decisions back; the group `name` is shown as it is then, else the list.

    A `label` that nobody proposed is joined with the name that it is `called` by.
    """
    view = View(place.at("clean"), items, show, kind, q)
    join = () if label is None else ((label, called),)
    decisions = {"accept": tuple(accept), "refuse": tuple(refuse), "take_back": tuple(back), "join": join}
    said, state = _settle(place, view, _request(place, view, **decisions))
    values = _values(place, view, state=state)
    group = next((one for one in values["state"].groups if one.name == name), None) if name else None
    if not name or not values["groups"]:
        return _answer(place, "clean_list.html.j2", said, values, retarget=True)
    part = view.of(group) if group else None
    return _answer(place, "clean_group.html.j2", said, {**values, "group": part if part and part.joins else None})


@router.post("/reviews/{review}/clean/kind")
def decide_kind(
    place: Change,
    verdict: Annotated[Literal["accept", "refuse"], Form()],
    items: Annotated[Items, Form()] = "keywords",
    kind: Annotated[str, Form(max_length=_LONGEST)] = "",
    q: Annotated[str, Form(max_length=_LONGEST)] = "",
) -> Response:
    """Accept or refuse all proposals that a view shows; a name that may be that of several is not accepted so."""
    view = View(place.at("clean"), items, "open", kind, q)
    state = _state(place, items)
    joins = [one for group in state.groups for one in view.of(group).joins]
    chosen = tuple(one.id for one in joins if verdict == "refuse" or one.kind != SHARED)
    if not chosen:
        raise BenangError(Problem(worded("nothing of this kind is proposed any more")))
    said, after = _settle(place, view, _request(place, view, **{verdict: chosen}))
    rest = replace(view, kind="", q="")
    return _answer(place, "clean_list.html.j2", said, _values(place, rest, state=after), retarget=True)


@router.post("/reviews/{review}/clean/use")
def use(place: Change, items: Annotated[Items, Form()] = "keywords") -> Response:
    """Name the thesaurus that is in the folder in the plan, so that its lines count."""
    changes = use_thesaurus(place.review.root)
    _ = translator(place.language)
    said = _("The plan uses the thesaurus now.")
    _remember(place, changes, said)
    view = View(place.at("clean"), items)
    return _answer(place, "clean_list.html.j2", said, _values(place, view), retarget=True)


def _answer(place: Here, template: str, said: str, values: Mapping[str, Any], *, retarget: bool = False) -> Response:
    answer = shown(place, template, area="clean", **values)
    if retarget:
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#clean", "outerHTML"
    answer.headers["X-Version"] = place.review.version()
    return with_word(answer, "", said={"text": said, "kind": "done", "undo": True})


def _names(place: Here, items: Items) -> Names:
    """Return the names of the records; they stay in memory until files other than those of decisions change."""
    review = place.review

    def make() -> Names:
        return review_names(review.root, items, corpus=corpus_in_use(review))

    rules = review.plan.model_dump_json(exclude=NOT_OF_RECORDS)
    return review.kept(f"names of {items}", make, "names", also=rules)


def _state(place: Here, items: Items) -> Cleaning:
    return clean(CleanRequest(folder=place.review.root, items=items), names=_names(place, items))


def _request(place: Here, view: View, **decisions: Any) -> SettleRequest:
    return SettleRequest(folder=place.review.root, items=view.items, language=place.language, **decisions)


def _settle(place: Here, view: View, request: SettleRequest) -> tuple[str, Cleaning]:
    """Decide, and say in a sentence what was decided; return how things are now as well."""
    settlement = settle(request, names=_names(place, view.items))
    said = _said(place, settlement.decided, len(request.take_back), [note.text for note in settlement.account.notes])
    _remember(place, settlement.changes, said)
    return said, settlement.cleaning


def _said(place: Here, decided: Sequence[Settled], n_back: int, notes: Sequence[str]) -> str:
    _, language = translator(place.language), place.language
    if len(notes) == 1:
        return notes[0]
    n = {verdict: sum(one.verdict == verdict for one in decided) for verdict in ("same", "apart")}
    texts = [
        counted("{n} name joined.", "{n} names joined.", n["same"], language) if n["same"] else "",
        counted("{n} pair kept apart.", "{n} pairs kept apart.", n["apart"], language) if n["apart"] else "",
        counted("{n} decision taken back.", "{n} decisions taken back.", n_back, language) if n_back else "",
    ]
    numbers = (n["same"], n["apart"], n_back)
    several = [text.format(n=numeral(k, language, 0)) for text, k in zip(texts, numbers, strict=True) if text]
    return " ".join(several) or _("This was decided already.")


def _remember(place: Here, changes: Sequence[FileChange], what: str) -> None:
    """Let what was done to files be undone."""
    root = place.review.root
    acts = (FileAct(one.path.relative_to(root).as_posix(), one.before, one.after, what.rstrip(".")) for one in changes)
    remember(place.review, *acts)
    place.review.changed()


def _values(
    place: Here, view: View, *, after: str = "", through: str = "", state: Cleaning | None = None
) -> dict[str, Any]:
    """Return what the templates of the page show."""
    state = state or _state(place, view.items)
    open_ = {items: len(state.proposals) if items == view.items else _n_open(place, items) for items in CLEANED}
    parts = [part for group in state.groups if (part := view.of(group)).joins]
    first, last = _place(after), _place(through)
    following = [one for one in parts if first is None or one.place > first]
    groups = following[:_GROUPS]
    if last is not None:
        groups = [one for one in following if one.place <= last] or groups
    decided = [one for one in state.of("apart" if view.show == "apart" else "same") if view.has(one.label, one.name)]
    return {
        "view": view,
        "state": state,
        "n_open": open_,
        "groups": groups,
        "n_shown": sum(len(one.joins) for one in parts),
        "n_sure": sum(one.kind != SHARED for part in parts for one in part.joins),
        "through": _cursor(groups[-1]) if groups else "",
        "has_more": len(following) > len(groups),
        "decided": sorted(decided, key=lambda one: (-one.together, one.label.casefold()))[:_DECISIONS],
        "n_decided": len(decided),
        "kind_in_words": lambda kind: kind_in_words(kind, place.language),
    }


def _n_open(place: Here, items: Items) -> int:
    return len(_state(place, items).proposals)


def _cursor(group: Group) -> str:
    together, name = group.place
    return f"{together} {name}"


def _place(cursor: str) -> tuple[int, str] | None:
    """Return the place in the list that an address names, None where it names none."""
    together, _, name = cursor.partition(" ")
    try:
        return (int(together), name) if cursor else None
    except ValueError:
        return None
