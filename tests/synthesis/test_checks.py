"""All claims of a review are held against its data, in their order."""

from __future__ import annotations

from typing import get_args

import pytest
from tests.synthesis.invented import found, label

from benang.errors import BenangError
from benang.synthesis.checks import CHECKS
from benang.synthesis.claims import Citation, Claim, Claims, CountClaim, JudgementClaim


def claim(name: str, of: str = "cases/all") -> CountClaim:
    """Make a claim that counts."""
    return CountClaim(
        id=name,
        says=label("Five cases.", "Lima kasus."),
        where=label("p. 1", "hlm. 1"),
        note=label("A note.", "Catatan."),
        check="count",
        of=of,
        stated=5,
    )


def test_every_kind_of_claim_has_a_check() -> None:
    """The kinds that claims.toml may have are those that are checked."""
    kinds = {get_args(one.model_fields["check"].annotation)[0] for one in get_args(get_args(Claim)[0])}

    assert kinds == set(CHECKS)


def test_claims_come_in_the_order_of_the_file_and_general_checks_behind_them() -> None:
    """Two claims, then what is amiss in the review."""
    names = [one.claim for one in found(claims=Claims(claims=(claim("z"), claim("a")))).checks]

    assert names[:2] == ["z", "a"]
    assert all(name.startswith("general/") for name in names[2:])


def test_what_is_stated_where_and_the_note_come_in_the_language_asked() -> None:
    """A claim in Indonesian."""
    check = found(claims=Claims(claims=(claim("a"),)), language="id").checks[0]

    assert (check.stated, check.where, check.note) == ("Lima kasus.", "hlm. 1", "Catatan.")


def test_all_that_is_unknown_comes_in_one_error() -> None:
    """Two claims and a citation speak of what there is not."""
    lost = JudgementClaim(id="look", says=label(""), where=label(""), check="judgement", look_at=("nowhere",))
    claims = Claims(claims=(claim("a", "cases/al"), lost), citations=(Citation(record="bima2021", names=("Bima",)),))

    with pytest.raises(BenangError) as caught:
        found(claims=claims)

    said = [str(one) for one in caught.value.problems]
    assert [line.split(":")[0] for line in said] == [
        "claims.toml, claim 'a'",
        "claims.toml, claim 'look'",
        "claims.toml",
    ]
    assert "Did you mean 'bima2012'?" in said[2]


def test_evidence_of_checks_can_be_looked_up() -> None:
    """Every piece of evidence is a number, a passage, a case or a record."""
    findings = found(claims=Claims(claims=(claim("a"),)))
    known = {
        *findings.evidence.numbers,
        *findings.evidence.passages,
        *findings.corpus.keys,
        *(f"cases/{one}" for one in findings.cases.by_id),
    }

    assert [one for check in findings.checks for one in check.evidence if one not in known] == []
