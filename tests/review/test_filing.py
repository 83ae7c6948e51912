"""No quotation lands under another paper without a word: each way in which it could is tried."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.made_papers import made_pdf
from tests.tasks.screening.shelves import shelves, table

from benang.coding.placed import place
from benang.errors import BenangError
from benang.judgements.events import CONSENSUS, Coding, Consensus
from benang.judgements.log import read_judgements
from benang.judgements.store import FolderStore
from benang.project.folder import open_folder
from benang.review.filing import notes_of
from benang.review.load import Loaded, load
from benang.tasks.build.building import Built, build, build_notes
from benang.tasks.coding.adding import AddRequest, add_coding
from benang.tasks.coding.wishes import Wish
from benang.tasks.documents import add_papers
from benang.tasks.explain import coded_passages
from benang.tasks.screening.deciding import DecideRequest, decide

PLAN = """format = 1
title = "Markets"
question = "Why do they close?"
[sources]
files = ["sources/*"]
{sources}
[report]
corpus = false
{report}
"""
CODEBOOK = """format = 1
[[groups]]
id = "reasons"
label = "Reasons"
[[codes]]
id = "rent"
group = "reasons"
label = "Rent"
definition = "The rent rose."
"""
CASE = """format = 1
[[cases]]
id = "c1"
label = "A – B"
studies = ["{study}"]
"""
QUOTE = "The rent of a stall doubled within a year"
RENT = ("Umpama", "Night markets and the rent of stalls", 2018)
PERMIT = ("Contoh", "Permits in a small town by the sea", 2019)
FRESH = ("Rekaan", "A fresh paper on top of the search", 2024)
RENT_KEY = "umpama2018-night-markets-and-the-946345eb"
Row = tuple[str, str, int]


def ris(*rows: Row, more: str = "") -> str:
    """Write records without ids; `more` are further lines of each."""
    return "".join(f"TY  - JOUR\nAU  - {a}, A.\nTI  - {t}\nPY  - {y}\n{more}ER  - \n\n" for a, t, y in rows)


def bib(key: str, row: Row, more: str = "") -> str:
    """Write an entry with a key."""
    return f"@article{{{key},\n author = {{{row[0]}, A.}},\n title = {{{row[1]}}},\n year = {{{row[2]}}},{more}\n}}\n"


def review(
    folder: Path,
    files: Mapping[str, str],
    study: str,
    *,
    heading: str = "",
    document: str = "note.md",
    sources: str = "",
    report: str = "",
) -> Path:
    """Make a review in which one passage is coded, in a document with this heading, of a case with this study."""
    text = f"---\n{heading}---\n\n{QUOTE}, it says.\n" if heading else f"{QUOTE}, it says.\n"
    start = text.index(QUOTE)
    coding = {"kind": "coding", "id": "c1/rent", "document": f"documents/{document}", "start": start,
              "end": start + len(QUOTE), "quote": QUOTE, "code": "rent", "case": "c1", "coder": "ani"}  # fmt: skip
    written = {
        "review.toml": PLAN.format(sources=sources, report=report),
        "codebook.toml": CODEBOOK,
        "cases.toml": CASE.format(study=study),
        f"documents/{document}": text,
        "judgements/ani.jsonl": '{"format": 1}\n' + json.dumps(coding) + "\n",
        **files,
    }
    for name, content in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def told(title: str, author: str, year: int) -> str:
    """Return the lines in which a document remembers its paper."""
    return f"title: {title}\nfirst author: {author}, A.\nyear: {year}\n"


def held(folder: Path) -> Loaded:
    """Read a review."""
    return load(open_folder(folder))


def forget(folder: Path) -> None:
    """Let the last build be one of a version that kept the hashes of exports, and not which papers names meant."""
    path = folder / "out" / "provenance.json"
    provenance = json.loads(path.read_text(encoding="utf-8"))
    del provenance["papers"]
    path.write_text(json.dumps(provenance), encoding="utf-8")


def title_of(loaded: Loaded) -> str:
    """Return the title of the paper that the one quotation stands under."""
    (document,) = loaded.documents.values()
    return loaded.corpus.record(document.record).title


def test_a_row_key_is_resolved_and_said(tmp_path: Path) -> None:
    """Where nothing confirms a place in a file, the message says that a person should."""
    folder = review(tmp_path, {"sources/a.ris": ris(RENT, PERMIT)}, "a.ris:1", heading="record: a.ris:1\n")
    loaded = held(folder)

    assert title_of(loaded) == RENT[1]
    assert loaded.cases.cases[0].studies == (RENT_KEY,)
    built: Built = build(folder)
    said = [note for note in built.notes if "a.ris:1" in note]
    assert len(said) == 2
    assert all(RENT[1] in note and "without confirmation: check it" in note and "benang keys" in note for note in said)


def test_a_row_key_into_a_file_that_changed_since_the_last_build_stops(tmp_path: Path) -> None:
    """A fresh search has moved the rows: the message says what stands at the place now."""
    folder = review(tmp_path, {"sources/a.ris": ris(RENT, PERMIT)}, "a.ris:1", heading="record: a.ris:1\n")
    build(folder)
    forget(folder)
    (folder / "sources" / "a.ris").write_text(ris(FRESH, RENT, PERMIT), encoding="utf-8")

    with pytest.raises(BenangError) as error:
        build(folder)
    assert str(error.value).count("has changed since the last build") == 2
    assert FRESH[1] in str(error.value)
    assert "documents/note.md" in str(error.value)
    assert "cases.toml, line 5" in str(error.value)


def test_a_row_key_means_what_it_meant_at_the_last_build(tmp_path: Path) -> None:
    """Rows that have moved since are found by the papers that they were."""
    folder = review(tmp_path, {"sources/a.ris": ris(RENT, PERMIT)}, "a.ris:1", heading="record: a.ris:1\n")
    build(folder)
    (folder / "sources" / "a.ris").write_text(ris(FRESH, RENT, PERMIT), encoding="utf-8")

    built = build(folder)
    assert title_of(held(folder)) == RENT[1]
    assert any("recognised by the paper it referred to in the last build" in note for note in built.notes)


@pytest.mark.parametrize("name", ["cases.toml, line 5", "documents/note.md", "keywords.csv, line 2"])
def test_an_id_that_was_given_to_another_paper_stops(tmp_path: Path, name: str) -> None:
    """Ids that a tool counts anew are rows in disguise: a case, a note and keywords know which paper it was."""
    files = {"sources/a.bib": bib("p1", RENT) + bib("p2", PERMIT)}
    files |= {"keywords.csv": "record,keywords\np1,rent\n"} if name.startswith("keywords") else {}
    folder = review(tmp_path, files, "p1", heading="record: p1\n")
    build(folder)
    (folder / "sources" / "a.bib").write_text(bib("p1", PERMIT) + bib("p2", RENT), encoding="utf-8")

    with pytest.raises(BenangError) as error:
        build(folder)
    assert f"{name}: 'p1' was Umpama 2018, “{RENT[1]}” in the last build, and is now 'p1' (Contoh 2019" in str(
        error.value
    )
    assert f"Write 'p2' (Umpama 2018, “{RENT[1]}”) instead" in str(error.value)


def test_a_document_with_a_row_key_goes_by_what_it_remembers(tmp_path: Path) -> None:
    """Not by the place, at which another paper stands now."""
    heading = "record: a.ris:1\n" + told(RENT[1].upper(), "Umpama", 2018)
    folder = review(tmp_path, {"sources/a.ris": ris(FRESH, RENT, PERMIT)}, RENT_KEY, heading=heading)
    assert title_of(held(folder)) == RENT[1]


def test_a_document_under_another_paper_stops_and_says_which(tmp_path: Path) -> None:
    """Key and title of the one that fits stand in the message."""
    folder = review(tmp_path, {"sources/a.ris": ris(RENT, PERMIT)}, RENT_KEY, heading=f"record: {RENT_KEY}\n")
    other = next(one.key for one in held(folder).corpus.records if one.title == PERMIT[1])
    review(tmp_path, {}, RENT_KEY, heading=f"record: {other}\n" + told(*_told(RENT)))

    with pytest.raises(BenangError) as error:
        held(tmp_path)
    assert f"'{RENT_KEY}' (Umpama 2018, “{RENT[1]}”)" in str(error.value)
    assert str(error.value).startswith("documents/note.md: it is filed under")


def _told(row: Row) -> tuple[str, str, int]:
    return row[1], row[0], row[2]


@pytest.mark.parametrize(
    ("title", "author", "year"),
    [
        ("NIGHT MARKETS AND THE RENT OF STALLS.", "Umpama", 2018),
        ("Night markets and the rent of stalls", "van Umpama", 2018),
        ("Night markets and the rent of stalls", "UMPAMA", 2017),
        ("Night markets and the rent of stals", "Umpama", 2018),
        ("Night markets and the rent of stalls: a study of two towns", "Umpama", 2018),
        ("Night markets and the rent of …", "Umpama", 2018),
    ],
)
def test_harmless_changes_of_what_a_document_remembers_are_tolerated(
    tmp_path: Path, title: str, author: str, year: int
) -> None:
    """Case, marks, an early year, a letter, a subtitle and the end of a title that was cut."""
    heading = f"record: {RENT_KEY}\n" + told(title, author, year)
    assert title_of(held(review(tmp_path, {"sources/a.ris": ris(RENT, PERMIT)}, RENT_KEY, heading=heading))) == RENT[1]


@pytest.mark.parametrize(
    ("title", "author", "year"),
    [
        ("Night markets and the rent of stalls", "Contoh", 2018),
        ("Night markets and the rent of stalls", "Umpama", 2015),
        ("Night markets and the rents of vendors", "Umpama", 2018),
        ("Night markets and the rent of stalls, part 2", "Umpama", 2018),
        ("Night markets and the rent of stalls: part 2", "Umpama", 2018),
    ],
)
def test_another_paper_is_never_tolerated(tmp_path: Path, title: str, author: str, year: int) -> None:
    """Another author (two reviews of one book), another year, another word, the second part."""
    heading = f"record: {RENT_KEY}\n" + told(title, author, year)
    with pytest.raises(BenangError, match="which has no record"):
        held(review(tmp_path, {"sources/a.ris": ris(RENT, PERMIT)}, RENT_KEY, heading=heading))


def test_a_title_that_is_nearly_right_yields_to_the_right_one(tmp_path: Path) -> None:
    """Of two papers by one author that differ in a letter or two, the exact one is the paper."""
    north = ("Umpama", "Night markets and their vendors in the north", 2018)
    south = ("Umpama", "Night markets and their vendors in the south", 2018)
    folder = review(tmp_path, {"sources/a.bib": bib("n", north) + bib("s", south)}, "n", heading="record: n\n")
    assert title_of(held(folder)) == north[1]
    review(tmp_path, {}, "n", heading="record: n\n" + told(*_told(south)))

    with pytest.raises(BenangError, match=r"that is 's' \(Umpama 2018, “Night markets and their vendors in the south”"):
        held(folder)


def test_one_citation_key_for_two_papers_is_asked_about(tmp_path: Path) -> None:
    """Two people's files call two papers umpama2018: none of them is chosen by the order of the files."""
    other = ("Umpama", "Stalls and their owners", 2018)
    files = {"sources/a.bib": bib("umpama2018", RENT), "sources/b.bib": bib("umpama2018", other)}
    folder = review(tmp_path, files, "umpama2018", heading="record: umpama2018\n")

    with pytest.raises(BenangError) as error:
        held(folder)
    assert str(error.value).count("'umpama2018' can mean 'umpama2018-") == 2
    assert RENT[1] in str(error.value)
    assert other[1] in str(error.value)


