"""A review's folder is read whole, wherever it lies."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.project.folder import open_folder
from benang.records.identity import is_row_key
from benang.records.record import ADDED, ASSIGNED
from benang.review.load import load
from benang.tasks.build.building import build


def test_what_is_told_of_sources_names_files_within_the_review(review: Path) -> None:
    """Wherever the folder lies, ledger and history give the same paths, so that outputs have the same bytes."""
    loaded = load(open_folder(review))

    assert [account.path for account in loaded.corpus.ledger.files] == ["sources/markets.ris"]
    assert loaded.corpus.history[0].arguments["files"] == ("sources/markets.ris",)


def test_a_review_without_codings_is_empty_there(review: Path) -> None:
    """Only the plan and its sources must be there: codebook, cases, claims and judgements may be left out."""
    for name in ("codebook.toml", "cases.toml", "claims.toml"):
        (review / name).unlink()
    (review / "judgements" / "ani.jsonl").unlink()
    plan = review / "review.toml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text[: text.index('[[maps]]\nname = "reasons"')], encoding="utf-8")

    loaded = load(open_folder(review))

    assert (loaded.codebook.codes, loaded.cases.cases, loaded.claims.claims, loaded.judgements.current) == ((),) * 4
    assert len(loaded.corpus) == 3


PLAN = """format = 1
title = "Towns"
question = "Why?"
[sources]
files = ["sources/*"]
{sources}
[[maps]]
name = "topics"
items = "author-keywords"
components = "all"
{maps}
"""
RIS = (
    "TY  - JOUR\nAU  - Contoh, Ani\nTI  - Sister cities and the failure of cooperation\nPY  - 2019\nDO  - 10.1234/a\n"
    "KW  - sister city\nER  - \n"
    "TY  - JOUR\nAU  - Umpama, Budi\nTI  - Rivers and their many banks in Java\nPY  - 2020\nER  - \n"
)
WOS = (
    "FN x\nVR 1.0\nPT J\nAU Contoh, A\nTI Sister cities and the failure of cooperation\nPY 2019\nDI 10.1234/a\n"
    "DE paradiplomacy\nCR Smith J, 2010, J TEST, V12, P34\nUT WOS:1\nER\n\nEF\n"
)


def _review(folder: Path, sources: str = "", maps: str = "", **files: str) -> Path:
    (folder / "sources").mkdir(parents=True)
    (folder / "review.toml").write_text(PLAN.format(sources=sources, maps=maps), encoding="utf-8")
    for name, text in {"sources/a.ris": RIS, "sources/b.txt": WOS, **files}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_records_of_one_work_are_joined_with_their_references(tmp_path: Path) -> None:
    """Three records of two databases are two works; keywords and references of both are kept."""
    held = load(open_folder(_review(tmp_path / "r")))
    first = held.corpus.records[0]

    assert (len(held.sources.records), len(held.corpus)) == (3, 2)
    assert first.author_keywords == ("sister city", "paradiplomacy")
    assert first.references == ("Smith J, 2010, J TEST, V12, P34",)
    assert held.corpus.members.num_rows == 3


def test_the_plan_may_keep_every_record(tmp_path: Path) -> None:
    """`join_duplicates = false` leaves records as they were read."""
    held = load(open_folder(_review(tmp_path / "r", "join_duplicates = false")))

    assert len(held.corpus) == 3


def test_a_decision_of_a_person_is_honoured(tmp_path: Path) -> None:
    """`duplicates.tsv` keeps apart what would be joined; a place in a file, as once, is understood and told."""
    decisions = "record\tother\tdecision\nsources/a.ris:1\tsources/b.txt:1\tdifferent\n"
    held = load(open_folder(_review(tmp_path / "r", **{"duplicates.tsv": decisions})))

    assert len(held.corpus) == 3


def test_a_decision_about_no_record_is_refused(tmp_path: Path) -> None:
    """A misspelt place is named with its line."""
    decisions = "record\tother\tdecision\nsources/a.ris:9\tsources/b.txt:1\tsame\n"

    with pytest.raises(BenangError, match=r"duplicates\.tsv, line 2"):
        load(open_folder(_review(tmp_path / "r", **{"duplicates.tsv": decisions})))


def test_a_study_may_be_named_by_any_record_of_its_work(tmp_path: Path) -> None:
    """The key of a record that was joined to another still finds its work."""
    cases = '[[cases]]\nid = "one"\nlabel = "A – B"\nstudies = ["WOS:1", "a.ris:1"]\n'
    held = load(open_folder(_review(tmp_path / "r", **{"cases.toml": cases})))

    assert held.cases.cases[0].studies == ("WOS:1",)


def test_keywords_of_the_reviewers_are_marked_as_theirs(tmp_path: Path) -> None:
    """Where the databases gave none the field is assigned, where they gave some it is added to."""
    keywords = "record,title,keywords\na.ris:2,Rivers,river; java\nWOS:1,Sister,Paradiplomacy; twin town\n"
    held = load(open_folder(_review(tmp_path / "r", **{"keywords.csv": keywords})))
    first, second = held.corpus.records

    assert second.author_keywords == ("river", "java")
    assert second.origins == {"author_keywords": ASSIGNED}
    assert first.author_keywords == ("sister city", "paradiplomacy", "twin town")
    assert first.origins == {"author_keywords": ADDED}


def test_keywords_for_no_record_are_refused_with_the_nearest(tmp_path: Path) -> None:
    """A misspelt key brings the one that was meant."""
    with pytest.raises(BenangError, match=r"keywords\.csv, line 2: no record has the key 'a\.ris:3'"):
        load(open_folder(_review(tmp_path / "r", **{"keywords.csv": "record,keywords\na.ris:3,river\n"})))


def test_the_list_of_what_lacks_keywords_can_take_the_place_of_the_old_one(tmp_path: Path) -> None:
    """What was added already stands in it, under the keys that were used."""
    third = "TY  - JOUR\nTI  - A third record of quite another thing\nPY  - 2018\nER  - \n"
    added = "record,keywords\na.ris:2,river\nWOS:1,twin town\n"
    built = build(_review(tmp_path / "r", **{"keywords.csv": added, "sources/c.ris": third}))
    with (built.out / "keywords.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["record"]: row["keywords"] for row in csv.DictReader(file)}

    assert sorted(rows.values()) == ["", "river", "twin town"]
    assert rows["WOS:1"] == "twin town"
    assert not any(is_row_key(key) for key in rows)


def test_the_columns_of_a_plain_table_stand_in_the_plan(tmp_path: Path) -> None:
    """Any table is read with its columns named; the form and the encoding of a file can be said too."""
    sources = (
        'encodings = { "sources/a.ris" = "UTF-8" }\nforms = { "sources/a.ris" = "RIS" }\n'
        '[sources.columns."sources/t.csv"]\ntitle = "Judul karya"\nyear = "Kapan"\n'
    )
    held = load(open_folder(_review(tmp_path / "r", sources, **{"sources/t.csv": "Judul karya;Kapan\nDesa;2021\n"})))

    assert ("Desa", 2021) in [(record.title, record.year) for record in held.corpus.records]


def test_a_build_lists_what_reviewers_should_look_at(tmp_path: Path) -> None:
    """Records without keywords and pairs in doubt are written to be filled in, and the notes say so."""
    conference = (
        "TY  - CONF\nAU  - Umpama, Budi\nTI  - Rivers and their many banks in Java\nPY  - 2019\n"
        "T2  - Proceedings of the Conference of Rivers\nKW  - river\nER  - \n"
    )
    built = build(_review(tmp_path / "r", **{"sources/c.ris": conference}))
    with (built.out / "keywords.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    doubts = (built.out / "duplicates.csv").read_text(encoding="utf-8-sig")

    assert [row["title"] for row in rows] == ["Rivers and their many banks in Java"]
    assert rows[0]["record"] in doubts
    assert "umpama2019-rivers-and-their-many-" in doubts
    assert any("4 records are 3 works" in note for note in built.notes)
    assert any("may be one work or two" in note for note in built.notes)
    assert any("have no author keywords" in note for note in built.notes)


def test_the_report_says_how_many_works_the_records_are(tmp_path: Path) -> None:
    """In both languages; every number of records and works adds up."""
    folder = _review(tmp_path / "r")
    english = build(folder).report.read_text(encoding="utf-8")
    indonesian = build(folder, language="id").report.read_text(encoding="utf-8")

    assert "They represent 2 works" in english
    assert "mewakili 2 karya" in indonesian


def test_maps_of_documents_references_and_terms_are_built(tmp_path: Path) -> None:
    """The plan may ask for every map that the command line makes."""
    cited = RIS.replace("ER  - \n", "N1  - References: Lee B., Towns, (2010) J Test, 12, pp. 3-9\nER  - \n")
    maps = (
        '[[maps]]\nname = "coupling"\nitems = "documents"\ncomponents = "all"\n'
        '[[maps]]\nname = "cocited"\nitems = "references"\ncomponents = "all"\nreference_matching = "exact"\n'
        "min_citations = 1\n"
        '[[maps]]\nname = "terms"\nitems = "terms"\nmin_occurrences = 1\nshare = 1.0\ncomponents = "all"\n'
    )
    built = build(_review(tmp_path / "r", maps=maps, **{"sources/a.ris": cited}))

    assert {"maps/coupling", "maps/cocited", "maps/terms"} <= set(built.made)


def test_the_report_says_of_each_map_what_links_its_items(tmp_path: Path) -> None:
    """Coupling, co-citation and terms, their thresholds and matching; a figure without a caption has its map's."""
    cited = RIS.replace("ER  - \n", "N1  - References: Lee B., Towns, (2010) J Test, 12, pp. 3-9\nER  - \n")
    maps = (
        '[[maps]]\nname = "coupling"\ntitle = "Who cites the same"\nitems = "documents"\ncomponents = "all"\n'
        '[[maps]]\nname = "cocited"\nitems = "references"\ncomponents = "all"\nreference_matching = "exact"\n'
        "min_citations = 1\n"
        '[[maps]]\nname = "terms"\nitems = "terms"\nmin_occurrences = 1\nshare = 1.0\ncomponents = "all"\n'
        '[[charts]]\nname = "coupling"\nkind = "map"\nmap = "coupling"\n'
    )
    report = build(_review(tmp_path / "r", maps=maps, **{"sources/a.ris": cited})).report.read_text(encoding="utf-8")

    for text in (
        "linked by the works that both cite",
        "by the records that cite both",
        "documents that cite the same works",
        "works that are cited in the same records",
        "terms that occur together in a title or abstract",
        "Minimum citations",
        "as printed",
        "by author, year, volume and page, or DOI",
        "Counting of terms",
        "Who cites the same",
    ):
        assert text in report
