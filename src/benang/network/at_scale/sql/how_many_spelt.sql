-- How many different values there are, and how often the most frequent stands there.
-- occurrences(unit, spelling): one row a value as printed.
SELECT CAST(COUNT(*) AS BIGINT) AS spellings, CAST(COALESCE(MAX(times), 0) AS BIGINT) AS most
FROM (SELECT spelling, COUNT(*) AS times FROM occurrences GROUP BY spelling) counted
ORDER BY spellings
