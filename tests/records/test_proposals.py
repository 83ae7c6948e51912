"""A thesaurus is proposed with reasons; a person decides."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benang.records.proposals import Proposal, propose, proposed_variants
from benang.records.record import Record


def _merges(labels: list[list[str]], records: tuple[Record, ...] = ()) -> dict[str, tuple[str, str]]:
    return {one.label: (one.replacement, one.reason) for one in propose(labels, records)}


def test_the_more_frequent_spelling_stands_for_the_others() -> None:
    """With the counts of both."""
    assert propose([["sister city"], ["sister city"], ["Sister Cities"]]) == (
        Proposal("Sister Cities", "sister city", "plural", 1, 2),
    )


def test_an_acronym_goes_to_the_expansion_that_the_corpus_writes() -> None:
    """The text in front of the brackets, letter by letter."""
    records = (Record("a", abstract="We study the gross domestic product (GDP)."),)
    labels = [["GDP"], ["gross domestic product"], ["gross domestic product"]]

    assert _merges(labels, records) == {"GDP": ("gross domestic product", "acronym")}


def test_an_acronym_in_a_label_is_joined_with_the_label_that_spells_it_out() -> None:
    """LLG equation, Landau-Lifshitz-Gilbert equation and the one with the bracket are one."""
    labels = [["LLG equation"], ["Landau-Lifshitz-Gilbert equation"], ["Landau-Lifshitz-Gilbert equations"]]
    bracket = ["Landau-Lifshitz-Gilbert (LLG) equation"]

    assert _merges([*labels, labels[1], bracket, ["LLG model"]]) == {
        "LLG equation": ("Landau-Lifshitz-Gilbert equation", "acronym"),
        "Landau-Lifshitz-Gilbert equations": ("Landau-Lifshitz-Gilbert equation", "plural"),
        "Landau-Lifshitz-Gilbert (LLG) equation": ("Landau-Lifshitz-Gilbert equation", "acronym in brackets"),
    }


def test_the_more_frequent_of_acronym_and_expansion_stands_for_the_other() -> None:
    """Here the acronym."""
    records = (Record("a", title="The inverse spin Hall effect (SHE)"),)

    assert _merges([["Inverse SHE"], ["Inverse SHE"], ["inverse spin Hall effect"]], records) == {
        "inverse spin Hall effect": ("Inverse SHE", "acronym")
    }


def test_labels_with_an_acronym_of_two_expansions_are_left_alone() -> None:
    """SC networks may be networks of sister cities or of supply chains."""
    records = (Record("a", abstract="Sister city (SC) here."), Record("b", abstract="Supply chain (SC) there."))

    assert _merges([["SC"], ["sister city"], ["SC network"], ["supply chain network"]], records) == {}


def test_a_bracket_that_its_label_does_not_explain_tells_labels_apart() -> None:
    """The face of a crystal is none of its spellings."""
    assert _merges([["FePt"], ["FePt(001)"], ["Dispersion (waves)"], ["Dispersions"]]) == {}


def test_an_acronym_in_brackets_behind_its_label_is_the_same_label() -> None:
    """Hard disk drive (HDD) is hard disk drive."""
    found = _merges([["hard disk drive"], ["hard disk drive"], ["Hard disk drives (HDD)"]])

    assert found == {"Hard disk drives (HDD)": ("hard disk drive", "acronym in brackets; plural")}


def test_two_lists_in_two_languages_give_translations() -> None:
    """Journals that print keywords in Indonesian and then in English, in the same order, in two records at least."""
    both = ["kerja sama", "pembangunan daerah", "cooperation", "regional development"]

    assert _merges([both, both]) == {
        "kerja sama": ("cooperation", "translation"),
        "regional development": ("pembangunan daerah", "translation"),
    }
    assert _merges([both]) == {}


def test_two_halves_in_one_language_are_no_translations() -> None:
    """Four English keywords are four keywords, however often they stand in this order."""
    assert _merges([["heads", "codes", "simulation", "errors"]] * 3) == {}


def test_a_rare_slip_goes_to_a_frequent_label() -> None:
    """Likeness counts where one is three times as frequent, and says how like they are."""
    assert _merges([["two-dimensional equalization"]] * 3 + [["two-dimentional equalization"]]) == {
        "two-dimentional equalization": ("two-dimensional equalization", "spelling (96 of 100 alike)")
    }


def test_labels_that_differ_by_a_number_or_a_prefix_are_no_slips() -> None:
    """Phase 2 is not phase 3, and the international is not the national."""
    assert _merges([["clinical phase 2 trials"]] * 5 + [["clinical phase 3 trials"]]) == {}
    assert _merges([["international cooperation"]] * 5 + [["national cooperation"]]) == {}


def test_translations_come_from_a_codebook() -> None:
    """Pairs that are given are proposed where both occur."""
    made = propose([["culture"], ["culture"], ["kebudayaan"]], translations=[("culture", "kebudayaan"), ("a", "b")])

    assert made == (Proposal("kebudayaan", "culture", "translation", 1, 2),)


@given(
    st.lists(
        st.lists(st.sampled_from(("city", "cities", "City", "centre", "center", "centres", "kota", "")), max_size=5)
    )
)
def test_no_replacement_is_itself_replaced(labels: list[list[str]]) -> None:
    """One pass of the thesaurus is enough."""
    made = propose(labels)

    assert {one.label for one in made}.isdisjoint({one.replacement for one in made})
    assert len({one.label for one in made}) == len(made)


def test_organisations_and_countries_are_listed_with_their_spellings() -> None:
    """What the rules join is shown for editing, with how often it occurs."""
    records = (
        Record("a", affiliations=("Univ Contoh, Jakarta, Indonesia", "Tsinghua Univ, Beijing, Peoples R China")),
        Record("b", affiliations=("Universitas Contoh, Jakarta, Indonesia",)),
    )

    assert proposed_variants(records, "organizations") == (
        Proposal("Universitas Contoh", "Univ Contoh", "words or ROR id", 1, 1),
    )
    assert proposed_variants(records, "countries") == (Proposal("Peoples R China", "China", "ISO 3166", 1, 0),)


def test_a_spelling_of_two_authors_is_not_proposed() -> None:
    """`Hayashi, N.` is Naoto by one id and Nobuo by another: a table of labels can't part them."""
    records = [
        Record("a", authors=("Hayashi, Naoto",), author_ids=("scopus:1",)),
        Record("b", authors=("Hayashi, N.",), author_ids=("scopus:1",)),
        Record("c", authors=("Hayashi, Nobuo",), author_ids=("scopus:2",)),
        Record("d", authors=("Hayashi, N.",), author_ids=("scopus:2",)),
        Record("e", authors=("Sari, Dewi",)),
        Record("f", authors=("Sari, D.",)),
    ]

    assert [(one.label, one.replacement) for one in proposed_variants(records, "authors")] == [
        ("Sari, D.", "Sari, Dewi")
    ]


