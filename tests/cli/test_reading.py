"""How commands that read exports are told what a file is, and what they say of it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import pytest
from tests.support import Command

from benang.cli.reading import choices_of, columns_of
from benang.kinds import USUAL_LIKENESS

RIS = "TY  - JOUR\nAU  - Sari, D.\nPY  - 2020\nTI  - {}\nDO  - 10.1234/{}\nKW  - {}\nKW  - kota\nKW  - desa\nER  - \n\n"


def export(folder: Path, name: str = "export.ris", *, word: str = "pasar", encoding: str = "utf-8") -> Path:
    """Write two records of two works."""
    path = folder / name
    text = RIS.format("Harga sewa di pasar malam", "a", word) + RIS.format("Banjir di hulu sungai", "b", word)
    path.write_bytes(text.encode(encoding))
    return path


def occurrences(path: Path) -> dict[str, float]:
    """Return the items of a map with the number of records that they occur in."""
    items = json.loads(path.read_text(encoding="utf-8"))["network"]["items"]
    return {item["label"]: item["weights"]["Occurrences"] for item in items}


def test_works_that_two_files_hold_count_once(benang: Command, tmp_path: Path) -> None:
    """Unless every record is asked for."""
    files = (export(tmp_path, "one.ris"), export(tmp_path, "other.ris"))
    joined = benang("map", *files, "--items", "keywords", "-o", tmp_path / "joined.json")
    kept = benang("map", *files, "--items", "keywords", "--keep-duplicates", "-o", tmp_path / "kept.json")

    assert (joined.code, kept.code) == (0, 0), joined.err + kept.err
    assert occurrences(tmp_path / "joined.json") == {"pasar": 2, "kota": 2, "desa": 2}
    assert occurrences(tmp_path / "kept.json") == {"pasar": 4, "kota": 4, "desa": 4}
    assert "4 records are 2 works; joined to another record: 2." in joined.out
    assert "joined" not in kept.out


def test_an_encoding_that_is_named_is_taken(benang: Command, tmp_path: Path) -> None:
    """In Windows-1250 the byte E8 is č; by itself it would be read as è."""
    path = export(tmp_path, word="čaj", encoding="cp1250")
    said = benang("map", path, "--items", "keywords", "--encoding", "Windows-1250", "-o", tmp_path / "map.json")

    assert said.code == 0, said.err
    assert set(occurrences(tmp_path / "map.json")) == {"čaj", "kota", "desa"}


def test_a_form_that_is_named_for_a_file_is_taken(benang: Command, tmp_path: Path) -> None:
    """RIS is read as RIS, and as XML it cannot be read: nothing is written."""
    path = export(tmp_path)
    said = benang("map", path, "--items", "keywords", "--form", f"{path}=RIS", "-o", tmp_path / "map.json")
    wrong = benang("map", path, "--items", "keywords", "--form", f"{path}=PubMed XML", "-o", tmp_path / "no.json")

    assert said.code == 0, said.err
    assert set(occurrences(tmp_path / "map.json")) == {"pasar", "kota", "desa"}
    assert (wrong.code, (tmp_path / "no.json").exists()) == (1, False)


def test_choices_are_parted_by_file() -> None:
    """A bare name is for all files; the last sign of equality parts, since a path may hold one."""
    choices = choices_of(["a=b/x.txt=RIS", "BibTeX"], ["UTF-16"])
    assert (dict(choices.forms), dict(choices.encodings)) == ({"a=b/x.txt": "RIS", "": "BibTeX"}, {"": "UTF-16"})


@pytest.mark.parametrize(("forms", "encodings"), [(["Word"], []), ([], ["latin-99"]), (["a.txt=RISS"], [])])
def test_unknown_names_are_wrong_usage(forms: list[str], encodings: list[str]) -> None:
    """The message names what was asked for."""
    with pytest.raises(click.UsageError, match=r"Word|latin-99|RISS"):
        choices_of(forms, encodings)


def test_works_that_were_retracted_are_counted(benang: Command, tmp_path: Path) -> None:
    """A map says so before anything is made of them; without any, it says nothing."""
    path = export(tmp_path)
    plain = benang("map", path, "--items", "keywords", "-o", tmp_path / "plain.json")
    path.write_text(path.read_text("utf-8").replace("TI  - Banjir", "TI  - RETRACTED: Banjir"), encoding="utf-8")
    marked = benang("map", path, "--items", "keywords", "-o", tmp_path / "marked.json")

    assert (plain.code, marked.code) == (0, 0), plain.err + marked.err
    assert "1 work is marked as retracted: `benang records` names it." in marked.out
    assert "marked as" not in plain.out


ONE = [Path("a.csv")]
TWO = [Path("a.csv"), Path("C:/data/b.csv")]


@pytest.mark.parametrize(
    ("given", "columns"),
    [
        ("title=Judul; year=3", {"title": "Judul", "year": "3"}),
        ("title = Judul, year = 3", {"title": "Judul", "year": "3"}),
        ("title=Title: full; issue=No., of issue", {"title": "Title: full", "issue": "No., of issue"}),
        ("'title=Judul'", {"title": "Judul"}),
        ("“title=Judul”", {"title": "Judul"}),
        ("a.csv:title=Judul", {"title": "Judul"}),
        ("a.csv: title=Judul", {"title": "Judul"}),
    ],
)  # fmt: skip
def test_fields_and_headers_are_parted(given: str, columns: dict[str, str]) -> None:
    """At semicolons or commas before a field; quotation marks that a terminal left are taken off."""
    assert columns_of([given], ONE) == {"a.csv": columns}


def test_each_of_several_files_has_its_columns() -> None:
    """The name of a file stands before its fields, drive and all."""
    given = ["a.csv:title=Judul", "C:/data/b.csv:title=Titel; year=Jahr", "a.csv:year=Tahun"]
    assert columns_of(given, TWO) == {
        "a.csv": {"title": "Judul", "year": "Tahun"},
        "C:/data/b.csv": {"title": "Titel", "year": "Jahr"},
    }


@pytest.mark.parametrize(
    ("given", "files", "message"),
    [
        ("titel=Judul", ONE, "'titel' is not a field of records. Did you mean 'title'?"),
        ("Judul", ONE, "Found Judul."),
        ("title=", ONE, "no column follows 'title='"),
        ("title=A; title=B", ONE, "title is named twice, as 'A' and as 'B'"),
        ("b.csc:title=A", ONE, "'b.csc' is not among the files to be read. Known: a.csv."),
        ("title=A", TWO, "which file is meant? Put its name before the fields"),
    ],
)
def test_what_is_written_otherwise_is_refused(given: str, files: list[Path], message: str) -> None:
    """Each message says what was expected, or which word was meant."""
    with pytest.raises(click.UsageError) as error:
        columns_of([given], files)
    assert message in str(error.value)


UNKNOWN = (
    "No.,Naslov,Kdo,Leto,Kljuc\n1,Night markets and rent,Umpama A.,2018,rent; kota\n"
    "2,Permits in a small town,Contoh B.,2019,kota; permits\n3,Vendors who left,Misal E.,2020,kota; rent\n"
)
COLUMNS = "title=Naslov; authors=Kdo; year=Leto; author_keywords=Kljuc"


def test_every_command_that_reads_exports_takes_columns(benang: Command, tmp_path: Path) -> None:
    """A table that is unknown to each of them without is read by each with."""
    table = tmp_path / "list.csv"
    table.write_text(UNKNOWN, encoding="utf-8")
    items = ("--items", "author-keywords")
    for command, more in (
        ("records", ()),
        ("map", (*items, "-o", tmp_path / "map.json")),
        ("thresholds", items),
        ("describe", ()),
        ("thesaurus", ("-o", tmp_path / "thesaurus.tsv")),
    ):
        refused, taken = benang(command, table, *more), benang(command, table, *more, "--columns", COLUMNS)

        assert refused.code == 1
        assert "headers do not say what its columns contain" in refused.err
        assert taken.code == 0, taken.err


def test_the_option_that_is_proposed_reads_the_table(benang: Command, tmp_path: Path) -> None:
    """As a terminal takes it apart."""
    table = tmp_path / "list.csv"
    table.write_text(UNKNOWN, encoding="utf-8")
    proposed = next(line for line in benang("records", table).err.splitlines() if "--columns" in line)
    said = benang("records", table, *shlex.split(proposed), "-o", tmp_path / "out.csv")

    assert said.code == 0, said.err
    assert "Night markets and rent" in (tmp_path / "out.csv").read_text(encoding="utf-8")


def test_a_plan_beside_a_table_is_followed(benang: Command, tmp_path: Path) -> None:
    """The option goes before it."""
    table = tmp_path / "list.csv"
    table.write_text(UNKNOWN, encoding="utf-8")
    plan = '[sources.columns."list.csv"]\ntitle = "Naslov"\nyear = "4"\n'
    (tmp_path / "review.toml").write_text(plan, encoding="utf-8")

    assert "title from 'Naslov', year from 'Leto'" in benang("records", table).out
    assert "title from 'Naslov', authors from 'Kdo'" in benang("records", table, "--columns", "title=2; authors=3").out


def test_a_header_that_is_not_there_is_named_with_the_nearest(benang: Command, tmp_path: Path) -> None:
    """So is a number beyond the last column."""
    table = tmp_path / "list.csv"
    table.write_text(UNKNOWN, encoding="utf-8")
    said = benang("records", table, "--columns", "title=Naslof; year=9")

    assert said.code == 1
    assert "title: no column is called 'Naslof'. Did you mean 'Naslov'?" in said.err
    assert "year: there is no column 9. The table has 5 columns." in said.err


X = "Putnam RD, 1988, INT ORGAN, V42, P427"
Y = "Cremer RD, 2001, HABITAT INT, V25, P377"
Z = "Duchacek ID, 1984, PUBLIUS, V14, P5"
Links = dict[frozenset[str], float]


def wos(folder: Path, *records: Sequence[str]) -> Path:
    """Write an export of Web of Science: one record for each list of lines."""
    path = folder / "savedrecs.txt"
    texts = ["\n".join(["PT J", f"UT WOS:{at}", *lines, "ER\n\n"]) for at, lines in enumerate(records, 1)]
    path.write_text("FN Clarivate Analytics Web of Science\nVR 1.0\n" + "".join(texts) + "EF\n", encoding="utf-8")
    return path


def cites(author: str, *references: str) -> list[str]:
    """Return the lines of a record that cites works."""
    return [f"AU {author}, A", f"TI What {author} found", "PY 2020", "CR " + "\n   ".join(references)]


@pytest.fixture
def citing(tmp_path: Path) -> Path:
    """Return three records: two cite X and Y, one cites Y and Z."""
    return wos(tmp_path, cites("Ardi", X, Y), cites("Budi", X, Y), cites("Cici", Y, Z))


def links_of(path: Path) -> Links:
    """Return the links of a map by the first word of both items' labels."""
    network = json.loads(path.read_text(encoding="utf-8"))["network"]
    names: dict[Any, str] = {item["id"]: item["label"].split()[0].strip(",").lower() for item in network["items"]}
    return {frozenset((names[one["source_id"]], names[one["target_id"]])): one["strength"] for one in network["links"]}


