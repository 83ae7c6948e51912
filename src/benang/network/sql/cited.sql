-- Each cited work once in each citing record, and how often it stands in the record's list.
-- rows_read(work, reference): one row a cited reference.
SELECT work, reference, CAST(COUNT(*) AS INT) AS times
FROM rows_read
GROUP BY work, reference
ORDER BY work, reference
