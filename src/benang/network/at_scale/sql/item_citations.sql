-- How often the records of each item have been cited together.
-- incidence(unit, item): each item once in each record; corpus_works(work, citations): all records.
SELECT i.item AS item, CAST(SUM(w.citations) AS BIGINT) AS citations
FROM incidence i
JOIN corpus_works w ON i.unit = w.work
WHERE w.citations IS NOT NULL
GROUP BY i.item
ORDER BY item
