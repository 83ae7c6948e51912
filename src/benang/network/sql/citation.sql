-- How often two items cite each other, in either direction.
-- citations(citing, cited): each citation of one record by another, once; members(work, item): the items of a record,
-- which is its own only item where records are linked; kept(item): the items that pass the thresholds.
WITH shown AS (
    SELECT m.work AS work, m.item AS item
    FROM members m
    JOIN kept k ON m.item = k.item
)
SELECT LEAST(a.item, b.item) AS source, GREATEST(a.item, b.item) AS target, CAST(1 AS INT) AS n,
       CAST(COUNT(*) AS BIGINT) AS links
FROM citations c
JOIN shown a ON c.citing = a.work
JOIN shown b ON c.cited = b.work
WHERE a.item <> b.item
GROUP BY LEAST(a.item, b.item), GREATEST(a.item, b.item)
