"""A project of another program comes into a review whole or not at all, and only once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from tests.qda.made_projects import projects
from tests.qda.refi_files import (
    ANI,
    BUDI,
    PAPER,
    PERMITS,
    RENT,
    TEXT,
    coded,
    coding,
    guid,
    in_place,
    project,
    qdpx,
    selection,
    source,
)
from tests.support import without_privileges
from tests.tasks.coding.markets import CASES, DOCUMENTS, markets
from tests.tasks.coding.test_adding import add

from benang.coding.cases import read_cases
from benang.coding.codebook_file import read_codebook
from benang.errors import BenangError
from benang.judgements.events import Coding, Memo
from benang.judgements.log import Judgements
from benang.locale import Language
from benang.project.folder import body_start
from benang.qda import Project, read_ids
from benang.qda.refi_writing import qdpx as written
from benang.review.beginning import ReviewKind
from benang.review.desk import Desk, open_desk
from benang.tasks.begin import BeginRequest, begin
from benang.tasks.coding.looking import LookRequest, look
from benang.tasks.coding.taking_back import WithdrawRequest, withdraw
from benang.tasks.exchange.exporting import ExportRequest, export_review
from benang.tasks.exchange.importing import ImportedProject, ImportProjectRequest, import_project
from benang.tasks.verify import VerifyRequest, verify

WORDS = ["Rents rose", "The market 🏙 closed", "permit"]


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """Return a review of two night markets with three records and two documents."""
    return markets(tmp_path / "markets")


def taken(review: Path, file: Path, **more: Any) -> ImportedProject:
    """Take a project in, and check that the review is sound with it."""
    imported = import_project(ImportProjectRequest(file=file, folder=review, **more))
    checked = verify(VerifyRequest(review))
    assert not checked.problems, checked.problems
    return imported


def files_of(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder but its lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def said(folder: Path) -> list[tuple[str, str, str, str]]:
    """Return the codings that stand: words, code, case, coder; and check that the words are in the documents."""
    desk = open_desk(folder)
    every = desk.judgements.of(Coding)
    assert all(desk.documents[one.document].text[one.start : one.end] == one.quote for one in every)
    return sorted((one.quote, one.code, one.case, one.coder) for one in every)


def desk_of(folder: Path) -> Desk:
    """Open a review."""
    return open_desk(folder)


def told(imported: ImportedProject) -> str:
    """Return the account as text."""
    return "\n".join(
        "\n".join([note.text, *note.remarks, *(" ".join(row) for row in getattr(note, "cells", ()))])
        for note in imported.account.notes
    )


def memos(folder: Path) -> list[tuple[str, str, str, str]]:
    """Return the memos that stand."""
    return sorted((one.about, one.of, one.text, one.coder) for one in desk_of(folder).judgements.of(Memo))


def judgements(folder: Path) -> Judgements:
    """Return the judgements of a review."""
    return desk_of(folder).judgements


def test_codings_come_in_with_their_coders_and_times(review: Path, tmp_path: Path) -> None:
    """A paper that no record has becomes a record and a case of its own; its text is the project's to the letter."""
    marked = coded(TEXT, WORDS) + selection(90, 0, 5, "Rents", coding(91, PERMITS, BUDI))

    imported = taken(review, qdpx(tmp_path / "a.qdpx", project(source(marked))))

    assert said(review) == [
        ("Rents", "permits-2", "paper-1", "Budi"),
        ("Rents rose", "rent", "paper-1", "ani"),
        ("The market 🏙 closed", "rent", "paper-1", "ani"),
        ("permit", "rent", "paper-1", "ani"),
    ]
    document = desk_of(review).documents["documents/paper-1.txt"]
    assert document.text[body_start(document.text) :] == TEXT
    assert {str(one.time) for one in imported.codings} == {"2026-01-02 03:04:05+00:00"}
    assert [one.id for one in imported.codings][:2] == [guid(11), guid(21)]
    book = read_codebook(review / "codebook.toml")
    assert {one.vocabulary for one in imported.codings} == {book.version}
    assert {one.code: one.rule for one in imported.codings} == {"rent": "", "permits-2": book.by_id["permits-2"].rule}
    text = told(imported)
    assert "sources 1 1 0" in text
    assert "codes 2 2 0" in text
    assert "selections 4 4 0" in text
    assert "codings 4 4 0" in text
    assert "Added: codings 4, codes 1, documents 1, records 1, cases 1." in text
    assert "Coders under another name here: Ani → ani." in text
    assert "Not among the reviewers of the plan: Budi." in text


