-- The references that two or more records list, each with a number.
-- occurrences(unit, spelling): one row a reference as printed.
SELECT spelling, CAST(ROW_NUMBER() OVER (ORDER BY spelling) AS INT) AS reference
FROM (SELECT spelling FROM occurrences GROUP BY spelling HAVING COUNT(DISTINCT unit) > 1) shared
ORDER BY spelling
