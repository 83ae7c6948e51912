"""What a column may mean: the names that fields have in many languages, and what its values speak for.

The languages are English, Indonesian, German, Spanish, French, Portuguese, Dutch and Italian, and some of Chinese,
Japanese and Russian. Names are compared by `header_key`, so that case, accents, blanks and plural endings in `s` don't
matter: `Año` is `ano` here, and `authors` for `author` as well. Of a field with several columns the name that stands
first goes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from benang.readers.identifiers import doi_in, is_doi
from benang.readers.tables import type_named
from benang.records.export_marks import is_placeholder
from benang.records.identity import is_running_number

NAMES: Mapping[str, str] = {
    "key": "key|id|kode|record id|reference id|ref id|citation key|bibtex key|identifier|kennung",
    "type": (
        "type|document type|publication type|reference type|item type|jenis|jenis dokumen|tipe|tipe dokumen"
        "|dokumenttyp|dokumentart|publikationstyp|medientyp|referenztyp|tipo|tipo de documento"
        "|tipo de publicacion|type de document|type de publication|tipo di documento|tipo documento"
        "|documenttype|文献类型|文献タイプ|тип документа"
    ),
    "title": (
        "title|document title|article title|item title|paper title|primary title|full title|title of article"
        "|title of paper|title of document|title of publication|judul|judul artikel|judul penelitian"
        "|judul karya|judul dokumen|titel|haupttitel|titel des beitrags|sachtitel|titulo|titulo del articulo"
        "|titulo do artigo|titulo principal|titre|titre de l article|titre de l'article|titre principal"
        "|titre du document|titolo|titolo dell articolo|titolo articolo|titel van het artikel|hoofdtitel|标题"
        "|文献标题|论文标题|タイトル|название|название документа"
    ),
    "authors": (
        "author|author full name|full author name|author name|list of authors|all authors|creator|penulis"
        "|pengarang|nama penulis|nama pengarang|peneliti|autor|autoren|autorin|autorinnen|verfasser|urheber"
        "|autore|autori|autores|auteur|auteurs|autor es|author or editor|author editor or institution"
        "|auteur s|autor in|autor herausgeber oder institution|autor/a|autore/i|autoría|nombre del autor"
        "|nome do autor|作者|著者|авторы|автор|author list|author names|nama nama penulis"
    ),
    "year": (
        "year|publication year|published year|pub year|year of publication|year published|date year|yr"
        "|publish year|issue year|tahun|tahun terbit|tahun publikasi|jahr|erscheinungsjahr|publikationsjahr"
        "|jahr ermittelt|veroffentlichungsjahr|ano|ano de publicacion|ano de publicacao|annee"
        "|annee de publication|anno|anno di pubblicazione|jaar|jaar van publicatie|jaar van uitgave"
        "|publicatiejaar|uitgavejaar|年份|年|出版年|出版年份|год|publication date|date of publication"
        "|date published|pub date|published|issued|cover date|date|tanggal|tanggal terbit|datum"
        "|erscheinungsdatum|publikationsdatum|fecha|fecha de publicacion|data de publicacao"
        "|date de publication|date de parution|data di pubblicazione|publicatiedatum"
    ),
    "source": (
        "journal|journal title|journal name|source title|publication title|publication name"
        "|publication source|journal/source|source/journal|journal/book|journal/magazine|journal/conference"
        "|periodical|periodical title|periodical/newspaper|journal or newspaper|container title|host title"
        "|book title|conference name|proceedings title|venue|publication venue|outlet|serial|secondary title"
        "|parent title|jurnal|nama jurnal|judul jurnal|majalah|prosiding|zeitschrift|zeitschriftentitel"
        "|zeitschrift/zeitung|titel der zeitschrift|titel der quelle|journaltitel|sammelwerk"
        "|ubergeordneter titel|revista|titulo de la revista|nombre de la revista|titulo da revista"
        "|titulo de la fuente|titulo da fonte|periodico|revue|titre de la revue|titre du journal"
        "|nom de la revue|journal nom|titre de la source|periodique|rivista|titolo della rivista"
        "|titolo rivista|nome della rivista|tijdschrift|titel van het tijdschrift|tijdschrifttitel"
        "|来源出版物名称|来源出版物|期刊|出版物名|雑誌名|название источника|журнал|naam tijdschrift"
        "|naam van het tijdschrift|name of journal"
    ),
    "source_abbreviation": (
        "journal abbreviation|abbreviated source title|abbreviated journal|journal iso abbreviation"
        "|abbreviation|alternate journal|iso abbreviation|source abbreviation|singkatan jurnal"
        "|zeitschriftenkurzel"
    ),
    "volume": (
        "volume|vol|journal volume|volume number|jilid|band|jahrgang|volumen|tomo|tome|vol no|卷|巻|том"
        "|jaargang"
    ),
    "issue": (
        "issue|issue number|issue no|journal issue|journal number|no terbitan|nomor terbitan|heft|heftnummer"
        "|ausgabe|fasciculo|numero de la revista|fascicolo|fascicule|aflevering|edicion|期|号|выпуск|edicao"
        "|numero edicion"
    ),
    "pages": (
        "page|page range|pagination|pages from to|pp|page info|halaman|hlm|seite|seiten|seiten von bis"
        "|seitenbereich|pagina|paginas|paginacion|paginacao|pagine|paginazione|paginering|bladzijden"
        "|pages de a|страницы|页码"
    ),
    "first_page": (
        "first page|start page|page start|starting page|begin page|beginning page|halaman awal|startseite"
        "|erste seite|anfangsseite|pagina inicial|primera pagina|pagina inicio|page de debut|premiere page"
        "|prima pagina|pagina iniziale|beginpagina|eerste pagina|起始页码|开始页|開始ページ"
        "|начальная страница|pagina de inicio|pagina de comienzo"
    ),
    "last_page": (
        "last page|end page|page end|ending page|halaman akhir|letzte seite|endseite|pagina final"
        "|ultima pagina|pagina fin|page de fin|derniere page|pagina finale|eindpagina|laatste pagina|结束页码"
        "|結束页|終了ページ|конечная страница"
    ),
    "article_number": (
        "article number|art no|article no|nomor artikel|artikelnummer|numero de articulo|论文编号|論文番号"
    ),
    "publisher": (
        "publisher|publisher name|penerbit|verlag|editorial|editeur|maison d edition|editora|editore"
        "|casa editrice|uitgever|uitgeverij|出版商|出版社|издательство"
    ),
    "doi": (
        "doi|doi number|doi name|digital object identifier|doi link|doi url|link doi|link to doi|doi/url"
        "|url doi|book doi"
    ),
    "url": (
        "url|article url|full text url|fulltext url|landing page url|source url|permalink|weblink|web link"
        "|link to article|full text link|online address|online adresse|tautan|enlace|lien|liens|collegamento"
        "|链接|リンク|ссылка"
    ),
    "language": (
        "language|article language|language of original document|bahasa|sprache|idioma|lengua|langue|lingua"
        "|taal|语言|原始文献语言|言語|язык"
    ),
    "abstract": (
        "abstract|abstract text|abstract note|article abstract|summary|abstrak|abstraksi|ringkasan|intisari"
        "|zusammenfassung|resumen|resume|resumo|riassunto|sommario|samenvatting|摘要|抄録|аннотация"
    ),
    "author_keywords": (
        "author keyword|keyword author|keyword by author|author key word|keyword given by author"
        "|authors keywords|kata kunci penulis|palabras clave de autor|palabras clave del autor"
        "|palavras chave do autor|mots cles d auteur|mots cles de l auteur|parole chiave dell autore"
        "|作者关键字|作者关键词|著者キーワード|ключевые слова автора"
    ),
    "index_keywords": (
        "index keyword|indexed keyword|keyword plus|index term|subject term|subject heading|controlled term"
        "|mesh term|mesh|mesh heading|descriptor|thesaurus term|kata kunci indeks|palabras clave indexadas"
        "|索引关键字|索引キーワード|deskriptoren|descriptores|descripteurs|descritores|descrittori"
        "|termes d indexation"
    ),
    "topics": (
        "topic|research area|subject area|subject category|wos category|field of study|field of research"
        "|bidang ilmu"
    ),
    "references": (
        "reference|cited reference|reference list|list of references|bibliography|daftar pustaka|referensi"
        "|rujukan|literaturverzeichnis|zitierte literatur|referencias|referencias citadas|bibliografia"
        "|references citees|bibliographie|riferimenti|referenties|参考文献|引用文献|список литературы"
    ),
    "affiliations": (
        "affiliation|author affiliation|author address|address|author institution|institution|institute"
        "|organization|organisation|afiliasi|afiliasi penulis|instansi|institusi|lembaga|zugehorigkeit"
        "|einrichtung|institutionen|afiliacion|afiliaciones|institucion|instituciones|filiacao|afiliacao"
        "|instituicao|instituicoes|etablissement|affiliazione|affiliazioni|istituzione|affiliatie|affiliaties"
        "|instelling|归属机构|作者单位|所属機関|организация"
    ),
    "citations": (
        "citation|times cited|time cited|cited by|cited by count|citation count|number of citations"
        "|no of citations|total citations|cites|gs citations|citing works count|sitasi|jumlah sitasi|disitasi"
        "|dikutip|zitationen|zitierungen|anzahl zitationen|citas|citado por|numero de citas|citacoes"
        "|numero de citacoes|citations recues|cite par|nombre de citations|citazioni|citato da|citaties"
        "|aantal citaties|geciteerd door|被引频次|被引用次数|施引文献|被引用数|цитирования"
    ),
    "editors": (
        "editor|book editor|volume editor|editor name|penyunting|herausgeber|hrsg|editores"
        "|directeur de publication|curatore|curatori|redacteur|redacteuren"
    ),
    "issn": "issn|e issn|p issn|eissn|pissn|print issn|electronic issn|online issn|journal issn|issn/isbn|isbn/issn",
    "isbn": "isbn|isbn 13|isbn 10",
    "pmid": "pmid|pubmed id|pubmed|pm id|pubmed number|medline pmid|id pubmed|nomor pubmed",
    "pmcid": "pmcid|pmc id|pmc",
    "eid": "eid|scopus eid|scopus id|id scopus",
    "wos": "ut|wos id|unique wos id|wos number|accession number wos|web of science id|isi id",
    "openalex": "openalex|openalex id",
    "arxiv": "arxiv|arxiv id",
    "lens": "lens id",
    "dimensions": "dimensions id",
    "decisions": (
        "decision|screening decision|inclusion decision|included|include|exclude|excluded|exclusion reason"
        "|reason for exclusion|asreview label|asreview relevant|keputusan|entscheidung"
    ),
    "database": (
        "database|database name|name of database|database provider|source database|basis data|pangkalan data"
        "|datenbank|base de datos|base de donnees|base de dados|banca dati|databank|数据库"
    ),
}  # fmt: skip
"""Names that mean one field wherever they occur, parted by `|`; `key` is the record's own id."""

