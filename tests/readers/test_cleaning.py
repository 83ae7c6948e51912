"""Entities, tags, capitals and unseen characters are cleaned once for all forms, and the original is kept."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benang.readers import Remarks
from benang.readers.cleaning import cleaned_records
from benang.readers.registry import read
from benang.records.record import Record


def cleaned(record: Record) -> Record:
    """Clean one record."""
    return cleaned_records([record], Remarks())[0]


def cleaned_text(text: str) -> str:
    """Clean one text, in a field that nothing but the cleaning of texts changes."""
    return cleaned(Record("a", publisher=text)).publisher


@pytest.mark.parametrize(
    ("written", "cleaned_"),
    [
        ("Arts &amp; crafts", "Arts & crafts"),
        ("Arts &amp;amp;amp; crafts", "Arts & crafts"),
        ("caf&eacute; &#233; &#xE9; &#146;", "café é é ’"),
        ("AT&T; R&D &bogus; ?a=1&copy=2", "AT&T; R&D &bogus; ?a=1&copy=2"),
    ],
)
def test_entities_become_characters(written: str, cleaned_: str) -> None:
    """Named, numeric and doubly escaped entities are read, an ampersand that begins none stays."""
    assert cleaned_text(written) == cleaned_


@pytest.mark.parametrize(
    ("written", "cleaned_"),
    [
        ("CO<sub>2</sub> in <i>E. coli</i>", "CO2 in E. coli"),
        ("<p>First.</p><p>Second</p><br/>third", "First. Second third"),
        ("&lt;i&gt;in vitro&lt;/i&gt;", "in vitro"),
        ("<jats:title>Aim</jats:title><jats:p>To see</jats:p>", "Aim: To see"),
        ("<jats:sec><jats:title>Results.</jats:title>\n<jats:p>None", "Results. None"),
        ("a <mml:math>\n <mml:mi>x</mml:mi>\n <mml:mo>=</mml:mo>\n</mml:math> b", "a x= b"),
        ('<a href="https://x.example/">b</a>, c</a>', "b, c"),
        ('<span class="x">y</span><!-- no --> <![CDATA[z]]>', "y z"),
        ("p < 0.05 and n <10", "p < 0.05 and n <10"),
        ("x <a and b> y", "x <a and b> y"),
        ("a<b>c", "a<b>c"),
        ("List<String>", "List<String>"),
    ],
)
def test_tags_are_taken_out_and_mathematics_stays(written: str, cleaned_: str) -> None:
    """A tag goes with its text left, blocks leave a blank; a `<` that is no tag stays."""
    assert cleaned_text(written) == cleaned_


@pytest.mark.parametrize(
    ("written", "cleaned_"),
    [
        ("kota\u200b kem\xadbar\ufeff \x07!", "kota kembar !"),
        ("kota\xa0 kembar\n\tbaru", "kota kembar baru"),
        ("2019\x962020", "2019–2020"),
        ("e\u0301", "é"),
        ("\uf0b7 item", "item"),
        ("می\u200cشود", "می\u200cشود"),
        ("a\ud800b", "ab"),
    ],
)
def test_unseen_characters_are_left_out(written: str, cleaned_: str) -> None:
    """Control, zero-width and private characters go, white space is one blank; joiners stay for some scripts."""
    assert cleaned_text(written) == cleaned_


@pytest.mark.parametrize(
    ("written", "cleaned_"),
    [
        ("Senard, Jean Michel", "Senard, Jean Michel"),
        ("Senard, Jean\xa0Michel", "Senard, Jean Michel"),
        ("Senard, Jean\u200bMichel", "Senard, Jean Michel"),
        ("Senard, Jean\xadMichel", "Senard, Jean-Michel"),
        ("Senard, Jean&shy;Michel", "Senard, Jean-Michel"),
        ("Mc\xadDonald", "McDonald"),
        ("Umpa\xadma", "Umpama"),
        ("NATO\u200bs", "NATOs"),
    ],
)
def test_two_names_stay_two_words(written: str, cleaned_: str) -> None:
    """In a name a mark that can't be seen stood for their hyphen or blank; within one word it stood for nothing."""
    record = cleaned(Record("a", authors=(written,), editors=(written,)))
    assert (record.authors, record.editors) == ((cleaned_,), (cleaned_,))