def test_the_same_project_twice_adds_nothing(review: Path, tmp_path: Path) -> None:
    """Not a byte changes the second time."""
    note = f'<Notes><Note guid="{guid(70)}" name="Why"><PlainTextContent>Look again.</PlainTextContent></Note></Notes>'
    file = qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS)), note))
    taken(review, file)
    before = files_of(review)

    again = taken(review, file)

    assert files_of(review) == before
    assert not again.codings
    assert "Everything in it is in the review already; nothing was added." in told(again)


def test_a_project_that_has_grown_adds_what_is_new(review: Path, tmp_path: Path) -> None:
    """Its earlier codings, codes and documents are known again."""
    taken(review, qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS[:1])))))

    imported = taken(review, qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS)))))

    assert [one.quote for one in imported.codings] == WORDS[1:]
    assert "Added: codings 2.\n1 coding was there already." in told(imported)


def test_a_coding_that_was_withdrawn_stays_withdrawn(review: Path, tmp_path: Path) -> None:
    """Whether it comes again under its GUID or under another one."""
    taken(review, qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS)))))
    withdraw(WithdrawRequest(folder=review, ids=(guid(11),)))
    minted = project(source(coded(TEXT, WORDS))).replace("e0000000", "e1111111")

    for name, qde in (("a", project(source(coded(TEXT, WORDS)))), ("b", minted)):
        imported = taken(review, qdpx(tmp_path / f"{name}.qdpx", qde))

        assert "1 coding had been withdrawn and was not added again." in told(imported)
        assert [quote for quote, *_ in said(review)] == ["The market 🏙 closed", "permit"]


def test_a_program_that_gives_new_guids_each_time_adds_nothing(review: Path, tmp_path: Path) -> None:
    """Codes are known by their labels, texts by their words, codings by what they say."""
    taken(review, qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS)))))
    before = said(review), read_codebook(review / "codebook.toml"), sorted(files_of(review / "documents"))
    minted = project(source(coded(TEXT, WORDS)))
    for letter in "acde":
        minted = minted.replace(f"{letter}0000000-", f"{letter}9999999-")

    imported = taken(
        review, qdpx(tmp_path / "b.qdpx", minted, {f"sources/{PAPER.replace('d0000000', 'd9999999')}.txt": TEXT})
    )

    assert (said(review), read_codebook(review / "codebook.toml"), sorted(files_of(review / "documents"))) == before
    assert not imported.codings


@pytest.mark.parametrize("name", ["sari2018", "sari2018.txt", "Night markets of Muara read again"])
def test_a_source_is_of_the_record_that_it_is_named_by(review: Path, tmp_path: Path, name: str) -> None:
    """By its key, or its title; its case is the record's only one."""
    marked = selection(1, 0, 5, "Rents")

    taken(review, qdpx(tmp_path / "a.qdpx", project(in_place(TEXT, marked).replace("Paper 1", name)), {}))

    assert said(review) == [("Rents", "rent", "muara", "ani")]
    assert not (review / "searches.toml").exists()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_document_that_is_there_already_is_used(review: Path, tmp_path: Path, end: str) -> None:
    """Also one whose lines end with CR LF, and which has a heading: its bytes stay."""
    path = review / "documents" / "sari2018.md"
    text = DOCUMENTS["sari2018"]
    data = ("---\nrecord: sari2018\n---\n" + text).replace("\n", end).encode()
    path.write_bytes(data)
    at = text.index("municipal")

    imported = taken(review, qdpx(tmp_path / "a.qdpx", project(in_place(text, selection(1, at, at + 22))), {}))

    assert said(review) == [(f"municipal admin-{end}istra", "rent", "muara", "ani")]
    assert path.read_bytes() == data
    assert "documents" not in told(imported).partition("Added")[2].partition("\n")[0]