def test_documents_are_linked_by_what_they_both_cite(benang: Command, citing: Path, tmp_path: Path) -> None:
    """Ardi and Budi share two works, Cici one with each of them."""
    said = benang("map", citing, "--items", "documents", "-o", tmp_path / "map.json")

    assert said.code == 0, said.err
    assert links_of(tmp_path / "map.json") == {
        frozenset(("ardi", "budi")): 2,
        frozenset(("ardi", "cici")): 1,
        frozenset(("budi", "cici")): 1,
    }


def test_references_are_linked_by_the_records_that_cite_both(benang: Command, citing: Path, tmp_path: Path) -> None:
    """X and Y stand in two lists together, Y and Z in one."""
    said = benang("map", citing, "--items", "references", "--min-citations", 1, "-o", tmp_path / "map.json")

    assert said.code == 0, said.err
    assert links_of(tmp_path / "map.json") == {
        frozenset(("putnam", "cremer")): 2,
        frozenset(("cremer", "duchacek")): 1,
    }


def test_references_below_the_threshold_are_left_out(benang: Command, citing: Path, tmp_path: Path) -> None:
    """Z is cited once; X and Y alone are no map."""
    said = benang("map", citing, "--items", "references", "--min-citations", 2, "-o", tmp_path / "map.json")
    assert (said.code, (tmp_path / "map.json").exists()) == (1, False)
    assert "references: only 2 items are left (--min-citations 2). A lower minimum leaves more: 1 leaves 3." in said.err


