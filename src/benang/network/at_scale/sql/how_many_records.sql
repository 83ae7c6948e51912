-- How many records there are.
-- corpus_works(work): all records.
SELECT CAST(COUNT(*) AS BIGINT) AS records
FROM corpus_works
ORDER BY records
