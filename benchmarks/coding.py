"""Coding at the size of a large review: 100 papers, 10,000 codings by four coders, and what each answer takes.

    python benchmarks/coding.py [--papers 100] [--codings 10000] [--folder FOLDER] [--build]

A review is made up: papers of some sixty sentences, a codebook of forty codes, a case for each paper, one log for each
coder, as `FolderStore.append` writes them. Each answer is asked five times in one process, from opening the folder to
the text of the account, and the median is printed after a first one that has loaded what it needs: by the clock, as
part of the 200 ms that an answer may take, and of the processor. Beside them stands what a user would have instead: the
same rows read from SQLite, and from a spreadsheet by openpyxl and by pandas, where these are there. `--build` makes the
report too. With `--folder` the review stays there; the answers are asked of a copy.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import count as counting
from multiprocessing import get_context
from pathlib import Path

from benang.coding.quotes import find_quote, nearest_passage
from benang.judgements.events import Coding, Event
from benang.judgements.store import FolderStore
from benang.review.desk import open_desk
from benang.tasks.coding.adding import AddRequest, MoveRequest, add_coding, move
from benang.tasks.coding.importing import ImportRequest, import_sheet
from benang.tasks.coding.rows import CodingRow, ListRequest, coding_rows, list_codings
from benang.tasks.coding.searching import SearchRequest, search
from benang.tasks.coding.taking_back import WithdrawRequest, withdraw
from benang.tasks.coding.wishes import Wish
from benang.tasks.explain import ExplainRequest, explain
from benang.tasks.status import StatusRequest, status

CODES, SENTENCES = 40, 60
CODERS = ("ani", "budi", "citra", "dewi")
WHEN = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
WORDS = "market stall rent night seller permit rain crowd harbour lamp office road winter price fish bread river bridge"
LIMIT = 0.2
"""Seconds that an answer may take."""
ROWS = 100
"""Rows of a sheet that is imported."""


def sentences_of(paper: int, chance: random.Random) -> list[str]:
    """Make the sentences of a paper, each unlike all others."""
    words = WORDS.split()
    return [
        f"In place {paper}-{at} the {' '.join(chance.choices(words, k=chance.randint(8, 20)))} was told of."
        for at in range(SENTENCES)
    ]


def made_review(folder: Path, papers: int, codings: int) -> None:
    """Write a review with its codings."""
    chance = random.Random(1)  # noqa: S311
    texts = {f"paper{at}": sentences_of(at, chance) for at in range(papers)}
    titles = {key: " ".join(chance.choices(WORDS.split(), k=8)).capitalize() for key in texts}
    records = "".join(
        f"TY  - JOUR\nID  - {key}\nTI  - {titles[key]} in place {at}\nAU  - Sari, D.\nPY  - {2000 + at % 25}\n"
        f"KW  - {WORDS.split()[at % 18]}\nKW  - markets\nER  -\n\n"
        for at, key in enumerate(texts)
    )
    codes = "".join(f'\n[[codes]]\nid = "code{at}"\ngroup = "reasons"\nlabel = "Reason {at}"\n' for at in range(CODES))
    cases = "".join(f'\n[[cases]]\nid = "case-{key}"\nlabel = "Case {key}"\nstudies = ["{key}"]\n' for key in texts)
    tables = '\n[[tables]]\nname = "reasons"\nkind = "codes"\ncodes = "reasons"\n'
    files = {
        "review.toml": 'format = 1\ntitle = "Markets (invented)"\nquestion = "Why?"\nreviewers = ["ani"]\n\n'
        f'[sources]\nfiles = ["sources/*"]\n{tables}',
        "codebook.toml": f'format = 1\n\n[[groups]]\nid = "reasons"\nlabel = "Reasons"\n{codes}',
        "cases.toml": f"format = 1\n{cases}",
        "sources/markets.ris": records,
        **{f"documents/{key}.md": "\n".join(lines) + "\n" for key, lines in texts.items()},
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode("utf-8"))
    events = list(made_codings(texts, codings, chance))
    for coder in CODERS:
        own = [event for event in events if event.coder == coder]
        for start in range(0, len(own), 50):
            FolderStore(folder).append(own[start : start + 50], time=WHEN)


def made_codings(texts: dict[str, list[str]], codings: int, chance: random.Random) -> Iterator[Event]:
    """Make codings of whole sentences, all of them different."""
    starts = {
        key: [sum(len(line) + 1 for line in lines[:at]) for at in range(len(lines))] for key, lines in texts.items()
    }
    seen: set[tuple[str, int, int, str]] = set()
    keys = list(texts)
    while len(seen) < codings:
        key, at, code, coder = (
            chance.choice(keys),
            chance.randrange(SENTENCES),
            chance.randrange(CODES),
            chance.choice(CODERS),
        )
        if (key, at, code, coder) in seen:
            continue
        seen.add((key, at, code, coder))
        start, quote = starts[key][at], texts[key][at]
        yield Coding(
            id=f"case-{key}/code{code}/{len(seen)}", coder=coder, document=f"documents/{key}.md", start=start,
            end=start + len(quote), quote=quote, code=f"code{code}", case=f"case-{key}",
        )  # fmt: skip


@dataclass(frozen=True)
class Took:
    """Median seconds of some work, by the clock and of the processor."""

    clock: float
    processor: float


def took(work: Callable[[], object], repeats: int = 5) -> Took:
    """Time some work, after a first time that is not counted."""
    work()
    clock, processor = [], []
    for _ in range(repeats):
        begin, spent = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - begin)
        processor.append(time.process_time() - spent)
    return Took(statistics.median(clock), statistics.median(processor))


def answers(folder: Path, papers: int) -> dict[str, Took]:
    """Time what coders ask again and again, those that only look first: what writes leaves logs to be read anew."""
    desk = open_desk(folder)
    own = (row.id for row in coding_rows(desk, coder=CODERS[0]))
    looking: dict[str, Callable[[], object]] = {
        "open the review": lambda: open_desk(folder),
        "code list": lambda: list_codings(ListRequest(folder=folder)),
        "code list --code": lambda: list_codings(ListRequest(folder=folder, code="code7")),
        "code search --text": lambda: search(
            SearchRequest(folder=folder, by="text", words="harbour lamp", code="code7")
        ),
        "explain, a code's cases": lambda: explain(ExplainRequest(folder, "reasons/code7/cases")),
        "status": lambda: status(StatusRequest(folder)),
    }
    writing: dict[str, Callable[[], object]] = {
        "code add": adding(folder, papers),
        "code move": lambda: move(MoveRequest(folder=folder, id=next(own), stance="contradicts")),
        "code withdraw": lambda: withdraw(WithdrawRequest(folder=folder, ids=(next(own),))),
    }
    times = {name: took(work) for name, work in (looking | writing).items()}
    imported = took(importing(folder, papers))
    row = Took(imported.clock / ROWS, imported.processor / ROWS)
    return {**times, f"code import, {ROWS} rows": imported, "code import, a row": row}


def adding(folder: Path, papers: int) -> Callable[[], object]:
    """Code another passage each time."""
    numbers = counting()

    def added() -> None:
        at = next(numbers)
        paper = at % papers
        wish = Wish(
            quote=f"In place {paper}-{at // papers} the",
            record=f"paper{paper}",
            code="code0",
            case=f"case-paper{paper}",
            coder="ani",
        )
        add_coding(AddRequest(folder=folder, wish=wish))

    return added


def importing(folder: Path, papers: int) -> Callable[[], object]:
    """Take in another sheet each time, of which every row is new."""
    numbers = counting()

    def imported() -> None:
        number = next(numbers)
        places = (divmod(at, papers) for at in range(number * ROWS, (number + 1) * ROWS))
        rows = [f"paper{of},In place {of}-{at % SENTENCES} the,code1,case-paper{of},budi" for at, of in places]
        sheet = folder.with_name(f"sheet{number}.csv")
        sheet.write_text("\n".join(["record,quote,code,case,coder", *rows, ""]), encoding="utf-8")
        import_sheet(ImportRequest(sheet=sheet, folder=folder))

    return imported


Rows = tuple[list[str], list[tuple[object, ...]]]
"""The names of columns, and their values row by row."""


def rows_of(folder: Path) -> Rows:
    """Return the codings of a review as rows."""
    names = list(CodingRow.__slots__)
    return names, [tuple(asdict(row)[name] for name in names) for row in coding_rows(open_desk(folder))]


def instead(rows: Rows, folder: Path) -> dict[str, Took]:
    """Time the same rows from a database, and from JSON."""
    names, values = rows
    base = folder / "rows.sqlite"
    with sqlite3.connect(base) as database:
        database.execute(f"CREATE TABLE codings ({', '.join(f'[{name}]' for name in names)})")
        database.executemany(f"INSERT INTO codings VALUES ({', '.join('?' * len(names))})", values)  # noqa: S608

    def queried() -> list[object]:
        with sqlite3.connect(base) as opened:
            return opened.execute("SELECT * FROM codings ORDER BY document, start").fetchall()

    table = folder / "rows.json"
    table.write_text(json.dumps([dict(zip(names, one, strict=True)) for one in values]), encoding="utf-8")
    return {"SQLite": took(queried), "json.load": took(lambda: json.loads(table.read_bytes()))}


def spreadsheets(rows: Rows, path: Path) -> dict[str, Took]:
    """Time a workbook of the rows, by the libraries that are there."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, one in enumerate([tuple(rows[0]), *rows[1]]):
            sheet.write_row(number, 0, ["" if cell is None else cell for cell in one])
    times = {}
    if importlib.util.find_spec("openpyxl"):
        load_workbook = importlib.import_module("openpyxl").load_workbook
        times["openpyxl"] = took(
            lambda: list(load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)), 3
        )
    if importlib.util.find_spec("pandas") and importlib.util.find_spec("openpyxl"):
        pandas = importlib.import_module("pandas")
        times["pandas"] = took(lambda: pandas.read_excel(path), 3)
    return times