@pytest.mark.parametrize(
    ("written", "cleaned_"),
    [
        ("Java\u200bScript on You\xadTube", "JavaScript on YouTube"),
        ("e\xadLearning and p\xadH", "eLearning and pH"),
        ("Inter\xadNational", "InterNational"),
    ],
)
def test_breaks_within_other_words_stand_for_nothing(written: str, cleaned_: str) -> None:
    """Titles, abstracts and keywords only show where a line may break, also before a capital."""
    record = cleaned(Record("a", title=written, abstract=written, author_keywords=(written,)))
    assert (record.title, record.abstract, record.author_keywords) == (cleaned_, cleaned_, (cleaned_,))


def test_white_space_beside_a_less_than_sign_is_no_tag() -> None:
    """Two blanks become one without a note on tags where none was removed."""
    remarks = Remarks()
    (record,) = cleaned_records([Record("a", abstract="p < 0.05  and more", place=1)], remarks)
    assert (record.abstract, remarks.notes()) == ("p < 0.05 and more", ())


def test_capitals_follow_the_spelling_of_the_record() -> None:
    """Acronyms of the abstract stay, names are written as keywords and addresses write them, other words small."""
    record = cleaned(
        Record(
            "a",
            title="SISTER CITIES OF BANDUNG AND WHO: THE ELECTRE METHOD IN INDONESIA",
            abstract="METHODS: ELECTRE was used. Sister cities of the WHO, and the method.",
            author_keywords=("Sister city", "ELECTRE"),
            affiliations=("Universitas Contoh, Bandung, Indonesia",),
        )
    )

    assert record.title == "Sister cities of Bandung and WHO: The ELECTRE method in Indonesia"
    assert dict(record.raw) == {"title": "SISTER CITIES OF BANDUNG AND WHO: THE ELECTRE METHOD IN INDONESIA"}


@pytest.mark.parametrize(
    ("written", "cleaned_"),
    [
        ("KERJA SAMA KOTA KEMBAR DI INDONESIA", "Kerja sama kota kembar di Indonesia"),
        ("WORLD WAR II. A NEW VIEW", "World war II. A new view"),
        ("CITIES AND HTTP 2.0 B2B", "Cities and HTTP 2.0 B2B"),
        ("KERJA SAMA DAERAH (KSD) DAN NASIB (NASIB)", "Kerja sama daerah (KSD) dan nasib (nasib)"),
        ("HEPATITIS B IN A CHILD'S LIVER", "Hepatitis B in a child's liver"),
        ("SCIENTOMETRICS", "SCIENTOMETRICS"),
        ("COVID-19", "COVID-19"),
        ("STUDENTS WHO LEFT: APA YANG TERJADI", "Students who left: Apa yang terjadi"),
        ("Kota KEMBAR", "Kota KEMBAR"),
    ],
)
def test_what_a_record_does_not_show_is_small(written: str, cleaned_: str) -> None:
    """The first word has a capital; countries, numbers, letters and explained abbreviations keep theirs."""
    assert cleaned(Record("a", title=written)).title == cleaned_


@pytest.mark.parametrize(
    ("written", "cleaned_"),
    [
        ("EUROPEAN JOURNAL OF OPERATIONAL RESEARCH", "European Journal of Operational Research"),
        ("JOURNAL OF PHYSICS D-APPLIED PHYSICS", "Journal of Physics D-Applied Physics"),
        ("PHYSICAL REVIEW A", "Physical Review A"),
        ("THE BMJ", "The BMJ"),
        ("JURNAL ILMU SOSIAL DAN ILMU POLITIK", "Jurnal Ilmu Sosial dan Ilmu Politik"),
        ("CITIES", "CITIES"),
    ],
)
def test_sources_in_capitals_are_written_as_names(written: str, cleaned_: str) -> None:
    """Words of a source begin with a capital, small words within do not; the original is kept."""
    record = cleaned(Record("a", source=written))

    assert record.source == cleaned_
    assert record.raw.get("source", written) == written


