"""The association of codes and keywords as tables: CSV for the review's folder, and titles for their numbers."""

from __future__ import annotations

from benang.locale import Language
from benang.synthesis.association import Association, Pair
from benang.synthesis.csv_tables import SEPARATOR, as_csv
from benang.synthesis.mentions import Mention, Mentions
from benang.synthesis.wording import Wording

_DECIMALS = 6


def association_csv(made: Association, language: Language = "en") -> bytes:
    """Write `association.csv`: pairs of items and codes that some study has both of, the least likely by chance first.

    `studies` have both, `item studies` and `code studies` the one and the other, of `compared` in all. `evidence` are
    the ids of the three numbers.
    """
    header = (
        "item", "label", "code", "code label", "studies", "item studies", "code studies", "compared", "expected",
        "ratio", "p", "q", "p any", "evidence",
    )  # fmt: skip
    return as_csv(header, [_pair(pair, made, language) for pair in made.pairs])


def _pair(pair: Pair, made: Association, language: Language) -> tuple[str | int, ...]:
    numbers = (pair.together, pair.of_item, pair.of_code)
    measured = (pair.expected, pair.ratio, pair.p, pair.q, pair.p_any)
    return (
        pair.item,
        pair.label,
        pair.code.id,
        pair.code.label.text(language),
        *(int(number.value) for number in numbers),
        int(made.studies.value),
        *(f"{value:.{_DECIMALS}g}" for value in measured),
        SEPARATOR.join(number.id for number in numbers),
    )


def mentions_csv(made: Mentions, language: Language = "en", wording: Wording | None = None) -> bytes:
    """Write `mentions.csv`: codes and items, the studies that speak of each and those that give evidence of it.

    Codes are labelled in the language where `wording` is given. `evidence` are the ids of the four numbers.
    """
    header = ("kind", "id", "label", "standing", "talked", "evidenced", "both", "unread", "evidence")
    spoken = wording if wording is not None and wording.language == language else None
    return as_csv(header, [_mention(row, spoken) for row in made.rows])


def _mention(row: Mention, wording: Wording | None) -> tuple[str | int, ...]:
    label = wording.labels.code(row.id) if wording and row.kind == "code" else row.label
    values = (int(number.value) for number in row.numbers())
    return row.kind, row.id, label, row.standing, *values, SEPARATOR.join(number.id for number in row.numbers())


def association_title(name: str, wording: Wording) -> str:
    """Say in a few words what a number of an association or of mentions is of; its id where it follows no form.

    Ids are `association/ITEMS/all/studies`, `…/none/studies`, `…/items/ITEM/studies`, `…/codes/CODE/studies`,
    `…/pairs/CODE/ITEM/studies`; `maps/MAP/CODE/ITEM/studies` (`…/cases`, `…/coded`); `mentions/all/studies`,
    `mentions/abstracts/studies`, `mentions/codes/CODE/WHAT`, `mentions/ITEMS/ITEM/WHAT` with `talked`, `evidenced`,
    `both` or `unread`. An item may have slashes itself.
    """
    first, *rest = name.split("/")
    if first == "maps" and len(rest) >= 4:
        return f"{'/'.join(rest[2:-1])}: {wording.labels.code(rest[1])}"
    if first == "association" and len(rest) >= 3:
        return _of_association(rest, wording) or name
    if first == "mentions" and len(rest) >= 2:
        return _of_mentions(rest, wording) or name
    return name


def _of_association(rest: list[str], wording: Wording) -> str:
    _ = wording.gettext
    part, members = rest[1], rest[2:-1]
    if part == "all":
        return _("Coded studies with keywords or terms")
    if part == "none":
        return _("Coded studies without keywords or terms")
    if part == "items":
        return "/".join(members)
    if part == "codes":
        return wording.labels.code("/".join(members))
    if part == "pairs" and len(members) >= 2:
        pair = {"item": "/".join(members[1:]), "code": wording.labels.code(members[0])}
        return _("%(item)s and %(code)s") % pair
    return ""


def _of_mentions(rest: list[str], wording: Wording) -> str:
    _ = wording.gettext
    if rest == ["all", "studies"]:
        return _("Coded studies")
    if rest == ["abstracts", "studies"]:
        return _("Coded studies with an abstract")
    said = {
        "talked": _("%(what)s, spoken of in title, abstract or keywords"),
        "evidenced": _("%(what)s, told in a passage"),
        "both": _("%(what)s, spoken of and told in a passage"),
        "unread": _("%(what)s, spoken of in records that are not coded"),
    }
    if rest[-1] not in said:
        return ""
    what = "/".join(rest[1:-1])
    return said[rest[-1]] % {"what": wording.labels.code(what) if rest[0] == "codes" else what}
