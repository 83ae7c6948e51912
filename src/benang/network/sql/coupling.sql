-- How many cited works two items share, told apart by the number n of records that cite the shared work.
-- cited(work, reference, times): each cited work once in each citing record, and how often it stands in its list;
-- members(work, item): the items of a record, which is its own only item where records are linked;
-- kept(item): the items that pass the thresholds. n counts all citing records, kept or not.
-- Two items share a work once for each pair of different records, one of each, that cite it: pairs of one record with
-- itself (of two authors who wrote it together) are taken off again.
WITH sizes AS (
    SELECT reference, CAST(COUNT(*) AS INT) AS n
    FROM cited
    GROUP BY reference
),
shown AS (
    SELECT c.work AS work, c.reference AS reference, c.times AS times, m.item AS item, s.n AS n
    FROM cited c
    JOIN members m ON c.work = m.work
    JOIN kept k ON m.item = k.item
    JOIN sizes s ON c.reference = s.reference
    WHERE s.n > 1
),
by_item AS (
    SELECT reference, item, n, CAST(SUM(times) AS BIGINT) AS times
    FROM shown
    GROUP BY reference, item, n
),
counted AS (
    SELECT a.item AS source, b.item AS target, a.n AS n, CAST(SUM(a.times * b.times) AS BIGINT) AS shared
    FROM by_item a
    JOIN by_item b ON a.reference = b.reference AND a.item < b.item
    GROUP BY a.item, b.item, a.n
    UNION ALL
    SELECT a.item AS source, b.item AS target, a.n AS n, CAST(-SUM(a.times * b.times) AS BIGINT) AS shared
    FROM shown a
    JOIN shown b ON a.reference = b.reference AND a.work = b.work AND a.item < b.item
    GROUP BY a.item, b.item, a.n
)
SELECT source, target, n, CAST(SUM(shared) AS BIGINT) AS shared
FROM counted
GROUP BY source, target, n
HAVING SUM(shared) > 0
