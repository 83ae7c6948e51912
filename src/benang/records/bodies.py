"""Which authors are bodies (a ministry, a working group) rather than people: told by the words of the name.

A word tells of a body only where no person could bear it: *Dan Weld*, *Kota Umpama* and *Paul B. Kantor* are people.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# These tell of a body wherever they stand.
_ANYWHERE = (
    "academy agence agency alliance asosiasi assembly association authority bundesamt bundesministerium center "
    "chapter centers centre centres centro clinic clinics collaboration collaborators commission committee "
    "company conference congress consejo consortium corp. corporation council department direktorat division "
    "federation fédération foundation forum fundación gesellschaft gmbh group headquarters hospital ikatan inc. "
    "initiative institut institute institutes institution instituto investigators istituto kabupaten kementerian "
    "komisi laboratories laboratory lembaga ltd. ministerio ministerium ministère ministry museum nations network "
    "observatory office organisation organization panel parliament participants partnership pemerintah "
    "perhimpunan perusahaan programme project provinsi republic republik secretariat services sekolah society "
    "taskforce team trialists universidad universidade universitas université universität university verein "
    "working yayasan &"
)
# Heads of names in Indonesian, which stand first; behind a given name they are family names.
_FIRST = "badan balai bank dinas kantor pusat the"
# These stand in bodies, and are family names of people, too: what goes with initials is a person.
_NOT_WITH_INITIALS = "bank board bureau college fund league school trust union united world"
# Small words within the name of a body; some in small letters only, since Dan and The are names of people.
_WITHIN = frozenset(["and", "for", "of"])
_WITHIN_SMALL = frozenset(["bagi", "dan", "on", "the", "und", "untuk"])
_BODY = frozenset(_ANYWHERE.split())
_HEADS = frozenset(_FIRST.split())
_DOUBTFUL = frozenset(_NOT_WITH_INITIALS.split())
BODY_WORDS = _BODY | _HEADS | _DOUBTFUL
"""Words that may tell of a body: a name without any of them, of one word and initials, is a person's."""
_INITIAL = re.compile(r"[^\W\d_]\.?(?:-?[^\W\d_]\.)*")


def is_body(words: Sequence[str]) -> bool:
    """Tell whether the words of a name are those of a body.

    Examples
    --------
    >>> [is_body(name.split()) for name in ("World Health Organization", "Badan Pusat Statistik", "World Bank")]
    [True, True, True]
    >>> [is_body(name.split()) for name in ("Dan Weld", "Kota Umpama", "Paul B. Kantor", "S. A. Bank")]
    [False, False, False, False]
    """
    lowered = [word.lower() for word in words]
    if not _BODY.isdisjoint(lowered) or (len(words) > 1 and lowered[0] in _HEADS):
        return True
    if any(low in _WITHIN or word in _WITHIN_SMALL for word, low in zip(words[1:-1], lowered[1:-1], strict=True)):
        return True
    return not _DOUBTFUL.isdisjoint(lowered) and not any(map(_INITIAL.fullmatch, words))
