"""Records that Benang and other programs keep of the same files, beside the number that each file truly holds.

    python benchmarks/records_kept.py [--data FOLDER]

FOLDER holds real exports, which belong to their publishers and are not part of the project; where it is absent, the
invented exports of the tests are read, which are small and true to the forms. The true numbers are counted by what
separates records in each form, apart from any parser. Each program reads the forms that it says it reads, each file in
the form that it takes it for; where it lets a user name the form and then keeps more, that number stands in brackets.
What it keeps without a title counts as kept, and is said. Programs run in environments of their own.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from peers import PEERS, python_of

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "benchmarks" / "out" / "records_kept.json"
INVENTED = ROOT / "tests" / "data" / "exports"
TOOLS = {
    "benang": ("ris", "wos", "wos-tab", "bib", "scopus-bib", "csv", "scopus-csv", "medline", "openalex", "xml"),
    "rispy": ("ris", "scopus-ris", "wos"),
    "bibtexparser-1": ("bib", "scopus-bib"),
    "bibtexparser-2": ("bib", "scopus-bib"),
    "biblioflow": ("ris", "wos", "wos-tab", "bib", "scopus-bib", "csv", "scopus-csv", "medline", "openalex", "xml"),
    "bibx": ("wos", "scopus-bib", "scopus-csv", "scopus-ris"),
}
"""The forms that each program says it reads."""
READ = {
    "benang": """
from benang.readers.registry import read
def kept(path, form):
    return [record.title for record in read(path).records]
""",
    "rispy": """
import rispy
def kept(path, form):
    parser = rispy.WokParser if form == "wos" else rispy.RisParser
    with open(path, encoding="utf-8-sig") as file:
        return [one.get("title") or one.get("primary_title") or one.get("document_title") or one.get("translated_title")
                for one in rispy.load(file, implementation=parser)]
""",
    "bibtexparser-1": """
import bibtexparser
from bibtexparser.bparser import BibTexParser
def kept(path, form):
    with open(path, encoding="utf-8-sig") as file:
        parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
        return [one.get("title") for one in bibtexparser.load(file, parser).entries]
""",
    "bibtexparser-2": """
import bibtexparser
def kept(path, form):
    return [one.get("title", one.get("Title")) for one in bibtexparser.parse_file(path, encoding="utf-8-sig").entries]
""",
    "biblioflow": """
import biblioflow
NAMED = {"medline": {"format": "nbib"}, "wos-tab": {"provider": "wos", "format": "tsv"}}
def kept(path, form):
    return [one.get("title") for one in biblioflow.load(path)]
def kept_named(path, form):
    return [one.get("title") for one in biblioflow.load(path, **NAMED[form])] if form in NAMED else []
""",
    "bibx": """
import bibx
READERS = {"wos": "wos", "scopus-bib": "scopus_bib", "scopus-csv": "scopus_csv", "scopus-ris": "scopus_ris"}
def kept(path, form):
    with open(path, encoding="utf-8") as file:
        return [one.title for one in getattr(bibx, "read_" + READERS[form])(file).articles]
""",
}
"""How each program reads one file: it gives the titles of what it keeps."""
RUN = """
import json, sys, warnings
warnings.simplefilter("ignore")
said = []
for path in sys.argv[2:]:
    one = {}
    for name in ("kept", "kept_named"):
        if name in globals():
            try:
                titles = globals()[name](path, sys.argv[1])
                one[name], one[name + "_titled"] = len(titles), sum(bool(str(title or "").strip()) for title in titles)
            except Exception as error:
                one[name + "_error"] = f"{type(error).__name__}: {' '.join(str(error).split())[:120]}"
    said.append(one)
print(json.dumps(said))
"""
SECONDS = 300


@dataclass(frozen=True)
class Case:
    """Files of one form that stand in one line of the table, and how many records they hold."""

    name: str
    form: str
    paths: tuple[Path, ...]

    @property
    def truth(self) -> int:
        """How many records the files hold, counted by what separates them."""
        return sum(separated(path, self.form) for path in self.paths)


def separated(path: Path, form: str) -> int:
    """Count the records of a file by what separates them in its form."""
    text = path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    if form in ("csv", "scopus-csv"):
        rows = csv.reader(text.splitlines(keepends=True))
        widths = [len(row) for row in rows if any(row)]  # what stands above the header has fewer columns
        return len(widths) - 1 - next(at for at, width in enumerate(widths) if width * 2 > max(widths))
    if form == "wos-tab":
        return sum(bool(line) for line in text.split("\n")) - 1
    if form == "openalex":
        return len(json.loads(text))
    if form == "xml":
        return text.count("<record>")
    if form in ("bib", "scopus-bib"):
        return len(re.findall(r"(?m)^\s*@(?!comment|string|preamble)\w+\s*[{(]", text, re.IGNORECASE))
    ends = (r"^\s*ER  -", r"^PMID-", r"^ER\s*$") if form != "medline" else (r"^PMID-",)
    return next(n for end in ends if (n := len(re.findall(f"(?m){end}", text))))


def real_cases(data: Path) -> list[Case]:
    exports = data / "exports"
    ones = [
        ("wos-plain-500.txt", "wos"),
        ("wos-tab-71-bom.txt", "wos-tab"),
        ("wos-236.bib", "bib"),
        ("scopus-581.csv", "scopus-csv"),
        ("scopus-58-one-column-short.csv", "scopus-csv"),
        ("scopus-836.ris", "scopus-ris"),
        ("scopus-263.bib", "scopus-bib"),
        ("pubmed-335-crlf.txt", "medline"),
        ("openalex-410.json", "openalex"),
        ("publish-or-perish-9.csv", "csv"),
        ("ojs-6.ris", "ris"),
        ("mixed-line-ends-25.ris", "ris"),
    ]
    many = [
        ("ris-edge-cases", "ris", exports / "ris-edge-cases", "*.ris"),
        ("RIS of many tools", "ris", exports / "one-export-per-tool" / "RIS", "*.ris"),
        ("CSV of many tools", "csv", exports / "one-export-per-tool" / "CSV", "*.csv"),
        ("seven-dialects, RIS", "ris", exports / "seven-dialects", "*.ris"),
        ("copper-505-endnote.xml", "xml", data / "duplicates", "copper-505-endnote.xml"),
    ]
    cases = [Case(name, form, (exports / name,)) for name, form in ones if (exports / name).is_file()]
    for name, form, folder, pattern in many:
        if paths := tuple(sorted(folder.glob(pattern))):
            cases.append(Case(name if len(paths) == 1 else f"{name} ({len(paths)} files)", form, paths))
    return cases


def invented_cases() -> list[Case]:
    forms = {"wos-3.txt": "wos", "wos-2.bib": "bib", "scopus-2.bib": "scopus-bib", "scopus-2.ris": "scopus-ris",
             "scopus-3.csv": "scopus-csv", "scopus-2019-2.csv": "scopus-csv", "pubmed-2.nbib": "medline",
             "openalex-2.json": "openalex", "endnote-2.xml": "xml", "ojs-3.ris": "ris", "endnote-1.ris": "ris",
             "mendeley-1.ris": "ris", "zotero-2.ris": "ris"}  # fmt: skip
    return [Case(name, form, (INVENTED / name,)) for name, form in forms.items()]


def reads(tool: str, form: str) -> bool:
    """Tell whether a program says that it reads a form; Scopus's RIS is RIS too."""
    return form in TOOLS[tool] or (form == "scopus-ris" and "ris" in TOOLS[tool])


