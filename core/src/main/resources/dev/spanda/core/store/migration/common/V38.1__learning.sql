-- What was learnt from runs that ended. seen is the position of the last one learnt; word '' counts
-- all runs of a type. known and right_ tell whether an outcome was forecast and came true, closer
-- whether the forecast duration beat the mean (NULL when none was made).
CREATE TABLE learning_memory (
  owner TEXT PRIMARY KEY,
  seen BIGINT NOT NULL,
  decisions BIGINT NOT NULL,
  successes BIGINT NOT NULL,
  confidence DOUBLE PRECISION NOT NULL,
  forecasts BIGINT NOT NULL,
  squared_error DOUBLE PRECISION NOT NULL,
  squared_mean_error DOUBLE PRECISION NOT NULL,
  since_session BIGINT NOT NULL
);
CREATE TABLE learning_pattern (
  owner TEXT NOT NULL,
  type TEXT NOT NULL,
  word TEXT NOT NULL,
  good BIGINT NOT NULL,
  bad BIGINT NOT NULL,
  seconds DOUBLE PRECISION NOT NULL,
  squared_seconds DOUBLE PRECISION NOT NULL,
  third_met BIGINT,
  last_met BIGINT NOT NULL,
  PRIMARY KEY (owner, type, word)
);
CREATE TABLE learning_recent (
  owner TEXT NOT NULL,
  position BIGINT NOT NULL,
  known INTEGER NOT NULL,
  right_ INTEGER NOT NULL,
  closer INTEGER,
  PRIMARY KEY (owner, position)
);
CREATE TABLE learning_session (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  type TEXT NOT NULL,
  focus_areas TEXT NOT NULL,
  job_id TEXT NOT NULL,
  begun_at BIGINT NOT NULL,
  latest_end BIGINT NOT NULL
);
CREATE INDEX learning_session_by_owner ON learning_session (owner, begun_at);