def long_text(pages: int) -> dict[str, Took]:
    """Time quotes looked for in the text of a very long paper."""
    chance = random.Random(2)  # noqa: S311
    text = "\f".join("\n".join(sentences_of(page, chance)[:30]) for page in range(pages))
    there, nowhere = text[-2000:-1900], "the municipal administration closed two gates of the old market in spring"
    return {
        f"find_quote, {pages:,} pages": took(lambda: find_quote(there, text), 3),
        "find_quote, nowhere": took(lambda: find_quote(nowhere, text), 3),
        "nearest_passage": took(lambda: nearest_passage(nowhere, text), 1),
    }


def main() -> None:
    """Print a table of answers, and one of what else there is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=100)
    parser.add_argument("--codings", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="where the review is made, and kept")
    parser.add_argument("--build", action="store_true", help="time the report as well")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary) / "review"
        if not (folder / "review.toml").exists():
            # In a process of its own: what it keeps in memory is not there when a review is opened.
            making = get_context("spawn").Process(target=made_review, args=(folder, asked.papers, asked.codings))
            making.start()
            making.join()
        copy = Path(temporary) / "asked"
        shutil.copytree(folder, copy)
        peers = instead(rows_of(copy), Path(temporary))
        print(f"{asked.papers} papers, {asked.codings:,} codings, {len(CODERS)} coders")
        print(f"{'answer':26} {'ms':>8} {'of 200 ms':>10} {'processor':>10} {'SQLite':>8} of it")
        for name, taken in answers(copy, asked.papers).items():
            print(_line(name, taken, peers["SQLite"]), flush=True)
        sheets = spreadsheets(rows_of(copy), Path(temporary) / "rows.xlsx")
        for name, taken in (peers | sheets | long_text(2000)).items():
            print(_line(name, taken, peers["SQLite"]), flush=True)
        if asked.build:
            _build(copy, Path(temporary) / "out")


def _build(folder: Path, out: Path) -> None:
    from benang.tasks.build.building import build  # loads what draws and writes, which is not there for answers

    begin, spent = time.perf_counter(), time.process_time()
    build(folder, out=out)
    clock, processor = time.perf_counter() - begin, time.process_time() - spent
    print(f"build: {clock:.1f} s, {processor:.1f} s of the processor")


def _line(name: str, taken: Took, peer: Took) -> str:
    bound, other = taken.clock / LIMIT, taken.clock / peer.clock
    return f"{name:26} {taken.clock * 1000:8.1f} {bound:10.2f} {taken.processor * 1000:10.1f} {other:8.1f}"


if __name__ == "__main__":
    main()
