-- How many links each level adds: pairs of items that occur together, by the lower level of the two.
-- held(unit, item): each item once in each unit; levels(item, level): the highest threshold that each item meets.
WITH shown AS (
    SELECT h.unit AS unit, h.item AS item, l.level AS level
    FROM held h
    JOIN levels l ON h.item = l.item
),
linked AS (
    SELECT a.item AS source, b.item AS target, LEAST(a.level, b.level) AS level
    FROM shown a
    JOIN shown b ON a.unit = b.unit AND a.item < b.item
    GROUP BY a.item, b.item, LEAST(a.level, b.level)
)
SELECT level, CAST(COUNT(*) AS BIGINT) AS links
FROM linked
GROUP BY level
ORDER BY level DESC
