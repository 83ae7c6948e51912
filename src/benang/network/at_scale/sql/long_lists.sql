-- The units that list too many items, and are set aside.
-- listed(unit, item): each item once in each unit; most(items): how many a unit may list.
SELECT unit AS work
FROM listed
GROUP BY unit
HAVING COUNT(*) > (SELECT MAX(items) FROM most)
ORDER BY work
