"""JSON as exports write it: lists, pages, lines; cut, broken and hostile files."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.readers import Reading, Remarks, Source
from benang.readers.json_exports import Item, read_json, text_of
from benang.records.record import Record

_OPENS = re.compile(rb'\{\s{0,20}"id"')


def read(data: str | bytes) -> Reading:
    """Read records that have an id and a title."""

    def make(place: int, line: int, item: Item, remarks: Remarks) -> Record:
        del remarks
        return Record(text_of(item.get("id")), title=text_of(item.get("title")), place=place, line=line)

    text = data.encode() if isinstance(data, str) else data
    return read_json(Source("a.json", "a.json", text), make, Remarks(), opens=_OPENS)


def keys(reading: Reading) -> list[str]:
    """Return the keys of the records read."""
    return [record.key for record in reading.records]


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": "a"}, {"id": "b"}]',
        '{"meta": {"count": 2}, "results": [{"id": "a"}, {"id": "b"}], "group_by": []}',
        '{"status": "ok", "message": {"total-results": 2, "items": [{"id": "a"}, {"id": "b"}]}}',
        '{"resultList": {"result": [{"id": "a"}, {"id": "b"}]}}',
        '{"items": [{"id": "a"}, {"id": "b"}]}',
        '{"results": [{"id": "a"}]}\n{"results": [{"id": "b"}]}\n',
        '{\n "results": [{"id": "a"}]\n}\n{\n "results": [{"id": "b"}]\n}',
        '[{"results": [{"id": "a"}]}, {"results": [{"id": "b"}]}]',
        '[{"id": "a"}][{"id": "b"}]',
        '{"id": "a"}\n{"id": "b"}\n',
        '{"id": "a"}\n\n{"id": "b"}',
        '{"message": {"id": "a"}}{"message": {"id": "b"}}',
        '[{"id": "a", "items": {"results": [{"id": "x"}]}}, {"id": "b", "message": "[{"}]',
    ],
)
def test_records_stand_in_lists_pages_and_lines(text: str) -> None:
    """A list, a page of any API, pages one behind another, in a list or a line each, and JSON Lines hold the same."""
    reading = read(text)
    assert keys(reading) == ["a", "b"]
    assert reading.found == 2


@pytest.mark.parametrize(
    "text",
    [
        '{"works": [{"id": "a"}, {"id": "b"}]}',
        '{"response": {"numFound": 2, "docs": [{"id": "a"}, {"id": "b"}]}}',
        '{"type": "list", "data": [{"id": "a"}, {"id": "b"}], "facets": {}}',
        '{"page": 1, "hits": {"total": 2, "hits": [{"id": "a"}, {"id": "b"}]}}',
    ],
)
def test_records_stand_in_lists_of_any_name(text: str) -> None:
    """An object that is no record itself only holds them, whatever a program calls the way to them."""
    reading = read(text)

    assert keys(reading) == ["a", "b"]
    assert reading.found == 2


def test_a_further_list_of_records_in_a_page_is_named() -> None:
    """Beside the list in which records are expected, another one is set aside with its name and line."""
    reading = read('{"results": [{"id": "a"}],\n"further": [{"id": "b", "title": "x"}], "facets": [{"key": "2019"}]}')

    assert keys(reading) == ["a"]
    assert [(one.record, one.line) for one in reading.set_aside] == [(2, 2)]
    assert "'further'" in reading.set_aside[0].reason


def test_lines_are_numbered() -> None:
    """The line of a record is the one in which its bracket opens."""
    assert [record.line for record in read('[\n\n{"id": "a"},\n{"id":\n"b"}, {"id": "c"}]').records] == [3, 4, 5]


def test_brackets_within_texts_open_nothing() -> None:
    """A bracket, an escaped quotation mark or a backslash within a text is part of it."""
    text = json.dumps([{"id": "a", "title": 'x"]}[{\\'}, {"id": "b", "x": {"y": ["}"]}}])
    assert [record.title for record in read(text).records] == ['x"]}[{\\', ""]


@pytest.mark.parametrize("cut", [31, 40, 50])
def test_a_file_that_was_cut_gives_its_whole_records(cut: int) -> None:
    """What is whole is read; the record in which the file ends is set aside with its place and line."""
    text = '[{"id": "a"},\n{"id": "b"},\n{"id": "c", "title": "Kota kembar"}, {"id": "d"}]'[:cut]
    reading = read(text)
    assert keys(reading) == ["a", "b"]
    assert [(one.record, one.line) for one in reading.set_aside] == [(3, 3)]
    assert "cut off" in reading.set_aside[0].reason


@pytest.mark.parametrize("broken", ['{"id": "b"', '{"id": "b}', '{"id" "b"}', '{"id": [1, 2}', '{"id": "b", }'])
def test_a_broken_record_does_not_take_others_with_it(broken: str) -> None:
    """A record with a bracket, mark or comma too few is set aside; those behind it are read."""
    for text in (f'[{{"id": "a"}}, {broken}, {{"id": "c"}}]', f'[{{"id": "a"}},\n{broken},\n{{"id": "c"}}]'):
        reading = read(text)
        assert reading.found == len(reading.records) + len(reading.set_aside)
        assert keys(reading)[0] == "a"
        if "b}" not in broken or "\n" in text:  # within one line, a lost mark turns texts inside out
            assert keys(reading) == ["a", "c"]


def test_a_broken_line_costs_its_record_only() -> None:
    """In JSON Lines a line that can't be parsed is set aside with its number."""
    reading = read('{"id": "a"}\n{"id": "b", [\nnull\n{"id": "d"}\n')
    assert keys(reading) == ["a", "d"]
    assert [(one.record, one.line) for one in reading.set_aside] == [(2, 2), (3, 3)]


