-- Which records cite which shared references, and how often they list them.
-- occurrences(unit, spelling): one row a reference as printed; shared(spelling, reference): those that are shared.
SELECT o.unit AS work, s.reference AS reference, CAST(COUNT(*) AS INT) AS times
FROM occurrences o
JOIN shared s ON o.spelling = s.spelling
GROUP BY o.unit, s.reference
ORDER BY work, reference
