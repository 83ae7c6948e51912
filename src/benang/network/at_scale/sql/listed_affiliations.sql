-- The affiliations of each record, as what tells an organisation: the text, the id beside it and the database of the
-- record, with the sign that parts units (31) between them.
-- corpus_values(work, field, position, value): the lists of all records; corpus_works(work, database): all records.
SELECT a.work AS unit,
       CONCAT(a.value, CHR(31), COALESCE(i.value, ''), CHR(31), COALESCE(w.database, '')) AS spelling
FROM corpus_values a
JOIN corpus_works w ON a.work = w.work
LEFT JOIN corpus_values i ON a.work = i.work AND a.position = i.position AND i.field = 'affiliation_ids'
WHERE a.field = 'affiliations'
ORDER BY unit, spelling
