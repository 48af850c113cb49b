-- Stored files. blob: the content's name in the blob store. type: a FileType in lower case.
CREATE TABLE stored_file (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  project_id TEXT REFERENCES project (id) ON DELETE SET NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  blob TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL
);
CREATE INDEX stored_file_by_owner ON stored_file (owner, created_at, id);
CREATE INDEX stored_file_by_project ON stored_file (project_id);
