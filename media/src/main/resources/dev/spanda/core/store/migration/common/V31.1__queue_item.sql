-- What waits to be published. hashtags and platforms: JSON lists. status: queued, processing,
-- published or failed. begun_at: when it was first processed. job_id: the job that publishes it next.
CREATE TABLE queue_item (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  project_id TEXT NOT NULL,
  asset_id TEXT NOT NULL,
  title TEXT NOT NULL,
  caption TEXT NOT NULL,
  hashtags TEXT NOT NULL,
  platforms TEXT NOT NULL,
  schedule_at BIGINT,
  idempotency_key TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  begun_at BIGINT,
  finished_at BIGINT,
  job_id TEXT NOT NULL,
  UNIQUE (owner, idempotency_key)
);
CREATE INDEX queue_item_by_owner ON queue_item (owner, created_at, id);
CREATE INDEX queue_item_by_status ON queue_item (owner, status, created_at, id);
CREATE INDEX queue_item_by_project ON queue_item (owner, project_id, created_at, id);
-- What came of each platform that was tried. state: published, pending (the platform has taken it;
-- ask again at retry_at), trying (a passing failure) or refused.
CREATE TABLE queue_result (
  item_id TEXT NOT NULL REFERENCES queue_item (id) ON DELETE CASCADE,
  platform TEXT NOT NULL,
  state TEXT NOT NULL,
  via TEXT NOT NULL,
  reference TEXT NOT NULL,
  url TEXT,
  message TEXT NOT NULL,
  retry_at BIGINT,
  at BIGINT NOT NULL,
  PRIMARY KEY (item_id, platform)
);
