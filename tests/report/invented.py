"""An invented review of night markets for tests of the report: four cases, two of them told of as a group."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable

import numpy as np
from scipy import sparse
from tests.maps.told import told

from benang.coding.cases import Case, Cases
from benang.coding.codebook import Code, Codebook, Framework, Group, Item, Level, PrintedRow, Variable
from benang.coding.coded import Coded
from benang.coding.placed import Placed
from benang.evidence import Evidence, Number, Passage, Scope, Step, count
from benang.maps import Map
from benang.network.network import Network, with_link_weights
from benang.project.folder import Document
from benang.project.toml_files import Label
from benang.records.corpus import corpus_of
from benang.records.record import FileAccount, Ledger, Record, SetAside
from benang.report.content import FigureContent, ReportContent
from benang.synthesis.claims import CountClaim, JudgementClaim
from benang.synthesis.findings import (
    CaseRow,
    Cell,
    Check,
    CodeRow,
    CodeTable,
    Findings,
    FrameworkTable,
    Matrix,
    PrintedRowCount,
    State,
    Unplaced,
)

ATTACK = '<script>alert("x")</script> & <img src=x onerror=alert(1)>'
"""What a quote must not be able to do."""

TEXTS = {
    "sari2018": f"At Hulu, rain closed the market twice a week. {ATTACK} The lamps were weak. It ended in 2016.",
    "tan2021": "At Hilir the stalls were too dear.",
    "group2019": "In Timur and Barat alike, rain kept buyers away.",
}

CODEBOOK = Codebook(
    case_label=("home", "partner"),
    variables=(
        Variable(
            id="outcome",
            label=Label(en="Outcome", id="Hasil"),
            levels=(
                Level(id="closed", label=Label(en="Closed", id="Tutup")),
                Level(id="open", label=Label(en="Open", id="Buka")),
            ),
        ),
        Variable(id="outcome_note", label=Label(en="Note"), type="text", note_of="outcome"),
        Variable(id="since", label=Label(en="Since", id="Sejak"), type="year"),
        Variable(id="until", label=Label(en="Until", id="Hingga"), type="year"),
        Variable(id="home", label=Label(en="Home"), type="text", shown=False),
        Variable(id="partner", label=Label(en="Partner", id="Mitra"), type="text"),
        Variable(id="country", label=Label(en="Country", id="Negara"), type="text"),
    ),
    groups=(
        Group(id="goods", label=Label(en="Goods", id="Barang")),
        Group(
            id="reasons",
            label=Label(en="Reasons", id="Faktor"),
            sides=(
                Level(id="inner", label=Label(en="Inner", id="Dalam")),
                Level(id="outer", label=Label(en="Outer", id="Luar")),
            ),
        ),
    ),
    codes=(
        Code(id="fruit", group="goods", label=Label(en="Fruit", id="Buah")),
        Code(id="rain", group="reasons", label=Label(en="Rain", id="Hujan"), side="outer", row=1),
        Code(id="dark", group="reasons", label=Label(en="Too dark", id="Terlalu gelap"), side="inner", row=2),
        Code(
            id="dear", group="reasons", label=Label(en="Dear stalls", id="Lapak mahal"), side="inner", side_judged=True
        ),
    ),
    rows=(
        PrintedRow(table="weather", row=1, group="reasons", side="outer", label=Label(en="Weather", id="Cuaca")),
        PrintedRow(table="weather", row=2, group="reasons", side="inner", label=Label(en="Light", id="Cahaya")),
    ),
    frameworks=(
        Framework(
            id="plan",
            label=Label(en="Market plan", id="Rencana pasar"),
            source="Budi (2001)",
            items=(Item(id="shelter", label=Label(en="Shelter", id="Naungan")),),
        ),
    ),
)

CASES = Cases(
    cases=(
        Case(
            id="hulu",
            label="Hulu – Muara",
            partner="Muara",
            country="Ruritania",
            studies=("sari2018",),
            outcome="closed",
            outcome_note=Label(en="closed for good", id="tutup selamanya"),
        ),
        Case(id="hilir", label="Hilir – Muara", partner="Muara", country="Ruritania", studies=("tan2021",)),
        Case(id="barat", label="Barat – Muara", partner="Muara", country="Ruritania", studies=("group2019",)),
        Case(id="timur", label="Timur – Muara", partner="Muara", country="Ruritania", studies=("group2019",)),
    )
)

RECORDS = (
    Record(
        "sari2018",
        "article",
        "Rain & markets",
        ("Sari, Dewi A.",),
        2018,
        "Jurnal Pasar",
        "4",
        "2",
        "1",
        "9",
        author_keywords=("market",),
        file="sources/markets.ris",
        place=1,
        line=1,
        origins={"author_keywords": "assigned"},
    ),
    Record("tan2021", "thesis", "Dear stalls", ("Tan, B.", "Ho, C.", "Lim, D."), 2021, publisher="Universitas Muara"),
    Record("group2019", "unpublished", "Two markets", ("Wibowo",)),
)


def _passage(case: str, code: str, record: str, quote: str, *, scope: Scope = "case") -> Passage:
    start = TEXTS[record].index(quote)
    return Passage(
        f"{case}/{code}", f"documents/{record}.md", start, start + len(quote), quote, case, code, "ani", scope
    )


PASSAGES = {
    one.id: one
    for one in (
        _passage("hulu", "rain", "sari2018", f"rain closed the market twice a week. {ATTACK}"),
        _passage("hulu", "dark", "sari2018", "The lamps were weak."),
        _passage("hulu", "until", "sari2018", "It ended in 2016."),
        _passage("hilir", "dear", "tan2021", "the stalls were too dear"),
        _passage("barat", "rain", "group2019", "rain kept buyers away", scope="group"),
        _passage("timur", "rain", "group2019", "rain kept buyers away", scope="group"),
    )
}
STUDY = {f"documents/{record}.md": record for record in TEXTS}


def _held(code: str) -> list[Passage]:
    return [one for one in PASSAGES.values() if one.code == code]


def _two(name: str, codes: Iterable[str]) -> tuple[Number, Number]:
    held = [one for code in codes for one in _held(code)]
    ids = [one.id for one in held]
    return (
        count(f"{name}/cases", (one.case for one in held), unit="cases", passages=ids),
        count(f"{name}/studies", (STUDY[one.document] for one in held), unit="studies", passages=ids),
    )


def _codes_of(case: str, group: str) -> tuple[str, ...]:
    return tuple(code.id for code in CODEBOOK.codable(group) if f"{case}/{code.id}" in PASSAGES)


def _of_case(case: str, group: str) -> Number:
    codes = {one.id for one in CODEBOOK.codable(group)}
    held = [one for one in PASSAGES.values() if one.case == case and one.code in codes]
    return count(f"cases/{case}/{group}", (one.code for one in held), unit="codes", passages=[one.id for one in held])


def _framework() -> dict[State, Number]:
    rain = _held("rain")
    name = "frameworks/plan/shelter"
    return {
        "evidence": count(f"{name}/evidence", (), unit="cases"),
        "counter-evidence": count(
            f"{name}/counter-evidence", (one.case for one in rain), unit="cases", passages=[one.id for one in rain]
        ),
        "not-reported": count(f"{name}/not-reported", ["hilir"], unit="cases"),
        "not-looked": count(f"{name}/not-looked", (), unit="cases"),
    }


def _code_rows(group: str) -> tuple[CodeRow, ...]:
    rows = [
        CodeRow(
            code,
            *_two(f"{group}/{code.id}", [code.id]),
            group_cases=sum(one.scope == "group" for one in _held(code.id)),
        )
        for code in CODEBOOK.codable(group)
    ]
    return tuple(sorted(rows, key=lambda row: -row.cases.value))


def _checks() -> tuple[Check, ...]:
    return (
        Check("two-rainy", "2", "3 cases", "contradicted", ("reasons/rain/cases",)),
        Check("cosy", "cosy", "a reader must judge", "cannot be told", ("cases/hulu",), needs_reader=True),
        Check(
            "general/published-before-event/tan2021",
            "A study follows what it reports.",
            "dated 2021",
            "contradicted",
            ("hulu/until", "tan2021"),
            general=("published-before-event", "tan2021"),
        ),
    )


def findings(*, unplaced: tuple[Unplaced, ...] = ()) -> Findings:
    """Return what was found in the invented review, all numbers counted from its passages."""
    tables = {group.id: CodeTable(group.id, _code_rows(group.id)) for group in CODEBOOK.groups}
    printed = tuple(
        PrintedRowCount(row, codes, *_two(f"weather/{row.row}", codes))
        for row, codes in zip(CODEBOOK.rows, (("rain",), ("dark",)), strict=True)
    )
    rows = tuple(
        CaseRow(
            case,
            {group.id: _codes_of(case.id, group.id) for group in CODEBOOK.groups},
            {group.id: _of_case(case.id, group.id) for group in CODEBOOK.groups},
            case.id in {"barat", "timur"},
            {**case.values, "until": 2016} if case.id == "hulu" else case.values,
            looked_for=frozenset({"since", "until", "outcome"}),
        )
        for case in CASES.cases
    )
    years = {
        year: count(f"years/{year or 'none'}/studies", [key], unit="studies")
        for year, key in ((2018, "sari2018"), (2021, "tan2021"), (None, "group2019"))
    }
    plan = FrameworkTable(CODEBOOK.frameworks[0], {"shelter": _framework()})
    numbers = [
        count("records/all", (one.key for one in RECORDS), unit="records"),
        count("studies/all", TEXTS, unit="studies"),
        count("cases/all", (one.id for one in CASES.cases), unit="cases"),
        count("outcome/closed/cases", ["hulu"], unit="cases"),
        count("outcome/open/cases", (), unit="cases"),
        *(number for table in tables.values() for row in table.rows for number in (row.cases, row.studies)),
        *(number for row in printed for number in (row.cases, row.studies)),
        *(number for row in rows for number in row.numbers.values()),
        *years.values(),
        *_framework().values(),
    ]
    ledger = Ledger(
        (
            FileAccount(
                "sources/markets.ris", "RIS", "ab" * 32, 4, 3, (SetAside(4, 60, "no title"),), ("record 2: no year",)
            ),
        )
    )
    return Findings(
        corpus=corpus_of(RECORDS, ledger=ledger),
        coded=Coded(
            CODEBOOK,
            CASES,
            {
                f"documents/{record}.md": Document(
                    f"documents/{record}.md",
                    record,
                    text,
                    "cd" * 32,
                    "own text" if record == "tan2021" else "secondary",
                )
                for record, text in TEXTS.items()
            },
            Placed(passages=PASSAGES, unplaced=unplaced),
        ),
        evidence=Evidence({one.id: one for one in numbers}, PASSAGES),
        code_tables=tables,
        printed_tables={"weather": printed},
        case_rows=rows,
        matrices={"reasons": _matrix()},
        framework_tables=(plan,),
        years=years,
        checks=_checks(),
    )


def _matrix() -> Matrix:
    columns = tuple(code.id for code in CODEBOOK.codable("reasons"))
    cells = {
        (case.id, code): Cell("evidence" if f"{case.id}/{code}" in PASSAGES else "not-reported")
        for case in CASES.cases
        for code in columns
    }
    return Matrix(tuple(case.id for case in CASES.cases), columns, cells)


def png(width: int, height: int) -> bytes:
    """Return a white PNG picture of a size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\xff" * width for _ in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="360pt" height="216pt" viewBox="0 0 360 216">'
    '<rect width="360" height="216" fill="#eef"/><text x="20" y="40">rain</text></svg>'
)


