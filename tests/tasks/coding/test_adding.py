"""Passages coded, by hand or of suggestions, and codings changed; or refused, and then nothing is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.tasks.coding.markets import logs, markets

from benang.errors import BenangError, Misuse
from benang.judgements.events import Coding, Withdrawal
from benang.judgements.log import read_judgements
from benang.project.folder import open_folder
from benang.review.desk import open_desk
from benang.tasks.codebook import (
    MergeCodesRequest,
    RenameCodeRequest,
    SplitCodeRequest,
    merge_codes,
    rename_code,
    split_code,
)
from benang.tasks.coding.adding import (
    AddedCoding,
    AddRequest,
    MovedCoding,
    MoveRequest,
    SuggestionsRequest,
    add_coding,
    move,
    suggestions,
    waiting_suggestions,
)
from benang.tasks.coding.rows import CodingRow, coding_rows
from benang.tasks.coding.searching import By, Searched, SearchRequest, search
from benang.tasks.coding.taking_back import UndoRequest, undo_last
from benang.tasks.coding.wishes import SeveralPlaces, Wish

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def add(folder: Path, quote: str, **more: Any) -> AddedCoding:
    """Code a passage of the review."""
    wish = Wish(**{"quote": quote, "record": "sari2018", "code": "rent", **more})
    return add_coding(AddRequest(folder=folder, wish=wish, time=NOON))


def rows(folder: Path) -> list[CodingRow]:
    """Return the codings that stand."""
    return coding_rows(open_desk(folder))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets."""
    return markets(tmp_path / "markets")


def test_a_quote_is_coded_at_its_place_in_the_document(folder: Path) -> None:
    """A quote is coded at its place in the document."""
    coding = add(folder, "The rent of a stall doubled").coding
    text = (folder / "documents/sari2018.md").read_text(encoding="utf-8")
    assert text[coding.start : coding.end] == coding.quote == "The rent of a stall\ndoubled"
    assert (coding.code, coding.case, coding.coder, coding.time) == ("rent", "muara", "ani", NOON)
    assert coding.after == " within a year, and the municipal"[:32]


def test_it_is_shown_in_its_sentence(folder: Path) -> None:
    """It is shown in its sentence."""
    shown = str(add(folder, "municipal administration").account.notes[0])
    assert "closed two gates" in shown


def test_a_passage_that_is_coded_already_is_not_said_twice(folder: Path) -> None:
    """A passage that is already coded is not said twice."""
    first = add(folder, "The rent of a stall doubled")
    before = logs(folder)
    again = add(folder, "the rent  of a stall doubled")
    assert first.is_new
    assert not again.is_new
    assert logs(folder) == before
    assert again.coding.id == first.coding.id


def test_another_stance_takes_the_place_of_the_first(folder: Path) -> None:
    """Another stance takes the place of the first."""
    add(folder, "The rent of a stall doubled")
    add(folder, "The rent of a stall doubled", stance="contradicts")
    assert [row.stance for row in coding_rows(open_desk(folder))] == ["contradicts"]


def test_what_was_withdrawn_can_be_said_again(folder: Path) -> None:
    """What was withdrawn can be said again."""
    first = add(folder, "The rent of a stall doubled").coding
    desk = open_desk(folder)
    desk.append([Withdrawal(id="w1", coder="ani", supersedes=(first.id,))], time=NOON)
    assert coding_rows(open_desk(folder)) == []
    again = add(folder, "The rent of a stall doubled")
    assert again.is_new
    assert [row.id for row in coding_rows(open_desk(folder))] == [again.coding.id]


def test_two_copies_of_a_review_give_one_passage_the_same_id(folder: Path, tmp_path: Path) -> None:
    """Two copies of a review give one passage the same id."""
    other = markets(tmp_path / "copy")
    assert add(folder, "two gates").coding.id == add(other, "two  gates").coding.id


def test_codes_and_cases_go_by_their_labels_too(folder: Path) -> None:
    """Codes and cases go by their labels too."""
    coding = add(folder, "Visitors filled", record="lestari2019", code="sewa NAIK", case="bukit").coding
    assert (coding.code, coding.case) == ("rent", "bukit")


