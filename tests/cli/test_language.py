"""The command line speaks the language that is asked for: `--language`, else `BENANG_LANGUAGE`, else the system's."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from tests.support import Command

from benang.cli.language import ask, known, spoken_in

pytestmark = pytest.mark.fast

SENTENCE = re.compile(r"(?:\b[a-z]{2,} ){3,}[a-z]{2,}\b")


@pytest.mark.parametrize(
    ("words", "environment", "language"),
    [
        ("records a.ris", {"LANG": "C.UTF-8"}, "en"),
        ("records a.ris --language id", {"LANG": "C.UTF-8"}, "id"),
        ("--language id records a.ris", {"BENANG_LANGUAGE": "en"}, "id"),
        ("--language=id records a.ris --language en", {}, "en"),
        ("records -- --language id", {"LANG": "en_GB"}, "en"),
        ("records --language fr", {"BENANG_LANGUAGE": "id"}, "id"),
        ("", {"BENANG_LANGUAGE": "id_ID.UTF-8", "LANG": "en_GB.UTF-8"}, "id"),
        ("", {"LANGUAGE": "fr:id:en", "LC_ALL": "en_GB.UTF-8"}, "id"),
        ("", {"LANGUAGE": "id:en", "LC_ALL": "C", "LANG": "id_ID.UTF-8"}, "en"),
        ("", {"BENANG_LANGUAGE": "id@latin"}, "id"),
        ("", {"LC_ALL": "id_ID.UTF-8", "LANG": "en_GB.UTF-8"}, "id"),
        ("", {"LC_MESSAGES": "en_GB", "LANG": "id_ID"}, "en"),
        ("", {"LANG": "id_ID.UTF-8"}, "id"),
        ("", {"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_language_is_the_first_that_is_named(words: str, environment: dict[str, str], language: str) -> None:
    """An option goes before Benang's variable, and that before those of the system, in the order of gettext."""
    assert spoken_in(words.split(), environment).language == language


def test_without_variables_the_locale_of_the_user_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has no LANG, and calls the language by its name."""
    for name in ("Indonesian_Indonesia.1252", "id-ID"):
        monkeypatch.setattr("locale.setlocale", lambda _category, name=name: name)

        assert spoken_in([], {}).language == "id"


def test_a_language_that_benang_does_not_speak_is_english_with_a_remark(
    benang: Command, monkeypatch: pytest.MonkeyPatch, test_data: Path
) -> None:
    """Work goes on: a variable that was set for something else stops nobody."""
    monkeypatch.setenv("BENANG_LANGUAGE", "fr")
    said = benang("drill", test_data / "none.json", "x")

    assert said.err.startswith("BENANG_LANGUAGE is 'fr', but Benang speaks English (en) and Indonesian (id).")
    assert "no such file" in said.err
    assert known("fr") is None


@pytest.mark.parametrize("place", ["before", "after", "variable"])
def test_a_message_is_in_the_language_that_is_asked_for(
    benang: Command, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Every command takes `--language`, also one that writes nothing but messages."""
    language = ["--language", "id"]
    if place == "variable":
        monkeypatch.setenv("BENANG_LANGUAGE", "id")
    words = {"before": [*language, "send", "x"], "after": ["send", "x", *language], "variable": ["send", "x"]}[place]
    said = benang(*words)

    assert said.code == 2
    assert said.err == (
        "Cara pakai: benang send [OPSI] FOLDER\nKetik 'benang send --help' untuk bantuan.\n\n"
        "Kesalahan: Opsi '-o' / '--output' belum diisi.\n"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["mpa"], "Perintah 'mpa' tidak ada. Apakah maksudnya 'map'?"),
        (["map", "x", "--itmes"], "Opsi '--itmes' tidak ada. Apakah maksudnya '--items'?"),
        (["map", "x", "--items"], "Opsi '--items' memerlukan nilai."),
        (["records", "x", "--json=3"], "Opsi '--json' tidak memakai nilai."),
        (["send", "x", "y", "-o", "z.zip"], "Argumen berlebih: y"),
        (["map", "x", "--items", "titles"], "Nilai '--items' tidak sah: 'titles' tidak termasuk pilihan."),
        (
            ["map", "x", "--items", "terms", "--seed", "-1"],
            "Nilai '--seed' tidak sah: seharusnya bilangan bulat dari 0 sampai 4.294.967.295, tetapi tertulis '-1'.",
        ),
    ],
)
def test_a_wrong_usage_is_answered_in_indonesian(benang: Command, words: list[str], message: str) -> None:
    """What click says of arguments and options is said by Benang, in the language of the command line."""
    assert message in benang("--language", "id", *words).err


@pytest.mark.parametrize(
    "words",
    [
        "records {exports}",
        "thresholds {exports} --items author-keywords",
        "thesaurus {exports} -o {out}/t.tsv",
        "describe {exports}",
        "map {exports} --items author-keywords --all-components -o {out}/m.json",
        "status {review}",
        "verify {review}",
        "build {review}",
        "code list --review {review}",
        "code looked --review {review}",
        "code sheet {review} -o {out}/s.csv",
        "code search --text rent --review {review} --code rent --coder ani",
        "codebook retire {review} rain",
        "form new {review} jbi-qualitative",
        "association {review}",
        "keys {review}",
        "send {review} -o {out}/r.zip",
        "documents {review}",
        "explain {review} nothing",
        "code add nowhere --review {review} --record sari2018 --code rain --case muara --coder ani",
        "drill {out}/none.json x",
        "map {exports} --items authors --seed x",
        "--help",
        "code --help",
        "code import --help",
    ],
)
def test_no_sentence_is_english_where_indonesian_is_asked_for(
    benang: Command, monkeypatch: pytest.MonkeyPatch, review: Path, tmp_path: Path, project_root: Path, words: str
) -> None:
    """What is said in both languages alike are names, words of files and examples: no four words in a row."""
    exports = project_root / "examples" / "night-markets" / "sources"
    said = {}
    for language in ("en", "id"):
        monkeypatch.setenv("BENANG_LANGUAGE", language)
        copy, out = tmp_path / language / "review", tmp_path / language
        shutil.copytree(review, copy)
        place = {"exports": exports, "review": copy, "out": out}
        done = benang(*(word.format(**place) for word in words.split(" ")))
        said[language] = {line.replace(str(out), "").strip() for line in (done.out + done.err).splitlines()}

    alike = {line for line in said["en"] & said["id"] if SENTENCE.search(_own(line))}
    assert alike == set()


def _own(line: str) -> str:
    """Return a line without what is quoted from documents, and without commands to type."""
    return re.sub(r"“[^”]*”|.*\(documents/.*|benang .*|\S*/\S*", "", line)


@pytest.mark.parametrize(
    ("question", "shown"), [("Who codes?", "Who codes? ani\n"), ("Which place", "Which place: ani\n")]
)
def test_a_colon_follows_a_question_only_where_no_question_mark_does(question: str, shown: str) -> None:
    """The answer is typed on the same line."""

    @click.command()
    def asking() -> None:
        ask(question)

    assert CliRunner().invoke(asking, input="ani\n").output == shown
