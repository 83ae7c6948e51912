"""A document read sentence by sentence, one key a code."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tasks.coding.markets import logs, markets

from benang.errors import BenangError
from benang.review.desk import open_desk
from benang.tasks.coding.looking import MemosRequest, list_memos, looks_of
from benang.tasks.coding.reading import (
    BACK,
    FORWARD,
    MEMO,
    QUIT,
    UNDO,
    WORDS,
    begin,
    give_words,
    has_read,
    note,
    press,
    screen,
    unread_groups,
)
from benang.tasks.coding.rows import coding_rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets with nothing coded."""
    return markets(tmp_path / "markets")


def test_the_screen_shows_a_sentence_between_its_neighbours_and_the_keys(folder: Path) -> None:
    """Retired codes have no key."""
    shown = screen(press(begin(folder, record="sari2018", language="id"), FORWARD))
    assert shown.heading == "sari2018 · muara · 2/3"
    assert shown.before.startswith("The rent of a stall doubled")
    assert shown.sentence == "In the north prices rose at once."
    assert shown.after.startswith("At the harbour")
    assert shown.keys == (("1", "Sewa naik"), ("2", "Slow permits"))


def test_a_key_gives_its_code_to_the_sentence(folder: Path) -> None:
    """And says so, on the screen and in the log."""
    reading = press(begin(folder, record="sari2018"), "1")
    assert screen(reading).codes == ("Rising rent",)
    (row,) = coding_rows(open_desk(folder))
    assert (row.code, row.case, row.coder) == ("rent", "muara", "ani")
    assert row.quote.endswith("closed two gates.")
    assert press(reading, "1").message == "rent: already coded."


def test_codes_are_shown_where_their_words_are_today(folder: Path) -> None:
    """A sentence that was put before the others does not carry their codes."""
    press(begin(folder, record="sari2018"), "1")
    path = folder / "documents" / "sari2018.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("The rent of a stall", "A sentence that is new.\n\nThe rent of a stall"), encoding="utf-8"
    )
    reading = begin(folder, record="sari2018")
    assert screen(reading).codes == ()
    assert screen(press(reading, FORWARD)).codes == ("Rising rent",)


def test_the_last_codings_are_taken_back_one_by_one(folder: Path) -> None:
    """The log keeps what was taken back."""
    reading = press(press(begin(folder, record="sari2018"), "1"), "2")
    before = logs(folder)["ani.jsonl"]
    reading = press(press(reading, UNDO), UNDO)
    assert coding_rows(open_desk(folder)) == []
    assert logs(folder)["ani.jsonl"].startswith(before)
    assert press(reading, UNDO).message == "Nothing has been coded since you started."
    assert len(coding_rows(press(reading, "1").desk)) == 1


def test_fifty_two_codes_have_keys(folder: Path) -> None:
    """Capital letters are keys as well; none is a key that does something else."""
    path = folder / "codebook.toml"
    more = "".join(f'[[codes]]\nid = "more-{n}"\ngroup = "reasons"\nlabel = "More {n}"\n' for n in range(60))
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    reading = begin(folder, record="sari2018")
    assert len(reading.keys) == 52
    assert not {key.lower() for key in reading.keys} & {BACK, FORWARD, UNDO, MEMO, WORDS, QUIT}
    assert screen(press(reading, "Z")).codes == ("More 49",)


def test_a_key_without_a_code_changes_nothing(folder: Path) -> None:
    """It says so, in the coder's language."""
    reading = press(begin(folder, record="sari2018", language="id"), "%")
    assert reading.message == "Tombol '%' tidak mempunyai kode."
    assert logs(folder) == {}


def test_some_words_of_a_sentence_can_be_coded_alone(folder: Path) -> None:
    """Words that are not there, or stand there twice, are not; nor are words with a key that has no code."""
    reading = begin(folder, record="sari2018")
    keys = {code: key for key, code in reading.keys.items()}
    assert "are not in the sentence" in give_words(reading, keys["rent"], "prices rose").message
    assert give_words(reading, "?", "municipal administration").message == "The key '?' has no code."
    give_words(reading, keys["permits"], "municipal administration")
    assert [row.quote for row in coding_rows(open_desk(folder))] == ["municipal admin-\nistration"]


def test_reading_goes_on_to_the_end_and_back(folder: Path) -> None:
    """At the end the coder is asked for which groups the case was read."""
    reading = begin(folder, record="sari2018")
    assert press(reading, BACK).at == 0
    for _ in range(5):
        reading = press(reading, FORWARD)
    assert reading.is_at_end
    assert unread_groups(reading) == ("reasons",)
    reading = has_read(reading, "reasons")
    assert unread_groups(reading) == ()
    assert [one.coders for one in looks_of(reading.desk) if one.case == "muara"] == [("ani",)]


def test_a_memo_is_kept_about_the_document(folder: Path) -> None:
    """An empty one is not."""
    reading = note(begin(folder, record="sari2018"), "  read again ")
    note(reading, " ")
    assert [one.text for one in list_memos(MemosRequest(folder=folder)).memos] == ["read again"]


def test_reading_begins_with_what_the_coder_has_not_coded(folder: Path) -> None:
    """Lestari's paper comes first, and is a study of two cases."""
    with pytest.raises(BenangError, match="a study of 2 cases"):
        begin(folder)
    press(begin(folder, case="bukit"), "1")
    assert begin(folder).document.record == "sari2018"


def test_without_codes_or_documents_there_is_nothing_to_read(folder: Path) -> None:
    """Each says the way on."""
    (folder / "documents/sari2018.md").unlink()
    (folder / "documents/lestari2019.md").unlink()
    with pytest.raises(BenangError, match=r"has no documents.*benang documents"):
        begin(folder)
    (folder / "codebook.toml").unlink()
    with pytest.raises(BenangError, match="the codebook has no codes"):
        begin(folder)