def test_a_quote_that_stands_twice_is_asked_about_with_both_places(folder: Path) -> None:
    """A quote that stands twice is asked about with both places."""
    with pytest.raises(SeveralPlaces, match=r"2 places[^*]*north[^*]*harbour") as several:
        add(folder, "prices rose")
    assert len(several.value.places) == 2
    assert logs(folder) == {}
    assert add(folder, "prices rose", place=2).place.before.endswith("At the harbour ")
    assert str(several.value).endswith("(documents/sari2018.md)\n  Quote one more word, so that it occurs only once.")


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        (
            {"quote": "The rent of a stall tripled"},
            r"not in the text.*similar passage.*doubled.*for 'tripled' the document has 'doubled'",
        ),
        ({"quote": "Rain washed the hill road away"}, r"not in the text of 'sari2018'"),
        ({"quote": " "}, r"the quotation is empty"),
        ({"quote": "two gates", "code": "rentt"}, r"Did you mean 'rent'"),
        ({"quote": "two gates", "code": "noise"}, r"was retired"),
        ({"quote": "two gates", "case": "muarra"}, r"Did you mean 'Muara'"),
        ({"quote": "Visitors", "record": "lestari2019"}, r"a study of 2 cases.*bukit or ladang"),
        ({"quote": "two gates", "record": "sari2081"}, r"no record has the key 'sari2081'.*sari2018"),
        ({"quote": "two gates", "coder": "CON"}, r"coder"),
        ({"quote": "Rain washed the hill", "record": "anwar2017", "case": "muara"}, r"not in the text of 'anwar2017'"),
    ],
)
def test_what_is_not_found_or_not_clear_is_refused_and_nothing_written(
    folder: Path, wish: dict[str, str], message: str
) -> None:
    """What is not found or not clear is refused and nothing written, no abstract and no codebook either."""
    before = sorted(folder.rglob("*"))
    with pytest.raises(BenangError, match=message):
        add(folder, **wish)
    assert sorted(folder.rglob("*")) == before


def test_a_title_that_the_paper_prints_is_quoted_from_its_text(folder: Path) -> None:
    """The heading that Benang writes above a document is no second place of it."""
    path, title = folder / "documents/sari2018.md", "Night markets of Muara"
    path.write_text(f"---\nrecord: sari2018\ntitle: {title}\n---\n{title}\n\nRents rose.\n", encoding="utf-8")
    coding = add(folder, title).coding
    assert path.read_text(encoding="utf-8")[: coding.start].endswith("---\n")


def test_who_codes_must_be_said_where_the_plan_has_several(tmp_path: Path) -> None:
    """Who codes must be said where the plan has several."""
    folder = markets(tmp_path / "two", ("ani", "budi"))
    with pytest.raises(BenangError, match="ani, budi"):
        add(folder, "two gates")
    assert add(folder, "two gates", coder="budi").coding.coder == "budi"


def test_an_abstract_is_kept_as_a_document_when_it_is_quoted(folder: Path) -> None:
    """An abstract is kept as a document when it is quoted."""
    coding = add(folder, "raised its fare", record="anwar2017", case="muara").coding
    kept = (folder / coding.document).read_text(encoding="utf-8")
    assert coding.document == "documents/anwar2017-abstract.txt"
    assert kept[coding.start : coding.end] == "raised its fare"
    assert add(folder, "raised its fare", record="anwar2017", case="muara").is_new is False


def test_a_review_without_cases_compares_its_studies(folder: Path) -> None:
    """A review without cases compares its studies."""
    (folder / "cases.toml").unlink()
    assert add(folder, "two gates").coding.case == "sari2018"
    assert add(folder, "raised its fare", record="anwar2017").coding.case == "anwar2017"


def test_a_heading_that_grows_later_lets_nothing_be_coded_twice(folder: Path) -> None:
    """A heading that grows later lets nothing be coded twice."""
    add(folder, "The rent of a stall doubled")
    path = folder / "documents/sari2018.md"
    path.write_bytes(b"---\nrecord: sari2018\n---\n" + path.read_bytes())
    assert not add(folder, "The rent of a stall doubled").is_new


