"""The maps and the tables of a plan: maps made, turned to earlier ones and named by cluster, tables for people.

Beside them stand `evidence.json`, which opens the numbers, and the lists that reviewers fill in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from benang.agreement.comparison import Agreement
from benang.agreement.ratings import Coefficient
from benang.analyses import analysis_network
from benang.coding.coded import Coded
from benang.coding.placed import Placed
from benang.files import read_text, sha256, write_bytes, write_text
from benang.locale import Language, translator
from benang.locale.writing import Worded, worded
from benang.map_files import read_map, write_map
from benang.maps import Map
from benang.maps.cluster_labels import kept_labels, propose_labels
from benang.network import Analysis
from benang.network.network import Network
from benang.progress import Progress, part
from benang.project.folder import content_hashes
from benang.records.added_keywords import keywords_form
from benang.records.duplicates.files import write_doubts, write_duplicates
from benang.review.load import Loaded
from benang.review.plan import (
    AnyMap,
    AnyTable,
    AssociationPlan,
    CaseMatrixPlan,
    CodeMap,
    CodeTablePlan,
    DocumentMap,
    KeywordMap,
    MemberMap,
    Plan,
    PrintedTablePlan,
    ReferenceMap,
    TermMap,
    TextTermMap,
)
from benang.synthesis import csv_tables, workbooks
from benang.synthesis.code_scores import code_network
from benang.synthesis.csv_tables import association_csv, mentions_csv
from benang.synthesis.findings import Findings
from benang.synthesis.wording import Wording, filter_words
from benang.tasks.build.asked import NO_ASSOCIATIONS, Associations, check_charts
from benang.tasks.build.cache import Cache, key_of
from benang.tasks.make_map import Making, mapped
from benang.tasks.searches import searches_csv
from benang.terms.text_network import term_network
from benang.writers.spreadsheets import WRITTEN_WITH, Sheet, write_sheets

_NAMES = {"reference_matching": "matching", "max_per_document": "most_per_record"}
"""Keys of the plan that are not called as the fields of an analysis."""
_NONE_AS_0 = ("top", "most_per_record")
"""TOML has no word for none."""

DOUBTS, KEYWORDS, SEARCHES = "duplicates.csv", "keywords.csv", "searches.csv"
"""Files of the output that reviewers fill in and put into the review's folder."""
BOM = "\ufeff"  # so that Excel reads the file as UTF-8
_INTERVALS = ".benang/agreement.json"
WORKS = "works.csv"
"""The works that several records are, with what each record gives."""

AnyRecordMap = KeywordMap | TermMap | TextTermMap | MemberMap | DocumentMap | ReferenceMap


def make_maps(loaded: Loaded, placed: Placed, language: Language, cache: Cache, progress: Progress) -> dict[str, Map]:
    """Make the maps of the plan that are not fresh, and return all of them as they are in their files.

    All networks are counted first and checked against what the charts ask of them, so that a misspelt score is found
    before anything is laid out or written. A map just made is read back like one that was kept, so that what follows
    never depends on which of the two it is.

    Raises
    ------
    BenangError
        Where a network can't be made, and for weights and scores of charts that a network lacks.
    """
    keys = map_keys(loaded, language)
    networks: dict[str, Network] = {}
    for plan in loaded.plan.maps:
        fresh = kept_map(plan, keys[plan.name], cache)
        networks[plan.name] = read_map(fresh).network if fresh else network_of(plan, loaded, placed, language)
    check_charts(loaded.plan, networks)
    maps: dict[str, Map] = {}
    for at, plan in enumerate(loaded.plan.maps):
        of_map = part(
            progress, at / len(loaded.plan.maps), (at + 1) / len(loaded.plan.maps), worded("Map {name}", name=plan.name)
        )
        of_map("", 0.0)

        def write(places: Mapping[str, Path], plan: AnyMap = plan, of_map: Progress = of_map) -> None:
            drawn = map_of_network(networks[plan.name], plan, loaded.folder.root, language, of_map)
            write_map(drawn, places[f"maps/{plan.name}.json"])
            if plan.name_clusters:
                write_text(places[f"maps/{plan.name}-clusters.toml"], cluster_names_text(drawn))

        cache.make(f"maps/{plan.name}", keys[plan.name], _products(plan), write)
        maps[plan.name] = read_map(cache.out / "maps" / f"{plan.name}.json")
    return maps


