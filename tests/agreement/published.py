"""Published examples of units and their labels, and short ways to write such data."""

from collections.abc import Mapping

from benang.agreement.coefficients import FORMULAS
from benang.agreement.ratings import Label, Level, Name, Ratings, tally


def ratings_of(*rows: tuple[Label | None, ...], level: Level = "nominal", documents: tuple[str, ...] = ()) -> Ratings:
    """Return units with the labels that coders gave them."""
    coders = tuple(f"coder{at}" for at in range(len(rows[0])))
    return Ratings(coders, tuple(f"u{at}" for at in range(len(rows))), rows, level, documents=documents)


def by_coder(*coders: str) -> Ratings:
    """Return the labels of one coder after the other, a letter or digit a unit; a dot where there is none."""
    return ratings_of(*zip(*([_label(sign) for sign in one] for one in coders), strict=True))


def _label(sign: str) -> Label | None:
    return None if sign == "." else int(sign) if sign.isdigit() else sign


def of_table(*table: list[int]) -> Ratings:
    """Return two coders whose labels occur together as often as a table says."""
    return ratings_of(*((i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)))


def value(ratings: Ratings, name: Name) -> float:
    """Return a coefficient, not a number where it is undefined."""
    return float(FORMULAS[name](tally(ratings).sums())[0])


FOUR_CODERS = by_coder("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
"""Krippendorff 2004, Content Analysis, 2nd ed., p. 230; 2011, example C. The program irrCAC has the same data."""
BINARY = by_coder("1100000000", "0110010100")
"""Krippendorff 2004, p. 224; 2011, example A."""
NOMINAL = by_coder("aabbdcccedda", "babbbccceddd")
"""Krippendorff 2011, example B, the labels unit by unit."""
FIVE_CODERS = by_coder(
    "112.001122.01311211000201001111223222221",
    "1130000.21102311121000302102111122222221",
    "203000222100221123001.30.1012202.2232.21",
    ".13....0.10022...31.103021122..122...12.",
    "2..0001.2....3112..0.0..2.0..20.2.2222.1",
)
"""Hayes and Krippendorff 2007, p. 84: forty units, ordered labels."""
COHEN_45 = of_table([88, 14, 18], [10, 40, 10], [2, 6, 12])
"""Cohen 1960, p. 45."""
COHEN_37 = of_table([25, 12, 3], [13, 2, 15], [12, 16, 2])
"""Cohen 1960, p. 37."""
PARADOX = of_table([118, 5], [2, 0])
"""Feinstein and Cicchetti's first paradox: nearly all units have one label, and kappa is low."""
PAIR_A = by_coder("001111111100001111110000", "000011110000000110000000")
"""Krippendorff 1995, p. 57: two continua, cut into 24 places."""
FLEISS: Mapping[int, tuple[int, ...]] = dict(
    enumerate(
        (
            (0, 0, 0, 0, 14),
            (0, 2, 6, 4, 2),
            (0, 0, 3, 5, 6),
            (0, 3, 9, 2, 0),
            (2, 2, 8, 1, 1),
            (7, 7, 0, 0, 0),
            (3, 2, 6, 3, 0),
            (2, 5, 3, 2, 2),
            (6, 5, 2, 1, 0),
            (0, 2, 2, 3, 7),
        )
    )
)
"""How many of fourteen raters gave ten subjects each of five labels: the example that Wikipedia has for Fleiss."""
