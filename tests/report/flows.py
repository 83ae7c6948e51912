"""Invented flows in the four versions of PRISMA's figure, sparse and dense, with names as long as people give them."""

from __future__ import annotations

from collections.abc import Sequence

from benang.evidence import count
from benang.project.toml_files import Label
from benang.screening.prisma import Box, Flow, TypedBox
from benang.screening.prisma_table import BOXES, OPEN

DATABASES = ("Scopus", "Web of Science Core Collection", "ERIC (ProQuest)", "Garuda (Garba Rujukan Digital)", "PubMed")
REASONS = (
    ("wrong population", "populasi tidak sesuai"),
    ("not about night markets", "bukan tentang pasar malam"),
    ("no empirical data", "tanpa data empiris"),
    ("language other than English or Indonesian", "bahasa selain bahasa Inggris atau Indonesia"),
    ("published before 1990", "terbit sebelum 1990"),
    ("conference abstract without a full paper", "abstrak konferensi tanpa makalah lengkap"),
    ("duplicate publication of the same data set", "publikasi ganda dari kumpulan data yang sama"),
    ("retracted", "ditarik"),
    ("comparison group missing", "tanpa kelompok pembanding"),
    ("outcome not reported in a form that can be extracted", "luaran tidak dilaporkan dalam bentuk yang dapat diolah"),
    ("review, not a primary study", "tinjauan, bukan penelitian primer"),
    ("commentary, editorial or letter", "komentar, editorial, atau surat pembaca"),
    ("counterrevolutionary-institutionalisation-of-microenterprises", "dipertanggungjawabkan-sebagaimana-mestinya"),
    ("wrong intervention", "intervensi tidak sesuai"),
    ("protocol only", "hanya protokol"),
)
PREVIOUS = TypedBox(box="previous_studies", n=12, by="Ani", reason="Umpama (2019), table 2")
UNEXPORTED = TypedBox(
    box="hits_not_exported", n=1500, by="Budi", reason="Scopus exports 2,000 at most", database="Scopus"
)
SELECTED = {
    "register_results": 0,
    "duplicates_removed": 22,
    "records_removed_automatically": 0,
    "records_removed_other": 0,
    "records_screened": 1234,
    "reports_sought": 20,
    "reports_not_retrieved": 1,
    "reports_assessed": 19,
    "studies_included": 9,
    "reports_included": 10,
}
OTHER = {
    "website_results": 10,
    "citation_results": 40,
    "other_duplicates": 4,
    "other_sought_reports": 46,
    "other_notretrieved_reports": 2,
    "other_assessed": 44,
}


def flow(*, is_updated: bool = False, has_other: bool = False, is_dense: bool = False) -> Flow:
    """Return a flow of a version; a dense one has five databases, fifteen reasons, typed numbers and open items."""
    boxes: dict[str, Box] = {}

    def add(key: str, n: int, typed: Sequence[TypedBox] = (), name: str = "") -> None:
        ids = [f"{key}-{at}" for at in range(n)]
        boxes[key] = Box(key, count(f"prisma/{key}", ids, unit=BOXES[key.partition("/")[0]]), tuple(typed), name)

    def add_reasons(key: str, n: int) -> None:
        add(key, 2 * n)
        for at in range(n):
            add(f"{key}/r{at}", 2, name=f"r{at}")

    typed = [UNEXPORTED] if is_dense else []
    names = DATABASES if is_dense else DATABASES[:2]
    if is_updated:
        add("previous_studies", 0, [PREVIOUS])
        add("previous_reports", 14)
    add("records_identified", 61 * len(names), typed)
    add("database_results", 61 * len(names), typed)
    for name in names:
        add(f"database_results/{name}", 61, typed if name == "Scopus" else (), name)
    for key, n in SELECTED.items():
        add(key, n, typed if key == "records_removed_other" else ())
    add_reasons("records_excluded", 4 if is_dense else 0)
    add_reasons("reports_excluded", 15 if is_dense else 2)
    if has_other:
        for key, n in OTHER.items():
            add(key, n)
        add_reasons("other_excluded", 6 if is_dense else 1)
    if is_updated:
        add("total_studies", 9, [PREVIOUS])
        add("total_reports", 24)
    waiting = {"undecided_records": 12, "conflicting_reports": 2} if is_dense else {}
    return Flow(
        boxes=boxes,
        open={
            key: count(f"prisma/{key}", [f"{key}-{at}" for at in range(waiting.get(key, 0))], unit=unit)
            for key, unit in OPEN.items()
        },
        is_updated=is_updated,
        has_other=has_other,
        labels={f"r{at}": Label(en=english, id=indonesian) for at, (english, indonesian) in enumerate(REASONS)},
    )
