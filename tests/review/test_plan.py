"""The plan of a review is checked: every key, every path, every name that refers to another."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from benang.errors import BenangError
from benang.looks import ScaleName
from benang.looks.colour_scales import COLOUR_SCALES
from benang.project.folder import open_folder
from benang.review.load import load
from benang.review.plan_reading import read_plan, source_files

pytestmark = pytest.mark.fast


def _change(review: Path, old: str, new: str) -> None:
    plan = review / "review.toml"
    text = plan.read_text(encoding="utf-8")
    assert old in text
    plan.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_plan_gives_what_it_says(review: Path) -> None:
    """Titles come in both languages, a plain string stands for both."""
    plan = read_plan(open_folder(review))

    assert plan.title.text("id") == "Dua pasar"
    assert plan.question.text("id") == "Why do night markets close?"
    assert [one.name for one in plan.maps] == ["topics", "reasons"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("question =", "qestion =", r"review\.toml, line 3: unknown key 'qestion'\. Did you mean 'question'\?"),
        ('items = "author-keywords"', 'items = "autor-keywords"', r"line 15.*author-keywords"),
        ('files = ["sources/*.ris"]', 'files = ["exports/*.ris"]', r"line 7: no file matches 'exports/\*\.ris'"),
        ('files = ["sources/*.ris"]', 'files = ["../secret.ris"]', r"line 7: '\.\./secret\.ris' lies outside"),
        (
            'thesaurus = "thesaurus.tsv"',
            'thesaurus = "tesaurus.tsv"',
            r"line 11: there is no file.*mean 'thesaurus\.tsv'",
        ),
        ('name = "cases"', 'name = "con"', r"line 30.*no file can be called 'con' on Windows"),
        ('name = "cases"', f'name = "{"c" * 101}"', r"line 30.*100"),
        ('map = "topics"', 'map = "topic"', r"line 40: the plan has no map 'topic'\. Did you mean 'topics'\?"),
        (
            'name = "reasons"\nitems',
            'name = "topics"\nitems',
            r"a name may appear only once, but 'topics' appears more often",
        ),
        (
            "format = 1",
            "format = 2",
            r"expected format 1, the newest that this version of Benang knows, found format 2",
        ),
    ],
)
def test_a_wrong_plan_names_the_line_and_the_nearest_word(review: Path, old: str, new: str, said: str) -> None:
    """Each mistake is told with its line, what was found, and the way on."""
    _change(review, old, new)

    with pytest.raises(BenangError, match=said):
        read_plan(open_folder(review))


def test_all_problems_of_a_plan_come_together(review: Path) -> None:
    """Two mistakes are two problems of one error."""
    _change(review, 'map = "topics"', 'map = "topic"')
    _change(review, "thesaurus.tsv", "gone.tsv")

    with pytest.raises(BenangError) as told:
        read_plan(open_folder(review))

    assert len(told.value.problems) == 2


def test_a_group_that_the_codebook_lacks_is_named(review: Path) -> None:
    """The plan's groups of codes are those of the codebook."""
    _change(review, 'kind = "codes"\ncodes = "reasons"', 'kind = "codes"\ncodes = "reason"')

    with pytest.raises(BenangError, match=r"no group of codes 'reason'\. Did you mean 'reasons'\?"):
        load(open_folder(review))


def test_sources_are_listed_once_and_sorted(review: Path) -> None:
    """Two patterns that match one file read it once; hidden files are no exports."""
    (review / "sources" / "a.ris").write_text("", encoding="utf-8")
    (review / "sources" / ".DS_Store").write_text("", encoding="utf-8")
    _change(review, '["sources/*.ris"]', '["sources/*", "sources/*.ris"]')

    found = source_files(read_plan(open_folder(review)), review)

    assert [path.name for path in found] == ["a.ris", "markets.ris"]


@pytest.mark.parametrize("pattern", ["", ".", "a**b"])
def test_what_is_no_pattern_matches_no_file(review: Path, pattern: str) -> None:
    """An empty name, or one that no file can have, is told like a file that is not there."""
    _change(review, '["sources/*.ris"]', f'["{pattern}"]')

    with pytest.raises(BenangError, match="no file matches"):
        read_plan(open_folder(review))


def test_a_code_that_the_codebook_lacks_is_named(review: Path) -> None:
    """An overlay by a code names one of the codebook's."""
    _change(review, 'kind = "map"\nmap = "topics"', 'kind = "overlay"\nmap = "topics"\nscore = "code:rend"')

    with pytest.raises(BenangError, match=r"line 41: the codebook has no code 'rend'\. Did you mean 'rent'\?"):
        load(open_folder(review))


@pytest.mark.parametrize(
    "told", ["", 'before = 2019\ngroups = [{ name = "a", members = ["x"] }, { name = "b", members = ["y"] }]']
)
def test_a_difference_is_of_two_periods_or_of_two_groups(review: Path, told: str) -> None:
    """Neither, or both, is a mistake that is told."""
    _change(review, 'kind = "map"\nmap = "topics"', f'kind = "difference"\nmap = "topics"\n{told}')

    with pytest.raises(BenangError, match="either before = a year, or two groups"):
        read_plan(open_folder(review))


def test_the_colours_of_scores_are_those_that_figures_know() -> None:
    """A plan may name each scale, and no other."""
    assert set(get_args(ScaleName)) == set(COLOUR_SCALES)
