-- What occurs in what, and how often: each item once in each unit (record or case).
-- occurrences(unit, spelling): one row a value as printed; spellings(spelling, item): the item that a spelling names.
-- A spelling that names no item was dropped by the thesaurus.
SELECT o.unit AS unit, s.item AS item, CAST(COUNT(*) AS INT) AS times
FROM occurrences o
JOIN spellings s ON o.spelling = s.spelling
GROUP BY o.unit, s.item
ORDER BY unit, item