def test_a_text_that_was_replaced_since_is_still_known(review: Path, tmp_path: Path) -> None:
    """Its passages follow into the new text, as those of the log do."""
    file = qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS[:1]))))
    taken(review, file)
    old = (review / "documents" / "paper-1.txt").read_text(encoding="utf-8")
    heading = "---\nrecord: paper-1\nreplaces: documents/paper-1.txt\n---\nPage 1\n"
    (review / "documents" / "paper-1-2.txt").write_text(heading + old.rpartition("---\n")[2], encoding="utf-8")

    imported = taken(review, qdpx(tmp_path / "b.qdpx", project(source(coded(TEXT, WORDS)))))

    assert [one.quote for one in imported.codings] == WORDS[1:]
    assert not imported.account.files or all("documents" not in str(one) for one in imported.account.files)
    assert "documents/paper-1-2.txt" in desk_of(review).documents


def test_several_new_texts_of_one_record_are_several_documents(review: Path, tmp_path: Path) -> None:
    """The record has a document already; none takes the place of another, and a second import adds none."""
    texts = {number: f"Rents rose {number} times." for number in (51, 52, 53)}
    sources = "".join(
        in_place(text, selection(number + 100, 0, 10, "Rents rose"))
        .replace(f'guid="{PAPER}"', f'guid="{guid(number)}"')
        .replace('name="Paper 1"', f'name="sari2018{"." * (number - 51)}"')
        for number, text in texts.items()
    )
    file = qdpx(tmp_path / "p.qdpx", project(sources))
    before = set(files_of(review))
    taken(review, file)
    new = {name: data for name, data in files_of(review).items() if name.startswith("documents/")}

    assert len(set(new) - before) == 3
    assert [sum(text.encode() in data for data in new.values()) for text in texts.values()] == [1, 1, 1]
    assert "nothing was added" in told(taken(review, file))


def test_a_document_in_no_case_stays_in_none(review: Path, tmp_path: Path) -> None:
    """A review that went out and comes in again gets no case for it."""
    cases = review / "cases.toml"
    cases.write_text(cases.read_text(encoding="utf-8").replace('"lestari2019"', '"sari2018"'), encoding="utf-8")
    out = tmp_path / "out.qdpx"
    export_review(ExportRequest(folder=review, output=out))

    assert "nothing was added" in told(taken(review, out))


def test_two_sources_of_the_same_words_are_two_documents(review: Path, tmp_path: Path) -> None:
    """Answers to one question may be alike; each is known again when it comes twice."""
    one = in_place("Yes, the rent.", selection(1, 9, 13, "rent"))
    other = one.replace(PAPER, guid(99)).replace(guid(1), guid(3)).replace(guid(2), guid(4)).replace("Paper 1", "Budi")
    file = qdpx(tmp_path / "a.qdpx", project(one + other), {})

    taken(review, file)

    assert [(quote, case) for quote, _, case, _ in said(review)] == [("rent", "budi"), ("rent", "paper-1")]
    before = files_of(review)
    taken(review, file)
    assert files_of(review) == before


def test_a_source_of_several_cases_speaks_of_them_as_a_group(review: Path, tmp_path: Path) -> None:
    """Unless its passages are those of one case."""
    cases = (
        f'<Cases><Case guid="{guid(80)}" name="Alun"><SourceRef targetGUID="{PAPER}"/></Case>'
        f'<Case guid="{guid(81)}" name="Bukit"><SourceRef targetGUID="{PAPER}"/>'
        f'<SelectionRef targetGUID="{guid(3)}"/></Case></Cases>'
    )
    variable = f'<Variables><Variable guid="{guid(70)}" name="Place" typeOfVariable="Text"/></Variables>'
    value = f'<VariableValue><VariableRef targetGUID="{guid(70)}"/><TextValue>hill</TextValue></VariableValue>'
    marked = selection(1, 0, 5, "Rents") + selection(3, 6, 10, "rose") + value

    imported = taken(review, qdpx(tmp_path / "a.qdpx", project(source(marked), variable + cases)))

    assert [(one.quote, one.case, one.scope) for one in imported.codings] == [
        ("Rents", "alun", "group"),
        ("Rents", "bukit", "group"),
        ("rose", "bukit", "case"),
    ]
    assert [one.id for one in imported.codings] == [guid(2), f"{guid(2)}/bukit", guid(4)]
    assert read_cases(review / "cases.toml").by_id["bukit"].studies == ("lestari2019", "paper-1")
    assert "Paper 1: its values, because it reports 2 cases" in told(imported)