def test_a_document_that_remembers_tells_two_papers_of_one_key_apart(tmp_path: Path) -> None:
    """It is enough for the document; the case must say which."""
    other = ("Umpama", "Stalls and their owners", 2018)
    files = {"sources/a.bib": bib("umpama2018", other), "sources/b.bib": bib("umpama2018", RENT) + bib("c", PERMIT)}
    heading = "record: umpama2018\n" + told(*_told(RENT))
    assert title_of(held(review(tmp_path, files, "c", heading=heading))) == RENT[1]


def test_one_citation_key_for_one_paper_of_two_files_stays(tmp_path: Path) -> None:
    """The same reference exported twice is one work, known by its key."""
    files = {"sources/a.bib": bib("umpama2018", RENT), "sources/b.bib": bib("umpama2018", RENT, " note = {x},")}
    loaded = held(review(tmp_path, files, "umpama2018", heading="record: umpama2018\n"))
    assert (loaded.corpus.keys, title_of(loaded)) == (("umpama2018",), RENT[1])


def test_two_editorials_of_one_title_are_two(tmp_path: Path) -> None:
    """One author, one year, one title, two issues: the key that both would have is asked about."""
    row = ("Umpama", "Editorial: what night markets teach us", 2018)
    first = ris(row, more="JO  - Journal of Invented Markets\nIS  - 1\nSP  - 1\n")
    second = ris(row, more="JO  - Journal of Invented Markets\nIS  - 2\nSP  - 101\n")
    folder = review(tmp_path, {"sources/a.ris": first}, RENT_KEY, sources="join_duplicates = false")
    (folder / "cases.toml").write_text("format = 1\n", encoding="utf-8")
    (folder / "judgements" / "ani.jsonl").unlink()
    (key,) = held(folder).corpus.keys
    review(tmp_path, {"sources/b.ris": second}, key, heading=f"record: {key}\n", sources="join_duplicates = false")

    with pytest.raises(BenangError, match=f"'{key}' can mean '{key}-[0-9a-f]{{8}}' .* or '{key}-[0-9a-f]{{8}}'"):
        held(folder)


