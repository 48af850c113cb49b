-- SQLite belongs to one process, whose limiter counts in memory; PostgreSQL has a table here.
SELECT 1;
