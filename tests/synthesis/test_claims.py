"""Claims are read with everything that is wrong in them, and checks get the facts that they ask for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy import sparse
from tests.synthesis.invented import CASES, CORPUS, JUDGED, found, quotation, value

from benang.errors import BenangError
from benang.network.network import Network
from benang.project.toml_files import Label
from benang.synthesis.claims import (
    CountClaim,
    Facts,
    MapFacts,
    events_before,
    read_claims,
    record_values,
    value_text,
    values_of,
)
from benang.synthesis.wording import Wording

pytestmark = pytest.mark.fast


HEAD = 'id = "a"\nsays = "x"\nwhere = "y"\n'


def written(folder: Path, text: str) -> Path:
    """Write a file of claims."""
    path = folder / "claims.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_claim_is_read_with_its_kind(tmp_path: Path) -> None:
    """The word under `check` says what kind of claim it is."""
    body = 'check = "count"\nof = "cases/all"\nstated = 3\n'
    claims = read_claims(written(tmp_path, f"format = 1\n[[claims]]\n{HEAD}{body}"))

    assert isinstance(claims.claims[0], CountClaim)
    assert claims.claims[0].says.text("id") == "x"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('check = "cuont"\n', r"claims\.toml, line 5: unknown check 'cuont'\. Did you mean 'count'"),
        ('check = "count"\nof = "a"\nstatd = 3\nstated = 3\n', r"line 7: unknown key 'statd'\. Did you mean 'stated'"),
        (
            'check = "count"\nof = "a"\nstated = "many"\n',
            r"line 7, claims\.stated: expected a whole number, found 'many'",
        ),
        ('check = "range"\nof = "a"\nproperty = "year"\n', "a range needs 'stated'"),
        ('check = "date-order"\nof = "a"\n', "an order of dates needs 'stated'"),
        ('of = "a"\n', "the key 'check' is missing"),
    ],
)
def test_what_is_wrong_with_a_claim_is_named_with_its_line(tmp_path: Path, body: str, said: str) -> None:
    """Unknown kinds, unknown keys of that kind, wrong values and claims that state nothing."""
    with pytest.raises(BenangError, match=said):
        read_claims(written(tmp_path, f"[[claims]]\n{HEAD}{body}"))


def test_the_nearest_key_is_one_of_the_kind_of_claim(tmp_path: Path) -> None:
    """`span` belongs to ranges: a count that has it is told of its own keys."""
    known = "check, id, note, of, relation, says, silent, stated, where"

    with pytest.raises(BenangError, match=rf"unknown key 'span'\. Known: {known}"):
        read_claims(written(tmp_path, f'[[claims]]\n{HEAD}check = "count"\nof = "a"\nstated = 3\nspan = 3\n'))


def test_a_claim_that_stands_twice_is_named_with_its_line(tmp_path: Path) -> None:
    """The second of two claims of one id."""
    one = f'[[claims]]\n{HEAD}check = "judgement"\n'

    with pytest.raises(BenangError, match="line 8: an earlier claim already has this id"):
        read_claims(written(tmp_path, one + "\n" + one))


def test_a_newer_format_is_refused_by_name(tmp_path: Path) -> None:
    """Format 2 is not guessed at."""
    with pytest.raises(BenangError, match=r"expected format 1, .* found format 2"):
        read_claims(written(tmp_path, "format = 2\n"))


def test_what_checks_ask_of_a_map_is_taken_from_its_network() -> None:
    """Labels, strengths both ways, and the records of each item."""
    links = sparse.csr_array(np.array([[0.0, 3, 0], [3, 0, 0], [0, 0, 0]]))
    incidence = sparse.csr_array(np.array([[1.0, 1, 0], [0, 1, 1]]))
    network = Network(("1", "2", "3"), ("Roof", "flood", "noise"), links, incidence=incidence, records=("r1", "r2"))
    facts = MapFacts.of(network, ["assigned"])

    assert (facts.strength("flood", "ROOF"), facts.strength("roof", "noise")) == (3.0, 0.0)
    assert (facts.has("Noise"), facts.has("wind")) == (True, False)
    assert (facts.records_of("flood"), facts.origins) == (("r1", "r2"), ("assigned",))


def test_items_that_differ_by_an_accent_alone_are_two() -> None:
    """Cafe stands with stalls, Café does not; a label that no item has is looked for without accents."""
    facts = MapFacts(
        ("Café", "Cafe", "stalls", "São Tomé"), {(1, 2): 3.0, (0, 3): 1.0}, (("a",), ("b",), ("b",), ("a",))
    )

    assert (facts.strength("Café", "stalls"), facts.strength("stalls", "CAFE")) == (0.0, 3.0)
    assert (facts.records_of("café"), facts.records_of("cafe")) == (("a",), ("b",))
    assert (facts.has("sao tome"), facts.strength("Café", "Sao Tome"), facts.has("Cafè")) == (True, 1.0, True)


def test_items_that_share_a_label_are_asked_together() -> None:
    """Two towns of one name: their links and records are those of the label."""
    facts = MapFacts(("Umpama", "umpama", "stalls"), {(0, 2): 2.0, (1, 2): 1.0}, (("a",), ("b",), ("a", "b")))

    assert (facts.strength("Umpama", "stalls"), facts.records_of("umpama")) == (3.0, ("a", "b"))


def test_what_the_review_lacks_is_refused_with_the_nearest() -> None:
    """A number and a record are looked up by their ids; a misspelt one brings the one that was meant."""
    findings = found()
    facts = Facts(findings, Wording(findings))

    assert facts.number("cases/all").value == 5
    with pytest.raises(BenangError, match=r"'reasons/rof/cases'\. Did you mean 'reasons/roof/cases'"):
        facts.number("reasons/rof/cases")
    with pytest.raises(BenangError, match=r"there is no record 'ana201'\. Did you mean 'ana2010'"):
        facts.record("ana201")


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
    assert "2015" in early.sentence(Wording(found()))


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


def test_a_property_of_records_is_their_field() -> None:
    """Three records have a year, one has none."""
    findings = found()
    values = values_of(findings, findings.evidence.numbers["records/all"], "year")

    assert dict(values.known) == {"ana2010": 2010, "bima2012": 2012, "dewi2011": 2011}
    assert values.missing == ("citra",)


def test_a_list_gives_each_of_its_values() -> None:
    """Two authors are two values; an empty text is none."""
    assert record_values(CORPUS.record("ana2010"), "authors") == ("Ana, S.", "Wulan, T.")
    assert record_values(CORPUS.record("ana2010"), "source") == ()


def test_a_property_of_cases_is_what_is_told_of_them() -> None:
    """Of cases.toml, of variables, and of groups of codes."""
    findings = found()
    cases = findings.evidence.numbers["cases/all"]

    assert values_of(findings, cases, "country").holders("Malaysia") == ("dadap", "ends")
    assert values_of(findings, cases, "until").known == (("beji", 2015),)
    assert values_of(findings, cases, "reasons").holders("flood") == ("alun", "cikal", "dadap")
    assert values_of(findings, cases, "studies").missing == ("ends",)


def test_a_value_is_told_by_its_english_name_or_id_and_shown_by_its_label() -> None:
    """A place, a level and a code have words of their own; other values are shown as they are."""
    held = CASES.cases[0].model_copy(update={"home": Label(en="Alun", id="Alun-alun")})
    findings = found(cases=CASES.model_copy(update={"cases": (held, *CASES.cases[1:])}))

    assert values_of(findings, findings.evidence.numbers["cases/all"], "home").known[0] == ("alun", "Alun")
    assert value_text(findings, "home", "Alun", "id") == "Alun-alun"
    assert value_text(findings, "reasons", "flood", "id") == "Banjir"
    assert value_text(findings, "outcome", "moved", "en") == "Moved"
    assert value_text(findings, "since", 2008, "id") == "2008"
