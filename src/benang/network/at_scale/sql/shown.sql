-- Where the items that are kept occur.
-- incidence(unit, item, times): each item once in each unit; kept(item): the items that pass the thresholds.
SELECT i.unit AS unit, i.item AS item, i.times AS times
FROM incidence i
JOIN kept k ON i.item = k.item
ORDER BY unit, item
