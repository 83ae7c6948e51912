-- What occurs in what, each item once, without the units that list too many items.
-- listed(unit, item): each item once in each unit; most(items): how many a unit may list.
WITH short AS (
    SELECT unit
    FROM listed
    GROUP BY unit
    HAVING COUNT(*) <= (SELECT MAX(items) FROM most)
)
SELECT l.unit AS unit, l.item AS item, CAST(1 AS INT) AS times
FROM listed l
JOIN short s ON l.unit = s.unit
ORDER BY unit, item
