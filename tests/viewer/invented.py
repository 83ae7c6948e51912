"""An invented literature of 24 papers on markets and towns: a map of it at set places, and its records as a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy import sparse

from benang.maps import Map
from benang.network.network import Network, symmetric, with_link_weights
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record

PLACES = {
    "pasar malam": (0.0, 0.0, 1),
    "pedagang kaki lima": (-0.9, 0.35, 1),
    "ruang publik": (-0.5, -0.75, 1),
    "sewa": (-1.5, -0.3, 1),
    "pajak": (-1.3, 0.95, 1),
    "koperasi": (-0.35, 0.9, 1),
    "kota kembar": (1.5, 0.2, 2),
    "diplomasi": (2.2, 0.75, 2),
    "pertukaran pelajar": (2.4, -0.2, 2),
    "pariwisata": (1.3, 1.0, 2),
    "budaya": (1.9, -0.8, 2),
    "sungai": (0.5, -1.5, 3),
    "banjir": (-0.35, -1.7, 3),
    "sampah": (0.9, -2.2, 3),
    "kampung": (0.15, -2.3, 3),
    "air bersih": (1.6, -1.75, 3),
}
"""Where each keyword lies, and its cluster."""
CLUSTERS = {1: "Pasar", 2: "Kerja sama", 3: "Sungai"}


def papers() -> Corpus:
    """Return papers of 2012 to 2023; each has three or four keywords that lie near each other."""
    names = list(PLACES)
    records = []
    for n in range(24):
        first = n % 16
        keywords = [names[first], names[(first + 1) % 16], names[(first * 3) % 16], "pasar malam"]
        records.append(
            Record(
                f"paper{n:02}",
                "article",
                title=f"Paper {n + 1} on {names[first]}",
                authors=(f"Penulis, {chr(65 + n)}.", "Rekan, B."),
                year=2012 + n // 2,
                source="Jurnal Rekaan",
                volume=str(n + 1),
                first_page=str(10 * n + 1),
                doi=f"10.9999/paper{n:02}",
                abstract=f"Abstract {n + 1}: what was found on {names[first]}.",
                author_keywords=tuple(dict.fromkeys(keywords)),
                citations=(n * 7) % 40,
            )
        )
    return corpus_of(records)


def drawn() -> Map:
    """Return the map of the keywords of these papers at their set places, whatever the layout would be."""
    corpus, names = papers(), tuple(PLACES)
    holds = np.array([[float(name in record.author_keywords) for name in names] for record in corpus.records])
    together = holds.T @ holds
    one, other = np.nonzero(np.triu(together, 1))
    years = np.array([float(record.year or 0) for record in corpus.records])
    network = Network(
        names,
        names,
        symmetric(len(names), one.tolist(), other.tolist(), together[one, other].tolist()),
        {"Occurrences": holds.sum(axis=0)},
        {"Avg. pub. year": (holds.T @ years) / holds.sum(axis=0)},
        records=tuple(record.key for record in corpus.records),
        incidence=sparse.csr_array(holds),
        item_kind="author-keywords",
        link_kind="co-occurrence",
    )
    x, y, cluster = np.array(list(PLACES.values())).T
    return Map(with_link_weights(network), np.stack([x, y], axis=1), cluster.astype(np.int64), cluster_labels=CLUSTERS)


def ris_of(corpus: Corpus, file: Path) -> Path:
    """Write records as a database exports them."""
    lines: list[str] = []
    for one in corpus.records:
        lines += ["TY  - JOUR", f"TI  - {one.title}", *(f"AU  - {author}" for author in one.authors)]
        lines += [f"PY  - {one.year}", f"JO  - {one.source}", f"VL  - {one.volume}", f"DO  - {one.doi}"]
        lines += [f"AB  - {one.abstract}", *(f"KW  - {word}" for word in one.author_keywords), "ER  - ", ""]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file