def map_keys(loaded: Loaded, language: Language) -> dict[str, str]:
    """Return the key of each map of the plan: it is another one where the map might be another."""
    inputs = _inputs(loaded)
    return {plan.name: _key(plan, inputs, language) for plan in loaded.plan.maps}


def kept_map(plan: AnyMap, key: str, cache: Cache) -> Path | None:
    """Return the file of a map of the plan as a build wrote it; None where it is not there or of yesterday."""
    path = cache.out / "maps" / f"{plan.name}.json"
    return path if cache.is_fresh(f"maps/{plan.name}", key, _products(plan)) else None


def _key(plan: AnyMap, inputs: Mapping[str, object], language: Language) -> str:
    spoken = language if isinstance(plan, CodeMap) or plan.cluster_names else None
    return key_of(plan.model_dump(), inputs, spoken)


def _products(plan: AnyMap) -> list[str]:
    return [f"maps/{plan.name}.json"] + ([f"maps/{plan.name}-clusters.toml"] if plan.name_clusters else [])


def network_of(plan: AnyMap, loaded: Loaded, placed: Placed, language: Language) -> Network:
    """Make the network that a map of the plan lays out; codes have their labels in the language."""
    if not isinstance(plan, CodeMap):
        return _of_records(plan, loaded)
    return code_network(
        Coded(loaded.codebook, loaded.cases, loaded.documents, placed),
        years=dict(zip(loaded.corpus.keys, loaded.corpus.works.column("year").to_pylist(), strict=True)),
        group=plan.codes,
        min_occurrences=plan.min_occurrences,
        top=plan.top or None,
        components=plan.components,
        language=language,
    )


def _of_records(plan: AnyRecordMap, loaded: Loaded) -> Network:
    corpus, thesaurus = loaded.corpus, loaded.thesaurus
    if isinstance(plan, TermMap):
        return term_network(
            corpus,
            min_occurrences=plan.min_occurrences,
            max_words=plan.max_words,
            thesaurus=thesaurus,
            top=plan.top or None,
            components=plan.components,
        )
    return analysis_network(corpus, analysis_of(plan), thesaurus)


def analysis_of(plan: KeywordMap | TextTermMap | MemberMap | DocumentMap | ReferenceMap) -> Analysis:
    """Return the analysis that a map of the plan asks for."""
    options = {_NAMES.get(name, name): value for name, value in plan}
    asked: dict[str, Any] = {field.name: options[field.name] for field in fields(Analysis) if field.name in options}
    return Analysis(**asked | {name: asked[name] or None for name in _NONE_AS_0 if name in asked})


def map_of_network(network: Network, plan: AnyMap, root: Path, language: Language, progress: Progress) -> Map:
    """Lay out and cluster the network of a map as the plan says it, and name its clusters."""
    making = Making(**{one.name: getattr(plan, one.name) for one in fields(Making)})
    result = mapped(network, making, like=read_map(root / plan.like) if plan.like else None, progress=progress)
    return with_cluster_names(result, plan, language)


def _inputs(loaded: Loaded) -> Mapping[str, object]:
    """Everything that a map may rest on, as hashes."""
    return {
        "files": content_hashes(loaded.folder, [path for path in loaded.folder.files if path != loaded.folder.plan]),
        "sources": loaded.plan.sources.model_dump(),
        "thesaurus": loaded.thesaurus.sha256 if loaded.thesaurus else sha256(""),
    }


def with_cluster_names(map_: Map, plan: AnyMap, language: Language = "en") -> Map:
    """Give clusters the names of the plan, where they still hold, and proposed ones where the plan asks for it.

    The map's settings list names that hold no longer.
    """
    if not plan.cluster_names and not plan.name_clusters:
        return map_
    place = {label: one for one, label in zip(map_.network.ids, map_.network.labels, strict=True)}
    given = {name.label.text(language): {place.get(one, one) for one in name.items} for name in plan.cluster_names}
    kept = kept_labels(given, map_.cluster, map_.network.ids)
    proposed = propose_labels(map_.network, map_.cluster) if plan.name_clusters else {}
    settings = replace(map_.settings, cluster_names_lost=tuple(map(str, kept.lost)))
    labels = {**proposed, **map_.cluster_labels, **kept.labels}
    return replace(map_, cluster_labels=dict(sorted(labels.items())), settings=settings)


