-- Tasks; their runs are work with the task's id as its label. status: created, scheduled, running,
-- completed, failed. open_run is the work that is not over, if any.
CREATE TABLE task (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  type TEXT NOT NULL,
  priority TEXT NOT NULL,
  parameters TEXT NOT NULL,
  schedule_type TEXT,
  schedule_value TEXT,
  status TEXT NOT NULL,
  open_run TEXT,
  runs BIGINT NOT NULL DEFAULT 0,
  succeeded BIGINT NOT NULL DEFAULT 0,
  failed BIGINT NOT NULL DEFAULT 0,
  duration_ms BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  last_run BIGINT,
  next_run BIGINT
);
CREATE INDEX task_by_owner ON task (owner, created_at, id);
CREATE INDEX task_by_due ON task (next_run);
