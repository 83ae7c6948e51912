"""How a review was searched: every search exactly as it was run, what it found, and the 16 items of PRISMA-S.

The items and their names are those of the statement (Rethlefsen et al., 2021, Systematic Reviews 10, 39). What the
review's file does not say is called not reported, and nothing is concluded from its silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from benang.evidence import Number
from benang.locale import Language, translator
from benang.records.record import Record
from benang.report import (
    Block,
    Column,
    Group,
    Heading,
    Item,
    ItemList,
    Paragraph,
    Table,
    TableBody,
    TableRow,
    Verbatim,
)
from benang.report.checklists import read_checklist
from benang.report.content import Names, Searched
from benang.report.inline import Break, Code, Emphasis, ExternalLink, Inline, Link, Runs, anchor, fill, joined, runs
from benang.report.opened import member, opened
from benang.report.references import cite, reference_list
from benang.screening.prisma import NOT_STATED
from benang.screening.search_results import Rerun, SearchResult, SearchResults
from benang.screening.searches import ACCESSED, SEARCHES, Search, SearchKind

_BROWSED: tuple[SearchKind, ...] = ("website", "organisation", "hand-search")


def search_titles(results: SearchResults, language: Language) -> dict[str, str]:
    """Return what each number of the searches is of, by its id."""
    _, called = translator(language), _called(results, language)
    words = {
        "records": _("Records found by %(search)s"),
        "works": _("Works found by %(search)s"),
        "alone": _("Works that only %(search)s found"),
        "new": _("New works of %(search)s"),
        "gone": _("Works that %(search)s no longer found"),
        "changed": _("Works of %(search)s whose records have changed"),
    }
    whole = {"records": _("Records found by all searches"), "works": _("Works found by all searches")}
    titles = {}
    for name in results.numbers:
        _searches, *search, last = name.split("/")
        titles[name] = words[last] % {"search": called[search[0]]} if search else whole[last]
    return titles


def _called(results: SearchResults, language: Language) -> dict[str, str]:
    """Return what searches are called, by their ids; several of one database have their dates, or else ids, beside."""
    searches = [one.search for one in results.results]
    by_id = {one.id: translator(language)(NOT_STATED) if one.name == NOT_STATED else one.name for one in searches}
    often = Counter(by_id.values())
    dated = {
        one.id: f"{by_id[one.id]}, {one.date}" if often[by_id[one.id]] > 1 and one.date else by_id[one.id]
        for one in searches
    }
    same = Counter(dated.values())
    return {one.id: dated[one.id] if same[dated[one.id]] == 1 else f"{by_id[one.id]} ({one.id})" for one in searches}


def search_blocks(searched: Searched, names: Names) -> tuple[Block, ...]:
    """Return the appendix on the searches."""
    _, results = names.texts.gettext, searched.results
    return (
        Paragraph(_introduction(results, names)),
        _overview(results, names),
        *_seeds(results, names),
        *(block for rerun in results.reruns for block in _rerun(rerun, results, names)),
        *(_search(one, searched, names) for one in results.results),
        Heading(_("The items of PRISMA-S")),
        _checklist(searched, names),
    )


def _introduction(results: SearchResults, names: Names) -> Runs:
    _, numbers = names.texts.gettext, names.findings.evidence.numbers
    n = len(results.results)
    text = names.texts.counted(
        "%(n)s search is listed here as it was run, with what PRISMA-S asks of it (%(source)s). It found %(records)s "
        "records of %(works)s works.",
        "%(n)s searches are listed here as they were run, with what PRISMA-S asks of them (%(source)s). They found "
        "%(records)s records of %(works)s works.",
        n,
    )
    counts = (opened(numbers[f"searches/{name}"], names) for name in ("records", "works"))
    return fill(
        text,
        n=names.texts.numeral(n),
        source=cite("rethlefsen-2021", names.texts),
        **dict(zip(("records", "works"), counts, strict=True)),
    )


def _overview(results: SearchResults, names: Names) -> Table:
    """Return the table of searches: what the database showed, what was read, and what no other search has."""
    _, n, numbers = names.texts.gettext, names.texts.numeral, names.findings.evidence.numbers
    called, with_aside = _called(results, names.texts.language), any(one.set_aside for one in results.results)
    with_exported = any(one.search.exported is not None for one in results.results)
    columns = [
        Column(_("Searched")),
        Column(_("Platform")),
        Column(_("Date"), is_number=True),
        Column(_("Hits"), is_number=True),
        *([Column(_("Exported"), is_number=True)] if with_exported else []),
        Column(_("Records read"), is_number=True),
        *([Column(_("Set aside"), is_number=True)] if with_aside else []),
        Column(_("Works"), is_number=True),
        Column(_("Only here"), is_number=True),
        *([Column(_("Known papers"), is_number=True)] if results.seeds else []),
    ]
    rows = []
    for one in results.results:
        search = one.search
        records, works, alone = (numbers[f"searches/{search.id}/{name}"] for name in ("records", "works", "alone"))
        cells: list[Inline] = [
            Link(search.name if search.date else called[search.id], _anchor(search)),
            search.platform or "–",
            search.date or "–",
            "–" if search.hits is None else n(search.hits),
            *(["–" if search.exported is None else n(search.exported)] if with_exported else []),
            "–" if _is_unknown(one) else opened(records, names),
            *([n(one.set_aside)] if with_aside else []),
            "–" if _is_unknown(one) else opened(works, names),
            "–" if _is_unknown(one) else opened(alone, names),
            *([n(len(one.seeds))] if results.seeds else []),
        ]
        rows.append(TableRow(tuple(cells)))
    notes = [_("A work counts in each search that found it; “only here” counts those that no other export has.")]
    if results.seeds:
        found = sum(bool(seed.searches) for seed in results.seeds)
        text = _("Known papers: relevant papers named before the search, of which %(found)s of %(n)s were found.")
        notes.append(text % {"found": n(found), "n": n(len(results.seeds))})
    caption = _("The searches, and what each one found")
    return Table("table-searches", caption, tuple(columns), (TableBody(tuple(rows)),), tuple(notes))


def _is_unknown(one: SearchResult) -> bool:
    """Tell whether a source neither says what a search found nor gives its records: that is unknown, not 0."""
    return one.search.is_unreported and not one.records


def _anchor(search: Search) -> str:
    return anchor("search", search.id)


def _seeds(results: SearchResults, names: Names) -> Iterator[Table]:
    """Give the table of known papers, with the searches that found each."""
    _, called = names.texts.gettext, _called(results, names.texts.language)
    if results.seeds:
        rows = [
            TableRow(
                (
                    joined("; ", [member(key, "records", names) for key in seed.works]) or seed.name,
                    "; ".join(called[one] for one in seed.searches) or _("no search"),
                )
            )
            for seed in results.seeds
        ]
        columns = (Column(_("Known paper")), Column(_("Found by")))
        caption = _("Relevant papers known beforehand, and the searches that found them")
        yield Table("table-seeds", caption, columns, (TableBody(tuple(rows)),))


def _rerun(rerun: Rerun, results: SearchResults, names: Names) -> Iterator[Block]:
    """Say what a search that was run again changed, and which fields of which records."""
    _, called = names.texts.gettext, _called(results, names.texts.language)
    yield Paragraph(_rerun_in_words(rerun, results, names))
    if rerun.changed:
        rows = [
            TableRow((member(key, "records", names), ", ".join(_field(name, names) for name in fields)))
            for key, fields in rerun.changed.items()
        ]
        caption = fill(_("Records of %(search)s that have changed"), search=called[rerun.search.id])
        columns = (Column(_("Work")), Column(_("Fields that differ")))
        yield Table(anchor("table-rerun", rerun.search.id), caption, columns, (TableBody(tuple(rows)),))


def _field(name: str, names: Names) -> str:
    """Return the name of a field of records; abbreviations in capitals."""
    word = names.texts.gettext(name.replace("_", " "))
    return word.upper() if name in {"doi", "url", "issn", "isbn"} else word


def _rerun_in_words(rerun: Rerun, results: SearchResults, names: Names) -> Runs:
    _, called, numbers = names.texts.gettext, _called(results, names.texts.language), names.findings.evidence.numbers
    counts = {name: opened(numbers[f"searches/{rerun.search.id}/{name}"], names) for name in ("new", "changed", "gone")}
    return fill(
        _("%(search)s repeats %(earlier)s: %(new)s new, %(changed)s changed, %(gone)s no longer found."),
        search=called[rerun.search.id],
        earlier=called[rerun.earlier.id],
        **counts,
    )


# ---------------------------------------------------------------------------------------- one search as it was run


def _search(one: SearchResult, searched: Searched, names: Names) -> Group:
    """Return a search with all that is known of it, its query letter by letter, and its records without an export."""
    _, search, results = names.texts.gettext, one.search, searched.results
    facts = (runs(Emphasis(f"{label}:"), " ", text) for label, text in _facts(search, results, names))
    query: tuple[Block, ...] = (Verbatim(search.query.strip("\n")),) if search.query.strip() else ()
    head = _("Query, as it was run:")
    if search.is_database and not query:
        query = (Paragraph(f"{head} {_not_reported(names)}"),)
    elif query:
        query = (Paragraph(head), *query)
    blocks = (Paragraph(joined(Break(), facts)), *query, *_typed(one, searched, names))
    return Group(blocks, "search", _called(results, names.texts.language)[search.id], _anchor(search))


def _typed(one: SearchResult, searched: Searched, names: Names) -> Iterator[ItemList]:
    """Give the records of a search that were typed by hand, each with the day on which it was seen."""
    _ = names.texts.gettext
    typed = {key: searched.records[key] for key in one.records if searched.records[key].file == SEARCHES}
    seen = {key: record.raw.get(ACCESSED, "") for key, record in typed.items()}
    text = _("%(record)s (accessed %(date)s)")
    refs = [(ref, _seen_at(typed[ref.key], ref.entry)) for ref in reference_list(tuple(typed.values()), names.texts)]
    items = [Item(fill(text, record=where, date=seen[ref.key]) if seen[ref.key] else where) for ref, where in refs]
    if items:
        yield ItemList(tuple(items), "references")


def _seen_at(record: Record, entry: Runs) -> Runs:
    """Return an entry with the address at which a record was seen, which the entry leaves out where there is a DOI."""
    url = record.url.strip() if record.doi else ""
    is_other = url.startswith(("http://", "https://")) and record.doi.casefold() not in url.casefold()
    return runs(*entry, " ", ExternalLink(url)) if is_other else entry


def _facts(search: Search, results: SearchResults, names: Names) -> Iterator[tuple[str, Inline]]:
    """Give what is known of a search, and last what is not reported of one of a database or register."""
    _, n, called = names.texts.gettext, names.texts.numeral, _called(results, names.texts.language)
    texts = {
        _("Platform"): search.platform,
        _("Date"): search.date,
        _("Searched by"): search.by,
        _("Fields searched"): search.fields,
        _("Limits and restrictions"): search.limits,
        _("Search filters"): search.filters,
        _("Prior work"): search.prior_work,
        _("Peer review"): str(search.peer_review),
        _("Hits"): "" if search.hits is None else n(search.hits),
    }
    if not search.is_database:
        yield _("Kind"), _kinds(names)[search.kind]
    yield from ((label, text) for label, text in texts.items() if text)
    if search.exported is not None:
        yield _("Exported"), n(search.exported)
    if search.files:
        yield _("Exports"), joined(", ", map(Code, search.files))
    if search.earlier in called:
        yield _("Repeats"), called[search.earlier]
    if search.note:
        yield _("Note"), search.note
    missing = [label for label, text in texts.items() if not text and search.is_database]
    if missing:
        yield _("Not reported"), ", ".join(label.lower() for label in missing)


def _kinds(names: Names) -> Mapping[SearchKind, str]:
    _ = names.texts.gettext
    return {
        "database": _("database"),
        "register": _("register"),
        "website": _("website"),
        "organisation": _("organisation"),
        "citations": _("citation searching"),
        "hand-search": _("hand search"),
        "contacts": _("contacts"),
    }


def _not_reported(names: Names) -> str:
    _ = names.texts.gettext
    return _("not reported")


# ---------------------------------------------------------------------------------------- the items of PRISMA-S


def _checklist(searched: Searched, names: Names) -> Table:
    """Return the 16 items, each with what this review reports."""
    _, texts = names.texts.gettext, names.texts
    columns = (Column(_("Item"), is_number=True), Column(_("Topic")), Column(_("What this review reports")))
    rows = [
        TableRow((one.id, one.topic.text(texts.language), text or _not_reported(names)))
        for one, text in zip(read_checklist("prisma-s").items, _items(searched, names), strict=True)
    ]
    caption = fill(_("PRISMA-S: reporting of the searches (%(source)s)"), source=cite("rethlefsen-2021", texts))
    return Table("table-prisma-s", caption, columns, (TableBody(tuple(rows)),))


def _items(searched: Searched, names: Names) -> Iterator[Inline]:
    """Answer the items in the order of the statement, with nothing for those that the review does not report."""
    results = searched.results
    reported = _Reported(results, names)
    yield reported.names("database")
    yield reported.platforms()
    yield reported.names("register")
    yield reported.names(*_BROWSED)
    yield reported.names("citations")
    yield reported.names("contacts")
    yield ""  # other methods: whatever is none of the kinds of searches
    yield reported.queries()
    yield reported.each(lambda one: one.limits)
    yield reported.each(lambda one: one.filters)
    yield reported.each(lambda one: one.prior_work)
    yield joined(" ", (_rerun_in_words(one, results, names) for one in results.reruns))
    yield reported.each(lambda one: one.date, every=True)
    yield reported.each(lambda one: str(one.peer_review))
    yield reported.records()
    yield _deduplication(searched, names)


class _Reported:
    """What the searches of a review say, item by item."""

    def __init__(self, results: SearchResults, names: Names) -> None:
        self._searches = [one.search for one in results.results]
        self._unknown = {one.search.id for one in results.results if _is_unknown(one)}
        self._called, self._names = _called(results, names.texts.language), names

    def names(self, *kinds: SearchKind) -> Inline:
        """Return the searches of some kinds, each with its platform, linked to where it is printed."""
        chosen = [one for one in self._searches if one.kind in kinds]
        return joined("; ", [runs(self._link(one), f" ({one.platform})" if one.platform else "") for one in chosen])

    def platforms(self) -> Inline:
        """Return the platforms through which several databases were searched, with these."""
        of: dict[str, list[Search]] = {}
        for one in self._searches:
            if one.kind == "database" and one.platform:
                of.setdefault(one.platform, []).append(one)
        shared = {platform: own for platform, own in of.items() if len({one.name for one in own}) > 1}
        return joined("; ", (runs(f"{at}: ", joined(", ", map(self._link, own))) for at, own in shared.items()))

    def queries(self) -> Inline:
        """Return where the query of each database is printed, and for which databases it is not reported."""
        return self.each(lambda one: "printed" if one.query.strip() else "", shown=lambda _one: "")

    def each(
        self,
        text: Callable[[Search], str],
        *,
        every: bool = False,
        shown: Callable[[str], str] = lambda value: f": {value}",
    ) -> Inline:
        """Return a field of each database and register, or of every search; nothing where none has it."""
        wanted = [one for one in self._searches if every or one.is_database]
        if not any(map(text, wanted)):
            return ""
        missing = _not_reported(self._names)
        return joined(
            "; ",
            (runs(self._link(one), shown(value) if (value := text(one)) else f": {missing}") for one in wanted),
        )

    def records(self) -> Inline:
        """Return how many records each search found, and all together."""
        numbers = self._names.findings.evidence.numbers

        def shown(number: Number) -> Inline:
            return opened(number, self._names)

        def of(one: Search) -> Inline:
            silent = one.id in self._unknown
            return _not_reported(self._names) if silent else shown(numbers[f"searches/{one.id}/records"])

        each = [runs(self._link(one), ": ", of(one)) for one in self._searches]
        return fill(
            self._names.texts.gettext("%(all)s in all; %(each)s"),
            all=shown(numbers["searches/records"]),
            each=joined("; ", each),
        )

    def _link(self, one: Search) -> Link:
        return Link(self._called[one.id], _anchor(one))


def _deduplication(searched: Searched, names: Names) -> Inline:
    """Say how records that are one work were found, and how many there were; nothing where none were looked for."""
    _, n = names.texts.gettext, names.texts.numeral
    if searched.duplicates is None:
        return ""
    text = _(
        "Benang %(version)s joined records of one work by identifier, title and publication details: %(records)s "
        "records are %(works)s works. Doubtful pairs kept apart: %(doubts)s; pairs decided by the reviewers: "
        "%(decided)s."
    )
    return fill(
        text,
        version=searched.version,
        records=n(searched.n_records),
        works=n(searched.n_works),
        doubts=n(len(searched.duplicates.doubts)),
        decided=n(searched.duplicates.decided),
    )