def cluster_names_text(map_: Map) -> str:
    """Write the names of a map's clusters as the plan takes them, each with the items that it is known again by.

    Examples
    --------
    >>> from benang.network.network import Network, symmetric
    >>> toy = Network(("a", "b"), ("kota", "desa"), symmetric(2, [0], [1], [1.0]))
    >>> print(cluster_names_text(Map(toy, np.zeros((2, 2)), np.array([1, 1]), {1: "places"})), end="")
    # Cluster 1
    [[maps.cluster_names]]
    label = "places"
    items = ["kota", "desa"]
    """
    parts = []
    for number, label in sorted(map_.cluster_labels.items()):
        named = ", ".join(_quoted(map_.network.labels[at]) for at in np.flatnonzero(map_.cluster == number))
        parts.append(f"# Cluster {number}\n[[maps.cluster_names]]\nlabel = {_quoted(label)}\nitems = [{named}]\n")
    return "\n".join(parts)


def _quoted(text: str) -> str:
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def write_tables(
    plan: Plan, findings: Findings, language: Language, cache: Cache, associations: Associations = NO_ASSOCIATIONS
) -> None:
    """Write every table of the plan that has changed, as CSV and as a workbook."""
    for table in plan.tables:
        data = table_bytes(table, findings, language, associations)
        sheets = table_sheets(table, findings, language, associations)
        csv, workbook = (f"tables/{table.name}.{suffix}" for suffix in ("csv", "xlsx"))

        def write(
            places: Mapping[str, Path], data: bytes = data, sheets: Sequence[Sheet] = sheets,
            csv: str = csv, workbook: str = workbook,
        ) -> None:  # fmt: skip
            write_bytes(places[csv], data)
            write_sheets(sheets, places[workbook])

        key = key_of(data.decode("utf-8"), [repr(sheet) for sheet in sheets], WRITTEN_WITH)
        cache.make(f"tables/{table.name}", key, [csv, workbook], write)


def table_bytes(
    table: AnyTable, findings: Findings, language: Language, associations: Associations = NO_ASSOCIATIONS
) -> bytes:
    """Return a table of the plan as the bytes of its CSV file."""
    findings = findings.within(table.where)
    if isinstance(table, CodeTablePlan):
        return csv_tables.code_table_csv(findings, table.codes, language)
    if isinstance(table, PrintedTablePlan):
        return csv_tables.printed_table_csv(findings, table.table, language)
    if isinstance(table, CaseMatrixPlan):
        return csv_tables.matrix_csv(findings, table.codes)
    if isinstance(table, AssociationPlan):
        return _associated(table, findings, language, associations)
    if table.kind == "cases":
        return csv_tables.cases_csv(findings, language)
    if table.kind == "frameworks":
        return csv_tables.matrix_csv(findings, "frameworks")
    return csv_tables.checks_csv(findings)


def table_sheets(
    table: AnyTable, findings: Findings, language: Language, associations: Associations = NO_ASSOCIATIONS
) -> tuple[Sheet, ...]:
    """Return a table of the plan as the sheets of its workbook; which cases it is of is written below the first one."""
    wording = Wording(findings.within(table.where), language)
    first, *others = _sheets(table, wording, associations)
    if table.where:
        note = translator(language)("Only these cases: {filter}.")
        note = note.format(filter=filter_words(table.where, Wording(findings, language)))
        first = replace(first, notes=(note, *first.notes))
    return first, *others


def _sheets(table: AnyTable, wording: Wording, associations: Associations) -> tuple[Sheet, ...]:
    if isinstance(table, CodeTablePlan):
        return workbooks.code_sheets(table.codes, wording)
    if isinstance(table, PrintedTablePlan):
        return workbooks.printed_sheets(table.table, wording)
    if isinstance(table, CaseMatrixPlan):
        return workbooks.matrix_sheets(table.codes, wording)
    if isinstance(table, AssociationPlan) and table.kind == "association":
        return workbooks.association_sheets(associations.association(table), wording)
    if isinstance(table, AssociationPlan):
        return workbooks.mention_sheets(associations.mention(table), wording)
    if table.kind == "cases":
        return workbooks.case_sheets(wording)
    return (
        workbooks.matrix_sheets("frameworks", wording)
        if table.kind == "frameworks"
        else workbooks.check_sheets(wording)
    )


