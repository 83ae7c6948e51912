"""What `studies.toml` says of studies and their reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.screening.studies import read_studies, studies_in

FILE = """\
format = 1

[[studies]]
id = "muara"
label = { en = "Sellers in Muara", id = "Pedagang di Muara" }
reports = ["a", "b"]
"""


def test_a_file_says_which_reports_are_one_study(tmp_path: Path) -> None:
    """A report that belongs to none counts as a study of its own."""
    (tmp_path / "studies.toml").write_text(FILE)
    studies = read_studies(tmp_path / "studies.toml")
    assert [studies.of(key) for key in "abc"] == ["muara", "muara", "c"]
    assert studies.counted("abc") == ("c", "muara")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            FILE + '[[studies]]\nid = "other"\nreports = ["b", "c"]\n',
            "line 8: 'b' is in two studies: 'muara' and 'other'",
        ),
        (FILE + '[[studies]]\nid = "muara"\nreports = ["c"]\n', "line 8: two studies have the id 'muara'"),
        (FILE.replace('"b"]', '"bb1"]'), "line 6: no record has the key 'bb1'"),
        (FILE.replace('"muara"', '"c"'), "line 4: the id 'c' is the key of a record that is not in this study"),
        (FILE.replace("reports", "report"), "unknown key 'report'"),
        (FILE.replace('["a", "b"]', "[]"), "a list with at least 1 entries"),
    ],
)
def test_what_cannot_be_is_named_with_its_line(text: str, words: str) -> None:
    """Nothing is guessed."""
    known = ("a", "b", "c")
    with pytest.raises(BenangError) as error:
        studies_in(text, "studies.toml", lambda name, _: name if name in known else "", known)
    assert words in str(error.value)


def test_a_record_that_was_joined_to_another_counts_as_that_work() -> None:
    """Its own key still stands in the file."""
    studies = studies_in(FILE, "studies.toml", lambda name, _: {"a": "c", "b": "c"}[name])
    assert studies.studies[0].reports == ("c",)
