"""Every text of the scripts of pages is in the Indonesian catalogue of these, with its places, and no others are."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from benang.locale import Scripts, catalogue, page_texts

pytestmark = pytest.mark.fast

STRING = r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
ONE = re.compile(rf"\bt\(\s*{STRING}")
COUNTED = re.compile(rf"\btn\(\s*{STRING}\s*,\s*{STRING}")
NOT_A_TEXT = re.compile(r"""\btn?\((?!\s*["'])[^)\n]*""")
PLACES = re.compile(r"\{\w+\}")


def _text(literal: str) -> str:
    return str(json.loads(literal)) if literal[0] == '"' else literal[1:-1].replace("\\'", "'")


FOLDERS: dict[Scripts, tuple[str, ...]] = {"viewer": ("viewer",), "pages": ("pages", "reader")}
"""The folders of `ui/` whose scripts look their texts up in one catalogue."""


@pytest.fixture(scope="module", params=FOLDERS)
def scripts(request: pytest.FixtureRequest) -> Scripts:
    """Return the name of a catalogue."""
    name: Scripts = request.param
    return name


@pytest.fixture(scope="module")
def sources(project_root: Path, scripts: Scripts) -> dict[str, str]:
    """Return the source of the scripts by file."""
    paths = sorted(path for folder in FOLDERS[scripts] for path in (project_root / "ui" / folder).rglob("*.ts*"))
    assert paths
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


@pytest.fixture(scope="module")
def asked(sources: dict[str, str]) -> dict[str, str]:
    """Return each text that is looked up, with its plural, or "" where nothing is counted."""
    found = {_text(one[1]): "" for text in sources.values() for one in ONE.finditer(text)}
    return found | {_text(one[1]): _text(one[2]) for text in sources.values() for one in COUNTED.finditer(text)}


@pytest.fixture(scope="module")
def held(project_root: Path, scripts: Scripts) -> list[Message]:
    """Return the messages of the catalogue as they stand in its file."""
    file = project_root / "src" / "benang" / "locale" / f"id-{scripts}.po"
    read = read_po(io.StringIO(file.read_text(encoding="utf-8")), locale="id", abort_invalid=True)
    return [message for message in read if message.id]


def _forms(message: Message) -> tuple[str, str]:
    return (message.id, "") if isinstance(message.id, str) else (message.id[0], message.id[1])


def _translation(message: Message) -> str:
    return message.string if isinstance(message.string, str) else (message.string or ("",))[0]


def _entries(texts: dict[str, str]) -> Iterator[str]:
    for one, other in texts.items():
        plural = f"msgid_plural {json.dumps(other)}\nmsgstr[0]" if other else "msgstr"
        yield f'msgid {json.dumps(one, ensure_ascii=False)}\n{plural} ""'


def test_every_text_is_looked_up_as_it_is_written(sources: dict[str, str]) -> None:
    """A text that is put together could not be found here."""
    others = {file: NOT_A_TEXT.findall(text) for file, text in sources.items() if file != "words.ts"}

    assert {file: calls for file, calls in others.items() if calls} == {}


def test_every_text_of_the_scripts_has_an_indonesian_translation(asked: dict[str, str], held: list[Message]) -> None:
    """What is missing is listed ready to be filled in."""
    known = dict(_forms(message) for message in held if _translation(message))
    missing = {one: other for one, other in asked.items() if known.get(one) != other}

    assert not missing, "\n\n".join(_entries(missing))


def test_the_catalogue_keeps_nothing_that_no_script_looks_up(asked: dict[str, str], held: list[Message]) -> None:
    """Each page takes all of it along."""
    assert sorted(dict(map(_forms, held)).keys() - asked.keys()) == []


def test_a_translation_has_the_places_of_its_text(held: list[Message]) -> None:
    """What is filled into a text is filled into its translation too."""
    differ = [
        one
        for message in held
        for one in (_forms(message)[1] or _forms(message)[0],)
        if sorted(PLACES.findall(one)) != sorted(PLACES.findall(_translation(message)))
    ]

    assert differ == []


def test_page_and_command_line_call_one_thing_by_one_name(held: list[Message]) -> None:
    """A text that both have is translated alike."""
    spoken = catalogue("id")
    differ = {
        one: (_translation(message), other)
        for message in held
        for one in (_forms(message)[0],)
        if (other := spoken.gettext(one)) not in {one, _translation(message)}
    }

    assert differ == {}


def test_a_page_is_given_both_forms_of_what_it_counts(held: list[Message], scripts: Scripts) -> None:
    """It asks for either; English has all its texts in the source."""
    words = page_texts("id", scripts)

    assert all(words[form] == _translation(message) for message in held for form in filter(None, _forms(message)))
    assert page_texts("en", scripts) == {}
