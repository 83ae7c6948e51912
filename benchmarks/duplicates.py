"""Finding the same work among 100,000 records, beside what a user would do instead.

    python benchmarks/duplicates.py [--records 100000]

Invented works are repeated as several databases would write them: DOIs left out, titles in capitals, cut, with slips,
pages abbreviated, sources abbreviated, authors with initials, the year of early access. Mixed with them are works that
only look the same: parts I and II, errata, replies, conference papers, editorials by the thousand. So it is known which
records are one work. Beside it: what a spreadsheet does (drop rows whose DOI or title is there already), and all pairs
by edit distance, measured on 1,000 records and multiplied. Seconds are those of one processor,
which is all that is used; memory is the peak above what stood before the search.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rapidfuzz import fuzz, process

from benang.records.corpus import corpus_of
from benang.records.duplicates import find_duplicates
from benang.records.duplicates.joining import joined
from benang.records.record import Record

OUT = Path(__file__).resolve().parent / "out" / "duplicates.json"
SOUNDS = "ka ri to me lu san der pol vi nex tra gon mi ter al ur bi sto fen qua ren dis co pre ma ni"
USUAL = (
    "effect of the on in and a randomized controlled trial patients study analysis review treatment cities policy "
    "local government network cooperation children health water energy model evaluation role case system development"
)
SYLLABLES, STOCK = SOUNDS.split(), USUAL.split()
COMMON = ("Editorial", "Introduction", "Book review", "Erratum", "Letter to the editor")


class Inventor:
    """Invents works and their records, always the same ones."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - no secret
        self.words = ["".join(self.chance.choices(SYLLABLES, k=self.chance.randint(2, 4))) for _ in range(9000)]
        self.names = ["".join(self.chance.choices(SYLLABLES, k=2)).capitalize() for _ in range(3000)]
        self.sources = [f"Journal of {self.title(3)}" for _ in range(900)]

    def title(self, length: int) -> str:
        """Return a title of so many words."""
        picked = (self.chance.choice(STOCK if self.chance.random() < 0.5 else self.words) for _ in range(length))
        return " ".join(picked).capitalize()

    def work(self, number: int) -> Record:
        """Return one work as its publisher knows it."""
        chance = self.chance
        first = chance.randint(2, 2000)
        given = [self.names[chance.randrange(3000)] for _ in range(4)]
        return Record(
            f"w{number}",
            type="article",
            title=self.title(chance.randint(6, 16)),
            authors=tuple(f"{chance.choice(self.names)}, {name}" for name in given),
            year=chance.randint(1990, 2025),
            source=chance.choice(self.sources),
            volume=str(chance.randint(1, 90)),
            issue=str(chance.randint(1, 12)),
            first_page=str(first),
            last_page=str(first + chance.randint(1, 20)),
            doi=f"10.9999/made.{number}",
        )

    def copy(self, work: Record) -> Record:
        """Return the record of a work as another database writes it."""
        chance = self.chance
        changes: dict[str, object] = {
            "authors": tuple(f"{a.split(',')[0]}, {a.split(', ')[1][0]}." for a in work.authors)
        }
        if chance.random() < 0.35:
            changes["doi"] = ""
        spelt = chance.random()
        if spelt < 0.2:
            changes["title"] = work.title.upper()
        elif spelt < 0.4:
            changes["title"] = f"{work.title.replace(' and ', ' & ')}."
        elif spelt < 0.55:
            changes["title"] = self.slip(work.title)
        elif spelt < 0.62:
            changes["title"] = f"[{work.title}]"
        if chance.random() < 0.5:
            changes["source"] = " ".join(word[:4] + "." for word in work.source.replace(" of", "").split())
        if chance.random() < 0.3:
            same = len(work.first_page) == len(work.last_page) and work.first_page[:-1] == work.last_page[:-1]
            changes["last_page"] = work.last_page[-1] if same else work.last_page
        if chance.random() < 0.1:
            changes |= {"year": (work.year or 0) - 1, "volume": "", "issue": "", "first_page": "", "last_page": ""}
        return replace(work, **changes)  # type: ignore[arg-type]

    def slip(self, title: str) -> str:
        """Return a title with one wrong letter."""
        at = self.chance.randrange(1, len(title) - 1)
        return title[:at] + self.chance.choice("aeiours") + title[at + 1 :]

    def near_miss(self, work: Record, number: int) -> Record:
        """Return another work that looks the same."""
        sort = self.chance.randrange(5)
        elsewhere = replace(self.work(number), doi="", authors=work.authors)
        if sort == 0:
            return replace(
                elsewhere, title=f"{work.title}. Part {self.chance.choice(['II', '2', 'B'])}", year=work.year
            )
        if sort == 1:
            return replace(work, title=f"Erratum: {work.title}", doi="", first_page="7", last_page="7")
        if sort == 2:
            return replace(
                work, title=f"{work.title}: reply", doi="", first_page="9", last_page="9", authors=("Umpama, A.",)
            )
        if sort == 3:
            return replace(elsewhere, title=work.title, source="Proceedings of a conference", type="proceedings")
        return replace(self.work(number), title=self.chance.choice(COMMON), doi="")


