-- What is to appear on a platform exactly once, and the accounts it appears under. status:
-- processing, complete, failed, cancelled. plan, goods, trip, outcome: JSON; the notes within trip
-- and the tokens are sealed. version counts the writes, so that of two runners one gives way.
CREATE TABLE publication (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  request_key TEXT,
  platform TEXT NOT NULL,
  account TEXT NOT NULL,
  stand_in INTEGER NOT NULL,
  status TEXT NOT NULL,
  plan TEXT NOT NULL,
  goods TEXT,
  trip TEXT NOT NULL,
  outcome TEXT,
  turn BIGINT NOT NULL,
  version BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  finished_at BIGINT,
  UNIQUE (owner, request_key)
);
CREATE INDEX publication_by_owner ON publication (owner, created_at);
CREATE INDEX publication_by_status ON publication (status, next_at);
CREATE TABLE publication_rate (
  platform TEXT PRIMARY KEY,
  bytes BIGINT NOT NULL,
  millis BIGINT NOT NULL,
  uploads BIGINT NOT NULL
);
CREATE TABLE platform_account (
  owner TEXT NOT NULL,
  platform TEXT NOT NULL,
  account TEXT NOT NULL,
  label TEXT NOT NULL,
  stand_in INTEGER NOT NULL,
  sealed TEXT NOT NULL,
  connected_at BIGINT NOT NULL,
  PRIMARY KEY (owner, platform)
);
