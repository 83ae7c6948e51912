-- What occurs in what, of the items that are kept alone: only these share a unit.
-- listed(unit, item, times): each item once in each unit; kept(item): the items that are kept.
SELECT l.unit AS unit, l.item AS item, l.times AS times
FROM listed l
JOIN kept k ON l.item = k.item
ORDER BY unit, item
