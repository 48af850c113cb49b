-- Workflows and their runs. status of a workflow: active, paused; of a run: running, completed,
-- failed. A due time has one run, and a workflow one that is not over, whoever tries to begin it.
CREATE TABLE workflow (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  steps TEXT NOT NULL,
  stop_on_failure INTEGER NOT NULL,
  missed_runs TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  last_run BIGINT,
  next_run BIGINT,
  ended_runs BIGINT NOT NULL DEFAULT 0,
  completed_runs BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX workflow_by_due ON workflow (status, next_run);
CREATE INDEX workflow_by_time ON workflow (created_at, id);
CREATE TABLE workflow_run (
  id TEXT PRIMARY KEY,
  workflow_id TEXT NOT NULL,
  cause TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  status TEXT NOT NULL,
  job_id TEXT NOT NULL,
  steps TEXT NOT NULL,
  stop_on_failure INTEGER NOT NULL,
  started_at BIGINT,
  ended_at BIGINT,
  outcomes TEXT NOT NULL
);
CREATE UNIQUE INDEX workflow_run_by_due ON workflow_run (workflow_id, due_at, cause);
CREATE UNIQUE INDEX workflow_run_at_once ON workflow_run (workflow_id) WHERE status = 'running';
