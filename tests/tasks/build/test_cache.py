"""What has not changed is not made again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from benang.files import sha256, write_text
from benang.tasks.build.cache import Cache, key_of


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


@pytest.mark.parametrize(
    "made",
    ["[[1, {}], [null, {}]]", f'{{"old": {{"files": {{"{"n" * 5000}": "1"}}}}}}'],
    ids=["numbers for names", "a name longer than any file's"],
)
def test_an_account_that_names_nothing_possible_is_not_believed(tmp_path: Path, made: str) -> None:
    """Products go by texts, and a file with such a name can't be there."""
    account = tmp_path / ".benang" / "made.json"
    account.parent.mkdir()
    account.write_text(f'{{"format": 1, "made": {made}}}', encoding="utf-8")

    cache = _make(tmp_path, "one")

    assert (cache.made, cache.finish()) == (["a"], [])


def test_only_files_of_the_output_are_ever_removed(tmp_path: Path) -> None:
    """An account that names a file elsewhere, or none at all, is not believed."""
    out = tmp_path / "out"
    _make(out, "one")
    (tmp_path / "mine.txt").write_text("my own", encoding="utf-8")
    account = out / ".benang" / "made.json"
    account.write_text('{"format": 1, "made": {"old": {"key": "", "files": {"../mine.txt": ""}}, "a": 3}}', "utf-8")

    assert _make(out, "two").finish() == []
    assert (tmp_path / "mine.txt").is_file()


def test_what_is_noted_is_what_was_written(tmp_path: Path) -> None:
    """Where another program writes over a product at once, the next build sees that, and makes it again."""

    def write(places: Mapping[str, Path]) -> None:
        write_text(places["a.txt"], "one")
        write_text(tmp_path / "a.txt", "of another program")

    cache = Cache(tmp_path).load()
    cache.make("a", "key", ["a.txt"], write)
    (tmp_path / "a.txt").write_text("of another program", encoding="utf-8")

    assert cache.known["a"] == {"key": "key", "files": {"a.txt": sha256("one")}}
    assert not Cache(tmp_path).load().is_fresh("a", "key", ["a.txt"])


def test_the_files_of_a_product_are_replaced_together(tmp_path: Path) -> None:
    """What fails half-way leaves all files as the build before made them."""

    def write(places: Mapping[str, Path], *, fails: bool = False) -> None:
        write_text(places["a.svg"], "new" if fails else "old")
        if fails:
            raise RuntimeError
        write_text(places["a.png"], "old")

    names = ["a.svg", "a.png"]
    Cache(tmp_path).load().make("a", "one", names, write)
    cache = Cache(tmp_path).load()
    with pytest.raises(RuntimeError):
        cache.make("a", "two", names, lambda places: write(places, fails=True))

    assert [(tmp_path / name).read_text(encoding="utf-8") for name in names] == ["old", "old"]
    assert cache.is_fresh("a", "one", names)
