"""Codes added, renamed, merged, split and retired in the codebook; what names them in other files follows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from benang.coding.codebook import Code, Codebook, Group
from benang.coding.codebook_edits import addition, free_id, id_from, labelling, merging, renaming, retirement, splitting
from benang.coding.codebook_file import parsed_codebook
from benang.coding.codebook_versions import keep_version, version_file
from benang.coding.placed import present_code
from benang.errors import BenangError, Problem, argument, nearest
from benang.files import decode, read_bytes, write_together
from benang.judgements.events import Coding
from benang.judgements.store import FOLDER, LOCK, locked
from benang.kinds import CODE_SCORE
from benang.locale import Language, translator
from benang.locale.writing import numeral, worded
from benang.progress import Progress, silent
from benang.project.folder import ReviewFolder, open_folder
from benang.project.rekeying import edited
from benang.project.toml_edits import AddTable, Edit, SetValue, edited_toml
from benang.project.toml_files import Label
from benang.review.desk import Desk, open_desk
from benang.synthesis.number_ids import with_code
from benang.tasks.account import Account, Note, in_shell

_NEW = b"format = 1\n"
_GROUP = "codes"
"""The group of the first code, where a codebook has none."""


@dataclass(frozen=True, kw_only=True)
class _Request:
    folder: Path
    language: Language = "en"


@dataclass(frozen=True, kw_only=True)
class AddCodeRequest(_Request):
    """A code for a codebook. Its id is made of its label where none is given, its group is the only one there is.

    `label_id` is the label in Indonesian. `new_group` is the label of a group that is added with it, unless there is
    one of this label. `parent` is a heading.
    """

    label: str
    label_id: str | None = None
    id: str | None = None
    group: str | None = None
    new_group: str = ""
    parent: str | None = None
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    colour: str = ""
    heading: bool = False


@dataclass(frozen=True, kw_only=True)
class RenameCodeRequest(_Request):
    """A code that gets another id, `new`, or keeps its own; and another label, in English or Indonesian, if given."""

    code: str
    new: str
    label: str | None = None
    label_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class MergeCodesRequest(_Request):
    """A code whose passages become those of another; it leaves the codebook."""

    code: str
    into: str


@dataclass(frozen=True, kw_only=True)
class SplitCodeRequest(_Request):
    """A code that is split into `parts`, by their labels: new codes, or such as there are."""

    code: str
    parts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RetireCodeRequest(_Request):
    """A code that gets no new passages."""

    code: str


@dataclass(frozen=True)
class CodebookChange:
    """The codebook as it is now, and the codes that were changed or made."""

    codebook: Codebook
    codes: tuple[Code, ...]
    account: Account


def add_code(request: AddCodeRequest, *, progress: Progress = silent) -> CodebookChange:
    """Add a code to the codebook, behind the last one of its group; a review without a codebook gets one.

    Raises
    ------
    BenangError
        Where its id is taken or was that of another code, there is a code of this label, or group or parent are
        unknown; for a file that can't be read, changed or written. Nothing is written then.
    """
    progress("Reading the review", 0.0)
    with changing(request.folder) as review:
        desk = open_desk(review.root)
        request, codebook, edits = _with_group(request, desk.codebook)
        code = code_of(request, codebook)
        progress("Writing", 0.9)
        codebook, files = _written(desk, [*edits, *addition(code, codebook)])
    _ = translator(request.language)
    text = _("Added: {code} ({label}), in the group {group}.")
    sentence = text.format(code=code.id, label=code.label.text(request.language), group=code.group)
    return CodebookChange(codebook, (codebook.by_id[code.id],), Account(notes=(Note(sentence),), files=files))


def _with_group(request: AddCodeRequest, codebook: Codebook) -> tuple[AddCodeRequest, Codebook, list[Edit]]:
    """Return a request whose new group is one of the codebook, and what adds this group where it is not there yet."""
    label = " ".join(request.new_group.split())
    if not label:
        return request, codebook, []
    named = [
        one.id
        for one in codebook.groups
        if label.casefold() in (one.label.text("en").casefold(), one.label.text("id").casefold())
    ]
    if named:
        return replace(request, group=named[0]), codebook, []
    taken = {one.id for one in codebook.groups}
    group = Group(id=free_id(id_from(label) or _GROUP, taken.__contains__), label=Label(en=label))
    edit = AddTable("groups", {"id": group.id, "label": label})
    return replace(request, group=group.id), codebook.model_copy(update={"groups": (*codebook.groups, group)}), [edit]


def add_codes(folder: Path, codes: Sequence[Code]) -> tuple[Path, ...]:
    """Add codes to the codebook of a review at once, all or none, and return the files that were written.

    Raises
    ------
    BenangError
        As `add_code`.
    """
    with changing(folder) as review:
        desk = open_desk(review.root)
        edits = [edit for code in codes for edit in addition(code, desk.codebook)]
        groups = [edit for edit in edits if isinstance(edit, AddTable) and edit.array == "groups"]
        return _written(desk, [*groups[:1], *(edit for edit in edits if edit not in groups)])[1]


def code_of(request: AddCodeRequest, codebook: Codebook) -> Code:
    """Return the code that a request asks for; refused as `add_code` says."""
    label = " ".join(request.label.split())
    if not label:
        raise BenangError(Problem("a code needs a label", where=argument("label"), way_on="Write a label."))
    parent = _parent(request.parent, codebook) if request.parent else None
    group = request.group or (parent.group if parent else _only_group(codebook))
    same = [one.id for one in codebook.codes if one.group == group and one.label.en.casefold() == label.casefold()]
    if same:
        raise BenangError(
            Problem(
                worded("there is already a code '{label}': '{same}'", label=label, same=same[0]), where="codebook.toml"
            )
        )
    code = request.id or _free_id(label, codebook)
    if request.colour:
        _check_colour(request.colour)
    return Code(
        id=code,
        group=group,
        label=Label(en=label, id=request.label_id),
        parent=parent.id if parent else None,
        heading=request.heading,
        definition=request.definition,
        include=request.include,
        exclude=request.exclude,
        example=request.example,
        colour=request.colour,
    )


def _check_colour(colour: str) -> None:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        expected = "a colour as #RRGGBB, such as #0072b2"
        raise BenangError(Problem(f"'{colour}'", where=argument("colour"), expected=expected))


def _parent(name: str, codebook: Codebook) -> Code:
    parent = codebook.code(name)
    headings = [one.id for one in codebook.codes if one.heading]
    if parent is None or not parent.heading:
        fault = worded("'{name}' is not a heading in codebook.toml", name=name)
        raise BenangError(Problem(fault, where=argument("parent"), way_on=nearest(name, headings)))
    return parent


def _only_group(codebook: Codebook) -> str:
    groups = [one.id for one in codebook.groups]
    if len(groups) > 1:
        fault = worded("the code needs a group")
        way_on = worded("Groups: {names}.", names=", ".join(groups))
        raise BenangError(Problem(fault, where=argument("group"), way_on=way_on))
    return groups[0] if groups else _GROUP


def _free_id(label: str, codebook: Codebook) -> str:
    """Make an id of a label, with a number behind it where that is another code's, or was."""
    base = id_from(label)
    if not base:
        way_on = worded("Give it an id: {option}.", option=argument("id", value="ID"))
        raise BenangError(
            Problem(
                worded("no id can be made from the label '{label}'", label=label),
                where=argument("label"),
                way_on=way_on,
            )
        )
    return free_id(base, lambda one: one == "all" or codebook.code(one) is not None)


