"""Read and code: a document beside the codebook, and forms whose values have their passages.

The page is rendered here; the reader (`ui/reader`) is an island on it, which asks for places and codings as JSON. What
an address or a request names is looked up among the review's own documents and judgements, and never used as a path.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Path, Query
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from benang.errors import BenangError, Problem
from benang.evidence import Scope, Stance
from benang.locale.writing import worded
from benang.tasks.codebook import AddCodeRequest, add_code
from benang.tasks.coding import document_shown as shows
from benang.tasks.coding.adding import AddRequest, MoveRequest, SuggestionsRequest, add_coding, move, suggestions
from benang.tasks.coding.form_import import NewFormRequest, form_labels, new_form
from benang.tasks.coding.form_values import SetRequest, ValueWish, set_value
from benang.tasks.coding.looking import About, Look, LookRequest, MemoRequest, look, looks_of, write_memo
from benang.tasks.coding.searching import SearchRequest
from benang.tasks.coding.second_looks import ConfirmRequest, confirm
from benang.tasks.coding.taking_back import WithdrawRequest, withdraw
from benang.tasks.coding.wishes import At, Wish
from benang.tasks.undoing import remembering
from benang.web.page import Change, Here, NotThere, Read, done, shown, with_word

router = APIRouter(tags=["code"])

DocumentName = Annotated[str, Path(pattern="^[0-9a-f]{10}$")]
Short = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(max_length=20_000)]


class Asked(BaseModel):
    """What a request says, and nothing else."""

    model_config = ConfigDict(extra="forbid")


class Selected(Asked):
    """Words that were selected in a document: half-open offsets in code points, and the words themselves."""

    start: int = Field(ge=0, le=1_000_000_000)
    end: int = Field(ge=1, le=1_000_000_000)
    quote: Words = Field(min_length=1)


class Evidence(Selected):
    """Words that a value rests on, of a document by its name in addresses."""

    document: str = Field(pattern="^[0-9a-f]{10}$")


EVIDENCE = TypeAdapter(Annotated[list[Evidence], Field(max_length=50)])
By = Literal["text", "sentence"]
"""How words are looked for: regular expressions may take for ever, and are left to the command line."""
MOST_HITS = 300
"""How many places of a search are shown; a search that finds more is too wide to be coded one by one."""


class NewCoding(Selected):
    """A passage to be coded, with a code of the codebook, or, in vivo, with one that `label` names."""

    code: Short = ""
    case: Short = ""
    stance: Stance | None = None
    scope: Scope | None = None
    memo: Words = ""
    in_vivo: bool = False
    group: Short = ""


class ChangedCoding(Asked):
    """A coding, and what is to be different; `place` are new words of its document."""

    id: Short = Field(min_length=1)
    code: Short | None = None
    case: Short | None = None
    stance: Stance | None = None
    place: Selected | None = None


class Ids(Asked):
    """Judgements by their ids."""

    ids: list[Short] = Field(min_length=1, max_length=2_000)


class Answered(Asked):
    """Suggestions that are accepted and declined."""

    take: list[Short] = Field(default=[], max_length=2_000)
    decline: list[Short] = Field(default=[], max_length=2_000)


class NewMemo(Asked):
    """A memo about something."""

    about: About
    of: Short = ""
    text: Words


class Looked(Asked):
    """A case that was read for all codes of a group, or that is to be read again."""

    case: Short = Field(min_length=1)
    group: Short = Field(min_length=1)
    done: bool


class NewCode(Asked):
    """A code for the codebook."""

    label: Short = Field(min_length=1)
    group: Short = ""
    new_group: Short = ""
    definition: Words = ""


# Pages


@router.get("/reviews/{review}/code")
def page(place: Read) -> Response:
    """Show the first document that the coder has not begun, beside the codebook."""
    entries = _entries(place)
    first = next((one for one in entries if one.state == "new"), entries[0] if entries else None)
    return _reading(place, entries, first)


@router.get("/reviews/{review}/code/list")
def list_part(place: Read, document: Annotated[str, Query(max_length=20)] = "") -> Response:
    """Show the list of documents anew."""
    return shown(place, "code_list.html.j2", entries=_entries(place), document=document)


@router.get("/reviews/{review}/code/cases")
def cases_part(place: Read, document: Annotated[str, Query(max_length=20)] = "") -> Response:
    """Show the cases that passages of a document can be coded for."""
    return shown(place, "code_cases.html.j2", **_codebook(place, document))


@router.get("/reviews/{review}/code/codes")
def codes_part(place: Read, document: Annotated[str, Query(max_length=20)] = "") -> Response:
    """Show the codebook anew, as it is now."""
    return shown(place, "code_codes.html.j2", **_codebook(place, document))


@router.get("/reviews/{review}/code/forms")
def forms_part(place: Read, document: Annotated[str, Query(max_length=20)] = "") -> Response:
    """Show the forms of a document, with what was given in them."""
    return _forms(place, document)


@router.post("/reviews/{review}/code/forms")
def add_form(
    place: Change, template: Annotated[str, Form(max_length=40)], document: Annotated[str, Form(max_length=20)] = ""
) -> Response:
    """Add a form to the codebook, and show the forms of a document with it."""
    path = place.review.desk().folder.codebook or place.review.root / "codebook.toml"
    label = form_labels()[template].text(place.language) if template in form_labels() else template
    with place.review.acting(), remembering(place.review, path, worded("the form {form}", form=label)):
        new_form(NewFormRequest(folder=place.review.root, template=template, language=place.language))
    return with_word(_forms(place, document), worded("Added: {form}.", form=label).in_language(place.language))


def _forms(place: Here, document: str) -> Response:
    desk, there = place.review.desk(), _document(place, document)
    values: dict[str, Any] = {
        "codebook": desk.codebook,
        "forms": shows.forms_shown(there, desk, place.coder),
        "templates": {name: one for name, one in form_labels().items() if not desk.codebook.form(name)},
        "names": shows.names_of(desk, place.language),
        "document": document,
    }
    return shown(place, "code_forms.html.j2", **values)


@router.get("/reviews/{review}/code/search")
def search_part(
    place: Read, words: Annotated[str, Query(max_length=200)] = "", by: Annotated[By, Query()] = "text"
) -> Response:
    """Look for words in all documents, and show each place in its sentence."""
    desk = place.review.desk()
    hits: tuple[shows.ShownHit, ...] = ()
    if words.strip():
        hits = shows.hits_shown(SearchRequest(folder=place.review.root, by=by, words=words, language=place.language))
    return shown(
        place, "code_search.html.j2", words=words, by=by, hits=hits, most=MOST_HITS, codes=shows.codes_shown(desk),
        cases=desk.present_cases.cases, names=shows.names_of(desk, place.language),
    )  # fmt: skip


@router.get("/reviews/{review}/code/{document}")
def document_page(place: Read, document: DocumentName) -> Response:
    """Show a document beside the codebook."""
    entries = _entries(place)
    entry = next((one for one in entries if one.id == document), None)
    if entry is None:
        raise _no_document()
    return _reading(place, entries, entry)


def _reading(place: Here, entries: tuple[shows.DocumentEntry, ...], entry: shows.DocumentEntry | None) -> Response:
    desk, coder = place.review.desk(), place.coder
    data: dict[str, Any] = {}
    if entry is not None:
        document = _document(place, entry.id)  # it may have left the folder since the list was made
        data = {
            "review": place.review.id,
            "coder": coder,
            "hasPaper": _has_paper(place, document),
            **shows.content_of(document),
            **shows.codings_of(document, desk, coder),
        }
    more = _codebook(place, entry.id if entry else "")
    n_papers = sum(name.startswith("papers/") for name, *_rest in place.review.state())
    return shown(place, "code.html.j2", area="code", entries=entries, entry=entry, data=data, n_papers=n_papers, **more)


def _codebook(place: Here, document: str) -> dict[str, Any]:
    desk = place.review.desk()
    there = shows.document_named(document, desk)
    own = shows.own_cases(there.record, desk) if there else ()
    looked = {(one.case, one.group) for one in _looks(place) if place.coder in one.coders}
    return {
        "codebook": desk.codebook,
        "codes": shows.codes_shown(desk),
        "own_cases": own,
        "example_case": shows.example_case(desk),
        "other_cases": tuple(one for one in desk.present_cases.cases if one not in own),
        "looked": looked,
        "names": shows.names_of(desk, place.language),
        "document": document,
    }


def _entries(place: Here) -> tuple[shows.DocumentEntry, ...]:
    desk = place.review.desk()
    titles: Mapping[str, str] = {}
    if shows.lacks_titles(desk):
        titles = place.review.kept("titles", lambda: shows.titles_of(desk), "records", "texts", "vocabulary")
    make = lambda: shows.document_entries(desk, place.coder, titles, _looks(place))  # noqa: E731
    return place.review.kept(f"documents of {place.coder}", make)


def _looks(place: Here) -> tuple[Look, ...]:
    return place.review.kept("looks", lambda: looks_of(place.review.desk()))


def _has_paper(place: Here, document: Any) -> bool:
    desk = place.review.desk()
    return place.review.kept(f"paper of {document.path}", lambda: shows.has_pages(document, desk), "texts")


# What the reader asks for


@router.get("/reviews/{review}/documents/{document}")
def text(place: Read, document: DocumentName) -> Response:
    """Return a document: its pages and its sentences, with their places."""
    return JSONResponse(shows.content_of(_document(place, document)))


@router.get("/reviews/{review}/documents/{document}/codings")
def codings(place: Read, document: DocumentName) -> Response:
    """Return what was coded in a document, by whom, and the suggestions that wait there."""
    there = _document(place, document)
    return JSONResponse(shows.codings_of(there, place.review.desk(), place.coder))


@router.get("/reviews/{review}/documents/{document}/pages/{number}.png")
def picture(place: Read, document: DocumentName, number: Annotated[int, Path(ge=1, le=5_000)]) -> Response:
    """Return a page of the PDF that a document was read from."""
    drawn = shows.page_picture(_document(place, document), number, place.review.desk())
    return Response(drawn, media_type="image/png", headers={"Cache-Control": "private, max-age=600"})


@router.get("/reviews/{review}/codings/history")
def history(place: Read, coding: Annotated[str, Query(max_length=200)]) -> Response:
    """Return what was said of a coding, the first word first."""
    return JSONResponse(list(shows.history_of_coding(coding, place.review.desk(), place.language)))


# Acts


@router.post("/reviews/{review}/documents/{document}/codings")
def code_passage(place: Change, document: DocumentName, asked: NewCoding) -> Response:
    """Code words of a document exactly where they stand."""
    there = _document(place, document)
    wish = Wish(
        quote=asked.quote, record=there.record, code=asked.code, case=asked.case or None, coder=place.coder,
        stance=asked.stance, scope=asked.scope, at=At(there.path, asked.start, asked.end),
    )  # fmt: skip
    request = AddRequest(
        folder=place.review.root, wish=wish, in_vivo=asked.in_vivo, group=asked.group or None, memo=asked.memo,
        language=place.language,
    )  # fmt: skip
    with place.review.acting():
        added = add_coding(request, desk=place.review.desk())
    return _said(place, id=added.coding.id, code=added.coding.code, case=added.coding.case, isNew=added.is_new)


@router.post("/reviews/{review}/documents/{document}/codings/change")
def change_coding(place: Change, document: DocumentName, asked: ChangedCoding) -> Response:
    """Change a coding: its code, case, stance or words."""
    there, at = _document(place, document), asked.place
    request = MoveRequest(
        folder=place.review.root, id=asked.id, code=asked.code, case=asked.case, stance=asked.stance,
        quote=at.quote if at else None, at=At(there.path, at.start, at.end) if at else None, coder=place.coder,
        language=place.language,
    )  # fmt: skip
    with place.review.acting():
        moved = move(request)
    return _said(place, id=moved.coding.id)


@router.post("/reviews/{review}/codings/withdraw")
def withdraw_codings(place: Change, asked: Ids) -> Response:
    """Withdraw codings; the log keeps them."""
    request = WithdrawRequest(
        folder=place.review.root, ids=tuple(asked.ids), coder=place.coder, language=place.language
    )
    with place.review.acting():
        withdraw(request)
    return _said(place)


@router.post("/reviews/{review}/codings/confirm")
def confirm_codings(place: Change, asked: Ids) -> Response:
    """Confirm that codings fit the rule that their code has now."""
    request = ConfirmRequest(folder=place.review.root, ids=tuple(asked.ids), coder=place.coder, language=place.language)
    with place.review.acting():
        confirm(request)
    return _said(place)


@router.post("/reviews/{review}/codings/suggestions")
def answer_suggestions(place: Change, asked: Answered) -> Response:
    """Accept suggestions of programs as codings of one's own, or decline them."""
    request = SuggestionsRequest(
        folder=place.review.root, take=tuple(asked.take), decline=tuple(asked.decline), coder=place.coder,
        language=place.language,
    )  # fmt: skip
    with place.review.acting():
        suggestions(request)
    return _said(place)


