-- The items of each record.
-- incidence(unit, item): each item once in each record.
SELECT unit AS work, item
FROM incidence
ORDER BY work, item
