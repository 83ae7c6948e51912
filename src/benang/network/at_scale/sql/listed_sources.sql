-- The source that each record appeared in.
-- corpus_works(work, source): all records.
SELECT work AS unit, source AS spelling
FROM corpus_works
WHERE source IS NOT NULL AND source <> ''
ORDER BY unit