def test_a_number_of_another_library_is_another_paper(tmp_path: Path) -> None:
    """EndNote's 7 is a reference of one library: a document that remembers goes to its paper, else it is said."""
    number = "<rec-number>7</rec-number><titles><title>{}</title></titles><dates><year>{}</year></dates>"
    records = f"<record>{number.format(PERMIT[1], 2019)}</record><record>{number.format(RENT[1], 2018)}</record>"
    files = {"sources/a.xml": f"<xml><records>{records.replace('>7<', '>8<', 1)}</records></xml>"}
    remembering = "record: 8\n" + told(*_told(RENT))
    loaded = held(review(tmp_path / "a", files, "7", heading=remembering))
    assert title_of(loaded) == RENT[1]

    built = build(review(tmp_path / "b", files, "7", heading="record: 7\n"))
    assert any("documents/note.md: '7' is" in note and "only its number in a library" in note for note in built.notes)


def test_a_removed_paper_leaves_its_quotation_nowhere(tmp_path: Path) -> None:
    """A record with nearly the same title does not take it."""
    near = ("Umpama", "Night markets and the rent of stalls: a reply", 2018)
    heading = "record: gone2018\n" + told(*_told(RENT))
    folder = review(tmp_path, {"sources/a.bib": bib("reply", near)}, "reply", heading=heading)
    with pytest.raises(BenangError, match="gone2018"):
        build(folder)


