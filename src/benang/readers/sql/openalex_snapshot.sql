-- One row a line of the parts, in their order; all fields are NULL where a line is no work. Lists stay lists here: what
-- needs a rule (names, countries, types) is looked up value by value afterwards.
WITH lines AS (
    SELECT *
    FROM read_json(
        $files,
        format = 'newline_delimited',
        ignore_errors = true,
        hive_partitioning = false,
        filename = 'file',
        maximum_object_size = 67108864,
        columns = {
            id: 'VARCHAR',
            doi: 'VARCHAR',
            title: 'VARCHAR',
            display_name: 'VARCHAR',
            publication_year: 'VARCHAR',
            publication_date: 'VARCHAR',
            type: 'VARCHAR',
            type_crossref: 'VARCHAR',
            language: 'VARCHAR',
            cited_by_count: 'VARCHAR',
            is_retracted: 'VARCHAR',
            ids: 'STRUCT(doi VARCHAR, mag VARCHAR, pmid VARCHAR, pmcid VARCHAR)',
            biblio: 'STRUCT(volume VARCHAR, issue VARCHAR, first_page VARCHAR, last_page VARCHAR)',
            primary_location: 'STRUCT(landing_page_url VARCHAR, raw_source_name VARCHAR, source STRUCT(display_name VARCHAR, publisher VARCHAR, host_organization_name VARCHAR, issn_l VARCHAR, issn VARCHAR[]))',
            host_venue: 'STRUCT(display_name VARCHAR, publisher VARCHAR, host_organization_name VARCHAR, issn_l VARCHAR, issn VARCHAR[], url VARCHAR)',
            authorships: 'STRUCT(author STRUCT(id VARCHAR, display_name VARCHAR, orcid VARCHAR), raw_author_name VARCHAR, institutions STRUCT(display_name VARCHAR, ror VARCHAR, country_code VARCHAR)[], raw_affiliation_strings VARCHAR[], raw_affiliation_string VARCHAR)[]',
            topics: 'STRUCT(display_name VARCHAR)[]',
            concepts: 'STRUCT(display_name VARCHAR)[]',
            keywords: 'STRUCT(display_name VARCHAR, keyword VARCHAR)[]',
            mesh: 'STRUCT(descriptor_name VARCHAR, qualifier_name VARCHAR)[]',
            referenced_works: 'VARCHAR[]',
            abstract_inverted_index: 'MAP(VARCHAR, INTEGER[])'
        }
    )
),
works AS (
    SELECT *, CASE WHEN primary_location.source IS NOT NULL THEN primary_location.source.display_name ELSE host_venue.display_name END AS venue
    FROM lines
)
SELECT
    file,
    coalesce(id, title, display_name, doi, publication_year, type) IS NOT NULL AS is_work,
    id,
    coalesce(nullif(trim(title), ''), display_name, '') AS title,
    coalesce(publication_year, '') AS publication_year,
    coalesce(publication_date, '') AS publication_date,
    coalesce(nullif(trim(venue), ''), primary_location.raw_source_name, '') AS source,
    coalesce(
        nullif(trim(primary_location.source.publisher), ''), nullif(trim(primary_location.source.host_organization_name), ''),
        CASE WHEN primary_location.source IS NULL THEN coalesce(nullif(trim(host_venue.publisher), ''), host_venue.host_organization_name) END, ''
    ) AS publisher,
    trim(coalesce(biblio.volume, '')) AS volume,
    trim(coalesce(biblio.issue, '')) AS issue,
    trim(coalesce(biblio.first_page, '')) AS first_page,
    trim(coalesce(biblio.last_page, '')) AS last_page,
    trim(coalesce(nullif(trim(doi), ''), ids.doi, '')) AS doi,
    trim(coalesce(nullif(trim(primary_location.landing_page_url), ''), host_venue.url, '')) AS url,
    trim(coalesce(language, '')) AS language,
    coalesce(
        array_to_string(
            list_transform(
                list_sort(
                    flatten(
                        list_transform(
                            map_entries(abstract_inverted_index),
                            lambda entry: list_transform(
                                list_filter(entry.value, lambda place: place <= 100000),
                                lambda place: {'place': place, 'word': entry.key}
                            )
                        )
                    )
                ),
                lambda pair: pair.word
            ),
            ' '
        ),
        ''
    ) AS abstract,
    coalesce(cited_by_count, '') AS citations,
    coalesce(is_retracted, '') = 'true' AS is_retracted,
    concat(type, '|', type_crossref) AS types,
    list_filter(
        CASE
            WHEN len(CASE WHEN primary_location.source IS NOT NULL THEN primary_location.source.issn ELSE host_venue.issn END) > 0
            THEN CASE WHEN primary_location.source IS NOT NULL THEN primary_location.source.issn ELSE host_venue.issn END
            ELSE [CASE WHEN primary_location.source IS NOT NULL THEN primary_location.source.issn_l ELSE host_venue.issn_l END]
        END,
        lambda number: trim(number) <> ''
    ) AS issn,
    list_filter(
        [
            'openalex:' || nullif(regexp_extract(rtrim(trim(id), '/'), '[^/]*$'), ''),
            'pmid:' || nullif(regexp_extract(rtrim(trim(ids.pmid), '/'), '[^/]*$'), ''),
            'pmcid:PMC' || nullif(regexp_extract(trim(ids.pmcid), '(?:PMC)?([0-9]{1,12})/?$', 1), ''),
            'mag:' || nullif(trim(ids.mag), '')
        ],
        lambda one: one IS NOT NULL
    ) AS identifiers,
    list_transform(
        coalesce(authorships, []),
        lambda one: concat(coalesce(nullif(trim(one.author.display_name), ''), one.raw_author_name, ''))
    ) AS authors,
    list_transform(
        coalesce(authorships, []),
        lambda one: coalesce(
            'orcid:' || nullif(regexp_extract(upper(one.author.orcid), '[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]'), ''),
            'openalex:' || nullif(regexp_extract(rtrim(trim(one.author.id), '/'), '[^/]*$'), ''),
            ''
        )
    ) AS author_ids,
    flatten(
        list_transform(
            coalesce(authorships, []),
            lambda one: CASE
                WHEN len(list_filter(one.institutions, lambda place: trim(place.display_name) <> '')) > 0
                THEN list_transform(
                    list_filter(one.institutions, lambda place: trim(place.display_name) <> ''),
                    lambda place: concat('i', chr(31), place.display_name, chr(31), place.country_code, chr(31), place.ror)
                )
                WHEN len(list_filter(one.raw_affiliation_strings, lambda text: trim(text) <> '')) > 0
                THEN list_transform(
                    list_filter(one.raw_affiliation_strings, lambda text: trim(text) <> ''),
                    lambda text: concat('p', chr(31), text)
                )
                WHEN trim(one.raw_affiliation_string) <> ''
                THEN [concat('p', chr(31), one.raw_affiliation_string)]
                ELSE []
            END
        )
    ) AS affiliations,
    CASE
        WHEN len(list_filter(topics, lambda one: trim(one.display_name) <> '')) > 0
        THEN list_transform(list_filter(topics, lambda one: trim(one.display_name) <> ''), lambda one: one.display_name)
        ELSE list_transform(list_filter(coalesce(concepts, []), lambda one: trim(one.display_name) <> ''), lambda one: one.display_name)
    END AS topics,
    list_concat(
        list_filter(
            list_transform(coalesce(keywords, []), lambda one: coalesce(nullif(trim(one.display_name), ''), one.keyword)),
            lambda word: trim(word) <> ''
        ),
        list_transform(
            list_filter(coalesce(mesh, []), lambda one: trim(one.descriptor_name) <> ''),
            lambda one: concat('m', chr(31), one.descriptor_name, CASE WHEN trim(one.qualifier_name) <> '' THEN '/' || trim(one.qualifier_name) ELSE '' END)
        )
    ) AS index_keywords,
    list_filter(coalesce(referenced_works, []), lambda one: trim(one) <> '') AS "references"
FROM works
