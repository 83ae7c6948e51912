"""The association of codes and keywords as tables: CSV for the review's folder."""

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