def market_map() -> Map:
    """Return a map of two keywords with what it carries of its making."""
    links = sparse.csr_array(np.array([[0.0, 1.0], [1.0, 0.0]]))
    network = with_link_weights(Network(("a", "b"), ("market", "rain"), links, item_kind="author-keywords"))
    bare = Map(network, np.array([[-0.5, 0.0], [0.5, 0.0]]), np.array([1, 1]))
    return told(
        bare,
        corpus={"found": 4, "read": 3, "set_aside": 1, "origins": {"author_keywords": "assigned"}},
        counting="full",
        thresholds={"min_occurrences": 1, "components": "all"},
        normalization="association strength",
        layout={"attraction": 2, "repulsion": 0, "objective": -1.25, "starts": 1, "seed": 0},
        clustering={"resolution": 1.0, "quality": 0.5, "n_clusters": 1, "starts": 10, "seed": 0},
    )


def content(*, unplaced: tuple[Unplaced, ...] = ()) -> ReportContent:
    """Return a whole report's content, a figure of each kind among it."""
    return ReportContent(
        title="Night markets <& their end>",
        question="Why do night markets close?",
        findings=findings(unplaced=unplaced),
        authors=("Ani",),
        figures=(
            FigureContent("topics", SVG, None, "Topics of the records.", "Map of 2 items.", map_name="topics"),
            FigureContent(
                "density", None, png(40, 20), "Density of topics.", "Density of 2 items.", ("Small corpus.",), "topics"
            ),
        ),
        maps={"topics": market_map()},
        history=(
            Step("read", {"files": ("sources/markets.ris",)}, {"found": 4, "read": 3}),
            Step(
                "code",
                {"coders": ("ani",)},
                {"documents": 4, "documents_coded": 3, "cases": 4, "cases_coded": 4, "passages": 6},
            ),
        ),
        versions={"benang": "0.1.0", "python": "3.11"},
        plan_hash="ef" * 32,
        limits=("Only one coder.",),
        claims=(
            CountClaim(
                id="two-rainy",
                check="count",
                says=Label(en="Two markets were rained off"),
                where=Label(en="abstract"),
                of="reasons/rain/cases",
                stated=2,
            ),
            JudgementClaim(id="cosy", check="judgement", says=Label(en="Markets are cosy"), where=Label(en="end")),
        ),
        date="2024-05-01",
    )
