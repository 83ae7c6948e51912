"""A review from somebody else: nothing outside its folder is read, written or removed."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.files import sha256, write_text
from benang.project.folder import open_folder
from benang.review.plan_reading import read_plan
from benang.tasks.build.building import build
from benang.tasks.build.cache import Cache, key_of
from benang.tasks.verify import rekeying

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links ask for rights on Windows")


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Make a folder that no review may touch."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "thesis.docx").write_text("precious")
    (tmp_path / "outside" / "secret.ris").write_text("TY  - JOUR\nTI  - SECRETWORD\nER  - \n")
    (tmp_path / "outside" / "secret_network.txt").write_text("1\t2\t1\n")
    return tmp_path / "outside"


@pytest.fixture
def small(review: Path) -> Path:
    """Return the review with a table alone, so that a build takes no time."""
    plan = (review / "review.toml").read_text(encoding="utf-8")
    (review / "review.toml").write_text(f"{plan.partition('[[maps]]')[0]}[report]\ncorpus = false\n", encoding="utf-8")
    return review


def _state(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.iterdir())}


def _account(out: Path, files: dict[str, str]) -> None:
    (out / ".benang").mkdir(parents=True, exist_ok=True)
    told = {"format": 1, "made": {"m": {"key": "x", "files": files}}}
    (out / ".benang" / "made.json").write_text(json.dumps(told), encoding="utf-8")


def _add(review: Path, old: str, new: str) -> None:
    path = review / "review.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("digest", ["", sha256("precious")])
def test_a_build_removes_nothing_through_a_link(small: Path, outside: Path, digest: str) -> None:
    """Also where the list of what was made knows what the file holds."""
    _account(small / "out", {"old/thesis.docx": digest})
    (small / "out" / "old").symlink_to(outside)
    before = _state(outside)

    with pytest.raises(BenangError, match=r"old/thesis\.docx: this is reached by a link to a place outside the folder"):
        build(small)

    assert _state(outside) == before


@pytest.mark.parametrize(
    "name",
    [
        "../outside/thesis.docx",
        "/ABSOLUTE",
        "..\\outside\\thesis.docx",
        "C:\\thesis.docx",
        "",
        ".",
        "maps",
        "a/../../x",
    ],
)
def test_a_list_of_what_was_made_is_not_believed(small: Path, outside: Path, name: str) -> None:
    """A name that leads out, no name, a folder: the build goes on, and nothing is removed."""
    (small / "out" / "maps").mkdir(parents=True)
    _account(small / "out", {name.replace("/ABSOLUTE", str(outside / "thesis.docx")): sha256("precious")})
    before = _state(outside)

    built = build(small)

    assert built.removed == ()
    assert _state(outside) == before


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        '{"format": 1, "made": ' + '{"a":' * 50_000,
        '{"format": 1e999, "made": {}}',
        "null",
        "\x00",
        "9" * 10_000,
    ],
    ids=["brackets", "braces", "infinite", "null", "NUL", "digits"],
)
def test_a_list_of_what_was_made_that_makes_no_sense_only_means_that_all_is_made(small: Path, content: str) -> None:
    """However deep it is nested, and whatever stands in it."""
    build(small)
    (small / "out" / ".benang" / "made.json").write_text(content, encoding="utf-8")

    built = build(small)

    assert built.made
    assert not built.kept


def test_a_product_in_other_letters_is_not_removed(small: Path) -> None:
    """Where A is a in names, that is the report of this build."""
    report = build(small).report
    capital = report.with_name("REPORT.HTML")
    capital.write_bytes(report.read_bytes())
    account = small / "out" / ".benang" / "made.json"
    made = json.loads(account.read_text(encoding="utf-8"))
    made["made"]["old"] = {"key": "", "files": {capital.name: sha256(report.read_bytes())}}
    account.write_text(json.dumps(made), encoding="utf-8")

    assert build(small).removed == ()
    assert report.is_file()


def test_what_somebody_changed_since_is_not_removed(tmp_path: Path) -> None:
    """A product that the plan no longer asks for goes; a text that was written in its place stays."""

    def write(places: Mapping[str, Path]) -> None:
        for name, place in places.items():
            write_text(place, name)

    cache = Cache(tmp_path).load()
    for name in ("a.txt", "b.txt"):
        cache.make(name, key_of(name), [name], write)
    (tmp_path / "b.txt").write_text("my own notes")

    assert Cache(tmp_path).load().finish() == ["a.txt"]
    assert (tmp_path / "b.txt").read_text() == "my own notes"


@pytest.mark.parametrize("name", ["report.html", "evidence.json", "provenance.json"])
@pytest.mark.parametrize("force", [False, True])
def test_a_build_writes_nothing_through_a_link(small: Path, outside: Path, name: str, force: bool) -> None:
    """A product that is a link out of the output is refused by its name."""
    build(small)
    (small / "out" / name).unlink()
    (small / "out" / name).symlink_to(outside / "thesis.docx")
    before = _state(outside)

    with pytest.raises(BenangError, match=rf"{name}: this is a link to a place outside .* Remove the link, or build"):
        build(small, force=force)

    assert _state(outside) == before


def test_a_folder_in_the_place_of_the_report_is_refused_by_its_name(small: Path) -> None:
    """It is not the output that is no file."""
    (small / "out" / "report.html").mkdir(parents=True)

    with pytest.raises(
        BenangError, match=r"report\.html: this is a folder, not a file\. Choose another folder \(out\)"
    ):
        build(small)


@pytest.mark.parametrize("name", ["out", "out/.benang", "out/maps", "out/.benang/made.json", "out/tables"])
def test_an_output_folder_that_leads_out_is_refused(small: Path, outside: Path, name: str) -> None:
    """Before anything is made."""
    (small / name).parent.mkdir(parents=True, exist_ok=True)
    (small / name).symlink_to(outside)
    before = _state(outside)

    with pytest.raises(BenangError, match="a link to a place outside the folder"):
        build(small)

    assert _state(outside) == before


def test_an_output_that_the_user_names_may_be_a_link(small: Path, tmp_path: Path) -> None:
    """What is typed on the command line is the user's own word."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")

    build(small, out=tmp_path / "link")

    assert (tmp_path / "elsewhere" / "report.html").is_file()


