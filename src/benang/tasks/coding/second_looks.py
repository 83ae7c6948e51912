"""Second looks: codings made under an older rule, or with a code that was split; listed, and confirmed by their coder.

Mayring's procedure asks for it: where a rule is changed on the way, what was coded before is gone through again.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from benang.coding.codebook import Code
from benang.coding.codebook_versions import kept_versions
from benang.errors import BenangError, Problem
from benang.judgements.acts import restated
from benang.judgements.events import Coding
from benang.locale import Language, translator
from benang.locale.writing import numeral, worded
from benang.progress import Progress, silent
from benang.review.desk import Desk, open_desk
from benang.tasks.account import Account, Note
from benang.tasks.coding.rows import CodingRow, coding_rows
from benang.tasks.coding.taking_back import acting, conflict_of, standing


@dataclass(frozen=True, slots=True)
class SecondLook:
    """A coding that waits for another look, and the code that it carries now."""

    coding: Coding
    code: Code

    @property
    def is_split(self) -> bool:
        """Whether the code was split, so that the passage is to be coded with one of its parts."""
        return bool(self.code.split_into)


@dataclass(frozen=True, kw_only=True)
class SecondLooksRequest:
    """The codings of a review that wait for another look: all, or those of a record, code, case or coder."""

    folder: Path
    record: str | None = None
    code: str | None = None
    case: str | None = None
    coder: str | None = None
    language: Language = "en"


@dataclass(frozen=True)
class SecondLooks:
    """The codings that wait, each with its row where its passage is in its document, and the two rules."""

    looks: tuple[SecondLook, ...]
    rows: Mapping[str, CodingRow]
    earlier: Mapping[str, Code]
    """Codes as they were, by `Code.rule`."""
    account: Account

    def as_json(self) -> str:
        """Return the rows as a JSON list, each with `old_rule`, `new_rule` and `split_into`."""
        entries = [
            {
                **asdict(self.rows[one.coding.id]),
                "old_rule": rule_text(self.earlier.get(one.coding.rule)),
                "new_rule": rule_text(one.code),
                "split_into": list(one.code.split_into),
            }
            for one in self.looks
            if one.coding.id in self.rows
        ]
        return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


def second_looks(desk: Desk) -> tuple[SecondLook, ...]:
    """Return the codings of people that were made under an older rule of their code, or whose code was split.

    A coding that does not tell its rule (logs of Benang before the rule was kept) waits for nothing, nor does one that
    a consensus has set aside.
    """

    @cache
    def waiting(name: str, rule: str) -> Code | None:
        code = desk.codebook.code(name)
        return code if code and (code.split_into or rule not in ("", code.rule)) else None

    return tuple(SecondLook(one, code) for one in desk.judgements.counted if (code := waiting(one.code, one.rule)))


def list_second_looks(request: SecondLooksRequest, *, progress: Progress = silent) -> SecondLooks:
    """List the codings that wait for another look, with the rule that they were made under and that of today.

    Raises
    ------
    BenangError
        For a review that can't be read, and a name that it does not have.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    code = desk.code_of_any_kind(request.code).id if request.code else None
    case = desk.case(request.case, "").id if request.case else None
    documents = None if request.record is None else {one.path for one in desk.of_record(request.record)}
    rows = {row.id: row for row in coding_rows(desk)}
    looks = tuple(
        one
        for one in second_looks(desk)
        if code in (None, one.code.id)
        and case in (None, one.coding.case)
        and request.coder in (None, one.coding.coder)
        and (documents is None or (one.coding.id in rows and rows[one.coding.id].document in documents))
    )
    earlier = _earlier_codes(desk.folder.root)
    notes = tuple(_notes(looks, rows, earlier, request.language))
    return SecondLooks(looks, rows, earlier, Account(notes=notes))


def _earlier_codes(root: Path) -> dict[str, Code]:
    """Return codes of all versions that were kept, by their rules; a version that can't be read tells none."""
    codes: dict[str, Code] = {}
    for version in kept_versions(root):
        with contextlib.suppress(BenangError):
            codes |= {code.rule: code for code in version.codebook.codes}
    return codes


def rule_text(code: Code | None, language: Language = "en") -> str:
    """Return the rule of a code in one line: its definition, and which passages it is for and not for.

    Examples
    --------
    >>> rule_text(Code(id="rent", group="reasons", label="Rent", definition="The price rises.", exclude="Taxes."))
    'The price rises. Exclude: Taxes.'
    """
    if code is None:
        return ""
    _ = translator(language)
    parts = (code.definition, code.include and _("Include: {rule}").format(rule=code.include),
             code.exclude and _("Exclude: {rule}").format(rule=code.exclude))  # fmt: skip
    return " ".join(" ".join(part.split()) for part in parts if part.strip())


