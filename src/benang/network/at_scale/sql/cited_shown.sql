-- What the records behind what is shown cite, where enough of them do, each once: the evidence of coupling.
-- occurrences(unit, spelling): one row a reference as printed; shown_works(work): the records behind what is shown,
-- whose places count from 0 in their order; sharing(records): how many are enough.
WITH placed AS (
    SELECT work, CAST(ROW_NUMBER() OVER (ORDER BY work) - 1 AS INT) AS place
    FROM shown_works
),
cited AS (
    SELECT DISTINCT p.place AS place, o.spelling AS spelling
    FROM occurrences o
    JOIN placed p ON o.unit = p.work
),
shared AS (
    SELECT spelling
    FROM cited
    GROUP BY spelling
    HAVING COUNT(*) >= (SELECT MAX(records) FROM sharing)
)
SELECT c.spelling AS spelling, c.place AS place
FROM cited c
JOIN shared s ON c.spelling = s.spelling
ORDER BY spelling, place
