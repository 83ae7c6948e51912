"""The sections of a report that are prose: what a hurried reader takes home, what limits it, and the methods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benang.coding.cases import OUTCOME
from benang.evidence import Number, Step
from benang.kinds import SMALL_CORPUS
from benang.records.record import ASSIGNED, Ledger
from benang.report import Block, Heading, Item, ItemList, Paragraph
from benang.report.content import Names, ReportContent, group_note
from benang.report.counted_tables import finding
from benang.report.inline import Code, Inline, Link, Runs, anchor, fill, joined, runs, short_hash
from benang.report.map_methods import map_methods
from benang.report.opened import opened, opened_with_unit
from benang.synthesis.findings import CodeRow
from benang.synthesis.number_ids import of_level

_NAMED = 5
"""How many codes of a group a summary names; ties with the last are named too."""


def summary(names: Names) -> tuple[Block, ...]:
    """Put the most important numbers of a review together."""
    _ = names.texts.gettext
    lists = [*_codes(names), *_contradicted(names)]
    paragraphs: list[Inline] = [text for text in (_sizes(names), _outcomes(names)) if text]
    if lists:
        paragraphs.append(
            _(
                "A number says how many cases, or studies, report something. It does not say how strong the "
                "effect is, nor that it was absent elsewhere: each study reports only part of what may have been "
                "there."
            )
        )
    return (*map(Paragraph, paragraphs), *lists)


def number_of(names: Names, key: str) -> Number | None:
    """Return a number of the review, or None."""
    return names.findings.evidence.numbers.get(key)


def _sizes(names: Names) -> Runs:
    _ = names.texts.gettext
    cases, studies = number_of(names, "cases/all"), number_of(names, "studies/all")
    if cases is None or studies is None:
        return ()
    sentences = (
        []
        if not cases.value
        else [
            fill(
                _("This review compares %(cases)s from %(studies)s."),
                cases=opened_with_unit(cases, names),
                studies=opened_with_unit(studies, names),
            )
        ]
    )
    records = number_of(names, "records/all")
    read = names.findings.corpus.ledger.read
    screening = next((step for step in names.findings.corpus.history if step.name == "screening"), None)
    if records is not None and screening is not None:
        text = _("The sources contain %(read)s records of %(all)s works, of which the review counts %(works)s.")
        n = {"read": names.texts.numeral(read), "all": names.texts.numeral(screening.counts["works"])}
        sentences.append(fill(text, **n, works=opened(records, names)))
    elif records is not None and read and read != records.value:
        text = _("The sources contain %(read)s records of %(works)s works.")
        sentences.append(fill(text, read=names.texts.numeral(read), works=opened(records, names)))
    elif records is not None:
        sentences.append(fill(_("The sources contain %(records)s."), records=opened_with_unit(records, names)))
    return joined(" ", sentences)


def _outcomes(names: Names) -> Runs:
    _ = names.texts.gettext
    variable = names.findings.codebook.variable(OUTCOME)
    levels = variable.levels if variable else ()
    counted = [(one, number_of(names, of_level(OUTCOME, one.id))) for one in levels]
    present = [(one, number) for one, number in counted if number is not None and number.value]
    if not present:
        return ()
    present.sort(key=lambda pair: -pair[1].value)
    listed = joined("; ", (runs(names.texts.label(one.label), ": ", opened(number, names)) for one, number in present))
    return fill(_("Outcomes of the cases, as judged by the studies: %(outcomes)s."), outcomes=listed)


def _codes(names: Names) -> list[Block]:
    _, label = names.texts.gettext, names.texts.label
    blocks: list[Block] = []
    for group, table in names.findings.code_tables.items():
        top = _top(table.rows)
        if not top:
            continue
        lines = tuple(
            Item(
                fill(
                    "%(code)s: %(cases)s, %(studies)s",
                    code=label(row.code.label),
                    cases=opened_with_unit(row.cases, names),
                    studies=opened_with_unit(row.studies, names),
                )
            )
            for row in top
        )
        notes = group_note((number for row in top for number in (row.cases, row.studies)), names)
        title = fill(_("%(group)s reported most often"), group=names.group(group))
        blocks += [Heading(title), ItemList(lines, "leading")]
        blocks += [Paragraph(" ".join(notes), "note")] if notes else []
    return blocks


def _top(rows: Sequence[CodeRow]) -> list[CodeRow]:
    used = [row for row in rows if row.cases.value]
    if len(used) <= _NAMED:
        return used
    least = used[_NAMED - 1].cases.value
    return [row for row in used if row.cases.value >= least]


def _contradicted(names: Names) -> list[Block]:
    _ = names.texts.gettext
    lines = tuple(
        Item(runs(Link(check.stated.rstrip("."), anchor("claim", check.claim)), ": ", finding(check, names)))
        for check in names.findings.checks
        if check.verdict == "contradicted" and check.general is None
    )
    return [Heading(_("Claims that the data contradict")), ItemList(lines, "claims")] if lines else []


def limits(content: ReportContent, names: Names) -> tuple[Inline, ...]:
    """Return the limits of a review, those of its plan first."""
    sentences: list[Inline] = list(content.limits)
    sentences += [*_documents(names), *_abstracts(names), *_missing_outcomes(names), *_groups(names), *_words(names)]
    _ = names.texts.gettext
    if 0 < len(names.findings.corpus) < SMALL_CORPUS:
        sentences.append(
            _("The corpus is small: positions and clusters on its maps may change with a few more records.")
        )
    if content.unplaced:
        sentences.append(
            _(
                "Some codings were left out because their quotations are no longer in the documents; they are "
                "listed under the checks."
            )
        )
    return tuple(sentences)


def _documents(names: Names) -> list[Inline]:
    _, documents = names.texts.gettext, names.findings.documents.values()
    secondary = [one for one in documents if one.is_secondary]
    if not secondary:
        return []
    if len(secondary) == len(documents):
        return [
            _(
                "Every passage quoted comes from a note on a secondary account, not from the study itself, and "
                "is marked as such. If the study replaces the note, its codings are found again or listed."
            )
        ]
    listed = "; ".join(names.study(one.record) for one in secondary)
    return [
        fill(
            _(
                "Some studies were not available; they are quoted from notes on a secondary account, which are "
                "marked as such: %(studies)s."
            ),
            studies=listed,
        )
    ]


def _abstracts(names: Names) -> list[Inline]:
    """Name the studies of which only the abstract was available."""
    _, documents = names.texts.gettext, names.findings.documents.values()
    papers = {one.record for one in documents if not one.is_abstract}
    only = sorted({names.study(one.record) for one in documents if one.is_abstract and one.record not in papers})
    if not only:
        return []
    text = _("For some studies, only the abstract was available; quotations from it are marked: %(studies)s.")
    return [fill(text, studies="; ".join(only))]


def _missing_outcomes(names: Names) -> list[Inline]:
    """Name the outcomes that no case has: without cases for comparison, causes cannot be determined."""
    _ = names.texts.gettext
    variable = names.findings.codebook.variable(OUTCOME)
    outcomes = {row.outcome for row in names.findings.case_rows}
    missing = [names.level(OUTCOME, one.id) for one in variable.levels if one.id not in outcomes] if variable else []
    if not missing or not names.findings.case_rows:
        return []
    return [
        fill(
            _(
                "No case has this outcome: %(outcomes)s. Without cases for comparison, what leads to an outcome "
                "cannot be determined."
            ),
            outcomes=", ".join(missing),
        )
    ]


def _groups(names: Names) -> list[Inline]:
    _ = names.texts.gettext
    together = sorted(set(names.told_together.values()), key=lambda cases: (-len(cases), cases))
    if not together:
        return []
    listed = "; ".join(", ".join(names.case(case) for case in cases) for cases in together)
    sentence = fill(
        _(
            "Some cases were reported only as a group, by one study: %(cases)s. Counts that include them exceed "
            "the number of independent findings."
        ),
        cases=listed,
    )
    return [joined(" ", [sentence, *_example(names)])]


def _example(names: Names) -> list[Inline]:
    """Name the code whose number of cases is furthest above its number of studies."""
    _ = names.texts.gettext
    rows = [
        row
        for table in names.findings.code_tables.values()
        for row in table.rows
        if row.group_cases and row.studies.value
    ]
    if not rows:
        return []
    row = max(rows, key=lambda one: (one.cases.value / one.studies.value, one.code.id))
    return [
        fill(
            _("“%(code)s”, for instance, covers %(cases)s but comes from %(studies)s."),
            code=names.texts.label(row.code.label),
            cases=opened_with_unit(row.cases, names),
            studies=opened_with_unit(row.studies, names),
        )
    ]


def _words(names: Names) -> list[Inline]:
    _ = names.texts.gettext
    if ASSIGNED not in names.findings.corpus.origins_of("author_keywords"):
        return []
    return [
        _(
            "Keywords were assigned for this review. A map of them shows how the reviewers read the titles; "
            "nothing can be concluded from it alone."
        )
    ]


def methods(content: ReportContent, names: Names) -> tuple[Block, ...]:
    """Write the methods section from what every step recorded."""
    _ = names.texts.gettext
    blocks: list[Block] = [Heading(_("Records")), *_records(content, names)]
    if content.maps:
        blocks += [Heading(_("Maps")), *map_methods(content, names)]
    if names.findings.evidence.passages:
        blocks += [Heading(_("Coding and counting")), *_coding(content, names)]
    if names.findings.framework_tables:
        blocks += [Heading(_("Frameworks")), _frameworks(names)]
    return (*blocks, Heading(_("Software")), _software(content, names))


def _records(content: ReportContent, names: Names) -> tuple[Paragraph, ...]:
    _ = names.texts.gettext
    sentences = [*_files_read(content.ledger, names), *_joined(content, names)]
    if ASSIGNED in names.findings.corpus.origins_of("author_keywords"):
        sentences.append(
            _(
                "Author keywords were assigned by the reviewers, since no database supplied them; whatever rests "
                "on them is marked."
            )
        )
    if 0 < len(names.findings.corpus) < SMALL_CORPUS:
        sentences.append(_small_corpus(content, names))
    return (Paragraph(joined(" ", sentences)),)


def _small_corpus(content: ReportContent, names: Names) -> Runs:
    """Say what maps of few works show."""
    _, n = names.texts.gettext, names.texts.numeral
    if any(step.name == "duplicates" for step in content.history):
        text = _(
            "With fewer than %(n)s works, the maps illustrate this corpus; they do not show the structure of a field."
        )
    else:
        text = _(
            "With fewer than %(n)s records, the maps illustrate this corpus; they do not show the structure of a field."
        )
    return fill(text, n=n(SMALL_CORPUS))


def _joined(content: ReportContent, names: Names) -> list[Inline]:
    """Say how many works the records are, where some of them are the same work."""
    counts = next((step.counts for step in content.history if step.name == "duplicates"), None)
    if counts is None:
        return []
    _, n = names.texts.gettext, names.texts.numeral
    sentences: list[Inline] = [
        fill(
            _(
                "They represent %(works)s works: records of the same work from several databases or files were "
                "merged by identifier, title and publication details, and all their references were kept."
            ),
            works=n(int(counts["works"])),
        )
    ]
    if counts.get("doubts"):
        text = _("Doubtful pairs of records, left unmerged: %(n)s.")
        sentences.append(fill(text, n=n(int(counts["doubts"]))))
    return sentences


def _files_read(ledger: Ledger, names: Names) -> list[Inline]:
    _, n, counted = names.texts.gettext, names.texts.numeral, names.texts.counted
    if not ledger.found:
        return [_("No record has been read yet.")]
    files = [
        fill(
            counted("%(path)s (%(format)s, %(n)s record)", "%(path)s (%(format)s, %(n)s records)", account.read),
            path=Code(account.path),
            format=_(account.format),
            n=n(account.read),
        )
        for account in ledger.files
    ]
    sentences = [fill(_("Records were read from %(files)s."), files=names.texts.listed(files))]
    if not ledger.set_aside:
        all_read = counted(
            "%(found)s record was found and read.",
            "All %(found)s records found were read; none was set aside.",
            ledger.found,
        )
        return [*sentences, fill(all_read, found=_counted("records/all", ledger.found, names))]
    some_read = _(
        "Of %(found)s records found, %(read)s were read and %(aside)s set aside; the appendix lists those set "
        "aside, with reasons."
    )
    read = _counted("records/all", ledger.read, names)
    return [*sentences, fill(some_read, found=n(ledger.found), read=read, aside=n(ledger.set_aside))]


def _counted(key: str, recorded: float, names: Names) -> Inline:
    """Return what a step recorded as the number of the review that counts the same, so that it opens."""
    number = names.findings.evidence.numbers.get(key)
    return opened(number, names) if number and number.value == recorded else names.texts.numeral(recorded)


def _coding(content: ReportContent, names: Names) -> tuple[Paragraph, ...]:
    _ = names.texts.gettext
    coders = sorted({one.coder for one in names.findings.evidence.passages.values()})
    sizes = _step_counts(content.history, "code")
    sentences: list[Inline] = [
        fill(
            _(
                "Passages of the documents were coded by %(coders)s with the codes of the codebook, each for the "
                "case it concerns, and stored with their exact positions in the text."
            ),
            coders=names.texts.listed(coders),
        )
    ]
    if {"documents", "documents_coded", "cases", "cases_coded", "passages"} <= sizes.keys():
        sentences.append(
            fill(
                _(
                    "Of %(documents)s documents, %(coded)s contain coded passages, which concern %(cases_coded)s of "
                    "%(cases)s cases; the review rests on %(passages)s passages."
                ),
                coded=names.texts.numeral(sizes["documents_coded"]),
                documents=names.texts.numeral(sizes["documents"]),
                cases_coded=names.texts.numeral(sizes["cases_coded"]),
                cases=_counted("cases/all", sizes["cases"], names),
                passages=names.texts.numeral(sizes["passages"]),
            )
        )
    if any(one.is_secondary for one in names.findings.documents.values()):
        sentences.append(
            _(
                "A document marked as a note on a secondary account summarises what others report about a study "
                "whose text was not available."
            )
        )
    if any(one.is_abstract for one in names.findings.documents.values()):
        sentences.append(
            _(
                "Passages marked “from the abstract” are quoted from the abstract in the database, not from the "
                "text of the study."
            )
        )
    return Paragraph(joined(" ", sentences)), Paragraph(" ".join(_rules(names)))


def _rules(names: Names) -> list[str]:
    """Say what counts."""
    _ = names.texts.gettext
    return [
        _(
            "A case has a code if at least one passage was coded with it for that case. A study counts for a "
            "code if its own document contains such a passage."
        ),
        _(
            "Where a study reports several cases together, its codings apply to the whole group: they count in "
            "each of those cases, and every number that includes them is marked."
        ),
        _(
            "“Not reported” means that a coder looked for something and did not find it, not that it was absent; "
            "what nobody has looked for is marked separately."
        ),
    ]


def _step_counts(history: Sequence[Step], name: str) -> Mapping[str, int | float]:
    return next((step.counts for step in history if step.name == name), {})


def _frameworks(names: Names) -> Paragraph:
    _ = names.texts.gettext
    titles = [names.texts.label(one.framework.label) for one in names.findings.framework_tables]
    return Paragraph(
        fill(
            _(
                "The cases were interpreted with these frameworks: %(frameworks)s. Which code supports or "
                "contradicts which item is this review's own judgement, fixed in the codebook and applied to the "
                "same passages; it adds no evidence."
            ),
            frameworks="; ".join(titles),
        )
    )


def _software(content: ReportContent, names: Names) -> Paragraph:
    _ = names.texts.gettext
    versions = ", ".join(
        f"{name if name != 'benang' else 'Benang'} {version}" for name, version in content.versions.items()
    )
    sentences: list[Inline] = [
        fill(_("Benang produced all results from one folder, with the seeds listed: %(versions)s."), versions=versions)
    ]
    if content.plan_hash:
        sentences.append(fill(_("SHA-256 of the plan: %(hash)s."), hash=short_hash(content.plan_hash)))
    return Paragraph(joined(" ", sentences))
