-- What the image field keeps. owner is a user or tenant; each sees only its own rows.

-- One number per owner and list, raised by every write in that write's own transaction: what is
-- cached under an older number is stale, on whichever machine it was cached.
CREATE TABLE field_version (
  owner TEXT NOT NULL,
  list TEXT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (owner, list)
);

CREATE TABLE field_analysis (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  mode TEXT NOT NULL,
  region TEXT NOT NULL,
  settings TEXT NOT NULL,
  energy DOUBLE PRECISION,
  scores TEXT NOT NULL,
  analysis TEXT NOT NULL,
  picture TEXT NOT NULL,
  picture_format TEXT NOT NULL,
  processed TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  thumbnail BYTEA NOT NULL
);
-- Holds every column that a history filters or counts by, so that counting reads no rows.
CREATE INDEX field_analysis_history ON field_analysis (owner, created_at, id, mode, energy);

-- values_of names what the frames' rows hold, so that later metrics do not disturb older sessions.
CREATE TABLE field_session (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  mode TEXT NOT NULL,
  region TEXT NOT NULL,
  fps INTEGER NOT NULL,
  settings TEXT NOT NULL,
  baseline_id TEXT,
  values_of TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  last_frame_at BIGINT,
  ended_at BIGINT,
  ending TEXT,
  frame_count BIGINT NOT NULL DEFAULT 0,
  dropped BIGINT NOT NULL DEFAULT 0,
  summary TEXT
);
CREATE INDEX field_session_by_time ON field_session (owner, started_at, id);
CREATE INDEX field_session_open ON field_session (seen_at) WHERE ended_at IS NULL;

-- Frames of one commit in one row: the number of the first, how many, and their values.
CREATE TABLE field_session_frames (
  session_id TEXT NOT NULL REFERENCES field_session (id) ON DELETE CASCADE,
  first_number BIGINT NOT NULL,
  frame_count INTEGER NOT NULL,
  frames BYTEA NOT NULL,
  PRIMARY KEY (session_id, first_number)
);

CREATE TABLE field_frame (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  content TEXT NOT NULL,
  format TEXT NOT NULL,
  size_bytes BIGINT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL
);
CREATE INDEX field_frame_by_time ON field_frame (owner, created_at, id);

CREATE TABLE field_batch (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  mode TEXT NOT NULL,
  region TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX field_batch_by_time ON field_batch (owner, created_at, id);

-- One picture of a batch. status: pending, completed, failed.
CREATE TABLE field_batch_picture (
  batch_id TEXT NOT NULL REFERENCES field_batch (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  status TEXT NOT NULL,
  frame_id TEXT,
  job_id TEXT,
  analysis_id TEXT,
  failure_reason TEXT,
  failure TEXT,
  PRIMARY KEY (batch_id, number)
);

CREATE TABLE field_baseline (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT,
  description TEXT,
  source_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  activated_at BIGINT,
  active INTEGER NOT NULL DEFAULT 0,
  samples INTEGER NOT NULL,
  duration_ms BIGINT NOT NULL,
  metrics TEXT NOT NULL,
  scores TEXT NOT NULL
);
CREATE INDEX field_baseline_by_time ON field_baseline (owner, created_at, id);
-- The database itself refuses a second active baseline.
CREATE UNIQUE INDEX field_baseline_active ON field_baseline (owner) WHERE active = 1;