def test_a_hard_link_in_the_output_leaves_its_other_name_as_it_was(small: Path, outside: Path) -> None:
    """Files are written beside and moved into place, never into what is there."""
    (small / "out").mkdir()
    (small / "out" / "report.html").hardlink_to(outside / "thesis.docx")

    build(small)

    assert (outside / "thesis.docx").read_text() == "precious"


def test_links_within_the_review_are_followed(small: Path) -> None:
    """Who keeps exports in another folder of the review may link them."""
    (small / "kept").mkdir()
    (small / "sources" / "markets.ris").rename(small / "kept" / "markets.ris")
    (small / "sources" / "markets.ris").symlink_to("../kept/markets.ris")
    (small / "thesaurus.tsv").rename(small / "kept" / "thesaurus.tsv")
    (small / "thesaurus.tsv").symlink_to("kept/thesaurus.tsv")

    assert len(build(small).findings.corpus) == len(build(small, out=small.parent / "again").findings.corpus) > 0


@pytest.mark.parametrize(
    "name",
    [
        "sources/more.ris", "sources", "documents/x.md", "documents", "judgements/x.jsonl", "judgements", "papers",
        "papers/a.pdf", "codebook.toml", "cases.toml", "claims.toml", "thesaurus.tsv", "keywords.csv",
        "duplicates.tsv", "review.toml", "sources/gone.ris",
    ],
)  # fmt: skip
def test_a_part_of_the_review_that_leads_out_is_refused_by_name(review: Path, outside: Path, name: str) -> None:
    """Exports, documents, judgements, vocabulary, decisions and the plan itself; files and folders; there or not."""
    path = review / name
    kept = (
        path.rename(outside / path.name) if path.exists() else outside / ("gone" if "gone" in name else "thesis.docx")
    )
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(kept)

    for work in (build, rekeying):
        with pytest.raises(BenangError, match=rf"{name}: this is a link to a place outside the folder, .*{kept.name}"):
            work(review)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('thesaurus = "thesaurus.tsv"', 'thesaurus = "{}"'),
        ("[report]\n", '[report]\nalso_cited = "{}"\n'),
        ("[report]\n", '[report]\ntemplate = "{}"\n'),
        ('files = ["sources/*.ris"]', 'files = ["sources/*.ris", "{}"]'),
    ],
)
@pytest.mark.parametrize("way", ["absolute", "above", "link", "folder", "windows"])
def test_the_plan_names_nothing_outside(small: Path, outside: Path, old: str, new: str, way: str) -> None:
    """Not by its whole path, by `..`, by a link, through a linked folder, or in the way of Windows."""
    (small / "linked.ris").symlink_to(outside / "secret.ris")
    (small / "more").symlink_to(outside)
    names = {"absolute": str(outside / "secret.ris"), "above": "../outside/secret.ris", "link": "linked.ris"}
    names |= {"folder": "more/secret.ris", "windows": "..\\\\outside\\\\secret.ris"}
    _add(small, old, new.format(names[way]))

    with pytest.raises(BenangError, match=r"review\.toml, line \d+: '.*' (lies outside|is .*link to a place outside)"):
        read_plan(open_folder(small))


