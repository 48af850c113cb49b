-- Who wants to hear of what. status: active, disabled. secret: sealed with a key that is kept elsewhere.
CREATE TABLE webhook (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  secret TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX webhook_by_owner ON webhook (owner, created_at, id);
-- One event for one webhook. status: pending, delivered, failed. body: sent as it is.
CREATE TABLE webhook_delivery (
  id TEXT PRIMARY KEY,
  webhook_id TEXT NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
  event TEXT NOT NULL,
  event_id TEXT NOT NULL,
  body TEXT NOT NULL,
  status TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  next_at BIGINT,
  finished_at BIGINT,
  UNIQUE (webhook_id, event_id)
);
CREATE INDEX webhook_delivery_by_time ON webhook_delivery (webhook_id, created_at, id);
CREATE INDEX webhook_delivery_by_end ON webhook_delivery (finished_at);
-- Each time that a delivery was tried. answer: a status, or null when nobody answered.
CREATE TABLE webhook_attempt (
  delivery_id TEXT NOT NULL REFERENCES webhook_delivery (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  made_at BIGINT NOT NULL,
  took_ms BIGINT NOT NULL,
  answer INTEGER,
  excerpt TEXT NOT NULL,
  PRIMARY KEY (delivery_id, number)
);
