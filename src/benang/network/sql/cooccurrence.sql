-- How often two items occur in the same unit, told apart by the number n of items that the unit holds.
-- incidence(unit, item, times): each item once in each unit, all items; kept(item): the items that pass the thresholds.
-- n counts all items of a unit, kept or not, each as often as it stands there. The counts are integers: shares are made
-- of them afterwards, in one order. Keys of 32 bits: the grouping takes half the time that it takes with 64.
WITH sizes AS (
    SELECT unit, CAST(SUM(times) AS INT) AS n
    FROM incidence
    GROUP BY unit
),
shown AS (
    SELECT i.unit AS unit, i.item AS item, i.times AS times, s.n AS n
    FROM incidence i
    JOIN kept k ON i.item = k.item
    JOIN sizes s ON i.unit = s.unit
)
SELECT a.item AS source, b.item AS target, a.n AS n, CAST(SUM(a.times * b.times) AS BIGINT) AS units
FROM shown a
JOIN shown b ON a.unit = b.unit AND a.item < b.item
GROUP BY a.item, b.item, a.n