def rename_code(request: RenameCodeRequest, *, progress: Progress = silent) -> CodebookChange:
    """Give a code another id. The old one stays among its earlier ids, so that its passages follow; no log is touched.

    What names the code is rewritten with it: headings and readings in the codebook, colours of maps in the plan,
    numbers of claims.

    Raises
    ------
    BenangError
        Where there is no such code, with the nearest; where the new id is another code's, or was; for a file that
        can't be read, changed or written. Nothing is written then.
    """
    progress("Reading the review", 0.0)
    with changing(request.folder) as review:
        desk = open_desk(review.root)
        code = desk.code_of_any_kind(request.code)
        is_relabelled = bool(request.label or request.label_id)
        keeps_id = is_relabelled and request.new == code.id
        edits = [] if keeps_id else renaming(code, request.new, desk.codebook)
        if is_relabelled:
            data = tomllib.loads(_text(desk.folder.codebook))
            edits += labelling(code, request.label, request.label_id, data, desk.codebook)
        progress("Writing", 0.9)
        names = None if keeps_id else ((code.group, code.id), (code.group, request.new))
        codebook, files = _written(desk, edits, follow=names)
    _, n, now = translator(request.language), _passages(code, desk, request.language), codebook.by_id[request.new]
    sentence = _("{code} is now {new}. Passages that follow: {n}.")
    sentence = _("The label of {code} is now {label}.") if keeps_id else sentence
    text = sentence.format(code=code.id, new=now.id, label=now.label.text(request.language), n=n)
    return CodebookChange(codebook, (now,), Account(notes=(Note(text),), files=files))


