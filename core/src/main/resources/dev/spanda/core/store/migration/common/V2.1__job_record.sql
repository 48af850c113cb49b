-- Durable jobs. status: queued, running, completed, failed, cancelled.
CREATE TABLE job (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  owner TEXT NOT NULL,
  idempotency_key TEXT,
  input TEXT NOT NULL,
  status TEXT NOT NULL,
  progress DOUBLE PRECISION NOT NULL DEFAULT 0,
  message TEXT NOT NULL DEFAULT '',
  output TEXT,
  failure_reason TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  cancel_requested INTEGER NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  run_at BIGINT NOT NULL,
  started_at BIGINT,
  finished_at BIGINT
);
CREATE INDEX job_by_owner ON job (owner, created_at, id);
CREATE INDEX job_by_status ON job (status);
CREATE UNIQUE INDEX job_by_key ON job (owner, idempotency_key);
