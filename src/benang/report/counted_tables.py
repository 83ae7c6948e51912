"""What was counted, as tables whose numbers open: codes, printed tables, frameworks, keywords beside codes, and checks.

Checks are claims compared with the data, and findings on the review itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from benang.coding.labels import code_label
from benang.evidence import OTHER_STANCES, Stance, shown_as
from benang.locale.writing import numeral
from benang.records.record import ASSIGNED
from benang.report import Column, Table, TableBody, TableRow
from benang.report.content import Names, group_note
from benang.report.inline import (
    Break,
    Inline,
    Link,
    Runs,
    Span,
    SpanKind,
    Superscript,
    anchor,
    fill,
    joined,
    plain,
    runs,
)
from benang.report.opened import cell, member, opened, opened_with_unit
from benang.synthesis.association import Association, Pair
from benang.synthesis.claims import Claim
from benang.synthesis.findings import STATES, Check, CodeRow, CodeTable, FrameworkTable, PrintedRowCount, State
from benang.synthesis.mentions import Mention, Mentions, Standing
from benang.synthesis.number_ids import case_of, filter_of_number, of_filter
from benang.synthesis.wording import Wording, filtered_caption

SUPPORT = 2
"""Minimum number of studies with both for a pair to be listed: one study is no pattern."""
MOST = 20
"""Pairs, or codes and keywords, that are listed at most."""
BELIEVED = 0.05
LIKELY = 0.2
"""Pairs as likely as this by chance are not worth a line; the CSV file has them."""

_QUOTED = 90
"""Characters of a quotation shown in a table; the whole quotation is shown with its case."""


def code_table(group: str, table: CodeTable, names: Names) -> Table:
    """Return the codes of a group with their cases and studies, by side; unused codes have 0."""
    _, label = names.texts.gettext, names.texts.label
    title, others = names.group(group), _other_columns(table.rows, names)
    bodies = tuple(
        TableBody(tuple(_code_row(row, others, names) for row in side_rows), label(side.label) if side else "")
        for side, side_rows in names.findings.codebook.by_side(group, table.rows, lambda row: row.code)
    )
    judged = (_("† Side assigned by this review; the reviewed text names none."),)
    return Table(
        anchor("table", group),
        fill(_("%(group)s: cases and studies that report each"), group=title),
        (
            Column(title),
            Column(_("Cases"), is_number=True),
            Column(_("Studies"), is_number=True),
            *_other_columns(table.rows, names).values(),
        ),
        bodies,
        (
            *group_note((number for row in table.rows for number in (row.cases, row.studies)), names),
            *(judged if any(row.code.side_judged for row in table.rows) else ()),
        ),
        "codes",
    )


def _other_columns(rows: Iterable[CodeRow | PrintedRowCount], names: Names) -> dict[Stance, Column]:
    """Return a column for each stance besides support that passages have to codes of a table; mostly none."""
    _ = names.texts.gettext
    titles = {"contradicts": _("Cases with counter-evidence"), "mentions": _("Cases that only mention it")}
    stances = {stance for row in rows for stance in row.others}
    return {stance: Column(titles[stance], is_number=True) for stance in OTHER_STANCES if stance in stances}


def _code_row(row: CodeRow, others: Iterable[Stance], names: Names) -> TableRow:
    mark = (Superscript("†"),) if row.code.side_judged else ()
    numbers = (row.cases, row.studies, *(row.others.get(stance) for stance in others))
    label = code_label(row.code, names.texts.language)
    return TableRow((runs(label, mark), *(cell(one, names) for one in numbers)), anchor("code", row.code.id))


def printed_table(name: str, rows: Sequence[PrintedRowCount], names: Names) -> Table:
    """Return a printed table recounted, each row with the codes counted in it."""
    _, label = names.texts.gettext, names.texts.label
    sides = {side.id: side.label for group in names.findings.codebook.groups for side in group.sides}
    order = list(dict.fromkeys(one.row.side for one in rows))
    others = _other_columns(rows, names)
    bodies = tuple(
        TableBody(
            tuple(_printed_row(one, others, names) for one in rows if one.row.side == side),
            label(sides.get(side)) if side else "",
        )
        for side in order
    )
    columns = (
        Column(_("Row as printed")),
        Column(_("Codes counted in this row")),
        Column(_("Cases"), is_number=True),
        Column(_("Studies"), is_number=True),
        *others.values(),
    )
    return Table(
        anchor("table", name),
        _("The printed table of the reviewed text, recounted from the codings"),
        columns,
        bodies,
        group_note((number for one in rows for number in (one.cases, one.studies)), names),
        "printed",
    )


def _printed_row(one: PrintedRowCount, others: Iterable[Stance], names: Names) -> TableRow:
    number = f"{names.texts.numeral(one.row.row)}. "
    codes = "; ".join(names.code(code) for code in one.codes)
    counted = (one.cases, one.studies, *(one.others.get(stance) for stance in others))
    return TableRow((number + names.texts.label(one.row.label), codes, *(cell(number, names) for number in counted)))


def framework_table(table: FrameworkTable, names: Names) -> Table:
    """Return the items of a framework with the number of cases in each state."""
    _, label = names.texts.gettext, names.texts.label
    words: dict[State, str] = {
        "evidence": _("Evidence"),
        "counter-evidence": _("Counter-evidence"),
        "not-reported": _("Not reported"),
        "not-looked": _("Not looked at"),
    }
    rows = tuple(
        TableRow((label(item.label), *(cell(table.counts.get(item.id, {}).get(state), names) for state in STATES)))
        for item in table.framework.items
    )
    numbers = [number for counts in table.counts.values() for number in counts.values()]
    caption = fill(
        _("%(framework)s: cases by what their passages say about each item"), framework=label(table.framework.label)
    )
    columns = (Column(_("Item")), *(Column(words[state], is_number=True) for state in STATES))
    return Table(
        anchor("table-framework", table.framework.id),
        caption,
        columns,
        (TableBody(rows),),
        group_note(numbers, names),
        "framework",
    )


def association_table(association: Association, names: Names) -> Table:
    """Return the keywords and codes that co-occur in more studies than expected by chance."""
    _ = names.texts.gettext
    likely = [one for one in association.pairs if one.together.value >= SUPPORT and one.ratio > 1 and one.p < LIKELY]
    numbers = (
        _("Studies with both"), _("Studies with the keyword"), _("Studies with the code"),
        _("Expected by chance"), _("Ratio"), "p", "q",
    )  # fmt: skip
    columns = (
        Column(_("Keyword or term")),
        Column(_("Code")),
        *(Column(label, is_number=True) for label in numbers),
    )
    body = TableBody(tuple(_pair(pair, names) for pair in likely[:MOST]))
    caption = fill(_("Keywords and codes that occur together: %(group)s"), group=names.group(association.group))
    where = filter_of_number(association.studies.id)
    return Table(
        anchor(
            "table-association", "/".join(filter(None, (association.group, association.item_kind, of_filter(where))))
        ),
        filtered_caption(plain(caption), where, Wording(names.findings, names.texts.language)),
        columns,
        (body,),
        tuple(_notes(association, likely, names)),
        "association",
    )


def _pair(pair: Pair, names: Names) -> TableRow:
    language = names.texts.language
    decimals = ((pair.expected, 1), (pair.ratio, 1), (pair.p, 3), (pair.q, 3))
    measured = (numeral(value, language, n) for value, n in decimals)
    counted = (cell(one, names) for one in (pair.together, pair.of_item, pair.of_code))
    return TableRow((pair.label, names.code(pair.code.id), *counted, *measured))


def _notes(association: Association, listed: list[Pair], names: Names) -> list[Inline]:
    """Explain what is compared, what is expected by chance, and how reliable the table is."""
    _ = names.texts.gettext
    compared = _(
        "In all, %(studies)s coded studies were compared and %(tests)s pairs of a keyword and a code were "
        "tested. The table lists pairs that occur together in %(support)s or more studies, more often than "
        "expected and with p below 0.2, from the lowest p upwards."
    )
    notes: list[Inline] = [
        fill(
            compared,
            studies=opened(association.studies, names),
            tests=names.texts.numeral(association.n_tests),
            support=names.texts.numeral(SUPPORT),
        )
    ]
    if association.without_items.value:
        text = _("Coded studies left out because they have no keywords: %(n)s.")
        notes.append(fill(text, n=opened(association.without_items, names)))
    notes.append(
        _(
            "What to expect by chance follows from reassigning the studies' sets of keywords at random to their "
            "sets of codes: keywords that occur together stay together, and only their pairing with codes is "
            "random. p is the exact probability that as many studies or more have both; q is p corrected for all "
            "tests (Benjamini and Hochberg)."
        )
    )
    if not any(pair.q < BELIEVED for pair in listed):
        notes.append(
            _(
                "No pair remains significant after this correction (q < 0.05): the table suggests what to look at "
                "and is not a finding."
            )
        )
    counted = (number for pair in listed[:MOST] for number in (pair.together, pair.of_item, pair.of_code))
    notes += group_note(counted, names)
    if association.item_kind != "terms" and ASSIGNED in names.findings.corpus.origins_of("author_keywords"):
        notes.append(_("The keywords were assigned for this review."))
    return notes


def mentions_table(mentions: Mentions, names: Names) -> Table:
    """Return what titles, abstracts and keywords mention without evidence in a passage, and the reverse."""
    _ = names.texts.gettext
    parts: tuple[tuple[Standing, str], ...] = (
        ("talked about, never evidenced", _("Mentioned, never reported in a passage")),
        ("evidenced, never talked about", _("Reported in passages, never mentioned")),
    )
    listed = [(title, mentions.standing(standing)) for standing, title in parts]
    bodies = tuple(
        TableBody(tuple(_mention(row, names) for row in rows[:MOST]), title) for title, rows in listed if rows
    )
    left_out = sum(max(0, len(rows) - MOST) for _title, rows in listed)
    abstracts = _(
        "Of %(studies)s coded studies, %(abstracts)s have an abstract; titles and keywords were searched as well."
    )
    notes: list[Inline] = [
        fill(abstracts, studies=opened(mentions.studies, names), abstracts=opened(mentions.with_abstract, names)),
        _(
            "A title, an abstract or a keyword mentions a code if one of its sentences contains all words of the "
            "code's label, in English or Indonesian. Words are compared, not meanings."
        ),
    ]
    if left_out:
        notes.append(fill(_("Not shown for lack of space: %(n)s."), n=names.texts.numeral(left_out)))
    notes += group_note((row.evidenced for _title, rows in listed for row in rows[:MOST]), names)
    return Table(
        anchor("table-mentions", f"{mentions.group}/{mentions.item_kind}"),
        fill(_("Mentioned, and reported in passages: %(group)s"), group=names.group(mentions.group)),
        (
            Column(_("Code or keyword")),
            Column(_("Kind")),
            Column(_("Studies that mention it"), is_number=True),
            Column(_("Studies with a passage"), is_number=True),
        ),
        bodies,
        tuple(notes),
        "mentions",
    )


def _mention(row: Mention, names: Names) -> TableRow:
    _ = names.texts.gettext
    is_code = row.kind == "code"
    label = names.code(row.id) if is_code else row.label
    kind = _("code") if is_code else _("term") if row.talked.id.startswith("mentions/terms/") else _("keyword")
    return TableRow((label, kind, cell(row.talked, names), cell(row.evidenced, names)))


def associated(findings: tuple[Association | Mentions, ...], names: Names) -> list[Table]:
    """Return a table for each; those without a row as well, for their notes say why."""
    return [
        association_table(one, names) if isinstance(one, Association) else mentions_table(one, names)
        for one in findings
    ]


def check_tables(checks: Sequence[Check], claims: Sequence[Claim], names: Names) -> tuple[Table, ...]:
    """Return the claims of a text with their verdicts, and the general findings on the review, if any."""
    claimed = [check for check in checks if check.general is None]
    general = [check for check in checks if check.general is not None]
    tables = []
    if claimed:
        tables.append(_claim_table(claimed, {claim.id: claim.check for claim in claims}, names))
    if general:
        tables.append(_general_table(general, names))
    return tuple(tables)


def _claim_table(checks: Sequence[Check], kinds: Mapping[str, str], names: Names) -> Table:
    _ = names.texts.gettext
    columns = (Column(_("Claim")), Column(_("Finding")), Column(_("Verdict")), Column(_("Evidence")))
    rows = tuple(
        TableRow(
            (
                _claim(check, kinds.get(check.claim, ""), names),
                finding(check, names),
                _verdict(check, names),
                _evidence(check, names),
            ),
            anchor("claim", check.claim),
        )
        for check in checks
    )
    return Table(
        "table-claims",
        _("Claims of the reviewed text, compared with the data"),
        columns,
        (TableBody(rows),),
        (_("“Needs a reader”: the data cannot settle the claim; the numbers to look at are listed."),),
        "checks",
    )


def _claim(check: Check, kind: str, names: Names) -> Runs:
    _ = names.texts.gettext
    parts: list[Inline] = [check.stated or check.claim]
    if check.where:
        parts.append(Span(check.where, "where"))
    if check.note:
        parts.append(Span(check.note, "remark"))
    if kind:
        parts.append(Span(_("check: %(kind)s") % {"kind": _kind(kind, names)}, "remark"))
    return joined(" ", parts)


def _kind(kind: str, names: Names) -> str:
    """Return what a named check compares."""
    _ = names.texts.gettext
    known = {
        "count": _("a count"),
        "range": _("a range"),
        "set": _("a set"),
        "co-occurrence": _("a co-occurrence"),
        "date-order": _("an order of dates"),
        "field": _("a field of a record"),
        "contrast": _("a contrast"),
        "judgement": _("a reader's judgement"),
    }
    return known.get(kind, kind)


def finding(check: Check, names: Names) -> Runs:
    """Return the finding of a check; the numbers of the review that it mentions open in place.

    A badge beside such a number replaces the words on groups.
    """
    numbers = names.findings.evidence.numbers
    pieces: list[Inline] = [check.found]
    for number in (numbers[key] for key in check.evidence if key in numbers):
        plain = f"{number.value} {names.unit(number.unit, number.value)}"
        group = re.escape(names.amount(number).removeprefix(plain))
        amount = re.compile(rf"(?<![\d.,]){re.escape(plain)}(?:{group})?(?!\w)")
        for at, piece in enumerate(pieces):
            if isinstance(piece, str) and (match := amount.search(piece)):
                pieces[at : at + 1] = [piece[: match.start()], opened_with_unit(number, names), piece[match.end() :]]
                break
    return runs(*pieces)


def _verdict(check: Check, names: Names) -> Runs:
    _ = names.texts.gettext
    words: Mapping[str, tuple[str, SpanKind]] = {
        "holds": (_("holds"), "holds"),
        "contradicted": (_("contradicted"), "contradicted"),
        "cannot be told": (_("cannot be told"), "cannot-be-told"),
    }
    verdict = Span(*words[check.verdict])
    return runs(verdict, " ", Span(_("needs a reader"), "remark")) if check.needs_reader else (verdict,)


def _evidence(check: Check, names: Names) -> Inline:
    return joined(Break(), (_piece(key, names) for key in check.evidence)) or "–"


def _piece(key: str, names: Names) -> Inline:
    """Return one piece of evidence: a number opened, a passage quoted in short, or a link to a case or a record."""
    evidence = names.findings.evidence
    if key in evidence.numbers:
        return runs(opened_with_unit(evidence.numbers[key], names), " ", Span(names.number(key), "remark"))
    if key in evidence.passages:
        passage = evidence.passages[key]
        short = passage.quote if len(passage.quote) <= _QUOTED else f"{passage.quote[: _QUOTED - 1].rstrip()}…"
        source = names.study(names.record_of(passage.document)) or passage.document
        return runs(Link(source, anchor("p", str(names.passage_numbers[shown_as(passage)]))), f": “{short}”")
    return member(case_of(key, names.findings.cases) or key, "cases", names)


def _general_table(checks: Sequence[Check], names: Names) -> Table:
    _ = names.texts.gettext

    def name(check: Check) -> str:
        return check.general[0] if check.general else ""

    order = list(dict.fromkeys(name(check) for check in checks))
    bodies = tuple(
        TableBody(
            tuple(_general_row(check, names) for check in checks if name(check) == kind),
            fill(_("Not met: %(rule)s"), rule=next(check.stated or kind for check in checks if name(check) == kind)),
        )
        for kind in order
    )
    columns = (Column(_("Subject")), Column(_("Finding")), Column(_("Evidence")))
    return Table(
        "table-general",
        _("Findings on the review itself"),
        columns,
        bodies,
        (
            _(
                "A finding here calls for a second look; it is not a verdict. Dates and names may be misprints "
                "in a reference list, and what only one study reports may well be true."
            ),
        ),
        "checks",
    )


def _general_row(check: Check, names: Names) -> TableRow:
    of = check.general[1] if check.general else check.claim
    known = names.findings.codebook.by_id
    unit = "studies" if of in names.references else "codes" if of in known else "cases"
    return TableRow(
        (member(of, unit, names), finding(check, names), _evidence(check, names)), anchor("claim", check.claim)
    )
