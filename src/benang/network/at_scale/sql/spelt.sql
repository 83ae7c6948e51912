-- The different values as printed, and how often each stands there.
-- occurrences(unit, spelling): one row a value as printed.
SELECT spelling, CAST(COUNT(*) AS BIGINT) AS times
FROM occurrences
GROUP BY spelling
ORDER BY spelling