@pytest.mark.parametrize(("matching", "strength"), [("keys", 2), ("exact", 1)])
def test_references_are_one_work_by_keys_or_as_printed(
    benang: Command, tmp_path: Path, matching: str, strength: int
) -> None:
    """With a DOI behind it, the same reference is another string."""
    second = cites("Budi", f"{X}, DOI 10.1017/S0020818300027697", Y)
    export = wos(tmp_path, cites("Ardi", X, Y), second, cites("Cici", Y, Z))
    said = benang(
        "map", export, "--items", "documents", "--reference-matching", matching, "-o", tmp_path / "map.json"
    )  # fmt: skip

    assert said.code == 0, said.err
    assert links_of(tmp_path / "map.json")[frozenset(("ardi", "budi"))] == strength


def test_fractional_counting_shares_out_what_is_cited(benang: Command, citing: Path, tmp_path: Path) -> None:
    """X is cited by two and adds 1 to their link; Y is cited by three and adds 1/2 to each of three links."""
    benang("map", citing, "--items", "documents", "--counting", "fractional", "-o", tmp_path / "map.json")

    assert links_of(tmp_path / "map.json") == {
        frozenset(("ardi", "budi")): 1.5,
        frozenset(("ardi", "cici")): 0.5,
        frozenset(("budi", "cici")): 0.5,
    }