@router.post("/reviews/{review}/codings/memos")
def add_memo(place: Change, asked: NewMemo) -> Response:
    """Write a memo."""
    of = asked.of
    if asked.about == "document":
        of = _document(place, asked.of).path
    request = MemoRequest(
        folder=place.review.root, text=asked.text, about=asked.about, of=of, coder=place.coder,
        language=place.language,
    )  # fmt: skip
    with place.review.acting():
        write_memo(request)
    return _said(place)


@router.post("/reviews/{review}/codings/looked")
def mark_looked(place: Change, asked: Looked) -> Response:
    """Say that a case was read for all codes of a group, or not yet."""
    request = LookRequest(
        folder=place.review.root, case=asked.case, group=asked.group, reopen=not asked.done, coder=place.coder,
        language=place.language,
    )  # fmt: skip
    with place.review.acting():
        look(request)
    return _said(place)


@router.post("/reviews/{review}/documents/{document}/values")
def give_value(
    place: Change,
    document: DocumentName,
    variable: Annotated[str, Form(max_length=200)],
    subject: Annotated[str, Form(max_length=200)],
    value: Annotated[str, Form(max_length=2_000)] = "",
    evidence: Annotated[str, Form(max_length=200_000)] = "[]",
) -> Response:
    """Give a value of a form, with the passages that were selected as its evidence."""
    _document(place, document)
    try:
        passages = EVIDENCE.validate_json(evidence)
    except ValidationError:
        raise BenangError(Problem(worded("the passages of a value can't be read"))) from None
    selected = tuple((At(_document(place, one.document).path, one.start, one.end), one.quote) for one in passages)
    is_missing = value.strip() == "not_reported"
    wish = ValueWish(
        subject=subject, variable=variable, value=value, selected=() if is_missing else selected, coder=place.coder
    )
    with place.review.acting():
        given = set_value(SetRequest(folder=place.review.root, wish=wish, language=place.language))
    return done(given.account.notes[-1].text)