def test_what_was_moved_can_be_said_again_where_it_was(folder: Path) -> None:
    """What was moved can be said again where it was, and both stand then."""
    first = add(folder, "The rent of a stall doubled").coding
    moved = {"id": "m1", "start": first.start + 4, "quote": first.quote[4:], "supersedes": (first.id,)}
    open_desk(folder).append([first.model_copy(update=moved)], time=NOON)
    assert add(folder, "The rent of a stall doubled").is_new
    assert len(coding_rows(open_desk(folder))) == 2
    assert not add(folder, "The rent of a stall doubled").is_new


def test_what_was_moved_and_said_again_and_withdrawn_can_be_said_again(folder: Path) -> None:
    """As often as one changes one's mind."""
    first = add(folder, "two gates", code="permits").coding
    move(MoveRequest(folder=folder, id=first.id, code="rent", time=NOON))
    for _ in range(2):
        again = add(folder, "two gates", code="permits").coding
        assert {row.code for row in coding_rows(open_desk(folder))} == {"rent", "permits"}
        open_desk(folder).append([Withdrawal(id=f"w/{again.id}", coder="ani", supersedes=(again.id,))], time=NOON)


def test_other_words_at_the_same_place_are_another_passage(folder: Path) -> None:
    """A slip of the text was put right since: what was coded there is found no longer."""
    path = folder / "documents/sari2018.md"
    text = path.read_bytes()
    path.write_bytes(text.replace(b"closed two", b"clsoed two"))
    add(folder, "clsoed two gates")
    path.write_bytes(text)
    assert add(folder, "closed two gates").is_new
    assert [row.quote for row in coding_rows(open_desk(folder))] == ["closed two gates"]
    assert not add(folder, "closed two gates").is_new


def test_a_page_chooses_among_several_places(folder: Path) -> None:
    """A page chooses among several places, and only among them: printed numbers are others than a file's."""
    path = folder / "documents/sari2018.md"
    path.write_bytes(path.read_bytes().replace(b"At the harbour", b"\n\fAt the harbour"))
    assert add(folder, "prices rose", page=2).place.before.endswith("At the harbour ")
    assert add(folder, "The rent of a stall", page=117).is_new


def test_a_label_of_two_codes_says_which_ids_there_are(folder: Path) -> None:
    """A label of two codes is refused with their ids."""
    path = folder / "codebook.toml"
    path.write_bytes(path.read_bytes() + b'\n[[codes]]\nid = "fees"\ngroup = "reasons"\nlabel = "Slow permits"\n')
    with pytest.raises(BenangError, match=r"label of 2.*permits, fees"):
        add(folder, "two gates", code="slow permits")
    assert add(folder, "two gates", code="Permits").coding.code == "permits"


def test_the_nearest_of_a_mistyped_label_is_a_label(folder: Path) -> None:
    """The nearest of a mistyped label is a label."""
    with pytest.raises(BenangError, match="Did you mean 'Sewa naik'"):
        add(folder, "two gates", code="sewa niak")


def test_the_words_of_a_passage_can_be_a_code_themselves(folder: Path) -> None:
    """The code is added once, with the passage as its example; another label can be given."""
    wish = Wish(quote="closed two gates", record="sari2018", code="")
    request = AddRequest(folder=folder, wish=wish, in_vivo=True, time=NOON)
    assert add_coding(request).coding.code == "closed-two-gates"
    assert not add_coding(request).is_new
    (code,) = [one for one in open_desk(folder).codebook.codes if one.id == "closed-two-gates"]
    assert (code.label.en, code.group, code.example) == ("closed two gates", "reasons", "closed two gates")
    named = replace(request, wish=replace(wish, quote="within a year", code="Sudden"))
    assert add_coding(named).coding.code == "sudden"


@pytest.mark.parametrize("quote", ["closed three gates", "prices rose"])
def test_no_code_is_added_for_words_that_are_not_found_or_not_clear(folder: Path, quote: str) -> None:
    """The codebook stays as it is."""
    before = (folder / "codebook.toml").read_bytes()
    with pytest.raises(BenangError):
        add_coding(AddRequest(folder=folder, wish=Wish(quote=quote, record="sari2018", code=""), in_vivo=True))
    assert (folder / "codebook.toml").read_bytes() == before
    assert logs(folder) == {}


def look(folder: Path, by: By, words: str, **more: Any) -> Searched:
    """Look for words in a review."""
    return search(SearchRequest(folder=folder, by=by, words=words, **more))