def _notes(
    looks: tuple[SecondLook, ...], rows: Mapping[str, CodingRow], earlier: Mapping[str, Code], language: Language
) -> Iterator[Note]:
    _ = translator(language)
    none = _("(none)")
    for one in looks:
        row = rows.get(one.coding.id)
        page = _(", p. {page}").format(page=row.page) if row and row.page else ""
        at = f"{row.record if row else one.coding.document}{page}"
        quote = " ".join(one.coding.quote.split())
        head = f"{one.code.id} · {one.coding.case} · {one.coding.coder}: “{quote}” ({at}) [{one.coding.id}]"
        if one.is_split:
            yield Note(head, (_("The code was split: {parts}.").format(parts=", ".join(one.code.split_into)),))
            continue
        old = earlier.get(one.coding.rule)
        was = (rule_text(old, language) or none) if old else _("(a version that was not saved)")
        now = rule_text(one.code, language) or none
        yield Note(head, (_("Rule then: {rule}").format(rule=was), _("Rule now: {rule}").format(rule=now)))
    yield Note(_("Passages to look at again: {n}.").format(n=numeral(len(looks), language, 0)))
    if looks:
        yield Note(_("If the code still fits: `benang code confirm ID`; if another one fits: `benang code move ID "
                     "--code CODE`; if none fits: `benang code withdraw ID`."))  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ConfirmRequest:
    """Codings that still fit their code, by their `ids`; `coder` confirms them, by default whose they are."""

    folder: Path
    ids: tuple[str, ...]
    coder: str | None = None
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True)
class Confirmed:
    """The codings as they stand now, under the rules of today."""

    codings: tuple[Coding, ...]
    account: Account


def confirm(request: ConfirmRequest, *, progress: Progress = silent) -> Confirmed:
    """Confirm codings under the present rules of their codes: a new event supersedes each, all of them or none.

    One that was made under the present rule is left as it is.

    Raises
    ------
    BenangError
        Where a judgement is not there, is no coding, is somebody else's or in conflict; where its code was split.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    codings = [_coding(name, desk) for name in dict.fromkeys(request.ids)]
    coders = [acting(one, request.coder, desk) for one in codings]
    new = [
        restated(one, supersedes=(one.id,), coder=coder, code=code.id, rule=code.rule)
        for one, coder in zip(codings, coders, strict=True)
        if (code := desk.codebook.code(one.code)) and one.rule != code.rule
    ]
    events = desk.append(new, time=request.time)
    _ = translator(request.language)
    notes = [
        Note(_("Confirmed under the current rule: {code}, for {case}, by {coder} ({id}).").format(
            code=one.code, case=one.case, coder=one.coder, id=one.id))
        for one in events if isinstance(one, Coding)
    ]  # fmt: skip
    if n := len(codings) - len(new):
        text = _("Already coded under the current rule: {n}.")
        notes.append(Note(text.format(n=numeral(n, request.language, 0))))
    return Confirmed(tuple(one for one in events if isinstance(one, Coding)), Account(notes=tuple(notes)))


def _coding(name: str, desk: Desk) -> Coding:
    """Return a coding that can be confirmed."""
    event = standing(name, desk)
    if not isinstance(event, Coding):
        raise BenangError(
            Problem(
                worded("'{name}' is a {kind}, not a coding", name=name, kind=event.kind),
                way_on="Only codings can be confirmed.",
            )
        )
    if event.program:
        fault, way_on = (
            worded("'{name}' is a suggestion of a program", name=name),
            "First accept it: `benang code suggestions`.",
        )
        raise BenangError(Problem(fault, way_on=way_on))
    if conflict_of(event, desk.judgements):
        way_on = worded("Decide which is right: `benang code move {name}`, or withdraw the others.", name=name)
        raise BenangError(Problem(worded("'{name}' contradicts another judgement", name=name), way_on=way_on))
    code = desk.codebook.code(event.code)
    if code and code.split_into:
        way_on = worded(
            "Code it with one of them: `benang code move {name} --code {code}`.",
            name=name,
            code=code.split_into[0],
        )
        parts = ", ".join(code.split_into)
        raise BenangError(
            Problem(worded("the code of '{name}' was split into {parts}", name=name, parts=parts), way_on=way_on)
        )
    return event
