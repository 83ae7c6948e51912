-- How many cited works two citing records share, told apart by the number n of records that cite the shared work.
-- cited(work, reference, times): each cited work once in each citing record, and how often it stands in its list;
-- kept(work): the records that pass the thresholds. n counts all citing records, kept or not.
WITH sizes AS (
    SELECT reference, CAST(COUNT(*) AS INT) AS n
    FROM cited
    GROUP BY reference
),
shown AS (
    SELECT c.work AS work, c.reference AS reference, c.times AS times, s.n AS n
    FROM cited c
    JOIN kept k ON c.work = k.work
    JOIN sizes s ON c.reference = s.reference
    WHERE s.n > 1
)
SELECT a.work AS source, b.work AS target, a.n AS n, CAST(SUM(a.times * b.times) AS BIGINT) AS shared
FROM shown a
JOIN shown b ON a.reference = b.reference AND a.work < b.work
GROUP BY a.work, b.work, a.n
ORDER BY source, target, n
