-- Items as records of their own.
-- kept(item): the items that pass the thresholds.
SELECT item AS work, item
FROM kept
ORDER BY item
