"""The Indonesian catalogue has every text, whole."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from jinja2.ext import extract_from_ast

from benang.cli.commands import SUMMARIES, benang
from benang.cli.usage import paragraphs
from benang.locale import catalogue, catalogue_files, translator
from benang.report.html import environment

pytestmark = pytest.mark.fast

CALLS = {"_", "gettext", "ngettext", "counted", "worded", "said"}
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w*(?:![rsa])?(?::[^}]*)?\}")


def _help_texts(command: click.Command, context: click.Context) -> Iterator[str]:
    """Give the texts of a command's help and of the commands below it."""
    yield from paragraphs(command.help or "")
    yield command.epilog or ""
    yield from (param.help or "" for param in command.get_params(context) if isinstance(param, click.Option))
    yield from (piece for piece in (command.options_metavar, getattr(command, "subcommand_metavar", "")) if piece)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _help_texts(below, click.Context(below, parent=context, info_name=name))


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
    """Return every text of the source that is looked up in a catalogue: by its call, as a message, or as help."""
    folder = project_root / "src" / "benang"
    found = {*SUMMARIES.values(), *_help_texts(benang, click.Context(benang))}
    for path in folder.rglob("*.py"):
        found.update(_python_texts(path.read_text(encoding="utf-8")))
    for path in folder.rglob("*.j2"):
        found.update(_template_texts(path.read_text(encoding="utf-8")))
    return {one for one in found if re.search("[^\\W\\d_]", PLACES.sub("", one))}


@pytest.fixture(scope="module")
def constants(project_root: Path) -> set[str]:
    """Return every constant text of the source: some are messages, known to the catalogue without a call."""
    paths = (project_root / "src" / "benang").rglob("*.py")
    nodes = (node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.fixture(scope="module")
def indonesian() -> list[Message]:
    """Return the messages of the Indonesian catalogues as they stand in their files."""
    files = catalogue_files("id")
    read = (read_po(io.StringIO(one.read_text(encoding="utf-8")), locale="id", abort_invalid=True) for one in files)
    return [message for messages in read for message in messages if message.id]


def test_every_text_of_the_source_has_an_indonesian_translation(texts: set[str], indonesian: list[Message]) -> None:
    """Nothing that a reader sees stays English by oversight; what is missing is listed ready to be filled in."""
    held = {one for message in indonesian if message.string for one in _originals(message)}
    missing = sorted(texts - held)

    assert not missing, "\n\n".join(f'msgid "{text}"\nmsgstr ""' for text in missing)


def test_no_text_is_in_two_catalogues(indonesian: list[Message]) -> None:
    """A text has one translation: which of two is shown would be chance."""
    ids = [_originals(message)[0] for message in indonesian]

    assert sorted({one for one in ids if ids.count(one) > 1}) == []


def _originals(message: Message) -> list[str]:
    """Return a text in English, with its plural beside it where it has one."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def test_a_translation_has_the_places_of_its_text(indonesian: list[Message]) -> None:
    """What is filled into a text is filled into its translation too, as often and under the same name."""
    differ = []
    for message in indonesian:
        originals = _originals(message)
        said = [message.string] if isinstance(message.string, str) else list(message.string or [])
        wanted = sorted(PLACES.findall(originals[-1]))
        differ += [originals[-1] for one in said if message.id and sorted(PLACES.findall(one)) != wanted]

    assert not differ


def test_every_translation_belongs_to_a_text_of_the_source(
    texts: set[str], constants: set[str], indonesian: list[Message]
) -> None:
    """The catalogues keep nothing that nobody looks up, but the names of weights and scores, which data give."""
    ids = {one for message in indonesian if "data" not in message.user_comments for one in _originals(message)}

    assert sorted(ids - texts - constants) == []


def test_english_needs_no_catalogue_and_unknown_texts_stay_as_they_are() -> None:
    """A text is written in English where it is used."""
    assert translator("en")("Total link strength") == "Total link strength"
    assert translator("id")("a text that nobody wrote") == "a text that nobody wrote"


def test_indonesian_has_one_form_for_every_number() -> None:
    """`kasus` is one case and many."""
    held = catalogue("id")

    assert held.ngettext("case", "cases", 1) == held.ngettext("case", "cases", 5) == "kasus"
