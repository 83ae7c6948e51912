"""Keywords that go with codes, and what is spoken of without evidence, as tables whose numbers open."""

from __future__ import annotations

from benang.locale.writing import numeral
from benang.records.record import ASSIGNED
from benang.report.blocks import Column, Inline, Table, TableBody, TableRow, anchor
from benang.report.names import Names
from benang.report.opened import group_note, opened
from benang.report.tables import cell
from benang.report.texts import fill
from benang.synthesis.association import Association, Pair
from benang.synthesis.mentions import Mention, Mentions, Standing

SUPPORT = 2
"""Studies that have both, for a pair to be listed: one study together is no habit."""
MOST = 20
"""Pairs, or codes and keywords, that are listed at most."""
BELIEVED = 0.05
LIKELY = 0.2
"""Pairs as likely as this by chance are not worth a line; the CSV file has them."""


def association_table(made: Association, names: Names) -> Table:
    """Return the keywords and codes that more studies have both of than chance would have it, with what chance is."""
    _ = names.texts.gettext
    told = [one for one in made.pairs if one.together.value >= SUPPORT and one.ratio > 1 and one.p < LIKELY]
    numbers = (
        _("Studies with both"), _("Studies with the keyword"), _("Studies with the code"), _("By chance"), _("Ratio"),
        "p", "q",
    )  # fmt: skip
    columns = (
        Column(_("Keyword or term")),
        Column(_("Code")),
        *(Column(label, is_number=True) for label in numbers),
    )
    body = TableBody(tuple(_pair(pair, names) for pair in told[:MOST]))
    return Table(
        anchor("table-association", f"{made.group}/{made.item_kind}"),
        fill(_("Keywords and codes that go together: %(group)s"), group=names.group(made.group)),
        columns,
        (body,),
        tuple(_notes(made, told, names)),
        "association",
    )


def _pair(pair: Pair, names: Names) -> TableRow:
    language = names.texts.language
    decimals = ((pair.expected, 1), (pair.ratio, 1), (pair.p, 3), (pair.q, 3))
    measured = (numeral(value, language, n) for value, n in decimals)
    counted = (cell(one, names) for one in (pair.together, pair.of_item, pair.of_code))
    return TableRow((pair.label, names.code(pair.code.id), *counted, *measured))


def _notes(made: Association, told: list[Pair], names: Names) -> list[Inline]:
    """Say what is compared, what chance is, and how far such a table may be trusted."""
    _ = names.texts.gettext
    compared = _(
        "Compared: %(studies)s coded studies; %(tests)s pairs of a keyword and a code were tested. Listed are those "
        "that %(support)s studies or more have both of, more than expected and with p below 0.2, the least likely "
        "first."
    )
    said: list[Inline] = [
        fill(
            compared,
            studies=opened(made.studies, names),
            tests=names.texts.numeral(made.n_tests),
            support=names.texts.numeral(SUPPORT),
        )
    ]
    if made.without_items.value:
        text = _("Coded studies without keywords, left out: %(n)s.")
        said.append(fill(text, n=opened(made.without_items, names)))
    said.append(
        _(
            "Chance is this: the studies' sets of keywords are dealt out anew among their sets of codes, so that which "
            "keywords stand together is kept, and only which keywords belong to which codes is left to chance. p is "
            "the exact probability that as many studies or more have both; q is p corrected for all tests (Benjamini "
            "and Hochberg)."
        )
    )
    if not any(pair.q < BELIEVED for pair in told):
        said.append(
            _("No pair stands after this correction (q < 0.05): this is a list of what to look at, not a finding.")
        )
    counted = (number for pair in told[:MOST] for number in (pair.together, pair.of_item, pair.of_code))
    said += group_note(counted, names)
    if made.item_kind != "terms" and ASSIGNED in names.findings.corpus.origins_of("author_keywords"):
        said.append(_("The keywords were assigned for this review."))
    return said


def mentions_table(made: Mentions, names: Names) -> Table:
    """Return what titles, abstracts and keywords speak of without evidence in a passage, and the reverse."""
    _ = names.texts.gettext
    parts: tuple[tuple[Standing, str], ...] = (
        ("talked about, never evidenced", _("Spoken of, never told in a passage")),
        ("evidenced, never talked about", _("Told in passages, never spoken of")),
    )
    listed = [(title, made.standing(standing)) for standing, title in parts]
    bodies = tuple(
        TableBody(tuple(_mention(row, names) for row in rows[:MOST]), title) for title, rows in listed if rows
    )
    left_out = sum(max(0, len(rows) - MOST) for _title, rows in listed)
    abstracts = _("Of %(studies)s coded studies, %(abstracts)s have an abstract; titles and keywords speak as well.")
    notes: list[Inline] = [
        fill(abstracts, studies=opened(made.studies, names), abstracts=opened(made.with_abstract, names)),
        _(
            "A title, an abstract or a keyword speaks of a code where a sentence has all words of its label, in "
            "English or Indonesian. Words are compared, not meanings."
        ),
    ]
    if left_out:
        notes.append(fill(_("Left out for want of room: %(n)s."), n=names.texts.numeral(left_out)))
    notes += group_note((row.evidenced for _title, rows in listed for row in rows[:MOST]), names)
    return Table(
        anchor("table-mentions", f"{made.group}/{made.item_kind}"),
        fill(_("Spoken of, and told in passages: %(group)s"), group=names.group(made.group)),
        (
            Column(_("Code or keyword")),
            Column(_("Kind")),
            Column(_("Studies that speak of it"), is_number=True),
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


def associated(found: tuple[Association | Mentions, ...], names: Names) -> list[Table]:
    """Return a table for each; those without a row as well, for their notes say why."""
    return [
        association_table(one, names) if isinstance(one, Association) else mentions_table(one, names) for one in found
    ]
