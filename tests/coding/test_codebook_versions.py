"""Versions of a codebook are kept as they were, found again, and compared code by code."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.coding.codebook import Code, Codebook
from benang.coding.codebook_file import read_codebook
from benang.coding.codebook_versions import CodeChange, Version, code_changes, find_version, keep_version, kept_versions
from benang.errors import BenangError

FILE = 'format = 1\n\n[[groups]]\nid = "g"\nlabel = "G"\n\n[[codes]]\nid = "rent"\ngroup = "g"\nlabel = "Rent"\n'
RENT = Code.model_validate({"id": "rent", "group": "g", "label": "Rent", "definition": "It rises."})
RAIN = Code.model_validate({"id": "rain", "group": "g", "label": "Rain"})


def keep(root: Path, text: str) -> str:
    """Write a codebook and keep it; return its version."""
    path = root / "codebook.toml"
    path.write_bytes(text.encode())
    codebook = read_codebook(path)
    keep_version(root, path, codebook)
    return codebook.version


def changes(before: tuple[Code, ...], after: tuple[Code, ...]) -> list[tuple[str, str, str, str]]:
    """Compare two codebooks of these codes."""
    found = code_changes(Codebook(codes=before), Codebook(codes=after))
    return [(one.code.id, one.kind, one.before, one.after) for one in found]


def test_each_version_is_a_copy_of_the_file_under_its_number_and_id(tmp_path: Path) -> None:
    """Each version is a copy of the file under its number and id."""
    first, second = keep(tmp_path, FILE), keep(tmp_path, FILE.replace('"Rent"', '"Dear"'))
    names = sorted(path.name for path in (tmp_path / "codebook").iterdir())
    assert names == [f"0001-{first}.toml", f"0002-{second}.toml"]
    assert (tmp_path / "codebook" / names[0]).read_bytes() == FILE.encode()


def test_a_comment_and_an_earlier_version_that_returns_make_no_new_one(tmp_path: Path) -> None:
    """A comment and an earlier version that returns make no new one."""
    for text in (FILE, f"# a comment\n{FILE}", FILE.replace('"Rent"', '"Dear"'), FILE):
        keep(tmp_path, text)
    assert [one.number for one in kept_versions(tmp_path)] == [1, 2]


def test_copies_that_grew_apart_keep_the_versions_of_both(tmp_path: Path) -> None:
    """Copies that grew apart keep the versions of both."""
    first = keep(tmp_path, FILE)
    other = tmp_path / "other"
    other.mkdir()
    keep(other, FILE.replace('"Rent"', '"Dear"'))
    for path in (other / "codebook").iterdir():
        path.rename(tmp_path / "codebook" / path.name)
    (tmp_path / "codebook" / f"0001-{first} (1).toml").write_bytes(FILE.encode())
    (tmp_path / "codebook" / "notes.toml").write_bytes(b"")
    versions = kept_versions(tmp_path)
    assert ([one.number for one in versions], first in {one.id for one in versions}) == ([1, 1], True)


def test_a_version_that_was_edited_is_refused(tmp_path: Path) -> None:
    """A version that was edited is refused."""
    keep(tmp_path, FILE)
    (version,) = kept_versions(tmp_path)
    version.path.write_bytes(FILE.replace('"Rent"', '"Dear"').encode())
    with pytest.raises(BenangError, match=rf"this is no longer version {version.id} of the codebook"):
        _ = version.codebook


def test_a_version_is_found_by_its_number_or_the_beginning_of_its_id(tmp_path: Path) -> None:
    """A version is found by its number or the beginning of its id."""
    first = keep(tmp_path, FILE)
    versions = kept_versions(tmp_path)
    assert find_version("1", versions) is find_version("0001", versions) is find_version(first[:8], versions)
    with pytest.raises(BenangError, match="there is no version 'zz' of the codebook"):
        find_version("zz", versions)


def test_a_number_means_the_version_of_that_number_whatever_ids_begin_with(tmp_path: Path) -> None:
    """A number means the version of that number, whatever ids begin with."""
    versions = (Version(1, "2abc", tmp_path), Version(2, "1abc", tmp_path), Version(2, "f", tmp_path))
    assert find_version("1", versions).id == "2abc"
    with pytest.raises(BenangError, match=r"'2' matches several versions: 2-1abc, 2-f\. Give its id"):
        find_version("2", versions)


def test_a_changed_rule_is_a_change_of_its_text() -> None:
    """A changed rule is a change of its text."""
    after = RENT.model_copy(update={"definition": "It doubles.", "include": "Stalls."})
    expected = [("rent", "definition", "It rises.", "It doubles."), ("rent", "include", "", "Stalls.")]
    assert changes((RENT,), (after,)) == expected


def test_a_new_code_and_one_that_is_gone_are_said_so() -> None:
    """A new code and one that is gone are said so."""
    assert changes((RENT,), (RAIN,)) == [("rain", "added", "", ""), ("rent", "removed", "rent", "")]


def test_a_code_that_was_merged_is_named_at_the_one_that_has_its_passages() -> None:
    """A code that was merged is named at the one that has its passages."""
    merged = RAIN.model_copy(update={"merged": ("rent",)})
    assert changes((RENT, RAIN), (merged,)) == [("rain", "merged", "rent", "rain")]


def test_a_code_that_was_renamed_after_a_merge_is_told_from_the_one_that_was_merged() -> None:
    """Rent was merged into rain, and rain is called wet now; a new code that rent is merged into is new."""
    merged = RAIN.model_copy(update={"id": "wet", "was": ("rain",), "merged": ("rent",)})
    assert changes((RENT, RAIN), (merged,)) == [("wet", "renamed", "rain", "wet"), ("wet", "merged", "rent", "wet")]
    assert changes((RENT,), (merged,)) == [("wet", "added", "", ""), ("wet", "merged", "rent", "wet")]


def test_a_renamed_heading_is_no_change_of_the_codes_below_it() -> None:
    """A renamed heading is no change of the codes below it."""
    costs = Code.model_validate({"id": "costs", "group": "g", "label": "Costs", "heading": True})
    below = RENT.model_copy(update={"parent": "costs"})
    renamed = costs.model_copy(update={"id": "money", "was": ("costs",)})
    after = (renamed, below.model_copy(update={"parent": "money"}))
    assert changes((costs, below), after) == [("money", "renamed", "costs", "money")]


def test_a_split_is_said_once_and_a_retired_code_can_come_back() -> None:
    """A split is said once and a retired code can come back."""
    split = RENT.model_copy(update={"retired": True, "split_into": ("a", "b")})
    assert changes((RENT,), (split,)) == [("rent", "split", "", "a, b")]
    retired = RENT.model_copy(update={"retired": True})
    assert code_changes(Codebook(codes=(retired,)), Codebook(codes=(RENT,))) == (CodeChange(RENT, "in-use"),)