def test_a_work_fits_by_any_of_its_records(tmp_path: Path) -> None:
    """A document may be filed under a record that was joined to another, and remember either title."""
    short = ris((RENT[0], RENT[1], 2018), more="DO  - 10.9999/rent\n")
    long = bib("umpama2018", (RENT[0], f"{RENT[1]}: a study", 2018), " doi = {10.9999/rent},")
    for title in (RENT[1], f"{RENT[1]}: a study"):
        for key in ("doi:10.9999/rent", "umpama2018"):
            heading = f"record: {key}\n" + told(title, "Umpama", 2018) + "doi: 10.9999/rent\n"
            loaded = held(review(tmp_path, {"sources/a.ris": short, "sources/b.bib": long}, key, heading=heading))
            assert title_of(loaded).startswith(RENT[1])
            assert len(loaded.corpus) == 1


def test_the_text_of_a_paper_is_held_against_its_record(tmp_path: Path) -> None:
    """A document that remembers nothing, but was made of a PDF, begins with its title."""
    folder = review(tmp_path, {"sources/a.bib": bib("a", RENT) + bib("b", PERMIT)}, "b")
    heading = "record: b\npaper: x.pdf\nextracted: PDFium\npages: 1\nmatched: its title appears on the first pages\n"
    text = f"---\n{heading}---\n{RENT[1]}\nA. Umpama\n{QUOTE}\n"
    (folder / "documents" / "note.md").write_text(text, encoding="utf-8")
    with pytest.raises(BenangError, match=r"it is filed under 'b' .*, but is another paper: that is 'a' \(Umpama 2018"):
        held(folder)

    (folder / "documents" / "note.md").write_text(text.replace("record: b", "record: a"), encoding="utf-8")
    assert title_of(held(folder)) == RENT[1]


