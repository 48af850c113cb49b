-- Agents and the work that is done by them. remote: whether the agent's own program leases work.
-- status of work: queued, placed (an agent is chosen and has not begun), running, completed, failed,
-- cancelled. token grows each time an agent takes the work; results under an older one are refused.
-- end_position counts the ended work of an owner from 1, without gaps.
CREATE TABLE agent (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  capabilities TEXT NOT NULL,
  most_at_once INTEGER NOT NULL,
  timeout_ms BIGINT NOT NULL,
  retries INTEGER NOT NULL,
  remote INTEGER NOT NULL,
  last_seen BIGINT,
  alive_since BIGINT,
  last_work BIGINT,
  succeeded BIGINT NOT NULL DEFAULT 0,
  failed BIGINT NOT NULL DEFAULT 0,
  busy_ms BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX agent_by_owner ON agent (owner, created_at, id);
CREATE TABLE work (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  name TEXT NOT NULL,
  needs TEXT NOT NULL,
  priority INTEGER NOT NULL,
  input TEXT NOT NULL,
  status TEXT NOT NULL,
  agent_id TEXT,
  hosted INTEGER NOT NULL DEFAULT 0,
  token BIGINT NOT NULL DEFAULT 0,
  lease_until BIGINT,
  deadline BIGINT,
  failures INTEGER NOT NULL DEFAULT 0,
  interruptions INTEGER NOT NULL DEFAULT 0,
  run_at BIGINT NOT NULL,
  progress DOUBLE PRECISION NOT NULL DEFAULT 0,
  message TEXT NOT NULL DEFAULT '',
  output TEXT,
  reason TEXT,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT,
  end_position BIGINT
);
CREATE INDEX work_by_queue ON work (status, owner, priority DESC, created_at, id);
CREATE INDEX work_by_kind ON work (status, owner, kind, needs);
CREATE INDEX work_by_label ON work (label, created_at);
CREATE UNIQUE INDEX work_by_end ON work (owner, end_position);
CREATE TABLE work_end (
  owner TEXT PRIMARY KEY,
  position BIGINT NOT NULL
);