def test_a_country_with_an_address_or_a_postcode_behind_it_is_no_other_spelling() -> None:
    """Only the name is compared."""
    texts = (
        "X, Australia",
        "X, Australia. Electronic address: a@b.au",
        "X, Australia 2006",
        "X, Brasil. Email: a@b.br",
    )
    found = proposed_variants([Record(text, affiliations=(text,)) for text in texts], "countries")

    assert [(one.label, one.replacement) for one in found] == [("Brasil", "Brazil")]


def test_opposites_are_no_slips() -> None:
    """Another first letter makes another word: remagnetization is no demagnetization, a resolution no solution."""
    assert _merges([["Demagnetization"]] * 14 + [["Remagnetization"]]) == {}
    assert _merges([["Numerical solution"]] * 3 + [["Numerical resolution"]]) == {}


def test_two_words_that_other_labels_have_too_are_no_slips() -> None:
    """Ferrimagnetic films tell that a ferrimagnetism is meant; a lithograph that stands by itself is a slip."""
    frequent = [["Ferromagnetism", "Ferromagnetic films"]] * 9
    lithography = [["electron lithography", "lithography"]] * 4

    assert _merges([*frequent, ["Ferrimagnetism", "Ferrimagnets and spins"]]) == {}
    assert list(_merges([*lithography, ["electron lithograph"]])) == ["electron lithograph"]
    assert _merges([*lithography, ["electron lithograph", "old lithograph"]]) == {}


def test_genitives_and_plurals_within_a_label_are_slips_though_others_have_them() -> None:
    """They part no two words."""
    made = _merges([["Maxwell equations", "Maxwell stress"]] * 9 + [["Maxwell's equations", "Maxwell's law"]])

    assert list(made) == ["Maxwell's equations"]


def test_a_label_of_another_form_is_called_no_plural() -> None:
    """It is brought there through its own plural, but what is said is how the plural goes there."""
    made = _merges([["Antiferromagnetism"]] * 15 + [["Antiferromagnetics"]] * 4 + [["Antiferromagnetic"]])

    assert made == {
        "Antiferromagnetics": ("Antiferromagnetism", "spelling (94 of 100 alike)"),
        "Antiferromagnetic": ("Antiferromagnetism", "spelling (94 of 100 alike)"),
    }
