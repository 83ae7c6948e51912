"""Terms of Indonesian abstracts, as Garuda and SINTA print them; all are invented."""

from __future__ import annotations

import pytest

from benang.records.corpus import corpus_of
from benang.records.record import Record
from benang.terms.stop_phrases import bare, is_verb, names_nothing, undoubled
from benang.terms.text_terms import text_terms

ABSTRACTS = (
    "ABSTRAK\nPenelitian ini bertujuan untuk mengetahui pengaruh pasar malam terhadap pendapatan pedagang kaki "
    "lima di Kota Umpama. Metode yang digunakan adalah deskriptif kualitatif. Hasil penelitian menunjukkan "
    "bahwa pasar malam meningkatkan pendapatan pedagang kaki lima. Kata kunci: retribusi, izin usaha",
    "Abstract\nThis study aims to determine the effect of night markets on the income of street vendors. The "
    "results show that night markets increase income. Keywords: levy; permit\nAbstrak\nPenelitian ini "
    "bertujuan mengetahui pengaruh pasar malam terhadap pendapatan pedagang kaki lima. Hasilnya menunjukkan "
    "bahwa pasar malam meningkatkan pendapatan.",
    "Latar belakang: Pemerintah daerah menghadapi masalah sampah rumah tangga. Tujuan: Menganalisis "
    "pengelolaan sampah rumah tangga oleh pemerintah daerah. Hasil: Pengelolaannya belum berjalan. Kesimpulan: "
    "Pemerintah daerah perlu bank sampah.",
    "Tujuan Penelitian ini adalah mengkaji literasi keuangan ibu rumah tangga. Metode Penelitian menggunakan "
    "survei terhadap 75 ibu rumah tangga. Hasil Penelitian menunjukkan literasi keuangan ibu rumah tangga "
    "masih rendah.",
    "ABSTRACT\nPurpose: The purpose is to analyze financial literacy of housewives. Findings: Financial "
    "literacy is low. Originality/value: This is the first study.\nABSTRAK\nTujuan: Menganalisis literasi "
    "keuangan ibu rumah tangga. Temuan: Literasi keuangan rendah. Orisinalitas/nilai: Kajian pertama.",
    "Undang-Undang tentang Desa memberikan kewenangan kepada pemerintah desa. Undang-undang desa mendorong "
    "masyarakat desa. Anak-anak dan anak muda ikut serta. Kota-kota lain dan kota ini meniru. © 2021 "
    "Universitas Umpama. Hak cipta dilindungi undang-undang.",
    "Pandemi berdampak pada pendapatan pedagang kaki lima di pasar malam. Dampaknya diatasi. Pedagang yang "
    "terdampak beralih ke penjualan daring.",
    "Latar Belakang. Literasi keuangan mempengaruhi perilaku konsumtif mahasiswa. Metode. Penelitian "
    "kuantitatif. Hasil. Literasi keuangan berpengaruh terhadap perilaku konsumtif mahasiswa.",
    "Pembangunan berkelanjutan di desa dikelola pemerintah desa. Wawancara mendalam dilakukan. Pembangunan "
    "berkelanjutan menjaga hutan.",
    "Pembangunan berkelanjutan dan literasi keuangan dipengaruhi pemerintah daerah.",
)


def terms() -> dict[str, int]:
    """Return the terms of the abstracts with the records that hold them."""
    incidence = text_terms(
        corpus_of(Record(f"r{at}", abstract=text) for at, text in enumerate(ABSTRACTS)), min_occurrences=2
    )
    return dict(zip(incidence.labels, incidence.matrix.sum(axis=0).astype(int).tolist(), strict=True))


def test_terms_of_indonesian_abstracts() -> None:
    """Phrases that stand together, in both languages of an abstract."""
    found = terms()
    assert found["pemerintah daerah"] == 2
    assert {"pedagang kaki lima", "pasar malam", "literasi keuangan", "rumah tangga"} <= {
        part for term in found for n in (2, 3) for part in _parts(term, n)
    }
    assert {"street vendor", "night market", "financial literacy", "housewife"} <= set(found)
    assert {"pembangunan berkelanjutan", "undang-undang", "kota", "anak", "dampak"} <= set(found)


def _parts(term: str, size: int) -> set[str]:
    words = term.split()
    return {" ".join(words[at : at + size]) for at in range(len(words) - size + 1)}


def test_what_names_nothing_is_no_term() -> None:
    """Verbs, labels, keywords, copyright, words with -nya, doubled plurals, sentences taken for English ones."""
    words = {word for term in terms() for word in term.split()}
    assert not words & {
        "meningkatkan", "mempengaruhi", "dipengaruhi", "dikelola", "menjaga", "meniru", "diatasi", "mendorong",
        "dampaknya", "pengelolaannya", "hasilnya", "kota-kota", "anak-anak",
        "abstrak", "tujuan", "metode", "hasil", "latar", "belakang", "kesimpulan", "temuan", "orisinalitas", "nilai",
        "retribusi", "izin", "levy", "permit", "cipta", "universitas", "bahwa", "penelitian",
    }  # fmt: skip
    assert not {"berdampak", "berpengaruh", "terdampak", "lima"} & set(terms())


@pytest.mark.parametrize("word", ["mengelola", "menjaga", "dikelola", "dipengaruhi", "mempengaruhi", "menyewakan"])
def test_verbs_are_recognised_by_their_form(word: str) -> None:
    """With me- and di-."""
    assert is_verb(word)


@pytest.mark.parametrize(
    "word", ["menteri", "menengah", "mendalam", "digital", "distribusi", "direktur", "dinas", "media"]
)
def test_nouns_that_look_like_verbs_are_none(word: str) -> None:
    """Borrowed words, and those of the list."""
    assert not is_verb(word)
    assert not names_nothing(word)


def test_the_ending_nya_and_doubling() -> None:
    """A law is no plural of an invitation, and *hanya* has no ending."""
    assert (bare("dampaknya"), bare("hanya"), bare("seharusnya")) == ("dampak", "hanya", "seharusnya")
    assert undoubled(["guru-guru", "guru", "undang-undang", "undang", "nilai-nilai"]) == {"guru-guru": "guru"}