def test_suggestions_count_once_a_person_takes_them_over(folder: Path) -> None:
    """Who took it over is the coder; the suggestion stays behind it."""
    look(folder, "text", "prices rose", code="rent", all_hits=True, as_suggestions=True)
    first, second = waiting_suggestions(open_desk(folder))
    assert coding_rows(open_desk(folder)) == []
    suggestions(SuggestionsRequest(folder=folder, take=(first.id,), decline=(second.id,)))
    desk = open_desk(folder)
    assert [(row.coder, row.start) for row in coding_rows(desk)] == [("ani", first.start)]
    assert waiting_suggestions(desk) == ()


def test_what_a_person_codes_waits_no_longer(folder: Path) -> None:
    """Whoever it is; for another case it waits on."""
    for case in ("bukit", "ladang"):
        look(folder, "text", "hill", record="lestari2019", code="rent", case=case, all_hits=True, as_suggestions=True)
    add(folder, "hill", record="lestari2019", case="bukit", coder="budi")
    assert [one.case for one in waiting_suggestions(open_desk(folder))] == ["ladang"]


def test_suggestions_whose_codes_were_merged_are_one(folder: Path) -> None:
    """It is taken over once, and the other waits no longer."""
    for code in ("rent", "permits"):
        look(folder, "text", "two gates", code=code, all_hits=True, as_suggestions=True)
    merge_codes(MergeCodesRequest(folder=folder, code="permits", into="rent"))
    suggestions(SuggestionsRequest(folder=folder, take_all=True))
    desk = open_desk(folder)
    assert [row.code for row in coding_rows(desk)] == ["rent"]
    assert waiting_suggestions(desk) == ()


def test_a_suggestion_whose_code_was_renamed_is_listed_under_the_new_id(folder: Path) -> None:
    """That is the code that whoever takes it over gives."""
    look(folder, "text", "two gates", code="permits", all_hits=True, as_suggestions=True)
    rename_code(RenameCodeRequest(folder=folder, code="permits", new="delays"))
    (waiting,) = waiting_suggestions(open_desk(folder))
    listed = suggestions(SuggestionsRequest(folder=folder)).account.notes[0]
    assert waiting.code == "delays"
    assert f"{waiting.id}: delays · muara" in str(listed)


def test_suggestions_of_a_code_that_was_split_stay_behind_when_all_are_taken(folder: Path) -> None:
    """The others are taken over, and the account says how many were not."""
    for code in ("rent", "permits"):
        look(folder, "text", "two gates", code=code, all_hits=True, as_suggestions=True)
    split_code(SplitCodeRequest(folder=folder, code="permits", parts=("No permits", "Late permits")))
    done = suggestions(SuggestionsRequest(folder=folder, take_all=True))
    assert [one.code for one in done.taken] == ["rent"]
    assert done.account.notes[-1].text == "1 suggestion remains open, because its code was retired or split."
    (waiting,) = waiting_suggestions(open_desk(folder))
    with pytest.raises(BenangError, match="the code 'permits' was split"):
        suggestions(SuggestionsRequest(folder=folder, take=(waiting.id,)))


def test_what_was_coded_or_declined_is_not_suggested_again(folder: Path) -> None:
    """A second search has no news."""
    look(folder, "text", "gates", code="permits", all_hits=True)
    look(folder, "text", "harbour", code="rent", all_hits=True, as_suggestions=True)
    (harbour,) = waiting_suggestions(open_desk(folder))
    suggestions(SuggestionsRequest(folder=folder, decline=(harbour.id,)))
    look(folder, "text", "gat*", code="permits", all_hits=True, as_suggestions=True)
    look(folder, "text", "harbour", code="rent", all_hits=True, as_suggestions=True)
    assert waiting_suggestions(open_desk(folder)) == ()


def test_an_unknown_suggestion_names_the_nearest_and_writes_nothing(folder: Path) -> None:
    """One wrong id stops all."""
    look(folder, "text", "harbour", code="rent", all_hits=True, as_suggestions=True)
    before = logs(folder)
    (one,) = waiting_suggestions(open_desk(folder))
    with pytest.raises(BenangError, match=one.id):
        suggestions(SuggestionsRequest(folder=folder, take=(one.id, one.id[:-1])))
    assert logs(folder) == before


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """Return a review of night markets with one passage coded."""
    there = markets(tmp_path / "markets")
    add(there, "The rent of a stall doubled")
    return there