@router.post("/reviews/{review}/code/search")
def code_found(
    place: Change,
    words: Annotated[str, Form(max_length=200)],
    code: Annotated[str, Form(max_length=200)],
    hits: Annotated[list[str], Form(max_length=5_000)],
    by: Annotated[By, Form()] = "text",
    case: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Code the places that were chosen among those that a search found."""
    request = SearchRequest(
        folder=place.review.root, by=by, words=words, code=code, case=case or None, coder=place.coder,
        language=place.language,
    )  # fmt: skip
    with place.review.acting():
        n = shows.code_hits(request, frozenset(hits))
    return done(worded("{n} passage coded.", "{n} passages coded.", n=n).in_language(place.language))


@router.post("/reviews/{review}/codes")
def new_code(place: Change, asked: NewCode) -> Response:
    """Add a code to the codebook."""
    request = AddCodeRequest(
        folder=place.review.root, label=asked.label, group=asked.group or None, new_group=asked.new_group,
        definition=asked.definition.strip(), language=place.language,
    )  # fmt: skip
    what = worded("the code {code}", code=" ".join(asked.label.split()))
    path = place.review.desk().folder.codebook or place.review.root / "codebook.toml"
    with place.review.acting(), remembering(place.review, path, what):
        changed = add_code(request)
    return _said(place, id=changed.codes[0].id)


def _said(place: Here, **values: Any) -> Response:
    return JSONResponse(values, headers={"X-Version": place.review.version()})


def _document(place: Here, name: str) -> Any:
    there = shows.document_named(name, place.review.desk())
    if there is None:
        raise _no_document()
    return there


def _no_document() -> BenangError:
    return NotThere(Problem(worded("the review has no such document"), way_on=worded("Load the page again.")))