def _associated(table: AssociationPlan, findings: Findings, language: Language, associations: Associations) -> bytes:
    if table.kind == "association":
        return association_csv(associations.association(table), language)
    return mentions_csv(associations.mention(table), language, Wording(findings, language))


def with_intervals(agreements: Sequence[Agreement], cache: Cache, progress: Progress) -> tuple[Agreement, ...]:
    """Add to coefficients of agreement their 95 % intervals, which are drawn anew only where what coders said changed.

    What `evidence.json` has of agreement has no intervals, since they can't be recomputed in any other language.
    """
    shown = [one for one in agreements if one.coefficients]
    if not shown:
        return tuple(agreements)

    def write(places: Mapping[str, Path]) -> None:
        from benang.agreement import coefficients_of

        drawn = []
        for at, one in enumerate(shown):
            progress(worded("Comparing coders"), at / len(shown))
            drawn.append([_kept(of) for of in coefficients_of(one.comparison).coefficients])
        write_text(places[_INTERVALS], json.dumps(drawn, ensure_ascii=False, indent=1) + "\n")

    cache.make("intervals of agreement", key_of([repr(one.comparison) for one in shown]), [_INTERVALS], write)
    drawn = iter(json.loads(read_text(cache.out / _INTERVALS)))
    return tuple(_with_intervals(one, next(drawn)) if one.coefficients else one for one in agreements)


def _kept(one: Coefficient) -> dict[str, object]:
    """Return the interval of a coefficient, or why there is none, which is known in two languages."""
    why = one.no_interval
    text = [why.english, why.plural, why.values] if isinstance(why, Worded) else None
    return {"name": one.name, "low": one.low, "high": one.high, "why": text}


def _with_intervals(agreement: Agreement, drawn: Sequence[Mapping[str, Any]]) -> Agreement:
    """Add to coefficients what was kept of their intervals."""
    kept = {one["name"]: one for one in drawn}
    coefficients = []
    for one in agreement.coefficients:
        found = kept[one.name]
        why = worded(found["why"][0], found["why"][1], **found["why"][2]) if found["why"] else ""
        coefficients.append(replace(one, low=found["low"], high=found["high"], no_interval=why))
    return replace(agreement, coefficients=tuple(coefficients))


def write_evidence(findings: Findings, cache: Cache) -> None:
    """Write `evidence.json`: every number and every passage, by id."""
    _keep(cache, "evidence.json", as_json(findings.evidence.as_json()))


def as_json(value: object) -> bytes:
    """Return JSON for people and for git: indented, in UTF-8, with a line end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def write_json(cache: Cache, name: str, value: object) -> None:
    """Write a JSON file of the output where its content has changed."""
    _keep(cache, name, as_json(value))


def _keep(cache: Cache, name: str, data: bytes) -> None:
    cache.make(name, key_of(name, data.decode("utf-8")), [name], lambda places: write_bytes(places[name], data))


def write_record_lists(loaded: Loaded, language: Language, cache: Cache) -> None:
    """Write the works of several records, the pairs in doubt, what each search brought, and what lacks keywords."""
    sources = loaded.sources
    pairs = [(one.one, one.other, one.reason, one.why) for one in sources.duplicates.doubts]
    if pairs:
        cache.make(
            DOUBTS,
            key_of(language, pairs, [repr(sources.records.records[at]) for pair in pairs for at in pair[:2]]),
            [DOUBTS],
            lambda places: write_doubts(sources.duplicates, sources.records, places[DOUBTS], language),
        )
    groups = [group.members for group in sources.duplicates.groups]
    if groups:
        cache.make(
            WORKS,
            key_of(groups, [repr(sources.records.records[at]) for members in groups for at in members]),
            [WORKS],
            lambda places: write_duplicates(sources.duplicates, sources.records, places[WORKS]),
        )
    if loaded.searches.searches:
        _keep(cache, SEARCHES, searches_csv(loaded.search_results))
    form = keywords_form(loaded.corpus, sources.added) if maps_keywords(loaded) else ""
    if form:
        cache.make(KEYWORDS, key_of(form), [KEYWORDS], lambda places: write_text(places[KEYWORDS], BOM + form))


def maps_keywords(loaded: Loaded) -> bool:
    """Whether a map of the plan is made of keywords that the reviewers may add."""
    return any(isinstance(plan, KeywordMap) and plan.items != "topics" for plan in loaded.plan.maps)
