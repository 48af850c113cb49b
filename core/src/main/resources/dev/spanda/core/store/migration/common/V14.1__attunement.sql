-- Random bits gathered over a time. status: running, completed, stopped, failed.
CREATE TABLE attunement (
  id TEXT PRIMARY KEY,
  intention TEXT NOT NULL,
  source TEXT NOT NULL,
  wanted TEXT NOT NULL,
  note TEXT NOT NULL,
  seed BIGINT,
  target DOUBLE PRECISION,
  status TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  ended_at BIGINT,
  sampled_to BIGINT NOT NULL,
  looks BIGINT NOT NULL,
  counted TEXT NOT NULL
);
CREATE INDEX attunement_by_time ON attunement (started_at, id);
CREATE INDEX attunement_by_status ON attunement (status, id);
