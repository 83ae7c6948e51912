-- Twice the number of pairs of items that each level adds: an upper bound of the links, without joining anything.
-- held(unit, item): each item once in each unit; levels(item, level): the highest threshold that each item meets.
-- A unit with n items of a level and m of higher levels adds (m + n)(m + n - 1) - m(m - 1).
WITH sizes AS (
    SELECT h.unit AS unit, l.level AS level, COUNT(*) AS n
    FROM held h
    JOIN levels l ON h.item = l.item
    GROUP BY h.unit, l.level
),
running AS (
    SELECT level, n,
           SUM(n) OVER (PARTITION BY unit ORDER BY level DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS upto
    FROM sizes
)
SELECT level, CAST(SUM(upto * (upto - 1) - (upto - n) * (upto - n - 1)) AS BIGINT) AS twice
FROM running
GROUP BY level
ORDER BY level DESC
