-- How many units list anything, and how many of them too much.
-- listed(unit, item): each item once in each unit; most(items): how many a unit may list.
WITH sizes AS (
    SELECT unit, COUNT(*) AS items
    FROM listed
    GROUP BY unit
)
SELECT CAST(COUNT(*) AS BIGINT) AS units,
       CAST(COALESCE(SUM(CASE WHEN s.items > m.items THEN 1 ELSE 0 END), 0) AS BIGINT) AS too_many
FROM sizes s
CROSS JOIN most m
ORDER BY units
