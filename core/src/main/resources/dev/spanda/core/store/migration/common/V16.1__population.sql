-- Whom sessions and broadcasts are meant for, and which of them were. The records of work name
-- their population without a foreign key: they stay when it is deleted. kind: session, broadcast.
CREATE TABLE population (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  size_estimate BIGINT NOT NULL,
  categories TEXT NOT NULL,
  intention TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE TABLE population_category (
  population_id TEXT NOT NULL,
  category TEXT NOT NULL,
  PRIMARY KEY (category, population_id)
);
CREATE INDEX population_category_by_population ON population_category (population_id);
CREATE TABLE population_work (
  population_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  work_id TEXT NOT NULL,
  PRIMARY KEY (population_id, kind, work_id)
);
