-- Practice sessions. status: created, running, completed, stopped.
CREATE TABLE session (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  intention TEXT NOT NULL,
  duration_ms BIGINT NOT NULL,
  frequency_hz DOUBLE PRECISION,
  modalities TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT
);
CREATE INDEX session_by_time ON session (created_at, id);
CREATE INDEX session_by_status ON session (status, created_at, id);
