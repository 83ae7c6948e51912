-- The records that have been cited often enough: items of their own.
-- corpus_works(work, citations): all records; least(times): how often at least.
SELECT w.work AS item, CAST(COALESCE(w.citations, 0) AS BIGINT) AS citations
FROM corpus_works w
WHERE COALESCE(w.citations, 0) >= (SELECT MAX(times) FROM least)
ORDER BY item
