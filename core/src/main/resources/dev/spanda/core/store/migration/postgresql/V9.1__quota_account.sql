-- One row a key and window that nodes share. full_at: when all permits of it are there again, in
-- nanoseconds since 1970. Unlogged: what a crash forgets are limits, and a commit costs no sync.
CREATE UNLOGGED TABLE quota_account (
  name TEXT PRIMARY KEY,
  full_at BIGINT NOT NULL
);