def kept(python: str, tool: str, case: Case) -> dict[str, object]:
    """Let one program read the files of a case; a file on which it fails gives nothing, and the reason is told."""
    command = [python, "-c", READ[tool] + RUN, case.form, *map(str, case.paths)]
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS)
        said = json.loads(run.stdout.strip().splitlines()[-1])
    except subprocess.TimeoutExpired:
        return {"kept": 0, "titled": 0, "errors": [f"no end within {SECONDS} seconds"]}
    except (subprocess.CalledProcessError, IndexError, ValueError) as error:
        return {"kept": 0, "titled": 0, "errors": [str(error)[:200]]}
    total = sum(one.get("kept", 0) for one in said)
    named = sum(one.get("kept_named", 0) for one in said)
    errors = [
        f"{path.name}: {one['kept_error']}" for path, one in zip(case.paths, said, strict=True) if "kept_error" in one
    ]
    return {
        "kept": total,
        "titled": sum(one.get("kept_titled", 0) for one in said),
        **({"kept_where_the_form_is_named": named} if named > total else {}),
        **({"errors": errors} if errors else {}),
    }


def cell(answer: dict[str, object] | None, n_files: int) -> str:
    """Write what one program kept: `-` where it does not read the form, `fails` where it ends with an error."""
    if answer is None:
        return "-"
    errors = answer.get("errors")
    failed = len(errors) if isinstance(errors, list) else 0
    if failed and n_files == 1:
        return "fails"
    told = [f"{failed} fail"] if failed else []
    if "kept_where_the_form_is_named" in answer:
        told.append(str(answer["kept_where_the_form_is_named"]))
    return f"{answer['kept']}" + (f" ({', '.join(told)})" if told else "")


def table(cases: Sequence[Case], pythons: dict[str, str]) -> list[dict[str, object]]:
    print(f"{'file':32} {'holds':>6} " + " ".join(f"{tool:>14}" for tool in pythons))
    rows: list[dict[str, object]] = []
    for case in cases:
        answers = {
            tool: kept(python, tool, case) if reads(tool, case.form) else None for tool, python in pythons.items()
        }
        cells = " ".join(f"{cell(answer, len(case.paths)):>14}" for answer in answers.values())
        print(f"{case.name:32} {case.truth:6,} {cells}", flush=True)
        rows.append({"file": case.name, "form": case.form, "records": case.truth, **answers})
    return rows


def tell_details(rows: Sequence[dict[str, object]], tools: Sequence[str]) -> None:
    """Print why programs failed, and what they kept without a title although Benang found one."""
    print()
    for row in rows:
        ours = row["benang"]
        most = ours.get("titled", 0) if isinstance(ours, dict) else 0
        for tool in tools:
            answer = row[tool]
            if not isinstance(answer, dict):
                continue
            for error in answer.get("errors", ()):
                print(f"{tool} fails on {error}")
            if answer["titled"] < min(answer["kept"], most):
                print(f"{tool}, {row['file']}: {answer['titled']:,} of {answer['kept']:,} records kept have a title")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of real exports")
    given = parser.parse_args()
    cases = real_cases(given.data) if (given.data / "exports").is_dir() else []
    if not cases:
        print("The real exports are not at hand: the invented ones of the tests are read.\n")
        cases = invented_cases()
    pythons = {"benang": sys.executable}
    pythons |= {peer: python for peer in TOOLS if peer in PEERS and (python := python_of(peer))}
    rows = table(cases, pythons)
    tell_details(rows, list(pythons))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({"peers": PEERS, "rows": rows}, indent=1) + "\n", encoding="utf-8")
    print(f"\nIn brackets: files that fail; records kept where the form is named. Written to {OUT.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
