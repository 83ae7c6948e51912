"""What has not changed is not made again."""

from __future__ import annotations

from pathlib import Path

from benang.builder.cache import Cache, key_of
from benang.files import write_text


def _make(out: Path, text: str, *, force: bool = False, product: str = "a") -> Cache:
    cache = Cache(out, force=force).load()
    cache.make(product, key_of(text), [f"{product}.txt"], lambda places: write_text(places[f"{product}.txt"], text))
    return cache


def test_a_product_under_the_same_key_is_kept(tmp_path: Path) -> None:
    """The second run makes nothing."""
    assert _make(tmp_path, "one").made == ["a"]
    assert _make(tmp_path, "one").kept == ["a"]


def test_another_key_makes_it_again(tmp_path: Path) -> None:
    """A product follows what it is made from."""
    _make(tmp_path, "one")

    assert _make(tmp_path, "two").made == ["a"]
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "two"


def test_a_file_changed_by_hand_is_made_again(tmp_path: Path) -> None:
    """What stands in the output is always what the key says."""
    _make(tmp_path, "one")
    (tmp_path / "a.txt").write_text("edited", encoding="utf-8")

    assert _make(tmp_path, "one").made == ["a"]
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "one"


def test_force_makes_everything_again(tmp_path: Path) -> None:
    """`--force` trusts no earlier run."""
    _make(tmp_path, "one")

    assert _make(tmp_path, "one", force=True).made == ["a"]


def test_what_the_plan_no_longer_asks_for_is_removed(tmp_path: Path) -> None:
    """Files of products that are gone go with them; files that Benang did not write stay."""
    _make(tmp_path, "one", product="old")
    (tmp_path / "mine.txt").write_text("my own", encoding="utf-8")

    gone = _make(tmp_path, "two", product="new").finish()

    assert gone == ["old.txt"]
    assert sorted(path.name for path in tmp_path.glob("*.txt")) == ["mine.txt", "new.txt"]


def test_a_broken_account_only_means_that_all_is_made_again(tmp_path: Path) -> None:
    """A half-written or foreign `made.json` is no error."""
    _make(tmp_path, "one")
    (tmp_path / ".benang" / "made.json").write_text("{", encoding="utf-8")

    assert _make(tmp_path, "one").made == ["a"]


def test_only_files_of_the_output_are_ever_removed(tmp_path: Path) -> None:
    """An account that names a file elsewhere, or none at all, is not believed."""
    out = tmp_path / "out"
    _make(out, "one")
    (tmp_path / "mine.txt").write_text("my own", encoding="utf-8")
    account = out / ".benang" / "made.json"
    account.write_text('{"format": 1, "made": {"old": {"key": "", "files": {"../mine.txt": ""}}, "a": 3}}', "utf-8")

    assert _make(out, "two").finish() == []
    assert (tmp_path / "mine.txt").is_file()