def test_a_review_whose_studies_are_its_cases_keeps_them_when_cases_come(review: Path, tmp_path: Path) -> None:
    """What was coded before has its case still."""
    (review / "cases.toml").unlink()
    add(review, "The rent of a stall doubled")
    cases = f'<Cases><Case guid="{guid(80)}" name="Alun"><SourceRef targetGUID="{PAPER}"/></Case></Cases>'

    taken(review, qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS[:1])), cases)))

    assert [case for _, _, case, _ in said(review)] == ["alun", "sari2018"]
    assert list(read_cases(review / "cases.toml").by_id) == ["lestari2019", "sari2018", "alun"]


def test_without_cases_each_study_is_its_own(review: Path, tmp_path: Path) -> None:
    """A review without `cases.toml` gets none."""
    (review / "cases.toml").unlink()

    taken(review, qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS[:1])))))

    assert said(review) == [("Rents rose", "rent", "paper-1", "ani")]
    assert not (review / "cases.toml").exists()


def test_values_come_in_as_far_as_they_fit(review: Path, tmp_path: Path) -> None:
    """A whole number is a year where its name and size say so, a truth a category; what differs here stays."""
    kinds = (("Year signed", "Integer", "2003"), ("Members", "Integer", "12"), ("Failed", "Boolean", "true"),
             ("Share", "Float", "0.25"), ("Since", "Integer", "1987"),
             ("Years open", "Integer", "16"))  # fmt: skip
    variables = "".join(
        f'<Variable guid="{guid(60 + at)}" name="{name}" typeOfVariable="{kind}"/>'
        for at, (name, kind, _) in enumerate(kinds)
    )
    values = "".join(
        f'<VariableValue><VariableRef targetGUID="{guid(60 + at)}"/><{kind}Value>{value}</{kind}Value></VariableValue>'
        for at, (_, kind, value) in enumerate(kinds)
    )
    cases = f'<Cases><Case guid="{guid(80)}" name="Muara">{values}<SourceRef targetGUID="{PAPER}"/></Case></Cases>'
    (review / "codebook.toml").write_text(
        (review / "codebook.toml").read_text(encoding="utf-8")
        + '\n[[variables]]\nid = "since"\nlabel = "Since"\ntype = "year"\n',
        encoding="utf-8",
    )
    (review / "cases.toml").write_text(CASES.replace('label = "Muara"\n', 'label = "Muara"\nsince = 1990\n'))

    imported = taken(
        review,
        qdpx(tmp_path / "a.qdpx", project(source(""), f"<Variables>{variables}</Variables>{cases}")),
    )

    book = read_codebook(review / "codebook.toml")
    assert [(one.id, one.type) for one in book.variables] == [
        ("since", "year"), ("year-signed", "year"), ("members", "number"), ("failed", "category"), ("share", "text"),
        ("years-open", "number"),
    ]  # fmt: skip
    assert dict(read_cases(review / "cases.toml").by_id["muara"].values) == {
        "since": 1990, "year-signed": 2003, "members": 12, "failed": "yes", "share": "0.25",
        "years-open": 16,
    }  # fmt: skip
    text = told(imported)
    assert "Muara, Since: '1987', but the review has '1990'" in text
    assert "variables of numbers with decimals or of dates, taken as text: Share" in text


TREE = (
    f'<Code guid="{guid(1)}" name="Reasons why" isCodable="false"><Code guid="{guid(2)}" name="Costs" isCodable="true">'
    f'<Code guid="{guid(3)}" name="Rent" isCodable="true" color="#123456"><Description>The price.\n\n[Include]\n'
    f'Any rise.\n\n[Label in Indonesian]\nSewa</Description></Code></Code></Code><Code guid="{guid(4)}" name="Rent" '
    f'isCodable="true"/>'
)


def test_a_tree_of_codes_becomes_groups_headings_and_codes(review: Path, tmp_path: Path) -> None:
    """A code that is also a parent is a heading with a code; two of one label are two codes."""
    imported = taken(review, qdpx(tmp_path / "a.qdpx", project("", codes=TREE), {}))

    new = read_codebook(review / "codebook.toml").codes[3:]
    assert [(one.id, one.group, one.parent, one.heading) for one in new] == [
        ("costs-heading", "reasons-why", None, True),
        ("costs", "reasons-why", "costs-heading", False),
        ("rent-2", "reasons-why", "costs-heading", False),
        ("rent-3", "markets", None, False),
    ]
    assert (new[2].definition, new[2].include, new[2].label.id, new[2].colour) == (
        "The price.", "Any rise.", "Sewa", "#123456",
    )  # fmt: skip
    assert "codes that have codes below them, each now a heading with a code: Costs" in told(imported)
    before = files_of(review)
    taken(review, qdpx(tmp_path / "a.qdpx", project("", codes=TREE), {}))
    assert files_of(review) == before


