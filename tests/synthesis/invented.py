"""An invented review whose numbers are known by hand: village libraries that closed or moved.

| case | studies | reasons | uses | outcome | years |
|---|---|---|---|---|---|
| alun | ana2010 | roof, flood | loans | closed | since 2008 |
| beji | bima2012, ana2010 | roof, librarian (bima2012), volunteers (ana2010) | | moved | until 2015 |
| cikal, dadap | citra, as a group | volunteers, flood | | closed | |
| ends | none | | | | |

The record dewi2011 tells of no case, citra has no year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from benang.coding.cases import Case, Cases
from benang.coding.codebook import Code, Codebook, Framework, Group, Item, Level, PrintedRow, Reading, Variable
from benang.coding.placed import place
from benang.evidence import Scope, Stance
from benang.files import sha256
from benang.judgements.events import Coding, Quotation, Task, Value
from benang.judgements.log import fold
from benang.locale import Language
from benang.project.folder import Document
from benang.project.toml_files import Label
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record
from benang.synthesis import findings_of
from benang.synthesis.claims import Claims, MapFacts
from benang.synthesis.findings import Findings

Judged = Coding | Value | Task

CORPUS: Corpus = corpus_of(
    [
        Record(
            "ana2010",
            title="Two libraries by the river",
            authors=("Ana, S.", "Wulan, T."),
            year=2010,
            author_keywords=("library", "river"),
            origins={"author_keywords": "assigned"},
        ),
        Record("bima2012", title="Moving a library", authors=("Bima, K.",), year=2012),
        Record("citra", title="Libraries downstream", authors=("Citra Dewi, A.", "Eka, B.", "Fajar, C.")),
        Record("dewi2011", title="Reading aloud", authors=("Dewi, P.",), year=2011),
    ]
)

TEXTS = {
    "ana2010": "In Alun the roof leaked. Books were lent to all. The flood of spring came in. It opened in 2008. "
    "Beji lost its volunteers.",
    "bima2012": "---\naccount: secondary\n---\nThe roof of Beji fell in. Its librarian left. It moved in 2015.",
    "citra": "Both Cikal and Dadap lost their volunteers. A flood reached them. Both closed. No year is told.",
}


def document(record: str, text: str, suffix: str = "md") -> Document:
    """Make a document of a record."""
    return Document(
        f"documents/{record}.{suffix}",
        record,
        text,
        sha256(text),
        "secondary" if "account: secondary" in text else "own text",
    )


DOCUMENTS: Mapping[str, Document] = {one.path: one for one in (document(key, text) for key, text in TEXTS.items())}


def quotation(record: str, quote: str) -> Quotation:
    """Quote a text at the place where it stands."""
    start = TEXTS[record].index(quote)
    return Quotation(document=f"documents/{record}.md", start=start, end=start + len(quote), quote=quote)


def coding(case: str, code: str, record: str, quote: str, scope: Scope = "case", stance: Stance = "supports") -> Coding:
    """Code a quote of a study, for a case."""
    at = quotation(record, quote)
    return Coding(
        id=f"{case}/{code}" + ("" if stance == "supports" else f"/{stance}"),
        stance=stance,
        coder="ani",
        code=code,
        case=case,
        scope=scope,
        document=at.document,
        start=at.start,
        end=at.end,
        quote=at.quote,
    )


def value(case: str, variable: str, told: int | str, *passages: Quotation) -> Value:
    """Give a variable of a case a value."""
    return Value(id=f"{case}/{variable}", coder="ani", case=case, variable=variable, value=told, passages=passages)


JUDGED: tuple[Judged, ...] = (
    coding("alun", "roof", "ana2010", "In Alun the roof leaked."),
    coding("alun", "flood", "ana2010", "The flood of spring came in."),
    coding("alun", "loans", "ana2010", "Books were lent to all."),
    coding("beji", "roof", "bima2012", "The roof of Beji fell in."),
    coding("beji", "librarian", "bima2012", "Its librarian left."),
    coding("beji", "volunteers", "ana2010", "Beji lost its volunteers."),
    *(
        coding(case, code, "citra", quote, "group")
        for case in ("cikal", "dadap")
        for code, quote in (
            ("volunteers", "Both Cikal and Dadap lost their volunteers."),
            ("flood", "A flood reached them."),
        )
    ),
    value("alun", "since", 2008, quotation("ana2010", "It opened in 2008.")),
    value("beji", "until", 2015, quotation("bima2012", "It moved in 2015.")),
    value("beji", "outcome", "moved", quotation("bima2012", "It moved in 2015.")),
    value("cikal", "outcome", "closed", quotation("citra", "Both closed.")),
    value("cikal", "since", "not_reported"),
    *(Task(id=f"task/{case}/reasons", coder="ani", case=case, group="reasons") for case in ("alun", "beji", "cikal")),
    Task(id="task/dadap/reasons", coder="ani", case="dadap", group="reasons", state="open"),
    Task(id="task/alun/uses", coder="ani", case="alun", group="uses"),
)

DOUBTED: tuple[Judged, ...] = (
    *JUDGED,
    coding("alun", "roof", "ana2010", "Books were lent to all.", stance="contradicts"),
    coding("cikal", "roof", "citra", "A flood reached them.", "group", stance="contradicts"),
    coding("beji", "loans", "bima2012", "Its librarian left.", stance="contradicts"),
    coding("dadap", "noise", "citra", "No year is told.", "group", stance="mentions"),
)
"""The same, where passages contradict the roof of Alun and Cikal and the loans of Beji, and mention noise of Dadap."""

CASES = Cases(
    cases=(
        Case(
            id="alun",
            label="Alun – Library",
            home="Alun",
            country="Indonesia",
            form="local government",
            studies=("ana2010",),
            outcome="closed",
        ),
        Case(
            id="beji",
            label="Beji – Library",
            home="Beji",
            country="Indonesia",
            form="local government",
            studies=("bima2012", "ana2010"),
        ),
        Case(
            id="cikal",
            label="Cikal – Library",
            home="Cikal",
            country="Indonesia",
            form="local government",
            studies=("citra",),
        ),
        Case(
            id="dadap",
            label="Dadap – Library",
            home="Dadap",
            country="Malaysia",
            form="local government",
            studies=("citra",),
            outcome="closed",
            outcome_note=Label(en="=closed, says the board"),
        ),
        Case(id="ends", label="Ends – Library", home="Ends", country="Malaysia", form="reading room"),
    )
)


def label(en: str, indonesian: str | None = None) -> Label:
    """Make a label."""
    return Label(en=en, id=indonesian)


CODEBOOK = Codebook(
    variables=(
        Variable(
            id="outcome",
            label=label("Outcome", "Hasil"),
            levels=tuple(Level(id=one, label=label(one.capitalize())) for one in ("closed", "moved", "thriving")),
        ),
        Variable(id="outcome_note", label=label("Note"), type="text", note_of="outcome"),
        Variable(id="home", label=label("Home"), type="text"),
        Variable(id="country", label=label("Country"), type="text"),
        Variable(id="form", label=label("Form"), type="text"),
        Variable(id="since", label=label("Since", "Sejak"), type="year"),
        Variable(id="until", label=label("Until", "Hingga"), type="year"),
    ),
    groups=(
        Group(
            id="reasons",
            label=label("Reasons", "Alasan"),
            sides=(
                Level(id="inside", label=label("Inside", "Dalam")),
                Level(id="outside", label=label("Outside", "Luar")),
            ),
        ),
        Group(id="uses", label=label("Uses", "Kegunaan")),
    ),
    codes=(
        Code(id="roof", group="reasons", side="inside", label=label("Bad roof", "Atap rusak"), row=1),
        Code(id="people", group="reasons", side="inside", label=label("People"), heading=True, row=2),
        Code(id="librarian", group="reasons", parent="people", label=label("Librarian left")),
        Code(id="volunteers", group="reasons", parent="people", label=label("Volunteers lost", "Relawan hilang")),
        Code(id="flood", group="reasons", side="outside", label=label("Flood", "Banjir"), row=3),
        Code(id="noise", group="reasons", side="outside", label=label("Noise")),
        Code(id="loans", group="uses", label=label("Loans")),
        Code(id="classes", group="uses", label=label("Classes")),
    ),
    rows=(
        PrintedRow(table="leaflet", row=2, group="reasons", side="inside", label=label("People")),
        PrintedRow(table="leaflet", row=1, group="reasons", side="inside", label=label("Roof")),
        PrintedRow(table="leaflet", row=3, group="reasons", side="outside", label=label("Water")),
    ),
    frameworks=(
        Framework(
            id="needs",
            label=label("Needs"),
            source="Invented (2001)",
            items=(Item(id="building", label=label("A dry building")), Item(id="friends", label=label("Friends"))),
        ),
        Framework(
            id="harms",
            label=label("Harms"),
            source="Invented (2002)",
            items_are="failures",
            items=(Item(id="water", label=label("Water")),),
        ),
    ),
    readings=(
        Reading(code="roof", items=("needs/building",), stance="counter-evidence"),
        Reading(code="loans", items=("needs/building",), stance="evidence"),
        Reading(code="flood", items=("harms/water",), stance="evidence"),
    ),
)


def found(
    judged: Iterable[Judged] = JUDGED,
    *,
    claims: Claims | None = None,
    language: Language = "en",
    maps: Mapping[str, MapFacts] | None = None,
    documents: Mapping[str, Document] = DOCUMENTS,
    codebook: Codebook = CODEBOOK,
    cases: Cases = CASES,
) -> Findings:
    """Count what the invented review found."""
    placed = place(fold(judged), documents, codebook, cases)
    return findings_of(
        corpus=CORPUS,
        codebook=codebook,
        cases=cases,
        documents=documents,
        placed=placed,
        claims=claims,
        maps=maps,
        language=language,
    )
