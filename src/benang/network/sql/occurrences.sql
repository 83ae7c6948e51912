-- In how many units each item occurs.
-- incidence(unit, item): each item once in each unit.
SELECT item, COUNT(*) AS units
FROM incidence
GROUP BY item
ORDER BY item
