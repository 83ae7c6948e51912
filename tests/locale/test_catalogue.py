"""The Indonesian catalogue has every text, whole."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po
from jinja2.ext import extract_from_ast

from benang.locale import catalogue, translator
from benang.report.html import environment

pytestmark = pytest.mark.fast

CALLS = {"_", "gettext", "ngettext", "counted", "worded"}
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w*(?:![rsa])?(?::[^}]*)?\}")


def _strings(call: ast.Call) -> tuple[str, ...]:
    return tuple(one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str))


def _python_texts(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in CALLS:
                yield from _strings(node)


def _template_texts(source: str) -> Iterator[str]:
    for _line, _function, message in extract_from_ast(environment("en").parse(source)):
        yield from [message] if isinstance(message, str) else [one for one in message or () if isinstance(one, str)]


@pytest.fixture(scope="module")
def texts(project_root: Path) -> set[str]:
    """Return every text of the source that is looked up in a catalogue."""
    folder = project_root / "src" / "benang"
    found = {text for path in folder.rglob("*.py") for text in _python_texts(path.read_text(encoding="utf-8"))}
    for path in folder.rglob("*.j2"):
        found.update(_template_texts(path.read_text(encoding="utf-8")))
    return found


@pytest.fixture(scope="module")
def indonesian(project_root: Path) -> Catalog:
    """Return the Indonesian catalogue as it stands in its file."""
    text = (project_root / "src" / "benang" / "locale" / "id.po").read_text(encoding="utf-8")
    return read_po(io.StringIO(text), locale="id", abort_invalid=True)


def test_every_text_of_the_source_has_an_indonesian_translation(texts: set[str]) -> None:
    """Nothing that a reader sees stays English by oversight; what is missing is listed ready to be filled in."""
    known = catalogue("id")._catalog  # type: ignore[attr-defined]  # gettext has no public list of what it knows
    held = {key if isinstance(key, str) else key[0] for key, value in known.items() if value}
    plural = _plural_forms(texts)
    missing = sorted(text for text in texts - held - plural if text.strip())

    assert not missing, "\n\n".join(f'msgid "{text}"\nmsgstr ""' for text in missing)


def _plural_forms(texts: set[str]) -> set[str]:
    """Return the plural forms: the catalogue has them beside their singular."""
    folder = Path(__file__).resolve().parents[2] / "src" / "benang" / "locale" / "id.po"
    read = read_po(io.StringIO(folder.read_text(encoding="utf-8")), locale="id")
    return texts & {message.id[1] for message in read if isinstance(message.id, tuple | list)}


def test_a_translation_has_the_places_of_its_text(indonesian: Catalog) -> None:
    """What is filled into a text is filled into its translation too, as often and under the same name."""
    differ = []
    for message in indonesian:
        originals = [message.id] if isinstance(message.id, str) else list(message.id)
        said = [message.string] if isinstance(message.string, str) else list(message.string or [])
        wanted = sorted(PLACES.findall(originals[-1]))
        differ += [originals[-1] for one in said if message.id and sorted(PLACES.findall(one)) != wanted]

    assert not differ


def test_every_translation_belongs_to_a_text_of_the_source(texts: set[str], indonesian: Catalog) -> None:
    """The catalogue keeps nothing that nobody looks up, but the names of weights and scores, which data give."""
    ids = {
        one
        for message in indonesian
        if message.id and "data" not in message.user_comments
        for one in ([message.id] if isinstance(message.id, str) else message.id)
    }

    assert sorted(ids - texts) == []


def test_english_needs_no_catalogue_and_unknown_texts_stay_as_they_are() -> None:
    """A text is written in English where it is used."""
    assert translator("en")("Total link strength") == "Total link strength"
    assert translator("id")("a text that nobody wrote") == "a text that nobody wrote"


def test_indonesian_has_one_form_for_every_number() -> None:
    """`kasus` is one case and many."""
    held = catalogue("id")

    assert held.ngettext("case", "cases", 1) == held.ngettext("case", "cases", 5) == "kasus"