def test_keywords_and_decisions_with_row_keys_go_by_the_title_beside_them(tmp_path: Path) -> None:
    """The lists that a build writes have titles; those fit although the rows have moved."""
    keywords = f"record,study,title,keywords\na.ris:1,Umpama (2018),{RENT[1]},rent\n"
    decisions = f"record\tother\tdecision\ttitle\tother title\na.ris:1\ta.ris:2\tdifferent\t{RENT[1]}\t{PERMIT[1]}\n"
    files = {"sources/a.ris": ris(FRESH, RENT, PERMIT), "keywords.csv": keywords, "duplicates.tsv": decisions}
    loaded = held(review(tmp_path, files, RENT_KEY, heading=f"record: {RENT_KEY}\n"))
    words = {record.title: record.author_keywords for record in loaded.corpus.records}

    assert words == {RENT[1]: ("rent",), PERMIT[1]: (), FRESH[1]: ()}
    assert {one.key for one in loaded.sources.filing.renamed if "duplicates" in one.where} == {
        RENT_KEY,
        next(one.key for one in loaded.corpus.records if one.title == PERMIT[1]),
    }


def test_keywords_with_row_keys_stop_where_the_file_has_changed(tmp_path: Path) -> None:
    """Without a title beside it, a place in a changed file is no name."""
    files = {"sources/a.ris": ris(RENT, PERMIT), "keywords.csv": "record,keywords\na.ris:1,rent\n"}
    folder = review(tmp_path, files, RENT_KEY, heading=f"record: {RENT_KEY}\n")
    build(folder)
    forget(folder)
    (folder / "sources" / "a.ris").write_text(ris(FRESH, RENT, PERMIT), encoding="utf-8")
    with pytest.raises(BenangError, match=r"keywords\.csv, line 2: 'a\.ris:1' names a row in a file that has changed"):
        build(folder)


def test_what_is_cited_beside_the_studies_never_takes_their_names(tmp_path: Path) -> None:
    """A work of the reference list has the id of a study: the quotation is cited by the study's author."""
    files = {"sources/a.bib": bib("rent2018", RENT), "beside.bib": bib("rent2018", PERMIT) + bib("again", RENT)}
    folder = review(tmp_path, files, "rent2018", heading="record: rent2018\n", report='also_cited = "beside.bib"')
    loaded = held(folder)
    assert [(one.key, one.title) for one in loaded.also_cited] == [("rent2018-2", PERMIT[1]), ("again", RENT[1])]
    report = build(folder).report.read_text(encoding="utf-8")
    assert report.count(PERMIT[1]) == 1  # in the list of references alone


