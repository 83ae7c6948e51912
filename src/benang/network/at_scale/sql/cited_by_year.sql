-- How many records of each year tell their citations, and how many these are together.
-- corpus_works(work, year, citations): all records; set_aside(work): those that count for nothing.
SELECT w.year AS year, CAST(COUNT(*) AS BIGINT) AS records, CAST(SUM(w.citations) AS BIGINT) AS citations
FROM corpus_works w
LEFT JOIN set_aside s ON w.work = s.work
WHERE w.year IS NOT NULL AND w.citations IS NOT NULL AND s.work IS NULL
GROUP BY w.year
ORDER BY year
