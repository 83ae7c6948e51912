-- Which records cite which others of the corpus, each once: where a reference is the key, the address in OpenAlex or the
-- DOI of a record.
-- occurrences(unit, spelling): one row a reference as printed; corpus_works(work, key, doi): all records.
WITH known AS (
    SELECT key AS spelling, work FROM corpus_works
    UNION ALL
    SELECT 'https://openalex.org/' || key AS spelling, work FROM corpus_works
    UNION ALL
    SELECT doi AS spelling, work FROM corpus_works WHERE doi <> ''
    UNION ALL
    SELECT 'https://doi.org/' || doi AS spelling, work FROM corpus_works WHERE doi <> ''
)
SELECT DISTINCT o.unit AS citing, k.work AS cited
FROM occurrences o
JOIN known k ON o.spelling = k.spelling
WHERE o.unit <> k.work
ORDER BY citing, cited
