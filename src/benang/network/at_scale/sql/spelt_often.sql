-- The values that stand there often enough.
-- occurrences(unit, spelling): one row a value as printed; least(times): how often at least.
SELECT o.spelling AS spelling, CAST(COUNT(*) AS BIGINT) AS times
FROM occurrences o
GROUP BY o.spelling
HAVING COUNT(*) >= (SELECT MAX(times) FROM least)
ORDER BY spelling
