-- Which items cite which references, each once, however many of their records do.
-- occurrences(unit, spelling): one row a reference as printed; members(work, item): the items of a record.
SELECT DISTINCT m.item AS work, o.spelling AS reference, CAST(1 AS INT) AS times
FROM occurrences o
JOIN members m ON o.unit = m.work
ORDER BY work, reference