VAGUE: Mapping[str, str] = {
    "source": (
        "source|sumber|quelle|fuente|fonte|bron|publication|publikasi|publikation|publicacion|publicacao"
        "|publicatie"
    ),
    "author_keywords": (
        "keyword|key word|kata kunci|kata kata kunci|schlagwort|schlagworter|schlagwoerter|stichworter"
        "|schlusselworter|palabras clave|palabra clave|mots cles|mot cle|palavras chave|parole chiave"
        "|trefwoorden|sleutelwoorden|tag|manual tag|关键词|关键字|キーワード|ключевые слова"
    ),
    "topics": (
        "subject|category|categories|bidang|kategori|kategorie|fachgebiet|categoria|categorie|materia|sujet"
        "|onderwerp"
    ),
    "issue": "number|no|nr|num|nomor|nummer|numero",
    "url": "link",
    "year": "time|published date|waktu",
}  # fmt: skip
"""Names that mean a field only where no plainer name does: `source` beside `journal` is the database."""

SECOND_MEANING: Mapping[str, str] = {"source": "database", "author_keywords": "index_keywords"}
"""What a vague name means beside a plainer one; of another field, the column isn't read."""

ONLY_BESIDE: Mapping[str, str] = {"issue": "volume"}
"""Where a vague name counts only beside another field: `No.` without a volume numbers the rows."""

