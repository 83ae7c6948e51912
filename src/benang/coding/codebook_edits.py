"""Changes to a codebook as edits of its file: codes added, renamed, merged, split and retired."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from benang.coding.codebook import Code, Codebook
from benang.errors import BenangError, Problem, argument, nearest
from benang.locale.writing import worded
from benang.project.toml_edits import AddTable, Edit, RemoveTable, SetValue, Value
from benang.project.toml_files import Label


def id_from(label: str) -> str:
    """Make an id of a label: small letters and digits with hyphens between them; nothing where it has none of these.

    Examples
    --------
    >>> id_from("Rising rent (of stalls)"), id_from("Café & crème"), id_from("حقوق")
    ('rising-rent-of-stalls', 'cafe-creme', 'حقوق')
    """
    parts = unicodedata.normalize("NFKD", label.casefold())
    plain = "".join(character for character in parts if not unicodedata.combining(character))
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain)).strip("-")


def free_id(base: str, is_taken: Callable[[str], bool]) -> str:
    """Return an id that nothing has yet: the base, or the first of `base-2`, `base-3`, … that is free.

    Examples
    --------
    >>> free_id("rent", {"rent", "rent-2"}.__contains__), free_id("rent", set().__contains__)
    ('rent-3', 'rent')
    """
    numbered = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(one for one in numbered if not is_taken(one))


def check_new_id(name: str, codebook: Codebook, *, own: Collection[str] = ()) -> None:
    """Refuse an id for a code that is none, that another code has, or had: passages coded with it would change hands.

    Raises
    ------
    BenangError
        With the way on. `own` are earlier ids of the code itself, which it may have back.
    """
    if not re.fullmatch(r"[\w.\-]+", name):
        meant = id_from(name)
        way_on = worded("Try '{meant}'.", meant=meant) if meant else "Choose a word."
        fault = worded("'{name}' can't be an id; ids consist of letters, digits, '-', '_' and '.'", name=name)
        raise BenangError(Problem(fault, way_on=way_on))
    if name in codebook.by_id:
        way_on = "Choose another id, or merge the codes: `benang codebook merge FOLDER CODE INTO`."
        raise BenangError(
            Problem(worded("there is already a code '{name}'", name=name), where="codebook.toml", way_on=way_on)
        )
    holder = codebook.code(name)
    if holder is not None and name not in own:
        what = worded("an earlier id of the code '{code}'", code=holder.id)
        if name in holder.merged:
            what = worded("the id of a code that was merged into '{code}'", code=holder.id)
        fault = worded("'{name}' is {what}, which keeps the passages coded with it", name=name, what=what)
        raise BenangError(Problem(fault, where="codebook.toml", way_on="Choose another id."))


def addition(code: Code, codebook: Codebook) -> list[Edit]:
    """Add a code behind the last one of its group; behind that of its heading where it has one."""
    check_new_id(code.id, codebook)
    if codebook.groups and codebook.group(code.group) is None:
        groups = [one.id for one in codebook.groups]
        fault = worded("'{group}' is not a group in codebook.toml", group=code.group)
        raise BenangError(Problem(fault, where=argument("group"), way_on=nearest(code.group, groups)))
    beside = [
        number
        for number, one in enumerate(codebook.codes)
        if one.group == code.group and (code.parent is None or code.parent in (one.id, one.parent))
    ]
    table = code_table(code)
    new_group: list[Edit] = []
    if not codebook.groups:
        new_group = [AddTable("groups", {"id": code.group, "label": {"en": "Codes", "id": "Kode"}})]
    return [*new_group, AddTable("codes", table, beside[-1] if beside else None)]


def code_table(code: Code) -> dict[str, Value]:
    """Return a code as the keys that it needs in the file."""
    table: dict[str, Value] = code.model_dump(mode="json", exclude_defaults=True)
    return {**table, "label": label_value(code.label)}


def label_value(label: Label) -> Value:
    """Return a label as TOML has it: one text, or one for each language."""
    return label.en if label.id is None else {"en": label.en, "id": label.id}


def renaming(code: Code, new: str, codebook: Codebook) -> list[Edit]:
    """Give a code another id: the present one goes to its earlier ids, and what names the code follows.

    An id that it has back stays among the earlier ones: the first of them tells what the code is elsewhere.
    """
    check_new_id(new, codebook, own=code.ids)
    was = list(dict.fromkeys((*code.was, code.id)))
    number = codebook.codes.index(code)
    return [
        SetValue(("codes", number, "id"), new),
        SetValue(("codes", number, "was"), was),
        *_references(code.id, new, codebook),
    ]


def merging(code: Code, into: Code, codebook: Codebook) -> list[Edit]:
    """Merge a code into another, which keeps its ids, and take it out of the codebook."""
    if code.id == into.id:
        raise BenangError(Problem(worded("'{code}' can't be merged into itself", code=code.id), where=argument("into")))
    if code.heading != into.heading:
        heading = code if code.heading else into
        fault = worded("'{code}' is a heading, and the other is not", code=heading.id)
        raise BenangError(Problem(fault, way_on="Merge two codes, or two headings."))
    if code in codebook.lineage(into):
        fault = worded("'{code}' is placed under '{heading}'", code=into.id, heading=code.id)
        raise BenangError(Problem(fault, way_on="Put it under another heading first."))
    if into.retired and not code.retired:
        way_on = worded(
            "Merge '{retired}' into '{code}' instead, or first remove 'retired' from codebook.toml.",
            retired=into.id,
            code=code.id,
        )
        raise BenangError(_gone(into, worded("merge its parts into one another."), way_on))
    number = codebook.codes.index(into)
    merged = list(dict.fromkeys((*into.merged, *code.was, code.id, *code.merged)))
    edits = [one for one in _references(code.id, into.id, codebook) if not _is_of(one, codebook.codes.index(code))]
    return [*edits, SetValue(("codes", number, "merged"), merged), RemoveTable("codes", codebook.codes.index(code))]


def _gone(code: Code, if_split: str, if_retired: str) -> Problem:
    """Say that a code gets no new passages, since it was split or retired."""
    if code.split_into:
        fault = worded("'{code}' was split into {names}", code=code.id, names=", ".join(code.split_into))
        return Problem(
            fault, way_on=worded("Restore an earlier version of the codebook, or {if_split}", if_split=if_split)
        )
    return Problem(worded("'{code}' is retired and takes no new passages", code=code.id), way_on=if_retired)


def _is_of(edit: Edit, number: int) -> bool:
    return isinstance(edit, SetValue) and edit.place[:2] == ("codes", number)


def splitting(code: Code, parts: Sequence[Code], codebook: Codebook) -> list[Edit]:
    """Split a code: it is retired, and says which codes its passages are to be coded with; new ones are added."""
    if code.heading:
        raise BenangError(Problem(worded("'{code}' is a heading and has no passages to split", code=code.id)))
    if code.id in {one.id for one in parts}:
        raise BenangError(
            Problem(
                worded("'{code}' can't be a part of itself", code=code.id), way_on="Give the part a label of its own."
            )
        )
    if len({one.id for one in parts}) < 2:
        way_on = "Name the codes that it becomes; to give it one new name, use `benang codebook rename`."
        raise BenangError(
            Problem(worded("'{code}' must be split into at least two codes", code=code.id), way_on=way_on)
        )
    for one in parts:
        if one.heading:
            fault = worded("'{code}' is a heading, and passages can't be coded with it", code=one.id)
            raise BenangError(Problem(fault, way_on="Name codes under this heading."))
        if one.retired:
            raise BenangError(
                _gone(
                    one, worded("name its parts."), worded("Name other codes, or remove 'retired' from codebook.toml.")
                )
            )
    number = codebook.codes.index(code)
    new = [one for one in parts if one.id not in codebook.by_id]
    for one in new:
        check_new_id(one.id, codebook)
    return [
        SetValue(("codes", number, "retired"), value=True),
        SetValue(("codes", number, "split_into"), [one.id for one in parts]),
        *(AddTable("codes", code_table(one), number) for one in new),
    ]


def retirement(code: Code, codebook: Codebook) -> list[Edit]:
    """Retire a code: it keeps its passages and gets no new ones."""
    if code.heading:
        under = [one.id for one in codebook.codes if one.parent == code.id]
        way_on = worded("Retire the codes under it: {names}.", names=", ".join(under)) if under else ""
        raise BenangError(
            Problem(worded("'{code}' is a heading, and passages can't be coded with it", code=code.id), way_on=way_on)
        )
    if code.retired:
        raise BenangError(Problem(worded("'{code}' is already retired", code=code.id), where="codebook.toml"))
    return [SetValue(("codes", codebook.codes.index(code), "retired"), value=True)]


def labelling(code: Code, en: str | None, id: str | None, data: Mapping[str, Any], codebook: Codebook) -> list[Edit]:  # noqa: A002 - the language
    """Give a code another label, in one language or both; `data` is what its file says, as it says it."""
    number = codebook.codes.index(code)
    label = Label(en=en or code.label.en, id=id or code.label.id)
    if isinstance(data["codes"][number]["label"], str) or label.id is None:
        return [SetValue(("codes", number, "label"), label_value(label))]
    new = {"en": en, "id": id}
    return [SetValue(("codes", number, "label", name), text) for name, text in new.items() if text]


def _references(name: str, new: str, codebook: Codebook) -> Iterator[Edit]:
    """Rewrite what names a code within the codebook: headings above others, readings in frameworks, what was split."""
    for number, code in enumerate(codebook.codes):
        if code.parent == name:
            yield SetValue(("codes", number, "parent"), new)
        if name in code.split_into:
            parts = dict.fromkeys(new if part == name else part for part in code.split_into)
            yield SetValue(("codes", number, "split_into"), list(parts))
    for number, reading in enumerate(codebook.readings):
        if reading.code == name:
            yield SetValue(("readings", number, "code"), new)
