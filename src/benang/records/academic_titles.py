"""Titles before names and degrees behind them, as Indonesian journals print them; they are no part of a name."""

from __future__ import annotations

import re

_TITLES = re.compile(r"(?:(?:prof|dr|drs|dra|ir|hj)\.\s{0,3}(?:h\.c\.\s{0,3})?){1,4}(?=\w)", re.IGNORECASE)
# What stands behind S., M. or D. in a degree: S.Pd., M.Si, S.Kom.
_SUBJECTS = (
    "acc ag agr ak ap arch biomed dev ds ec ed eng epid farm fil gz hum hut i.kom ikom ip kep keb ked kes ki km kom "
    "ling litt mat min or ort par pd pd.i pd.sd pem pet phil pi pnk ps psi pt psi.t sc si sn sos sp st stat sy th ti "
    "tr.keb tr.kep tr.kom tr.pd trop"
)
_OF_SUBJECTS = "|".join(re.escape(one) for one in sorted(_SUBJECTS.split(), key=len, reverse=True))
_DEGREE = re.compile(
    rf"[SMDAsmda]\.\s?(?i:{_OF_SUBJECTS})\.?|[SM]\.[A-Z]\.(?:Kom|Pd|Si|Kes|Sos|Ag|Hum|Kep|Farm|Psi)\.?|"
    r"[SMDB](?:Pd|Si|Sc|Kom|Hum|Sos|Psi|Ag|Kes|Kep|Keb|Farm|Eng|Ed|Phil)\.?|"
    r"(?i:ph\.?\s?d|b\.\s?sc|dr\.\s?ph|d\.\s?phil)\.?|Lc\.?|Apt\.?|Ners|Cand\.?"
)
_IN_CAPITALS = re.compile(r"MD|MBA|MPH|MSc|RN|DVM|DDS|(?:[SMA]\.\s?[A-Z]\.?)(?:[A-Z]\.)?")


def is_degree(part: str) -> bool:
    """Tell a degree that could be nothing else.

    Examples
    --------
    >>> [is_degree(part) for part in ("S.Pd.", "M.Si", "Ph.D.", "M. Kom", "S.E.", "MD", "A. Umpama", "S.Misal")]
    [True, True, True, True, False, False, False, False]
    """
    return bool(_DEGREE.fullmatch(part))


def may_be_degree(part: str) -> bool:
    """Tell a degree that could be initials as well: S.E., M.M., MD.

    Examples
    --------
    >>> [may_be_degree(part) for part in ("S.E.", "M.M", "MD", "B.C.", "Sari")]
    [True, True, True, False, False]
    """
    return bool(_IN_CAPITALS.fullmatch(part))


def without_title(name: str) -> str:
    """Take titles off that stand before a name.

    Examples
    --------
    >>> without_title("Prof. Dr. Ani Umpama"), without_title("Dr. Umpama"), without_title("Drajat Umpama")
    ('Ani Umpama', 'Umpama', 'Drajat Umpama')
    """
    match = _TITLES.match(name)
    return name[match.end() :] if match else name


def without_degrees(name: str) -> str:
    """Take degrees off that stand behind a name.

    What could be initials counts where a whole name stands before it, or a degree that could be nothing else beside it.

    Examples
    --------
    >>> [without_degrees(name) for name in ("Ani Umpama, S.E., M.Si.", "Umpama, Ani, S.Pd.", "Umpama, S.E.")]
    ['Ani Umpama', 'Umpama, Ani', 'Umpama, S.E.']
    """
    first, *further = name.split(",")
    if not any(is_degree(part.strip()) for part in further):
        return name
    is_whole = " " in first.strip()
    kept = [
        part
        for at, part in enumerate(further)
        if not is_degree(part.strip()) and not ((at or is_whole) and may_be_degree(part.strip()))
    ]
    return ",".join([first, *kept])
