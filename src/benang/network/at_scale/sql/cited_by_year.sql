-- How many records of each year tell their citations, and how many these are together.
-- corpus_works(work, year, citations): all records.
SELECT year, CAST(COUNT(*) AS BIGINT) AS records, CAST(SUM(citations) AS BIGINT) AS citations
FROM corpus_works
WHERE year IS NOT NULL AND citations IS NOT NULL
GROUP BY year
ORDER BY year
