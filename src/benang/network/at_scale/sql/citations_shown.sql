-- Which of the records behind what is shown cite which others of them: the evidence of citation.
-- citations(citing, cited): each citation of one record by another, once; shown_works(work): the records behind what is
-- shown, whose places count from 0 in their order.
WITH placed AS (
    SELECT work, CAST(ROW_NUMBER() OVER (ORDER BY work) - 1 AS INT) AS place
    FROM shown_works
)
SELECT a.place AS cited, b.place AS citing
FROM citations c
JOIN placed a ON c.cited = a.work
JOIN placed b ON c.citing = b.work
ORDER BY cited, citing
