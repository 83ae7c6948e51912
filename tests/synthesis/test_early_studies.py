"""A study can't report what had not happened yet: one of the two dates is wrong."""

from __future__ import annotations

from tests.synthesis.invented import JUDGED, found, quotation, value

from benang.synthesis.early_studies import events_before
from benang.synthesis.wording import Wording


def test_an_event_later_than_its_study_is_found_with_its_passages() -> None:
    """Bima's text of 2012 says that Beji moved in 2015."""
    (early,) = events_before(found(), ["since", "until"])

    assert (early.study, early.published, early.case, early.variable, early.year) == (
        "bima2012",
        2012,
        "beji",
        "until",
        2015,
    )
    assert early.passages == ("beji/until/1",)
    assert "2015" in early.told(Wording(found()))


def test_an_event_of_the_year_itself_is_not_later() -> None:
    """What happens in 2010 can be told in 2010."""
    judged = (
        *(one for one in JUDGED if one.id not in {"alun/since", "beji/until"}),
        value("alun", "since", 2010, quotation("ana2010", "It opened in 2008.")),
    )

    assert list(events_before(found(judged), ["since", "until"])) == []


def test_a_study_without_a_year_cannot_be_early() -> None:
    """Citra's text has no date that could be wrong."""
    judged = (
        *(one for one in JUDGED if one.id not in {"cikal/since", "beji/until"}),
        value("cikal", "since", 2030, quotation("citra", "Both closed.")),
    )

    assert list(events_before(found(judged), ["since", "until"])) == []