def test_a_code_that_was_renamed_here_is_known_by_its_guid_and_keeps_its_rule(review: Path, tmp_path: Path) -> None:
    """A project that says otherwise changes nothing, and that is said."""
    taken(review, qdpx(tmp_path / "a.qdpx", project("", codes=TREE), {}))
    path = review / "codebook.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"The price."', '"Another rule."'), encoding="utf-8")

    imported = taken(review, qdpx(tmp_path / "a.qdpx", project("", codes=TREE), {}))

    assert read_codebook(path).by_id["rent-2"].definition == "Another rule."
    assert "codes whose rule here is another one, which stays: rent-2" in told(imported)


def test_a_new_code_stands_behind_those_of_its_group_and_a_group_without_new_codes_is_not_added(
    review: Path, tmp_path: Path
) -> None:
    """A code that is known by its GUID stays in its group, whatever the project calls the one that it has there."""
    path = review / "codebook.toml"
    themes = (
        '\n[[groups]]\nid = "themes"\nlabel = "Themes"\n\n[[codes]]\nid = "hope"\ngroup = "themes"\nlabel = "Hope"\n'
    )
    path.write_text(path.read_text(encoding="utf-8") + themes, encoding="utf-8")
    tree = '<Code guid="{}" name="{}" isCodable="false"><Code guid="{}" name="Taxes" isCodable="true"/></Code>'
    taken(review, qdpx(tmp_path / "a.qdpx", project("", codes=tree.format(guid(1), "Reasons", guid(2))), {}))
    taken(review, qdpx(tmp_path / "b.qdpx", project("", codes=tree.format(guid(3), "Costs", guid(2))), {}))

    book = read_codebook(path)
    assert [one.id for one in book.codes] == ["rent", "permits", "noise", "taxes", "hope"]
    assert [one.id for one in book.groups] == ["reasons", "themes"]
    assert {name for kind, name, _ in read_ids(review / "refi-ids.tsv").rows if kind == "group"} == {"reasons"}


def test_a_codebook_comes_in_by_itself(review: Path, tmp_path: Path) -> None:
    """As `.qdc`, which is XML without an archive."""
    file = tmp_path / "codes.qdc"
    file.write_text(f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{TREE}</Codes></CodeBook>', encoding="utf-8")

    taken(review, file)

    assert {"costs", "rent-2", "rent-3"} < read_codebook(review / "codebook.toml").by_id.keys()
    assert [one.id for one in read_codebook(review / "codebook.toml").groups][1:] == ["reasons-why", "codes"]


def test_two_users_of_one_name_are_two_coders_and_every_name_fits_a_file(review: Path, tmp_path: Path) -> None:
    """The second gets a number; what no file can be called is replaced."""
    names = ["Citra", "citra", "Dr. A/B: C", "consensus", ""]
    users = "".join(f'<User guid="{guid(50 + at)}" name="{name}"/>' for at, name in enumerate(names))
    codings = "".join(coding(60 + at, RENT, guid(50 + at)) for at, _ in enumerate(names))
    qde = project(source(selection(1, 0, 5, "Rents", codings))).replace("<Users>", f"<Users>{users}")

    imported = taken(review, qdpx(tmp_path / "a.qdpx", qde))

    assert [one.coder for one in imported.codings] == ["Citra", "citra-2", "Dr. A-B- C", "consensus-user", "coder"]


def test_initials_of_coders_are_listed_as_left_unless_they_are_the_name(review: Path, tmp_path: Path) -> None:
    """A review has names of coders alone; a user without a name goes by the initials, of which nothing is lost."""
    users = f'<User guid="{guid(50)}" id="CI"/><User guid="{guid(51)}" name="DW" id="DW"/>'
    file = qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS))).replace("<Users>", f"<Users>{users}"))

    assert "initials of coders: Ani (AN); Budi (BU) (2)" in told(taken(review, file))