def invented(count: int, seed: int = 0) -> Iterator[tuple[int, Record]]:
    """Give so many records, each with the number of the work that it is of."""
    inventor = Inventor(seed)
    made = number = 0
    while made < count:
        work = inventor.work(number)
        copies = inventor.chance.choices((1, 2, 3, 4), weights=(60, 25, 10, 5))[0]
        records = [(number, work), *((number, inventor.copy(work)) for _ in range(copies - 1))]
        if inventor.chance.random() < 0.15:
            records.append((number + 1, inventor.near_miss(work, number + 1)))
        for of, record in records[: count - made]:
            made += 1
            yield of, replace(record, key=f"r{made}", file=f"export{made % 4}.ris", place=made)
        number += 2


def pairs_in(groups: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in groups)


def scores(truth: Sequence[int], found: Sequence[int]) -> tuple[float, float]:
    """Return recall and precision over pairs of records; `found` holds the group of each record."""
    right = pairs_in(Counter(zip(truth, found, strict=True)).values())
    return right / pairs_in(Counter(truth).values()), right / max(pairs_in(Counter(found).values()), 1)


def by_benang(records: Sequence[Record]) -> list[int]:
    found = list(range(len(records)))
    for group in find_duplicates(corpus_of(records)).groups:
        for member in group.members:
            found[member] = group.members[0]
    return found


def by_exact_match(records: Sequence[Record]) -> list[int]:
    """Drop rows whose DOI is there already, or whose title is, without case and marks."""
    seen: dict[str, int] = {}
    found = []
    for at, record in enumerate(records):
        title = "".join(one for one in record.title.casefold() if one.isalnum())
        keys = [key for key in (record.doi, f"title {title}") if key]
        first = min((seen[key] for key in keys if key in seen), default=at)
        for key in keys:
            seen.setdefault(key, first)
        found.append(first)
    return found


def peak_mib() -> float:
    """Return the most memory that this process has held; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def timed(run: Callable[[Sequence[Record]], list[int]], records: Sequence[Record]) -> tuple[list[int], float]:
    """Return what was found, and the seconds of one processor that it took."""
    start = time.process_time()
    found = run(records)
    return found, time.process_time() - start


def all_pairs_seconds(records: Sequence[Record], count: int) -> float:
    """Return how long all pairs by edit distance would take, from 1,000 records on one core."""
    titles = [record.title.casefold() for record in records[:1000]]
    start = time.process_time()
    process.cdist(titles, titles, scorer=fuzz.ratio, workers=1)
    return (time.process_time() - start) * (count / len(titles)) ** 2


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=100_000, help="records (100000)")
    count = parser.parse_args().records
    made = list(invented(count))
    truth, records = [of for of, _ in made], [record for _, record in made]
    print(f"{len(records):,} records of {len(set(truth)):,} works")
    print(f"{'':34} {'CPU s':>9} {'recall':>8} {'precision':>10} {'peak MiB':>9}")
    rows = []
    by_benang(records[:50])  # what is loaded once is no part of the measurement
    for name, run in (("exact DOI, else exact title", by_exact_match), ("benang", by_benang)):
        before = peak_mib()
        found, seconds = timed(run, records)
        recall, precision = scores(truth, found)
        memory = peak_mib() - before
        rows.append({"way": name, "seconds": seconds, "recall": recall, "precision": precision, "peak_mib": memory})
        print(f"{name:34} {seconds:9.1f} {recall:8.4f} {precision:10.4f} {memory:9.0f}")
    corpus = corpus_of(records)
    duplicates = find_duplicates(corpus)
    start = time.process_time()
    works = joined(corpus, duplicates)
    seconds = time.process_time() - start
    print(f"{'benang, joining them':34} {seconds:9.1f}   {len(works):,} works of {works.members.num_rows:,} records")
    guessed = all_pairs_seconds(records, count)
    print(f"{'all pairs by edit distance':34} {guessed:9.0f}   reckoned from 1,000 records")
    print(
        f"pairs compared: {duplicates.compared:,} of {count * (count - 1) // 2:,}; in doubt: {len(duplicates.doubts):,}"
    )
    OUT.parent.mkdir(exist_ok=True)
    result = {
        "records": count,
        "runs": rows,
        "joining_s": seconds,
        "all_pairs_s": guessed,
        "pairs": duplicates.compared,
    }
    OUT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
