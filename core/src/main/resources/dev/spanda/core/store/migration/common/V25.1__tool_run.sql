-- Uses of tools. status: open, refused, abandoned, queued, completed, failed, cancelled.
-- settled: whether the hold was posted or voided, so that nothing is left to do.
CREATE TABLE tool_run (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  request TEXT NOT NULL,
  tool TEXT NOT NULL,
  project_id TEXT,
  inputs TEXT NOT NULL,
  note TEXT NOT NULL,
  purse TEXT,
  price BIGINT NOT NULL,
  estimate_seconds BIGINT NOT NULL,
  status TEXT NOT NULL,
  settled INTEGER NOT NULL DEFAULT 0,
  job_id TEXT UNIQUE,
  hold_id BIGINT,
  required BIGINT,
  available BIGINT,
  made TEXT,
  item_id TEXT,
  error TEXT,
  run_millis BIGINT,
  created_at BIGINT NOT NULL,
  finished_at BIGINT
);
CREATE UNIQUE INDEX tool_run_by_key ON tool_run (owner, idempotency_key);
CREATE INDEX tool_run_by_owner ON tool_run (owner, created_at, id);
CREATE INDEX tool_run_by_tool ON tool_run (tool, finished_at);
CREATE INDEX tool_run_by_settled ON tool_run (settled, status, created_at);
