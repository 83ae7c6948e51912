"""Learn the table of English parts of speech (src/benang/terms/english_tags.txt) from abstracts that spaCy tags.

    python scripts/english_tags.py EXPORTS… [--model en_core_web_sm]

The exports are any that Benang reads; of their abstracts only counts of words with their parts of speech are kept. It
needs the extra `spacy` and a model of English.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benang.files import write_text
from benang.readers.registry import read
from benang.terms.english_words import learned, tag_of_penn
from benang.terms.tagging import TOKEN

TABLE = Path(__file__).resolve().parent.parent / "src" / "benang" / "terms" / "english_tags.txt"
_HYPHENS = "-‐–"
# What the last part of a hyphened word is as a whole: "spin-polarized" tells of a noun, "well-being" is one.
_AS_ONE = {"P": "A", "D": "A", "G": "N", "V": "N", "Z": "N", "R": "A", "I": "A", "Q": "N"}
_NO_PARTS = frozenset({"HYPH", "POS"})


def tagged(sentence: Any) -> Iterator[tuple[str, str]]:
    """Give the words of a sentence of spaCy as Benang parts them, each with its part of speech."""
    parts = [(token.idx, token.idx + len(token), token.tag_) for token in sentence]
    begin = sentence.start_char
    for match in TOKEN.finditer(sentence.text):
        start, end = match.start() + begin, match.end() + begin
        own = [tag for first, last, tag in parts if last > start and first < end]
        yield match[0], _tag(match[0], own)


def _tag(word: str, parts: Sequence[str]) -> str:
    if not any(map(str.isalnum, word)):
        return "S"
    tags = [tag_of_penn(tag) for tag in parts]
    tag = tags[0] if tags else "S"
    if len(tags) > 1:
        words = [tag for tag, penn in zip(tags, parts, strict=True) if penn not in _NO_PARTS and tag != "S"]
        tag = words[-1] if words else tags[-1]
        if any(hyphen in word for hyphen in _HYPHENS):
            tag = _AS_ONE.get(tag, tag)
    return "F" if tag == "S" else tag


def main() -> None:
    """Tag the abstracts of the exports, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("exports", nargs="+", type=Path)
    parser.add_argument("--model", default="en_core_web_sm")
    parser.add_argument("-o", "--output", type=Path, default=TABLE)
    asked = parser.parse_args()
    pipeline = importlib.import_module("spacy").load(asked.model, exclude=["ner", "lemmatizer"])
    abstracts = [record.abstract for record in read(*asked.exports).records if record.abstract]
    sentences = [list(tagged(one)) for doc in pipeline.pipe(abstracts) for one in doc.sents]
    model = learned([sentence for sentence in sentences if sentence])
    write_text(asked.output, model.text())
    print(f"{asked.output.name}: {len(model.words):,} words of {len(sentences):,} sentences")


if __name__ == "__main__":
    main()