def moved(review: Path, **more: Any) -> MovedCoding:
    """Change the coding that comes first."""
    return move(MoveRequest(folder=review, id=rows(review)[0].id, time=NOON, **more))


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ({"code": "Slow permits"}, ("permits", "muara", "supports", "The rent of a stall\ndoubled")),
        ({"case": "Bukit"}, ("rent", "bukit", "supports", "The rent of a stall\ndoubled")),
        ({"stance": "contradicts"}, ("rent", "muara", "contradicts", "The rent of a stall\ndoubled")),
        ({"quote": "In the north prices rose"}, ("rent", "muara", "supports", "In the north prices rose")),
    ],
)
def test_what_is_said_is_changed_and_all_else_stays(review: Path, change: Any, row: tuple[str, ...]) -> None:
    """One coding stands, and the log has only grown."""
    before, kept = rows(review)[0], logs(review)["ani.jsonl"]
    moved(review, **change)
    (now,) = rows(review)

    assert (now.code, now.case, now.stance, now.quote) == row
    assert (now.coder, now.record) == (before.coder, before.record)
    assert now.id != before.id
    assert logs(review)["ani.jsonl"].startswith(kept)


def test_the_rule_of_the_new_code_goes_with_it(review: Path) -> None:
    """A second look is due when that rule changes, not the old one's."""
    coding = moved(review, code="permits").coding
    code = open_desk(review).codebook.code("permits")
    assert code is not None
    assert coding.rule == code.rule


def test_moving_there_and_back_leaves_what_was(review: Path) -> None:
    """Under another id."""
    moved(review, code="permits")
    moved(review, code="rent")
    assert [(row.code, row.case) for row in rows(review)] == [("rent", "muara")]


def test_a_change_that_changes_nothing_is_a_misuse(review: Path) -> None:
    """It says what could be different."""
    with pytest.raises(Misuse, match=r"would change\. Say what to change"):
        moved(review, code="rent")


def test_what_can_t_be_is_refused_and_nothing_is_written(review: Path) -> None:
    """A code that was retired, a quote that stands twice, somebody else's coding."""
    before = logs(review)
    for change, message in (
        ({"code": "noise"}, "retired"),
        ({"quote": "prices rose"}, "2 places"),
        ({"coder": "budi", "code": "permits"}, "was made by 'ani'"),
    ):
        with pytest.raises(BenangError, match=message):
            moved(review, **change)
    assert logs(review) == before


def test_a_coding_that_is_moved_to_another_becomes_one_with_it(review: Path) -> None:
    """One coder's same words count once for a code; an undo parts the two again."""
    first = rows(review)[0]
    add(review, first.quote, code="permits")
    move(MoveRequest(folder=review, id=first.id, code="permits", time=NOON.replace(hour=13)))
    assert [row.code for row in rows(review)] == ["permits"]
    undo_last(UndoRequest(folder=review))
    assert sorted(row.code for row in rows(review)) == ["permits", first.code]


def test_moving_one_side_of_a_conflict_settles_it(review: Path) -> None:
    """The new coding takes the place of both."""
    first = open_desk(review).judgements.of(Coding)[0]
    sides = [
        first.model_copy(update={"id": one, "case": one, "supersedes": (first.id,)}) for one in ("bukit", "ladang")
    ]
    open_desk(review).append(sides, time=NOON)
    move(MoveRequest(folder=review, id="bukit", code="permits", time=NOON))

    assert read_judgements(open_folder(review)).conflicts == ()
    assert [(row.code, row.case) for row in rows(review)] == [("permits", "bukit")]


def test_what_two_copies_withdrew_can_be_said_again(folder: Path) -> None:
    """The new coding takes the place of both withdrawals, so that nothing is in conflict."""
    first = add(folder, "two gates").coding
    taken = [Withdrawal(id=f"w{at}", coder="ani", supersedes=(first.id,)) for at in (1, 2)]
    open_desk(folder).append(taken, time=NOON)
    add(folder, "two gates")
    desk = open_desk(folder)
    assert desk.judgements.conflicts == ()
    assert [row.quote for row in coding_rows(desk)] == ["two gates"]