def test_what_names_nobody_is_the_coders_who_is_given(review: Path, tmp_path: Path) -> None:
    """Else the only reviewer's; an unknown time is that of the import."""
    bare = f'<Coding guid="{guid(2)}"><CodeRef targetGUID="{RENT}"/></Coding>'
    file = qdpx(tmp_path / "a.qdpx", project(source(selection(1, 0, 5, inner=bare))))

    imported = taken(review, file, coder="citra")

    assert [one.coder for one in imported.codings] == ["citra"]
    assert "whose author the file does not name are under 'citra'" in told(imported)
    assert judgements(review).of(Coding)[0].time is not None


def test_notes_become_memos_on_what_they_are_about(review: Path, tmp_path: Path) -> None:
    """A stance or scope that Benang wrote into a note is the coding's again; comments on passages are memos too."""
    notes = "".join(
        f'<Note guid="{guid(70 + at)}" name="{name}" creatingUser="{BUDI}" creationDateTime="2026-01-02T03:04:05">'
        f"<PlainTextContent>{text}</PlainTextContent></Note>"
        for at, (name, text) in enumerate(
            [("Why", "Look again."), ("stance: contradicts", "stance: contradicts"), ("Alone", "Alone in the file")]
        )
    )
    refs = "".join(f'<NoteRef targetGUID="{guid(at)}"/>' for at in (70, 71))
    marked = selection(1, 0, 5, inner=coding(2).replace("</Coding>", f"{refs}</Coding>"))
    marked += selection(3, 6, 10, "rose", "<Description>A comment</Description>")

    imported = taken(review, qdpx(tmp_path / "a.qdpx", project(source(marked), f"<Notes>{notes}</Notes>")))

    assert [one.stance for one in imported.codings] == ["contradicts"]
    assert memos(review) == [
        ("coding", guid(2), "Why\n\nLook again.", "Budi"),
        ("document", "documents/paper-1.txt", "“rose”: A comment", "ani"),
        ("review", "", "Alone in the file", "Budi"),
    ]


def test_what_has_no_place_in_a_review_is_listed(review: Path, tmp_path: Path) -> None:
    """Codings of whole sources, codes of cases, sets, bare passages."""
    more = (
        f'<Cases><Case guid="{guid(80)}" name="Alun"><CodeRef targetGUID="{RENT}"/></Case></Cases>'
        f'<Sets><Set guid="{guid(81)}" name="Included"><MemberSource targetGUID="{PAPER}"/></Set></Sets>'
    )

    imported = taken(review, qdpx(tmp_path / "a.qdpx", project(source(selection(1, 0, 5, inner="") + coding(9)), more)))

    text = told(imported)
    assert "codings of whole sources, which have no passage: Paper 1: Rising rent (1)" in text
    assert "codes of whole cases: Alun: Rising rent (1)" in text
    assert "sets: Included (1)" in text
    assert "passages without a code or a note (1)" in text


def test_a_check_changes_nothing_and_says_what_would_come(review: Path, tmp_path: Path) -> None:
    """Not even a lock's folder holds anything new."""
    before = files_of(review)

    imported = taken(review, qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS)))), check=True)

    assert files_of(review) == before
    assert "Would be added: codings 3, codes 1, documents 1, records 1, cases 1." in told(imported)
    assert not imported.account.files


@pytest.mark.skipif(os.name == "nt", reason="rights are others there")
def test_where_a_log_cannot_be_written_nothing_else_is(review: Path, tmp_path: Path) -> None:
    """Codebook, cases and documents are as they were."""
    add(review, "The rent of a stall doubled")
    before = files_of(review)
    (review / "judgements" / "ani.jsonl").chmod(0o444)

    with without_privileges(), pytest.raises(BenangError):
        import_project(
            ImportProjectRequest(file=qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS)))), folder=review)
        )

    assert files_of(review) == before


def test_guids_go_out_as_they_came_in(review: Path, tmp_path: Path) -> None:
    """And what comes back in from there adds nothing."""
    taken(review, qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS)))))
    out = tmp_path / "out.qdpx"

    sent = export_review(ExportRequest(folder=review, output=out)).project

    assert {RENT, PERMITS} < {one.guid for one in sent.codes}
    paper = next(one for one in sent.sources if one.guid == PAPER)
    assert [one.guid for one in paper.selections] == [guid(10), guid(20), guid(30)]
    assert [one.codings[0].guid for one in paper.selections] == [guid(11), guid(21), guid(31)]
    assert {one.guid for one in sent.users} == {ANI}
    before = files_of(review / "judgements")
    taken(review, out)
    assert files_of(review / "judgements") == before