def test_keywords_in_capitals_tell_nothing_of_acronyms() -> None:
    """Keywords Plus are in capitals throughout: a title word that stands there is no acronym for that."""
    record = Record("a", title="URBAN GROWTH MODELS", index_keywords=("GROWTH", "MODELS"))

    assert cleaned(record).title == "Urban growth models"


def test_lists_are_cleaned_and_kept_in_raw() -> None:
    """Items that are nothing but a tag go; lists that stand beside others keep their length."""
    record = cleaned(
        Record(
            "a", author_keywords=("a &amp; b", "<br/>"), authors=("M&uuml;ller, J.", "B"), author_ids=("orcid:1", "")
        )
    )

    assert record.author_keywords == ("a & b",)
    assert record.authors == ("Müller, J.", "B")
    assert dict(record.raw) == {"author_keywords": "a &amp; b; <br/>", "authors": "M&uuml;ller, J.; B"}


def test_a_clean_record_is_the_same_object() -> None:
    """Nothing is made anew where there is nothing to clean."""
    record = Record("a", title="Kota – kembar & R&D: p < 0.05", references=("Sari, D. (2020)",))

    assert cleaned(record) is record


def test_white_space_alone_is_not_kept_and_earlier_raw_values_are() -> None:
    """What a reader kept as raw stands before what cleaning would keep."""
    record = cleaned(Record("a", title="a &amp; b", source="x\xa0y", raw={"title": "{a \\& b}"}))

    assert (record.title, record.source, dict(record.raw)) == ("a & b", "x y", {"title": "{a \\& b}"})


def test_what_was_done_is_noted_with_a_count() -> None:
    """Each kind of cleaning is told once, with its records."""
    remarks = Remarks()
    records = [
        Record("a", title="KOTA KEMBAR", place=3),
        Record("b", title="KOTA &amp; DESA", place=4),
        Record("c", abstract="<p>x</p>", place=5),
        Record("d", title="clean", place=6),
    ]

    assert [record.title for record in cleaned_records(records, remarks)] == ["Kota kembar", "Kota & desa", "", "clean"]
    assert remarks.notes() == (
        "Titles in capitals were changed to lower case; the original is kept (2 records, first: record 3).",
        "Character entities such as &amp; were decoded; the original is kept (record 4).",
        "HTML and XML tags were removed from texts; the original is kept (record 5).",
    )


def test_a_file_is_cleaned_when_it_is_read(tmp_path: Path) -> None:
    """Reading gives cleaned records with the raw values beside, and the ledger tells it."""
    path = tmp_path / "a.ris"
    path.write_text("TY  - JOUR\nTI  - KOTA &amp; DESA\nER  - \n", encoding="utf-8")
    corpus = read(path)

    assert corpus.records[0].title == "Kota & desa"
    assert corpus.records[0].raw["title"] == "KOTA &amp; DESA"
    assert sum("the original is kept" in note for note in corpus.ledger.files[0].notes) == 2


@example(" a")
@example("a ")
@example("a  b")
@given(st.text(st.sampled_from("<>/&;=!- \nabiPSUB#x0é\x00\u200b") | st.characters(), max_size=80))
def test_any_text_is_clean_afterwards(text: str) -> None:
    """No control, private or broken character is left, and no white space but single blanks."""
    found = cleaned_text(text)

    assert not {"Cc", "Cs", "Co"}.intersection(map(unicodedata.category, found))
    assert found == " ".join(found.split())


@pytest.mark.parametrize("piece", ["<!--", "<a ", "<a b=", "<b>", "&amp;", "&", "<mml:math>", "A ", "(", "<![CDATA["])
def test_long_and_strange_texts_end(piece: str) -> None:
    """Texts on which a careless pattern would take hours are cleaned at once."""
    assert cleaned(Record("a", title=piece * 50_000, abstract=piece * 50_000)).key == "a"