def test_terms_come_from_titles_and_abstracts(benang: Command, tmp_path: Path) -> None:
    """Records without any keyword have a map of terms."""
    text = "AB The sister city made a trade agreement. The trade agreement helped the local government."
    export = wos(tmp_path, *([f"TI Sister city of year {at}", f"PY {at}", text] for at in range(2010, 2016)))
    said = benang(
        "map", export, "--items", "terms", "--min-occurrences", 6, "--terms-share", 1, "-o", tmp_path / "map.json"
    )  # fmt: skip

    assert said.code == 0, said.err
    items = json.loads((tmp_path / "map.json").read_text(encoding="utf-8"))["network"]["items"]
    assert {"sister city", "trade agreement", "local government"} <= {item["label"] for item in items}
    assert {item["weights"]["Occurrences"] for item in items} == {6}


@pytest.mark.parametrize(("names", "authors"), [("joined", 3), ("exact", 4)])
def test_forms_of_a_name_are_one_author_or_not(benang: Command, tmp_path: Path, names: str, authors: int) -> None:
    """Dewi Kartika Sari signs with her initials, too."""
    export = wos(
        tmp_path,
        ["AU Sari, DK", "   Wibowo, A", "AF Sari, Dewi Kartika", "   Wibowo, Agus", "TI One", "PY 2020"],
        ["AU Sari, DK", "   Wibowo, A", "AF Sari, D. K.", "   Wibowo, Agus", "TI Another", "PY 2021"],
        ["AU Putra, B", "   Wibowo, A", "AF Putra, Budi", "   Wibowo, Agus", "TI Third", "PY 2022"],
    )
    said = benang("map", export, "--items", "authors", "--author-names", names, "-o", tmp_path / "map.json")

    assert said.code == 0, said.err
    assert len(json.loads((tmp_path / "map.json").read_text(encoding="utf-8"))["network"]["items"]) == authors


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("--items", "keywords", "--link", "co-citation"),
            "--link: expected co-occurrence, found co-citation of keywords",
        ),
        (("--items", "documents", "--min-occurrences", 2), "documents have citations. Choose --min-citations instead."),
        (("--items", "authors", "--min-occurrences", 2), "authors have documents. Choose --min-documents instead."),
        (("--items", "keywords", "--min-documents", 2), "keywords have occurrences. Choose --min-occurrences instead."),
        (("--items", "terms", "--min-citations", 2), "terms are selected by occurrences"),
        (
            ("--items", "sources", "--link", "citation", "--reference-matching", "exact"),
            "expected keys or fuzzy",
        ),
        (("--items", "cited-authors", "--scores", "scores.csv"), "but the map shows cited authors that they cite"),
    ],
)
def test_links_and_thresholds_that_items_cant_have_are_wrong_usage(
    benang: Command, citing: Path, tmp_path: Path, options: tuple[object, ...], message: str
) -> None:
    """The message says what they have; nothing is written."""
    said = benang("map", citing, *options, "-o", tmp_path / "map.json")

    assert (said.code, (tmp_path / "map.json").exists()) == (2, False)
    assert message in " ".join(said.err.split())


def test_the_help_names_the_threshold_that_is_used(benang: Command) -> None:
    """The text is written where the library is not loaded; the number in it is the library's."""
    assert f"[default: {USUAL_LIKENESS:g}]" in " ".join(benang("map", "--help").out.split())


@pytest.mark.parametrize("name", ["min_citations.ris", "link: coupling.ris", "(top).ris", "or all components.ris"])
def test_a_file_that_is_called_like_an_option_keeps_its_name(benang: Command, tmp_path: Path, name: str) -> None:
    """Messages name options where the library names arguments, never within what a user called a file."""
    export = tmp_path / name.replace(":", "-")
    export.write_bytes(b"")
    said = benang("map", export, "--items", "authors", "-o", tmp_path / "map.json")

    assert (said.code, f"{export.name}: the file is empty" in said.err) == (1, True)
