"""Names of columns that mean a field of a record, in the languages that catalogues, managers and people write them.

English, Indonesian, German, Spanish, French, Portuguese, Dutch and Italian, and some in Chinese, Japanese and Russian.
Names are compared by `header_key`, so that case, accents, blanks and plural endings in `s` don't matter:
`Año` is `ano` here, and `authors` for `author` as well. Of a field with several columns the name that stands
first goes first.
"""

from __future__ import annotations

from collections.abc import Mapping

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
