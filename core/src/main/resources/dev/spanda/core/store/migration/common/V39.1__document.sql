-- Documents that were generated, and the jobs that did it. A document of an owner is replaced by a
-- newer one of the same type and title.
CREATE TABLE document (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  type TEXT NOT NULL,
  title TEXT NOT NULL,
  target TEXT NOT NULL,
  format TEXT NOT NULL,
  content TEXT NOT NULL,
  words TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (owner, type, title)
);
CREATE TABLE document_generation (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  job_id TEXT NOT NULL,
  targets TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX document_generation_by_owner ON document_generation (owner, created_at);
