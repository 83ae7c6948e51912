-- What occurs in what: each item once in each unit (record or case).
-- occurrences(unit, spelling): one row a value as printed; spellings(spelling, item): the item that a spelling names.
-- A spelling that names no item was dropped by the thesaurus.
SELECT DISTINCT o.unit AS unit, s.item AS item
FROM occurrences o
JOIN spellings s ON o.spelling = s.spelling
ORDER BY unit, item