def merge_codes(request: MergeCodesRequest, *, progress: Progress = silent) -> CodebookChange:
    """Merge a code into another, whose passages its own become; what named it names the other.

    Raises
    ------
    BenangError
        Where one of them is unknown, they are the same, or one is a heading; where both read in a framework's item,
        and not alike; for a file that can't be read, changed or written. Nothing is written then.
    """
    progress("Reading the review", 0.0)
    with changing(request.folder) as review:
        desk = open_desk(review.root)
        code, into = desk.code_of_any_kind(request.code), desk.code_of_any_kind(request.into)
        edits = merging(code, into, desk.codebook)
        progress("Writing", 0.9)
        codebook, files = _written(desk, edits, follow=((code.group, code.id), (into.group, into.id)))
    _, n = translator(request.language), _passages(code, desk, request.language)
    sentence = _("{code} is merged into {into}. Passages that now have {into}: {n}.")
    notes = [Note(sentence.format(code=code.id, into=into.id, n=n))]
    if any(one.rule not in ("", into.rule) for one in _codings(code, desk)):
        notes.append(_again(request))
    return CodebookChange(codebook, (codebook.by_id[into.id],), Account(notes=tuple(notes), files=files))


def split_code(request: SplitCodeRequest, *, progress: Progress = silent) -> CodebookChange:
    """Split a code: it is retired, codes are added for its parts, and its passages wait to be coded again.

    Raises
    ------
    BenangError
        Where the code is unknown or a heading, fewer than two parts are named, or an id is taken; for a file that can't
        be read, changed or written. Nothing is written then.
    """
    progress("Reading the review", 0.0)
    with changing(request.folder) as review:
        desk = open_desk(review.root)
        code = desk.code(request.code)
        parts = [_part(label, code, desk.codebook) for label in dict.fromkeys(request.parts)]
        progress("Writing", 0.9)
        codebook, files = _written(desk, splitting(code, parts, desk.codebook))
    _, n = translator(request.language), _passages(code, desk, request.language)
    sentence = _("{code} is split into {parts} and retired. Passages to be coded again: {n}.")
    notes = [Note(sentence.format(code=code.id, parts=", ".join(one.id for one in parts), n=n))]
    if _codings(code, desk):
        notes.append(_again(request))
    new = tuple(codebook.by_id[one.id] for one in parts)
    return CodebookChange(codebook, new, Account(notes=tuple(notes), files=files))


def _part(label: str, code: Code, codebook: Codebook) -> Code:
    """Return a code of this id or label, or a new one beside the code that is split."""
    known = next((one for one in codebook.codes if label in (one.id, one.label.en, one.label.id)), None)
    if known is not None:
        return known
    name = label if id_from(label) == label and codebook.code(label) is None else _free_id(label, codebook)
    update = {"id": name, "label": Label(en=label)}
    aside = dict.fromkeys(("definition", "include", "exclude", "example", "colour"), "")
    return code.model_copy(update={**update, **aside, "was": (), "merged": ()})


def retire_code(request: RetireCodeRequest, *, progress: Progress = silent) -> CodebookChange:
    """Retire a code: it keeps its passages, which count as before, and gets no new ones.

    Raises
    ------
    BenangError
        Where the code is unknown, a heading, or retired already; for a file that can't be read, changed or written.
    """
    progress("Reading the review", 0.0)
    with changing(request.folder) as review:
        desk = open_desk(review.root)
        code = desk.code_of_any_kind(request.code)
        edits = retirement(code, desk.codebook)
        progress("Writing", 0.9)
        codebook, files = _written(desk, edits)
    _, n = translator(request.language), _passages(code, desk, request.language)
    sentence = _("{code} is retired and takes no new passages. Passages it keeps: {n}.").format(code=code.id, n=n)
    return CodebookChange(codebook, (codebook.by_id[code.id],), Account(notes=(Note(sentence),), files=files))