_MOST = 0.8
"""Share of a column's values that must fit for the column to be recognised by them."""
_SOME = 0.2
"""Share below which values speak against what a header says."""
_FEWEST = 3
"""Number of values below which they don't speak against a header."""
_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}(?:\.0)?")
_HAS_YEAR = re.compile(r"(?<![0-9])(?:1[0-9]|20)[0-9]{2}(?![0-9])|[0-9]{8}")
_NUMBER = re.compile(r"[0-9][0-9.,]{0,14}")
_LINK = re.compile(r"https?://\S{4,}")
_ISSN = re.compile(r"[0-9]{4}-[0-9]{3}[0-9Xx]")
_RANGE = re.compile(r"[A-Za-z]{0,2}([0-9]{1,6})\s?[-–]{1,2}\s?[A-Za-z]{0,2}([0-9]{1,6})")
_PUNCTUATED = re.compile(r"[.,;]")  # without any, `Group A` would be a name
_PARTED = re.compile(r"\s*[;|]\s*")
_INITIALS = r"(?:[^\W\d_a-z]\.?[ -]?){1,4}"
_BEFORE = r"(?:[^\W\d_a-z]\.?[ -]?){0,3}[^\W\d_a-z](?:\. ?| )"
_WORD = r"[^\W\d_][^\W\d_'’-]+"
_GIVEN = rf"{_WORD}(?: [^\W\d_]+\.?){{0,2}}"
_NAME = re.compile(
    rf"[^\W\d_][^\W\d_.'’ -]*(?:[ '’-]{_WORD}){{0,3}}(?:, ?(?:{_INITIALS}|{_GIVEN})| {_INITIALS})"
    rf"|{_BEFORE}{_WORD}(?:[ -]{_WORD}){{0,2}}"
)
_JOURNAL = re.compile(
    r"\b(?:journal|review|reviews|annals|bulletin|proceedings|transactions|letters|archives|conference|jurnal|majalah|prosiding"
    r"|zeitschrift|revista|revue|rivista|tijdschrift|cahiers|boletin|anales|acta|quarterly|magazine|časopis|revija|dergisi|zhurnal)\b",
    re.IGNORECASE,
)
_NO_LETTERS = re.compile(r"[\W_]+")
_DATABASE_NAMES = (
    "scopus webofscience wos wosc pubmed medline embase eric psycinfo cinahl googlescholar dimensions lens openalex"
    " ieee ieeexplore proquest ebsco ebscohost cochrane central doaj garuda sinta crossref semanticscholar"
    " sciencedirect acm acmdigitallibrary jstor springerlink publishorperish europepmc"
)
_DATABASES = frozenset(_DATABASE_NAMES.split())
_LONG_TEXT, _LONG_TITLE, _SHORT_TITLE = 300, 250, 10
_CLEARLY = 1.3
"""How much longer than those of any other text column the values of a title column are."""
_ALL_DIFFERENT = 0.9
_TITLE_WORDS = 3


