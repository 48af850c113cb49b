-- The secret under which links to files are signed; one row.
CREATE TABLE link_secret (
  id INTEGER PRIMARY KEY,
  secret TEXT NOT NULL
);