def _passages(code: Code, desk: Desk, language: Language) -> str:
    """Count the passages that carry a code, as people coded them."""
    return numeral(len(_codings(code, desk)), language, 0)


def _codings(code: Code, desk: Desk) -> list[Coding]:
    return [one for one in desk.judgements.counted if present_code(one.code, desk.codebook) == code.id]


def _again(request: _Request) -> Note:
    text = translator(request.language)("`benang code list --again --review {folder}` lists them.")
    return Note(text.format(folder=in_shell(request.folder)))


@contextmanager
def changing(folder: Path, file: str = "codebook.toml") -> Iterator[ReviewFolder]:
    """Open the folder of a review of which a file is to be changed: whoever else wants to waits until that is done.

    Raises
    ------
    BenangError
        Where there is no review, or its folder can't be locked.
    """
    try:
        with locked(open_folder(folder).root):
            yield open_folder(folder)  # as it is by now: the file may have been begun meanwhile
    except (OSError, NotImplementedError) as error:
        why = getattr(error, "strerror", None) or error
        fault = worded(
            "it can't be changed, because {folder}/{lock} can't be locked ({reason})",
            folder=FOLDER,
            lock=LOCK,
            reason=why,
        )
        raise BenangError(Problem(fault, where=file, way_on="Its contents are unchanged.")) from None


Named = tuple[str, str]
"""A code by its group and its id, as numbers name it."""


def _written(
    desk: Desk, edits: Sequence[Edit], *, follow: tuple[Named, Named] | None = None
) -> tuple[Codebook, tuple[Path, ...]]:
    """Change the codebook and what names a code in other files: all of them or none, each checked before it is written.

    The codebook as it was, and as it is then, are kept among its versions.
    """
    root, path = desk.folder.root, desk.folder.codebook or desk.folder.root / "codebook.toml"
    data = edited(_bytes(desk.folder.codebook), partial(edited_toml, edits=edits, where=path.name), where=path.name)
    codebook = parsed_codebook(decode(data, where=path.name), path.name)
    files = {path: data}
    if follow:
        files |= _following(desk.folder.plan, _plan_edits, follow)
        files |= _following(desk.folder.claims, _claim_edits, follow)
    keep_version(root, desk.folder.codebook, desk.codebook)
    write_together({**files, **version_file(root, codebook, data)})
    return codebook, tuple(files)


def _bytes(path: Path | None) -> bytes:
    return read_bytes(path) if path else _NEW


def _text(path: Path | None) -> str:
    return decode(_bytes(path), where="codebook.toml").removeprefix("\ufeff")


def _following(
    path: Path | None, edits_of: Callable[[dict[str, Any], Named, Named], Iterator[Edit]], follow: tuple[Named, Named]
) -> Mapping[Path, bytes]:
    """Return a file that names a code, as it is with the code's new name; nothing where it names it nowhere."""
    if path is None:
        return {}
    data = read_bytes(path)
    edits = list(edits_of(tomllib.loads(decode(data, where=path.name)), *follow))
    return {path: edited(data, partial(edited_toml, edits=edits, where=path.name), where=path.name)} if edits else {}


def _plan_edits(data: dict[str, Any], old: Named, new: Named) -> Iterator[Edit]:
    """Rewrite the codes that colour maps."""
    for number, chart in enumerate(data.get("charts", ())):
        if chart.get("score") == f"{CODE_SCORE}{old[1]}":
            yield SetValue(("charts", number, "score"), f"{CODE_SCORE}{new[1]}")


def _claim_edits(data: dict[str, Any], old: Named, new: Named) -> Iterator[Edit]:
    """Rewrite the numbers of codes that claims speak of, and codes that are stated themselves."""
    for number, claim in enumerate(data.get("claims", ())):
        for key in ("of", "silent"):
            name = claim.get(key, "")
            if with_code(name, old, new) != name:
                yield SetValue(("claims", number, key), with_code(name, old, new))
        for at, name in enumerate(claim.get("look_at", ())):
            if with_code(name, old, new) != name:
                yield SetValue(("claims", number, "look_at", at), with_code(name, old, new))
        if claim.get("property") == old[0] and isinstance(claim.get("stated"), list):
            for at, name in enumerate(claim["stated"]):
                if name == old[1]:
                    yield SetValue(("claims", number, "stated", at), new[1])
