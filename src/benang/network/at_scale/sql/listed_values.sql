-- What records list in the fields asked for: one row a value as printed.
-- corpus_values(work, field, value): the lists of all records; fields(field): those asked for.
SELECT v.work AS unit, v.value AS spelling
FROM corpus_values v
JOIN fields f ON v.field = f.field
ORDER BY unit, spelling
