-- Sessions of browsers. digest: SHA-256 of the cookie's secret in hexadecimal; the secret itself is
-- nowhere. proof: SHA-256 of the account's password as it is kept, so that another password ends
-- every session.
CREATE TABLE identity_session (
  id TEXT PRIMARY KEY,
  api TEXT NOT NULL,
  account TEXT NOT NULL REFERENCES identity_account (id),
  digest TEXT NOT NULL UNIQUE,
  proof TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX identity_session_by_account ON identity_session (account, created_at, id);
CREATE INDEX identity_session_by_end ON identity_session (expires_at);