def test_a_review_that_went_out_comes_into_an_empty_one_as_it_was(review: Path, tmp_path: Path) -> None:
    """Codings, codes with their rules, cases, and which record each text is of."""
    add(review, "The rent of a stall doubled")
    add(review, "Visitors filled every lane", record="lestari2019", case="bukit")
    export_review(ExportRequest(folder=review, output=tmp_path / "out.qdpx"))
    empty = markets(tmp_path / "empty")
    for path in (*(empty / "documents").iterdir(), empty / "cases.toml", empty / "codebook.toml"):
        path.unlink()

    taken(empty, tmp_path / "out.qdpx")

    there = {one.id: one.label.en for one in desk_of(empty).codebook.codes}
    here = {one.id: one.label.en for one in desk_of(review).codebook.codes}
    assert [(quote, there[code], *rest) for quote, code, *rest in said(empty)] == [
        (quote, here[code], *rest) for quote, code, *rest in said(review)
    ]
    assert [(one.label, one.rule) for one in desk_of(empty).codebook.codes] == [
        (one.label, one.rule) for one in desk_of(review).codebook.codes
    ]
    assert set(read_ids(empty / "refi-ids.tsv").rows)


@given(projects())
def test_any_project_comes_in_whole_and_once(made: Project) -> None:
    """Whatever tests can think of: the review is sound with it, each coding is there, and twice adds nothing."""
    with TemporaryDirectory() as place:
        folder, file = markets(Path(place) / "markets"), Path(place) / "a.qdpx"
        file.write_bytes(written(made))
        taken(folder, file)

        desk, ids = desk_of(folder), read_ids(folder / "refi-ids.tsv")
        there = {one.id for one in desk.judgements.of(Coding)}
        guids = [one.guid for text in made.sources for at in text.selections for one in at.codings]
        assert all(one in there or ids.id("coding", one) in there for one in guids)
        assert len(desk.sources.works) >= 3
        before = files_of(folder)
        taken(folder, file)
        assert files_of(folder) == before


@pytest.mark.parametrize(("language", "text"), [("en", "Added: codings 3"), ("id", "Ditambahkan: pengodean 3")])
def test_the_account_is_in_the_users_language(review: Path, tmp_path: Path, language: Language, text: str) -> None:
    """English and Indonesian."""
    file = qdpx(tmp_path / "a.qdpx", project(source(coded(TEXT, WORDS))))

    assert text in told(taken(review, file, language=language))


def test_a_table_of_codings_comes_in_by_the_same_command(review: Path, tmp_path: Path) -> None:
    """As `benang code import` takes it."""
    table = tmp_path / "retrieved.csv"
    table.write_text("Document name,Code,Segment\nsari2018,Rising rent,rent of a stall\n", encoding="utf-8")

    imported = import_project(ImportProjectRequest(file=table, folder=review, coder="ani"))

    assert imported.is_whole
    assert said(review) == [("rent of a stall", "rent", "muara", "ani")]


def begun(folder: Path, kind: ReviewKind, language: Language) -> Path:
    """Begin a review, with the examples that it has then."""
    begin(BeginRequest(folder=folder, title="T", question="Q", kind=kind, language=language, reviewers=("Ani",)))
    return folder


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("kind", ["cases", "scoping"])
def test_the_examples_of_a_new_review_make_room_for_the_project(
    tmp_path: Path, kind: ReviewKind, language: Language
) -> None:
    """Codes, variables and cases are those of the project alone, and the charts and tables of the plan show them."""
    review = begun(tmp_path / "new", kind, language)
    variable = f'<Variables><Variable guid="{guid(70)}" name="Outcome" typeOfVariable="Text"/></Variables>'
    of_case = (
        f'<Cases><Case guid="{guid(71)}" name="Muara"><VariableValue><VariableRef targetGUID="{guid(70)}"/>'
        f'<TextValue>as ever</TextValue></VariableValue><SourceRef targetGUID="{PAPER}"/></Case></Cases>'
    )
    file = qdpx(tmp_path / "p.qdpx", project(source(coded(TEXT, WORDS)), variable + of_case))
    account = told(taken(review, file))
    desk = desk_of(review)

    files = "codebook.toml and cases.toml" if kind == "cases" else "codebook.toml"
    assert f"The examples with which the review began were taken out of {files}." in account
    assert [one.label.en for one in desk.codebook.codes] == ["Rising rent", "Permits"]
    assert [(one.id, one.values) for one in desk.cases.cases] == [("muara", {"outcome": "as ever"})]
    assert {one.codes for one in (*desk.plan.charts, *desk.plan.tables) if hasattr(one, "codes")} == {"markets"}
    assert not re.search("small example|contoh kecil", (review / "codebook.toml").read_text(encoding="utf-8"))
    assert [one.name for one in (review / "codebook").iterdir()] == [f"0001-{desk.codebook.version[:12]}.toml"]
    assert "nothing was added" in told(taken(review, file))