def fits(field: str, value: str) -> bool:
    """Tell whether a value is one that a column of this field can hold, as far as its form shows.

    Examples
    --------
    >>> fits("year", "2018"), fits("authors", "Umpama, A.; Contoh, B."), fits("authors", "3"), fits("doi", "1-12")
    (True, True, False, False)
    """
    test = _AGAINST.get(field)
    return test is None or bool(test(value))


def _is_text(value: str) -> bool:
    return not _NUMBER.fullmatch(value) and any(map(str.isalpha, value))


_AGAINST: Mapping[str, Callable[[str], object]] = {
    "year": _HAS_YEAR.search,
    "doi": doi_in,
    "citations": lambda value: value.replace(",", "").replace(".0", "").isdigit(),
    "title": _is_text, "authors": _is_text, "source": _is_text, "abstract": _is_text, "author_keywords": _is_text,
    "index_keywords": _is_text, "references": _is_text, "affiliations": _is_text, "editors": _is_text,
    "topics": _is_text, "publisher": _is_text, "language": _is_text,
    "pmid": lambda value: any(map(str.isdigit, value)),
    "key": lambda value: not is_running_number(value),
}  # fmt: skip
"""What a value must be like at least; `References` with numbers counts them, and `Authors` may, too."""


def speaks_against(field: str, values: Sequence[str]) -> bool:
    """Tell whether a column's values speak against the field that its header names.

    A running number from 1 is no volume and no title; few values decide nothing.

    Examples
    --------
    >>> speaks_against("references", ["39", "12", "7"]), speaks_against("issue", ["1", "2", "3"])
    (True, True)
    >>> speaks_against("year", ["in press", "2018", "2019"])
    False
    """
    filled = [value for value in values if not is_placeholder(field, value)]
    if len(filled) < _FEWEST:
        return False
    if field in {"issue", "title", "authors", "source", "citations"} and is_running(filled):
        return True
    if field == "source" and are_databases(filled):
        return True
    return sum(fits(field, value) for value in filled) < _SOME * len(filled)


