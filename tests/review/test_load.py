"""A review's folder is read whole, wherever it lies."""

from __future__ import annotations

from pathlib import Path

from benang.project.folder import open_folder
from benang.review.load import load


def test_what_is_told_of_sources_names_files_within_the_review(review: Path) -> None:
    """Wherever the folder lies, ledger and history give the same paths, so that outputs have the same bytes."""
    loaded = load(open_folder(review))

    assert [account.path for account in loaded.corpus.ledger.files] == ["sources/markets.ris"]
    assert loaded.corpus.history[0].arguments["files"] == ("sources/markets.ris",)


def test_a_review_without_codings_is_empty_there(review: Path) -> None:
    """Only the plan and its sources must be there: codebook, cases, claims and judgements may be left out."""
    for name in ("codebook.toml", "cases.toml", "claims.toml"):
        (review / name).unlink()
    (review / "judgements" / "ani.jsonl").unlink()
    plan = review / "review.toml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text[: text.index('[[maps]]\nname = "reasons"')], encoding="utf-8")

    loaded = load(open_folder(review))

    assert (loaded.codebook.codes, loaded.cases.cases, loaded.claims.claims, loaded.judgements.current) == ((),) * 4
    assert len(loaded.corpus) == 3