def test_examples_that_somebody_has_changed_stay_and_the_account_says_so(tmp_path: Path) -> None:
    """A case of one's own may have the variables of the example."""
    review = begun(tmp_path / "new", "cases", "en")
    cases = review / "cases.toml"
    cases.write_text(cases.read_text(encoding="utf-8").replace('"example"', '"muara"'), encoding="utf-8")
    account = told(taken(review, qdpx(tmp_path / "p.qdpx", project(source(coded(TEXT, WORDS))))))

    assert "The examples with which the review began are still in codebook.toml." in account
    assert [one.id for one in desk_of(review).codebook.codes][:2] == ["funding", "leadership"]


def test_examples_that_somebody_has_coded_with_are_no_examples(tmp_path: Path) -> None:
    """They stay, and are not spoken of."""
    review = begun(tmp_path / "new", "cases", "en")
    look(LookRequest(folder=review, case="example", group="factors"))
    account = told(taken(review, qdpx(tmp_path / "p.qdpx", project(source(coded(TEXT, WORDS))))))

    assert "example" not in account
    assert [one.id for one in desk_of(review).codebook.codes][:2] == ["funding", "leadership"]


KILLED = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from benang.tasks.exchange.importing import ImportProjectRequest, import_project

left, file, folder = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])


def counted(call):
    def called(*given, **more):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return call(*given, **more)

    return called


for name in ("rename", "replace", "link", "unlink", "mkdir", "rmdir"):
    setattr(os, name, counted(getattr(os, name)))
import_project(ImportProjectRequest(file=file, folder=folder, time=datetime(2026, 1, 1, tzinfo=UTC)))
"""


@pytest.mark.parametrize("calls", [8, 14, 18, 22, 26, 30, 34, 38])
def test_an_import_that_was_killed_is_made_whole_by_the_next(tmp_path: Path, calls: int) -> None:
    """Wherever it was killed: the review can be read, and the same project leads to the same files."""
    other = in_place("Two", coding(40)).replace(PAPER, guid(50))
    file = qdpx(tmp_path / "p.qdpx", project(source(coded(TEXT, WORDS)) + other))
    whole, killed = (begun(tmp_path / name, "cases", "en") for name in ("whole", "killed"))
    when = datetime(2026, 1, 1, tzinfo=UTC)
    taken(whole, file, time=when)

    done = subprocess.run([sys.executable, "-c", KILLED, str(calls), str(file), str(killed)], check=False)

    assert done.returncode == 9
    desk_of(killed)
    taken(killed, file, time=when)
    assert files_of(killed) == files_of(whole)


def test_the_account_names_references_and_reasons_in_the_users_language(review: Path, tmp_path: Path) -> None:
    """Those within other reasons, too."""
    of_case = f'<Cases><Case guid="{guid(71)}" name="Muara"><SourceRef targetGUID="{PAPER}"/></Case></Cases>'
    rich = f'<TextSource guid="{PAPER}" name="Paper 1" richTextPath="internal://a.docx">{coding(5)}</TextSource>'
    file = qdpx(tmp_path / "p.qdpx", project(rich, of_case), {"sources/a.docx": "no Word file"})

    account = told(taken(review, file, language="id"))

    assert "pengodean 1: sumbernya disisihkan: " in account
    assert "rujukan ke sumber 1: merujuk " in account
    assert not re.search("not a|this is|source", account)
