-- The records behind what is shown.
-- corpus_works(work, …): all records; shown_works(work): those asked for.
SELECT w.work AS work, w.key AS key, w.title AS title, w.year AS year, w.citations AS citations, w.doi AS doi
FROM corpus_works w
JOIN shown_works s ON w.work = s.work
ORDER BY work
