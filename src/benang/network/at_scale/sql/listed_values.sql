-- What records list in the fields asked for: one row a value as printed; of references a doubled DOI stands once.
-- corpus_values(work, field, value): the lists of all records; fields(field): those asked for.
SELECT v.work AS unit,
       CASE WHEN v.field = 'references' THEN REPLACE(v.value, 'DOI DOI ', 'DOI ') ELSE v.value END AS spelling
FROM corpus_values v
JOIN fields f ON v.field = f.field
ORDER BY unit, spelling
