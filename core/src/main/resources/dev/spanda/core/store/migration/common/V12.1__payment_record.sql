-- Purchases of credits. status: open, charged, completed, declined. method_digest: SHA-256 of the
-- token, which is not kept. grants: how often the ledger has refused the credits.
CREATE TABLE payment (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  idempotency_key TEXT,
  account TEXT NOT NULL,
  credits BIGINT NOT NULL,
  cents BIGINT NOT NULL,
  method_digest TEXT NOT NULL,
  status TEXT NOT NULL,
  charge_id TEXT,
  decline_code TEXT,
  grants INTEGER NOT NULL,
  entry BIGINT,
  balance_after BIGINT,
  created_at BIGINT NOT NULL,
  finished_at BIGINT,
  UNIQUE (owner, idempotency_key)
);
CREATE INDEX payment_by_owner ON payment (owner, created_at, id);
CREATE INDEX payment_by_status ON payment (status, created_at);
-- What the processor for trials has been asked. status: lost, approved, declined.
CREATE TABLE payment_trial (
  charge_key TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  cents BIGINT NOT NULL,
  status TEXT NOT NULL,
  code TEXT NOT NULL,
  asked INTEGER NOT NULL
);
-- The entries that brought a balance below a threshold and were told.
CREATE TABLE credits_low (
  account TEXT NOT NULL,
  entry BIGINT NOT NULL,
  threshold BIGINT NOT NULL,
  told_at BIGINT NOT NULL,
  PRIMARY KEY (account, entry, threshold)
);
