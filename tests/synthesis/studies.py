"""Small invented reviews for tables of codes and keywords: papers, and the codes that they give evidence of."""

from __future__ import annotations

from collections.abc import Mapping

from benang.coding.cases import Case, Cases
from benang.coding.codebook import Code, Codebook, Group
from benang.coding.coded import Coded
from benang.coding.placed import place
from benang.files import sha256
from benang.judgements.events import Coding
from benang.judgements.log import fold
from benang.project.folder import Document
from benang.project.toml_files import Label
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record

LABELS = {
    "flood": Label(en="Flood", id="Banjir"),
    "leaving": Label(en="Librarians leaving", id="Pustakawan pergi"),
    "decay": Label(en="Decay of the roof", id="Atap lapuk"),
}
CODEBOOK = Codebook(
    groups=(Group(id="reasons", label=Label(en="Reasons")),),
    codes=tuple(Code(id=key, group="reasons", label=label) for key, label in LABELS.items()),
)


def coded_review(codes: Mapping[str, tuple[str, ...]], quotes: Mapping[str, str] | None = None) -> Coded:
    """Make a review in which each paper has a passage for each of its codes, all of one case.

    A passage reads `Of CODE is told.`, or what `quotes` gives for its code.
    """
    documents, codings = {}, []
    for paper, held in codes.items():
        text, path = "", f"documents/{paper}.md"
        for code in held:
            quote = (quotes or {}).get(code, f"Of {code} is told.")
            start = len(text)
            text += f"{quote}\n"
            codings.append(
                Coding(
                    id=f"{paper}/{code}",
                    coder="ani",
                    code=code,
                    case="library",
                    scope="case",
                    document=path,
                    start=start,
                    end=start + len(quote),
                    quote=quote,
                )
            )
        documents[path] = Document(path, paper, text, sha256(text))
    cases = Cases(cases=(Case(id="library", label="Alun"),))
    return Coded(CODEBOOK, cases, documents, place(fold(codings), documents, CODEBOOK, cases))


def corpus_with(records: Mapping[str, Mapping[str, object]]) -> Corpus:
    """Make a corpus of records, each with what is given of it."""
    return corpus_of(Record(key, **given) for key, given in records.items())  # type: ignore[arg-type]
