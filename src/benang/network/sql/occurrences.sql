-- In how many units each item occurs, and how often in all.
-- incidence(unit, item, times): each item once in each unit, with how often it stands there.
SELECT item, CAST(COUNT(*) AS BIGINT) AS units, CAST(SUM(times) AS BIGINT) AS times
FROM incidence
GROUP BY item
ORDER BY item
