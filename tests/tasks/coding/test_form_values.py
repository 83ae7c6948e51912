"""One value given of a case or study: its quotes found and appended; or refused, and then nothing is written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.tasks.coding.appraised import GATES, LANES, RAIN, RENT, appraised_markets
from tests.tasks.coding.markets import logs

from benang.errors import BenangError
from benang.judgements.events import NOT_REPORTED, Value, Withdrawal
from benang.review.desk import open_desk
from benang.tasks.coding.form_values import SetRequest, SetValue, ValueWish, set_value

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def give(folder: Path, value: str, *quotes: str, **more: Any) -> SetValue:
    """Give a value of the item `aim`."""
    wish = ValueWish(**{"subject": "sari2018", "variable": "aim", "value": value, "quotes": quotes, **more})
    return set_value(SetRequest(folder=folder, wish=wish, time=NOON))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets with forms."""
    return appraised_markets(tmp_path / "markets")


def refused(folder: Path, *arguments: str, **more: Any) -> str:
    """Return why a value is refused; nothing is written then."""
    before = logs(folder) if (folder / "judgements").exists() else {}
    with pytest.raises(BenangError) as error:
        give(folder, *arguments, **more)
    assert (logs(folder) if (folder / "judgements").exists() else {}) == before
    return str(error.value)


def test_a_value_rests_on_its_quote_at_its_place(folder: Path) -> None:
    """A value rests on its quote, found at its place in a document of the study."""
    value = give(folder, "yes", RENT).value
    text = (folder / "documents/sari2018.md").read_text(encoding="utf-8")
    (passage,) = value.passages
    assert text[passage.start : passage.end] == passage.quote == "The rent of a stall\ndoubled within a year"
    assert (value.case, value.variable, value.value, value.coder) == ("sari2018", "aim", "yes", "ani")


def test_levels_and_variables_go_by_their_labels_in_both_languages(folder: Path) -> None:
    """Levels and variables go by their labels in both languages."""
    assert give(folder, "Sebagian", RENT, variable="tujuan jelas").value.value == "partly"
    assert give(folder, "PARTLY", RENT, variable="Clear aim").is_new is False


def test_a_case_of_one_study_names_the_study_of_an_appraisal(folder: Path) -> None:
    """A case of one study, by its label too, names the study that an appraisal is about."""
    assert give(folder, "yes", RENT, subject="Muara").value.case == "sari2018"


def test_the_same_value_is_not_said_twice(folder: Path) -> None:
    """The same value with the same quotes is not said twice."""
    first, before = give(folder, "yes", RENT), logs(folder)
    assert give(folder, "yes", RENT).value.id == first.value.id
    assert logs(folder) == before


def test_another_value_of_the_same_coder_takes_its_place(folder: Path) -> None:
    """Another value of the same coder takes the place of the first."""
    first = give(folder, "yes", RENT).value
    second = give(folder, "no", GATES).value
    assert second.supersedes == (first.id,)
    assert [one.value for one in open_desk(folder).judgements.of(Value)] == ["no"]


def test_a_value_that_was_taken_back_can_be_given_again(folder: Path) -> None:
    """A value that was taken back can be given again."""
    first = give(folder, "yes", RENT).value
    open_desk(folder).append([Withdrawal(id="w1", coder="ani", supersedes=(first.id,))], time=NOON)
    assert give(folder, "yes", RENT).is_new
    assert [one.value for one in open_desk(folder).judgements.of(Value)] == ["yes"]


def test_a_value_that_two_copies_took_back_can_be_given_again(folder: Path) -> None:
    """It takes the place of both withdrawals, so that nothing is in conflict."""
    first = give(folder, "yes", RENT).value
    taken = [Withdrawal(id=f"w{at}", coder="ani", supersedes=(first.id,)) for at in (1, 2)]
    open_desk(folder).append(taken, time=NOON)
    assert give(folder, "yes", RENT).is_new
    judgements = open_desk(folder).judgements
    assert judgements.conflicts == ()
    assert [one.value for one in judgements.of(Value)] == ["yes"]


def test_not_reported_needs_no_quote(folder: Path) -> None:
    """`not reported` needs no quote, in either language."""
    assert give(folder, "not reported").value.value == NOT_REPORTED
    assert give(folder, "tidak dilaporkan", variable="ethics").value.value == NOT_REPORTED


def test_any_other_value_needs_one(folder: Path) -> None:
    """Any other value needs a quote."""
    assert "has no quotation" in refused(folder, "yes")


def test_a_quote_of_another_study_is_not_found(folder: Path) -> None:
    """A quote of another study is not found."""
    assert "the quotation is not in the text of 'sari2018'" in refused(folder, "yes", RAIN)


def test_the_studies_of_a_case_are_quoted_without_naming_one(folder: Path) -> None:
    """Where no record is named, a case is quoted from all of its studies."""
    (passage,) = give(folder, "2015", LANES, subject="ladang", variable="opened").value.passages
    assert passage.document == "documents/lestari2019.md"


def test_consensus_may_rest_on_the_passages_of_a_coder_it_agrees_with(folder: Path) -> None:
    """The coder `consensus` may rest on the passages of a coder that it agrees with, and on nobody else's."""
    passages = give(folder, "yes", RENT).value.passages
    give(folder, "no", GATES, coder="budi")
    assert give(folder, "yes", coder="consensus").value.passages == passages
    assert "No coder gave this value" in refused(folder, "partly", coder="consensus")


def test_an_unknown_level_is_refused_with_the_known_ones(folder: Path) -> None:
    """An unknown level is refused with the known ones."""
    assert "Known: no, partly, yes." in refused(folder, "perhaps", RENT)


def test_an_unknown_variable_and_an_unknown_case_are_refused_with_the_nearest(folder: Path) -> None:
    """An unknown variable or case is refused with the nearest one."""
    assert "Did you mean 'ethics'?" in refused(folder, "yes", RENT, variable="ethic")
    assert "Did you mean 'sari2018'?" in refused(folder, "yes", RENT, subject="sari2019")
    assert "Did you mean 'bukit'?" in refused(folder, "2015", RAIN, subject="buket", variable="opened")


def test_a_number_is_a_whole_number(folder: Path) -> None:
    """A number is a whole number; a spreadsheet's `48.0` is one."""
    assert give(folder, "48.0", RAIN, subject="bukit", variable="stalls").value.value == 48
    assert "a whole number was expected" in refused(folder, "many", RAIN, subject="bukit", variable="stalls")


def test_a_value_that_contradicts_the_file_of_cases_is_refused(folder: Path) -> None:
    """A value that contradicts cases.toml is refused."""
    path = folder / "cases.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('id = "bukit"', 'id = "bukit"\nopened = 2015'))
    assert "but '2015' in cases.toml" in refused(folder, "2016", RAIN, subject="bukit", variable="opened")


def test_without_a_file_of_cases_each_study_is_one(folder: Path) -> None:
    """Without cases.toml each study is a case, one that has only its abstract as well."""
    (folder / "cases.toml").unlink()
    value = give(folder, "yes", "raised its fare without a warning", subject="anwar2017").value
    assert (value.case, value.passages[0].document.startswith("documents/")) == ("anwar2017", True)