def test_a_pattern_that_matches_through_a_link_is_refused(small: Path, outside: Path) -> None:
    """`*/*.ris` looks into linked folders, too."""
    (small / "more").symlink_to(outside)
    _add(small, "sources/*.ris", "*/*.ris")

    with pytest.raises(
        BenangError,
        match=r"line 7: 'more/secret\.ris' is reached by a link to a place outside the folder, .*secret\.ris\. Copy",
    ):
        build(small)


def test_a_name_with_two_full_stops_is_innocent(small: Path) -> None:
    """`sources/a..b.ris` lies in the folder."""
    (small / "sources" / "markets.ris").rename(small / "sources" / "a..b.ris")
    _add(small, "sources/*.ris", "sources/a..b.ris")

    assert len(build(small).findings.corpus) > 0


@pytest.mark.parametrize("named", ["earlier.txt", "earlier_network.txt"])
def test_an_earlier_map_and_what_is_read_beside_it_stay_within(review: Path, outside: Path, named: str) -> None:
    """`like` reads the links of a map file beside it: these may not lie outside either."""
    for name in ("earlier.txt", "earlier_network.txt"):
        (review / name).write_text("id\tlabel\n1\ta\n2\tb\n")
    (review / named).unlink()
    (review / named).symlink_to(outside / "secret_network.txt")
    _add(review, 'items = "author-keywords"\n', 'items = "author-keywords"\nlike = "earlier.txt"\n')

    with pytest.raises(BenangError, match=rf"line \d+: '{named}' is a link to a place outside the folder"):
        read_plan(open_folder(review))


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names are text on these systems")
def test_names_that_are_no_text_are_written_out(small: Path) -> None:
    """On Linux a name is bytes; exports, documents and judgements of such names are built with, and called readably."""
    plan = (small / "review.toml").read_text(encoding="utf-8")
    asked = '[[maps]]\nname = "reasons"\nitems = "codes"\ncodes = "reasons"\ncomponents = "all"\n\n[report]'
    (small / "review.toml").write_text(plan.replace("[report]", asked), encoding="utf-8")
    odd = os.fsdecode(b"caf\xe9")
    (small / "sources" / "markets.ris").rename(small / "sources" / f"{odd}.ris")
    (small / "documents" / f"{odd}.md").write_text("Nothing of note.\n")
    (small / "judgements" / f"{odd}.jsonl").write_text("")

    report = build(small).report.read_text(encoding="utf-8")

    assert "sources/caf\\udce9.ris" in report
    assert rekeying(small).files.keys() <= {*(small / "documents").iterdir(), *small.iterdir()}
