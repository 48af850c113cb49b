-- Double-entry books. An entry is immutable; accounts, holds and lots are what the entries add up to.
CREATE TABLE ledger_account (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  floor BIGINT NOT NULL,
  ceiling BIGINT NOT NULL,
  posted BIGINT NOT NULL,
  held BIGINT NOT NULL,
  incoming BIGINT NOT NULL,
  spent BIGINT NOT NULL,
  next_due BIGINT,
  entries BIGINT NOT NULL,
  last_seq BIGINT NOT NULL,
  last_hash BLOB NOT NULL
);
CREATE INDEX ledger_account_by_due ON ledger_account (next_due) WHERE next_due IS NOT NULL;
-- from_prev and to_prev name the entry before this one on either account.
CREATE TABLE ledger_entry (
  seq INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  made_at BIGINT NOT NULL,
  from_no BIGINT NOT NULL,
  to_no BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  hold BIGINT NOT NULL,
  extra BIGINT NOT NULL,
  from_prev BIGINT NOT NULL,
  to_prev BIGINT NOT NULL,
  from_posted BIGINT NOT NULL,
  from_held BIGINT NOT NULL,
  to_posted BIGINT NOT NULL,
  idempotency_key TEXT,
  body BLOB,
  memo TEXT NOT NULL,
  hash BLOB NOT NULL
);
-- state: 0 pending, 1 posted, 2 void, 3 expired.
CREATE TABLE ledger_hold (
  id INTEGER PRIMARY KEY,
  from_no BIGINT NOT NULL,
  to_no BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  posted BIGINT NOT NULL,
  state INTEGER NOT NULL,
  expires_at BIGINT
);
CREATE INDEX ledger_hold_by_from ON ledger_hold (from_no, expires_at)
  WHERE state = 0 AND expires_at IS NOT NULL;
CREATE INDEX ledger_hold_by_to ON ledger_hold (to_no, expires_at)
  WHERE state = 0 AND expires_at IS NOT NULL;
CREATE TABLE ledger_lot (
  seq INTEGER PRIMARY KEY,
  account_no BIGINT NOT NULL,
  issuer_no BIGINT NOT NULL,
  remaining BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX ledger_lot_by_account ON ledger_lot (account_no, expires_at, seq) WHERE remaining > 0;
-- Which entry, or refusal when seq is below zero, answered a key; sixty-four bits of the key's
-- SHA-256 keep the index small, and the row behind them holds the key itself.
CREATE TABLE ledger_key (
  digest INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (digest, seq)
) WITHOUT ROWID;
-- Every entry and refusal up to this number has its key in ledger_key; later ones may not yet.
CREATE TABLE ledger_indexed (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL
);
CREATE TABLE ledger_refusal (
  id INTEGER PRIMARY KEY,
  made_at BIGINT NOT NULL,
  idempotency_key TEXT NOT NULL,
  body BLOB NOT NULL,
  reason INTEGER NOT NULL,
  needed BIGINT NOT NULL,
  available BIGINT NOT NULL
);
