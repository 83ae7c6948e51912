"""What a review begins with: files that are read without a fault and explain themselves, and a whole folder."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.locale import Language
from benang.project.folder import open_folder
from benang.review.beginning import KINDS, Beginning, ReviewKind, beginning_files, write_folder
from benang.review.load import Loaded, load
from benang.screening.searches import parsed_searches

BOTH: tuple[Language, ...] = ("en", "id")


def begun(folder: Path, kind: ReviewKind, language: Language = "en", **more: object) -> Loaded:
    """Write the files of a review that begins without an export, and load it."""
    (folder / "sources").mkdir(parents=True)
    beginning = Beginning(title="Markets", question="Why?", kind=kind, language=language, **more)  # type: ignore[arg-type]
    for name, text in beginning_files(beginning).items():
        (folder / name).write_text(text, encoding="utf-8")
    return load(open_folder(folder))


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_a_review_from_the_first_moment(tmp_path: Path, kind: ReviewKind, language: Language) -> None:
    """Its files are read without a fault before there is any export; nothing is drawn of records then."""
    loaded = begun(tmp_path, kind, language, reviewers=("ani", "budi"))

    assert (loaded.plan.language, loaded.plan.reviewers) == (language, ("ani", "budi"))
    assert (len(loaded.corpus), loaded.plan.maps) == (0, ())


@pytest.mark.parametrize("language", BOTH)
def test_a_review_of_cases_shows_a_code_a_variable_a_case_and_a_task(tmp_path: Path, language: Language) -> None:
    """Each with values that fit, and a task line of the example case."""
    loaded = begun(tmp_path, "cases", language)
    codebook, (case,) = (tmp_path / "codebook.toml").read_text(encoding="utf-8"), loaded.cases.cases

    assert [code.id for code in loaded.codebook.codes] == ["funding", "leadership"]
    assert set(case.values) == {variable.id for variable in loaded.codebook.variables}
    assert f'{{"kind": "task", "id": "{case.id}/factors"' in codebook


def test_the_cases_file_lists_the_keys_of_records() -> None:
    """The first is the study of the example, and each stands with the paper that it is."""
    files = beginning_files(
        Beginning(title="M", question="Q", kind="cases", records={"sari2018": "Sari 2018, “Night\nmarkets”", "b": "B"})
    )

    assert "#   sari2018: Sari 2018, “Night markets”\n#   b: B\n" in files["cases.toml"]
    assert tomllib.loads(files["cases.toml"])["cases"][0]["studies"] == ["sari2018"]


@pytest.mark.parametrize("language", BOTH)
def test_searches_are_begun_from_the_exports(tmp_path: Path, language: Language) -> None:
    """Exports of one database are one search; one that names none is called as its file. All else waits."""
    exports = {
        "sources/s1.csv": "Scopus",
        "sources/w.txt": 'Web of "Science"',
        "sources/s2.csv": "Scopus",
        "sources/夜.ris": "",
    }
    files = beginning_files(Beginning(title="M", question="Q", kind="scoping", language=language, exports=exports))
    (tmp_path / "sources").mkdir()
    for name in exports:
        (tmp_path / name).write_text("", encoding="utf-8")

    searches = parsed_searches(files["searches.toml"], tmp_path).searches

    assert [(one.id, one.name, one.files) for one in searches] == [
        ("scopus", "Scopus", ("sources/s1.csv", "sources/s2.csv")),
        ("web-of-science", 'Web of "Science"', ("sources/w.txt",)),
        ("夜", "夜", ("sources/夜.ris",)),
    ]
    assert {one.open_fields for one in searches} == {("platform", "date", "query", "hits", "by")}


@pytest.mark.parametrize("language", BOTH)
def test_the_commented_search_and_record_are_what_they_show(tmp_path: Path, language: Language) -> None:
    """Without their marks of a remark they are read without a fault."""
    text = beginning_files(Beginning(title="M", question="Q", kind="systematic", language=language))["searches.toml"]
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/scopus.csv").write_text("", encoding="utf-8")
    head, _, example = text.partition("format = 1\n")
    record = "\n".join(line[4:] for line in head.split("[[records]]")[1].splitlines())
    shown = example.replace("\n# ", "\n") + "[[records]]" + record.replace(record.split('"')[1], "scopus")

    searches = parsed_searches(shown, tmp_path)

    assert searches.searches[0].query == 'TITLE-ABS-KEY("night market*" OR "pasar malam")\n'
    assert (searches.records[0].kind, searches.records[0].accessed) == ("report", "2026-03-14")


@pytest.mark.parametrize("language", BOTH)
def test_a_review_that_maps_its_field_has_codes_as_remarks_only(tmp_path: Path, language: Language) -> None:
    """Its report then has no section on coding."""
    loaded = begun(tmp_path, "bibliometric", language)

    assert not loaded.codebook.codes
    assert "# [[codes]]" in (tmp_path / "codebook.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("kind", KINDS)
def test_further_tables_can_stand_at_the_end_of_each_file(tmp_path: Path, kind: ReviewKind, language: Language) -> None:
    """Groups, codes, cases and tables that are put behind the examples are read as well."""
    begun(tmp_path, kind, language)
    further = {
        "codebook.toml": '[[groups]]\nid = "reasons"\nlabel = "R"\n'
        '[[codes]]\nid = "rent"\ngroup = "reasons"\nlabel = "R"\n',
        "review.toml": '[[tables]]\nname = "reasons"\nkind = "codes"\ncodes = "reasons"\n',
        "cases.toml": '[[cases]]\nid = "muara"\nlabel = "Muara"\n',
    }
    for name in further:
        if (tmp_path / name).exists():
            with (tmp_path / name).open("a", encoding="utf-8") as file:
                file.write(f"\n{further[name]}")
    loaded = load(open_folder(tmp_path))

    assert loaded.codebook.code("rent") is not None
    assert loaded.plan.tables[-1].name == "reasons"
    assert kind != "cases" or "muara" in loaded.cases.by_id


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_say_the_same(kind: ReviewKind) -> None:
    """Keys and ids are the same in both; only texts differ."""
    first, second = (
        beginning_files(Beginning(title="M", question="Q", kind=kind, language=language)) for language in BOTH
    )

    for name in first:
        one, other = (tomllib.loads(files[name]) for files in (first, second))
        assert _shape(one) == _shape(other)


def test_a_map_that_lacks_records_is_a_remark_with_its_charts() -> None:
    """The others stay."""
    beginning = Beginning(title="M", question="Q", kind="bibliometric", lacking=("maps/terms", "charts/topics-by-year"))
    plan = tomllib.loads(beginning_files(beginning)["review.toml"])

    assert [one["name"] for one in plan["maps"]] == ["topics", "authors", "documents"]
    assert [one["name"] for one in plan["charts"]] == ["topics", "authors", "documents", "years"]


def _shape(data: object) -> object:
    if isinstance(data, dict):
        return {key: _shape(value) for key, value in data.items() if key not in ("language", "id", "label")}
    return [_shape(one) for one in data] if isinstance(data, list) else type(data)


FILES = {"review.toml": b"format = 1\n", "sources/a.ris": b"TY  - JOUR\n"}


def test_a_folder_is_written_with_its_files_and_empty_folders(tmp_path: Path) -> None:
    """Folders above it that are missing are made as well, and nothing is left beside it."""
    write_folder(tmp_path / "mine" / "r", FILES, ("papers",))

    assert (tmp_path / "mine" / "r" / "sources" / "a.ris").read_bytes() == FILES["sources/a.ris"]
    assert (tmp_path / "mine" / "r" / "papers").is_dir()
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["r"]


def test_an_empty_folder_is_filled_and_hidden_files_in_it_stay(tmp_path: Path) -> None:
    """It may be under version control, or the folder in which the command runs."""
    (tmp_path / ".git").mkdir()
    write_folder(tmp_path, FILES)

    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "review.toml", "sources"]


@pytest.mark.parametrize(
    ("there", "said"),
    [("notes.txt", "not empty: it contains notes.txt"), ("review.toml", "this folder already contains a review")],
)
def test_a_folder_that_holds_something_is_refused(tmp_path: Path, there: str, said: str) -> None:
    """What it holds is named, and stays as it is."""
    (tmp_path / there).write_text("mine", encoding="utf-8")

    with pytest.raises(BenangError, match=said):
        write_folder(tmp_path, FILES)

    assert [path.name for path in tmp_path.iterdir()] == [there]


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    """A file is no folder."""
    (tmp_path / "r").write_text("mine", encoding="utf-8")

    with pytest.raises(BenangError, match="this is not a folder"):
        write_folder(tmp_path / "r", FILES)


@pytest.mark.parametrize("there", [True, False])
def test_where_writing_fails_there_is_nothing(tmp_path: Path, there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the folder nor what was made for it, also where it fails at the very last file."""
    if there:
        (tmp_path / "r").mkdir()
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name in ("review.toml", "r"):
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(BenangError, match="No space left on device"):
        write_folder(tmp_path / "r" if there else tmp_path / "mine" / "r", FILES)

    assert [path.name for path in tmp_path.rglob("*")] == (["r"] if there else [])