def test_an_old_map_of_places_opens_no_quotations_of_other_papers(tmp_path: Path) -> None:
    """The places of a map made by an earlier version are refused, keys are not."""
    folder = review(tmp_path, {"sources/a.ris": ris(RENT, PERMIT)}, RENT_KEY, heading=f"record: {RENT_KEY}\n")
    with pytest.raises(BenangError, match=r"'a\.ris:1' names a row in a file, which may now be another record"):
        coded_passages(folder, ["a.ris:1"])
    assert [one.quote for one in coded_passages(folder, [RENT_KEY])] == [QUOTE]


def test_a_name_of_a_file_that_stands_for_a_key_is_understood(tmp_path: Path) -> None:
    """A key with a colon is no file's name: a note called doi-10.9999-rent.md is of doi:10.9999/rent."""
    files = {"sources/a.ris": ris(RENT, more="DO  - 10.9999/rent\n") + ris(PERMIT)}
    folder = review(tmp_path, files, "doi:10.9999/rent", document="doi-10.9999-rent.md")
    assert title_of(held(folder)) == RENT[1]


def test_notes_with_a_title_of_their_own_remember_no_paper(tmp_path: Path) -> None:
    """What Pandoc and Obsidian write into a heading is no paper's title; the build says that nothing is remembered."""
    heading = f"record: {RENT_KEY}\ntitle: What I thought of it\nauthor: Ani\ndate: 2026-01-02\n"
    built = build(review(tmp_path, {"sources/a.ris": ris(RENT, PERMIT)}, RENT_KEY, heading=heading))
    assert any("documents/note.md: does not say which paper it is" in note for note in built.notes)


def test_a_document_whose_record_is_gone_is_said(tmp_path: Path) -> None:
    """Nothing quotes it, so that nobody else would miss it."""
    folder = review(tmp_path, {"sources/a.ris": ris(RENT, PERMIT)}, RENT_KEY, heading=f"record: {RENT_KEY}\n")
    (folder / "documents" / "left.md").write_text("---\nrecord: gone2011\n---\nText.\n", encoding="utf-8")

    notes = build(folder).notes
    assert [note for note in notes if "gone2011" in note] == [
        "documents/left.md: filed under 'gone2011', but no record has that key, so it can't be quoted. "
        "Add its record to the exports, or correct `record` in its heading"
    ]


def test_keys_that_differ_in_marks_or_capitals_have_a_document_each(tmp_path: Path) -> None:
    """a/b, a:b and A:B would be one file on some system."""
    rows = [RENT, PERMIT, FRESH]
    files = {"sources/a.bib": "".join(bib(key, row) for key, row in zip(("a/b", "a:b", "A:B"), rows, strict=True))}
    folder = review(tmp_path, files, "a:b", heading="record: a:b\n")
    (folder / "documents" / "note.md").unlink()
    for at, row in enumerate(rows):
        page = made_pdf(["Journal of Invented Markets", "A study of two invented towns"], title=row[1])
        (tmp_path / f"{at}.pdf").write_bytes(page)
    added = add_papers(folder, [tmp_path / f"{at}.pdf" for at in range(3)])

    assert [one.key for one in added] == ["a/b", "a:b", "A:B"]
    assert len({one.document.casefold() for one in added}) == 3


def test_a_name_that_was_understood_is_said_in_the_users_language(tmp_path: Path) -> None:
    """With the reason, in Indonesian."""
    folder = review(tmp_path / "r", {"sources/a.ris": ris(RENT)}, "a.ris:1", heading="record: a.ris:1\n")
    (first, *_) = notes_of(held(folder).sources.filing, "id")

    assert "hanya urutannya dalam berkas" in first


