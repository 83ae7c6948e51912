-- The first three authors of the records behind what is shown: as many as a short citation looks at.
-- corpus_values(work, field, position, value): the lists of all records; shown_works(work): those asked for.
SELECT v.work AS work, v.field AS field, v.position AS position, v.value AS value
FROM corpus_values v
JOIN shown_works s ON v.work = s.work
WHERE v.field = 'authors' AND v.position < 3
ORDER BY work, position, value
