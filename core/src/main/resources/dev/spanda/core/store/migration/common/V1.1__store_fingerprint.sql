-- The digest of the migration files that this database has seen.
CREATE TABLE schema_fingerprint (
  id INTEGER PRIMARY KEY,
  fingerprint TEXT NOT NULL
);