def test_a_translation_that_was_joined_by_hand_is_the_same_paper_in_the_next_build(tmp_path: Path) -> None:
    """What a build remembers of a decision on duplicates is the record that it names, not the work with another title.

    Otherwise the second build of a review would refuse the decision that the first one followed.
    """
    translated = ("Umpama", "Pasar malam dan sewa lapak", 2018)
    folder = review(
        tmp_path,
        {
            "sources/a.bib": bib("umpama2018", RENT),
            "sources/b.bib": bib("umpama2018id", translated),
            "duplicates.tsv": "record\tother\tdecision\numpama2018\tumpama2018id\tsame\n",
        },
        "umpama2018",
        heading="record: umpama2018\n",
    )
    build(folder)
    papers = json.loads((folder / "out" / "provenance.json").read_text(encoding="utf-8"))["papers"]

    assert {papers["umpama2018"]["title"], papers["umpama2018id"]["title"]} == {RENT[1], translated[1]}
    assert held(folder).corpus.keys == ("umpama2018",)


CODES = '[[groups]]\nid = "why"\nlabel = "Why"\n\n[[codes]]\nid = "rent"\ngroup = "why"\nlabel = "Rent"\n'


def screened(tmp_path: Path, use: str) -> Loaded:
    """Load a review of four records: one excluded, one included, two undecided, the first two coded."""
    folder = shelves(tmp_path / "shops")
    plan = folder / "review.toml"
    plan.write_text(plan.read_text("utf-8").replace("[sources]\n", f'[sources]\nuse = "{use}"\n'), encoding="utf-8")
    (folder / "codebook.toml").write_text(f"format = 1\n\n{CODES}", encoding="utf-8")
    (folder / "documents").mkdir()
    for key in ("s0", "s1"):
        (folder / "documents" / f"{key}.md").write_text(f"The rent of {key} rose.\n", encoding="utf-8")
        wish = Wish(quote=f"The rent of {key} rose.", record=key, code="rent")
        add_coding(AddRequest(folder=folder, wish=wish))
    for stage, verdicts in (("title-abstract", {"s0": "exclude", "s1": "include"}), ("full-text", {"s1": "include"})):
        file = table(tmp_path / f"{stage}.csv", verdicts)
        decide(DecideRequest(folder=folder, file=file, stage=stage))  # type: ignore[arg-type]
    return load(open_folder(folder))


@pytest.mark.parametrize(
    ("use", "works", "coded"),
    [
        ("not-excluded", ("s1", "s2", "s3"), ["s1"]),
        ("included", ("s1",), ["s1"]),
        ("all", ("s0", "s1", "s2", "s3"), ["s0", "s1"]),
    ],
)
def test_the_plan_says_which_works_count(tmp_path: Path, use: str, works: tuple[str, ...], coded: list[str]) -> None:
    """Documents, cases and codings go with their works; the sources keep all four."""
    loaded = screened(tmp_path, use)
    assert loaded.corpus.keys == works
    assert [case.id for case in loaded.cases.cases] == coded
    assert sorted(one.case for one in loaded.judgements.of(Coding)) == coded
    assert len(loaded.sources.works) == 4


def test_a_consensus_on_a_case_goes_with_its_works(tmp_path: Path) -> None:
    """A decision on what is left out must not stop what is counted."""
    loaded = screened(tmp_path, "not-excluded")
    of_cases = {one.case: one for one in read_judgements(loaded.folder).of(Coding)}
    consensuses = [
        Consensus(id=f"k/{case}", coder=CONSENSUS, case=case, code="rent", keeps=(), resolves=(one.id,))
        for case, one in of_cases.items()
    ]
    FolderStore(loaded.folder.root).append(consensuses, time=datetime(2026, 11, 30, tzinfo=UTC))
    again = load(open_folder(loaded.folder.root))

    assert [one.case for one in again.judgements.of(Consensus)] == ["s1"]
    assert place(again.judgements, again.documents, again.codebook, again.cases).passages == {}


def test_the_build_says_how_many_count_and_why(tmp_path: Path) -> None:
    """Excluded and undecided ones are told apart."""
    notes = build_notes(screened(tmp_path, "not-excluded"), {}, "en")
    assert (
        "3 of 4 works count in maps and tables (whatever is not excluded counts; `use` in review.toml): 1 included, "
        "2 undecided or in conflict, 1 excluded"
    ) in notes
