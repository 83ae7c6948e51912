"""Names of a review are joined and kept apart by decisions in its files; each has its effect on counts beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.evidence import Number
from benang.files import Upload
from benang.project.folder import open_folder
from benang.readers.registry import read
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record
from benang.records.thesaurus import read_apart, read_thesaurus
from benang.review.load import load
from benang.review.names import Items, Join, names_of
from benang.tasks.build.findings import corpus_description
from benang.tasks.cleaning import (
    CleanRequest,
    Settlement,
    SettleRequest,
    clean,
    settle,
    use_thesaurus,
)

PLAN = """format = 1
title = "Markets"  # of two towns
question = "Why?"

[sources]
files = ["sources/*.ris"]
"""
NAMED = '\n[cleaning]\nthesaurus = "thesaurus.tsv"\n'
RECORDS = (
    ("Sari, Dewi", "night market", "GDP"),
    ("Sari, D.", "night market", "night markets"),
    ("Umpama, A.", "night market", "rent"),
    ("Sari, Dewi", "night markets", "night-market"),
    ("Umpama, Ani", "rents", "gross domestic product"),
    ("Contoh, C.", "gross domestic product (GDP)", "rent"),
)
"""Of six records the author and two keywords."""


def ris(rows: tuple[tuple[str, str, str], ...] = RECORDS) -> str:
    """Write an export."""
    text = "TY  - JOUR\nAU  - {}\nTI  - Title number {}\nPY  - 2020\nKW  - {}\nKW  - {}\nDO  - 10.9999/{}\nER  - \n\n"
    return "".join(text.format(row[0], at, *row[1:], at) for at, row in enumerate(rows))


def review(folder: Path, thesaurus: str | None = None, plan: str = PLAN) -> Path:
    """Write a review of six records, with a thesaurus that its plan names where one is given."""
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / "a.ris").write_text(ris(), encoding="utf-8")
    (folder / "review.toml").write_text(plan + (NAMED if thesaurus is not None else ""), encoding="utf-8")
    if thesaurus is not None:
        (folder / "thesaurus.tsv").write_bytes(thesaurus.encode("utf-8"))
    return folder


def proposed(folder: Path, items: Items = "keywords") -> dict[str, Join]:
    """Return what is proposed, by its label."""
    return {one.label: one for one in clean(CleanRequest(folder=folder, items=items)).proposals}


def settled(folder: Path, *, items: Items = "keywords", accept: str = "", refuse: str = "") -> Settlement:
    """Decide on the proposals of these labels, with semicolons between them."""
    ids = {label: one.id for label, one in proposed(folder, items).items()}
    chosen = (tuple(ids[one] for one in labels.split(";") if one) for labels in (accept, refuse))
    accepted, refused = chosen
    return settle(SettleRequest(folder=folder, items=items, accept=accepted, refuse=refused))


def test_the_effect_of_a_proposal_counts_a_record_with_both_once(tmp_path: Path) -> None:
    """Three records have *night market*, two *night markets*, one of them both: four in all, not five."""
    one = proposed(review(tmp_path / "r"))["night markets"]
    assert (one.name, one.kind, one.records, one.records_of_name, one.joined) == ("night market", "plural", 2, 3, 4)


def test_all_kinds_of_proposals_are_counted_the_most_first(tmp_path: Path) -> None:
    """Two acronyms, two plurals, one hyphen."""
    state = clean(CleanRequest(folder=review(tmp_path / "r")))
    assert list(state.kinds.items()) == [
        ("acronym", 2),
        ("plural", 2),
        ("punctuation or accents", 1),
    ]
    assert state.n_records == 6


def test_proposals_with_the_greatest_effect_come_first(tmp_path: Path) -> None:
    """*Night market* has four records with all its variants, the others have fewer."""
    names = [one.name for one in clean(CleanRequest(folder=review(tmp_path / "r"))).proposals]
    assert names[:2] == ["night market", "night market"]


def test_a_group_counts_all_that_may_be_one_name(tmp_path: Path) -> None:
    """Three records of *night market* and those of its plural and its hyphen are four."""
    group = clean(CleanRequest(folder=review(tmp_path / "r"))).groups[0]
    assert (group.name, group.records, group.together) == ("night market", 3, 4)
    assert [one.label for one in group.joins] == ["night markets", "night-market"]


def test_an_id_is_the_same_when_other_records_come(tmp_path: Path) -> None:
    """A page that was opened before an export was added still decides on what it showed."""
    folder = review(tmp_path / "r")
    before = {label: one.id for label, one in proposed(folder).items()}
    (folder / "sources" / "b.ris").write_text(ris((("Kata, K.", "night markets", "lamp"),)), encoding="utf-8")
    after = {label: one.id for label, one in proposed(folder).items()}
    assert before == after


def test_what_is_accepted_is_a_line_of_the_thesaurus_and_the_plan_names_it(tmp_path: Path) -> None:
    """A review without a thesaurus gets one; comments of its plan stay."""
    folder = review(tmp_path / "r")
    done = settled(folder, accept="night markets")
    text = (folder / "thesaurus.tsv").read_text(encoding="utf-8")
    assert text == "label\treplace by\treason\nnight markets\tnight market\tplural\n"
    assert (folder / "review.toml").read_text(encoding="utf-8") == PLAN + NAMED
    assert [(one.path.name, one.before, one.after) for one in done.changes] == [
        ("thesaurus.tsv", None, text.encode()),
        ("review.toml", PLAN.encode(), (PLAN + NAMED).encode()),
    ]
    assert [(one.label, one.name, one.together, one.kind) for one in done.decided] == [
        ("night markets", "night market", 4, "plural")
    ]


def test_a_plan_with_other_rules_of_cleaning_gets_a_line_more(tmp_path: Path) -> None:
    """An empty table `[cleaning]` is filled."""
    folder = review(tmp_path / "r", plan=f"{PLAN}\n[cleaning] # later\n")
    settled(folder, accept="night markets")
    assert (
        (folder / "review.toml")
        .read_text(encoding="utf-8")
        .endswith('[cleaning] # later\nthesaurus = "thesaurus.tsv"\n')
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("label\treplace by\nlamp\tlight\n", "label\treplace by\nlamp\tlight\nnight markets\tnight market\n"),
        ("Label;Replace by\r\nlamp;light", "Label;Replace by\r\nlamp;light\r\nnight markets;night market\r\n"),
        ("\ufefffrom,to,note\nlamp,light,mine\n", "\ufefffrom,to,note\nlamp,light,mine\nnight markets,night market,\n"),
        (
            "label\treplace by\toccurrences\treason\nlamp\tlight\t3\t\n",
            "label\treplace by\toccurrences\treason\nlamp\tlight\t3\t\nnight markets\tnight market\t\tplural\n",
        ),
        ('lamp\tlight\n"a\nb"\tc\n', 'lamp\tlight\n"a\nb"\tc\nnight markets\tnight market\n'),
    ],
)
def test_a_line_is_added_in_the_way_of_its_file(tmp_path: Path, before: str, after: str) -> None:
    """Columns, line ends, marks and what the user wrote stay as they are."""
    folder = review(tmp_path / "r", before)
    settled(folder, accept="night markets")
    assert (folder / "thesaurus.tsv").read_bytes().decode("utf-8") == after


def test_the_thesaurus_of_vosviewer_stays_in_its_encoding(tmp_path: Path) -> None:
    """Notepad saves UTF-16."""
    folder = review(tmp_path / "r", "")
    (folder / "thesaurus.tsv").write_bytes("label\treplace by\nMendonça\tMendonca\n".encode("utf-16"))
    settled(folder, accept="night markets")
    read_again = (folder / "thesaurus.tsv").read_bytes().decode("utf-16")
    assert read_again == "label\treplace by\nMendonça\tMendonca\nnight markets\tnight market\n"


def test_what_was_accepted_counts_in_what_is_left(tmp_path: Path) -> None:
    """After *night markets* has joined, *night-market* would join four records, and is in one of them already."""
    folder = review(tmp_path / "r")
    state = settled(folder, accept="night markets").cleaning
    assert "night markets" not in {one.label for one in state.proposals}
    (one,) = (one for one in state.proposals if one.label == "night-market")
    assert (one.records, one.records_of_name, one.joined) == (1, 4, 4)


def test_what_is_refused_is_kept_in_a_table_and_not_proposed_again(tmp_path: Path) -> None:
    """The table says what and why; the thesaurus is not begun for it."""
    folder = review(tmp_path / "r")
    done = settled(folder, refuse="night markets")
    assert (folder / "kept-apart.tsv").read_text(encoding="utf-8") == (
        "label\tother\titems\treason\nnight markets\tnight market\tkeywords\tplural\n"
    )
    assert not (folder / "thesaurus.tsv").exists()
    assert "night markets" not in proposed(folder)
    assert [(one.verdict, one.label, one.name) for one in done.decided] == [("apart", "night markets", "night market")]


def test_a_pair_that_is_kept_apart_stays_so_whichever_is_more_frequent(tmp_path: Path) -> None:
    """New records make *night markets* the more frequent one; neither is proposed for the other."""
    folder = review(tmp_path / "r")
    settled(folder, refuse="night markets")
    rows = tuple((f"Kata, K{at}.", "night markets", f"lamp {at}") for at in "abcd")
    (folder / "sources" / "b.ris").write_text(ris(rows).replace("10.9999/", "10.9999/b"), encoding="utf-8")
    after = proposed(folder)
    assert "night markets" not in after
    assert "night market" not in after


def test_a_decision_is_taken_back_and_open_again(tmp_path: Path) -> None:
    """The lines of the user stay, also the blank one."""
    folder = review(tmp_path / "r", "label\treplace by\n\nlamp\tlight\n")
    accepted = settled(folder, accept="night markets", refuse="rents")
    ids = tuple(one.id for one in accepted.decided)
    assert len(ids) == 2
    done = settle(SettleRequest(folder=folder, take_back=ids))
    assert (folder / "thesaurus.tsv").read_text(encoding="utf-8") == "label\treplace by\n\nlamp\tlight\n"
    assert read_apart(folder / "kept-apart.tsv") == ()
    assert {"night markets", "rents"} <= {one.label for one in done.cleaning.proposals}


def test_a_line_of_the_user_can_be_taken_back_too(tmp_path: Path) -> None:
    """It is listed with how many records it concerns; a line of no record is only counted."""
    folder = review(tmp_path / "r", "rent\t\nlamp\tlight\n")
    (one,) = clean(CleanRequest(folder=folder)).settled
    assert (one.label, one.name, one.records, one.kind) == ("rent", "", 2, "")
    assert clean(CleanRequest(folder=folder)).others == 1
    settle(SettleRequest(folder=folder, take_back=(one.id,)))
    assert read_thesaurus(folder / "thesaurus.tsv").replacements == (("lamp", "light"),)


def test_the_name_that_the_thesaurus_prefers_is_the_name_of_the_others(tmp_path: Path) -> None:
    """*Night markets* replaces something already, so that it replaces the more frequent *night market* too."""
    folder = review(tmp_path / "r", "label\treplace by\nmarket at night\tnight markets\n")
    after = proposed(folder)
    assert "night markets" not in after
    assert (after["night market"].name, after["night-market"].name) == ("night markets", "night markets")


def test_a_name_that_is_replaced_is_followed_to_its_replacement(tmp_path: Path) -> None:
    """No replacement is replaced again, so a variant gets the last name at once."""
    folder = review(tmp_path / "r", "label\treplace by\nnight market\tpasar malam\n")
    after = proposed(folder)
    assert {after[one].name for one in ("night markets", "night-market")} == {"pasar malam"}
    assert after["night markets"].records_of_name == 3
    settled(folder, accept="night markets;night-market")
    assert read_thesaurus(folder / "thesaurus.tsv").notes == ()


def test_variants_of_a_label_that_is_left_out_are_not_proposed(tmp_path: Path) -> None:
    """Nothing is called by no name."""
    folder = review(tmp_path / "r", "label\treplace by\nnight market\t\n")
    assert not {"night markets", "night-market"} & set(proposed(folder))


def test_the_same_decision_twice_changes_nothing(tmp_path: Path) -> None:
    """A second page, opened before, accepts what the first one has accepted."""
    folder = review(tmp_path / "r")
    ids = (proposed(folder)["night markets"].id,)
    settle(SettleRequest(folder=folder, accept=ids))
    before = (folder / "thesaurus.tsv").read_bytes()
    done = settle(SettleRequest(folder=folder, accept=ids, refuse=ids))
    assert done.changes == ()
    assert (folder / "thesaurus.tsv").read_bytes() == before


def test_an_id_of_nothing_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    """As when the records changed meanwhile."""
    folder = review(tmp_path / "r")
    with pytest.raises(BenangError, match="'abc' is not proposed"):
        settle(SettleRequest(folder=folder, accept=("abc",)))
    assert sorted(path.name for path in folder.iterdir()) == ["judgements", "review.toml", "sources"]


def test_a_thesaurus_that_the_plan_does_not_name_is_not_taken_into_use_by_the_way(tmp_path: Path) -> None:
    """Proposals that `benang thesaurus` wrote into the folder count only when somebody says so."""
    folder = review(tmp_path / "r")
    (folder / "thesaurus.tsv").write_text("label\treplace by\nrents\trent\n", encoding="utf-8")
    assert clean(CleanRequest(folder=folder)).is_unused
    assert "rents" in proposed(folder)
    with pytest.raises(BenangError, match="the plan does not use it"):
        settled(folder, accept="night markets")
    (change,) = use_thesaurus(folder)
    assert change.after == (PLAN + NAMED).encode()
    assert "rents" not in proposed(folder)


def test_a_thesaurus_that_is_wrong_is_not_written_over(tmp_path: Path) -> None:
    """What is wrong in it is said as everywhere."""
    folder = review(tmp_path / "r", "label\treplace by\n")
    ids = (proposed(folder)["night markets"].id,)
    (folder / "thesaurus.tsv").write_text("label\treplace by\na\tb\na\tc\n", encoding="utf-8")
    with pytest.raises(BenangError, match="'a' replaced by 'c', but in line 2 by 'b'"):
        settle(SettleRequest(folder=folder, accept=ids))


def test_a_label_that_looks_like_a_formula_is_written_as_text(tmp_path: Path) -> None:
    """A spreadsheet that opens the thesaurus computes nothing."""
    folder = review(tmp_path / "r")
    rows = (("A, B.", "=night bazaar", "x"), ("A, C.", "=night bazaars", "=night bazaar"))
    (folder / "sources" / "b.ris").write_text(ris(rows).replace("10.9999/", "10.9999/b"), encoding="utf-8")
    settled(folder, accept="=night bazaars")
    assert "\n'=night bazaars\t'=night bazaar\t" in (folder / "thesaurus.tsv").read_text(encoding="utf-8")
    assert "=night bazaars" not in proposed(folder)


def test_forms_of_an_author_are_one_already_and_can_be_kept_apart(tmp_path: Path) -> None:
    """Sari, D. has one record, Sari, Dewi two: three together."""
    folder = review(tmp_path / "r")
    one = proposed(folder, "authors")["Sari, D."]
    assert (one.name, one.kind, one.records, one.records_of_name, one.joined) == ("Sari, Dewi", "name form", 1, 2, 3)
    assert one.is_counted_as_one
    assert described(folder)["corpus/authors/sari, dewi/records"].value == 3
    settled(folder, items="authors", refuse="Sari, D.")
    assert described(folder)["corpus/authors/sari, dewi/records"].value == 2
    assert "Sari, D." not in proposed(folder, "authors")
    assert "Umpama, A." in proposed(folder, "authors")


def described(folder: Path) -> Mapping[str, Number]:
    """Return the numbers of the corpus, as the report of a review has them."""
    loaded = load(open_folder(folder))
    return corpus_description(loaded.corpus, loaded.thesaurus).numbers


def test_what_is_accepted_counts_in_the_report(tmp_path: Path) -> None:
    """Three names are two authors, since one of them is short for another."""
    folder = review(tmp_path / "r")
    (folder / "sources" / "a.ris").write_text(
        ris((("Li, X.", "a", "b"), ("Li, Xiang", "c", "d"), ("Li, Xin", "e", "f")))
    )
    before = described(folder)
    assert before["corpus/overview/authors/value"].value == 3
    one = next(one for one in clean(CleanRequest(folder=folder, items="authors")).proposals if one.name == "Li, Xin")
    settle(SettleRequest(folder=folder, items="authors", accept=(one.id,)))
    after = described(folder)
    assert after["corpus/overview/authors/value"].value == 2
    assert after["corpus/authors/li, xin/records"].value == 2


def authors_of(*names: str) -> Corpus:
    """Make a corpus of one author a record."""
    return corpus_of(Record(f"r{at}", authors=(name,)) for at, name in enumerate(names))


def test_a_name_that_two_authors_may_have_is_proposed_for_each() -> None:
    """Which of them it is, a person decides."""
    names = names_of(authors_of("Li, X.", "Li, Xiang", "Li, Xin"), "authors")
    assert [(one.label, one.replacement, one.reason) for one in names.proposals] == [
        ("Li, X.", "Li, Xiang", "shared name"),
        ("Li, X.", "Li, Xin", "shared name"),
    ]


def test_a_name_can_not_be_two_others_at_once(tmp_path: Path) -> None:
    """Both proposals of a shared name, accepted together, are refused."""
    folder = review(tmp_path / "r")
    rows = tuple((name, f"k{name}", "x") for name in ("Li, X.", "Li, Xiang", "Li, Xin"))
    (folder / "sources" / "b.ris").write_text(ris(rows).replace("10.9999/", "10.9999/b"), encoding="utf-8")
    state = clean(CleanRequest(folder=folder, items="authors"))
    ids = tuple(one.id for one in state.proposals if one.kind == "shared name")
    assert len(ids) == 2
    with pytest.raises(BenangError, match=r"'Li, X\.' can't be several names at once"):
        settle(SettleRequest(folder=folder, items="authors", accept=ids))
    after = settle(SettleRequest(folder=folder, items="authors", accept=ids[:1])).cleaning
    assert not [one for one in after.proposals if one.kind == "shared name"]


def test_organisations_are_compared_after_their_rules() -> None:
    """An article makes no difference already; an acronym in brackets is not."""
    places = ("Contoh University (CU)", "Contoh University", "The Contoh University")
    records = (Record(f"r{at}", affiliations=(f"{name}, Bandung, Indonesia",)) for at, name in enumerate(places))
    names = names_of(corpus_of(records), "organizations")
    assert [(one.label, one.replacement, one.reason) for one in names.proposals] == [
        ("Contoh University (CU)", "Contoh University", "acronym in brackets")
    ]


def test_countries_are_not_cleaned() -> None:
    """A table reads them."""
    with pytest.raises(BenangError, match="countries"):
        names_of(corpus_of(()), "countries")  # type: ignore[arg-type]


def test_translations_come_from_the_codebook(tmp_path: Path) -> None:
    """Labels of a code in two languages are proposed for each other."""
    folder = review(tmp_path / "r")
    (folder / "codebook.toml").write_text(
        'format = 1\n[[groups]]\nid = "codes"\nlabel = "Codes"\n'
        '[[codes]]\nid = "rent"\ngroup = "codes"\nlabel = { en = "rent", id = "GDP" }\n',
        encoding="utf-8",
    )
    assert {one.kind for one in clean(CleanRequest(folder=folder)).proposals} >= {"translation"}


def test_the_account_says_what_was_decided_in_both_languages(tmp_path: Path) -> None:
    """The command line prints it."""
    folder = review(tmp_path / "r")
    done = settled(folder, accept="night markets", refuse="rents")
    assert [one.text for one in done.account.notes] == [
        "night markets is night market now: 4 records.",
        "rents and rent are kept apart.",
    ]
    ids = tuple(one.id for one in done.decided)
    back = settle(SettleRequest(folder=folder, take_back=ids, language="id"))
    assert [one.text for one in back.account.notes] == ["Terbuka lagi: night markets.", "Terbuka lagi: rents."]


def test_a_thousand_proposals_are_found_within_a_moment() -> None:
    """The groups are looked up, not compared: a corpus of 3,000 keywords has 1,000 plurals."""
    records = [Record(f"r{at}", author_keywords=(f"thing{at}a", f"thing{at}as", f"other{at}z")) for at in range(1000)]
    names = names_of(corpus_of(records), "keywords")
    assert len(names.proposals) == 1000


def test_names_come_from_an_export() -> None:
    """As a page collects them once, for all decisions on them."""
    corpus = read(Upload("a.ris", ris().encode()))
    names = names_of(corpus, "keywords")
    assert len(names.works["night market"]) == 3


def joined_by_hand(folder: Path, label: str, name: str) -> Settlement:
    """Join two names that nobody proposed."""
    return settle(SettleRequest(folder=folder, join=((label, name),)))


def test_names_that_have_nothing_in_common_are_joined_by_hand(tmp_path: Path) -> None:
    """The line has the spelling of the records."""
    folder = review(tmp_path / "r")
    done = joined_by_hand(folder, "RENTS", "price of a stall")
    assert read_thesaurus(folder / "thesaurus.tsv").replacements == (("rents", "price of a stall"),)
    assert [(one.label, one.name, one.together) for one in done.decided] == [("rents", "price of a stall", 1)]


def test_a_name_joined_by_hand_gets_the_last_name_at_once(tmp_path: Path) -> None:
    """No chains."""
    folder = review(tmp_path / "r", "label\treplace by\nrent\tsewa\n")
    joined_by_hand(folder, "GDP", "rent")
    assert ("GDP", "sewa") in read_thesaurus(folder / "thesaurus.tsv").replacements


@pytest.mark.parametrize(
    ("label", "name", "problem"),
    [
        ("", "x", "one of the two names is missing"),
        ("rents", " ", "one of the two names is missing"),
        ("rint", "x", "no record has 'rint'. Did you mean 'rent'"),
        ("Rents", "rents", "are one name already"),
        ("rent", "x", "'rent' is in the thesaurus already"),
        ("gdp", "x", "'gdp' is in the thesaurus already"),
    ],
)
def test_a_name_that_can_not_be_joined_is_said(tmp_path: Path, label: str, name: str, problem: str) -> None:
    """Nothing is written."""
    text = "label\treplace by\nrent\tGDP\n"
    folder = review(tmp_path / "r", text)
    with pytest.raises(BenangError, match=re.escape(problem)):
        joined_by_hand(folder, label, name)
    assert (folder / "thesaurus.tsv").read_text(encoding="utf-8") == text