def test_what_is_no_record_is_set_aside() -> None:
    """`null`, a number, a list or an empty object among records is accounted for."""
    reading = read('[{"id": "a"}, null, {}, [1], {"id": "b"}]')
    assert keys(reading) == ["a", "b"]
    assert [one.record for one in reading.set_aside] == [2, 3, 4]
    assert reading.found == 5


def test_numbers_that_are_none_become_no_value() -> None:
    """NaN and a number of 5,000 digits are no value; the record is kept and the account says so."""
    reading = read('[{"id": "a", "x": NaN}, {"id": "b", "x": ' + "1" * 5000 + "}]")
    assert keys(reading) == ["a", "b"]
    assert "NaN was read as missing (record 1)." in reading.notes
    assert "A number with too many digits was read as missing (record 2)." in reading.notes


def test_a_repeated_key_is_noted() -> None:
    """Of a key that stands twice in one object the last counts, and the account says so."""
    reading = read('[{"id": "a", "title": "x", "title": "y"}]')
    assert reading.records[0].title == "y"
    assert reading.notes == ("The key 'title' appears twice in one object; its last value was read (record 1).",)


def test_half_a_character_is_replaced() -> None:
    """Half a character, which no text can hold, is replaced; a whole one is read."""
    assert read(rb'[{"id": "a", "title": "x\ud83dy \ud83d\ude00 \\ud83d"}]').records[0].title == "x�y 😀 \\ud83d"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '[{"id": "a", "x": ' + "[" * 100_000 + "]" * 100_000 + "}]",
        '{"x":' * 100_000,
        '[{"id": 1,' * 50_000,
        '["' + '\\"' * 500_000,
        '{"results":' * 50_000,
        '{"id": "a"}\n' + "{" * 100_000,
    ],
)
def test_nested_brackets_end_in_a_message(text: str) -> None:
    """Brackets nested a hundred thousand times over are set aside or refused, quickly."""
    try:
        reading = read(text)
    except BenangError:
        return
    assert reading.found == len(reading.records) + len(reading.set_aside)


def test_json_without_records_is_refused() -> None:
    """With the way on."""
    with pytest.raises(BenangError, match="JSON without records"):
        read("[]")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["id", "x", "y"]), inner, max_size=4),
    max_leaves=15,
)


@given(st.lists(st.dictionaries(st.sampled_from(["id", "x", "y"]), _JSON, min_size=1), min_size=1), st.integers(0, 2))
def test_every_object_is_found(items: list[dict[str, Any]], indent: int) -> None:
    """Any list of objects, on one line or many, gives one record each."""
    reading = read(json.dumps(items, indent=indent or None))
    assert (reading.found, len(reading.records)) == (len(items), len(items))


@given(st.text(alphabet='[]{}",:\\\nabi d1', max_size=200) | st.binary(max_size=200))
def test_any_text_ends_in_an_account(text: str | bytes) -> None:
    """Whatever stands in a file, found = read + set aside, or a message."""
    try:
        reading = read(text)
    except BenangError:
        return
    assert reading.found == len(reading.records) + len(reading.set_aside)
