-- Which items share which references: what may be linked by coupling.
-- cited(work, reference): each reference once in each citing record; members(work, item): the items of a record;
-- kept(item): the items that pass the thresholds.
SELECT DISTINCT c.reference AS unit, m.item AS item
FROM cited c
JOIN members m ON c.work = m.work
JOIN kept k ON m.item = k.item
ORDER BY unit, item