def are_databases(values: Sequence[str]) -> bool:
    """Tell whether values are names of databases, so that a column `source` says where records come from."""
    return sum(_NO_LETTERS.sub("", value.casefold()) in _DATABASES for value in values) >= _MOST * len(values)


def is_running(values: Sequence[str]) -> bool:
    """Recognise running numbers: 1, 2, 3 and so on, or 0, 1, 2."""
    if len(values) < _FEWEST or not all(value.isdecimal() and len(value) < 9 for value in values):
        return False
    first = int(values[0])
    return first in (0, 1) and [int(value) for value in values] == list(range(first, first + len(values)))


def told_by_content(columns: Sequence[Sequence[str]], free: Sequence[int]) -> dict[str, int]:
    """Return the fields of columns that no header explains, where their values leave no doubt.

    `columns` are the values of each column, without empty ones. Of two columns that could hold a field none does, but
    of titles: there one is meant whose values are clearly longer and all differ.

    Examples
    --------
    >>> columns = [["2018", "2019"], ["Umpama, A.; Contoh, B.", "Misal, E."], ["10.9999/u.1", "10.9999/u.2"]]
    >>> told_by_content(columns, range(3))
    {'doi': 2, 'year': 0, 'authors': 1}
    """
    fields: dict[str, int] = {}
    left = [at for at in free if columns[at] and not is_running(columns[at])]
    for field, test in _TELLING.items():
        fitting = [at for at in left if _share(columns[at], test) >= _MOST]
        if len(fitting) == 1 and (field != "authors" or _share(columns[fitting[0]], _PUNCTUATED.search) > _SOME):
            fields[field] = fitting[0]
        left = [at for at in left if at not in fitting]
    texts = [at for at in left if _share(columns[at], _is_titlelike) >= _MOST]
    sources = [at for at in texts if _is_of_sources(columns[at])]
    if len(sources) == 1:
        fields["source"] = sources[0]
    title = _title_among(columns, [at for at in texts if at not in sources])
    if title is not None:
        fields["title"] = title
    return fields


def _share(values: Sequence[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(value)) for value in values) / len(values)


def _are_names(value: str) -> bool:
    names = _PARTED.split(value.strip(" ;|"))
    if len(names) == 1 and "," in value and "." in value and not _NAME.fullmatch(value[:200]):
        names = value.strip(" ,").split(", ")  # `Umpama A., Contoh B.C., Misal E.`
    return all(_NAME.fullmatch(one[:200]) for one in names if one)


def _are_pages(value: str) -> bool:
    match = _RANGE.fullmatch(value)
    return match is not None and (int(match[1]) <= int(match[2]) or len(match[2]) < len(match[1]))


def _are_keywords(value: str) -> bool:
    items = _PARTED.split(value)
    return len(items) > 1 and all(len(item) < 60 and len(item.split()) <= 6 for item in items)


_TELLING: Mapping[str, Callable[[str], object]] = {
    "doi": is_doi,
    "url": _LINK.fullmatch,
    "issn": lambda value: all(_ISSN.fullmatch(one) for one in re.split(r"[;,|\s]+", value) if one),
    "year": _YEAR.fullmatch,
    "pages": _are_pages,
    "type": lambda value: len(value) < 40 and type_named(value),
    "authors": _are_names,
    "abstract": lambda value: len(value) >= _LONG_TEXT and ". " in value,
    "author_keywords": _are_keywords,
}


def _is_titlelike(value: str) -> bool:
    return _SHORT_TITLE <= len(value) <= _LONG_TITLE and " " in value and _is_text(value) and not _LINK.match(value)


def _is_of_sources(values: Sequence[str]) -> bool:
    return _share(values, _JOURNAL.search) > _SOME * 2


def _title_among(columns: Sequence[Sequence[str]], places: Sequence[int]) -> int | None:
    """Return the column whose values are titles: they differ from each other, and are clearly longer than others."""
    lengths = {at: sum(map(len, columns[at])) / len(columns[at]) for at in places}
    fitting = [
        at
        for at in places
        if len(set(columns[at])) >= _ALL_DIFFERENT * len(columns[at])
        and sum(len(value.split()) for value in columns[at]) >= _TITLE_WORDS * len(columns[at])
    ]
    if not fitting:
        return None
    best = max(fitting, key=lambda at: lengths[at])
    rivals = [lengths[at] for at in places if at != best]
    return best if all(lengths[best] >= _CLEARLY * other for other in rivals) else None
